"""Lines in reading order grow into paragraphs, list items and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from kg.model.frameworks import grade_names
from kg.reading.pdf.layout import PageItems
from kg.reading.pdf.lines import Line
from kg.reading.pdf.marks import NUMBER, after_label, gap_after, is_bullet, parse_mark
from kg.reading.pdf.style import Style
from kg.reading.pdf.tables import Row

_END = re.compile(r"[.!?:;][’”'\")\]]*$")


@dataclass
class Paragraph:
    """Lines that belong together. ``mark`` is a bullet or number, ``text_x`` where its words begin."""

    lines: list[Line]
    mark: str
    text_x: float
    texts: list[str] = field(default_factory=list)

    @property
    def last(self) -> Line:
        return self.lines[-1]

    @property
    def size(self) -> float:
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)

    @property
    def text(self) -> str:
        """Its words without the mark, one line after the other."""
        return " ".join(self.texts)

    @property
    def is_labelled(self) -> bool:
        """Whether its words stand apart from a label before them ("Lead inspector:    A Person")."""
        return not self.mark and self.text_x > self.lines[0].x0 + 20

    @property
    def bullet(self) -> bool:
        return is_bullet(self.mark)


@dataclass
class UnfinishedTable:
    """Rows of one table that follow each other. ``x`` are the left edges of cells, where it has no lines."""

    rows: list[list[str]]
    page: int
    table: int
    xs: tuple[float, ...] = ()
    y: float = 0.0


def find_paragraphs(pages: Sequence[PageItems], style: Style) -> Iterator[Paragraph | UnfinishedTable]:
    """The paragraphs and tables of all pages in order; both may go on over a page."""
    current: Paragraph | UnfinishedTable | None = None
    for page in pages:
        for item in page.items:
            if current is not None and _grow(current, item, page.number, style):
                continue
            if current is not None:
                yield current
            current = _begin(item, page.number)
    if current is not None:
        yield current


def _begin(item: Line | Row, page: int) -> Paragraph | UnfinishedTable:
    if isinstance(item, Row):
        return UnfinishedTable([list(item.cells)], page, item.table)
    mark, texts, text_x = parse_mark(item)
    if mark == "" and (label_x := after_label(item)):
        return Paragraph([item], mark, label_x, [" ".join(texts)])
    if mark == "" and len(texts) > 1:
        xs = tuple(fragment.x0 for fragment in item.fragments)
        return UnfinishedTable([list(texts)], page, -1, xs, item.y)
    return Paragraph([item], mark, text_x, [" ".join(texts)])


def _grow(current: Paragraph | UnfinishedTable, item: Line | Row, page: int, style: Style) -> bool:
    """Whether ``item`` goes on with ``current``; if so it has been added."""
    if isinstance(current, UnfinishedTable):
        return _grow_table(current, item, page, style)
    if isinstance(item, Row):
        return False
    mark, texts, _ = parse_mark(item)
    _hang(current, item)
    if mark or len(texts) > 1 or not _continues(current, item, style):
        return False
    current.lines.append(item)
    current.texts.append(" ".join(texts))
    return True


def _grow_table(table: UnfinishedTable, item: Line | Row, page: int, style: Style) -> bool:
    """A ruled table takes its own rows, one without lines the lines whose fragments stand in its columns."""
    if page != table.page:
        return False
    if isinstance(item, Row):
        if item.table == table.table:
            table.rows.append(list(item.cells))
        return item.table == table.table
    mark, texts, _ = parse_mark(item)
    if table.table >= 0 or mark:
        return False
    close = 0 < table.y - item.y < 1.3 * style.pitch * item.size
    going_on = close and all(text[:1].islower() for text in texts)
    if len(texts) == len(table.xs) and _near(item.fragments[-1].x0, table.xs[-1]):
        if going_on:
            table.rows[-1] = [f"{cell} {text}" for cell, text in zip(table.rows[-1], texts, strict=True)]
        else:
            table.rows.append(list(texts))
    elif len(texts) == 1 and close:
        column = _column(table, item.x0, first_too=going_on)
        if column is None:
            return False
        table.rows[-1][column] += " " + texts[0]
    else:
        return False
    table.y = item.y
    return True


def _column(table: UnfinishedTable, x0: float, *, first_too: bool) -> int | None:
    """The column that a line begins in; the first one only where a cell goes on."""
    return next((at for at, x in enumerate(table.xs) if (at or first_too) and _near(x0, x)), None)


def _hang(current: Paragraph, line: Line) -> None:
    """Sees that a first line began with a number, where the next one begins under the word after it."""
    first, _, rest = current.texts[0].partition(" ")
    if len(current.lines) > 1 or current.mark or not NUMBER.fullmatch(first) or first.isalpha():
        return
    _, x = gap_after(current.last, len(first))
    if line.x0 > current.last.x0 + 0.8 * line.size and _near(line.x0, x):
        current.mark, current.texts, current.text_x = first, [rest], x


def _near(one: float, other: float) -> bool:
    return abs(one - other) < 5


def _continues(current: Paragraph, line: Line, style: Style) -> bool:
    last = current.last
    runs_on = line.text[:1].islower() and not _END.search(last.text)
    if abs(line.size - last.size) > 0.6 or (line.bold != last.bold and not runs_on):
        return False
    if _is_next_number(current, line) or _parts_grades(current.texts[-1], line.text):
        return False
    if line.page != last.page or line.y >= last.y:
        return _continues_overleaf(current, line, style)
    if last.y - line.y > max(style.pitch, 1.1) * 1.25 * max(line.size, last.size):
        return False
    if current.is_labelled:
        return _near(line.x0, current.text_x)
    if _outdented(current, line) or _indented(current, line):
        return False
    return not _ends_early(last, line)


def _continues_overleaf(current: Paragraph, line: Line, style: Style) -> bool:
    """Over a page or column: only text whose sentence is not finished, or words in small letters."""
    if current.size > 1.08 * style.size or (line.bold and not style.bold):
        return False
    text = current.texts[-1]
    if _END.search(text):
        return False
    first = line.text.lstrip("‘“('\"")[:1]
    return first.islower() or not _ends_early(current.last, line)


def _parts_grades(before: str, text: str) -> bool:
    """Whether two lines are entries of a list of grades, however wide they are.

    A grade alone, or one before a mark, goes on with nothing; nothing in capitals goes on with a grade behind
    one: "Investigating crime: Good".
    """
    if not text[:1].isupper():
        return False
    alone, opens, closes = _graded()
    return alone.fullmatch(text) is not None or bool(opens.match(text) or closes.search(before))


@cache
def _graded() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A grade alone on a line, at its beginning before a mark, at its end behind one or in brackets."""
    names = "|".join(re.escape(name) for name in sorted(grade_names(), key=lambda name: (-len(name), name)))
    forms = (
        rf"(?:{names})",
        rf"(?:{names})\s*(?:[:|]|[–—-] )",
        rf"(?:[:|]\s*|\s[–—-]+\s+)(?:{names})\Z|\((?:{names})\)\Z",
    )
    alone, opens, closes = (re.compile(form, re.IGNORECASE) for form in forms)
    return alone, opens, closes


