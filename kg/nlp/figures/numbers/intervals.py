"""Confidence intervals: their half-width goes to the estimate they stand behind, with the stated level."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kg.model.records import Span
from kg.nlp.figures.quantities import Quantity
from kg.nlp.rules.pattern_files import pattern

_FARTHEST = 70


def with_intervals(text: str, sentences: Sequence[Span], quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities, each estimate with its interval; the level is what the report says of its intervals."""
    result = list(quantities)
    level = _level(text)
    for match in pattern("figure-forms", "form.interval").finditer(text):
        index = _estimate(result, sentences, match.start())
        if index is not None:
            result[index] = replace(result[index], interval=Decimal(match["n"]), interval_level=level)
    return result


def _estimate(quantities: Sequence[Quantity], sentences: Sequence[Span], position: int) -> int | None:
    """Index of the nearest quantity before the interval in the same sentence."""
    index = bisect_right(quantities, position, key=lambda quantity: quantity.end) - 1
    if index < 0:
        return None
    quantity = quantities[index]
    return index if position <= min(sentences[quantity.sentence][1], quantity.end + _FARTHEST) else None


def _level(text: str) -> Decimal | None:
    match = pattern("figure-forms", "form.level").search(text)
    return None if match is None else Decimal(match["n"] or match["m"])
