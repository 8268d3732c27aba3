"""Word files (.docx) become pieces: paragraphs, headings by style, lists by numbering, tables as rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from kg.model.records import Notice
from kg.model.text.bullets import SIGNS
from kg.model.text.display import one_line
from kg.reading.archive import Archive
from kg.reading.pieces import BEFORE, Piece, Reading, raised, unseen_words
from kg.reading.tables import Cell, grid, table_reading
from kg.reading.web_page.html import rejoined
from kg.reading.word.docx_parts import (
    Numbering,
    Style,
    child,
    is_raised,
    parse_xml,
    read_styles,
    symbol,
    value,
)
from kg.reading.word.hidden import join_paragraphs, take_out_hidden

_SKIPPED = frozenset(("del", "moveFrom", "instrText", "delText", "Fallback", "rPr", "pPr", "sdtPr", "tblPr"))
_BULLET = re.compile(rf"[{SIGNS}\ue000-\uf8ff]\s*(?=\S)")
_SET = ("1", "true", "on")
_ON = (None, *_SET)


def read_docx(data: bytes) -> Reading:
    """The pieces of a Word file; footnotes and the stated title, author and date are metadata.

    Text that a reviewer deleted, that is hidden or struck out, tables of contents, headers and footers are
    left out. A numbered paragraph begins with its number. Raises CannotRead for a damaged file.
    """
    part = _Parts(Archive(data))
    document, styles = part.tree("word/document.xml"), part.optional("word/styles.xml")
    unseen = take_out_hidden(document, styles)
    join_paragraphs(document)
    body = child(document, "body")
    reader = _Reader(read_styles(styles), Numbering(part.optional("word/numbering.xml")))
    for element in body if body is not None else ():
        reader.block(element)
    pieces = reader.pieces if reader.has_headings else _bold_as_headings(reader.pieces, reader.bold)
    metadata = (*_stated(part), *reader.metadata, *_footnotes(part))
    return Reading(tuple(pieces), metadata, (*reader.notices, *unseen_words(unseen, "")))


class _Parts:
    """The members of the file as trees."""

    def __init__(self, archive: Archive) -> None:
        self._archive, self._names = archive, set(archive.names)

    def tree(self, name: str) -> Element:
        return parse_xml(self._archive.read(name), name)

    def optional(self, name: str) -> Element | None:
        return self.tree(name) if name in self._names else None


class _Reader:
    """Goes through the body once."""

    def __init__(self, styles: dict[str, Style], numbering: Numbering) -> None:
        self.pieces: list[Piece] = []
        self.metadata: list[tuple[str, str]] = []
        self.notices: list[Notice] = []
        self.bold: set[int] = set()
        self.has_headings = False
        self._styles, self._numbering = styles, numbering

    def block(self, element: Element) -> None:
        """A paragraph, a table, or something that holds them."""
        if element.tag == "p":
            self._paragraph(element)
        elif element.tag == "tbl":
            self._table(element)
        elif element.tag not in _SKIPPED:
            for inner in element:
                self.block(inner)

    def _paragraph(self, element: Element) -> None:
        style = self._styles.get(value(element, "pPr", "pStyle") or "", Style("", None, (None, None)))
        lines = rejoined([line for line in map(one_line, _text(element).split("\n")) if line])
        if re.fullmatch(r"toc( \d|\s?heading)", style.name):
            lines = []
        level = _outline(element) or style.level
        mark, depth = self._mark(element, style) if lines else (None, None)
        for at, line in enumerate(lines):
            self._add(line, level, mark if at == 0 else None, depth, is_bold=_is_bold(element))
        for box in _boxes(element):
            for inner in box:
                self.block(inner)

    def _add(
        self, line: str, level: int | None, mark: str | None, depth: int | None, *, is_bold: bool
    ) -> None:
        numbered = f"{mark} {line}" if mark and mark != "-" else line
        if level is not None and len(line) < 300:
            self.has_headings = True
            self.pieces.append(Piece(numbered, "heading", level))
        elif mark == "-":
            self.pieces.append(Piece(line, "list-item", depth))
        else:
            bullet = _BULLET.match(line) if mark is None else None
            text = line[bullet.end() :] if bullet else numbered
            self.pieces.append(Piece(text, "list-item" if bullet else "paragraph"))
            if is_bold:
                self.bold.add(len(self.pieces) - 1)

    def _mark(self, element: Element, style: Style) -> tuple[str | None, int | None]:
        """The mark of a list’s paragraph, and how deep its list is, from 1."""
        own = child(element, "pPr", "numPr")
        num_id = value(own, "numId") if own is not None else None
        depth = value(own, "ilvl") if own is not None else None
        num_id, depth = num_id or style.numbering[0], depth or style.numbering[1] or "0"
        if num_id in (None, "0") or not re.fullmatch("[0-8]", depth):
            return ("-" if style.name.startswith("list bullet") and num_id is None else None), None
        return self._numbering.mark(num_id or "", int(depth)), int(depth) + 1

    def _table(self, element: Element) -> None:
        rows = [list(_under(row, "tc")) for row in _under(element, "tr")]
        nested = any(cell.find(".//tbl") is not None for row in rows for cell in row)
        if nested or all(len(row) < 2 for row in rows):
            for row in rows:
                for cell in row:
                    self.block(cell)
            return
        reading = table_reading(grid(_cells(element)))
        self.pieces += reading.pieces
        self.metadata += reading.metadata
        self.notices += reading.notices


def _under(element: Element, tag: str) -> Iterator[Element]:
    """Elements of that name below, through content controls and the like, not inside one another."""
    for inner in element:
        if inner.tag == tag:
            yield inner
        elif inner.tag not in _SKIPPED and inner.tag != "tbl":
            yield from _under(inner, tag)


def _cells(table: Element) -> list[list[Cell]]:
    """The cells of a table’s rows; one merged with that above (``vMerge``) makes it go over one row more."""
    rows: list[list[Cell]] = []
    merged: dict[int, tuple[int, int]] = {}  # by column: row and place of the cell that goes on below
    for row in _under(table, "tr"):
        column = _number_of(row, "trPr", "gridBefore", least=0)
        cells = [Cell("", column)] if column else []
        going_on: dict[int, tuple[int, int]] = {}
        for element in _under(row, "tc"):
            columns, merge = (
                _number_of(element, "tcPr", "gridSpan", least=1),
                child(element, "tcPr", "vMerge"),
            )
            above = merged.get(column) if merge is not None and merge.get("val") != "restart" else None
            if above is not None:
                upper = rows[above[0]]
                upper[above[1]] = replace(upper[above[1]], rows=upper[above[1]].rows + 1)
                going_on[column] = above
            else:
                if merge is not None:
                    going_on[column] = len(rows), len(cells)
                cells.append(Cell(_lines_of(element), columns))
            column += columns
        rows.append(cells)
        merged = going_on
    return rows


def _number_of(element: Element, *path: str, least: int) -> int:
    number = value(element, *path) or ""
    return max(least, int(number)) if re.fullmatch(r"\d{1,3}", number) else least


def _lines_of(cell: Element) -> str:
    return "\n".join(text for one in cell.iter("p") if (text := one_line(_text(one))))


def _text(element: Element) -> str:
    """The words of a paragraph: line breaks as ``\\n``, without boxes, notes and what was deleted."""
    out: list[str] = []
    before = ""
    for inner in element:
        words = _words(inner, before)
        out.append(words)
        before = (before + words)[-BEFORE:]
    return "".join(out)


def _words(inner: Element, before: str) -> str:
    """The words of a part of a paragraph, with those ``before`` it; empty for what has none."""
    tag = inner.tag
    if is_raised(inner):
        return raised(_text(inner), before)
    if tag == "f":  # of an equation
        return "/".join(_text(part) for part in inner if part.tag in ("num", "den"))
    if tag == "sym":
        return symbol(inner)
    if tag == "r" and any(one.get("customMarkFollows") in _SET for one in inner):
        return ""  # the mark of a note, typed by hand
    if tag == "t":
        return inner.text or ""
    if tag in ("tab", "ptab"):
        return " "
    if tag in ("br", "cr"):
        return "\n" if inner.get("type", "textWrapping") == "textWrapping" else " "
    if tag == "noBreakHyphen":
        return "-"
    return "" if tag in _SKIPPED or tag in ("txbxContent", "tbl") else _text(inner)


def _boxes(element: Element) -> Iterator[Element]:
    """The contents of text boxes that hang on a paragraph."""
    for inner in element:
        if inner.tag == "txbxContent":
            yield inner
        elif inner.tag not in _SKIPPED:
            yield from _boxes(inner)


def _outline(element: Element) -> int | None:
    outline = value(element, "pPr", "outlineLvl")
    return int(outline) + 1 if outline is not None and re.fullmatch("[0-5]", outline) else None


def _is_bold(element: Element) -> bool:
    """Whether all words of the paragraph are bold by themselves."""
    runs = [run for run in element.iter("r") if one_line(_text(run))]
    marks = [child(run, "rPr", "b") for run in runs]
    return bool(runs) and all(mark is not None and mark.get("val") in _ON for mark in marks)


def _bold_as_headings(pieces: list[Piece], bold: set[int]) -> list[Piece]:
    """Without heading styles, short bold paragraphs are headings (no sentences), the first of level 1."""
    out = list(pieces)
    level = 1
    for at in sorted(bold):
        if len(pieces[at].text) < 200 and not pieces[at].text.endswith((".", ";", ":", ",")):
            out[at] = Piece(pieces[at].text, "heading", level)
            level = 2
    return out


def _stated(part: _Parts) -> Iterator[tuple[str, str]]:
    core = part.optional("docProps/core.xml")
    for name, key in (("title", "meta:title"), ("creator", "meta:author"), ("created", "meta:created")):
        found = child(core, name)
        text = one_line(found.text or "")[:500] if found is not None else ""
        if text:
            yield key, text[:10] if key == "meta:created" else text


def _footnotes(part: _Parts) -> Iterator[tuple[str, str]]:
    for name, tag in (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")):
        root = part.optional(name)
        for note in root if root is not None else ():
            if note.tag == tag and note.get("type") is None and (text := one_line(_text(note))):
                yield "footnote", text
