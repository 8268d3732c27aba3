"""Any bytes on a connection, any address and any field of a form: an answer, never a fault of the server."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from samples import SMALL_REPORT

from kg.asking.sparql.library import saved_queries
from kg.dataset.build import build
from kg.serving.http.messages import Refusal, Request, Response
from kg.serving.http.request_parser import RequestParser, parse_head
from kg.serving.http.sending import Socket, send
from kg.serving.protocol.dataset import from_folder
from kg.serving.settings import Settings
from kg.serving.site import Site, host_is_known

PIECES = st.sampled_from(
    [b"GET / HTTP/1.1\r\n", b"POST /sparql HTTP/1.1\r\n", b"GET http://x/a HTTP/1.1\r\n", b"* HTTP/1.0\r\n",
     b"Host: x\r\n", b"Host: localhost:99@evil\r\n", b"Content-Length: ", b"5\r\n", b"9" * 40, b"\r\n\r\n",
     b"Transfer-Encoding: chunked\r\n", b"Connection: keep-alive, \tclose\r\n", b"Expect: 200-ok\r\n",
     b"Upgrade: h2c\r\n", b"0\r\n\r\n", b"5;x=y\r\nhello\r\n", b"fffffffffffffffff\r\n",
     b"\0", b"\xff", b"\n", b": "]
)  # fmt: skip


@given(st.lists(PIECES | st.binary(max_size=6), max_size=12), st.integers(1, 40))
def test_any_bytes_of_a_connection_are_requests_or_refused(parts: list[bytes], piece: int) -> None:
    stream, parser = b"".join(parts), RequestParser(1000)
    try:
        for at in range(0, len(stream), piece):
            parser.feed(stream[at : at + piece])
            while (framed := parser.next()) is not None:
                request = parse_head(*framed)
                assert len(request.body) <= 1000
                host_is_known(request.headers.get("host"), Settings())
    except Refusal as refusal:
        assert 400 <= refusal.status < 600
        assert "\n" not in refusal.message


TEXTS = st.one_of(
    st.text(max_size=12).map(lambda text: "".join(f"%{byte:02X}" for byte in text.encode())),
    st.sampled_from(
        ["", "+", "%", "%zz", "%00", "%0a", "%ff", "%C2%B2", "9" * 5000, "-1", "nan", "a" * 3000, "..",
         "%2e%2e", "Upper+Example+Police", "upper-example", "Responding", "unit:", "%3Ca%3E",
         "javascript:x", "&", "%22", "*", "report:upper-example", "https://kg.example//evil.example/x",
         "2024", "csv", "turtle", "%ED%A0%80", "SELECT+*+%7B%3Fs+%3Fp+%3Fo%7D+LIMIT+1", "ASK%7B%7D",
         "%E2%80%AE", "finding", "positive", "http%3A%2F%2F%5B", "unit%3A%25zz"]
    ),
)  # fmt: skip
NAMES = st.sampled_from(
    ["q", "thing", "depth", "body", "area", "report", "show", "class", "query", "format", "kind", "polarity",
     "year", "limit", "page", "force", "topic", "entity", "from", "to", "default-graph-uri", "a"]
)  # fmt: skip
PATHS = st.one_of(
    st.sampled_from(
        ["/", "/queries", "/search", "/search.json", "/why", "/why.json", "/neighbourhood", "/things",
         "/sparql", "/openapi.json", "/dataset", "/ontology.html", "/.well-known/void",
         "/static/style.css", "*", ""]
    ),
    st.sampled_from(saved_queries()).map(lambda saved: f"/queries/{saved.name}"),
    st.builds("/queries/{}".format, TEXTS),
    st.builds("/{}/{}{}".format, st.sampled_from(["id/force", "report", "graph", "id", "x", ""]),
              TEXTS, st.sampled_from(["", ".html", ".ttl", ".csv", "/read", "/judgement-1", "."])),
)  # fmt: skip
ACCEPTS = st.sampled_from(
    ["text/html", "*/*", "text/csv", "text/turtle", "application/json", "x/y", ";q=", ""]
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("served")
    (folder / "upper.txt").write_text(SMALL_REPORT)
    build([folder / "upper.txt"], exports=folder / "exports", store=folder / "store")
    return Site(from_folder(folder / "store", 250_000), Settings())


def sent(response: Response, request: Request) -> bytes:
    """What goes out on the connection, as far as it is not longer than what is held back."""
    socket = Socket(lambda: pytest.fail("a small response is sent by the event loop"), lambda seconds: None)
    outcome = send(response, request, socket, 10**7)
    assert outcome.whole is not None
    return outcome.whole


@settings(max_examples=settings().max_examples * 3)
@given(
    method=st.sampled_from(["GET", "GET", "GET", "HEAD", "POST", "OPTIONS", "DELETE"]),
    path=PATHS,
    fields=st.lists(st.tuples(NAMES, TEXTS), max_size=3),
    accept=ACCEPTS,
    body=st.binary(max_size=30),
    kind=st.sampled_from(["application/sparql-query", "application/x-www-form-urlencoded", "x", ""]),
)
@example(
    "GET", "/neighbourhood", [("thing", "Upper+Example+Police"), ("depth", "%C2%B2")], "text/html", b"", ""
)
@example("GET", "/neighbourhood", [("thing", "x"), ("depth", "9" * 5000)], "text/html", b"", "")
@example("GET", "/neighbourhood", [("thing", "http%3A%2F%2F%5B")], "text/html", b"", "")
@example("GET", "//id/force/upper-example", [], "text/html", b"", "")
def test_any_request_is_answered_and_is_no_fault_of_the_server(
    site: Site,
    method: str,
    path: str,
    fields: list[tuple[str, str]],
    accept: str,
    body: bytes,
    kind: str,
) -> None:
    target = path + "?" + "&".join(f"{name}={value}" for name, value in fields)
    headers = {"host": "localhost", "accept": accept, "content-type": kind}
    request = Request(method, target, headers, body if method == "POST" else b"")
    response = site.respond(request)
    assert response.status < 500
    try:
        written = sent(response, request)
    except Refusal as refusal:
        assert refusal.status < 500
        return
    head, _, page = written.partition(b"\r\n\r\n")
    location = next((v for k, v in response.headers if k == "Location"), "/")
    assert location.startswith("/") and not location.startswith("//")
    assert head.count(b"\n") == head.count(b"\r\n")
    if response.media_type and response.media_type.startswith("text/html"):
        assert b'href="javascript:' not in page.lower()
        assert b'href="//' not in page
