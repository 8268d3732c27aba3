"""Tables for people: aligned, as records or in Markdown, with nothing in them that a terminal obeys."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence

from kg.model.text.display import escaped

_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, width: int | None = None, wrap: bool = False
) -> str:
    """An aligned table that ends with a newline: numbers to the right, each row on one line, control
    characters escaped.

    With ``width`` (columns of the terminal) the widest columns are narrowed and their cells cut with "…", or
    with ``wrap`` continued on further lines.

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
    lines = ["  ".join(map(_padded, heads, widths, right)).rstrip(), "  ".join("─" * w for w in widths)]
    apart = wrap and any(map(_is_long, columns_of(cells), widths))
    for row in cells:
        parts = list(zip(*_wrapped(row, widths), strict=True)) if wrap else [row]
        lines += ["  ".join(map(_padded, part, widths, right)).rstrip() for part in parts]
        lines += [""] if apart else []
    if not cells:
        lines.append("(no rows)")
    return "\n".join(lines) + "\n"


def columns_of(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The cells of each column.

    >>> columns_of([["a", "b"], ["c", "d"]])
    [('a', 'c'), ('b', 'd')]
    """
    return list(zip(*rows, strict=True))


def _is_long(column: Sequence[str], width: int) -> bool:
    return any(display_width(cell) > width for cell in column)


def _wrapped(row: Sequence[str], widths: Sequence[int]) -> list[list[str]]:
    """The lines of each cell, as many for all."""
    lines = [
        textwrap.wrap(cell, width) or [""] if display_width(cell) > width else [cell]
        for cell, width in zip(row, widths, strict=True)
    ]
    most = max(map(len, lines), default=1)
    return [cell + [""] * (most - len(cell)) for cell in lines]


def records(columns: Sequence[str], rows: Iterable[Sequence[object]], *, width: int) -> str:
    """One block a row, a line or more a column, for more columns than stand side by side; ends with one.

    >>> print(records(["area", "n"], [["Responding", 7]], width=40), end="")
    1
      area  Responding
      n     7
    """
    heads = [escaped(column) for column in columns]
    wide = max(map(display_width, heads), default=0)
    lines: list[str] = []
    for number, row in enumerate(rows, start=1):
        lines.append(str(number))
        for head, cell in zip(heads, row, strict=True):
            text = escaped(" ".join(_text(cell).splitlines()))
            if text:
                start = f"  {_padded(head, wide, False)}  "
                lines += textwrap.wrap(
                    text, max(width, wide + 24), initial_indent=start, subsequent_indent=" " * len(start)
                )
    return "\n".join(lines or ["(no rows)"]) + "\n"


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def _all_numbers(cells: Iterable[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(_NUMBER.fullmatch(cell) for cell in filled)


def _padded(cell: str, width: int, right: bool) -> str:
    """The cell in a column: cut with "…" where it is longer, with spaces on one side where it is shorter."""
    if display_width(cell) > width:
        while cell and display_width(cell) > width - 1:
            cell = cell[:-1]
        cell += "…"
    space = " " * (width - display_width(cell))
    return space + cell if right else cell + space


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


def markdown_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table that ends with a newline; line breaks in cells become spaces, bars are escaped."""
    lines = [list(columns), ["---"] * len(columns), *([_text(cell) for cell in row] for row in rows)]
    return "".join("| " + " | ".join(map(_markdown_cell, line)) + " |\n" for line in lines)


def _markdown_cell(cell: str) -> str:
    for special in ("\\", "|", "<", "`", "*", "_", "["):
        if special != "_" or "__" in cell or cell.startswith("_"):
            cell = cell.replace(special, "\\" + special)
    return escaped(" ".join(cell.splitlines()))
