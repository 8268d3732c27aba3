from __future__ import annotations

import io
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from samples import TESTS

from kg.asking.sparql import ask_store, load_data, query, saved_queries, with_prefixes
from kg.asking.sparql.parameters import iri_of, with_values
from kg.asking.sparql.remarks import words_for_things, wrong_terms
from kg.cli.ask import query_command, question
from kg.model.errors import Ambiguous, CannotRead, CannotUnderstand, Unknown

SMALL = TESTS / "data" / "small.trig"
TWO_GRAPHS = b"""@prefix x: <https://x.example/> .
x:g1 { x:a x:name "one" . } x:g2 { x:a x:name "one" . x:b x:name "two" . }"""


@pytest.fixture
def store() -> ox.Store:
    store = ox.Store()
    store.load(TWO_GRAPHS, format=ox.RdfFormat.TRIG)
    return store


@pytest.fixture(scope="module")
def small() -> ox.Store:
    return load_data([SMALL])


NAMES = "SELECT DISTINCT ?name { ?s <https://x.example/name> ?name } ORDER BY ?name"


def test_a_query_sees_all_graphs_as_one(store: ox.Store) -> None:
    assert query(NAMES, store=store).rows == [("one",), ("two",)]


def test_graph_reaches_a_single_graph(store: ox.Store) -> None:
    assert len(query("SELECT * { GRAPH <https://x.example/g1> { ?s ?p ?o } }", store=store)) == 1


def test_from_chooses_the_graphs(store: ox.Store) -> None:
    text = NAMES.replace("{", "FROM <https://x.example/g1> {", 1)
    assert query(text, store=store).rows == [("one",)]


def test_graphs_can_be_chosen_outside_of_the_query(store: ox.Store) -> None:
    assert query(NAMES, store=store, default_graphs=["https://x.example/g1"]).rows == [("one",)]
    with pytest.raises(CannotUnderstand, match="graph <no iri>"):
        query(NAMES, store=store, default_graphs=["no iri"])


def test_a_default_graph_with_statements_of_its_own_is_the_default_graph(tmp_path: Path) -> None:
    path = tmp_path / "own.trig"
    path.write_bytes(TWO_GRAPHS + b'\nx:c x:name "three" .')
    assert query(NAMES, data=[path]).rows == [("three",)]


def test_files_of_triples_and_quads_are_asked_together(tmp_path: Path) -> None:
    (tmp_path / "two.trig").write_bytes(TWO_GRAPHS)
    (tmp_path / "third file.ttl").write_text('<https://x.example/c> <https://x.example/name> "zzz" .')
    files = [tmp_path / "two.trig", tmp_path / "third file.ttl"]
    assert query(NAMES, data=files).rows == [("one",), ("two",), ("zzz",)]
    graph = "SELECT ?g { GRAPH ?g { ?s ?p 'zzz' } }"
    assert query(graph, data=files).rows == [("https://kg.example/graph/third%20file",)]


def test_known_prefixes_need_no_declaration(small: ox.Store) -> None:
    assert query("SELECT ?r { ?r a kg:Report } ORDER BY ?r", store=small).rows[0] == (
        "https://kg.example/report/eastvale-2023-25",
    )


def test_a_declared_prefix_goes_before_a_known_one(store: ox.Store) -> None:
    text = "PREFIX kg: <https://other.example/> SELECT (kg:a AS ?x) {}"
    assert query(text, store=store).rows == [("https://other.example/a",)]


def test_relative_iris_start_at_the_base(store: ox.Store) -> None:
    assert query("SELECT (<report/x> AS ?r) {}", store=store).rows == [("https://kg.example/report/x",)]


def test_a_function_that_no_one_has_is_named(store: ox.Store) -> None:
    with pytest.raises(CannotUnderstand, match=r"x\.example/f"):
        query("SELECT (<https://x.example/f>(1) AS ?r) {}", store=store)


def test_an_endpoint_gets_the_known_prefixes_on_the_first_line() -> None:
    text = "PREFIX dct: <http://purl.org/dc/terms/>\nASK { ?r a kg:Report ; dct:title ?t }"
    sent = with_prefixes(text)
    assert sent == "PREFIX kg: <https://kg.example/ontology#> " + text


