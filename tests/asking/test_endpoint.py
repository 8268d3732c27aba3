"""Asking over HTTP, against a server on this machine."""

from __future__ import annotations

import base64
import socketserver
import threading
import urllib.parse
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.asking.results import Results
from kg.asking.sparql import query
from kg.asking.sparql.endpoint import as_asked, authorization
from kg.model.errors import CannotRead, CannotUnderstand, KgError

STORE = ox.Store()
STORE.load(b'<https://x.example/a> <https://x.example/name> "one" .', format=ox.RdfFormat.N_TRIPLES)


class Endpoint(BaseHTTPRequestHandler):
    """Answers queries on STORE; some paths misbehave."""

    seen: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.seen.append({"form": form, "authorization": self.headers["Authorization"]})
        if self.path == "/moved":
            self.answer(307, b"", "text/plain", Location="/sparql")
        elif self.path == "/html":
            self.answer(200, b"<p>hello</p>", "text/html")
        elif self.path == "/broken":
            self.answer(200, b"{", "application/sparql-results+json")
        elif self.path == "/closed":
            self.answer(503, b"too\nbusy", "text/plain")
        else:
            self.answer_query(form["query"][0])

    def answer_query(self, text: str) -> None:
        try:
            found = STORE.query(text)
        except SyntaxError as error:
            return self.answer(400, str(error).encode(), "text/plain")
        if isinstance(found, ox.QueryTriples):
            body = ox.serialize(found, format=ox.RdfFormat.N_TRIPLES)
            return self.answer(200, body or b"", "application/n-triples")
        body = found.serialize(format=ox.QueryResultsFormat.JSON)
        return self.answer(200, body or b"", "application/sparql-results+json")

    def answer(self, status: int, body: bytes, media_type: str, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": media_type, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Endpoint)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KG_USER", "KG_PASSWORD", "KG_TOKEN", "http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)


ALL = "SELECT ?name { ?s <https://x.example/name> ?name }"


def test_an_endpoint_is_asked_as_a_store_is(address: str) -> None:
    assert query(ALL, endpoint=address + "/sparql").rows == [("one",)]
    assert query("ASK { ?s ?p 'one' }", endpoint=address + "/sparql").answer is True
    assert len(query("CONSTRUCT WHERE { ?s ?p ?o }", endpoint=address + "/sparql")) == 1


def test_a_saved_query_runs_on_an_endpoint(address: str) -> None:
    assert len(query("grades", endpoint=address + "/sparql")) == 0


def test_parameters_are_sent_inside_the_query(address: str) -> None:
    assert query(ALL, endpoint=address + "/sparql", params={"name": "two"}).rows == []
    assert 'VALUES (?name) { ("two") }' in Endpoint.seen[-1]["form"]["query"][0]


def test_graphs_are_sent_beside_the_query(address: str) -> None:
    query(ALL, endpoint=address + "/sparql", default_graphs=["https://x.example/g"])
    assert Endpoint.seen[-1]["form"]["default-graph-uri"] == ["https://x.example/g"]


def test_credentials_come_from_the_environment(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    query(ALL, endpoint=address + "/sparql")
    assert Endpoint.seen[-1]["authorization"] is None
    monkeypatch.setenv("KG_USER", "me")
    monkeypatch.setenv("KG_PASSWORD", "secret")
    query(ALL, endpoint=address + "/sparql")
    assert Endpoint.seen[-1]["authorization"] == "Basic " + base64.b64encode(b"me:secret").decode()


def test_a_token_goes_before_a_password() -> None:
    assert authorization({"KG_TOKEN": "t", "KG_USER": "u"}) == {"Authorization": "Bearer t"}


def test_bad_sparql_is_reported_as_the_endpoint_says_it(address: str) -> None:
    with pytest.raises(CannotUnderstand, match=r"400 Bad Request: error at 1"):
        query("SELECT * { ?s ?p }", endpoint=address + "/sparql")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/moved", "moved to .*/sparql; give that address"),
        ("/closed", "503 Service Unavailable: too busy"),
        ("/html", "answered with text/html, no SPARQL result"),
        ("/broken", "the answer is not valid application/sparql-results"),
    ],
)
def test_an_endpoint_that_misbehaves_is_one_line(address: str, path: str, message: str) -> None:
    with pytest.raises((CannotRead, CannotUnderstand), match=message) as caught:
        query(ALL, endpoint=address + path)
    assert "\n" not in str(caught.value)


