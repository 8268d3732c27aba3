"""``python -m kg.serving.processes.worker CONTROL SHARED``: loads the data once, forks those who answer.

Two kinds of process run this module. The *nursery* (the one that is started) loads the data, then only
forks and reaps on command of the front; it has no threads and runs no query. Each *worker* (a fork) answers
one request after another: it gets the request and the client's connection from the front, writes the
response to the connection itself, and tells the front how it ended. A query cannot be stopped from
inside, so the front has a worker killed whose time is over. Workers share the nursery's memory.
"""

from __future__ import annotations

import gc
import mmap
import os
import select
import signal
import socket
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kg.model.errors import KgError
from kg.serving import sandbox
from kg.serving.http.http1 import Refusal, Request, Response, parse_head
from kg.serving.http.sending import Cut, Outcome, Socket, send
from kg.serving.protocol.dataset import Served, from_files, from_folder
from kg.serving.protocol.relay import remote
from kg.serving.settings import Settings
from kg.serving.site import Site

COMMAND = struct.Struct("!cii")
"""Front to nursery (S length: settings; F slot: fork, with a channel; K slot: kill) and back (R: ready;
E length: error; D slot status: died)."""
JOB = struct.Struct("!II")
"""Front to worker: lengths of the head and of the body, which follow."""
REPLY = struct.Struct("!cI")
"""Worker to front: a word and the length of the response that follows (0: none, or it was sent already)."""
HELLO, KEEP, KEEP_LASTING, CLOSE, RESET = b"H", b"K", b"L", b"C", b"R"
"""Ready; done, and the connection stays, stays with a response that may be given again, closes, breaks.
In lower case: and this worker stops here."""
LEND = b"F"
"""The response is long: the front is to send the connection's file descriptor, on a channel of its own."""
SLOT = 32
"""Bytes a worker has in the shared memory: 0 = response begun, 8..16 = seconds its reader kept it waiting,
16..24 = jobs that it need not do any more: those after the one number, up to the other."""
WAITED, WAITED_AT = struct.Struct("d"), 8
SKIPPED, SKIPPED_AT = struct.Struct("II"), 16
_GROWTH = 64 << 20
"""A worker that grew by more than this is replaced."""


@dataclass(frozen=True, slots=True)
class Birth:
    """What a fork needs to become a worker."""

    slot: int
    channel: socket.socket
    lending: socket.socket


def main() -> None:
    """The nursery; in a fork it becomes a worker and returns when that ends."""
    control = socket.socket(fileno=int(sys.argv[1]))
    shared = mmap.mmap(int(sys.argv[2]), 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    settings = Settings.from_json(_receive_text(control))
    try:
        site = Site(_load(settings), settings)
    except KgError as error:
        _send_text(control, b"E", str(error))
        return
    site.prepare()
    _send_text(control, b"R", "")
    gc.collect()
    gc.freeze()
    birth = Nursery(control).run()
    if birth is not None:
        Worker(birth, shared, site).run()


def _load(settings: Settings) -> Served:
    if settings.data:
        return from_files(settings.files)
    if settings.store:
        return from_folder(Path(settings.store), settings.in_memory)
    return remote(settings)


def _receive_text(control: socket.socket) -> str:
    length = COMMAND.unpack(receive_exactly(control, COMMAND.size))[2]
    return receive_exactly(control, length).decode()


def _send_text(control: socket.socket, kind: bytes, text: str) -> None:
    data = text.encode()
    control.sendall(COMMAND.pack(kind, 0, len(data)) + data)


def receive_exactly(sock: socket.socket, size: int) -> bytes:
    """Exactly ``size`` bytes; EOFError where the other side closed before."""
    data = bytearray()
    while len(data) < size:
        piece = sock.recv(min(size - len(data), 1 << 20))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)


