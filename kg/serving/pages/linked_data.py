"""The IRIs of the data as addresses: 303 to a description, the descriptions as RDF, the dataset's own."""

from __future__ import annotations

from urllib.parse import unquote

import pyoxigraph as ox

from kg.graph.writing import write_graph
from kg.model.formats import Format, format_named, formats_of
from kg.model.iris import base_of, dataset_iri, graph_iri, graph_of, is_graph, prefixes_for
from kg.model.vocab import VOID, local_name
from kg.serving.http.messages import Refusal, Request, Response
from kg.serving.http.negotiation import choose, offered_formats
from kg.serving.pages import queries
from kg.serving.pages.queries import bound
from kg.serving.pages.rendering import WEB_PAGE, bases, local_address, page, with_html
from kg.serving.pages.source import PageSource
from kg.serving.pages.thing_page import thing_page
from kg.serving.protocol.protocol import read_named


def thing(site: PageSource, request: Request) -> Response | None:
    """What an IRI of the data stands for: 303 to a description in the format that Accept likes best."""
    path, suffix = _split(request.path)
    if suffix is None:
        if _iri_of(site, path) is None:
            return None
        row = choose(request.headers.get("accept"), with_html(offered_formats("graph")))
        if row is None:
            raise Refusal(406, "There is a web page, Turtle, JSON-LD, N-Triples and RDF/XML of this.")
        if row.name != WEB_PAGE.name:
            read_named(request.query, ())
        return Response(303, headers=(("Location", local_address(unquote(path)) + row.extension),))
    if suffix.name == "html" and not is_graph(path):
        pages = (thing_page(site, path, iri) for iri in iris_at(site, path))
        return next(filter(None, pages), None)
    iri = _iri_of(site, path)
    if iri is None:
        return None
    if suffix.name != WEB_PAGE.name:
        read_named(request.query, ())
    if suffix.name == "html":
        size = dict(site.served.graphs).get(iri)
        values = {"title": local_name(path), "iri": iri, "path": path, "size": size}
        return page("graph.html", {**values, "formats": formats_of("graph")})
    if is_graph(path):
        return _rdf(_graph(site, iri), suffix, [iri])
    if path == "/ontology":
        return _rdf(_graph(site, graph_iri("ontology", iri.removesuffix("ontology"))), suffix, [])
    graph = graph_of(iri)
    triples = site.ask(bound(queries.DESCRIPTION, thing=iri)).triples or ()
    return _rdf(list(triples), suffix, [graph] if graph else [])


def void(site: PageSource, request: Request) -> Response:
    """The dataset's description (https://www.w3.org/TR/void/#well-known)."""
    graphs = (graph_iri("dataset", base) for base in bases(site))
    graph = next((iri for iri in graphs if _has_graph(site, iri)), None)
    triples = _graph(site, graph) if graph else []
    dataset = ox.NamedNode(dataset_iri(str(base_of(graph))) if graph else site.settings.url + "/#dataset")
    endpoint = ox.NamedNode(site.settings.url + "/sparql")
    triples.append(ox.Triple(dataset, ox.NamedNode(VOID.sparqlEndpoint), endpoint))
    accept = request.headers.get("accept", "")
    row = None if "text/html" in accept else choose(accept, offered_formats("graph"))
    return _rdf(triples, row or format_named("turtle", "graph"), [])


def iris_at(site: PageSource, path: str) -> list[str]:
    """The IRIs that a path may stand for, one a base of the data."""
    local = unquote(path.removeprefix("/"))
    try:
        return [ox.NamedNode(base + local).value for base in bases(site)] if local else []
    except ValueError:
        return []


def _split(path: str) -> tuple[str, Format | None]:
    for row in (WEB_PAGE, *formats_of("graph")):
        if path.endswith(row.extension):
            return path.removesuffix(row.extension), row
    return path, None


def _iri_of(site: PageSource, path: str) -> str | None:
    """The IRI that this path stands for, if the data say anything of it."""
    for iri in iris_at(site, path):
        if _has_graph(site, iri) if is_graph(path) else site.ask(f"ASK {{ {ox.NamedNode(iri)} ?p ?o }}"):
            return iri
    return None


def _has_graph(site: PageSource, iri: str) -> bool:
    if site.settings.endpoint is None:
        return any(name == iri for name, _ in site.served.graphs)
    return bool(site.ask(f"ASK {{ GRAPH {ox.NamedNode(iri)} {{ ?s ?p ?o }} }}"))


def _graph(site: PageSource, iri: str) -> list[ox.Triple]:
    return list(site.ask(bound(queries.GRAPH, graph=iri)).triples or ())


def _rdf(triples: list[ox.Triple], row: Format, graphs: list[str]) -> Response:
    """Triples in a format; the statements of ``graphs`` get a prefix."""
    prefixes = prefixes_for(graphs)
    quads = [ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples]
    body = write_graph(quads, row.name, prefixes, blank_nodes=True)
    charset = "; charset=utf-8" if row.media_type.startswith("text/") else ""
    return Response(200, row.media_type + charset, body, cacheable=True)
