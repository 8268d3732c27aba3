"""The dataset in two stores of other makers: loaded, asked, and read back."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import product
from pathlib import Path
from typing import Any, ClassVar

import pyoxigraph as ox
import pytest
from samples import TESTS
from sparql_servers import Server, oxigraph, virtuoso

from kg.asking.network import neighbourhood, to_json
from kg.asking.sparql import query, saved_queries
from kg.dataset import publishing
from kg.dataset.exporting import export_dataset
from kg.dataset.publishing import JOURNAL, count, publish
from kg.graph.store import graphs_of, open_store, write_store
from kg.model.errors import CannotRead

SERVERS = {"oxigraph": oxigraph, "virtuoso": virtuoso}


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running store, empty at first."""
    with SERVERS[request.param](tmp_path_factory.mktemp(request.param)) as running:
        yield running


@pytest.fixture(autouse=True)
def credentials(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KG_USER", "KG_PASSWORD", "KG_TOKEN", "http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    if "server" in request.fixturenames:
        for name, value in request.getfixturevalue("server").environment.items():
            monkeypatch.setenv(name, value)


@pytest.fixture(scope="module")
def loaded(server: Server, built: Any) -> Server:
    """The running store with the dataset in it."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        publish(server.endpoint, store=built.store, graph_store=server.graph_store)
    return server


# --- loading -----------------------------------------------------------------------------------------

A, B, C = (f"https://x.example/graph/{name}" for name in "abc")


def some(text: str, number: int = 3) -> list[ox.Triple]:
    """Triples with a text that is hard to send."""
    predicate = ox.NamedNode("https://x.example/says")
    return [
        ox.Triple(ox.NamedNode(f"https://x.example/{i}"), predicate, ox.Literal(f"{text} {i}"))
        for i in range(number)
    ]


@pytest.fixture
def emptied(server: Server) -> Server:
    """The running store without what other tests sent to it."""
    target = publishing.Target(server.endpoint, server.graph_store, server.update)
    for graph in (A, B, C, publishing.ARRIVED):
        publishing._remove(target, graph)
    return server


HARD = 'quote " backslash \\ line\nbreak tab\t separator\u2028 ’ é 警察 } INSERT'


def addresses(server: Server, way: str) -> dict[str, str]:
    return {"graph_store": server.graph_store} if way == "graph store" else {"update": server.update}


@pytest.mark.parametrize("way", ["graph store", "update"])
def test_graphs_arrive_whole_and_are_not_sent_twice(server: Server, tmp_path: Path, way: str) -> None:
    text = f"{HARD} by {way}"
    write_store(tmp_path / "store", {A: some(text), B: some(f"b by {way}", 4001)})
    to = addresses(server, way)
    first = publish(server.endpoint, store=tmp_path / "store", **to)
    assert [(p.graph, p.triples, p.status) for p in first] == [(A, 3, "sent"), (B, 4001, "sent")]
    again = publish(server.endpoint, store=tmp_path / "store", **to)
    assert [p.status for p in again] == ["unchanged", "unchanged"]
    assert texts_in(server, A) == {f"{text} {i}" for i in range(3)}


@pytest.mark.parametrize("way", ["graph store", "update"])
def test_what_changed_is_replaced_and_what_is_gone_is_removed(
    server: Server, tmp_path: Path, way: str
) -> None:
    write_store(tmp_path / "store", {A: some("a"), B: some("b"), C: some("c")})
    publish(server.endpoint, store=tmp_path / "store", **addresses(server, way))
    write_store(tmp_path / "store", {A: some("a"), B: some("changed", 2)})
    done = publish(server.endpoint, store=tmp_path / "store", **addresses(server, way))
    assert [(p.graph, p.status) for p in done] == [(A, "unchanged"), (B, "sent"), (C, "removed")]
    assert [count(server.endpoint, graph) for graph in (A, B, C)] == [3, 2, 0]


def test_a_graph_that_was_lost_there_is_sent_again(server: Server, tmp_path: Path) -> None:
    write_store(tmp_path / "store", {A: some("a"), B: some("b")})
    write_store(tmp_path / "less", {A: some("a")})
    publish(server.endpoint, store=tmp_path / "store", graph_store=server.graph_store)
    publish(server.endpoint, store=tmp_path / "less", graph_store=server.graph_store)
    write_store(tmp_path / "empty", {A: some("other", 1)})
    publish(server.endpoint, store=tmp_path / "empty", graph_store=server.graph_store)
    done = publish(server.endpoint, store=tmp_path / "store", graph_store=server.graph_store)
    assert [(p.graph, p.status) for p in done] == [(A, "sent"), (B, "unchanged")]


@pytest.mark.parametrize("way", ["graph store", "update"])
def test_of_two_datasets_at_one_endpoint_each_brings_its_own(
    emptied: Server, tmp_path: Path, way: str
) -> None:
    """Two graphs with as many triples are told apart, whoever sent them; nobody's is removed by another."""
    write_store(tmp_path / "one", {A: some("good"), C: some(f"c by {way}")})
    write_store(tmp_path / "two", {A: some("poor"), C: some("d")})
    to = addresses(emptied, way)
    for name, status in (("one", "sent"), ("two", "sent"), ("one", "sent"), ("one", "unchanged")):
        done = publish(emptied.endpoint, store=tmp_path / name, **to)
        assert [p.status for p in done] == [status, status]
    assert texts_in(emptied, A) == {f"good {i}" for i in range(3)}
    write_store(tmp_path / "two", {A: some("poor")})
    done = publish(emptied.endpoint, store=tmp_path / "two", **to)
    assert [(p.graph, p.status) for p in done] == [(A, "sent"), (C, "left")]
    assert texts_in(emptied, C) == {f"c by {way} {i}" for i in range(3)}


@pytest.mark.parametrize("way", ["graph store", "update"])
@pytest.mark.parametrize("first", ["one", "two"])
def test_a_graph_of_two_datasets_stays_until_the_last_has_withdrawn_it(
    emptied: Server, tmp_path: Path, way: str, first: str
) -> None:
    """Whoever sent it: the other one found it there, unchanged."""
    to, shared = addresses(emptied, way), some(f"shared by {way}")
    write_store(tmp_path / "one", {A: some("a"), C: shared})
    write_store(tmp_path / "two", {B: some("b"), C: shared})
    for name in ("one", "two", "one"):
        publish(emptied.endpoint, store=tmp_path / name, **to)
    own = {"one": {A: some("a")}, "two": {B: some("b")}}
    last = "two" if first == "one" else "one"
    for name, status, there in ((first, "left", 3), (first, "left", 3), (last, "removed", 0)):
        write_store(tmp_path / name, own[name])
        done = {p.graph: p.status for p in publish(emptied.endpoint, store=tmp_path / name, **to)}
        assert (done[C], count(emptied.endpoint, C)) == (status, there)
    assert [count(emptied.endpoint, graph) for graph in (A, B)] == [3, 3]


@pytest.mark.parametrize("way", ["graph store", "update"])
def test_a_publication_that_was_broken_off_leaves_nothing_that_is_taken_for_another(
    emptied: Server, tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A correction arrives, the answer does not, and the correction is taken back: the old text is sent
    again.
    A report that is withdrawn behind such an end is removed there."""
    to = addresses(emptied, way)
    write_store(tmp_path / "store", {A: some("good")})
    publish(emptied.endpoint, store=tmp_path / "store", **to)

    for cut, graphs in ((A, {A: some("poor")}), (B, {A: some("good"), B: some("new")})):

        def check(endpoint: str, graph: str, sent: int, cut: str = cut) -> None:
            if graph == cut:
                raise CannotRead("the line is cut")

        write_store(tmp_path / "store", graphs)
        with monkeypatch.context() as patched, pytest.raises(CannotRead, match="cut"):
            patched.setattr(publishing, "_check", check)
            publish(emptied.endpoint, store=tmp_path / "store", **to)
    write_store(tmp_path / "store", {A: some("good")})
    done = publish(emptied.endpoint, store=tmp_path / "store", **to)
    assert [(p.graph, p.status) for p in done] == [(A, "unchanged"), (B, "removed")]
    assert texts_in(emptied, A) == {f"good {i}" for i in range(3)}
    assert count(emptied.endpoint, B) == 0


@pytest.mark.parametrize("way", ["graph store", "update"])
def test_a_publication_that_is_broken_off_at_any_request_is_made_good_by_the_next(
    emptied: Server, tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One report is corrected, one withdrawn; the request is lost, or its answer."""
    store, to, send = tmp_path / "store", addresses(emptied, way), publishing._send
    for cut, arrives in product(range(100), (False, True)):
        write_store(store, {A: some("good"), B: some("withdrawn")})
        publish(emptied.endpoint, store=store, **to)
        write_store(store, {A: some("corrected")})
        left = cut

        def lost(*request: Any, arrives: bool = arrives) -> None:
            nonlocal left
            left -= 1
            if left >= 0 or arrives:
                send(*request)
            if left < 0:
                raise CannotRead("the line is cut")

        with monkeypatch.context() as patched:
            patched.setattr(publishing, "_send", lost)
            with suppress(CannotRead):
                publish(emptied.endpoint, store=store, **to)
                break
        publish(emptied.endpoint, store=store, **to)
        assert (texts_in(emptied, A), count(emptied.endpoint, B)) == (
            {f"corrected {i}" for i in range(3)}, 0
        ), (cut, arrives)  # fmt: skip
    assert cut > 3
    assert [p.status for p in publish(emptied.endpoint, store=store, **to)] == ["unchanged"]


@pytest.mark.parametrize("how", ["restored from a copy", "made anew"])
def test_what_was_withdrawn_behind_lost_notes_is_told_as_left_until_it_is_dropped_there(
    emptied: Server, tmp_path: Path, how: str
) -> None:
    """The notes of what was sent are those of one copy: it may be a report that is still read there."""
    store = tmp_path / "store"
    write_store(store, {A: some("good"), B: some("withdrawn")})
    publish(emptied.endpoint, store=store, graph_store=emptied.graph_store)
    # The first stays until the end: a file system may give the inode of what is gone to what is new.
    store.rename(tmp_path / "first")
    if how == "restored from a copy":
        shutil.copytree(tmp_path / "first", store)
    write_store(store, {A: some("good")})
    for _ in range(2):
        done = publish(emptied.endpoint, store=store, graph_store=emptied.graph_store)
        assert [(p.graph, p.status) for p in done] == [(A, "unchanged"), (B, "left")]
        assert count(emptied.endpoint, B) == 3


@pytest.mark.parametrize("way", ["graph store", "update"])
def test_two_publications_at_once_are_told_and_the_next_one_brings_its_own(
    emptied: Server, tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_store(tmp_path / "one", {A: some("good")})
    write_store(tmp_path / "two", {A: some("poor")})
    to = addresses(emptied, way)
    send_graph = publishing._send_graph

    def send_and_wait(*arguments: Any) -> None:
        send_graph(*arguments)
        with monkeypatch.context() as patched:
            patched.setattr(publishing, "_send_graph", send_graph)
            with suppress(CannotRead):
                publish(emptied.endpoint, store=tmp_path / "two", **to)

    with monkeypatch.context() as patched, pytest.raises(CannotRead, match="others have published"):
        patched.setattr(publishing, "_send_graph", send_and_wait)
        publish(emptied.endpoint, store=tmp_path / "one", **to)
    assert [p.status for p in publish(emptied.endpoint, store=tmp_path / "one", **to)] == ["sent"]
    assert texts_in(emptied, A) == {f"good {i}" for i in range(3)}


def texts_in(server: Server, graph: str) -> set[str]:
    rows = query(f"SELECT ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", endpoint=server.endpoint).rows
    return {str(text) for (text,) in rows}


def test_every_graph_of_the_dataset_arrives(loaded: Server, built: Any) -> None:
    store = open_store(built.store)
    for graph in graphs_of(store):
        here = sum(1 for _ in store.quads_for_pattern(None, None, None, ox.NamedNode(graph)))
        assert count(loaded.endpoint, graph) == here


# --- asking ------------------------------------------------------------------------------------------


def plain(rows: Any) -> Counter[tuple[object, ...]]:
    """Rows in any order, numbers by their value: stores differ in how they write 1.50."""
    return Counter(tuple(_plain(value) for value in row) for row in rows)


def _plain(value: object) -> object:
    exact = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return Decimal(value).normalize() if exact else value  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [saved.name for saved in saved_queries()])
def test_a_saved_query_gives_the_same_rows_there_as_here(loaded: Server, built: Any, name: str) -> None:
    there = query(name, endpoint=loaded.endpoint)
    here = query(name, store=built.store)
    assert there.columns == here.columns
    assert plain(there.rows) == plain(here.rows)


@pytest.mark.parametrize("path", sorted((TESTS / "asking" / "competency").glob("*.rq")), ids=lambda p: p.stem)
def test_a_competency_question_has_the_same_answer_there_as_here(
    loaded: Server, built: Any, path: Path
) -> None:
    there, here = query(path, endpoint=loaded.endpoint), query(path, store=built.store)
    assert there.columns == here.columns
    assert plain(there.rows) == plain(here.rows)


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("grades", {"force": "West Midlands Police"}),
        ("evidence", {"topic": "domestic abuse"}),
        ("entity-findings", {"entity": "MARAC"}),
        ("figures", {"report": "west-midlands-peel-2023-25", "unit": "percent"}),
    ],
)
def test_parameters_mean_the_same_there_as_here(
    loaded: Server, built: Any, name: str, params: dict[str, str]
) -> None:
    there = query(name, endpoint=loaded.endpoint, params=params)
    assert plain(there.rows) == plain(query(name, store=built.store, params=params).rows)
    assert there


