"""The pages over the report in ``seeds/``, without a socket."""

import re
from html.parser import HTMLParser
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg.sparql.library import saved_queries
from kg.web.dataset import from_files, from_folder
from kg.web.http1 import Request, Response
from kg.web.settings import Settings
from kg.web.site import Site

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
REPORT = "/report/west-midlands-peel-2023-25"
FORCE = "/id/force/west-midlands"


@pytest.fixture(scope="module")
def site(built) -> Site:
    return Site(from_folder(built.store, 250_000), Settings())


def get(site: Site, target: str, accept: str = BROWSER) -> Response:
    return site.respond(Request("GET", target, {"host": "localhost", "accept": accept}))


def text(response: Response) -> str:
    assert isinstance(response.body, bytes)
    return response.body.decode()


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.loaded: set[str] = set()
        self.forbidden: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "a" and given.get("href"):
            self.found.add(str(given["href"]).partition("#")[0])
        if tag in ("link", "img", "script", "iframe"):
            self.loaded.add(str(given.get("href") or given.get("src")))
        if tag in ("script", "style") or "style" in given or any(name.startswith("on") for name in given):
            self.forbidden.append(tag)


def links(response: Response) -> Links:
    parser = Links()
    parser.feed(text(response))
    return parser


PAGES = [
    "/", "/queries", "/queries/grades", "/sparql", "/search?q=domestic", "/ontology.html", "/nothing",
    f"{REPORT}.html", f"{FORCE}.html", "/graph/west-midlands-peel-2023-25.html", "/dataset.html",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_script_and_loads_nothing_from_elsewhere(site, path):
    response = get(site, path)
    headers = dict(response.headers)
    assert response.media_type == "text/html; charset=utf-8"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    found = links(response)
    assert not found.forbidden
    assert all(address.startswith("/") for address in found.loaded)


def test_every_link_from_the_first_pages_leads_somewhere(site):
    targets = set()
    for path in ("/", f"{FORCE}.html", f"{REPORT}.html"):
        targets |= {target for target in links(get(site, path)).found if target.startswith("/")}
    assert len(targets) > 80
    wrong = [target for target in sorted(targets) if get(site, target).status not in (200, 303)]
    assert not wrong


def test_the_first_page_lists_reports_grades_and_queries(site):
    page = text(get(site, "/"))
    assert f'href="{REPORT}"' in page
    assert len(re.findall(r'class="grade-\d"', page)) == 8
    assert all(f'href="/queries/{query.name}"' in page for query in saved_queries())


DESCRIPTIONS = [
    ("text/html", ".html"),
    (BROWSER, ".html"),
    ("text/turtle", ".ttl"),
    ("application/ld+json", ".jsonld"),
    ("application/n-triples", ".nt"),
    ("application/rdf+xml", ".rdf"),
    ("text/turtle;q=0.5, application/n-triples", ".nt"),
    ("*/*", ".ttl"),
]


@pytest.mark.parametrize("path", [FORCE, REPORT, "/ontology", "/graph/ontology"])
@pytest.mark.parametrize(("accept", "suffix"), DESCRIPTIONS)
def test_a_thing_answers_303_to_the_description_that_accept_likes_best(site, path, accept, suffix):
    response = get(site, path, accept)
    assert response.status == 303 and ("Location", path + suffix) in response.headers


def test_a_thing_has_no_picture_format(site):
    assert get(site, FORCE, "image/png").status == 406


@pytest.mark.parametrize("suffix", [".ttl", ".jsonld", ".nt", ".rdf", ".trig", ".nq"])
def test_a_description_is_rdf_about_the_thing(site, suffix):
    response = get(site, FORCE + suffix)
    media_type = str(response.media_type).partition(";")[0]
    syntax = ox.RdfFormat.from_media_type(media_type)
    subjects = {str(quad.subject) for quad in ox.parse(response.body, format=syntax)}
    assert subjects == {"<https://kg.example/id/force/west-midlands>"}


def test_the_description_of_a_statement_has_its_words(site):
    finding = next(target for target in links(get(site, f"{REPORT}.html")).found if "/finding-" in target)
    description = text(get(site, finding + ".ttl"))
    assert "oa:exact" in description and "oa:start" in description
    assert "<blockquote" in text(get(site, finding + ".html"))


def test_a_report_shows_its_statements_with_their_words_by_area(site):
    page = text(get(site, f"{REPORT}.html"))
    assert page.count("<article>") >= 40
    assert "Requires improvement" in page and page.count("<mark>") > 100


def test_quotes_are_the_words_at_their_offsets(site, seed_text):
    page = text(get(site, f"{REPORT}.html"))
    blocks = "".join(re.findall(r"<blockquote>.*?</blockquote>", page, re.DOTALL))
    quotes = re.findall(r"<mark>([^<&]*)</mark>.*?characters (\d+)–(\d+)", blocks, re.DOTALL)
    assert len(quotes) > 40
    assert all(seed_text[int(start) : int(end)] == words for words, start, end in quotes)


def test_an_unknown_thing_is_not_found(site):
    for path in ("/id/force/nobody", "/report/none/finding-x", "/..%2fetc/passwd", "/id/<script>", "//x"):
        response = get(site, path)
        assert response.status == 404 and "script>" not in text(response)


def test_every_saved_query_has_a_page_that_works(site):
    for query in saved_queries():
        assert get(site, f"/queries/{query.name}").status == 200, query.name


@pytest.mark.parametrize(
    ("extension", "media_type"),
    [("csv", "text/csv"), ("json", "application/sparql-results+json"), ("tsv", "text/tab-separated-values"),
     ("xml", "application/sparql-results+xml"), ("md", "text/markdown")],
)  # fmt: skip
def test_a_saved_query_is_a_table_for_programs(site, extension, media_type):
    response = get(site, f"/queries/grades.{extension}")
    assert response.status == 200 and str(response.media_type).startswith(media_type)
    assert "Investigating crime" in text(response)


def test_a_saved_query_without_extension_goes_by_accept(site):
    assert str(get(site, "/queries/grades", "text/csv").media_type).startswith("text/csv")
    assert str(get(site, "/queries/grades", "*/*").media_type) == "application/sparql-results+json"


def test_a_parameter_binds_a_variable_as_a_term(site):
    every = text(get(site, "/queries/entity-findings.csv")).count("\n")
    some = text(get(site, "/queries/entity-findings.csv?entity=MARAC")).count("\n")
    assert 1 < some < every


@pytest.mark.parametrize("value", ['"} ; DROP ALL #', "<http://e/> } SERVICE <http://e/> {", "nobody"])
def test_a_value_that_nothing_has_is_a_clear_error_and_no_sparql(site, value):
    response = get(site, f"/queries/entity-findings.csv?entity={quote(value)}")
    assert response.status in (400, 404)


def test_an_unknown_parameter_or_query_is_not_found(site):
    assert get(site, "/queries/grades.csv?nosuch=1").status == 404
    assert "did you mean" in text(get(site, "/queries/grade"))


def test_spreadsheets_get_no_formulas(tmp_path):
    path = tmp_path / "bad.ttl"
    path.write_text(
        "@prefix kg: <https://kg.example/ontology#> . @prefix dct: <http://purl.org/dc/terms/> ."
        '<https://kg.example/report/r> a kg:Report ; dct:identifier "r" ; dct:title "=cmd()" .'
    )
    assert "'=cmd()" in text(get(Site(from_files([path])), "/queries/reports.csv"))


EVIL = "<script>alert(1)</script>"


def test_text_of_a_report_is_never_markup(tmp_path):
    path = tmp_path / "evil.nt"
    thing, label = "<https://kg.example/id/unit/x>", "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    path.write_text(f'{thing} {label} "{EVIL}\\u202e" .\n{thing} <http://e/p> <javascript:alert(1)> .\n')
    site = Site(from_files([path]))
    for target in ("/id/unit/x.html", "/search?q=script", "/sparql?query=SELECT+*%7B%3Fs+%3Fp+%3Fo%7D"):
        page = text(get(site, target))
        assert EVIL not in page and "&lt;script&gt;" in page and "\u202e" not in page
        assert 'href="javascript' not in page


def test_the_sparql_page_draws_results_and_keeps_the_query(site):
    query = "SELECT ?grade { ?judgement a kg:Judgement ; kg:grade ?grade }"
    page = text(get(site, "/sparql?query=" + quote(query)))
    assert query in page and page.count("<tr>") == 9


def test_the_sparql_page_says_what_is_wrong(site):
    response = get(site, "/sparql?query=" + quote(f"SELECT {EVIL} {{"))
    assert response.status == 400 and "line 1" in text(response) and EVIL not in text(response)


def test_the_sparql_page_says_when_it_shows_only_a_part(site):
    page = text(get(site, "/sparql?query=" + quote("SELECT * { ?s ?p ?o }")))
    assert "Only the first 1000 rows" in page


def test_the_sparql_page_answers_yes_or_no_and_draws_triples(site):
    assert ">yes<" in text(get(site, "/sparql?query=" + quote("ASK {}")))
    assert "predicate" in text(get(site, "/sparql?query=" + quote("DESCRIBE force:west-midlands")))


def test_search_finds_by_any_name(site):
    page = text(get(site, "/search?q=marac"))
    assert "MARAC" in page and 'href="/id/body/' in page


def test_the_ontology_page_has_an_anchor_for_each_term(site):
    page = text(get(site, "/ontology.html"))
    assert all(f'id="{name}"' in page for name in ("Finding", "Figure", "evidence", "grade"))


def test_the_ontology_is_its_graph(site):
    assert "owl#Class" in text(get(site, "/ontology.nt"))


def test_the_dataset_describes_itself_where_void_says(site):
    response = get(site, "/.well-known/void", "*/*")
    assert str(response.media_type).startswith("text/turtle")
    assert "void:sparqlEndpoint <http://127.0.0.1:8080/sparql>" in text(response)


def test_the_picture_of_a_thing_may_run_its_own_script_alone(site):
    response = get(site, "/neighbourhood?thing=MARAC")
    policy = dict(response.headers)["Content-Security-Policy"]
    assert response.status == 200
    assert "'sha256-" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("query", ["", "?thing=nobody", "?thing=MARAC&depth=9"])
def test_a_picture_that_cannot_be_drawn_is_a_clear_error(site, query):
    assert get(site, "/neighbourhood" + query).status in (400, 404)


def test_pages_can_only_be_read(site):
    response = site.respond(Request("POST", "/", {"host": "localhost"}, b"x"))
    assert response.status == 405 and ("Allow", "GET, HEAD, OPTIONS") in response.headers


def test_a_program_gets_errors_as_plain_text(site):
    assert get(site, "/nothing", "*/*").media_type == "text/plain; charset=utf-8"
    assert get(site, "/nothing", BROWSER).media_type == "text/html; charset=utf-8"


def test_every_page_works_on_data_without_any_report(tmp_path):
    path = tmp_path / "other.nt"
    path.write_text('<http://e/s> <http://e/p> "x" .\n')
    empty = Site(from_files([path]))
    for target in ("/", "/queries", "/queries/grades", "/search?q=x", "/ontology.html", "/.well-known/void"):
        assert get(empty, target).status == 200
