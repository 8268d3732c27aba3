"""``kg validate`` as a SHACL processor: any shapes over any data give the standard report, or one line."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.namespace import RDF, SH
from samples import ROOT, shared

from kg.cli.make import validate_command
from kg.graph import validation
from kg.graph.rdf_files import read_files
from kg.graph.validation import judge
from kg.graph.writing import write_graph
from kg.model.errors import KgError
from kg.model.formats import formats_of

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")
FIELDS = (
    SH.focusNode,
    SH.resultPath,
    SH.value,
    SH.sourceConstraintComponent,
    SH.resultSeverity,
    SH.sourceShape,
)
NOT_PASSED = {
    "core/property/uniqueLang-002": "pySHACL takes sh:uniqueLang 1 for true",
    "sparql/pre-binding/shapesGraph-001": "$shapesGraph, which the standard leaves open, is refused",
}
"""The tests of the W3C's suite of 121 that are not passed, and why."""


def w3c(part: str = "") -> Path:
    return shared("w3c/data-shapes/data-shapes-test-suite/tests") / part


def parsed(source: Path | bytes) -> rdflib.Graph:
    if isinstance(source, bytes):
        return rdflib.Graph().parse(data=source, format="turtle")
    return rdflib.Graph().parse(source, format="turtle", publicID=source.as_uri())


def results(graph: rdflib.Graph, report: rdflib.term.Node) -> Counter[tuple[object, ...]]:
    """The results of a report; nodes without a name of their own count as some node."""
    found = Counter[tuple[object, ...]]()
    for result in graph.objects(report, SH.result):
        values = [graph.value(result, field) for field in FIELDS]
        found[tuple("[]" if isinstance(v, rdflib.BNode) else v and v.n3() for v in values)] += 1
    return found


def outcome(capture: pytest.CaptureFixture[bytes], data: Path, shapes: Path) -> rdflib.Graph | None:
    """The report that the command prints; None where it refuses the shapes."""
    try:
        status = validate_command.main(
            [str(data), "--shapes", str(shapes), "--report", "turtle"], standalone_mode=False
        )
    except KgError as error:
        assert "\n" not in str(error)
        assert capture.readouterr().out == b""
        return None
    report = parsed(capture.readouterr().out)
    severities = set(report.objects(None, SH.resultSeverity))
    assert (status == 1) == bool(severities - {SH.Warning, SH.Info})
    return report


def is_passed(graph: rdflib.Graph, wanted: rdflib.term.Node, report: rdflib.Graph | None) -> bool:
    if wanted == SHT.Failure or report is None:
        return wanted == SHT.Failure and report is None
    [node] = report.subjects(RDF.type, SH.ValidationReport)
    agree = report.value(node, SH.conforms).eq(graph.value(wanted, SH.conforms))
    return agree and results(report, node) == results(graph, wanted)


