"""The candidate numbers of a text in its sentences, without those of tables."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.model.records import Span
from kg.model.text.numbers import Number

_LONGEST_SENTENCE = 1500
_MOST_NUMBERS = 45


def short_sentences(text: str, sentences: Sequence[Span]) -> list[Span]:
    """The sentences, what is too long for prose (a table without line breaks) cut at spaces."""
    spans: list[Span] = []
    for start, end in sentences:
        while end - start > _LONGEST_SENTENCE:
            cut = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
            cut = start + _LONGEST_SENTENCE if cut < 0 else cut
            spans.append((start, cut))
            start = cut + (text[cut : cut + 1] == " ")
        spans.append((start, end))
    return spans


@dataclass(frozen=True)
class Prose:
    """A text with its sentences and the numbers in them that may be figures, in order."""

    text: str
    sentences: tuple[Span, ...]
    numbers: tuple[Number, ...]
    tables: frozenset[int]
    """Indices of the sentences with more numbers than prose has: each is a table in one line."""

    @classmethod
    def of(cls, text: str, sentences: Sequence[Span], numbers: Sequence[Number]) -> Prose:
        """The prose of a text; the numbers of its tables are left out."""
        starts = [start for start, _ in sentences]
        places = [bisect_right(starts, number.start) - 1 for number in numbers]
        tables = frozenset(place for place, count in Counter(places).items() if count > _MOST_NUMBERS)
        kept = [n for n, place in zip(numbers, places, strict=True) if max(0, place) not in tables]
        return cls(text, tuple(sentences), tuple(kept), tables)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    @cached_property
    def by_start(self) -> dict[int, Number]:
        return {number.start: number for number in self.numbers}

    def sentence_of(self, position: int) -> int:
        """Index of the sentence at a position."""
        return max(0, bisect_right(self._starts, position) - 1)

    def end_of_sentence(self, position: int) -> int:
        return self.sentences[self.sentence_of(position)][1]

    def words_before(self, position: int, most: int) -> str:
        """The words of the sentence before a position, at most so many characters."""
        start = self.sentences[self.sentence_of(position)][0]
        return self.text[max(start, position - most) : position]
