"""``python -m kg.serving.protocol.copying FOLDER GENERATION COPY LIMIT``: a store goes to COPY (N-Quads).

Only a store of at most LIMIT quads. GENERATION is empty for a folder that has none.
Tells, as JSON on standard output, what the store holds. A process of its own: see ``dataset.from_folder``.
"""

from __future__ import annotations

import json
import sys

import pyoxigraph as ox

from kg.graph.store import default_graph_is_empty, open_store, sizes
from kg.model.errors import KgError
from kg.serving.protocol.dataset import graph_sizes, union_size


def _sizes(store: ox.Store, folder: str, generation: str) -> tuple[int, tuple[tuple[str, int], ...]]:
    """How many triples there are, and in which graphs: as the build counted them, where there was one."""
    counted = sizes(folder, generation) if generation else None
    if counted is None:
        return union_size(store), graph_sizes(store)
    union, graphs = counted
    return union, tuple(sorted(graphs.items()))


def main() -> int:
    """Does it; exit status 2 with one line on standard error where the store cannot be read."""
    folder, generation, copy, limit = sys.argv[1:]
    try:
        store = open_store(folder, generation or None)
        quads, graphs = _sizes(store, folder, generation)
        if quads <= int(limit):
            store.dump(copy, format=ox.RdfFormat.N_QUADS)
    except (KgError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    about = {"quads": quads, "graphs": graphs, "union": default_graph_is_empty(store)}
    sys.stdout.write(json.dumps(about))
    return 0


if __name__ == "__main__":
    sys.exit(main())
