"""Fragments of one base line are one line of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.reading.pdf.fragments import GAP, Fragment


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


def find_lines(fragments: Sequence[Fragment]) -> list[Line]:
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


def with_edges(lines: Sequence[Line]) -> list[Line]:
    """The lines with the right edge of their column: the furthest that lines of the same size reach."""
    edges: dict[float, float] = {}
    for line in lines:
        edges[line.size] = max(edges.get(line.size, 0.0), line.x1)
    return [replace(line, right=edges[line.size]) for line in lines]