def test_values_come_as_python_values(store: ox.Store) -> None:
    text = """SELECT * { VALUES (?a ?b ?c ?d ?e) { (4 4.50 true "2024-03-31"^^xsd:date UNDEF) } }"""
    assert query(text, store=store).rows == [(4, Decimal("4.50"), True, date(2024, 3, 31), None)]


def test_ask_gives_an_answer(store: ox.Store) -> None:
    assert query("ASK { ?s ?p 'two' }", store=store)
    assert not query("ASK { ?s ?p 'three' }", store=store)


def test_construct_gives_triples(store: ox.Store) -> None:
    results = query("CONSTRUCT WHERE { ?s <https://x.example/name> ?o }", store=store)
    assert {str(triple.object) for triple in results} == {'"one"', '"two"'}


# --- where a query comes from ------------------------------------------------------------------------


def test_a_query_may_be_a_file_with_parameters(tmp_path: Path, store: ox.Store) -> None:
    path = tmp_path / "mine.rq"
    head = "# param name (text): a name\n"
    path.write_text(head + "SELECT DISTINCT ?s {\n  # VALUES ?name\n  ?s ?p ?name }\nORDER BY ?s")
    assert len(query(path, store=store)) == 2
    assert query(str(path), store=store, params={"name": "two"}).rows == [("https://x.example/b",)]


def test_a_query_may_come_from_standard_input(monkeypatch: pytest.MonkeyPatch, store: ox.Store) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(NAMES))
    assert len(query("-", store=store)) == 2


def test_a_saved_query_that_is_not_there_proposes_one(store: ox.Store) -> None:
    with pytest.raises(
        Unknown, match=r'no saved query "grade"; did you mean "grades".*kg queries lists them'
    ):
        query("grade", store=store)


def test_a_file_that_is_not_there_is_named(store: ox.Store) -> None:
    with pytest.raises(CannotRead, match=r"nothing\.rq: No such file"):
        query("nothing.rq", store=store)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path, store: ox.Store) -> None:
    (tmp_path / "bad.rq").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CannotUnderstand, match="UTF-8"):
        query(tmp_path / "bad.rq", store=store)


def test_a_folder_without_a_store_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="kg build"):
        query("grades", store=tmp_path / "none")


# --- parameters --------------------------------------------------------------------------------------


def test_a_value_takes_the_place_of_its_comment_and_keeps_the_lines() -> None:
    text = "SELECT * {\n  # VALUES ?x\n  ?x ?p ?o }"
    bound = with_values(text, {"x": ox.Literal("a")})
    assert bound == 'SELECT * {\n  VALUES ?x { "a" }\n  ?x ?p ?o }'


def test_a_value_without_a_place_is_appended(store: ox.Store) -> None:
    assert query("SELECT ?s { ?s ?p ?name } # end", store=store, params={"name": "two"}).rows == [
        ("https://x.example/b",)
    ]


