"""Files of RDF as quads, or as a store in memory; the extension tells the format."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from kg.model.errors import CannotRead, CannotUnderstand
from kg.model.formats import format_for_path
from kg.model.iris import graph_iri
from kg.model.vocab import BASE


def load_files(paths: Iterable[str | Path], base: str = BASE) -> ox.Store:
    """A store in memory with these files, format by extension.

    The triples of ``name.ttl`` go into the graph ``{base}graph/name``; formats with named graphs keep
    theirs. Nothing is fetched: a JSON-LD context elsewhere is an error. Raises CannotRead for a file
    that cannot be opened, Unknown for an extension, CannotUnderstand (with the line) for bad syntax.
    """
    store = ox.Store()
    for path in map(Path, paths):
        store.bulk_extend(read_quads(path, graph_iri(quote(path.stem, safe=""), base)))
    return store


def read_quads(path: str | Path, graph: str | None = None) -> list[ox.Quad]:
    """The quads of one file; its triples get ``graph`` (None: the default graph). Raises as load_files."""
    path = Path(path)
    syntax = ox.RdfFormat.from_media_type(format_for_path(path, "graph").media_type)
    assert syntax is not None
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CannotRead(f"{path}: {error.strerror or error}") from error
    try:
        quads = list(ox.parse(data, format=syntax, base_iri=f"file:///{quote(path.name)}"))
    except (SyntaxError, ValueError) as error:
        raise CannotUnderstand(f"{path}: not valid {syntax.name}: {' '.join(str(error).split())}") from error
    return [_named(quad, graph) for quad in quads]


def _named(quad: ox.Quad, graph: str | None) -> ox.Quad:
    if graph is None or not isinstance(quad.graph_name, ox.DefaultGraph):
        return quad
    return ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(graph))
