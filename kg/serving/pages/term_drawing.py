"""A diagram of the ontology as SVG: the main classes as boxes in rows, and how they hang together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from markupsafe import Markup

from kg.asking.things.kinds import KINDS, kind_of
from kg.model.vocab import KG

WIDTH, HEIGHT, LEFT, TOP = 176, 52, 24, 28
ACROSS, DOWN = 276, 112
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


def diagram(properties: Iterable[Mapping[str, object]], counts: Mapping[str, int]) -> Markup:
    """The diagram; a relation is drawn where the ontology has its property."""
    known = {str(row["name"]) for row in properties} | {"inScheme"}
    width = LEFT * 2 + ACROSS * 3 + WIDTH + 50
    height = TOP * 2 + DOWN * 4 + HEIGHT
    lines = [_line(link) for link in LINKS if link[1] in known]
    boxes = [_box(name, counts.get(KG.iri + name, 0)) for name in PLACES]
    label = "The main classes and how they hang together; the tables below say the same in words"
    return Markup(  # every text in it is ours or escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" role="img" aria-label="{label}" font-size="13">'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8"'
        ' orient="auto">'
        f'<path d="M0 0 L8 4 L0 8 z" fill="#505a68"/></marker></defs>{"".join(lines)}{"".join(boxes)}</svg>'
    )


def _corner(name: str) -> tuple[int, int]:
    column, row = PLACES[name]
    return LEFT + column * ACROSS, TOP + row * DOWN


def _box(name: str, count: int) -> str:
    x, y = _corner(name)
    kind = KINDS[kind_of([KG.iri + name])]
    below = f"{count:,} in the data" if count else "see its kinds below"
    middle = x + WIDTH / 2
    return (
        f'<a href="#{escape(name)}"><rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="6"'
        f' fill="{kind.fill}" stroke="{kind.edge}" stroke-width="1.4"/>'
        f'<text x="{middle}" y="{y + 22}" text-anchor="middle" font-weight="bold">{escape(name)}</text>'
        f'<text x="{middle}" y="{y + 40}" text-anchor="middle" font-size="11" fill="#505a68">'
        f"{below}</text></a>"
    )


Point = tuple[float, float]


def _line(link: tuple[str, str, str]) -> str:
    """An arrow between two boxes with the property's name on white at its middle; it bows round others."""
    (column, row), (other, below) = PLACES[link[0]], PLACES[link[2]]
    if row == below and abs(column - other) > 1:
        path, middle = _bow_over(_corner(link[0]), _corner(link[2]))
    elif column == other and abs(row - below) > 1:
        path, middle = _bow_beside(_corner(link[0]), _corner(link[2]))
    else:
        path, middle = _straight(_corner(link[0]), _corner(link[2]))
    return (
        f'<path d="{path}" fill="none" stroke="#505a68" marker-end="url(#tip)"/>'
        f'<text x="{middle[0]:g}" y="{middle[1]:g}" text-anchor="middle" font-size="11" fill="#1c2430"'
        f' stroke="#fff" stroke-width="3" paint-order="stroke">{escape(link[1])}</text>'
    )


def _straight(source: Point, target: Point) -> tuple[str, Point]:
    """Between the sides that face each other."""
    (x, y), (u, v) = source, target
    start, end = (x + WIDTH / 2, y + HEIGHT if v > y else y), (u + WIDTH / 2, v if v > y else v + HEIGHT)
    if y == v:
        start, end = (x + WIDTH if u > x else x, y + HEIGHT / 2), (u if u > x else u + WIDTH, v + HEIGHT / 2)
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + (-5 if y == v else 4)
    return f"M{start[0]:g} {start[1]:g} L{end[0]:g} {end[1]:g}", middle


def _bow_over(source: Point, target: Point) -> tuple[str, Point]:
    """From top to top, over the boxes between."""
    x, u, y = source[0] + WIDTH * 0.75, target[0] + WIDTH * 0.25, source[1]
    path = f"M{x:g} {y:g} C{x + 40:g} {y - 32:g} {u - 40:g} {y - 32:g} {u:g} {y:g}"
    return path, (x + (u - x) * 0.3, y - 16)


def _bow_beside(source: Point, target: Point) -> tuple[str, Point]:
    """From side to side, to the right of the boxes between."""
    x, y, v = source[0] + WIDTH, source[1] + HEIGHT / 2, target[1] + HEIGHT / 2
    return f"M{x:g} {y:g} C{x + 44:g} {y:g} {x + 44:g} {v:g} {x:g} {v:g}", (x + 33, (y + v) / 2 + 4)
