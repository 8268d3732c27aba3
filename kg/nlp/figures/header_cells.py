"""Periods of table columns: a cell has the time that the header of its column names, "2022/23 | 2023/24".

A row is a line whose cells are parted by "|" or tabs; its header is the nearest line above it, over other
such rows, with as many cells of which two or more are times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model.records import Span
from kg.nlp.periods.dates import Bounds, atom_bounds
from kg.nlp.rules.pattern_files import pattern

_PARTED = re.compile(r" ?\| ?|\t+")
_MOST_ROWS, _LONGEST = 60, 2000


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """The time that a header cell names, and where it stands."""

    bounds: Bounds
    start: int
    end: int


def header_of(text: str, position: int) -> HeaderCell | None:
    """The header cell of the column that a position in a table row stands in; None if it names no time.

    >>> text = "Offence | 2022/23 | 2023/24\\nBurglary | 310 | 290"
    >>> [day.isoformat() for day in header_of(text, text.index("310")).bounds]
    ['2022-04-01', '2023-03-31']
    """
    start = text.rfind("\n", 0, position) + 1
    row = _cells(text, start)
    column = next((n for n, (first, last) in enumerate(row) if first <= position < last), 0)
    if column == 0:
        return None
    for _ in range(_MOST_ROWS):
        if start == 0:
            return None
        start = text.rfind("\n", 0, start - 1) + 1
        cells = _cells(text, start)
        if len(cells) != len(row):
            return None
        if sum(_is_time(text, cell) for cell in cells) > 1:
            return _named(text, cells[column], start) if _is_time(text, cells[column]) else None
    return None


def _cells(text: str, start: int) -> Sequence[Span]:
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    if end - start > _LONGEST:
        return [(start, end)]
    edges = [start, *(edge for parted in _PARTED.finditer(text, start, end) for edge in parted.span()), end]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _is_time(text: str, cell: Span) -> bool:
    return pattern("period-forms", "cell.time").fullmatch(text[slice(*cell)].strip()) is not None


def _named(text: str, cell: Span, line: int) -> HeaderCell | None:
    """The time of a header cell; a year below a caption "at 31 March" is that day of it."""
    words = text[slice(*cell)].strip()
    above = text[text.rfind("\n", 0, max(0, line - 1)) + 1 : max(0, line - 1)]
    day = pattern("period-forms", "cell.day").search(above)
    bounds = atom_bounds(f"{day['day']} {words}" if day and words.isdigit() else words)
    return None if bounds is None else HeaderCell(bounds, *cell)
