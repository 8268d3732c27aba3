"""How far a long job is, told step by step to whoever wants to show it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Step:
    """Where a phase of a job is: ``done`` of so many units. The first step of a phase has 0 of them done.

    ``unit`` is what is counted, in the singular; ``last`` what was done last, as it can be shown.
    """

    phase: str
    done: int
    of: int
    unit: str
    last: str = ""


Progress = Callable[[Step], None]
"""Takes each step of a job, one phase after the other."""


def tell_nobody(step: Step) -> None:
    """The progress that nobody wants to see."""


def told(items: Collection[Item], phase: str, unit: str, progress: Progress) -> Iterator[Item]:
    """The items, each of them a step of a phase.

    >>> steps = []
    >>> list(told("ab", "reading", "letter", steps.append))
    ['a', 'b']
    >>> [(step.done, step.of) for step in steps]
    [(0, 2), (1, 2), (2, 2)]
    """
    progress(Step(phase, 0, len(items), unit))
    for done, item in enumerate(items, start=1):
        yield item
        progress(Step(phase, done, len(items), unit))
