"""The names under which a report presents the areas of its framework.

A report may head an area otherwise than the framework labels it ("Treatment of the public" for "Engaging
with and treating the public with fairness and respect"). In the graph both are one concept; what is written
out for one report keeps the report's own heading.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.model.frameworks import AreaDef, load_frameworks
from kg.model.records import Extraction
from kg.model.text.comparing import without_number, without_punctuation
from kg.nlp.document.grade_wording import GradeWording
from kg.nlp.rules.pattern_files import pattern


def names_in_report(extraction: Extraction) -> Mapping[str, str]:
    """Label of an area to the heading of its section, where that is another of the area's headings.

    Questions ("How effectively does the force …?") and "Overall judgment" are no names.
    """
    areas = {area.label: area for area in _areas(extraction.report.framework)}
    wording = GradeWording(r"(?!)", (), (), tuple(areas.values()))
    names: dict[str, str] = {}
    for section in extraction.sections:
        known = areas.get(section.area or "")
        name = _heading(section.title, known, wording) if known else None
        if known and name:
            names.setdefault(known.label, name)
    return {
        label: name
        for label, name in names.items()
        if without_punctuation(name) != without_punctuation(label)
    }


def _areas(notation: str | None) -> tuple[AreaDef, ...]:
    return next((f.areas for f in load_frameworks() if f.notation == notation), ())


def _heading(title: str, area: AreaDef, wording: GradeWording) -> str | None:
    """The title as a name of the area, without a number before it; None if it is not one of its headings, or
    other words for one, or no name."""
    plain = without_number(title).rstrip(":").strip()
    if plain.endswith("?") or pattern("structure", "no-area-name").fullmatch(plain):
        return None
    known = without_punctuation(plain) in map(without_punctuation, area.headings)
    return plain if known or (wording.meant(plain) or wording.alike(plain)) is area else None
