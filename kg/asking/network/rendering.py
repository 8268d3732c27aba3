"""One door for all outputs of a neighbourhood: the extension of the file chooses the writer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import get_terminal_size
from typing import Any

from kg.asking.network.drawing import to_png, to_svg
from kg.asking.network.graph_files import to_gexf, to_graphml, to_json, to_tree
from kg.asking.network.graph_page import to_html
from kg.model.formats import format_for_path


def render(graph: Any, output: str | Path | None = None) -> str | bytes:
    """The graph as the extension of ``output`` says; without one, as a tree for the terminal.

    Raises Unknown for an extension that no format of a neighbourhood has.
    """
    if output is None:
        return to_tree(graph, width=get_terminal_size((100, 24)).columns)
    writers: dict[str, Callable[[Any], str | bytes]] = {
        "svg": to_svg, "png": to_png, "html": to_html,
        "graphml": to_graphml, "gexf": to_gexf, "json": to_json,
    }  # fmt: skip
    return writers[format_for_path(output, "network").name](graph)
