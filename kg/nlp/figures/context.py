"""What surrounds the quantities of a report: their sentences, paragraphs, periods and neighbours."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.model.records import Extraction, Period, Span
from kg.model.text.bullets import BULLET
from kg.nlp.figures.quantities import Quantity
from kg.nlp.figures.tables import Cell, HeaderCell, cell_at, cells_of, time_of
from kg.nlp.rules.pattern_files import role

_FAR = 20
_MANY = 60


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its quantities, by their indices, and periods; ``lead`` is what introduces its list."""

    start: int
    end: int
    text: str
    paragraph: int
    quantities: tuple[int, ...]
    periods: tuple[Period, ...]
    lead: int | None = None


@dataclass(frozen=True)
class Context:
    """One report as the steps see it: quantities, and the sentences and sections that they stand in.

    All indices are positions in ``quantities`` or ``sentences``.
    """

    text: str
    quantities: tuple[Quantity, ...]
    sentences: tuple[Sentence, ...]
    extraction: Extraction

    @classmethod
    def of(
        cls,
        text: str,
        spans: Sequence[Span],
        quantities: Sequence[Quantity],
        periods: Sequence[Period],
        extraction: Extraction,
    ) -> Context:
        """The context of the quantities of a text; ``spans`` are its sentences."""
        found = tuple(quantities)
        return cls(text, found, _sentences(text, spans, found, periods), extraction)

    def with_quantities(self, quantities: Sequence[Quantity]) -> Context:
        """The same sentences with other quantities in them."""
        spans = [(sentence.start, sentence.end) for sentence in self.sentences]
        periods = [period for sentence in self.sentences for period in sentence.periods]
        return Context.of(self.text, spans, quantities, periods, self.extraction)

    @property
    def force_name(self) -> str | None:
        return self.extraction.report.force_name

    @property
    def is_of_many(self) -> bool:
        """Whether it is a news item on no body of its own: each body that it names is one of many."""
        report = self.extraction.report
        return report.kind == "news-item" and report.force_name is None and not report.bodies

    @cached_property
    def headers(self) -> tuple[HeaderCell | None, ...]:
        """The cell that names the time of each quantity which is a value of a table; None of all others."""
        return tuple(time_of(self.text, cell) if cell else None for cell in self.cells)

    @cached_property
    def cells(self) -> tuple[Cell | None, ...]:
        """The cell of each quantity that is a value of a table; None of all others."""
        cells = cells_of(self.text)
        return tuple(cell_at(cells, quantity.start) for quantity in self.quantities)

    @cached_property
    def columns(self) -> dict[tuple[int, int], list[int]]:
        """The quantities of each column of each table, by where the table begins and their cell’s place."""
        found: dict[tuple[int, int], list[int]] = {}
        for index, cell in enumerate(self.cells):
            if cell is not None:
                found.setdefault((cell.table, cell.place), []).append(index)
        return found

    @cached_property
    def _rank(self) -> dict[int, int]:
        return {index: place for s in self.sentences for place, index in enumerate(s.quantities)}

    def noun(self, index: int) -> str:
        """What a quantity counts, without the number; empty where nothing is named."""
        noun = self.quantities[index].noun
        return self.text[slice(*noun)] if noun else ""

    def sentence(self, index: int) -> Sentence:
        """The sentence of a quantity."""
        return self.sentences[self.quantities[index].sentence]

    def previous(self, index: int) -> int | None:
        """The quantity before this one in its sentence."""
        place = self._rank[index]
        return self.sentence(index).quantities[place - 1] if place else None

    def next(self, index: int) -> int | None:
        """The quantity after this one in its sentence."""
        place, quantities = self._rank[index], self.sentence(index).quantities
        return quantities[place + 1] if place + 1 < len(quantities) else None

    def before(self, index: int) -> str:
        """The words between the quantity before (or the sentence's start) and this quantity."""
        previous = self.previous(index)
        start = self.sentence(index).start if previous is None else self.quantities[previous].end
        return self.text[start : self.quantities[index].start]

    def after(self, index: int) -> str:
        """The words between this quantity and the next (or the sentence's end)."""
        following = self.next(index)
        end = self.sentence(index).end if following is None else self.quantities[following].start
        return self.text[self.quantities[index].end : end]

    def gap(self, first: int, second: int) -> str:
        """The words between two quantities."""
        return self.text[self.quantities[first].end : self.quantities[second].start]

    def lead_in(self, index: int) -> str:
        """The sentence's words before the quantity, with the lead-in of a list before them."""
        sentence = self.sentence(index)
        lead = "" if sentence.lead is None else self.sentences[sentence.lead].text + " "
        return lead + self.text[sentence.start : self.quantities[index].start]

    def paragraph_before(self, sentence: int) -> list[Sentence]:
        """The sentences before this one in its paragraph, nearest first, at most twenty."""
        paragraph = self.sentences[sentence].paragraph
        first = sentence
        while first > sentence - _FAR and first and self.sentences[first - 1].paragraph == paragraph:
            first -= 1
        return [self.sentences[number] for number in range(sentence - 1, first - 1, -1)]

    def last_of_before(self, sentence: int) -> tuple[int, int] | None:
        """The last quantity of the nearest sentence before in the paragraph that has any, and how far it is.

        The distance is in sentences, 1 for the sentence before.
        """
        before = enumerate(self.paragraph_before(sentence), 1)
        return next(((other.quantities[-1], far) for far, other in before if other.quantities), None)

    def paragraph_quantities(self, index: int) -> list[int]:
        """The quantities of the paragraph of this quantity, in order; of very many, those near it."""
        here = self.sentence(index).paragraph
        first = last = index
        while first > index - _MANY and first and self.sentence(first - 1).paragraph == here:
            first -= 1
        while (
            last < index + _MANY
            and last + 1 < len(self.quantities)
            and self.sentence(last + 1).paragraph == here
        ):
            last += 1
        return list(range(first, last + 1))

    def section_titles(self, position: int) -> list[str]:
        """Titles of the sections around a position, outermost first."""
        return [s.title for s in self.extraction.sections if s.start <= position < s.end]


