"""Graphs to store, and a look at what was stored."""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph as ox

from kg.graph.rdf_files import read_quads
from kg.graph.store import verify_store
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
    return os.readlink(folder / "current")


def store_is_whole(folder: Path) -> bool:
    try:
        return not verify_store(folder)
    except CannotRead:
        return False


def load_turtle(path: Path) -> list[ox.Triple]:
    return [quad.triple for quad in read_quads(path)]
