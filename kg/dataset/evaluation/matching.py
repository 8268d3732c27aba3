"""Pairing annotated rows with found rows, and the ratios that come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
Rows = Sequence[Row]


@dataclass(frozen=True, slots=True)
class PRF:
    """Precision, recall and their harmonic mean, from the number right, annotated (gold) and found."""

    right: int
    gold: int
    found: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """0 where nothing is right, also where there was nothing to find."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How many of those that were looked at are right."""

    right: int
    of: int

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else 0.0


def ratio(right: int, gold: Sequence[object], found: Sequence[object]) -> PRF:
    return PRF(right, len(gold), len(found))


def match(gold: Rows, found: Rows, fits: Callable[[Row, Row], bool]) -> list[tuple[int, int]]:
    """Pairs of indexes (gold, found) that overlap and fit, each used once: the largest overlap first.

    >>> match([{"start": 0, "end": 5}], [{"start": 9, "end": 12}, {"start": 3, "end": 6}], lambda g, f: True)
    [(0, 1)]
    """
    in_order = sorted(range(len(found)), key=lambda index: found[index]["start"])
    candidates = []
    for g, wanted in enumerate(gold):
        for f in in_order:
            if found[f]["start"] >= wanted["end"]:
                break
            shared = _overlap(wanted, found[f])
            if shared and fits(wanted, found[f]):
                candidates.append((-shared, g, f))
    return _one_to_one(sorted(candidates))


def _one_to_one(candidates: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for _, g, f in candidates:
        if g not in used_gold and f not in used_found:
            used_gold.add(g)
            used_found.add(f)
            pairs.append((g, f))
    return pairs


def _overlap(first: Row, second: Row) -> int:
    shared: int = min(first["end"], second["end"]) - max(first["start"], second["start"])
    return max(0, shared)


def number_of(value: object) -> float | None:
    """A number, or None for what is none."""
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None


def same_value(gold: Row, found: Row) -> bool:
    """Whether two figures have the same value, to a millionth."""
    first, second = number_of(gold.get("value")), number_of(found.get("value"))
    if first is None or second is None:
        return False
    return abs(first - second) <= 1e-6 * max(1.0, abs(first), abs(second))