@pytest.mark.parametrize("part", ["core", "sparql"])
def test_the_suite_of_the_w3c_is_passed_through_the_command(
    part: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    passed, failed = set(), set()
    for path in sorted(w3c(part).rglob("*.ttl")):
        graph = parsed(path)
        for test in graph.subjects(RDF.type, SHT.Validate):
            action = graph.value(test, MF.action)
            data, shapes = (
                Path(str(graph.value(action, which)).removeprefix("file://"))
                for which in (SHT.dataGraph, SHT.shapesGraph)
            )
            report = outcome(capsysbinary, data, shapes)
            ok = is_passed(graph, graph.value(test, MF.result), report)
            (passed if ok else failed).add(path.relative_to(w3c()).with_suffix("").as_posix())
    assert failed == {name for name in NOT_PASSED if name.startswith(part)}
    assert len(passed) == {"core": 97, "sparql": 22}[part]


# --- what the suite does not have --------------------------------------------------------------------

PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <http://a/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
DATA = ":x a :C ; :p 1 , 2 . :y a :C ; :q [ :r :x ] ."


def turtle(path: Path, text: str) -> Path:
    path.write_text(PREFIXES + text)
    return path


def wrong(tmp_path: Path, shapes: str, data: str = DATA) -> list[tuple[str, str | None]]:
    quads = list(ox.parse(PREFIXES + data, format=ox.RdfFormat.TURTLE))
    judged = judge(quads, turtle(tmp_path / "shapes.ttl", shapes))
    return [(v.focus, v.path) for v in judged.violations]


# --- shapes that check nothing ---


@pytest.mark.parametrize(
    ("shapes", "line"),
    [
        (":s a sh:NodeShape ; sh:targetclass :C .", "sh:targetclass: no terms of SHACL"),
        (":s a sh:NodeShape ; sh:targetclass :C .", "no shape has a target, so nothing was checked"),
        (
            ":s a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path :p ; sh:maxCout 1 ] .",
            "sh:maxCout: no",
        ),
        (":s a sh:NodeShape ; sh:targetClass :D .", "<http://a/s>: nothing in the data is their target"),
        (":s a sh:NodeShape ; sh:targetSubjectsOf :z .", "<http://a/s>: nothing in the data is their target"),
        (":s a sh:NodeShape ; sh:targetClass :C ; sh:deactivated true .", "<http://a/s>: deactivated"),
        (
            ":s a sh:NodeShape ; sh:targetClass :C ; sh:rule [ sh:order 1 ] .",
            "sh:rule: SHACL’s advanced features",
        ),
    ],
)
def test_what_checks_nothing_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, shapes: str, line: str
) -> None:
    wrong(tmp_path, shapes)
    assert any(f"shapes.ttl: {line}" in said for said in caplog.messages)


@pytest.mark.parametrize(
    "shapes",
    [
        ":s a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path :p ; sh:maxCount 2 ] .",
        ":C a sh:NodeShape , rdfs:Class ; sh:or ( [ sh:class :C ] [ sh:nodeKind sh:IRI ] ) .",
        ":s a sh:NodeShape ; sh:targetObjectsOf :q ; sh:not [ sh:in ( 1 ) ] .",
        ":s sh:targetNode :nowhere ; sh:property [ sh:path :p ; sh:maxCount 1 ] .",
    ],
)
def test_nothing_is_told_of_shapes_that_check(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, shapes: str
) -> None:
    wrong(tmp_path, shapes)
    assert not [said for said in caplog.messages if "shapes.ttl:" in said]


def test_a_file_without_shapes_checks_nothing_and_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"shapes\.ttl: no shape in it"):
        wrong(tmp_path, ":x a :C .")


# --- forms of shapes ---


@pytest.mark.parametrize(
    ("shapes", "focus"),
    [
        (":s a sh:PropertyShape ; sh:targetClass :C ; sh:path :p ; sh:minCount 1 .", "http://a/y"),
        (":C a sh:NodeShape , rdfs:Class ; sh:property :s . :s sh:path :p ; sh:minCount 1 .", "http://a/y"),
        (":s a sh:NodeShape ; sh:targetNode :x ; sh:property [ sh:path :p ; sh:maxCount 1 ] .", "http://a/x"),
        (
            ":s a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path ( :q :r ) ; sh:hasValue :y ] .",
            "http://a/x",
        ),
        (":s a sh:NodeShape ; sh:targetObjectsOf :q ; sh:nodeKind sh:IRI .", "[]"),
    ],
)
def test_no_form_of_shape_is_passed_over(tmp_path: Path, shapes: str, focus: str) -> None:
    assert focus in {found for found, _ in wrong(tmp_path, shapes)}


def test_a_severity_of_ones_own_counts_as_a_violation(tmp_path: Path) -> None:
    shapes = ":s a sh:PropertyShape ; sh:targetClass :C ; sh:path :p ; sh:minCount 1 ; sh:severity :Bad ."
    quads = list(ox.parse(PREFIXES + DATA, format=ox.RdfFormat.TURTLE))
    judged = judge(quads, turtle(tmp_path / "shapes.ttl", shapes))
    assert [v.severity for v in judged.violations] == ["violation"] and judged.wrong == 1
    assert any(quad.object == ox.NamedNode("http://a/Bad") for quad in judged.report)


