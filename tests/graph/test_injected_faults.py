"""Faults injected into a right graph are found, each with its message.

A graph of findings keeps the promise that every statement leads to its words only if its shapes notice when
one does not: a quotation longer than its place, words beyond the end of the text, a name of another kind than
its mention says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pyoxigraph as ox
import pytest
from made_report import OFFICE, UNIT, Framework, made_extraction, vocabulary

from kg.graph.mapping.report import to_quads
from kg.graph.validation import validate
from kg.model.vocab import DCT, KG, OA, PROV, RDF, SKOS, XSD

OTHER = "https://kg.example/report/marshland-2022"
PLACE = "https://kg.example/id/place/fenham"
NOBODY = "https://kg.example/id/organisation/nobody-describes-this"
Term = ox.NamedNode | ox.BlankNode | ox.Literal


class Graph:
    """The graph of the made report, to be changed by a fault."""

    def __init__(self) -> None:
        extraction = made_extraction()
        licensed = replace(extraction.report, licence="https://licence.example/open")
        self.quads = [
            *to_quads(replace(extraction, report=licensed), Framework()),
            *(ox.Quad(*triple) for triple in vocabulary()),
        ]
        self.name = self.quads[0].graph_name

    def first(self, cls: str) -> ox.NamedNode:
        """The first thing of a class in the order of their IRIs."""
        found = [q.subject for q in self.quads if q.predicate.value == RDF.type and q.object == named(cls)]
        return min((each for each in found if isinstance(each, ox.NamedNode)), key=lambda each: each.value)

    def values(self, subject: Term, path: str) -> list[Term]:
        return [q.object for q in self.quads if q.subject == subject and q.predicate.value == path]  # type: ignore[misc]

    def holding(self, path: str, value: str) -> ox.NamedNode:
        """The first subject with this value, an IRI or a text."""
        [found, *_] = [q.subject for q in self.quads if q.predicate.value == path and q.object.value == value]  # type: ignore[union-attr]
        assert isinstance(found, ox.NamedNode)
        return found

    def words(self, subject: Term) -> Term:
        """The selector of the words that a statement rests on."""
        return self.values(self.values(subject, KG.evidence)[0], OA.hasSelector)[0]

    def add(self, subject: Term, path: str, *values: Term) -> None:
        self.quads += [ox.Quad(subject, named(path), value, self.name) for value in values]  # type: ignore[arg-type]

    def drop(self, subject: Term | None, path: str) -> None:
        kept = [q for q in self.quads if q.predicate.value != path or subject not in (None, q.subject)]
        assert len(kept) < len(self.quads), f"nothing has {path}"
        self.quads = kept

    def put(self, subject: Term, path: str, *values: Term) -> None:
        self.drop(subject, path)
        self.add(subject, path, *values)


def named(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


def text(value: str) -> ox.Literal:
    return ox.Literal(value)


def number(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=named(XSD.integer))


def decimal(value: str) -> ox.Literal:
    return ox.Literal(value, datatype=named(XSD.decimal))


def day(value: str) -> ox.Literal:
    return ox.Literal(value, datatype=named(XSD.date))


Fault = Callable[[Graph], None]


def with_value(cls: str, path: str, *values: Term) -> Fault:
    """The first thing of a class has these values instead of its own, if it has any."""

    def fault(graph: Graph) -> None:
        node = graph.first(cls)
        if graph.values(node, path):
            graph.drop(node, path)
        graph.add(node, path, *values)

    return fault


def without(cls: str, path: str) -> Fault:
    return lambda graph: graph.drop(graph.first(cls), path)


def and_also(cls: str, path: str, *values: Term) -> Fault:
    return lambda graph: graph.add(graph.first(cls), path, *values)


def in_words(cls: str, path: str, *values: Term) -> Fault:
    """The words of the first thing of a class are said to be these, or to be elsewhere."""
    return lambda graph: graph.put(graph.words(graph.first(cls)), path, *values)


def of_the_unit(path: str, *values: Term) -> Fault:
    """The first mention of the unit has these values instead."""
    return lambda graph: graph.put(graph.holding(KG.refersTo, UNIT), path, *values)


def another_framework(cls: str) -> Fault:
    """The area of the first thing of a class is one of another framework."""

    def fault(graph: Graph) -> None:
        area = named("https://kg.example/id/area/marsh-2019--traffic")
        graph.add(area, RDF.type, named(KG.Area))
        graph.add(area, SKOS.prefLabel, text("Traffic"))
        graph.add(area, SKOS.inScheme, named("https://kg.example/id/framework/marsh-2019"))
        with_value(cls, KG.area, area)(graph)

    return fault


def need_in_another_area(graph: Graph) -> None:
    framework = Framework()
    area = named("https://kg.example/id/area/fens-2022--traffic")
    graph.add(area, RDF.type, named(KG.Area))
    graph.add(area, SKOS.prefLabel, text("Traffic"))
    graph.add(area, SKOS.inScheme, named(framework.iri))
    with_value(KG.ImprovementNeed, KG.area, area)(graph)


def from_another_text(graph: Graph) -> None:
    """A statement rests on words of a text that is another report's."""
    [span] = graph.values(graph.first(KG.Finding), KG.evidence)
    other = named(f"{OTHER}/text")
    for path in (KG.length, KG.textSha256, PROV.wasDerivedFrom, RDF.type):
        graph.add(other, path, *graph.values(graph.first(KG.ReportText), path))
    graph.add(other, KG.report, named(OTHER))
    graph.put(span, OA.hasSource, other)


