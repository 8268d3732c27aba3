"""How the area of a finding, need, concern or boxed item is known, and from which words.

A heading above carries it, which is the rule; a statement of concern names it; elsewhere it is derived: from
what the text or the title of its section is about. Derived areas are marked, and what has none has a notice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TypeVar

from kg.model.records import Box, Concern, Finding, Known, Need, Notice, Section, Span
from kg.nlp.document.wording import Words

Placed = TypeVar("Placed", Finding, Need, Box)


class AreasKnown:
    """Says how areas are known, from the sections and the boxed items of a report."""

    def __init__(self, sections: Sequence[Section], boxes: Sequence[Box], words: Words) -> None:
        ordered = sorted((box.start, box.end) for box in boxes)
        self._box_starts = [start for start, _ in ordered]
        self._box_ends = list(accumulate((end for _, end in ordered), max))
        self.words = words
        self.sections = sections
        self._starts = [section.start for section in sections]
        self._above = _above(sections)

    def of(self, record: Placed) -> Placed:
        """The record with how its area is known; nothing is said where it has none."""
        if record.area is None:
            return record
        section = self._heading(record.start, record.area)
        span = _title(section) if section else (record.start, record.end)
        known = Known("area", "carried" if section else "derived", *span)
        return replace(record, known=(*record.known, known))

    def of_need(self, need: Need) -> Need:
        """The same for a need; one in no area and no boxed item has the area that the title of its section is
        about."""
        section = next(self._around(need.start), None)
        if need.area is not None or section is None or self._is_boxed(need.start):
            return self.of(need)
        about = self.words.area_about((section.title, 1))
        if about is None:
            return need
        known = Known("area", "derived", *_title(section))
        return replace(need, area=about.label, known=(*need.known, known))

    def of_concern(self, concern: Concern) -> Concern:
        """A concern with how its areas are known; one that names none has the area of which its words name
        a thing, if they do of one alone: "its newest *detectives*"."""
        span = concern.start, concern.end
        if concern.areas:
            return replace(concern, known=(*concern.known, Known("area", "stated", *span)))
        about = self.words.area_of_things(concern.text)
        if about is None:
            return concern
        known = Known("area", "derived", *span)
        return replace(concern, areas=(about.label,), known=(*concern.known, known))

    def _is_boxed(self, position: int) -> bool:
        before = bisect_right(self._box_starts, position)
        return before > 0 and position < self._box_ends[before - 1]

    def _heading(self, position: int, area: str) -> Section | None:
        """The outermost section around a position that is of the area: its title names the area."""
        found = [section for section in self._around(position) if section.area == area]
        return found[-1] if found else None

    def _around(self, position: int) -> Iterator[Section]:
        """The sections that hold a position, the innermost first."""
        at: int | None = bisect_right(self._starts, position) - 1
        while at is not None and at >= 0:
            if position < self.sections[at].end:
                yield self.sections[at]
            at = self._above[at]


def _above(sections: Sequence[Section]) -> list[int | None]:
    """For each section, in text order, the index of the one that holds it."""
    above: list[int | None] = []
    open_: list[int] = []
    for at, section in enumerate(sections):
        while open_ and sections[open_[-1]].end <= section.start:
            open_.pop()
        above.append(open_[-1] if open_ else None)
        open_.append(at)
    return above


def _title(section: Section) -> Span:
    return section.start, section.start + len(section.title)


def without_area(concerns: Sequence[Concern]) -> Iterator[Notice]:
    """A notice for each concern of which no area is known, so that nothing is related to it."""
    for concern in concerns:
        if not concern.areas:
            said = f"a concern of no known area: “{concern.text}”"
            yield Notice("concern-without-area", said, concern.start, concern.end)
