"""A triple that several graphs have is there once, however the graphs are chosen and whoever is asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.asking.sparql import query
from kg.asking.sparql.dataset import Dataset, dataset_of
from kg.model.errors import CannotUnderstand
from kg.serving.protocol.dataset import from_files

BASE = "https://kg.example/graph/"
COUNT = "SELECT (COUNT(*) AS ?n) (SUM(?o) AS ?sum)"
GRAPHS = st.dictionaries(st.sampled_from("abcd"), st.sets(st.integers(0, 5), min_size=1), min_size=1)
"""What numbers each graph has."""
CLAUSES = (
    ("", "FROM <{base}{name}>"),
    ("PREFIX g: <{base}> ", "FROM g:{name}"),
    ("BASE <{base}> ", "FROM <{name}>"),
    ("PREFIX g: <http://e/> PREFIX g: <{base}>", " from # FROM g:x\n g:{name} "),
    ("BASE <https://kg.example/> PREFIX g: <graph/>", "FROM g:{name}"),
    ("", "FROM <https://kg.example/graph/\\u006{code}>"),
)
"""A prologue and a clause: the ways to write the same graph."""


def quads(graphs: dict[str, set[int]]) -> list[ox.Quad]:
    one = ox.NamedNode("http://e/x"), ox.NamedNode("http://e/p")
    return [
        ox.Quad(*one, ox.Literal(n), ox.NamedNode(BASE + name)) for name, has in graphs.items() for n in has
    ]


def stored(graphs: dict[str, set[int]]) -> ox.Store:
    store = ox.Store()
    store.extend(quads(graphs))
    return store


def counted(dataset: Dataset, text: str) -> list[int]:
    (row,) = dataset.query(text)
    return [int(row["n"].value), int(row["sum"].value)]


def once(has: set[int]) -> list[int]:
    return [len(has), sum(has)]


@given(GRAPHS)
def test_the_union_of_graphs_has_each_triple_once(graphs: dict[str, set[int]]) -> None:
    every = once(set().union(*graphs.values()))
    store = stored(graphs)
    assert counted(dataset_of(store), COUNT + "{ ?s ?p ?o }") == every
    assert [int(str(n)) for n in query(COUNT + "{ ?s ?p ?o }", store=store).rows[0]] == every
    inside = "{ ?s ?p ?o FILTER EXISTS { GRAPH ?g { ?s ?p ?o } } }"
    assert counted(dataset_of(store), COUNT + inside) == every


@given(GRAPHS, st.lists(st.sampled_from("abcd"), min_size=1, max_size=5), st.sampled_from(CLAUSES))
def test_graphs_that_from_chooses_are_merged_however_they_are_written(
    graphs: dict[str, set[int]], names: Sequence[str], written: tuple[str, str]
) -> None:
    prologue, clause = written
    clauses = " ".join(clause.format(base=BASE, name=name, code="abcd".index(name) + 1) for name in names)
    text = f"{prologue.format(base=BASE)}{COUNT} {clauses} {{ ?s ?p ?o }}"
    chosen = set().union(*(graphs.get(name, set()) for name in names))
    built = stored(graphs)  # a build puts the union into the default graph
    built.extend([ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads(graphs)])
    for store in (stored(graphs), built):
        assert counted(dataset_of(store), text) == once(chosen)


@given(GRAPHS, st.lists(st.sampled_from("abcd"), min_size=1, max_size=5))
def test_graphs_that_a_caller_chooses_are_merged(graphs: dict[str, set[int]], names: Sequence[str]) -> None:
    chosen = set().union(*(graphs.get(name, set()) for name in names))
    iris = [BASE + name for name in names]
    store = stored(graphs)
    found = query(COUNT + "{ ?s ?p ?o }", store=store, default_graphs=iris).rows[0]
    assert [int(str(n)) for n in found] == once(chosen)
    of_each = sum(len(graphs.get(name, set())) for name in set(names))
    text = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert query(text, store=store, named_graphs=iris).rows == [(of_each,)]
    clauses = " ".join(f"FROM NAMED <{iri}>" for iri in iris)
    assert query(text.replace("{", f"{clauses} {{", 1), store=store).rows == [(of_each,)]


def test_files_are_counted_alike_by_a_command_a_function_and_the_server(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.ttl").write_text(
            f'<http://e/x> <http://e/p> 7 . <http://e/{name}> <http://e/q> "z" .'
        )
    files = sorted(tmp_path.glob("*.ttl"))
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert query(text, data=files).rows == [(3,)]
    (row,) = from_files(files).query(text)
    assert row["n"].value == "3"


@pytest.mark.parametrize("clauses", ["FROMg:a FROMg:b", "FROM g:a FROMg:b", "FROMNAMEDg:a"])
def test_a_clause_that_only_the_engine_could_read_is_refused(clauses: str) -> None:
    text = f"PREFIX g: <{BASE}> {COUNT} {clauses} {{ ?s ?p ?o }}"
    with pytest.raises(CannotUnderstand, match="SPARQL"):
        query(text, store=stored({"a": {1}, "b": {1}}))


def test_a_graph_with_a_prefix_that_is_not_declared_is_said_so() -> None:
    with pytest.raises(CannotUnderstand, match="SPARQL, line 1"):
        query("SELECT * FROM no:g { ?s ?p ?o }", store=ox.Store())
