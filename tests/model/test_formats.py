"""The table of formats is the only place that knows a format."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.asking.results import Results, write
from kg.dataset.exporting import export_formats
from kg.graph.writing import write_graph
from kg.model import formats
from kg.model.formats import FORMATS, Format, format_named


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: f"{row.kind}-{row.name}")
def test_every_format_has_a_writer(row: Format) -> None:
    assert callable(row.writer)


def test_a_row_and_a_function_are_all_that_a_format_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = replace(
        format_named("nquads", "graph"), name="plain", extension=".plain",
        entry_point=f"{__name__}:as_plain", others=(),
    )  # fmt: skip
    rows = replace(graph, kind="results", entry_point=f"{__name__}:as_count")
    monkeypatch.setattr(formats, "FORMATS", (*FORMATS, graph, rows))
    node = ox.NamedNode("https://kg.example/a")
    assert write_graph([ox.Quad(node, node, node)], "plain") == b"1 statements"
    assert graph in export_formats()
    assert write(Results(("n",), ((node,),)), "plain") == b"1 rows"


def as_plain(statements: list[ox.Quad], prefixes: object, *, blank_nodes: bool) -> bytes:
    return b"%d statements" % len(statements)


def as_count(results: Results) -> bytes:
    return b"%d rows" % len(results)
