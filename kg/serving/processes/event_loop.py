"""The event loop: one thread that accepts connections, parses requests, hands them to workers and keeps time.

It never evaluates anything, so nothing that a client sends can hold it up.
"""

from __future__ import annotations

import resource
import selectors
import socket
import struct
import time
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import InitVar, dataclass, field
from functools import partial

from kg.serving.http.messages import Refusal, Response, format_headers, head_lines
from kg.serving.http.request_parser import RequestParser
from kg.serving.processes.channels import (  # fmt: skip
    CLOSE,
    COMMAND,
    JOB,
    KEEP_CACHEABLE,
    READY,
    RESET,
    WANT_SOCKET,
    receive_exactly,
)
from kg.serving.processes.renewal import Renewal
from kg.serving.processes.response_cache import ResponseCache
from kg.serving.processes.waiting import WaitingRequests
from kg.serving.processes.worker_pool import SLOW, ForkServer, WorkerHandle, WorkerPool, cause_of_death
from kg.serving.settings import MIB, Settings

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
_PATIENCE = 0.3
"""Seconds that a fresh request waits until a slow one gives its worker up."""
_SLOW_READER = 6
"""A response to a slow reader may take so many times the time limit in all."""
_PIECE = 64 * 1024
_RESET = struct.pack("ii", 1, 0)
_TICK = 0.2


@dataclass(slots=True, eq=False)
class Connection:
    """A connection. ``state`` is ``reading``, ``waiting`` (for a worker), ``working``, ``writing``,
    ``lingering`` or ``closed``.
    """

    sock: socket.socket
    client: str
    """The address that it comes from."""
    parser: RequestParser
    since: float
    fd: int
    state: str = "reading"
    gone: bool = False
    paused: bool = False
    served: bool = False
    """Whether a request was answered on it."""
    slow: bool = False
    """Whether its request had a worker already, and gave it up to others."""
    job: bytes = b""
    """The request that waits for a worker or is at one, packed."""
    cache_key: bytes | None = None
    """The key of that request in the cache of responses, where it has no body."""
    drained: int = 0
    keep: bool = True
    rest: memoryview = field(default_factory=lambda: memoryview(b""))


def least_missed(connections: Collection[Connection], newest: Connection) -> Connection:
    """The connection to close where there are too many: of the client that has the most, one that waits for
    nothing.

    First one that was never served, the oldest first, whether it is silent or has begun a request: whoever
    sends many halves of requests (slowloris) closes his own. The newest has had no time to ask, so it goes
    only where all others wait for an answer.
    """
    idle = [c for c in connections if c.state in ("reading", "lingering") and c is not newest]
    crowd = Counter(c.client for c in idle)
    most = max(crowd.values(), default=0)
    others = (c for c in idle if crowd[c.client] == most)
    return min(others, key=lambda c: (c.served and c.state == "reading", c.since), default=newest)


