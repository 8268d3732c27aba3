"""Libraries that people read linked data and tables with read what they are given."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

import kg
from kg.dataset.build import BuildResult
from kg.graph.writing import write_graph

EXPORTS = Path(__file__).parents[2] / "exports"


def test_a_json_ld_processor_reads_every_triple() -> None:
    pyld = pytest.importorskip("pyld")
    import json

    quads = list(ox.parse(path=str(EXPORTS / "dataset.ttl"), format=ox.RdfFormat.TURTLE))
    document = json.loads(write_graph(quads, "jsonld"))
    found = pyld.jsonld.to_rdf(document)["@default"]
    assert len(found) == len(set(quads))


def test_csvw_reads_every_table_with_its_types(built: BuildResult, tmp_path: Path) -> None:
    csvw = pytest.importorskip("csvw")
    kg.export(format="csv", output=tmp_path / "tables", store=built.store)
    group = csvw.TableGroup.from_file(tmp_path / "tables" / "csv-metadata.json")
    rows = {str(table.url): list(table) for table in group.tables}
    assert len(rows["grades.csv"]) == 8 and isinstance(rows["grades.csv"][0]["start"], int)
    group.check_referential_integrity()


def test_pandas_gets_a_frame(built: BuildResult) -> None:
    pytest.importorskip("pandas")
    frame = kg.query("figures", store=built.store).to_pandas()
    assert len(frame) == 92 and {"value", "unit"} <= set(frame.columns)


def test_networkx_gets_a_network_that_hangs_together(built: BuildResult) -> None:
    network = nx.read_graphml(BytesIO(kg.export(format="graphml", store=built.store)))
    assert len(network) > 500
    assert [node for node in network if network.degree(node) == 0] == []
