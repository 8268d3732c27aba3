"""Statements as files: one writer a graph format, chosen by its name in ``kg.model.formats``.

The writers take pyoxigraph triples or quads in any order, with repeats, and give the same bytes for the
same set. Data of this project has no blank nodes; a blank node is an error unless ``blank_nodes=True``,
which gives them canonical names (RDFC-1.0).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pyoxigraph as ox

from kg.graph.writing.jsonld import to_jsonld
from kg.graph.writing.ntriples import to_nquads, to_ntriples
from kg.graph.writing.rdfxml import to_rdfxml
from kg.graph.writing.turtle import to_trig, to_turtle
from kg.model.formats import format_named
from kg.model.iris import PREFIXES


def write_graph(
    statements: Iterable[ox.Quad],
    name: str,
    prefixes: Mapping[str, str] = PREFIXES,
    *,
    blank_nodes: bool = False,
) -> bytes:
    """Statements in the graph format of this name; raises Unknown, and CannotUnderstand as to_turtle.

    Formats without named graphs write the union of the graphs.
    """
    row = format_named(name, "graph")
    return _WRITERS[row.name](statements, prefixes, blank_nodes)


_Writer = Callable[[Iterable[ox.Quad], Mapping[str, str], bool], bytes]


_WRITERS: dict[str, _Writer] = {
    "turtle": lambda quads, prefixes, blank: to_turtle(quads, prefixes, blank_nodes=blank),
    "trig": lambda quads, prefixes, blank: to_trig(quads, prefixes, blank_nodes=blank),
    "ntriples": lambda quads, _, blank: to_ntriples(quads, blank_nodes=blank),
    "nquads": lambda quads, _, blank: to_nquads(quads, blank_nodes=blank),
    "jsonld": lambda quads, prefixes, blank: to_jsonld(quads, prefixes, blank_nodes=blank),
    "rdfxml": lambda quads, prefixes, blank: to_rdfxml(quads, prefixes, blank_nodes=blank),
}
