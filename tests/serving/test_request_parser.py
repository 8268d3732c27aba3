"""Bytes of a connection → requests, or the status of a refusal."""

import random
from contextlib import suppress

import httptools
import pytest

from kg.serving.http.messages import Refusal, Request
from kg.serving.http.request_parser import MAX_HEAD, RequestParser, parse_head

GET = b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST /a HTTP/1.1\r\nHost: x\r\n"
LENGTH = POST + b"Content-Length: 6\r\n\r\nASK {}"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
IN_CHUNKS = CHUNKED + b"3\r\nASK\r\n3;x=y\r\n {}\r\n0\r\nT: 1\r\n\r\n"


def requests(data: bytes, piece: int | None = None) -> list[Request]:
    parser, found = RequestParser(1000), []
    for at in range(0, len(data), piece or len(data)):
        parser.feed(data[at : at + (piece or len(data))])
        while (request := parser.next()) is not None:
            found.append(parse_head(*request))
    return found


def only(data: bytes) -> Request:
    (request,) = requests(data)
    return request


def status(data: bytes, piece: int | None = None) -> int:
    with pytest.raises(Refusal) as caught:
        requests(data, piece)
    return caught.value.status


def line(text: bytes, more: bytes = b"Host: x\r\n") -> bytes:
    return text + b"\r\n" + more + b"\r\n"


@pytest.mark.parametrize("piece", [None, 1, 2, 3, 5, 7])
def test_requests_are_the_same_in_whatever_pieces_they_come(piece):
    found = requests(GET + LENGTH + b"\r\n" + IN_CHUNKS + GET + LENGTH, piece)
    assert [request.body for request in found] == [b"", b"ASK {}", b"ASK {}", b"", b"ASK {}"]
    assert [request.method for request in found] == ["GET", "POST", "POST", "GET", "POST"]
    assert found[0] == Request("GET", "/a", {"host": "x"})


TARGETS = [
    (b"/", "/"), (b"/a?b=c%20d", "/a?b=c%20d"), (b"*", "*"), (b'/<>"{}|^`', '/<>"{}|^`'),
    (b"http://x/sparql?a=b", "/sparql?a=b"), (b"http://x?a=b", "/?a=b"), (b"https://x", "/"),
    (b"/caf\xc3\xa9", "/caf%C3%A9"),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "read"), TARGETS)
def test_the_target_is_a_path_in_ascii(sent, read):
    assert only(line(b"OPTIONS " + sent + b" HTTP/1.1")).target == read


REQUEST_LINES = [
    (b"nonsense", 400), (b"GET /", 400), (b"GET / HTTP/3", 400), (b"GET / http/1.1", 400),
    (b"GET  / HTTP/1.1", 400), (b"GET /  HTTP/1.1", 400), (b"GET / HTTP/1.1 ", 400),
    (b" GET / HTTP/1.1", 400),
    (b"\nGET / HTTP/1.1", 400), (b"GET /\x01 HTTP/1.1", 400), (b"GET /\tb HTTP/1.1", 400),
    (b"GET a HTTP/1.1", 400), (b"GET /a\nb HTTP/1.1", 400),
    (b"GET / HTTP/2.0", 505), (b"PRI * HTTP/2.0", 505), (b"GET / HTTP/0.9", 505), (b"GET / HTTP/9.9", 505),
    (b"BREW / HTTP/1.1", 501), (b"get / HTTP/1.1", 501),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), REQUEST_LINES)
def test_a_request_line_that_is_not_of_http_1_is_refused(text, expected):
    assert status(line(text)) == expected


HEADERS = [
    b"", b"Host: a\r\nHost: b\r\n", b"Host : a\r\n", b"Host: a\r\n folded\r\n", b"Host: a\nX: b\r\n",
    b"Host: a\rX: b\r\n", b"Host: a\r\n: b\r\n", b"Host: a\r\nno colon\r\n", b"Host: a\r\na(b: c\r\n",
    b"Host: a\r\n\xffb: c\r\n", b"Host: a\r\nX: \x00\r\n", b"Host: a\r\nX: \x01\r\n",
    b"Host: a\r\nX: \x7f\r\n",
    b"Host: a\r\nAuthorization: Bearer 1\r\nAuthorization: Bearer 2\r\n",
    b"Host: a\r\nContent-Type: a/b\r\ncontent-type: c/d\r\n",
]  # fmt: skip


