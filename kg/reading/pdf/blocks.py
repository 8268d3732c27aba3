"""Lines in reading order become paragraphs, headings, list items and rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.model.text.bullets import AMBIGUOUS, is_bullet_sign
from kg.reading.pdf.layout import Line, PageItems
from kg.reading.pdf.tables import Row
from kg.reading.pieces import Piece, Reading, clean
from kg.reading.tables import is_lists, table_reading

_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2}){0,2}|[a-z]|[ivx]{1,5})[.)]?")
_END = re.compile(r"[.!?:;][’”'\")\]]*$")
_LABEL = re.compile(
    r"(?:[\w’', ]{0,40}\b)?(?:dates?|inspectors?|published|publication|reference|number|urn|authors?|version)"
    r"\b[\w ]{0,20}:\s",
    re.IGNORECASE,
)
_NAVIGATION = re.compile(r"(?:back|return) to (?:the )?(?:top|contents)(?: of (?:the )?page)?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


@dataclass
class _Paragraph:
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
    def bullet(self) -> bool:
        return _is_bullet(self.mark)


@dataclass(frozen=True, slots=True)
class Style:
    """What is usual in a document: font size of the text, distance of lines as a multiple of the size."""

    size: float
    pitch: float
    bold: bool


def usual_style(pages: Iterable[PageItems], size: float) -> Style:
    """The style of most of the text."""
    pitches: Counter[float] = Counter()
    weights: Counter[bool] = Counter()
    for page in pages:
        lines = [item for item in page.items if isinstance(item, Line)]
        for line in lines:
            weights[line.bold] += len(line.text)
        for one, two in pairwise(lines):
            if abs(one.size - size) < 0.6 and abs(two.size - size) < 0.6 and 0 < one.y - two.y < 3 * size:
                pitches[round((one.y - two.y) / size, 1)] += 1
    common = [pitch for pitch, times in pitches.items() if times >= 0.2 * pitches.total()]
    return Style(size, min(common, default=1.2), weights[True] > weights[False])


def to_reading(pages: Sequence[PageItems], size: float) -> Reading:
    """The pieces of all pages, and what tables and footnotes give as metadata."""
    style = usual_style(pages, size)
    parts = list(_paragraphs(pages, style))
    levels = _levels([part for part in parts if isinstance(part, _Paragraph)], style)
    words = _vocabulary(part for part in parts if isinstance(part, _Paragraph))
    readings = [_reading(part, style, levels, words) for part in parts]
    notes = tuple(("footnote", clean(note)) for page in pages for note in page.footnotes)
    return Reading(
        tuple(piece for reading in readings for piece in reading.pieces if piece.text),
        (*(pair for reading in readings for pair in reading.metadata), *notes),
        tuple(notice for reading in readings for notice in reading.notices),
    )


@dataclass
class _Rows:
    """Rows of one table that follow each other. ``x`` are the left edges of cells, where it has no lines."""

    rows: list[list[str]]
    page: int
    table: int
    xs: tuple[float, ...] = ()
    y: float = 0.0


def _paragraphs(pages: Sequence[PageItems], style: Style) -> Iterator[_Paragraph | _Rows]:
    current: _Paragraph | _Rows | None = None
    for page in pages:
        for item in page.items:
            if current is not None and _grow(current, item, page.number, style):
                continue
            if current is not None:
                yield current
            current = _begin(item, page.number)
    if current is not None:
        yield current


def _begin(item: Line | Row, page: int) -> _Paragraph | _Rows:
    if isinstance(item, Row):
        return _Rows([list(item.cells)], page, item.table)
    mark, texts, text_x = _parse(item)
    if mark == "" and (label_x := _after_label(item)):
        return _Paragraph([item], mark, label_x, [" ".join(texts)])
    if mark == "" and len(texts) > 1:
        xs = tuple(fragment.x0 for fragment in item.fragments)
        return _Rows([list(texts)], page, -1, xs, item.y)
    return _Paragraph([item], mark, text_x, [" ".join(texts)])


def _filled(cells: Sequence[str]) -> list[str]:
    """The cells of a ruled row from the first that has text: cells before it are indentation."""
    first = next((at for at, cell in enumerate(cells) if cell), 0)
    return list(cells[first:])


def _grow(current: _Paragraph | _Rows, item: Line | Row, page: int, style: Style) -> bool:
    """Whether ``item`` goes on with ``current``; if so it has been added."""
    if isinstance(current, _Rows):
        return _grow_rows(current, item, page, style)
    if isinstance(item, Row):
        return False
    mark, texts, _ = _parse(item)
    _hang(current, item)
    labelled = current.text_x > current.lines[0].x0 + 20 and current.mark == ""
    if mark or (len(texts) > 1) or not _continues(current, item, style, labelled):
        return False
    current.lines.append(item)
    current.texts.append(" ".join(texts))
    return True


def _grow_rows(current: _Rows, item: Line | Row, page: int, style: Style) -> bool:
    if isinstance(item, Row):
        if item.table != current.table or page != current.page:
            return False
        current.rows.append(list(item.cells))
        return True
    mark, texts, _ = _parse(item)
    if current.table >= 0 or page != current.page or mark:
        return False
    close = 0 < current.y - item.y < 1.3 * style.pitch * item.size
    going_on = close and all(text[:1].islower() for text in texts)
    if len(texts) == len(current.xs) and _near(item.fragments[-1].x0, current.xs[-1]):
        if going_on:
            current.rows[-1] = [f"{cell} {text}" for cell, text in zip(current.rows[-1], texts, strict=True)]
        else:
            current.rows.append(list(texts))
    elif len(texts) == 1 and close:
        places = enumerate(current.xs)
        column = next((at for at, x in places if (at or going_on) and _near(item.x0, x)), None)
        if column is None:
            return False
        current.rows[-1][column] += " " + texts[0]
    else:
        return False
    current.y = item.y
    return True


def _hang(current: _Paragraph, line: Line) -> None:
    """Sees that a first line began with a number, where the next one begins under the word after it."""
    first, _, rest = current.texts[0].partition(" ")
    if len(current.lines) > 1 or current.mark or not _NUMBER.fullmatch(first) or first.isalpha():
        return
    _, x = _gap_after(current.last, len(first))
    if line.x0 > current.last.x0 + 0.8 * line.size and _near(line.x0, x):
        current.mark, current.texts, current.text_x = first, [rest], x


def _near(one: float, other: float) -> bool:
    return abs(one - other) < 5


# Marks


def _is_bullet(text: str) -> bool:
    return text in tuple(AMBIGUOUS) or is_bullet_sign(text)


def _parse(line: Line) -> tuple[str, tuple[str, ...], float]:
    """(bullet or number, the texts of the fragments without it, where the words begin)."""
    texts = tuple(fragment.text for fragment in line.fragments if fragment.text)
    if len(texts) > 1 and len(texts) == len(line.fragments):
        near = line.fragments[1].x0 - line.fragments[0].x1 < 6 * line.size
        if _is_bullet(texts[0]) or (near and _NUMBER.fullmatch(texts[0])):
            return texts[0], texts[1:], line.fragments[1].x0
    first, _, rest = _glued(texts[0]).partition(" ")
    if not rest:
        return ("", texts, line.x0) if not is_bullet_sign(texts[0]) else (texts[0], ("",), line.x0)
    gap, x = _gap_after(line, len(first))
    sure = is_bullet_sign(first) or (first in tuple(AMBIGUOUS) and gap > 0.45 * line.size)
    glued = not texts[0].startswith(first + " ")
    if sure or glued or (_NUMBER.fullmatch(first) and not first.isalpha() and gap > 0.55 * line.size):
        return first, (rest.strip(), *texts[1:]), x
    return "", texts, line.x0


def _glued(text: str) -> str:
    """``10.There`` with the space that the page shows by place alone."""
    return re.sub(r"^(\d{1,3}\.)(?=[A-Z‘“])", r"\1 ", text)


def _after_label(line: Line) -> float | None:
    """Where the words begin after a label and a gap ("Lead inspector:    A Person"), or None."""
    if len(line.fragments) > 1 and line.fragments[0].text.endswith(":"):
        return line.fragments[1].x0
    label, colon, rest = line.text[:50].partition(": ")
    if not colon or not rest:
        return None
    gap, x = _gap_after(line, len(label.replace(" ", "")) + 1)
    return x if gap > 0.7 * line.size else None


def _gap_after(line: Line, count: int) -> tuple[float, float]:
    """The empty space after the first ``count`` characters of a line, and where the next one begins."""
    chars = [char for char in line.fragments[0].chars if char.text != " "]
    if count >= len(chars):
        return 0.0, line.x0
    return chars[count].x0 - chars[count - 1].x1, chars[count].x0


# Where paragraphs end


def _continues(current: _Paragraph, line: Line, style: Style, labelled: bool) -> bool:
    last = current.last
    runs_on = line.text[:1].islower() and not _END.search(last.text)
    if abs(line.size - last.size) > 0.6 or (line.bold != last.bold and not runs_on):
        return False
    if _is_next_number(current, line):
        return False
    if line.page != last.page or line.y >= last.y:
        return _continues_overleaf(current, line, style)
    if last.y - line.y > max(style.pitch, 1.1) * 1.25 * max(line.size, last.size):
        return False
    if labelled:
        return _near(line.x0, current.text_x)
    if _outdented(current, line) or _indented(current, line):
        return False
    return not _ends_early(last, line)


def _continues_overleaf(current: _Paragraph, line: Line, style: Style) -> bool:
    """Over a page or column: only text whose sentence is not finished, or words in small letters."""
    if current.size > 1.08 * style.size or (line.bold and not style.bold):
        return False
    text = current.texts[-1]
    if _END.search(text):
        return False
    first = line.text.lstrip("‘“('\"")[:1]
    return first.islower() or not _ends_early(current.last, line)


def _is_next_number(current: _Paragraph, line: Line) -> bool:
    """Whether a line begins below the number of its paragraph with the number that comes next."""
    number = re.match(r"(\d{1,3})[.)]$", line.text.split(" ", 1)[0])
    before = re.match(r"(\d{1,3})[.)]$", current.mark or current.texts[0].split(" ", 1)[0])
    if number is None or before is None or int(number[1]) != int(before[1]) + 1:
        return False
    return line.page != current.last.page or abs(line.x0 - current.lines[0].x0) < line.size


def _outdented(current: _Paragraph, line: Line) -> bool:
    """A line that begins left of a list item's words, or of a paragraph's lines after the first."""
    if current.mark:
        return line.x0 < current.text_x - 0.8 * line.size
    if len(current.lines) == 1:
        return line.x0 < current.last.x0 - 4 * line.size
    return line.x0 < current.last.x0 - 0.8 * line.size and not _is_centred(current, line)


def _indented(current: _Paragraph, line: Line) -> bool:
    if current.mark and len(current.lines) == 1:
        return line.x0 > current.text_x + 2 * line.size
    return line.x0 > current.last.x0 + 0.8 * line.size and not _is_centred(current, line)


def _is_centred(current: _Paragraph, line: Line) -> bool:
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


# Headings


def _is_heading(paragraph: _Paragraph, style: Style) -> bool:
    text = _plain(paragraph)
    if paragraph.bullet or len(text) > 300 or len(paragraph.lines) > 5 or not any(map(str.isalpha, text)):
        return False
    labelled = paragraph.text_x > paragraph.lines[0].x0 + 20 and not paragraph.mark
    if labelled or _LABEL.match(text):
        return False
    if paragraph.size >= 1.08 * style.size and paragraph.size - style.size > 0.9:
        return len(text) < 160 or not text.endswith(".")
    if paragraph.bold and not style.bold and paragraph.size > 0.9 * style.size:
        return not text.endswith((".", ";", ",", ":"))
    return False


def _levels(paragraphs: Sequence[_Paragraph], style: Style) -> dict[tuple[float, bool], int]:
    """The level of each style of heading: the largest is 1, at one size bold before plain."""
    styles = {_key(paragraph) for paragraph in paragraphs if _is_heading(paragraph, style)}
    return {key: min(at, 6) for at, key in enumerate(sorted(styles, reverse=True), 1)}


def _key(paragraph: _Paragraph) -> tuple[float, bool]:
    return round(paragraph.size * 2) / 2, paragraph.bold


# Text


def _plain(paragraph: _Paragraph) -> str:
    return " ".join(paragraph.texts)


def _vocabulary(paragraphs: Iterable[_Paragraph]) -> Counter[str]:
    """How often each word occurs, those that a line end cuts apart."""
    words: Counter[str] = Counter()
    for paragraph in paragraphs:
        for text in paragraph.texts:
            body = text.rsplit(" ", 1)[0] if text.endswith("-") else text
            words.update(word.lower() for word in _WORD.findall(body))
    return words


def _joined(texts: Sequence[str], words: Counter[str]) -> str:
    out = texts[0]
    for text in texts[1:]:
        if re.search(r"[^\W\d_]-$", out) and text[:1].isalpha():
            out = _rejoin(out, text, words)
        elif out.endswith(("-", "/")) and not out.endswith((" -", " /")):
            out += text
        else:
            out += " " + text
    return clean(out)


def _rejoin(out: str, text: str, words: Counter[str]) -> str:
    """A word cut at a hyphen: the hyphen stays unless the document writes the word without it."""
    head, tail = _WORD.findall(out[:-1])[-1].lower(), (_WORD.findall(text) or [""])[0].lower()
    whole, hyphened = words[head + tail], words[f"{head}-{tail}"]
    parts = words[head] and words[tail]
    if text[:1].islower() and hyphened == 0 and (whole > 0 or (not parts and len(head) > 1)):
        return out[:-1] + text
    return out + text


def _reading(
    part: _Paragraph | _Rows, style: Style, levels: dict[tuple[float, bool], int], words: Counter[str]
) -> Reading:
    if isinstance(part, _Rows):
        rows = [[clean(cell) for cell in row] for row in part.rows]
        return table_reading(rows if is_lists(rows) else [_filled(row) for row in rows], page=part.page)
    text, page = _joined(part.texts, words), part.lines[0].page
    if _NAVIGATION.fullmatch(text):
        return Reading(())
    if _is_heading(part, style):
        head = f"{part.mark} {text}" if part.mark else text
        return Reading((Piece(clean(head), "heading", levels[_key(part)], page),))
    if part.bullet:
        return Reading((Piece(text, "list-item", None, page),))
    numbered = f"{part.mark} {text}" if part.mark else text
    return Reading((Piece(clean(numbered), "paragraph", None, page),))