@pytest.mark.parametrize("limit", ["sh:lessThan :q", "sh:lessThanOrEquals :q"])
@pytest.mark.parametrize(
    "data", [':x a :C ; :p 1 ; :q "no"^^xsd:date .', ':x a :C ; :p "n"^^xsd:int ; :q 1 .']
)
def test_what_cannot_be_compared_is_a_violation_and_stays_as_it_is(
    tmp_path: Path, limit: str, data: str
) -> None:
    shapes = f":s a sh:PropertyShape ; sh:targetClass :C ; sh:path :p ; {limit} ."
    assert wrong(tmp_path, shapes, data + ":x a :C .") == [("http://a/x", "http://a/p")]


def test_what_is_none_of_its_datatype_is_no_text_either(tmp_path: Path) -> None:
    shapes = ":s a sh:PropertyShape ; sh:targetClass :C ; sh:path :p ; sh:datatype xsd:string ."
    assert wrong(tmp_path, shapes, ':x a :C ; :p "many"^^xsd:integer .') == [("http://a/x", "http://a/p")]


@pytest.mark.parametrize(
    ("query", "why"),
    [
        (
            "SELECT $this WHERE { service\nSILENT <http://127.0.0.1:9/> { $this ?p ?o } }",
            "SERVICE in a query",
        ),
        ("SELECT $this WHERE { $this $PATH* ?o . ?o ?p ?s SERVICE ?s { $this ?p ?o } }", "SERVICE"),
        ("SELECT $this FROM <file:///etc/hostname> WHERE { $this ?p ?o }", "FROM in a query"),
        ("SELECT $this WHERE { $this ?p ?o MINUS { $this :p 1 } }", "MINUS"),
        ("SELECT $this WHERE { { SELECT ?o WHERE { ?s ?p ?o } } }", "nested SELECT"),
        ("SELECT $this WHERE { BIND (1 AS ?this) }", "re-bind"),
        ("SELECT nothing", "Expected"),
        ("SELECT $this WHERE { $this none:p ?o }", "none"),
        ("ASK { $this ?p ?o }", "TypeError"),
    ],
)
@pytest.mark.parametrize("kind", ["", "a sh:SPARQLConstraint ; "])
def test_a_query_that_fetches_or_has_no_meaning_in_a_shape_is_refused(
    tmp_path: Path, kind: str, query: str, why: str
) -> None:
    shapes = f':s a sh:NodeShape ; sh:targetClass :C ; sh:sparql [ {kind}sh:select """{query}""" ] .'
    with pytest.raises(KgError, match=f"the shapes cannot be used: .*{why}"):
        wrong(tmp_path, shapes)


@pytest.mark.parametrize("row", formats_of("graph"), ids=lambda row: row.name)
def test_the_report_can_be_had_in_each_format_and_is_the_same_each_time(tmp_path: Path, row: object) -> None:
    shapes = turtle(
        tmp_path / "shapes.ttl",
        ":s a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path ( :q :r ) ; sh:minCount 1 ] .",
    )
    written = [
        write_graph(
            judge(list(ox.parse(PREFIXES + DATA, format=ox.RdfFormat.TURTLE)), shapes).report,
            row.name,
            blank_nodes=True,
        )
        for _ in range(2)
    ]
    assert written[0] == written[1]
    read = rdflib.Dataset(default_union=True).parse(data=written[0], format=row.media_type)
    assert set(read.objects(None, SH.focusNode)) == {rdflib.URIRef("http://a/x")}


_TERMS = st.sampled_from(
    [":C", ":x", ":p", ":s", ":t", "1", '"many"^^xsd:integer', '"["', "true", "sh:IRI", "( :p :q )", "()",
     "[ sh:path :p ]", "[ sh:minCount 1 ]", "( [ sh:minLength 3 ] )", "[ sh:inversePath :p ]", "xsd:date",
     "[ sh:select 'SELECT $this WHERE { $this :p ?value }' ]", "[ sh:zeroOrMorePath :q ]", '"x"@en']
)  # fmt: skip
_PROPERTIES = st.sampled_from(
    ["a", "sh:path", "sh:targetClass", "sh:targetNode", "sh:targetSubjectsOf", "sh:property", "sh:node",
     "sh:minCount", "sh:maxCount", "sh:datatype", "sh:class", "sh:nodeKind", "sh:pattern", "sh:flags",
     "sh:minLength", "sh:minInclusive", "sh:lessThan", "sh:equals", "sh:in", "sh:hasValue", "sh:not", "sh:or",
     "sh:xone", "sh:closed", "sh:qualifiedValueShape", "sh:qualifiedMinCount", "sh:sparql", "sh:uniqueLang",
     "sh:severity", "sh:message", "sh:deactivated", "sh:languageIn", "sh:prefixes", "sh:select"]
)  # fmt: skip


