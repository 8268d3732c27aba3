"""The saved queries as a graph of their own, so that other tools can list and run them.

Each is described as in SIB's sparql-examples: a ``sh:SPARQLSelectExecutable`` with its whole SPARQL, what it
asks in words, its keywords and the endpoint that it is for.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.asking.sparql.library import SavedQuery, saved_queries
from kg.model.iris import dataset_iri, graph_iri
from kg.model.terms import node
from kg.model.vocab import BASE, DCT, RDF, RDFS, SCHEMA, SH


def query_quads(base: str = BASE) -> list[ox.Quad]:
    """The description of every saved query, in the graph ``{base}graph/queries``."""
    name = node(graph_iri("queries", base))
    rows = [row for saved in saved_queries() for row in _described(saved, base)]
    return [ox.Quad(node(subject), node(predicate), value, name) for subject, predicate, value in rows]


def _described(saved: SavedQuery, base: str) -> Iterator[tuple[str, str, ox.NamedNode | ox.Literal]]:
    iri = query_iri(saved.name, base)
    yield iri, RDF.type, node(SH.SPARQLExecutable)
    yield iri, RDF.type, node(SH.SPARQLSelectExecutable)
    yield iri, DCT.identifier, ox.Literal(saved.name)
    yield iri, RDFS.label, ox.Literal(saved.name.replace("-", " "), language="en")
    yield iri, RDFS.comment, ox.Literal(saved.purpose, language="en")
    yield iri, SH.select, ox.Literal(saved.text)
    yield iri, SCHEMA.target, node(base + "sparql")
    yield iri, DCT.isPartOf, node(dataset_iri(base))
    for word in sorted({saved.group, *saved.keywords} - {""}):
        yield iri, SCHEMA.keywords, ox.Literal(word)


def query_iri(name: str, base: str = BASE) -> str:
    """The IRI of a saved query.

    >>> query_iri("grades")
    'https://kg.example/queries/grades'
    """
    return f"{base}queries/{name}"
