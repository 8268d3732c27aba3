"""What one step of reading figures is given, made by hand: sentences with their quantities and periods."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from figure_helpers import FORCE

from kg.model.records import Extraction, Mention, Period, Report, Section, Source
from kg.model.text.sentences import find_sentences
from kg.nlp.figures.context import Context
from kg.nlp.figures.numbers.units import plain_value
from kg.nlp.figures.quantities import Quantity


@dataclass(frozen=True)
class Marked:
    """Words of a text that are a quantity or a period."""

    words: str
    slots: dict[str, Any] = field(default_factory=dict)


def q(words: str, unit: str = "count", **slots: Any) -> Marked:
    """A quantity; its value is that of the number that opens the words, its noun what stands behind it."""
    return Marked(words, {"unit": unit, **slots})


def p(words: str, begin: str | None = None, end: str | None = None, pattern: str | None = None) -> Marked:
    """A period with its dates; of a year alone, they are those of the year."""
    if begin is None and end is None and words.isdigit():
        begin, end = f"{words}-01-01", f"{words}-12-31"
    return Marked(words, {"begin_date": begin, "end_date": end, "pattern": pattern})


def context(
    text: str,
    *marked: Marked,
    sections: tuple[Section, ...] = (),
    mentions: tuple[Mention, ...] = (),
    force: str | None = FORCE,
) -> Context:
    """The context of a text whose quantities and periods are given in the order of their words."""
    sentences = find_sentences(text)
    quantities, periods, position = [], [], 0
    for mark in marked:
        start = text.index(mark.words, position)
        position = start + len(mark.words)
        if "unit" in mark.slots:
            quantities.append(_quantity(text, mark, start, sentences))
        else:
            periods.append(Period(start, position, **mark.slots))
    source = Source("x.txt", "", "text/plain")
    report = Report("x", None, None, None, force, None, None, None, source, text, "")
    extraction = Extraction(report, sections=sections, mentions=mentions)
    return Context.of(text, sentences, quantities, periods, extraction)


def _quantity(text: str, mark: Marked, start: int, sentences: list[tuple[int, int]]) -> Quantity:
    number = re.match(r"£?\d[\d,.]*\d|£?\d|[A-Za-z-]+", mark.words)
    assert number is not None
    end, number_end = start + len(mark.words), start + number.end()
    slots = dict(mark.slots)
    counted = slots.pop("noun", mark.words[number.end() + 1 :] if slots["unit"] == "count" else "")
    noun = (end - len(counted), end) if counted else None
    slots.setdefault("bare", slots["unit"] == "count" and not counted)
    slots.setdefault("pattern", "made")
    value = slots.pop("value", None)
    return Quantity(
        start=start,
        end=end,
        value=plain_value(number[0]) if value is None else Decimal(value),
        sentence=next(n for n, (first, last) in enumerate(sentences) if first <= start < last),
        number_end=number_end,
        noun=noun,
        **slots,
    )
