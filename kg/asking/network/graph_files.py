"""A neighbourhood as a file for other tools (GraphML, GEXF, node-link JSON) and as a tree in the terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from shutil import get_terminal_size
from typing import Any

import networkx as nx

from kg.asking.network.drawing import of_all, panel_heading
from kg.asking.network.layout import Panel, note_of, positions, root_of
from kg.asking.network.style import UNKNOWN
from kg.asking.network.text_metrics import xml_safe
from kg.asking.tables import display_width
from kg.model.formats import format_for_path
from kg.model.text.display import escaped_lines


def render(graph: Any, output: str | Path | None = None) -> str | bytes:
    """The graph as the extension of ``output`` says; without one, as a tree for the terminal.

    Raises Unknown for an extension that no format of a neighbourhood has.
    """
    if output is None:
        return to_tree(graph, width=get_terminal_size((100, 24)).columns)
    written: str | bytes = format_for_path(output, "network").writer(graph)
    return written


def to_json(graph: Any) -> str:
    """Node-link JSON: {directed, multigraph, graph, nodes, edges}; read by ``networkx.node_link_graph``."""
    linked = nx.node_link_data(graph, edges="edges")
    return json.dumps(linked, ensure_ascii=False, indent=1) + "\n"


def to_graphml(graph: Any) -> str:
    """GraphML with every attribute; read by networkx, yEd, Cytoscape, Gephi."""
    lines = nx.generate_graphml(_flat(graph), named_key_ids=True)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(lines) + "\n"


def to_gexf(graph: Any) -> str:
    """GEXF 1.2 with the colours of the picture, and its places if there is one; read by networkx and Gephi.

    Gephi's y axis points up. There is no date in it, so the same graph gives the same bytes. Offsets into a
    text are called text_start and text_end, as GEXF means times by start and end.
    """
    flat = _flat(graph)
    places = positions(graph) if "root" in graph.graph else {}
    for node, data in flat.nodes(data=True):
        for name in ("start", "end"):
            if name in data:
                data[f"text_{name}"] = data.pop(name)
        data["viz"] = {"color": _rgb(str(data.get("colour", UNKNOWN)))}
        if node in places:
            x, y = places[node]
            data["viz"]["position"] = {"x": x, "y": -y, "z": 0.0}
    text = "\n".join(nx.generate_gexf(flat, encoding="utf-8"))
    text = re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1)
    text = re.sub(r'(<graph [^>]*?) name="[^"]*"', r"\1", text, count=1)
    return re.sub(r"(?<=<creator>)[^<]*", "inspection-findings-kg", text, count=1) + "\n"


def _rgb(colour: str) -> dict[str, int]:
    return {name: int(colour[place : place + 2], 16) for name, place in (("r", 1), ("g", 3), ("b", 5))}


def _flat(graph: Any) -> Any:
    """A copy whose attributes are texts, numbers and truth values."""
    flat = nx.MultiDiGraph(**_plain(graph.graph))
    flat.add_nodes_from((node, _plain(data)) for node, data in graph.nodes(data=True))
    for source, target, data in graph.edges(data=True):
        flat.add_edge(source, target, **_plain(data))
    return flat


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes of a node or edge as the formats hold them: numbers, and text for all else."""
    plain: dict[str, Any] = {name: value for name, value in data.items() if value is not None}
    for name, value in plain.items():
        if isinstance(value, list):
            plain[name] = "; ".join(f"{one['heading']}: {one['shown']} of {of_all(one)}" for one in value)
        elif not isinstance(value, int | float | bool):
            plain[name] = xml_safe(str(value))
    return plain


# --- the tree in the terminal ----------------------------------------------------------------------------


def to_tree(graph: Any, width: int = 100) -> str:
    """The neighbourhood as an indented tree; lines are ``width`` columns wide at most (never below 40).

    A line that ends in a colon says how the things below it are linked, as the panels of the picture do.
    """
    if not len(graph):
        return ""
    panels: dict[str, list[Panel]] = {}
    for panel in positions(graph).panels:
        _join(panels.setdefault(panel.parent, []), panel)
    root, width = root_of(graph), max(width, 40)
    remark = fill_columns(str(graph.nodes[root].get("remark", "")), width)
    lines = [
        *_entry(graph, root, "", "", width),
        *filter(None, remark),
        *_branches(graph, root, panels, "", width),
    ]
    return escaped_lines("\n".join(lines) + "\n")


def _join(panels: list[Panel], panel: Panel) -> None:
    """Add a panel, to one of the same heading if there is one: a picture may show a branch in two parts."""
    for place, other in enumerate(panels):
        if other.heading == panel.heading:
            panels[place] = replace(other, members=other.members + panel.members)
            return
    panels.append(panel)


def _branches(
    graph: Any, node: str, panels: Mapping[str, list[Panel]], indent: str, width: int
) -> Iterator[str]:
    below = panels.get(node, [])
    for panel in below:
        last = panel is below[-1]
        yield f"{indent}{'└' if last else '├'}─ {panel_heading(graph, panel)}:"
        inner = indent + ("   " if last else "│  ")
        for member in panel.members:
            end = member == panel.members[-1]
            first, rest = ("└─ ", "   ") if end else ("├─ ", "│  ")
            yield from _entry(graph, member, inner + first, inner + rest, width)
            yield from _branches(graph, member, panels, inner + rest, width)


def _entry(graph: Any, node: str, first: str, rest: str, width: int) -> Iterable[str]:
    data = graph.nodes[node]
    about = note_of(data)
    text = f"{data.get('label') or node} ({about})" if about else str(data.get("label") or node)
    room = max(width - display_width(first), 16)
    lines = fill_columns(text, room)
    return [(first if place == 0 else rest) + line for place, line in enumerate(lines)]


def fill_columns(text: str, width: int) -> list[str]:
    """The lines of a text wrapped at ``width`` columns; a longer word stands alone on its line.

    >>> fill_columns("Takes too long to answer calls", 16)
    ['Takes too long', 'to answer calls']
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and display_width(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
