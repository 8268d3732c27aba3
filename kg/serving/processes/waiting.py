"""The requests that wait for a worker, and whose turn it is.

A *fresh* request has not been at a worker. A *slow* one has: it gave its place to others after it had run for
a while, and begins again. Of either, the client goes first who has the fewest requests at workers, then the
one who waits longest. So a client with thirty slow queries does not shut out one with a quick or a slow one.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar


class Waiting(Protocol):
    """A connection, as far as it matters here."""

    client: str
    """The address that it comes from."""
    slow: bool
    state: str


C = TypeVar("C", bound=Waiting)


@dataclass(slots=True)
class WaitingRequests(Generic[C]):
    """The waiting requests; one whose connection is not ``waiting`` any more is dropped when it is met."""

    fresh: deque[C] = field(default_factory=deque)
    slow: deque[C] = field(default_factory=deque)

    def __bool__(self) -> bool:
        return bool(self.fresh or self.slow)

    def add(self, connection: C) -> None:
        """Puts a request at the end."""
        (self.slow if connection.slow else self.fresh).append(connection)

    def put_back(self, connection: C) -> None:
        """Puts a request at the head."""
        (self.slow if connection.slow else self.fresh).appendleft(connection)

    def take(self, connection: C) -> None:
        """Removes a request whose turn it was."""
        (self.slow if connection.slow else self.fresh).remove(connection)

    def next_fresh(self, at_work: Iterable[str]) -> C | None:
        """The fresh request whose turn it is, where requests of these clients are at workers."""
        self.fresh = _still_waiting(self.fresh)
        return _fairest(self.fresh, Counter(at_work))

    def next_slow(self, at_work: Iterable[str], most: int) -> C | None:
        """The slow request whose turn it is; None where each client has ``most`` slow ones at workers."""
        self.slow = _still_waiting(self.slow)
        counts = Counter(at_work)
        return _fairest((each for each in self.slow if counts[each.client] < most), counts)


def _still_waiting(queue: deque[C]) -> deque[C]:
    if all(each.state == "waiting" for each in queue):
        return queue
    return deque(each for each in queue if each.state == "waiting")


def _fairest(queue: Iterable[C], counts: Counter[str]) -> C | None:
    return min(queue, key=lambda each: counts[each.client], default=None)
