"""Graphs to store, and a look at what was stored."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox

from kg.graph.rdf_files import read_quads
from kg.graph.store import folder as store_folder
from kg.graph.store import release_generations, verify_store
from kg.model.errors import CannotRead
from kg.model.vocab import BASE, KG

GRAPH = BASE + "graph/one"


def triples(count: int, word: str = "x") -> list[ox.Triple]:
    return [
        ox.Triple(ox.NamedNode(f"{BASE}report/one/{word}-{n}"), ox.NamedNode(KG.label), ox.Literal(word))
        for n in range(count)
    ]


def store_version(folder: Path) -> str:
    """The name of the published generation."""
    return str(json.loads((folder / "current.json").read_bytes())["generation"])


def store_is_whole(folder: Path) -> bool:
    try:
        return not verify_store(folder)
    except CannotRead:
        return False


def load_turtle(path: Path) -> list[ox.Triple]:
    return [quad.triple for quad in read_quads(path)]


def release_all() -> None:
    """Lets go of all generations that this process holds."""
    for folder in {path.parent for path in store_folder._held}:
        release_generations(folder)


def data_file(folder: Path) -> Path:
    """The biggest file of the published store."""
    files = (folder / store_version(folder) / "store").glob("*.sst")
    return max(files, key=lambda path: path.stat().st_size)


def flip_a_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
