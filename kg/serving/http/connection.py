"""A client's connection, as the front sees it."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field

from kg.serving.http.framing import Framed, Framer


@dataclass(slots=True, eq=False)
class Connection:
    """A client. ``state`` is ``reading``, ``waiting`` (for a worker), ``working``, ``writing``,
    ``leaving`` or ``closed``."""

    sock: socket.socket
    framer: Framer
    since: float
    state: str = "reading"
    gone: bool = False
    paused: bool = False
    request: Framed | None = None
    drained: int = 0
    fd: int = -1
    keep: bool = True
    rest: memoryview = field(default_factory=lambda: memoryview(b""))
