"""A generation of the dataset: its graphs in an Oxigraph store, read back and counted."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from kg.graph.store.manifest import STORE
from kg.graph.writing.order import Statement
from kg.model.errors import CannotRead, Invalid

_SPACE_PER_QUAD = 800
"""Bytes that a quad takes on disk, where it stands twice (measured: 200 loaded, 350 compacted)."""
_BATCH = 200_000
"""Statements that are handed over at once: more take more memory and are not faster."""


def fill(new: Path, graphs: Mapping[str, Iterable[Statement]]) -> dict[str, int]:
    """Writes the graphs to a fresh store, closes it, opens it again and counts the statements of each.

    The default graph holds the union of all graphs, each triple once, so that any query counts it once.
    Raises CannotRead where the disk is too small, Invalid where the counts disagree.
    """
    (new / STORE).mkdir(parents=True)
    store, expected = ox.Store(str(new / STORE)), dict[str, int]()
    quads = _checked(new, graphs, expected)
    while batch := list(islice(quads, _BATCH)):
        store.bulk_extend(batch)
    store.flush()
    del store
    counted = counts(ox.Store.read_only(str(new / STORE)), expected)
    for iri, count in counted.items():
        if count != expected[iri] and count != (written := _distinct(graphs[iri])):
            raise Invalid(f"{iri}: {written} statements written, {count} read back")
    return counted


def _checked(
    new: Path, graphs: Mapping[str, Iterable[Statement]], expected: dict[str, int]
) -> Iterator[ox.Quad]:
    """The quads of all graphs, one graph after the other; puts into ``expected`` how many each has."""
    for iri in sorted(graphs):
        name = ox.NamedNode(iri)
        quads = {ox.Quad(s.subject, s.predicate, s.object, name) for s in graphs[iri]}
        _check_space(new, len(quads))
        expected[iri] = len(quads)
        yield from quads
        yield from (ox.Quad(q.subject, q.predicate, q.object) for q in quads)


def _distinct(statements: Iterable[Statement]) -> int:
    """How many statements a store makes of these: it takes 16.0 and 16 for one value."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(s.subject, s.predicate, s.object) for s in statements)
    return len(store)


def counts(store: ox.Store, graphs: Iterable[str]) -> dict[str, int]:
    """How many statements each graph has, counted by Oxigraph itself."""
    found = {}
    for iri in graphs:
        answer = store.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {ox.NamedNode(iri)} {{ ?s ?p ?o }} }}")
        assert isinstance(answer, ox.QuerySolutions)
        found[iri] = int(next(answer)["n"].value)
    return found


def _check_space(folder: Path, quads: int) -> None:
    needed = 3 * quads * _SPACE_PER_QUAD
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise CannotRead(
            f"{folder.parent}: needs {needed / 1e6:.1f} MB of free disk, has {free / 1e6:.1f} MB"
        )
