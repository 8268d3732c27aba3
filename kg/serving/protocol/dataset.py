"""The data that are served, in the process that asks them: where they come from (``kg.asking.sparql.dataset``
has what a query sees of them)."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.asking.search.searching import open_index
from kg.asking.sparql import load_data
from kg.asking.sparql.dataset import Dataset, dataset_of
from kg.graph.rdf_files import Files, files_identity, rdf_files
from kg.graph.store import open_store, published_generation
from kg.graph.store.writing import counts, triples
from kg.model.errors import CannotRead
from kg.model.processes import running


@dataclass(slots=True)
class Served(Dataset):
    """A dataset and where it comes from. A store on disk is opened in its ``folder`` by ``open``, in each
    worker. ``graphs`` are the named graphs with their numbers of triples, ``triples`` is the size of the
    default graph.
    """

    folder: Path | None = None
    generation: str | None = None
    """What tells these data from later ones: the generation of the folder, the identity of the files; None
    for a store without."""
    graphs: tuple[tuple[str, int], ...] = ()
    triples: int = 0
    _index: sqlite3.Connection | None = None

    def open(self) -> None:
        """Opens a store on disk, read-only; does nothing for one in memory. Raises CannotRead."""
        if self.opened is None and self.folder is not None:
            self.opened = open_store(self.folder, self.generation)

    def index(self) -> sqlite3.Connection:
        """The full-text index: that of the generation, else one made of the data at the first search."""
        if self._index is None and self.folder is not None and self.generation is not None:
            with suppress(CannotRead):  # a build of an earlier version has none
                self._index = open_index(self.folder, self.generation)
        if self._index is None:
            self._index = open_index(self.store)
        return self._index


def from_files(files: Files) -> Served:
    """The data of these files, in memory. Raises as load_data, which says what goes where."""
    files = rdf_files(files)
    identity = files_identity(files)
    return replace(_in_memory(load_data(files)), generation=identity)


def from_folder(folder: Path, in_memory: int) -> Served:
    """The data of a dataset folder: copied into memory up to so many quads, else read at each query.

    It is the generation that is published now, kept until this process ends, whatever is built meanwhile.
    The store is opened by another process, because an open one has threads, and a process with threads
    must not fork. Raises CannotRead.
    """
    generation = published_generation(folder)
    with tempfile.TemporaryDirectory(prefix="kg-serve-") as work:
        copy = Path(work) / "copy.nq"
        about = _copied(folder, generation, copy, in_memory)
        if copy.exists():
            store = ox.Store()
            store.bulk_load(path=str(copy), format=ox.RdfFormat.N_QUADS)
            return replace(_in_memory(store), folder=folder, generation=generation)
    graphs = tuple((str(name), int(size)) for name, size in about["graphs"])
    return Served(
        None,
        union=about["union"],
        folder=folder,
        generation=generation,
        graphs=graphs,
        triples=about["quads"],
    )


def _copied(folder: Path, generation: str | None, copy: Path, limit: int) -> dict[str, Any]:
    arguments = [str(folder), generation or "", str(copy), str(limit)]
    command, environment = running("kg.serving.protocol.copying", *arguments)
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or [f"{folder}: could not be opened"]
        raise CannotRead(lines[-1])
    about: dict[str, Any] = json.loads(done.stdout)
    return about


def _in_memory(store: ox.Store) -> Served:
    asked = dataset_of(store)
    served = Served(store, asked.union, asked.apart, graphs=graph_sizes(store))
    flat = served.flat  # made before the workers are forked
    served.triples = union_size(store) if flat is None else len(flat)
    return served


def graph_sizes(store: ox.Store) -> tuple[tuple[str, int], ...]:
    """The IRIs of the named graphs, sorted, with their numbers of triples."""
    names = sorted(name.value for name in store.named_graphs() if isinstance(name, ox.NamedNode))
    return tuple(counts(store, names).items())


def union_size(store: ox.Store) -> int:
    """The number of triples that a query sees: of the default graph, or of all graphs where it is empty."""
    return triples(store) or len(store)
