"""Lines whose numbers belong to a title: headings, and rows of tables but for the cells that are values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model.records import Block, Span
from kg.model.text.bullets import BULLET
from kg.model.text.headings import LONGEST_HEADING, is_caption, is_open
from kg.nlp.rules.pattern_files import pattern

_FORMS = "figure-forms"
_LIST_JOINT = re.compile(r"[;,] (?:and|or)$")
_LABEL_AND_VALUE = re.compile(r"[\w)]: (?:(?:about|around|nearly|over|under) )?[£−–-]?\d")
_CELLS = re.compile(r" \| |\t+")


def titles(text: str, blocks: Sequence[Block]) -> list[Span]:
    """Spans of headings and of the cells that name rows and columns.

    Where the format says what a line is, it is believed; else a line without an end mark, that is no list
    item and does not follow a colon, is taken for a heading.
    """
    marked = {(b.start, b.end) for b in blocks if b.kind in ("heading", "row")}
    told = {(b.start, b.end) for b in blocks if b.kind in ("paragraph", "list-item")}
    found, position, previous = list[Span](), 0, ""
    for line in text.split("\n"):
        span = (position, position + len(line))
        values = _values(line)
        if values:
            found += _between(span, [(position + start, position + end) for start, end in values])
        elif span in marked or (span not in told and _looks_like_heading(line.strip(), previous)):
            found.append(span)
        position += len(line) + 1
        previous = line.strip() or previous
    return [*found, *(span for span in sorted(marked) if "\n" in text[slice(*span)])]


def _values(line: str) -> list[Span]:
    """The cells of a row that are values of what its first cell names: "Calls lost | 39.7% | 12.4%"."""
    if " | " not in line and "\t" not in line:
        return []
    (start, end), *others = _cells(line)
    if pattern(_FORMS, "form.row-label").fullmatch(line[start:end].strip()) is None:
        return []
    return [
        cell for cell in others if pattern(_FORMS, "form.value-cell").fullmatch(line[slice(*cell)].strip())
    ]


def _cells(line: str) -> Iterator[Span]:
    start = 0
    for mark in _CELLS.finditer(line):
        yield start, mark.start()
        start = mark.end()
    yield start, len(line)


def _between(span: Span, values: Sequence[Span]) -> Iterator[Span]:
    """What is left of a line without its values."""
    start = span[0]
    for begin, end in values:
        yield start, begin
        start = end
    yield start, span[1]


def _looks_like_heading(line: str, previous: str) -> bool:
    if not line or len(line) > LONGEST_HEADING or BULLET.match(line) or previous.endswith(":"):
        return False
    if _LABEL_AND_VALUE.search(line) and not is_caption(line):
        return False  # "Fire stations: 31 (wholetime: 6; on-call: 25)"
    if pattern(_FORMS, "form.fact-line").match(line):
        return False
    return is_open(line) and _LIST_JOINT.search(line) is None
