import pytest

from kg.asking.sparql.screening import MAX_DEPTH, depth, first_word
from kg.serving.http.messages import Refusal
from kg.serving.protocol.screening import screen

IRI = "<http://127.0.0.1:9/sparql>"
CALLS = [
    f"SELECT * {{ SERVICE {IRI} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ sErViCe\n#comment\n{IRI} {{ ?s ?p ?o }} }}",
    f"SELECT*{{SERVICE{IRI}{{?s ?p ?o}}}}",
    "SELECT * { SERVICE SILENT ?u { ?s ?p ?o } }",
    f"SELECT * {{ SERVICESILENT{IRI}{{ ?s ?p ?o }} }}",
    f"SELECT * {{ \\u0053ERVICE {IRI} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVIC\\U00000045 {IRI} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p 1SERVICE{IRI}{{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p trueSERVICE{IRI}{{ ?s ?p ?o }} }}",
    "PREFIX x: <http://127.0.0.1:9/> SELECT * { SERVICEx:sparql{ ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:sparql { ?s ?p ?o } }",
    "PREFIX service: <http://127.0.0.1:9/> CONSTRUCT { ?s ?p ?o } { SERVICE service:sparql { ?s ?p ?o } }",
    f"SELECT * {{ VALUES ?x {{ <http://a#b> }} SERVICE {IRI} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ VALUES ?x {{ '\"' '''#''' \"'\" }} SERVICE {IRI} {{ ?s ?p ?o }} }}",
    "SELECT * { VALUES ?x {1} FILTER(?x<2)SERVICE#>\n?u{ ?s ?p ?o } }",
    f'SELECT * {{ ?s ?p "a\\u0022 SERVICE {IRI} {{ ?s ?p ?o }} }}',
    f'SELECT * {{ ?s ?p "a\\\\" SERVICE {IRI} {{ ?s ?p ?o }} }}',
]


@pytest.mark.parametrize("query", CALLS)
def test_service_is_refused_in_any_disguise(query):
    with pytest.raises(Refusal, match="SERVICE is switched off") as caught:
        screen(query)
    assert caught.value.status == 403


WORDS = [
    "PREFIX service: <http://example.org/service#> SELECT ?service { ?s service:service 'a service' }",
    "# SERVICE <http://x/> { }\nASK {}",
    'ASK { ?s ?p "SERVICE <http://x/> { ?s ?p ?o }" }',
    "ASK { ?s ?p '''it's a SERVICE <http://x/> {}''' }",
    "ASK { VALUES ?x { <http://example.org/SERVICE> } }",
    "ASK { ?s <http://e/p> 'a'@service . _:service ?p $service }",
    "PREFIX e: <http://e/> ASK { ?s e:service ?o . ?o e:a.service ?x }",
]


@pytest.mark.parametrize("query", WORDS)
def test_the_word_service_in_names_strings_and_comments_is_no_call(query):
    screen(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 300 + "}" * 300,
        "SELECT (" + "(" * 300 + "1" + ")" * 300 + " AS ?x) {}",
        "SELECT * { ?s ?p " + "[ <http://a> " * 300 + "1" + "]" * 300 + " }",
    ],
)
def test_brackets_nested_too_deeply_are_refused(query):
    with pytest.raises(Refusal, match="deep") as caught:
        screen(query)
    assert caught.value.status == 400


def test_many_brackets_side_by_side_are_fine():
    screen("SELECT * { " + "{ ?s ?p ?o } UNION " * (2 * MAX_DEPTH) + "{} }")


def test_brackets_in_strings_and_iris_do_not_nest():
    assert depth('ASK { VALUES ?x { "{{{" <http://e/((> } # {{{\n }') == 2


def test_the_first_word_is_found_after_comments_and_prefixes():
    assert first_word("#c\nPREFIX e: <http://e/#x> BASE <http://b/>\nDROP ALL") == "drop"
