"""A diagram of the ontology: the main classes as boxes in rows, and how they hang together.

Boxes, colours and letters are those of the pictures of neighbourhoods (``drawing``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kg.asking.network.drawing import linked
from kg.asking.network.outlines import SHAPES, number
from kg.asking.network.style import INK, PAPER, QUIET
from kg.asking.things.kinds import KINDS, kind_of
from kg.model.vocab import KG

WIDTH, HEIGHT, LEFT, TOP = 176, 52, 24, 28
ACROSS, DOWN = 276, 112
LABEL = "The main classes and how they hang together; the tables below say the same in words"
PLACES = {
    "InspectedBody": (0, 0), "Report": (1, 0), "Framework": (2, 0), "GradeScheme": (3, 0),
    "Section": (0, 1), "Judgement": (1, 1), "Area": (2, 1), "Grade": (3, 1),
    "Finding": (0, 2), "ImprovementNeed": (1, 2), "Concern": (2, 2), "Box": (3, 2),
    "Passage": (0, 3), "Figure": (1, 3), "Measure": (2, 3), "Period": (3, 3),
    "Span": (0, 4), "Mention": (1, 4), "Entity": (2, 4), "StatusEvent": (3, 4),
}  # fmt: skip
"""Column and row of each class that is drawn."""
LINKS = (
    ("Report", "inspectedBody", "InspectedBody"), ("Report", "framework", "Framework"),
    ("Framework", "gradeScheme", "GradeScheme"), ("Judgement", "report", "Report"),
    ("Judgement", "area", "Area"), ("Judgement", "grade", "Grade"), ("Area", "inScheme", "Framework"),
    ("Grade", "inScheme", "GradeScheme"), ("Finding", "inSection", "Section"),
    ("ImprovementNeed", "finding", "Finding"),
    ("Finding", "relatedConcern", "Concern"),
    ("Finding", "supportedBy", "Passage"), ("Finding", "hasFigure", "Figure"),
    ("Figure", "measure", "Measure"), ("Figure", "period", "Period"),
    ("Mention", "inPassage", "Passage"), ("Mention", "refersTo", "Entity"),
    ("Mention", "evidence", "Span"), ("StatusEvent", "about", "Box"), ("Box", "partOf", "Concern"),
)  # fmt: skip
"""The relations that are drawn: from, property, to."""


Point = tuple[float, float]


def ontology_diagram(properties: Collection[str], counts: Mapping[str, int]) -> str:
    """The diagram as SVG; each box leads to the anchor of its class on the page that it stands on.

    A relation is drawn where the ontology has its property (``properties`` are local names); ``counts`` tells
    how many things of a class (an IRI) there are.
    """
    known = {*properties, "inScheme"}
    width = LEFT * 2 + ACROSS * 3 + WIDTH + 50
    height = TOP * 2 + DOWN * 4 + HEIGHT
    lines = [_line(*link) for link in LINKS if link[1] in known]
    boxes = [_box(name, counts.get(KG.iri + name, 0)) for name in PLACES]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" role="img" aria-label="{LABEL}" font-size="13">'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8"'
        f' orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="{QUIET}"/></marker></defs>'
        f"{''.join(lines)}{''.join(boxes)}</svg>"
    )


def _corner(name: str) -> Point:
    column, row = PLACES[name]
    return LEFT + column * ACROSS, TOP + row * DOWN


def _box(name: str, count: int) -> str:
    x, y = _corner(name)
    kind = KINDS[kind_of([KG.iri + name])]
    below = f"{count:,} in the data" if count else "see its kinds below"
    middle = number(x + WIDTH / 2)
    drawn = (
        f'<path d="{SHAPES[kind.shape](x, y, WIDTH, HEIGHT)}" fill="{kind.fill}" stroke="{kind.edge}"'
        ' stroke-width="1.4"/>',
        f'<text x="{middle}" y="{number(y + 22)}" text-anchor="middle" font-weight="bold">{name}</text>',
        f'<text x="{middle}" y="{number(y + 40)}" text-anchor="middle" font-size="11"'
        f' fill="{QUIET}">{below}</text>',
    )
    return linked(drawn, f"#{name}")


def _line(source: str, name: str, target: str) -> str:
    """An arrow between two boxes with the property's name on white at its middle; it bows round others."""
    (column, row), (other, below) = PLACES[source], PLACES[target]
    (x, y), (u, v) = _corner(source), _corner(target)
    if row == below and abs(column - other) > 1:  # from top to top, over the boxes between
        start, end = x + WIDTH * 0.75, u + WIDTH * 0.25
        path = f"M{number(start)} {number(y)} C{number(start + 40)} {number(y - 32)}"
        path += f" {number(end - 40)} {number(y - 32)} {number(end)} {number(y)}"
        middle = start + (end - start) * 0.3, y - 16
    elif column == other and abs(row - below) > 1:  # from side to side, right of the boxes between
        side, start, end = x + WIDTH, y + HEIGHT / 2, v + HEIGHT / 2
        path = f"M{number(side)} {number(start)} C{number(side + 44)} {number(start)}"
        path += f" {number(side + 44)} {number(end)} {number(side)} {number(end)}"
        middle = side + 33, (start + end) / 2 + 4
    else:
        (a, b), (c, d) = _facing((x, y), (u, v))
        path = f"M{number(a)} {number(b)} L{number(c)} {number(d)}"
        middle = (a + c) / 2, (b + d) / 2 + (-5 if y == v else 4)
    return (
        f'<path d="{path}" fill="none" stroke="{QUIET}" marker-end="url(#tip)"/>'
        f'<text x="{number(middle[0])}" y="{number(middle[1])}" text-anchor="middle" font-size="11"'
        f' fill="{INK}" stroke="{PAPER}" stroke-width="3" paint-order="stroke">{name}</text>'
    )


def _facing(source: Point, target: Point) -> tuple[Point, Point]:
    """The middles of the sides of two boxes that face each other."""
    (x, y), (u, v) = source, target
    if y == v:
        return (x + WIDTH if u > x else x, y + HEIGHT / 2), (u if u > x else u + WIDTH, v + HEIGHT / 2)
    return (x + WIDTH / 2, y + HEIGHT if v > y else y), (u + WIDTH / 2, v if v > y else v + HEIGHT)
