"""The pages over the report in ``seeds/``, without a socket."""

import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import quote

import pyoxigraph as ox
import pytest

import kg
from kg.asking.sparql.library import saved_queries
from kg.asking.things.kinds import KINDS
from kg.model.frameworks import load_frameworks
from kg.model.iris import PREFIXES
from kg.serving.http.messages import Request, Response
from kg.serving.pages.colours import colour_rules
from kg.serving.protocol.dataset import Served, from_files, from_folder
from kg.serving.settings import Settings
from kg.serving.site import Site

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
    assert len(re.findall(r'class="grade-[a-z]', page)) == 8
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
    thing = ox.NamedNode("https://kg.example/id/force/west-midlands")
    quads = list(ox.parse(response.body, format=syntax))
    assert any(quad.subject == thing for quad in quads)
    assert all(thing in (quad.subject, quad.object) for quad in quads)  # what is said of it, what leads to it


def test_the_description_of_a_statement_has_its_words(site):
    finding = next(target for target in links(get(site, f"{REPORT}.html")).found if "/finding-" in target)
    description = text(get(site, finding + ".ttl"))
    assert "oa:exact" in description and "oa:start" in description
    assert "<blockquote" in text(get(site, finding + ".html"))


def test_a_report_shows_its_statements_with_their_words_by_area(site):
    page = text(get(site, f"{REPORT}.html"))
    assert page.count("<article>") >= 40
    assert "Requires improvement" in page and page.count("<mark>") > 100


SEVERAL = """PEEL 2023–25: An inspection of Alnshire Police and Borrowdale Constabulary
Last updated 14/03/2024
The forces answer most calls in time.
"""


def test_a_report_says_on_which_words_its_facts_rest_and_which_are_in_doubt(tmp_path):
    (tmp_path / "pair.txt").write_text(SEVERAL, encoding="utf-8")
    kg.build([tmp_path / "pair.txt"], exports=tmp_path / "exports", store=tmp_path / "store")
    page = text(get(Site(from_folder(tmp_path / "store", in_memory=250_000)), "/report/pair.html"))
    rests = page[page.index("On which words these facts rest") :].partition("</details>")[0]
    quotes = re.findall(r"“([^”<&]*)” <span class=\"note\">characters (\d+)–(\d+)", rests)
    assert [words for words, _, _ in quotes][:2] == ["Alnshire Police", "Borrowdale Constabulary"]
    assert all(SEVERAL[int(start) : int(end)] == words for words, start, end in quotes)
    assert "in doubt (0.5 of 1)" in rests
    assert re.search(r"none alone; it is about <a [^>]*>Alnshire Police</a>, <a", page)


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


def test_an_unknown_parameter_is_refused_and_an_unknown_query_not_found(site):
    assert get(site, "/queries/grades.csv?nosuch=1").status == 400
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
    unit = f"{thing} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://kg.example/ontology#Unit> .\n"
    path.write_text(
        f'{unit}{thing} {label} "{EVIL}\\u202e" .\n{thing} <http://e/p> <javascript:alert(1)> .\n'
    )
    site = Site(from_files([path]))
    for target in ("/id/unit/x.html", "/search?q=script", "/sparql?query=SELECT+*%7B%3Fs+%3Fp+%3Fo%7D"):
        page = text(get(site, target))
        assert EVIL not in page and "&lt;script&gt;" in page and "\u202e" not in page
        assert 'href="javascript' not in page


def test_links_lead_to_this_server_or_to_http():
    here, licence = "<https://kg.example//evil.example/x>", "<http://purl.org/dc/terms/license>"
    site = Site(
        Served(
            _store(
                f"{here} a kg:Report ; {licence} <javascript:alert(1)> ; kg:text <https://kg.example//evil.example/y>"
            )
        )
    )
    page = text(get(site, "/%2Fevil.example/x.html"))
    assert "javascript:alert(1)" in page and 'href="javascript' not in page and 'href="//' not in page
    for target in ("//evil.example/x", "/%2Fevil.example/x"):
        to = dict(get(site, target).headers)["Location"]
        assert to == "/%2Fevil.example/x.html"
    assert get(site, "//id/force/kent").status == 404


