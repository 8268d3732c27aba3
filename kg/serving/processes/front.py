"""The front: one thread that accepts connections, cuts them into requests, hands these to workers and
keeps time. It never evaluates anything, so nothing that a client sends can hold it up.
"""

from __future__ import annotations

import resource
import selectors
import socket
import struct
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from kg.serving.http.connection import Connection
from kg.serving.http.framing import Framed, Framer
from kg.serving.http.http1 import Refusal, Response, format_headers, head_lines
from kg.serving.processes.pool import SLOW, Hand, Nursery, Pool, cause_of_death
from kg.serving.processes.response_cache import Memory
from kg.serving.processes.worker import (  # fmt: skip
    CLOSE,
    COMMAND,
    HELLO,
    KEEP_LASTING,
    LEND,
    RESET,
    receive_exactly,
)
from kg.serving.settings import Settings

_OWN_FILES = 64
_MAX_HELD = 128 << 20
"""Bytes of unfinished requests over all connections."""
_REQUEST_TIME = 15.0
"""Seconds for a request to arrive."""
_IDLE_TIME = 60.0
_QUEUE_TIME = 5.0
"""Seconds that a request waits for a worker."""
_STALL_TIME = 30.0
"""Seconds for which a client may take nothing of its response."""
_LINGER_TIME, _LINGER_BYTES = 5.0, 128 << 20
_SLOW_READER = 6
"""A response to a slow reader may take so many times the time limit in all."""
_PIECE = 64 * 1024
_RESET = struct.pack("ii", 1, 0)
_TICK = 0.2


