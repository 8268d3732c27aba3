"""Tables of boxed items: one item a row, as trackers and plans of priority actions have them.

The head of a table says what its columns hold: a kind of box ("Recommendation", "Areas for priority action"),
a status, a due date. A plain "Date" is due only if it lies after the day of publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.nlp.document.wording import Words
from kg.nlp.periods.dates import date_in
from kg.nlp.rules.pattern_files import load_patterns
from kg.nlp.structure.box_labels import box_label, line_status
from kg.nlp.structure.outline import Part

_ENDS = re.compile(r"[.!?:;][’”\"')\]]*$")


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of one cell, with the offset where they begin."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class BoxRow:
    """What one row says of a boxed item: its kind, its words (of several cells where a page parted them),
    and the cells of number, status and due date."""

    kind: str
    words: tuple[Cell, ...]
    area: str | None
    number: str | None = None
    status: str | None = None
    due: str | None = None


def find_box_rows(
    parts: Sequence[Part], words: Words, published: str | None, kind: str | None = None
) -> Iterator[BoxRow]:
    """The items of all tables whose head names a kind of box, or the words of items of a known ``kind``."""
    at = 0
    while at < len(parts):
        end = at
        while end < len(parts) and parts[end].line.kind == "row" and parts[end].top != "annex":
            end += 1
        if end - at > 1:
            yield from _of_table(parts[at:end], words, published, kind)
        at = max(end, at + 1)


def _of_table(
    rows: Sequence[Part], words: Words, published: str | None, known: str | None
) -> Iterator[BoxRow]:
    head = [cell.text for cell in cells(rows[0])]
    columns = _columns(head, words, known)
    if columns is None:
        return
    kind, column_of = columns
    found: list[BoxRow] = []
    for row in rows[1:]:
        made = _row(row, kind, column_of, len(head), words, published)
        if made is not None:
            found.append(made)
    yield from _rejoined(found)


def cells(row: Part) -> list[Cell]:
    """The cells of a row of a table, empty ones too."""
    found, start = [], row.line.start
    for piece in row.line.text.split("|"):
        lead = len(piece) - len(piece.lstrip())
        found.append(Cell(start + lead, piece.strip()))
        start += len(piece) + 1
    return found


def _columns(
    head: Sequence[str], words: Words, known: str | None
) -> tuple[str | None, dict[str, int]] | None:
    """The kind that a head names (None: each row has its own), and the column of each role; None for a table
    of other things."""
    column_of: dict[str, int] = {}
    kind = known
    for at, text in enumerate(head):
        label = box_label(text, words) if text else None
        if label is not None and label.rest is None and kind == known and "words" not in column_of:
            kind, column_of["words"] = label.kind, at
            continue
        for form in load_patterns("boxes"):
            if form.role == "column" and form.regex.fullmatch(text) and form.value not in column_of:
                column_of[form.value] = at
                break
    if "words" not in column_of or (kind is None and "kind" not in column_of):
        return None
    return kind, column_of


def _row(
    row: Part,
    kind: str | None,
    column_of: dict[str, int],
    width: int,
    words: Words,
    published: str | None,
) -> BoxRow | None:
    own = cells(row)
    if len(own) < width:  # empty cells are lost in some formats: the words are then in the last one
        own = [*own[:-1], *(Cell(own[-1].start, "") for _ in range(width - len(own))), own[-1]]

    def of(role: str) -> str | None:
        return own[column_of[role]].text or None if role in column_of else None

    if kind is None:
        label = box_label(of("kind") or "", words)
        kind = label.kind if label else None
    said = own[column_of["words"]]
    if kind is None or not said.text:
        return None
    date = of("date")
    day = date_in(date) if date else None
    due = of("due") or (date if day and published and day > published else None)
    return BoxRow(kind, (said,), row.area, of("number"), line_status(of("status") or ""), due)


def _rejoined(rows: Sequence[BoxRow]) -> Iterator[BoxRow]:
    """Rows that the end of a page has parted are one: the words of the first go on in the second."""
    whole = sum(_ENDS.search(row.words[-1].text) is not None for row in rows)
    found: list[BoxRow] = []
    for row in rows:
        before = found[-1] if found else None
        if before and 2 * whole > len(rows) and not _ENDS.search(before.words[-1].text):
            found[-1] = BoxRow(
                before.kind,
                (*before.words, *row.words),
                before.area,
                before.number,
                before.status,
                before.due,
            )
        else:
            found.append(row)
    yield from found
