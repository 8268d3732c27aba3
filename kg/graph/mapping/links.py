"""What statements have to do with one another: links by where they stand in the text, and by their area.

Every kind of statement is linked alike, by the stretches of text that it covers. A link that rests on no more
than two statements being of one area uses a property that the ontology marks as ``kg:Derivation``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.graph.mapping.figures import entities_of
from kg.graph.mapping.report_graph import ReportGraph
from kg.model.records import Box, Figure, Mention, Span
from kg.model.terms import Term, iri_or_none, node, text_literal
from kg.model.vocab import KG

ADDRESSED = ("FORCE", "ORGANISATION", "ROLE", "BODY", "UNIT")
"""Labels of what can be asked to act."""
CAUSE = "cause-of-concern"
Key = tuple[str, int]
"""A statement by its kind and index."""


@dataclass(frozen=True, slots=True)
class Told:
    """A statement and the stretches of text that it covers."""

    iri: str
    spans: tuple[Span, ...]


def told(graph: ReportGraph) -> Iterator[Told]:
    """All statements that say something: findings by their passages, needs, concerns and boxed items.

    A recommendation covers its lead-in too, the other half of its sentence.
    """
    records, passages = graph.extraction, graph.anchors.passages
    for iri, covered in zip(graph.finding_iris, graph.covered, strict=True):
        yield Told(iri, tuple((passages[n].start, passages[n].end) for n in covered))
    for need, iri in zip(records.needs, graph.need_iris, strict=True):
        yield Told(iri, ((need.start, need.end),))
    for concern, iri in zip(records.concerns, graph.concern_iris, strict=True):
        yield Told(iri, ((concern.start, concern.end),))
    for box, iri in zip(records.boxes, graph.box_iris, strict=True):
        yield Told(iri, (*([box.lead_in] if box.lead_in else []), (box.start, box.end)))


def add_contents(graph: ReportGraph) -> None:
    """The figures of each statement and the things that it mentions: those that begin in it; and of all but
    findings, which have their own passages, those that it stands in."""
    mentions = sorted(graph.extraction.mentions, key=_start)
    figures = sorted(graph.extraction.figures, key=_start)
    findings = set(graph.finding_iris)
    for statement in told(graph):
        iri = statement.iri
        if iri not in findings:
            covered = graph.anchors.covered(statement.spans)
            graph.add(iri, KG.supportedBy, *(node(graph.anchors.passages[n].iri) for n in covered))
        for span in statement.spans:
            found = figures[_slice(figures, span)]
            graph.add(iri, KG.hasFigure, *(node(graph.figure_iris[f.start, f.end]) for f in found))
            graph.add(iri, KG.mentions, *entities_of(graph, mentions[_slice(mentions, span)]))


def _start(record: Figure | Mention) -> int:
    return record.start


def _slice(records: Sequence[Figure] | Sequence[Mention], span: Span) -> slice:
    """Which of the records, sorted by start, begin in a span."""
    return slice(bisect_left(records, span[0], key=_start), bisect_left(records, span[1], key=_start))


def add_topics(graph: ReportGraph, topics: Iterable[tuple[str, Span]]) -> None:
    """The topics that passages and statements name; ``topics`` are concepts with where their labels stand."""
    found = sorted(topics, key=lambda topic: topic[1])
    for topic, (start, _) in found:
        if graph.anchors.passages:
            graph.add(graph.anchors.passages[graph.anchors.index_at(start)].iri, KG.mentions, node(topic))
    for statement in told(graph):
        for start, end in statement.spans:
            first, last = (bisect_left(found, at, key=lambda topic: topic[1][0]) for at in (start, end))
            graph.add(statement.iri, KG.mentions, *(node(topic) for topic, _ in found[first:last]))


def add_addressees(graph: ReportGraph) -> None:
    """Whom boxed items ask to act: the words as they stand, and the body or office that these name."""
    mentions = sorted((m for m in graph.extraction.mentions if m.label in ADDRESSED), key=_start)
    text = graph.extraction.report.text
    for box, iri in zip(graph.extraction.boxes, graph.box_iris, strict=True):
        for known in box.known:
            if known.slot == "addressee":
                span = known.start, known.end
                graph.add(iri, KG.addresseeText, text_literal(text[slice(*span)]))
                named = [m for m in mentions[_slice(mentions, span)] if _is_addressed(text, m, span)]
                graph.add(iri, KG.addressee, *(node(graph.thing(m.entity)) for m in named if m.entity))


def _is_addressed(text: str, mention: Mention, span: Span) -> bool:
    """Whether a mention is one of those asked, and not whose leaders or office they are: "the chief constable
    of *Northmoor Police*", "*the force*’s leaders"."""
    before, after = text[span[0] : mention.start], text[mention.end : span[1]]
    owned = re.search(r"\b(?:of|for|in|at|across|within)(?: the)? $", before) is not None
    joined = re.match(r",| and\b| of\b| for\b|$", after) is not None
    begins = re.search(r"(?:^|, |\band )(?:(?:the|both|each|its|all) )*$", before) is not None
    return begins and joined and not owned


