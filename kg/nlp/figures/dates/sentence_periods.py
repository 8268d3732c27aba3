"""The period that a figure has from its own sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from kg.model.records import Period
from kg.nlp.figures.context import Context, Sentence, is_previous, lies_between_days
from kg.nlp.figures.dates.period_roles import (
    is_aside,
    is_left_undated,
    is_level,
    is_own_level,
    opens_clause,
    opens_next,
    role_of,
)
from kg.nlp.figures.links.links import Links
from kg.nlp.periods import range_ends
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-periods"
_AFTER_PAIR = 80
_JOINTS = (" and ", ", ", ", and ", " and about ", " and just ")
Dates = tuple[str | None, str | None]
"""Begin and end of a figure's period, ISO dates; None where the text has none."""
NONE: Dates = (None, None)


@dataclass(frozen=True)
class SentencePeriods:
    """Reads which period of a sentence dates which of its quantities."""

    context: Context
    links: Links

    @cached_property
    def later_of(self) -> dict[int, int]:
        return self.links.later_of()

    @cached_property
    def _base_of(self) -> dict[int, int]:
        return {later: base for base, later in reversed(self.links.pairs)}

    def is_timeless(self, index: int) -> bool:
        """Counts of the report's own boxes ("two causes of concern") have no period."""
        quantity = self.context.quantities[index]
        return (
            pattern(_FILE, "carry.never").search(self.context.text, quantity.start, quantity.end) is not None
        )

    def is_focal(self, index: int) -> bool:
        """Whether a figure is neither the base of a change nor a comparator."""
        return not self.links.is_base(index) and not self.links.is_comparator(index)

    def usable(self, sentence: Sentence) -> list[Period]:
        """Periods that date the sentence as a whole, not only the base of a change or a comparator."""
        plain = [p for p in sentence.periods if role_of(self.context, sentence, p) == ""]
        return [p for p in plain if not self._dates_base(sentence, p)]

    def own(self, sentence: Sentence, index: int, dates: Sequence[Dates]) -> Dates:
        """The dates that the sentence gives a figure; ``dates`` are those of the figures before it.

        In this order: an end of a range, what a repetition repeats, the period directly behind it, for a base
        the one it is compared by, else the one that leads to it or that all figures share.
        """
        if not sentence.periods:
            return NONE
        ends = self._end_of_range(sentence, index)
        if ends is not None:
            return ends
        if self._says_again(sentence, index):
            return dates[index - 1]
        if self.is_joined(index):
            return dates[index - 1]
        period = self.behind_row(sentence, index)
        if period is None and self.links.is_base(index):
            period = self._comparison_period(sentence, index)
        elif period is None:
            period = self._leading(sentence, index) or self._shared(sentence, index)
        return NONE if period is None else self._as_dates(sentence, period)

    def _as_dates(self, sentence: Sentence, period: Period) -> Dates:
        role = role_of(self.context, sentence, period)
        if role == "by":
            begin = period.begin_date if is_level(self.context, sentence, period) else None
            return begin, period.end_date
        if role == "since":
            until = [
                p
                for p in sentence.periods
                if (role_of(self.context, sentence, p) == "by" or p.end < period.start)
                and (p.end_date or "") > (period.end_date or "")
            ]
            return period.begin_date, until[0].end_date if until else None
        return period.begin_date, period.end_date

    def _says_again(self, sentence: Sentence, index: int) -> bool:
        """Whether a figure repeats the one before in other words: "£21m since 2010, about a quarter"."""
        previous, start = self.context.previous(index), self.context.quantities[index].start
        if previous is None:
            return False
        between = [p.end for p in sentence.periods if p.end <= start]
        words = self.context.text[max([self.context.quantities[previous].end, *between]) : start]
        return pattern(_FILE, "period.apposition").match(words) is not None

    def is_joined(self, index: int) -> bool:
        """Whether two bases or comparators in a row share their time: "than in 2020 (58.0 and 49.5)"."""
        previous = self.context.previous(index)
        if previous is None or self.context.gap(previous, index) not in _JOINTS:
            return False
        return not self.is_focal(index) and not self.is_focal(previous)

    def behind_row(self, sentence: Sentence, index: int) -> Period | None:
        """The period behind a figure or behind the row that it opens: "than 11.2 and 5.1 in 2021"."""
        following = self.context.next(index)
        while following is not None and self.is_joined(following):
            index, following = following, self.context.next(following)
        return self.attached(sentence, index)

    # --- ranges

    def _end_of_range(self, sentence: Sentence, index: int) -> Dates | None:
        """For "between X and Y it rose from A to B": X for A, Y for B."""
        pair = self._pair_of(index)
        if pair is None or pair[0] not in self.links.starts or self.context.sentence(pair[0]) is not sentence:
            return None
        if any(self.attached(sentence, member) for member in pair):
            return None
        for period in sentence.periods:
            if lies_between_days(period) and period.begin_date and period.end_date:
                before = date.fromisoformat(period.begin_date) - timedelta(days=1)
                day = before.isoformat() if index == pair[0] else period.end_date
                return day, day
            ends = range_ends(self.context.text[period.start : period.end])
            if ends is not None and period.start < self.context.quantities[pair[1]].end + _AFTER_PAIR:
                begin, end = ends[0 if index == pair[0] else 1]
                return begin.isoformat(), end.isoformat()
        return None

    def _pair_of(self, index: int) -> tuple[int, int] | None:
        """The first pair (base, later) that a figure is part of."""
        if index in self.later_of:
            return index, self.later_of[index]
        base = self._base_of.get(index)
        return None if base is None else (base, index)

    # --- behind a figure

    def attached(self, sentence: Sentence, index: int) -> Period | None:
        """The first period after the figure and before the next, not parted from it by a comma."""
        quantity, following = self.context.quantities[index], self.context.next(index)
        end = sentence.end if following is None else self.context.quantities[following].start
        period = next((p for p in sentence.periods if quantity.end <= p.start and p.end <= end), None)
        if period is None:
            return None
        gap = self.context.text[quantity.end : period.start]
        if ")" in gap and "(" not in gap:
            return None
        if is_own_level(self.context, sentence, index, gap):
            return period
        compared = role_of(self.context, sentence, period) == "compared"
        if compared and not (is_previous(period) and self.links.is_base(index)):
            return None  # the time of the base that follows, or of no figure
        if not pattern(_FILE, "period.attached").match(gap):
            return None
        return None if following is not None and opens_next(self.context, period, following) else period

    def _is_tied(self, sentence: Sentence, period: Period) -> bool:
        """Whether a period stands directly behind a figure that it dates."""
        return any(
            self.context.quantities[i].end <= period.start and self.attached(sentence, i) == period
            for i in sentence.quantities
        )

    def _dates_base(self, sentence: Sentence, period: Period) -> bool:
        """Whether a period stands behind a base or comparator, so that it dates only that."""
        return any(
            not self.is_focal(i) and self.attached(sentence, i) == period
            for i in sentence.quantities
            if self.context.quantities[i].end <= period.start
        )

    # --- elsewhere in the sentence

    def _comparison_period(self, sentence: Sentence, index: int) -> Period | None:
        """The period after "compared with" for a base: "fell from 346 to 283, compared with the year …"."""
        quantity, previous = self.context.quantities[index], self.context.previous(index)
        for period in sentence.periods:
            if period.start > quantity.end and role_of(self.context, sentence, period) == "compared":
                return period
        if index in self.links.starts:
            return None
        before = [p for p in sentence.periods if p.end <= quantity.start]
        if before and (previous is None or self.context.quantities[previous].end <= before[-1].start):
            return None if self._is_tied(sentence, before[-1]) else before[-1]
        return None

    def _leading(self, sentence: Sentence, index: int) -> Period | None:
        """The nearest period before the figure that is not tied to another figure or to a comparison."""
        context, quantity, previous = (
            self.context,
            self.context.quantities[index],
            self.context.previous(index),
        )
        floor = sentence.start if previous is None else context.quantities[previous].end
        before = [p for p in sentence.periods if p.end <= quantity.start]
        for period in reversed(before):
            role, between = role_of(context, sentence, period), context.text[period.end : quantity.start]
            if role in ("by", "since") and ";" in between:
                continue
            if is_aside(context, sentence, period, quantity.start):
                continue
            if is_left_undated(context, index, between, role):
                return None
            if role != "since" and pattern(_FILE, "period.since-then").search(between):
                continue
            tied = self._is_tied(sentence, period)
            if period.start >= floor:
                if tied and (role in ("by", "since") or previous == self._base_of.get(index) is not None):
                    continue
                return period
            if not tied and role != "compared":
                return period
        if len(sentence.periods) != 1 or not before:
            return None
        (only,) = before
        if role_of(context, sentence, only) != "" or is_aside(context, sentence, only, quantity.start):
            return None
        between = context.text[only.end : quantity.start]
        return None if pattern(_FILE, "period.since-then").search(between) else only

    def _shared(self, sentence: Sentence, index: int) -> Period | None:
        """A plain period later in the sentence that dates all its figures; "have done …, since 2024"."""
        context, quantity = self.context, self.context.quantities[index]
        for period in sentence.periods:
            between = context.text[quantity.end : period.start]
            if len(sentence.quantities) == 1 and pattern(_FILE, "period.perfect").match(between):
                return period
            if (
                period.start >= quantity.end
                and role_of(context, sentence, period) == ""
                and not self._dates_base(sentence, period)
                and not self._is_of_other_clause(sentence, index, period)
                and not self.is_of_later_clause(sentence, index, period)
                and not opens_clause(context, sentence, index, period)
                and not is_aside(context, sentence, period, quantity.start)
            ):
                return period
        return None

    def is_of_later_clause(self, sentence: Sentence, index: int, period: Period) -> bool:
        """Whether a period is that of a figure of a later clause with a subject of its own.

        So "It has 410 officers, and pay makes up 79% of its £61.0m budget for 2025/26".
        """
        if not self.context.text.endswith(" for ", 0, period.start):
            return False
        others = [i for i in sentence.quantities if i > index and self.attached(sentence, i) == period]
        return any(
            pattern(_FILE, "period.other-clause").search(self.context.gap(index, other)) for other in others
        )

    def _is_of_other_clause(self, sentence: Sentence, index: int, period: Period) -> bool:
        """Whether a later period dates a figure of another clause: "…, and that it fell to 9 in 2023"."""
        for other in sentence.quantities:
            if index < other and self.attached(sentence, other) == period:
                gap = self.context.gap(index, other)
                pair = self._pair_of(other) or (index,)
                paired = index not in pair and self.links.base.get(index) not in pair
                return paired or pattern(_FILE, "period.new-clause").search(gap) is not None
        return False
