"""A web page as a small tree, by the standard parser: no entities, no network, no recursion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

MAX_DEPTH = 150
"""Elements nested deeper than this become flat: their text stays, in its place."""


def words(text: str) -> frozenset[str]:
    """The words of ``text`` as a set."""
    return frozenset(text.split())


VOID = words("area base br col embed hr img input link meta param source track wbr")
BLOCKS = words(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol optgroup "
    "option p pre search section summary table tbody td tfoot th thead tr ul"
)
_CLOSE_P = BLOCKS - words("body caption html option optgroup tbody td tfoot th thead tr")
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
# A start tag of the key closes an open element of the first set, looking no further than the second.
_IMPLIED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), _LISTS),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
}
for _group in ("tbody", "thead", "tfoot"):
    _IMPLIED[_group] = (frozenset({"tbody", "thead", "tfoot"}), frozenset({"table"}))
_SCOPE = {"li": _LISTS, "p": frozenset({"td", "th", "table", "li"})}
_SUBSET = re.compile(r"<!DOCTYPE[^>\[]{0,400}\[.*?\]\s*>", re.IGNORECASE | re.DOTALL)


class Node:
    """An element: its tag in small letters, its attributes, and its children (text or elements) in order."""

    __slots__ = ("attributes", "children", "parent", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], parent: Node | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Node | str] = []

    def elements(self) -> Iterator[Node]:
        """The child elements."""
        return (child for child in self.children if isinstance(child, Node))

    def walk(self) -> Iterator[Node]:
        """This element and all below it, in document order."""
        todo = [self]
        while todo:
            node = todo.pop()
            yield node
            todo += reversed(list(node.elements()))

    def find(self, *tags: str) -> Iterator[Node]:
        """The elements below with one of these tags, in document order."""
        return (node for node in self.walk() if node.tag in tags and node is not self)

    def above(self) -> Iterator[Node]:
        """The elements that this one is in, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def words(self) -> str:
        """All text below, as one string with its white space as it is."""
        out: list[str] = []
        todo: list[Node | str] = [self]
        while todo:
            node = todo.pop()
            if isinstance(node, str):
                out.append(node)
            else:
                todo += reversed(node.children)
        return "".join(out)

    def last_words(self) -> str:
        """The text right before the end of the element; empty where that is one without text."""
        node: Node | str = self
        while isinstance(node, Node):
            node = node.children[-1] if node.children and node.tag not in BLOCKS else ""
        return node

    def get(self, name: str) -> str:
        """An attribute's value, or an empty string."""
        return self.attributes.get(name, "")

    def drop(self) -> None:
        """Take away the element and all in it; where it was a block, a boundary stays."""
        self.tag = "hr" if self.tag in BLOCKS else "#dropped"
        self.attributes, self.children = {}, []


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("#root", {}, None)
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._close_implied(tag)
        parent = self.open[-1]
        node = Node(tag, {name: value or "" for name, value in reversed(attrs)}, parent)
        parent.children.append(node)
        if tag not in VOID and len(self.open) < MAX_DEPTH:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in BLOCKS and self.open[-1].tag == tag:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in ("html", "body", "br"):
            return
        scope = _SCOPE.get(tag, frozenset({"table"}) if tag != "table" else frozenset())
        for at in range(len(self.open) - 1, 0, -1):
            found = self.open[at].tag
            if found == tag:
                del self.open[at:]
                return
            if found in scope or (found in BLOCKS and tag not in BLOCKS):
                return

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """As browsers do, what begins as a marked section and is none (``<![x``) is a comment."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i, report)

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def _close_implied(self, tag: str) -> None:
        if tag in _CLOSE_P:
            self._close({"p"}, frozenset({"table", "td", "th", "li", "div", "section", "article"}))
        if tag in _IMPLIED:
            closes, scope = _IMPLIED[tag]
            self._close(closes, scope)

    def _close(self, tags: set[str] | frozenset[str], scope: frozenset[str]) -> None:
        for at in range(len(self.open) - 1, 0, -1):
            if self.open[at].tag in tags:
                del self.open[at:]
                return
            if self.open[at].tag in scope:
                return


def parse(text: str) -> Node:
    """The tree of a web page; missing end tags are supplied as browsers do. Never raises for bad markup.

    >>> [node.tag for node in parse("<ul><li>a<li>b</ul><p>c").walk()]
    ['#root', 'ul', 'li', 'li', 'p']
    """
    builder = _Builder()
    builder.feed(_SUBSET.sub("", text, count=1))
    builder.close()
    return builder.root
