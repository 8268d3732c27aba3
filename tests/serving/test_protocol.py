import base64
import json
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from kg.serving.http.messages import Refusal, Request, Response
from kg.serving.protocol.dataset import Served, from_files
from kg.serving.settings import Settings
from kg.serving.site import Site, host_is_known

A, B = "http://e/graph/a", "http://e/graph/b"
DATA = f"""
<http://e/shared> <http://e/p> "in both" <{A}> .
<http://e/shared> <http://e/p> "in both" <{B}> .
<http://e/one> <http://e/p> "a alone" <{A}> .
<http://e/two> <http://e/p> "b alone" <{B}> .
<http://e/three> <http://e/p> "b alone" <{B}> .
"""
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
COUNT_NAMED = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    path = tmp_path_factory.mktemp("data") / "two.nq"
    path.write_text(DATA)
    return Site(from_files([path]), Settings())


class Collected(list):
    def write(self, data: bytes) -> int:
        self.append(data)
        return len(data)

    def flush(self) -> None:
        pass


def body(response: Response) -> str:
    if isinstance(response.body, bytes):
        return response.body.decode()
    pieces = Collected()
    response.body(pieces)
    return b"".join(pieces).decode()


def get(site: Site, fields: dict[str, object] | None = None, **headers: str) -> Response:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    query = "?" + urlencode(fields, doseq=True) if fields else ""
    return site.respond(Request("GET", "/sparql" + query, {"host": "localhost", **names}))


def post(site: Site, data: bytes, content_type: str, query: str = "") -> Response:
    headers = {"host": "localhost", "content-type": content_type}
    return site.respond(Request("POST", "/sparql" + query, headers, data))


def count(response: Response) -> int:
    assert response.status == 200
    return int(json.loads(body(response))["results"]["bindings"][0]["n"]["value"])


def test_the_default_graph_is_the_union_with_each_triple_once(site):
    assert count(get(site, {"query": COUNT})) == 4


def test_two_default_graphs_are_merged_as_a_set(site):
    assert count(get(site, {"query": COUNT, "default-graph-uri": [A, B]})) == 4


def test_one_default_graph_is_asked_alone(site):
    assert count(get(site, {"query": COUNT, "default-graph-uri": A})) == 2


def test_with_named_graphs_alone_the_default_graph_is_empty(site):
    assert count(get(site, {"query": COUNT, "named-graph-uri": A})) == 0
    assert count(get(site, {"query": COUNT_NAMED, "named-graph-uri": A})) == 2


def test_default_and_named_graphs_go_together(site):
    fields = {"query": COUNT_NAMED, "default-graph-uri": [A, B], "named-graph-uri": B}
    assert count(get(site, fields)) == 3


def test_the_dataset_of_the_request_replaces_from(site):
    query = f"SELECT (COUNT(*) AS ?n) FROM <{B}> {{ ?s ?p ?o }}"
    assert count(get(site, {"query": query})) == 3
    assert count(get(site, {"query": query, "default-graph-uri": A})) == 2


def test_data_with_a_default_graph_of_its_own_have_no_union(tmp_path):
    path = tmp_path / "own.nq"
    path.write_text(DATA + '<http://e/x> <http://e/p> "default" .\n')
    assert count(get(Site(from_files([path])), {"query": COUNT})) == 1


def test_a_turtle_file_is_a_graph_named_after_it(tmp_path):
    path = tmp_path / "report.ttl"
    path.write_text('<http://e/x> <http://e/p> "y" .')
    served = from_files([path])
    assert served.graphs == (("https://kg.example/graph/report", 1),)
    assert count(get(Site(served), {"query": COUNT})) == 1


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", '; Charset="UTF-8"'])
def test_a_query_comes_by_get_by_form_and_direct(site, charset):
    query = 'SELECT ("a&b=c+d%25 100% ;ŵ" AS ?v) {}'
    form = urlencode({"query": query}).encode()
    responses = [
        get(site, {"query": query}),
        post(site, form, "application/x-www-form-urlencoded" + charset),
        post(site, query.encode(), "Application/SPARQL-query" + charset),
    ]
    for response in responses:
        assert json.loads(body(response))["results"]["bindings"][0]["v"]["value"] == "a&b=c+d%25 100% ;ŵ"


def test_dataset_parameters_of_a_direct_post_are_in_the_address(site):
    response = post(site, COUNT.encode(), "application/sparql-query", f"?default-graph-uri={A}")
    assert count(response) == 2


def test_the_prefixes_of_the_project_need_no_declaration(site):
    assert get(site, {"query": "ASK { ?s a kg:Finding }"}).status == 200


