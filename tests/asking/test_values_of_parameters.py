"""The value of a parameter selects what has it, or is refused: never nothing in silence."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.asking.sparql import query
from kg.model.errors import CannotUnderstand, KgError, Unknown

XSD = "http://www.w3.org/2001/XMLSchema#"
KINDS = ("decimal", "integer", "double", "nonNegativeInteger")


def store(number: Decimal, kind: str) -> ox.Store:
    value = ox.Literal(format(number, "f"), datatype=ox.NamedNode(XSD + kind))
    quads = [ox.Quad(ox.NamedNode(f"http://e/{n}"), ox.NamedNode("http://e/p"), value) for n in (1, 2)]
    found = ox.Store()
    found.extend(quads)
    return found


@given(st.integers(0, 10**6), st.sampled_from(KINDS))
def test_a_number_selects_what_has_its_value_each_once(number: int, kind: str) -> None:
    data = store(Decimal(number), kind)
    counted = "SELECT (COUNT(?s) AS ?n) {\n# VALUES ?v\n ?s <http://e/p> ?v }"
    for text in ("SELECT ?s { ?s <http://e/p> ?v }", counted):
        for value in (number, float(number), str(number), f" {number}.0", Decimal(number)):
            found = query(text, store=data, params={"v": value})
            assert len(found) == 2 or found.rows == [(2,)], (value, kind)
        found = query(text, store=data, params={"v": number + 1})
        assert len(found) == 0 or found.rows == [(0,)]


def test_a_text_that_looks_like_a_number_is_found_too() -> None:
    data = ox.Store()
    data.add(ox.Quad(ox.NamedNode("http://e/1"), ox.NamedNode("http://e/p"), ox.Literal("2023")))
    assert len(query("SELECT ?s { ?s <http://e/p> ?v }", store=data, params={"v": "2023"})) == 1
    assert len(query("SELECT ?s { ?s <http://e/p> ?v }", store=data, params={"v": 2023})) == 0


def test_where_only_a_condition_asks_it_is_said_what_a_value_is() -> None:
    data = store(Decimal(7), "decimal")
    text = "SELECT ?s {\n# VALUES ?least\n ?s <http://e/p> ?v FILTER(?v > ?least) }"
    assert len(query(text, store=data, params={"least": 6})) == 2
    with pytest.raises(CannotUnderstand, match="may be a number or a text"):
        query(text, store=data, params={"least": "6"})
    assert len(query(f"# param least (number): at least\n{text}", store=data, params={"least": "6"})) == 2


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("grades", {"force": 1}),
    ("grades", {"force": True}),
    ("grades", {"force": Decimal("1.5")}),
    ("grades", {"area": 2.5}),
    ("grades", {"report": "https://kg.example/report/nope"}),
    ("grades", {"report": ox.NamedNode("https://kg.example/report/nope")}),
    ("grades", {"area": "https://kg.example/nope"}),
    ("grades", {"from": 2023.5}),
    ("evidence", {"topic": "report:nope"}),
]


@pytest.mark.parametrize(("name", "params"), WRONG)
def test_a_value_of_another_kind_is_refused(built: Any, name: str, params: dict[str, Any]) -> None:
    with pytest.raises(KgError) as refused:
        kg.query(name, store=built.store, params=params)
    assert isinstance(refused.value, CannotUnderstand | Unknown)


def test_a_name_may_be_a_literal(built: Any) -> None:
    one = kg.query("grades", store=built.store, params={"force": ox.Literal("West Midlands Police")})
    assert (
        len(one) == len(kg.query("grades", store=built.store, params={"force": "West Midlands Police"})) > 0
    )
