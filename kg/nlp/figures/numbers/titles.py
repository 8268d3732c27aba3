"""Lines whose numbers belong to a title: headings, and rows of tables but for the cells that are values."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.model.records import Block, Span
from kg.model.text.bullets import BULLET
from kg.model.text.headings import LONGEST_HEADING, is_caption, is_open
from kg.nlp.figures.tables import cells_of
from kg.nlp.rules.pattern_files import pattern

_FORMS = "figure-forms"
_LIST_JOINT = re.compile(r"[;,] (?:and|or)$")
_LABEL_AND_VALUE = re.compile(r"[\w)]: (?:(?:about|around|nearly|over|under|up|down) )?[£+−–-]?\d")
NAMED_VALUES = ("form.named-values", "form.counts-listed")
"""The forms of a line "label: values" whose values have words before or in them."""


def titles(text: str, blocks: Sequence[Block]) -> list[Span]:
    """Spans of headings and of the cells that name rows and columns.

    Where the format says what a line is, it is believed; else a line without an end mark, that is no list
    item and does not follow a colon, is taken for a heading.
    """
    marked = {(b.start, b.end) for b in blocks if b.kind in ("heading", "row")}
    told = {(b.start, b.end) for b in blocks if b.kind in ("paragraph", "list-item")}
    found, position, previous = list[Span](), 0, ""
    cells = [(cell.start, cell.end) for cell in cells_of(text)]
    starts = [start for start, _ in cells]
    for line in text.split("\n"):
        span = (position, position + len(line))
        values = cells[bisect_left(starts, span[0]) : bisect_left(starts, span[1])]
        if values:
            found += _between(span, values)
        elif span in marked or (span not in told and _looks_like_heading(line.strip(), previous)):
            found.append(span)
        position += len(line) + 1
        previous = line.strip() or previous
    return [*found, *(span for span in sorted(marked) if "\n" in text[slice(*span)])]


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
    if any(pattern(_FORMS, form).search(line) for form in ("form.fact-line", *NAMED_VALUES)):
        return False
    return is_open(line) and _LIST_JOINT.search(line) is None