def test_directions_of_text_are_shown_in_pictures_as_what_they_are():
    force, unit = "<https://kg.example/id/force/kent>", "<https://kg.example/id/unit/u>"
    named = f'{force} a kg:PoliceForce ; skos:prefLabel "Kent" . {unit} skos:prefLabel "a\u202eb"'
    site = Site(Served(_store(f"{named} ; a kg:Unit ; kg:ownedBy {force}")))
    for target in ("/id/force/kent.html", "/neighbourhood?thing=Kent"):
        page = text(get(site, target))
        assert "\u202e" not in page and "a\\u202eb" in page


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


def test_search_finds_words_of_reports_and_narrows_them(site):
    page = text(get(site, "/search?q=victims&kind=finding"))
    assert "<mark>victim" in page and "kind: findings" in page
    assert re.search(r'<li><a href="/report/[^"]+/finding-[^"]+"[^>]*>finding · ', page)
    assert 'href="/search?q=victims"' in page  # not narrowed any more
    found = json.loads(text(get(site, "/search.json?q=victims&kind=finding")))
    assert found["total"] == len(found["hits"]) and {hit["kind"] for hit in found["hits"]} == {"finding"}
    assert all("victim" in hit["words"].lower() for hit in found["hits"])


@pytest.mark.parametrize("query", ["q=%22&kind=finding", "q=x&from=-1", "q=x&from=99999", "q=x&from=%C2%B2"])
def test_a_search_that_cannot_be_made_is_refused(site, query):
    assert get(site, f"/search?{query}").status == 400


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


# --- pages for readers -------------------------------------------------------------------------------


def label_of(page: str, href: str) -> list[str]:
    return re.findall(rf'<a href="{re.escape(href)}"[^>]*>([^<]*)</a>', page)


ANY_RAW = re.compile(r">\s*https://kg\.example/(?!ontology#)[^<]*</a>")
STATEMENT_KINDS = ("finding", "judgement", "need", "concern", "figure", "mention")


def some(site: Site, name: str) -> str:
    rows = site.ask(
        f"SELECT (MIN(STR(?s)) AS ?one) {{ ?s kg:report ?r FILTER(CONTAINS(STR(?s), '/{name}-')) }}"
    ).rows
    return str(rows[0][0]).removeprefix("https://kg.example")


def test_a_body_shows_grades_concerns_findings_figures_and_what_is_its_own(site):
    page = text(get(site, f"{FORCE}.html"))
    for heading in ("Reports", "Grades", "Findings and needs by area", "Key figures", "The data"):
        assert f">{heading}</h2>" in page
    assert len(re.findall(r'class="grade-[a-z]', page)) == 8
    assert 'id="concerns"' in page and 'id="things"' in page
    assert page.count('class="polarity-') >= 20


def test_a_body_shows_only_its_own_statements():
    one, other = "<https://kg.example/id/force/one>", "<https://kg.example/id/force/two>"
    rows = "".join(_concern(body, name) for body, name in ((one, "first"), (other, "second")))
    site = Site(Served(_store(f"{one} a kg:PoliceForce . {other} a kg:PoliceForce . {rows}")))
    page = text(get(site, "/id/force/one.html"))
    assert "words of first" in page and "words of second" not in page


def _concern(body: str, name: str) -> str:
    return (
        f"<https://kg.example/report/r/concern-{name}> a kg:StatedConcern ;"
        f' kg:report <https://kg.example/report/r> ; kg:statement "words of {name}" ;'
        f" kg:inspectedBody {body} ;"
        ' kg:evidence [ oa:hasSelector [ oa:start 0 ; oa:end 5 ; oa:exact "words" ] ] .\n'
    )


