"""Load the dataset into another SPARQL 1.1 store, graph by graph, and check that it arrived.

The Graph Store Protocol is used where its address is given (one PUT a graph), SPARQL Update in batches
otherwise. What each graph there holds stands in a graph of its own there (ARRIVED): its SHA-256, with SENDING
before it until it has arrived. So a publication that was broken off goes on where it stopped, and what
another dataset has published meanwhile is not taken for ours. Which datasets need a graph stands there too
(``dct:isRequiredBy``). What was sent from here is noted beside the store, before it is sent: of that, what
the dataset no longer has is removed there too, if nobody else has sent it since or needs it. Credentials come
from the environment: KG_TOKEN, or KG_USER and KG_PASSWORD (Basic, or Digest where the server asks for it).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request

import pyoxigraph as ox

from kg.asking.sparql.endpoint import ask_endpoint, authorization, send
from kg.graph.store import graphs_of, open_store
from kg.graph.store.files import write_durably
from kg.graph.store.folder import LOCK
from kg.graph.writing.ntriples import to_ntriples
from kg.model.errors import CannotRead, CannotUnderstand
from kg.model.vocab import BASE, DCT, SCHEMA

JOURNAL = "published.json"
TIMEOUT = 600.0
"""Seconds that the other store may take for one request."""
ARRIVED = BASE + "published"
"""The graph of the other store that has the SHA-256 of each graph that arrived, or is being sent."""
SENDING = "sending "
BATCH = 2_000
"""Triples in one INSERT DATA: small enough for the limits of common stores (Virtuoso: 10,000 lines)."""


@dataclass(frozen=True)
class Published:
    """What happened to one graph.

    ``sent``; ``unchanged``: there already; ``removed``: the dataset has it no more; ``left``: neither, but
    another dataset has published or needs it, or a copy of this one whose notes are lost.
    """

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
    ``endpoint``) takes SPARQL Update. Raises CannotRead if the other side refuses, holds another number of
    triples than was sent, or has got a graph from somebody else meanwhile.
    """
    target = Target(endpoint, graph_store, update or endpoint)
    folder = Path(store)
    source = open_store(folder)
    here = {graph: sha256(_content(source, graph)).hexdigest() for graph in graphs_of(source)}
    there, needs = _arrived(endpoint)
    journal = _read_journal(folder)
    sent = journal.setdefault(endpoint, {})
    us = _own_name(folder)
    ours_before = {graph for graph, names in needs.items() if us in names}
    same = {graph for graph, digest in here.items() if digest in there.get(graph, ()) and _one(there[graph])}
    gone = sorted((sent.keys() | ours_before) - here.keys())
    was = {graph: sent.get(graph) or _one(there.get(graph, set())) or "" for graph in gone}
    shared = {graph for graph in gone if needs.get(graph, set()) - {us}}
    left = shared | {graph for graph in gone if graph in there and _one(there[graph]) != was[graph]}
    sending = {graph: {SENDING + here[graph]} for graph in here.keys() - same}
    removing = {graph: {SENDING + was[graph]} for graph in gone if graph not in left}
    needing = {graph: needs.get(graph, set()) | ({us} if us else set()) for graph in here}
    _note(
        target,
        _markers(there) | _needs(needs),
        _markers(there | sending | removing) | _needs(needs | needing),
    )
    done = []
    for graph, digest in here.items():
        content = _content(source, graph)
        lines = [line.decode() for line in content.splitlines(keepends=True)]
        if graph in same and count(endpoint, graph) == len(lines):
            done.append(Published(graph, len(lines), "unchanged"))
            continue
        sent[graph] = digest
        _write_journal(folder, journal)
        _send_graph(target, graph, content, lines)
        _add(target, ARRIVED, _marker(graph, digest))
        done.append(Published(graph, len(lines), "sent"))
    for graph in gone:
        if graph not in left:
            _remove(target, graph)
        done.append(Published(graph, 0, "left" if graph in left else "removed"))
    others: list[str] = []
    if sending or gone:
        now, needs = _arrived(endpoint)
        ours = {graph: {SENDING + digest, digest} for graph, digest in here.items()} | removing
        others = sorted(graph for graph in ours.keys() & now.keys() if not now[graph] <= ours[graph])
        settled = {graph: {digest} for graph, digest in here.items() if graph not in others}
        # Where others have put theirs, both stay, also if their note has lost ours: the next one sends again.
        disputed = {graph: now[graph] | {here[graph]} for graph in others if graph in here}
        kept = {graph: digests for graph, digests in now.items() if graph in others or graph not in removing}
        kept |= disputed
        free = {graph: names - {us} if graph in gone else names for graph, names in needs.items()}
        _note(target, _markers(now) | _needs(needs), _markers(kept | settled) | _needs(free))
    unknown = there.keys() - here.keys() - set(gone) - {ARRIVED}
    done += [Published(graph, 0, "left") for graph in sorted(unknown)]
    if gone:
        journal[endpoint] = {
            graph: digest for graph, digest in sent.items() if graph in here or graph in left - shared
        }
        _write_journal(folder, journal)
    if others:
        raise CannotRead(f"{endpoint}: others have published {others[0]} meanwhile; publish again")
    return done


@dataclass(frozen=True)
class Target:
    """The addresses of the other store: for queries, for whole graphs (None: it has none) and for updates."""

    endpoint: str
    graph_store: str | None
    update: str


