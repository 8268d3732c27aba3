"""Where things stand in the picture: a map that reads outwards from its middle.

The thing looked at is in the middle. Its neighbours stand in panels to the right and left, one panel a
branch, so that the words over a panel say how all in it are linked; what hangs on a neighbour stands in
panels further out. No two boxes or panels overlap. There is no chance in it and no font is asked: the same
graph gives the same numbers on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from kg.asking.network.text_metrics import wrap
from kg.asking.things.kinds import KINDS

WIDTH, ROOT_WIDTH = 218, 232
"""Widths of a box and of the box in the middle, in pixels."""
TEXT, NOTE, ROOT_TEXT, HEADING = 12.5, 9.5, 16.0, 12.0
"""Sizes of the letters of a label, of the note above it, of the middle and of a panel's heading."""
LINE, NOTE_LINE, ROOT_LINE, HEADING_LINE = 16, 14, 20, 22
"""Heights of their lines."""
MARGIN = 9
"""Space between the outline of a box and its text."""
INSET = 14
"""Space left and right of the text, room for pointed outlines."""
GAP, PANEL_GAP, PANEL_MARGIN, REACH = 7, 14, 9, 54
"""Between boxes, between panels, inside panels, and from a box to the panels that hang on it."""
SHAPE = 1.45
"""The proportion of width to height that is aimed at."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """The lines written in a box, and its size."""

    note: str
    lines: tuple[str, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Panel:
    """The neighbours of ``parent`` along one branch: a heading and a frame, in pixels."""

    parent: str
    heading: str
    members: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float


class Positions(dict[str, tuple[float, float]]):
    """The middle of each node's box in pixels, y downwards; ``panels`` are the frames around them."""

    def __init__(self, places: Mapping[str, tuple[float, float]], panels: Iterable[Panel] = ()) -> None:
        super().__init__(places)
        self.panels = tuple(panels)


@dataclass
class _Group:
    """A panel before it has a place: its members are put in ``columns``, each with what hangs on it."""

    parent: str
    heading: str
    members: list[_Tree]
    columns: int = 1

    @property
    def leaves(self) -> bool:
        return not any(member.groups for member in self.members)

    def rows(self) -> list[list[_Tree]]:
        return [self.members[i : i + self.columns] for i in range(0, len(self.members), self.columns)]

    def inner_width(self) -> float:
        columns = min(self.columns, len(self.members))
        return columns * WIDTH + (columns - 1) * GAP

    @cached_property
    def middles(self) -> list[float]:
        """The height of the middle of each member, from the top of the first; what hangs on them is apart."""
        found: list[float] = []
        free, hanging = 0.0, float("-inf")
        for row in self.rows():
            half = max(tree.box.height for tree in row) / 2
            down = max(tree.hanging for tree in row) / 2
            middle = max(free + half, hanging + PANEL_GAP + down) if down else free + half
            found += [middle - half + tree.box.height / 2 for tree in row]
            free = middle + half + GAP
            hanging = middle + down if down else hanging
        return found

    @cached_property
    def span(self) -> tuple[float, float]:
        """Top and bottom of all that the group takes, from the top of its first member."""
        placed = list(zip(self.middles, self.members, strict=True))
        top = min(middle - tree.hanging / 2 for middle, tree in placed)
        bottom = max(middle + tree.hanging / 2 for middle, tree in placed)
        lowest = max(middle + tree.box.height / 2 for middle, tree in placed)
        return min(top, -HEADING_LINE - PANEL_MARGIN), max(bottom, lowest + PANEL_MARGIN)


@dataclass
class _Tree:
    """A node with the groups that hang on it."""

    node: str
    box: Lettering
    groups: list[_Group] = field(default_factory=list)

    @cached_property
    def hanging(self) -> float:
        """The height of what hangs on the node."""
        return _stacked(self.groups)

    def reach(self) -> float:
        """How far what hangs on the node goes beyond its box."""
        beyond = ([0.0, *(member.reach() for member in group.members)] for group in self.groups)
        widths = map(_panel_width, self.groups)
        return max((width + REACH + max(more) for width, more in zip(widths, beyond, strict=True)), default=0)


