"""Tables of figures: what the row and the column of a value are called, and the time that one of them names.

A row is a line whose cells are parted by "|", tabs or, where columns are aligned, by three spaces or more.
Rows below one another with cells of their own are a table; its header is the row without values above them.
A row without a header has values too, where its first cell names what they measure: "Calls lost | 39.7%".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.model.records import Span
from kg.nlp.periods import range_ends
from kg.nlp.periods.dates import Bounds, atom_bounds
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-tables"
_PARTED = re.compile(r" ?\| ?|\t+")
_ALIGNED = re.compile(r" {3,}(?=\S)")
_LONGEST = 2000
_LONGEST_CAPTION = 200
Row = tuple[Span, ...]
"""The spans of the cells of a line."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a table: where it stands, and the cells that name its row and its column, if they do.

    ``table`` is where the table begins, ``place`` which of the row’s cells it is; ``caption`` is the line
    above the table.
    """

    start: int
    end: int
    row: Span | None
    column: Span | None
    place: int
    table: int
    caption: Span | None = None


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """The time that a header cell or the first cell of a row names, and where it stands."""

    bounds: Bounds
    start: int
    end: int


@lru_cache(maxsize=2)
def cells_of(text: str) -> tuple[Cell, ...]:
    """The values of all tables of a text, in order.

    >>> text = "Offence | 2022/23 | 2023/24\\nBurglary | 310 | 290"
    >>> [(text[slice(*cell.row)], text[slice(*cell.column)]) for cell in cells_of(text)]
    [('Burglary', '2022/23'), ('Burglary', '2023/24')]
    """
    return tuple(cell for caption, rows in _tables(text) for cell in _values(text, caption, rows))


def cell_at(cells: Sequence[Cell], position: int) -> Cell | None:
    """The value that a position stands in."""
    at = bisect_right(cells, position, key=lambda cell: cell.end)
    return cells[at] if at < len(cells) and cells[at].start <= position else None


def time_of(text: str, cell: Cell) -> HeaderCell | None:
    """The time of a value: that of its column, else that of its row; None if neither names one.

    >>> text = "Offence | 2022/23 | 2023/24\\nBurglary | 310 | 290"
    >>> [day.isoformat() for day in time_of(text, cells_of(text)[0]).bounds]
    ['2022-04-01', '2023-03-31']
    """
    for span in (cell.column, cell.row):
        if span is not None and is_time(text[slice(*span)]):
            return _named(text, span, cell.caption)
    return None


def counts_sample(text: str, cell: Cell) -> bool:
    """Whether a value says how much was looked at in its row, as its column is called "Records reviewed"."""
    return cell.column is not None and (
        pattern(_FILE, "table.sample").search(text[slice(*cell.column)]) is not None
    )


def is_time(words: str) -> bool:
    """Whether a cell names a time and nothing else."""
    return pattern("period-forms", "cell.time").fullmatch(without_unit(words)) is not None


def without_unit(words: str) -> str:
    """The words of a cell without the unit of its values: "2023/24 (£m)"."""
    return pattern(_FILE, "table.unit").sub("", words).strip(" ,")


def _named(text: str, span: Span, caption: Span | None) -> HeaderCell | None:
    """The time of a cell; a year below a caption "at 31 March", or in a row that opens so, is that day."""
    words = without_unit(text[slice(*span)])
    ends = range_ends(words)
    if ends is not None:
        return HeaderCell((ends[0][0], ends[1][1]), *span)
    year = words.split(" ")[0]
    corner = _row(text, text.rfind("\n", 0, span[0]) + 1, span[1])
    above = [text[slice(*place)] for place in (corner[0] if corner else None, caption) if place is not None]
    days = [pattern("period-forms", "cell.day").search(named) for named in above] if year.isdigit() else []
    day = next((found for found in days if found), None)
    bounds = atom_bounds(f"{day['day']} {year}" if day else words)
    return None if bounds is None else HeaderCell(bounds, *span)


# --- rows and tables ---------------------------------------------------------------------------------


def _tables(text: str) -> Iterator[tuple[Span | None, list[Row]]]:
    """Rows below one another, with the line above them."""
    rows: list[Row] = []
    caption: Span | None = None
    above: Span | None = None
    for start, end in _lines(text):
        row = _row(text, start, end)
        if row is not None:
            caption = caption if rows else above
            rows.append(row)
            continue
        if rows and not _is_contents(text, caption):
            yield caption, rows
        rows = []
        if start < end:
            above = (start, end) if end - start <= _LONGEST_CAPTION else None
    if rows and not _is_contents(text, caption):
        yield caption, rows


def _is_contents(text: str, caption: Span | None) -> bool:
    return caption is not None and pattern(_FILE, "table.contents").match(text[slice(*caption)]) is not None


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for end in (match.start() for match in re.finditer(r"\n|\Z", text)):
        yield start, end
        start = end + 1


def _row(text: str, start: int, end: int) -> Row | None:
    """The cells of a line; None of a line that is no row."""
    if end - start > _LONGEST:
        return None
    for parted in (_PARTED, _ALIGNED):
        edges = [start, *(edge for mark in parted.finditer(text, start, end) for edge in mark.span()), end]
        if len(edges) > 2:
            cells = zip(edges[::2], edges[1::2], strict=True)
            return tuple(_stripped(text, *cell) for cell in cells)
    return None


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start] == " ":
        start += 1
    while start < end and text[end - 1] == " ":
        end -= 1
    return start, end


# --- values ------------------------------------------------------------------------------------------


def _values(text: str, caption: Span | None, rows: Sequence[Row]) -> Iterator[Cell]:
    """The values of a table, each with the first cell of its row and the cell of the header above it."""
    header: Row | None = None
    for row in rows:
        label, others = row[0], row[1:]
        places = [place for place, cell in enumerate(others, 1) if _is_value(text[slice(*cell)])]
        if not places:
            facts = list(_facts(text, caption, row))
            header = None if facts else row
            yield from facts
            continue
        fits = header is not None and len(row) <= len(header)
        named = header if fits and header is not None else None
        if not _names_values(text, label, others, named):
            continue
        for place in places:
            column = named[place] if named is not None and named[place][0] < named[place][1] else None
            if column is not None and pattern(_FILE, "table.no-values").match(text[slice(*column)]):
                continue
            yield Cell(*row[place], label, column, place, rows[0][0][0], caption)


def _facts(text: str, caption: Span | None, row: Row) -> Iterator[Cell]:
    """The values of a row whose cells have their own labels: "Officers: 1,204 | Staff: 861"."""
    for place, (start, end) in enumerate(row):
        fact = pattern(_FILE, "table.fact").fullmatch(text, start, end)
        if fact is not None and _is_value(fact["value"]):
            yield Cell(*fact.span("value"), fact.span("label"), None, place, row[0][0], caption)


def _is_value(words: str) -> bool:
    return pattern(_FILE, "table.value").fullmatch(words) is not None


def _names_values(text: str, label: Span, others: Row, header: Row | None) -> bool:
    """Whether the first cell of a row can name its values: a measure, a body; under a header a time."""
    words = text[slice(*label)]
    if header is not None and (is_time(words) or pattern(_FILE, "table.total").fullmatch(words)):
        return True
    if pattern(_FILE, "table.label").fullmatch(words) is None:
        return False
    apart = text[label[1] : others[0][0]]
    if header is None and not apart.strip(" "):
        return False  # numbers behind spaces: a table of contents
    return header is not None or pattern(_FILE, "table.numbered").fullmatch(words) is None
