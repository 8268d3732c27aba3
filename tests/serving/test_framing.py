import pytest

from kg.serving.http.framing import MAX_HEAD, Framed, Framer
from kg.serving.http.http1 import Refusal, format_headers, head_lines, parse_head

GET = b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST /a HTTP/1.1\r\nHost: x\r\n"


def frames(data: bytes, piece: int | None = None) -> list[Framed]:
    framer, found = Framer(1000), []
    for at in range(0, len(data), piece or len(data)):
        framer.feed(data[at : at + (piece or len(data))])
        while (request := framer.next()) is not None:
            found.append(request)
    return found


CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n3\r\nASK\r\n3;x=y\r\n {}\r\n0\r\nT: 1\r\n\r\n"
LENGTH = POST + b"Content-Length: 6\r\n\r\nASK {}"


@pytest.mark.parametrize("piece", [None, 1, 2, 7])
def test_requests_are_the_same_in_whatever_pieces_they_come(piece):
    found = frames(GET + LENGTH + b"\r\n" + CHUNKED + GET, piece)
    assert [request.body for request in found] == [b"", b"ASK {}", b"ASK {}", b""]
    assert found[0].head == GET


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (POST + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        (POST + b"Content-Length: 6\r\nContent-Length: 6\r\n\r\n", 400),
        (POST + b"Content-Length: -5\r\n\r\n", 400),
        (POST + b"Content-Length: 6, 6\r\n\r\n", 400),
        (POST + b"Content-Length: 1001\r\n\r\n", 413),
        (POST + b"Transfer-Encoding: gzip\r\n\r\n", 501),
        (POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n3\r\nASKxx", 400),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + b"x" * 1001 + b"\r\n0\r\n\r\n", 413),
        (b"GET /" + b"x" * (MAX_HEAD + 1), 414),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * (MAX_HEAD + 1), 431),
    ],
)
def test_wrong_framing_is_refused(data, status):
    with pytest.raises(Refusal) as caught:
        frames(data)
    assert caught.value.status == status


def test_a_client_that_waits_for_100_continue_is_noticed():
    framer = Framer(1000)
    framer.feed(POST + b"Content-Length: 6\r\nExpect: 100-Continue\r\n\r\n")
    assert framer.next() is None and framer.wants_continue


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/2.0\r\n\r\n", 505),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400),
    ],
)
def test_a_malformed_head_is_refused(head, status):
    with pytest.raises(Refusal) as caught:
        parse_head(head)
    assert caught.value.status == status


def test_repeated_headers_are_one_list():
    request = parse_head(b"GET / HTTP/1.1\r\nHost: x\r\nAccept: a/b\r\naccept: c/d\r\n\r\n")
    assert request.headers["accept"] == "a/b, c/d"


def test_the_address_in_full_is_read_as_its_path():
    assert parse_head(b"GET http://x/sparql?a=b HTTP/1.1\r\nHost: x\r\n\r\n").target == "/sparql?a=b"


def test_connections_stay_open_by_the_rule_of_the_version():
    assert parse_head(GET).keep_alive
    assert not parse_head(b"GET / HTTP/1.0\r\n\r\n").keep_alive
    assert not parse_head(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Close\r\n\r\n").keep_alive


def test_a_line_break_never_gets_into_a_header():
    with pytest.raises(ValueError, match="line break"):
        format_headers((("Location", "/a\r\nX-Injected: yes"),))


def test_a_response_head_is_a_status_line_and_headers():
    head = head_lines(404, "text/plain", (("A", "b"),))
    assert head == b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nA: b\r\n"
