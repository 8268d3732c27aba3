"""What a search found, as lines for a terminal."""

from __future__ import annotations

import textwrap

from kg.asking.search.searching import Found, Hit
from kg.model.text.display import escaped

_MOST_VALUES = 4
"""Values of a facet that are named."""


def about(hit: Hit) -> str:
    """What a hit is and where it stands, in words."""
    if hit.report is None:
        named = "in no report" if hit.mentions == 0 else None
        if hit.mentions:
            named = f"named by {hit.mentions:,} statements"
        return " · ".join(filter(None, (hit.name, hit.kind, hit.title, named)))
    where = f"characters {hit.start}–{hit.end}" if hit.start is not None else None
    return " · ".join(
        filter(None, (hit.kind, hit.polarity, hit.body, hit.area or hit.section, hit.year, where))
    )


def shown(found: Found, colour: bool = False) -> str:
    """The hits, each with its words, place and IRI; what was found is between » and «, or bold."""
    begin, end = ("\x1b[1m", "\x1b[0m") if colour else ("»", "«")
    lines = []
    for hit in found.hits:
        words = "".join(f"{begin}{escaped(part)}{end}" if it else escaped(part) for part, it in hit.pieces)
        lines.append(escaped(about(hit)))
        lines += textwrap.wrap(" ".join(words.split()), 100, initial_indent="  ", subsequent_indent="  ")
        lines += [f"  {hit.iri}", ""]
    if not found.total:
        lines.append("nothing has all these words; leave one out, or end one in * for other endings")
    elif found.total > len(found.hits):
        lines.append(f"{len(found.hits)} of {found.total:,} hits; --limit N shows more, and by facet:")
        for facet in ("kind", "body", "area", "polarity", "year"):
            values = [f"{escaped(value)} ({count})" for value, count in found.facets[facet]]
            if len(values) > 1:
                rest = " …" if len(values) > _MOST_VALUES else ""
                lines.append(f"  --{facet}: {', '.join(values[:_MOST_VALUES])}{rest}")
    return "\n".join(lines) + "\n"
