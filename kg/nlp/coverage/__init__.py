"""The honesty report: how much of a report was captured, and a notice for each thing that was not.

It looks at the text anew and asks whether what it finds there is in the ``Extraction``: headings, sentences,
numbers, names, lines. What counts, and what is passed over on purpose, is said in docs/honesty.md.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from kg.model.records import LOST_HEADING, Box, Extraction, Notice, Period, Span
from kg.model.text.headings import looks_like_heading
from kg.nlp.coverage.names import find_names
from kg.nlp.coverage.numbers import Expression, find_expressions, no_figures
from kg.nlp.document.lines import bullet_of


def with_coverage(
    extraction: Extraction, sentences: Sequence[Span], periods: Sequence[Period] = ()
) -> Extraction:
    """The extraction with its ``coverage`` filled in, and a notice for each thing that was not captured.

    ``coverage`` has headings, lines, names, numbers and sentences, each with how many were captured and how
    many there are; the notices (codes ``records.DETAILS``) come after those that were there, as in the text.
    """
    sight = _Sight(extraction, tuple(sentences), tuple(periods))
    tallies = [
        ("headings", *_share(sight.headings)),
        ("sentences", *_share(sight.sentences_with_statements())),
        ("numbers", *_share(sight.numbers)),
        ("names", *_share(sight.names)),
        ("lines", *_share(sight.lines)),
    ]
    found = sorted(_notices(sight), key=lambda n: (n.start or 0, n.end or 0, n.code))
    return replace(extraction, coverage=tuple(tallies), warnings=(*extraction.warnings, *found))


Seen = list[tuple[Span, bool]]
"""Spans of what was found in the text, each with whether it was captured."""


def _share(seen: Seen) -> tuple[int, int]:
    return sum(captured for _, captured in seen), len(seen)


def _notices(sight: _Sight) -> Iterator[Notice]:
    text = sight.text
    for code, seen, message in (
        ("number-not-modelled", sight.numbers, "a number that became no figure"),
        ("name-not-linked", sight.names, "a name that was not linked to a thing"),
        ("line-not-parsed", sight.lines, "a line that is in no known part of the report"),
    ):
        for (start, end), captured in seen:
            if not captured:
                yield Notice(code, f"{message}: “{_around(text, start, end)}”", start, end)


def _around(text: str, start: int, end: int, longest: int = 60) -> str:
    """The words of a span, with some before and after on its line where it is short."""
    if end - start > longest:
        return text[start : start + longest].rstrip() + "…"
    begin = max(text.rfind("\n", 0, start) + 1, start - 30)
    stop = text.find("\n", end)
    stop = min(len(text) if stop < 0 else stop, end + 30)
    left, right = text[begin:start], text[end:stop]
    left = "…" + left.partition(" ")[2] if begin and text[begin - 1] not in "\n " else left
    right = right.rpartition(" ")[0] + "…" if stop < len(text) and text[stop] not in "\n " else right
    return f"{left}{text[start:end]}{right}".strip()


class Located(Protocol):
    """A record that covers some words."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


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
class _Sight:
    """A text beside what was read from it."""

    extraction: Extraction
    sentences: tuple[Span, ...]
    periods: tuple[Period, ...]

    @property
    def text(self) -> str:
        return self.extraction.report.text

    def _cover(self, spans: Iterable[Span]) -> Cover:
        return Cover(len(self.text), spans)

    @cached_property
    def _lines(self) -> list[Span]:
        """All lines that are not blank, without surrounding white space."""
        spans, start = [], 0
        for raw in self.text.split("\n"):
            begin = start + len(raw) - len(raw.lstrip())
            if raw.strip():
                spans.append((begin, start + len(raw.rstrip())))
            start += len(raw) + 1
        return spans

    @cached_property
    def _mentioned(self) -> Cover:
        return self._cover((m.start, m.end) for m in self.extraction.mentions)

    @cached_property
    def _named(self) -> Cover:
        return self._cover((m.start, m.end) for m in self.extraction.mentions if m.label != "METRIC")

    @cached_property
    def _boxed(self) -> Cover:
        return self._cover((box.start, box.end) for box in self.extraction.boxes)

    # Headings

    @cached_property
    def _titles(self) -> set[int]:
        """Where the lines begin that open a section, finding or box."""
        found = self.extraction
        opening: tuple[Located, ...] = (*found.sections, *found.findings, *found.boxes)
        starts = {record.start for record in opening}
        return starts | {at for at in map(self._title_of, found.boxes) if at is not None}

    def _title_of(self, box: Box) -> int | None:
        at = self.text.find(box.title, box.start, box.end) if box.title else -1
        return at if at >= 0 else None

    @cached_property
    def headings(self) -> Seen:
        """Lines that look like headings, captured as a title, as part of a box, or named as a whole."""
        return [(line, self._is_captured(line)) for line in self._lines if self._looks_like_heading(line)]

    def _looks_like_heading(self, line: Span) -> bool:
        kind = self._kind(line[0])
        if kind == "heading":
            return True
        words = self.text[slice(*line)]
        if kind in ("row", "list-item", "paragraph") or bullet_of(words)[1]:
            return False
        return looks_like_heading(words)

    def _is_captured(self, line: Span) -> bool:
        if line[0] in self._lost:
            return False
        return line[0] in self._titles or self._boxed.touches(*line) or self._is_furniture(line)

    @cached_property
    def _lost(self) -> set[int | None]:
        """Where headings begin that opened a section, but whose statement the structure has lost."""
        return {notice.start for notice in self.extraction.warnings if notice.code == LOST_HEADING}

    def _is_furniture(self, line: Span) -> bool:
        """A grade, date, name or signature: mentions are all that it has, but for a label before a colon."""
        words = self.text[slice(*line)]
        label = re.match(r"[A-Z][a-z]+(?: [a-z]+){0,2}: ?", words)
        begin = line[0] + (label.end() if label else 0)
        gaps = re.finditer(r"\w+", self.text[begin : line[1]])
        return all(self._mentioned.touches(begin + gap.start(), begin + gap.end()) for gap in gaps)

    def _kind(self, position: int) -> str | None:
        blocks = self.extraction.report.blocks
        at = bisect_right(self._block_starts, position) - 1
        return blocks[at].kind if at >= 0 and position < blocks[at].end else None

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.extraction.report.blocks]

    @cached_property
    def _heading_cover(self) -> Cover:
        """The headings that were captured: their numbers and words are those of a title."""
        return self._cover(line for line, captured in self.headings if captured)

    # Sentences

    def sentences_with_statements(self) -> Seen:
        """Sentences of the body, captured where a mention, figure or statement of any kind stands in them."""
        found = self.extraction
        recommended = [box for box in found.boxes if box.kind == "recommendation"]
        statements: tuple[Located, ...] = (*found.judgements, *found.needs, *found.concerns, *recommended)
        records: tuple[Located, ...] = (*statements, *found.mentions, *found.figures)
        cover = self._cover((record.start, record.end) for record in records)
        body = [span for span in self.sentences if not self._heading_cover.holds(*span)]
        return [(span, cover.touches(*span)) for span in body]

    # Numbers

    @cached_property
    def numbers(self) -> Seen:
        """Numbers of the body, captured as (part of) a figure, period or name, or ruled out by a wording."""
        cover, titles = self._cover(self._number_spans()), self._heading_cover
        found = [n for n in find_expressions(self.text) if not titles.touches(n.start, n.end)]
        captured = {n.start for n in found if cover.touches(n.start, n.end) or self._is_slot(n)}
        open_starts = {n.start for n in found} - captured
        captured |= no_figures(self.text, self.sentences, open_starts)
        return [((n.start, n.end), n.start in captured) for n in found]

    def _is_slot(self, number: Expression) -> bool:
        """Whether a figure of the same sentence has the value as its part, whole, base or interval."""
        return number.value is not None and number.value in self._slots.get(self._sentence(number.start), ())

    def _number_spans(self) -> Iterator[Span]:
        found = self.extraction
        records: tuple[Located, ...] = (*found.figures, *found.mentions, *self.periods)
        yield from ((record.start, record.end) for record in records)

    @cached_property
    def _slots(self) -> dict[int, set[object]]:
        """The values that figures have besides their own, by sentence: parts, wholes, bases, intervals."""
        slots: dict[int, set[object]] = {}
        for figure in self.extraction.figures:
            values = (figure.numerator, figure.denominator, figure.base_value, figure.interval)
            there = slots.setdefault(self._sentence(figure.start), set())
            there.update(v for v in (*values, figure.interval_level, *figure.comparators) if v is not None)
        return slots

    def _sentence(self, position: int) -> int:
        return bisect_right(self._sentence_starts, position) - 1

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    # Names

    @cached_property
    def names(self) -> Seen:
        """Capitalised names of the body, captured where a mention stands on them."""
        body = [n for n in find_names(self.text) if not self._heading_cover.touches(*n)]
        return [(name, self._named.touches(*name)) for name in body]

    # Lines

    @cached_property
    def lines(self) -> Seen:
        """All lines; those that look like headings but are none, and those before any section, are not."""
        missed = {line for line, captured in self.headings if not captured and line[0] not in self._lost}
        sections = self._cover((s.start, s.end) for s in self.extraction.sections)
        return [(line, line not in missed and self._has_place(line, sections)) for line in self._lines]

    def _has_place(self, line: Span, sections: Cover) -> bool:
        return sections.touches(*line) or self._mentioned.touches(*line) or line[0] in self._titles
