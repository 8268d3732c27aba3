"""Where a request ends: bytes of a connection are cut into requests, without reading what they say.

Whatever is wrong with the framing is answered and the connection closed, because nobody can tell any more
where the next request begins (RFC 9112, sections 6 and 7).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.serving.http.http1 import Refusal

MAX_HEAD = 64 * 1024
_MAX_CHUNK_LINE = 4096
_LENGTH = re.compile(rb"\ncontent-length:[ \t]*([^\r\n]*?)[ \t]*\r")
_CODING = re.compile(rb"\ntransfer-encoding:[ \t]*([^\r\n]*?)[ \t]*\r")
_EXPECT = re.compile(rb"\nexpect:[ \t]*100-continue[ \t]*\r")
_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;.*)?")


@dataclass(frozen=True, slots=True)
class Framed:
    """One request as bytes: the head with its empty line, the decoded body."""

    head: bytes
    body: bytes


class Framer:
    """Takes the bytes of one connection and gives requests. Raises Refusal (400, 413, 431, 501)."""

    def __init__(self, max_body: int) -> None:
        self._max_body = max_body
        self._buffer = bytearray()
        self._head = b""
        self._length = 0
        self._chunks: _Chunks | None = None
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

    def next(self) -> Framed | None:
        """The next whole request, or None where more bytes are needed."""
        if not self._head and not self._read_head():
            return None
        body = self._read_body()
        if body is None:
            return None
        framed = Framed(self._head, body)
        self._head, self._chunks, self.wants_continue = b"", None, False
        return framed

    def _read_head(self) -> bool:
        while self._buffer.startswith(b"\r\n"):  # RFC 9112, section 2.2
            del self._buffer[:2]
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0 or end > MAX_HEAD:
            if len(self._buffer) > MAX_HEAD:
                raise self._too_long()
            return False
        self._head = bytes(self._buffer[: end + 4])
        del self._buffer[: end + 4]
        self._plan_body(self._head.lower())
        return True

    def _too_long(self) -> Refusal:
        if b"\r\n" not in self._buffer[:MAX_HEAD]:
            return Refusal(414, "The address is too long; send the query by POST.")
        return Refusal(431, f"The head of a request may have {MAX_HEAD} bytes.")

    def _plan_body(self, head: bytes) -> None:
        lengths, codings = _LENGTH.findall(head), _CODING.findall(head)
        self._length, self._chunks = 0, None
        if codings and lengths:
            raise Refusal(400, "The request has a Content-Length and a Transfer-Encoding.")
        if codings:
            if codings != [b"chunked"]:
                raise Refusal(501, "The only transfer coding understood is chunked.")
            self._chunks = _Chunks(self._max_body)
        elif lengths:
            self._length = self._checked_length(lengths)
        self.wants_continue = bool((codings or self._length) and _EXPECT.search(head))

    def _checked_length(self, lengths: list[bytes]) -> int:
        if len(lengths) > 1 or not lengths[0].isdigit() or len(lengths[0]) > 18:
            raise Refusal(400, "The Content-Length is not valid.")
        length = int(lengths[0])
        if length > self._max_body:
            raise too_big(self._max_body)
        return length

    def _read_body(self) -> bytes | None:
        if self._chunks is not None:
            return self._chunks.take(self._buffer)
        if len(self._buffer) < self._length:
            return None
        body = bytes(self._buffer[: self._length])
        del self._buffer[: self._length]
        return body


def too_big(limit: int) -> Refusal:
    """The refusal of a body over the limit."""
    return Refusal(413, f"The body of a request may have {limit} bytes.")


class _Chunks:
    """Decodes the chunked transfer coding, each byte once."""

    def __init__(self, max_body: int) -> None:
        self._max_body = max_body
        self.body = bytearray()
        self._wire = 0
        self._left = -1  # bytes of the current chunk with its line end; -1: a size line is next
        self._trailer = False

    def take(self, buffer: bytearray) -> bytes | None:
        """The whole body once its end is here; what is used up is removed from ``buffer``."""
        at = 0
        done = False
        while not done:
            step = self._step(buffer, at)
            if step is None:
                break
            at, done = step
        self._wire += at
        del buffer[:at]
        if len(self.body) > self._max_body or self._wire > 4 * self._max_body + MAX_HEAD:
            raise too_big(self._max_body)
        return bytes(self.body) if done else None

    def _step(self, buffer: bytearray, at: int) -> tuple[int, bool] | None:
        if self._left > 0:
            return self._data(buffer, at)
        end = buffer.find(b"\r\n", at, at + _MAX_CHUNK_LINE)
        if end < 0:
            if len(buffer) - at > _MAX_CHUNK_LINE:
                raise Refusal(400, "A chunk's size line is too long.")
            return None
        line = bytes(buffer[at:end])
        if self._trailer:
            return end + 2, not line
        found = _SIZE.fullmatch(line)
        if found is None:
            raise Refusal(400, "A chunk's size is not valid.")
        size = int(found[1], 16)
        self._trailer = size == 0
        self._left = size + 2 if size else -1
        return end + 2, False

    def _data(self, buffer: bytearray, at: int) -> tuple[int, bool] | None:
        available = len(buffer) - at
        if available <= 0:
            return None
        if available < self._left:
            take = min(available, self._left - 2)
            if take <= 0:
                return None
            self.body += buffer[at : at + take]
            self._left -= take
            return at + take, False
        if buffer[at + self._left - 2 : at + self._left] != b"\r\n":
            raise Refusal(400, "A chunk does not end where it says.")
        self.body += buffer[at : at + self._left - 2]
        at += self._left
        self._left = -1
        return at, False