def _store(turtle: str) -> ox.Store:
    store = ox.Store()
    store.update("INSERT DATA { " + turtle + " }", prefixes=PREFIXES)
    return store


@pytest.mark.parametrize("path", [f"{FORCE}.html", f"{REPORT}.html", "/id/body/marac.html", "/ontology.html",
                                  "/queries/grades", "/queries/findings", "/"])  # fmt: skip
def test_links_are_called_by_words_and_never_by_an_address(site, path):
    assert not ANY_RAW.search(text(get(site, path)))


@pytest.mark.parametrize("kind", STATEMENT_KINDS)
def test_a_statement_quotes_its_words_in_their_passage(site, seed_text, kind):
    path = some(site, kind)
    page = text(get(site, path + ".html"))
    told = re.findall(r"characters ([\d–, ]+) of", page)[0]
    places = [tuple(map(int, place.split("–"))) for place in told.split(", ")]
    marked = "\n".join(unescape(words) for words in re.findall(r"<mark>(.*?)</mark>", page, re.DOTALL))
    assert marked == "\n".join(seed_text[start:end] for start, end in places)
    assert f'href="{REPORT}"' in page and f'href="{REPORT}/read#passage-' in page
    assert "Who says so" in page and not ANY_RAW.search(page)


def test_a_figure_has_its_slots_as_a_table_and_says_what_is_not_stated(site):
    page = text(get(site, some(site, "figure") + ".html"))
    slots = [unescape(words) for words in re.findall(r'<tr><th scope="row">([^<]*)</th><td>', page)]
    assert slots[:3] == ["value", "as written", "unit"] and "who says so" in slots
    assert '<span class="none">not stated</span>' in page


def test_a_report_without_a_title_is_called_by_its_id(tmp_path):
    path = tmp_path / "plain.ttl"
    path.write_text(
        "@prefix kg: <https://kg.example/ontology#> . @prefix dct: <http://purl.org/dc/terms/> ."
        '<https://kg.example/report/r-1> a kg:Report ; dct:identifier "r-1" .'
    )
    site = Site(from_files([path]))
    assert "<h1>r-1</h1>" in text(get(site, "/report/r-1.html"))
    assert label_of(text(get(site, "/")), "/report/r-1") == ["r-1"]
    assert "<h1>r-1</h1>" in text(get(site, "/report/r-1/read"))


def test_a_report_shows_its_facts_outline_and_how_much_was_captured(site):
    page = text(get(site, f"{REPORT}.html"))
    for words in ("Inspected body", "Framework", "Published", "How much was captured", "Outline"):
        assert words in page
    assert re.search(r"numbers in the text that were read</th><td[^>]*>\d+</td>", page)
    assert f'href="{REPORT}/read#passage-' in page


class Reader(HTMLParser):
    """The text of the reader's view without the marks, and how deep its links are nested."""

    def __init__(self) -> None:
        super().__init__()
        self.passages: list[str] = []
        self.inside = self.quiet = False
        self.depth = self.deepest = 0
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if str(given.get("id", "")).startswith("passage-"):
            self.inside = True
            self.passages.append("")
        if tag == "a":
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)
            self.quiet = given.get("class") == "pilcrow"

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "a"
        self.quiet = self.quiet and tag != "a"
        self.inside = self.inside and tag not in ("p", "h2", "h3", "h4", "h5", "h6")

    def handle_data(self, data: str) -> None:
        if self.inside and not self.quiet:
            self.passages[-1] += data


def reader(site: Site, query: str = "") -> tuple[str, Reader]:
    page = text(get(site, f"{REPORT}/read{query}"))
    parsed = Reader()
    parsed.feed(page)
    return page, parsed


def test_the_reader_shows_the_whole_text_of_a_report(site, seed_text):
    _, parsed = reader(site)
    shown = [passage.strip("\xa0\n ") for passage in parsed.passages]
    assert shown == [line.strip() for line in seed_text.split("\n") if line.strip()]


