"""Links across reports: the same concern in a later report, what became of it, and of its recommendations.

All of it is derived, from graphs of reports alone, and stands in a graph of its own (``{base}graph/links``):
a ``kg:Link`` for each pair with its grounds and its confidence, and a ``kg:StatusEvent`` for what a later
report says of an earlier item, with its words. See docs/following.md and docs/curation.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import pyoxigraph as ox

from kg.dataset.following.dated_reports import STATED, DatedReport, Item, read_dated_reports
from kg.dataset.following.similarity import overlap, together
from kg.dataset.following.status_events import Event, find_events
from kg.graph.writing.order import Statement
from kg.model.frameworks import load_frameworks
from kg.model.iris import graph_iri, part_iri, short_hash
from kg.model.terms import (
    Term,
    boolean_literal,
    date_literal,
    decimal_literal,
    integer_literal,
    node,
    text_literal,
)
from kg.model.vocab import BASE, DCT, KG, OA, RDF

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


def link_quads(
    graphs: Mapping[str, Collection[Statement]],
    base: str = BASE,
    *,
    confirmed: Collection[Pair] = (),
    refused: Collection[Pair] = (),
) -> list[ox.Quad]:
    """The derived graph of links between the reports in ``graphs`` (graph IRI to statements), sorted.

    Only reports on one inspected body are linked, the later one to the earlier, of the same framework or
    where the later one is of a kind that follows up (grades nothing). Reports without a date of issue are
    left out. ``confirmed`` pairs of items are linked whatever they look like, ``refused`` ones never.
    """
    graph = _Graph(base)
    reports = read_dated_reports(graphs)
    for at, later in enumerate(reports):
        before = [r for r in reports[:at] if r.issued < later.issued and _goes_with(later, r)]
        _follow(graph, later, before, frozenset(confirmed), frozenset(refused))
    return sorted(set(graph.quads), key=str)


def _goes_with(later: DatedReport, earlier: DatedReport) -> bool:
    if later.body != earlier.body:
        return False
    same = later.framework == earlier.framework and later.framework is not None
    return same or later.kind in _following_kinds()


@cache
def _following_kinds() -> frozenset[str]:
    """Notations of the kinds of report that grade nothing: letters and the like."""
    return frozenset(k.notation for f in load_frameworks() for k in f.kinds if not k.graded)


def _follow(
    graph: _Graph,
    later: DatedReport,
    before: Sequence[DatedReport],
    confirmed: frozenset[Pair],
    refused: frozenset[Pair],
) -> None:
    """Adds what ``later`` follows up of the reports ``before`` it, oldest first.

    A sentence, and an item that is boxed again, gives a status to the newest report only that it fits.
    """
    said: set[tuple[str, int]] = set()
    boxed: set[str] = set()
    for earlier in reversed(before):
        links = find_links(later, earlier, confirmed, refused)
        for link in links:
            graph.add_link(later, link)
        events = [e for e in find_events(later, earlier) if (e.passage.iri, e.start) not in said]
        dues = {x.earlier.iri: x.later.due for x in links}
        for event in events:
            graph.add_event(later, event, dues.get(event.about.iri) if event.status == "open" else None)
        told = {event.about.iri for event in events}
        said |= {(event.passage.iri, event.start) for event in events}
        again = [x for x in links if x.earlier.kind == x.later.kind != STATED and x.later.iri not in boxed]
        for link in again:
            if link.earlier.iri not in told:
                graph.add_box_event(later, link)
        boxed |= {link.later.iri for link in again}


# --- which item follows up which ---------------------------------------------------------------------


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
        names = ", ".join(topic.rpartition("/")[2] for topic in topics)
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


# --- the graph ---------------------------------------------------------------------------------------


class _Graph:
    """The quads of the links graph while it is made."""

    def __init__(self, base: str) -> None:
        self.name = node(graph_iri("links", base))
        self.quads: list[ox.Quad] = []

    def add(self, subject: str, predicate: str, *objects: Term | None) -> None:
        s, p = node(subject), node(predicate)
        self.quads += [ox.Quad(s, p, o, self.name) for o in objects if o is not None]

    def add_link(self, report: DatedReport, link: Link) -> None:
        iri = part_iri(report.iri, "link", short_hash(f"{link.later.iri} {link.earlier.iri}"))
        self.add(link.later.iri, KG.followsUp, node(link.earlier.iri))
        self.add(iri, RDF.type, node(KG.Link))
        self.add(iri, KG.later, node(link.later.iri))
        self.add(iri, KG.earlier, node(link.earlier.iri))
        self.add(iri, KG.basis, *map(text_literal, link.basis))
        self.add(iri, KG.confidence, decimal_literal(link.confidence))
        self.add(iri, KG.derived, boolean_literal(True))

    def add_event(self, report: DatedReport, event: Event, due: str | None) -> None:
        """A status that a sentence says; its words are the evidence, ``due`` its new date."""
        place = f"{event.passage.key}-{event.start}-{event.end}"
        iri = part_iri(report.iri, "status", f"{short_hash(event.about.iri)}-{place}")
        self._event(iri, report, event.about, event.status, event.basis)
        self.add(iri, KG.due, date_literal(due))
        self.add(iri, KG.evidence, node(self._span(report, event)))

    def add_box_event(self, report: DatedReport, link: Link) -> None:
        """An item that is boxed again is open, unless its box says otherwise; a new date is its due date."""
        iri = part_iri(report.iri, "status", short_hash(f"{link.later.iri} {link.earlier.iri}"))
        basis = "boxed again in the later report" if link.later.status is None else "the status in its words"
        self._event(iri, report, link.earlier, link.later.status or "open", basis)
        self.add(iri, KG.due, date_literal(link.later.due))
        self.add(iri, KG.evidence, node(link.later.evidence))

    def _event(self, iri: str, report: DatedReport, about: Item, status: str, basis: str) -> None:
        self.add(iri, RDF.type, node(KG.StatusEvent))
        self.add(iri, KG.report, node(report.iri))
        self.add(iri, KG.about, node(about.iri))
        self.add(iri, KG.status, text_literal(status))
        self.add(iri, KG.basis, text_literal(basis))
        self.add(iri, KG.derived, boolean_literal(True))
        self.add(iri, DCT.date, date_literal(report.issued))

    def _span(self, report: DatedReport, event: Event) -> str:
        """The IRI of the event's words: its passage, or a stretch of it with a selector of its own."""
        passage = event.passage
        if (event.start, event.end) == (0, len(passage.text)):
            return passage.iri
        place = f"{passage.key}-{event.start}-{event.end}"
        iri, selector = part_iri(report.iri, "span", place), part_iri(report.iri, "selector", place)
        self.add(iri, RDF.type, node(KG.Span))
        self.add(iri, OA.hasSource, node(report.text))
        self.add(iri, OA.hasSelector, node(selector))
        self.add(selector, RDF.type, node(OA.TextPositionSelector), node(OA.TextQuoteSelector))
        self.add(selector, OA.start, integer_literal(passage.start + event.start))
        self.add(selector, OA.end, integer_literal(passage.start + event.end))
        self.add(selector, OA.exact, ox.Literal(passage.text[event.start : event.end]))
        return iri
