"""HTTP messages as records: a request as it was read, a response as it is to be sent, and a refusal."""

from __future__ import annotations

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


class Writer(Protocol):
    """Where the body of a response goes, piece by piece."""

    def write(self, data: bytes, /) -> int: ...

    def flush(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Request:
    """One request. ``target`` is a path with its query string, percent-encoded.

    Header names are in lower case, values of repeated ones joined by ", ".
    """

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

    ``cacheable`` says that the same request gets the same response as long as the server runs.
    """

    status: int
    media_type: str | None = None
    body: bytes | Callable[[Writer], None] = b""
    headers: tuple[tuple[str, str], ...] = ()
    cacheable: bool = False


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
