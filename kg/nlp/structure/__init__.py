"""The structural reading of a report: what it is, its sections, judgements, findings, needs, concerns, boxes.

Driven by the data of the frameworks (``kg.model.frameworks``); needs no language model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.model.frameworks import Framework, load_frameworks
from kg.model.records import Box, Document, Extraction, Judgement, Notice
from kg.nlp.document.lines import find_lines
from kg.nlp.document.recognise import recognise
from kg.nlp.document.wording import Words
from kg.nlp.structure.addressees import with_addressees
from kg.nlp.structure.announced_grades import missing_grades
from kg.nlp.structure.areas_known import AreasKnown, without_area
from kg.nlp.structure.boxes import find_boxes, undated
from kg.nlp.structure.concerns import find_concerns
from kg.nlp.structure.findings import find_findings, lost_headings
from kg.nlp.structure.headed_areas import with_headed_areas
from kg.nlp.structure.issue_days import IssueDays
from kg.nlp.structure.judgements import Judged, find_judgements
from kg.nlp.structure.needs import find_needs
from kg.nlp.structure.outline import Outline, Part
from kg.nlp.structure.own_areas import with_own_areas
from kg.nlp.structure.polarity_doubt import doubtful_polarities
from kg.nlp.structure.sections import find_sections
from kg.nlp.structure.stated_earlier import find_earlier_grades
from kg.nlp.structure.unknown_framework import without_framework, words_of_own_areas


def find_structure(
    document: Document,
    given: Mapping[str, str] | None = None,
    frameworks: Sequence[Framework] | None = None,
) -> Extraction:
    """Read the structure of one report.

    ``given`` overrides what the text says of the report (``force``, ``framework``, ``kind``, ``title``,
    ``published``, ``publisher``, …); ``frameworks`` default to those of the package. What cannot be
    recognised is None and has a notice. Sections of findings and needs are ids of ``sections``.
    """
    frameworks = load_frameworks() if frameworks is None else frameworks
    lines = find_lines(document)
    known = recognise(document, lines, given or {}, frameworks)
    text, grades = document.text, known.kind is None or known.kind.graded
    if known.report.kind in _OF_NO_AREAS and known.words.framework is not None:
        words = replace(known.words, framework=replace(known.words.framework, areas=()))
        own_areas: Sequence[Notice] = ()
    elif known.words.framework is None and grades and not known.of_many:
        words, own_areas = words_of_own_areas(lines, known, frameworks)
    else:
        words, own_areas = with_own_areas(lines, known.words, known.title_line)
    if not own_areas:
        words, own_areas = with_headed_areas(lines, words, known, frameworks)
    news = known.report.kind == "news-item"
    outline = Outline(lines, words, known.title_line, letter=not grades, news=news)
    parts = outline.parts
    sections = find_sections(parts, len(text))
    method = known.of_method  # criteria are no findings, boxes and needs
    located = find_findings(text, parts, sections, words) if not (news or method) else ()
    issue = IssueDays(parts, known.report, grades)
    boxes = _with_areas(find_boxes(text, parts, words, issue), words) if not method else ()
    stated = grades or (known.kind is not None and known.kind.states_grades)
    if not stated or method:
        judged = Judged()
    elif known.words.framework is None:
        judged = without_framework(lines, known, frameworks, outline)
    else:
        judged = find_judgements(parts, words, outline.overview, labels=grades, news=not grades)
    if known.of_many or (known.report.force is None and len(judged.undecided) >= _CONTRADICTED):
        judged = _of_several(judged)
    lost = lost_headings(parts, located, words) if not news else ()
    noticed = (
        *undated(boxes),
        *outline.inferred,
        *own_areas,
        *judged.notices,
        *_foreign(judged, own_areas, known.words),
    )
    announces = grades and known.words.framework is not None
    missing = missing_grades(lines, len(judged.judgements)) if announces else ()
    needs = find_needs(text, parts, located, sections, boxes, words, issue) if not method else ()
    areas = AreasKnown(sections, boxes, words)
    boxes = tuple(map(areas.of, boxes))
    letter = not (grades or news)
    concerns = areas.of_concerns(text, find_concerns(text, parts, words), boxes, letter=letter)
    return Extraction(
        report=known.report,
        sections=sections,
        judgements=tuple(_placed(judgement, known.words) for judgement in judged.judgements),
        earlier_grades=find_earlier_grades(parts, known.words, judged.judgements)
        if grades and not method
        else (),
        undecided=judged.undecided,
        findings=tuple(areas.of(found.finding) for found in located),
        needs=tuple(map(areas.of_need, needs)),
        concerns=concerns,
        boxes=with_addressees(text, boxes),
        coverage=_coverage(parts, len(located)),
        warnings=(
            *document.notices,
            *known.notices,
            *noticed,
            *missing,
            *lost,
            *without_area(concerns),
            *doubtful_polarities(found.finding for found in located),
        ),
    )


def _foreign(judged: Judged, own_areas: Sequence[Notice], words: Words) -> Iterator[Notice]:
    """A doubt about the framework where more of what the report grades is none of its areas than is: reports
    of 2013 were read under another framework, and most of their grades were lost."""
    graded = [n for n in (*judged.notices, *own_areas) if n.code in ("unknown-area", "area-not-in-framework")]
    own = {(notice.start, notice.end) for notice in graded}
    known = sum(words.area_labelled(judgement.area) is not None for judgement in judged.judgements)
    if words.framework is not None and len(own) >= _FOREIGN and len(own) > known:
        said = (
            f"{len(own)} things are graded that are no areas of {words.framework.title}, and {known} that are"
        )
        yield Notice("doubtful-framework", f"{said}; state the framework in the catalogue if it is another")


_OF_NO_AREAS = ("joint-inspection",)
"""Kinds of reports on how several bodies work together, which none of the areas of one body’s framework fits:
what they ask of health and police was filed under "the impact of leaders on social work practice"."""
_FOREIGN = 3
"""Graded things that no area of the framework is from which the framework may be another."""
_CONTRADICTED = 4
"""Grades of areas with two of them from which a page that names no body has tables of several."""


def _of_several(judged: Judged) -> Judged:
    """No judgement on a page about several bodies: whose grade it is, is not read."""
    if not (judged.judgements or judged.undecided):
        return judged
    said = "the page grades several bodies; whose grades these are is not read, and none is taken: divide it"
    first = min(judged.judgements or judged.undecided, key=lambda one: one.start)
    return Judged(notices=(Notice("grades-of-several", said, first.start, first.end),))


def _placed(judgement: Judgement, words: Words) -> Judgement:
    """A judgement with whether its area is one of the framework, or of this report alone."""
    return replace(judgement, in_framework=words.area_labelled(judgement.area) is not None)


def _with_areas(boxes: tuple[Box, ...], words: Words) -> tuple[Box, ...]:
    """Boxes outside any area (in letters) get the area they are about, recommendations their parent's."""
    about: dict[tuple[int, int], str | None] = {}
    done = []
    for box in boxes:
        if box.area is None and box.parent in about:
            box = replace(box, area=about[box.parent])
        elif box.area is None:
            area = words.area_about((box.title or "", 3), (box.text, 1))
            box = replace(box, area=area.label if area else None)
        if box.kind != "recommendation":
            about[(box.start, box.end)] = box.area
        done.append(box)
    return tuple(done)


def _coverage(parts: Sequence[Part], findings: int) -> tuple[tuple[str, int, int], ...]:
    """Findings among the sentence-like headings, and lines that are in a section among all lines."""
    headings = sum(part.role == "finding" for part in parts)
    inside = sum(part.top != "start" for part in parts)
    return (("headings", findings, headings), ("lines", inside, len(parts)))
