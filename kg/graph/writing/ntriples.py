"""Sorted N-Triples and N-Quads, one statement a line."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.graph.writing.order import Statement, as_triple, without_blank_nodes


def to_ntriples(
    statements: Iterable[Statement], prefixes: object = None, *, blank_nodes: bool = False
) -> bytes:
    """Sorted N-Triples, one statement a line; of quads, the graph names are left out. Raises as to_turtle.

    The format has no ``prefixes``; they are taken as all writers take them.
    """
    triples = without_blank_nodes((as_triple(s) for s in statements), allow=blank_nodes)
    return _sorted_lines(map(as_triple, triples), ox.RdfFormat.N_TRIPLES)


def to_nquads(quads: Iterable[ox.Quad], prefixes: object = None, *, blank_nodes: bool = False) -> bytes:
    """Sorted N-Quads, one statement a line. Raises as to_turtle; ``prefixes`` as in to_ntriples."""
    return _sorted_lines(without_blank_nodes(quads, allow=blank_nodes), ox.RdfFormat.N_QUADS)


def _sorted_lines(statements: Iterable[Statement], syntax: ox.RdfFormat) -> bytes:
    written = ox.serialize(statements, format=syntax)  # type: ignore[arg-type]  # one kind at a time
    assert written is not None
    return b"".join(sorted(written.splitlines(keepends=True)))
