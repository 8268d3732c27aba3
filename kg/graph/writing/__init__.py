"""Statements as files: one writer a graph format, named in the table of ``kg.model.formats``.

The writers take pyoxigraph triples or quads in any order, with repeats, and give the same bytes for the
same set. Data of this project has no blank nodes; a blank node is an error unless ``blank_nodes=True``,
which gives them canonical names (RDFC-1.0).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

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
    written: bytes = format_named(name, "graph").writer(statements, prefixes, blank_nodes=blank_nodes)
    return written
