"""The graph of links between reports (``{base}graph/links``): links, and what became of earlier items."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache

import pyoxigraph as ox

from kg.dataset.following.dated_reports import STATED, DatedReport, Item
from kg.dataset.following.item_links import Link, Pair, find_links
from kg.dataset.following.parallels import Parallel, Spoken, better_elsewhere, likest, told_again
from kg.dataset.following.status_events import Event, find_events
from kg.graph.mapping.standard_types import with_standard_types
from kg.model.frameworks import load_frameworks
from kg.model.iris import code_iri, graph_iri, parse_part, part_iri, short_hash
from kg.model.terms import (
    Term,
    boolean_literal,
    date_literal,
    decimal_literal,
    integer_literal,
    node,
    text_literal,
)
from kg.model.vocab import BASE, DCAT, DCT, KG, OA, RDF


def link_quads(
    bodies: Iterable[Sequence[DatedReport]],
    spoken: Sequence[Spoken],
    base: str = BASE,
    *,
    confirmed: Collection[Pair] = (),
    refused: Collection[Pair] = (),
) -> list[ox.Quad]:
    """The derived graph of links between reports, sorted.

    ``bodies`` has the reports on each inspected body; one is looked at after the other. A later report is
    linked to an earlier one on the same body, of the same framework or where the later one is of a kind that
    follows up (grades nothing). What is ``spoken`` on one subject is set beside each other across bodies too.
    ``confirmed`` pairs of items are linked whatever they look like, ``refused`` ones never.
    """
    graph, letters = _Graph(base), set[str]()
    for of_body in bodies:
        letters |= {one.iri for one in of_body if one.kind in _following_kinds()}
        reports = sorted(of_body, key=lambda report: (report.issued, report.iri))
        for at, later in enumerate(reports):
            before = [r for r in reports[:at] if r.issued < later.issued and _goes_with(later, r)]
            _follow(graph, later, before, frozenset(confirmed), frozenset(refused))
            inspected = _inspection_before(later, reports[:at])
            graph.add(later.iri, DCAT.prev, *(node(one.iri) for one in inspected))
    spoken = sorted(spoken, key=lambda told: told.iri)
    _set_beside(graph, spoken, letters)
    return with_standard_types(sorted(set(graph.quads), key=str))


def _set_beside(graph: _Graph, spoken: Sequence[Spoken], letters: Collection[str]) -> None:
    """Adds what is spoken on one subject. What a letter says of the fault that it follows up is no fault told
    again; a fault whose report says that it is one is, though no earlier report is at hand."""
    again = likest(one for one in told_again(spoken) if _report_of(one.one) not in letters)
    for parallel in again:
        graph.add_parallel(KG.RepeatedFault, parallel)
    paired = {parallel.one.iri for parallel in again}
    for told in spoken:
        if told.repeated and told.iri not in paired and _report_of(told) not in letters:
            graph.add_told_again(told)
    # (A letter that praises progress is on a body whose grade was low.)
    for parallel in likest(one for one in better_elsewhere(spoken) if _report_of(one.other) not in letters):
        graph.add_parallel(KG.PracticeElsewhere, parallel)


def _report_of(told: Spoken) -> str:
    report, _, _ = parse_part(told.iri) or (told.iri, "", "")
    return report


def _inspection_before(later: DatedReport, reports: Sequence[DatedReport]) -> list[DatedReport]:
    """The report on the inspection before, of the same framework or of an earlier one of its line: the
    newest that is older; of a day with several, all; none of a report that grades nothing."""
    line = _line_of(later.framework)
    if later.kind in _following_kinds():
        return []
    older = [
        r for r in reports
        if r.body == later.body and r.framework in line and r.issued < later.issued
        and r.kind not in _following_kinds()
    ]  # fmt: skip
    newest = max((r.issued for r in older), default=None)
    return [r for r in older if r.issued == newest]


@cache
def _line_of(framework: str | None) -> frozenset[str]:
    """The IRIs of a framework and of all before it (``kg:previous``)."""
    by_notation = {f.notation: f for f in load_frameworks()}
    here = next((f for f in by_notation.values() if f.iri == framework), None)
    line: dict[str, None] = {}
    while here is not None and here.iri not in line:
        line[here.iri] = None
        here = by_notation.get(here.previous) if here.previous else None
    return frozenset(line)


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
            graph.add_event(later, event, _due_of(event, dues))
        told = {event.about.iri for event in events}
        said |= {(event.passage.iri, event.start) for event in events}
        again = [x for x in links if x.earlier.kind == x.later.kind != STATED and x.later.iri not in boxed]
        for link in again:
            if link.earlier.iri not in told:
                graph.add_box_event(later, link)
        boxed |= {link.later.iri for link in again}


def _due_of(event: Event, dues: Mapping[str, str | None]) -> str | None:
    """The new date of what is open: its words', else that of the item that follows it up."""
    return (event.due or dues.get(event.about.iri)) if event.status == "open" else None


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

    def add_parallel(self, cls: str, parallel: Parallel) -> None:
        one, other = parallel.one.iri, parallel.other.iri
        iri = part_iri(_report_of(parallel.one), "parallel", short_hash(f"{one} {other}"))
        self.add(iri, RDF.type, node(cls))
        self.add(iri, KG.ofStatement, node(one))
        self.add(iri, KG.beside, node(other))
        self.add(iri, DCT.subject, None if parallel.topic is None else node(parallel.topic))
        said = (parallel.one.repeated,) if parallel.basis == "stated" else parallel.shared
        self.add(iri, KG.sharedWords, *map(text_literal, said))
        self.add(iri, KG.weight, decimal_literal(Decimal(str(parallel.likeness))))
        self.add(iri, KG.basis, text_literal(parallel.basis))
        self.add(iri, KG.derived, boolean_literal(True))

    def add_told_again(self, told: Spoken) -> None:
        """A fault of which its own report says that an earlier one found it, none of which is at hand."""
        iri = part_iri(_report_of(told), "parallel", short_hash(told.iri))
        self.add(iri, RDF.type, node(KG.RepeatedFault))
        self.add(iri, KG.ofStatement, node(told.iri))
        self.add(iri, KG.sharedWords, text_literal(told.repeated))
        self.add(iri, KG.basis, text_literal("stated"))
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
        self.add(iri, KG.statusCode, node(code_iri("status", status)))
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
