"""Tables of contents, which repeat the headings of a document: they are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.reading.pdf.lines import Line
from kg.reading.pdf.page import PageContent
from kg.reading.pdf.tables import Row

_LEADERS = re.compile(r"(?:\s*\.){4,}\s*|\s*…+\s*")


def without_contents(items: Sequence[Line | Row], page: PageContent) -> list[Line | Row]:
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
