"""Any text as a value, any number as an offset: well-formed in every format, or one clear line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.asking.analysis import diff
from kg.asking.network.whole_network import whole_network
from kg.asking.results import Results, write
from kg.asking.search import search
from kg.asking.sparql import query
from kg.model.errors import KgError
from kg.model.formats import formats_of
from kg.model.vocab import BASE, DCT, KG, OA, RDF, SKOS, XSD
from kg.serving.http.messages import Request
from kg.serving.protocol.dataset import Served
from kg.serving.settings import Settings
from kg.serving.site import Site

TEXTS = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("\0\x01\x0b\x0c\x1b\x1f\x7f\x85\ufffe\uffff\u2028\u202e\r\n\t|`\"'<>&]],;=\\"),
    ),
    max_size=12,
)
ONE = ox.NamedNode("https://kg.example/id/unit/one")


def xml(content: bytes) -> None:
    ElementTree.fromstring(content)


def lines(content: bytes) -> None:
    assert len(content.decode().rstrip("\n").split("\n")) == 3


def tsv(content: bytes) -> None:
    assert [line.count("\t") for line in content.decode().rstrip("\n").split("\n")] == [1, 1]


def rows(content: bytes) -> None:
    found = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [len(row) for row in found] == [2, 2]


def workbook(content: bytes) -> None:
    assert openpyxl.load_workbook(io.BytesIO(content)).active.max_row == 2


def rdf(name: str) -> Callable[[bytes], None]:
    syntax = {"turtle": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "ntriples": ox.RdfFormat.N_TRIPLES,
              "nquads": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD,
              "rdfxml": ox.RdfFormat.RDF_XML}[name]  # fmt: skip

    def read(content: bytes) -> None:
        assert len(list(ox.parse(content, format=syntax, base_iri=BASE))) == 1

    return read


RESULTS: dict[str, Callable[[bytes], Any]] = {
    "csv": rows, "tsv": tsv, "json": json.loads, "xml": xml, "spreadsheet": rows, "xlsx": workbook,
    "markdown": lines, "table": lines,
}  # fmt: skip
NETWORKS: dict[str, Callable[[str], Any]] = {
    "graphml": lambda text: xml(text.encode()),
    "gexf": lambda text: xml(text.encode()),
    "json": json.loads,
}


def test_every_format_is_looked_at() -> None:
    assert RESULTS.keys() == {row.name for row in formats_of("results")}
    assert {"graphml", "gexf"} <= {row.name for row in formats_of("network") if row.whole}


def well_formed(make: Callable[[], Any], check: Callable[[Any], Any]) -> None:
    try:
        written = make()
    except KgError as error:
        assert "\n" not in str(error)
    else:
        check(written)


@given(TEXTS)
@example("a\x01b")
@example("\ufffe")
def test_rows_with_any_text_are_well_formed(text: str) -> None:
    for name, check in RESULTS.items():
        found = Results(("thing", "text"), ((ONE, ox.Literal(text)),))
        well_formed(lambda found=found, name=name: write(found, name), check)


@given(TEXTS)
@example("a\x01b")
def test_graphs_with_any_text_are_well_formed(text: str) -> None:
    found = Results(triples=(ox.Triple(ONE, ox.NamedNode(SKOS.prefLabel), ox.Literal(text)),))
    for row in formats_of("graph"):
        well_formed(lambda row=row: write(found, row.name), rdf(row.name))


@settings(max_examples=settings().max_examples // 4)
@given(TEXTS)
@example("a\x01b")
def test_networks_with_any_text_are_well_formed(text: str) -> None:
    store = dataset("0", "4", text)
    rows = {row.name: row.writer for row in formats_of("network")}
    for name, check in NETWORKS.items():
        if name in ("graphml", "gexf"):
            well_formed(lambda name=name: rows[name](whole_network(store, None)), check)


# --- offsets -------------------------------------------------------------------------------------------

OFFSETS = st.one_of(
    st.none(),
    st.sampled_from(["", "abc", "-1", "1.5", "1e3", "٣", "²", "9" * 20, "9" * 5000, "NaN", " 3", "+3"]),
    st.integers().map(str),
)


def dataset(start: str | None, end: str | None, words: str = "some words") -> ox.Store:
    """A report with a passage, and a finding that rests on it, whose selector has these offsets."""
    report = BASE + "report/a"
    passage, finding, selector = (f"{report}/{part}" for part in ("passage-1", "finding-x", "selector-1"))
    force = BASE + "id/force/kent"

    def said(subject: str, *pairs: tuple[str, str | ox.Literal | None]) -> Iterable[ox.Quad]:
        for predicate, value in pairs:
            if value is not None:
                term = value if isinstance(value, ox.Literal) else ox.NamedNode(value)
                yield ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), term)

    def number(text: str | None) -> ox.Literal | None:
        return None if text is None else ox.Literal(text, datatype=ox.NamedNode(XSD.integer))

    store = ox.Store()
    name = ox.Literal(words)
    for quads in (
        said(report, (RDF.type, KG.Report), (DCT.identifier, ox.Literal("a")), (DCT.title, name),
             (KG.inspectedBody, force)),
        said(force, (RDF.type, KG.PoliceForce), (SKOS.prefLabel, ox.Literal("Kent Police"))),
        said(passage, (RDF.type, KG.Passage), (KG.report, report), (OA.hasSelector, selector),
             (KG.mentions, force), (KG.order, number("1"))),
        said(finding, (RDF.type, KG.Finding), (KG.report, report), (KG.evidence, passage),
             (KG.heading, name), (KG.supportedBy, passage), (KG.polarity, KG.Negative)),
        said(selector, (OA.start, number(start)), (OA.end, number(end)), (OA.exact, name)),
    ):  # fmt: skip
        store.extend(quads)
    return store


@settings(max_examples=settings().max_examples // 4, deadline=None)
@given(OFFSETS, OFFSETS)
@example("9" * 5000, "9" * 5000)
@example(None, None)
@example("abc", "99999999999999999999")
def test_data_with_any_offsets_are_answered(start: str | None, end: str | None) -> None:
    store = dataset(start, end)
    for work in (
        lambda: search("words", store),
        lambda: diff(store, dataset("0", "4")),
        lambda: whole_network(store, None),
        lambda: query("findings", store=store),
    ):
        well_formed(work, lambda _: None)
    site = Site(Served(store), Settings())
    for path in ("/search?q=words", "/search.json?q=words", "/report/a.html", "/report/a/read",
                 "/report/a/finding-x.html", "/report/a/passage-1.html", "/id/force/kent.html"):  # fmt: skip
        assert site.respond(Request("GET", path, {"host": "localhost", "accept": "text/html"})).status < 500


@pytest.mark.parametrize("name", ["grades", "findings", "evidence"])
def test_a_value_of_any_length_is_refused_before_it_is_compared(name: str) -> None:
    with pytest.raises(KgError, match="longer than 1,000 characters"):
        query(name, store=dataset("0", "4"), params={"force": "x" * 60_000})
