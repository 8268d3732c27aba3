"""Tables of grades without lines: areas listed under heads such as "Outstanding", "Good", "Inadequate"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model.frameworks import grade_names
from kg.reading.pdf.fragments import Fragment
from kg.reading.pdf.tables import Row

_LINES = 2.6


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a column: its words, the fragments they are in, and the middle of the column."""

    words: str
    fragments: tuple[Fragment, ...]
    x: float
    y: float


def find_grade_lists(fragments: Sequence[Fragment], number: int) -> tuple[list[Row], list[Fragment]]:
    """A row of heads and one of what stands under each, and all other fragments; none where there is none.

    The table ends where text lies under two heads, or after an empty strip. ``number`` is the table's.
    """
    heads = _heads(fragments)
    if len(heads) < 3:
        return [], list(fragments)
    top = min(head.y for head in heads)
    used = [fragment for head in heads for fragment in head.fragments]
    columns = [_Column(head) for head in heads]
    low = top
    for fragment in sorted(fragments, key=lambda one: (-one.y, one.x0)):
        if fragment.y >= top - 1 or fragment in used:
            continue
        under = [column for column in columns if column.is_over(fragment)]
        if low - fragment.y > 4 * fragment.size or len(under) != 1:
            break
        under[0].add(fragment)
        used.append(fragment)
        low = fragment.y
    rest = [fragment for fragment in fragments if fragment not in used]
    row = Row(tuple(_listed(column.texts) for column in columns), top - 1, number)
    return [Row(tuple(head.words for head in heads), top, number), row], rest


class _Column:
    """A head and what is found under it; as wide as the widest of them."""

    def __init__(self, head: _Head) -> None:
        self.x0 = min(fragment.x0 for fragment in head.fragments)
        self.x1 = max(fragment.x1 for fragment in head.fragments)
        self.texts: list[str] = []

    def is_over(self, fragment: Fragment) -> bool:
        return fragment.x0 < self.x1 - 3 and fragment.x1 > self.x0 + 3

    def add(self, fragment: Fragment) -> None:
        self.x0, self.x1 = min(self.x0, fragment.x0), max(self.x1, fragment.x1)
        self.texts.append(fragment.text)


def _listed(texts: Sequence[str]) -> str:
    """The texts of a column; one that begins with a capital letter begins another thing."""
    out = ""
    for text in texts:
        out += ("" if not out else "\n" if text[:1].isupper() else " ") + text
    return out


def _heads(fragments: Sequence[Fragment]) -> list[_Head]:
    """Grades side by side, from the left; the end of one ("improvement") may stand below its beginning."""
    found = [head for fragment in fragments if (head := _head(fragment, fragments)) is not None]
    for first in sorted(found, key=lambda head: -head.y):
        size = first.fragments[0].size
        level = [head for head in found if abs(head.y - first.y) < _LINES * size]
        distinct = {head.words.lower(): head for head in level}
        if len(distinct) >= 3 and len(distinct) == len(level):
            return sorted(level, key=lambda head: head.x)
    return []


def _head(fragment: Fragment, fragments: Sequence[Fragment]) -> _Head | None:
    words, x = fragment.text, (fragment.x0 + fragment.x1) / 2
    if words.casefold() in grade_names():
        return _Head(words, (fragment,), x, fragment.y)
    rests = {name.removeprefix(words.casefold() + " ") for name in grade_names()} - grade_names()
    if not rests:
        return None
    for below in fragments:
        near = abs((below.x0 + below.x1) / 2 - x) < 3 * below.size
        if near and 0 < fragment.y - below.y < 2 * below.size and below.text.casefold() in rests:
            return _Head(f"{words} {below.text}", (fragment, below), x, below.y)
    return None
