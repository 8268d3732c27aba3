"""A store, or one of its graphs, in a format for others."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.graph.writing import write_graph
from kg.model.errors import Unknown
from kg.model.formats import format_named
from kg.model.iris import prefixes_for


def graphs_of(store: ox.Store) -> list[str]:
    """The IRIs of the named graphs, sorted."""
    return sorted(name.value for name in store.named_graphs())


def export(store: ox.Store, format: str, graph: str | None = None) -> bytes:
    """A store, or one of its graphs, in a graph format (``turtle``, ``trig``, …), sorted.

    Formats without named graphs give the union of all graphs. Raises Unknown for a format or a graph,
    CannotUnderstand for what a format cannot carry.
    """
    row = format_named(format, "graph")
    names = graphs_of(store)
    if graph is not None and graph not in names:
        raise Unknown.name("graph", graph, names)
    one = None if graph is None else ox.NamedNode(graph)
    quads = _own_quads(store) if one is None else store.quads_for_pattern(None, None, None, one)
    prefixes = prefixes_for([graph] if graph else names)
    return write_graph(quads, row.name, prefixes, blank_nodes=True)


def _own_quads(store: ox.Store) -> Iterator[ox.Quad]:
    """All quads, but those of the default graph only where no named graph has the triple."""
    for quad in store:
        if isinstance(quad.graph_name, ox.DefaultGraph):
            same = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
            if any(not isinstance(other.graph_name, ox.DefaultGraph) for other in same):
                continue
        yield quad