@pytest.mark.parametrize("headers", HEADERS)
def test_headers_that_two_readers_could_read_differently_are_refused(headers):
    assert status(line(b"GET / HTTP/1.1", headers)) == 400


def test_headers_are_stripped_and_repeated_ones_are_one_list():
    request = only(
        line(b"GET / HTTP/1.1", b"Host:x\r\nAccept: a/b \t\r\naccept:\tc/d\r\nEmpty:\r\nL: \xe9\r\n")
    )
    assert request.headers == {"host": "x", "accept": "a/b, c/d", "empty": "", "l": "é"}


FRAMING = [
    (POST + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    (POST + b"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n", 400),
    (POST + b"Content-Length: 6\r\nContent-Length: 6\r\n\r\n", 400),
    (POST + b"Content-Length: -5\r\n\r\n", 400),
    (POST + b"Content-Length: +5\r\n\r\n", 400),
    (POST + b"Content-Length: 6, 6\r\n\r\n", 400),
    (POST + b"Content-Length: 6 6\r\n\r\n", 400),
    (POST + b"Content-Length: \r\n\r\n", 400),
    (POST + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n", 400),
    (POST + b"Content-Length: 1001\r\n\r\n", 413),
    (POST + b"Transfer-Encoding: gzip\r\n\r\n", 501),
    (POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n", 501),
    (POST + b"Transfer-Encoding: chunked, gzip\r\n\r\n", 501),
    (POST + b"Transfer-Encoding: xchunked\r\n\r\n", 501),
    (POST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 501),
    (b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    (POST + b"Connection: upgrade\r\nUpgrade: h2c\r\nTransfer-Encoding: chunked\r\n\r\n", 501),
    (CHUNKED + b"zz\r\n", 400),
    (CHUNKED + b"-3\r\n", 400),
    (CHUNKED + b"0x3\r\n", 400),
    (CHUNKED + b"3 \r\nASK\r\n", 400),
    (CHUNKED + b"3\nASK\r\n", 400),
    (CHUNKED + b"3;a\nASK\r\n", 400),
    (CHUNKED + b"3\r\nASKxx", 400),
    (CHUNKED + b"3\r\nASK\r\n0\r\nno colon\r\n\r\n", 400),
    (CHUNKED + b"3\r\nASK\r\n0\r\nContent-Length: 5\r\n\r\n", 400),
    (CHUNKED + b"f" * 17 + b"\r\n", 400),
    (CHUNKED + b"3;" + b"x" * 9000, 400),
    (CHUNKED + b"0\r\nT: " + b"x" * 9000, 400),
    (CHUNKED + b"3e9\r\n" + b"x" * 1001 + b"\r\n0\r\n\r\n", 413),
    (CHUNKED + b"1;" + b"x" * 3000 + b"\r\n" + (b"x\r\n1;" + b"x" * 3000 + b"\r\n") * 30, 413),
    (b"GET /" + b"x" * (MAX_HEAD + 1), 414),
    (b"GET / HTTP/1.1\r\nX: " + b"x" * (MAX_HEAD + 1), 431),
]


@pytest.mark.parametrize("piece", [None, 100])
@pytest.mark.parametrize(("data", "expected"), FRAMING)
def test_wrong_framing_is_refused(data, expected, piece):
    assert status(data, piece) == expected


def test_empty_lines_before_a_request_are_passed_over():
    assert len(requests(b"\r\n\r\n" + GET + b"\r\n" + GET)) == 2


def test_chunks_may_hold_empty_lines_and_a_request_may_follow_them():
    found = requests(CHUNKED + b"8\r\n\r\n\r\n\r\n\r\n\r\n0\r\n\r\n" + GET)
    assert [request.body for request in found] == [b"\r\n\r\n\r\n\r\n", b""]


@pytest.mark.parametrize(
    "head", [b"CONNECT x:80 HTTP/1.1", b"GET /a HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: h2c"]
)
def test_what_follows_an_upgrade_that_is_not_made_is_the_next_request(head):
    assert [request.method for request in requests(line(head) + GET)] == [head.split()[0].decode(), "GET"]


def test_the_body_of_a_request_for_an_upgrade_is_its_body():
    upgrade = b"Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 6\r\n\r\nASK {}"
    assert [request.body for request in requests(POST + upgrade + GET)] == [b"ASK {}", b""]


@pytest.mark.parametrize("framing", [b"Content-Length: 6", b"Transfer-Encoding: chunked"])
def test_a_client_that_waits_for_100_continue_is_noticed(framing):
    parser = RequestParser(1000)
    parser.feed(POST + framing + b"\r\nExpect: 100-Continue\r\n\r\n")
    assert parser.next() is None and parser.wants_continue


def test_a_client_that_sends_no_body_is_not_told_to_continue():
    parser = RequestParser(1000)
    parser.feed(GET.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n"))
    assert parser.next() is not None and not parser.wants_continue


@pytest.mark.parametrize(
    ("version", "connection", "kept"),
    [(b"1.1", b"", True), (b"1.1", b"Connection: Close\r\n", False),
     (b"1.1", b"Connection: a, close\r\n", False), (b"1.1", b"Connection: a,\tclose\r\n", False),
     (b"1.1", b"Connection: disclosed\r\n", True), (b"1.1", b"Connection: clo se\r\n", True),
     (b"1.0", b"", False), (b"1.0", b"Connection: Keep-Alive\r\n", True), (b"1.2", b"", True)],
)  # fmt: skip
def test_connections_stay_open_by_the_rule_of_the_version(version, connection, kept):
    request = only(b"GET / HTTP/" + version + b"\r\nHost: x\r\n" + connection + b"\r\n")
    assert request.keep_alive is kept
    assert request.version == (1, int(version[-1:]))


def test_another_expectation_than_100_continue_fails():
    assert status(POST + b"Content-Length: 6\r\nExpect: 200-ok\r\n\r\n") == 417


def test_the_host_of_a_whole_address_counts():
    assert (
        only(b"GET http://evil.example/a HTTP/1.1\r\nHost: localhost\r\n\r\n").headers["host"]
        == "evil.example"
    )


def test_http_1_0_needs_no_host():
    assert only(b"GET / HTTP/1.0\r\n\r\n").headers == {}


# --- the end of a request is where llhttp has it ------------------------------------------------------------

PIECES = (
    b"GET / HTTP/1.1", b"POST /b HTTP/1.1", b"GET /?q=content-length HTTP/1.0", b"Host: x", b"X: y",
    b"Content-Length: 6", b"content-length:0", b"Content-Length: 30", b"Content-Length : 6",
    b"X: Content-Length: 6", b"Transfer-Encoding: chunked", b"tRANSFER-eNCODING:chunked",
    b"Transfer-Encoding: identity", b"ASK {}", b"0", b"3", b"abc", b" folded: 1", b"\tContent-Length: 6",
)  # fmt: skip
ENDS = (
    b"\r\n",
    b"\r\n",
    b"\r\n",
    b"\r\n",
    b"\r\n\r\n",
    b"\r\n\r\n",
    b"\n",
    b"\r",
    b"\n\n",
    b"\r\n\n",
    b"",
    b"\r\r\n",
)
STARTS = (
    b"GET / HTTP/1.1\r\nHost: x\r\n",
    LENGTH,
    IN_CHUNKS,
    CHUNKED,
    POST,
    GET,
    POST + b"Content-Length: 6\r\n\r\n",
)


class Reference:
    """What llhttp makes of a whole stream that it reads without our doing."""

    def __init__(self, data: bytes) -> None:
        self.found: list[tuple[bytes, bytes]] = []
        with suppress(httptools.HttpParserError):
            httptools.HttpRequestParser(self).feed_data(data)

    def on_message_begin(self) -> None:
        self.target = self.body = b""

    def on_url(self, url: bytes) -> None:
        self.target += url

    def on_body(self, data: bytes) -> None:
        self.body += data

    def on_message_complete(self) -> None:
        self.found.append((self.target, self.body))


def taken(data: bytes) -> list[tuple[bytes, bytes]]:
    """The requests of a stream up to the first that is refused."""
    parser, found = RequestParser(1000), []
    parser.feed(data)
    with suppress(Refusal):
        while (framed := parser.next()) is not None:
            request = parse_head(*framed)
            found.append((request.target.encode(), request.body))
            if not request.keep_alive:
                break
    return found


def test_no_stream_is_cut_into_other_requests_than_llhttp_sees():
    chosen, several = random.Random(7), 0
    for _ in range(20_000):
        parts = [
            chosen.choice(STARTS) if chosen.random() < 0.3 else chosen.choice(PIECES) + chosen.choice(ENDS)
            for _ in range(chosen.randint(1, 10))
        ]
        data = b"".join(parts)
        ours, whole = taken(data), Reference(data).found
        assert ours == whole[: len(ours)], data
        several += len(ours) > 1
    assert several > 300
