"""Shapes find what is wrong, and say where its words are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from made_report import LINES, TEXT, UNIT, Framework, made_extraction, made_report, vocabulary

from kg.graph.mapping.dataset import dataset_quads, summary_of
from kg.graph.mapping.report import to_quads
from kg.graph.validation import Violation, validate
from kg.graph.validation.engine import as_rdflib
from kg.model.errors import CannotUnderstand
from kg.model.ontology import ontology_dir
from kg.model.records import Extraction
from kg.model.vocab import KG, OA, RDF, SKOS

Change = Callable[[ox.Quad], ox.Quad | None]


def found(extraction: Extraction | None = None, change: Change | None = None) -> list[Violation]:
    quads = to_quads(extraction or made_extraction(), Framework())
    if change is not None:
        quads = [changed for quad in quads if (changed := change(quad)) is not None]
    return validate([*quads, *vocabulary()])


def without(predicate: str) -> Change:
    return lambda quad: None if quad.predicate.value == predicate else quad


def one_figure(**fields: object) -> Extraction:
    first = made_extraction().figures[0]
    return made_extraction(figures=(replace(first, **fields),))


def test_a_whole_report_has_no_violations() -> None:
    assert [v for v in found() if v.severity == "violation"] == []


def test_a_report_of_which_nothing_is_known_has_warnings_only() -> None:
    names = ("title", "kind", "force", "force_name", "framework", "publisher", "published", "inspector")
    unknown = Extraction(made_report("Some words.", **dict.fromkeys(names)))
    results = validate(to_quads(unknown, None))
    assert {v.severity for v in results} == {"warning"}
    assert any("name it in the catalogue" in v.message for v in results)


def test_a_statement_without_its_words_is_a_violation() -> None:
    results = [v for v in found(change=without(KG.evidence)) if v.severity == "violation"]
    assert {v.message for v in results} == {"A statement needs the words that it rests on."}
    assert len(results) > 10


def test_a_violation_comes_with_its_words_and_offsets() -> None:
    [result] = [v for v in found(one_figure(numerator=Decimal(17))) if v.path == KG.numerator]
    assert result.severity == "warning"
    assert "part is larger than the whole" in result.message
    assert result.passage_text == "9 of 16 cases"
    assert (result.start, result.end) == (TEXT.index("9 of 16"), TEXT.index("9 of 16") + 13)
    assert result.report == "https://kg.example/report/fenshire-2022"


def test_two_grades_for_one_area_are_a_violation() -> None:
    first = made_extraction().judgements[0]
    two = made_extraction(judgements=(first, replace(first, grade="good")))
    result = next(v for v in found(two) if v.path == KG.grade)
    assert (result.severity, result.passage_text) == ("violation", LINES[2])


def test_a_grade_of_another_scheme_is_a_violation() -> None:
    def elsewhere(quad: ox.Triple) -> ox.Triple:
        if quad.subject.value != Framework().grades[0].iri or quad.predicate.value != SKOS.inScheme:
            return quad
        return ox.Triple(quad.subject, quad.predicate, ox.NamedNode("https://kg.example/id/grades/other"))

    scheme = vocabulary()[5]
    own = ox.Triple(ox.NamedNode("https://kg.example/id/grade/fens-good"), scheme.predicate, scheme.object)
    quads = to_quads(made_extraction(), Framework())
    results = validate([*quads, *map(elsewhere, vocabulary()), own])
    [result] = [v for v in results if "not one that the report's framework gives" in v.message]
    assert (result.severity, result.passage_text) == ("violation", LINES[2])


@pytest.mark.parametrize(
    ("units", "kinds", "refused"),
    [
        (["count"], ["share"], False),
        (["GBP"], ["share"], True),
        (["count"], ["level"], True),
        ([], [], False),
    ],
)
def test_a_unit_or_kind_that_the_measure_does_not_have_is_a_violation(
    units: list[str], kinds: list[str], refused: bool
) -> None:
    measure = ox.NamedNode("https://kg.example/id/measure/advice-given")
    named = one_figure(unit="count", kind="share", concept=measure.value)
    says = [ox.Triple(measure, ox.NamedNode(KG.measureUnit), ox.Literal(unit)) for unit in units]
    says += [ox.Triple(measure, ox.NamedNode(KG.measureKind), ox.Literal(kind)) for kind in kinds]
    results = validate([*to_quads(named, Framework()), *vocabulary(), *says])
    found_ones = [v for v in results if "has no figures of this unit and kind" in v.message]
    assert [v.severity for v in found_ones] == ["violation"] * refused


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"unit": "percent", "value": Decimal(140)}, "between 0 and 100"),
        ({"unit": "percent", "value": Decimal(-3)}, "between 0 and 100"),
        ({"unit": "rate"}, "needs its base"),
        ({"unit": "duration"}, "needs its base"),
        ({"unit": "litres"}, "unit of a figure is"),
        ({"population": "everyone"}, "figure is about"),
        ({"attribution": "rumour"}, "rests on the word"),
        ({"period_begin": "2023-04-01", "period_end": "2022-03-31"}, "ends before it begins"),
        ({"denominator": Decimal(0), "numerator": None}, "above 0"),
        ({"interval": Decimal(-1)}, "half-width"),
        ({"interval_level": Decimal(100)}, "below 100"),
        ({"measure": None}, "not known what this number measures"),
    ],
)
def test_a_figure_that_cannot_be_is_found(fields: dict[str, object], message: str) -> None:
    results = [v for v in found(one_figure(**fields)) if message in v.message and "/figure-" in v.focus]
    assert len(results) == 1
    assert results[0].passage_text == "9 of 16 cases"


@pytest.mark.parametrize(
    "fields",
    [
        {"unit": "percent", "value": Decimal(140), "direction": "increase"},
        {"unit": "percent", "value": Decimal(100)},
        {"unit": "rate", "base": "1000"},
        {"period_begin": "2023-03-31", "period_end": "2023-03-31"},
        {"period_begin": None, "period_end": "2023-03-31"},
    ],
)
def test_a_figure_that_can_be_is_left_alone(fields: dict[str, object]) -> None:
    assert not [v for v in found(one_figure(**fields)) if "/figure-" in v.focus]


def test_a_mention_has_one_of_the_labels() -> None:
    first = made_extraction().mentions[1]
    quads = to_quads(made_extraction(mentions=(first,)), Framework())
    wrong = [
        ox.Quad(q.subject, q.predicate, ox.Literal("ANIMAL"), q.graph_name)
        if q.predicate.value == KG.label
        else q
        for q in quads
    ]
    [result] = [v for v in validate(wrong) if v.path == KG.label]
    assert (result.severity, result.value, result.passage_text) == ("violation", "ANIMAL", "rural crime team")


def test_a_mention_without_a_thing_is_a_warning() -> None:
    first = made_extraction().mentions[1]
    [result] = [
        v for v in found(made_extraction(mentions=(replace(first, entity=None),))) if v.path == KG.refersTo
    ]
    assert (result.severity, result.passage_text) == ("warning", "rural crime team")


def test_a_thing_is_shown_by_its_first_mention() -> None:
    results = found(
        change=lambda q: None if q.subject.value == UNIT and q.predicate.value == KG.ownedBy else q
    )
    [result] = [v for v in results if v.focus == UNIT]
    assert result.message == "It is not known whose unit this is."
    assert result.start == TEXT.index("rural crime team")


def test_a_recommendation_without_a_cause_is_a_warning() -> None:
    cause, recommendation = made_extraction().boxes
    results = found(made_extraction(boxes=(cause, replace(recommendation, parent=None))))
    [result] = [v for v in results if v.path == KG.partOf]
    assert result.severity == "warning"
    assert result.passage_text == LINES[11]


def test_words_that_end_before_they_begin_are_a_violation() -> None:
    def backwards(quad: ox.Quad) -> ox.Quad:
        if quad.predicate.value != OA.end:
            return quad
        assert isinstance(quad.object, ox.Literal)
        return ox.Quad(
            quad.subject, quad.predicate, ox.Literal("0", datatype=quad.object.datatype), quad.graph_name
        )

    results = found(change=backwards)
    assert any(v.path == OA.start and v.severity == "violation" for v in results)


def test_violations_come_before_warnings_and_in_the_order_of_the_text() -> None:
    results = found(one_figure(unit="litres", measure=None), without(KG.label))
    keys = [(v.severity != "violation", v.start is None, v.start) for v in results]
    assert keys == sorted(keys) and len(results) > 3


def test_the_order_of_the_data_does_not_matter() -> None:
    quads = to_quads(one_figure(unit="litres", measure=None), Framework())
    assert validate(quads) == validate(quads[::-1])


def test_a_store_is_validated_as_one_graph() -> None:
    store = ox.Store()
    store.extend(to_quads(made_extraction(), Framework()))
    store.extend(ox.Quad(*triple) for triple in vocabulary())
    store.extend(dataset_quads([("https://kg.example/graph/fenshire-2022", summary_of(store))], {}))
    assert [v for v in validate(store) if v.severity == "violation"] == []


def test_the_vocabularies_themselves_are_in_order() -> None:
    from kg.graph.rdf_files import read_quads

    quads = [quad for path in sorted(ontology_dir().rglob("*.ttl")) for quad in read_quads(path)]
    assert [v for v in validate(quads) if v.severity == "violation"] == []


def test_other_shapes_can_be_used(tmp_path: Path) -> None:
    shapes = tmp_path / "own.ttl"
    shapes.write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://kg.example/ontology#> .
        [] a sh:NodeShape ; sh:targetClass kg:Figure ; sh:message "No figures here." ; sh:maxCount 0 ;
           sh:property [ sh:path kg:value ; sh:maxCount 0 ; sh:message "No values here." ] ."""
    )
    shapes.write_text(shapes.read_text().replace('sh:message "No figures here." ; sh:maxCount 0 ;', ""))
    results = validate(to_quads(made_extraction(), Framework()), shapes)
    assert {v.message for v in results} == {"No values here."} and len(results) == 3


def test_shapes_that_are_no_shapes_are_one_line(tmp_path: Path) -> None:
    shapes = tmp_path / "bad.ttl"
    shapes.write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> .
        <http://a/s> a sh:NodeShape ; sh:targetClass <http://a/c> ; sh:property <http://a/p> .
        <http://a/p> a sh:PropertyShape ; sh:minCount 1 ."""
    )
    data = [ox.Triple(ox.NamedNode("http://a/x"), ox.NamedNode(RDF.type), ox.NamedNode("http://a/c"))]
    with pytest.raises(CannotUnderstand, match="the shapes cannot be used") as caught:
        validate(data, shapes)
    assert "\n" not in str(caught.value)


def test_terms_stay_as_they_are_on_the_way_to_rdflib() -> None:
    decimal = ox.Literal("1.50", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))
    triples = [
        ox.Triple(ox.NamedNode("http://a/s"), ox.NamedNode("http://a/p"), value)
        for value in (decimal, ox.Literal("x", language="en"), ox.Literal("x"), ox.BlankNode("b"))
    ]
    written = {value.n3() for value in as_rdflib(triples).objects()}
    assert written == {'"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"x"@en', '"x"', "_:b"}
