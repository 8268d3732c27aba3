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
from ipaddress import ip_address

from kg.model.errors import CannotRead, CannotUnderstand
from kg.serving.processes.event_loop import EventLoop
from kg.serving.processes.worker_pool import ForkServer
from kg.serving.protocol.description import limits
from kg.serving.settings import MIB, Settings
from kg.serving.site import common_headers

log = logging.getLogger(__name__)
DEFAULT_STORE = "store"


def serve(
    store: str | os.PathLike[str] | None = None,
    data: Iterable[str | os.PathLike[str]] | None = None,
    endpoint: str | None = None,
    host: str = "127.0.0.1",
    port: int = 8080,
    timeout: float = 10.0,
    *,
    token: str | None = None,
    memory: int = 1024,
    max_result: int = 256,
    max_request: int = 8,
    workers: int = 16,
    in_memory: int = 250_000,
    remember: int = 16,
    cors: bool = True,
    hosts: Iterable[str] = (),
    address: str | None = None,
    announce: Callable[[str], None] = log.info,
) -> None:
    """Serves a dataset read-only until it is interrupted (SIGINT, SIGTERM); leaves no process behind.

    Serves ``data`` (files, format by extension), or a dataset folder ``store`` (default: ``store/``), or
    the pages of this program over another SPARQL ``endpoint``. ``timeout`` is in seconds and bounds the
    evaluation of a query, ``memory`` (MiB) what it may take beside the data, ``max_result`` and
    ``max_request`` (MiB) what goes out and comes in; ``remember`` (MiB) of responses are kept to be given
    again. A store of up to ``in_memory`` quads is held in memory; ``workers`` is the most processes that
    answer at once. ``token`` is asked of every client. ``hosts`` are further names of this server,
    ``address`` its address as clients write it (``https://data.example``). ``cors=False`` keeps pages of
    other sites from reading. ``announce`` is told the address when all is ready. Raises CannotRead for
    data that cannot be opened or a port that is taken, CannotUnderstand for an impossible option.
    """
    if os.name != "posix":
        raise CannotUnderstand("kg serve needs Linux or macOS; on Windows run it under WSL")
    files = tuple(os.fspath(path) for path in data or ())
    if not files and endpoint is None and store is None:
        store = DEFAULT_STORE
    with _listen(host, port) as listener:
        port = listener.getsockname()[1]
        settings = Settings(
            store=None if files or store is None else os.path.abspath(store),
            data=tuple(os.path.abspath(path) for path in files),
            endpoint=endpoint,
            host=host,
            port=port,
            address=(address or _address(host, port)).rstrip("/"),
            timeout=timeout,
            memory=memory * MIB,
            max_bytes=max_result * MIB,
            max_body=max_request * MIB,
            workers=workers,
            in_memory=in_memory,
            remember=remember * MIB,
            token=token or None,
            cors=cors,
            hosts=tuple(hosts),
        )
        _check(settings)
        _run(settings, listener, announce)


def _check(settings: Settings) -> None:
    for name in ("timeout", "memory", "max_bytes", "max_body"):
        if getattr(settings, name) <= 0:
            raise CannotUnderstand(f"{name} must be more than 0")
    if settings.workers < 2:
        raise CannotUnderstand("serving needs at least 2 workers")
    for path in settings.files:
        if not path.is_file():
            raise CannotRead(f"{path}: no such file")
    if not _is_loopback(settings.host) and settings.token is None:
        log.warning(
            "kg serve: %s can be reached from other machines and asks nobody for a token; "
            "give --token, or leave out --host to serve this machine alone",
            settings.host,
        )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


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


def _address(host: str, port: int) -> str:
    name = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def _run(settings: Settings, listener: socket.socket, announce: Callable[[str], None]) -> None:
    fork_server = ForkServer.start(settings)
    try:
        fork_server.wait_ready()
    except KeyboardInterrupt:
        fork_server.stop()
        raise
    loop = EventLoop(settings, listener, fork_server, common_headers(settings))
    try:
        with _stopped_by_signals(loop):
            announce(f"Serving at {settings.address}/ and {settings.address}/sparql. {limits(settings)}")
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