def _content(source: ox.Store, graph: str) -> bytes:
    """A graph as sorted N-Triples."""
    return to_ntriples(source.quads_for_pattern(None, None, None, ox.NamedNode(graph)))


def _send_graph(target: Target, graph: str, content: bytes, lines: Sequence[str]) -> None:
    """Replaces a graph there, and counts what has arrived."""
    if target.graph_store is not None:
        _send(_address(target.graph_store, graph), content, "application/n-triples", "PUT")
    else:
        _insert(target, graph, lines)
    _check(target.endpoint, graph, len(lines))


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


def _add(target: Target, graph: str, line: str) -> None:
    """Adds a triple to a graph."""
    if target.graph_store is not None:
        _send(_address(target.graph_store, graph), line.encode(), "application/n-triples", "POST")
    else:
        _update(target.update, f"INSERT DATA {{ GRAPH {ox.NamedNode(graph)} {{ {line} }} }}")


def _marker(graph: str, digest: str) -> str:
    return f"{ox.NamedNode(graph)} <{SCHEMA.sha256}> {ox.Literal(digest)} .\n"


Said = dict[str, set[str]]
"""Of each graph, by its IRI, what ARRIVED says."""


def _arrived(endpoint: str) -> tuple[Said, Said]:
    """What ARRIVED says of each graph: the digests of what it has, and which datasets need it."""
    query = f"SELECT ?graph ?said ?value WHERE {{ GRAPH <{ARRIVED}> {{ ?graph ?said ?value }} }}"
    found: dict[str, Said] = {SCHEMA.sha256: {}, DCT.isRequiredBy: {}}
    answer = ask_endpoint(endpoint, query)
    names = ("graph", "said", "value")
    for row in answer.rows if set(answer.columns) == {*names} else ():
        graph, said, value = (str(row[answer.columns.index(name)]) for name in names)
        if said in found:
            found[said].setdefault(graph, set()).add(value)
    return found[SCHEMA.sha256], found[DCT.isRequiredBy]


def _one(digests: set[str]) -> str | None:
    """The one digest that is said of a graph, on its way or arrived; None where two publications disagree."""
    told = {digest.removeprefix(SENDING) for digest in digests}
    return told.pop() if len(told) == 1 else None


def _needs(datasets: Mapping[str, set[str]]) -> set[str]:
    """The lines of ARRIVED that say which datasets need each graph."""
    return {
        f"{ox.NamedNode(graph)} <{DCT.isRequiredBy}> {ox.Literal(name)} .\n"
        for graph, names in datasets.items()
        for name in names
    }


def _note(target: Target, before: AbstractSet[str], after: AbstractSet[str]) -> None:
    """Makes ARRIVED the lines that it should have ``after``, where it is not.

    By updates line for line, the new ones first: broken off at any point, no graph is without its mark.
    """
    if before == after:
        return
    if target.graph_store is not None:
        body = "".join(sorted(after)).encode()
        _send(_address(target.graph_store, ARRIVED), body, "application/n-triples", "PUT")
        return
    for verb, lines in (("INSERT", after - before), ("DELETE", before - after)):
        rest = iter(sorted(lines))
        while batch := list(islice(rest, BATCH)):
            _update(target.update, f"{verb} DATA {{ GRAPH <{ARRIVED}> {{\n{''.join(batch)}}} }}")


def _markers(digests: Mapping[str, set[str]]) -> set[str]:
    return {_marker(graph, digest) for graph, each in digests.items() for digest in each}


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
"""Endpoint to graph to the SHA-256 of its sorted N-Triples as it was sent last."""


def _read_journal(folder: Path) -> Journal:
    """What was sent from this copy of the dataset: that of somebody else does not say what is ours."""
    path, copy = folder / JOURNAL, _copy(folder)
    try:
        noted = json.loads(path.read_text(encoding="utf-8")) if copy is not None and path.is_file() else {}
        if not noted or noted["copy"] != copy:
            return {}
        return {
            str(endpoint): {ox.NamedNode(graph).value: str(digest) for graph, digest in graphs.items()}
            for endpoint, graphs in noted["arrived"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _own_name(folder: Path) -> str | None:
    """What this copy of the dataset is called where it is published; None where nothing can be noted of it.

    No other copy has it, and it says nothing of the machine.
    """
    lock = folder / LOCK
    if _copy(folder) is None:
        return None
    status = lock.lstat()
    return sha256(f"{status.st_ino} {status.st_mtime_ns}".encode()).hexdigest()


def _copy(folder: Path) -> int | None:
    """What tells this copy of a dataset from others: the inode of its lock, which no copy shares.

    None where there is no lock, as in a plain Oxigraph folder: then nothing is noted, and nothing removed.
    """
    lock = folder / LOCK
    return lock.lstat().st_ino if lock.is_file() and not lock.is_symlink() else None


def _write_journal(folder: Path, journal: Journal) -> None:
    copy = _copy(folder)
    if copy is None:
        return
    noted = {"copy": copy, "arrived": journal}
    try:
        write_durably(folder / JOURNAL, json.dumps(noted, indent=1, sort_keys=True).encode())
    except OSError as error:
        message = f"{folder}: cannot note what is sent: {error.strerror or error}"
        raise CannotRead(message) from error
