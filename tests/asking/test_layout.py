"""Where boxes stand: apart from one another, inside their panels, the same every time."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest

from kg.asking.network.layout import Positions, lettering, positions
from kg.asking.network.text_metrics import text_width, wrap


def star(leaves: int, branches: int = 3) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph(root="r")
    graph.add_node("r", label="Root", type="area")
    for i in range(leaves):
        label = "Takes too long to answer calls " * (1 + i % 3)
        graph.add_node(f"n{i}", label=label, type="finding", parent="r", branch=f"b{i % branches}")
        if i % 4 == 0:
            graph.add_node(f"m{i}", label="A need", type="need", parent=f"n{i}", branch="so it needs to")
    return graph


def boxes(graph: nx.MultiDiGraph, places: Positions) -> dict[str, tuple[float, float, float, float]]:
    found = {}
    for node, data in graph.nodes(data=True):
        letters = lettering(data, node, node == "r")
        x, y = places[node]
        found[node] = (x - letters.width / 2, y - letters.height / 2, letters.width, letters.height)
    return found


def apart(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] + a[2] <= b[0] or b[0] + b[2] <= a[0] or a[1] + a[3] <= b[1] or b[1] + b[3] <= a[1]


@pytest.mark.parametrize("leaves", [1, 2, 7, 30, 60, 150])
def test_no_two_boxes_overlap(leaves: int) -> None:
    graph = star(leaves)
    found = boxes(graph, positions(graph))
    assert all(apart(a, b) for a, b in combinations(found.values(), 2))


@pytest.mark.parametrize("leaves", [1, 7, 60])
def test_no_two_panels_overlap(leaves: int) -> None:
    frames = [(p.x, p.y, p.width, p.height) for p in positions(star(leaves)).panels]
    assert all(apart(a, b) for a, b in combinations(frames, 2))


def test_a_panel_holds_its_boxes_and_no_others() -> None:
    graph = star(40)
    places = positions(graph)
    found = boxes(graph, places)
    for panel in places.panels:
        frame = (panel.x, panel.y, panel.width, panel.height)
        inside = {node for node, box in found.items() if not apart(box, frame)}
        assert inside == set(panel.members)


def test_every_node_has_a_place_in_the_order_of_the_graph() -> None:
    graph = star(20)
    assert list(positions(graph)) == list(graph)


def test_many_leaves_make_a_picture_that_is_not_a_column() -> None:
    frames = positions(star(60, branches=6)).panels
    width = max(p.x + p.width for p in frames)
    assert width > max(p.y + p.height for p in frames) * 0.6


def test_a_graph_that_says_nothing_of_itself_is_laid_out_from_its_best_linked_node() -> None:
    graph = nx.MultiDiGraph([("a", "b"), ("a", "c"), ("c", "d")])
    graph.add_node("alone")
    places = positions(graph)
    assert set(places) == set("abcd") | {"alone"}
    assert {p.parent for p in places.panels} == {"a", "c"}


def test_an_empty_graph_has_no_places() -> None:
    assert positions(nx.MultiDiGraph()) == {}


@pytest.mark.parametrize("text", ["", "short", "Supercalifragilistic" * 4, "漢字" * 40, "a b " * 99])
def test_wrapped_lines_fit(text: str) -> None:
    lines = wrap(text, 100, 12, 4)
    assert 1 <= len(lines) <= 4
    assert all(text_width(line, 12) <= 100 for line in lines)


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert wrap("one two three four five six seven", 40, 12, 2)[-1].endswith("…")
