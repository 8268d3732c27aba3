"""How often a page asks the data: with ``kg serve --endpoint`` each query is a request to another server."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pyoxigraph as ox
import pytest
from server_process import serving

from kg.asking.network import neighbourhood
from kg.asking.results import Results
from kg.asking.things.triples import endpoint_triples
from kg.serving.http.messages import Request
from kg.serving.pages import queries
from kg.serving.pages.queries import bound, passages_at
from kg.serving.pages.source import PageSource
from kg.serving.protocol.dataset import Served, from_folder
from kg.serving.protocol.relay import remote
from kg.serving.settings import Settings
from kg.serving.site import Site

BASE = "https://kg.example"
REPORT = "/report/west-midlands-peel-2023-25"
MOST = {
    "/": 1, "/queries": 0, "/queries/grades": 2, "/queries/findings": 2, "/search?q=domestic": 1,
    "/sparql": 0,
    "/ontology.html": 2, "/things?class=Body": 1, "/nothing.html": 1,
    f"{REPORT}.html": 3, f"{REPORT}/read": 2, "/id/force/west-midlands.html": 3, "/dataset.html": 3,
}  # fmt: skip
KINDS = (
    "Judgement", "Finding", "ImprovementNeed", "StatedConcern", "Figure", "Mention", "Passage", "Notice",
    "Area", "Grade", "Framework", "Unit", "Body", "Organisation", "Measure", "Period", "Topic",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(built) -> Site:
    found = Site(from_folder(built.store, 250_000), Settings())
    found.prepare()
    return found


@contextmanager
def counted() -> Iterator[list[str]]:
    """The queries that are asked in the block."""
    asked: list[str] = []
    ask = PageSource.ask

    def counting(self: PageSource, query: str) -> Results:
        asked.append(query)
        return ask(self, query)

    PageSource.ask = counting  # type: ignore[method-assign]
    try:
        yield asked
    finally:
        PageSource.ask = ask  # type: ignore[method-assign]


def queries_of(site: Site, path: str) -> int:
    with counted() as asked:
        response = site.respond(Request("GET", path, {"host": "localhost", "accept": "text/html"}))
    assert response.status in (200, 404)
    return len(asked)


@pytest.mark.parametrize("path", MOST)
def test_a_page_asks_a_handful_of_queries(site, path):
    assert queries_of(site, path) <= MOST[path]


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_of_a_thing_of_any_kind_asks_three_queries(site, kind):
    (iri,) = site.ask(f"SELECT (MIN(STR(?t)) AS ?one) {{ ?t a kg:{kind} }}").rows[0]
    assert queries_of(site, str(iri).removeprefix(BASE) + ".html") == 3


DRAWN = ("Area", "Organisation", "Topic", "Body", "Framework", "Operation", "System")


def most_linked(site: Site, kind: str) -> str:
    """The thing of a kind that most leads to."""
    query = f"SELECT ?t {{ ?s ?p ?t . ?t a kg:{kind} }} GROUP BY ?t ORDER BY DESC(COUNT(*)) ?t LIMIT 1"
    return str(site.ask(query).rows[0][0])


@pytest.mark.parametrize("kind", DRAWN)
def test_the_picture_of_a_thing_asks_an_endpoint_a_dozen_times_at_most(site, kind):
    iri = most_linked(site, kind)
    far = endpoint_triples(lambda query: site.ask(query).terms)
    with counted() as asked:
        drawn = neighbourhood(iri, store=far, limit=24)
    assert 2 <= len(asked) <= 12
    near = neighbourhood(iri, store=site.served.store, limit=24)
    assert list(drawn.nodes(data=True)) == list(near.nodes(data=True))


OVER_AN_ENDPOINT = ("/", f"{REPORT}.html", f"{REPORT}/read", "/id/force/west-midlands.html", "/ontology.html")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_pages_over_an_endpoint_are_the_pages_over_the_store(site, built):
    figure = site.ask("SELECT (MIN(STR(?f)) AS ?one) { ?f a kg:Figure }").rows[0][0]
    with serving(store=str(built.store), timeout=20) as server:
        settings = Settings(endpoint=f"{server.address}/sparql")
        over = Site(remote(settings), settings)
        for path in (*OVER_AN_ENDPOINT, str(figure).removeprefix(BASE) + ".html"):
            request = Request("GET", path, {"host": "localhost", "accept": "text/html"})
            assert over.respond(request).body == site.respond(request).body


# --- several queries as one --------------------------------------------------------------------------

DATA = """
<http://e/a> <http://e/name> "b" . <http://e/a> <http://e/name> "a" . <http://e/a> <http://e/size> "2" .
<http://e/b> <http://e/name> "c" . <http://e/b> <http://e/size> "10" .
"""
NAMED = "SELECT ?thing ?name { ?thing <http://e/name> ?name } ORDER BY DESC(?name) ?thing"
FIRST = "SELECT ?name { ?thing <http://e/name> ?name } ORDER BY ?name LIMIT 2"
COUNTED = """SELECT ?thing (COUNT(?name) AS ?names) { ?thing <http://e/name> ?name FILTER(?name != "?thing") }
  GROUP BY ?thing ORDER BY ?names"""
DISTINCT = "SELECT DISTINCT ?thing { ?thing <http://e/name> ?name } ORDER BY ?thing"
NOTHING = "SELECT ?thing ?any { ?thing <http://e/none?thing=1> ?any }"


@pytest.fixture
def source() -> PageSource:
    store = ox.Store()
    store.load(DATA, format=ox.RdfFormat.TURTLE)
    return PageSource(Served(store))


@pytest.mark.parametrize(
    "asked", [(NAMED,), (NAMED, FIRST, COUNTED, DISTINCT, NOTHING), (NOTHING, COUNTED, NAMED, NAMED)]
)
def test_queries_asked_as_one_give_the_rows_that_each_gives_alone(source, asked):
    together = source.ask_all({str(number): query for number, query in enumerate(asked)})
    for number, query in enumerate(asked):
        alone = source.ask(query)
        assert together[str(number)].columns == alone.columns
        assert together[str(number)].terms == alone.terms


def test_an_order_by_what_is_no_column_is_refused(source):
    with pytest.raises(ValueError, match="ordered by what it does not give"):
        source.ask_all({"hidden": "SELECT ?thing { ?thing <http://e/name> ?name } ORDER BY ?name"})


EVERY = {
    name: text for name, text in vars(queries).items() if name.isupper() and str(text).startswith("SELECT")
}


@pytest.mark.parametrize("name", sorted(set(EVERY) - {"NAMES", "SEARCH"}))
def test_every_query_of_the_pages_can_be_asked_with_others(site, name):
    iris = dict.fromkeys(re.findall(r"# VALUES \?(\w+)", EVERY[name]), f"{BASE}{REPORT}")
    query = bound(EVERY[name], **iris)
    assert site.ask_all({"one": query, "other": query})["other"].terms == site.ask(query).terms


def test_passages_are_asked_for_where_words_stand(site):
    iri = f"{BASE}{REPORT}"
    every = site.ask(bound(queries.PASSAGES, report=iri)).dicts()
    chosen = site.ask(passages_at(iri, [(every[3]["start"] + 1, every[3]["start"] + 2), (0, 1)])).dicts()
    assert [row["passage"] for row in chosen] == [every[0]["passage"], every[3]["passage"]]
