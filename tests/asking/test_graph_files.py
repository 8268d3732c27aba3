"""The neighbourhood for other tools, read back by networkx, and the tree in the terminal."""

from __future__ import annotations

import json
from io import BytesIO

import networkx as nx
import pyoxigraph as ox
import pytest
from samples import TESTS

from kg.asking.network import Neighbourhood, neighbourhood
from kg.asking.network.graph_files import to_gexf, to_graphml, to_json, to_tree
from kg.asking.tables import display_width

FIXTURE = TESTS / "data" / "neighbourhood.ttl"
LANTERN = "https://kg.example/id/operation/northmoor--lantern"


@pytest.fixture(scope="module")
def graph() -> Neighbourhood:
    store = ox.Store()
    store.load(path=str(FIXTURE), format=ox.RdfFormat.TURTLE)
    return neighbourhood("Operation Lantern", store=store)


def labels(graph: nx.MultiDiGraph) -> dict[str, str]:
    return {node: data["label"] for node, data in graph.nodes(data=True)}


def edges(graph: nx.MultiDiGraph) -> list[tuple[str, str, str]]:
    return sorted((s, t, data["predicate"]) for s, t, data in graph.edges(data=True))


def test_json_comes_back_whole(graph: Neighbourhood) -> None:
    back = nx.node_link_graph(json.loads(to_json(graph)), edges="edges")
    assert list(back.nodes(data=True)) == list(graph.nodes(data=True))
    assert edges(back) == edges(graph)


def test_graphml_comes_back_with_labels_types_and_edges(graph: Neighbourhood) -> None:
    back = nx.read_graphml(BytesIO(to_graphml(graph).encode()))
    assert labels(back) == labels(graph)
    assert edges(back) == edges(graph)
    assert back.nodes[LANTERN]["type"] == "operation"
    assert back.nodes[LANTERN]["of"] == graph.nodes[LANTERN]["of"]
    assert "in findings: 1 of 1" in back.nodes[LANTERN]["branches"]


def test_gexf_comes_back_with_colours_and_places(graph: Neighbourhood) -> None:
    back = nx.read_gexf(BytesIO(to_gexf(graph).encode()))
    assert labels(back) == labels(graph)
    assert edges(back) == edges(graph)
    viz = back.nodes[LANTERN]["viz"]
    assert viz["color"] == {"r": 8, "g": 86, "b": 130, "a": 1.0}
    assert viz["position"]["x"] > 0


def test_gexf_has_no_date(graph: Neighbourhood) -> None:
    assert "lastmodified" not in to_gexf(graph)


def test_hostile_words_come_back_as_they_were() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", label="<b>&amp;\"'", type="finding", colour="#123456")
    for text, read in ((to_graphml(graph), nx.read_graphml), (to_gexf(graph), nx.read_gexf)):
        assert read(BytesIO(text.encode())).nodes["a"]["label"] == "<b>&amp;\"'"


# --- the tree --------------------------------------------------------------------------------------------


def test_the_tree_reads_as_the_picture(graph: Neighbourhood) -> None:
    lines = to_tree(graph).splitlines()
    assert lines[0] == "Operation Lantern (operation)"
    assert "├─ belongs to:" in lines
    assert "│  └─ Northmoor Police (force)" in lines
    assert any(line.endswith("in the findings:") for line in lines)


@pytest.mark.parametrize("width", [40, 60, 120])
def test_the_tree_keeps_to_the_width(graph: Neighbourhood, width: int) -> None:
    assert max(display_width(line) for line in to_tree(graph, width).splitlines()) <= width


def test_the_tree_says_what_is_hidden(graph: Neighbourhood) -> None:
    copy = nx.MultiDiGraph(graph)
    copy.nodes[LANTERN]["branches"] = [{"heading": "belongs to", "shown": 1, "of": 5}]
    assert "belongs to · 1 of 5 shown:" in to_tree(copy)