def test_the_marks_of_the_reader_are_never_nested_and_each_anchor_is_there_once(site):
    page, parsed = reader(site)
    assert parsed.deepest == 1
    assert len(parsed.ids) == len(set(parsed.ids))
    assert sum(name.startswith("figure-") for name in parsed.ids) > 50
    marked = set(re.findall(r'class="mk [^"]*"(?: id="[^"]*")? href="([^"]*)"', page))
    assert all(get(site, target).status == 303 for target in sorted(marked)[::25])


def test_the_reader_shows_only_what_is_asked_for(site):
    page, _ = reader(site, "?show=figures")
    assert 'class="mk m-figure"' in page and "m-place" not in page.partition('<div class="reader">')[2]
    assert 'id="show-figure" checked' in page and 'id="show-place" autocomplete' in page


def test_the_reader_has_a_choice_and_a_style_for_each_kind_of_mark(site):
    page, style = reader(site)[0], text(get(site, "/static/style.css"))
    kinds = set(re.findall(r"\bm-(\w+)", page))
    assert {"figure", "finding", "need", "judgement", "force"} <= kinds
    for kind in kinds:
        assert f'for="show-{kind}"' in page
        assert f"#show-{kind}:not(:checked)" in style


def test_there_is_no_reader_of_what_is_no_report(site):
    assert get(site, "/report/none/read").status == 404


def test_a_thing_shows_its_names_findings_mentions_neighbours_and_picture(site):
    page = text(get(site, "/id/body/west-midlands--marac.html"))
    for words in ("Also called", "What reports say of it", "Where it is mentioned", "Mentioned beside it"):
        assert words in page
    assert re.search(r'<a href="/[^"]*"><g class="node"', page)


def test_a_measure_shows_its_figures(site):
    rows = site.ask("SELECT (MIN(STR(?m)) AS ?one) { ?f a kg:Figure ; kg:measure ?m }").rows
    page = text(get(site, str(rows[0][0]).removeprefix("https://kg.example") + ".html"))
    assert "Figures of this measure" in page


def test_the_ontology_page_has_a_diagram_examples_frameworks_and_vocabularies(site):
    page = text(get(site, "/ontology.html"))
    assert "<svg" in page and 'role="img"' in page
    assert re.search(r'id="Finding"><th scope="row"><code>kg:Finding</code>.*?<a href="/report/', page)
    assert 'href="/id/framework/peel-2023-25"' in page and 'href="/things?class=Measure"' in page


def test_a_vocabulary_can_be_browsed(site):
    assert "MARAC" in text(get(site, "/things?class=Body"))
    assert "did you mean" in text(get(site, "/things?class=Boddy"))


def test_a_saved_query_says_in_words_that_nothing_fits(site):
    page = text(get(site, "/queries/findings?force=Avon%20and%20Somerset%20Police"))
    assert "No rows: nothing in the data fits force “Avon and Somerset Police”" in page


def test_each_field_of_a_form_has_a_label(site):
    for path in ("/queries/findings", "/sparql", f"{REPORT}/read", "/"):
        page = text(get(site, path))
        fields = re.findall(r'<(?:input|select|textarea)[^>]*\bid="([^"]*)"', page)
        assert fields and all(f'for="{name}"' in page for name in fields)


LOOKED_AT = [
    *PAGES, f"{REPORT}/read", "/things?class=Measure", "/id/body/marac.html",
    "/id/grade/hmicfrs-five--good.html",
]  # fmt: skip


@pytest.mark.parametrize("path", LOOKED_AT)
def test_headings_go_down_by_one_and_tables_have_headers(site, path):
    page = text(get(site, path))
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", page)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert page.count("<table") == page.count("<thead>") == page.count("<caption>")
    assert '<html lang="en">' in page and 'class="skip" href="#main"' in page


