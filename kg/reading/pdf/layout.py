"""The pages of a PDF in reading order: lines and table rows, without running heads, feet and footnotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.reading.pdf.columns import in_reading_order
from kg.reading.pdf.contents import without_contents
from kg.reading.pdf.footnotes import split_footnotes
from kg.reading.pdf.grade_lists import find_grade_lists
from kg.reading.pdf.lines import Line
from kg.reading.pdf.margins import find_running, is_running
from kg.reading.pdf.page import PageContent
from kg.reading.pdf.tables import Row, find_rows

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
    running = find_running(pages)
    size = body_size(pages)
    return [_page_items(page, running, size) for page in pages]


def _page_items(page: PageContent, running: frozenset[tuple[str, int]], size: float) -> PageItems:
    kept = [one for one in page.fragments if one.text and not is_running(one, page, running, size)]
    rows, rest = find_rows(kept, page.rules)
    lists, rest = find_grade_lists(rest, len(page.rules) + 1)
    rows += lists
    notes, rest = split_footnotes(rest, page, size)
    items = tuple(without_contents([*in_reading_order(rest, rows, page)], page))
    return PageItems(page.number, items, notes)
