"""A web page, as saved from a browser, becomes pieces: what a reader of the page would call the report."""

from __future__ import annotations

import re

from kg.model.errors import CannotRead
from kg.model.records import Notice
from kg.model.text.display import one_line
from kg.model.text.headings import is_page_words
from kg.reading.pieces import Piece, Reading, raised, unseen_words
from kg.reading.tables import Cell, grid, table_reading
from kg.reading.web_page import html_rules as rules
from kg.reading.web_page.html_tree import BLOCKS, Node, parse
from kg.reading.web_page.style_sheet import StyleSheet

_HEADING = re.compile(r"h([1-6])")
_LISTS = ("ul", "ol", "menu", "dir")
_DATES = (
    "dcterms.issued",
    "dcterms.published",
    "article:published_time",
    "dc.date.issued",
    "dc.date",
    "publish-date",
    "date",
    "dcterms.date",
    "dcterms.created",
)
_ERROR_PAGE = re.compile(
    r"\b(?:40[0-9]|50[0-9]|not found|forbidden|access denied|page unavailable|server error|just a moment)\b",
    re.IGNORECASE,
)
_BREAK = "\n"


def read_html(text: str) -> Reading:
    """The pieces of a web page's report, its metadata, and notices on tables that were left out.

    Raises CannotRead for a page without a report: frames, a sign-in page, an error page, only menus.
    """
    tree = parse(text)
    metadata = _metadata(tree)
    sign_in = any(node.get("type") == "password" for node in tree.find("input"))
    frames = any(tree.find("frame"))
    walker = _Walker()
    report, unseen = _prune(tree)
    walker.block(report)
    pieces = _without_empty_heads(walker.pieces)
    _refuse_other_pages(pieces, metadata, sign_in=sign_in, frames=frames)
    return Reading(tuple(pieces), (*metadata, *walker.metadata), (*walker.notices, *unseen_words(unseen, "")))


def _refuse_other_pages(
    pieces: list[Piece], metadata: tuple[tuple[str, str], ...], *, sign_in: bool, frames: bool
) -> None:
    length = sum(len(piece.text) for piece in pieces)
    heads = [dict(metadata).get("title", ""), *(piece.text for piece in pieces if piece.kind == "heading")]
    if sign_in and length < 1500:
        raise CannotRead("a sign-in page was saved in place of the report; sign in and save the report")
    if length < 1000 and _ERROR_PAGE.search(" ".join(heads)[:300]):
        raise CannotRead("an error page was saved in place of the report; save the report's page again")
    if frames and length < 200:
        raise CannotRead("a frame set without text; open the frame by itself and save that page")
    if not pieces:
        raise CannotRead("a web page without text of its own, only menus or scripts; save the page complete")


def _metadata(tree: Node) -> tuple[tuple[str, str], ...]:
    """What the page's head states: title, published (ISO), web, then each ``meta`` by its own name."""
    named = [
        (
            (node.get("name") or node.get("property")).strip().lower()[:80],
            one_line(node.get("content"))[:2000],
        )
        for node in tree.find("meta")
    ]
    stated = {name: value for name, value in reversed(named) if name and value and name != "viewport"}
    out = []
    if title := next((one_line(node.words()) for node in tree.find("title")), ""):
        out.append(("title", title))
    dates = (found[0] for name in _DATES if (found := re.match(r"\d{4}-\d\d-\d\d", stated.get(name, ""))))
    if date := next(dates, None):
        out.append(("published", date))
    canonical = (
        link.get("href") for link in tree.find("link") if "canonical" in link.get("rel").lower().split()
    )
    if web := next((href for href in canonical if re.match(r"https?://[^\s<>\"]+$", href)), None):
        out.append(("web", web))
    return (*out, *(("meta:" + name, stated[name]) for name in sorted(stated)))


def _prune(tree: Node) -> tuple[Node, list[str]]:
    """Takes what is not the report out of ``tree``; gives the element that holds the report, and the words in
    it that no reader of the page sees."""
    folded, sheet = rules.folded_parts(tree), StyleSheet.of(tree)
    unseen: list[tuple[Node, str]] = []
    for node in list(tree.walk()):
        if rules.is_boilerplate(node, folded):
            node.drop()
        elif rules.is_unseen(node, folded, sheet):
            unseen.append((node, _spaced(node)))
            node.drop()
    _without_raised_marks(tree)
    root = _root(tree)
    left_out = [words for node, words in unseen if root in node.above()]
    keep = 0.4 * rules.size([root])
    targets = rules.note_targets(root)
    for node in list(root.walk()):
        if node is root or not (rules.is_note_mark(node) or _is_outside(node, targets)):
            continue
        if rules.is_note_mark(node) or _is_small(node, keep):
            node.drop()
    return root, left_out


