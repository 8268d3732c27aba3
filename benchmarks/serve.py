"""How fast the endpoint answers, beside ``oxigraph serve`` on the same data.

    python benchmarks/serve.py [--store store] [--copies 6] [--seconds 5] [--rounds 3]

Needs ``wrk`` and the ``oxigraph`` command (``pip install oxigraph``). The data are the store's graphs, the
report's graph copied under new names until there are some 100,000 quads. The servers are measured in turn,
and the middle one of the rounds is shown. ``kg`` is measured twice: as it is, where a response that was given
before is given again from memory, and with ``remember=0``, where every request is evaluated.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyoxigraph as ox

from kg.graph.store import open_store

ROOT = Path(__file__).resolve().parent.parent
JSON = "application/sparql-results+json"
PREFIX = "PREFIX kg: <https://kg.example/ontology#> "
KG = "https://kg.example/ontology#"
AGGREGATES = [
    "SELECT ?body ?grade (COUNT(*) AS ?n) { GRAPH ?g {"
    " ?j a kg:Judgement ; kg:inspectedBody ?body ; kg:grade ?grade } } GROUP BY ?body ?grade",
    "SELECT ?area ?polarity (COUNT(*) AS ?n) { GRAPH ?g {"
    " ?f a kg:Finding ; kg:area ?area ; kg:polarity ?polarity } } GROUP BY ?area ?polarity",
    "SELECT ?unit ?who (COUNT(*) AS ?n) (AVG(?v) AS ?mean) { GRAPH ?g {"
    " ?f a kg:Figure ; kg:unit ?unit ; kg:attribution ?who ; kg:value ?v } } GROUP BY ?unit ?who",
    "SELECT ?label (COUNT(DISTINCT ?e) AS ?n) { GRAPH ?g {"
    " ?m kg:label ?label ; kg:refersTo ?e } } GROUP BY ?label",
]
WRK = """
local targets = {}
for line in io.lines(os.getenv("TARGETS")) do targets[#targets + 1] = line end
math.randomseed(7)
request = function()
  return wrk.format("GET", targets[math.random(#targets)], {["Accept"] = "application/sparql-results+json"})
end
done = function(summary, latency)
  local wrong = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status
  io.write(string.format("RESULT %.1f %.3f %d\\n", summary.requests / summary.duration * 1e6,
    latency:percentile(99) / 1000, wrong))
end
"""
SERVE = "import json, sys; from kg import serve; serve(**json.loads(sys.argv[1]), announce=print)"


def write_data(store: ox.Store, copies: int, path: Path) -> int:
    """The graphs of a store as N-Quads, those of reports ``copies`` times under new names; counts lines."""
    reports = {quad.graph_name for quad in store.quads_for_pattern(None, ox.NamedNode(KG + "report"), None)}
    count = 0
    with path.open("w", encoding="utf-8") as out:
        for graph in store.named_graphs():
            lines = [f"{quad} .\n" for quad in store.quads_for_pattern(None, None, None, graph)]
            for copy in range(copies if graph in reports else 1):
                new = lines if copy == 0 else [renamed(line, copy) for line in lines]
                out.writelines(new)
                count += len(new)
    return count


def renamed(line: str, copy: int) -> str:
    """A quad of a report as one of its copy."""
    return re.sub(r"(<https://kg\.example/(?:report|graph|id/force)/[^>/]+)", rf"\1-{copy}", line)


def targets(path: Path, data: Path, kind: str, endpoint: str) -> Path:
    """A file with one request target a line."""
    if kind == "look-up":
        subjects = sorted({line.split(" ", 1)[0] for line in data.open(encoding="utf-8")})
        chosen = random.Random(7).sample(subjects, min(len(subjects), 20_000))
        queries = [f"SELECT ?p ?o {{ GRAPH ?g {{ {subject} ?p ?o }} }}" for subject in chosen]
    else:
        queries = [PREFIX + query for query in AGGREGATES]
    lines = [f"{endpoint}?{urllib.parse.urlencode({'query': query})}" for query in queries]
    path.write_text("\n".join(lines) + "\n")
    return path


@contextmanager
def process(command: list[str], port: int, endpoint: str) -> Iterator[int]:
    """A server that runs until the end of the block; gives its process id when it answers."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    try:
        for _ in range(600):
            try:
                ask(port, endpoint, "ASK {}")
                break
            except OSError:
                time.sleep(0.1)
        yield started.pid
    finally:
        started.send_signal(signal.SIGTERM)
        started.wait()


def ask(port: int, endpoint: str, query: str) -> bytes:
    url = f"http://127.0.0.1:{port}{endpoint}?{urllib.parse.urlencode({'query': query})}"
    with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept": JSON})) as response:
        body: bytes = response.read()
        return body


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def measure(port: int, targets: Path, clients: int, seconds: int) -> tuple[float, float, int]:
    """Requests a second, the 99th percentile of the latency in ms, and the number of failed requests."""
    script = targets.with_suffix(".lua")
    script.write_text(WRK)
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "-s", str(script), f"http://127.0.0.1:{port}"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "TARGETS": str(targets)}
    )
    rate, p99, wrong = re.search(r"RESULT (\S+) (\S+) (\S+)", done.stdout).groups()  # type: ignore[union-attr]
    return float(rate), float(p99), int(wrong)


def resident(pid: int) -> float:
    """MiB of a process and its children, shared memory counted once (proportional set size)."""
    total, todo = 0, [pid]
    while todo:
        each = todo.pop()
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{each}/smaps_rollup").read_text(), re.M)
        total += int(found[1]) if found else 0
        for task in Path(f"/proc/{each}/task").glob("*/children"):
            todo += map(int, task.read_text().split())
    return total / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--store", default="store")
    parser.add_argument("--copies", type=int, default=6)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        data = folder / "data.nq"
        print(f"{write_data(open_store(options.store), options.copies, data):,} quads")
        servers = start(stack, data)
        compare(servers, data, folder, options.seconds, options.rounds)
        flat(servers["kg"], folder / "kg-look-up")


Running = tuple[int, str, int]


def start(stack: ExitStack, data: Path) -> dict[str, Running]:
    """Starts the servers: name to port, path of the endpoint and process id."""
    servers: dict[str, Running] = {}
    for name, remember in (("kg", 16), ("kg, nothing remembered", 0)):
        port = free_port()
        settings = json.dumps({"data": [str(data)], "port": port, "remember": remember})
        pid = stack.enter_context(process([sys.executable, "-c", SERVE, settings], port, "/sparql"))
        servers[name] = port, "/sparql", pid
    port = free_port()
    oxigraph = str(Path(sys.executable).with_name("oxigraph"))
    pid = stack.enter_context(process([oxigraph, "serve", "--bind", f"127.0.0.1:{port}"], port, "/query"))
    content = {"Content-Type": "application/n-quads"}
    address = f"http://127.0.0.1:{port}/store"
    upload = urllib.request.Request(address, data.read_bytes(), content, method="POST")
    urllib.request.urlopen(upload).close()
    servers["oxigraph serve"] = port, "/query", pid
    return servers


def compare(servers: dict[str, Running], data: Path, folder: Path, seconds: int, rounds: int) -> None:
    for kind in ("look-up", "aggregate"):
        files = {
            name: targets(folder / f"{name}-{kind}", data, kind, endpoint)
            for name, (_, endpoint, _) in servers.items()
        }
        for clients in (1, 16):
            runs: dict[str, list[tuple[float, float, int]]] = {name: [] for name in servers}
            for _ in range(rounds):
                for name, (port, _, _) in servers.items():
                    runs[name].append(measure(port, files[name], clients, seconds))
            base = statistics.median(rate for rate, _, _ in runs["oxigraph serve"])
            for name, found in runs.items():
                rate, p99 = (statistics.median(run[at] for run in found) for at in (0, 1))
                wrong = sum(run[2] for run in found)
                print(
                    f"{kind:10} {clients:3} clients  {name:24} {rate:9,.0f} a second  p99 {p99:7.2f} ms"
                    f"  x{rate / base:.2f}  {wrong} failed",
                    flush=True,
                )


def flat(running: Running, targets: Path) -> None:
    """Memory before and after 100,000 look-ups, warm."""
    port, _, pid = running
    before = resident(pid)
    done = 0
    while done < 100_000:
        rate, _, _ = measure(port, targets, 16, 4)
        done += int(rate * 4)
    print(f"memory {before:.1f} MiB, after {done:,} more requests {resident(pid):.1f} MiB")


if __name__ == "__main__":
    main()
