"""One page of a PDF as fragments of text with places and styles, and the thin lines drawn on it.

Units are points, x to the right and y upwards from the page's lower left corner as a reader sees it.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

GAP = 1.5
"""Fragments part where more than this many times the font size is empty."""
_MAX_PATHS = 4000


class Char(NamedTuple):
    """A character, its left and right edge, its base line, font size, and whether the font is bold."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Fragment:
    """Characters that follow each other on one base line without a wide gap. ``page`` counts from 1."""

    chars: tuple[Char, ...]
    page: int
    y: float
    size: float

    @property
    def x0(self) -> float:
        return self.chars[0].x0

    @property
    def x1(self) -> float:
        return self.chars[-1].x1

    @property
    def bold(self) -> bool:
        """Whether the letters are bold, stray ones apart."""
        letters = [char for char in self.chars if char.text.isalnum()] or list(self.chars)
        return sum(char.bold for char in letters) > 0.9 * len(letters)

    @property
    def text(self) -> str:
        """The words, without raised note marks; a gap between characters is a space."""
        out: list[str] = []
        before: Char | None = None
        marked = False
        for char in self.chars:
            if self.is_note_mark(char):
                marked = True
                continue
            if before is not None and char.x0 - before.x1 > 0.18 * self.size and out[-1] != " ":
                out.append(" ")
            if marked and char.text in ",.;:)" and out and out[-1] == " ":
                out.pop()
            marked = marked and char.text == " "
            if char.text != " " or (out and out[-1] != " "):
                out.append(char.text)
            before = char if char.x1 > char.x0 else before
        return "".join(out).strip()

    def is_note_mark(self, char: Char) -> bool:
        """Whether a character is a raised small digit or sign, as note marks are."""
        raised = char.y > self.y + 0.12 * self.size and char.size < 0.85 * self.size
        return raised and (char.text.isdigit() or char.text in "*†‡§,[]")

    @property
    def starts_note(self) -> bool:
        """Whether the fragment begins as a footnote does."""
        return self.is_note_mark(self.chars[0])


