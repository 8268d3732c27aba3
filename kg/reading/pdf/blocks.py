"""Paragraphs and tables of a PDF become pieces: headings, paragraphs, list items and rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kg.model.text.display import one_line
from kg.reading.pdf.headings import heading_levels, heading_style, is_heading
from kg.reading.pdf.hyphens import joined, vocabulary
from kg.reading.pdf.layout import PageItems
from kg.reading.pdf.paragraphs import Paragraph, UnfinishedTable, find_paragraphs
from kg.reading.pdf.style import Style, usual_style
from kg.reading.pieces import Piece, Reading
from kg.reading.tables import is_lists, table_reading

_NAVIGATION = re.compile(r"(?:back|return) to (?:the )?(?:top|contents)(?: of (?:the )?page)?", re.IGNORECASE)

_INDENT = 4.0
"""Points by which the sign of a list stands further right than that of the list around it."""


def to_reading(pages: Sequence[PageItems], size: float) -> Reading:
    """The pieces of all pages, and what tables and footnotes give as metadata."""
    style = usual_style(pages, size)
    parts = list(find_paragraphs(pages, style))
    levels = heading_levels([part for part in parts if isinstance(part, Paragraph)], style)
    words = vocabulary(part for part in parts if isinstance(part, Paragraph))
    depths = _depths(parts)
    readings = [
        _reading(part, style, levels, words, depth) for part, depth in zip(parts, depths, strict=True)
    ]
    notes = tuple(("footnote", one_line(note)) for page in pages for note in page.footnotes)
    return Reading(
        tuple(piece for reading in readings for piece in reading.pieces if piece.text),
        (*(pair for reading in readings for pair in reading.metadata), *notes),
        tuple(notice for reading in readings for notice in reading.notices),
    )


def _reading(
    part: Paragraph | UnfinishedTable,
    style: Style,
    levels: dict[tuple[float, bool], int],
    words: Counter[str],
    depth: int | None,
) -> Reading:
    if isinstance(part, UnfinishedTable):
        rows = [["\n".join(map(one_line, cell.split("\n"))) for cell in row] for row in part.rows]
        return table_reading(rows if is_lists(rows) else [_filled(row) for row in rows], page=part.page)
    text, page = joined(part.texts, words), part.lines[0].page
    if _NAVIGATION.fullmatch(text):
        return Reading(())
    if is_heading(part, style):
        head = f"{part.mark} {text}" if part.mark else text
        return Reading((Piece(one_line(head), "heading", levels[heading_style(part)], page),))
    if part.bullet:
        return Reading((Piece(text, "list-item", depth, page),))
    numbered = f"{part.mark} {text}" if part.mark else text
    return Reading((Piece(one_line(numbered), "paragraph", None, page),))


def _depths(parts: Sequence[Paragraph | UnfinishedTable]) -> list[int | None]:
    """How deep the list of each bullet is, from 1: a list begins inside another where another sign stands
    further right. None for what has no bullet."""
    depths: list[int | None] = []
    open_lists: list[tuple[str, float]] = []
    for part in parts:
        if isinstance(part, UnfinishedTable) or not part.bullet:
            left = open_lists[0][1] if open_lists else 0.0
            if isinstance(part, UnfinishedTable) or part.mark or part.text_x < left:
                open_lists = []
            depths.append(None)
            continue
        x = part.lines[0].x0
        while open_lists and x < open_lists[-1][1] - _INDENT:
            open_lists.pop()
        if not open_lists or (x > open_lists[-1][1] + _INDENT and part.mark != open_lists[-1][0]):
            open_lists.append((part.mark, x))
        depths.append(len(open_lists))
    return depths


def _filled(cells: Sequence[str]) -> list[str]:
    """The cells of a ruled row from the first that has text: cells before it are indentation."""
    first = next((at for at, cell in enumerate(cells) if cell), 0)
    return list(cells[first:])