@dataclass(slots=True)
class EventLoop:
    """The event loop. ``stop`` ends it from a signal handler."""

    settings: Settings
    listener: socket.socket
    fork_server: InitVar[ForkServer]
    common: tuple[tuple[str, str], ...]
    announce: InitVar[Callable[[str], None]]
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    connections: set[Connection] = field(default_factory=set)
    queue: WaitingRequests[Connection] = field(default_factory=WaitingRequests)
    pool: WorkerPool[Connection] = field(init=False)
    retired: list[WorkerPool[Connection]] = field(default_factory=list)
    """Workers on data that are served no more, which are at their last requests."""
    renewal: Renewal = field(init=False)
    cache: ResponseCache = field(init=False)
    running: bool = True
    fork_server_ended: bool = False
    """The fork server ended by itself."""
    most_connections: int = 800
    now: float = 0.0
    _next_tick: float = 0.0
    _next_rebalance: float = 0.0

    def __post_init__(self, fork_server: ForkServer, announce: Callable[[str], None]) -> None:
        files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        self.most_connections = max(16, min(self.most_connections, files - _OWN_FILES))
        self.cache = ResponseCache(self.settings.remember * MIB)
        self.pool = self._open_pool(fork_server)
        self.renewal = Renewal(self.settings, announce)

    # --- the loop ------------------------------------------------------------------------------------

    def run(self) -> None:
        """Serves until ``stop`` is called or the fork server ends."""
        self.now = time.monotonic()
        self.listener.setblocking(False)
        self._register(self.listener, self._accept)
        self.pool.fill(self.now)
        while self.running:
            for key, _ in self.selector.select(self._select_timeout()):
                self.now = time.monotonic()
                key.data()
            self.now = time.monotonic()
            if self.now >= self._next_rebalance and (self.queue or self.pool.has_queued):
                self._rebalance()
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
        for pool in (self.pool, *self.retired):
            pool.fork_server.stop()
        self.renewal.stop()
        self.selector.close()

    def _select_timeout(self) -> float:
        if self.queue or self.pool.has_queued:
            return SLOW / 2
        return max(0.0, min(_TICK, self._next_tick - self.now))

    def _register(self, sock: socket.socket, action: Callable[[], None]) -> None:
        self.selector.register(sock, selectors.EVENT_READ, action)

    # --- connections ---------------------------------------------------------------------------------

    def _accept(self) -> None:
        for _ in range(64):
            try:
                sock, address = self.listener.accept()
            except OSError:
                return
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            parser = RequestParser(self.settings.max_request * MIB)
            connection = Connection(sock, str(address[0]), parser, self.now, sock.fileno())
            self.connections.add(connection)
            self._register(sock, partial(self._readable, connection))
            if len(self.connections) > self.most_connections:
                self._close(least_missed(self.connections, connection))

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
            self._client_closed(connection)
        elif connection.state == "lingering":
            connection.drained += len(data)
            if connection.drained > _LINGER_BYTES:
                self._close(connection)
        else:
            if connection.state == "reading" and not connection.parser.began:
                connection.since = self.now
            connection.parser.feed(data)
            if connection.state == "reading":
                self._advance(connection)
            elif connection.parser.pending > 1 << 20:
                self._pause(connection)

    def _pause(self, connection: Connection) -> None:
        """Reads no more from a client that sends further requests before it had its answer."""
        connection.paused = True
        self.selector.unregister(connection.sock)

    def _client_closed(self, connection: Connection) -> None:
        """The client closed its side. A query it waits for is stopped at a tick, if still going."""
        if connection.state in ("working", "waiting"):
            connection.gone = True
            self._pause(connection)
        elif connection.state == "reading" and connection.parser.began:
            self._answer(connection, Refusal(400, "The request ends before it is whole.").response())
        else:
            self._close(connection)

    def _advance(self, connection: Connection) -> None:
        """Takes up the requests that have come, until one has to wait for its answer."""
        parser = connection.parser
        while connection.state == "reading" and parser.began:
            try:
                request = parser.next()
                if request is None and parser.pending > 1 << 16:
                    self._check_held()
            except Refusal as refusal:
                self._answer(connection, refusal.response())
                return
            if request is None:
                if parser.wants_continue:
                    parser.wants_continue = False
                    self._send(connection, b"HTTP/1.1 100 Continue\r\n\r\n")
                return
            head, body = request
            key = None if body else self.cache.key(head)  # only responses to requests without a body are kept
            cached = self.cache.get(key) if key else None
            if cached is not None:
                connection.keep = True
                self._write(connection, cached)
            else:
                connection.job = JOB.pack(len(head), len(body)) + head + body
                connection.cache_key, connection.state, connection.since = key, "waiting", self.now
                connection.slow = False
                if self.queue.fresh or not self._dispatch(connection):
                    self.queue.add(connection)

    def _check_held(self) -> None:
        if sum(connection.parser.pending for connection in self.connections) > _MAX_HELD:
            raise Refusal(503, "The server is receiving too many large requests.", (("Retry-After", "5"),))

    def _dispatch(self, connection: Connection) -> bool:
        """Gives the connection's request to a worker; False where none is free."""
        while connection.job:
            if connection.slow:
                worker = self.pool.acquire_for_slow()
            else:
                worker = self.pool.acquire(len(connection.job), self.now)
            if worker is None:
                return False
            if self.pool.dispatch(worker, connection, connection.job, self.now):
                worker.slow = worker.slow or connection.slow
                connection.state = "working"
                return True
        return True

    def _dispatch_queue(self) -> None:
        while (connection := self.queue.next_fresh(self._at_work())) and self._dispatch(connection):
            self.queue.take(connection)
        most = self.pool.most_slow_of_one_client
        while (connection := self.queue.next_slow(self._at_work(), most)) and self._dispatch(connection):
            self.queue.take(connection)

    def _at_work(self) -> list[str]:
        """The clients whose requests are at workers, once for each worker."""
        return [worker.client.client for _, worker in self._workers() if worker.client]

    def _workers(self) -> list[tuple[WorkerPool[Connection], WorkerHandle[Connection]]]:
        return [(pool, worker) for pool in (self.pool, *self.retired) for worker in pool.workers.values()]

    def _requeue(self, connections: list[Connection]) -> None:
        """Puts requests that a worker did not get to back to the head of the queue."""
        for connection in reversed(connections):
            connection.state, connection.since = "waiting", self.now
            self.queue.put_back(connection)

    # --- answers of the loop itself -----------------------------------------------------------------

    def _answer(self, connection: Connection, response: Response) -> None:
        """Sends an error and closes the connection, so that the client can still read it."""
        body = response.body if isinstance(response.body, bytes) else b""
        more = (("Content-Length", str(len(body))), ("Connection", "close"))
        head = head_lines(response.status, response.media_type, self.common + response.headers)
        self._send(connection, head + format_headers(more) + b"\r\n" + body)
        self._linger(connection)

    def _send(self, connection: Connection, data: bytes) -> None:
        """Sends a few bytes, which a socket's buffer takes; a client that reads nothing loses them."""
        try:
            connection.sock.send(data)
        except OSError:
            connection.gone = True

    def _linger(self, connection: Connection) -> None:
        """Says that no more comes, then reads what the client still sends, for a while."""
        if connection.gone:
            self._close(connection)
            return
        self._resume(connection)
        connection.state, connection.since = "lingering", self.now
        try:
            connection.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._close(connection)

    def _resume(self, connection: Connection) -> None:
        if connection.paused:
            connection.paused = False
            self._register(connection.sock, partial(self._readable, connection))

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

    def _open_pool(self, fork_server: ForkServer) -> WorkerPool[Connection]:
        pool: WorkerPool[Connection] = WorkerPool(
            self.settings,
            fork_server,
            on_start=lambda worker: self._register(worker.channel, partial(self._on_worker, pool, worker)),
            on_close=self._worker_closed,
        )
        self._register(fork_server.control, partial(self._on_fork_server, pool))
        return pool

    def _renew(self) -> None:
        """Gives all requests that come from here on to workers on the newer data, which are loaded."""
        assert self.renewal.coming is not None
        self.selector.unregister(self.renewal.coming.control)
        loaded = self.renewal.finish()
        if loaded is not None:
            self.retired.append(self.pool)
            self.pool = self._open_pool(loaded)
            self.cache = ResponseCache(self.settings.remember * MIB)
            self.pool.fill(self.now)

    def _end_retired(self) -> None:
        for pool in list(self.retired):
            pool.stop_idle()
            if not pool.workers:
                self.retired.remove(pool)
                self.selector.unregister(pool.fork_server.control)
                pool.fork_server.stop()

    def _worker_closed(self, worker: WorkerHandle[Connection]) -> None:
        self.selector.unregister(worker.channel)
        worker.channel.close()
        worker.sockets.close()

    def _on_worker(self, pool: WorkerPool[Connection], worker: WorkerHandle[Connection]) -> None:
        for word, response in pool.receive(worker):
            connection = worker.client
            if word == READY:
                pool.mark_ready(worker)
            elif word == WANT_SOCKET:
                pool.pass_socket(worker, connection.fd if connection is not None else None)
            else:
                pool.mark_done(worker, word.islower(), self.now)
                if connection is not None:
                    self._finished(connection, word.upper(), response, fresh=pool is self.pool)
        if self.queue:
            self._dispatch_queue()

    def _finished(self, connection: Connection, word: bytes, response: bytes, fresh: bool) -> None:
        """A worker is done with a connection's request; ``fresh``: on the data that are served now."""
        connection.job, connection.served = b"", True
        if word == RESET:
            self._reset(connection)
            return
        if word == KEEP_CACHEABLE and fresh and connection.cache_key is not None:
            self.cache.put(connection.cache_key, response)
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
            self._linger(connection)

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

    def _on_fork_server(self, pool: WorkerPool[Connection]) -> None:
        """The fork server reports dead workers; when it ends itself, so do we."""
        control = pool.fork_server.control
        data = control.recv(COMMAND.size * 64)
        if not data:
            self.running, self.fork_server_ended = False, True
            return
        if len(data) % COMMAND.size:
            data += receive_exactly(control, COMMAND.size - len(data) % COMMAND.size)
        for _, slot, status in COMMAND.iter_unpack(data):
            self._on_death(pool, slot, status)
        self.pool.fill(self.now)

    def _on_death(self, pool: WorkerPool[Connection], slot: int, status: int) -> None:
        """A worker is gone: its client hears why, and the requests behind go to others."""
        worker = pool.workers[slot]
        while worker.channel.fileno() >= 0:  # what it said before it died; then the channel ends
            self._on_worker(pool, worker)
        pool.remove(slot, self.now)
        rest = list(worker.jobs)
        if rest and worker.died_of_request:
            connection = rest.pop(0)
            if connection is not None:
                self._answer_for_dead(connection, worker, status, begun=pool.response_begun(worker))
        self._requeue([connection for connection in rest if connection is not None])

    def _answer_for_dead(
        self, connection: Connection, worker: WorkerHandle[Connection], status: int, begun: bool
    ) -> None:
        """Answers for a worker that died of a request; ``begun``: a part of the response was sent."""
        if worker.killed_for == "others" and not (connection.gone or begun):
            connection.slow = True
            self._requeue([connection])
            return
        connection.job = b""
        if connection.gone or begun:
            self._reset(connection)
        else:
            refusal = Refusal(*cause_of_death(status, self.settings))
            if worker.killed_for == "time":
                limit = f"{self.settings.timeout:g} seconds"
                refusal = Refusal(503, f"The query was stopped at the time limit of {limit}.")
            self._answer(connection, refusal.response())

    # --- time ----------------------------------------------------------------------------------------

    def _rebalance(self) -> None:
        """Requests that wait behind a query that turned out to be slow go to other workers."""
        self._next_rebalance = self.now + SLOW / 2
        for pool, worker in self._workers():
            if worker.jobs and self.now - worker.since > SLOW:
                worker.slow = True
                if len(worker.jobs) > 1:
                    self._requeue(pool.reclaim(worker))
        self.pool.fill(self.now)
        self._dispatch_queue()
        self._make_slow_give_way()

    def _make_slow_give_way(self) -> None:
        """Where fresh requests wait, and slow ones have more workers than their share, one of the client that
        has most gives its worker up: the one that had it for the shortest time. It begins again later; where
        a part of its response was sent, it is broken off.
        """
        waits = self.queue.next_fresh(self._at_work())
        if waits is None or self.now - waits.since < _PATIENCE or self.pool.slow_over_share <= 0:
            return
        counts = Counter(self._at_work())
        slow = (
            (worker, worker.client)
            for worker in self.pool.workers.values()
            if worker.slow and worker.client and not worker.client.slow and worker.killed_for is None
        )
        greatest = max(
            slow,
            key=lambda pair: (not self.pool.response_begun(pair[0]), counts[pair[1].client], pair[0].since),
            default=None,
        )
        if greatest is not None:
            self.pool.kill(greatest[0], "others")

    def _tick(self) -> None:
        self._next_tick = self.now + _TICK
        self._rebalance()
        for pool, worker in self._workers():
            if worker.jobs:
                self._check_time(pool, worker)
        for connection in list(self.connections):
            self._check_connection(connection)
        self.pool.stop_spares(self.now)
        self._end_retired()
        coming = self.renewal.begin(self.pool.fork_server, self.now)
        if coming is not None:
            self._register(coming.control, self._renew)

    def _check_time(self, pool: WorkerPool[Connection], worker: WorkerHandle[Connection]) -> None:
        took, connection = self.now - worker.since, worker.client
        left = connection is None or connection.gone
        if left and took > 1.0 and not pool.response_begun(worker):
            pool.kill(worker, "client")
        limit = self.settings.timeout
        if took > limit and (took - pool.blocked(worker) > limit or took > _SLOW_READER * limit):
            pool.kill(worker, "time")

    def _check_connection(self, connection: Connection) -> None:
        age = self.now - connection.since
        if connection.state == "reading":
            if connection.parser.began and age > _REQUEST_TIME:
                self._answer(connection, Refusal(408, "The request did not arrive in time.").response())
            elif not connection.parser.began and age > _IDLE_TIME:
                self._close(connection)
        elif connection.state == "waiting" and age > _QUEUE_TIME:
            busy = Refusal(503, "The server is busy with other queries; try again.", (("Retry-After", "5"),))
            self._answer(connection, busy.response())
        elif connection.state == "writing" and age > _STALL_TIME:
            self._reset(connection)
        elif connection.state == "lingering" and age > _LINGER_TIME:
            self._close(connection)
