"""The record that the finders of figures hand on to one another: a number with its form, slots to come."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kg.model.records import Span


@dataclass(frozen=True, slots=True)
class Draft:
    """A figure's span, value and form; ``noun`` is the span of what is counted, without the number.

    ``of_antecedent`` is true for "8 of those callers", whose denominator stands earlier. ``lead`` is true
    for the number that only opens a share: "out of 1,257 cases …, it used bail in 1,243".
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
    of_antecedent: bool = False
    lead: bool = False
    interval: Decimal | None = None
    interval_level: Decimal | None = None
