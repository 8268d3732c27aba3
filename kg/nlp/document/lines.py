"""The lines of a document with what its format says about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.model.records import Document
from kg.model.text.bullets import BULLET
from kg.model.text.headings import is_open

_NUMBERED = re.compile(r"\(?(?:\d{1,2}\.){0,3}(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)][ \t]+")
_PARAGRAPH_NUMBER = re.compile(r"(\d{1,3})\.[ \t]+(?=\S)")
_FEWEST_NUMBERED = 12
_LIST_END = re.compile(r"(?:[.;,:][’”\"')]*|[;,] (?:and|or))$")

HEAD = 15
"""Lines at the start of a document in which its title and metadata stand."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank, without surrounding white space; offsets into the document's text.

    ``kind`` is that of the block it stands in, ``item`` where the text alone shows a list item.
    ``level`` is that of a heading, ``depth`` that of the list that an item stands in, as its format says.
    ``numbered`` lines begin with a number of a document whose paragraphs are numbered through. ``tabs`` stand
    before the words of a line: empty cells of a table.
    """

    start: int
    end: int
    text: str
    kind: str
    level: int | None = None
    numbered: bool = False
    depth: int | None = None
    tabs: int = 0

    @property
    def is_item(self) -> bool:
        return self.kind == "list-item"

    @property
    def is_open(self) -> bool:
        """Whether the line ends without final punctuation, as headings do."""
        return is_open(self.text)


def find_lines(document: Document) -> tuple[Line, ...]:
    """All lines that are not blank, in order."""
    lines: list[Line] = []
    through = _numbered_through(document.text)
    for line in _lines(document):
        if through and line.kind in ("line", "paragraph", "list-item") and _PARAGRAPH_NUMBER.match(line.text):
            line = replace(line, kind="paragraph" if line.kind == "list-item" else line.kind, numbered=True)
        if lines and _continues_list(lines[-1], line):
            line = replace(line, kind="list-item")
        lines.append(line)
    return tuple(lines)


def _numbered_through(text: str) -> bool:
    """Whether the paragraphs of a text are numbered one after the other, as a quarter of its lines show."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    numbers = [int(match[1]) for line in lines if (match := _PARAGRAPH_NUMBER.match(line))]
    following = sum(after == before + 1 for before, after in pairwise(numbers))
    return following >= _FEWEST_NUMBERED and 4 * len(numbers) >= len(lines)


def _continues_list(before: Line, line: Line) -> bool:
    """Whether a line is an item of a list that has lost its bullets: "… should:" / "plan; and" / "act."."""
    if line.kind not in ("line", "paragraph") or not line.text[0].islower():
        return False
    opened = before.text.endswith(":") and not before.is_item
    going_on = before.is_item and re.search(r"[;,](?: (?:and|or))?$", before.text) is not None
    return (opened or going_on) and _LIST_END.search(line.text) is not None


_GLUED = re.compile(r"(?:Hide Ad(?:Advertisement)?)+(?=[A-Z‘“])")
"""What newspapers’ pages put before a paragraph when their text is taken: “Hide AdThe three areas …”."""


def _lines(document: Document) -> Iterator[Line]:
    start, at = 0, 0
    for raw in document.text.split("\n"):
        text = raw.strip()
        begin = start + len(raw) - len(raw.lstrip())
        start += len(raw) + 1
        if not text:
            continue
        if glued := _GLUED.match(text):
            text, begin = text[glued.end() :], begin + glued.end()
        while at < len(document.blocks) and document.blocks[at].end <= begin:
            at += 1
        block = document.blocks[at] if at < len(document.blocks) else None
        inside = block is not None and block.start < begin + len(text)
        kind, level = (block.kind, block.level) if block is not None and inside else ("line", None)
        depth = level if kind == "list-item" else None
        tabs = raw[: len(raw) - len(raw.lstrip())].count("\t")
        level = None if depth else level
        yield Line(begin, begin + len(text), text, _kind(text, kind), level, depth=depth, tabs=tabs)


def _kind(text: str, kind: str) -> str:
    if kind not in ("line", "paragraph"):
        return kind
    if BULLET.match(text) or (_NUMBERED.match(text) and _LIST_END.search(text)):
        return "list-item"
    return kind


def bullet_of(text: str) -> tuple[str | None, int]:
    """The number of a list item (None for a plain bullet) and where its words begin.

    >>> bullet_of("- act"), bullet_of("2. act"), bullet_of("act")
    ((None, 2), ('2', 3), (None, 0))
    """
    if match := BULLET.match(text):
        return None, match.end()
    if match := _NUMBERED.match(text):
        return match[0].strip(" \t().") or None, match.end()
    return None, 0
