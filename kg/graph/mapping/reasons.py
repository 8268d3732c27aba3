"""The reasons for grades as quads: one ``kg:Reason`` each, and links from judgements to statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.graph.mapping.polarities import POLARITIES
from kg.graph.mapping.report_graph import ReportGraph
from kg.model.iris import slug
from kg.model.records import Reason
from kg.model.terms import boolean_literal, decimal_literal, node, text_literal
from kg.model.vocab import KG, RDF

LINKS = {
    frozenset({"supports"}): KG.supportingReason,
    frozenset({"contrary"}): KG.contraryReason,
}
"""How a judgement is linked with a statement whose words all bear one way; others are a mixed reason."""


def add_reasons(graph: ReportGraph, reasons: Sequence[Reason], lacks: Mapping[int, str]) -> None:
    """``reasons`` by their judgements; ``lacks`` has what the section of a judgement does not state."""
    judgements = [graph.part("judgement", slug(j.area)) for j in graph.extraction.judgements]
    iris = {
        "finding": graph.finding_iris,
        "box": graph.box_iris,
        "need": graph.need_iris,
        "concern": graph.concern_iris,
        "figure": [graph.figure_iris[f.start, f.end] for f in graph.extraction.figures],
        "judgement": judgements,
    }
    ways: dict[tuple[str, str], set[str]] = {}
    for reason in reasons:
        judgement, statement = judgements[reason.judgement], iris[reason.kind][reason.index]
        key = graph.key(judgement, statement, reason.basis, reason.bearing, reason.sign)
        iri = graph.part("reason", key)
        graph.add(iri, RDF.type, node(KG.Reason))
        graph.add(iri, KG.report, node(graph.report))
        graph.add(iri, KG.reasonFor, node(judgement))
        graph.add(iri, KG.ofStatement, node(statement))
        graph.add(iri, KG.basis, text_literal(reason.basis))
        graph.add(iri, KG.bearing, text_literal(reason.bearing))
        graph.add(iri, KG.polarity, node(POLARITIES[reason.sign]))
        graph.add(iri, KG.weight, decimal_literal(reason.weight))
        graph.add(iri, KG.reasonWords, *(node(graph.anchors.span(*span)) for span in reason.words))
        if reason.ground is not None:
            graph.add(iri, KG.basisWords, node(graph.anchors.span(*reason.ground)))
        graph.add(iri, KG.derived, boolean_literal(True))
        if statement != judgement:
            ways.setdefault((judgement, statement), set()).add(reason.bearing)
    for (judgement, statement), bearings in ways.items():
        graph.add(judgement, LINKS.get(frozenset(bearings), KG.mixedReason), node(statement))
    for number, what in lacks.items():
        if what:
            graph.add(judgements[number], KG.sectionLacks, text_literal(what))
