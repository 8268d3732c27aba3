"""The order in which a page is read: columns, and what spans them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from kg.reading.pdf.fragments import Fragment
from kg.reading.pdf.lines import Line, find_lines, with_edges
from kg.reading.pdf.page import PageContent
from kg.reading.pdf.tables import Row

_FEWEST = 8
"""Lines that must show a gutter, and fragments that must stand on each side of it."""


def in_reading_order(fragments: list[Fragment], rows: list[Row], page: PageContent) -> Iterator[Line | Row]:
    """Lines and rows from the top; between what spans two columns, the left one first."""
    lines = find_lines(fragments)
    gutter = _gutter(lines, page)
    if gutter is None:
        whole: list[Line | Row] = [*with_edges(lines), *rows]
        yield from sorted(whole, key=lambda item: -item.y)
        return
    wide = [one for one in fragments if one.x0 < gutter - 4 and one.x1 > gutter + 4]
    narrow = [one for one in fragments if one not in wide]
    upper = page.height + 1
    spanning: list[Line | Row] = [*with_edges(find_lines(wide)), *rows]
    for item in (*sorted(spanning, key=lambda item: -item.y), None):
        lower = -1.0 if item is None else item.y
        band = [one for one in narrow if lower < one.y <= upper]
        yield from with_edges(find_lines([one for one in band if one.x0 < gutter]))
        yield from with_edges(find_lines([one for one in band if one.x0 >= gutter]))
        if item is not None:
            yield item
        upper = lower


def _gutter(lines: Sequence[Line], page: PageContent) -> float | None:
    """The x of the empty strip between two columns of running text, or None.

    Strips are where the two fragments of a line part near the middle of the page. They are a gutter if most
    of them end at the same x, and if text fills both sides.
    """
    strips = [
        (left.x1, right.x0)
        for line in lines
        for left, right in pairwise(line.fragments)
        if 0.3 * page.width < (left.x1 + right.x0) / 2 < 0.7 * page.width
    ]
    if sum(len(line.fragments) >= 2 for line in lines) < _FEWEST or len(strips) < _FEWEST:
        return None
    start = median(right for _, right in strips)
    if sum(abs(right - start) < 6 for _, right in strips) < 0.6 * len(strips):
        return None
    x = start - 5
    return x if _is_filled(lines, x) else None


def _is_filled(lines: Sequence[Line], x: float) -> bool:
    """Whether the fragments on each side of a gutter are as wide as columns of running text are."""
    left = [one for line in lines for one in line.fragments if one.x1 < x]
    right = [one for line in lines for one in line.fragments if one.x0 > x]
    if min(len(left), len(right)) < _FEWEST:
        return False
    widths = x - min(one.x0 for one in left), max(one.x1 for one in right) - x
    return all(
        median(one.x1 - one.x0 for one in side) > 0.6 * width
        for side, width in zip((left, right), widths, strict=True)
    )
