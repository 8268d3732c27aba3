"""The dataset on disk: whole generations, one at a time; files in memory; exports."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from samples import ROOT, TESTS
from store_data import (
    GRAPH,
    data_file,
    flip_a_byte,
    release_all,
    store_is_whole,
    store_version,
    triples,
)

from kg.asking.sparql import query
from kg.graph.rdf_files import read_files, read_quads
from kg.graph.store import (
    export,
    graphs_of,
    open_store,
    published_generation,
    verify_store,
    write_store,
    writing,
)
from kg.graph.store.folder import name_of
from kg.model.errors import CannotRead, CannotUnderstand, Unknown
from kg.model.iris import prefixes_for
from kg.model.vocab import BASE, KG, XSD
from kg.serving.protocol.dataset import union_size


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture(autouse=True)
def no_generation_is_held() -> Iterator[None]:
    yield
    release_all()


# --- writing and reading -----------------------------------------------------------------------------


def test_what_is_written_is_read(folder: Path) -> None:
    assert write_store(folder, {GRAPH: triples(3), BASE + "graph/two": triples(2)}) == 5
    opened = open_store(folder)
    assert sum(not isinstance(quad.graph_name, ox.DefaultGraph) for quad in opened) == 5
    assert graphs_of(opened) == [GRAPH, BASE + "graph/two"]
    assert verify_store(folder) == []


def test_quads_get_the_graph_that_they_are_written_to(folder: Path) -> None:
    quads = [ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode("http://a/other")) for t in triples(2)]
    write_store(folder, {GRAPH: quads})
    assert graphs_of(open_store(folder)) == [GRAPH]


def test_repeats_and_equal_numbers_count_once(folder: Path) -> None:
    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    equal = [
        ox.Triple(ox.NamedNode(BASE), ox.NamedNode(KG.value), ox.Literal(text, datatype=decimal))
        for text in ("1.5", "1.50")
    ]
    assert write_store(folder, {GRAPH: [*triples(2), *triples(2), *equal]}) == 3


def test_an_opened_store_cannot_be_written(folder: Path) -> None:
    write_store(folder, {GRAPH: triples(1)})
    with pytest.raises(RuntimeError):
        open_store(folder).add(ox.Quad(*triples(1)[0]))


def test_a_reader_keeps_its_generation_while_others_are_written(folder: Path) -> None:
    write_store(folder, {GRAPH: triples(3)})
    opened = open_store(folder)
    for count in (4, 5, 6):
        write_store(folder, {GRAPH: triples(count)})
    assert union_size(opened) == 3
    assert union_size(open_store(folder)) == 6
    kept = sorted(path.name for path in folder.glob("generation-*"))
    assert kept == ["generation-000001", "generation-000004"]
    release_all()
    write_store(folder, {GRAPH: triples(7)})
    assert [path.name for path in folder.glob("generation-*")] == ["generation-000005"]


def test_a_generation_that_was_named_is_the_one_that_is_opened(folder: Path) -> None:
    write_store(folder, {GRAPH: triples(3)})
    name = published_generation(folder)
    write_store(folder, {GRAPH: triples(4)})
    assert union_size(open_store(folder, name)) == 3
    assert union_size(open_store(folder)) == 4
    release_all()
    write_store(folder, {GRAPH: triples(5)})
    with pytest.raises(CannotRead, match=r"generation-\d+ is not there any more"):
        open_store(folder, name)


def test_a_store_that_was_made_anew_is_another_though_its_generation_has_the_same_name(folder: Path) -> None:
    write_store(folder, {GRAPH: triples(3)})
    first = published_generation(folder)
    shutil.rmtree(folder)
    write_store(folder, {GRAPH: triples(4)})
    second = published_generation(folder)
    assert name_of(str(first)) == name_of(str(second)) and first != second
    with pytest.raises(CannotRead, match="open the dataset again"):
        open_store(folder, first)
    assert union_size(open_store(folder, second)) == 4
    write_store(folder, {GRAPH: triples(5)})
    assert union_size(open_store(folder, second)) == 4  # it is held, not the one that was removed


def test_the_version_changes_with_each_write(folder: Path) -> None:
    write_store(folder, {GRAPH: triples(1)})
    first = store_version(folder)
    write_store(folder, {GRAPH: triples(1)})
    assert store_version(folder) != first


def test_a_plain_oxigraph_folder_can_be_opened(tmp_path: Path) -> None:
    plain = ox.Store(str(tmp_path / "plain"))
    plain.extend([ox.Quad(*triples(1)[0])])
    plain.flush()
    del plain
    assert len(open_store(tmp_path / "plain")) == 1


# --- what goes wrong ---------------------------------------------------------------------------------


def test_a_folder_without_a_dataset_says_what_to_do(tmp_path: Path) -> None:
    for missing in (tmp_path, tmp_path / "none"):
        with pytest.raises(CannotRead, match="no dataset here; make one with: kg build"):
            open_store(missing)
    assert not store_is_whole(tmp_path)


def test_a_folder_with_other_things_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")
    with pytest.raises(CannotRead, match=r"not a dataset folder, it has 'letter\.txt'"):
        write_store(tmp_path, {GRAPH: triples(1)})
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_second_writer_is_refused(folder: Path) -> None:
    class Slow(list):
        """Statements during whose writing somebody else wants to write."""

        def __iter__(self):
            with pytest.raises(CannotRead, match="another build is writing here"):
                write_store(folder, {GRAPH: triples(2)})
            return super().__iter__()

    write_store(folder, {GRAPH: Slow(triples(1))})
    assert union_size(open_store(folder)) == 1


def test_a_full_disk_is_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 1 << 20})
    monkeypatch.setattr(writing.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(CannotRead, match=r"needs \d+\.\d MB of free disk, has 1\.\d MB"):
        write_store(folder, {GRAPH: triples(5000)})


@pytest.mark.parametrize(
    ("call", "nth"), [("fsync", 1), ("fsync", 2), ("fsync", 7), ("fsync", 12), ("replace", 1)]
)
def test_a_write_that_fails_leaves_the_dataset_before(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str, nth: int
) -> None:
    write_store(folder, {GRAPH: triples(3)})
    real: Callable[..., None] = getattr(os, call)
    left = [nth]

    def failing(*arguments: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(28, "No space left on device")
        real(*arguments)

    monkeypatch.setattr(os, call, failing)
    with pytest.raises(CannotRead, match="No space left"):
        write_store(folder, {GRAPH: triples(4)})
    monkeypatch.undo()
    assert verify_store(folder) == []
    assert union_size(open_store(folder)) == 3
    assert write_store(folder, {GRAPH: triples(5)}) == 5


def test_a_flipped_byte_is_found(folder: Path) -> None:
    write_store(folder, {GRAPH: triples(300)})
    path = data_file(folder)
    flip_a_byte(path)
    assert verify_store(folder) == [f"generation-000001/store/{path.name}: changed since it was written"]
    assert not store_is_whole(folder)


def test_a_missing_file_is_found_and_opening_is_one_line(folder: Path) -> None:
    write_store(folder, {GRAPH: triples(3)})
    data_file(folder).unlink()
    assert "missing" in verify_store(folder)[0]
    with pytest.raises(CannotRead, match="damaged"):
        open_store(folder)


WRITER = """
import sys
sys.path[:0] = {path!r}
from store_data import GRAPH, triples
from kg.graph.store import write_store
for number in range(1, 1000):
    write_store({folder!r}, {{GRAPH: triples(300, f"g{{number}}")}})
    print(number, flush=True)
