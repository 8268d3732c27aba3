"""Times of a sentence that belong to another statement in it than a figure.

What a figure is set against has its own time ("61 percent, down from 74 percent in our 2017 review"), and so
have a second clause with its own subject, an aside on when a plan was published, and what somebody was told.
Such a time is none of the candidates of the figure: no date is better than another figure’s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model.records import Period, Span
from kg.nlp.figures.context import Context, Sentence, refers_to_same_time
from kg.nlp.figures.links.links import Links, same_kind
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-periods"


@dataclass(frozen=True)
class Apart:
    """Tells which times of a sentence a figure cannot have."""

    context: Context
    links: Links
    populations: Sequence[str]

    def times(self, index: int, sentence: Sentence) -> set[Span]:
        """The places of the periods of a sentence that belong to another statement in it than the figure."""
        return {
            (period.start, period.end)
            for period in sentence.periods
            if self._is_told_of(index, sentence, period)
            or self._is_label_before(index, sentence, period)
            or self._is_of_aside(index, sentence, period)
            or (
                period.start >= self.context.quantities[index].end
                and (
                    self.is_set_against(index, sentence, (period.start, period.end))
                    or self._is_of_next_clause(index, sentence, period)
                )
            )
        }

    def _is_told_of(self, index: int, sentence: Sentence, period: Period) -> bool:
        """Whether a time is that of telling, of a whole, of the base of a ratio, or one to come.

        So the day on which somebody was told, where what they were told has a time; the time in which the
        whole was counted, where its part has one; that of the base of a ratio; and a time to come, of what
        has been done.
        """
        quantity, text = self.context.quantities[index], self.context.text
        lead = text[sentence.start : period.start]
        if period.end > quantity.start:
            base = quantity.unit == "ratio" and pattern(_FILE, "apart.base")
            return bool(base and base.fullmatch(text[quantity.number_end : period.start]))
        then = text[period.end : quantity.start]
        dated = any(p.start > quantity.start for p in sentence.periods)
        told = any(
            pattern(_FILE, f"apart.{form}").search(lead) and pattern(_FILE, f"apart.{form}-end").match(then)
            for form in ("told", "whole")
        )
        coming = pattern(_FILE, "apart.by").search(lead) and pattern(_FILE, "apart.has-done").search(then)
        return (dated and told) or coming is not None

    def is_set_against(self, index: int, sentence: Sentence, span: Span) -> bool:
        """Whether a time behind a figure is that of another figure that this one is set against.

        That is: "(2017: 83 percent)"; "61 percent, down from 74 percent in 2017"; "17 of 22, whereas in 2019
        it was 6 of 20"; "six more than it had in March 2018".
        """
        context, quantity = self.context, self.context.quantities[index]
        gap = context.text[quantity.end : span[0]]
        if pattern(_FILE, "apart.than-then").search(gap) or self._is_of_bracket(index, sentence, span):
            return True
        for other in self._set_against(index, sentence):
            opposite = context.quantities[other]
            if opposite.end <= span[0]:
                following = context.next(other)
                nearest = following is None or span[0] < context.quantities[following].start
                if nearest and pattern(_FILE, "apart.behind").search(context.text[opposite.end : span[0]]):
                    return True
                continue
            cues = list(pattern(_FILE, "apart.against").finditer(context.text, quantity.end, opposite.start))
            onward = context.text[span[1] : opposite.start]
            ahead = bool(cues) and cues[-1].end() <= span[0]
            if ahead and not pattern(_FILE, "apart.onward").search(onward):
                return True
        return False

    def _set_against(self, index: int, sentence: Sentence) -> Iterator[int]:
        """The base and the comparators of a figure behind it in its sentence, of the same people."""
        others = [*self.links.comparators.get(index, ())]
        if index in self.links.base:
            others.append(self.links.base[index])
        for other in others:
            here = other > index and self.context.sentence(other) is sentence
            if here and self.populations[other] == self.populations[index]:
                yield other

    def _is_of_bracket(self, index: int, sentence: Sentence, span: Span) -> bool:
        """Whether a time stands in a bracket with another figure of the kind: "(2024/25: £154.9m)"."""
        context, quantity = self.context, self.context.quantities[index]
        opens = context.text.rfind("(", quantity.end, span[0])
        if opens < 0 or ")" in context.text[opens : span[0]]:
            return False
        closes = context.text.find(")", span[1], sentence.end)
        return any(
            opens < context.quantities[other].start < closes
            and same_kind(context, index, other)
            and (context.quantities[other].denominator is None) == (quantity.denominator is None)
            for other in sentence.quantities
        )

    def _is_label_before(self, index: int, sentence: Sentence, period: Period) -> bool:
        """Whether a time labels a figure before this one, which has a label of its own behind a semicolon.

        So 2022/23 in "12.4 percent (2022/23: 11.8 percent; England and Wales: 13.0 percent)".
        """
        text, start = self.context.text, self.context.quantities[index].start
        opens = pattern(_FILE, "apart.label").search(text, sentence.start, period.start)
        if (
            opens is None
            or period.end > start
            or pattern(_FILE, "apart.label-end").match(text, period.end) is None
        ):
            return False
        between = text[period.end : start]
        return ")" not in between and pattern(_FILE, "apart.own-label").search(between) is not None

    def _is_of_next_clause(self, index: int, sentence: Sentence, period: Period) -> bool:
        """Whether a time is that of a later clause with its own subject: "9, but a valuer said in May"."""
        if refers_to_same_time(period):
            return False
        gap = self.context.text[self.context.quantities[index].end : period.start]
        clauses = list(pattern(_FILE, "apart.clause").finditer(gap))
        if not clauses:
            return False
        others = [i for i in sentence.quantities if i > index]
        shared = pattern(_FILE, "apart.clause-shared").match(clauses[-1][0]) and not others
        return not shared and not pattern(_FILE, "apart.clause-end").search(gap[clauses[-1].end() :])

    def _is_of_aside(self, index: int, sentence: Sentence, period: Period) -> bool:
        """Whether a time is when a thing came out or began, in an aside: "its plan, published in May, …"."""
        context, quantity = self.context, self.context.quantities[index]
        aside = pattern(_FILE, "apart.aside").search(context.text, sentence.start, period.start)
        if aside is None:
            return False
        end = context.text.find(",", period.end, sentence.end)
        return end >= 0 and not aside.start() < quantity.start < end


def label_of(context: Context, index: int) -> Period | None:
    """The time that opens a bracket as the label of the figure behind it: "(2023: 49 of 90)"."""
    start, sentence = context.quantities[index].start, context.sentence(index)
    for period in sentence.periods:
        if pattern(_FILE, "apart.label-end").fullmatch(context.text, period.end, start):
            opens = pattern(_FILE, "apart.label").search(context.text, sentence.start, period.start)
            return None if opens is None else period
    return None
