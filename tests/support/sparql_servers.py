"""Two SPARQL stores of other makers, started on this machine for a test: Oxigraph and Virtuoso."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from needed import OXIGRAPH, VIRTUOSO, not_here

START = 60.0
"""Seconds that a server may take to answer first."""


@dataclass(frozen=True)
class Server:
    """Where a running store answers, and what it needs to be written to."""

    name: str
    endpoint: str
    graph_store: str
    update: str
    environment: Mapping[str, str] = field(default_factory=dict)


def free_port() -> int:
    with socket.socket() as waiting:
        waiting.bind(("127.0.0.1", 0))
        return int(waiting.getsockname()[1])


@contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    """``oxigraph serve`` with an empty store in ``folder``; skips the test where it is not installed."""
    beside = Path(sys.executable).with_name("oxigraph")
    program = str(beside) if beside.exists() else shutil.which("oxigraph")
    if program is None:
        not_here(OXIGRAPH)
    address = f"127.0.0.1:{free_port()}"
    command = [program, "serve", "--location", str(folder), "--bind", address, "--union-default-graph"]
    with _running(command, folder, f"http://{address}/query"):
        root = f"http://{address}"
        yield Server("oxigraph", f"{root}/query", f"{root}/store", f"{root}/update")


VIRTUOSO_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 1000000
"""


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Virtuoso with an empty store in ``folder``; skips the test where it is not installed.

    It is written to with Digest authentication, as its first user with the password of a new store.
    """
    program = shutil.which("virtuoso-t")
    if program is None:
        not_here(VIRTUOSO)
    http = free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(folder=folder, sql=free_port(), http=http))
    command = [program, "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    root = f"http://127.0.0.1:{http}"
    with _running(command, folder, f"{root}/sparql"):
        login = {"KG_USER": "dba", "KG_PASSWORD": "dba"}
        yield Server(
            "virtuoso", f"{root}/sparql", f"{root}/sparql-graph-crud-auth", f"{root}/sparql-auth", login
        )


@contextmanager
def _running(command: list[str], folder: Path, address: str) -> Iterator[None]:
    log = folder / "server.log"
    with log.open("wb") as out, subprocess.Popen(command, cwd=folder, stdout=out, stderr=out) as process:
        try:
            _wait(process, address, log)
            yield
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.monotonic() + START
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < end and process.poll() is None:
        try:
            opener.open(address, timeout=5).close()
            return
        except urllib.error.HTTPError as error:
            error.close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{command_of(process)} did not start: {log.read_text(errors='replace')[-500:]}")


def command_of(process: subprocess.Popen[bytes]) -> str:
    args = process.args
    return " ".join(map(str, args)) if isinstance(args, list) else str(args)
