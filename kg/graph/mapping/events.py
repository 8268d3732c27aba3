"""What began, ended or changed at a stated time, as quads."""

from __future__ import annotations

from collections.abc import Iterable

from kg.graph.mapping.figures import entities_of
from kg.graph.mapping.report_graph import ReportGraph, unique_names
from kg.model.iris import period_bounds
from kg.model.records import Event
from kg.model.terms import iri_or_none, node, text_literal
from kg.model.vocab import KG, TIME


def add_events(graph: ReportGraph, events: Iterable[Event]) -> None:
    """Each event with its sentence, the words that say what happened and when, its time and what it names."""
    found = list(events)
    iris = unique_names(found, lambda e: graph.part("event", graph.anchors.local(*e.verb)))
    for event, iri in zip(found, iris, strict=True):
        graph.state(iri, KG.Event, event.start, event.end)
        graph.add(iri, KG.eventKind, text_literal(event.kind))
        graph.add(iri, KG.eventWords, node(graph.anchors.span(*event.verb)))
        graph.add(iri, KG.timeWords, node(graph.anchors.span(*event.time)))
        graph.add(iri, TIME.hasTime, node(graph.period(*period_bounds(event.period))))
        graph.add(iri, KG.inspectedBody, graph.body)
        graph.attribute(iri, graph.publisher)
        index = graph.section_at(event.start)
        graph.add(iri, KG.inSection, iri_or_none(None if index is None else graph.section_iris[index]))
        inside = (m for m in graph.extraction.mentions if event.start <= m.start < event.end)
        graph.add(iri, KG.mentions, *entities_of(graph, (m for m in inside if m.label != "PERIOD")))