def supported_by_another_report(graph: Graph) -> None:
    graph.put(graph.first(KG.Passage), KG.report, named(OTHER))
    graph.add(graph.first(KG.Finding), KG.supportedBy, graph.first(KG.Passage))


def a_blank_node(graph: Graph) -> None:
    node = ox.BlankNode("b")
    graph.add(node, RDF.type, named(KG.Notice))
    graph.add(node, KG.code, text("odd"))
    graph.add(node, KG.message, text("a line was not understood"))
    graph.add(node, KG.report, named(graph.first(KG.Report).value))
    graph.add(node, PROV.wasGeneratedBy, graph.first(PROV.Activity))


def no_provenance(graph: Graph) -> None:
    kept = [q for q in graph.quads if "/prov#" not in q.predicate.value]
    graph.quads = [q for q in kept if "/prov#" not in str(q.object)]


def two_names(graph: Graph) -> None:
    graph.add(named(UNIT), SKOS.prefLabel, text("another team"))


def an_undescribed_voice(graph: Graph) -> None:
    graph.put(graph.first(KG.Finding), KG.saidBy, named(NOBODY))


V, W = "violation", "warning"
INJECTED = {
    # the 28 kinds that were once injected, of which 17 were found
    "no polarity": (V, "positive, negative, mixed or neutral", without(KG.Finding, KG.polarity)),
    "an unknown polarity": (
        V,
        "positive, negative, mixed or neutral",
        with_value(KG.Finding, KG.polarity, named(KG.iri + "Splendid")),
    ),
    "two polarities": (
        V,
        "positive, negative, mixed or neutral",
        with_value(KG.Finding, KG.polarity, named(KG.Positive), named(KG.Negative)),
    ),
    "an unknown unit": (V, "unit of a figure is", with_value(KG.Figure, KG.unit, text("litres"))),
    "an unknown population": (
        V,
        "A figure is about",
        with_value(KG.Figure, KG.population, text("everyone")),
    ),
    "an unknown source": (
        V,
        "A figure rests on the word",
        with_value(KG.Figure, KG.attribution, text("rumour")),
    ),
    "an unknown label": (V, "one of the 16 labels", of_the_unit(KG.label, text("ANIMAL"))),
    "words that end before they begin": (
        V,
        "not before their end",
        in_words(KG.Finding, OA.end, number(0)),
    ),
    "a foreign report": (
        V,
        "the one report that it was read from",
        with_value(KG.Finding, KG.report, named(OTHER)),
    ),
    "a value as text": (
        V,
        "exactly one value, a decimal number",
        with_value(KG.Figure, KG.value, text("9")),
    ),
    "a mention without a label": (
        V,
        "one of the 16 labels",
        lambda g: g.drop(g.holding(KG.refersTo, UNIT), KG.label),
    ),
    "a finding without support": (
        V,
        "at least one passage that supports it",
        without(KG.Finding, KG.supportedBy),
    ),
    "a text without its file": (
        V,
        "the file that it was read from",
        without(KG.ReportText, PROV.wasDerivedFrom),
    ),
    "a finding without an area": (W, "in which area this was found", without(KG.Finding, KG.area)),
    "a period reversed": (
        W,
        "ends before it begins",
        lambda g: g.put(g.holding(KG.valueText, "15,590"), KG.periodBegin, day("2023-01-01")),
    ),
    "two preferred names": (W, "one preferred name", two_names),
    "a part larger than its whole": (
        W,
        "larger than the whole",
        lambda g: g.put(g.holding(KG.valueText, "9 of 16 cases"), KG.numerator, decimal("17")),
    ),
    "a quotation longer than its place": (
        V,
        "as long as the words",
        in_words(KG.Finding, OA.exact, text("Something that the report does not say in so many words")),
    ),
    "words beyond the end of the text": (
        V,
        "within the text",
        lambda g: g.put(g.first(KG.ReportText), KG.length, number(40)),
    ),
    "a mention of a unit that refers to a place": (
        V,
        "of the kind that its label says",
        lambda g: (
            g.add(named(PLACE), RDF.type, named(KG.Place)),
            g.add(named(PLACE), SKOS.prefLabel, text("Fenham")),
            of_the_unit(KG.refersTo, named(PLACE))(g),
        )[0],
    ),
    "a mention of what nobody describes": (
        V,
        "of the kind that its label says",
        of_the_unit(KG.refersTo, named(NOBODY)),
    ),
    "a measure that is none": (
        V,
        "measure of the vocabularies",
        with_value(KG.Figure, KG.measure, named("https://kg.example/id/measure/happiness")),
    ),
    "a finding in an area of another framework": (
        V,
        "not one that the report's framework inspects",
        another_framework(KG.Finding),
    ),
    "a need in another area than its finding": (W, "another area than the finding", need_in_another_area),
    "an unknown property": (
        V,
        "no property of the ontology",
        and_also(KG.Finding, KG.iri + "severityScore", number(3)),
    ),
    "no licence": (W, "under which licence", lambda g: g.drop(g.first(KG.Report), DCT.license)),
    "a graph without provenance": (V, "from one reading of its report", no_provenance),
    "a finding on nobody’s word": (V, "on one's word", without(KG.Finding, KG.saidBy)),
    # of the same kinds, elsewhere
    "a blank node": (V, "has an IRI", a_blank_node),
    "a mention’s words longer than their place": (
        V,
        "as long as the words",
        lambda g: g.put(g.words(g.holding(KG.refersTo, UNIT)), OA.exact, text("rural crime team and more")),
    ),
    "a figure’s words shorter than their place": (
        V,
        "as long as the words",
        lambda g: g.put(g.words(g.holding(KG.valueText, "15,590")), OA.exact, text("15")),
    ),
    "a start that is no number": (V, "start of the words", in_words(KG.Judgement, OA.start, text("first"))),
    "words without an end": (
        V,
        "end of the words",
        lambda g: g.drop(g.words(g.first(KG.Recommendation)), OA.end),
    ),
    "words without a quotation": (
        V,
        "exact words are missing",
        lambda g: g.drop(g.words(g.first(KG.StatedConcern)), OA.exact),
    ),
    "words of another report’s text": (V, "words of its own report", from_another_text),
    "support from another report": (V, "passages of its own report", supported_by_another_report),
    "a text without its hash": (V, "SHA-256", without(KG.ReportText, KG.textSha256)),
    "a hash that is none": (V, "SHA-256", with_value(KG.SourceFile, KG.sha256, text("abc"))),
    "two texts": (V, "exactly one text", and_also(KG.Report, KG.text, named(f"{OTHER}/text"))),
    "an area that nobody describes": (
        V,
        "exactly one area",
        with_value(KG.Judgement, KG.area, named("https://kg.example/id/area/x")),
    ),
    "a judgement without a grade": (V, "exactly one grade", without(KG.Judgement, KG.grade)),
    "a grade that is a polarity": (
        V,
        "exactly one grade",
        with_value(KG.Judgement, KG.grade, named(KG.Negative)),
    ),
    "a judgement on two bodies": (
        V,
        "one inspected body",
        and_also(KG.Judgement, KG.inspectedBody, named(OFFICE)),
    ),
    "a box in an area of another framework": (
        V,
        "not one that the report's framework inspects",
        another_framework(KG.CauseOfConcern),
    ),
    "a section in an area of another framework": (
        V,
        "not one that the report's framework inspects",
        another_framework(KG.Section),
    ),
    "an unknown property of a figure": (
        V,
        "no property of the ontology",
        and_also(KG.Figure, KG.iri + "probablity", decimal("0.4")),
    ),
    "an unknown class": (
        V,
        "no class of the ontology",
        and_also(KG.Finding, RDF.type, named(KG.iri + "Guess")),
    ),
    "two deadlines": (
        W,
        "due on one full date",
        and_also(KG.Recommendation, KG.due, day("2025-01-01")),
    ),
    "a change from a mention": (
        V,
        "measured from a figure",
        lambda g: g.put(g.holding(KG.valueText, "15,590"), KG.changeFrom, g.first(KG.Mention)),
    ),
    "a voice that nobody describes": (V, "whose word a statement is, is described", an_undescribed_voice),
    "a share above a hundred": (
        W,
        "between 0 and 100",
        lambda g: (
            g.put(g.holding(KG.valueText, "9 of 16 cases"), KG.unit, text("percent")),
            g.put(g.holding(KG.valueText, "9 of 16 cases"), KG.value, decimal("900")),
        )[0],
    ),
    "a finding that supports itself": (
        V,
        "at least one passage that supports it",
        lambda g: g.put(g.first(KG.Finding), KG.supportedBy, g.first(KG.Finding)),
    ),
    "no identifier": (V, "exactly one identifier", without(KG.Report, DCT.identifier)),
    "no place in a passage": (V, "stands in one passage", without(KG.Figure, KG.inPassage)),
}


@pytest.mark.parametrize("name", INJECTED)
def test_an_injected_fault_is_found(name: str) -> None:
    severity, message, fault = INJECTED[name]
    graph = Graph()
    fault(graph)
    found = [result for result in validate(graph.quads) if message in result.message]
    assert found, f"not found: {name}"
    assert {result.severity for result in found} == {severity}


def test_the_graph_itself_has_no_faults() -> None:
    messages = {message for _, message, _ in INJECTED.values()}
    found: Iterable[str] = (result.message for result in validate(Graph().quads))
    assert [said for said in found if any(message in said for message in messages)] == []
