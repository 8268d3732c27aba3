"""Writers of graphs, and the table of formats."""

from __future__ import annotations

import random
import re

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kg.graph.writing import write_graph
from kg.graph.writing.ntriples import to_nquads, to_ntriples
from kg.graph.writing.order import natural_key
from kg.graph.writing.turtle import quoted, to_trig, to_turtle
from kg.model.errors import CannotUnderstand, Unknown
from kg.model.formats import FORMATS, Format, format_for_path, format_named, formats_of
from kg.model.vocab import BASE, KG, RDF, XSD

EX = "https://kg.example/report/x/"
GRAPHS = formats_of("graph")
SYNTAX = {
    "turtle": "turtle",
    "trig": "trig",
    "ntriples": "nt",
    "nquads": "nquads",
    "jsonld": "json-ld",
    "rdfxml": "xml",
}


def triple(subject: str, predicate: str, value: object) -> ox.Triple:
    obj = ox.NamedNode(value) if isinstance(value, str) else value
    assert isinstance(obj, ox.NamedNode | ox.Literal | ox.BlankNode)
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), obj)


def number(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(datatype))


def read_back(data: bytes, row: Format) -> set[ox.Triple]:
    syntax = ox.RdfFormat.from_media_type(row.media_type)
    return {quad.triple for quad in ox.parse(data, format=syntax)}


def read_by_rdflib(data: bytes, row: Format) -> rdflib.Graph:
    dataset = rdflib.Dataset(default_union=True)
    if row.named_graphs:
        dataset.parse(data=data, format=SYNTAX[row.name])
        graph = rdflib.Graph()
        for s, p, o, _ in dataset.quads():
            graph.add((s, p, o))
        return graph
    return rdflib.Graph().parse(data=data, format=SYNTAX[row.name])


# --- the table ---------------------------------------------------------------------------------------


def test_names_and_extensions_are_unique_within_a_kind() -> None:
    for kind in ("graph", "results", "network"):
        rows = formats_of(kind)
        names = [name for row in rows for name in (row.name, *row.others)]
        assert len(names) == len(set(names))
        assert len({row.extension for row in rows}) == len(rows)


def test_every_graph_format_is_known_to_the_engine() -> None:
    for row in GRAPHS:
        syntax = ox.RdfFormat.from_media_type(row.media_type)
        assert syntax is not None
        assert syntax.supports_datasets == row.named_graphs


@pytest.mark.parametrize("row", FORMATS)
def test_a_format_is_found_by_name_by_other_names_and_by_path(row: Format) -> None:
    assert format_named(row.name.upper(), row.kind) is row
    assert all(format_named(other, row.kind) is row for other in row.others)
    assert not row.extension or format_for_path(f"some.thing{row.extension}", row.kind) is row


def test_an_unknown_format_proposes_a_close_one() -> None:
    with pytest.raises(Unknown, match='did you mean "turtle"'):
        format_named("turtel", "graph")


def test_an_unknown_extension_lists_the_known_ones() -> None:
    with pytest.raises(Unknown, match=r"x\.doc: .*\.ttl"):
        format_for_path("x.doc", "graph")


# --- Turtle ------------------------------------------------------------------------------------------


def test_turtle_is_sorted_with_a_first_and_natural_numbers() -> None:
    triples = [
        triple(EX + "figure-10", KG.value, number("1.5", XSD.decimal)),
        triple(EX + "figure-10", RDF.type, KG.Figure),
        triple(EX + "figure-10", KG.comparedWith, EX + "figure-12"),
        triple(EX + "figure-10", KG.comparedWith, EX + "figure-2"),
        triple(EX + "figure-2", RDF.type, KG.Figure),
    ]
    expected = """\
@prefix kg: <https://kg.example/ontology#> .
@prefix r: <https://kg.example/report/x/> .

r:figure-2 a kg:Figure .

r:figure-10 a kg:Figure ;
    kg:comparedWith r:figure-2 ,
        r:figure-12 ;
    kg:value 1.5 .
"""
    assert to_turtle(triples, {"kg": KG.iri, "r": EX, "unused": "http://example.org/"}).decode() == expected


def test_turtle_does_not_depend_on_order_or_repeats() -> None:
    triples = [
        triple(EX + f"a{n}", KG.value, number(str(m), XSD.integer)) for n in range(20) for m in range(5)
    ]
    shuffled = triples * 2
    random.Random(1).shuffle(shuffled)
    assert to_turtle(shuffled) == to_turtle(triples)


@pytest.mark.parametrize(
    ("literal", "written"),
    [
        (number("16", XSD.integer), "16"),
        (number("016", XSD.integer), "016"),
        (number("1.50", XSD.decimal), "1.50"),
        (number("16", XSD.decimal), '"16"^^xsd:decimal'),
        (number("1.", XSD.decimal), '"1."^^xsd:decimal'),
        (number("1e6", XSD.double), "1e6"),
        (number("INF", XSD.double), '"INF"^^xsd:double'),
        (number("true", XSD.boolean), "true"),
        (number("1", XSD.boolean), '"1"^^xsd:boolean'),
        (number("many", XSD.integer), '"many"^^xsd:integer'),
        (ox.Literal("Heddlu", language="cy"), '"Heddlu"@cy'),
        (ox.Literal('say "no"\\\r\n\t\x00\x7f'), '"say \\"no\\"\\\\\\r\\n\\t\\u0000\\u007F"'),
    ],
)
def test_literals_are_bare_only_where_nothing_is_lost(literal: ox.Literal, written: str) -> None:
    assert f"<http://a/p> {written} ." in to_turtle([triple("http://a/s", "http://a/p", literal)]).decode()


