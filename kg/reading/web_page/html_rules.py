"""Which parts of a web page are not the report: menus, banners, share links, contents lists, footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.model.text.display import one_line
from kg.reading.web_page.html_tree import Node, words
from kg.reading.web_page.style_sheet import StyleSheet

_TAGS = words(
    "script style noscript template iframe object embed applet svg math canvas audio video map nav "
    "select input textarea label datalist dialog head title frameset noframes"
)
_STRUCK = words("del s strike")
_ROLES = words(
    "navigation banner complementary contentinfo search dialog alertdialog menu menubar toolbar button form "
    "doc-toc doc-endnotes doc-footnote doc-backlink"
)
# Words that name such a part wherever they stand in a class or id, and words that do so only at its beginning
# or after what page builders put before their names: "information-sharing" may be a heading of the report.
_ALWAYS = (
    "cookies?|consent|breadcrumbs?|skiplinks?|skip-(?:link|nav|to-content)|visually-?hidden|sr-only|"
    "screen-?reader(?:-text|-only)?|offscreen|to-top|top-link|totop|back-?to-?top|scroll-?top|pagination|pager|"
    "navbar|nav-?bar|side-?bar|toc|table-of-contents|on-this-page|page-contents|in-page-nav|no-?print|"
    "site-(?:header|footer|nav|search)|language-switcher|social-(?:media|share|sharing|links|icons)|print-link"
)
_GENERIC = (
    "share|sharing|social|skip|related|menu|navigation|contents-list|footnotes?|endnotes|feedback|newsletter|"
    "subscribe|comments|adverts?|modal|popup|toolbar|tools|downloads?|page-footer|page-tools"
)
_BEFORE = "(?:(?:page|site|post|entry|content|article|section|block|wp|js|c|m|o|u|l|is|govuk|nhsuk)-{1,2})*"
_PARTS = (
    "bar|banner|block|box|buttons?|container|inner|items?|links?|list|menu|nav|notice|overlay|panel|popup|pages?|"
    "publications?|section|content|text|this|wrapper|widget|wrap"
)
_CLASS = re.compile(rf"(?:(?:|.*[-_])(?:{_ALWAYS})|{_BEFORE}(?:{_GENERIC}))(?:[-_]+(?:{_PARTS}))*$")
_ID = re.compile(rf"(?:|.*[-_])(?:{_ALWAYS})(?:[-_]+(?:{_PARTS}))*$")
_FOLDED = re.compile(r"accordion|collaps|expand|tab-?(?:panel|pane|content)|toggle|disclosure")
_ICON = re.compile(r"icon|glyph|symbol|anchor|arrow|chevron|\bfa[bsr]?\b", re.IGNORECASE)
_LIST_HEAD = re.compile(
    r"(?:table of |page )?contents|(?:on|in) this (?:page|report|document|section)|jump to(?: section)?|"
    r"foot ?notes?|end ?notes?|share(?: this page)?|related (?:content|links|publications|documents|reports)",
    re.IGNORECASE,
)
_NOTE_TARGET = re.compile(
    r"#_?(?:fn|ftn|foot|footnote|note|endnote|edn|ref|cite)[-_:]?(?:note)?[-_:]?\w{0,12}$", re.IGNORECASE
)
_RAISED_STYLE = re.compile(r"vertical-align:\s*(?:super|text-top|top)\b", re.IGNORECASE)
_NOTE_MARK = re.compile(r"\[?\(?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]+)\)?\]?", re.IGNORECASE)


def is_boilerplate(node: Node, folded: frozenset[str]) -> bool:
    """Whether the element by its tag, role or state holds no words of the report.

    ``folded`` are the ids of parts that a button of the page opens: they belong to it, though hidden.
    """
    if node.tag in _TAGS:
        return True
    if node.tag == "button" or node.get("role").lower() == "button":
        return not _inside(node, "h1", "h2", "h3", "h4", "h5", "h6")
    if node.tag == "form":
        return not any(node.find("h1", "main", "article"))
    if node.tag == "aside":
        return not _is_box(node)
    if node.get("role").lower() in _ROLES:
        return True
    return _is_hidden(node) and not _is_folded(node, folded)


def is_unseen(node: Node, folded: frozenset[str], sheet: StyleSheet) -> bool:
    """Whether the words of an element are struck out or hidden by its style or the page's own ``sheet``."""
    return node.tag in _STRUCK or (sheet.hides(node) and not _is_folded(node, folded))