def _without_raised_marks(tree: Node) -> None:
    """Takes out marks of notes without a link, and makes other raised digits what they look like."""
    for parent in tree.walk():
        before = ""
        for node in parent.children:
            if isinstance(node, Node) and rules.is_raised(node) and not any(node.find("a")):
                node.children = [raised(node.words(), before)]
            before = node if isinstance(node, str) else node.last_words()


def _is_outside(node: Node, targets: set[str]) -> bool:
    if node.get("id") in targets and node.tag in ("li", "p", "div", "dd", "section", "tr"):
        return True
    return node.tag == "footer" or rules.is_contents_list(node) or rules.is_named_boilerplate(node)


def _is_small(node: Node, keep: float) -> bool:
    """A part that holds the main heading or much of the text is never boilerplate, whatever its class."""
    return node.tag != "h1" and not any(node.find("h1")) and rules.size([node]) <= keep


def _root(tree: Node) -> Node:
    """``main`` where there is one, else the article that holds most of the body, else the body."""
    body = next(tree.find("body"), tree)
    whole = rules.size([body])
    mains = [node for node in tree.walk() if node.tag == "main" or node.get("role").lower() == "main"]
    main = max(mains, key=lambda node: rules.size([node]), default=None)
    if main is not None and rules.size([main]) > 0.2 * whole:
        return main
    article = max(tree.find("article"), key=lambda node: rules.size([node]), default=None)
    if article is not None and rules.size([article]) > 0.6 * whole:
        return _with_main_heading(article, body)
    for node in list(body.elements()):
        if node.tag == "header" and not any(node.find("h1")):
            node.drop()
    return body


def _with_main_heading(article: Node, body: Node) -> Node:
    """The article, or the nearest element around it that also holds the page's main heading."""
    node = article
    alone = len(list(body.find("h1"))) == 1
    while alone and not any(node.find("h1")) and node.parent is not None and node is not body:
        node = node.parent
    return node


def _without_empty_heads(pieces: list[Piece]) -> list[Piece]:
    """Drops headings such as "Contents" and "Footnotes" below which nothing is left."""
    out: list[Piece] = []
    for at, piece in enumerate(pieces):
        after = pieces[at + 1] if at + 1 < len(pieces) else None
        empty = piece.kind == "heading" and (after is None or after.kind == "heading")
        if not (empty and rules.heads_a_list(piece.text)):
            out.append(piece)
    return out


