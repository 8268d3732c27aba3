"""Footnotes: small print at the foot of a page that begins with a note mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.reading.pdf.fragments import Fragment
from kg.reading.pdf.lines import find_lines
from kg.reading.pdf.page import PageContent


def split_footnotes(
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
    lines = [line for line in find_lines(below) if line.text]
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
