"""A worker: a fork of the fork server that answers one request after another.

It gets a request from the event loop, and gives back the response where that is small; a long one it writes
itself to the client's connection, which the event loop passes to it. A query cannot be stopped from inside,
so the event loop has a worker killed whose time is over.
"""

from __future__ import annotations

import mmap
import socket
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from kg.model.errors import KgError
from kg.model.processes import die_with_parent
from kg.model.text.display import escaped, shortened
from kg.serving import sandbox
from kg.serving.http.messages import Refusal, Request
from kg.serving.http.request_parser import parse_head
from kg.serving.http.sending import Cut, Outcome, Socket, send
from kg.serving.processes.channels import (  # fmt: skip
    BLOCKED,
    BLOCKED_AT,
    CLOSE,
    JOB,
    KEEP,
    KEEP_CACHEABLE,
    READY,
    REPLY,
    RESET,
    SKIPPED,
    SKIPPED_AT,
    SLOT,
    WANT_SOCKET,
)
from kg.serving.settings import MIB
from kg.serving.site import Site

_GROWTH = 64 << 20
"""A worker that grew by more than this is replaced."""
_NOT_HTTP = Request("GET", "/", keep_alive=False)
"""Stands for a request that cannot be read; nobody can tell where the next begins."""


@dataclass(frozen=True, slots=True)
class Channels:
    """A worker's number, and its connections with the event loop: for jobs, and for clients' sockets."""

    slot: int
    jobs: socket.socket
    sockets: socket.socket


class Worker:
    """Answers requests, one at a time, until the event loop closes the channel or it has grown too big."""

    def __init__(self, channels: Channels, shared: mmap.mmap, site: Site) -> None:
        self._channels = channels
        self._buffer = bytearray()
        self._job = 0
        self._shared = shared
        self._at = channels.slot * SLOT
        self._site = site
        self._blocked = 0.0

    def run(self) -> None:
        """Enters the sandbox and works."""
        die_with_parent()
        sandbox.no_core_files()
        try:
            self._site.open()
        except KgError as error:
            raise SystemExit(f"kg serve: {error}") from error
        if self._site.settings.endpoint is None:
            sandbox.close_network()
        sandbox.limit_memory(self._site.settings.memory * MIB)
        before = _resident()
        self._say(READY)
        while (request := self._next()) is not None:
            begin = time.monotonic()
            word, response = self._answer(*request)
            if time.monotonic() - begin > 0.1 and _resident() - before > _GROWTH:
                self._say(word.lower(), response)
                return
            self._say(word, response)

    def _next(self) -> tuple[bytes, bytes] | None:
        """Head and body of the next request; None where the event loop closed the channel."""
        buffer = self._buffer
        while True:
            if len(buffer) >= JOB.size:
                head, body = JOB.unpack_from(buffer)
                middle, end = JOB.size + head, JOB.size + head + body
                if len(buffer) >= end:
                    request = bytes(buffer[JOB.size : middle]), bytes(buffer[middle:end])
                    del buffer[:end]
                    self._job += 1
                    return request
            data = self._channels.jobs.recv(1 << 16)
            if not data:
                return None
            buffer += data

    def _say(self, word: bytes, data: bytes = b"") -> None:
        self._channels.jobs.sendall(REPLY.pack(word, len(data)) + data)

    def _answer(self, head: bytes, body: bytes) -> tuple[bytes, bytes]:
        """What is said to the event loop at the end, and the response if it is still to be sent."""
        after, until = SKIPPED.unpack_from(self._shared, self._at + SKIPPED_AT)
        if after < self._job <= until:
            return RESET, b""
        self._blocked = 0.0
        client = Socket(self._receive_socket, self._count_blocked)
        try:
            outcome = self._respond(head, body, client)
        except Cut:
            return RESET, b""
        finally:
            client.close()
        word = KEEP_CACHEABLE if outcome.cacheable else KEEP if outcome.keep_alive else CLOSE
        return word, outcome.whole or b""

    def _respond(self, head: bytes, body: bytes, client: Socket) -> Outcome:
        most = self._site.settings.max_result * MIB
        try:
            request = parse_head(head, body)
        except Refusal as refusal:
            return self._refuse(refusal, _NOT_HTTP, client)
        try:
            return send(self._site.respond(request), request, client, most)
        except Refusal as refusal:
            return self._refuse(refusal, request, client)
        except (Cut, MemoryError):
            raise
        except Exception as error:  # a fault of ours: it is told, and the worker lives on
            sys.stderr.write(_fault(request, error))
            if client.begun:
                raise Cut("a fault of the server") from error
            fault = Refusal(500, "The server could not answer this request; its log says why.")
            return self._refuse(fault, request, client)

    def _refuse(self, refusal: Refusal, request: Request, client: Socket) -> Outcome:
        return send(
            self._site.with_common_headers(refusal.response()),
            request,
            client,
            self._site.settings.max_result * MIB,
        )

    def _receive_socket(self) -> int:
        """The connection's file descriptor, from the event loop; from here on the response has begun."""
        self._say(WANT_SOCKET)
        _, fds, _, _ = socket.recv_fds(self._channels.sockets, 1, 1)
        if not fds:
            raise Cut("the client is gone")
        self._shared[self._at] = 1
        return fds[0]

    def _count_blocked(self, seconds: float) -> None:
        self._blocked += seconds
        BLOCKED.pack_into(self._shared, self._at + BLOCKED_AT, self._blocked)


def _fault(request: Request, error: Exception) -> str:
    """A line for the log: which request, what happened, where in the code."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(where.filename).name}:{where.lineno}"
    what = escaped(shortened(f"{request.method} {request.target}", 200))
    return f"kg serve: {what}: {type(error).__name__}: {escaped(shortened(str(error), 300))} ({place})\n"


def _resident() -> int:
    """Bytes of memory in use; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            return int(statm.read().split()[1]) * mmap.PAGESIZE
    except OSError:
        return 0
