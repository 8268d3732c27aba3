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

from kg.web.http1 import Refusal, Request, Response, Writer, format_head
from kg.web.negotiation import accepts_gzip

HELD_BACK = 256 * 1024
_WORTH_PACKING = 1400
_STALL = 30.0
"""Seconds without any progress after which a reader counts as gone."""
_PACKED_TYPES = ("text/", "application/", "image/svg+xml")


class Cut(Exception):
    """A response that began and cannot be finished; the connection must be reset."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What went out: the status, the bytes of the body before packing, and if the connection stays open."""

    status: int
    size: int
    keep_alive: bool


class Socket:
    """Writes all of what it is given to a non-blocking socket. ``on_start`` is called before the first byte,
    ``on_wait`` with the seconds for which the reader kept us waiting."""

    def __init__(self, fd: int, on_start: Callable[[], None], on_wait: Callable[[float], None]) -> None:
        self._fd = fd
        self._on_start = on_start
        self._on_wait = on_wait
        self.started = False

    def send(self, data: bytes) -> None:
        """Raises Cut where the reader is gone or takes nothing for ``_STALL`` seconds."""
        if not self.started:
            self.started = True
            self._on_start()
        try:
            sent = os.write(self._fd, data)
        except BlockingIOError:
            sent = 0
        except OSError as error:
            raise Cut("the client is gone") from error
        if sent < len(data):
            self._send_slowly(memoryview(data)[sent:])

    def _send_slowly(self, rest: memoryview) -> None:
        while rest:
            self._wait()
            try:
                rest = rest[os.write(self._fd, rest) :]
            except BlockingIOError:
                continue
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
    """Sends a response to a request. ``most`` bytes of a body may be sent.

    Raises Cut; and Refusal where the body turns out to be impossible before anything was sent.
    """
    headers = [("Content-Type", response.media_type)] if response.media_type else []
    headers += response.headers
    keep = request.keep_alive
    if not keep:
        headers.append(("Connection", "close"))
    elif request.version < (1, 1):
        headers.append(("Connection", "keep-alive"))
    packed = _may_pack(response) and accepts_gzip(request.headers.get("accept-encoding", ""))
    if isinstance(response.body, bytes):
        return _send_whole(response.status, headers, response.body, request, socket, packed)
    if request.method == "HEAD":
        socket.send(format_head(response.status, headers))
        return Outcome(response.status, 0, keep)
    return _send_written(response.status, headers, response.body, request, socket, packed, most)


def _may_pack(response: Response) -> bool:
    return response.status == 200 and (response.media_type or "").startswith(_PACKED_TYPES)


def _send_whole(
    status: int, headers: list[tuple[str, str]], body: bytes, request: Request, socket: Socket, packed: bool
) -> Outcome:
    size = len(body)
    if packed and size > _WORTH_PACKING:
        body = zlib.compress(body, 5, 31)
        headers = [*headers, ("Content-Encoding", "gzip")]
    if status not in (204, 304):
        headers = [*headers, ("Content-Length", str(len(body)))]
    socket.send(format_head(status, headers) + (b"" if request.method == "HEAD" else body))
    return Outcome(status, size, request.keep_alive)


def _send_written(
    status: int,
    headers: list[tuple[str, str]],
    write: Callable[[Writer], None],
    request: Request,
    socket: Socket,
    packed: bool,
    most: int,
) -> Outcome:
    chunked = request.version >= (1, 1)
    if chunked:
        more = [("Transfer-Encoding", "chunked")]
    else:
        headers = [(name, value) for name, value in headers if name != "Connection"]
        more = [("Connection", "close")]
    if packed:
        more.append(("Content-Encoding", "gzip"))
    body = _Body(socket, lambda: socket.send(format_head(status, headers + more)), chunked, packed, most)
    try:
        write(body)
    except Refusal as error:
        if body.begun:
            raise Cut(error.message) from error
        raise
    if not body.begun:
        return _send_whole(status, headers, body.taken(), request, socket, packed)
    body.end()
    return Outcome(status, body.size, request.keep_alive and chunked)
