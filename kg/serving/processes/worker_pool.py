"""The workers as the event loop sees them: who is idle, who works on what since when, who must be killed.

Only ``quick_workers`` queries run at once as long as they are quick, since more would only get in each
other's way. A query that is still running after ``SLOW`` seconds counts no more: another worker takes its
place, up to ``settings.workers`` in all. So a few long queries do not keep short ones waiting. Of many long
ones, those over three quarters of the workers give theirs up when others wait (``share_of_slow``).
"""

from __future__ import annotations

import mmap
import socket
import subprocess
import tempfile
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Generic, TypeVar

from kg.model.errors import CannotRead
from kg.model.processes import running
from kg.serving.processes.channels import (
    BLOCKED,
    BLOCKED_AT,
    COMMAND,
    REPLY,
    SKIPPED,
    SKIPPED_AT,
    SLOT,
    receive_exactly,
)
from kg.serving.settings import Settings

SLOW = 0.1
_SPARE_IDLE = 10.0
"""Seconds after which an idle worker beyond the usual number is ended."""
_PIECE = 64 * 1024
"""Bytes read at once; more would cost a mapping of memory each time."""
_TAKES = 5.0
"""Seconds within which an idle worker takes a request."""
_AHEAD, _SMALL = 4, 16 * 1024
"""Requests that a worker has at most, and the bytes of one that has to wait behind another."""
_FAST = 0.01
"""Seconds within which a worker must have answered to get one more."""
_LONGEST_PAUSE = 10.0
"""Seconds between two attempts to start a worker where the data cannot be opened."""
_SLOT = attrgetter("slot")
C = TypeVar("C")


@dataclass(slots=True, eq=False)
class WorkerHandle(Generic[C]):
    """One worker as the event loop sees it.

    ``jobs`` are the clients whose requests it has, in order: it is at the first since ``since``. None stands
    for a request that was given to another worker instead. ``given`` and ``answered`` count requests.
    """

    slot: int
    channel: socket.socket
    """Requests go out on it, replies come in."""
    sockets: socket.socket
    """The descriptors of clients' connections go out on it."""
    ready: bool = False
    """It has opened the data."""
    jobs: deque[C | None] = field(default_factory=deque)
    since: float = 0.0
    given: int = 0
    answered: int = 0
    slow: bool = False
    last: bool = False
    """It stops by itself and takes no more."""
    has_socket: bool = False
    """It has the client's connection and writes the response to it."""
    unread: bytes = b""
    killed_for: str | None = None
    """Why it was killed: ``time``, ``client`` where that left, ``others`` where quick requests waited."""
    killed_at: int = 0
    """The number of the request for which it was killed."""

    @property
    def client(self) -> C | None:
        """The client whose request it is at."""
        return self.jobs[0] if self.jobs else None

    @property
    def died_of_request(self) -> bool:
        """Whether its death is due to the request that it was at."""
        return not self.last and (self.killed_for is None or self.killed_at == self.answered + 1)


