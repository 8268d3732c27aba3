"""The fast first look never passes what pySHACL would report."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from made_report import Framework, made_extraction, vocabulary
from store_data import load_turtle

import kg.graph.validation
from kg.graph.mapping.report import to_quads
from kg.graph.validation import find_violations, validate
from kg.graph.validation.conformance import Index, NotCovered, comparable, find_suspects
from kg.graph.validation.engine import Result, results_of, shacl_report
from kg.graph.writing.order import Statement
from kg.model.ontology import ontology_dir
from kg.model.terms import text_of
from kg.model.vocab import BASE, KG, XSD

SHAPES = load_turtle(ontology_dir() / "shapes.ttl")
ONTOLOGY = load_turtle(ontology_dir() / "kg.ttl")
OTHERS = [
    ox.NamedNode(KG.Figure),
    ox.NamedNode(BASE + "nowhere"),
    ox.Literal("words"),
    ox.Literal(""),
    ox.Literal("-1", datatype=ox.NamedNode(XSD.integer)),
    ox.Literal("400", datatype=ox.NamedNode(XSD.decimal)),
    ox.Literal("many", datatype=ox.NamedNode(XSD.decimal)),
    ox.Literal("2099-01-01", datatype=ox.NamedNode(XSD.date)),
    ox.Literal("2023-02-30", datatype=ox.NamedNode(XSD.date)),
    ox.Literal("1", datatype=ox.NamedNode(XSD.boolean)),
]


def report() -> list[ox.Triple]:
    quads = to_quads(made_extraction(), Framework())
    return [*(quad.triple for quad in quads), *vocabulary()]


def results(
    data: Iterable[Statement], shapes: Iterable[Statement], nodes: Collection[str] | None = None
) -> list[Result]:
    return list(results_of(shacl_report(data, shapes, nodes)).values())


def spoiled(triples: list[ox.Triple], seed: int) -> list[ox.Triple]:
    """Some statements left out, some with another object, some doubled with another object."""
    chance, result = random.Random(seed), []
    for triple in triples:
        fate = chance.random()
        other = ox.Triple(triple.subject, triple.predicate, chance.choice(OTHERS))
        if fate < 0.05:
            result.append(other)
        elif fate < 0.08:
            result += [triple, other]
        elif fate > 0.12:
            result.append(triple)
    return result


@pytest.mark.parametrize("seed", range(20))
def test_a_spoiled_graph_has_the_results_that_pyshacl_alone_gives(seed: int) -> None:
    data = spoiled(report(), seed)
    fast = find_suspects({t.subject for t in data}, SHAPES, Index([*data, *ONTOLOGY]))
    subjects = {triple.subject.value for triple in data}
    alone = {r for r in results([*data, *ONTOLOGY], SHAPES) if text_of(r.focus) in subjects}
    after = {r for r in results(fast.statements, SHAPES, fast.nodes) if text_of(r.focus) in subjects}
    assert after == alone
    assert len(alone) > 20


@pytest.mark.parametrize("seed", range(3))
def test_what_breaks_our_shapes_is_found_without_looking_for_warnings(seed: int) -> None:
    data = spoiled(report(), seed)
    all_of_them = validate(data)
    violations = [each for each in all_of_them if each.severity == "violation"]
    assert find_violations(data) == violations
    assert 10 < len(violations) < len(all_of_them)


def test_where_nothing_breaks_our_shapes_nothing_is_a_suspect(monkeypatch: pytest.MonkeyPatch) -> None:
    unmeasured = KG.measureText
    data = [triple for triple in report() if triple.predicate.value != unmeasured]
    assert {each.path for each in validate(data)} >= {unmeasured}
    monkeypatch.setattr(kg.graph.validation, "shacl_report", lambda data, shapes, nodes: asked.append(nodes))
    asked: list[Collection[str]] = []
    monkeypatch.setattr(kg.graph.validation, "results_of", lambda report: {})
    monkeypatch.setattr(kg.graph.validation, "standard_report", lambda report, results: [])
    assert find_violations(data) == [] and asked == [frozenset()]


def test_a_report_that_is_right_has_few_suspects() -> None:
    data = report()
    fast = find_suspects({t.subject for t in data}, SHAPES, Index([*data, *ONTOLOGY]))
    assert len(fast.nodes) <= 4


@pytest.mark.parametrize(
    "rule",
    [
        "sh:or ( [ sh:path kg:value ; sh:minCount 1 ] )",
        "sh:property [ sh:path ( kg:evidence kg:report ) ; sh:minCount 1 ]",
        "sh:property [ sh:path kg:value ; sh:uniqueLang true ]",
        "sh:closed true",
        "sh:deactivated true",
        "sh:property [ sh:path kg:value ; sh:node [ sh:minLength 1 ] ]",
    ],
)
def test_shapes_that_are_not_known_here_go_to_pyshacl_whole(rule: str) -> None:
    text = f"""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <{KG.iri}> .
        <http://a/s> a sh:NodeShape ; sh:targetClass kg:Figure ; {rule} ."""
    shapes: list[Statement] = list(ox.parse(text, format=ox.RdfFormat.TURTLE))
    with pytest.raises(NotCovered):
        find_suspects({t.subject for t in report()}, shapes, Index(report()))


def test_a_shape_without_a_type_goes_to_pyshacl() -> None:
    text = """@prefix sh: <http://www.w3.org/ns/shacl#> .
        <http://a/s> sh:targetClass <http://a/c> ; sh:property <http://a/p> ."""
    with pytest.raises(NotCovered, match="no type"):
        find_suspects([], list(ox.parse(text, format=ox.RdfFormat.TURTLE)), Index([]))


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("1e3", XSD.decimal),
        ("2023-02-30", XSD.date),
        ("2023-01-01Z", XSD.date),
        ("yes", XSD.boolean),
        ("1", XSD.string),
    ],
)
def test_what_is_not_plain_is_not_compared(text: str, datatype: str) -> None:
    assert comparable(ox.Literal(text, datatype=ox.NamedNode(datatype))) is None


def test_validation_says_what_it_cannot_look_at_quickly(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shapes = (ontology_dir() / "shapes.ttl").read_text(encoding="utf-8")
    path = tmp_path / "more.ttl"
    path.write_text(shapes + "\nshape:Mention-label sh:maxLength 12 .\n", encoding="utf-8")
    assert validate(report(), path) == validate(report(), ontology_dir() / "shapes.ttl")
    assert [said for said in caplog.messages if "pySHACL" in said] == [
        "the shape <https://kg.example/shapes#Mention-label> uses <http://www.w3.org/ns/shacl#maxLength>: "
        "pySHACL does the whole check, which takes longer"
    ]


def test_a_day_that_no_month_has_is_a_violation_and_stops_nothing() -> None:
    begin = ox.NamedNode(KG.periodBegin)
    figure = next(triple.subject for triple in report() if triple.predicate == begin)
    wrong = ox.Triple(figure, begin, ox.Literal("2023-02-30", datatype=ox.NamedNode(XSD.date)))
    kept = [t for t in report() if t.subject != figure or t.predicate != begin]
    found = results([*kept, wrong, *ONTOLOGY], SHAPES, [figure.value])
    assert any(text_of(r.path) == KG.periodBegin and text_of(r.value) == "2023-02-30" for r in found)
