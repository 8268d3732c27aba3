"""The bytes of a connection become requests; HTTP itself is parsed by llhttp (through httptools).

What stands here is what llhttp leaves to its user: where a head ends, how much is held, which codings are
understood, and some strictness. Being lenient lets two readers of the same bytes disagree (RFC 9112, section
11.2), so whatever is wrong is answered and the connection closed: nobody can tell any more where the next
request begins.
"""

from __future__ import annotations

import re
from dataclasses import replace

import httptools

from kg.serving.http.messages import Refusal, Request

MAX_HEAD = 64 * 1024
_MAX_CHUNK_LINE = 4096
"""Bytes that a chunk may take beside its data, on average: size, extensions, line ends, trailers."""
_END = b"\r\n\r\n"
"""Where every head ends, and every body in chunks."""
_REQUEST_LINE = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+ [\x21-\xff]+ HTTP/(\d)\.\d\r\n")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_ONCE = ("host", "content-length", "transfer-encoding", "authorization", "content-type")
"""Headers that a request may have once: of two, each reader could take another."""
_BAD_CODING = ("Request has invalid `Transfer-Encoding`", "Invalid `Transfer-Encoding` header value")
"""What llhttp says of a transfer coding other than ``chunked``."""


class RequestParser:
    """Takes the bytes of one connection and gives requests, one after the other.

    ``head`` and ``next`` raise Refusal (400, 413, 414, 431, 501, 505); after that it gives no more.
    """

    def __init__(self, max_body: int) -> None:
        self._max_body = max_body
        self._buffer = bytearray()
        self._searched = 0  # bytes of the buffer in which no head ends
        self._head = b""
        self._request: Request | None = None
        self._length = 0  # of a body that is not in chunks
        self._chunks: _ChunkedBody | None = None
        self._message = _Message()
        self._parser = _llhttp(self._message)
        self.wants_continue = False
        """The client waits for "100 Continue" before it sends the body; set to False when it was sent."""

    @property
    def pending(self) -> int:
        """Bytes held."""
        return len(self._buffer) + len(self._message.body)

    @property
    def began(self) -> bool:
        """Whether a part of a request is here."""
        return bool(self._buffer or self._head)

    def feed(self, data: bytes) -> None:
        """Takes more bytes."""
        self._buffer += data

    def head(self) -> bytes | None:
        """The next request up to its body, as it was sent, or None where more bytes are needed."""
        if self._head:
            return self._head
        while self._buffer.startswith(b"\r\n"):  # RFC 9112, section 2.2
            del self._buffer[:2]
            self._searched = 0
        end = self._buffer.find(_END, max(self._searched - len(_END), 0))
        if end < 0 or end > MAX_HEAD:
            self._searched = len(self._buffer)
            if len(self._buffer) <= MAX_HEAD:
                return None
            if b"\r\n" not in self._buffer[:MAX_HEAD]:
                raise Refusal(414, "The address is too long; send the query by POST.")
            raise Refusal(431, f"The head of a request may have {MAX_HEAD} bytes.")
        self._head = bytes(self._buffer[: end + len(_END)])
        del self._buffer[: end + len(_END)]
        self._searched = 0
        return self._head

    def skip(self) -> None:
        """Passes over the request with this head, of which the caller knows that it has no body."""
        self._head = b""

    def next(self) -> Request | None:
        """The next whole request, or None where more bytes are needed."""
        if self._request is None:
            head = self.head()
            if head is None:
                return None
            self._request = self._parse_head(head)
        if self._chunks is not None:
            if not self._chunks.take(self._buffer):
                return None
            body = bytes(self._message.body)
        elif len(self._buffer) < self._length:
            return None
        else:
            body = bytes(self._buffer[: self._length])
            del self._buffer[: self._length]
        request = replace(self._request, body=body) if body else self._request
        self._head, self._request, self._chunks, self.wants_continue = b"", None, None, False
        self._message.clear()
        return request

    def _parse_head(self, head: bytes) -> Request:
        """The request with this head, and what is to come as its body."""
        if not head.isascii():  # llhttp takes no such bytes in the address, but clients send them
            line, end, rest = head.partition(b"\r\n")
            head = _NOT_ASCII.sub(lambda found: b"%%%02X" % found[0][0], line) + end + rest
        upgrade = False
        try:
            self._parser.feed_data(head)
        except httptools.HttpParserUpgrade:  # which is not done: the request is answered as it is
            upgrade = True
        except httptools.HttpParserError as error:
            raise _refusal(head, error) from error
        method, target = self._parser.get_method(), self._message.target
        version = self._parser.get_http_version()
        if not head.startswith(b"%b %b HTTP/%b\r\n" % (method, target, version.encode())):
            raise Refusal(400, "The request line is not HTTP.")  # several spaces, a bare line feed before it
        if version[0] != "1":
            raise Refusal(505, "This server speaks HTTP/1.1.")
        minor, headers = int(version[2:]), _headers(self._message.fields)
        if minor and "host" not in headers:
            raise Refusal(400, "The Host header is missing.")
        self._length = 0
        if upgrade or "content-length" in headers or "transfer-encoding" in headers:
            self._expect_body(headers, minor, upgrade)
        keep_alive = minor > 0
        if "connection" in headers:
            wishes = headers["connection"].lower().replace(" ", "").split(",")
            keep_alive = "close" not in wishes if minor else "keep-alive" in wishes
        return Request(method.decode(), _origin_form(target.decode()), headers, b"", (1, minor), keep_alive)

    def _expect_body(self, headers: dict[str, str], minor: int, upgrade: bool) -> None:
        self._length = int(headers.get("content-length", 0))  # llhttp has seen that these are digits
        if self._length > self._max_body:
            raise _too_big(self._max_body)
        coding = headers.get("transfer-encoding")
        if coding is not None:
            if not minor:  # RFC 9112, section 6.1
                raise Refusal(400, "HTTP/1.0 has no Transfer-Encoding.")
            if coding.lower() != "chunked" or upgrade:
                raise Refusal(501, "The only transfer coding understood is chunked.")
            self._chunks = _ChunkedBody(self._parser, self._message, self._max_body)
        elif self._length or upgrade:  # llhttp waits for the body, which is cut here, or stands beyond it
            self._parser = _llhttp(self._message)
        expected = self._length or coding is not None
        self.wants_continue = bool(expected) and headers.get("expect", "").lower() == "100-continue"


