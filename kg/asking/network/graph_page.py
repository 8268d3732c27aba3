"""The picture as one interactive page that needs nothing else: no request leaves it, no library is in it.

The page's own script and style are let in by their hashes, everything else is refused by its content
policy. Without JavaScript it shows the picture and a table.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from kg.asking.network.drawing import caption, to_svg
from kg.asking.network.layout import Positions, note_of, positions
from kg.asking.network.style import COLOURS
from kg.asking.things.kinds import KINDS
from kg.model.made_here import GENERATOR
from kg.model.text.display import escaped, escaped_lines


def to_html(graph: Any, places: Positions | None = None) -> str:
    """One self-contained HTML document with the picture, details, search, filters, a list and a table."""
    title, below = caption(graph)
    script, style = _web("neighbourhood.js"), Template(_web("neighbourhood.css")).substitute(COLOURS)
    svg = to_svg(graph, positions(graph) if places is None else places, every_edge=True, captioned=False)
    return Template(_web("neighbourhood.html")).substitute(
        title=escape(escaped(title)),
        caption=escape(escaped(below)),
        script=script,
        style=style,
        script_hash=_hash(script),
        style_hash=_hash(style),
        generator=GENERATOR,
        types=_types(graph),
        svg=svg,
        list=escaped_lines(_list(graph)),
        table=escaped_lines(_table(graph)),
        data=_data(graph),
    )


def _web(name: str) -> str:
    return (files("kg.asking.network") / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _data(graph: Any) -> str:
    """The graph as JSON that cannot end its script element."""
    nodes = [{"id": node, **_plain(data)} for node, data in graph.nodes(data=True)]
    edges = [{"source": s, "target": t, **_plain(data)} for s, t, data in graph.edges(data=True)]
    text = json.dumps({"root": graph.graph.get("root"), "nodes": nodes, "edges": edges}, ensure_ascii=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: escaped(value) if isinstance(value, str) else value for name, value in data.items()}


def _types(graph: Any) -> str:
    root = graph.graph.get("root")
    counts = Counter(str(data.get("type", "thing")) for node, data in graph.nodes(data=True) if node != root)
    return "".join(
        f'<label><input type="checkbox" value="{escape(name)}" checked>'
        f" {escape(KINDS[name].label)} ({counts[name]})</label>"
        for name in sorted(counts, key=list(KINDS).index)
    )


def _list(graph: Any) -> str:
    items = (
        f'<li data-id="{escape(str(node))}"><button type="button">{escape(note_of(data))}: '
        f"{escape(str(data.get('label', node)))}</button></li>"
        for node, data in graph.nodes(data=True)
    )
    return f"<ul>{''.join(items)}</ul>"


def _table(graph: Any) -> str:
    rows = ["<tr><th>What<th>Words<th>Report<th>Characters</tr>"]
    for node, data in graph.nodes(data=True):
        where = f"{data['start']}–{data['end']}" if "start" in data else ""
        words = str(data.get("text") or data.get("label") or node)
        cells = (note_of(data), words, str(data.get("report_title", "")), where)
        rows.append(f"<tr>{''.join(f'<td>{escape(cell)}' for cell in cells)}</tr>")
    return f"<table>{''.join(rows)}</table>"
