"""The words around a number that can tell what it measures: its clause, without times and asides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kg.nlp.figures.context import Context
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-measures"
_LEADS_ON = re.compile(r",|\b(?:and|or|but|with|from|in|of|to|for) (?:(?!(?:and|or|but)\b)[a-z-]+ ){0,2}$")
_OPEN_BRACKET = re.compile(r"\([^()]*$")


@dataclass(frozen=True)
class Zones:
    """Reads the words before and after the quantities of a context."""

    context: Context

    @cached_property
    def _masked(self) -> str:
        """The text with its periods blanked, each with the preposition before it."""
        pieces, position = [], 0
        text = self.context.text
        for sentence in self.context.sentences:
            for period in sentence.periods if sentence.quantities else ():
                nearest = max(position, period.start - 24)
                lead = pattern(_FILE, "measure.period-lead").search(text, nearest, period.start)
                start = max(position, lead.start() if lead else period.start)
                pieces.append(text[position:start] + " " * (period.end - start))
                position = period.end
        return "".join(pieces) + text[position:]

    def around(self, index: int) -> tuple[str, str]:
        """The words of the clause before and after a quantity."""
        quantity, sentence = self.context.quantities[index], self.context.sentence(index)
        previous, following = self.context.previous(index), self.context.next(index)
        start = sentence.start if previous is None else self.context.quantities[previous].end
        while following is not None and _OPEN_BRACKET.search(
            self._masked[quantity.end : self.context.quantities[following].start]
        ):
            following = self.context.next(following)
        end = sentence.end if following is None else self.context.quantities[following].start
        before = _without_asides(self._masked[start : quantity.start])
        if previous is not None:
            before = pattern(_FILE, "measure.clause-start").split(before)[-1]
        return before, clause_after(self._masked[quantity.end : end])

    def without_times(self, start: int, end: int) -> str:
        """The words of a span, times left out."""
        return re.sub(r"\s+", " ", self._masked[start:end]).strip()

    def lead(self, index: int) -> str:
        """The words of the sentence before a quantity, times blanked."""
        return self._masked[self.context.sentence(index).start : self.context.quantities[index].start]

    def clause_before(self, index: int) -> str:
        """The clause of the sentence before a quantity, whatever other quantities it has."""
        return _without_asides(self.lead(index))

    def clause_behind(self, index: int, whole: bool = False) -> str:
        """The words between a quantity and the next, times blanked and brackets left out.

        Without those that lead to the next, unless all are wanted (``whole``).
        """
        start, following = self.context.quantities[index].end, self.context.next(index)
        while following is not None and _OPEN_BRACKET.search(
            self._masked[start : self.context.quantities[following].start]
        ):
            following = self.context.next(following)  # "12 percent (8 of 65) knew how"
        end = (
            self.context.sentence(index).end
            if following is None
            else self.context.quantities[following].start
        )
        words = self._masked[start:end]
        if following is not None and not whole:  # what leads to the next number is not told of this one
            words = _LEADS_ON.split(words.rstrip() + " ")[0]
        return re.sub(r"\s+", " ", re.sub(r"\s*\([^()]*\)", "", words))


def _without_asides(words: str) -> str:
    cleaned = pattern(_FILE, "measure.noise").sub(" ", words)
    return re.sub(r"\s+", " ", re.split(r";|:|\. ", cleaned)[-1])


def clause_after(words: str) -> str:
    """The words up to the end of their clause, without brackets."""
    words = re.sub(r"\s*\([^()]*\)?", "", words).split(")")[0]
    words = pattern(_FILE, "measure.clause-end").split(words)[0]
    return re.sub(r"\s+", " ", words).rstrip(" .")
