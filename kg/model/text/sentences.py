"""Sentence spans of a report's text: never across a line, except a lead-in with its bullets when asked."""

from __future__ import annotations

import re

from kg.model.records import Span

_END = re.compile(
    r"[.!?][’”\"')\]]*(?=\s+[‘“\"'(\[]*[A-Z0-9£])"
    r"|(?:(?<=[a-z]{3})|(?<=[%)]))[.!?](?=[A-Z][a-z]+ )"  # no space behind: "at 14%.The gap is narrowing"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Rt|Hon|Sir|No|Nos|vs|Ltd|Inc|cf|approx|para|paras|p|pp|Fig|Op|Det|Supt|Insp)"
    r"|\b(?:e\.g|i\.e|a\.m|p\.m)|(?:^|[\s(‘“])[A-Z](?:\.[A-Z])*)$"
)

_LONGEST = 24
"""Characters of an abbreviation, with its sign before it: a line of abbreviations is a sentence, which would
be searched from its beginning for each of them."""
_NEAR = 400
"""Characters on each side of a word in which the ends of its sentence are looked for: a text without full
stops (a table read as one line) is not searched again and again."""


def find_sentences(text: str) -> list[Span]:
    """Spans of all sentences in order, without surrounding white space; a line break always ends one.

    >>> find_sentences("One fell. Dr. Two rose by 1.5 percent.\\n- three")
    [(0, 9), (10, 38), (39, 46)]
    """
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        spans.extend(_line_sentences(line, start))
        start += len(line) + 1
    return spans


def sentence_around(text: str, start: int, end: int) -> Span:
    """The sentence, as far as it is near, in which the words from start to end stand; any full stop ends it.

    >>> sentence_around("One fell. Two rose.\\nThree", 14, 18)
    (9, 18)
    """
    before = max(text.rfind(mark, max(0, start - _NEAR), start) for mark in ".!?\n") + 1
    ends = (text.find(mark, end, end + _NEAR) for mark in ".!?\n")
    after = min((at for at in ends if at >= 0), default=min(len(text), end + _NEAR))
    return max(before, start - _NEAR, 0), after


def _line_sentences(line: str, offset: int) -> list[Span]:
    spans, begin = [], 0
    for match in _END.finditer(line):
        near = max(begin, match.start() - _LONGEST)
        if match[0].startswith(".") and _ABBREVIATION.search(line, near, match.start()):
            continue
        spans.append(_trimmed(line, begin, match.end(), offset))
        begin = match.end()
    spans.append(_trimmed(line, begin, len(line), offset))
    return [span for span in spans if span[0] < span[1]]


def _trimmed(line: str, begin: int, end: int, offset: int) -> Span:
    piece = line[begin:end]
    left = len(piece) - len(piece.lstrip())
    return offset + begin + left, offset + max(begin + left, begin + len(piece.rstrip()))