class _Walker:
    """Goes through the tree once; runs of text gather until a block begins or ends."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.metadata: list[tuple[str, str]] = []
        self.notices: list[Notice] = []
        self.runs: list[tuple[str, bool]] = []
        self.fragment: str | None = None
        self.depth = 0

    def block(self, node: Node, kind: str = "paragraph", level: int | None = None) -> None:
        """All pieces of a block element; its own text is of ``kind``, as is that of divisions inside."""
        before = len(self.pieces)
        for child in node.children:
            if isinstance(child, str) or child.tag not in BLOCKS:
                self._inline(child, linked=False)
            else:
                self._flush(kind, level)
                if kind == "list-item" and len(self.pieces) > before:
                    kind = "paragraph"
                self._child_block(child, kind, level)
        self._flush(kind if kind != "list-item" or len(self.pieces) == before else "paragraph", level)

    def _child_block(self, node: Node, kind: str, level: int | None) -> None:
        self.fragment = node.get("id") or self.fragment
        heading = _HEADING.fullmatch(node.tag)
        if heading or node.get("role").lower() == "heading":
            self.block(node, "heading", int(heading[1]) if heading else _aria_level(node))
        elif node.tag == "li":
            self.block(node, "list-item", self.depth or None)
        elif node.tag in _LISTS:
            self.depth += 1
            self.block(node)
            self.depth -= 1
        elif node.tag == "table":
            self._table(node)
        else:
            self.block(node, kind, level)

    def _inline(self, node: Node | str, *, linked: bool) -> None:
        if isinstance(node, str):
            self.runs.append((node.replace("\n", " "), linked))
        elif node.tag == "br":
            self.runs.append((_BREAK, False))
        else:
            if not node.children:
                self.fragment = node.get("id") or node.get("name") or self.fragment
            for child in node.children:
                if isinstance(child, Node) and child.tag in BLOCKS:
                    self._flush("paragraph", None)
                    self._child_block(child, "paragraph", None)
                else:
                    self._inline(child, linked=linked or node.tag == "a")

    def _flush(self, kind: str, level: int | None) -> None:
        runs, self.runs = self.runs, []
        lines = [one_line(line) for line in "".join(text for text, _ in runs).split(_BREAK)]
        if kind != "heading" and _serves_page(runs):
            return
        for line in rejoined([line for line in lines if line]):
            has_level = kind in ("heading", "list-item")
            self.pieces.append(Piece(line, kind, level if has_level else None, fragment=self.fragment))
            kind = "paragraph" if kind == "list-item" else kind

    def _table(self, node: Node) -> None:
        rows = _rows(node)
        if _is_layout(node, rows):
            self.block(node)
            return
        caption = next((one_line(_spaced(found)) for found in node.find("caption")), "")
        cells = [[_cell(cell) for cell in row] for row in rows]
        header = len(rows) > 1 and all(cell.tag == "th" for cell in rows[0])
        header = header and not any(cell.tag == "th" for row in rows[1:] for cell in row)
        reading = table_reading(grid(cells), caption=caption, header=header, fragment=self.fragment)
        self.pieces += reading.pieces
        self.metadata += reading.metadata
        self.notices += reading.notices


def _aria_level(node: Node) -> int:
    level = node.get("aria-level")
    return int(level) if re.fullmatch(r"[1-9]", level) else 2


def _serves_page(runs: list[tuple[str, bool]]) -> bool:
    """Whether a block is nothing but links that serve the page: "Back to top", "Print", "Share"."""
    texts = [one_line(text) for text, linked in runs if linked and one_line(text)]
    if not texts or any(one_line(text).strip("|·•-,; ") for text, linked in runs if not linked):
        return False
    return is_page_words(" ".join(texts)) or all(is_page_words(text) for text in texts)


def rejoined(lines: list[str]) -> list[str]:
    """Lines that a ``br`` parted, joined where the second goes on with the first's sentence."""
    out: list[str] = []
    for line in lines:
        if out and line[0].islower() and out[-1][-1] not in ".:;?!":
            out[-1] += " " + line
        else:
            out.append(line)
    return out


def _rows(table: Node) -> list[list[Node]]:
    """The cells of a table's rows, without those of tables within them."""
    own = (row for row in table.find("tr") if next(one for one in row.above() if one.tag == "table") is table)
    rows = [[cell for cell in row.elements() if cell.tag in ("td", "th")] for row in own]
    return [row for row in rows if row]


def _is_layout(table: Node, rows: list[list[Node]]) -> bool:
    """A table that only places things on the page: a box, columns, other tables below no heads."""
    if table.get("role").lower() in ("presentation", "none") or all(len(row) < 2 for row in rows):
        return True
    return any(table.find("table")) and not all(cell.tag == "th" for cell in rows[0])


def _cell(cell: Node) -> Cell:
    return Cell(_lines_of(cell), *(_span(cell.get(name)) for name in ("colspan", "rowspan")))


def _span(number: str) -> int:
    return int(number) if re.fullmatch(r"[1-9]\d{0,3}", number.strip()) else 1


def _lines_of(cell: Node) -> str:
    """The lines of a cell: a block or line break parts them, but for one that goes on in small letters."""
    lines = (one_line(line) for line in _spaced(cell, "\n").split("\n"))
    return "\n".join(rejoined([line for line in lines if line]))


def _spaced(node: Node, mark: str = " ") -> str:
    """The text of a cell, with a mark where a block or line begins or ends."""
    out: list[str] = []
    for child in node.children:
        if isinstance(child, str):
            out.append(child)
        else:
            space = mark if child.tag in BLOCKS or child.tag == "br" else ""
            out.append(space + _spaced(child, mark) + space)
    return "".join(out)