@pytest.mark.parametrize("entity", ["MARAC", "West Midlands Police", "Investigating crime"])
def test_a_neighbourhood_is_the_same_there_as_here(loaded: Server, built: Any, entity: str) -> None:
    there = neighbourhood(entity, endpoint=loaded.endpoint)
    assert to_json(there) == to_json(neighbourhood(entity, store=built.store))


def test_the_dataset_that_is_read_back_is_the_one_that_was_sent(loaded: Server, built: Any) -> None:
    report = "west-midlands-peel-2023-25"
    back = export_dataset(report, "graphml", endpoint=loaded.endpoint)
    assert back == export_dataset(report, "graphml", store=built.store)


def test_the_commands_publish_ask_and_draw(loaded: Server, built: Any, tmp_path: Path) -> None:
    store = str(built.store.resolve())
    to = ["--endpoint", loaded.endpoint, "--graph-store", loaded.graph_store]
    published = kg("publish", *to, "--store", store, **loaded.environment)
    assert published.count(" unchanged\n") == len(graphs_of(open_store(built.store)))
    there = kg("query", "grades", "--format", "csv", "--endpoint", loaded.endpoint)
    assert there == kg("query", "grades", "--format", "csv", "--store", store)
    tree = kg("neighbourhood", "MARAC", "--endpoint", loaded.endpoint)
    assert tree == kg("neighbourhood", "MARAC", "--store", store)


