"""Running heads and feet, and page numbers: what the margins of many pages repeat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kg.reading.pdf.fragments import Fragment
from kg.reading.pdf.page import PageContent

_PAGE_NUMBER = re.compile(
    r"\W*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE
)


def find_running(pages: Sequence[PageContent]) -> frozenset[tuple[str, int]]:
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


def is_running(
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
