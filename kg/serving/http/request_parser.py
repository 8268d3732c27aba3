"""The bytes of a connection become requests; HTTP itself is parsed by llhttp (through httptools).

The work is divided. The event loop, which serves all clients, only looks where a request ends
(``RequestParser``), and asks llhttp where a body may follow; the worker has llhttp parse the head
(``parse_head``). Both take the same end: a head ends at its first empty line, since llhttp refuses every line
end but CR LF, and a request without Content-Length and Transfer-Encoding has no body.

What else stands here is what llhttp leaves to its user: how much is held, which codings are understood, and
some strictness. Being lenient lets two readers of the same bytes disagree (RFC 9112, section 11.2), so
whatever is wrong is answered and the connection closed: nobody can tell any more where the next request
begins.
"""

from __future__ import annotations

import re

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
    """Takes the bytes of one connection and cuts them into requests, one after the other.

    ``next`` raises Refusal (400, 413, 414, 431, 501, 505); after that it gives no more.
    """

    def __init__(self, max_body: int) -> None:
        self._max_body = max_body
        self._buffer = bytearray()
        self._searched = 0  # bytes of the buffer in which no head ends
        self._head = b""  # of the request whose body is being read
        self._length = 0  # of a body that is not in chunks
        self._chunks: _ChunkedBody | None = None
        self.wants_continue = False
        """The client waits for "100 Continue" before it sends the body; set to False when it was sent."""

    @property
    def pending(self) -> int:
        """Bytes held."""
        return len(self._buffer) + (len(self._chunks.body) if self._chunks else 0)

    @property
    def began(self) -> bool:
        """Whether a part of a request is here."""
        return bool(self._buffer or self._head)

    def feed(self, data: bytes) -> None:
        """Takes more bytes."""
        self._buffer += data

    def next(self) -> tuple[bytes, bytes] | None:
        """The next whole request: its head as it was sent, which ``parse_head`` reads, and its body, decoded.

        None where more bytes are needed.
        """
        if not self._head:
            head = self._cut_head()
            if head is None:
                return None
            lower = head.lower()
            if b"content-length" not in lower and b"transfer-encoding" not in lower:
                return head, b""
            self._expect_body(head)
            self._head = head
        if self._chunks is not None:
            if not self._chunks.take(self._buffer):
                return None
            body = bytes(self._chunks.body)
        elif len(self._buffer) < self._length:
            return None
        else:
            body = bytes(self._buffer[: self._length])
            del self._buffer[: self._length]
        head, self._head, self._chunks, self.wants_continue = self._head, b"", None, False
        return head, body

    def _cut_head(self) -> bytes | None:
        buffer = self._buffer
        while buffer.startswith(b"\r\n"):  # RFC 9112, section 2.2
            del buffer[:2]
            self._searched = 0
        end = buffer.find(_END, max(self._searched - len(_END), 0))
        if end < 0 or end > MAX_HEAD:
            self._searched = len(buffer)
            if len(buffer) <= MAX_HEAD:
                return None
            if b"\r\n" not in buffer[:MAX_HEAD]:
                raise Refusal(414, "The address is too long; send the query by POST.")
            raise Refusal(431, f"The head of a request may have {MAX_HEAD} bytes.")
        head = bytes(buffer[: end + len(_END)])
        del buffer[: end + len(_END)]
        self._searched = 0
        return head

    def _expect_body(self, head: bytes) -> None:
        """Finds out what is to come as the body of the request with this head."""
        message = _Message()
        llhttp = _llhttp(message)
        request = _parse(head, b"", message, llhttp)
        headers = request.headers
        self._length = int(headers.get("content-length", 0))  # llhttp has seen that these are digits
        if self._length > self._max_body:
            raise _too_big(self._max_body)
        coding = headers.get("transfer-encoding")
        if coding is not None:
            if not request.version[1]:  # RFC 9112, section 6.1
                raise Refusal(400, "HTTP/1.0 has no Transfer-Encoding.")
            if coding.lower() != "chunked" or llhttp.should_upgrade():
                raise Refusal(501, "The only transfer coding understood is chunked.")
            self._chunks = _ChunkedBody(llhttp, message, self._max_body)
        expected = self._length or coding is not None
        self.wants_continue = bool(expected) and headers.get("expect", "").lower() == "100-continue"


def parse_head(head: bytes, body: bytes = b"") -> Request:
    """The request with this head (up to and with its empty line). Raises Refusal (400, 501, 505).

    >>> parse_head(b"GET /a HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n").headers
    {'host': 'x'}
    """
    message = _Head()
    return _parse(head, body, message, _llhttp(message))


