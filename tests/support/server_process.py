"""A server as users start it: in a process of its own, on a free port."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from samples import ROOT

JSON = "application/sparql-results+json"
START = """
import json, sys
from kg import serve
serve(**json.loads(sys.argv[1]), announce=lambda text: print(text, flush=True))
"""


class Server:
    """A server process under test."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process = process
        self.address = address
        self.port = int(address.rpartition(":")[2])

    def get(self, query: str, accept: str = JSON, **headers: str) -> urllib.request.addinfourl:
        url = f"{self.address}/sparql?" + urllib.parse.urlencode({"query": query})
        return urllib.request.urlopen(urllib.request.Request(url, headers={"Accept": accept, **headers}))

    def raw(self, data: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as sock:
            sock.sendall(data)
            answer = b""
            while piece := sock.recv(65536):
                answer += piece
            return answer

    def processes(self) -> list[int]:
        return [self.process.pid, *descendants(self.process.pid)]


def descendants(pid: int) -> list[int]:
    children = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        children += [int(child) for child in task.read_text().split()]
    return children + [each for child in children for each in descendants(child)]


@contextmanager
def serving(log: IO[str] | None = None, **options: object) -> Iterator[Server]:
    """A server with these options; what it says on standard error goes to ``log``."""
    settings = json.dumps({"port": 0, "timeout": 2, **options})
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", START, settings]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=environment)
    assert process.stdout is not None
    found = re.search(r"http://[\d.]+:\d+", process.stdout.readline())
    try:
        assert found is not None, "the server did not start"
        yield Server(process, found[0])
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
        process.stdout.close()
