"""One door for all outputs of a neighbourhood: the extension of the file chooses the writer."""

from __future__ import annotations

from pathlib import Path
from shutil import get_terminal_size
from typing import Any

from kg.asking.network.graph_files import to_tree
from kg.model.formats import format_for_path


def render(graph: Any, output: str | Path | None = None) -> str | bytes:
    """The graph as the extension of ``output`` says; without one, as a tree for the terminal.

    Raises Unknown for an extension that no format of a neighbourhood has.
    """
    if output is None:
        return to_tree(graph, width=get_terminal_size((100, 24)).columns)
    written: str | bytes = format_for_path(output, "network").writer(graph)
    return written
