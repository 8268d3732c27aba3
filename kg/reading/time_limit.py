"""A limit of time for work on one file: a slow one must not stop the others."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from kg.model.errors import CannotRead

SECONDS = 600
"""What one report may take; a long one takes some 60 on a slow machine."""
_AGAIN = 1.0
"""Seconds until it is stopped again where a library took the error for one of its own."""


@contextmanager
def time_limit(file: str, seconds: float = SECONDS) -> Iterator[None]:
    """CannotRead inside after ``seconds``, where the system can do so (Unix, the main thread).

    ``file`` is its name as it can be shown.
    """
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: object) -> NoReturn:
        raise CannotRead(f"{file}: not analysed within {seconds:g} seconds: made to be slow, or damaged")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
