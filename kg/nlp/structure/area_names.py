"""The names under which a report presents the areas of its framework.

A report may head an area otherwise than the framework labels it ("Treatment of the public" for "Engaging
with and treating the public with fairness and respect"). In the graph both are one concept; what is written
out for one report keeps the report's own heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.model.frameworks import AreaDef, load_frameworks
from kg.model.records import Extraction
from kg.model.text.comparing import without_punctuation

_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,2}[.)]?|[A-Z]\.)\s+")


def names_in_report(extraction: Extraction) -> Mapping[str, str]:
    """Label of an area to the name that the report gives it, where that is another of the area's headings.

    The heading of the area's section comes first; an area without a section (HMICFRS 2021/22 lists
    "Treatment of the public" among the grades and has no section of it) has the name of its line in the
    overview. Questions ("How effectively does the force …?") are no names.
    """
    areas = {area.label: area for area in _areas(extraction.report.framework)}
    names: dict[str, str] = {}
    for label, title in (*_section_titles(extraction), *_overview_names(extraction)):
        known = areas.get(label)
        name = _heading(title, known) if known else None
        if name:
            names.setdefault(label, name)
    return {
        label: name
        for label, name in names.items()
        if without_punctuation(name) != without_punctuation(label)
    }


def _section_titles(extraction: Extraction) -> Iterator[tuple[str, str]]:
    return ((section.area, section.title) for section in extraction.sections if section.area)


def _overview_names(extraction: Extraction) -> Iterator[tuple[str, str]]:
    """Areas and the words that name them where they are graded, where these are written as a name."""
    for judgement in extraction.judgements:
        for known in judgement.known:
            words = extraction.report.text[known.start : known.end]
            if known.slot == "area" and known.how == "stated" and words[:1].isupper():
                yield judgement.area, words


def _areas(notation: str | None) -> tuple[AreaDef, ...]:
    return next((f.areas for f in load_frameworks() if f.notation == notation), ())


def _heading(title: str, area: AreaDef) -> str | None:
    """The title as a name of the area, without a number before it; None if it is not one of its headings."""
    plain = _NUMBER.sub("", title.strip()).rstrip(":").strip()
    return plain if without_punctuation(plain) in map(without_punctuation, area.headings) else None
