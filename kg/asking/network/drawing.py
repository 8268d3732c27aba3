"""The picture of a neighbourhood as SVG and PNG.

The SVG stands alone: no style sheet, no script, no font of its own, every text escaped. It can be put into
a page with the strictest content policy, printed, or turned into a PNG.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from kg.asking.network import style
from kg.asking.network.layout import (
    HEADING,
    INSET,
    LINE,
    MARGIN,
    NOTE,
    NOTE_LINE,
    PANEL_MARGIN,
    ROOT_LINE,
    ROOT_TEXT,
    TEXT,
    Lettering,
    Panel,
    Positions,
    lettering,
    note_of,
    positions,
    root_of,
)
from kg.asking.network.outlines import SHAPES, number
from kg.asking.network.text_metrics import text_width, wrap
from kg.asking.things.kinds import KINDS
from kg.model.errors import MissingExtra
from kg.model.text.display import escaped_lines

FONTS = "Lato, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
BORDER = 24
"""Empty space around the picture."""
LEGEND_ROW = 24
DASHES = 'stroke-dasharray="4 3"'
BOW = 32
"""How far a line bends out that joins boxes above one another."""
TELLING = frozenset({"kg:relatedConcern", "kg:comparedWith", "kg:changeFrom", "kg:partOf"})
"""Relations that are drawn across panels: all others repeat what the panels say already."""

Box = tuple[float, float, float, float]
"""Left, top, width, height."""


def to_svg(
    graph: Any, places: Mapping[str, tuple[float, float]] | None = None, *,
    every_edge: bool = False, captioned: bool = True, address: Callable[[str], str | None] | None = None,
) -> str:  # fmt: skip
    """The picture as one SVG document.

    ``places`` are the middles of the boxes, as ``positions`` gives them (the default). Places of another
    layout do as well: then every edge is drawn as a line with its words instead of panels. With panels, of
    the relations across them only the telling ones are drawn (``TELLING``); ``every_edge`` adds the others
    unseen, for a page that brings out those of the chosen box. ``captioned`` puts the title above.
    ``address`` gives where the box of a node leads, or None.
    """
    places = positions(graph) if places is None else places
    panels = places.panels if isinstance(places, Positions) else ()
    root = graph.graph.get("root")
    letters = {node: lettering(data, str(node), node == root) for node, data in graph.nodes(data=True)}
    boxes = {node: _box(places[node], letters[node]) for node in graph}
    left, top, width, height = _extent([*boxes.values(), *((p.x, p.y, p.width, p.height) for p in panels)])
    title, above = _title(graph, max(width, 420)) if captioned else ([], 0)
    across = list(_across(graph, panels, boxes))
    dashed = sorted({label for _, _, label, telling in across if telling}) if panels else []
    legend, legend_height = _legend(graph, max(width, 420), dashed)
    body = [
        *title,
        f'<g transform="translate({number(-left)} {number(above - top)})">',
        *(line for panel in panels for line in _panel(graph, panel, boxes[panel.parent])),
        *(
            _edge(boxes[source], boxes[target], (source, target), label, telling, bool(panels))
            for source, target, label, telling in across
            if telling or every_edge
        ),
        *(
            linked(_node(graph, node, boxes[node], letters[node]), address and address(node))
            for node in graph
        ),
        "</g>",
        f'<g class="legend" transform="translate(0 {number(above + height + 18)})">',
        *legend,
        "</g>",
    ]
    size = (max(width, 420), above + height + 18 + legend_height)
    return _document(graph, size, body)


def _document(graph: Any, size: tuple[float, float], body: Iterable[str]) -> str:
    width, height = size[0] + 2 * BORDER, size[1] + 2 * BORDER
    title = caption(graph)[0]
    size_of = f'width="{number(width)}" height="{number(height)}"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size_of}'
        f' viewBox="{-BORDER} {-BORDER} {number(width)} {number(height)}"'
        f' font-family={quoteattr(FONTS)} fill="{style.INK}" role="group" aria-label={quoteattr(title)}>'
    )
    paper = f'<rect x="{-BORDER}" y="{-BORDER}" {size_of} fill="{style.PAPER}"/>'
    return escaped_lines("\n".join([head, f"<title>{escape(title)}</title>", paper, *body, "</svg>\n"]))


def _box(place: tuple[float, float], letters: Lettering) -> Box:
    return place[0] - letters.width / 2, place[1] - letters.height / 2, letters.width, letters.height


def _extent(boxes: list[Box]) -> Box:
    if not boxes:
        return 0, 0, 0, 0
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    return left, top, max(b[0] + b[2] for b in boxes) - left, max(b[1] + b[3] for b in boxes) - top


# --- words over and under the picture --------------------------------------------------------------------


def caption(graph: Any) -> tuple[str, str]:
    """The title of a picture and the line below it: what is shown, and how much is not."""
    root = graph.nodes.get(graph.graph.get("root"), {})
    title = str(graph.graph.get("title") or root.get("label") or "Graph")
    shown = len(graph)
    words = [f"{root['type']}"] if root.get("type") else []
    words.append(f"{shown} thing{'s' if shown != 1 else ''} shown")
    missing = [
        f"{branch['of'] - branch['shown']} of {of_all(branch)} {branch.get('what') or branch['heading']}"
        for branch in root.get("branches", ())
        if branch["shown"] < branch["of"]
    ]
    if missing:
        words.append("not shown: " + ", ".join(missing))
    if root.get("remark"):
        words.append(str(root["remark"]))
    return title, " · ".join(words)


def _title(graph: Any, width: float) -> tuple[list[str], float]:
    """The lines of the title and what is below it, and their height."""
    title, below = caption(graph)
    lines = wrap(title, width, 21, 2, bold=True)
    drawn = [
        f'<text x="0" y="{18 + 26 * place}" font-size="21" font-weight="bold">{escape(line)}</text>'
        for place, line in enumerate(lines)
    ]
    down = 13 + 26 * len(lines)
    small = wrap(below, width, 12.5, 4)
    drawn += [
        f'<text x="0" y="{down + 17 * place}" font-size="12.5" fill="{style.QUIET}">{escape(line)}</text>'
        for place, line in enumerate(small)
    ]
    return drawn, down + 17 * len(small) + 4


def _legend(graph: Any, width: float, drawn: Iterable[str]) -> tuple[list[str], float]:
    """The lines of the legend and its height; ``drawn`` are the words of the dashed lines."""
    lines_drawn = [(word, "", "none", style.ACROSS) for word in drawn]
    lines: list[str] = []
    x, y = 0.0, 0.0
    for word, outline, fill, edge in [*_legend_entries(graph), *lines_drawn]:
        needed = 34 + text_width(word, 11.5) + 20
        if x and x + needed > width:
            x, y = 0.0, y + LEGEND_ROW
        look = f'fill="{fill}" stroke="{edge}" stroke-width="1.3"'
        dash = f'd="M{number(x)} {number(y + 8)} h26" {DASHES}'
        shape = f'd="{SHAPES[outline](x, y, 26, 15)}"' if outline else dash
        lines.append(
            f"<path {shape} {look}/>"
            f'<text x="{number(x + 33)}" y="{number(y + 12)}" font-size="11.5">{escape(word)}</text>'
        )
        x += needed
    return lines, y + LEGEND_ROW


def _legend_entries(graph: Any) -> list[tuple[str, str, str, str]]:
    """Word, outline, fill and edge of each look that the picture has, in the order of KINDS."""
    found: dict[tuple[int, str], tuple[str, str, str, str]] = {}
    for _, data in graph.nodes(data=True):
        kind = KINDS.get(str(data.get("type")), KINDS["thing"])
        note = str(data.get("note", "")) if data.get("polarity") or data.get("grade") else ""
        word = kind.label if not note else f"{kind.label}: {note.casefold()}"
        found[list(KINDS).index(kind.name), word] = (word, kind.shape, *_colours(data))
    return [found[key] for key in sorted(found)]


def _colours(data: Mapping[str, Any]) -> tuple[str, str]:
    kind = KINDS.get(str(data.get("type")), KINDS["thing"])
    return str(data.get("fill") or kind.fill), str(data.get("colour") or kind.edge)


# --- panels and edges ------------------------------------------------------------------------------------


def of_all(branch: Mapping[str, Any]) -> str:
    """How many neighbours a branch has, or more than how many."""
    return f"over {branch['of']}" if branch.get("cut") else str(branch["of"])


def panel_heading(graph: Any, panel: Panel, width: float = float("inf")) -> str:
    """The words over a panel, with how many are shown where some are not; cut to ``width`` pixels."""
    wordings = [panel.heading]
    for branch in graph.nodes[panel.parent].get("branches", ()):
        if branch["heading"] == panel.heading and branch["shown"] < branch["of"]:
            count = f"{branch['shown']} of {of_all(branch)}"
            if branch["shown"] != _hanging(graph, panel):
                count = f"{'over ' if branch.get('cut') else ''}{branch['of'] - branch['shown']} more not"
            wordings = [f"{panel.heading} · {count} shown", f"{panel.heading} · {count.removesuffix(' not')}"]
    fitting = (words for words in wordings if text_width(words, HEADING, bold=True) <= width)
    return next(fitting, "") or wrap(wordings[-1], width, HEADING, 1, bold=True)[0]


def _hanging(graph: Any, panel: Panel) -> int:
    """How many things of the panel's branch hang on its parent: others of them are shown elsewhere."""
    wanted = (panel.parent, panel.heading)
    return sum((data.get("parent"), data.get("branch")) == wanted for _, data in graph.nodes(data=True))


