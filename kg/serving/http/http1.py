"""HTTP/1.1 messages as records: a request head is parsed, a response head is written.

Strict where being lenient lets two readers of the same bytes disagree (RFC 9112, sections 5.1 and 11.2):
no space before a colon, no folded lines, no control characters, one Host.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

REASONS = {
    200: "OK",
    204: "No Content",
    303: "See Other",
    304: "Not Modified",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    408: "Request Timeout",
    413: "Content Too Large",
    414: "URI Too Long",
    415: "Unsupported Media Type",
    417: "Expectation Failed",
    421: "Misdirected Request",
    431: "Request Header Fields Too Large",
    500: "Internal Server Error",
    501: "Not Implemented",
    502: "Bad Gateway",
    503: "Service Unavailable",
    505: "HTTP Version Not Supported",
}
_REQUEST_LINE = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([\x21-\x7e\x80-\xff]+) HTTP/(\d)\.(\d)")
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


class Writer(Protocol):
    """Where the body of a response goes, piece by piece."""

    def write(self, data: bytes, /) -> int: ...

    def flush(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Request:
    """One request. ``target`` is as sent; header names are in lower case, repeated ones joined by ", "."""

    method: str
    target: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    version: tuple[int, int] = (1, 1)
    keep_alive: bool = True
    """Whether the client wants the connection for more requests (RFC 9112, section 9.3)."""

    @property
    def path(self) -> str:
        """The path as sent, still percent-encoded, without the query string."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """The query string as sent, without the question mark."""
        return self.target.partition("?")[2]


@dataclass(frozen=True, slots=True)
class Response:
    """One response. ``body`` is bytes, or a function that writes the body to what it is given.

    ``lasting`` says that the same request gets the same response as long as the server runs.
    """

    status: int
    media_type: str | None = None
    body: bytes | Callable[[Writer], None] = b""
    headers: tuple[tuple[str, str], ...] = ()
    lasting: bool = False


class Refusal(Exception):
    """A request that is answered with an error: a status and one readable message."""

    def __init__(self, status: int, message: str, headers: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers

    def response(self) -> Response:
        """The error as plain text, kept by no cache."""
        headers = (*self.headers, ("Cache-Control", "no-store"))
        return Response(self.status, "text/plain; charset=utf-8", (self.message + "\n").encode(), headers)


def parse_head(head: bytes, body: bytes = b"") -> Request:
    """The request with this head (up to and with the empty line). Raises Refusal (400, 505)."""
    lines = head.decode("latin-1").split("\r\n")
    found = _REQUEST_LINE.fullmatch(lines[0])
    if found is None:
        raise Refusal(400, "The request line is not HTTP.")
    method, target, major, minor = found.groups()
    if major != "1":
        raise Refusal(505, "This server speaks HTTP/1.1.")
    headers = _parse_headers(lines[1:])
    version = (1, int(minor))
    if version >= (1, 1) and "host" not in headers:
        raise Refusal(400, "The Host header is missing.")
    wish = headers.get("connection", "").lower()
    keep_alive = "close" not in wish if version >= (1, 1) else "keep-alive" in wish
    return Request(method, _origin_form(target), headers, body, version, keep_alive)


def _parse_headers(lines: list[str]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in lines:
        if not line:
            continue
        name, colon, value = line.partition(":")
        if not colon or not _NAME.fullmatch(name) or _CONTROL.search(value):
            raise Refusal(400, "A header line is not valid.")
        name, value = name.lower(), value.strip(" \t")
        if name in headers:
            if name in ("host", "content-length", "transfer-encoding", "authorization", "content-type"):
                raise Refusal(400, f"The header {name} is there twice.")
            value = f"{headers[name]}, {value}"
        headers[name] = value
    return headers


def _origin_form(target: str) -> str:
    """``/path?query`` also where a client sends the whole address."""
    if target.startswith(("http://", "https://")):
        rest = target.split("://", 1)[1]
        slash = re.search(r"[/?]", rest)
        target = rest[slash.start() :] if slash else "/"
        return target if target.startswith("/") else "/" + target
    return target


@lru_cache(maxsize=256)
def head_lines(status: int, media_type: str | None, headers: tuple[tuple[str, str], ...]) -> bytes:
    """The status line and the headers of a response, without the empty line."""
    first = f"HTTP/1.1 {status} {REASONS[status]}\r\n".encode()
    typed = (("Content-Type", media_type),) if media_type else ()
    return first + format_headers(typed + headers)


def format_headers(headers: tuple[tuple[str, str], ...]) -> bytes:
    """Header lines. CR and LF never reach a header's value."""
    text = "".join([f"{name}: {value}\r\n" for name, value in headers])
    if text.count("\n") != len(headers) or text.count("\r") != len(headers):
        raise ValueError(f"a line break in a header: {headers!r}")
    return text.encode("latin-1", "replace")
