"""No parameter is passed over: a name that is not known and a value that is empty are refused wherever a
program asks, so that no answer is to more than was asked."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.asking.search.searching import FACETS, search
from kg.asking.sparql.library import saved_queries
from kg.model.errors import CannotUnderstand
from kg.serving.http.messages import Request, Response
from kg.serving.protocol.dataset import from_folder
from kg.serving.settings import Settings
from kg.serving.site import Site

REPORT = "/report/west-midlands-peel-2023-25"
FORMS = {
    "/why.json": {"body": "West Midlands Police", "area": "leadership", "report": "", "year": ""},
    "/why": {"body": "West Midlands Police", "area": "leadership", "report": "", "year": ""},
    "/search.json": {"q": "crime", "from": "0", **dict.fromkeys(FACETS, "")},
    "/search": {"q": "crime", **dict.fromkeys(FACETS, "")},
    "/neighbourhood": {"thing": "West Midlands Police", "depth": "1"},
    "/things": {"class": "Unit"},
    f"{REPORT}/read": {"show": "finding"},
    "/openapi.json": {},
    "/.well-known/void": {},
    f"{REPORT}.ttl": {},
    "/graph/west-midlands-peel-2023-25.ttl": {},
    **{f"/queries/{saved.name}.csv": dict.fromkeys(saved.parameters, "") for saved in saved_queries()},
}
"""Addresses for programs, and what they take; what is empty here is left out."""
EMPTY = [(path, name) for path, takes in FORMS.items() for name in takes if (path, name) != ("/search", "q")]
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8) | st.sampled_from(
    ["Body", "BODY", "bodys", "types", "limit", "force ", "year[]", "Area", "q2", "parameters"]
)


@pytest.fixture(scope="module")
def site(built: Any) -> Site:
    return Site(from_folder(built.store, 250_000), Settings())


def get(site: Site, path: str, fields: dict[str, str]) -> Response:
    pairs = (f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in fields.items())
    target = f"{path}?{'&'.join(pairs)}"
    return site.respond(Request("GET", target, {"host": "localhost", "accept": "*/*"}))


def message(response: Response) -> str:
    assert isinstance(response.body, bytes)
    return response.body.decode()


@pytest.mark.parametrize("path", [*FORMS])
@given(name=NAMES)
def test_a_name_that_is_not_known_is_refused(site: Site, path: str, name: str) -> None:
    if name in FORMS[path] or (path.startswith("/queries/") and name in ("format", "output")):
        return
    known = {key: value for key, value in FORMS[path].items() if value}
    response = get(site, path, {**known, name: "x"})
    assert response.status == 400, (path, name)
    assert "no parameter" in message(response)


@pytest.mark.parametrize(("path", "name"), EMPTY)
def test_an_empty_value_is_refused(site: Site, path: str, name: str) -> None:
    known = {key: value for key, value in FORMS[path].items() if value}
    for empty in ("", " "):
        response = get(site, path, {**known, name: empty})
        assert response.status == 400 and "is empty" in message(response)


def test_a_page_for_people_may_be_called_with_what_others_put_into_an_address(site: Site) -> None:
    for path in ("/", "/queries", "/ontology.html", f"{REPORT}.html"):
        assert get(site, path, {"utm_source": "x"}).status == 200
    form = Request("GET", "/queries/grades?force=&area=", {"host": "localhost", "accept": "text/html"})
    assert site.respond(form).status == 200


def test_a_graph_by_a_name_that_the_protocol_has_not_is_refused(site: Site) -> None:
    for name in ("default_graph_uri", "graph", "using-graph-uri", "named-graph-URI"):
        response = get(site, "/sparql", {"query": "ASK {}", name: "https://kg.example/graph/x"})
        assert response.status == 400 and "-graph-uri" in message(response)
    assert get(site, "/sparql", {"query": "ASK {}", "timeout": "3"}).status == 200


def test_why_has_a_year(site: Site) -> None:
    known = {"body": "West Midlands Police", "area": "leadership"}
    response = get(site, "/why.json", {**known, "year": "2001"})
    assert response.status == 404 and "in 2001" in message(response)
    assert get(site, "/why.json", {**known, "year": "1e3"}).status == 400


def test_a_search_refuses_what_is_too_long_and_an_empty_value(site: Site, built: Any) -> None:
    response = get(site, "/search.json", {"q": "crime " * 60 + "zebra"})
    assert response.status == 400 and "q: longer than 300 characters" in message(response)
    response = get(site, "/search.json", {"q": "crime " * 33 + "zebra"})
    assert json.loads(message(response))["total"] == 0
    for facet in FACETS:
        with pytest.raises(CannotUnderstand, match=f"{facet} is empty"):
            search("crime", built.store, {facet: " "})


def test_what_explains_an_answer_comes_with_it(site: Site) -> None:
    headers = dict(get(site, "/queries/concerns.csv", {"force": "Kent Police"}).headers)
    assert headers.get("X-Remark", "no report on Kent Police here") == "no report on Kent Police here"
    every = dict(get(site, "/queries/evidence.csv", {}).headers)
    assert every["X-Remark"].startswith("without topic these are all rows")


# --- tools for agents --------------------------------------------------------------------------------

TOOLS = {
    "list_questions": {},
    "run_question": {"name": "grades"},
    "describe": {"entity": "West Midlands Police"},
    "why": {"body": "West Midlands Police", "area": "leadership"},
    "cite": {"statement": f"https://kg.example{REPORT}"},
    "sparql": {"query": "ASK {}"},
}


def call(store: Any, tool: str, arguments: dict[str, Any]) -> Any:
    pytest.importorskip("mcp", reason="needs the extra: pip install 'inspection-findings-kg[mcp]'")
    from mcp import Client

    from kg.serving.agents.mcp_server import make_server

    async def ask() -> Any:
        async with Client(make_server(store)) as client:
            return await client.call_tool(tool, arguments)

    return asyncio.run(ask())


@pytest.mark.parametrize("tool", [*TOOLS])
@pytest.mark.parametrize("name", ["parameters", "Body", "format", "graph"])
def test_a_tool_refuses_an_argument_that_it_has_not(built: Any, tool: str, name: str) -> None:
    found = call(built.store, tool, {**TOOLS[tool], name: {"force": "Kent Police"}})
    assert found.is_error and name in found.content[0].text


@pytest.mark.parametrize(
    ("tool", "name"), [*((tool, name) for tool, takes in TOOLS.items() for name in takes), ("why", "report")]
)
def test_a_tool_refuses_an_empty_text(built: Any, tool: str, name: str) -> None:
    found = call(built.store, tool, {**TOOLS[tool], name: ""})
    assert found.is_error and "Traceback" not in found.content[0].text


def test_a_tool_says_what_explains_an_answer_and_takes_a_year(built: Any) -> None:
    found = call(built.store, "run_question", {"name": "evidence", "limit": 1}).structured_content
    assert found["remarks"][0].startswith("without topic these are all rows")
    refused = call(built.store, "why", {**TOOLS["why"], "year": 2001})
    assert refused.is_error and "in 2001" in refused.content[0].text
