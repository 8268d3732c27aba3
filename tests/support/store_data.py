"""A graph to store."""

from __future__ import annotations

import pyoxigraph as ox

from kg.model.vocab import BASE, KG

GRAPH = BASE + "graph/one"


def triples(count: int, word: str = "x") -> list[ox.Triple]:
    return [
        ox.Triple(ox.NamedNode(f"{BASE}report/one/{word}-{n}"), ox.NamedNode(KG.label), ox.Literal(word))
        for n in range(count)
    ]
