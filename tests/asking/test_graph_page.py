"""The interactive page: nothing outside it, everything in it, and in Chromium it works by keyboard."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from browser import in_chromium
from samples import TESTS

from kg.asking.network import Neighbourhood, neighbourhood
from kg.asking.network.graph_page import to_html

FIXTURE = TESTS / "data" / "neighbourhood.ttl"


@pytest.fixture(scope="module")
def graph() -> Neighbourhood:
    store = ox.Store()
    store.load(path=str(FIXTURE), format=ox.RdfFormat.TURTLE)
    return neighbourhood("Investigating crime", store=store)


@pytest.fixture(scope="module")
def page(graph: Neighbourhood) -> str:
    return to_html(graph)


class Elements(HTMLParser):
    """Start tags with their attributes, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_nothing_points_outside_the_page(page: str) -> None:
    links = [
        value for _, attributes in Elements(page).tags for name, value in attributes.items()
        if name in ("src", "href", "srcset", "action", "data", "xlink:href")
    ]  # fmt: skip
    assert links == ["data:,"]
    assert "@import" not in page and "url(" not in page


def test_only_the_own_script_and_style_may_run(page: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy and policy[1].startswith("default-src 'none'; ")
    for kind, content in (
        ("script", re.findall(r"<script>(.*?)</script>", page, re.DOTALL)),
        ("style", re.findall(r"<style>(.*?)</style>", page, re.DOTALL)),
    ):
        assert len(content) == 1
        digest = base64.b64encode(hashlib.sha256(content[0].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy[1]
    assert not any(name == "style" or name.startswith("on") for _, a in Elements(page).tags for name in a)


def test_the_data_in_the_page_is_the_graph(graph: Neighbourhood, page: str) -> None:
    data = re.search(r'<script type="application/json" id="graph">(.*?)</script>', page, re.DOTALL)
    assert data is not None
    found = json.loads(data[1])
    assert [node["id"] for node in found["nodes"]] == list(graph)
    assert len(found["edges"]) == graph.number_of_edges()


def test_without_scripts_there_is_a_table_with_offsets(page: str) -> None:
    table = page.partition("<noscript>")[2].partition("</noscript>")[0]
    assert "<td>160–214" in table and "PEEL: Northmoor Police" in table


def test_a_screen_reader_gets_a_list_of_all_things(graph: Neighbourhood, page: str) -> None:
    items = [a["data-id"] for tag, a in Elements(page).tags if tag == "li" and "data-id" in a]
    assert items == list(graph)


def test_hostile_words_do_not_leave_their_place() -> None:
    graph = nx.MultiDiGraph(root="a", title="</title><script>x</script>")
    evil = "</script><img src=x onerror=alert(1)>${script}$script"
    graph.add_node("a", label=evil, text=evil, type="finding", iri="a")
    page = to_html(graph)
    assert "<img" not in page and len(re.findall("</script>", page)) == 2
    assert "$script$script" not in page


def test_a_notebook_shows_the_page_in_a_frame_that_reaches_nothing(graph: Neighbourhood) -> None:
    frame = Elements(graph.page()._repr_html_()).tags[0]
    assert frame[0] == "iframe" and frame[1]["sandbox"] == "allow-scripts"
    assert frame[1]["srcdoc"] == to_html(graph)


# --- in a browser ----------------------------------------------------------------------------------------

PROBE = """
const result = {};
const press = (key) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
const at = () => document.activeElement.dataset.id;
const details = () => document.getElementById("details").textContent;
const gone = (type) => Array.from(document.querySelectorAll(".node[data-type=" + type + "]"))
  .every((g) => getComputedStyle(g).display === "none");
try {
  const root = document.querySelector(".node[tabindex='0']");
  root.focus();
  result.root = at();
  press("ArrowRight");
  result.right = at();
  press("Enter");
  result.chosen = document.querySelector(".node.chosen").dataset.id;
  result.details = details();
  press("Escape");
  result.after = document.querySelectorAll(".node.chosen, .node.dim").length;
  const find = document.getElementById("find");
  find.value = "promptly";
  find.dispatchEvent(new Event("input"));
  result.found = document.getElementById("found").textContent;
  find.value = "";
  find.dispatchEvent(new Event("input"));
  document.querySelector("#types input[value=need]").click();
  result.needsGone = gone("need");
  result.findingsGone = gone("finding");
  const before = document.querySelector("#picture svg").getAttribute("viewBox");
  document.getElementById("larger").click();
  result.zoomed = document.querySelector("#picture svg").getAttribute("viewBox") !== before;
  document.querySelector("#list li[data-id$=finding-slow] button").click();
  result.listed = details();
} catch (error) {
  result.error = String(error);
}
document.documentElement.dataset.result = JSON.stringify(result);
"""


def run(page: str, tmp_path: Path) -> tuple[str, str]:
    """The page, opened from disk, after its scripts ran, and what Chromium logged."""
    file = tmp_path / "page.html"
    file.write_text(page, encoding="utf-8")
    return in_chromium(file.as_uri(), tmp_path)


def test_in_chromium_the_page_runs_without_a_complaint(page: str, tmp_path: Path) -> None:
    dom, log = run(page, tmp_path)
    assert '<body class="live">' in dom
    assert "CONSOLE" not in log


def test_in_chromium_the_page_works_by_keyboard(page: str, tmp_path: Path) -> None:
    digest = base64.b64encode(hashlib.sha256(PROBE.encode()).digest()).decode()
    probed = page.replace("script-src '", f"script-src 'sha256-{digest}' '", 1)
    probed = probed.replace("</body>", f"<script>{PROBE}</script></body>")
    dom, _ = run(probed, tmp_path)
    found = re.search(r'data-result="([^"]*)"', dom)
    assert found is not None
    result = json.loads(found[1].replace("&quot;", '"').replace("&lt;", "<").replace("&amp;", "&"))
    assert "error" not in result
    assert result["right"] != result["root"] and result["chosen"] == result["right"]
    assert result["details"] and result["after"] == 0
    assert result["found"] == "1 found"
    assert result["needsGone"] and not result["findingsGone"]
    assert result["zoomed"]
    assert "characters 160 to 214" in result["listed"]
