"""The service description of the endpoint (SPARQL 1.1 Service Description), with its limits."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.model.formats import format_named
from kg.model.vocab import DCT, RDF, RDFS, VOID, XSD
from kg.serving.protocol.dataset import Served
from kg.serving.settings import Settings

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "TriG", "N-Triples", "N-Quads", "JSON-LD", "RDF_XML",
)  # fmt: skip
_PREFIXES = {
    "sd": SD, "formats": FORMATS, "dct": DCT.iri, "rdf": RDF.iri, "rdfs": RDFS.iri, "void": VOID.iri,
}  # fmt: skip
_GRAPHS_NAMED = 1000
"""At most so many graphs are listed."""


def describe_service(served: Served, settings: Settings, format: str) -> bytes:
    """The description in a graph format. Every IRI is made from the configured address."""
    syntax = ox.RdfFormat.from_media_type(format_named(format, "graph").media_type)
    return ox.serialize(_triples(served, settings), format=syntax, prefixes=_PREFIXES) or b""


def limits(settings: Settings) -> str:
    """The limits in words, for people."""
    return (
        f"Read-only. A query may take {settings.timeout:g} seconds and {settings.memory} MiB memory, "
        f"a result may have {settings.max_result} MiB and a request {settings.max_request} MiB. "
        "A query over a limit gets 503 with the reason; a result that is cut later ends with a broken "
        "connection, never silently. "
        "SERVICE is switched off."
    )


def default_graph_in_words(served: Served) -> str:
    """What a query sees that names no graph."""
    if served.folder is not None and served.union:
        return "The union of all named graphs; a triple that several graphs hold counts once for each."
    if served.union:
        return "The union of all named graphs, each triple once."
    return "The default graph of the data; named graphs are reached with GRAPH or FROM."


def _triples(served: Served, settings: Settings) -> Iterator[ox.Triple]:
    service = settings.url + "/sparql"
    yield _link(service, RDF.type, SD + "Service")
    yield _link(service, SD + "endpoint", service)
    yield _link(service, SD + "supportedLanguage", SD + "SPARQL11Query")
    for name in _RESULT_FORMATS:
        yield _link(service, SD + "resultFormat", FORMATS + name)
    if served.union:
        yield _link(service, SD + "feature", SD + "UnionDefaultGraph")
    yield _text(service, DCT.title, "Inspection findings")
    yield _text(service, RDFS.comment, limits(settings))
    yield _link(service, SD + "defaultDataset", service + "#dataset")
    yield from _dataset(served, service)


def _dataset(served: Served, service: str) -> Iterator[ox.Triple]:
    dataset, default = service + "#dataset", service + "#default-graph"
    yield _link(dataset, RDF.type, SD + "Dataset")
    yield _link(dataset, SD + "defaultGraph", default)
    yield _link(default, RDF.type, SD + "Graph")
    yield _text(default, RDFS.comment, default_graph_in_words(served))
    yield _count(default, served.triples)
    for number, (name, size) in enumerate(served.graphs[:_GRAPHS_NAMED], 1):
        named, graph = f"{service}#named-graph-{number}", f"{service}#graph-{number}"
        yield _link(dataset, SD + "namedGraph", named)
        yield _link(named, RDF.type, SD + "NamedGraph")
        yield _link(named, SD + "name", name)
        yield _link(named, SD + "graph", graph)
        yield _link(graph, RDF.type, SD + "Graph")
        yield _count(graph, size)


def _link(subject: str, predicate: str, object: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(object))


def _text(subject: str, predicate: str, value: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.Literal(value, language="en"))


def _count(subject: str, number: int) -> ox.Triple:
    value = ox.Literal(str(number), datatype=ox.NamedNode(XSD.integer))
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(VOID.triples), value)