HOSTILE = [
    '" } INSERT { ?s ?p ?o } #',
    "'''",
    '\\" . ?s ?p ?o',
    "two\n} UNION { ?s ?p ?o",
    "\\u0022",
    "</x> } #",
    "\u2028\u202e\x00\x1b",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_stays_a_value_whatever_it_says(value: str, store: ox.Store) -> None:
    text = "SELECT ?name { # VALUES ?name\n}"
    assert query(text, store=store, params={"name": ox.Literal(value)}).rows == [(value,)]
    assert len(query("SELECT ?s { ?s ?p ?name }", store=store, params={"name": value})) == 0


def test_values_may_be_python_values(store: ox.Store) -> None:
    text = "SELECT ?a ?b ?c ?d {\n# VALUES ?a\n# VALUES ?b\n# VALUES ?c\n# VALUES ?d\n}"
    params = {"a": 1, "b": Decimal("1E+2"), "c": date(2024, 1, 31), "d": True}
    assert query(text, store=store, params=params).rows == [(1, Decimal("100"), date(2024, 1, 31), True)]
    with pytest.raises(CannotUnderstand, match="cannot bind a list"):
        query(text, store=store, params={"a": []})


def test_a_parameter_that_the_query_does_not_have_is_refused(store: ox.Store) -> None:
    with pytest.raises(Unknown, match='no parameter "nam"'):
        query("SELECT ?name { ?s ?p ?name }", store=store, params={"nam": "two"})


def test_a_date_that_is_none_is_refused(small: ox.Store) -> None:
    with pytest.raises(CannotUnderstand, match='"soon" is no date; write YYYY-MM-DD, YYYY-MM or YYYY'):
        query("duty-calendar", store=small, params={"until": "soon"})


def test_a_report_is_given_by_its_id_or_iri(small: ox.Store) -> None:
    by_id = query("grades", store=small, params={"report": "eastvale-2023-25"})
    by_iri = query("grades", store=small, params={"report": "https://kg.example/report/eastvale-2023-25"})
    assert by_id.rows == by_iri.rows
    assert len(by_id) == 1
    with pytest.raises(Unknown, match="eastvale-2023-25"):
        query("grades", store=small, params={"report": "eastvale-2023"})


def test_a_name_of_several_things_lists_them(small: ox.Store) -> None:
    with pytest.raises(Ambiguous, match=r"eastvale--control-room.*northmoor--control-room"):
        query("entity-findings", store=small, params={"entity": "control room"})


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("kg:Finding", "https://kg.example/ontology#Finding"),
        ("<https://x.example/a>", "https://x.example/a"),
        ("https://x.example/a", "https://x.example/a"),
        ("urn:x:y", "urn:x:y"),
        ("Police performance: Getting a grip", None),
        ("unknown:thing", None),
        ("https://x.example/a> } #", None),
        ("<javascript alert>", None),
    ],
)
def test_what_is_an_iri_and_what_a_text(text: str, iri: str | None) -> None:
    found = iri_of(text)
    assert (found.value if found else None) == iri


# --- errors ------------------------------------------------------------------------------------------


def test_bad_sparql_is_one_line_with_its_place(store: ox.Store) -> None:
    with pytest.raises(CannotUnderstand, match=r"^SPARQL, line 2, column \d+: ") as caught:
        query("SELECT * {\n ?s ?p ?o }}", store=store)
    assert "\n" not in str(caught.value)


def test_a_prefix_that_is_not_declared_is_named(store: ox.Store) -> None:
    with pytest.raises(CannotUnderstand, match='no prefix "foo:" is declared'):
        query("SELECT * { ?s foo:x ?o }", store=store)


def test_service_is_refused(store: ox.Store) -> None:
    with pytest.raises(CannotUnderstand, match="SERVICE is switched off"):
        query("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", store=store)


def test_an_update_is_no_query(store: ox.Store) -> None:
    with pytest.raises(CannotUnderstand, match="line 1"):
        ask_store(store, "INSERT DATA { <https://x.example/n> <https://x.example/name> 'n' }")
    assert len(store) == 3


def test_a_data_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match=r"none\.ttl"):
        query(NAMES, data=[tmp_path / "none.ttl"])


# --- on the command line -----------------------------------------------------------------------------


def test_a_saved_query_wins_over_a_folder_or_file_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "grades").write_text("no query")
    (tmp_path / "others").mkdir()
    assert (question("reports"), question("grades")) == ("reports", "grades")
    with pytest.raises(CannotRead, match="others: a folder"):
        question("others")


def ask_on_the_command_line(*arguments: str) -> tuple[int, str, str]:
    """Status, standard output and standard error of ``kg query`` on the small dataset."""
    from click.testing import CliRunner

    ran = CliRunner().invoke(query_command, [*arguments, "--data", str(SMALL)], standalone_mode=False)
    assert ran.exception is None
    return int(ran.return_value), ran.stdout, ran.stderr


