"""A store that is changed in parts has what a store has that is filled anew, whatever graphs share."""

from __future__ import annotations

import tempfile
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.store.manifest import STORE
from kg.graph.store.writing import Before, Graph, TurtleGraph, fill
from kg.graph.writing.turtle import to_turtle
from kg.model.vocab import BASE, KG

TRIPLES = [
    ox.Triple(ox.NamedNode(f"{BASE}id/thing/{n}"), ox.NamedNode(KG.label), value)
    for n in range(4)
    for value in (ox.Literal("a\n“b” {c}"), ox.Literal(16), ox.NamedNode(BASE + "id/thing/9"))
]
GRAPHS = st.dictionaries(
    st.sampled_from([f"{BASE}graph/{name}" for name in ("a", "b", "c", "d", "e")]),
    st.sets(st.sampled_from(TRIPLES)),
    max_size=5,
)


def as_turtle(triples: set[ox.Triple]) -> TurtleGraph:
    turtle = to_turtle(triples)
    return TurtleGraph(turtle, len(triples), sha256(turtle).hexdigest())


def content(generation: Path) -> set[ox.Quad]:
    return set(ox.Store.read_only(str(generation / STORE)))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(GRAPHS, GRAPHS)
def test_changed_in_parts_is_as_filled_anew(
    one: dict[str, set[ox.Triple]], two: dict[str, set[ox.Triple]]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = fill(folder / "one", {iri: list(triples) for iri, triples in one.items()})
        before = Before(folder / "one" / STORE, first)
        graphs: dict[str, Graph] = {iri: as_turtle(triples) for iri, triples in two.items()}
        changed = fill(folder / "changed", graphs, before, part=1.0)
        filled = fill(folder / "anew", {iri: list(triples) for iri, triples in two.items()})
        assert content(folder / "changed") == content(folder / "anew")
        assert content(folder / "one") == {
            quad
            for iri, triples in one.items()
            for triple in triples
            for quad in (
                ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(iri)),
                ox.Quad(triple.subject, triple.predicate, triple.object),
            )
        }
        assert changed.union == filled.union == len(set().union(*two.values()))
        assert changed.counts == filled.counts == {iri: len(triples) for iri, triples in two.items()}


def test_a_store_with_a_graph_that_no_build_wrote_is_not_built_on() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, iri = Path(name), BASE + "graph/a"
        first = fill(folder / "one", {iri: TRIPLES[:3]})
        foreign = ox.Store(str(folder / "one" / STORE))
        foreign.add(ox.Quad(*TRIPLES[4], ox.NamedNode(BASE + "graph/foreign")))  # type: ignore[call-arg]
        foreign.add(ox.Quad(*TRIPLES[4]))  # type: ignore[call-arg]
        foreign.flush()
        del foreign
        before = Before(folder / "one" / STORE, first)
        fill(folder / "two", {iri: TRIPLES[:4]}, before, part=1.0)
        assert {quad.triple for quad in content(folder / "two")} == set(TRIPLES[:4])
