"""Grades that a report uses beyond those of its framework."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.model.frameworks import Framework
from kg.nlp.document.wording import Words

_LONGEST_LINE = 120


def with_grades_used(framework: Framework, lines: Iterable[str], others: Sequence[Framework]) -> Framework:
    """The framework with those grades of its publisher that stand alone on a ``lines`` of the report, though
    they are not among its own."""
    own = {grade.notation for grade in framework.grades}
    more = {
        grade.notation: grade
        for other in others
        if other.publisher_name == framework.publisher_name and other.body_kind == framework.body_kind
        for grade in other.grades
        if grade.notation not in own
    }
    if not more:
        return framework
    wide = replace(framework, grades=(*framework.grades, *more.values()))
    words = Words(wide, wide.wording, (), ())
    used = {words.grade_line(line) for line in lines if len(line) < _LONGEST_LINE}
    added = tuple(grade for notation, grade in more.items() if notation in used)
    return replace(framework, grades=(*framework.grades, *added)) if added else framework
