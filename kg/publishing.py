"""Load the dataset into another SPARQL 1.1 store, graph by graph, and check that it arrived.

The Graph Store Protocol is used where an address for it is given or answers (one PUT a graph), SPARQL
Update in batches otherwise. What has arrived is noted beside the store, so that a publication that was
broken off goes on where it stopped. Credentials come from the environment: KG_TOKEN, or KG_USER and
KG_PASSWORD.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request

import pyoxigraph as ox

from kg.errors import CannotRead
from kg.endpoint import ask_endpoint, authorization, send
from kg.store import open_store

JOURNAL = "published.json"
TIMEOUT = 600.0
"""Seconds that the other store may take for one request."""
BATCH = 2_000
"""Triples in one INSERT DATA: small enough for the limits of common stores (Virtuoso: 10,000 lines of SQL)."""


@dataclass(frozen=True)
class Published:
    """What happened to one graph: ``sent``, or ``unchanged`` when it was there from an earlier run."""

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
    folder = Path(store)
    source = open_store(folder)
    journal = _read_journal(folder)
    arrived = journal.setdefault(endpoint, {})
    done = []
    for graph in sorted(source.named_graphs(), key=str):
        lines = sorted({f"{q.subject} {q.predicate} {q.object} .\n" for q in _quads(source, graph)})
        digest = sha256("".join(lines).encode()).hexdigest()
        iri = str(graph.value)
        if arrived.get(iri) == digest and count(endpoint, iri) == len(lines):
            done.append(Published(iri, len(lines), "unchanged"))
            continue
        if graph_store is not None:
            _put(graph_store, iri, lines)
        else:
            _insert(update or endpoint, iri, lines)
        _check(endpoint, iri, len(lines))
        arrived[iri] = digest
        _write_journal(folder, journal)
        done.append(Published(iri, len(lines), "sent"))
    return done


def count(endpoint: str, graph: str) -> int:
    """The number of triples that the other store holds in a graph."""
    query = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }}"
    return int(str(ask_endpoint(endpoint, query).rows[0][0]))


def _quads(source: ox.Store, graph: ox.NamedNode | ox.BlankNode) -> Iterator[ox.Quad]:
    return source.quads_for_pattern(None, None, None, graph)


def _put(graph_store: str, graph: str, lines: Sequence[str]) -> None:
    address = f"{graph_store}{'&' if '?' in graph_store else '?'}graph={quote(graph, safe='')}"
    body = "".join(lines).encode()
    _send(address, body, "application/n-triples", "PUT")


def _insert(update: str, graph: str, lines: Sequence[str]) -> None:
    """Replace a graph by SPARQL Update: clear it, then insert in batches."""
    node = str(ox.NamedNode(graph))
    _update(update, f"CLEAR SILENT GRAPH {node}")
    rest = iter(lines)
    while batch := list(islice(rest, BATCH)):
        _update(update, f"INSERT DATA {{ GRAPH {node} {{\n{''.join(batch)}}} }}")


def _update(address: str, text: str) -> None:
    _send(address, text.encode(), "application/sparql-update", "POST")


def _send(address: str, body: bytes, media_type: str, method: str) -> None:
    headers = {"Content-Type": media_type, "User-Agent": "inspection-findings-kg", **authorization()}
    send(Request(address, data=body, headers=headers, method=method), TIMEOUT)


def _check(endpoint: str, graph: str, sent: int) -> None:
    there = count(endpoint, graph)
    if there != sent:
        raise CannotRead(f"{endpoint}: {graph} has {there} triples there, {sent} were sent; publish again")


def _read_journal(folder: Path) -> dict[str, dict[str, str]]:
    try:
        journal: dict[str, dict[str, str]] = json.loads((folder / JOURNAL).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return journal


def _write_journal(folder: Path, journal: dict[str, dict[str, str]]) -> None:
    (folder / JOURNAL).write_text(json.dumps(journal, indent=1, sort_keys=True), encoding="utf-8")
