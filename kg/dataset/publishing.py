"""Load the dataset into another SPARQL 1.1 store, graph by graph, and check that it arrived.

The Graph Store Protocol is used where its address is given (one PUT a graph), SPARQL Update in batches
otherwise. What has arrived is noted beside the store, so that a publication that was broken off goes on
where it stopped, and a graph that the dataset no longer has is removed there too. Credentials come from the
environment: KG_TOKEN, or KG_USER and KG_PASSWORD (Basic, or Digest where the server asks for it).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request

import pyoxigraph as ox

from kg.asking.sparql.endpoint import ask_endpoint, authorization, send
from kg.graph.store import graphs_of, open_store
from kg.graph.store.files import new_file
from kg.graph.store.folder import LOCK
from kg.graph.writing.ntriples import to_ntriples
from kg.model.errors import CannotRead, CannotUnderstand

JOURNAL = "published.json"
TIMEOUT = 600.0
"""Seconds that the other store may take for one request."""
BATCH = 2_000
"""Triples in one INSERT DATA: small enough for the limits of common stores (Virtuoso: 10,000 lines)."""


@dataclass(frozen=True)
class Published:
    """What happened to one graph: ``sent``, ``unchanged`` (there from an earlier run) or ``removed``."""

    graph: str
    triples: int
    status: str


def publish(
    endpoint: str,
    *,
    store: str | Path = "store",
    graph_store: str | None = None,
    update: str | None = None,
) -> list[Published]:
    """Load every named graph of ``store`` into the store behind ``endpoint`` (its SPARQL query address).

    ``graph_store`` is the address of its Graph Store Protocol; without it, ``update`` (default:
    ``endpoint``) takes SPARQL Update. Raises CannotRead if the other side refuses, or holds another number
    of triples than was sent.
    """
    target = Target(endpoint, graph_store, update or endpoint)
    folder = Path(store)
    source = open_store(folder)
    journal = _read_journal(folder)
    arrived = journal.setdefault(endpoint, {})
    done = []
    for graph in graphs_of(source):
        done.append(_publish(source, graph, arrived, target))
        _write_journal(folder, journal)
    for graph in sorted(arrived.keys() - set(graphs_of(source))):
        _remove(target, graph)
        del arrived[graph]
        _write_journal(folder, journal)
        done.append(Published(graph, 0, "removed"))
    return done


@dataclass(frozen=True)
class Target:
    """The addresses of the other store: for queries, for whole graphs (None: it has none) and for updates."""

    endpoint: str
    graph_store: str | None
    update: str


def _publish(source: ox.Store, graph: str, arrived: dict[str, str], target: Target) -> Published:
    """Send one graph unless it is there already; note its digest in ``arrived``."""
    quads = source.quads_for_pattern(None, None, None, ox.NamedNode(graph))
    content = to_ntriples(quads)
    lines = [line.decode() for line in content.splitlines(keepends=True)]
    digest = sha256(content).hexdigest()
    if arrived.get(graph) == digest and count(target.endpoint, graph) == len(lines):
        return Published(graph, len(lines), "unchanged")
    arrived.pop(graph, None)
    if target.graph_store is not None:
        _send(_address(target.graph_store, graph), content, "application/n-triples", "PUT")
    else:
        _insert(target, graph, lines)
    _check(target.endpoint, graph, len(lines))
    arrived[graph] = digest
    return Published(graph, len(lines), "sent")


def count(endpoint: str, graph: str) -> int:
    """The number of triples that the other store holds in a graph."""
    query = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }}"
    try:
        return int(str(ask_endpoint(endpoint, query).rows[0][0]))
    except (IndexError, ValueError) as error:
        raise CannotUnderstand(f"{endpoint}: the answer to a question for a number is none") from error


def _address(graph_store: str, graph: str) -> str:
    return f"{graph_store}{'&' if '?' in graph_store else '?'}graph={quote(graph, safe='')}"


def _insert(target: Target, graph: str, lines: Sequence[str]) -> None:
    """Replace a graph by SPARQL Update: clear it, then insert in batches."""
    _update(target.update, f"CLEAR SILENT GRAPH {ox.NamedNode(graph)}")
    rest = iter(lines)
    while batch := list(islice(rest, BATCH)):
        _update(target.update, f"INSERT DATA {{ GRAPH {ox.NamedNode(graph)} {{\n{''.join(batch)}}} }}")


def _remove(target: Target, graph: str) -> None:
    if count(target.endpoint, graph) == 0:
        return
    if target.graph_store is not None:
        _send(_address(target.graph_store, graph), None, "application/n-triples", "DELETE")
    else:
        _update(target.update, f"DROP SILENT GRAPH {ox.NamedNode(graph)}")
    _check(target.endpoint, graph, 0)


def _update(address: str, text: str) -> None:
    _send(address, text.encode(), "application/sparql-update", "POST")


def _send(address: str, body: bytes | None, media_type: str, method: str) -> None:
    headers = {"Content-Type": media_type, "User-Agent": "inspection-findings-kg", **authorization()}
    send(Request(address, data=body, headers=headers, method=method), TIMEOUT)


def _check(endpoint: str, graph: str, sent: int) -> None:
    there = count(endpoint, graph)
    if there != sent:
        raise CannotRead(f"{endpoint}: {graph} has {there} triples there, {sent} were sent; publish again")


Journal = dict[str, dict[str, str]]
"""Endpoint to graph to the SHA-256 of its sorted N-Triples."""


def _read_journal(folder: Path) -> Journal:
    """What has arrived from this copy of the dataset: that of somebody else does not say what was sent."""
    path = folder / JOURNAL
    try:
        noted = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        if noted["copy"] != _copy(folder):
            return {}
        return {
            str(endpoint): {str(graph): str(digest) for graph, digest in graphs.items()}
            for endpoint, graphs in noted["arrived"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _copy(folder: Path) -> int | None:
    """What tells this copy of a dataset from others: the inode of its lock, which no copy shares."""
    lock = folder / LOCK
    return lock.stat().st_ino if lock.is_file() else None


def _write_journal(folder: Path, journal: Journal) -> None:
    fresh = folder / f"{JOURNAL}.new"
    noted = {"copy": _copy(folder), "arrived": journal}
    try:
        with new_file(fresh) as file:
            file.write(json.dumps(noted, indent=1, sort_keys=True).encode())
        fresh.replace(folder / JOURNAL)
    except OSError as error:
        message = f"{folder}: cannot note what has arrived: {error.strerror or error}"
        raise CannotRead(message) from error
