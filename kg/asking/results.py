"""The answer to a query, and how it is written: tables for people, the SPARQL formats for programs."""

from __future__ import annotations

import html
import json
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.graph.writing import write_graph
from kg.graph.writing.turtle import Names
from kg.model.errors import MissingExtra
from kg.model.formats import format_for_path, format_named
from kg.model.iris import PREFIXES
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
        return _html_table(columns, terms, self.derived)


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
    kind = "results" if results.triples is None else "graph"
    if format is not None:
        name = format_named(format, kind).name  # type: ignore[arg-type]
    elif guess_from is not None and guess_from.suffix:
        name = format_for_path(guess_from, kind).name  # type: ignore[arg-type]
    else:
        name = "table" if kind == "results" else "turtle"
    if results.triples is not None:
        return write_graph(map(_quad, results.triples), name, blank_nodes=True)
    if name in _SPARQL_FORMATS:
        return _sparql_format(results, _SPARQL_FORMATS[name])
    width = shutil.get_terminal_size().columns if terminal else None
    return (_markdown(results) if name == "markdown" else _terminal(results, width)).encode()


def _quad(triple: ox.Triple) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object)


_SPARQL_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}


def _sparql_format(results: Results, syntax: ox.QueryResultsFormat) -> bytes:
    """Exactly as the SPARQL 1.1 recommendations say: Oxigraph writes it."""
    as_json = json.dumps(_sparql_json(results)).encode()
    parsed = ox.parse_query_results(as_json, format=ox.QueryResultsFormat.JSON)
    written = parsed.serialize(format=syntax)
    assert isinstance(written, bytes)
    return written if written.endswith(b"\n") else written + b"\n"


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

_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_NAMES = Names(PREFIXES)


def _as_rows(results: Results) -> tuple[tuple[str, ...], Iterable[tuple[Term | None, ...]]]:
    if results.triples is None:
        return results.columns, results.terms
    return ("subject", "predicate", "object"), ((t.subject, t.predicate, t.object) for t in results.triples)


def shown(term: Term | None) -> str:
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


def _terminal(results: Results, width: int | None) -> str:
    if results.answer is not None:
        return _yes_no(results.answer) + "\n"
    rows = [[shown(term) for term in row] for row in results.terms]
    return table(results.columns, rows, width=width) + _derived_note(results.derived)


def _markdown(results: Results) -> str:
    if results.answer is not None:
        return _yes_no(results.answer) + "\n"
    rows = [[shown(term) for term in row] for row in results.terms]
    note = _derived_note(results.derived)
    return markdown_table(results.columns, rows) + (f"\n{note}" if note else "")


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, width: int | None = None) -> str:
    """An aligned table that ends with a newline: numbers to the right, each row on one line, control
    characters escaped.

    With ``width`` (columns of the terminal) the widest columns are narrowed and their cells cut with "…".

    >>> print(table(["area", "n"], [["Responding", 7], ["Investigating", 12]]), end="")
    area            n
    ─────────────  ──
    Responding      7
    Investigating  12
    """
    cells = [[escaped(" ".join(_text(cell).splitlines())) for cell in row] for row in rows]
    heads = [escaped(column) for column in columns]
    widths = [max(map(display_width, column)) for column in zip(heads, *cells, strict=True)]
    if width is not None:
        widths = _narrowed(widths, width)
    right = [bool(cells) and _all_numbers(row[i] for row in cells) for i in range(len(heads))]
    lines = [_line(heads, widths, right), "  ".join("─" * w for w in widths)]
    lines += [_line(row, widths, right) for row in cells] or ["(no rows)"]
    return "\n".join(lines) + "\n"


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def _all_numbers(cells: Iterable[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(_NUMBER.fullmatch(cell) for cell in filled)


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    return "  ".join(map(_padded, cells, widths, right)).rstrip()


def _padded(cell: str, width: int, right: bool) -> str:
    cell = _cut(cell, width)
    space = " " * (width - display_width(cell))
    return space + cell if right else cell + space


def _cut(cell: str, width: int) -> str:
    if display_width(cell) <= width:
        return cell
    while cell and display_width(cell) > width - 1:
        cell = cell[:-1]
    return cell + "…"


def _narrowed(widths: list[int], total: int, least: int = 8) -> list[int]:
    """Takes from the widest column until all fit; no column gets narrower than ``least``."""
    widths, room = list(widths), total - 2 * (len(widths) - 1)
    while sum(widths) > room and max(widths) > least:
        widest = max(widths)
        others = [w for w in widths if w < widest]
        target = max([least, *others])
        count = widths.count(widest)
        step = max(1, min(widest - target or 1, (sum(widths) - room + count - 1) // count))
        widths = [w - step if w == widest else w for w in widths]
    return widths


def display_width(text: str) -> int:
    """Columns that a text takes in a terminal: two for wide characters, none for combining ones.

    >>> display_width("警察"), display_width("e\\u0301")
    (4, 1)
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def escaped(text: str) -> str:
    """The text with control, format and bidirectional characters written as escapes: safe to show.

    >>> escaped("a\\tb\\u202e")
    'a\\\\tb\\\\u202e'
    """
    if text.isprintable():
        return text
    return "".join(c if _harmless(c) else c.encode("unicode_escape").decode() for c in text)


def _harmless(character: str) -> bool:
    return character.isprintable() or unicodedata.category(character) == "Zs"


def markdown_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table that ends with a newline; line breaks in cells become spaces, bars are escaped."""
    lines = [list(columns), ["---"] * len(columns), *([_text(cell) for cell in row] for row in rows)]
    return "".join("| " + " | ".join(map(_markdown_cell, line)) + " |\n" for line in lines)


def _markdown_cell(cell: str) -> str:
    for special in ("\\", "|", "<", "`", "*", "_", "["):
        if special != "_" or "__" in cell or cell.startswith("_"):
            cell = cell.replace(special, "\\" + special)
    return escaped(" ".join(cell.splitlines()))


def _html_table(columns: Sequence[str], rows: Iterable[Sequence[Term | None]], derived: Sequence[str]) -> str:
    head = "".join(f"<th>{html.escape(column)}</th>" for column in columns)
    body = "".join("<tr>" + "".join(map(_html_cell, row)) + "</tr>" for row in rows)
    note = f"<p>{html.escape(_derived_note(derived))}</p>" if derived else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"


def _html_cell(term: Term | None) -> str:
    text = html.escape(escaped(shown(term)))
    if isinstance(term, ox.NamedNode) and term.value.startswith(("http://", "https://")):
        text = f'<a href="{html.escape(term.value)}">{text}</a>'
    return f"<td>{text}</td>"
