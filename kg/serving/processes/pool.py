"""The front's side of the workers: who is idle, who works on what since when, who must be killed.

Only ``quick_workers`` queries run at once as long as they are quick, since more would only get in each
other's way. A query that is still running after ``SLOW`` seconds counts no more: another worker takes its
place, up to ``settings.workers`` in all. So a few long queries do not keep short ones waiting.
"""

from __future__ import annotations

import mmap
import os
import socket
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Generic, TypeVar

from kg.model.errors import CannotRead
from kg.serving.http.framing import Framed
from kg.serving.processes.worker import (
    COMMAND,
    JOB,
    REPLY,
    SKIPPED,
    SKIPPED_AT,
    SLOT,
    WAITED,
    WAITED_AT,
    receive_exactly,
)
from kg.serving.settings import Settings

SLOW = 0.1
_SPARE_IDLE = 10.0
"""Seconds after which an idle worker beyond the usual number is let go."""
_PIECE = 64 * 1024
"""Bytes read at once; more would cost a mapping of memory each time."""
_TAKES = 5.0
"""Seconds within which an idle worker takes a request."""
_AHEAD, _SMALL = 4, 16 * 1024
"""Requests that a worker has at most, and the bytes of one that has to wait behind another."""
_FAST = 0.01
"""Seconds within which a worker must have answered to get one more."""
_SLOT = attrgetter("slot")
C = TypeVar("C")


@dataclass(slots=True, eq=False)
class Hand(Generic[C]):
    """One worker as the front sees it.

    ``jobs`` are the clients whose requests it has, in order: it is at the first since ``since``. None stands
    for a request that was given to another worker instead. ``given`` and ``answered`` count requests.
    """

    slot: int
    channel: socket.socket
    lending: socket.socket
    jobs: deque[C | None] = field(default_factory=deque)
    since: float = 0.0
    given: int = 0
    answered: int = 0
    slow: bool = False
    last: bool = False
    """It stops by itself and takes no more."""
    lent: bool = False
    unread: bytes = b""
    doomed: str | None = None
    """Why it was killed: ``time`` or ``left``."""
    doomed_at: int = 0
    """The number of the request for which it was killed."""

    @property
    def client(self) -> C | None:
        """The client whose request it is at."""
        return self.jobs[0] if self.jobs else None

    @property
    def guilty(self) -> bool:
        """Whether its death is due to the request that it was at."""
        return not self.last and (self.doomed is None or self.doomed_at == self.answered + 1)


