"""Reports whose framework is not known: areas under their own names, or under names that some framework has.

A grade is not lost because its programme is not described. A heading with its grade and a sentence that says
it is an area of the report (``own_areas``); what stands below it is of it. A sentence or an overview that
gives a grade to an area by name is read with the names of all frameworks of the publisher for such bodies.
Such areas are in no framework, and a notice says so. A grade alone below a heading of another cycle is read
only where the framework is known.
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
from kg.nlp.structure.overview import read_overviews
from kg.nlp.structure.own_areas import with_own_areas


def words_of_own_areas(
    lines: Sequence[Line], known: Recognised, frameworks: Sequence[Framework]
) -> tuple[Words, tuple[Notice, ...]]:
    """The words of a report with one inspected body and no known framework, with the areas that it grades
    under names of its own; without such areas its words as they are."""
    words = _words(known, _of_body(known, frameworks))
    if words is None or words.framework is None:
        return known.words, ()
    bare = replace(words, framework=replace(words.framework, areas=()))
    found, notices = with_own_areas(lines, bare, known.title_line)
    return (found, notices) if notices else (known.words, ())


def without_framework(
    lines: Sequence[Line], known: Recognised, frameworks: Sequence[Framework], outline: Outline
) -> Judged:
    """The judgements of a report with one inspected body and no known framework. ``outline`` is the one with
    its own areas, if it has any."""
    ours = _closest_first(_of_body(known, frameworks), lines, known)
    words = _words(known, ours)
    if words is None or words.framework is None:
        return Judged()
    if any(area.graded for area in outline.words.areas):
        own = {area.label: area for area in outline.words.areas}
        others = [area for area in words.areas if area.label not in own]
        words = replace(words, framework=replace(words.framework, areas=(*own.values(), *others)))
        overview = read_overviews(lines, words, known.title_line)
        judged = find_judgements(outline.parts, words, overview)
    else:
        outline = Outline(lines, words, known.title_line, letter=True)
        judged = find_judgements(outline.parts, words, outline.overview, labels=False, news=_is_news(known))
    if not judged.judgements:
        return Judged()
    said = (
        f"{len(judged.judgements)} areas have a grade, though the framework is not known: they are kept "
        "under names of the report or of other reports; state the framework in the catalogue"
    )
    first = judged.judgements[0]
    notice = Notice("grades-without-framework", said, first.start, first.end)
    return replace(judged, notices=(notice, *judged.notices))


def _is_news(known: Recognised) -> bool:
    return known.kind is not None and not known.kind.graded


def _of_body(known: Recognised, frameworks: Sequence[Framework]) -> list[Framework]:
    """The frameworks of the publisher for such bodies, the latest first; none where it may be of several."""
    ours = [f for f in frameworks if f.body_kind == known.body_kind and not f.only_named]
    publishers = {known.report.publisher} if known.report.publisher else {f.publisher_name for f in ours}
    if len(publishers) > 1:
        return []
    ours = [f for f in ours if f.publisher_name in publishers]
    return sorted(ours, key=lambda f: f.begins or "", reverse=True)


def _closest_first(
    frameworks: Sequence[Framework], lines: Sequence[Line], known: Recognised
) -> list[Framework]:
    """Frameworks by how many areas a text grades under their names, most first: "understanding demand, use of
    resources and planning for the future" are of one that has all three."""

    def graded(framework: Framework) -> int:
        words = Words(
            framework,
            framework.wording,
            framework.boxes,
            framework.kinds,
            known.words.names,
            known.words.places,
        )
        outline = Outline(lines, words, known.title_line, letter=True)
        judged = find_judgements(outline.parts, words, outline.overview, labels=False, news=_is_news(known))
        return sum(found.in_framework for found in judged.judgements)

    return sorted(frameworks, key=graded, reverse=True)


def _words(known: Recognised, ours: Sequence[Framework]) -> Words | None:
    """The words of frameworks that may be the one, as if they were one; names as in the first."""
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
