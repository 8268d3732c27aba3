"""Words of grading wherever they stand in a form that grades, and areas without a grade."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.model.frameworks import load_frameworks
from kg.model.records import Span
from kg.nlp.coverage.sight import Found, Sight, plain
from kg.nlp.rules.pattern_files import GRADES, compiled, pattern

_FILE = "coverage-grades"


def find_grades(sight: Sight) -> Found:
    """Lines and sentences that grade something, each captured where a judgement rests on its words.

    A line may be a grade alone, or have one beside a name; a sentence says of a body that it is, or was
    graded, so. Lines that name a graded area of the framework count too, if the report grades any: captured
    where that area has a judgement.
    """
    found: list[tuple[Span, bool]] = [
        (span, sight.judged.touches(*span) or sight.graded.touches(*span)) for span in _graded(sight)
    ]
    if found and sight.framework is not None:
        found += _areas(sight)
    return sorted(set(found))


def _graded(sight: Sight) -> Iterator[Span]:
    """The words of grading: of lines the grade, of sentences the words from the body to the grade."""
    lone, beside, told = _forms()
    for start, end in sight.lines:
        words = sight.text[start:end]
        if pattern(_FILE, "grade.earlier").search(words):
            continue
        match = lone.fullmatch(words) or (beside.fullmatch(words) if len(words) < 160 else None)
        if match is not None:
            yield start + match.start("grade"), start + match.end("grade")
            continue
        for match in told.finditer(words):
            yield start + match.start(), start + match.end()


@cache
def _forms() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    names = sorted({name for f in load_frameworks() for grade in f.grades for name in grade.names}, key=len)
    either = "|".join(map(re.escape, reversed(names)))

    def form(rule: str, grade: str) -> re.Pattern[str]:
        return compiled(pattern(_FILE, rule).pattern.replace(GRADES, grade), re.IGNORECASE)

    named = f"(?P<grade>{either})"
    return form("grade.lone", named), form("grade.beside", named), form("grade.told", f"(?:{either})")


def _areas(sight: Sight) -> Iterator[tuple[Span, bool]]:
    """The first line that names each graded area of the framework."""
    framework = sight.framework
    assert framework is not None
    judged = {plain(one.area) for one in (*sight.extraction.judgements, *sight.extraction.undecided)}
    names = {plain(name): area for area in framework.areas if area.graded for name in area.headings}
    seen: set[str] = set()
    for at, line in enumerate(sight.lines):
        area = names.get(plain(sight.words(line)))
        if area is None or area.label in seen:
            continue
        seen.add(area.label)
        below = " ".join(map(sight.words, sight.lines[at + 1 : at + 4]))
        if pattern(_FILE, "grade.ungraded").search(below) is None:
            yield line, plain(area.label) in judged
