"""Which parts of a web page are not the report: menus, banners, share links, contents lists, footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.readers.html_tree import Node, words
from kg.readers.pieces import clean

_TAGS = words(
    "script style noscript template iframe object embed applet svg math canvas audio video map nav aside "
    "form button select input textarea label datalist dialog head title frameset noframes"
)
_ROLES = words(
    "navigation banner complementary contentinfo search dialog alertdialog menu menubar toolbar button form "
    "doc-toc doc-endnotes doc-footnote doc-backlink"
)
_WORDS = (
    "cookies?|consent|breadcrumbs?|share|sharing|social|skip|skiplinks?|visually-?hidden|sr-only|"
    "screen-?reader(?:-text|-only)?|offscreen|to-top|top-link|totop|back-?to-?top|scroll-?top|related|pagination|"
    "pager|menu|navbar|navigation|side-?bar|toc|table-of-contents|on-this-page|page-contents|contents-list|"
    "in-page-nav|footnotes?|endnotes|feedback|newsletter|subscribe|comments|advert|adverts|no-?print|modal|popup|"
    "site-(?:header|footer|nav|search)|page-(?:header-nav|footer)|toolbar|tools|page-tools|print-link|downloads?|"
    "language-switcher|hidden"
)
_PARTS = (
    "bar|banner|block|box|buttons?|container|inner|items?|links?|list|menu|nav|notice|overlay|panel|popup|pages?|"
    "publications?|section|content|text|wrapper|widget|wrap"
)
_CLASS = re.compile(rf"(?:^|.*[-_])(?:{_WORDS})(?:[-_](?:{_PARTS}))*$")
_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PAGE_WORDS = re.compile(
    r"(?:back|return|go) to (?:the )?(?:top|contents|start)(?: of (?:the |this )?page)?|top(?: of page)?|"
    r"(?:skip|jump) to (?:the )?(?:main )?(?:content|navigation|search)|"
    r"(?:print|share|email|save|download|view|get)(?: (?:this|the|a|full|pdf))*"
    r"(?: (?:page|document|report|publication|article|version|pdf|copy))*"
    r"(?: (?:as|in|on|by|via|with) .{1,30})?"
    r"(?: ?\(.{1,40}\))?|share(?: on)? .{1,20}|(?:facebook|twitter|x|linkedin|email|whatsapp)|"
    r"(?:next|previous)(?: (?:page|section|chapter))?|[↑↩▲^]+|"
    r"(?:show|hide|expand|collapse|open|close)(?: all)?(?: sections?)?",
    re.IGNORECASE,
)
_LIST_HEAD = re.compile(
    r"(?:table of |page )?contents|(?:on|in) this (?:page|report|document|section)|jump to(?: section)?|"
    r"foot ?notes?|end ?notes?|share(?: this page)?|related (?:content|links|publications|documents|reports)",
    re.IGNORECASE,
)
_NOTE_TARGET = re.compile(
    r"#_?(?:fn|ftn|foot|footnote|note|endnote|edn|ref|cite)[-_:]?(?:note)?[-_:]?\w{0,12}$", re.IGNORECASE
)
_NOTE_MARK = re.compile(r"\[?\(?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]+)\)?\]?", re.IGNORECASE)


def is_boilerplate(node: Node) -> bool:
    """Whether the element by its tag, role or state holds no words of the report."""
    if node.tag in _TAGS or node.get("role").lower() in _ROLES or "hidden" in node.attributes:
        return True
    return node.get("aria-hidden").lower() == "true" or bool(_STYLE.search(node.get("style")[:400]))


def is_named_boilerplate(node: Node) -> bool:
    """Whether a class or the id names a part that holds no words of the report.

    >>> is_named_boilerplate(Node("div", {"class": "cookie-banner"}, None))
    True
    >>> is_named_boilerplate(Node("div", {"class": "box box-promising-practice"}, None))
    False
    """
    names = (node.get("class") + " " + node.get("id")).lower()[:400].split()
    return any(_CLASS.match(name) for name in names)


def is_page_words(text: str) -> bool:
    """Whether the text of a link serves the page ("Back to top", "Share this page"), not the report.

    >>> is_page_words("Back to top"), is_page_words("Top grades were rare")
    (True, False)
    """
    return _PAGE_WORDS.fullmatch(text) is not None


def heads_a_list(text: str) -> bool:
    """Whether a heading with nothing left below it announced a contents list or notes."""
    return _LIST_HEAD.fullmatch(text) is not None


def is_note_mark(node: Node) -> bool:
    """Whether an inline element is the mark of a footnote: ``<sup><a href="#fn-1">1</a></sup>``."""
    if node.tag not in ("sup", "a", "span"):
        return False
    mark = clean(node.words())
    if not _NOTE_MARK.fullmatch(mark):
        return False
    if node.get("role") == "doc-noteref" or is_named_boilerplate(node):
        return True
    links = [link for link in node.walk() if link.tag == "a"]
    if node.tag == "sup":
        return bool(links)
    return node.tag == "a" and bool(_NOTE_TARGET.search(node.get("href")))


def is_contents_list(node: Node) -> bool:
    """Whether a list is one of links within the page: three or more items, nearly all just such a link."""
    if node.tag not in ("ul", "ol"):
        return False
    items = list(node.find("li"))
    links = [item for item in items if _is_inner_link(item)]
    return len(items) >= 3 and len(links) >= 0.8 * len(items)


def _is_inner_link(item: Node) -> bool:
    links = [link for link in item.find("a") if "#" in link.get("href")]
    return bool(links) and sum(len(clean(link.words())) for link in links) >= 0.8 * len(clean(item.words()))


def note_targets(root: Node) -> set[str]:
    """The ids that footnote marks below ``root`` lead to."""
    marks = (node for node in root.walk() if is_note_mark(node))
    links = (link for mark in marks for link in mark.walk() if link.tag == "a")
    return {link.get("href").rpartition("#")[2] for link in links} - {""}


def size(nodes: Iterable[Node | str]) -> int:
    """How many characters of text the nodes hold, white space apart."""
    return sum(len(clean(node if isinstance(node, str) else node.words())) for node in nodes)