def _panel_width(group: _Group) -> float:
    return group.inner_width() + 2 * PANEL_MARGIN


def _stacked(groups: list[_Group]) -> float:
    spans = [group.span for group in groups]
    return sum(bottom - top for top, bottom in spans) + PANEL_GAP * max(0, len(groups) - 1)


def note_of(attributes: Mapping[str, Any]) -> str:
    """The words above a label: the kind of thing, its note, and whom it is about if that is not plain."""
    kind = KINDS.get(str(attributes.get("type")))
    words = (kind.label if kind else attributes.get("type"), attributes.get("note"), attributes.get("about"))
    return " · ".join(str(word) for word in words if word)


def lettering(attributes: Mapping[str, Any], node: str = "", root: bool = False) -> Lettering:
    """The lines of a node's box: its kind and note in small letters, its label below in up to five lines."""
    label = str(attributes.get("label") or node)
    width, size, height = (ROOT_WIDTH, ROOT_TEXT, ROOT_LINE) if root else (WIDTH, TEXT, LINE)
    lines = wrap(label, width - 2 * INSET, size, 7 if root else 5, bold=root)
    above = wrap(note_of(attributes), width - 2 * INSET, NOTE, 1)
    return Lettering(above[0], tuple(lines), width, len(lines) * height + NOTE_LINE + 2 * MARGIN - 2)


def positions(graph: Any) -> Positions:
    """The place of every node of a networkx graph, and the panels around them.

    A neighbourhood says itself what hangs on what (``parent``, ``branch``); for another graph that is
    worked out breadth first from its root. Numbers are rounded to a tenth. An empty graph gives no places.
    """
    if not len(graph):
        return Positions({})
    root, parents = _parents(graph)
    best: tuple[float, list[_Group], list[_Group], _Tree] | None = None
    for columns in (1, 2, 3):
        tree = _tree(graph, root, parents, columns)
        right, left = _sides(tree.groups)
        proportion = _proportion(tree, right, left)
        error = max(proportion / SHAPE, SHAPE / proportion)
        if best is None or error < best[0]:
            best = (error, right, left, tree)
    assert best is not None
    _, right, left, tree = best
    places: dict[str, tuple[float, float]] = {root: (0.0, 0.0)}
    panels: list[Panel] = []
    _place(right, tree, 0.0, 0.0, 1, places, panels)
    _place(left, tree, 0.0, 0.0, -1, places, panels)
    return _moved(graph, tree.box, places, panels)


def root_of(graph: Any) -> str:
    """The node in the middle: ``graph.graph["root"]``, or else the one with most edges."""
    root = graph.graph.get("root")
    if root in graph:
        return str(root)
    return str(min(graph, key=lambda node: (-graph.degree(node), str(node))))


def _parents(graph: Any) -> tuple[str, dict[str, tuple[str, str]]]:
    """The root, and for every other node its parent and the words over its panel."""
    root = root_of(graph)
    found: dict[str, tuple[str, str]] = {}
    for node, data in graph.nodes(data=True):
        if node != root and data.get("parent") in graph:
            found[node] = (data["parent"], str(data.get("branch", "")))
    return root, found | _found_by_breadth(graph, root, found)


def _found_by_breadth(graph: Any, root: str, known: Mapping[str, object]) -> dict[str, tuple[str, str]]:
    linked: dict[str, dict[str, str]] = {node: {} for node in graph}
    for source, target, data in graph.edges(data=True):
        label = str(data.get("label", ""))
        linked[source].setdefault(target, label)
        linked[target].setdefault(source, label)
    found: dict[str, tuple[str, str]] = {}
    queue, seen = [root], {root, *known}
    while queue:
        node = queue.pop(0)
        for other, label in linked[node].items():
            if other not in seen:
                seen.add(other)
                found[other] = (node, label)
                queue.append(other)
    return found | {node: (root, "not linked") for node in graph if node not in seen}


