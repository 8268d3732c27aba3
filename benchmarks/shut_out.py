"""``python benchmarks/shut_out.py``: whether one client shuts the others out of ``kg serve``.

Three attacks, one after the other, on a server of its own with the exports of the checkout. Each comes from a
process of its own at 127.0.0.1 and is kept up: what the server closes or refuses is opened or asked again.

- 900 halves of requests (slowloris): heads that go on by a line every five seconds, and never end;
- 2,000 connections that say nothing;
- 30 queries without an end.

Meanwhile --requests others are made, each on a connection of its own: half of them from the attacker’s own
address, half from 127.0.0.2. Counted are the answers with status 200 within ten seconds. The exit status is 1
where less than 95 of 100 from the other address are answered, or of those beside halves of requests from any.
"""

from __future__ import annotations

import argparse
import http.client
import resource
import selectors
import socket
import statistics
import sys
import time
import urllib.parse
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from machine import when_and_where

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from samples import ROOT
from server_process import JSON, serving

ATTACKER, OTHER = "127.0.0.1", "127.0.0.2"
HALF = b"GET /x HTTP/1.1\r\nHost: localhost\r\nX-a: "
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
PATIENCE = 10.0
"""Seconds in which a request must be answered."""
ENOUGH = 0.95
Attack = Callable[[int], None]


def keep_open(count: int, words: bytes, port: int) -> None:
    """Keeps so many connections open that have said these words, a line more every five seconds if any."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, count + 200), most))
    open_ones = selectors.DefaultSelector()
    said = time.monotonic()
    while True:
        while len(open_ones.get_map()) < count:
            with suppress(OSError):
                sock = socket.create_connection((ATTACKER, port), timeout=5)
                sock.sendall(words)
                open_ones.register(sock, selectors.EVENT_READ)
        gone = [key.fileobj for key, _ in open_ones.select(0.2)]  # nothing is to be read but the end
        if words and time.monotonic() - said > 5:
            said = time.monotonic()
            for key in list(open_ones.get_map().values()):
                try:
                    key.fileobj.send(b"b\r\nX-a: ")
                except OSError:
                    gone.append(key.fileobj)
        for sock in dict.fromkeys(gone):
            open_ones.unregister(sock)
            sock.close()


def ask_slow(count: int, port: int) -> None:
    """Asks so many endless queries at once, again and again."""

    def one(_: int) -> None:
        while True:
            with suppress(OSError, http.client.HTTPException):
                answer(port, ATTACKER, SLOW, timeout=60)

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(one, range(count)))


ATTACKS: dict[str, Attack] = {
    "900 halves of requests": partial(keep_open, 900, HALF),
    "2,000 silent connections": partial(keep_open, 2000, b""),
    "30 slow queries": partial(ask_slow, 30),
}


def answer(port: int, source: str, query: str, timeout: float = PATIENCE) -> int:
    """The status of the answer to a query, asked from an address."""
    connection = http.client.HTTPConnection(ATTACKER, port, timeout, source_address=(source, 0))
    try:
        target = "/sparql?" + urllib.parse.urlencode({"query": query})
        connection.request("GET", target, headers={"Accept": JSON, "Host": "localhost"})
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()


@contextmanager
def under(attack: Attack, port: int) -> Iterator[None]:
    """While a process attacks."""
    process = get_context("fork").Process(target=attack, args=(port,), daemon=True)
    process.start()
    time.sleep(3)
    try:
        yield
    finally:
        process.kill()
        process.join()


def measured(port: int, source: str, requests: int) -> tuple[int, list[float]]:
    """How many of so many requests are answered, and the seconds that each took."""
    answered, seconds = 0, []
    for _ in range(requests):
        start = time.monotonic()
        with suppress(OSError, http.client.HTTPException):
            query = f"SELECT ({time.monotonic_ns()} AS ?n) ?o {{ ?s a ?o }} LIMIT 1"  # never asked before
            answered += answer(port, source, query) == 200
        seconds.append(time.monotonic() - start)
    return answered, seconds


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=160, help="beside each attack")
    options = parser.parse_args()
    each, failed = options.requests // 2, False
    print(when_and_where())
    with serving(data=[str(path) for path in sorted((ROOT / "exports").glob("*.ttl"))], timeout=10) as server:
        for name, attack in ATTACKS.items():
            with under(attack, server.port):
                for source in (OTHER, ATTACKER):
                    answered, seconds = measured(server.port, source, each)
                    whose = "another’s" if source == OTHER else "the attacker’s"
                    print(
                        f"{name}, from {whose} address: {answered} of {each} answered, "
                        f"median {statistics.median(seconds):.3f} s, at most {max(seconds):.2f} s",
                        flush=True,
                    )
                    binding = source == OTHER or "halves" in name
                    failed = failed or (binding and answered < ENOUGH * each)
    sys.exit(failed)


if __name__ == "__main__":
    main()