def _panel(graph: Any, panel: Panel, parent: Box) -> Iterator[str]:
    """The frame of a panel, its heading, and the curve that leads to it."""
    x, y, width, height = parent
    right = panel.x > x
    start = (x + width if right else x, y + height / 2)
    end = (panel.x if right else panel.x + panel.width, panel.y + panel.height / 2)
    heading = panel_heading(graph, panel, panel.width - 2 * PANEL_MARGIN)
    members = quoteattr(" ".join(panel.members))
    yield (
        f'<g class="panel" data-parent={quoteattr(panel.parent)} data-members={members}>'
        f'<path class="branch" d="{_curve(start, end)}" fill="none" stroke="{style.LINE}"'
        f' stroke-width="2.2"/>'
        f'<rect x="{number(panel.x)}" y="{number(panel.y)}" width="{number(panel.width)}"'
        f' height="{number(panel.height)}" rx="9" fill="{style.FRAME}" stroke="{style.FRAME_LINE}"/>'
        f'<text x="{number(panel.x + PANEL_MARGIN)}" y="{number(panel.y + 21)}" font-size="{number(HEADING)}"'
        f' font-weight="bold" fill="{style.QUIET}">{escape(heading)}</text></g>'
    )


def _curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    middle = number((start[0] + end[0]) / 2)
    (x, y), (u, v) = start, end
    return f"M{number(x)} {number(y)} C{middle} {number(y)} {middle} {number(v)} {number(u)} {number(v)}"


