"""Files of RDF as quads; the extension tells the format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from kg.model.errors import CannotRead, CannotUnderstand
from kg.model.formats import format_for_path


def read_files(paths: Iterable[str | Path]) -> Iterator[tuple[Path, list[ox.Quad]]]:
    """Each file with its quads; the blank node ``_:a`` of one is another than that of the next.

    Raises as read_quads.
    """
    for number, path in enumerate(map(Path, paths)):
        yield path, read_quads(path, apart=number > 0)


def read_quads(path: str | Path, *, apart: bool = False) -> list[ox.Quad]:
    """The quads of one file, format by extension; ``apart``: its blank nodes get names that no other has.

    Nothing is fetched: a JSON-LD context elsewhere is an error. Raises CannotRead for a file that cannot be
    opened, and for a pipe or a device, which may have no end; Unknown for an extension, CannotUnderstand
    (with the line) for bad syntax.
    """
    path = Path(path)
    syntax = ox.RdfFormat.from_media_type(format_for_path(path, "graph").media_type)
    assert syntax is not None
    if path.exists() and not path.is_file():
        raise CannotRead(f"{path}: not a regular file; save it as one first")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CannotRead(f"{path}: {error.strerror or error}") from error
    base = f"file:///{quote(path.name)}"
    try:
        return list(ox.parse(data, format=syntax, base_iri=base, rename_blank_nodes=apart))
    except (SyntaxError, ValueError) as error:
        raise CannotUnderstand(f"{path}: not valid {syntax.name}: {' '.join(str(error).split())}") from error