def test_a_term_that_the_ontology_does_not_have_is_pointed_out() -> None:
    status, _, said = ask_on_the_command_line("SELECT ?j { ?j a kg:Judgment }")
    assert (status, said) == (0, "kg: kg:Judgment is no term; did you mean kg:Judgement?\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('ASK { ?f a kg:Finding ; kg:polarity "negative" }', ["kg:polarity leads to a thing"]),
        ("ASK { ?j a kg:Judgement ; kg:grade 'good' }", ["kg:grade leads to a thing"]),
        ("SELECT (COUNT(*) AS ?n) { ?x kg:polarity kg:Negative }", ["kg:polarity stands on findings"]),
        ("SELECT ?f { ?f a kg:Finding ; kg:polarity kg:Negative ; kg:heading 'x' }", []),
    ],
)
def test_what_a_question_about_polarity_covers_is_said(text: str, told: list[str]) -> None:
    said = ask_on_the_command_line(text)[2]
    assert [line.partition(", so ")[0].partition(", on ")[0] for line in said.splitlines()] == [
        f"kg: {line}" for line in told
    ]


def test_no_saved_query_gives_words_for_a_thing() -> None:
    assert [line for saved in saved_queries() for line in words_for_things(saved.text)] == []


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("ASK { ?j a kg:Judgement ; kg:area ?a. }", []),
        ("ASK { ?j a kg:Finding. }", []),
        ("ASK { ?j a 'kg:Judgment' } # kg:Judgment", []),
        ("ASK { ?j a <https://kg.example/ontology#Findng> }", ["Findng"]),
        ("PREFIX k: <https://kg.example/ontology#> ASK { ?j a k:Findng ; k:areas ?a }", ["Findng", "areas"]),
        ("PREFIX kg: <https://x.example/> ASK { ?j a kg:Judgment }", []),
    ],
)
def test_wrong_terms_are_found_however_they_are_written(text: str, terms: list[str]) -> None:
    assert [line.split()[0] for line in wrong_terms(text)] == [f"kg:{term}" for term in terms]


def test_no_saved_query_has_a_wrong_term() -> None:
    assert [line for saved in saved_queries() for line in wrong_terms(saved.text)] == []


def test_a_known_body_without_a_report_is_said_to_have_none(tmp_path: Path) -> None:
    other = """@prefix kg: <https://kg.example/ontology#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    <https://kg.example/id/force/southmere> a kg:PoliceForce, kg:InspectedBody ;
      skos:prefLabel "Southmere Police" ."""
    (tmp_path / "other.ttl").write_text(other)
    more = ("--data", str(tmp_path / "other.ttl"))
    status, _, said = ask_on_the_command_line("grades", "--param", "force=Southmere Police", *more)
    assert (status, said) == (0, "kg: no report on Southmere Police here\n")
    _, shown, said = ask_on_the_command_line("grades", "--param", "force=Northmoor Police", *more)
    assert "Adequate" in shown
    assert said == ""


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(?o) AS ?n) { ?s <https://kg.example/p> ?o }",
        "SELECT ?s (MAX(?o) AS ?most) { ?s <https://kg.example/p> ?o } GROUP BY ?s",
        "SELECT ?n { { SELECT (1 AS ?n) { ?s <https://kg.example/p> ?o } } }",
        "SELECT ?t { ?t a ?c FILTER EXISTS { ?s <https://kg.example/p> ?o } }",
        "SELECT ?o { ?t <https://kg.example/p> ?o FILTER(?t = ?s) }",
        "SELECT ?o { { ?s <https://kg.example/p> ?o } UNION { ?t <https://kg.example/q> ?o } }",
        "SELECT ?o ?s { ?t <https://kg.example/p> ?o }",
    ],
)
def test_a_parameter_that_would_select_nothing_is_an_error(text: str) -> None:
    """SPARQL joins a block at the end behind all else: each body would get the number of all."""
    with pytest.raises(CannotUnderstand, match=r"# VALUES \?s"):
        query(text, store=ox.Store(), params={"s": "https://kg.example/one"})


def test_a_parameter_selects_before_what_is_counted() -> None:
    store = ox.Store()
    store.load(b"@prefix k: <https://kg.example/> . k:a k:p 1 , 2 . k:b k:p 3 .", format=ox.RdfFormat.TURTLE)
    text = "SELECT (COUNT(?o) AS ?n) {\n # VALUES ?s\n ?s <https://kg.example/p> ?o }"
    assert [int(str(row[0])) for row in query(text, store=store, params={"s": "https://kg.example/a"})] == [2]
