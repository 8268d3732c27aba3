"""The picture as SVG and PNG: everything said in words, everything escaped, the same bytes every time."""

from __future__ import annotations

import re
import sys
from copy import deepcopy
from itertools import combinations
from xml.etree import ElementTree

import networkx as nx
import pyoxigraph as ox
import pytest
from samples import TESTS

from kg.asking.network import Neighbourhood, neighbourhood
from kg.asking.network.drawing import FONTS, to_png, to_svg
from kg.asking.network.graph_files import render
from kg.asking.network.layout import positions
from kg.asking.network.outlines import SHAPES
from kg.asking.network.text_metrics import text_width
from kg.asking.things.kinds import GRADE_COLOURS, KINDS, TONES
from kg.model.errors import MissingExtra, Unknown

FIXTURE = TESTS / "data" / "neighbourhood.ttl"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def graph() -> Neighbourhood:
    store = ox.Store()
    store.load(path=str(FIXTURE), format=ox.RdfFormat.TURTLE)
    return neighbourhood("Investigating crime", store=store)


@pytest.fixture(scope="module")
def picture(graph: Neighbourhood) -> ElementTree.Element:
    return ElementTree.fromstring(to_svg(graph))


def words(element: ElementTree.Element) -> str:
    return " ".join(" ".join(text.itertext()) for text in element.iter(SVG + "text"))


def nodes(picture: ElementTree.Element) -> dict[str, ElementTree.Element]:
    return {g.attrib["data-id"]: g for g in picture.iter(SVG + "g") if g.get("class") == "node"}


def test_the_picture_has_a_title_and_says_how_much_is_shown(picture: ElementTree.Element) -> None:
    assert "Investigating crime" in words(picture)
    assert "things shown" in words(picture)


def test_every_node_is_a_box_with_its_kind_and_a_tooltip(
    graph: Neighbourhood, picture: ElementTree.Element
) -> None:
    boxes = nodes(picture)
    assert set(boxes) == set(graph)
    for node, data in graph.nodes(data=True):
        assert data["type"] in words(boxes[node])
        assert data["text"] in (boxes[node].findtext(SVG + "title") or "")


def test_a_tooltip_says_where_the_words_stand(picture: ElementTree.Element) -> None:
    box = nodes(picture)["https://kg.example/report/northmoor/finding-slow"]
    assert "PEEL: Northmoor Police, characters 160 to 214" in (box.findtext(SVG + "title") or "")


def test_panels_say_how_things_are_linked(picture: ElementTree.Element) -> None:
    headings = {words(g) for g in picture.iter(SVG + "g") if g.get("class") == "panel"}
    assert {"judged", "raises concern", "shortcomings", "strengths", "so it needs to"} <= headings


def test_a_panel_that_hides_something_says_so(graph: Neighbourhood) -> None:
    less = deepcopy(graph)
    for branch in less.nodes[graph.graph["root"]]["branches"]:
        branch["of"] = 63
    assert "judged · 2 of 63 shown" in to_svg(less)


def test_a_telling_relation_across_panels_is_drawn_and_named_in_the_legend() -> None:
    graph = nx.MultiDiGraph(root="r")
    graph.add_node("r", label="Middle", type="area")
    for node in "abcd":
        graph.add_node(node, label=node, type="finding", parent="r", branch=f"to {node}")
    graph.add_edge("a", "b", label="bears on", predicate="kg:relatedConcern")
    graph.add_edge("a", "b", label="mentions", predicate="kg:mentions")
    picture = ElementTree.fromstring(to_svg(graph))
    edges = [g for g in picture.iter(SVG + "g") if g.get("class") == "edge"]
    assert [g.findtext(SVG + "title") for g in edges] == ["bears on"]
    assert "bears on" in words(next(g for g in picture.iter(SVG + "g") if g.get("class") == "legend"))


def test_hostile_words_stay_words() -> None:
    graph = nx.MultiDiGraph()
    evil = '</svg><script>alert("1")</script>&\'"'
    graph.add_node(evil, label=evil, text=evil, type="finding", note=evil)
    graph.add_edge(evil, "b", label=evil)
    picture = ElementTree.fromstring(to_svg(graph))
    assert not list(picture.iter(SVG + "script"))
    assert evil in nodes(picture)


def test_control_characters_do_not_break_the_picture() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", label="one\x00two\x0bthree\ufffe", type="finding")
    assert ElementTree.fromstring(to_svg(graph)) is not None


