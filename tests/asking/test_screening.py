from __future__ import annotations

import pytest

from kg.asking.sparql.screening import (
    calls_service,
    dataset_clauses,
    refuse_deep_nesting,
    refuse_service,
)
from kg.model.errors import CannotUnderstand

CALLS = [
    "SELECT * { SERVICE <http://127.0.0.1:1/sparql> { ?s ?p ?o } }",
    "SELECT*{SERVICE<http://127.0.0.1:1/sparql>{?s ?p ?o}}",
    "SELECT * { sErViCe\n# comment\n<http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT ?u { ?s ?p ?o } }",
    "SELECT * { SERVIC\\u0045 <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "PREFIX x: <http://127.0.0.1:1/> SELECT * { SERVICE x:sparql { ?s ?p ?o } }",
    "PREFIX x: <http://127.0.0.1:1/> SELECT * { SERVICEx:y{ ?s ?p ?o } }",
    "BASE <http://127.0.0.1:1/> SELECT * { SERVICE <sparql> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:1>{ ?a ?b ?c } }",
    "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:1>{ ?a ?b ?c } }",
    "SELECT * { FILTER(?a<?b&&'>'='>')SERVICE<http://127.0.0.1:1>{?s ?p ?o}FILTER(''='') }",
    "SELECT * { VALUES ?x { <http://a#b> } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { VALUES ?x { '\"' '''#''' \"'\" } SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "ASK { FILTER EXISTS { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } } }",
]
NONE = [
    "SELECT ?service { ?s ?p ?service }",
    "PREFIX service: <http://example.org/service#> # SERVICE <http://x/> { }\n"
    "SELECT ?service ('SERVICE <http://x/> { ?s ?p ?o }' AS ?t) (service:x AS ?p) "
    "{ VALUES ?service { <http://example.org/SERVICE> } OPTIONAL { ?s service:service 'a service' } }",
    'SELECT * { ?s ?p """SERVICE <http://x/> { "" }""" }',
    "SELECT * { ?s <http://example.org/service> ?o }",
    "",
]


@pytest.mark.parametrize("query", CALLS)
def test_a_service_clause_is_seen_however_it_is_written(query: str) -> None:
    assert calls_service(query)


@pytest.mark.parametrize("query", NONE)
def test_the_word_in_names_strings_and_comments_is_no_service_clause(query: str) -> None:
    assert not calls_service(query)


def test_a_refusal_says_that_service_is_off() -> None:
    with pytest.raises(CannotUnderstand, match="SERVICE is switched off"):
        refuse_service(CALLS[0])


def test_a_dataset_clause_is_no_variable_and_no_string() -> None:
    assert dataset_clauses("SELECT * FROM <http://example.org/g> { ?s ?p ?o }")
    assert dataset_clauses("SELECT * from named <http://example.org/g> { ?s ?p ?o }")
    assert not dataset_clauses("SELECT ?from { ?from <http://example.org/from> 'FROM' } # FROM <g>")
    assert not dataset_clauses("PREFIX from: <http://e/> SELECT * { ?s from:a from:b }")


def test_brackets_nested_too_deeply_are_refused() -> None:
    refuse_deep_nesting("ASK { FILTER(" + "(" * 150 + "1" + ")" * 150 + ") }")
    refuse_deep_nesting("ASK { ?s ?p '" + "(" * 500 + "' }")
    with pytest.raises(CannotUnderstand, match="nested 502 deep; at most 200"):
        refuse_deep_nesting("ASK { FILTER(" + "(" * 500 + "1" + ")" * 500 + ") }")
