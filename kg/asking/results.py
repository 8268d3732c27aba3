"""The answer to a query, and how it is written: tables for people, the SPARQL formats for programs."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.asking.tables import markdown_table, table
from kg.graph.writing import write_graph
from kg.graph.writing.turtle import Names
from kg.model.errors import MissingExtra
from kg.model.formats import Kind, format_for_path, format_named
from kg.model.iris import PREFIXES
from kg.model.text.display import escaped
from kg.model.vocab import XSD

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value = str | int | float | bool | Decimal | date | datetime | None
Row = tuple[Value, ...]


@dataclass(frozen=True)
class Results:
    """Rows of a SELECT, the yes or no of an ASK (``answer``), or the ``triples`` of a CONSTRUCT or DESCRIBE.

    ``terms`` has the RDF terms of each row, None for an unbound variable; iterating gives rows of Python
    values (``value_of``). ``derived`` names columns that are computed and not stated in any report.
    """

    columns: tuple[str, ...] = ()
    terms: tuple[tuple[Term | None, ...], ...] = ()
    answer: bool | None = None
    triples: tuple[ox.Triple, ...] | None = None
    derived: tuple[str, ...] = ()

    @cached_property
    def rows(self) -> list[Row]:
        """The rows as Python values, in the order of ``columns``."""
        return [tuple(map(value_of, row)) for row in self.terms]

    def __iter__(self) -> Iterator[Any]:
        """Rows of values; for a graph its triples."""
        return iter(self.rows if self.triples is None else self.triples)

    def __len__(self) -> int:
        return len(self.terms if self.triples is None else self.triples)

    def __bool__(self) -> bool:
        """The answer of an ASK; else whether there is any row or triple."""
        return len(self) > 0 if self.answer is None else self.answer

    def dicts(self) -> list[dict[str, Value]]:
        """Each row as a dictionary from column to value."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_pandas(self) -> Any:
        """A pandas DataFrame of the rows (of a graph: subject, predicate, object). Raises MissingExtra."""
        try:
            import pandas
        except ImportError as error:
            raise MissingExtra("a data frame needs pandas: pip install pandas") from error
        columns, terms = _as_rows(self)
        return pandas.DataFrame([list(map(value_of, row)) for row in terms], columns=list(columns))

    def __repr__(self) -> str:
        if self.triples is not None:
            return f"<Results: {len(self.triples)} triples>"
        if self.answer is not None:
            return f"<Results: {_yes_no(self.answer)}>"
        return f"<Results: {len(self.terms)} rows of {', '.join(self.columns)}>"

    def __str__(self) -> str:
        return write(self, "table" if self.triples is None else "turtle").decode()

    def _repr_html_(self) -> str:
        """The table that a notebook shows."""
        if self.answer is not None:
            return f"<p>{_yes_no(self.answer)}</p>"
        columns, terms = _as_rows(self)
        head = "".join(f"<th>{html.escape(column)}</th>" for column in columns)
        body = "".join("<tr>" + "".join(map(_html_cell, row)) + "</tr>" for row in terms)
        note = f"<p>{html.escape(_derived_note(self.derived))}</p>" if self.derived else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"


def value_of(term: Term | None) -> Value:
    """A term as a Python value: IRIs and strings as str, numbers exactly (Decimal), dates as date.

    A literal that is not what its datatype says, and any other datatype, gives its text.

    >>> value_of(ox.Literal("91.50", datatype=ox.NamedNode(XSD.decimal)))
    Decimal('91.50')
    """
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return term.value
    if not isinstance(term, ox.Literal):
        return str(term)
    reader = _READERS.get(term.datatype.value, str)
    try:
        return reader(term.value)
    except (ValueError, InvalidOperation):
        return term.value


def _boolean(text: str) -> bool:
    if text not in ("true", "false", "1", "0"):
        raise ValueError(text)
    return text in ("true", "1")


def _integer(text: str) -> int:
    return int(Decimal(text)) if re.fullmatch(r"[+-]?[0-9]{1,4000}", text) else int("no integer")


_READERS: dict[str, Callable[[str], Value]] = {
    XSD.integer: _integer,
    XSD.nonNegativeInteger: _integer,
    XSD.positiveInteger: _integer,
    XSD.int: _integer,
    XSD.long: _integer,
    XSD.decimal: Decimal,
    XSD.double: float,
    XSD.float: float,
    XSD.boolean: _boolean,
    XSD.date: date.fromisoformat,
    XSD.dateTime: datetime.fromisoformat,
}


# --- writing -----------------------------------------------------------------------------------------


