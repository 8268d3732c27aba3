"""The pages of a PDF in reading order: lines and table rows, without running heads, feet and footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from kg.reading.pdf.grade_lists import find_grade_lists
from kg.reading.pdf.page import GAP, Fragment, PageContent
from kg.reading.pdf.tables import Row, find_rows

_PAGE_NUMBER = re.compile(
    r"\W*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE
)
_LEADERS = re.compile(r"(?:\s*\.){4,}\s*|\s*…+\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """Fragments on one base line, from the left. ``right`` is the right edge of the column it is in."""

    fragments: tuple[Fragment, ...]
    page: int
    right: float

    @property
    def x0(self) -> float:
        return self.fragments[0].x0

    @property
    def x1(self) -> float:
        return self.fragments[-1].x1

    @property
    def y(self) -> float:
        return self.fragments[0].y

    @property
    def size(self) -> float:
        return max(self.fragments, key=lambda fragment: len(fragment.chars)).size

    @property
    def bold(self) -> bool:
        return all(fragment.bold for fragment in self.fragments)

    @property
    def text(self) -> str:
        return " ".join(fragment.text for fragment in self.fragments if fragment.text)


Item = Line | Row


@dataclass(frozen=True, slots=True)
class PageItems:
    """A page in reading order, and the texts of its footnotes."""

    number: int
    items: tuple[Item, ...]
    footnotes: tuple[str, ...] = ()


def body_size(pages: Sequence[PageContent]) -> float:
    """The font size of most characters."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for fragment in page.fragments:
            sizes[round(fragment.size * 2) / 2] += len(fragment.chars)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def lay_out(pages: Sequence[PageContent]) -> list[PageItems]:
    """The items of each page in reading order."""
    running = _running(pages)
    size = body_size(pages)
    return [_page_items(page, running, size) for page in pages]


def _page_items(page: PageContent, running: frozenset[tuple[str, int]], size: float) -> PageItems:
    kept = [one for one in page.fragments if one.text and not _is_running(one, page, running, size)]
    rows, rest = find_rows(kept, page.rules)
    lists, rest = find_grade_lists(rest, len(page.rules) + 1)
    rows += lists
    notes, rest = _footnotes(rest, page, size)
    items = tuple(_without_contents([*_ordered(rest, rows, page)], page))
    return PageItems(page.number, items, notes)


# Running heads and feet


def _running(pages: Sequence[PageContent]) -> frozenset[tuple[str, int]]:
    """What stands at the top or foot of many pages: (text with digits as #, place in steps of 4 points)."""
    count: Counter[tuple[str, int]] = Counter()
    for page in pages:
        count.update({_place(one, page) for one in page.fragments if _is_marginal(one, page, 0.14)})
    enough = max(2, min(4, 0.4 * len(pages)))
    return frozenset(key for key, times in count.items() if times >= enough)


def _place(fragment: Fragment, page: PageContent) -> tuple[str, int]:
    from_top = fragment.y > page.height / 2
    distance = page.height - fragment.y if from_top else -fragment.y
    return re.sub(r"\d+", "#", fragment.text), round(distance / 4)


def _is_marginal(fragment: Fragment, page: PageContent, share: float) -> bool:
    return not share * page.height < fragment.y < (1 - share) * page.height


def _is_running(
    fragment: Fragment, page: PageContent, running: frozenset[tuple[str, int]], size: float
) -> bool:
    """Small print may be up to 16 points from where it usually is, other text up to 4."""
    if _is_marginal(fragment, page, 0.1) and _PAGE_NUMBER.fullmatch(fragment.text):
        return True
    if not _is_marginal(fragment, page, 0.14):
        return False
    text, place = _place(fragment, page)
    reach = 4 if fragment.size < size - 0.5 else 1
    return any((text, near) in running for near in range(place - reach, place + reach + 1))


# Footnotes


def _footnotes(
    fragments: list[Fragment], page: PageContent, size: float
) -> tuple[tuple[str, ...], list[Fragment]]:
    """The texts of the footnotes at the foot of the page, and all other fragments."""
    small = [one for one in fragments if one.size <= size - 0.8 and one.y < 0.6 * page.height]
    firsts = [one for one in small if one.starts_note or _is_mark_alone(one, small)]
    if not firsts:
        return (), fragments
    top = max(one.y for one in firsts) + 2
    below = [one for one in fragments if one.y <= top]
    if any(one.size > size - 0.8 for one in below):
        return (), fragments
    lines = [line for line in _lines(below) if line.text]
    notes: list[str] = []
    for line in lines:
        starts = line.fragments[0] in firsts
        if starts or not notes:
            notes.append(re.sub(r"^\d{1,3}\s+", "", line.text))
        else:
            notes[-1] += " " + line.text
    return tuple(notes), [one for one in fragments if one.y > top]