@dataclass(slots=True)
class Front:
    """The event loop. ``stop`` ends it from a signal handler."""

    settings: Settings
    listener: socket.socket
    nursery: Nursery
    common: tuple[tuple[str, str], ...]
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    connections: set[Connection] = field(default_factory=set)
    queue: deque[Connection] = field(default_factory=deque)
    pool: Pool[Connection] = field(init=False)
    memory: Memory = field(init=False)
    running: bool = True
    lost: bool = False
    """The nursery ended by itself."""
    most_connections: int = 800
    now: float = 0.0
    _next_tick: float = 0.0
    _next_look: float = 0.0

    def __post_init__(self) -> None:
        files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        self.most_connections = max(16, min(self.most_connections, files - _OWN_FILES))
        self.memory = Memory(self.settings.remember)
        self.pool = Pool(self.settings, self.nursery, self._watch, self._forget)

    # --- the loop ------------------------------------------------------------------------------------

    def run(self) -> None:
        """Serves until ``stop`` is called or the nursery ends."""
        self.now = time.monotonic()
        self.listener.setblocking(False)
        self._on(self.listener, self._accept)
        self._on(self.nursery.control, self._deaths)
        self.pool.fill()
        while self.running:
            for key, _ in self.selector.select(self._patience()):
                self.now = time.monotonic()
                key.data()
            self.now = time.monotonic()
            if self.now >= self._next_look and (self.queue or self.pool.crowded):
                self._look()
            if self.now >= self._next_tick:
                self._tick()

    def stop(self) -> None:
        """Ends the loop soon."""
        self.running = False

    def close(self) -> None:
        """Closes every connection and ends every process."""
        for connection in list(self.connections):
            self._reset(connection) if connection.state == "working" else self._close(connection)
        self.listener.close()
        self.nursery.stop()
        self.selector.close()

    def _patience(self) -> float:
        if self.queue or self.pool.crowded:
            return SLOW / 2
        return max(0.0, min(_TICK, self._next_tick - self.now))

    def _on(self, sock: socket.socket, action: Callable[[], None]) -> None:
        self.selector.register(sock, selectors.EVENT_READ, action)

    # --- connections ---------------------------------------------------------------------------------

    def _accept(self) -> None:
        for _ in range(64):
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection = Connection(sock, Framer(self.settings.max_body), self.now, fd=sock.fileno())
            self.connections.add(connection)
            self._on(sock, partial(self._readable, connection))
            if len(self.connections) > self.most_connections:
                self._make_room()

    def _make_room(self) -> None:
        idle = [c for c in self.connections if c.state in ("reading", "leaving")]
        if idle:
            self._close(min(idle, key=lambda c: (c.framer.began, c.since)))

    def _readable(self, connection: Connection) -> None:
        if connection.state == "closed":  # since the selector saw it
            return
        try:
            data = connection.sock.recv(_PIECE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._left(connection)
        elif connection.state == "leaving":
            connection.drained += len(data)
            if connection.drained > _LINGER_BYTES:
                self._close(connection)
        else:
            if connection.state == "reading" and not connection.framer.began:
                connection.since = self.now
            connection.framer.feed(data)
            if connection.state == "reading":
                self._advance(connection)
            elif connection.framer.pending > 1 << 20:
                self._pause(connection)

    def _pause(self, connection: Connection) -> None:
        """Reads no more from a client that sends further requests before it had its answer."""
        connection.paused = True
        self.selector.unregister(connection.sock)

    def _left(self, connection: Connection) -> None:
        """The client closed its side. A query it waits for is stopped at a tick, if still going."""
        if connection.state in ("working", "waiting"):
            connection.gone = True
            self._pause(connection)
        else:
            self._close(connection)

    def _advance(self, connection: Connection) -> None:
        """Takes up the requests that have come, until one has to wait for its answer."""
        while connection.state == "reading":
            request = self._next_request(connection)
            if request is None:
                return
            known = None if request.body else self.memory.get(request.head)
            if known is not None:
                connection.keep = True
                self._write(connection, known)
            else:
                connection.request, connection.state, connection.since = request, "waiting", self.now
                if self.queue or not self._hand_over(connection):
                    self.queue.append(connection)

    def _next_request(self, connection: Connection) -> Framed | None:
        framer = connection.framer
        try:
            request = framer.next()
            if request is None and framer.pending > 1 << 16:
                self._check_held()
        except Refusal as refusal:
            self._answer(connection, refusal.response())
            return None
        if request is None and framer.wants_continue:
            framer.wants_continue = False
            self._send(connection, b"HTTP/1.1 100 Continue\r\n\r\n")
        return request

    def _check_held(self) -> None:
        if sum(connection.framer.pending for connection in self.connections) > _MAX_HELD:
            raise Refusal(503, "The server is receiving too many large requests.", (("Retry-After", "5"),))

    def _hand_over(self, connection: Connection) -> bool:
        """Gives the connection's request to a worker; False where none is free."""
        request = connection.request
        while request is not None:
            hand = self.pool.take(request, self.now)
            if hand is None:
                return False
            if self.pool.give(hand, connection, request, self.now):
                connection.state = "working"
                return True
        return True

    def _serve_queue(self) -> None:
        while self.queue:
            if self.queue[0].state == "waiting" and not self._hand_over(self.queue[0]):
                return
            self.queue.popleft()

    def _wait_again(self, connections: list[Connection]) -> None:
        """Puts requests that a worker did not get to back to the head of the queue."""
        for connection in reversed(connections):
            connection.state, connection.since = "waiting", self.now
            self.queue.appendleft(connection)

    # --- answers of the front itself -----------------------------------------------------------------

    def _answer(self, connection: Connection, response: Response) -> None:
        """Sends an error and closes the connection, so that the client can still read it."""
        body = response.body if isinstance(response.body, bytes) else b""
        more = (("Content-Length", str(len(body))), ("Connection", "close"))
        head = head_lines(response.status, response.media_type, self.common + response.headers)
        self._send(connection, head + format_headers(more) + b"\r\n" + body)
        self._leave(connection)

    def _send(self, connection: Connection, data: bytes) -> None:
        """Sends a few bytes, which a socket's buffer takes; a client that reads nothing loses them."""
        try:
            connection.sock.send(data)
        except OSError:
            connection.gone = True

    def _leave(self, connection: Connection) -> None:
        """Says that no more comes, then reads what the client still sends, for a while."""
        if connection.gone:
            self._close(connection)
            return
        self._resume(connection)
        connection.state, connection.since = "leaving", self.now
        try:
            connection.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._close(connection)

    def _resume(self, connection: Connection) -> None:
        if connection.paused:
            connection.paused = False
            self._on(connection.sock, partial(self._readable, connection))

    def _close(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.discard(connection)
            connection.state = "closed"
            if not connection.paused:
                self.selector.unregister(connection.sock)
            connection.sock.close()

    def _reset(self, connection: Connection) -> None:
        """Breaks the connection, so that the client knows that the response is not whole."""
        connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self._close(connection)

    # --- workers -------------------------------------------------------------------------------------

    def _watch(self, hand: Hand[Connection]) -> None:
        self._on(hand.channel, partial(self._heard, hand))

    def _forget(self, hand: Hand[Connection]) -> None:
        self.selector.unregister(hand.channel)
        hand.channel.close()
        hand.lending.close()

    def _heard(self, hand: Hand[Connection]) -> None:
        for word, response in self.pool.hear(hand):
            connection = hand.client
            if word == HELLO:
                self.pool.ready(hand)
            elif word == LEND:
                self.pool.lend(hand, connection.fd if connection is not None else None)
            else:
                self.pool.done(hand, word.islower(), self.now)
                if connection is not None:
                    self._finished(connection, word.upper(), response)
        if self.queue:
            self._serve_queue()

    def _finished(self, connection: Connection, word: bytes, response: bytes) -> None:
        """A worker is done with a connection's request."""
        request, connection.request = connection.request, None
        if word == RESET:
            self._reset(connection)
            return
        if word == KEEP_LASTING and request is not None and not request.body:
            self.memory.keep(request.head, response)
        connection.keep = word != CLOSE and not connection.gone
        self._write(connection, response)
        self._advance(connection)

    def _write(self, connection: Connection, data: bytes | memoryview) -> None:
        """Sends what the socket takes now, the rest when it takes more; then the next request may come."""
        if data:
            try:
                sent = connection.sock.send(data)
            except BlockingIOError:
                sent = 0
            except OSError:
                self._close(connection)
                return
            if sent < len(data):
                self._write_later(connection, memoryview(data)[sent:])
                return
        if connection.keep:
            self._resume(connection)
            connection.state, connection.since = "reading", self.now
        else:
            self._leave(connection)

    def _write_later(self, connection: Connection, rest: memoryview) -> None:
        if connection.state != "writing":
            if not connection.paused:
                self._pause(connection)
            action = partial(self._writable, connection)
            self.selector.register(connection.sock, selectors.EVENT_WRITE, action)
            connection.state, connection.paused = "writing", False
        connection.since, connection.rest = self.now, rest

    def _writable(self, connection: Connection) -> None:
        if connection.state != "writing":  # closed since the selector saw it
            return
        self.selector.unregister(connection.sock)
        connection.state, connection.paused = "working", True
        rest, connection.rest = connection.rest, memoryview(b"")
        self._write(connection, rest)
        self._advance(connection)

    def _deaths(self) -> None:
        """The nursery reports dead workers; when it ends itself, so do we."""
        data = self.nursery.control.recv(COMMAND.size * 64)
        if not data:
            self.running, self.lost = False, True
            return
        if len(data) % COMMAND.size:
            data += receive_exactly(self.nursery.control, COMMAND.size - len(data) % COMMAND.size)
        for _, slot, status in COMMAND.iter_unpack(data):
            self._died(slot, status)
        self.pool.fill()

    def _died(self, slot: int, status: int) -> None:
        """A worker is gone: its client hears why, and the requests behind go to others."""
        hand = self.pool.hands[slot]
        while hand.channel.fileno() >= 0:  # what it said before it died; then the channel ends
            self._heard(hand)
        self.pool.bury(slot)
        rest = list(hand.jobs)
        if rest and hand.guilty:
            connection = rest.pop(0)
            if connection is not None:
                self._stopped(connection, hand, status)
        self._wait_again([connection for connection in rest if connection is not None])

    def _stopped(self, connection: Connection, hand: Hand[Connection], status: int) -> None:
        connection.request = None
        if connection.gone or self.pool.begun(hand):
            self._reset(connection)
        else:
            self._answer(connection, self._reason(hand, status).response())

    def _reason(self, hand: Hand[Connection], status: int) -> Refusal:
        if hand.doomed == "time":
            limit = f"{self.settings.timeout:g} seconds"
            return Refusal(503, f"The query was stopped at the time limit of {limit}.")
        return Refusal(*cause_of_death(status, self.settings))

    # --- time ----------------------------------------------------------------------------------------

    def _look(self) -> None:
        """Requests that wait behind a query that turned out to be slow go to other workers."""
        self._next_look = self.now + SLOW / 2
        for hand in self.pool.hands.values():
            if hand.jobs and self.now - hand.since > SLOW:
                hand.slow = True
                if len(hand.jobs) > 1:
                    self._wait_again(self.pool.take_back(hand))
        self.pool.fill()
        self._serve_queue()

    def _tick(self) -> None:
        self._next_tick = self.now + _TICK
        self._look()
        for hand in list(self.pool.hands.values()):
            if hand.jobs:
                self._watch_time(hand)
        for connection in list(self.connections):
            self._watch_connection(connection)
        self.pool.let_go(self.now)

    def _watch_time(self, hand: Hand[Connection]) -> None:
        took, connection = self.now - hand.since, hand.client
        left = connection is None or connection.gone
        if left and took > 1.0 and not self.pool.begun(hand):
            self.pool.doom(hand, "left")
        limit = self.settings.timeout
        if took > limit and (took - self.pool.waited(hand) > limit or took > _SLOW_READER * limit):
            self.pool.doom(hand, "time")

    def _watch_connection(self, connection: Connection) -> None:
        age = self.now - connection.since
        if connection.state == "reading":
            if connection.framer.began and age > _REQUEST_TIME:
                self._answer(connection, Refusal(408, "The request did not arrive in time.").response())
            elif not connection.framer.began and age > _IDLE_TIME:
                self._close(connection)
        elif connection.state == "waiting" and age > _QUEUE_TIME:
            busy = Refusal(503, "The server is busy with other queries; try again.", (("Retry-After", "5"),))
            self._answer(connection, busy.response())
        elif connection.state == "writing" and age > _STALL_TIME:
            self._reset(connection)
        elif connection.state == "leaving" and age > _LINGER_TIME:
            self._close(connection)
