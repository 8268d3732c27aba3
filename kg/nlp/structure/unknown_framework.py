"""Judgements of a report whose framework is not known: areas under names that some framework has.

A grade is not lost because its cycle is: a sentence or an overview that gives one to an area by name is read
with the names of all frameworks of the publisher for such bodies. Its area is in no framework, and a notice
says so. A grade alone below a heading is read only where the framework is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.model.frameworks import AreaDef, Framework
from kg.model.records import Notice
from kg.nlp.document.lines import Line
from kg.nlp.document.recognise import Recognised
from kg.nlp.document.wording import Words
from kg.nlp.structure.judgements import Judged, find_judgements
from kg.nlp.structure.outline import Outline


def without_framework(lines: Sequence[Line], known: Recognised, frameworks: Sequence[Framework]) -> Judged:
    """The judgements of a report with one inspected body and no known framework."""
    words = _words(known, frameworks)
    if words is None:
        return Judged()
    outline = Outline(lines, words, known.title_line, letter=True)
    judged = find_judgements(outline.parts, words, outline.overview, labels=False, news=_is_news(known))
    if not judged.judgements:
        return Judged()
    said = (
        f"{len(judged.judgements)} areas have a grade, though the framework is not known: they are kept "
        "under names that other reports have; state the framework in the catalogue"
    )
    first = judged.judgements[0]
    notice = Notice("grades-without-framework", said, first.start, first.end)
    return replace(judged, notices=(notice, *judged.notices))


def _is_news(known: Recognised) -> bool:
    return known.kind is not None and not known.kind.graded


def _words(known: Recognised, frameworks: Sequence[Framework]) -> Words | None:
    """The words of all frameworks that may be the one, as if they were one; names as in the latest."""
    ours = [f for f in frameworks if f.publisher_name == known.report.publisher and not f.only_named]
    ours = sorted(
        (f for f in ours if f.body_kind == known.body_kind), key=lambda f: f.begins or "", reverse=True
    )
    if not ours or known.report.force is None:
        return None
    grades = {grade.notation: grade for framework in ours for grade in framework.grades}
    areas: dict[str, AreaDef] = {}
    for framework in ours:
        for area in framework.areas:
            same = areas.get(area.label, area)
            phrases, clauses = (*same.phrases, *area.phrases), (*same.clauses, *area.clauses)
            areas[area.label] = replace(same, phrases=phrases, clauses=clauses)
    any_of_them = replace(ours[0], notation="", grades=tuple(grades.values()), areas=tuple(areas.values()))
    return Words(
        any_of_them, ours[0].wording, ours[0].boxes, ours[0].kinds, known.words.names, known.words.places
    )
