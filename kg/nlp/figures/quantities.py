"""The record that the steps hand on to one another: a number with its unit and what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kg.model.records import Span
from kg.model.text.numbers import SIGN


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure's span, value and unit; ``noun`` is the span of what is counted, without the number.

    ``pattern`` is the id of the form that found it. ``bare`` is true for a number with neither unit nor noun,
    ``open_range`` for one that has the unit of the next ("between 18 and 23 percent"), ``of_antecedent`` for
    "8 of those callers", whose denominator stands earlier. ``lead`` is true for the number that only opens a
    share: "out of 1,257 cases …, it used bail in 1,243".
    """

    start: int
    end: int
    value: Decimal
    unit: str
    pattern: str
    sentence: int
    number_end: int
    base: str | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    noun: Span | None = None
    bare: bool = False
    open_range: bool = False
    of_antecedent: bool = False
    lead: bool = False
    interval: Decimal | None = None
    interval_level: Decimal | None = None


def is_signed(text: str, quantity: Quantity) -> bool:
    """Whether a share or count has a sign before it, as only changes have: "officers: –15 percent"."""
    return quantity.unit in ("percent", "count") and SIGN.match(text, quantity.start) is not None
