"""The statements of a dataset as a store: from the folder of a store, from RDF files or from an endpoint."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.asking.sparql import STORE, StoreLike, ask_store, load_data
from kg.asking.sparql.endpoint import ask_endpoint
from kg.asking.sparql.parameters import iri_of
from kg.graph.rdf_files import Files, rdf_files
from kg.graph.store import open_store
from kg.model.errors import Ambiguous, CannotRead, Unknown

_REPORTS = """
SELECT DISTINCT ?report ?id ?title ?graph WHERE {
  GRAPH ?graph { ?report a kg:Report ; dct:identifier ?id . OPTIONAL { ?report dct:title ?title } }
} ORDER BY ?id ?graph
"""
_GRAPHS = """
PREFIX void: <http://rdfs.org/ns/void#>
SELECT DISTINCT ?graph ?part WHERE {
  GRAPH ?graph { ?dataset a void:Dataset ; void:subset ?part }
}
"""


@dataclass(frozen=True, slots=True)
class FoundReport:
    """A report of a dataset and the graph that its statements are in."""

    iri: str
    id: str
    title: str
    graph: str


def open_source(store: StoreLike = None, data: Files | None = None, endpoint: str | None = None) -> ox.Store:
    """What is to be read: ``endpoint`` (its URL), else ``data`` (RDF files), else ``store`` (default:
    ``store``). Raises CannotRead and what ``kg.asking.sparql.load_data`` raises."""
    if endpoint is not None:
        return fetch(endpoint)
    if data is not None:
        return load_data(data)
    return store if isinstance(store, ox.Store) else open_store(STORE if store is None else store)


def opened(source: StoreLike) -> ox.Store:
    """One dataset, told by what it is: an open store, the folder of a store (None: ``store``), a folder of
    RDF files, such as exports, or one RDF file. In a folder, links, pipes and devices are passed over. Raises
    as ``open_source``."""
    if source is None or isinstance(source, ox.Store):
        return open_source(source)
    path = Path(source)
    if not path.exists():
        raise CannotRead(f"{path}: no such file or folder")
    if not path.is_dir():
        return load_data([path])
    try:
        files = rdf_files(path)
    except CannotRead:
        return open_store(path)
    return load_data(files)


def fetch(endpoint: str) -> ox.Store:
    """The graphs of the dataset behind an endpoint, read whole.

    They are those that the dataset's own description names (so that a store's own graphs stay out), with
    the description. Raises CannotRead if there is none, or if the endpoint gives less than a graph has.
    """
    rows = ask_endpoint(endpoint, _GRAPHS).rows
    graphs = sorted({str(iri) for row in rows for iri in row})
    if not graphs:
        raise CannotRead(f"{endpoint}: no graph there describes a dataset; load it with: kg publish")
    found = ox.Store()
    for graph in graphs:
        found.bulk_extend(_quads(endpoint, ox.NamedNode(graph)))
    return found


def _quads(endpoint: str, graph: ox.NamedNode) -> list[ox.Quad]:
    inside = f"GRAPH {graph} {{ ?s ?p ?o }}"
    rows = ask_endpoint(endpoint, f"SELECT ?s ?p ?o WHERE {{ {inside} }}", timeout=600).terms
    quads = {ox.Quad(s, p, o, graph) for s, p, o in rows}  # type: ignore[arg-type]  # terms of their places
    count = int(str(ask_endpoint(endpoint, f"SELECT (COUNT(*) AS ?n) WHERE {{ {inside} }}").rows[0][0]))
    if len(quads) < count:
        raise CannotRead(f"{endpoint}: gives {len(quads)} of the {count} triples of {graph}; raise its limit")
    return list(quads)


def reports_of(store: ox.Store) -> list[FoundReport]:
    """The reports of a dataset, by id."""
    rows = ask_store(store, _REPORTS).rows
    return [FoundReport(str(iri), str(id), str(title or id), str(graph)) for iri, id, title, graph in rows]


def find_report(name: str, store: ox.Store) -> FoundReport:
    """The report of this id, title (in any case) or IRI. Raises Unknown with what is close, and Ambiguous."""
    reports = reports_of(store)
    iri = iri_of(name)
    wanted = name.casefold()
    exact = [r for r in reports if r.id == name or (iri is not None and r.iri == iri.value)]
    found = exact or [r for r in reports if wanted in (r.id.casefold(), r.title.casefold())]
    if not found:
        known = [text for r in reports for text in (r.id, r.title)]
        raise Unknown.name("report", name, known, "kg query reports lists them")
    if len(found) > 1:
        raise Ambiguous(f'"{name}" is the title of several reports: ' + ", ".join(r.id for r in found))
    return found[0]
