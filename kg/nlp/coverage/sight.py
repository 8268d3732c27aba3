"""A text beside what was read from it: its lines, and which of its positions the records take."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from kg.model.frameworks import Framework, load_frameworks
from kg.model.records import Extraction, Period, Span


class Located(Protocol):
    """A record that covers some words."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def spans_of(*records: Iterable[Located]) -> list[Span]:
    """Where the records stand."""
    return [(record.start, record.end) for some in records for record in some]


class Cover:
    """Which positions of a text some spans take."""

    def __init__(self, length: int, spans: Iterable[Span]) -> None:
        self.taken = bytearray(length + 1)
        for start, end in spans:
            self.taken[start:end] = b"\1" * (end - start)

    def touches(self, start: int, end: int) -> bool:
        return self.taken.find(1, start, end) >= 0

    def holds(self, start: int, end: int) -> bool:
        return self.taken.find(0, start, end) < 0


@dataclass(frozen=True)
class Sight:
    """A text beside what was read from it."""

    extraction: Extraction
    sentences: tuple[Span, ...]
    periods: tuple[Period, ...]

    @property
    def text(self) -> str:
        return self.extraction.report.text

    def words(self, span: Span) -> str:
        return self.text[slice(*span)]

    def cover(self, spans: Iterable[Span]) -> Cover:
        return Cover(len(self.text), spans)

    @cached_property
    def framework(self) -> Framework | None:
        """The framework of the report, None for one without."""
        notation = self.extraction.report.framework
        return next((known for known in load_frameworks() if known.notation == notation), None)

    @cached_property
    def lines(self) -> list[Span]:
        """All lines that are not blank, without surrounding white space."""
        spans, start = [], 0
        for raw in self.text.split("\n"):
            begin = start + len(raw) - len(raw.lstrip())
            if raw.strip():
                spans.append((begin, start + len(raw.rstrip())))
            start += len(raw) + 1
        return spans

    @cached_property
    def line_starts(self) -> list[int]:
        return [start for start, _ in self.lines]

    def line_at(self, position: int) -> int:
        """Index of the line at a position."""
        return max(0, bisect_right(self.line_starts, position) - 1)

    def kind(self, position: int) -> str | None:
        """The kind of the block at a position, as the format marks it."""
        blocks = self.extraction.report.blocks
        at = bisect_right(self._block_starts, position) - 1
        return blocks[at].kind if at >= 0 and position < blocks[at].end else None

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.extraction.report.blocks]

    def sentence(self, position: int) -> int:
        """Index of the sentence at a position."""
        return bisect_right(self._sentence_starts, position) - 1

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    @cached_property
    def mentioned(self) -> Cover:
        return self.cover(spans_of(self.extraction.mentions))

    @cached_property
    def named(self) -> Cover:
        return self.cover(spans_of(m for m in self.extraction.mentions if m.label != "METRIC"))

    @cached_property
    def judged(self) -> Cover:
        """Where judgements rest: their sentences, lines and rows."""
        found = (*self.extraction.judgements, *self.extraction.undecided)
        return self.cover([*spans_of(found), *(span for one in found for span in one.evidence)])

    @cached_property
    def graded(self) -> Cover:
        """The words that give the grades of judgements."""
        return self._words_of("grade")

    @cached_property
    def area_words(self) -> Cover:
        """The words that name the areas of judgements."""
        return self._words_of("area")

    def _words_of(self, slot: str) -> Cover:
        found = (*self.extraction.judgements, *self.extraction.undecided)
        return self.cover((k.start, k.end) for one in found for k in one.known if k.slot == slot)


def plain(words: str) -> str:
    """Words for comparison: small, without marks at the ends.

    >>> plain("“Investigating crime”: ")
    'investigating crime'
    """
    return " ".join(words.casefold().replace("’", "'").strip(" \t:.;,“”‘\"'–—-").split())


Found = Sequence[tuple[Span, bool]]
"""Spans of what was found in the text, each with whether it was captured."""
