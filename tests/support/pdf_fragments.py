"""Fragments, lines and pages of a PDF made by hand: every letter half as wide as the font is high."""

from __future__ import annotations

from collections.abc import Iterable

from kg.reading.pdf.fragments import Char, Fragment
from kg.reading.pdf.lines import Line, find_lines, with_edges
from kg.reading.pdf.page import PageContent, Rule

WIDTH, HEIGHT = 600.0, 800.0


def fragment(
    text: str, x: float, y: float, *, size: float = 10, bold: bool = False, page: int = 1
) -> Fragment:
    """A run of characters that begins at ``x`` on the base line ``y``."""
    step = size / 2
    chars = (Char(char, x + at * step, x + (at + 1) * step, y, size, bold) for at, char in enumerate(text))
    return Fragment(tuple(chars), page, y, size)


def raised(mark: str, x: float, y: float) -> Fragment:
    """A note mark by itself at the beginning of a note."""
    return Fragment((Char(mark, x, x + 3, y + 4, 5, False),), 1, y, 10)


def lines(*fragments: Fragment) -> list[Line]:
    """The lines of some fragments, from the top."""
    return with_edges(find_lines(fragments))


def page(fragments: Iterable[Fragment], *, number: int = 1, rules: tuple[Rule, ...] = ()) -> PageContent:
    """A page of 600 by 800 points."""
    return PageContent(number, WIDTH, HEIGHT, tuple(fragments), rules)
