"""``python benchmarks/soak.py --requests 20000``: many mixed requests, and what they leave in ``kg serve``.

A server of its own with a dataset of the report in ``seeds/`` gets requests of eight clients at once: pages,
pictures, descriptions of things, saved queries, searches, SPARQL by GET and by POST, wrong queries and
addresses, bytes that are no HTTP, and connections that are closed before the answer. Before, after the first
tenth and at the end, each time after --rest seconds without a request, are shown: the memory of all its
processes (proportional set size, so that what they share counts once), its processes, and the open files of
the event loop. Counted are the answers by status. The exit status is 1 where one is 5xx, a request that
should be answered is not, files stay open, or the memory grows by more than a tenth between the first tenth
and the end.
"""

from __future__ import annotations

import argparse
import http.client
import random
import socket
import sys
import tempfile
import time
import urllib.parse
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from machine import when_and_where

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from samples import ROOT
from server_process import JSON, Server, serving

from kg.asking.sparql import query
from kg.asking.sparql.library import saved_queries
from kg.dataset.build import build

CLIENTS = 8
HOST = "127.0.0.1"
JUNK = (
    b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03",
    b"GET / HTTP/9.9\r\n\r\n",
    b"\r\n\r\n\0\0",
    b"A" * 70_000,
)
Target = tuple[str, str, bytes | None]
"""Method, address and body of a request; the method is ``junk`` or ``abort`` for what gets no answer."""


def targets(folder: Path, chance: random.Random) -> Callable[[], Target]:
    """What makes one request after another, of the things that a dataset has."""
    rows = query("SELECT DISTINCT ?s { GRAPH ?g { ?s a ?c } FILTER(isIRI(?s)) }", store=folder).rows
    things = sorted(urllib.parse.urlsplit(str(row[0])).path for row in rows)
    labels = sorted({str(row[0]) for row in query("SELECT ?l { ?s skos:prefLabel ?l }", store=folder).rows})
    names = [each.name for each in saved_queries()]
    quoted = urllib.parse.urlencode

    def sparql() -> str:
        thing, number = f"<https://kg.example{chance.choice(things)}>", chance.randrange(10**9)
        return f"SELECT (COUNT(*) AS ?n) ({number} AS ?never_asked_before) {{ {thing} ?p ?o }}"

    kinds: list[tuple[int, Callable[[], Target]]] = [
        (40, lambda: ("GET", "/sparql?" + quoted({"query": sparql()}), None)),
        (20, lambda: ("POST", "/sparql", sparql().encode())),
        (12, lambda: ("GET", chance.choice(things) + chance.choice((".html", ".ttl", ".jsonld")), None)),
        (3, lambda: ("GET", f"/queries/{chance.choice(names)}{chance.choice(('.csv', '.json', ''))}", None)),
        (8, lambda: ("GET", "/search?" + quoted({"q": chance.choice(labels)}), None)),
        (2, lambda: ("GET", "/", None)),
        (1, lambda: ("GET", "/neighbourhood?" + quoted({"thing": chance.choice(labels)}), None)),
        (4, lambda: ("GET", "/sparql?" + quoted({"query": "SELECT {" + sparql()}), None)),
        (4, lambda: ("GET", f"/nothing/{chance.randrange(10**9)}", None)),
        (3, lambda: ("junk", "", chance.choice(JUNK))),
        (3, lambda: ("abort", "/sparql?" + quoted({"query": sparql()}), None)),
    ]
    weights = [weight for weight, _ in kinds]
    return lambda: chance.choices(kinds, weights)[0][1]()


def client(server_port: int, folder: Path, requests: int, seed: int, channel: object) -> None:
    """Makes so many requests on a connection that is kept, and sends what came of them."""
    make = targets(folder, random.Random(seed))
    counted: Counter[str] = Counter()
    connection = http.client.HTTPConnection(HOST, server_port, 60)
    for _ in range(requests):
        method, address, body = make()
        if method in ("junk", "abort"):
            with suppress(OSError), socket.create_connection((HOST, server_port), 10) as sock:
                sock.sendall(body or f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
                if method == "junk":
                    sock.recv(100)
            counted[method] += 1
            continue
        headers = {"Host": "localhost", "Accept": JSON if "sparql" in address else "text/html, */*;q=0.5"}
        if body is not None:
            headers["Content-Type"] = "application/sparql-query"
        try:
            connection.request(method, address, body, headers)
            response = connection.getresponse()
            response.read()
            counted[f"{response.status}"] += 1
        except (OSError, http.client.HTTPException) as error:
            counted[f"no answer: {type(error).__name__} {address[:60]}"] += 1
            connection.close()
    channel.send(counted)  # type: ignore[attr-defined]


def all_clients(server: Server, folder: Path, requests: int, seed: int) -> Counter[str]:
    """The requests of all clients, each in a process of its own."""
    fork, counted, ends = get_context("fork"), Counter[str](), []
    for number in range(CLIENTS):
        ours, theirs = fork.Pipe(duplex=False)
        own = (server.port, folder, requests // CLIENTS, seed + number, theirs)
        process = fork.Process(target=client, args=own)
        process.start()
        theirs.close()
        ends.append((process, ours))
    for process, ours in ends:
        counted += ours.recv()
        process.join()
    return counted


def state(server: Server, rest: float) -> tuple[float, int, int]:
    """MiB of all processes, their number, and the open files of the event loop, after a rest."""
    time.sleep(rest)
    pids = server.processes()
    lines = [line for pid in pids for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()]
    memory = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return memory, len(pids), len(list(Path(f"/proc/{pids[0]}/fd").iterdir()))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--rest", type=float, default=15.0)
    parser.add_argument("--seed", type=int, default=1, help="of what is asked")
    options = parser.parse_args()
    print(when_and_where())
    with tempfile.TemporaryDirectory(prefix="kg-soak-") as work:
        folder = Path(work, "store")
        fork = get_context("fork")  # an open store has threads, so it is built, and asked, elsewhere
        building = fork.Process(
            target=partial(build, [ROOT / "seeds"], exports=Path(work, "exports"), store=folder)
        )
        building.start()
        building.join()
        with serving(store=str(folder), timeout=10) as server:
            states, start = [state(server, 1)], time.monotonic()
            counted = all_clients(server, folder, options.requests // 10, options.seed)
            states.append(state(server, options.rest))
            counted += all_clients(server, folder, options.requests * 9 // 10, options.seed + CLIENTS)
            seconds = time.monotonic() - start - options.rest
            states.append(state(server, options.rest))
    for name, (memory, processes, files) in zip(("before", "a tenth", "all"), states, strict=True):
        print(f"{name}: {memory:.0f} MiB in {processes} processes, {files} files open in the event loop")
    print(f"{counted.total():,} requests in {seconds:.0f} s: ", end="")
    print(", ".join(f"{count:,} × {what}" for what, count in sorted(counted.items())))
    wrong = [what for what in counted if what.startswith(("5", "no answer"))]
    grown, files = states[2][0] / states[1][0], states[2][2] - states[1][2]
    sys.exit(bool(wrong) or grown > 1.1 or files > 2)


if __name__ == "__main__":
    main()
