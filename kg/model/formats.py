"""The one table of formats: what each is called, how it is sent and stored, what it can carry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal as OneOf

from kg.model.errors import Unknown

Kind = OneOf["graph", "results", "network", "folder"]


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the table: how a format is called, sent, stored, and what it can carry.

    ``kind`` says what it writes: ``graph`` (triples), ``results`` (rows of a SELECT), ``network`` (a
    neighbourhood, or the whole as a network) or ``folder`` (several files). ``media_type`` is empty for what
    is only shown in a terminal, ``extension`` for a folder. ``others`` are further names and extensions
    (without the dot) that mean the same format.
    """

    name: str
    media_type: str
    extension: str
    kind: Kind
    named_graphs: bool
    label: str
    others: tuple[str, ...] = ()


FORMATS = (
    Format("turtle", "text/turtle", ".ttl", "graph", False, "Turtle", ("ttl",)),
    Format("trig", "application/trig", ".trig", "graph", True, "TriG"),
    Format("ntriples", "application/n-triples", ".nt", "graph", False, "N-Triples", ("nt", "n-triples")),
    Format("nquads", "application/n-quads", ".nq", "graph", True, "N-Quads", ("nq", "n-quads")),
    Format("jsonld", "application/ld+json", ".jsonld", "graph", True, "JSON-LD", ("json-ld",)),
    Format("rdfxml", "application/rdf+xml", ".rdf", "graph", False, "RDF/XML", ("rdf", "owl", "rdf-xml")),
    Format("graphml", "application/graphml+xml", ".graphml", "network", False, "GraphML"),
    Format("gexf", "application/gexf+xml", ".gexf", "network", False, "GEXF"),
    Format("json", "application/json", ".json", "network", False, "node-link JSON"),
    Format("svg", "image/svg+xml", ".svg", "network", False, "SVG picture"),
    Format("png", "image/png", ".png", "network", False, "PNG picture"),
    Format("html", "text/html", ".html", "network", False, "interactive page", ("htm",)),
    Format("csv", "text/csv", ".csv", "results", False, "CSV"),
    Format("tsv", "text/tab-separated-values", ".tsv", "results", False, "TSV"),
    Format("json", "application/sparql-results+json", ".json", "results", False, "SPARQL JSON", ("srj",)),
    Format("xml", "application/sparql-results+xml", ".xml", "results", False, "SPARQL XML", ("srx",)),
    Format("markdown", "text/markdown", ".md", "results", False, "Markdown table", ("md",)),
    Format("table", "", ".txt", "results", False, "table for the terminal", ("txt",)),
    Format("csv", "text/csv", "", "folder", False, "one table a saved query, with CSVW metadata"),
    Format("ro-crate", "application/ld+json", "", "folder", True, "RO-Crate for a release", ("rocrate",)),
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