def test_an_endpoint_that_is_not_there_is_named() -> None:
    with pytest.raises(CannotRead, match=r"127\.0\.0\.1:9/sparql: cannot be reached"):
        query(ALL, endpoint="http://127.0.0.1:9/sparql")


def test_only_http_is_an_endpoint() -> None:
    with pytest.raises(CannotRead, match="http or https"):
        query(ALL, endpoint="file:///etc/hostname")


def test_service_is_refused_before_anything_is_sent(address: str) -> None:
    before = len(Endpoint.seen)
    with pytest.raises(CannotUnderstand, match="SERVICE"):
        query("ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", endpoint=address + "/sparql")
    assert len(Endpoint.seen) == before


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # urllib leaves sockets open
@settings(max_examples=settings().max_examples // 2)
@given(
    st.lists(
        st.sampled_from(
            [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 400 Bad\r\n", b"HTTP/1.1 302 Found\r\n", b"HTTP/9 x\r\n",
             b"Location: http://[\r\n", b"Content-Length: 99\r\n", b"Transfer-Encoding: chunked\r\n", b"\r\n",
             b"Content-Type: application/sparql-results+json\r\n", b"zz\r\n",
             b"Content-Type: text/turtle\r\n",
             b'{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "uri", "value": "x"}}]}}',
             b'{"boolean": true}', b"<a> <b> <c> .", b"\xff", b"\0"]
        ) | st.binary(max_size=5),
        max_size=7,
    ).map(b"".join)
)  # fmt: skip
@example(b"HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\n")
@example(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n")
def test_any_bytes_of_an_endpoint_are_results_or_one_line(answer: bytes) -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), _answering(answer)) as server:
        asked = threading.Thread(target=server.handle_request)
        asked.start()
        try:
            query("ASK {}", endpoint=f"http://127.0.0.1:{server.server_address[1]}/", timeout=5)
        except KgError as error:
            assert "\n" not in str(error)
        asked.join()


def _answering(answer: bytes) -> type[socketserver.BaseRequestHandler]:
    class Answer(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while self.rfile.readline().strip():
                pass
            self.wfile.write(answer)

    return Answer


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("SELECT ?a ?b {}", Results(("a",), ())),
        ("SELECT ?a {}", Results(("a", "b"), ())),
        ("SELECT ?a {}", Results(answer=True)),
        ("SELECT ?a {}", Results(triples=())),
        ("ASK {}", Results(("a",), ())),
        ("CONSTRUCT {} {}", Results(answer=False)),
        ("SELECT (COUNT(*) AS ?n) { ?s a kg:Report }", Results(("x",), ())),
    ],
)
def test_an_answer_to_another_question_is_the_endpoints_fault(query: str, answer: Results) -> None:
    with pytest.raises(CannotUnderstand, match="http://e/: the answer is not to what was asked"):
        as_asked("http://e/", query, answer)


def test_columns_come_in_the_order_of_the_query() -> None:
    one, two = ox.Literal("1"), ox.Literal("2")
    found = as_asked("http://e/", "SELECT ?a ?b { ?a ?p ?b }", Results(("b", "a"), ((two, one),)))
    assert (found.columns, found.terms) == (("a", "b"), ((one, two),))
    assert as_asked("http://e/", "SELECT * { ?a ?p ?b }", Results(("b",), ())).columns == ("b",)
    assert as_asked("http://e/", "SELECT ?a { own syntax }", Results(("b",), ())).columns == ("b",)