def kg(*arguments: str, **environment: str) -> str:
    """What the command prints."""
    command = [sys.executable, "-m", "kg", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | environment)
    return done.stdout


# --- when things go wrong ----------------------------------------------------------------------------


class Careless(BaseHTTPRequestHandler):
    """Takes every update and loses it; refuses what is for /closed."""

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        counts = b"COUNT" in asked
        answer = {
            "head": {"vars": ["n"] if counts else ["graph", "said", "value"]},
            "results": {"bindings": [{"n": {"type": "literal", "value": "0"}}] if counts else []},
        }
        self._answer(403 if self.path == "/closed" else 200, json.dumps(answer).encode())

    do_PUT = do_POST

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


class Digesting(Careless):
    """Wants Digest authentication, and says so only to who sends none; notes what it accepted."""

    accepted: ClassVar[list[tuple[str, int]]] = []

    def do_POST(self) -> None:
        if not self._refused():
            self.accepted.append((self.path, int(self.headers["Content-Length"])))
            super().do_POST()

    do_PUT = do_POST

    def do_HEAD(self) -> None:
        self._refused()

    def _refused(self) -> bool:
        login = self.headers.get("Authorization", "")
        if login.startswith('Digest username="me"') or self.path == "/query":
            return False
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(401)
        if not login:
            self.send_header(
                "WWW-Authenticate", 'Digest realm="here", nonce="1", qop="auth", algorithm="MD5"'
            )
        self.send_header("Content-Length", "0")
        self.end_headers()
        return True


