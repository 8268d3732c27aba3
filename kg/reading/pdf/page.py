"""One page of a PDF as the library gives it: fragments of text with places and styles, and drawn lines.

Units are points, x to the right and y upwards from the page's lower left corner as a reader sees it.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from kg.reading.pdf.fragments import Char, Fragment, drawn_bullets, find_fragments, without_doubles
from kg.reading.pdf.unseen import Box, Drawing, struck_areas, unseen

_MAX_PATHS = 4000
_THIN = 2.5
"""Points: what is no higher or wider is a line."""


class Rule(NamedTuple):
    """A thin straight line or edge: ``x0 == x1`` (upright) or ``y0 == y1`` (level)."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class PageContent:
    """What is on a page. ``unreadable`` counts characters that have no meaning assigned in the file,
    ``unseen`` are runs of characters that no reader of the page sees, which are left out."""

    number: int
    width: float
    height: float
    fragments: tuple[Fragment, ...]
    rules: tuple[Rule, ...]
    unreadable: int = 0
    shapes: int = 0
    unseen: tuple[str, ...] = ()


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
    shapes = list(_shapes(page, raw, place))
    chars, left_out = _seen(chars, page, raw, place, (width, height), shapes)
    odd = sum(char.text == "\ufffd" or "\ue000" <= char.text <= "\uefff" for char in chars)
    fragments = list(find_fragments(without_doubles(chars), number))
    rules = tuple(rule for shape in shapes for rule in _edges(*shape))
    bullets = drawn_bullets(shapes, fragments)
    return PageContent(number, width, height, (*fragments, *bullets), rules, odd, len(shapes), left_out)


def _seen(
    chars: list[Char], page: Any, raw: Any, place: Any, size: tuple[float, float], shapes: Sequence[Box]
) -> tuple[list[Char], tuple[str, ...]]:
    """The characters that are seen, and the words of the others."""
    lines = [shape for shape in shapes if shape[3] - shape[1] <= _THIN < shape[2] - shape[0]]
    marked = list(struck_areas(page, raw, place))
    gone = list(unseen(chars, Drawing(page, *size), lines, marked)) if chars else []
    words = tuple("".join(chars[at].text for at in run) for run in gone)
    hidden = {at for run in gone for at in run}
    return [char for at, char in enumerate(chars) if at not in hidden], words


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


def _shapes(page: Any, raw: Any, place: Any) -> Iterator[Box]:
    """The bounds of the shapes drawn on the page: left, lower, right and upper edge."""
    paths = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)
    for at, path in enumerate(paths):
        if at >= _MAX_PATHS:
            return
        left, bottom, right, top = path.get_bounds()
        if min(right - left, top - bottom) > _THIN and _is_unseen(path, raw):
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


def _edges(x0: float, y0: float, x1: float, y1: float) -> Iterator[Rule]:
    """A thin shape is one line; a frame or filled cell gives its four edges."""
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    if y1 - y0 <= _THIN and x1 - x0 > 6:
        yield Rule(x0, middle_y, x1, middle_y)
    elif x1 - x0 <= _THIN and y1 - y0 > 4:
        yield Rule(middle_x, y0, middle_x, y1)
    elif x1 - x0 > 20 and y1 - y0 > 8:
        yield Rule(x0, y0, x1, y0)
        yield Rule(x0, y1, x1, y1)
        yield Rule(x0, y0, x0, y1)
        yield Rule(x1, y0, x1, y1)
