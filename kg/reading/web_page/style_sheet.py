"""What a page's own styles hide or strike out: no reader of the page sees it, or takes it as said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.reading.web_page.html_tree import Node

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_DECLARED = re.compile(
    r"(?<![\w-])(?:(?P<display>display)|(?P<visibility>visibility)|(?P<line>text-decoration(?:-line)?)"
    r"|(?P<place>left|top|right|text-indent)|(?P<clip>clip)|(?P<pale>opacity)|(?P<small>font-size))\s*:\s*(?P<value>[^;}]{1,200})",
    re.IGNORECASE,
)
_HIDING = {
    "display": re.compile(r"none\b", re.IGNORECASE),
    "visibility": re.compile(r"(?:hidden|collapse)\b", re.IGNORECASE),
    "line": re.compile(r".*\bline-through\b", re.IGNORECASE),
    "clip": re.compile(r"rect\((?:\s*[01](?:px)?[\s,]*){4}\)", re.IGNORECASE),
    "pale": re.compile(r"0*(?:\.0*)?%?(?:\s*!|\Z)"),
    "small": re.compile(r"0+(?:\.0*)?(?:px|pt|r?em|%)?(?:\s*!|\Z)", re.IGNORECASE),
    "place": re.compile(r"-\d{4,}(?:px)?\b"),  # so far to the side that it is on no screen
}
_SIMPLE = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<marks>(?:[.#][\w-]+){0,5})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A selector of one element (tag, classes, id) and what it sets: by property, whether it hides."""

    tag: str
    marks: frozenset[str]
    sets: dict[str, bool]
    weight: tuple[int, int, int]

    def fits(self, node: Node, marks: frozenset[str]) -> bool:
        return self.tag in ("", node.tag) and self.marks <= marks


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """The simple rules of a page: those of one element by tag, class and id, for every medium."""

    by_key: dict[str, list[_Rule]]
    """Each rule by one of its marks, or its tag where it has none."""

    @classmethod
    def of(cls, tree: Node) -> StyleSheet:
        """The rules of the page's ``style`` elements."""
        by_key: dict[str, list[_Rule]] = {}
        texts = (node.words() for node in tree.find("style") if _is_for_all(node))
        for order, (selector, sets) in enumerate(each for text in texts for each in _rules(text)):
            found = _SIMPLE.fullmatch(selector)
            if found is None or not selector:
                continue
            marks = frozenset(re.findall(r"[.#][\w-]+", found["marks"]))
            ids = sum(mark[0] == "#" for mark in marks)
            rule = _Rule((found["tag"] or "").lower(), marks, sets, (ids, len(marks) - ids, order))
            by_key.setdefault(min(marks, default=rule.tag), []).append(rule)
        return cls(by_key)

    def hides(self, node: Node) -> bool:
        """Whether an element is hidden or struck out by its own style, or by the page's.

        Not the whole page: a script shows that when all is loaded.
        """
        if node.tag in ("html", "body", "main"):
            return False
        classes = {f".{name}" for name in node.get("class")[:2000].split()}
        marks = frozenset({*classes, f"#{node.get('id')}"})
        fitting = [
            rule for key in (*marks, node.tag) for rule in self.by_key.get(key, ()) if rule.fits(node, marks)
        ]
        effective: dict[str, bool] = {}
        for rule in sorted(fitting, key=lambda rule: rule.weight):
            effective |= rule.sets
        return any((effective | _sets(_plain(node.get("style")[:4000]))).values())


def _is_for_all(style: Node) -> bool:
    return style.get("media").strip().lower() in ("", "all", "screen")


def _rules(text: str) -> Iterator[tuple[str, dict[str, bool]]]:
    """The selectors of a style sheet outside of blocks such as ``@media``, with what each of them sets."""
    depth, head = 0, ""
    for part in re.split(r"([{}])", _plain(text)):
        if part == "{":
            depth += 1
        elif part == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            head = part.rpartition(";")[2].strip()
        elif depth == 1 and not head.startswith("@") and (sets := _sets(part)):
            for selector in head.split(","):
                yield selector.strip(), sets


def _plain(text: str) -> str:
    """A style sheet without comments, its own and HTML's ("<!--"), and with characters for their escapes."""
    plain = _COMMENT.sub("", text).replace("<!--", "").replace("-->", "")
    return _ESCAPE.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), plain)


def _sets(declarations: str) -> dict[str, bool]:
    """What declarations say of being seen: by property, whether it hides.

    >>> _sets("DISPLAY: none; color: red"), _sets("text-decoration: underline")
    ({'display': True}, {'line': False})
    """
    found: dict[str, bool] = {}
    for one in _DECLARED.finditer(declarations):
        kind = next(name for name in _HIDING if one[name])
        found[kind] = bool(_HIDING[kind].match(one["value"].strip()))
    return found