@pytest.mark.parametrize("number", [3, 1000])
def test_digest_authentication_is_given_where_it_is_wanted(
    tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_USER", "me")
    monkeypatch.setenv("KG_PASSWORD", "secret")
    write_store(tmp_path / "store", {A: some("a", number)})
    Digesting.accepted.clear()
    with served(Digesting) as address, pytest.raises(CannotRead, match="has 0 triples there"):
        publish(f"{address}/query", store=tmp_path / "store", graph_store=f"{address}/graphs")
    assert [path.partition("?")[0] for path, _ in Digesting.accepted] == [
        "/query",
        "/graphs",
        "/graphs",
        "/query",
    ]


@pytest.fixture(scope="module")
def careless() -> Iterator[str]:
    with served(Careless) as address:
        yield address


@contextmanager
def served(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("way", ["graph_store", "update"])
def test_a_store_that_loses_triples_is_reported_and_tried_again(
    careless: str, tmp_path: Path, way: str
) -> None:
    write_store(tmp_path / "store", {A: some("a")})
    for _ in range(2):
        with pytest.raises(CannotRead, match="has 0 triples there, 3 were sent"):
            publish(f"{careless}/query", store=tmp_path / "store", **{way: f"{careless}/write"})


def test_a_refusal_is_reported(careless: str, tmp_path: Path) -> None:
    write_store(tmp_path / "store", {A: some("a")})
    with pytest.raises(CannotRead, match="403"):
        publish(f"{careless}/query", store=tmp_path / "store", update=f"{careless}/closed")


def test_a_journal_that_is_damaged_only_means_more_work(careless: str, tmp_path: Path) -> None:
    write_store(tmp_path / "store", {})
    (tmp_path / "store" / JOURNAL).write_text("{")
    assert publish(f"{careless}/query", store=tmp_path / "store") == []


def test_a_journal_of_another_copy_removes_nothing(careless: str, tmp_path: Path) -> None:
    """Which graphs somebody else has sent where is no reason to remove them there."""
    write_store(tmp_path / "store", {})
    listed = {f"{careless}/query": {"https://data.example/graph-of-somebody": "0"}}
    for noted in (
        listed,
        {"copy": 1, "arrived": listed},
        {"copy": None, "arrived": listed},
        [1],
        {"copy": []},
    ):
        (tmp_path / "store" / JOURNAL).write_text(json.dumps(noted))
        assert publish(f"{careless}/query", store=tmp_path / "store") == []
        without_lock = tmp_path / "without-lock"
        shutil.copytree(tmp_path / "store", without_lock)
        (without_lock / "lock").unlink()
        assert publish(f"{careless}/query", store=without_lock) == []
        shutil.rmtree(without_lock)
