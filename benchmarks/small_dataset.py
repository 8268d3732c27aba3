"""A few small reports that change, builds of them in processes, and what of them store and exports have.

What ``kill_loop.py``, ``two_builds.py`` and ``full_disk.py`` share; the report is that of the tests. Its
processes are forked from one that has its libraries loaded and never opens a store (an open one has threads,
and a process with threads must not fork); else all is as in the command ``kg``, which takes seconds to start.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

import pyoxigraph as ox
from samples import report_about

from kg.cli import main as kg
from kg.dataset.one_report import build_one, jobs_of
from kg.dataset.staging import Staging
from kg.graph.rdf_files import read_files
from kg.graph.store import graphs_of, open_store, verify_store
from kg.graph.store.folder import read_pointer
from kg.model.iris import graph_iri
from kg.model.vocab import BASE, KG
from kg.reading import find_reports

NAMES = {
    f"{where.lower()}-example": f"{where} Example" for where in ("Upper", "Lower", "North", "South", "Mid")
}
FORK = get_context("fork")
Reports = dict[str, int]
"""The reports of a dataset, by id, each with the figure that it states (rounded down)."""


@dataclass
class Sources:
    """A folder of reports: what is in it, and how it changes."""

    folder: Path
    reports: Reports = field(default_factory=dict)
    _value: int = 0

    def __post_init__(self) -> None:
        self.folder.mkdir()

    def write(self, id: str) -> None:
        """Writes a report with a figure that the one before did not have."""
        self._value = self.reports[id] = self._value % 89 + 1
        text = report_about(NAMES[id], self._value)
        (self.folder / f"{id}.txt").write_text(text, encoding="utf-8")

    def add(self) -> None:
        """One more report."""
        self.write(next(id for id in NAMES if id not in self.reports))

    def withdraw(self, id: str) -> None:
        """One report less."""
        del self.reports[id]
        (self.folder / f"{id}.txt").unlink()


def load_libraries(sources: Sources) -> None:
    """Loads what a build needs, so that forked processes have it."""
    found, _ = find_reports([sources.folder])
    with tempfile.TemporaryDirectory() as name:
        build_one(jobs_of(found, BASE).copies[0][0], Staging(Path(name)))


# --- processes ----------------------------------------------------------------------------------------


@dataclass
class Command:
    """A ``kg`` command in a process of its own."""

    process: BaseProcess
    _said: Any

    @classmethod
    def start(cls, *arguments: str | Path) -> Command:
        ours, theirs = FORK.Pipe()
        process = FORK.Process(target=_command, args=(theirs, list(map(str, arguments))))
        process.start()
        theirs.close()
        return cls(process, ours)

    def end(self) -> tuple[int | None, str]:
        """Waits for it; its exit status, and what it said on standard error."""
        try:
            said: str = self._said.recv()
        except EOFError:
            said = ""
        self.process.join()
        return self.process.exitcode, said


def build_arguments(
    reports: Path, folder: Path, exports: str = "exports", store: str = "store"
) -> list[str | Path]:
    """A build of these reports in a folder, as ``kg`` is told it."""
    return ["build", reports, "--exports", folder / exports, "--store", folder / store, "--jobs", "1"]


def _command(channel: Any, arguments: list[str]) -> None:
    sys.argv = ["kg", *arguments]
    status: object = 0
    with redirect_stderr(StringIO()) as said, redirect_stdout(StringIO()):
        try:
            kg()
        except SystemExit as end:
            status = end.code
        except BaseException:
            traceback.print_exc()
            status = 70
    channel.send(said.getvalue())
    channel.close()
    os._exit(status if isinstance(status, int) else 1)


def forked(look: Callable[[Path], Any], folder: Path) -> Any:
    """What a function says of a folder, in a process of its own."""
    ours, theirs = FORK.Pipe()
    process = FORK.Process(target=lambda: theirs.send(look(folder)))
    process.start()
    theirs.close()
    found = ours.recv()
    process.join()
    return found


# --- what is there ------------------------------------------------------------------------------------


def left(folder: Path) -> tuple[Reports, Reports]:
    """The reports in the store and in the exports as they lie there, without going on with anything."""
    generation = str(read_pointer(folder / "store").generation)
    return _reports(ox.Store.read_only(str(folder / "store" / generation / "store"))), _in_exports(folder)


def seen(folder: Path) -> tuple[Reports, Reports, list[str]]:
    """The reports in the store and in the exports as a command finds them, and what ``kg verify`` says."""
    return _reports(open_store(folder / "store")), _in_exports(folder), verify_store(folder / "store")


def _in_exports(folder: Path) -> Reports:
    store = ox.Store()
    for path, quads in read_files(sorted((folder / "exports").glob("*.ttl"))):
        graph = ox.NamedNode(graph_iri(path.stem))
        store.extend(ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads)
    return _reports(store)


def _reports(store: ox.Store) -> Reports:
    """The reports by their graphs, each with the value of its figure."""
    ids = {id: ox.NamedNode(graph_iri(id)) for id in NAMES}
    values = {id: store.quads_for_pattern(None, ox.NamedNode(KG.value), None, ids[id]) for id in NAMES}
    there = graphs_of(store)
    return {id: max(int(float(q.object.value)) for q in values[id]) for id in NAMES if ids[id].value in there}


def bytes_of(folder: Path) -> dict[str, bytes]:
    """The files of a folder and of those within it."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def stamps_of(folder: Path) -> dict[str, tuple[int, int, int]]:
    """The files and folders in a folder: inode, size and time of the last change, so that any touch shows."""
    found = {path.relative_to(folder).as_posix(): path.stat() for path in folder.rglob("*")}
    return {name: (each.st_ino, each.st_size, each.st_mtime_ns) for name, each in found.items()}
