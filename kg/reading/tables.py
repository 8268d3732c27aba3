"""Tables of every format: rows of cells become pieces, one row a line, cells parted by `` | ``."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model.records import Notice
from kg.reading.pieces import Piece, Reading

GRADES = frozenset(
    {
        "outstanding",
        "good",
        "adequate",
        "requires improvement",
        "requires improvement to be good",
        "inadequate",
    }
)


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
    "Good" … over areas), gives no pieces: its columns become metadata ``column:HEAD`` with a Notice, for a
    row of it would say what the page does not.
    """
    filled = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    if is_lists(filled, header):
        return _lists(filled, caption)
    pieces = [Piece(caption, "paragraph", None, page, fragment)] if caption else []
    pieces += [Piece(_line(row), "row", None, page, fragment) for row in filled]
    return Reading(tuple(pieces))


def _line(row: Sequence[str]) -> str:
    last = max(at for at, cell in enumerate(row) if cell)
    return " | ".join(row[: last + 1]).replace("|  |", "| |").strip()


def is_lists(rows: Sequence[Sequence[str]], header: bool = False) -> bool:
    """Whether the columns of a table are lists; ``header`` says that its first row is marked as heads."""
    if len(rows) < 2 or len(rows[0]) < 3 or not all(rows[0]):
        return False
    if all(cell.lower() in GRADES for cell in rows[0]):
        return all(cell.lower() not in GRADES for row in rows[1:] for cell in row)
    return header and all(not all(row) and not row[0] for row in rows[1:])


def _lists(rows: Sequence[Sequence[str]], caption: str) -> Reading:
    metadata = []
    for at, head in enumerate(rows[0]):
        listed = [row[at] for row in rows[1:] if at < len(row) and row[at]]
        metadata.append(("column:" + head, "; ".join(listed)))
    name = f'"{caption}" ' if caption else ""
    message = f"the table {name}lists things under {', '.join(rows[0])}: its columns are metadata, not text"
    return Reading((), tuple(metadata), (Notice("table-of-lists", message),))
