"""HTTP messages as records and their heads as bytes."""

import pytest

from kg.serving.http.messages import Refusal, Request, format_headers, head_lines


def test_a_target_is_a_path_and_a_query():
    request = Request("GET", "/sparql?query=ASK%7B%7D?")
    assert (request.path, request.query) == ("/sparql", "query=ASK%7B%7D?")


def test_a_line_break_never_gets_into_a_header():
    with pytest.raises(ValueError, match="line break"):
        format_headers((("Location", "/a\r\nX-Injected: yes"),))


def test_a_response_head_is_a_status_line_and_headers():
    head = head_lines(404, "text/plain", (("A", "b"),))
    assert head == b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nA: b\r\n"


def test_a_refusal_is_plain_text_that_no_cache_keeps():
    response = Refusal(503, "Busy.", (("Retry-After", "5"),)).response()
    assert (response.status, response.body) == (503, b"Busy.\n")
    assert dict(response.headers) == {"Retry-After": "5", "Cache-Control": "no-store"}