def refers_to_same_time(period: Period) -> bool:
    """Whether a period repeats one that the text gave before: "in the same period", "those 12 months"."""
    return _role(period) in ("same-period", "same-days")


def refers_to_known_time(period: Period) -> bool:
    """Whether a period is told by one that the text gave before: "the same period", "a year earlier"."""
    return _role(period) in ("same-period", "same-days", "previous", "distance")


def is_previous(period: Period) -> bool:
    """Whether a period is the one before another: "the previous year"."""
    return _role(period) == "previous"


def is_distance(period: Period) -> bool:
    """Whether a period is told by how far it is from another: "three years earlier"."""
    return _role(period) == "distance"


def lies_between_days(period: Period) -> bool:
    """Whether a period is what lies between two days of the sentence: "the same 12 months"."""
    return _role(period) == "same-days"


def _role(period: Period) -> str:
    return role("period-forms", period.pattern) if period.pattern else ""


def _sentences(
    text: str, spans: Sequence[Span], quantities: Sequence[Quantity], periods: Sequence[Period]
) -> tuple[Sentence, ...]:
    starts = [start for start, _ in spans]
    of_quantities: list[list[int]] = [[] for _ in spans]
    of_periods: list[list[Period]] = [[] for _ in spans]
    for index, quantity in enumerate(quantities):
        of_quantities[quantity.sentence].append(index)
    for period in periods:
        of_periods[max(0, bisect_right(starts, period.start) - 1)].append(period)
    result: list[Sentence] = []
    paragraph, last_end, lead = -1, 0, None
    for number, (start, end) in enumerate(spans):
        if paragraph < 0 or "\n" in text[last_end:start]:
            paragraph += 1
            lead = _lead(text, result, start, lead)
        last_end = end
        result.append(
            Sentence(
                start,
                end,
                text[start:end],
                paragraph,
                tuple(of_quantities[number]),
                tuple(of_periods[number]),
                lead,
            )
        )
    return tuple(result)


def _lead(text: str, before: list[Sentence], start: int, lead: int | None) -> int | None:
    """Index of the sentence that introduces what starts here: a lead-in, or the label above a list item.

    A label is a line without an end mark: "Victim satisfaction survey (12 months to June 2014)". The items of
    a lead-in that is itself in an item end with the first full stop: then the list around it goes on.
    """
    if before and before[-1].text.endswith(":"):
        return len(before) - 1
    if not BULLET.match(text, start):
        return None
    if lead is not None and before[-1].text[-1:] == "." and _opens_item(before, lead):
        return before[lead].lead
    label = before and before[-1].text[-1:] not in ".;,!?" and not _opens_item(before, len(before) - 1)
    return len(before) - 1 if label else lead


def _opens_item(before: list[Sentence], number: int) -> bool:
    """Whether the paragraph of a sentence is an item of a list."""
    first = number
    while first and before[first - 1].paragraph == before[number].paragraph:
        first -= 1
    return BULLET.match(before[first].text) is not None
