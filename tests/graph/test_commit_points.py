"""A commit that is stopped at any operation leaves the old dataset or the new, in store and exports alike."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from dying import AFTER, BEFORE, commit
from samples import ROOT, TESTS
from store_data import release_all

from kg.graph.store import graphs_of, open_store, verify_store


@pytest.fixture(autouse=True)
def no_generation_is_held() -> Iterator[None]:
    yield
    release_all()


def in_store(folder: Path) -> dict[str, int]:
    release_all()
    store = open_store(folder / "store")
    graphs = [(iri.rpartition("/")[2], iri) for iri in graphs_of(store)]
    return {name: sum(str(q.graph_name) == f"<{iri}>" for q in store) for name, iri in graphs}


def in_exports(folder: Path) -> dict[str, int]:
    return {path.stem: int(path.read_text().strip("# ")) for path in (folder / "exports").glob("*.ttl")}


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, where the system has such: some thousand times something is made durable."""
    if not os.access("/dev/shm", os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        yield Path(folder)


@pytest.mark.parametrize("how", ["kill", "full"])
def test_every_point_of_a_commit(quick: Path, how: str) -> None:
    whole = quick / "whole"
    whole.mkdir()
    commit(whole, BEFORE)
    (whole / "exports" / "mine.ttl").write_text("# 7\n")
    foreign = {"mine": 7}
    command = [sys.executable, str(TESTS / "support" / "dying.py"), str(whole), how]
    path = f"{ROOT}:{TESTS / 'support'}"
    done = subprocess.run(command, capture_output=True, text=True, env={"PYTHONPATH": path}, check=True)
    points = int(done.stdout)
    assert points > 20
    seen = set()
    for number in range(1, points + 1):
        folder = quick / f"whole-{number}"
        found = in_store(folder)
        assert found in (BEFORE, AFTER), number
        assert in_exports(folder) == found | foreign, number
        assert verify_store(folder / "store") == [], number
        assert not list((folder / "exports").glob(".*")), number
        seen.add(found == AFTER)
        release_all()
        commit(folder, AFTER)
        assert in_store(folder) == AFTER and in_exports(folder) == AFTER | foreign
        assert verify_store(folder / "store") == []
        release_all()
    assert seen == {False, True}
