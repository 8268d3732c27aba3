"""The data that are served, in the process that asks them: where they come from and what a query sees.

Queries that name no dataset see the *union* of all named graphs where the store's default graph is empty
(the usual case), each triple once. The engine's own union, and its merge of several default graphs, give
a triple that two graphs share twice; so the merge is made here, as a set. It is kept apart from the named
graphs, because the engine looks at every copy of a triple whatever its graph.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.asking.search.searching import open_index
from kg.asking.sparql import load_data
from kg.asking.sparql.screening import from_clauses, may_name_graphs, names_dataset, only_in_graphs
from kg.graph.store import default_graph_is_empty, open_store, published_generation
from kg.graph.store.writing import counts, triples
from kg.model.errors import CannotRead
from kg.model.iris import PREFIXES
from kg.model.processes import running
from kg.model.vocab import BASE

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_MERGES_KEPT = 4


@dataclass(slots=True)
class Served:
    """A store and how it is asked.

    ``union``: a query that names no graph sees all of them as one. ``flat`` is that union as a store of its
    own, where graphs share triples; else the engine's union is right. A store on disk is opened in its
    ``folder`` by ``open``, in each worker. ``graphs`` are the named graphs with their numbers of triples,
    ``triples`` is the size of the default graph. ``base`` resolves relative IRIs of queries.
    """

    opened: ox.Store | None
    union: bool = False
    flat: ox.Store | None = None
    folder: Path | None = None
    generation: str | None = None
    """The generation of the folder that is served; None for a store without."""
    graphs: tuple[tuple[str, int], ...] = ()
    triples: int = 0
    base: str = BASE
    _index: sqlite3.Connection | None = None
    _merges: dict[tuple[tuple[str, ...], tuple[str, ...]], ox.Store] = field(default_factory=dict)

    def open(self) -> None:
        """Opens a store on disk, read-only; does nothing for one in memory. Raises CannotRead."""
        if self.opened is None and self.folder is not None:
            self.opened = open_store(self.folder, self.generation)

    def index(self) -> sqlite3.Connection:
        """The full-text index: that of the generation, else one made of the data at the first search."""
        if self._index is None and self.folder is not None and self.generation is not None:
            with suppress(CannotRead):  # a build of an earlier version has none
                self._index = open_index(self.folder, self.generation)
        if self._index is None:
            self._index = open_index(self.store)
        return self._index

    @property
    def store(self) -> ox.Store:
        """The open store."""
        if self.opened is None:
            raise RuntimeError("the store is not open")
        return self.opened

    def query(self, query: str) -> Results:
        """Asks the whole dataset. Raises what pyoxigraph raises."""
        if may_name_graphs(query):
            if "from" in query.lower() and names_dataset(query):
                return self._query_from(query)
            if self.flat is not None and not only_in_graphs(query):
                names = [ox.NamedNode(name) for name, _ in self.graphs]
                return self.query_graphs(query, names, names)
        elif self.flat is not None:
            return self._ask(self.flat, query)
        return self._ask(self.store, query, use_default_graph_as_union=self.union)

    def _query_from(self, query: str) -> Results:
        """A query with FROM; several graphs are merged as a set, where their IRIs are written in full."""
        default, named = from_clauses(query)
        if len(default) > 1:
            return self.query_graphs(query, _nodes(default), _nodes(named))
        return self._ask(self.store, query)

    def query_graphs(
        self, query: str, default: Sequence[ox.NamedNode], named: Sequence[ox.NamedNode]
    ) -> Results:
        """Asks a dataset made of these graphs alone; it replaces FROM and FROM NAMED of the query."""
        asked: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = list(default)
        store = self.store
        if len(default) > 1:
            store, asked = self._merge(default, named), [ox.DefaultGraph()]
        return self._ask(store, query, default_graph=asked, named_graphs=list(named))

    def _ask(self, store: ox.Store, query: str, **dataset: Any) -> Results:
        """Asks a store. The project's prefixes are there for a query that does not declare them; they take
        the engine a while, so they are only given to one that it does not understand without."""
        try:
            return store.query(query, base_iri=self.base, **dataset)
        except SyntaxError:
            return store.query(query, base_iri=self.base, prefixes=PREFIXES, **dataset)

    def _merge(self, default: Sequence[ox.NamedNode], named: Sequence[ox.NamedNode]) -> ox.Store:
        key = tuple(sorted(g.value for g in default)), tuple(sorted(g.value for g in named))
        if key not in self._merges:
            while len(self._merges) >= _MERGES_KEPT:
                del self._merges[next(iter(self._merges))]
            self._merges[key] = self._make_merge(default, named)
        return self._merges[key]

    def _make_merge(self, default: Iterable[ox.NamedNode], named: Iterable[ox.NamedNode]) -> ox.Store:
        merge = ox.Store()
        for graph in default:
            merge.bulk_extend(_triples_of(self.store, graph))
        for graph in named:
            merge.bulk_extend(self.store.quads_for_pattern(None, None, None, graph))
        return merge


def _triples_of(store: ox.Store, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """The triples of a graph, moved to the default graph; blank nodes stay the same."""
    for quad in store.quads_for_pattern(None, None, None, graph):
        yield ox.Quad(quad.subject, quad.predicate, quad.object)


def from_files(paths: Iterable[Path]) -> Served:
    """The data of these files, in memory. Raises as load_data, which says what goes where."""
    return _in_memory(load_data(paths))


def from_folder(folder: Path, in_memory: int) -> Served:
    """The data of a dataset folder: copied into memory up to so many quads, else read at each query.

    It is the generation that is published now, kept until this process ends, whatever is built meanwhile.
    The store is opened by another process, because an open one has threads, and a process with threads
    must not fork. Raises CannotRead.
    """
    generation = published_generation(folder)
    with tempfile.TemporaryDirectory(prefix="kg-serve-") as work:
        copy = Path(work) / "copy.nq"
        about = _copied(folder, generation, copy, in_memory)
        if copy.exists():
            store = ox.Store()
            store.bulk_load(path=str(copy), format=ox.RdfFormat.N_QUADS)
            return replace(_in_memory(store), folder=folder, generation=generation)
    graphs = tuple((str(name), int(size)) for name, size in about["graphs"])
    return Served(
        None,
        union=about["union"],
        folder=folder,
        generation=generation,
        graphs=graphs,
        triples=about["quads"],
    )


def _copied(folder: Path, generation: str | None, copy: Path, limit: int) -> dict[str, Any]:
    arguments = [str(folder), generation or "", str(copy), str(limit)]
    command, environment = running("kg.serving.protocol.copying", *arguments)
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or [f"{folder}: could not be opened"]
        raise CannotRead(lines[-1])
    about: dict[str, Any] = json.loads(done.stdout)
    return about


def _in_memory(store: ox.Store) -> Served:
    graphs = graph_sizes(store)
    if not default_graph_is_empty(store):
        return Served(store, graphs=graphs, triples=triples(store))
    flat = ox.Store()
    for graph, _ in graphs:
        flat.bulk_extend(list(_triples_of(store, ox.NamedNode(graph))))
    shared = len(flat) < len(store)
    return Served(store, union=True, flat=flat if shared else None, graphs=graphs, triples=len(flat))


def _nodes(iris: Iterable[str]) -> list[ox.NamedNode]:
    return [ox.NamedNode(iri) for iri in dict.fromkeys(iris)]


def graph_sizes(store: ox.Store) -> tuple[tuple[str, int], ...]:
    """The IRIs of the named graphs, sorted, with their numbers of triples."""
    names = sorted(name.value for name in store.named_graphs() if isinstance(name, ox.NamedNode))
    return tuple(counts(store, names).items())


def union_size(store: ox.Store) -> int:
    """The number of triples that a query sees: of the default graph, or of all graphs where it is empty."""
    return triples(store) or len(store)
