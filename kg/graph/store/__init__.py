"""The dataset on disk: one Oxigraph store a generation, built beside the old and swapped in with its exports.

``folder`` says what lies where; ``commit`` is the one way to write; ``reading`` opens and checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.graph.store.commit import committing
from kg.graph.store.dump import export as export
from kg.graph.store.dump import graphs_of as graphs_of
from kg.graph.store.folder import release_generations as release_generations
from kg.graph.store.reading import default_graph_is_empty as default_graph_is_empty
from kg.graph.store.reading import open_store as open_store
from kg.graph.store.reading import published_generation as published_generation
from kg.graph.store.reading import sizes as sizes
from kg.graph.store.reading import verify_store as verify_store
from kg.graph.writing.order import Statement


def write_store(folder: str | Path, graphs: Mapping[str, Iterable[Statement]]) -> int:
    """Publishes a dataset without exports; gives its number of statements. Raises as ``Commit.publish``."""
    with committing(folder) as commit:
        return commit.publish(graphs)