@given(
    shapes=st.lists(st.tuples(st.sampled_from([":s", ":t"]), _PROPERTIES, _TERMS), max_size=8),
    data=st.lists(st.tuples(st.sampled_from([":x", "_:b"]), st.sampled_from(["a", ":p", ":q"]), _TERMS)),
)
def test_any_shapes_end_in_a_report_or_in_one_line(
    shapes: list[tuple[str, ...]], data: list[tuple[str, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    def written(triples: list[tuple[str, ...]], more: str) -> str:
        return PREFIXES + more + "".join(f"{' '.join(triple)} .\n" for triple in triples)

    path = tmp_path_factory.getbasetemp() / "any.ttl"
    path.write_text(written(shapes, ":s a sh:NodeShape ; sh:targetClass :C ; sh:property :t .\n"))
    quads = list(ox.parse(written(data, ":x a :C .\n"), format=ox.RdfFormat.TURTLE))
    try:
        judged = judge(quads, path)
    except KgError as error:
        assert "\n" not in str(error)
    else:
        conforms = ox.Literal(not judged.violations)
        assert conforms in {quad.object for quad in judged.report}


def test_pyshacl_alone_finds_in_the_exports_what_the_command_finds() -> None:
    """With ontology/shapes.ttl, over all the files of exports/, of which every 300th statement is another.

    But for those that the command always adds from its own vocabularies: spoiled ones are whole to it.
    """
    import pyshacl

    files = sorted((ROOT / "exports").glob("*.ttl"))
    quads = [quad for _, quads in read_files(files) for quad in quads]
    added = {ox.NamedNode(iri) for iri in validation._BACKGROUND}
    for at in range(7, len(quads), 300):
        if quads[at].predicate in added:
            continue
        spoiled = ox.Quad(quads[at].subject, quads[at].predicate, ox.Literal("something else"))
        quads[at] = spoiled
    alone = rdflib.Graph().parse(data=write_graph(quads, "ntriples"), format="nt")
    shapes = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")
    _, report, _ = pyshacl.validate(alone, shacl_graph=shapes, inference="none")
    ours = parsed(write_graph(judge(quads).report, "turtle", blank_nodes=True))
    found = [results(graph, graph.value(None, RDF.type, SH.ValidationReport)) for graph in (report, ours)]
    assert found[0] == found[1]
    assert len(found[0]) > 50


@pytest.mark.parametrize(
    "rule",
    [
        "sh:property [ sh:path :p ; sh:pattern '^(a+)+$' ]",
        "sh:sparql [ sh:message 'x' ; sh:select "
        "\"SELECT $this { $this :p ?v FILTER regex(?v, '^(a+)+$') }\" ]",
    ],
)
def test_shapes_of_somebody_else_take_no_longer_than_they_may(tmp_path: Path, rule: str) -> None:
    prefixes = "@prefix : <http://x/> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
    prefixes += ":o sh:declare [ sh:prefix '' ; sh:namespace 'http://x/' ] . " if "select" in rule else ""
    rule = rule.replace("sh:message", "sh:prefixes :o ; sh:message")
    (tmp_path / "shapes.ttl").write_text(f"{prefixes} :S a sh:NodeShape ; sh:targetNode :a ; {rule} .")
    (tmp_path / "data.ttl").write_text(f"{prefixes} :a :p '{'a' * 60}!' .")
    arguments = ["-q", "validate", "data.ttl", "--shapes", "shapes.ttl", "--timeout", "1"]
    command = [sys.executable, "-m", "kg", *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "kg: shapes.ttl: not analysed within 1 seconds: made to be slow, or damaged\n"
