"""Areas that only one report has: a heading that the framework does not know, with its grade and a sentence
that gives the same grade to the same thing, or with a row of its own among the grades of known areas.

Inspectorates grade what is new before a framework names it ("Tackling fraud and cybercrime"). Such an area is
added to the framework for this report alone, so that its findings, boxes and its place in the overview are
read like those of any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.model.frameworks import AreaDef
from kg.model.records import Notice
from kg.model.text.comparing import content_stems, stems, without_number, without_punctuation
from kg.model.text.sentences import find_sentences
from kg.nlp.document.lines import Line
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import pattern
from kg.nlp.structure.box_labels import box_label
from kg.nlp.structure.earlier_grades import says_repeated
from kg.nlp.structure.grade_sentences import opens_with_grade, read_grades

_NEAR = 3
"""Lines below a heading in which its grade and its judgement sentence stand."""
_LONGEST = 14
"""Words of a heading that may name an area."""
_SEVERAL = 2
"""Headings from which what they have in common is how the report grades its areas."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A heading that may name an area: the grade of its label, whether that stands on its line or the one
    below, and the grade that its first sentence gives the thing of its name, in which words."""

    name: str
    line: Line
    label: str | None
    beside: bool
    said: str | None
    words: str = ""
    in_overview: bool = False

    @property
    def agrees(self) -> bool:
        return self.label is not None and self.label == self.said

    @property
    def is_labelled(self) -> bool:
        """Whether it has its grade at hand, and no sentence that says otherwise."""
        return self.beside and self.said in (None, self.label)


def with_own_areas(
    lines: Sequence[Line], words: Words, title: Line | None = None
) -> tuple[Words, tuple[Notice, ...]]:
    """The words with the areas of this report alone, and a notice for each of them. Words without any area
    are those of a report whose framework is not known. The title names none."""
    framework = words.framework
    if framework is None:
        return words, ()
    headings = {without_punctuation(one.name): one for one in _own(lines, words, title)}
    words = with_names(words, [one.name for one in headings.values()])
    headings = {key: one for key, one in headings.items() if words.area_called(one.name) is None}
    if not headings:
        return words, ()
    why = f"is no area of {framework.title}" if words.areas else "its framework is not known"
    notices = [
        Notice(
            "area-not-in-framework",
            f"“{one.name}” is graded and {why}: it is kept as an area of this report",
            one.line.start,
            one.line.end,
        )
        for one in headings.values()
    ]
    return with_areas(words, {one.name: one.words for one in headings.values()}), tuple(notices)


def with_names(words: Words, names: Sequence[str], *, graded: bool = True) -> Words:
    """The words with those names that mean an area of the framework (one that is ``graded``, or not) in other
    words as names of that area: "Ensuring that the workforce behaves ethically and lawfully"."""
    meant = {name: words.grading.meant(name) or words.grading.alike(name) for name in names}
    told = {name: area for name, area in meant.items() if area is not None and area.graded is graded}
    if not told or words.framework is None:
        return words
    areas = tuple(
        replace(area, phrases=(*area.phrases, *(name for name, known in told.items() if known is area)))
        for area in words.areas
    )
    return replace(words, framework=replace(words.framework, areas=areas))


def with_areas(words: Words, names: Mapping[str, str], *, graded: bool = True) -> Words:
    """The words with areas of these names, which no framework has, each with other words for it or none."""
    framework = words.framework
    assert framework is not None
    last = max((area.order for area in words.areas), default=0)
    areas = [
        AreaDef("", name, (other,) if other else (), (), (), last + nth, graded, broader=None, related=())
        for nth, (name, other) in enumerate(names.items(), 1)
    ]
    return replace(words, framework=replace(framework, areas=(*framework.areas, *areas)))


def _is_said_of(said: str, heading: str) -> bool:
    """Whether the words that a sentence grades are those of a heading, in whatever form: "how it looks after
    its police horses" below "Looking after police horses"; one of them may say more."""
    these, those = set(stems(said).split()), set(stems(heading).split())
    return bool(these and those) and (these <= those or those <= these)


def _own(lines: Sequence[Line], words: Words, title: Line | None) -> list[_Candidate]:
    """The headings that are areas. One whose label and sentence agree is one, and so is one that an overview
    grades. A label or a sentence alone makes one only where that is how the report grades: where the areas
    that are known have no more, or, where none is known, where several have as much."""
    found = [one for one in _candidates(lines, words) if one.line is not title]
    labelled = [one for one in found if one.is_labelled]
    by_label, by_sentence = len(labelled) >= _SEVERAL, sum(bool(one.said) for one in found) >= _SEVERAL
    if words.areas:
        by_label, by_sentence = bool(labelled) and _grades_by_label(lines, words), False
    return [
        one
        for one in found
        if one.in_overview
        or one.agrees
        or (by_label and one.is_labelled)
        or (by_sentence and one.said is not None and (one.is_labelled or not one.beside))
    ]


def _candidates(lines: Sequence[Line], words: Words) -> Iterator[_Candidate]:
    """Headings with a grade on their line, below it, in their first sentence, or at their end."""
    labels = _next_labels(lines, words)
    alone = {without_punctuation(line.text): at for at, line in enumerate(lines) if line.is_open}
    listed = _names_in_overviews(lines, words, alone)
    for at, line in enumerate(lines):
        name = _name_on(line, words)
        if not may_name_area(line, words, name):
            continue
        grade = words.graded_heading(line.text)
        if at in listed:
            yield _Candidate(name, line, grade, beside=True, said=None, in_overview=True)
            continue
        below = lines[at + 1 : at + 1 + _NEAR]
        beside, text = grade is not None, at + 1
        if grade is None and below and (label := words.grade_line(below[0].text)):
            grade, beside, below, text = label, True, below[1:], at + 2
        elif grade is None:  # the label of web text may close the section that the sentence opens
            grade, below = labels[at], below[:1]
        told = next((told for after in below if (told := _said_of(after, name, words))), None)
        told = told or (_said_near(below[0], name, words) if beside and below else None)
        one = _Candidate(name, line, grade, beside, *(told or (None, "")))
        known = words.role_of(name) is not None  # "Custody" heads parts of other areas too
        if one.agrees or (told and not known) or (beside and not known and _is_text(lines, text, words)):
            yield one