def test_relative_iris_are_resolved_against_the_endpoint(site):
    assert "http://127.0.0.1:8080/x" in body(get(site, {"query": "SELECT (<x> AS ?v) {}"}))


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"query": "SELECT *\nWHERE {\n ?s ?p ?o ,, }"}, 400, "line 3, column"),
        ({"query": "ASK { ?s nosuch:thing ?o }"}, 400, "prefix is not declared"),
        ({"query": "ASK { ?s ?p"}, 400, "line 1, column"),
        ({"query": ""}, 400, "empty"),
        ({"query": ["ASK {}", "ASK {}"]}, 400, "2 times"),
        ({"default-graph-uri": A}, 400, "missing"),
        ({"query": COUNT, "default-graph-uri": "not an iri"}, 400, "IRI"),
        ({"query": "SELECT (<http://e/f>(1) AS ?x) {}"}, 400, "not supported"),
        ({"query": "SELECT * { SERVICE <http://e/> {} }"}, 403, "SERVICE"),
        ({"query": "INSERT DATA { <http://e/s> <http://e/p> 1 }"}, 400, "read-only"),
        ({"update": "CLEAR ALL"}, 403, "read-only"),
        ({"query": "ASK {}", "update": "CLEAR ALL"}, 403, "read-only"),
        ({"query": COUNT, "format": "spreadsheet"}, 406, "spreadsheet"),
    ],
)
def test_a_wrong_request_gets_a_status_and_one_readable_line(site, fields, status, words):
    response = get(site, fields)
    assert response.status == status
    assert response.media_type == "text/plain; charset=utf-8"
    assert words in body(response) and body(response).count("\n") == 1


@pytest.mark.parametrize(
    ("data", "content_type", "status"),
    [
        (b"ASK {}", "text/plain", 415),
        (b"ASK {}", "", 415),
        ("ASK {}".encode("utf-16"), "application/sparql-query; charset=UTF-16", 415),
        (b'ASK { FILTER("\xff" != "") }', "application/sparql-query", 400),
        (b"query=%FF", "application/x-www-form-urlencoded", 400),
        (b"CLEAR ALL", "application/sparql-update", 403),
        (b"update=CLEAR+ALL", "application/x-www-form-urlencoded", 403),
    ],
)
def test_a_wrong_body_is_refused(site, data, content_type, status):
    assert post(site, data, content_type).status == status


def test_other_methods_are_refused_with_those_allowed(site):
    response = site.respond(Request("PUT", "/sparql", {"host": "localhost"}, b"x"))
    assert response.status == 405 and ("Allow", "GET, HEAD, POST, OPTIONS") in response.headers


def test_a_control_character_is_not_sent_as_xml(site):
    response = get(site, {"query": 'SELECT ("a\\u0001b" AS ?v) {}', "format": "xml"})
    with pytest.raises(Refusal, match="control character"):
        body(response)


def test_a_boolean_comes_in_every_table_format(site):
    texts = [body(get(site, {"query": "ASK {}", "format": name})) for name in ("json", "xml", "csv", "tsv")]
    assert all("true" in text for text in texts)


def test_results_that_change_are_not_kept(site):
    assert get(site, {"query": COUNT}).cacheable
    for call in ("NOW()", "Rand()", "struuid()"):
        assert not get(site, {"query": f"SELECT ({call} AS ?x) {{}}"}).cacheable


def test_the_service_description_names_what_there_is_at_the_configured_address(site):
    text = body(get(site))
    assert "sd:endpoint <http://127.0.0.1:8080/sparql>" in text
    assert "sd:SPARQL11Query" in text and "sd:UnionDefaultGraph" in text and A in text
    assert "Update" not in text and "Federated" not in text
    assert "10 seconds" in text


@pytest.mark.parametrize(
    "media_type", ["application/rdf+xml", "application/n-triples", "application/ld+json"]
)
def test_the_service_description_comes_in_the_graph_formats(site, media_type):
    response = get(site, accept=media_type)
    assert response.media_type == media_type
    syntax = ox.RdfFormat.from_media_type(media_type)
    assert any("Service" in str(quad.object) for quad in ox.parse(body(response), format=syntax))


def test_every_answer_says_what_caches_must_know(site):
    for response in (get(site), get(site, {"query": "ASK {}"}), get(site, {"query": "ASK {"})):
        headers = dict(response.headers)
        assert "Accept" in headers["Vary"] and headers["X-Content-Type-Options"] == "nosniff"
        assert "Cache-Control" in headers


def test_limits_are_announced_with_each_result(site):
    headers = dict(get(site, {"query": "ASK {}"}).headers)
    assert headers["X-Query-Time-Limit"] == "10 s" and headers["X-Result-Size-Limit"] == "268435456 bytes"


