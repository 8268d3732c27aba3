"""A value that was given selects, wherever a person's query asks for it, or the query is refused."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.asking.sparql import query
from kg.model.errors import CannotUnderstand

DATA = """
@prefix e: <http://e/> .
e:kent e:name "Kent" . e:surrey e:name "Surrey" .
e:j1 a e:Judgement ; e:of e:kent ; e:by e:kent ; e:value 3 .
e:j2 a e:Judgement ; e:of e:surrey ; e:value 9 .
"""
REACHED = {
    "SELECT ?s { # VALUES ?x\n ?s e:of ?x }": 1,
    "SELECT (COUNT(?s) AS ?n) { # VALUES ?x\n ?s e:of ?x }": 1,
    "SELECT ?x (COUNT(?s) AS ?n) { # VALUES ?x\n ?s e:of ?x } GROUP BY ?x HAVING (COUNT(?s) > 0)": 1,
    "SELECT ?s { ?s e:of ?y FILTER(?y = ?x) # VALUES ?x\n }": 1,
    "SELECT ?s { # VALUES ?x\n ?s a e:Judgement FILTER EXISTS { ?s e:of ?x } }": 1,
    "SELECT ?s { { # VALUES ?x\n ?s e:of ?x } UNION { # VALUES ?x\n ?s e:by ?x } }": 2,
    "SELECT ?s { # VALUES ?x\n { ?s e:of ?x } UNION { ?s e:by ?x } }": 2,
    "SELECT ?n { { SELECT (COUNT(?s) AS ?n) { # VALUES ?x\n ?s e:of ?x } } }": 1,
    "SELECT ?s ?n { { SELECT ?x (COUNT(?j) AS ?n) { # VALUES ?x\n ?j e:of ?x } GROUP BY ?x } ?s e:by ?x }": 1,
    "SELECT ?s { # VALUES ?x\n ?s e:of ?x OPTIONAL { ?s e:by ?z FILTER(?z = ?x) } }": 1,
    "SELECT ?s { # VALUES ?x\n ?s e:of ?x VALUES () { () } }": 1,
    "SELECT ?s { # VALUES ?x\n ?s e:value ?v MINUS { ?s e:by ?z } ?s e:of ?x }": 0,
}
UNREACHED = [
    "SELECT ?s { { # VALUES ?x\n ?s e:of ?x } UNION { ?s e:by ?x } }",
    "SELECT ?s { # VALUES ?x\n { ?s e:of ?x } UNION { ?s e:value ?y } }",
    "SELECT ?n { # VALUES ?x\n { SELECT (COUNT(?s) AS ?n) { ?s e:of ?x } } }",
    "SELECT ?s { ?s e:of ?x { SELECT (COUNT(?j) AS ?n) { # VALUES ?x\n ?j e:of ?x } } }",
    "SELECT ?x ?s { # VALUES ?x\n ?s a e:Judgement }",
    "SELECT ?s { ?s a e:Judgement OPTIONAL { # VALUES ?x\n ?s e:of ?x } }",
    "SELECT ?s { # VALUES ?x\n ?s a e:Judgement OPTIONAL { ?s e:by ?x } }",
    "SELECT ?s { # VALUES ?x\n { ?s e:of ?y FILTER(?y = ?x) } }",
    "SELECT ?s { ?s a e:Judgement MINUS { # VALUES ?x\n ?s e:of ?x } }",
    "SELECT ?s { ?s a e:Judgement FILTER NOT EXISTS { # VALUES ?x\n ?s e:of ?x } }",
]


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.bulk_load(DATA.encode(), ox.RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize("text", REACHED)
def test_a_value_selects(store: ox.Store, text: str) -> None:
    found = query(f"PREFIX e: <http://e/> {text}", store=store, params={"x": "http://e/kent"})
    assert len(found.rows) == REACHED[text]
    assert "surrey" not in str(found.rows) and "e/j2" not in str(found.rows)


@pytest.mark.parametrize("text", UNREACHED)
def test_a_value_that_would_select_some_rows_only_is_refused(store: ox.Store, text: str) -> None:
    with pytest.raises(CannotUnderstand, match=r"\?x: its value would not select all rows"):
        query(f"PREFIX e: <http://e/> {text}", store=store, params={"x": "http://e/kent"})


def test_values_alone_are_all_rows_that_there_are(store: ox.Store) -> None:
    assert (
        query("SELECT ?x { # VALUES ?x\n }", store=store, params={"x": 3}).rows
        == query("SELECT ?x { VALUES ?x { 3 } }", store=store).rows
    )