"""


def test_a_build_that_is_killed_leaves_a_whole_dataset(folder: Path) -> None:
    write_store(folder, {GRAPH: triples(300, "g0")})
    root = str(ROOT)
    code = WRITER.format(path=[root, str(TESTS / "support")], folder=str(folder))
    for kill in range(6):
        writer = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None and writer.stdout.readline() == "1\n"
        time.sleep(0.013 * kill)
        writer.send_signal(signal.SIGKILL)
        acknowledged = [1, *map(int, writer.stdout.read().split())][-1]
        writer.wait()
        writer.stdout.close()
        assert verify_store(folder) == []
        words = {quad.object.value for quad in open_store(folder)}
        assert len(words) == 1 and union_size(open_store(folder)) == 300
        assert int(words.pop()[1:]) in (acknowledged, acknowledged + 1)


# --- files -------------------------------------------------------------------------------------------


def test_a_blank_node_of_one_file_is_none_of_another(tmp_path: Path) -> None:
    for name in ("one.ttl", "two.ttl"):
        (tmp_path / name).write_text("_:a <http://a/p> 01 .")
    (_, [one]), (_, [two]) = read_files([tmp_path / "one.ttl", tmp_path / "two.ttl"])
    assert one.subject == ox.BlankNode("a") != two.subject
    assert one.object == two.object == ox.Literal("01", datatype=ox.NamedNode(XSD.integer))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bad.ttl", b"<http://a/s> <http://a/p> .\n"),
        ("bad.nt", b"nothing"),
        ("latin.ttl", b'<http://a/s> <http://a/p> "caf\xe9" .'),
        ("far.jsonld", b'{"@context": "http://127.0.0.1:9/context", "@id": "http://a/s"}'),
        ("bad.rdf", b"<not closed"),
        ("entity.rdf", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'),
    ],
)
def test_a_file_that_is_not_rdf_names_itself(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CannotUnderstand, match=f"{name}: not valid") as caught:
        read_quads(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_names_itself(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match=r"none\.ttl: No such file"):
        read_quads(tmp_path / "none.ttl")


def test_a_file_of_an_unknown_kind_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(Unknown, match=r"x\.doc"):
        read_quads(tmp_path / "x.doc")


# --- exports -----------------------------------------------------------------------------------------


def test_an_export_gives_one_graph_or_all(folder: Path) -> None:
    write_store(folder, {GRAPH: triples(1), BASE + "graph/two": triples(1, "y")})
    opened = open_store(folder)
    assert b"r:x-0 kg:label" in export(opened, "turtle", GRAPH)
    assert b"r-one:y-0" not in export(opened, "trig", GRAPH)
    assert export(opened, "nquads").count(b"\n") == 2
    assert b"graph:two {" in export(opened, "trig")


def test_an_export_of_a_graph_that_is_not_there_proposes_another(folder: Path) -> None:
    write_store(folder, {GRAPH: triples(1)})
    with pytest.raises(Unknown, match="did you mean"):
        export(open_store(folder), "turtle", GRAPH[:-1])


def test_an_export_after_the_store_has_the_bytes_from_before(folder: Path) -> None:
    write_store(folder, {GRAPH: triples(9)})
    from kg.graph.writing.turtle import to_turtle

    assert export(open_store(folder), "turtle", GRAPH) == to_turtle(triples(9), prefixes_for([GRAPH]))


def test_prefixes_are_r_for_one_report_and_ids_for_several() -> None:
    assert prefixes_for([GRAPH], {}) == {"r": BASE + "report/one/"}
    assert sorted(prefixes_for([GRAPH, BASE + "graph/two"], {})) == ["r-one", "r-two"]


def test_a_triple_of_two_graphs_is_counted_once(folder: Path) -> None:
    write_store(folder, {GRAPH: triples(3), BASE + "graph/two": triples(2)})
    answer = query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", store=folder)
    assert answer.rows == [(3,)]


def test_an_export_of_quads_has_only_the_named_graphs(folder: Path) -> None:
    write_store(folder, {GRAPH: triples(3)})
    assert export(open_store(folder), "nquads").count(b"\n") == 3