@dataclass(slots=True)
class ForkServer:
    """The process that forks workers, and the memory shared with them."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    shared: mmap.mmap
    generation: str | None = None
    """The generation of the dataset folder that it has loaded; None for what has none."""

    @classmethod
    def start(cls, settings: Settings) -> ForkServer:
        """Starts it; it loads the data. ``wait_ready`` tells when that is done."""
        ours, theirs = socket.socketpair()
        with tempfile.TemporaryFile() as file, theirs:
            file.truncate(max(mmap.PAGESIZE, SLOT * settings.workers))
            shared = mmap.mmap(file.fileno(), 0)
            fds = (theirs.fileno(), file.fileno())
            command, environment = running("kg.serving.processes.fork_server", *map(str, fds))
            quiet = environment | {"RUST_BACKTRACE": "0"}
            process = subprocess.Popen(command, pass_fds=fds, stdin=subprocess.DEVNULL, env=quiet)
        text = settings.to_json().encode()
        ours.sendall(COMMAND.pack(b"S", 0, len(text)) + text)
        return cls(process, ours, shared)

    def wait_ready(self) -> None:
        """Returns when the data are loaded. Raises CannotRead with the reason where they cannot be."""
        try:
            kind, _, length = COMMAND.unpack(receive_exactly(self.control, COMMAND.size))
            text = receive_exactly(self.control, length).decode()
        except (EOFError, ConnectionError) as error:
            self.stop()
            raise CannotRead("the server's worker process ended while it loaded the data") from error
        if kind == b"E":
            self.stop()
            raise CannotRead(text)
        self.generation = text or None

    def fork(self, slot: int, channel: socket.socket, sockets: socket.socket) -> None:
        """Asks for a worker with this number, at the other ends of these channels."""
        command = COMMAND.pack(b"F", slot, 0)
        socket.send_fds(self.control, [command], [channel.fileno(), sockets.fileno()])

    def kill(self, slot: int) -> None:
        """Asks that a worker be killed; its death is reported on ``control``."""
        self.control.sendall(COMMAND.pack(b"K", slot, 0))

    def stop(self) -> None:
        """Ends it and all workers, and waits until they are gone."""
        self.control.close()
        self.process.wait()


@dataclass(slots=True)
class WorkerPool(Generic[C]):
    """The workers. ``on_start`` is called with a new one, ``on_close`` before its channels are closed."""

    settings: Settings
    fork_server: ForkServer
    on_start: Callable[[WorkerHandle[C]], None]
    on_close: Callable[[WorkerHandle[C]], None]
    workers: dict[int, WorkerHandle[C]] = field(default_factory=dict)
    idle: list[WorkerHandle[C]] = field(default_factory=list)
    usual_busy: int = field(init=False)
    failures: int = 0
    """Workers that ended one after the other before they were ready."""
    _not_before: float = 0.0

    def __post_init__(self) -> None:
        self.usual_busy = self.settings.quick_workers

    def fill(self, now: float) -> None:
        """Starts workers up to the usual number, and one more where all are at slow queries.

        After one that could not open the data a single one is tried, later and later.
        """
        if now < self._not_before:
            return
        usual = 1 if self.failures else self.usual_busy + 1
        fresh = sum(not worker.slow and worker.killed_for is None for worker in self.workers.values())
        while len(self.workers) < self.settings.workers and fresh < usual:
            fresh += 1
            slot = next(n for n in range(self.settings.workers) if n not in self.workers)
            channel, its_channel = socket.socketpair()
            sockets, its_sockets = socket.socketpair()
            self.fork_server.shared[slot * SLOT : (slot + 1) * SLOT] = bytes(SLOT)
            with its_channel, its_sockets:
                self.fork_server.fork(slot, its_channel, its_sockets)
            channel.setblocking(False)
            worker: WorkerHandle[C] = WorkerHandle(slot, channel, sockets)
            self.workers[slot] = worker
            self.on_start(worker)

    @property
    def busy(self) -> int:
        """How many are at a query that is not known to be slow."""
        return sum(bool(worker.jobs) and not worker.slow for worker in self.workers.values())

    @property
    def has_queued(self) -> bool:
        """Whether a request waits behind another at a worker."""
        return any(len(worker.jobs) > 1 for worker in self.workers.values())

    def acquire(self, size: int, now: float) -> WorkerHandle[C] | None:
        """A worker for a job of so many bytes: an idle one, the same few, whose memory is warm; or one that
        works fast and has this small job to go on with."""
        if self.idle and self.busy < self.usual_busy:
            worker = min(self.idle, key=_SLOT)
            self.idle.remove(worker)
            return worker
        if size > _SMALL:
            return None
        fast = (
            worker
            for worker in self.workers.values()
            if 0 < len(worker.jobs) < _AHEAD
            and not (worker.slow or worker.last or worker.has_socket or worker.killed_for)
            and now - worker.since < _FAST
        )
        return min(fast, key=lambda worker: len(worker.jobs), default=None)

    @property
    def share_of_slow(self) -> int:
        """How many workers slow queries may keep: a quarter is left to others."""
        return self.settings.workers - max(1, self.settings.workers // 4)

    @property
    def slow_over_share(self) -> int:
        """How many workers more than their share slow queries have; negative where it is fewer."""
        workers = self.workers.values()
        at_slow = sum(bool(each.jobs) and each.slow and each.killed_for is None for each in workers)
        return at_slow - self.share_of_slow

    @property
    def most_slow_of_one_client(self) -> int:
        """How many of the share one client may have: a quarter is left to others."""
        return max(1, self.share_of_slow - self.share_of_slow // 4)

    def acquire_for_slow(self) -> WorkerHandle[C] | None:
        """An idle worker for a request that is known to be slow; None where such have their share."""
        if not self.idle or self.slow_over_share >= 0:
            return None
        worker = min(self.idle, key=_SLOT)
        self.idle.remove(worker)
        return worker

    def dispatch(self, worker: WorkerHandle[C], client: C, job: bytes, now: float) -> bool:
        """Hands a job over; False where the worker is dead already."""
        channel = worker.channel
        try:
            try:
                sent = channel.send(job)
            except BlockingIOError:
                sent = 0
            if sent < len(job):
                channel.settimeout(_TAKES)
                channel.sendall(memoryview(job)[sent:])
                channel.setblocking(False)
        except OSError:
            worker.last = True
            return False
        if not worker.jobs:
            worker.since, worker.slow, worker.has_socket = now, False, False
        worker.jobs.append(client)
        worker.given += 1
        return True

    def reclaim(self, worker: WorkerHandle[C]) -> list[C]:
        """The requests that wait behind the one that a worker is at; it will not do them any more."""
        rest = [client for client in list(worker.jobs)[1:] if client is not None]
        for place in range(1, len(worker.jobs)):
            worker.jobs[place] = None
        at = worker.slot * SLOT + SKIPPED_AT
        SKIPPED.pack_into(self.fork_server.shared, at, worker.answered + 1, worker.given)
        return rest

    def pass_socket(self, worker: WorkerHandle[C], fd: int | None) -> None:
        """Passes a worker the client's connection, for a long response; or tells it that there is none."""
        at = worker.slot * SLOT
        self.fork_server.shared[at] = 0
        BLOCKED.pack_into(self.fork_server.shared, at + BLOCKED_AT, 0.0)
        worker.has_socket = True
        with suppress(OSError):  # a dead worker is reported by the fork server
            socket.send_fds(worker.sockets, [b"F"], [] if fd is None else [fd])

    def mark_ready(self, worker: WorkerHandle[C]) -> None:
        """The worker has started."""
        worker.ready, self.failures = True, 0
        self.idle.append(worker)

    def mark_done(self, worker: WorkerHandle[C], last: bool, now: float) -> None:
        """The worker's answer to its first request is out; ``last``: it stops."""
        worker.jobs.popleft()
        worker.answered += 1
        worker.since, worker.slow, worker.has_socket, worker.last = now, False, False, worker.last or last
        if not worker.jobs and worker.killed_for is None and not worker.last:
            self.idle.append(worker)

    def receive(self, worker: WorkerHandle[C]) -> list[tuple[bytes, bytes]]:
        """What a worker says about its request: words, each with the response that comes with it."""
        if worker.channel.fileno() < 0:  # closed since the selector saw it
            return []
        try:
            data = worker.channel.recv(_PIECE)
        except BlockingIOError:
            return []
        except OSError:
            data = b""
        if not data:
            self.on_close(worker)
            return []
        if worker.unread:
            data = worker.unread + data
        said, at = [], 0
        while len(data) - at >= REPLY.size:
            word, length = REPLY.unpack_from(data, at)
            end = at + REPLY.size + length
            if len(data) < end:
                break
            said.append((word, data[at + REPLY.size : end]))
            at = end
        worker.unread = data[at:]
        return said

    def response_begun(self, worker: WorkerHandle[C]) -> bool:
        """Whether a part of the response was sent."""
        return worker.has_socket and self.fork_server.shared[worker.slot * SLOT] != 0

    def blocked(self, worker: WorkerHandle[C]) -> float:
        """Seconds for which the reader of the response kept the worker waiting."""
        if not worker.has_socket:
            return 0.0
        return float(BLOCKED.unpack_from(self.fork_server.shared, worker.slot * SLOT + BLOCKED_AT)[0])

    def kill(self, worker: WorkerHandle[C], why: str) -> None:
        """Has a worker killed; what is to be answered follows when its death is reported."""
        if worker.killed_for is None:
            worker.killed_for, worker.killed_at = why, worker.answered + 1
            if worker in self.idle:
                self.idle.remove(worker)
            self.fork_server.kill(worker.slot)

    def remove(self, slot: int, now: float) -> WorkerHandle[C]:
        """Removes a dead worker."""
        worker = self.workers.pop(slot)
        if not worker.ready:
            self.failures += 1
            self._not_before = now + min(_LONGEST_PAUSE, 0.1 * 2 ** min(self.failures, 7))
        if worker in self.idle:
            self.idle.remove(worker)
        return worker

    def stop_spares(self, now: float) -> None:
        """Ends idle workers beyond the usual number that had nothing to do for a while."""
        spare = len(self.workers) - (self.usual_busy + 1)
        for worker in sorted(self.idle, key=_SLOT, reverse=True)[: max(spare, 0)]:
            if now - worker.since > _SPARE_IDLE:
                self._end(worker)

    def stop_idle(self) -> None:
        """Ends all workers that have nothing to do."""
        for worker in list(self.idle):
            self._end(worker)

    def _end(self, worker: WorkerHandle[C]) -> None:
        self.idle.remove(worker)
        worker.last = True
        worker.channel.shutdown(socket.SHUT_WR)


def cause_of_death(exit_status: int, settings: Settings) -> tuple[int, str]:
    """Status and message for a request whose worker ended by itself."""
    if exit_status == -11 or exit_status == -7:
        return 503, (
            "The query ended the process that ran it; most likely it is nested too deeply, or has too long "
            "a list."
        )
    if exit_status < 0:
        return 503, (
            f"The query ended the process that ran it; most likely it needed more memory than the limit of "
            f"{settings.memory} MiB."
        )
    return 500, "The server could not answer this request; its log says why."
