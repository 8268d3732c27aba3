"""What kind of number a figure is (annotation guide, section 2b): kind, sign, bound, complement, of what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.nlp.figures.context import Context
from kg.nlp.figures.kinds.bounds import bound_of
from kg.nlp.figures.kinds.complements import find_opposites
from kg.nlp.figures.kinds.kind import KindFinder
from kg.nlp.figures.kinds.wholes import find_sampled, whole_of
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.links.topic_chains import TopicChains
from kg.nlp.figures.measures.zones import Zones


@dataclass(frozen=True, slots=True)
class NumberKind:
    """The slots of a figure that say what its number is; names as in ``kg.model.records.Figure``.

    ``per_one`` is true for what is counted for each person, thing or month of several: no total.
    """

    kind: str
    sign: str | None
    bound: str
    complement: bool
    of: str | None
    of_sample: bool
    per_one: bool = False


def find_sample_sizes(context: Context, links: Links, chains: TopicChains) -> frozenset[int]:
    """The quantities that say how much was looked at, or how many answered."""
    return KindFinder(context, links, chains).samples


def find_sizes(context: Context, links: Links, chains: TopicChains) -> dict[int, str]:
    """The quantities that are the size of a change or of a difference, with that kind."""
    finder = KindFinder(context, links, chains)
    kinds = {index: finder.kind(index)[0] for index in range(len(context.quantities))}
    return {index: kind for index, kind in kinds.items() if kind in ("change", "difference")}


def find_kinds(
    context: Context, links: Links, chains: TopicChains, measures: Sequence[str | None]
) -> list[NumberKind]:
    """The kind of each quantity, in their order; ``context`` knows the denominators."""
    finder, zones = KindFinder(context, links, chains), Zones(context)
    kinds = [finder.kind(index) for index in range(len(context.quantities))]
    per_one = [kind == "level" and finder.is_per_one(index) for index, (kind, _) in enumerate(kinds)]
    opposites = find_opposites(context, links, [kind for kind, _ in kinds])
    sampled = find_sampled(context, chains, [kind for kind, _ in kinds], measures)
    return [
        NumberKind(
            kind,
            sign,
            bound_of(context, index),
            opposites[index],
            whole_of(zones, chains, index, "rate" if per_one[index] else kind, measures[index]),
            sampled[index],
            per_one[index],
        )
        for index, (kind, sign) in enumerate(kinds)
    ]
