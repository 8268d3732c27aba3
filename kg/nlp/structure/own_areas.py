"""Areas that only one report has: a heading that the framework does not know, with its grade and a sentence
that gives the same grade to the same thing, or with a row of its own among the grades of known areas.

Inspectorates grade what is new before a framework names it ("Tackling fraud and cybercrime"). Such an area is
added to the framework for this report alone, so that its findings, boxes and its place in the overview are
read like those of any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model.frameworks import AreaDef
from kg.model.records import Notice
from kg.model.text.comparing import stems, without_punctuation
from kg.model.text.sentences import find_sentences
from kg.nlp.document.lines import Line
from kg.nlp.document.wording import Words
from kg.nlp.structure.box_labels import box_label
from kg.nlp.structure.grade_sentences import read_grades

_NEAR = 3
"""Lines below a heading in which its grade and its judgement sentence stand."""
_LONGEST = 14
"""Words of a heading that may name an area."""


def with_own_areas(lines: Sequence[Line], words: Words) -> tuple[Words, tuple[Notice, ...]]:
    """The words with the areas of this report alone, and a notice for each of them."""
    framework = words.framework
    if framework is None:
        return words, ()
    headings = {without_punctuation(name): (name, line) for name, line in _own(lines, words)}
    if not headings:
        return words, ()
    wider = _with_areas(words, [name for name, _ in headings.values()])
    notices = [
        Notice(
            "area-not-in-framework",
            f"“{name}” is graded and is no area of {framework.title}: it is kept as an area of this report",
            line.start,
            line.end,
        )
        for name, line in headings.values()
    ]
    return wider, tuple(notices)


def _with_areas(words: Words, names: Sequence[str]) -> Words:
    """The words with areas of these names."""
    framework = words.framework
    assert framework is not None
    last = max((area.order for area in words.areas), default=0)
    areas = [
        AreaDef("", name, (), (), (), last + nth, graded=True, broader=None, related=())
        for nth, name in enumerate(names, 1)
    ]
    return replace(words, framework=replace(framework, areas=(*framework.areas, *areas)))


def _own(lines: Sequence[Line], words: Words) -> Iterator[tuple[str, Line]]:
    """Headings with their grade and a judgement sentence, and headings that an overview grades."""
    labels = _next_labels(lines, words)
    alone = {without_punctuation(line.text): at for at, line in enumerate(lines) if line.is_open}
    for at, line in enumerate(lines):
        name = words.head_of(line.text).rstrip(":").strip()
        if not _may_head(line, name, words):
            continue
        grade = words.graded_heading(line.text)
        if grade and alone.get(without_punctuation(name), at) > at and _among_areas(lines, at, words):
            yield name, line
            continue
        below = lines[at + 1 : at + 1 + _NEAR]
        if grade is None and below and (label := words.grade_line(below[0].text)):
            grade, below = label, below[1:]
        elif grade is None:  # the label of web text may close the section that the sentence opens
            grade, below = labels[at], below[:1]
        if grade is not None and any(_grades(after, name, grade, words) for after in below):
            yield name, line


def _among_areas(lines: Sequence[Line], at: int, words: Words) -> bool:
    """Whether a line beside this one grades an area of the framework: both are rows of one overview."""
    beside = (*lines[max(0, at - _NEAR) : at], *lines[at + 1 : at + 1 + _NEAR])
    return any(
        words.graded_heading(line.text) is not None
        and words.area_heading(words.head_of(line.text).rstrip(":").strip())[0] is not None
        for line in beside
    )


def _next_labels(lines: Sequence[Line], words: Words) -> list[str | None]:
    """For each line the first grade that stands alone on a line below it."""
    below: list[str | None] = []
    grade: str | None = None
    for line in reversed(lines):
        below.append(grade)
        grade = words.grade_line(line.text) or grade
    return below[::-1]


def _may_head(line: Line, name: str, words: Words) -> bool:
    if line.is_item or line.kind == "row" or not name[:1].isupper() or len(name.split()) > _LONGEST:
        return False
    if not line.is_open and not line.text.endswith(":"):
        return False
    known = words.area_heading(line.text)[0] or words.role_of(name) or box_label(line.text, words)
    return not known and words.grade_line(name) is None


def _grades(line: Line, name: str, grade: str, words: Words) -> bool:
    """Whether a line begins with a sentence that gives the thing of this name this grade, as what the body is
    good at or as the subject: "The force’s leadership and governance is adequate"."""
    for start, end in find_sentences(line.text)[:1]:
        sentence = line.text[start:end]
        for graded in read_grades(sentence, words):
            said, headed = set(stems(graded.name).split()), set(stems(name).split())
            if graded.area is None and graded.grade == grade and (said <= headed or headed <= said):
                return True
        if without_punctuation(name) in without_punctuation(sentence):
            as_area = read_grades(sentence, _with_areas(words, [name]))
            return any((graded.area, graded.grade) == (name, grade) for graded in as_area)
    return False
