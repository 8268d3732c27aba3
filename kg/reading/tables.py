"""Tables of every format: rows of cells become pieces, one row a line, cells parted by `` | ``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model.frameworks import grade_names
from kg.model.records import Notice
from kg.reading.pieces import Piece, Reading

_MOST_COLUMNS = 100
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, and over how many columns and rows it goes."""

    text: str
    columns: int = 1
    rows: int = 1


def grid(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """The texts of a table by columns: a cell stands in the first of its columns and, where it is short, as
    grades, years and names are, again in each of its rows.

    What no table of a report has (more than a hundred columns) is cut.

    >>> grid([[Cell("Force"), Cell("2023", rows=2)], [Cell("Kent")], [Cell("", columns=2), Cell("Good")]])
    [['Force', '2023'], ['Kent', '2023'], ['', '', 'Good']]
    """
    laid: list[list[str]] = []
    open_cells: dict[int, tuple[str, int]] = {}
    for row in rows:
        texts: list[str] = []
        below: dict[int, tuple[str, int]] = {}
        for cell in row:
            _lay_open(texts, open_cells, below)
            at, columns = len(texts), max(1, min(cell.columns, _MOST_COLUMNS - len(texts)))
            texts += [cell.text, *[""] * (columns - 1)][: _MOST_COLUMNS - at]
            if cell.rows > 1:
                again = again_below(cell.text)
                below |= {at + n: (again if n == 0 else "", cell.rows - 1) for n in range(columns)}
        _lay_open(texts, open_cells, below)
        laid.append(texts)
        open_cells = below
    return laid


def again_below(text: str) -> str:
    """What stands in the further rows of a cell that goes over several: all of it, where it is short."""
    return text if len(text) <= _SHORT else ""


def _lay_open(texts: list[str], above: dict[int, tuple[str, int]], below: dict[int, tuple[str, int]]) -> None:
    """Puts in what cells of rows above hold at the next columns, and keeps what goes on below."""
    while (at := len(texts)) in above:
        text, rows = above[at]
        texts.append(text)
        if rows > 1:
            below[at] = (text, rows - 1)


def table_reading(
    rows: Sequence[Sequence[str]],
    *,
    caption: str = "",
    header: bool = False,
    page: int | None = None,
    fragment: str | None = None,
) -> Reading:
    """A table as ``row`` pieces, the first row too; a caption comes before them as a paragraph.

    A table of lists, where each column lists things under its head and a row means nothing ("Outstanding",
    "Good" … over areas), is read by its columns: a row is a head and what is listed under it, with a Notice.
    Things in one cell are parted by line breaks.
    """
    filled = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    notices: tuple[Notice, ...] = ()
    if is_lists(filled, header):
        notices = (_by_columns(filled[0], caption),)
        filled = _columns(filled)
    pieces = [Piece(caption, "paragraph", None, page, fragment)] if caption else []
    pieces += [Piece(_line(row), "row", None, page, fragment) for row in filled]
    return Reading(tuple(pieces), (), notices)


def _line(row: Sequence[str]) -> str:
    last = max(at for at, cell in enumerate(row) if cell)
    return " | ".join(" ".join(cell.split()) for cell in row[: last + 1]).replace("|  |", "| |").strip()


def is_lists(rows: Sequence[Sequence[str]], header: bool = False) -> bool:
    """Whether the columns of a table are lists; ``header`` says that its first row is marked as heads."""
    if len(rows) < 2 or len(rows[0]) < 3 or not all(rows[0]):
        return False
    if all(cell.casefold() in grade_names() for cell in rows[0]):
        return all(cell.casefold() not in grade_names() for row in rows[1:] for cell in row)
    return header and all(not all(row) and not row[0] for row in rows[1:])


def _columns(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """For each column its head and what is listed under it, from the top."""
    return [
        [
            head,
            *(thing for row in rows[1:] if at < len(row) for thing in row[at].split("\n") if thing.strip()),
        ]
        for at, head in enumerate(rows[0])
    ]


def _by_columns(heads: Sequence[str], caption: str) -> Notice:
    name = f'"{caption}" ' if caption else ""
    message = f"the table {name}lists things under {', '.join(heads)}: it is read by columns, a row for each"
    return Notice("table-of-lists", message)
