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


def to_reading(pages: Sequence[PageItems], size: float) -> Reading:
    """The pieces of all pages, and what tables and footnotes give as metadata."""
    style = usual_style(pages, size)
    parts = list(find_paragraphs(pages, style))
    levels = heading_levels([part for part in parts if isinstance(part, Paragraph)], style)
    words = vocabulary(part for part in parts if isinstance(part, Paragraph))
    readings = [_reading(part, style, levels, words) for part in parts]
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
        return Reading((Piece(text, "list-item", None, page),))
    numbered = f"{part.mark} {text}" if part.mark else text
    return Reading((Piece(one_line(numbered), "paragraph", None, page),))


def _filled(cells: Sequence[str]) -> list[str]:
    """The cells of a ruled row from the first that has text: cells before it are indentation."""
    first = next((at for at, cell in enumerate(cells) if cell), 0)
    return list(cells[first:])