def _bow(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A bow to the left, between boxes that stand above one another."""
    out = number(min(start[0], end[0]) - BOW)
    (x, y), (u, v) = start, end
    return f"M{number(x)} {number(y)} C{out} {number(y)} {out} {number(v)} {number(u)} {number(v)}"


def _across(
    graph: Any, panels: Iterable[Panel], boxes: Mapping[str, Box]
) -> Iterator[tuple[str, str, str, bool]]:
    """The relations that no panel shows: source, target, words, and whether they are worth a line.

    Beside panels a line is worth it where it tells something and stays on one side of the middle.
    """
    middle = boxes[root_of(graph)][0] if len(graph) else 0
    drawn = {(panel.parent, member) for panel in panels for member in panel.members}
    for source, target, data in graph.edges(data=True):
        if (source, target) not in drawn and (target, source) not in drawn:
            one_side = (boxes[source][0] < middle) == (boxes[target][0] < middle)
            telling = not drawn or (one_side and data.get("predicate") in TELLING)
            yield source, target, str(data.get("label", "")), telling


def _edge(box: Box, other: Box, ends: tuple[str, str], label: str, telling: bool, paneled: bool) -> str:
    """A line with its words; beside panels they stand in the legend and in a tooltip."""
    start, end = _nearest_sides(box, other)
    bowed = abs(start[0] - end[0]) < box[2]
    line = _bow(start, end) if bowed else _curve(start, end)
    x, y = (start[0] + end[0]) / 2 - (BOW * 0.75 if bowed else 0), (start[1] + end[1]) / 2
    kind, unseen = ("edge", "") if telling else ("edge quiet", ' visibility="hidden"')
    look = f'stroke="{style.ACROSS}" {DASHES}' if paneled else f'stroke="{style.LINE}"'
    words = (
        f"<title>{escape(label)}</title>"
        if paneled
        else f'<text x="{number(x)}" y="{number(y + 3)}" font-size="10.5" text-anchor="middle"'
        f' fill="{style.QUIET}" stroke="{style.PAPER}" stroke-width="3"'
        f' paint-order="stroke">{escape(label)}</text>'
    )
    return (
        f'<g class="{kind}" data-from={quoteattr(ends[0])} data-to={quoteattr(ends[1])}{unseen}>'
        f'<path d="{line}" fill="none" stroke-width="1.3" {look}/>{words}</g>'
    )


def _nearest_sides(box: Box, other: Box) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where a line leaves one box and meets the other: at the sides that face each other."""
    if box[0] + box[2] < other[0]:
        return (box[0] + box[2], box[1] + box[3] / 2), (other[0], other[1] + other[3] / 2)
    if other[0] + other[2] < box[0]:
        return (box[0], box[1] + box[3] / 2), (other[0] + other[2], other[1] + other[3] / 2)
    return (box[0], box[1] + box[3] / 2), (other[0], other[1] + other[3] / 2)


# --- boxes -----------------------------------------------------------------------------------------------


def _node(graph: Any, node: str, box: Box, letters: Lettering) -> Iterator[str]:
    data = graph.nodes[node]
    root = node == graph.graph.get("root")
    fill, edge = _colours(data)
    kind = KINDS.get(str(data.get("type")), KINDS["thing"])
    x, y, width, height = box
    yield (
        f'<g class="node" data-id={quoteattr(str(node))} data-type={quoteattr(kind.name)}>'
        f"<title>{escape(_tooltip(data, str(node)))}</title>"
        f'<path d="{SHAPES[kind.shape](x, y, width, height)}" fill="{fill}" stroke="{edge}"'
        f' stroke-width="{"3" if root else "1.4"}"/>'
    )
    yield (
        f'<text x="{number(x + INSET)}" y="{number(y + MARGIN + 7)}" font-size="{number(NOTE)}" fill="{edge}"'
        f' font-weight="bold">{escape(letters.note)}</text>'
    )
    size, step, weight = (ROOT_TEXT, ROOT_LINE, ' font-weight="bold"') if root else (TEXT, LINE, "")
    for place, line in enumerate(letters.lines):
        down = y + MARGIN + NOTE_LINE + step * (place + 1) - 6
        at = f'x="{number(x + INSET)}" y="{number(down)}"'
        yield f'<text {at} font-size="{number(size)}"{weight}>{escape(line)}</text>'
    yield "</g>"


def linked(drawn: Iterable[str], address: str | None) -> str:
    """The lines of what is drawn, as a link where it has an address."""
    lines = "\n".join(drawn)
    return f"<a href={quoteattr(address)}>{lines}</a>" if address else lines


def _tooltip(data: Mapping[str, Any], node: str) -> str:
    where = ""
    if "start" in data:
        where = f"{data.get('report_title', '')}, characters {data['start']} to {data['end']}"
    words = str(data.get("text") or data.get("label") or node)
    lines = [note_of(data), words, str(data.get("remark", "")), where]
    return "\n".join(filter(None, lines))


_LATO = re.compile(r"[\n -~\u00a0-\u00ff–—‘’“”•…€−≤≥]*")
"""Letters that Lato is known to have."""


# --- PNG -------------------------------------------------------------------------------------------------


def to_png(graph: Any, places: Mapping[str, tuple[float, float]] | None = None, zoom: float = 2) -> bytes:
    """The picture as PNG, ``zoom`` pixels to a unit of the SVG.

    Text is drawn in Lato, from the package font-lato. A picture with letters that Lato lacks (ŵ, ŷ) takes
    those from the fonts of the machine; any other has the same bytes everywhere. Raises MissingExtra
    without the extra [png].
    """
    try:
        import font_lato
        import resvg_py
    except ImportError as error:
        raise MissingExtra.of("PNG", "png") from error
    folder = Path(font_lato.__file__).parent / "files"
    fonts = [str(folder / f"Lato-{style}.ttf") for style in ("Regular", "Bold")]
    svg = to_svg(graph, places)
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, zoom=zoom, font_files=fonts, skip_system_fonts=_LATO.fullmatch(svg) is not None,
            font_family="Lato", sans_serif_family="Lato",
        )
    )  # fmt: skip
