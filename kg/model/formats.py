"""The one table of formats: what each is called, how it is sent and stored, what it can carry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any
from typing import Literal as OneOf

from kg.model.errors import Unknown

Kind = OneOf["graph", "results", "network", "folder"]


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the table: how a format is called, sent, stored, and what it can carry.

    ``kind`` says what it writes: ``graph`` (triples), ``results`` (rows of a SELECT), ``network`` (a
    neighbourhood, or the whole as a network) or ``folder`` (several files). ``media_type`` is empty for what
    is only shown in a terminal, ``extension`` for a folder. ``others`` are further names and extensions
    (without the dot) that mean the same format. ``entry_point`` is the function that writes it, as
    ``module:name``; what it takes is the same for all formats of a kind. ``whole``: it can carry the whole
    dataset, and not a neighbourhood alone.
    """

    name: str
    media_type: str
    extension: str
    kind: Kind
    named_graphs: bool
    label: str
    entry_point: str = ""
    others: tuple[str, ...] = ()
    whole: bool = False

    @property
    def writer(self) -> Callable[..., Any]:
        """The function that writes it; its module is imported when it is asked for."""
        module, _, name = self.entry_point.partition(":")
        return getattr(import_module(module), name)  # type: ignore[no-any-return]


FORMATS = (
    Format(
        "turtle",
        "text/turtle",
        ".ttl",
        "graph",
        False,
        "Turtle",
        "kg.graph.writing.turtle:to_turtle",
        ("ttl",),
        whole=True,
    ),
    Format(
        "trig",
        "application/trig",
        ".trig",
        "graph",
        True,
        "TriG",
        "kg.graph.writing.turtle:to_trig",
        whole=True,
    ),
    Format(
        "ntriples",
        "application/n-triples",
        ".nt",
        "graph",
        False,
        "N-Triples",
        "kg.graph.writing.ntriples:to_ntriples",
        ("nt", "n-triples"),
        whole=True,
    ),
    Format(
        "nquads",
        "application/n-quads",
        ".nq",
        "graph",
        True,
        "N-Quads",
        "kg.graph.writing.ntriples:to_nquads",
        ("nq", "n-quads"),
        whole=True,
    ),
    Format(
        "jsonld",
        "application/ld+json",
        ".jsonld",
        "graph",
        True,
        "JSON-LD",
        "kg.graph.writing.jsonld:to_jsonld",
        ("json-ld",),
        whole=True,
    ),
    Format(
        "rdfxml",
        "application/rdf+xml",
        ".rdf",
        "graph",
        False,
        "RDF/XML",
        "kg.graph.writing.rdfxml:to_rdfxml",
        ("rdf", "owl", "rdf-xml"),
        whole=True,
    ),
    Format(
        "graphml",
        "application/graphml+xml",
        ".graphml",
        "network",
        False,
        "GraphML",
        "kg.asking.network.graph_files:to_graphml",
        whole=True,
    ),
    Format(
        "gexf",
        "application/gexf+xml",
        ".gexf",
        "network",
        False,
        "GEXF",
        "kg.asking.network.graph_files:to_gexf",
        whole=True,
    ),
    Format(
        "json",
        "application/json",
        ".json",
        "network",
        False,
        "node-link JSON",
        "kg.asking.network.graph_files:to_json",
    ),
    Format(
        "svg", "image/svg+xml", ".svg", "network", False, "SVG picture", "kg.asking.network.drawing:to_svg"
    ),
    Format("png", "image/png", ".png", "network", False, "PNG picture", "kg.asking.network.drawing:to_png"),
    Format(
        "html",
        "text/html",
        ".html",
        "network",
        False,
        "interactive page",
        "kg.asking.network.graph_page:to_html",
        ("htm",),
    ),
    Format("csv", "text/csv", ".csv", "results", False, "CSV", "kg.asking.results:to_csv"),
    Format("tsv", "text/tab-separated-values", ".tsv", "results", False, "TSV", "kg.asking.results:to_tsv"),
    Format(
        "json",
        "application/sparql-results+json",
        ".json",
        "results",
        False,
        "SPARQL JSON",
        "kg.asking.results:to_json",
        ("srj",),
    ),
    Format(
        "xml",
        "application/sparql-results+xml",
        ".xml",
        "results",
        False,
        "SPARQL XML",
        "kg.asking.results:to_xml",
        ("srx",),
    ),
    Format(
        "spreadsheet",
        "",
        "",
        "results",
        False,
        "CSV for a spreadsheet",
        "kg.asking.spreadsheets:to_spreadsheet",
    ),
    Format(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".xlsx",
        "results",
        False,
        "Excel workbook",
        "kg.asking.spreadsheets:to_xlsx",
    ),
    Format(
        "markdown",
        "text/markdown",
        ".md",
        "results",
        False,
        "Markdown table",
        "kg.asking.results:to_markdown",
        ("md",),
    ),
    Format(
        "table",
        "",
        ".txt",
        "results",
        False,
        "table for the terminal",
        "kg.asking.results:to_table",
        ("txt",),
    ),
    Format(
        "csv",
        "text/csv",
        "",
        "folder",
        False,
        "one table a saved query, with CSVW metadata",
        "kg.dataset.exporting.csvw:csv_files",
        whole=True,
    ),
    Format(
        "ro-crate",
        "application/ld+json",
        "",
        "folder",
        True,
        "RO-Crate for a release",
        "kg.dataset.exporting.ro_crate:crate_files",
        ("rocrate",),
        whole=True,
    ),
)
"""Every format, in the order in which help texts list them. Names are unique within a kind."""


def formats_of(kind: Kind) -> tuple[Format, ...]:
    """The formats of one kind, in the order of the table."""
    return tuple(row for row in FORMATS if row.kind == kind)


def format_named(name: str, kind: Kind) -> Format:
    """The format of this kind with this name (case does not matter); raises Unknown with what is close.

    >>> format_named("ttl", "graph").media_type
    'text/turtle'
    """
    wanted = name.lower()
    for row in formats_of(kind):
        if wanted == row.name or wanted in row.others:
            return row
    raise Unknown.name("format", name, [row.name for row in formats_of(kind)])


def format_for_path(path: str | Path, kind: Kind) -> Format:
    """The format of this kind that a file's extension stands for; raises Unknown.

    >>> format_for_path("graph.nq", "graph").name
    'nquads'
    """
    extension = Path(path).suffix.lower()
    for row in formats_of(kind):
        if extension and (extension == row.extension or extension[1:] in row.others):
            return row
    known = ", ".join(row.extension for row in formats_of(kind))
    raise Unknown(f"{path}: no format has the extension {extension!r}; known: {known}")