def test_other_sites_may_read_without_credentials_where_that_is_switched_on(site):
    assert Settings().cors is False
    opened = Site(site.served, Settings(cors=True))
    assert ("Access-Control-Allow-Origin", "*") in get(opened).headers
    preflight = site.respond(Request("OPTIONS", "/sparql", {"host": "localhost"}))
    assert preflight.status == 204
    assert not any(name.startswith("Access-Control") for name, _ in get(site).headers + preflight.headers)


def test_a_preflight_allows_what_clients_send(site):
    opened = Site(site.served, Settings(cors=True))
    headers = dict(opened.respond(Request("OPTIONS", "/sparql", {"host": "localhost"})).headers)
    assert "POST" in headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("localhost", True),
        ("127.0.0.1:8080", True),
        ("[::1]:8080", True),
        ("192.0.2.7", True),
        ("data.example:80", True),
        ("evil.example", False),
        ("localhost.evil.example", False),
        ("", False),
        ("localhost:99@evil.example", False),
        ("evil.example@localhost", False),
        ("localhost:port", False),
    ],
)
def test_only_known_host_names_are_answered(host, known):
    assert host_is_known(host, Settings(hosts=("data.example",))) is known


def test_a_foreign_host_is_refused_and_not_named_in_the_answer(site):
    response = site.respond(Request("GET", "/sparql", {"host": "evil.example"}))
    assert response.status == 421 and "evil" not in body(response)


def test_a_token_is_asked_for_and_taken_as_bearer_or_password(site):
    closed = Site(site.served, Settings(token="sesame"))
    basic = base64.b64encode(b"anyone:sesame").decode()
    assert get(closed, {"query": "ASK {}"}).status == 401
    assert get(closed, {"query": "ASK {}"}, authorization="Bearer wrong").status == 401
    assert get(closed, {"query": "ASK {}"}, authorization="Basic %%%").status == 401
    assert get(closed, {"query": "ASK {}"}, authorization="Bearer sesame").status == 200
    assert get(closed, {"query": "ASK {}"}, authorization=f"Basic {basic}").status == 200


@pytest.mark.parametrize("token", ["ünï", "š-5"])
def test_a_token_beyond_ascii_is_taken_as_the_bytes_that_came(site, token):
    closed = Site(site.served, Settings(token=token))
    as_read = token.encode().decode("latin-1")  # as the bytes of a header are read
    basic = base64.b64encode(f"anyone:{token}".encode()).decode()
    assert get(closed, {"query": "ASK {}"}, authorization=f"Bearer {as_read}").status == 200
    assert get(closed, {"query": "ASK {}"}, authorization=f"Basic {basic}").status == 200
    assert get(closed, {"query": "ASK {}"}, authorization=f"Bearer {as_read[:-1]}").status == 401


def test_an_unknown_path_is_not_found_and_not_repeated(site):
    response = site.respond(Request("GET", "/no/<script>", {"host": "localhost"}))
    assert response.status == 404 and "script" not in body(response)


def test_settings_come_back_from_json_as_they_were():
    settings = Settings(data=("a.ttl",), hosts=("x",), token="t", timeout=2.5)
    assert Settings.from_json(settings.to_json()) == settings


def test_a_store_on_disk_answers_with_the_union(tmp_path):
    store = ox.Store(str(tmp_path / "store"))
    store.load(DATA.encode(), format=ox.RdfFormat.N_QUADS)
    del store
    served = Served(None, union=True, folder=tmp_path / "store")
    site = Site(served)
    site.open()
    assert count(get(site, {"query": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"})) == 4


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", 4),
        ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", 5),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o . GRAPH ?g { ?s ?p ?o } }", 5),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o # GRAPH\n }", 4),
        ("SELECT (COUNT(*) AS ?n) { { GRAPH ?g { ?s ?p ?o } } UNION { ?s ?p ?o } }", 9),
        (f"SELECT (COUNT(*) AS ?n) FROM <{A}> FROM <{B}> {{ ?s ?p ?o }}", 4),
        (f"SELECT (COUNT(*) AS ?n) FROM <{A}> FROM <{B}> FROM NAMED <{B}> {{ GRAPH ?g {{ ?s ?p ?o }} }}", 3),
        ("PREFIX g: <http://e/graph/> SELECT (COUNT(*) AS ?n) FROM g:a { ?s ?p ?o }", 2),
        (f"SELECT (COUNT(*) AS ?n) FROM NAMED <{A}> {{ ?s ?p ?o }}", 0),
    ],
)
def test_a_query_sees_each_triple_once_in_whatever_graphs_it_names(site, query, number):
    assert count(get(site, {"query": query})) == number
