"""``serve``: the SPARQL endpoint and the pages over HTTP.

One event loop (this process) accepts connections and keeps time; worker processes evaluate and answer, and
are killed when a query takes too long (``kg/serving/processes``; ``docs/serving.md``).
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from kg.model.errors import CannotRead, CannotUnderstand
from kg.serving.processes.event_loop import EventLoop
from kg.serving.processes.worker_pool import ForkServer
from kg.serving.protocol.description import limits
from kg.serving.settings import Settings
from kg.serving.site import common_headers

log = logging.getLogger(__name__)
_DEFAULT = Settings()


def serve(
    store: str | os.PathLike[str] | None = None,
    data: Iterable[str | os.PathLike[str]] | None = None,
    endpoint: str | None = None,
    host: str = _DEFAULT.host,
    port: int = _DEFAULT.port,
    timeout: float = _DEFAULT.timeout,
    *,
    announce: Callable[[str], None] = log.info,
    **options: Any,
) -> None:
    """Serves a dataset read-only until it is interrupted (SIGINT, SIGTERM); leaves no process behind.

    Serves the pages of this program over another SPARQL ``endpoint``, else ``data`` (files, format by
    extension), else a dataset folder ``store`` (default: ``store/``). All options, their units and defaults
    are those of ``Settings``. ``announce`` is told the address when all is ready. Raises CannotRead for data
    that cannot be opened or a port that is taken, CannotUnderstand for an impossible option.
    """
    if os.name != "posix":
        raise CannotUnderstand("kg serve needs Linux or macOS; on Windows run it under WSL")
    settings = Settings.of(store, data, endpoint=endpoint, host=host, port=port, timeout=timeout, **options)
    with _listen(host, port) as listener:
        _run(replace(settings, port=listener.getsockname()[1]), listener, announce)


@contextmanager
def _listen(host: str, port: int) -> Iterator[socket.socket]:
    """The listening socket; requests wait in its queue until the data are loaded. Raises CannotRead."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            reason = error.strerror or error
            raise CannotRead(f"cannot listen on {host} port {port}: {reason}; try another --port") from error
        listener.listen(512)
        yield listener


def _run(settings: Settings, listener: socket.socket, announce: Callable[[str], None]) -> None:
    fork_server = ForkServer.start(settings)
    try:
        fork_server.wait_ready()
    except KeyboardInterrupt:
        fork_server.stop()
        raise
    loop = EventLoop(settings, listener, fork_server, common_headers(settings), announce)
    try:
        with _stopped_by_signals(loop):
            announce(f"Serving at {settings.url}/ and {settings.url}/sparql. {limits(settings)}")
            loop.run()
        if loop.fork_server_ended:
            raise CannotRead("the server's worker process ended; start the server again")
    finally:
        loop.close()


@contextmanager
def _stopped_by_signals(loop: EventLoop) -> Iterator[None]:
    """Ctrl-C and SIGTERM end the loop in order; in another thread than the main one, the caller has to."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    wanted = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda *_: loop.stop()) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
