"""Exporting: the dataset, or one report, as a file or a folder for other tools."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.asking.sparql import StoreLike
from kg.asking.sparql.sources import find_report, open_source
from kg.dataset.exporting.folders import DESCRIPTIONS, write_folder
from kg.graph.rdf_files import Files
from kg.graph.store import export as export_graph
from kg.model.errors import CannotUnderstand, Unknown
from kg.model.formats import Format, Kind, format_for_path, format_named, formats_of


def export_dataset(
    report: str | None = None,
    format: str | None = None,
    output: str | Path | None = None,
    *,
    store: StoreLike = None,
    data: Files | None = None,
    endpoint: str | None = None,
) -> bytes | None:
    """The dataset, or what one ``report`` (its id, title or IRI) says, in a format.

    ``format`` is a name of ``export_formats``; without it the extension of ``output`` decides, and without
    that it is Turtle. The bytes of a file are given back and not written; the folders ``csv`` and
    ``ro-crate`` are written to ``output``, and None is given back. What is read: ``endpoint``, else ``data``
    (RDF files), else ``store``. The same dataset gives the same bytes.

    Raises Unknown for a report or a format, CannotUnderstand for a folder without ``output``, CannotRead for
    a source that cannot be opened or a folder that holds other files.
    """
    row = _format(format, output)
    if row.kind == "folder" and output is None:
        raise CannotUnderstand(f"{row.name} is a folder of files: say where with -o FOLDER")
    source = open_source(store, data, endpoint)
    found = None if report is None else find_report(report, source)
    if row.kind == "folder":
        assert output is not None
        files = row.writer(source, found)
        write_folder(output, files, next(name for name in DESCRIPTIONS if name in files))
        return None
    graph = None if found is None else found.graph
    if row.kind == "graph":
        return export_graph(source, row.name, graph)
    from kg.asking.network.whole_network import whole_network

    network: str = row.writer(whole_network(source, graph))
    return network.encode()


def export_formats() -> tuple[Format, ...]:
    """The formats that a dataset can be written in."""
    kinds: tuple[Kind, ...] = ("graph", "network", "folder")
    return tuple(row for kind in kinds for row in formats_of(kind) if row.whole)


def _format(name: str | None, output: str | Path | None) -> Format:
    if name is not None:
        return _first(name, lambda kind: format_named(name, kind))
    if output is not None and Path(output).suffix:
        return _first(str(output), lambda kind: format_for_path(output, kind))
    if output is not None:
        raise CannotUnderstand(f"{output}: its name tells no format; give one with --format")
    return format_named("turtle", "graph")


def _first(name: str, find: Callable[[Kind], Format]) -> Format:
    """What ``find`` gives for the first kind that knows the name, if a dataset can be written so."""
    kinds: tuple[Kind, ...] = ("graph", "network", "folder")
    for kind in kinds:
        try:
            row = find(kind)
        except Unknown:
            continue
        if row in export_formats():
            return row
    raise Unknown.name("format", name, [row.name for row in export_formats()])


export = export_dataset
"""The name that ``kg.export`` has."""
