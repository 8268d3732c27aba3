"""The period that a figure has from the sentences before, where the text goes on about the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.nlp.figures.context import Sentence
from kg.nlp.figures.dates.period_roles import role_of
from kg.nlp.figures.dates.sentence_periods import NONE, Dates, SentencePeriods
from kg.nlp.figures.links.anaphora import looks_back, refers_back
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "figure-periods"
_OFFICIAL = "official-statistics"
Focus = tuple[Dates, int | None]
"""Dates that the text goes on about, and a figure that has them."""


@dataclass(frozen=True)
class Carrying:
    """Carries dates on; ``sources`` say who gives each figure as far as its own sentence tells."""

    periods: SentencePeriods
    populations: Sequence[str]
    sources: Sequence[str | None]

    def carried(self, number: int, missing: Sequence[int], dates: Sequence[Dates]) -> dict[int, Dates]:
        """Dates for those of the missing figures of a sentence that go on with the sentences before it."""
        focus = self._focus(number, dates) or self._focus_of_paragraph_before(number, missing, dates)
        if focus is None:
            return {}
        sentence = self.periods.context.sentences[number]
        found: dict[int, Dates] = {}

        def dates_of(index: int) -> Dates:
            return found.get(index, dates[index])

        for index in missing:
            if self._may_carry(sentence, index, focus[1], dates_of):
                found[index] = self._of_change(index, dates_of) or focus[0]
        return found

    def _of_change(self, index: int, dates_of: Callable[[int], Dates]) -> Dates | None:
        """A change over a from-to pair spans both ends of the pair."""
        links = self.periods.links
        base = links.base.get(index)
        later = None if base is None else self.periods.later_of.get(base)
        if base is None or later is None or later == index or base not in links.starts:
            return None
        (begin, until), end = dates_of(base), dates_of(later)[1]
        is_span = begin is not None and until is not None and begin != until
        return (begin, end) if begin and end and dates_of(base) != dates_of(later) and not is_span else None

    # --- what the text goes on about

    def _focus(self, number: int, dates: Sequence[Dates]) -> Focus | None:
        """Dates of the nearest sentence before that states the current period, and a figure that has them."""
        context = self.periods.context
        for sentence in context.paragraph_before(number):
            focal = [i for i in sentence.quantities if self.periods.is_focal(i) and None not in dates[i]]
            if focal:
                latest = self._before_step_back(sentence, focal[-1], dates)
                return dates[latest], latest
            plain = [p for p in sentence.periods if role_of(context, sentence, p) == ""]
            if plain and not sentence.quantities:
                return (plain[0].begin_date, plain[0].end_date), None
        return None

    def _before_step_back(self, sentence: Sentence, index: int, dates: Sequence[Dates]) -> int:
        """A look back ("In 2019 it made 7,012") does not move the time: the figure before it keeps that."""
        context = self.periods.context
        if not looks_back(context, sentence.quantities[0]):
            return index
        for earlier in context.paragraph_before(context.quantities[index].sentence)[:1]:
            for other in reversed(earlier.quantities):
                later = (dates[other][1] or "") > (dates[index][1] or "")
                if later and self.periods.is_focal(other):
                    return other
        return index

    def _focus_of_paragraph_before(
        self, number: int, missing: Sequence[int], dates: Sequence[Dates]
    ) -> Focus | None:
        """Official figures of the same kind in the paragraph before, if this one has no period yet."""
        context = self.periods.context
        here, own = context.sentences[number], context.paragraph_before(number)
        last = number - len(own) - 1
        if last < 0 or any(self.sources[i] != _OFFICIAL for i in missing) or any(s.periods for s in own):
            return None
        before = context.sentences[last]
        if not before.text.endswith((".", "!", "?")):
            return None
        kinds = [form.regex for form in load_patterns("figure-official") if form.role in ("usual", "named")]
        here_kinds = [kind for kind in kinds if kind.search(here.text)]
        for sentence in [before, *context.paragraph_before(last)]:
            for index in sentence.quantities:
                official = self.sources[index] == _OFFICIAL and None not in dates[index]
                same = official and any(kind.search(sentence.text) for kind in here_kinds)
                if same and self.periods.is_focal(index):
                    return dates[index], index
        return None

    # --- whether a figure goes on with it

    def _may_carry(
        self, sentence: Sentence, index: int, focal: int | None, dates_of: Callable[[int], Dates]
    ) -> bool:
        context, words = self.periods.context, sentence.text
        quantity = context.quantities[index]
        if any(pattern(_FILE, form).search(words) for form in ("period.yearly", "carry.now")):
            return False
        if any(role_of(context, sentence, p) in ("by", "since") for p in sentence.periods):
            return False
        if quantity.unit == "rank" and focal is not None:
            return True
        back = pattern(_FILE, "carry.anaphora").search(words) is not None
        back = back or index in self.periods.links.base or refers_back(context, index)
        around = context.before(index) + context.after(index)
        if pattern(_FILE, "carry.earlier-inspection").search(around) and "compare" in words:
            return False
        if focal is None:
            earlier = context.paragraph_before(quantity.sentence)[:1]
            of_data = earlier and pattern(_FILE, "carry.data-words").search(earlier[0].text)
            return back or bool(of_data)
        national = self.populations[index] == "england-and-wales"
        ours, theirs = self.sources[index], self.sources[focal]
        if None not in (ours, theirs) and ours != theirs and not national:
            return False
        if national:
            other = self.periods.links.focal.get(index)
            return back or other is None or other > index or dates_of(other) != NONE
        return back or self._is_of_same_kind(index, focal, words, dates_of(focal))

    def _is_of_same_kind(self, index: int, focal: int, words: str, dates: Dates) -> bool:
        """Whether a sentence that does not refer back tells of the past, of figures like the focal one."""
        quantities = self.periods.context.quantities
        survey, other_survey = (self.populations[i] == "survey-respondents" for i in (index, focal))
        if survey != other_survey:
            return False
        begin, end = dates
        if begin is not None and begin == end:
            return False
        if quantities[index].unit == "GBP" != quantities[focal].unit:
            return False
        if pattern(_FILE, "carry.block").search(words) or self.sources[index] == "inspectorate":
            return False
        present, past = (pattern(_FILE, form).search(words) for form in ("carry.present", "carry.past"))
        return past is not None and (present is None or past.start() < present.start())
