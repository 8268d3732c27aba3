"""Files of RDF as quads; the extension tells the format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from kg.model.errors import CannotRead, CannotUnderstand
from kg.model.formats import format_for_path, formats_of
from kg.model.vocab import BASE, RDF, VARIABLE

Files = str | Path | Iterable[str | Path]
"""RDF files: one, a folder of them, or several of both."""
_TYPE, _REPORT = ox.NamedNode(RDF.type), "ontology#Report"


def rdf_files(files: Files) -> list[Path]:
    """The files that are meant, each once: those of a folder are its RDF files, by name; links, pipes and
    devices in it are passed over. Raises CannotRead for a folder that has none."""
    found: list[Path] = []
    for path in map(Path, [files] if isinstance(files, str | Path) else files):
        if not path.is_dir():
            found.append(path)
            continue
        inside = [file for row in formats_of("graph") for file in path.glob(f"*{row.extension}")]
        regular = sorted(file for file in inside if file.is_file() and not file.is_symlink())
        if not regular:
            raise CannotRead(f"{path}: a folder without RDF files; a store is asked by --store")
        found += regular
    return list(dict.fromkeys(found))


def files_identity(files: Files) -> str | None:
    """What tells these files from what they are when they are written anew; None where one is missing."""
    try:
        told = [(str(path), path.stat()) for path in rdf_files(files)]
    except (CannotRead, OSError):
        return None
    kept = [(name, s.st_dev, s.st_ino, s.st_size, s.st_mtime_ns, s.st_ctime_ns) for name, s in told]
    return sha256(repr(kept).encode()).hexdigest()


def read_files(files: Files) -> Iterator[tuple[Path, list[ox.Quad]]]:
    """Each file with its quads; the blank node ``_:a`` of one is another than that of the next.

    Raises as rdf_files and read_quads, and CannotRead for reports of a dataset with another base than that of
    this process, whose terms are others: they would be passed over.
    """
    for number, path in enumerate(rdf_files(files)):
        quads = read_quads(path, apart=number > 0)
        _check_base(path, quads)
        yield path, quads


def _check_base(path: Path, quads: list[ox.Quad]) -> None:
    for quad in quads:
        subject, kind = quad.subject, quad.object
        if quad.predicate == _TYPE and isinstance(kind, ox.NamedNode) and isinstance(subject, ox.NamedNode):
            base, report, _ = kind.value.partition(_REPORT)
            if report and base != BASE and subject.value.startswith(f"{base}report/"):
                raise CannotRead(
                    f"{path}: its IRIs begin with {base}: set {VARIABLE}={base} to read it with that base"
                )


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