def _is_hidden(node: Node) -> bool:
    return "hidden" in node.attributes or (node.get("aria-hidden").lower() == "true" and not _is_seen(node))


def _is_seen(node: Node) -> bool:
    """Whether words that are not read aloud are words of a sentence all the same, and no sign beside it."""
    return node.tag in ("span", "b", "strong", "em", "i") and not _ICON.search(node.get("class")[:400])


def _is_folded(node: Node, folded: frozenset[str]) -> bool:
    """A part that only waits for a click: behind a button, or of a class that says so."""
    if node.get("id") in folded or node.get("hidden").lower() == "until-found":
        return True
    return bool(_FOLDED.search(node.get("class").lower()[:400])) or node.get("role").lower() == "tabpanel"


def _inside(node: Node, *tags: str) -> bool:
    return any(above.tag in tags for above in node.above())


def _is_box(aside: Node) -> bool:
    """An ``aside`` within the report that is mostly words, not links: a box of it."""
    links = size(link for link in aside.find("a"))
    return (
        _inside(aside, "main", "article") and not is_named_boilerplate(aside) and links < 0.4 * size([aside])
    )


def is_named_boilerplate(node: Node) -> bool:
    """Whether a class or the id names a part that holds no words of the report.

    >>> is_named_boilerplate(Node("div", {"class": "cookie-banner"}, None))
    True
    >>> is_named_boilerplate(Node("div", {"class": "box box-promising-practice"}, None))
    False
    >>> is_named_boilerplate(Node("section", {"id": "information-sharing"}, None))
    False
    """
    classes, name = node.get("class").lower()[:400].split(), node.get("id").lower()[:200]
    return any(_CLASS.match(one) for one in classes) or bool(_ID.match(name))


def folded_parts(root: Node) -> frozenset[str]:
    """The ids of the parts of a page that buttons and links of it open and close."""
    names = (
        node.get("aria-controls") for node in root.walk() if node.tag in ("button", "a", "h2", "h3", "div")
    )
    return frozenset(name for names_ in names for name in names_.split())


def heads_a_list(text: str) -> bool:
    """Whether a heading with nothing left below it announced a contents list or notes."""
    return _LIST_HEAD.fullmatch(text) is not None


def is_note_mark(node: Node) -> bool:
    """Whether an inline element is the mark of a footnote: ``<sup><a href="#fn-1">1</a></sup>``."""
    if node.tag not in ("sup", "a", "span"):
        return False
    mark = one_line(node.words())
    if not _NOTE_MARK.fullmatch(mark):
        return False
    if node.get("role") == "doc-noteref" or is_named_boilerplate(node):
        return True
    links = [link for link in node.walk() if link.tag == "a"]
    if node.tag == "sup":
        return bool(links)
    return node.tag == "a" and bool(_NOTE_TARGET.search(node.get("href")))


def is_raised(node: Node) -> bool:
    """Whether an inline element stands above the line."""
    return node.tag == "sup" or bool(_RAISED_STYLE.search(node.get("style")[:400]))


def is_contents_list(node: Node) -> bool:
    """Whether a list is one of links within the page: three or more items, nearly all just such a link."""
    if node.tag not in ("ul", "ol"):
        return False
    items = list(node.find("li"))
    links = [item for item in items if _is_inner_link(item)]
    return len(items) >= 3 and len(links) >= 0.8 * len(items)


def _is_inner_link(item: Node) -> bool:
    links = [link for link in item.find("a") if "#" in link.get("href")]
    return bool(links) and sum(len(one_line(link.words())) for link in links) >= 0.8 * len(
        one_line(item.words())
    )


def note_targets(root: Node) -> set[str]:
    """The ids that footnote marks below ``root`` lead to."""
    marks = (node for node in root.walk() if is_note_mark(node))
    links = (link for mark in marks for link in mark.walk() if link.tag == "a")
    return {link.get("href").rpartition("#")[2] for link in links} - {""}


def size(nodes: Iterable[Node | str]) -> int:
    """How many characters of text the nodes hold, white space apart."""
    return sum(len(one_line(node if isinstance(node, str) else node.words())) for node in nodes)
