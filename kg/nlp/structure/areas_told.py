"""The area under which a report tells more of a matter for which a sentence of concern names no area.

A concern about "abuse of authority for sexual gain" names no area; the report's section on the workforce's
behaviour speaks of it at length, and no other does. So the words of the report's own sections decide: those
that one area has and others have not weigh most, and a lead too small decides nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from math import log

from kg.model.records import Box, Section, Span
from kg.model.text.comparing import content_stems

_LEAD = 1.0
"""By how much an area has to lead the next: see docs/evaluation.md, "Areas of concerns"."""


_COMMON = 0.5
"""The weight of a stem that more than half of the areas have."""
_FEWEST = 3
"""Lines, or words of a line, that tell of the matter: one word in passing is no evidence."""


class AreasTold:
    """Of which area a report's sections, and boxed items outside them, speak in the words of a matter.

    ``aside`` are places that tell nothing, in order: the sentences that are asked for. ``bodies`` are words
    for who is inspected, which tell nothing either.
    """

    def __init__(
        self,
        text: str,
        sections: Sequence[Section],
        boxes: Sequence[Box],
        aside: Sequence[Span],
        bodies: Sequence[str] = (),
    ) -> None:
        self._text, self._sections, self._boxes = text, sections, boxes
        self._aside = [start for start, _ in aside]
        self._bodies = content_stems(" ".join(bodies))

    @property
    def areas(self) -> frozenset[str]:
        """The areas that the report has something of."""
        return frozenset(self._words)

    def area_of(self, matter: str) -> str | None:
        """The area that shares most words of a matter, counting those that set areas apart; None without a
        lead."""
        stems = sorted(content_stems(matter) - self._bodies)
        scores = {
            area: sum(log(1 + words[stem]) * self._weights.get(stem, 0) for stem in stems)
            for area, words in self._words.items()
        }
        first, second, *_ = (*sorted(scores, key=lambda area: -scores[area]), "", "")
        if not second or scores[first] - scores[second] < _LEAD:
            return None
        told = sum(self._words[first][stem] for stem in stems if self._weights.get(stem, 0) > _COMMON)
        return first if told >= _FEWEST else None

    @cached_property
    def _words(self) -> dict[str, Counter[str]]:
        """How many lines of each area have a stem."""
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for area, line in self._lines():
            found[area].update(content_stems(line))
        return found

    def _lines(self) -> Iterator[tuple[str, str]]:
        begins = (*(section.start for section in self._sections[1:]), len(self._text))
        for section, begin in zip(self._sections, begins, strict=False):  # a page may have no section
            at = section.start
            for line in self._text[at : min(begin, section.end)].splitlines() if section.area else ():
                if section.area and not self._is_aside(at, at + len(line)):
                    yield section.area, line
                at += len(line) + 1
        for box in self._boxes:
            if box.area and any(known.slot == "area" and known.how == "derived" for known in box.known):
                yield box.area, f"{box.title or ''} {box.text}"

    def _is_aside(self, start: int, end: int) -> bool:
        at = bisect_left(self._aside, start)
        return at < len(self._aside) and self._aside[at] < end

    @cached_property
    def _weights(self) -> dict[str, float]:
        """What a stem says of an area: little where all areas have it."""
        having = Counter(stem for words in self._words.values() for stem in words)
        return {stem: log((len(self._words) + 0.5) / areas) for stem, areas in having.items()}
