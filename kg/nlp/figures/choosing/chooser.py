"""The one chooser of all slots: a log-linear ranker of candidates, whose weights are data.

The score of a candidate is the sum of the weights of its features; candidates of one value add up, and the
value with most wins (conditional logit). Figures are chosen in the order of the text: that the figure before
has a value speaks for the same value. ``weights/SLOT.json`` are made by ``benchmarks/figure_slots.py``, which
also tells how often they are right on reports that they have not seen.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Generic, Protocol

from kg.nlp.figures.choosing.candidates import BY_WORDS, Candidate, V, opening_of, parted_by
from kg.nlp.figures.context import Context
from kg.nlp.figures.links.links import Links

WEIGHTS = Path(__file__).resolve().parent / "weights"
"""The folder with the weights of each slot, ``SLOT.json``."""
SLOTS = ("population", "source", "period")
"""What is chosen, in this order."""
_AGAIN, _FEW = 60, 2
Neighbours = list[tuple[int, list[str]]]
"""Figures before a figure that may share its slots, each with names for how they stand to it."""


def none_handed(
    index: int, candidates: Sequence[Candidate[V]], before: Neighbours, known: Mapping[int, Candidate[V]]
) -> Iterable[Candidate[V]]:
    """No candidates that neighbours hand on."""
    return ()


@dataclass(frozen=True)
class Proposals(Generic[V]):
    """What proposes the values of a slot, figure by figure.

    ``of`` gives the candidates from the words of a figure and those around it, ``near`` the figures before it
    whose values speak for its own, and ``handed`` the candidates that these hand on: it is given what the
    other two gave, and what was chosen for the figures before, as far as that is known.
    """

    of: Callable[[int], list[Candidate[V]]]
    near: Callable[[int], Neighbours]
    handed: Callable[
        [int, Sequence[Candidate[V]], Neighbours, Mapping[int, Candidate[V]]], Iterable[Candidate[V]]
    ] = none_handed


class Chooser(Protocol):
    """What chooses a candidate for each figure."""

    def choose(self, slot: str, context: Context, proposals: Proposals[V]) -> list[Candidate[V]]:
        """The candidate of each quantity, in their order."""
        ...


@dataclass(frozen=True)
class Ranker:
    """Chooses by weights: of each slot, those of its features."""

    weights: Mapping[str, Mapping[str, float]]

    @classmethod
    @cache
    def of_package(cls) -> Ranker:
        """The ranker with the weights that the package has."""
        return cls(
            {slot: json.loads((WEIGHTS / f"{slot}.json").read_text(encoding="utf-8")) for slot in SLOTS}
        )

    def choose(self, slot: str, context: Context, proposals: Proposals[V]) -> list[Candidate[V]]:
        """The candidate of each quantity, in their order."""
        weights = self.weights[slot]
        chosen: list[Candidate[V]] = []
        for index in range(len(context.quantities)):
            found, before = proposals.of(index), proposals.near(index)
            known = {other: chosen[other] for other, _ in before}
            proposed = [*found, *proposals.handed(index, found, before, known)]
            scores = [
                math.fsum(weights.get(name, 0.0) for name in {*candidate.features, *more})
                for candidate, more in zip(proposed, alike(proposed, before, known), strict=True)
            ]
            chosen.append(best(proposed, scores))
        return chosen


def best(candidates: Sequence[Candidate[V]], scores: Sequence[float]) -> Candidate[V]:
    """The candidate with the highest score among those of the value that has most, with the share of that.

    One that words of its own propose comes before one that a convention, or all words around the figure, do.
    """
    highest = max(scores)
    shares: dict[Hashable, float] = {}
    for candidate, score in zip(candidates, scores, strict=True):
        shares[candidate.value] = shares.get(candidate.value, 0.0) + math.exp(score - highest)
    winner = max(shares, key=lambda value: shares[value])
    place = max(
        (place for place, candidate in enumerate(candidates) if candidate.value == winner),
        key=lambda place: (_has_words(candidates[place]), scores[place], -place),
    )
    return replace(candidates[place], share=shares[winner] / math.fsum(shares.values()))


def _has_words(candidate: Candidate[V]) -> tuple[bool, bool]:
    """Whether words propose a candidate: of its own, and words that name its value."""
    return candidate.features[:1] != (BY_WORDS,), candidate.how != "implied"


def neighbours(context: Context, links: Links, index: int) -> Neighbours:
    """The figures before this one that may share its slots, each with names for how they stand to it.

    They are the one before it in its sentence, else the last of the nearest sentence before that has any, and
    the base and the focal figure that it is linked with.
    """
    quantity, sentence, previous = context.quantities[index], context.sentence(index), context.previous(index)
    found: Neighbours = []

    def unit(other: int) -> str:
        return "same-unit" if context.quantities[other].unit == quantity.unit else "other-unit"

    if previous is not None:
        part = parted_by(context.gap(previous, index))
        same = unit(previous)
        found.append((previous, ["left", f"left.{part}", f"left.{same}", f"left.{part}.{same}"]))
    else:
        last = context.last_of_before(quantity.sentence)
        if last is not None:
            other, far = last
            up, opening = f"up{min(far, 2)}", opening_of(sentence)
            names = [up, f"{up}.{opening}", f"up.{unit(other)}", f"up.{opening}.{unit(other)}"]
            found.append((other, [*names, "up.elliptic" if quantity.bare else "up.counted"]))
    for name, linked in (("to-base", links.base), ("to-focal", links.focal)):
        other_figure = linked.get(index)
        if other_figure is not None and other_figure < index:
            found.append((other_figure, [name]))
    return found


def number_again(context: Context, index: int, *, whole: bool) -> int | None:
    """The last count before a figure that is its whole, or its own number of the same noun, said again."""
    quantity = context.quantities[index]
    number = quantity.denominator if whole else quantity.value
    if number is None or (not whole and (quantity.unit != "count" or quantity.value <= _FEW)):
        return None
    for other in range(index - 1, max(-1, index - _AGAIN), -1):
        earlier = context.quantities[other]
        same = whole or last_noun(context, index) == last_noun(context, other)
        if earlier.value == number and earlier.unit == "count" and same:
            return other
    return None


def noun_again(context: Context, index: int, back: int) -> int | None:
    """The last figure of the same noun before a figure, in another sentence, at most so many figures back."""
    noun, number = last_noun(context, index), context.quantities[index].sentence
    for other in range(index - 1, max(-1, index - back), -1) if noun else ():
        if noun == last_noun(context, other) and context.quantities[other].sentence != number:
            return other
    return None


def last_noun(context: Context, index: int) -> str:
    """The last word of what a figure counts, in lower case; empty where nothing is named."""
    words = context.noun(index).lower().split()
    return words[-1] if words else ""


def above_paragraph(context: Context, index: int) -> Iterator[tuple[str, int]]:
    """For the first figures of a paragraph or item: the last figure of what stands above it, and how."""
    number = context.quantities[index].sentence
    sentence = context.sentences[number]
    if context.last_of_before(number) is not None:
        return
    above = index - sentence.quantities.index(index) - 1
    if above < 0:
        return
    other = context.sentence(above)
    if sentence.lead is not None and other.lead == sentence.lead:
        yield "item", above
    elif sentence.lead is not None and other is context.sentences[sentence.lead]:
        yield "lead", above
    elif other.paragraph == sentence.paragraph - 1:
        yield "over", above


def alike(
    candidates: Sequence[Candidate[V]], before: Neighbours, known: Mapping[int, Candidate[V]]
) -> Iterator[list[str]]:
    """What the values of its neighbours say for each candidate of a figure; ``known`` may lack some."""
    for candidate in candidates:
        names: list[str] = []
        for other, how in before:
            if other not in known:
                continue
            value = known[other].value
            if not candidate.how:
                names += [f"chain.nothing.{name}.{value == candidate.value}" for name in how]
            elif value == candidate.value:
                names += [f"chain.{name}" for name in how]
                if not isinstance(candidate.value, tuple):
                    names += [f"chain.{name}={candidate.value}" for name in how[:2]]
        yield names