def add_places(graph: ReportGraph) -> None:
    """Where statements stand: their section, and the finding, boxed item and concern that they are in."""
    records = graph.extraction
    boxes = _Boxes(graph)
    for need, iri in zip(records.needs, graph.need_iris, strict=True):
        box = boxes.at(need.start)
        if box is not None:
            graph.add(iri, KG.inBox, node(boxes.iri[box.start, box.end]))
            graph.add(iri, KG.concern, boxes.concern_of(box))
    for concern, iri in zip(records.concerns, graph.concern_iris, strict=True):
        _add_place(graph, iri, concern.start)
    for box, iri in zip(records.boxes, graph.box_iris, strict=True):
        _add_place(graph, iri, box.start)
        if box.kind != CAUSE:
            graph.add(iri, KG.concern, boxes.concern_of(box))


def _add_place(graph: ReportGraph, iri: str, position: int) -> None:
    section, finding = graph.section_at(position), graph.finding_at(position)
    graph.add(iri, KG.inSection, None if section is None else node(graph.section_iris[section]))
    graph.add(iri, KG.finding, None if finding is None else node(graph.finding_iris[finding]))


class _Boxes:
    """The boxed items of a report by where they stand; a recommendation may stand in a cause of concern."""

    def __init__(self, graph: ReportGraph) -> None:
        self.boxes = sorted(graph.extraction.boxes, key=lambda box: (box.start, -box.end))
        named = zip(graph.extraction.boxes, graph.box_iris, strict=True)
        self.iri = {(box.start, box.end): iri for box, iri in named}
        self._by_span = {(box.start, box.end): box for box in self.boxes}

    def at(self, position: int) -> Box | None:
        """The innermost box that holds a position."""
        last = bisect_left(self.boxes, position + 1, key=lambda box: box.start) - 1
        box = self.boxes[last] if last >= 0 else None
        while box is not None and box.end <= position:
            box = self._by_span.get(box.parent) if box.parent is not None else None
        return box

    def concern_of(self, box: Box) -> Term | None:
        """The cause of concern that a box is, or that it is a part of."""
        if box.kind == CAUSE:
            return node(self.iri[box.start, box.end])
        return iri_or_none(None if box.parent is None else self.iri.get(box.parent))


def add_related_concerns(graph: ReportGraph, related: Collection[tuple[Key, Key]]) -> None:
    """Links of shortcomings, and of what is asked for, with the concerns that they are on, by kinds and
    indices; no statement is related to a concern that it is in, and a stated concern to causes alone."""
    records, boxes = graph.extraction, _Boxes(graph)
    iris = {
        "finding": graph.finding_iris,
        "need": graph.need_iris,
        "concern": graph.concern_iris,
        "box": graph.box_iris,
    }
    for (kind, index), (concern_kind, number) in sorted(related):
        concern = iris[concern_kind][number]
        own = None
        if kind == "need":
            around = boxes.at(records.needs[index].start)
            own = None if around is None else boxes.concern_of(around)
        elif kind == "box":
            own = boxes.concern_of(records.boxes[index])
        in_cause = kind == "box" and own is not None
        between = kind == concern_kind == "concern"
        if own != node(concern) and not in_cause and not between:
            graph.add(iris[kind][index], KG.relatedConcern, node(concern))


def add_related_findings(graph: ReportGraph, related: Iterable[tuple[int, int]]) -> None:
    """Links of boxed items with the findings that they are on, both by their indices."""
    for box, finding in related:
        graph.add(graph.box_iris[box], KG.relatedFinding, node(graph.finding_iris[finding]))
