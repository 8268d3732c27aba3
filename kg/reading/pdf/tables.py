"""Ruled tables on a page: lines become a grid, fragments go into its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.reading.pdf.fragments import Fragment, split_at
from kg.reading.pdf.page import Rule
from kg.reading.tables import again_below

_NEAR = 3.0
_MAX_RULES = 1500


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the texts of its cells, and the y of its upper edge. ``table`` numbers the table."""

    cells: tuple[str, ...]
    y: float
    table: int


def find_rows(fragments: Sequence[Fragment], rules: Sequence[Rule]) -> tuple[list[Row], list[Fragment]]:
    """The rows of the tables with two or more columns, and the fragments that are in no row.

    A row that is one cell over the whole width is no row: its fragments are text like that around.
    """
    rows: list[Row] = []
    rest = list(fragments)
    for number, group in enumerate(_groups(list(dict.fromkeys(rules))[:_MAX_RULES])):
        if (grid := _Grid.of(group)) is not None:
            inside = [fragment for fragment in rest if grid.holds(fragment)]
            made, used = grid.rows(inside, number)
            rows += made
            taken = {id(fragment) for fragment in used}
            rest = [fragment for fragment in rest if id(fragment) not in taken]
    return rows, rest


def _groups(rules: list[Rule]) -> list[list[Rule]]:
    """Rules that touch, directly or through others, together."""
    parent = list(range(len(rules)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for one in range(len(rules)):
        for other in range(one):
            if root(one) != root(other) and _touch(rules[one], rules[other]):
                parent[root(one)] = root(other)
    groups: dict[int, list[Rule]] = {}
    for at, rule in enumerate(rules):
        groups.setdefault(root(at), []).append(rule)
    return sorted(groups.values(), key=lambda group: -max(rule.y1 for rule in group))


def _touch(a: Rule, b: Rule) -> bool:
    return a.x0 - _NEAR <= b.x1 and b.x0 - _NEAR <= a.x1 and a.y0 - _NEAR <= b.y1 and b.y0 - _NEAR <= a.y1


def _distinct(values: Sequence[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _NEAR:
            out.append(value)
    return out


@dataclass(frozen=True, slots=True)
class _Grid:
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]

    @classmethod
    def of(cls, rules: Sequence[Rule]) -> _Grid | None:
        """The grid of touching rules; None unless they make two columns and a row at the least."""
        upright = tuple(rule for rule in rules if rule.x0 == rule.x1)
        level = tuple(rule for rule in rules if rule.y0 == rule.y1)
        xs, ys = _distinct([rule.x0 for rule in upright]), _distinct([rule.y0 for rule in level])
        ends = [x for rule in level for x in (rule.x0, rule.x1)]
        if len(xs) >= 1 and ends:  # tables without lines at their sides
            xs = _distinct([*xs, min(ends), max(ends)])
        if len(xs) < 3 or len(ys) < 2:
            return None
        return cls(tuple(xs), tuple(reversed(ys)), level, upright)

    def holds(self, fragment: Fragment) -> bool:
        middle = fragment.y + 0.3 * fragment.size
        inside = self.ys[-1] < middle < self.ys[0]
        return inside and fragment.x1 > self.xs[0] - 2 and fragment.x0 < self.xs[-1] + 2

    def rows(self, fragments: Sequence[Fragment], number: int) -> tuple[list[Row], list[Fragment]]:
        """The rows and the fragments that they hold; nothing where no two cells side by side have text."""
        cells: dict[tuple[int, int], list[Fragment]] = {}
        source: dict[int, list[Fragment]] = {}
        for fragment in fragments:
            parts = list(split_at(fragment, self._edges_at(fragment)))
            if any(two.x0 - one.x1 < 0.5 * fragment.size for one, two in pairwise(parts)):
                return [], []  # an edge through running text: a highlighted or underlined word
            for part in parts:
                row, column = self._cell(part)
                cells.setdefault((row, column), []).append(part)
                source.setdefault(row, []).append(fragment)
        kept = [row for row in sorted(source) if not self._is_one_cell(row)]
        used = sorted({column for row, column in cells if row in kept})
        rows: list[Row] = []
        for row in kept:
            texts = [_cell_text(cells.get((row, column), ())) for column in used]
            for at, column in enumerate(used):
                x = (self.xs[column] + self.xs[column + 1]) / 2
                if rows and not texts[at] and not self._level_line(self.ys[row], x):
                    texts[at] = again_below(rows[-1].cells[at])
            rows.append(Row(tuple(texts), self.ys[row], number))
        if sum(sum(map(bool, row.cells)) > 1 for row in rows) < max(1, 0.4 * len(rows)):
            return [], []
        return rows, [fragment for row in kept for fragment in source[row]]

    def _is_one_cell(self, row: int) -> bool:
        y = (self.ys[row] + self.ys[row + 1]) / 2
        return not any(self._upright_line(x, y) for x in self.xs[1:-1])

    def _edges_at(self, fragment: Fragment) -> list[float]:
        y = fragment.y + 0.3 * fragment.size
        return [rule.x0 for rule in self.upright if rule.y0 - 1 <= y <= rule.y1 + 1]

    def _cell(self, fragment: Fragment) -> tuple[int, int]:
        """Row and column of a fragment's cell; a cell over several rows or columns is its first one."""
        x, y = (fragment.x0 + fragment.x1) / 2, fragment.y + 0.3 * fragment.size
        row = max(0, sum(edge > y for edge in self.ys) - 1)
        column = min(max(0, sum(edge < x for edge in self.xs) - 1), len(self.xs) - 2)
        while row > 0 and not self._level_line(self.ys[row], x):
            row -= 1
        while column > 0 and not self._upright_line(self.xs[column], y):
            column -= 1
        return min(row, len(self.ys) - 2), column

    def _level_line(self, y: float, x: float) -> bool:
        return any(abs(rule.y0 - y) <= _NEAR and rule.x0 - 1 <= x <= rule.x1 + 1 for rule in self.level)

    def _upright_line(self, x: float, y: float) -> bool:
        return any(abs(rule.x0 - x) <= _NEAR and rule.y0 - 1 <= y <= rule.y1 + 1 for rule in self.upright)


def _cell_text(fragments: Sequence[Fragment]) -> str:
    """The lines of a cell as one line, from the top and the left."""
    ordered = sorted(fragments, key=lambda fragment: (-round(fragment.y / 3), fragment.x0))
    out = ""
    for fragment in ordered:
        joint = "" if not out or (out[-1] == "-" and out[-2:-1].isalpha()) else " "
        out += joint + fragment.text
    return out