def test_the_same_page_has_the_same_bytes(site, built):
    again = Site(from_folder(built.store, 250_000), Settings())
    for path in (f"{FORCE}.html", f"{REPORT}.html", f"{REPORT}/read", "/ontology.html"):
        assert get(site, path).body == get(again, path).body


EVIL_TEXT = '"<script>alert(1)</script>\\u202e"'
EVIL_REPORT = f"""
  BASE <https://kg.example/>
  INSERT DATA {{
    <report/r> a kg:Report ; dct:identifier "r" ; dct:title {EVIL_TEXT} ;
      kg:text <report/r/text> ; kg:inspectedBody <id/force/f> .
    <id/force/f> a kg:PoliceForce ; skos:prefLabel {EVIL_TEXT} .
    <report/r/passage-1> a kg:Passage ; kg:report <report/r> ; oa:hasSource <report/r/text> ;
      oa:hasSelector [ oa:start 0 ; oa:end 26 ; oa:exact {EVIL_TEXT} ] .
    <report/r/figure-1> a kg:Figure ; kg:report <report/r> ; kg:valueText {EVIL_TEXT} ;
      kg:measureText {EVIL_TEXT} ; kg:inspectedBody <id/force/f> ; kg:evidence <report/r/passage-1> .
    <report/r/finding-1> a kg:Finding ; kg:report <report/r> ; kg:heading {EVIL_TEXT} ;
      kg:inspectedBody <id/force/f> ; kg:evidence <report/r/passage-1> .
  }}"""
EVIL_PAGES = [
    "/", "/report/r.html", "/report/r/read", "/id/force/f.html", "/report/r/figure-1.html",
    "/report/r/finding-1.html", "/queries/reports", "/things?class=PoliceForce",
]  # fmt: skip


@pytest.mark.parametrize("path", EVIL_PAGES)
def test_the_words_of_a_report_are_never_markup_on_any_page(path):
    store = ox.Store()
    store.update(EVIL_REPORT, prefixes=PREFIXES)
    page = text(get(Site(Served(store)), path))
    assert EVIL not in page and "&lt;script&gt;" in page and "\u202e" not in page


TWICE_NAMED = """
  BASE <https://kg.example/>
  INSERT DATA {
    <report/r> a kg:Report ; dct:identifier "r" ; kg:text <report/r/text> .
    <id/unit/u> a kg:Unit ; skos:prefLabel "Team B", "Team A", "Team C", "Team D" .
    <report/r/passage-1> a kg:Passage ; kg:report <report/r> ; oa:hasSource <report/r/text> ;
      oa:hasSelector [ oa:start 0 ; oa:end 8 ; oa:exact "the team" ] .
    <report/r/mention-1> a kg:Mention ; kg:report <report/r> ; kg:label "UNIT" ; kg:refersTo <id/unit/u> ;
      kg:evidence [ oa:hasSelector [ oa:start 0 ; oa:end 8 ; oa:exact "the team" ] ] .
  }"""


def test_a_mark_of_a_thing_with_several_names_has_the_first_by_alphabet():
    store = ox.Store()
    store.update(TWICE_NAMED, prefixes=PREFIXES)
    assert 'title="unit: Team A"' in text(get(Site(Served(store)), "/report/r/read"))


def test_every_grade_of_every_framework_has_the_colour_of_its_name():
    """By rank a four-grade scheme would show "inadequate" (its fourth) as "requires improvement"."""
    rules = colour_rules()
    grades = {grade.notation for framework in load_frameworks() for grade in framework.grades}
    assert grades >= {"requires-improvement", "inadequate"}
    assert {notation for notation in grades if f".grade-{notation} {{" not in rules} == set()


def test_what_a_kind_is_called_is_said_in_one_place(site, monkeypatch):
    for name, kind in list(KINDS.items()):
        monkeypatch.setitem(KINDS, name, replace(kind, label=kind.label.upper(), plural=kind.plural.upper()))
    page = text(get(site, f"{REPORT}.html"))
    assert '<span class="kind kind-finding">FINDING</span>' in page and "FINDINGS" in page
    assert ">finding</span>" not in page


