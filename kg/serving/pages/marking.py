"""A text cut into pieces at the bounds of what is marked in it: marks may overlap, links must not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a report's text (offsets into it) and what is said with it: ``kind`` is its CSS class."""

    start: int
    end: int
    kind: str
    href: str | None = None
    title: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a passage with the marks that cover it: the classes of all, the link of the shortest.

    ``anchors`` are the names of the marks that begin here.
    """

    text: str
    kinds: tuple[str, ...] = ()
    href: str | None = None
    title: str = ""
    anchors: tuple[str, ...] = ()


def cut(text: str, start: int, marks: Iterable[Mark], anchored: Iterable[Mark] = ()) -> list[Piece]:
    """The text, which begins at offset ``start`` of its report, as pieces that cover it without gap.

    A mark in ``anchored`` gives its name to the piece that it begins with, or to the first piece if it
    began before this text. Marks outside of the text are left.

    >>> [(piece.text, piece.kinds) for piece in cut("ab cd", 10, [Mark(13, 15, "figure")])]
    [('ab ', ()), ('cd', ('figure',))]
    """
    end = start + len(text)
    inside = sorted(
        (mark for mark in marks if mark.start < end and mark.end > start),
        key=lambda mark: (mark.end - mark.start, mark.start, mark.kind, mark.href or ""),
    )
    bounds = {start, end} | {min(max(at, start), end) for mark in inside for at in (mark.start, mark.end)}
    places = sorted(bounds)
    named = {mark for mark in anchored if mark.anchor}
    pieces = []
    for left, right in pairwise(places):
        covering = [mark for mark in inside if mark.start <= left and mark.end >= right]
        pieces.append(_piece(text[left - start : right - start], left, start, covering, named))
    return pieces


def _piece(text: str, left: int, start: int, covering: Sequence[Mark], named: set[Mark]) -> Piece:
    kinds = tuple(dict.fromkeys(mark.kind for mark in covering))
    anchors = tuple(dict.fromkeys(m.anchor for m in covering if m in named and max(m.start, start) == left))
    if not covering:
        return Piece(text)
    first = next((mark for mark in covering if mark.href), covering[0])
    return Piece(text, kinds, first.href, first.title, anchors)