@dataclass(slots=True)
class Nursery:
    """The process that forks workers, and the memory shared with them."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    shared: mmap.mmap

    @classmethod
    def start(cls, settings: Settings) -> Nursery:
        """Starts it; it loads the data. ``wait_ready`` tells when that is done."""
        ours, theirs = socket.socketpair()
        with tempfile.TemporaryFile() as file, theirs:
            file.truncate(max(mmap.PAGESIZE, SLOT * settings.workers))
            shared = mmap.mmap(file.fileno(), 0)
            fds = (theirs.fileno(), file.fileno())
            command = [sys.executable, "-m", "kg.serving.processes.worker", *map(str, fds)]
            quiet = {**os.environ, "RUST_BACKTRACE": "0"}
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

    def fork(self, slot: int, channel: socket.socket, lending: socket.socket) -> None:
        """Asks for a worker with this number, at the other ends of these channels."""
        command = COMMAND.pack(b"F", slot, 0)
        socket.send_fds(self.control, [command], [channel.fileno(), lending.fileno()])

    def kill(self, slot: int) -> None:
        """Asks that a worker be killed; its death is reported on ``control``."""
        self.control.sendall(COMMAND.pack(b"K", slot, 0))

    def stop(self) -> None:
        """Ends it and all workers, and waits until they are gone."""
        self.control.close()
        self.process.wait()


@dataclass(slots=True)
class Pool(Generic[C]):
    """The workers. ``watch`` is called with a new one's channel, ``forget`` before that is closed."""

    settings: Settings
    nursery: Nursery
    watch: Callable[[Hand[C]], None]
    forget: Callable[[Hand[C]], None]
    hands: dict[int, Hand[C]] = field(default_factory=dict)
    idle: list[Hand[C]] = field(default_factory=list)
    most_quick: int = field(init=False)

    def __post_init__(self) -> None:
        self.most_quick = self.settings.quick_workers

    def fill(self) -> None:
        """Starts workers up to the usual number, and one more where all are at slow queries."""
        usual = self.most_quick + 1
        fresh = sum(not hand.slow and hand.doomed is None for hand in self.hands.values())
        while len(self.hands) < self.settings.workers and fresh < usual:
            self._start()
            fresh += 1

    def _start(self) -> None:
        slot = next(n for n in range(self.settings.workers) if n not in self.hands)
        channel, its_channel = socket.socketpair()
        lending, its_lending = socket.socketpair()
        self.nursery.shared[slot * SLOT : (slot + 1) * SLOT] = bytes(SLOT)
        with its_channel, its_lending:
            self.nursery.fork(slot, its_channel, its_lending)
        channel.setblocking(False)
        hand: Hand[C] = Hand(slot, channel, lending)
        self.hands[slot] = hand
        self.watch(hand)

    @property
    def quick(self) -> int:
        """How many are at a query that is not known to be slow."""
        return sum(bool(hand.jobs) and not hand.slow for hand in self.hands.values())

    @property
    def crowded(self) -> bool:
        """Whether a request waits behind another at a worker."""
        return any(len(hand.jobs) > 1 for hand in self.hands.values())

    def take(self, request: Framed, now: float) -> Hand[C] | None:
        """A worker for a request: an idle one, the same few, whose memory is warm; or one that works fast
        and has this small request to go on with."""
        if self.idle and self.quick < self.most_quick:
            hand = min(self.idle, key=_SLOT)
            self.idle.remove(hand)
            return hand
        if len(request.head) + len(request.body) > _SMALL:
            return None
        fast = (hand for hand in self.hands.values() if hand.jobs and self._may_queue(hand, now))
        return min(fast, key=lambda hand: len(hand.jobs), default=None)

    def _may_queue(self, hand: Hand[C], now: float) -> bool:
        free = not (hand.slow or hand.last or hand.lent or hand.doomed)
        return free and len(hand.jobs) < _AHEAD and now - hand.since < _FAST

    def give(self, hand: Hand[C], client: C, request: Framed, now: float) -> bool:
        """Hands a request over; False where the worker is dead already."""
        try:
            _send(hand.channel, JOB.pack(len(request.head), len(request.body)) + request.head + request.body)
        except OSError:
            hand.last = True
            return False
        if not hand.jobs:
            hand.since, hand.slow, hand.lent = now, False, False
        hand.jobs.append(client)
        hand.given += 1
        return True

    def take_back(self, hand: Hand[C]) -> list[C]:
        """The requests that wait behind the one that a worker is at; it will not do them any more."""
        rest = [client for client in list(hand.jobs)[1:] if client is not None]
        for place in range(1, len(hand.jobs)):
            hand.jobs[place] = None
        at = hand.slot * SLOT + SKIPPED_AT
        SKIPPED.pack_into(self.nursery.shared, at, hand.answered + 1, hand.given)
        return rest

    def lend(self, hand: Hand[C], fd: int | None) -> None:
        """Lends a worker the client's connection, for a long response; or tells it that there is none."""
        at = hand.slot * SLOT
        self.nursery.shared[at] = 0
        WAITED.pack_into(self.nursery.shared, at + WAITED_AT, 0.0)
        hand.lent = True
        with suppress(OSError):  # a dead worker is reported by the nursery
            socket.send_fds(hand.lending, [b"F"], [] if fd is None else [fd])

    def ready(self, hand: Hand[C]) -> None:
        """The worker has started."""
        self.idle.append(hand)

    def done(self, hand: Hand[C], last: bool, now: float) -> None:
        """The worker's answer to its first request is out; ``last``: it stops."""
        hand.jobs.popleft()
        hand.answered += 1
        hand.since, hand.slow, hand.lent, hand.last = now, False, False, hand.last or last
        if not hand.jobs and hand.doomed is None and not hand.last:
            self.idle.append(hand)

    def hear(self, hand: Hand[C]) -> list[tuple[bytes, bytes]]:
        """What a worker says about its request: words, each with the response that comes with it."""
        if hand.channel.fileno() < 0:  # closed since the selector saw it
            return []
        try:
            data = hand.channel.recv(_PIECE)
        except BlockingIOError:
            return []
        except OSError:
            data = b""
        if not data:
            self.forget(hand)
            return []
        if hand.unread:
            data = hand.unread + data
        said, at = [], 0
        while len(data) - at >= REPLY.size:
            word, length = REPLY.unpack_from(data, at)
            end = at + REPLY.size + length
            if len(data) < end:
                break
            said.append((word, data[at + REPLY.size : end]))
            at = end
        hand.unread = data[at:]
        return said

    def begun(self, hand: Hand[C]) -> bool:
        """Whether a part of the response was sent."""
        return hand.lent and self.nursery.shared[hand.slot * SLOT] != 0

    def waited(self, hand: Hand[C]) -> float:
        """Seconds for which the reader of the response kept the worker waiting."""
        if not hand.lent:
            return 0.0
        return float(WAITED.unpack_from(self.nursery.shared, hand.slot * SLOT + WAITED_AT)[0])

    def doom(self, hand: Hand[C], why: str) -> None:
        """Has a worker killed; what is to be answered follows when its death is reported."""
        if hand.doomed is None:
            hand.doomed, hand.doomed_at = why, hand.answered + 1
            if hand in self.idle:
                self.idle.remove(hand)
            self.nursery.kill(hand.slot)

    def bury(self, slot: int) -> Hand[C]:
        """Removes a dead worker."""
        hand = self.hands.pop(slot)
        if hand in self.idle:
            self.idle.remove(hand)
        return hand

    def let_go(self, now: float) -> None:
        """Ends idle workers beyond the usual number that had nothing to do for a while."""
        spare = len(self.hands) - (self.most_quick + 1)
        for hand in sorted(self.idle, key=_SLOT, reverse=True)[: max(spare, 0)]:
            if now - hand.since > _SPARE_IDLE:
                self.idle.remove(hand)
                hand.last = True
                hand.channel.shutdown(socket.SHUT_WR)


def _send(channel: socket.socket, data: bytes) -> None:
    """Sends all to a worker that is waiting for it. Raises OSError."""
    try:
        sent = channel.send(data)
    except BlockingIOError:
        sent = 0
    if sent < len(data):
        channel.settimeout(_TAKES)
        channel.sendall(memoryview(data)[sent:])
        channel.setblocking(False)


def cause_of_death(exit_status: int, settings: Settings) -> tuple[int, str]:
    """Status and message for a request whose worker ended by itself."""
    if exit_status == -11 or exit_status == -7:
        return 503, "The query is nested too deeply: it ended the process that ran it."
    if exit_status < 0:
        return 503, (
            f"The query ended the process that ran it; most likely it needed more memory than the limit of "
            f"{settings.memory >> 20} MiB."
        )
    return 500, "The server could not answer this request; its log says why."