@pytest.mark.parametrize("local", ["a/b", "a.", "-a", "é", "", "a:b", "a%20b", "a'b"])
def test_a_local_name_that_is_not_plain_is_written_in_full(local: str) -> None:
    assert f"<{EX}{local}>" in to_turtle([triple(EX + local, RDF.type, KG.Figure)], {"r": EX}).decode()


def test_the_longest_prefix_wins() -> None:
    prefixes = {"b": BASE, "r": EX}
    assert b"r:a a" in to_turtle([triple(EX + "a", RDF.type, KG.Figure)], prefixes)


def test_a_bad_prefix_is_refused() -> None:
    with pytest.raises(CannotUnderstand, match="cannot be a prefix"):
        to_turtle([], {"1 2": EX})


def test_a_blank_node_is_refused_unless_allowed() -> None:
    triples = [triple(EX + "a", KG.report, ox.BlankNode("x1"))]
    with pytest.raises(CannotUnderstand, match="blank node"):
        to_turtle(triples)
    assert b"_:c14n0" in to_turtle(triples, blank_nodes=True)


def test_allowed_blank_nodes_do_not_depend_on_their_names() -> None:
    def cycle(*names: str) -> list[ox.Triple]:
        nodes = [ox.BlankNode(name) for name in names]
        pairs = zip(nodes, [*nodes[1:], nodes[0]], strict=True)
        start = ox.Triple(nodes[0], ox.NamedNode(KG.label), ox.Literal("first"))
        return [start, *(ox.Triple(a, ox.NamedNode(KG.previous), b) for a, b in pairs)]

    assert to_turtle(cycle("a", "b", "c"), blank_nodes=True) == to_turtle(
        cycle("z", "y", "x"), blank_nodes=True
    )


def test_a_triple_inside_a_triple_is_refused() -> None:
    inner = triple(EX + "a", KG.value, ox.Literal("1"))
    with pytest.raises(CannotUnderstand, match="triple inside a triple"):
        to_turtle([ox.Triple(ox.NamedNode(EX + "b"), ox.NamedNode(KG.evidence), inner)])


def test_trig_has_the_default_graph_first_and_graphs_in_natural_order() -> None:
    def quad(graph: str | None) -> ox.Quad:
        name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
        return ox.Quad(ox.NamedNode(EX + "a"), ox.NamedNode(RDF.type), ox.NamedNode(KG.Figure), name)

    text = to_trig([quad(BASE + "graph/g10"), quad(BASE + "graph/g2"), quad(None)]).decode()
    assert text.index("\n<") < text.index("graph:g2 {") < text.index("graph:g10 {")


def test_n_triples_are_one_sorted_line_each() -> None:
    lines = to_ntriples([triple(EX + n, KG.label, ox.Literal("a\nb")) for n in "cab"]).splitlines()
    assert lines == sorted(lines) and len(lines) == 3


def test_natural_keys_of_different_texts_differ() -> None:
    assert natural_key("a1") != natural_key("a01")
    assert natural_key("a" + "9" * 5000) < natural_key("a1" + "0" * 5000)


# --- all formats -------------------------------------------------------------------------------------


def test_json_ld_is_readable_and_brings_its_context() -> None:
    triples = [
        triple(EX + "f", RDF.type, KG.Figure),
        triple(EX + "f", KG.value, number("1.5", XSD.decimal)),
        triple(EX + "f", KG.evidence, EX + "span-1"),
        triple(EX + "f", KG.derived, number("false", XSD.boolean)),
    ]
    expected = """\
{
 "@context": {
  "@base": "https://kg.example/",
  "@vocab": "https://kg.example/ontology#",
  "xsd": "http://www.w3.org/2001/XMLSchema#",
  "evidence": {
   "@type": "@id"
  },
  "value": {
   "@type": "xsd:decimal"
  }
 },
 "@graph": [
  {
   "@id": "report/x/f",
   "@type": "Figure",
   "derived": false,
   "evidence": "report/x/span-1",
   "value": "1.5"
  }
 ]
}
"""
    assert write_graph(triples, "jsonld").decode() == expected


def test_rdf_xml_refuses_what_xml_cannot_hold() -> None:
    with pytest.raises(CannotUnderstand, match=r"U\+0001"):
        write_graph([triple(EX + "a", KG.label, ox.Literal("\x01"))], "rdfxml")
    with pytest.raises(CannotUnderstand, match="XML name"):
        write_graph([triple(EX + "a", "http://a/1", ox.Literal("x"))], "rdfxml")


def test_a_format_for_results_cannot_write_a_graph() -> None:
    with pytest.raises(Unknown, match="no format"):
        write_graph([], "csv")


