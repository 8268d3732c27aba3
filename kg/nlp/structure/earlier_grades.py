"""Grades of an earlier inspection: what says that a grade, or all grades below, are not given by this one.

A sentence says that a grade is of an earlier inspection: then it is none of this report, unless the sentence
says that it is carried over, so that the report gives it as its own. A heading or lead-in says that those
below it are earlier ones, the head of a column that those in it are. (What stands behind a grade and tells
what it was before, "Previously: good", is the framework's to say: ``Words.is_grade_note``. What is stated of
an earlier inspection is kept by ``stated_earlier``.)
"""

from __future__ import annotations

from kg.nlp.document.lines import Line
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import pattern

_FEW_WORDS = 3


def says_repeated(text: str) -> bool:
    """Whether a line says that the grade beside it is that of an earlier inspection."""
    return pattern("structure", "earlier.repeated").search(text) is not None or carries_over(text)


def carries_over(text: str) -> bool:
    """Whether a line says that the grade of an earlier inspection is taken over as that of this one."""
    return pattern("structure", "earlier.carried").search(text) is not None


def heads_earlier(line: Line) -> bool:
    """Whether the grades below a heading or lead-in are those of an earlier inspection."""
    heads = line.is_open or line.text.endswith(":")
    return heads and pattern("structure", "earlier.heading").search(line.text) is not None


def is_earlier_year(text: str, words: Words) -> bool:
    """Whether a line is the year of an earlier cycle and no more: "2021/22", above the grade of then."""
    return len(text.split()) <= _FEW_WORDS and words.is_of_earlier_cycle(text)


def is_earlier_column(head: str) -> bool:
    """Whether the grades in a column with this head are those of an earlier inspection."""
    return pattern("structure", "earlier.column").search(head) is not None
