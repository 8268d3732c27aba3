"""What statements are about, as quads. What they name in passing is ``links.add_topics``."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from kg.graph.mapping.polarities import POLARITIES
from kg.graph.mapping.report_graph import ReportGraph
from kg.model.records import Subject
from kg.model.terms import boolean_literal, decimal_literal, node, text_literal
from kg.model.vocab import DCT, KG, RDF


def add_subjects(graph: ReportGraph, subjects: Iterable[Subject]) -> None:
    """``dct:subject`` of each statement, with a ``kg:Aboutness`` that has basis, weight, polarity, words."""
    iris = {
        "finding": graph.finding_iris,
        "box": graph.box_iris,
        "need": graph.need_iris,
        "concern": graph.concern_iris,
    }
    for subject in subjects:
        statement = iris[subject.kind][subject.index]
        iri = graph.part("about", graph.key(statement, subject.topic))
        graph.add(statement, DCT.subject, node(subject.topic))
        graph.add(iri, RDF.type, node(KG.Aboutness))
        graph.add(iri, KG.report, node(graph.report))
        graph.add(iri, KG.ofStatement, node(statement))
        graph.add(iri, DCT.subject, node(subject.topic))
        graph.add(iri, KG.basis, text_literal(subject.basis))
        graph.add(iri, KG.weight, decimal_literal(Decimal(str(subject.weight))))
        graph.add(iri, KG.polarity, node(POLARITIES[subject.polarity]))
        graph.add(iri, KG.topicWords, *(node(graph.anchors.span(*span)) for span in subject.words))
        graph.add(iri, KG.polarityWords, *(node(graph.anchors.span(*span)) for span in subject.told))
        graph.add(iri, KG.derived, boolean_literal(True))
