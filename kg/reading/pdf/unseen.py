"""Which characters of a PDF's page no reader sees: those that leave no trace on the page as it is drawn
(invisible, white on white, below a bar or another shape, clipped, in a layer that is off), and those that are
struck out or marked to be taken out.

A page is drawn by the library that reads it, which takes some two milliseconds. Text that lies invisibly over
the picture of a scan has the picture's ink at its place, so it counts as seen, as it is.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from kg.reading.pdf.fragments import Char

_SCALE = 1.5
"""Pixels a point."""
_PIXELS = 6_000_000
"""Of a larger page fewer pixels a point are drawn."""
_TRACE = 8
"""Levels of grey, of 255, that tell ink from what is around it."""
_DARK = 60
"""Levels of grey by which a line that strikes words out is darker than the page."""
_THIN = 2.5
"""Points by which such a line may be shorter than the word."""
_RUN = 3
"""Letters and digits in a row that must leave no trace: one or two may be thinner than a pixel."""
_TINY = 0.5
"""Points a letter, on average: nobody can read a word of smaller ones."""
_XHEIGHT = (0.05, 0.5)
"""Where all letters and digits have ink, above the base line in sizes of the font."""
_STRUCK = (0.15, 0.45)
"""Where a line strikes letters out, above their base line in sizes of the font."""

Box = tuple[float, float, float, float]
"""Left, lower, right and upper edge, in points."""


class Drawing:
    """A page as it is drawn, upright, in levels of grey."""

    def __init__(self, page: Any, width: float, height: float) -> None:
        self._scale = min(_SCALE, math.sqrt(_PIXELS / max(1.0, width * height)))
        bitmap = page.render(scale=self._scale, grayscale=True)
        self._pixels, self._stride = bytes(bitmap.buffer), bitmap.stride
        self._width, self._height = bitmap.width, bitmap.height
        self._top = height

    def has_trace(self, char: Char) -> bool:
        """Whether anything stands out where the letter is."""
        left = max(0, math.floor(char.x0 * self._scale))
        right = min(self._width, math.ceil(char.x1 * self._scale))
        upper, lower = (
            math.floor((self._top - char.y - part * char.size) * self._scale) for part in _XHEIGHT[::-1]
        )
        rows = range(max(0, upper), min(self._height, lower + 1))
        if left >= right or not rows:
            return False
        found = set[int]()
        for row in rows[::-1]:
            found.update(self._pixels[row * self._stride + left : row * self._stride + right])
            if max(found) - min(found) >= _TRACE:
                return True
        return False

    def is_dark(self, left: float, right: float, y: float) -> bool:
        """Whether a level line is nowhere as light as the page two points above it is somewhere."""
        row, above = (round((self._top - at) * self._scale) for at in (y, y + 2))
        columns = slice(max(0, math.ceil(left * self._scale)), max(0, math.floor(right * self._scale)))
        lightest = max((max(self._row(each)[columns], default=0) for each in (row, above)), default=0)
        return any(
            max(self._row(each)[columns], default=255) <= lightest - _DARK for each in (row - 1, row, row + 1)
        )

    def _row(self, row: int) -> bytes:
        return self._pixels[row * self._stride : (row + 1) * self._stride] if 0 <= row < self._height else b""


def unseen(
    chars: Sequence[Char], drawing: Drawing, lines: Iterable[Box], marked: Collection[Box]
) -> Iterator[range]:
    """Where among the characters those are that nobody sees.

    ``lines`` are thin level ones drawn on the page, ``marked`` the areas of annotations that strike words out
    or say that they are to be taken out.
    """
    struck = _Lines(lines)

    def is_unseen(word: Sequence[int]) -> bool:
        letters = [chars[at] for at in word]
        return (
            letters[-1].x1 - letters[0].x0 < _TINY * len(letters)
            or not any(map(drawing.has_trace, letters))
            or struck.cross(letters, drawing)
            or all(_is_in(char, marked) for char in letters)
        )

    for hidden, run in groupby(_words(chars), key=is_unseen):
        places = [at for word in run for at in word]
        if hidden and len(places) >= _RUN:
            end = places[-1] + 1
            while end < len(chars) and not chars[end].text.isalnum() and chars[end].y == chars[end - 1].y:
                end += 1  # marks and spaces behind the words
            yield range(places[0], end)


def _words(chars: Sequence[Char]) -> Iterator[list[int]]:
    """The places of letters and digits that follow each other on a line."""
    for (is_word, _), places in groupby(
        range(len(chars)), key=lambda at: (_is_letter(chars[at]), chars[at].y)
    ):
        if is_word:
            yield list(places)


def _is_letter(char: Char) -> bool:
    """Of others it is not known where they have ink, or whether there is a font to draw them with."""
    return char.text.isascii() and char.text.isalnum()


class _Lines:
    """Level lines by their height."""

    def __init__(self, lines: Iterable[Box]) -> None:
        self._lines = sorted(((y0 + y1) / 2, x0, x1) for x0, y0, x1, y1 in lines)

    def cross(self, word: Sequence[Char], drawing: Drawing) -> bool:
        """Whether one goes through all letters, and is drawn in a colour that is seen."""
        low, high = (word[0].y + part * word[0].size for part in _STRUCK)
        within = self._lines[bisect_left(self._lines, (low,)) : bisect_right(self._lines, (high, math.inf))]
        left, right = word[0].x0, word[-1].x1
        return any(
            x0 <= left + _THIN and right - _THIN <= x1 and drawing.is_dark(left, right, y)
            for y, x0, x1 in within
        )


def _is_in(char: Char, boxes: Collection[Box]) -> bool:
    x, y = (char.x0 + char.x1) / 2, char.y + 0.25 * char.size
    return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in boxes)


def struck_areas(page: Any, raw: Any, place: Any) -> Iterator[Box]:
    """The areas of a page's annotations that strike words out or mark them to be taken out."""
    rectangle = raw.FS_RECTF()
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, at)
        kinds = (raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_REDACT)
        if raw.FPDFAnnot_GetSubtype(annotation) in kinds and raw.FPDFAnnot_GetRect(annotation, rectangle):
            ends = place(rectangle.left, rectangle.bottom), place(rectangle.right, rectangle.top)
            (x0, x1), (y0, y1) = map(sorted, zip(*ends, strict=True))
            yield x0, y0, x1, y1
        raw.FPDFPage_CloseAnnot(annotation)