def test_any_layout_of_networkx_will_do() -> None:
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b", label="mentions")
    picture = ElementTree.fromstring(to_svg(graph, {"a": (0, 0), "b": (600, 300)}))
    assert "mentions" in words(picture)


def test_an_empty_graph_is_an_empty_picture() -> None:
    assert ElementTree.fromstring(to_svg(nx.MultiDiGraph())) is not None


def test_no_line_of_text_leaves_its_box(graph: Neighbourhood, picture: ElementTree.Element) -> None:
    places = positions(graph)
    for node, box in nodes(picture).items():
        edge = places[node][0] + (116 if node == graph.graph["root"] else 109)
        for line in box.iter(SVG + "text"):
            size, bold = float(line.attrib["font-size"]), bool(line.get("font-weight"))
            width = text_width(line.text or "", size, bold)
            assert float(line.attrib["x"]) + width < edge


def test_the_legend_names_every_look(graph: Neighbourhood, picture: ElementTree.Element) -> None:
    legend = words(next(g for g in picture.iter(SVG + "g") if g.get("class") == "legend"))
    assert all(data["type"] in legend for _, data in graph.nodes(data=True))
    assert "judgement: inadequate" in legend and "finding: shortcoming" in legend


def test_the_picture_asks_for_nothing(graph: Neighbourhood) -> None:
    svg = to_svg(graph)
    assert not re.search(r"href|url\(|@import|<style|<script|<image|style=", svg)
    assert "sans-serif" in FONTS


def test_a_notebook_shows_the_picture(graph: Neighbourhood) -> None:
    assert graph._repr_svg_() == to_svg(graph)


# --- looks -----------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


LOOKS = [
    *((kind.fill, kind.edge) for kind in KINDS.values()),
    *GRADE_COLOURS.values(),
    *((fill, edge) for _, _, fill, edge in TONES.values()),
]


@pytest.mark.parametrize(("fill", "edge"), LOOKS)
def test_words_can_be_read_on_their_fill(fill: str, edge: str) -> None:
    assert contrast(fill, edge) >= 4.5
    assert contrast(fill, "#1c2230") >= 7


def test_every_kind_has_an_outline() -> None:
    assert {kind.shape for kind in KINDS.values()} <= set(SHAPES)


def test_outlines_differ() -> None:
    drawn = [outline(0, 0, 100, 50) for outline in SHAPES.values()]
    assert all(one != other for one, other in combinations(drawn, 2))


# --- PNG and files ---------------------------------------------------------------------------------------


def test_png_has_the_size_of_the_picture(graph: Neighbourhood) -> None:
    pytest.importorskip("resvg_py")
    width = float(ElementTree.fromstring(to_svg(graph)).attrib["width"])
    png = to_png(graph, zoom=1)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert abs(int.from_bytes(png[16:20]) - width) <= 1


def test_png_draws_letters(graph: Neighbourhood) -> None:
    pytest.importorskip("resvg_py")
    bare = nx.MultiDiGraph()
    bare.add_node("a", label=" ", type="thing")
    lettered = nx.MultiDiGraph()
    lettered.add_node("a", label="Letters", type="thing")
    assert to_png(bare) != to_png(lettered)


def test_png_looks_further_for_letters_that_lato_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    resvg_py = pytest.importorskip("resvg_py")
    asked: list[bool] = []
    monkeypatch.setattr(
        resvg_py, "svg_to_bytes", lambda **options: asked.append(options["skip_system_fonts"]) or b""
    )
    for label in ("“Café” – 5 ≥ 4 …", "Tŷ Llywelyn"):
        graph = nx.MultiDiGraph()
        graph.add_node("a", label=label, type="place")
        to_png(graph)
    assert asked == [True, False]


def test_png_without_its_extra_names_it(graph: Neighbourhood, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(MissingExtra, match=r"\[png\]"):
        to_png(graph)


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.svg", "<svg "), ("a.html", "<!doctype html>"), ("a.json", "{"),
        ("a.graphml", "<?xml"), ("a.gexf", "<gexf"), (None, "Investigating crime (area)"),
    ],
)  # fmt: skip
def test_the_extension_chooses_what_is_written(graph: Neighbourhood, name: str | None, start: str) -> None:
    made = render(graph, name)
    assert isinstance(made, str) and made.startswith(start)


def test_an_unknown_extension_lists_the_known(graph: Neighbourhood) -> None:
    with pytest.raises(Unknown, match=r"\.graphml"):
        render(graph, "a.bmp")