def _is_next_number(current: Paragraph, line: Line) -> bool:
    """Whether a line begins below the number of its paragraph with the number that comes next."""
    number = re.match(r"(\d{1,3})[.)]$", line.text.split(" ", 1)[0])
    before = re.match(r"(\d{1,3})[.)]$", current.mark or current.texts[0].split(" ", 1)[0])
    if number is None or before is None or int(number[1]) != int(before[1]) + 1:
        return False
    return line.page != current.last.page or abs(line.x0 - current.lines[0].x0) < line.size


def _outdented(current: Paragraph, line: Line) -> bool:
    """A line that begins left of a list item's words, or of a paragraph's lines after the first."""
    if current.mark:
        return line.x0 < current.text_x - 0.8 * line.size
    if len(current.lines) == 1:
        return line.x0 < current.last.x0 - 4 * line.size
    return line.x0 < current.last.x0 - 0.8 * line.size and not _is_centred(current, line)


def _indented(current: Paragraph, line: Line) -> bool:
    if current.mark and len(current.lines) == 1:
        return line.x0 > current.text_x + 2 * line.size
    return line.x0 > current.last.x0 + 0.8 * line.size and not _is_centred(current, line)


def _is_centred(current: Paragraph, line: Line) -> bool:
    last = current.last
    return abs((line.x0 + line.x1) - (last.x0 + last.x1)) < 2 * line.size


def _ends_early(last: Line, line: Line) -> bool:
    """Whether the next line's first word would have had room, and the text does not simply run on."""
    first = line.fragments[0]
    word = len(line.text.split(" ", 1)[0])
    chars = [char for char in first.chars if char.text != " "][:word]
    room = last.right - last.x1 - (chars[-1].x1 - chars[0].x0) - 0.35 * last.size
    if room < 1.2 * last.size:
        return False
    begins_low = line.text[:1].islower()
    return bool(_END.search(last.text)) or (not begins_low and room > 0.25 * (last.right - last.x0))