def _tree(graph: Any, root: str, parents: Mapping[str, tuple[str, str]], columns: int) -> _Tree:
    trees = {
        node: _Tree(node, lettering(data, str(node), node == root)) for node, data in graph.nodes(data=True)
    }
    groups: dict[tuple[str, str], _Group] = {}
    for node, (parent, heading) in parents.items():
        key = (parent, heading)
        if key not in groups:
            groups[key] = _Group(parent, heading, [])
            trees[parent].groups.append(groups[key])
        groups[key].members.append(trees[node])
    for group in groups.values():
        if group.leaves and len(group.members) > 2:
            group.columns = min(columns, -(-len(group.members) // 2))
    return trees[root]


def _sides(groups: list[_Group]) -> tuple[list[_Group], list[_Group]]:
    """The first groups to the right, the others to the left, as even in height as can be.

    Where one tall group makes that impossible its members are shared between both sides.
    """
    right, left = _evenest([(groups[:k], groups[k:]) for k in range(len(groups), -1, -1)])
    if _unevenness(right, left) < 0.4:
        return right, left
    tall = max(range(len(groups)), key=lambda k: _stacked([groups[k]]))
    before, group, after = groups[:tall], groups[tall], groups[tall + 1 :]
    splits = [(right, left)]
    for k in range(1, len(group.members)):
        first, second = (replace(group, members=part) for part in (group.members[:k], group.members[k:]))
        splits += [([*before, first], [second, *after]), ([first], [second, *before, *after])]
    return _evenest(splits)


def _evenest(splits: list[tuple[list[_Group], list[_Group]]]) -> tuple[list[_Group], list[_Group]]:
    return min(splits, key=lambda split: _unevenness(*split))


def _unevenness(right: list[_Group], left: list[_Group]) -> float:
    """The difference in height of both sides, as a share of their sum, in hundredths."""
    one, other = _stacked(right), _stacked(left)
    return round(abs(one - other) / ((one + other) or 1), 2)


def _proportion(tree: _Tree, right: list[_Group], left: list[_Group]) -> float:
    sides = [_Tree(tree.node, tree.box, side) for side in (right, left)]
    width = ROOT_WIDTH + sum(side.reach() for side in sides)
    return width / max(tree.box.height, *(side.hanging for side in sides))


def _place(
    groups: list[_Group], tree: _Tree, x: float, y: float, side: int,
    places: dict[str, tuple[float, float]], panels: list[Panel],
) -> None:  # fmt: skip
    """Place groups beside the box of ``tree`` at (x, y), to its right (side 1) or left (-1)."""
    top = y - _stacked(groups) / 2
    for group in groups:
        near = x + side * (tree.box.width / 2 + REACH)
        left = near if side > 0 else near - _panel_width(group)
        above, below = group.span
        for place, (middle, member) in enumerate(zip(group.middles, group.members, strict=True)):
            across = left + PANEL_MARGIN + WIDTH / 2 + place % group.columns * (WIDTH + GAP)
            places[member.node] = (across, top - above + middle)
            _place(member.groups, member, across, top - above + middle, side, places, panels)
        panels.append(_framed(group, left, places))
        top += below - above + PANEL_GAP


def _framed(group: _Group, left: float, places: Mapping[str, tuple[float, float]]) -> Panel:
    """The frame around the boxes of a group and its heading."""
    spans = [(places[tree.node][1], tree.box.height / 2) for tree in group.members]
    top = min(y - half for y, half in spans) - HEADING_LINE - PANEL_MARGIN
    bottom = max(y + half for y, half in spans) + PANEL_MARGIN
    members = tuple(tree.node for tree in group.members)
    return Panel(group.parent, group.heading, members, left, top, _panel_width(group), bottom - top)


def _moved(
    graph: Any, box: Lettering, places: dict[str, tuple[float, float]], panels: list[Panel]
) -> Positions:
    """The same picture with its upper left corner at 0, 0, numbers rounded, nodes in the graph's order."""
    left = min([-box.width / 2, *(panel.x for panel in panels)])
    top = min([-box.height / 2, *(panel.y for panel in panels)])
    moved = {node: (round(places[node][0] - left, 1), round(places[node][1] - top, 1)) for node in graph}
    frames = [
        replace(
            panel,
            x=round(panel.x - left, 1),
            y=round(panel.y - top, 1),
            width=round(panel.width, 1),
            height=round(panel.height, 1),
        )
        for panel in panels
    ]
    return Positions(moved, frames)