def _is_mark_alone(fragment: Fragment, others: Sequence[Fragment]) -> bool:
    """A number by itself, smaller than the words to its right."""
    if not re.fullmatch(r"\d{1,3}", fragment.text):
        return False
    beside = (one for one in others if 0 <= one.x0 - fragment.x1 < 20 and abs(one.y - fragment.y) < one.size)
    return any(fragment.size < one.size for one in beside)


# Columns and lines


def _ordered(fragments: list[Fragment], rows: list[Row], page: PageContent) -> Iterator[Item]:
    """Lines and rows from the top; between what spans two columns, the left one first."""
    lines = _lines(fragments)
    gutter = _gutter(lines, page)
    if gutter is None:
        whole: list[Item] = [*_with_edges(lines), *rows]
        yield from sorted(whole, key=_height)
        return
    wide = [one for one in fragments if one.x0 < gutter - 4 and one.x1 > gutter + 4]
    narrow = [one for one in fragments if one not in wide]
    upper = page.height + 1
    spanning: list[Item] = [*_with_edges(_lines(wide)), *rows]
    for item in (*sorted(spanning, key=_height), None):
        lower = -1.0 if item is None else item.y
        band = [one for one in narrow if lower < one.y <= upper]
        yield from _with_edges(_lines([one for one in band if one.x0 < gutter]))
        yield from _with_edges(_lines([one for one in band if one.x0 >= gutter]))
        if item is not None:
            yield item
        upper = lower


def _height(item: Item) -> float:
    return -item.y


def _lines(fragments: Sequence[Fragment]) -> list[Line]:
    """Fragments of one base line together, from the top; those with no wide gap between become one."""
    lines: list[list[Fragment]] = []
    for one in sorted(fragments, key=lambda fragment: (-fragment.y, fragment.x0)):
        before = lines[-1] if lines else None
        if before is not None and abs(before[0].y - one.y) <= 0.35 * min(one.size, before[0].size):
            before.append(one)
        else:
            lines.append([one])
    return [Line(_merged(sorted(line, key=lambda one: one.x0)), line[0].page, 0.0) for line in lines]


def _merged(line: Sequence[Fragment]) -> tuple[Fragment, ...]:
    out = [line[0]]
    for one in line[1:]:
        last = out[-1]
        if -last.size < one.x0 - last.x1 < GAP * max(one.size, last.size):
            longer = max(last, one, key=lambda fragment: len(fragment.chars))
            out[-1] = replace(longer, chars=(*last.chars, *one.chars))
        else:
            out.append(one)
    return tuple(out)


def _with_edges(lines: Sequence[Line]) -> list[Line]:
    """The lines with the right edge of their column: the furthest that lines of the same size reach."""
    edges: dict[float, float] = {}
    for line in lines:
        edges[line.size] = max(edges.get(line.size, 0.0), line.x1)
    return [replace(line, right=edges[line.size]) for line in lines]


def _gutter(lines: Sequence[Line], page: PageContent) -> float | None:
    """The x of the empty strip between two columns of running text, or None."""
    pairs = [line for line in lines if len(line.fragments) >= 2]
    if len(pairs) < 8:
        return None
    strips = [
        (left.x1, right.x0)
        for line in pairs
        for left, right in zip(line.fragments, line.fragments[1:], strict=False)
        if 0.3 * page.width < (left.x1 + right.x0) / 2 < 0.7 * page.width
    ]
    if len(strips) < 8:
        return None
    start = median(right for _, right in strips)
    fits = [(left, right) for left, right in strips if abs(right - start) < 6]
    x = start - 5
    left = [one for line in lines for one in line.fragments if one.x1 < x]
    right = [one for line in lines for one in line.fragments if one.x0 > x]
    if len(fits) < 0.6 * len(strips) or min(len(left), len(right)) < 8:
        return None
    sides = (left, x - min(one.x0 for one in left)), (right, max(one.x1 for one in right) - x)
    filled = all(median(one.x1 - one.x0 for one in side) > 0.6 * width for side, width in sides)
    return x if filled else None


# Contents lists


def _without_contents(items: Sequence[Item], page: PageContent) -> list[Item]:
    """Drops a table of contents: three or more lines that end in a page number at the right."""
    at = [number for number, item in enumerate(items) if isinstance(item, Line) and _is_entry(item, page)]
    if len(at) < 3:
        return list(items)
    first, last = at[0], at[-1]
    if len(at) < 0.5 * (last - first + 1):
        return [item for number, item in enumerate(items) if number not in at]
    while first > 0 and isinstance(before := items[first - 1], Line) and _is_contents_head(before):
        first -= 1
    return [*items[:first], *items[last + 1 :]]


def _is_entry(line: Line, page: PageContent) -> bool:
    text = line.text
    if _LEADERS.search(text) and re.search(r"\d{1,3}$", text):
        return True
    number = line.fragments[-1]
    alone = len(line.fragments) > 1 and re.fullmatch(r"\d{1,3}", number.text) is not None
    return alone and number.x1 > 0.75 * page.width and line.fragments[-2].text[0].isalpha()


def _is_contents_head(line: Line) -> bool:
    return line.text.strip().lower() in ("contents", "table of contents", "page", "contents page")
