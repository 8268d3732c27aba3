"""How the area of a finding, need, concern or boxed item is known, and from which words.

A heading above carries it, which is the rule; a statement of concern names it; elsewhere it is derived: from
what the text or the title of its section is about, or from where the report says more of it. Derived areas
are marked, and what has none has a notice.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TypeVar

from kg.model.records import Box, Concern, Finding, Known, Need, Notice, Section, Span
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import pattern
from kg.nlp.structure.areas_told import AreasTold

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

    def of_concerns(
        self, text: str, concerns: Sequence[Concern], boxes: Sequence[Box], *, letter: bool
    ) -> tuple[Concern, ...]:
        """Concerns whose own words tell no area with one from where they stand, or from where the report says
        more of what they are about.

        ``boxes`` have their areas. The sections of a ``letter`` are about one matter each, under headings of
        its own: what stands in one of them is of the area of its boxed items and of other concerns.
        """
        placed = [(box.start, box.area) for box in boxes if box.area and letter]
        placed += [(concern.start, area) for concern in concerns for area in concern.areas if letter]
        bodies = (*self.words.names, *self.words.wording.body_nouns)
        told = AreasTold(text, self.sections, boxes, [(c.start, c.end) for c in concerns], bodies)
        return tuple(c if c.areas else self._of_unnamed(c, sorted(placed), told) for c in concerns)

    def _of_unnamed(self, concern: Concern, placed: Sequence[tuple[int, str]], told: AreasTold) -> Concern:
        """A concern that names no area: that of the heading above, unless the report has more of it under
        another within that; the only one of what stands in its section; else where the report tells of it, or
        of which it names a thing ("its newest *detectives*")."""
        section = next((s for s in self._around(concern.start) if s.area), None)
        whole = pattern("concerns", "whole-task").search(concern.text)
        elsewhere = None if whole else told.area_of(concern.text)
        if section and section.area:
            within = self.words.area_labelled(elsewhere)
            if within is None or within.broader != section.area:
                return _with_area(concern, section.area, Known("area", "carried", *_title(section)))
            return _with_area(concern, within.label, _derived(concern))
        around = next(self._around(concern.start), None)
        beside = _only_area(placed, around) if around and around.level > 1 else None
        things = self.words.area_of_things(concern.text)
        if things and len(told.areas) > 1 and things.label not in told.areas:
            things = None  # the report has no part on it: what it says of bullying is of another area
        area = beside or elsewhere or (things.label if things else None)
        return _with_area(concern, area, _derived(concern)) if area else concern

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


def _derived(concern: Concern) -> Known:
    return Known("area", "derived", concern.start, concern.end)


def _with_area(concern: Concern, area: str, known: Known) -> Concern:
    return replace(concern, areas=(area,), known=(*concern.known, known))


def _only_area(placed: Sequence[tuple[int, str]], section: Section) -> str | None:
    """The area of all that stands in a section; None if there are more, or none."""
    first, last = bisect_left(placed, (section.start, "")), bisect_left(placed, (section.end, ""))
    areas = {area for _, area in placed[first:last]}
    return areas.pop() if len(areas) == 1 else None


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
