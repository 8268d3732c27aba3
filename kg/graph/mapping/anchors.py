"""Where the words of a report are: its passages, and an IRI for any stretch of its text.

A passage is one block of the document (paragraph, heading, list item, row). It is named by the hash of its
text, and any other stretch by its passage and the offsets within it, so an edit elsewhere in the report
leaves the name as it was.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model.iris import parse_part, part_iri, report_iri, short_hash
from kg.model.records import Block, Report, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """One block: ``key`` is the hash of its text, ``order`` counts from 1, ``block`` is where it was read."""

    iri: str
    key: str
    order: int
    start: int
    end: int
    block: Block


class Anchors:
    """The passages of a report, and names for stretches of its text.

    >>> from kg.model.records import Source
    >>> text = "One.\\nTwo words."
    >>> report = Report("x", *[None] * 7, Source("x.txt", "", "text/plain"), text, "")
    >>> anchors = Anchors(report, "https://kg.example/")
    >>> [text[p.start:p.end] for p in anchors.passages]
    ['One.', 'Two words.']
    >>> anchors.span(9, 14)
    'https://kg.example/report/x/span-a009b579e3-4-9'
    """

    def __init__(self, report: Report, base: str) -> None:
        self.text = report.text
        self.report = report_iri(report.id, base)
        self.passages = tuple(self._passages(report))
        self._starts = [passage.start for passage in self.passages]
        self._named: dict[Span, str] = {(p.start, p.end): p.iri for p in self.passages}

    def _passages(self, report: Report) -> Iterator[Passage]:
        seen: Counter[str] = Counter()
        for block in report.blocks or _lines(report.text):
            start, end = trimmed(report.text, block.start, block.end)
            if start < end:
                key = short_hash(report.text[start:end])
                seen[key] += 1
                key += f"-{seen[key]}" if seen[key] > 1 else ""
                yield Passage(part_iri(self.report, "passage", key), key, seen.total(), start, end, block)

    def index_at(self, position: int) -> int:
        """The index of the passage that holds the position, or the last one before it (at least 0)."""
        return max(bisect_right(self._starts, position) - 1, 0)

    def passage_at(self, position: int) -> Passage | None:
        """The passage of a position; None for a report without any."""
        return self.passages[self.index_at(position)] if self.passages else None

    def covered(self, spans: Iterable[Span]) -> list[int]:
        """The indexes of the passages that share at least one character with one of the spans, ascending."""
        found = set()
        for start, end in spans:
            for index in range(self.index_at(start), len(self.passages)):
                passage = self.passages[index]
                if passage.start >= end:
                    break
                if passage.end > start:
                    found.add(index)
        return sorted(found)

    def local(self, start: int, end: int) -> str:
        """``{h}-{from}-{to}`` of a stretch: its passage and the offsets within it."""
        passage = self.passage_at(start)
        if passage is None or start < passage.start:
            return f"{short_hash(self.text[start:end])}-0-{end - start}"
        return f"{passage.key}-{start - passage.start}-{end - passage.start}"

    def span(self, start: int, end: int) -> str:
        """The IRI of a stretch of text: its passage's if it is a whole one. It is remembered in ``spans``."""
        start, end = trimmed(self.text, start, end)
        if (start, end) not in self._named:
            self._named[start, end] = part_iri(self.report, "span", self.local(start, end))
        return self._named[start, end]

    def spans(self) -> list[tuple[int, int, str]]:
        """Start, end and IRI of every passage, and of every stretch that was asked for, in text order."""
        return sorted((start, end, iri) for (start, end), iri in self._named.items())


def _local(iri: str) -> str:
    """What a span and its selector are both named by."""
    return (parse_part(iri) or ("", "", ""))[2]


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    stretch = text[start:end]
    return start + len(stretch) - len(stretch.lstrip()), end - len(stretch) + len(stretch.rstrip())


def _lines(text: str) -> Iterator[Block]:
    position = 0
    for line in text.split("\n"):
        yield Block(position, position + len(line), "line")
        position += len(line) + 1
