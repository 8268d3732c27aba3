"""Links between figures: direction and base of a change, comparators of a figure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from kg.nlp.figures.context import Context

_RATE_IN_BRACKET = re.compile(r"[^().,;:]{0,90} \((?:or )?(?:an? (?:rate|share) of )?")


@dataclass(frozen=True, slots=True)
class Links:
    """What quantities have to do with one another, by their indices.

    ``direction`` and ``base`` say how a quantity changed and from which; ``bases`` are all that others are
    said to have changed from. ``pairs`` are (base, later) where both are levels, ``starts`` the A of "from A
    to B", ``sizes`` those that say how much something changed by. ``comparators`` has what each quantity is
    compared with, ``focal`` the same the other way round.
    """

    direction: Mapping[int, str] = field(default_factory=dict)
    base: Mapping[int, int] = field(default_factory=dict)
    bases: AbstractSet[int] = frozenset()
    pairs: Sequence[tuple[int, int]] = ()
    starts: AbstractSet[int] = frozenset()
    sizes: AbstractSet[int] = frozenset()
    comparators: Mapping[int, Sequence[int]] = field(default_factory=dict)
    focal: Mapping[int, int] = field(default_factory=dict)

    def is_base(self, index: int) -> bool:
        """Whether another quantity changed from this one."""
        return index in self.bases

    def is_comparator(self, index: int) -> bool:
        """Whether another quantity is compared with this one."""
        return index in self.focal

    def later_of(self) -> dict[int, int]:
        """The later quantity of the first pair that each base is in."""
        return dict(reversed(self.pairs))


def same_kind(context: Context, first: int, second: int) -> bool:
    """Whether two quantities have the same unit and base; percentage points are no percentages."""
    one, other = context.quantities[first], context.quantities[second]
    same = one.unit == other.unit and one.base == other.base
    return same and is_points(context, first) == is_points(context, second)


def is_points(context: Context, index: int) -> bool:
    """Whether a figure is in percentage points."""
    return "point" in context.text[context.quantities[index].start : context.quantities[index].end]


def rate_beside(context: Context, index: int) -> int | None:
    """The rate or share of a count in the bracket behind it: "1,826 children (a rate of 67 per 10,000)"."""
    following = context.next(index)
    if following is None or context.quantities[index].unit != "count":
        return None
    in_bracket = _RATE_IN_BRACKET.fullmatch(context.gap(index, following)) is not None
    return following if in_bracket and context.quantities[following].unit in ("rate", "percent") else None


def comparable(context: Context, first: int, second: int) -> bool:
    """Whether two quantities have the same unit, and the same base where both have one."""
    one, other = context.quantities[first], context.quantities[second]
    return one.unit == other.unit and (one.base == other.base or one.base is None or other.base is None)
