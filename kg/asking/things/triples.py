"""Reading triples one frontier at a time, from a store here or from an endpoint far away.

The network walks in batches: it asks for the triples of many subjects, or of many objects, at once. So the
same walk needs thousands of cheap look-ups in a local store and a few dozen queries on an endpoint.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Literal:
    """The value of a literal; its datatype and language do not matter to a picture."""

    value: str


Term = str | Literal
"""An IRI as a plain string, or a literal."""

Triple = tuple[str, str, Term]

BATCH = 200
"""How many IRIs one query to an endpoint asks about."""


class Triples(Protocol):
    """Gives the triples of all named graphs that match; ``None`` matches everything.

    At least one of the three must be given. Blank nodes are left out. A triple may come twice.
    """

    def __call__(
        self,
        subjects: Collection[str] | None = None,
        predicates: Collection[str] | None = None,
        objects: Collection[str] | None = None,
    ) -> Iterable[Triple]: ...


Source = ox.Store | Triples


def as_triples(source: Source) -> Triples:
    """The reader of a store; a reader is given back as it is."""
    return store_triples(source) if isinstance(source, ox.Store) else source


def store_triples(store: ox.Store) -> Triples:
    """A reader of a pyoxigraph store, all graphs taken together."""

    def read(
        subjects: Collection[str] | None = None,
        predicates: Collection[str] | None = None,
        objects: Collection[str] | None = None,
    ) -> Iterator[Triple]:
        for subject in _nodes(subjects):
            for predicate in _nodes(predicates):
                for target in _nodes(objects):
                    for quad in store.quads_for_pattern(subject, predicate, target, None):
                        yield from _triple(quad.subject, quad.predicate, quad.object)

    return read


def endpoint_triples(select: Callable[[str], Iterable[Sequence[object]]]) -> Triples:
    """A reader of a SPARQL endpoint.

    ``select`` sends a SELECT query and gives its rows as pyoxigraph terms in the order of the variables.
    The default graph and all named graphs are asked, as endpoints differ in what their default graph holds.
    """

    def read(
        subjects: Collection[str] | None = None,
        predicates: Collection[str] | None = None,
        objects: Collection[str] | None = None,
    ) -> Iterator[Triple]:
        for some_subjects in _batches(subjects):
            for some_objects in _batches(objects):
                for row in select(_query(some_subjects, predicates, some_objects)):
                    yield from _triple(row[0], row[1], row[2])

    return read


def _query(
    subjects: Collection[str] | None, predicates: Collection[str] | None, objects: Collection[str] | None
) -> str:
    given = (("?s", subjects), ("?p", predicates), ("?o", objects))
    values = " ".join(
        f"VALUES {variable} {{ {' '.join(str(ox.NamedNode(iri)) for iri in sorted(set(iris)))} }}"
        for variable, iris in given
        if iris is not None
    )
    return f"SELECT DISTINCT ?s ?p ?o WHERE {{ {values} {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"


def _batches(iris: Collection[str] | None) -> Iterator[list[str] | None]:
    if iris is None:
        yield None
        return
    waiting = iter(sorted(set(iris)))
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _nodes(iris: Collection[str] | None) -> Iterable[ox.NamedNode | None]:
    return (None,) if iris is None else [ox.NamedNode(iri) for iri in sorted(set(iris))]


def _triple(subject: object, predicate: object, target: object) -> Iterator[Triple]:
    """One triple, or nothing where an end of it is a blank node."""
    if not isinstance(subject, ox.NamedNode) or not isinstance(predicate, ox.NamedNode):
        return
    if isinstance(target, ox.NamedNode):
        yield subject.value, predicate.value, target.value
    elif isinstance(target, ox.Literal):
        yield subject.value, predicate.value, Literal(target.value)
