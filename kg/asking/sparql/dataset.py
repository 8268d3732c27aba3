"""What a query sees of a store: one graph of all, or those that it chooses, each triple once.

Queries that name no dataset see the *union* of all named graphs where the store's default graph is empty,
and the default graph where it is not (a build puts the union there). Graphs that FROM or a caller chooses are
merged. The engine's own union and merge give a triple that two graphs share twice, so that counts and sums
are doubled; both are made here, as sets. They are kept apart from the named graphs, because the engine looks
at every copy of a triple whatever its graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from kg.asking.sparql.screening import dataset_clauses, may_name_graphs, only_in_graphs
from kg.graph.store import default_graph_is_empty
from kg.model.iris import PREFIXES
from kg.model.vocab import BASE

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_MERGES_KEPT = 4


@dataclass(slots=True)
class Dataset:
    """A store and how it is asked.

    ``union``: a query that names no graph sees all of them as one. ``apart``: graphs may share triples, so
    that the union is made as a store of its own, at the first query that needs it; else the engine's is
    right. ``base`` resolves relative IRIs of queries.
    """

    opened: ox.Store | None
    union: bool = False
    apart: bool = False
    base: str = BASE
    _flat: ox.Store | None = None
    _merges: dict[tuple[tuple[str, ...], tuple[str, ...]], ox.Store] = field(default_factory=dict)

    @property
    def store(self) -> ox.Store:
        """The open store."""
        if self.opened is None:
            raise RuntimeError("the store is not open")
        return self.opened

    def query(self, query: str) -> Answer:
        """Asks the whole dataset, or what FROM chooses of it. Raises what pyoxigraph raises."""
        if may_name_graphs(query):
            if chosen := self._chosen(query):
                return self.query_graphs(query, *chosen)
            if not only_in_graphs(query) and self.flat is not None:
                return self.query_graphs(query, _graphs(self.store), _graphs(self.store))
        elif self.flat is not None:
            return self._ask(self.flat, query)
        return self._ask(self.store, query, use_default_graph_as_union=self.union)

    @property
    def flat(self) -> ox.Store | None:
        """The union as a store of its own; None where the engine's is right: no triple is in two graphs."""
        if self.apart and self._flat is None:
            flat = union_of(self.store, _graphs(self.store))
            self.apart = len(flat) < len(self.store)
            self._flat = flat if self.apart else None
        return self._flat

    def query_graphs(
        self, query: str, default: Sequence[ox.NamedNode], named: Sequence[ox.NamedNode]
    ) -> Answer:
        """Asks a dataset made of these graphs alone; it replaces FROM and FROM NAMED of the query."""
        default, named = list(dict.fromkeys(default)), list(dict.fromkeys(named))
        asked: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [*default]
        store = self.store
        if len(default) > 1:
            store, asked = self._merge(default, named), [ox.DefaultGraph()]
        return self._ask(store, query, default_graph=asked, named_graphs=named)

    def _chosen(self, query: str) -> tuple[list[ox.NamedNode], list[ox.NamedNode]] | None:
        """The graphs of FROM and of FROM NAMED; None where it has neither. The engine reads the IRIs."""
        clauses = dataset_clauses(query)
        if clauses is None:
            return None
        try:
            return (
                list(self._resolved(clauses.prologue, clauses.default)),
                list(self._resolved(clauses.prologue, clauses.named)),
            )
        except SyntaxError:
            self._ask(ox.Store(), query)  # it says what is wrong, and where
            raise RuntimeError("FROM stands apart from what is around it: FROM <graph>") from None

    def _resolved(self, prologue: str, references: Sequence[str]) -> Iterator[ox.NamedNode]:
        """The IRIs that references stand for behind a prologue: the engine itself reads them."""
        if references:
            found = self._ask(
                ox.Store(), f"{prologue} SELECT ?g {{ VALUES ?g {{ {' '.join(references)} }} }}"
            )
            assert isinstance(found, ox.QuerySolutions)
            yield from (solution["g"] for solution in found)

    def _ask(self, store: ox.Store, query: str, **dataset: Any) -> Answer:
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
        merge = union_of(self.store, default)
        for graph in named:
            merge.bulk_extend(self.store.quads_for_pattern(None, None, None, graph))
        return merge


def dataset_of(store: ox.Store) -> Dataset:
    """A store in memory, or an open one, as it is asked."""
    union = default_graph_is_empty(store)
    return Dataset(store, union, apart=union and len(_graphs(store)) > 1)


def _graphs(store: ox.Store) -> list[ox.NamedNode]:
    return [name for name in store.named_graphs() if isinstance(name, ox.NamedNode)]


def union_of(store: ox.Store, graphs: Iterable[ox.NamedNode]) -> ox.Store:
    """The triples of these graphs, each once, in the default graph of a new store; blank nodes stay."""
    union = ox.Store()
    for graph in graphs:
        quads = store.quads_for_pattern(None, None, None, graph)
        union.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return union