# --- why a grade was given -------------------------------------------------------------------------------


def test_the_page_of_a_judgement_says_why_and_what_its_section_does_not_state(site):
    page = text(get(site, f"{REPORT}/judgement-investigating-crime.html"))
    assert "The report’s own section on this area states no shortcoming." in page
    reasons, contrary = page.partition('id="reasons"')[2].split("Contrary to the grade")
    assert "<q>The force doesn’t always carry out effective investigations</q>" in reasons
    assert "governance arrangements" in contrary and "governance arrangements" not in reasons


def test_a_page_of_another_statement_has_no_reasons(site):
    assert 'id="reasons"' not in text(
        get(site, f"{REPORT}/finding-the-force-routinely-identifies-repeat-victims.html")
    )


def test_why_is_answered_as_json_by_names(site):
    found = get(
        site, "/why.json?body=West%20Midlands%20Police&area=investigating%20crime", "application/json"
    )
    assert (found.status, found.media_type) == (200, "application/json")
    given = json.loads(text(found))
    assert given["grade"] == "Inadequate" and len(given["supports"]) >= 5
    assert given["contrary"][0]["polarity"] == "positive"


def test_why_leads_people_to_the_page_of_the_judgement(site):
    found = get(site, "/why?body=West%20Midlands%20Police&area=investigating%20crime")
    assert found.status == 303
    assert dict(found.headers)["Location"] == f"{REPORT}/judgement-investigating-crime#reasons"


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ("", 400, "Say whose grade"),
        ("?body=West%20Midlands&area=crme", 404, "no graded area"),
        ("?body=Nowhere&area=crime", 404, "no inspected body"),
    ],
)
def test_why_without_a_known_body_and_area_is_refused(site, query, status, message):
    found = get(site, f"/why.json{query}")
    assert found.status == status and message in text(found)


def test_a_saved_query_is_a_file_that_a_spreadsheet_opens(site):
    answer = get(site, "/queries/grades.spreadsheet")
    assert answer.body.startswith(b"\xef\xbb\xbfForce,Framework,")
    assert ("Content-Disposition", 'attachment; filename="grades.csv"') in answer.headers


def test_a_row_leads_to_its_statement_and_its_report(site):
    page = get(site, "/queries/grades").body.decode()
    assert re.search(r'<a href="/report/[^"]+/judgement-[^"]+" ', page)
    assert '<th scope="col">start</th>' not in page


def test_closed_lists_are_choices_and_a_question_waits_for_what_it_is_about(site):
    page = get(site, "/queries/findings").body.decode()
    assert "<option>negative</option>" in page
    waiting = get(site, "/queries/co-mentions").body.decode()
    assert "Say entity to get an answer." in waiting and "<table>" not in waiting


def test_the_form_of_the_queries_is_described_for_programs(site):
    described = json.loads(get(site, "/openapi.json").body)
    assert "/queries/grades.{format}" in described["paths"]


@pytest.mark.parametrize("target", ["/queries/grades", "/queries/grades.csv", "/queries/grades.json"])
def test_a_value_that_is_too_long_is_refused(site, target):
    for length in (1001, 60_000):
        response = get(site, f"{target}?force={'x' * length}")
        assert response.status == 400 and "longer than 1,000 characters" in text(response)


TWICE = ["/queries/grades.csv?force=a&force=b", "/queries/grades?area=a&area=b", "/search?q=a&q=b"]


@pytest.mark.parametrize("path", TWICE)
def test_a_parameter_with_two_values_is_refused(site, path):
    refused, same = get(site, path), get(site, path.replace("=b", "=a"))
    assert (refused.status, "is given twice" in text(refused)) == (400, True)
    assert "is given twice" not in text(same)
