"""Which item of a later report follows up which of an earlier one, on which grounds, how surely."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.dataset.following.dated_reports import DatedReport, Item
from kg.dataset.following.similarity import overlap, together
from kg.model.vocab import local_name

Pair = tuple[str, str]
"""IRIs of a later and an earlier item."""
LEAST = Decimal("0.60")
"""The least confidence with which a link is made."""
_AREA, _WORDS, _TOPICS, _RECOMMENDED, _ONLY = map(Decimal, ("0.5", "0.7", "0.3", "0.8", "0.4"))
_CONFIRMED = "confirmed in curation.toml"


@dataclass(frozen=True, slots=True)
class Link:
    """``later`` follows up ``earlier``; ``basis`` are the grounds, ``confidence`` is between 0 and 1."""

    later: Item
    earlier: Item
    basis: tuple[str, ...]
    confidence: Decimal


def find_links(
    later: DatedReport, earlier: DatedReport, confirmed: Collection[Pair] = (), refused: Collection[Pair] = ()
) -> list[Link]:
    """For each item of ``later`` the one of ``earlier`` that it follows up, where the confidence suffices."""
    if later is earlier or later.issued <= earlier.issued:
        return []
    concerns = [
        link
        for item in later.concerns
        for link in _best(item, _concern_links(item, later, earlier), confirmed, refused)
    ]
    same = {(link.later.iri, link.earlier.iri) for link in concerns}
    recommended = [
        link
        for item in later.recommendations
        for link in _best(item, _recommendation_links(item, earlier, same, confirmed), confirmed, refused)
    ]
    return [*concerns, *recommended]


def _best(
    item: Item, links: Iterable[Link], confirmed: Collection[Pair], refused: Collection[Pair]
) -> Iterator[Link]:
    """The confirmed links of an item, else its best one: of the same kind first, then the surest."""
    possible = [link for link in links if (link.later.iri, link.earlier.iri) not in refused]
    decided = [link for link in possible if (link.later.iri, link.earlier.iri) in confirmed]
    if decided:
        yield from (Link(x.later, x.earlier, (*x.basis, _CONFIRMED), Decimal(1)) for x in decided)
        return
    sure = [link for link in possible if link.confidence >= LEAST]
    sure.sort(key=lambda x: (x.earlier.kind != item.kind, -x.confidence, x.earlier.start, x.earlier.iri))
    yield from sure[:1]


def _concern_links(item: Item, later: DatedReport, earlier: DatedReport) -> Iterator[Link]:
    for other in earlier.concerns:
        grounds = [*_common_grounds(item, other), *_only(item, other, later, earlier)]
        likest = _likest_recommendations(later.of_concern(item), earlier.of_concern(other))
        if likest is not None:
            grounds.append((f"the recommendation “{likest[1].text}” again", _RECOMMENDED * likest[0]))
        yield _link(item, other, grounds)


Ground = tuple[str, Decimal]


def _link(item: Item, other: Item, grounds: Sequence[Ground]) -> Link:
    basis = tuple(name for name, weight in grounds if weight)
    return Link(item, other, basis, together(weight for _, weight in grounds))


def _common_grounds(item: Item, other: Item) -> Iterator[Ground]:
    if item.areas & other.areas:
        yield "the same area", _AREA
    shared = sorted(item.words & other.words)
    if shared:
        yield f"the same words: {', '.join(shared)}", _WORDS * overlap(item.words, other.words)
    topics = sorted(item.topics & other.topics)
    if topics:
        names = ", ".join(local_name(topic) for topic in topics)
        yield f"the same topics: {names}", _TOPICS * overlap(item.topics, other.topics)


def _only(item: Item, other: Item, later: DatedReport, earlier: DatedReport) -> Iterator[Ground]:
    """One concern of its kind in its area in both reports: there is no other that it could be."""
    common = item.areas & other.areas
    if not common or item.kind != other.kind:
        return
    here, there = (
        [c for c in report.concerns if c.kind == item.kind and c.areas & common]
        for report in (later, earlier)
    )
    if len(here) == len(there) == 1:
        yield "the only one of its kind in that area in both reports", _ONLY


def _likest_recommendations(some: Sequence[Item], others: Sequence[Item]) -> tuple[Decimal, Item] | None:
    """The pair of recommendations that are most alike: how much, and the later one."""
    pairs = [(_alike(one, other), one) for one in some for other in others]
    best = max(pairs, key=lambda pair: (pair[0], -pair[1].start), default=None)
    return best if best is not None and best[0] >= LEAST else None


def _alike(one: Item, other: Item) -> Decimal:
    """The shared words as a part of all words of both."""
    union = one.words | other.words
    return Decimal(len(one.words & other.words)) / len(union) if union else Decimal(0)


def _recommendation_links(
    item: Item, earlier: DatedReport, same: Collection[Pair], confirmed: Collection[Pair]
) -> Iterator[Link]:
    for other in earlier.recommendations:
        grounds = [(name, weight / 2) for name, weight in _common_grounds(item, other) if "area" in name]
        alike = _alike(item, other)
        if alike:
            grounds.append(
                (f"the same words: {', '.join(sorted(item.words & other.words))}", _RECOMMENDED * alike)
            )
        if (item.parent, other.parent) in same:
            grounds.append(("the same cause of concern", _ONLY))
        if alike * 3 >= 1 or (item.iri, other.iri) in confirmed:
            yield _link(item, other, grounds)
