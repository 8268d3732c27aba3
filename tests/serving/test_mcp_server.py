"""The tools for agents, called as an agent calls them: by the protocol's own client."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from store_data import GRAPH, triples

from kg.asking.sparql import asker
from kg.asking.sparql.library import saved_queries, saved_query
from kg.graph.store import write_store
from kg.model.errors import CannotRead, CannotUnderstand, Unknown
from kg.model.vocab import OA
from kg.serving.agents import bounded
from kg.serving.agents.bounded import Request, ask_bounded
from kg.serving.agents.citations import citations_of, cite
from kg.serving.agents.tools import Source, describe, evidence, run_question, sparql, why

pytest.importorskip("mcp", reason="needs the extra: pip install 'inspection-findings-kg[mcp]'")

from mcp import Client

from kg.serving.agents.mcp_server import make_server


def call(store: Path, tool: str, /, **arguments: Any) -> Any:
    """The result of one tool call."""

    async def ask() -> Any:
        async with Client(make_server(store)) as client:
            return await client.call_tool(tool, arguments)

    return asyncio.run(ask())


def answer(store: Path, tool: str, /, **arguments: Any) -> Any:
    """The structured content of a call that succeeds."""
    result = call(store, tool, **arguments)
    assert not result.is_error, result.content
    content = result.structured_content
    return content["result"] if content.keys() == {"result"} else content


def words_at(citation: dict[str, Any], text: str) -> bool:
    return text[citation["start"] : citation["end"]] == citation["quote"]


# --- the protocol ------------------------------------------------------------------------------------


def test_every_tool_is_read_only_and_says_what_it_gives(built: Any) -> None:
    async def tools() -> Any:
        async with Client(make_server(built.store)) as client:
            return (await client.list_tools()).tools

    found = {tool.name: tool for tool in asyncio.run(tools())}
    assert set(found) == {"list_questions", "run_question", "describe", "why", "cite", "sparql"}
    for tool in found.values():
        assert tool.annotations.read_only_hint and not tool.annotations.destructive_hint
        assert tool.description and tool.output_schema


def test_the_schema_is_a_resource(built: Any) -> None:
    async def read(uri: str) -> str:
        async with Client(make_server(built.store)) as client:
            return str((await client.read_resource(uri)).contents[0].text)

    schema = asyncio.run(read("kg://schema"))
    assert "kg:Finding" in schema and "kg:evidence/oa:hasSelector" in schema
    assert asyncio.run(read("kg://question/grades")) == saved_query("grades").text


def test_the_command_speaks_the_protocol_on_standard_output(built: Any) -> None:
    from mcp import StdioServerParameters

    async def ask() -> Any:
        command = ["-m", "kg", "mcp", "--store", str(built.store.resolve())]
        async with Client(StdioServerParameters(command=sys.executable, args=command)) as client:
            return await client.call_tool("run_question", {"name": "grades", "limit": 1})

    assert asyncio.run(ask()).structured_content["total"] == 8


def test_the_command_without_a_dataset_fails_in_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "mcp", "--store", str(tmp_path / "none")]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    assert done.returncode == 2
    assert "no dataset here" in done.stderr and done.stderr.count("\n") == 1


# --- the answers -------------------------------------------------------------------------------------


def test_the_questions_are_the_saved_queries(built: Any) -> None:
    questions = answer(built.store, "list_questions")
    assert [q["name"] for q in questions] == [saved.name for saved in saved_queries()]
    assert next(q for q in questions if q["name"] == "grades")["parameters"][0]["kind"] == "entity"


def test_each_row_of_an_answer_cites_the_words_it_rests_on(built: Any, seed_text: str) -> None:
    found = answer(built.store, "run_question", name="grades", limit=3)
    assert found["total"] == 8 and len(found["rows"]) == 3
    for row in found["rows"]:
        assert len(row["citations"]) == 2  # its section’s sentence, and the label in the overview
        for citation in row["citations"]:
            assert words_at(citation, seed_text)
            assert citation["report"] == "west-midlands-peel-2023-25"
            assert row["values"]["grade"].lower() in citation["quote"].lower()


@pytest.mark.parametrize("name", [saved.name for saved in saved_queries()])
def test_an_answer_has_the_rows_of_its_query_and_exact_words(built: Any, seed_text: str, name: str) -> None:
    source = Source(built.store)
    found = run_question(source, name, limit=200)
    plain = source.ask(saved_query(name).text)
    assert found.total == len(plain.terms)
    assert found.columns == list(plain.columns)
    for row in found.rows:
        for citation in row.citations:
            assert seed_text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize("name", ["findings", "needs", "concerns", "figures", "case-reviews", "shares"])
def test_statements_are_always_cited(built: Any, name: str) -> None:
    found = run_question(Source(built.store), name)
    assert found.rows and all(row.citations for row in found.rows)


def test_parameters_are_names_or_iris(built: Any) -> None:
    by_name = answer(built.store, "run_question", name="grades", params={"force": "West Midlands Police"})
    by_iri = answer(built.store, "run_question", name="grades", params={"force": "force:west-midlands"})
    assert by_name == by_iri and by_name["total"] == 8


def test_a_thing_is_described_with_citations(built: Any, seed_text: str) -> None:
    found = answer(built.store, "describe", entity="MARAC", limit=12)
    assert found["type"] == "body" and 1 <= len(found["things"]) <= 12
    cited = [thing["citation"] for thing in found["things"] if thing["citation"]]
    assert cited and all(words_at(citation, seed_text) for citation in cited)
    assert any(" of " in line for line in found["hidden"])


def test_a_grade_is_explained_in_the_words_of_the_report(built: Any, seed_text: str) -> None:
    found = answer(built.store, "why", body="West Midlands Police", area="Investigating crime")
    assert found["grade"] == "Inadequate" and "states no shortcoming" in found["note"]
    assert len(found["supports"]) >= 5 and found["contrary"]
    for quote in (*found["supports"], *found["contrary"]):
        assert seed_text[quote["start"] : quote["end"]] == quote["quote"]


def test_a_statement_is_cited_by_its_iri(built: Any, seed_text: str) -> None:
    iri = "report:west-midlands-peel-2023-25/judgement-investigating-crime"
    citations = answer(built.store, "cite", statement=iri)
    assert len(citations) == 2
    for citation in citations:
        assert words_at(citation, seed_text)
        assert citation["report_title"].startswith("PEEL 2023–25")


def test_a_query_gives_rows_and_the_citations_of_statements_in_them(built: Any, seed_text: str) -> None:
    found = answer(built.store, "sparql", query="SELECT ?f ?h { ?f a kg:Finding ; kg:heading ?h }", limit=4)
    assert len(found["rows"]) == 4 and found["more"]
    assert {citation["statement"] for citation in found["citations"]} == {row[0] for row in found["rows"]}
    assert all(words_at(citation, seed_text) for citation in found["citations"])


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("ASK { ?s a kg:Report }", [[True]]),
        ("CONSTRUCT { report:a oa:b 1.5 } WHERE {}", [["https://kg.example/report/a", OA.iri + "b", 1.5]]),
    ],
)
def test_other_forms_of_query_are_answered_too(built: Any, query: str, rows: list[list[object]]) -> None:
    assert answer(built.store, "sparql", query=query)["rows"] == rows


# --- what goes wrong ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("run_question", {"name": "grade"}, 'did you mean "grades"'),
        ("run_question", {"name": "grades", "params": {"force": "Nowhere"}}, '"Nowhere"'),
        ("run_question", {"name": "grades", "params": {"colour": "red"}}, 'no parameter "colour"'),
        ("describe", {"entity": "MARACK"}, "did you mean"),
        ("why", {"body": "West Midlands Police", "area": "crme"}, "no graded area"),
        ("why", {"body": "West Midlands Police", "area": "crme"}, "no graded area"),
        ("cite", {"statement": "the judgement"}, "is no IRI of a statement"),
        ("cite", {"statement": "force:west-midlands"}, "has no words of its own"),
        ("sparql", {"query": "SELECT * { ?s ?p }"}, "SPARQL, line 1"),
        ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}, "SPARQL, line 1"),
        ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}, "SERVICE"),
    ],
)
def test_an_error_is_an_answer_that_helps(
    built: Any, name: str, arguments: dict[str, Any], message: str
) -> None:
    result = call(built.store, name, **arguments)
    assert result.is_error
    assert message in result.content[0].text


@pytest.mark.parametrize("limit", [0, 201])
def test_a_limit_is_bounded(built: Any, limit: int) -> None:
    assert call(built.store, "sparql", query="ASK {}", limit=limit).is_error
    with pytest.raises(CannotUnderstand, match="give 1 to 200"):
        run_question(Source(built.store), "grades", limit=limit)
    with pytest.raises(CannotUnderstand, match="give 1 to 200"):
        sparql(Source(built.store), "ASK {}", limit=limit)
    with pytest.raises(CannotUnderstand, match="give 1 to 200"):
        describe(Source(built.store), "MARAC", limit=limit)


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_query_that_takes_too_long_is_ended(built: Any) -> None:
    with pytest.raises(CannotRead, match="took longer than 2 seconds"):
        ask_bounded(Request(ENDLESS, 5, store=str(built.store), seconds=2))


@pytest.mark.skipif(sys.platform != "linux", reason="memory is only limited on Linux")
def test_a_query_that_needs_too_much_memory_is_ended(built: Any) -> None:
    heavy = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?d"
    with pytest.raises(CannotRead, match="more than 200 MB of memory"):
        ask_bounded(Request(heavy, 5, store=str(built.store), memory=200 << 20))


def test_rdf_files_can_be_asked_too(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text('<https://x.example/a> <https://x.example/b> "c" .')
    source = Source(None, (tmp_path / "a.ttl",))
    assert sparql(source, "SELECT ?o { ?s ?p ?o }").rows == [["c"]]
    assert run_question(source, "grades").total == 0


def test_an_answer_is_bounded_in_its_cells_and_in_all(built: Any) -> None:
    source = Source(built.store)
    long = sparql(source, "SELECT (GROUP_CONCAT(?q) AS ?x) (COUNT(?q) AS ?n) { ?s oa:exact ?q }")
    assert long.cut and long.rows[0][0].endswith(" characters)") and len(long.rows[0][0]) < 2100
    many = sparql(
        source, "SELECT ?x { { SELECT (GROUP_CONCAT(?q) AS ?x) { ?s oa:exact ?q } } ?a a kg:Passage }", 200
    )
    assert many.more and sum(len(row[0]) for row in many.rows) <= bounded.MOST
    assert not sparql(source, "ASK {}").cut


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('"<http://a>"', "<http://a>"),
        ("1e0/0", "INF"),
        ("-1e0/0", "-INF"),
        ("0e0/0", "NaN"),
        ("0.1", 0.1),
        ("123456789012345678.25", "123456789012345678.25"),
        ("12345678901234567890.0", "12345678901234567890"),
    ],
)
def test_a_cell_is_what_json_can_say(built: Any, cell: str, value: Any) -> None:
    result = call(built.store, "sparql", query=f"SELECT ({cell} AS ?x) {{}}")
    assert not result.is_error and result.structured_content["rows"] == [[value]]
    told = json.loads(result.content[0].text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert told["rows"] == [[value]]


def test_a_process_that_ends_for_another_reason_is_told_so(built: Any) -> None:
    with pytest.raises(CannotRead, match="its process ended with status 1"):
        ask_bounded(Request("ASK {}", 1, copy="no such file"))


def test_a_resource_that_there_is_not_is_one_line(built: Any, capfd: Any) -> None:
    async def read() -> str:
        async with Client(make_server(built.store)) as client:
            try:
                return str(await client.read_resource("kg://question/nope"))
            except Exception as error:  # whatever the client makes of it
                return str(error)

    assert 'no saved query "nope"' in asyncio.run(read())
    assert "Traceback" not in capfd.readouterr().err


def test_the_process_that_asks_reads_and_writes_json(built: Any) -> None:
    request = {"query": "ASK {}", "limit": 1, "store": str(built.store), "copy": None, "endpoint": None}
    command = [sys.executable, "-m", "kg.serving.agents.bounded"]
    done = subprocess.run(command, input=json.dumps(request).encode(), capture_output=True, check=True)
    assert json.loads(done.stdout) == {"columns": ["answer"], "rows": [[True]], "more": False, "cut": False}
    assert bounded.json_value(True) is True


# --- citing ------------------------------------------------------------------------------------------


def test_nothing_is_cited_for_nothing(built: Any) -> None:
    ask = asker(store=built.store)
    assert citations_of([], ask) == {}
    with pytest.raises(Unknown, match="no statement, or it was computed"):
        cite("https://x.example/nothing", ask)


def test_generations_that_were_asked_before_are_let_go(tmp_path: Path) -> None:
    source = Source(tmp_path / "store")
    for count in (1, 2, 3, 4):
        write_store(tmp_path / "store", {GRAPH: triples(count)})
        assert source.ask("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").rows == [(count,)]
    assert len(list((tmp_path / "store").glob("generation-*"))) <= 2


def test_names_of_any_length_are_refused_in_a_short_line(built: Any) -> None:
    long, source = "x" * 300_000, Source(built.store)
    for ask in (
        lambda: describe(source, long),
        lambda: why(source, long, "leadership"),
        lambda: why(source, "West Midlands Police", long),
        lambda: evidence(source, long),
        lambda: run_question(source, "grades", {"force": long}),
    ):
        with pytest.raises(CannotUnderstand, match="longer than 1,000 characters") as refused:
            ask()
        assert len(str(refused.value)) < 200
