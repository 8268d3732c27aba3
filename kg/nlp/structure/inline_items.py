"""Recommendations that stand inside a paragraph of a box: a sentence with a deadline among others, or a list
in running text ("The force should: (a) record every report; and (b) …").

Such a paragraph is parted, so that each piece is read as if it stood on a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model.records import Span
from kg.model.text.sentences import find_sentences
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import pattern
from kg.nlp.structure.due import find_due
from kg.nlp.structure.in_box import asks
from kg.nlp.structure.outline import Part

_FILE = "boxes"


def with_inline_items(parts: Sequence[Part], words: Words) -> list[Part]:
    """The lines of a box, with paragraphs that hold recommendations parted into lead-ins, items and prose."""
    found: list[Part] = []
    for part in parts:
        found.extend(_parted(part, words) if part.role == "prose" else [part])
    return found


def listed_behind(label: Part, words: Words) -> list[Part]:
    """The lead-in and the items that stand behind a label on its line; empty where no list does."""
    at = label.label.rest_at if label.label else 0
    pieces = list(_parted(_piece(label, at, len(label.line.text), "prose"), words)) if at else []
    return pieces if any(piece.role == "item" for piece in pieces) else []


def asks_by_a_day(text: str, words: Words) -> bool:
    """Whether a sentence asks for something and begins with a deadline ("By 31 March 2025, …")."""
    due = find_due(text, None)
    return due is not None and text.startswith(due.text) and asks(text, words)


def _parted(part: Part, words: Words) -> Iterator[Part]:
    text = part.line.text
    sentences = find_sentences(text)
    asking = [asks_by_a_day(text[start:end], words) for start, end in sentences]
    begin = 0
    for (start, end), asked in zip(sentences, asking, strict=True):
        if not asked and not _listed(text[start:end]):
            continue
        if text[begin:start].strip():
            yield _piece(part, begin, start, "prose")
        yield from _items(part, start, end)
        begin = end
    if begin == 0:
        yield part
    elif text[begin:].strip():
        yield _piece(part, begin, len(text), "prose")


def _items(part: Part, start: int, end: int) -> Iterator[Part]:
    """A sentence, or its lead-in and its items."""
    pieces = _listed(part.line.text[start:end])
    if not pieces:
        yield _piece(part, start, end, "prose")
        return
    yield _piece(part, start, start + pieces[0][0], "prose")
    for first, last in pieces:
        yield _piece(part, start + first, start + last, "item")


def _listed(sentence: str) -> list[Span]:
    """Where the items of a list in running text stand; empty for a sentence that has none.

    Items have marks ("(a) …; (b) …"), or stand between semicolons behind "should:".
    """
    lead = pattern(_FILE, "inline.lead").search(sentence)
    if lead is None:
        return []
    marks = [m.start("mark") for m in pattern(_FILE, "inline.mark").finditer(sentence, lead.end() - 1)]
    if len(marks) < 2 or sentence[lead.end() : marks[0]].strip():
        if not lead["colon"]:
            return []
        marks = [lead.end(), *(m.end() for m in pattern(_FILE, "inline.end").finditer(sentence, lead.end()))]
    if len(marks) < 2:
        return []
    ends = [*marks[1:], len(sentence)]
    return [(mark, mark + len(sentence[mark:end].rstrip())) for mark, end in zip(marks, ends, strict=True)]


def _piece(part: Part, begin: int, end: int, role: str) -> Part:
    """A piece of a paragraph as a line of its own, without the space around it."""
    line = part.line
    said = line.text[begin:end]
    first = begin + len(said) - len(said.lstrip())
    said = said.strip()
    kind = "list-item" if role == "item" else line.kind
    own = replace(line, start=line.start + first, end=line.start + first + len(said), text=said, kind=kind)
    return replace(part, line=own, role=role)