def write(
    results: Results, format: str | None = None, *, guess_from: Path | None = None, terminal: bool = False
) -> bytes:
    """Results in a format, as UTF-8.

    ``format`` is a name of ``kg.model.formats`` (rows: table, csv, tsv, json, xml, markdown; graphs:
    turtle, ntriples, jsonld, …); without it the extension of ``guess_from`` decides, and without that it
    is a table or Turtle. For a ``terminal`` the table is cut to its width. Raises Unknown for a format
    that cannot carry such results.
    """
    kind: Kind = "results" if results.triples is None else "graph"
    name = format or ("table" if kind == "results" else "turtle")
    if format is None and guess_from is not None and guess_from.suffix:
        name = format_for_path(guess_from, kind).name
    row = format_named(name, kind)
    if results.triples is not None:
        quads = (ox.Quad(triple.subject, triple.predicate, triple.object) for triple in results.triples)
        return write_graph(quads, row.name, blank_nodes=True)
    if row.name == "table":
        return to_table(results, shutil.get_terminal_size().columns if terminal else None)
    written: bytes = row.writer(results)
    return written


def _sparql_format(results: Results, syntax: ox.QueryResultsFormat) -> bytes:
    """Exactly as the SPARQL 1.1 recommendations say: Oxigraph writes it."""
    as_json = json.dumps(_sparql_json(results)).encode()
    parsed = ox.parse_query_results(as_json, format=ox.QueryResultsFormat.JSON)
    written = parsed.serialize(format=syntax)
    assert isinstance(written, bytes)
    return written if written.endswith(b"\n") else written + b"\n"


def to_csv(results: Results) -> bytes:
    """SPARQL results in CSV."""
    return _sparql_format(results, ox.QueryResultsFormat.CSV)


def to_tsv(results: Results) -> bytes:
    """SPARQL results in TSV."""
    return _sparql_format(results, ox.QueryResultsFormat.TSV)


def to_json(results: Results) -> bytes:
    """SPARQL results in JSON."""
    return _sparql_format(results, ox.QueryResultsFormat.JSON)


def to_xml(results: Results) -> bytes:
    """SPARQL results in XML."""
    return _sparql_format(results, ox.QueryResultsFormat.XML)


def _sparql_json(results: Results) -> dict[str, Any]:
    if results.answer is not None:
        return {"head": {}, "boolean": results.answer}
    bindings = [
        {name: _json_term(term) for name, term in zip(results.columns, row, strict=True) if term is not None}
        for row in results.terms
    ]
    return {"head": {"vars": list(results.columns)}, "results": {"bindings": bindings}}


def _json_term(term: Term) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    found = {"type": "literal", "value": term.value}
    if term.language:
        direction = {"its:dir": term.direction.value} if term.direction else {}
        return found | {"xml:lang": term.language} | direction
    return found if term.datatype.value == XSD.string else found | {"datatype": term.datatype.value}


def spreadsheet_csv(results: Results) -> bytes:
    """CSV for a spreadsheet: a text that it would take for a formula gets an apostrophe before it.

    Numbers stay as they are. The exact SPARQL CSV is ``write(results, "csv")``.
    """
    safe = [tuple(_no_formula(term) for term in row) for row in results.terms]
    return _sparql_format(Results(results.columns, tuple(safe)), ox.QueryResultsFormat.CSV)


def _no_formula(term: Term | None) -> Term | None:
    text = term.value if isinstance(term, ox.Literal) and isinstance(value_of(term), str) else ""
    if text.startswith(("=", "+", "-", "@", "\t", "\r")):
        return ox.Literal("'" + text)
    return term


# --- tables for people -------------------------------------------------------------------------------

_NAMES = Names(PREFIXES)


def _as_rows(results: Results) -> tuple[tuple[str, ...], Iterable[tuple[Term | None, ...]]]:
    if results.triples is None:
        return results.columns, results.terms
    return ("subject", "predicate", "object"), ((t.subject, t.predicate, t.object) for t in results.triples)


def term_text(term: Term | None) -> str:
    """A term as people read it: an IRI short where a prefix fits, a literal as its text."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return _NAMES.short(term.value) or term.value
    return term.value if isinstance(term, ox.Literal) else str(term)


def _yes_no(answer: bool) -> str:
    return "yes" if answer else "no"


def _derived_note(derived: Sequence[str]) -> str:
    return f"derived (computed, not stated in a report): {', '.join(derived)}\n" if derived else ""


def to_table(results: Results, width: int | None = None) -> bytes:
    """An aligned table, cut to ``width`` columns of a terminal."""
    if results.answer is not None:
        return f"{_yes_no(results.answer)}\n".encode()
    rows = [[term_text(term) for term in row] for row in results.terms]
    return (table(results.columns, rows, width=width) + _derived_note(results.derived)).encode()


def to_markdown(results: Results) -> bytes:
    """A Markdown table."""
    if results.answer is not None:
        return f"{_yes_no(results.answer)}\n".encode()
    rows = [[term_text(term) for term in row] for row in results.terms]
    note = _derived_note(results.derived)
    return (markdown_table(results.columns, rows) + (f"\n{note}" if note else "")).encode()


def _html_cell(term: Term | None) -> str:
    text = html.escape(escaped(term_text(term)))
    if isinstance(term, ox.NamedNode) and term.value.startswith(("http://", "https://")):
        text = f'<a href="{html.escape(term.value)}">{text}</a>'
    return f"<td>{text}</td>"
