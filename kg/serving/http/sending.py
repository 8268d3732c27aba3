"""A response goes out on a connection: with its length where it is small, in chunks where it is long.

Nothing is sent before the result is whole or longer than ``HELD_BACK``, so that an error found early is
still a clean error. An error found later cannot be told any more: then the connection must be reset, so
that a client never takes a part for the whole (``Cut``).
"""

from __future__ import annotations

import os
import select
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from kg.serving.http.messages import Refusal, Request, Response, format_headers, head_lines
from kg.serving.http.negotiation import accepts_gzip

HELD_BACK = 256 * 1024
_WORTH_PACKING = 1400
_STALL = 30.0
"""Seconds without any progress after which a reader counts as gone."""
_PACKED_TYPES = ("text/", "application/", "image/svg+xml")


class Cut(Exception):
    """A response that began and cannot be finished; the connection must be reset."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a request was answered. ``whole`` is the response where it has not been sent yet: it is small."""

    keep_alive: bool
    whole: bytes | None = None
    cacheable: bool = False


class Socket:
    """Writes all of what it is given to a non-blocking socket.

    ``open`` gives its file descriptor before the first byte goes out; ``on_wait`` is told the seconds for
    which the reader kept us waiting.
    """

    def __init__(self, open: Callable[[], int], on_wait: Callable[[float], None]) -> None:
        self._open = open
        self._on_wait = on_wait
        self._fd = -1

    @property
    def begun(self) -> bool:
        """Whether anything went out."""
        return self._fd >= 0

    def send(self, data: bytes) -> None:
        """Raises Cut where the reader is gone or takes nothing for ``_STALL`` seconds."""
        if self._fd < 0:
            self._fd = self._open()
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[os.write(self._fd, rest) :]
            except BlockingIOError:
                self._wait()
            except OSError as error:
                raise Cut("the client is gone") from error

    def _wait(self) -> None:
        poll = select.poll()
        poll.register(self._fd, select.POLLOUT)
        begin = last = time.monotonic()
        while not poll.poll(250):
            now = time.monotonic()
            self._on_wait(now - last)
            last = now
            if now - begin > _STALL:
                raise Cut("the client stopped reading")
        self._on_wait(time.monotonic() - last)

    def close(self) -> None:
        """Closes the file descriptor, if it was needed."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


class _Body:
    """Collects a body; sends the head and then chunks once it is longer than ``HELD_BACK``."""

    def __init__(
        self, socket: Socket, begin: Callable[[], None], chunked: bool, packed: bool, most: int
    ) -> None:
        self._socket = socket
        self._begin = begin
        self._chunked = chunked
        self._packer = zlib.compressobj(5, zlib.DEFLATED, 31) if packed else None
        self._most = most
        self.parts: list[bytes] = []
        self._held = 0
        self.size = 0
        self.begun = False

    def write(self, data: bytes) -> int:
        self.parts.append(data)
        self.size += len(data)
        self._held += len(data)
        if self.size > self._most:
            raise Refusal(503, f"The result is over the limit of {self._most} bytes; use LIMIT.")
        if self._held > HELD_BACK:
            self._flush()
        return len(data)

    def flush(self) -> None:
        """The engine's flush; when to send is decided here."""

    def _flush(self) -> None:
        if not self.begun:
            self.begun = True
            self._begin()
        self._chunk(self.taken())

    def taken(self) -> bytes:
        """What is held now; nothing is held afterwards."""
        data, self._held = b"".join(self.parts), 0
        self.parts.clear()
        return data

    def _chunk(self, data: bytes) -> None:
        if self._packer is not None:
            data = self._packer.compress(data)
        if data:
            self._socket.send(b"%x\r\n%b\r\n" % (len(data), data) if self._chunked else data)

    def end(self) -> None:
        self._chunk(self.taken())
        if self._packer is not None:
            rest, self._packer = self._packer.flush(), None
            self._chunk(rest)
        if self._chunked:
            self._socket.send(b"0\r\n\r\n")


def send(response: Response, request: Request, socket: Socket, most: int) -> Outcome:
    """Sends a response to a request, or gives it back where it is small. ``most`` bytes of a body are sent.

    Raises Cut; and Refusal where the body turns out to be impossible before anything was sent.
    """
    may_pack = response.status == 200 and (response.media_type or "").startswith(_PACKED_TYPES)
    packed = may_pack and accepts_gzip(request.headers.get("accept-encoding", ""))
    if isinstance(response.body, bytes):
        return _whole(response, response.body, request, socket, packed)
    if request.method == "HEAD":
        return Outcome(request.keep_alive, _head(response, connection_header(request)))
    chunked = request.version >= (1, 1)
    more = connection_header(request) if chunked else (("Connection", "close"),)
    more += (("Transfer-Encoding", "chunked"),) if chunked else ()
    more += (("Content-Encoding", "gzip"),) if packed else ()
    body = _Body(socket, lambda: socket.send(_head(response, more)), chunked, packed, most)
    try:
        response.body(body)
    except Refusal as error:
        if body.begun:
            raise Cut(error.message) from error
        raise
    if not body.begun:
        return _whole(response, body.taken(), request, socket, packed)
    body.end()
    return Outcome(request.keep_alive and chunked)


def connection_header(request: Request) -> tuple[tuple[str, str], ...]:
    """What is said about the connection, where it differs from the rule of the client's version."""
    if not request.keep_alive:
        return (("Connection", "close"),)
    return () if request.version >= (1, 1) else (("Connection", "keep-alive"),)


def _whole(response: Response, body: bytes, request: Request, socket: Socket, packed: bool) -> Outcome:
    more = connection_header(request)
    if packed and len(body) > _WORTH_PACKING:
        body = zlib.compress(body, 5, 31)
        more += (("Content-Encoding", "gzip"),)
    if response.status not in (204, 304):
        more += (("Content-Length", str(len(body))),)
    data = _head(response, more) + (b"" if request.method == "HEAD" else body)
    if len(data) > 2 * HELD_BACK:
        socket.send(data)
        return Outcome(request.keep_alive)
    cacheable = response.cacheable and response.status == 200 and request.keep_alive
    return Outcome(request.keep_alive, data, cacheable)


def _head(response: Response, more: tuple[tuple[str, str], ...]) -> bytes:
    return head_lines(response.status, response.media_type, response.headers) + format_headers(more) + b"\r\n"
