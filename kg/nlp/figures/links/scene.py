"""What surrounds figures: their sentences, paragraphs, periods and neighbours, for the finders of slots."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model.records import Extraction, Period, Span
from kg.model.text.bullets import BULLET
from kg.nlp.figures.numbers.drafts import Draft

_FAR = 20
_MANY = 60


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the indices of its drafts and its periods; ``lead`` is the sentence before bullets."""

    start: int
    end: int
    text: str
    paragraph: int
    drafts: tuple[int, ...]
    periods: tuple[Period, ...]
    lead: int | None = None


class Scene:
    """One report as the finders of slots see it. All indices are positions in ``drafts``/``sentences``."""

    def __init__(
        self,
        text: str,
        spans: Sequence[Span],
        drafts: Sequence[Draft],
        periods: Sequence[Period],
        extraction: Extraction,
    ) -> None:
        self.text = text
        self.drafts = tuple(drafts)
        self.extraction = extraction
        self.force_name = extraction.report.force_name
        self.sentences = _sentences(text, spans, self.drafts, periods)
        self._rank = {index: place for s in self.sentences for place, index in enumerate(s.drafts)}

    def sentence(self, index: int) -> Sentence:
        """The sentence of a draft."""
        return self.sentences[self.drafts[index].sentence]

    def previous(self, index: int) -> int | None:
        """The draft before this one in its sentence."""
        place = self._rank[index]
        return self.sentence(index).drafts[place - 1] if place else None

    def next(self, index: int) -> int | None:
        """The draft after this one in its sentence."""
        place, drafts = self._rank[index], self.sentence(index).drafts
        return drafts[place + 1] if place + 1 < len(drafts) else None

    def before(self, index: int) -> str:
        """The words between the draft before (or the sentence's start) and this draft."""
        previous = self.previous(index)
        start = self.sentence(index).start if previous is None else self.drafts[previous].end
        return self.text[start : self.drafts[index].start]

    def after(self, index: int) -> str:
        """The words between this draft and the next (or the sentence's end)."""
        following = self.next(index)
        end = self.sentence(index).end if following is None else self.drafts[following].start
        return self.text[self.drafts[index].end : end]

    def gap(self, first: int, second: int) -> str:
        """The words between two drafts."""
        return self.text[self.drafts[first].end : self.drafts[second].start]

    def lead_in(self, index: int) -> str:
        """The sentence's words before the draft, with the lead-in of a list before them."""
        sentence = self.sentence(index)
        lead = "" if sentence.lead is None else self.sentences[sentence.lead].text + " "
        return lead + self.text[sentence.start : self.drafts[index].start]

    def paragraph_before(self, sentence: int) -> list[Sentence]:
        """The sentences before this one in its paragraph, nearest first, at most twenty."""
        paragraph = self.sentences[sentence].paragraph
        first = sentence
        while first > sentence - _FAR and first and self.sentences[first - 1].paragraph == paragraph:
            first -= 1
        return [self.sentences[number] for number in range(sentence - 1, first - 1, -1)]

    def paragraph_drafts(self, index: int) -> list[int]:
        """The drafts of the paragraph of this draft, in order; of very many, those near it."""
        here = self.sentence(index).paragraph
        first = last = index
        while first > index - _MANY and first and self.sentence(first - 1).paragraph == here:
            first -= 1
        while (
            last < index + _MANY and last + 1 < len(self.drafts) and self.sentence(last + 1).paragraph == here
        ):
            last += 1
        return list(range(first, last + 1))

    def section_titles(self, position: int) -> list[str]:
        """Titles of the sections around a position, outermost first."""
        return [s.title for s in self.extraction.sections if s.start <= position < s.end]


def _sentences(
    text: str, spans: Sequence[Span], drafts: Sequence[Draft], periods: Sequence[Period]
) -> tuple[Sentence, ...]:
    starts = [start for start, _ in spans]
    of_drafts: list[list[int]] = [[] for _ in spans]
    of_periods: list[list[Period]] = [[] for _ in spans]
    for index, draft in enumerate(drafts):
        of_drafts[draft.sentence].append(index)
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
                tuple(of_drafts[number]),
                tuple(of_periods[number]),
                lead,
            )
        )
    return tuple(result)


def _lead(text: str, before: list[Sentence], start: int, lead: int | None) -> int | None:
    """Index of the sentence that introduces the list item which starts here."""
    if before and before[-1].text.endswith(":"):
        return len(before) - 1
    return lead if lead is not None and BULLET.match(text, start) else None
