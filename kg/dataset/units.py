"""What a report gives to the dataset beyond its own graph, worked out with it and kept beside it.

Names, the summary for the description of the dataset, what links to other reports are found by, the rows of
the full-text index: a build joins these of all reports, and reads the graph of none that has not changed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import pyoxigraph as ox

from kg.asking.search.index import Row, Searchable, searchable
from kg.dataset.following.dated_reports import DatedReport, Facts, Item, Passage, dated_reports
from kg.dataset.following.parallels import Spoken, what_is_spoken
from kg.graph.mapping.dataset import GraphSummary, summary_of
from kg.model.vocab import SKOS

Names = dict[str, list[str]]
"""What one report calls things, by IRI: the preferred name first, then the others."""


@dataclass(frozen=True)
class Unit:
    """One report's part in what all reports share."""

    names: Names
    summary: GraphSummary
    dated: tuple[DatedReport, ...]
    spoken: tuple[Spoken, ...]
    search: Searchable


def unit_of(quads: Sequence[ox.Quad]) -> Unit:
    """The unit of a report's graph."""
    facts = Facts(quads)
    return Unit(
        names_in(quads),
        summary_of(quads),
        tuple(dated_reports(facts)),
        tuple(what_is_spoken(facts)),
        searchable(quads),
    )


def names_in(quads: Iterable[ox.Quad]) -> Names:
    """What the statements call things."""
    preferred: dict[str, str] = {}
    others: defaultdict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            if quad.predicate.value == SKOS.prefLabel:
                preferred[quad.subject.value] = quad.object.value
            elif quad.predicate.value == SKOS.altLabel:
                others[quad.subject.value].add(quad.object.value)
    return {iri: [name, *sorted(others[iri])] for iri, name in preferred.items()}


# --- as lines of JSON, one a part, since who joins one part of all reports needs no other -----------------


def written(unit: Unit) -> bytes:
    """A unit as JSON, a line for each part; the same bytes for the same unit."""
    parts = (_plain(getattr(unit, part.name)) for part in fields(unit))
    lines = (json.dumps(part, ensure_ascii=False, separators=(",", ":"), sort_keys=True) for part in parts)
    return "\n".join(lines).encode()


def read_names(content: bytes) -> Names:
    """The names of a unit."""
    names: Names = _part(content, "names")
    return names


def read_summary(content: bytes) -> GraphSummary:
    """The summary of a unit."""
    return GraphSummary(**_part(content, "summary"))


def read_dated(content: bytes) -> tuple[DatedReport, ...]:
    """The dated reports of a unit: one, or none where it has no date."""
    return tuple(map(_dated, _part(content, "dated")))


def read_spoken(content: bytes) -> tuple[Spoken, ...]:
    """What the report of a unit says for and against its body."""
    sets = ("words", "meant", "names", "areas")
    return tuple(
        Spoken(
            **one
            | {name: frozenset(one[name]) for name in sets}
            | {"phrases": frozenset((first, second) for first, second in one["phrases"])}
        )
        for one in _part(content, "spoken")
    )


def read_search(content: bytes) -> Searchable:
    """What can be found of the report of a unit."""
    found = _part(content, "search")
    said, named = (tuple(Row(**row) for row in found[rows]) for rows in ("said", "named"))
    return Searchable(said, named, found["mentioned"])


def _part(content: bytes, part: str) -> Any:
    at = [each.name for each in fields(Unit)].index(part)
    return json.loads(content.split(b"\n")[at])


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, frozenset):
        return _plain(sorted(value))
    return list(map(_plain, value)) if isinstance(value, tuple | list) else value


def _dated(found: Mapping[str, Any]) -> DatedReport:
    sets = ("areas", "names")
    items = (Item(**one | {name: frozenset(one[name]) for name in sets}) for one in found["items"])
    findings = {iri: (heading, frozenset(areas)) for iri, (heading, areas) in found["findings"].items()}
    passages = tuple(Passage(**one) for one in found["passages"])
    return DatedReport(**dict(found) | {"items": tuple(items), "passages": passages, "findings": findings})
