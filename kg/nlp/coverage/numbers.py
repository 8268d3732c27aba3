"""Numbers as a reader sees them, and the wordings by which a number is no figure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.model.records import Block, Span
from kg.model.text.numbers import FRACTION, Number, find_numbers
from kg.nlp.figures.numbers.counted_nouns import counted_noun
from kg.nlp.figures.numbers.exclusions import candidate_numbers
from kg.nlp.rules.pattern_files import pattern

_DIGITS = re.compile(r"(?<![\w.,:/@-])\d[\d,.:/]*(?<![,.:/])(?![\w@])")


@dataclass(frozen=True, slots=True)
class Expression:
    """A number in the text; ``value`` is None where digits are written in a form that is not understood."""

    start: int
    end: int
    value: Decimal | None


def find_expressions(text: str) -> list[Expression]:
    """Numbers in digits and words, sums of money, parts ("a third of") and other digits, in order.

    Ordinals ("first", "4th") and digits in a word ("COVID19") are not counted.

    >>> [(e.start, e.end, e.value) for e in find_expressions("2 of 9, 1.2.3 and a third of it")]
    [(0, 1, Decimal('2')), (5, 6, Decimal('9')), (8, 13, None), (18, 25, None)]
    """
    found = [Expression(n.start, n.end, n.value) for n in find_numbers(text)]
    taken = bytearray(len(text) + 1)
    for one in found:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    parts = (m for m in FRACTION.finditer(text) if text.startswith(" of ", m.end()))
    for match in (*_DIGITS.finditer(text), *parts):
        if taken.find(1, *match.span()) < 0:
            found.append(Expression(*match.span(), None))
    return sorted(found, key=lambda one: one.start)


def no_figures(text: str, sentences: Sequence[Span], among: Collection[int]) -> set[int]:
    """Which of the numbers that start at ``among`` a rule rules out: targets, limits, ages, method counts.

    The rules are those of ``figure_exclusions`` and, as where figures are found: "one", a number in words
    without a noun ("these two"), the number of a list item, and a time that nobody measured.
    """
    numbers = [number for number in find_numbers(text) if number.start in among]
    candidates = {n.start for n in candidate_numbers(text, numbers, (), (), _as_paragraphs(text))}
    starts = [start for start, _ in sentences]
    found = set()
    for number in numbers:
        limit = _limit(sentences, starts, number.start)
        if number.start not in candidates or _counts_nothing(text, number, limit):
            found.add(number.start)
    return found


def _as_paragraphs(text: str) -> list[Block]:
    """Each line as a paragraph, so that none is taken for a heading: headings are judged elsewhere."""
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(Block(start, start + len(line), "paragraph"))
        start += len(line) + 1
    return blocks


def _limit(sentences: Sequence[Span], starts: Sequence[int], position: int) -> int:
    at = bisect_right(starts, position) - 1
    return max(sentences[at][1], position) if at >= 0 else position


def _counts_nothing(text: str, number: Number, limit: int) -> bool:
    if number.money:
        return False
    noun = counted_noun(text, number.end, max(limit, number.end))
    if number.words and (noun is None or number.value < 2):
        return True
    if noun is None:
        return _is_list_number(text, number)
    return pattern("figure-forms", "form.time").fullmatch(text[slice(*noun)]) is not None


def _is_list_number(text: str, number: Number) -> bool:
    """A small number alone before the words of its line, or alone on it (a page number)."""
    before = text[text.rfind("\n", 0, number.start) + 1 : number.start]
    return (
        not before.strip()
        and re.match(r"[.)]?\s+[A-Za-z]|\s*$", text[number.end : number.end + 4]) is not None
    )
