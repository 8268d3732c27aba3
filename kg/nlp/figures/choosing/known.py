"""How the slots of a figure are known, and from which words: what a chosen candidate says of itself."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model.records import Known
from kg.nlp.figures.choosing.candidates import Candidate

_WAYS = ("stated", "carried", "implied", "derived")


def ground_of(candidates: Sequence[Candidate], value: object) -> Candidate | None:
    """The candidate that gives a value best: words of the sentence before earlier ones, these before a rule.

    None if no candidate has the value, or only the one that nothing tells it.
    """
    giving = [candidate for candidate in candidates if candidate.value == value and candidate.how]
    return min(giving, key=lambda candidate: _WAYS.index(candidate.how), default=None)


def as_known(slot: str, ground: Candidate | None) -> tuple[Known, ...]:
    """What is said of a slot; nothing of one that is not known."""
    return () if ground is None else (Known(slot, ground.how, ground.start, ground.end),)