class _Head:
    """What llhttp tells of a head (the names of the methods are httptools')."""

    target = twice = b""
    heads = 0

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}

    def on_url(self, url: bytes) -> None:
        self.target += url

    def on_header(self, field: bytes, content: bytes) -> None:
        name, value = field.decode().lower(), content.decode("latin-1").strip(" \t")
        if name in self.headers:
            if name in _ONCE:
                self.twice = field
            value = f"{self.headers[name]}, {value}"
        self.headers[name] = value

    def on_headers_complete(self) -> None:
        self.heads += 1


class _Message(_Head):
    """What llhttp tells of a head and of the body in chunks that follows."""

    chunks = 0
    complete = False

    def __init__(self) -> None:
        super().__init__()
        self.body = bytearray()

    def on_body(self, data: bytes) -> None:
        self.body += data

    def on_chunk_header(self) -> None:
        self.chunks += 1

    def on_message_complete(self) -> None:
        self.complete = True


def _llhttp(message: _Head) -> httptools.HttpRequestParser:
    parser = httptools.HttpRequestParser(message)
    parser.set_dangerous_leniencies(lenient_version=True)  # the version is looked at here: 1.2 is as 1.1
    return parser


def _parse(head: bytes, body: bytes, message: _Head, llhttp: httptools.HttpRequestParser) -> Request:
    if not head.isascii():  # llhttp takes no such bytes in the address, but clients send them
        line, end, rest = head.partition(b"\r\n")
        head = _NOT_ASCII.sub(lambda found: b"%%%02X" % found[0][0], line) + end + rest
    try:
        llhttp.feed_data(head)
    except httptools.HttpParserUpgrade:  # which is not done: the request is answered as it is
        pass
    except httptools.HttpParserError as error:
        raise _refusal(head, error) from error
    method, minor = llhttp.get_method(), 1
    line = b"%b %b HTTP/" % (method, message.target)
    if not head.startswith(line + b"1.1\r\n"):
        version = llhttp.get_http_version()
        if not head.startswith(line + version.encode() + b"\r\n"):
            raise Refusal(400, "The request line is not HTTP.")  # several spaces, a bare line feed before it
        if version[0] != "1":
            raise Refusal(505, "This server speaks HTTP/1.1.")
        minor = int(version[2:])
    if message.heads != 1:
        raise Refusal(400, "The head of the request does not end at its empty line.")
    if message.twice:
        raise Refusal(400, f"The header {message.twice.decode()} is there twice.")
    headers = message.headers
    if minor and "host" not in headers:
        raise Refusal(400, "The Host header is missing.")
    keep_alive = minor > 0
    if "connection" in headers:
        wishes = [wish.strip(" \t") for wish in headers["connection"].lower().split(",")]
        keep_alive = "close" not in wishes if minor else "keep-alive" in wishes
    if headers.get("expect", "100-continue").lower() != "100-continue":
        raise Refusal(417, "The only expectation understood is 100-continue.")
    target = message.target.decode()
    if not target.startswith("/"):
        target, headers["host"] = _origin_form(target, headers.get("host", ""))
    return Request(method.decode(), target, headers, body, (1, minor), keep_alive)


class _ChunkedBody:
    """A body in chunks: llhttp decodes it, what it takes is bounded here."""

    def __init__(self, llhttp: httptools.HttpRequestParser, message: _Message, max_body: int) -> None:
        self._llhttp = llhttp
        self._message = message
        self._max_body = max_body
        self._wire = 0

    @property
    def body(self) -> bytearray:
        """What is decoded so far."""
        return self._message.body

    def take(self, buffer: bytearray) -> bool:
        """Decodes bytes of the body, which leave the buffer; whether the body is whole.

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
                self._llhttp.feed_data(bytes(buffer[:size]))
            except httptools.HttpParserError as error:
                raise Refusal(400, f"The chunks of the body are not valid: {error}.") from error
            del buffer[:size]
            self._wire += size
            body = len(self.body)
            if body > self._max_body or self._wire > 4 * self._max_body + MAX_HEAD:
                raise _too_big(self._max_body)
            if self._wire - body > _MAX_CHUNK_LINE * (self._message.chunks + 1):
                raise Refusal(400, "A chunk's size line is too long.")
        return True


def _origin_form(target: str, host: str) -> tuple[str, str]:
    """``/path?query`` and the host, also where a client sends the whole address, whose host counts then
    (RFC 9112, section 3.2.2)."""
    if target.startswith(("http://", "https://")):
        rest = target.split("://", 1)[1]
        slash = re.search(r"[/?]", rest)
        target, host = (rest[slash.start() :], rest[: slash.start()]) if slash else ("/", rest)
        return target if target.startswith("/") else "/" + target, host
    return target, host


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