def _is_text(lines: Sequence[Line], at: int, words: Words) -> bool:
    """Whether the line below a heading with its grade is text of it: no grade, no row of a list, no remark
    that the grade is an earlier one."""
    texts = [line.text for line in lines[at : at + 2]]
    if not texts or lines[at].kind == "row" or says_repeated(texts[0]):
        return False
    graded = words.graded_heading(texts[0]) or any(words.grade_line(text) for text in texts)
    return not graded


def _grades_by_label(lines: Sequence[Line], words: Words) -> bool:
    """Whether the known areas of a report have their grade on a line of its own, and no sentence that says
    it."""
    alone = 0
    for at, (line, label) in enumerate(pairwise(lines)):
        area = words.area_heading(line.text)[0]
        if area is None or words.grade_line(label.text) is None or not _is_text(lines, at + 2, words):
            continue
        if opens_with_grade(lines[at + 2].text, words):
            return False
        alone += 1
    return alone >= _SEVERAL


def _names_in_overviews(lines: Sequence[Line], words: Words, alone: Mapping[str, int]) -> set[int]:
    """Lines of overviews that name what a part further below is headed with: rows "name: grade", and names
    above or below grades. An overview has the grade of a known area or, where none is known, several such
    names. ``alone`` has the last open line with each text."""
    found: set[int] = set()
    run: list[int] = []
    for at in range(len(lines) + 1):
        if at < len(lines) and _may_be_in_overview(lines, at, run, words):
            run.append(at)
            continue
        names = {n: _name_on(lines[n], words) for n in run if words.grade_line(lines[n].text) is None}
        heads = {n for n, name in names.items() if alone.get(without_punctuation(name), n) > run[-1]}
        rows = {n for n in names if words.graded_heading(lines[n].text)}
        labels = len(run) > len(names)
        known = sum(words.area_heading(name)[0] is not None for name in names.values())
        fewest = (_SEVERAL if labels else 1) if words.areas else 0
        if (labels or rows) and known >= fewest and (words.areas or len(heads) >= _SEVERAL):
            found |= heads if labels else heads & rows
        run = []
    return found


def _name_on(line: Line, words: Words) -> str:
    """The name on a line of an overview, without a grade behind it."""
    return without_number(words.head_of(line.text)).rstrip(":").strip()


def _may_be_in_overview(lines: Sequence[Line], at: int, run: Sequence[int], words: Words) -> bool:
    """Whether a line may go on with the lines of an overview: a grade, or a name that is new."""
    line = lines[at]
    if words.grade_line(line.text) is not None:
        return True
    name = without_punctuation(_name_on(line, words))
    short = line.is_open and len(line.text.split()) <= _LONGEST and words.role_of(line.text) is None
    return short and all(name != without_punctuation(_name_on(lines[n], words)) for n in run)


def _next_labels(lines: Sequence[Line], words: Words) -> list[str | None]:
    """For each line the first grade that stands alone on a line below it."""
    below: list[str | None] = []
    grade: str | None = None
    for line in reversed(lines):
        below.append(grade)
        grade = words.grade_line(line.text) or grade
    return below[::-1]


def may_name_area(line: Line, words: Words, name: str | None = None) -> bool:
    """Whether a line has the form of a heading that names an area, under this name on it (its text)."""
    name = line.text.rstrip(":") if name is None else name
    if line.is_item or line.kind == "row" or not name[:1].isupper() or len(name.split()) > _LONGEST:
        return False
    if not line.is_open and not line.text.endswith(":"):
        return False
    if words.area_heading(line.text)[0] or words.role_of(name) not in (None, "topic", "section"):
        return False
    if box_label(line.text, words) or pattern("structure", "no-area-name").fullmatch(name):
        return False
    return words.grade_line(name) is None and words.grade_line(line.text) is None


def _said_near(line: Line, name: str, words: Words) -> tuple[str, str] | None:
    """The grade that a sentence directly below a heading and its label gives to what shares a word with the
    heading: "good at leading and supporting its workforce" below "Leadership and workforce"."""
    for start, end in find_sentences(line.text)[:1]:
        for graded in read_grades(line.text[start:end], words):
            if graded.area is None and content_stems(graded.name) & content_stems(name):
                return graded.grade, re.sub(r"\A(?:the|its|their|our) ", "", graded.name)
    return None


def _said_of(line: Line, name: str, words: Words) -> tuple[str, str] | None:
    """The grade that the first sentence of a line gives the thing of this name, as what the body is good at
    or as the subject ("The force’s leadership and governance is adequate"), and the words for the thing."""
    for start, end in find_sentences(line.text)[:1]:
        sentence = line.text[start:end]
        for graded in read_grades(sentence, words):
            if graded.area is None and _is_said_of(graded.name, name):
                return graded.grade, re.sub(r"\A(?:the|its|their|our) ", "", graded.name)
        if without_punctuation(name) in without_punctuation(sentence):
            as_area = read_grades(sentence, with_areas(words, {name: ""}))
            return next(((graded.grade, "") for graded in as_area if graded.area == name), None)
    return None
