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

PAIRS = 1000
"""How many pairs of a thing and a property one query asks about: engines look pairs up, and scan the whole
store where things and properties are two lists."""


class Triples(Protocol):
    """Gives the triples of all named graphs that match; ``None`` matches everything.

    At least one of the three must be given. A literal among the objects stands for the plain one and for
    the English one. ``containing``, small letters and digits, keeps triples whose object has them, in any
    case. Blank nodes are left out. A triple may come twice.
    """

    def __call__(
        self,
        subjects: Collection[str] | None = None,
        predicates: Collection[str] | None = None,
        objects: Collection[Term] | None = None,
        containing: str = "",
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
        objects: Collection[Term] | None = None,
        containing: str = "",
    ) -> Iterator[Triple]:
        for subject in _nodes(subjects):
            for predicate in _nodes(predicates):
                for target in (None,) if objects is None else _terms(objects):
                    for quad in store.quads_for_pattern(subject, predicate, target, None):
                        if not containing or containing in getattr(quad.object, "value", "").lower():
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
        objects: Collection[Term] | None = None,
        containing: str = "",
    ) -> Iterator[Triple]:
        size = BATCH if predicates is None else min(BATCH, max(1, PAIRS // max(1, len(predicates))))
        for some_subjects in _batches(subjects, size):
            for some_objects in _batches(objects, size):
                for row in select(_query(some_subjects, predicates, some_objects, containing)):
                    yield from _triple(row[0], row[1], row[2])

    return read


def _query(
    subjects: Collection[Term] | None,
    predicates: Collection[str] | None,
    objects: Collection[Term] | None,
    containing: str,
) -> str:
    wanted = [""] if predicates is None else [f" {ox.NamedNode(iri)}" for iri in sorted(set(predicates))]
    predicate = "" if predicates is None else " ?p"
    pairs = " ".join(
        f"VALUES ({variable}{predicate}) {{ {' '.join(f'({t}{p})' for t in _terms(terms) for p in wanted)} }}"
        for variable, terms in (("?s", subjects), ("?o", objects))
        if terms is not None
    )
    values = pairs or f"VALUES ?p {{{''.join(wanted)} }}"
    kept = f"FILTER(CONTAINS(LCASE(STR(?o)), {ox.Literal(containing)}))" if containing else ""
    places = "{ ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } }"
    return f"SELECT DISTINCT ?s ?p ?o WHERE {{ {values} {places} {kept} }}"


def _batches(terms: Collection[Term] | None, size: int) -> Iterator[list[Term] | None]:
    if terms is None:
        yield None
        return
    waiting = iter(sorted(set(terms), key=str))
    while batch := list(islice(waiting, size)):
        yield batch


def _terms(terms: Collection[Term]) -> list[ox.NamedNode | ox.Literal]:
    """The terms that these stand for, sorted: a literal for the plain and the English one."""
    found: list[ox.NamedNode | ox.Literal] = []
    for term in set(terms):
        if isinstance(term, Literal):
            found += [ox.Literal(term.value), ox.Literal(term.value, language="en")]
        else:
            found.append(ox.NamedNode(term))
    return sorted(found, key=str)


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
