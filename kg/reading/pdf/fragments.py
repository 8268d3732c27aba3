"""Runs of characters on one base line: the smallest pieces of text that have a place on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

GAP = 1.5
"""Fragments part where more than this many times the font size is empty."""


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
            gap = before is not None and char.x0 - before.x1 > 0.18 * self.size
            if gap and out and out[-1] != " ":
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


def find_fragments(chars: Iterable[Char], page: int) -> Iterator[Fragment]:
    """The fragments of a page from its characters in the order of the file."""
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


def without_doubles(chars: Sequence[Char]) -> Iterator[Char]:
    """The characters without those drawn twice in one place, a way to print bold."""
    seen: set[tuple[str, float, int, int]] = set()
    for char in chars:
        near = 0.08 * char.size
        key = (char.text, char.size, round(char.x0 / near), round(char.y / near))
        if char.text == " " or key not in seen:
            seen.add(key)
            yield char


def drawn_bullets(
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