class Rule(NamedTuple):
    """A thin straight line or edge: ``x0 == x1`` (upright) or ``y0 == y1`` (level)."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class PageContent:
    """What is on a page. ``unreadable`` counts characters that have no meaning assigned in the file."""

    number: int
    width: float
    height: float
    fragments: tuple[Fragment, ...]
    rules: tuple[Rule, ...]
    unreadable: int = 0
    shapes: int = 0


def page_content(page: Any, number: int) -> PageContent:
    """The content of a pypdfium2 page, turned upright if the page says that it is turned."""
    import pypdfium2.raw as raw

    turn = page.get_rotation()
    left, bottom, right, top = page.get_bbox()
    place = _placer(turn, left, bottom, right, top)
    width, height = right - left, top - bottom
    if turn in (90, 270):
        width, height = height, width
    text_page = page.get_textpage()
    try:
        chars = [char for char in _chars(text_page, raw, place) if _on_page(char, width, height)]
    finally:
        text_page.close()
    odd = sum(char.text == "\ufffd" or "\ue000" <= char.text <= "\uefff" for char in chars)
    fragments = list(_fragments(_once(chars), number))
    shapes = list(_shapes(page, raw, place))
    rules = tuple(rule for shape in shapes for rule in _edges(*shape))
    bullets = _bullets(shapes, fragments)
    return PageContent(number, width, height, (*fragments, *bullets), rules, odd, len(shapes))


def _on_page(char: Char, width: float, height: float) -> bool:
    return -9 <= char.x0 <= width + 9 and -9 <= char.y <= height + 9


def _placer(turn: int, left: float, bottom: float, right: float, top: float) -> Any:
    """A function from page coordinates to those of the page as it is shown."""
    turns = {
        0: lambda x, y: (x - left, y - bottom),
        90: lambda x, y: (y - bottom, right - x),
        180: lambda x, y: (right - x, top - y),
        270: lambda x, y: (top - y, x - left),
    }
    return turns.get(turn, turns[0])


def _chars(text_page: Any, raw: Any, place: Any) -> Iterator[Char]:
    """All characters in the order of the file; of those that the library supplies itself only spaces."""
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    styles: dict[int, tuple[float, bool]] = {}
    last: Char | None = None
    for at in range(raw.FPDFText_CountChars(text_page)):
        thing = raw.FPDFText_GetTextObject(text_page, at)
        code = raw.FPDFText_GetUnicode(text_page, at)
        if code in (0, 10, 13) or (not thing and code != 32):
            continue
        if not thing:  # a space that the library found by the distance of two characters
            if last is not None:
                yield last._replace(text=" ", x0=last.x1)
            continue
        raw.FPDFText_GetLooseCharBox(text_page, at, box)
        raw.FPDFText_GetCharOrigin(text_page, at, x, y)
        key = ctypes.addressof(thing.contents)
        if key not in styles:
            raw.FPDFText_GetMatrix(text_page, at, matrix)
            styles[key] = _style(text_page, at, raw, matrix)
        size, bold = styles[key]
        x0, base = place(min(box.left, box.right), y.value)
        x1, _ = place(max(box.left, box.right), y.value)
        last = Char(_letter(code), min(x0, x1), max(x0, x1), base, size, bold)
        yield last


def _style(text_page: Any, at: int, raw: Any, matrix: Any) -> tuple[float, bool]:
    size = raw.FPDFText_GetFontSize(text_page, at) * math.hypot(matrix.c, matrix.d)
    name, flags = ctypes.create_string_buffer(256), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text_page, at, name, 256, flags)
    words = name.value.decode("utf-8", "replace").lower()
    bold = any(word in words for word in ("bold", "black", "heavy", "semib", "demi"))
    return round(size, 1) or 1.0, bold or raw.FPDFText_GetFontWeight(text_page, at) >= 600


def _letter(code: int) -> str:
    """U+0002 is how the library writes a hyphen at the end of a line."""
    if code in (2, 0xAD, 0xFFFE):
        return "-"
    if code < 32 or code in (0xA0, 0x2002, 0x2003, 0x2009):
        return " "
    return chr(code) if code < 0x110000 else "\ufffd"


def _once(chars: Sequence[Char]) -> Iterator[Char]:
    """The characters without those drawn twice in one place, a way to print bold."""
    seen: set[tuple[str, float, int, int]] = set()
    for char in chars:
        near = 0.08 * char.size
        key = (char.text, char.size, round(char.x0 / near), round(char.y / near))
        if char.text == " " or key not in seen:
            seen.add(key)
            yield char


def _fragments(chars: Iterator[Char], page: int) -> Iterator[Fragment]:
    run: list[Char] = []
    last: Char | None = None
    for char in chars:
        if last is not None and char.text != " " and not _follows(last, char):
            yield from _fragment(run, page)
            run = []
        run.append(char)
        last = char if char.text != " " else last
    yield from _fragment(run, page)


def _follows(last: Char, char: Char) -> bool:
    size = max(last.size, char.size)
    return abs(char.y - last.y) <= 0.55 * size and -0.6 * size <= char.x0 - last.x1 <= GAP * size


def _fragment(run: list[Char], page: int) -> Iterator[Fragment]:
    while run and run[0].text == " ":
        run = run[1:]
    while run and run[-1].text == " ":
        run = run[:-1]
    if run:
        size = Counter(char.size for char in run if char.text != " ").most_common(1)[0][0]
        base = Counter(round(char.y, 1) for char in run if char.size == size).most_common(1)[0][0]
        yield Fragment(tuple(run), page, base, size)


def split_at(fragment: Fragment, edges: Sequence[float]) -> Iterator[Fragment]:
    """The parts of a fragment on each side of upright lines at ``edges``."""
    parts: list[list[Char]] = [[]]
    ahead = [edge for edge in sorted(edges) if fragment.x0 + 1 < edge < fragment.x1 - 1]
    for char in fragment.chars:
        if ahead and (char.x0 + char.x1) / 2 > ahead[0]:
            ahead.pop(0)
            parts.append([])
        parts[-1].append(char)
    for part in parts:
        for piece in _fragment(part, fragment.page):
            yield replace(piece, y=fragment.y) if abs(piece.y - fragment.y) < 1 else piece


def _shapes(page: Any, raw: Any, place: Any) -> Iterator[tuple[float, float, float, float]]:
    """The bounds of the shapes drawn on the page: left, lower, right and upper edge."""
    paths = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)
    for at, path in enumerate(paths):
        if at >= _MAX_PATHS:
            return
        left, bottom, right, top = path.get_bounds()
        if min(right - left, top - bottom) > 2.5 and _is_unseen(path, raw):
            continue
        (x0, y0), (x1, y1) = place(left, bottom), place(right, top)
        yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _is_unseen(path: Any, raw: Any) -> bool:
    """A white area without an outline, as behind text."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path.raw, fill, stroke) or stroke.value:
        return False
    colour = [ctypes.c_uint() for _ in range(4)]
    known = raw.FPDFPageObj_GetFillColor(path.raw, *colour)
    return not fill.value or bool(known and min(part.value for part in colour[:3]) > 250)


def _bullets(
    shapes: Sequence[tuple[float, float, float, float]], fragments: Sequence[Fragment]
) -> list[Fragment]:
    """Small drawn dots just left of a fragment, as bullets on its base line."""
    dots = [
        shape
        for shape in dict.fromkeys(shapes)
        if 1.5 < shape[2] - shape[0] < 9 and 0.6 < (shape[2] - shape[0]) / max(0.1, shape[3] - shape[1]) < 1.6
    ]
    out: list[Fragment] = []
    for x0, y0, x1, y1 in dots[:500]:
        beside = [
            one
            for one in fragments
            if 0 < one.x0 - x1 < 2.5 * one.size and one.y < (y0 + y1) / 2 < one.y + 0.8 * one.size
        ]
        if beside and not any(abs(one.y - beside[0].y) < 2 and one.x1 < x1 for one in fragments):
            first = min(beside, key=lambda one: one.x0)
            char = Char("•", x0, x1, first.y, first.size, False)
            out.append(Fragment((char,), first.page, first.y, first.size))
    return out


def _edges(x0: float, y0: float, x1: float, y1: float) -> Iterator[Rule]:
    """A thin shape is one line; a frame or filled cell gives its four edges."""
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    if y1 - y0 <= 2.5 and x1 - x0 > 6:
        yield Rule(x0, middle_y, x1, middle_y)
    elif x1 - x0 <= 2.5 and y1 - y0 > 4:
        yield Rule(middle_x, y0, middle_x, y1)
    elif x1 - x0 > 20 and y1 - y0 > 8:
        yield Rule(x0, y0, x1, y0)
        yield Rule(x0, y1, x1, y1)
        yield Rule(x0, y0, x0, y1)
        yield Rule(x1, y0, x1, y1)
