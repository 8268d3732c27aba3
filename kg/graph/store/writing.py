"""A generation's Oxigraph store: filled as a stream, or made from the one before by what is different.

The default graph holds the union of all graphs, each triple once, so that any query counts it once. Where
most graphs are as they were, the store is a backup of the one before (hard links,
``pyoxigraph.Store.backup``), in which the triples of the others are exchanged; else the graphs go through
Oxigraph's bulk loader one after the other. Neither holds more than a part in memory.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from kg.graph.store.manifest import STORE, Filled
from kg.graph.writing.ntriples import to_ntriples
from kg.graph.writing.order import Statement, as_triple
from kg.model.errors import CannotRead, Invalid
from kg.model.progress import Progress, Step, tell_nobody, told

_SPACE_PER_STATEMENT = 1600
"""Bytes that a statement takes on disk: it stands twice (measured: 200 each loaded, 350 compacted)."""
PART = 0.5
"""The part of all statements up to which a store is changed rather than filled anew."""
_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True)
class TurtleGraph:
    """A graph that stands in Turtle of ours (``writing.to_turtle``), in memory or in a file.

    ``sha256`` is that of the Turtle, which whoever wrote it knows.
    """

    content: bytes | Path
    statements: int
    sha256: str

    def read(self) -> bytes:
        """The Turtle."""
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()


Graph = Iterable[Statement] | TurtleGraph
"""The statements of a graph, which may be gone through more than once."""


@dataclass(frozen=True)
class Before:
    """A store that is whole, and what its graphs have."""

    store: Path
    filled: Filled


def fill(
    new: Path,
    graphs: Mapping[str, Graph],
    before: Before | None = None,
    *,
    part: float = PART,
    progress: Progress = tell_nobody,
) -> Filled:
    """Writes the graphs to a fresh store, closes it, opens it again and counts the statements of each.

    The store is made from that ``before`` where the graphs that are different have no more than a ``part`` of
    all statements. Raises CannotRead where the disk is too small, Invalid where the counts disagree.
    """
    (new / STORE).parent.mkdir(parents=True)
    content = {iri: _digest(graphs[iri]) for iri in sorted(graphs)}
    expected = {iri: _size(graphs[iri]) for iri in sorted(graphs)}
    was = {} if before is None else before.filled.content
    same = {iri for iri in content if was.get(iri) == content[iri]}
    different = [iri for iri in expected if iri not in same]
    todo = sum(expected[iri] for iri in different)
    if before is not None and todo <= part * sum(expected.values()) and _has_only(before):
        _check_space(new, todo)
        _back_up(before.store, new / STORE)
        exchanged = {iri: graphs.get(iri) for iri in {*different, *(was.keys() - same)}}
        union = before.filled.union + _exchange(new / STORE, exchanged, progress)
    else:
        before, same, different = None, set(), list(expected)
        _check_space(new, sum(expected.values()))
        _load(new / STORE, graphs, progress)
        union = triples(ox.Store.read_only(str(new / STORE)))
    counted = counts(
        ox.Store.read_only(str(new / STORE)), told(different, "counting the store", "graph", progress)
    )
    for iri, count in counted.items():
        if count != expected[iri] and count != (written := _distinct(graphs[iri])):
            raise Invalid(f"{iri}: {written} statements written, {count} read back")
    kept = {iri: before.filled.counts[iri] for iri in same} if before is not None else {}
    return Filled(counted | kept, content, union)


# --- filled anew --------------------------------------------------------------------------------------


def _load(folder: Path, graphs: Mapping[str, Graph], progress: Progress) -> None:
    store = ox.Store(str(folder))
    small: list[ox.Quad] = []
    for iri in told(sorted(graphs), "filling the store", "graph", progress):
        graph, places = graphs[iri], (ox.NamedNode(iri), _DEFAULT)
        if isinstance(graph, TurtleGraph):
            for name in places:
                store.bulk_load(graph.read(), format=ox.RdfFormat.TURTLE, to_graph=name)
        else:
            small += [_quad(as_triple(statement), name) for statement in graph for name in places]
    store.bulk_extend(small)  # at once: each call writes files of its own, which are merged below
    progress(Step("merging the store", 0, len(graphs), "graph"))
    store.optimize()  # merges the files of the graphs: over 50 reports a query is up to 4 times as fast
    store.flush()


# --- changed ------------------------------------------------------------------------------------------


def _has_only(before: Before) -> bool:
    """Whether a store has no other graphs than those that its build wrote."""
    there = {name.value for name in ox.Store.read_only(str(before.store)).named_graphs()}
    return there <= before.filled.counts.keys()


def _back_up(store: Path, to: Path) -> None:
    ox.Store.read_only(str(store)).backup(str(to))


def _exchange(folder: Path, graphs: Mapping[str, Graph | None], progress: Progress) -> int:
    """Writes what is different in these graphs; None is one that goes. Gives what the union grows by."""
    store, grown = ox.Store(str(folder)), 0
    for iri in told(sorted(graphs), "changing the store", "graph", progress):
        graph, name = graphs[iri], ox.NamedNode(iri)
        there = {quad.triple for quad in store.quads_for_pattern(None, None, None, name)}
        wanted = set() if graph is None else _triples(graph)
        gone = there - wanted
        come = wanted - there
        for triple in gone:
            store.remove(_quad(triple, name))
            if _is_in_no_graph(store, triple):
                store.remove(_quad(triple))
                grown -= 1
        grown += sum(_quad(triple) not in store for triple in come)
        store.bulk_extend([_quad(triple, where) for triple in come for where in (name, _DEFAULT)])
        if graph is None:
            store.remove_graph(name)
    store.flush()
    return grown


def _is_in_no_graph(store: ox.Store, triple: ox.Triple) -> bool:
    """Whether the default graph alone has a triple."""
    places = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    return all(isinstance(quad.graph_name, ox.DefaultGraph) for quad in places)


# --- what a graph has ---------------------------------------------------------------------------------


def _digest(graph: Graph) -> str:
    if isinstance(graph, TurtleGraph):
        return graph.sha256
    return sha256(to_ntriples(graph, blank_nodes=True)).hexdigest()


def _size(graph: Graph) -> int:
    return graph.statements if isinstance(graph, TurtleGraph) else len(set(map(as_triple, graph)))


def _triples(graph: Graph) -> set[ox.Triple]:
    if isinstance(graph, TurtleGraph):
        return {quad.triple for quad in ox.parse(graph.read(), format=ox.RdfFormat.TURTLE)}
    return set(map(as_triple, graph))


def _quad(triple: ox.Triple, graph: ox.NamedNode | ox.DefaultGraph = _DEFAULT) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def _distinct(graph: Graph) -> int:
    """How many statements a store makes of these: it takes 16.0 and 16 for one value."""
    store = ox.Store()
    store.bulk_extend(_quad(triple) for triple in _triples(graph))
    return len(store)


def triples(store: ox.Store, graph: str | None = None) -> int:
    """How many triples a named graph has, by default the default graph; counted by Oxigraph itself."""
    pattern = "?s ?p ?o" if graph is None else f"GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }}"
    answer = store.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
    assert isinstance(answer, ox.QuerySolutions)
    return int(next(answer)["n"].value)


def counts(store: ox.Store, graphs: Iterable[str]) -> dict[str, int]:
    """How many triples each of these graphs has."""
    return {iri: triples(store, iri) for iri in graphs}


def _check_space(folder: Path, statements: int) -> None:
    needed = 3 * statements * _SPACE_PER_STATEMENT
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise CannotRead(
            f"{folder.parent}: needs {needed / 1e6:.1f} MB of free disk, has {free / 1e6:.1f} MB"
        )