class _Message:
    """What llhttp tells of the message that it reads (the names of its methods are httptools')."""

    def __init__(self) -> None:
        self.body = bytearray()
        self.clear()

    def clear(self) -> None:
        """Forgets the last message."""
        self.target = b""
        self.fields: list[tuple[bytes, bytes]] = []
        self.chunks = 0
        self.complete = False
        if self.body:
            self.body = bytearray()

    def on_url(self, url: bytes) -> None:
        self.target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self.fields.append((name, value))  # also trailers, after the head was taken; nobody reads them

    def on_body(self, data: bytes) -> None:
        self.body += data

    def on_chunk_header(self) -> None:
        self.chunks += 1

    def on_message_complete(self) -> None:
        self.complete = True


def _llhttp(message: _Message) -> httptools.HttpRequestParser:
    parser = httptools.HttpRequestParser(message)
    parser.set_dangerous_leniencies(lenient_version=True)  # the version is looked at here: 1.2 is as 1.1
    return parser


class _ChunkedBody:
    """A body in chunks: llhttp decodes it, what it takes is bounded here."""

    def __init__(self, parser: httptools.HttpRequestParser, message: _Message, max_body: int) -> None:
        self._parser = parser
        self._message = message
        self._max_body = max_body
        self._wire = 0

    def take(self, buffer: bytearray) -> bool:
        """Moves bytes of the body from the buffer to the message; whether the body is whole.

        llhttp reads on after the end of a message and does not tell where that was. So it is given no more
        at once than up to the next empty line: every body in chunks ends with one.
        """
        while not self._message.complete:
            end = buffer.find(_END)
            if end >= 0:
                size = end + len(_END)
            else:
                size = len(buffer) - next(n for n in (3, 2, 1, 0) if buffer.endswith(_END[:n]))
            if not size:
                return False
            try:
                self._parser.feed_data(bytes(buffer[:size]))
            except httptools.HttpParserError as error:
                raise Refusal(400, f"The chunks of the body are not valid: {error}.") from error
            del buffer[:size]
            self._wire += size
            body = len(self._message.body)
            if body > self._max_body or self._wire > 4 * self._max_body + MAX_HEAD:
                raise _too_big(self._max_body)
            if self._wire - body > _MAX_CHUNK_LINE * (self._message.chunks + 1):
                raise Refusal(400, "A chunk's size line is too long.")
        return True


def _headers(fields: list[tuple[bytes, bytes]]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for field, content in fields:
        name, value = field.decode("ascii").lower(), content.decode("latin-1").strip(" \t")
        if name in headers:
            if name in _ONCE:
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


def _refusal(head: bytes, error: httptools.HttpParserError) -> Refusal:
    """The answer to a head that llhttp does not take."""
    line = _REQUEST_LINE.match(head)
    if line is None:
        return Refusal(400, "The request line is not HTTP.")
    if line[1] != b"1":
        return Refusal(505, "This server speaks HTTP/1.1.")
    if isinstance(error, httptools.HttpParserInvalidMethodError):
        return Refusal(501, "The method is not one of HTTP's.")
    if str(error) in _BAD_CODING:
        return Refusal(501, "The only transfer coding understood is chunked.")
    return Refusal(400, f"The head of the request is not valid: {error}.")


def _too_big(limit: int) -> Refusal:
    return Refusal(413, f"The body of a request may have {limit} bytes.")
