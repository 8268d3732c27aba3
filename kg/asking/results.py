"""The answer to a query, and how it is written: tables for people, the SPARQL formats for programs."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.asking.tables import display_width, markdown_table, records, table
from kg.graph.writing import write_graph
from kg.graph.writing.turtle import Names
from kg.model.errors import CannotUnderstand, MissingExtra, Unknown
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
        """A pandas DataFrame of the rows (of a graph: subject, predicate, object). Raises MissingExtra.

        A column of whole numbers has the type Int64, of other numbers float64 (exact ones are in ``rows``),
        of dates datetime64, of yes and no boolean; a column of several kinds, and any other, is of objects.
        """
        try:
            import pandas
        except ImportError as error:
            raise MissingExtra("a data frame needs pandas: pip install pandas") from error
        columns, terms = _as_rows(self)
        rows = [list(map(value_of, row)) for row in terms]
        frame = pandas.DataFrame(rows, columns=list(columns))
        for place, column in enumerate(columns):
            kinds = {type(row[place]) for row in rows} - {type(None)}
            if kinds == {bool}:
                frame[column] = frame[column].astype("boolean")
            elif kinds == {int}:
                frame[column] = frame[column].astype("Int64")
            elif kinds and kinds <= {int, float, Decimal}:
                frame[column] = frame[column].astype("float64")
            elif kinds and kinds <= {date, datetime}:
                frame[column] = pandas.to_datetime(frame[column])
        return frame

    def to_rdflib(self) -> Any:
        """The graph of a CONSTRUCT or DESCRIBE as an rdflib Graph. Raises MissingExtra, CannotUnderstand."""
        try:
            import rdflib
        except ImportError as error:
            raise MissingExtra("an rdflib graph needs rdflib: pip install rdflib") from error
        if self.triples is None:
            raise CannotUnderstand("rows are no graph; ask with CONSTRUCT or DESCRIBE")
        graph = rdflib.Graph()
        for prefix, iri in PREFIXES.items():
            graph.bind(prefix, iri)
        return graph.parse(data=write(self, "ntriples"), format="nt")

    def chosen(self, columns: Sequence[str]) -> Results:
        """The same rows with these columns alone, in this order. Raises Unknown for one that there is not."""
        for name in columns:
            if name not in self.columns:
                raise Unknown.name("column", name, self.columns, "of this answer: " + ", ".join(self.columns))
        places = [self.columns.index(name) for name in columns]
        rows = tuple(tuple(row[place] for place in places) for row in self.terms)
        derived = tuple(name for name in self.derived if name in columns)
        return replace(self, columns=tuple(columns), terms=rows, derived=derived)

    def first(self, limit: int) -> Results:
        """The first rows."""
        return replace(self, terms=self.terms[:limit])

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


XML_FORBIDS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
"""What XML 1.0 has no way to write, in UTF-8."""

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
    if row.name == "table" and terminal:
        return for_terminal(results, shutil.get_terminal_size().columns).encode()
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
    """SPARQL results in XML. Raises CannotUnderstand for a value with a character that XML has not."""
    written = _sparql_format(results, ox.QueryResultsFormat.XML)
    if XML_FORBIDS.search(written):
        raise CannotUnderstand("a value holds a control character that XML cannot carry; ask for JSON")
    return written


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
    safe = [tuple(no_formula(term) for term in row) for row in results.terms]
    return _sparql_format(Results(results.columns, tuple(safe)), ox.QueryResultsFormat.CSV)


def no_formula(term: Term | None) -> Term | None:
    """The term, with an apostrophe before a text that a spreadsheet would take for a formula."""
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


def to_table(results: Results) -> bytes:
    """An aligned table, as wide as it is."""
    if results.answer is not None:
        return f"{_yes_no(results.answer)}\n".encode()
    rows = [[term_text(term) for term in row] for row in results.terms]
    return (table(results.columns, rows) + _derived_note(results.derived)).encode()


PLACES = ("start", "end")
"""Columns of offsets, which a terminal leaves out beside the words."""
NARROWEST = 14
"""Columns of a terminal in which a long cell of a table can still be read."""


def for_terminal(results: Results, width: int) -> str:
    """A table that can be read in a terminal of this width, or a block a row where it has too many columns.

    Where not all fit in one line each, these are left out and named below: addresses, offsets, columns
    without a value and those that repeat another; what is the same in all rows is said once, above.
    """
    if results.answer is not None:
        return f"{_yes_no(results.answer)}\n"
    texts = [[term_text(term) for term in row] for row in results.terms]
    whole = table(results.columns, texts)
    if all(display_width(line) <= width for line in whole.splitlines()) or not texts:
        return whole + _derived_note(results.derived)
    hidden, same = _left_out(results, texts)
    shown = [place for place, name in enumerate(results.columns) if name not in hidden and name not in same]
    columns = [results.columns[place] for place in shown]
    rows = [[row[place] for place in shown] for row in texts]
    natural = [max(map(display_width, cells)) for cells in zip(columns, *rows, strict=True)]
    if sum(min(each, NARROWEST) + 2 for each in natural) > width + 2:
        body = records(columns, rows, width=width)
    else:
        body = table(columns, rows, width=width, wrap=True)
    above = "".join(f"{escaped(name)}: {escaped(text)}\n" for name, text in same.items())
    below = f"left out: {', '.join(hidden)} (--columns names what to show, --format csv has all)\n"
    derived = tuple(name for name in results.derived if name not in hidden)
    return (above + "\n" if above else "") + body + _derived_note(derived) + (below if hidden else "")


def _left_out(results: Results, texts: Sequence[Sequence[str]]) -> tuple[list[str], dict[str, str]]:
    """The columns that say least to a reader; and those that are the same in all of several rows, and how."""
    hidden, same = list[str](), dict[str, str]()
    seen = set[tuple[str, ...]]()
    for place, name in enumerate(results.columns):
        cells = tuple(row[place] for row in texts)
        terms = [row[place] for row in results.terms if row[place] is not None]
        offset = name in PLACES and "quote" in results.columns
        address = all(isinstance(term, ox.NamedNode) for term in terms)  # or no value at all
        if address or offset or cells in seen:
            hidden.append(name)
        elif len(cells) > 1 and len(set(cells)) == 1 and len(cells[0]) < 200:
            same[name] = cells[0]
        seen.add(cells)
    if len(hidden) + len(same) == len(results.columns):
        return [], {}
    return hidden, same


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