texts = st.text(max_size=20) | st.text(
    "\x00\x07\x1f\x7f\x85\xa0\u2028\ufeff\ufffe\U0010ffff\"\\\r\n\t <&>'@^", max_size=8
)
xml_texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\r\n\t"), max_size=20
).filter(lambda text: not set(text) & {"\ufffe", "\uffff"})
iris = st.sampled_from(
    [
        EX + "a",
        EX + "a/b",
        EX + "é",
        EX + "a.",
        BASE + "x#y",
        BASE,
        KG.Figure,
        KG.value,
        KG.area,
        "urn:x:y",
        "http://a/?q=1&r='2'",
    ]
)
datatypes = st.sampled_from([XSD.integer, XSD.decimal, XSD.boolean, XSD.date, XSD.string, EX + "own"])
predicates = st.sampled_from(
    [KG.value, KG.area, KG.label, KG.derived, KG.due, KG.order, RDF.type, EX + "own", "http://a/b#c"]
)
numbers = st.sampled_from(
    ["1", "-1", "01", "1.0", ".5", "1.", "true", "false", "2023-04-01", "10000000000000000", "x"]
)


def literals(words: st.SearchStrategy[str]) -> st.SearchStrategy[ox.Literal]:
    return (
        words.map(ox.Literal)
        | st.builds(lambda t: ox.Literal(t, language="en"), words)
        | st.builds(number, numbers | words, datatypes)
    )


def triples_with(words: st.SearchStrategy[str]) -> st.SearchStrategy[list[ox.Triple]]:
    objects = iris.map(ox.NamedNode) | literals(words)
    return st.lists(st.builds(triple, iris, predicates, objects), max_size=8)


@settings(max_examples=150, deadline=None)
@given(triples_with(texts))
@pytest.mark.parametrize("row", [row for row in GRAPHS if row.name != "rdfxml"], ids=lambda row: row.name)
def test_what_is_written_reads_back_the_same(row: Format, triples: list[ox.Triple]) -> None:
    data = write_graph(triples, row.name)
    assert read_back(data, row) == set(triples)
    assert data == write_graph(triples[::-1], row.name)


def said_to_be_nameless_alone(triples: list[ox.Triple]) -> bool:
    """Whether of some subject nothing is said but classes whose IRI ends in no XML name."""
    nameless = [t.subject for t in triples if t.predicate.value == RDF.type and not is_named(t.object)]
    said = [t.subject for t in triples if t.predicate.value != RDF.type or is_named(t.object)]
    return not set(nameless) <= set(said)


def is_named(term: object) -> bool:
    return isinstance(term, ox.NamedNode) and re.search(r"[A-Za-z_][\w.-]*$", term.value) is not None


def test_rdf_xml_has_classes_without_a_name_where_more_is_said_and_refuses_them_else() -> None:
    thing, nameless = ox.NamedNode(EX + "a"), ox.NamedNode(BASE)
    typed = ox.Triple(thing, ox.NamedNode(RDF.type), nameless)
    more = ox.Triple(thing, ox.NamedNode(KG.label), ox.Literal("a"))
    row = format_named("rdfxml", "graph")
    assert read_back(write_graph([typed, more], "rdfxml"), row) == {typed, more}
    with pytest.raises(CannotUnderstand, match="cannot write the class"):
        write_graph([typed], "rdfxml")


@settings(max_examples=150, deadline=None)
@given(triples_with(xml_texts))
def test_rdf_xml_reads_back_the_same(triples: list[ox.Triple]) -> None:
    assume(not said_to_be_nameless_alone(triples))
    assert read_back(write_graph(triples, "rdfxml"), format_named("rdfxml", "graph")) == set(triples)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.builds(triple, iris.filter(lambda i: " " not in i), predicates, iris | xml_texts.map(ox.Literal)),
        max_size=6,
    )
)
@pytest.mark.parametrize("row", GRAPHS, ids=lambda row: row.name)
def test_rdflib_reads_the_same_graph(row: Format, triples: list[ox.Triple]) -> None:
    assume(row.name != "rdfxml" or not said_to_be_nameless_alone(triples))
    expected = rdflib.Graph().parse(data=to_ntriples(triples), format="nt")
    assert isomorphic(read_by_rdflib(write_graph(triples, row.name), row), expected)


@given(texts)
def test_a_quoted_text_stays_on_one_line(text: str) -> None:
    assert len((quoted(text) + "x").splitlines()) == 1


def test_quads_keep_their_graphs_in_formats_that_have_them() -> None:
    quads = {
        ox.Quad(
            ox.NamedNode(EX + s), ox.NamedNode(KG.label), ox.Literal(s), ox.NamedNode(BASE + "graph/" + g)
        )
        for s in "ab"
        for g in "xy"
    }
    for row in GRAPHS:
        if row.named_graphs:
            syntax = ox.RdfFormat.from_media_type(row.media_type)
            assert set(ox.parse(write_graph(quads, row.name), format=syntax)) == quads
    assert set(ox.parse(to_nquads(quads), format=ox.RdfFormat.N_QUADS)) == quads