class Nursery:
    """Forks and reaps workers as the front says, until the front closes the control connection."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._pids: dict[int, int] = {}
        self._woken, self._wake = os.pipe()
        self._sources: list[int] = [control.fileno(), self._woken]
        os.set_blocking(self._wake, False)
        os.set_blocking(self._woken, False)

    def run(self) -> Birth | None:
        """None at the end; in a fork, what it is to become."""
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        while True:
            readable, _, _ = select.select(self._sources, [], [])
            if self._woken in readable:
                os.read(self._woken, 512)
                self._reap()
            if self._control.fileno() in readable:
                message, fds, _, _ = socket.recv_fds(self._control, COMMAND.size, 2)
                if not message:
                    self._end()
                    return None
                birth = self._obey(message, fds)
                if birth is not None:
                    return birth

    def _obey(self, message: bytes, fds: list[int]) -> Birth | None:
        if len(message) < COMMAND.size:
            message += receive_exactly(self._control, COMMAND.size - len(message))
        kind, slot, _ = COMMAND.unpack(message)
        if kind == b"K" and slot in self._pids:
            os.kill(self._pids[slot], signal.SIGKILL)
        elif kind == b"F":
            pid = os.fork()
            if pid == 0:
                return self._become(slot, *fds)
            self._pids[slot] = pid
            for fd in fds:
                os.close(fd)
        return None

    def _become(self, slot: int, channel: int, lending: int) -> Birth:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._control.close()
        os.close(self._woken)
        os.close(self._wake)
        return Birth(slot, socket.socket(fileno=channel), socket.socket(fileno=lending))

    def _reap(self) -> None:
        for pid, status in _dead():
            slot = next(slot for slot, its in self._pids.items() if its == pid)
            del self._pids[slot]
            with suppress(ConnectionError):  # the front is gone: the end follows
                self._control.sendall(COMMAND.pack(b"D", slot, os.waitstatus_to_exitcode(status)))

    def _end(self) -> None:
        for pid in self._pids.values():
            os.kill(pid, signal.SIGKILL)
        for pid in self._pids.values():
            os.waitpid(pid, 0)


def _dead() -> Iterator[tuple[int, int]]:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        yield pid, status


class Worker:
    """Answers requests, one at a time, until the front closes the channel or it has grown too big."""

    def __init__(self, birth: Birth, shared: mmap.mmap, site: Site) -> None:
        self._channel = birth.channel
        self._lending = birth.lending
        self._buffer = bytearray()
        self._job = 0
        self._shared = shared
        self._at = birth.slot * SLOT
        self._site = site
        self._waited = 0.0

    def run(self) -> None:
        """Enters the sandbox and works."""
        sandbox.die_with_parent()
        sandbox.no_core_files()
        self._site.open()
        if self._site.settings.endpoint is None:
            sandbox.close_network()
        sandbox.limit_memory(self._site.settings.memory)
        before = _resident()
        self._say(HELLO)
        while (message := self._next()) is not None:
            begin = time.monotonic()
            word, response = self._answer(*message)
            if time.monotonic() - begin > 0.1 and _resident() - before > _GROWTH:
                self._say(word.lower(), response)
                return
            self._say(word, response)

    def _next(self) -> tuple[bytes, bytes] | None:
        """Head and body of the next request; None where the front closed the channel."""
        buffer = self._buffer
        while True:
            if len(buffer) >= JOB.size:
                head, body = JOB.unpack_from(buffer)
                start, middle, end = JOB.size, JOB.size + head, JOB.size + head + body
                if len(buffer) >= end:
                    request = bytes(buffer[start:middle]), bytes(buffer[middle:end])
                    del buffer[:end]
                    self._job += 1
                    return request
            data = self._channel.recv(1 << 16)
            if not data:
                return None
            buffer += data

    def _say(self, word: bytes, data: bytes = b"") -> None:
        self._channel.sendall(REPLY.pack(word, len(data)) + data)

    def _answer(self, head: bytes, body: bytes) -> tuple[bytes, bytes]:
        """What is said to the front at the end, and the response if it is still to be sent."""
        after, until = SKIPPED.unpack_from(self._shared, self._at + SKIPPED_AT)
        if after < self._job <= until:
            return RESET, b""
        self._waited = 0.0
        client = Socket(self._borrow, self._kept_waiting)
        try:
            outcome = self._respond(head, body, client)
        except Cut:
            return RESET, b""
        finally:
            client.close()
        word = KEEP_LASTING if outcome.lasting else KEEP if outcome.keep_alive else CLOSE
        return word, outcome.whole or b""

    def _borrow(self) -> int:
        """The connection's file descriptor, from the front; from here on the response has begun."""
        self._say(LEND)
        _, fds, _, _ = socket.recv_fds(self._lending, 1, 1)
        if not fds:
            raise Cut("the client is gone")
        self._shared[self._at] = 1
        return fds[0]

    def _respond(self, head: bytes, body: bytes, client: Socket) -> Outcome:
        try:
            request = parse_head(head, body)
            response = self._site.respond(request)
        except Refusal as refusal:
            request, response = Request("GET", "/", keep_alive=False), self._refused(refusal)
        try:
            return send(response, request, client, self._site.settings.max_bytes)
        except Refusal as refusal:
            return send(self._refused(refusal), request, client, self._site.settings.max_bytes)

    def _refused(self, refusal: Refusal) -> Response:
        return self._site.dressed(refusal.response())

    def _kept_waiting(self, seconds: float) -> None:
        self._waited += seconds
        WAITED.pack_into(self._shared, self._at + WAITED_AT, self._waited)


def _resident() -> int:
    """Bytes of memory in use; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            return int(statm.read().split()[1]) * mmap.PAGESIZE
    except OSError:
        return 0


if __name__ == "__main__":
    main()
