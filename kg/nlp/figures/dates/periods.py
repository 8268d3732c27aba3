"""The period of each figure: its own, that of its sentence, an end of a range, or one carried on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.model.records import Period
from kg.nlp.figures.dates.later_periods import Dates, completed
from kg.nlp.figures.dates.period_forms import (
    days_at_ends,
    is_aside,
    is_left_undated,
    is_level,
    is_own_level,
    is_size,
    looks_back,
    opens_clause,
    opens_next,
    refers_back,
)
from kg.nlp.figures.links.discourse import Topics
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.links.scene import Scene, Sentence
from kg.nlp.periods import range_ends
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "figure-periods"
_NONE: Dates = (None, None)


class PeriodFinder:
    """Assigns periods to the drafts of a scene; ``sources`` says who gives each figure, for carrying on."""

    def __init__(
        self,
        scene: Scene,
        links: Links,
        populations: Sequence[str],
        sources: Sequence[str | None],
        topics: Topics,
    ) -> None:
        self.scene = scene
        self.topics = topics
        self.links = links
        self.populations = populations
        self.sources = sources
        self.dates: list[Dates] = [_NONE] * len(scene.drafts)
        self.carried: set[int] = set()
        self._later = dict(reversed(links.pairs))
        self._base_of = {later: base for base, later in reversed(links.pairs)}

    def find(self) -> list[Dates]:
        """Begin and end of each draft's period, in the order of the drafts; None where the text has none."""
        for number, sentence in enumerate(self.scene.sentences):
            for index in sentence.drafts:
                if not self._is_timeless(index):
                    self.dates[index] = self._own(sentence, index)
            self._of_topic(sentence)
            missing = [i for i in sentence.drafts if self.dates[i] == _NONE and not self._is_timeless(i)]
            missing = [i for i in missing if self._is_open(sentence, i)]
            if missing:
                self._carry(number, sentence, missing)
            self._between(sentence)
            self._spanning(sentence)
        return completed(self.scene, self.links, self.topics, self.populations, self.dates)

    def _is_open(self, sentence: Sentence, index: int) -> bool:
        """Whether no period of the sentence is in the clause of a figure, so that one before may date it."""
        own = [p for p in self._usable(sentence) if not opens_clause(self.scene, sentence, index, p)]
        return not own

    def _of_topic(self, sentence: Sentence) -> None:
        """What is told of a sample has the time of the sample; the sample may have that of the visit."""
        for index in sentence.drafts:
            topic = self.topics.of.get(index)
            if topic is None or self.dates[index] != _NONE or self._is_timeless(index):
                continue
            visit, usable = self.topics.visit(index), bool(self._usable(sentence))
            if visit is not None and not usable:
                plain = self._usable(visit)[:1]
                self.dates[index] = (plain[0].begin_date, plain[0].end_date) if plain else _NONE
            elif not usable or self.scene.drafts[index].denominator is not None:
                self.dates[index] = self.dates[topic.draft]

    def _between(self, sentence: Sentence) -> None:
        """Both ends of "between £6m and £8.5m by 2027" have the period that stands behind the second."""
        for first, second in pairwise(sentence.drafts):
            gap, here = self.scene.gap(first, second), self.scene.drafts[first]
            joined = gap in (" and ", " to ", "–", "-") and here.unit == self.scene.drafts[second].unit
            opened = gap != " and " or pattern(_FILE, "period.range-of").search(self.scene.before(first))
            if joined and opened and first not in self.links.bases and self._attached(sentence, second):
                self.dates[first] = self.dates[second]

    def _spanning(self, sentence: Sentence) -> None:
        """A change between two days ("154 more than on 30 September 2019") has the time between them."""
        for index in sentence.drafts:
            begin, end = self.dates[index]
            if index not in self.links.direction or begin is None or begin != end:
                continue
            earlier = self.dates[self.links.base.get(index, index)]
            if earlier[0] and earlier[0] == earlier[1] and earlier[0] < begin and is_size(self.scene, index):
                self.dates[index] = earlier[0], end
            for period in sentence.periods:
                if period.start < self.scene.drafts[index].end or self._role(sentence, period) != "compared":
                    continue
                day = period.end_date if period.begin_date == period.end_date else None
                if day and day < begin and self.links.base.get(index) is None and is_size(self.scene, index):
                    self.dates[index] = day, end

    def _is_timeless(self, index: int) -> bool:
        """Counts of the report's own boxes ("two causes of concern") have no period."""
        draft = self.scene.drafts[index]
        return pattern(_FILE, "carry.never").search(self.scene.text, draft.start, draft.end) is not None

    # The sentence's own periods

    def _usable(self, sentence: Sentence) -> list[Period]:
        """Periods that date the sentence as a whole, not only the base of a change or a comparator."""
        plain = [p for p in sentence.periods if self._role(sentence, p) == ""]
        return [p for p in plain if not self._dates_base(sentence, p)]

    def _role(self, sentence: Sentence, period: Period) -> str:
        """ "by", "since" or "compared" for what stands before a period, else ""."""
        before = self.scene.text[sentence.start : period.start]
        if period.pattern == "period.previous" and any(
            self.scene.drafts[i].end < period.start for i in sentence.drafts
        ):
            return "compared"
        after = self.scene.text[period.end : period.end + 16]
        if before.rstrip().lower().endswith("from") and after.startswith((" onwards", " to date", " to now")):
            return "since"
        for form in load_patterns(_FILE):
            if form.value and form.regex.search(before):
                return form.value
        return ""

    def _own(self, sentence: Sentence, index: int) -> Dates:
        if not sentence.periods:
            return _NONE
        ends = self._range_end(sentence, index)
        if ends is not None:
            return ends
        if self._says_again(sentence, index):
            return self.dates[index - 1]
        period = self._attached(sentence, index)
        if period is None and self.links.is_base(index):
            period = self._comparison_period(sentence, index)
            return _NONE if period is None else self._as_dates(sentence, period)
        if period is None:
            period = self._leading(sentence, index) or self._shared(sentence, index)
        return _NONE if period is None else self._as_dates(sentence, period)

    def _as_dates(self, sentence: Sentence, period: Period) -> Dates:
        role = self._role(sentence, period)
        if role == "by":
            return (period.begin_date if is_level(self.scene, sentence, period) else None), period.end_date
        if role == "since":
            until = [p for p in sentence.periods if self._role(sentence, p) == "by" or p.end < period.start]
            until = [p for p in until if (p.end_date or "") > (period.end_date or "")]
            return period.begin_date, until[0].end_date if until else None
        return period.begin_date, period.end_date

    def _says_again(self, sentence: Sentence, index: int) -> bool:
        """Whether a figure repeats the one before in other words: "£21m since 2010, about a quarter"."""
        previous = self.scene.previous(index)
        if previous is None:
            return False
        between = [p.end for p in sentence.periods if p.end <= self.scene.drafts[index].start]
        start = max([self.scene.drafts[previous].end, *between])
        words = self.scene.text[start : self.scene.drafts[index].start]
        return pattern(_FILE, "period.apposition").match(words) is not None

    def _range_end(self, sentence: Sentence, index: int) -> Dates | None:
        """For "between X and Y it rose from A to B": X for A, Y for B."""
        pair = self._pair_of(index)
        if pair is None or not self._is_start(pair[0]) or self.scene.sentence(pair[0]) is not sentence:
            return None
        if any(self._attached(sentence, member) for member in pair):
            return None
        for period in sentence.periods:
            days = days_at_ends(period)
            if days is not None:
                return (days[0], days[0]) if index == pair[0] else (days[1], days[1])
            ends = range_ends(self.scene.text[period.start : period.end])
            if ends is not None and period.start < self.scene.drafts[pair[1]].end + 80:
                begin, end = ends[0 if index == pair[0] else 1]
                return begin.isoformat(), end.isoformat()
        return None

    def _pair_of(self, index: int) -> tuple[int, int] | None:
        """The first pair (base, later) that a figure is part of."""
        if index in self._later:
            return index, self._later[index]
        base = self._base_of.get(index)
        return None if base is None else (base, index)

    def _is_start(self, index: int) -> bool:
        """Whether the figure is the A of "from A to B"."""
        return index in self.links.starts

    def _attached(self, sentence: Sentence, index: int) -> Period | None:
        """The first period after the figure and before the next, not parted from it by a comma."""
        following = self.scene.next(index)
        end = sentence.end if following is None else self.scene.drafts[following].start
        draft = self.scene.drafts[index]
        for period in sentence.periods:
            if draft.end <= period.start and period.end <= end:
                gap = self.scene.text[draft.end : period.start]
                if ")" in gap and "(" not in gap:
                    return None
                if is_own_level(self.scene, sentence, index, gap):
                    return period
                if self._is_others(period, index, following) or not pattern(_FILE, "period.attached").match(
                    gap
                ):
                    return None
                if following is not None and opens_next(self.scene, period, following):
                    return None
                return period
        return None

    def _is_others(self, period: Period, index: int, following: int | None) -> bool:
        """Whether a comparison period behind a figure belongs to the base that follows or to no figure."""
        role = self._role(self.scene.sentence(index), period)
        if role != "compared":
            return False
        return period.pattern != "period.previous" or self.links.is_base(index) is False

    def _comparison_period(self, sentence: Sentence, index: int) -> Period | None:
        """The period after "compared with" for a base: "fell from 346 to 283, compared with the year …"."""
        for period in sentence.periods:
            if period.start > self.scene.drafts[index].end and self._role(sentence, period) == "compared":
                return period
        if self._is_start(index):
            return None
        before = [p for p in sentence.periods if p.end <= self.scene.drafts[index].start]
        previous = self.scene.previous(index)
        if before and (previous is None or self.scene.drafts[previous].end <= before[-1].start):
            return None if self._is_tied(sentence, before[-1]) else before[-1]
        return None

    def _leading(self, sentence: Sentence, index: int) -> Period | None:
        """The nearest period before the figure that is not tied to another figure or to a comparison."""
        draft = self.scene.drafts[index]
        previous = self.scene.previous(index)
        floor = sentence.start if previous is None else self.scene.drafts[previous].end
        before = [p for p in sentence.periods if p.end <= draft.start]
        for period in reversed(before):
            role = self._role(sentence, period)
            between = self.scene.text[period.end : draft.start]
            if (role in ("by", "since") and ";" in between) or is_aside(
                self.scene, sentence, period, draft.start
            ):
                continue
            if is_left_undated(self.scene, index, between, role):
                return None
            if role != "since" and pattern(_FILE, "period.since-then").search(between):
                continue
            if period.start >= floor:
                if previous == self._base_of.get(index) is not None and self._is_tied(sentence, period):
                    continue
                if role not in ("by", "since") or not self._is_tied(sentence, period):
                    return period
            elif not self._is_tied(sentence, period) and role != "compared":
                return period
        ties = [p for p in before if self._role(sentence, p) == ""]
        ties = [p for p in ties if not is_aside(self.scene, sentence, p, draft.start)]
        if len(sentence.periods) != 1 or not ties:
            return None
        between = self.scene.text[ties[-1].end : draft.start]
        return None if pattern(_FILE, "period.since-then").search(between) else ties[-1]

    def _is_tied(self, sentence: Sentence, period: Period) -> bool:
        """Whether a period stands directly behind a figure that it dates."""
        return any(
            self.scene.drafts[i].end <= period.start and self._attached(sentence, i) == period
            for i in sentence.drafts
        )

    def _shared(self, sentence: Sentence, index: int) -> Period | None:
        """A plain period later in the sentence that dates all its figures; "have done …, since 2024"."""
        draft, alone = self.scene.drafts[index], len(sentence.drafts) == 1
        for period in sentence.periods:
            between = self.scene.text[draft.end : period.start]
            if alone and pattern(_FILE, "period.perfect").match(between):
                return period
            if (
                period.start >= draft.end
                and self._role(sentence, period) == ""
                and not self._dates_base(sentence, period)
                and not self._in_other_clause(sentence, index, period)
                and not opens_clause(self.scene, sentence, index, period)
                and not is_aside(self.scene, sentence, period, draft.start)
            ):
                return period
        return None

    def _in_other_clause(self, sentence: Sentence, index: int, period: Period) -> bool:
        """Whether a later period dates a figure of another clause: "…, and that it fell to 9 in 2023"."""
        for other in sentence.drafts:
            if index < other and self._attached(sentence, other) == period:
                gap = self.scene.gap(index, other)
                pair = self._pair_of(other) or (index,)
                paired = index not in pair and self.links.base.get(index) not in pair
                apart = self.scene.drafts[index].unit != self.scene.drafts[other].unit
                joined = apart and pattern(_FILE, "period.and-clause").match(gap) is not None
                return paired or joined or pattern(_FILE, "period.new-clause").search(gap) is not None
        return False

    def _dates_base(self, sentence: Sentence, period: Period) -> bool:
        """Whether a period stands behind a base or comparator, so that it dates only that."""
        return any(
            not self._is_focal(i) and self._attached(sentence, i) == period
            for i in sentence.drafts
            if self.scene.drafts[i].end <= period.start
        )

    # Carried from the sentences before

    def _carry(self, number: int, sentence: Sentence, missing: list[int]) -> None:
        source = self._focus(number) or self._focus_of_paragraph_before(number, missing)
        if source is None:
            return
        dates, focal = source
        for index in missing:
            if self._may_carry(sentence, index, focal):
                self.dates[index] = self._for_role(index, dates)
                self.carried.add(index)

    def _for_role(self, index: int, dates: Dates) -> Dates:
        """A change over a from-to pair spans both ends of the pair."""
        base = self.links.base.get(index)
        later = self._later.get(base) if base is not None else None
        if base is not None and later is not None and self._is_start(base) and later != index:
            begin, end = self.dates[base][0], self.dates[later][1]
            if begin and end and self.dates[base] != self.dates[later] and not self._is_yearly(base):
                return begin, end
        return dates

    def _is_yearly(self, index: int) -> bool:
        begin, end = self.dates[index]
        return begin is not None and end is not None and begin != end

    def _focus(self, number: int) -> tuple[Dates, int | None] | None:
        """Dates of the nearest sentence before that states the current period, and a figure that has them."""
        for sentence in self.scene.paragraph_before(number):
            figures = [i for i in sentence.drafts if self._is_focal(i) and None not in self.dates[i]]
            if figures:
                latest = self._before_step_back(sentence, figures[-1])
                return self.dates[latest], latest
            if sentence.drafts and sentence.periods:
                continue
            plain = [p for p in sentence.periods if self._role(sentence, p) == ""]
            if plain and not sentence.drafts:
                return (plain[0].begin_date, plain[0].end_date), None
        return None

    def _before_step_back(self, sentence: Sentence, index: int) -> int:
        """A look back ("In 2019 it made 7,012") does not move the time: the figure before it keeps that."""
        if not looks_back(self.scene, sentence.drafts[0]):
            return index
        number = self.scene.drafts[index].sentence
        for earlier in self.scene.paragraph_before(number)[:1]:
            for other in reversed(earlier.drafts):
                if self._is_focal(other) and (self.dates[other][1] or "") > (self.dates[index][1] or ""):
                    return other
        return index

    def _focus_of_paragraph_before(self, number: int, missing: list[int]) -> tuple[Dates, int | None] | None:
        """Official figures of the same kind in the paragraph before, if this one has no period yet."""
        here = self.scene.sentences[number]
        last = number - len(self.scene.paragraph_before(number)) - 1
        if last < 0 or any(self.sources[i] != "official-statistics" for i in missing):
            return None
        before = self.scene.sentences[last]
        if not before.text.endswith((".", "!", "?")) or self._paragraph_has_periods(number):
            return None
        for sentence in [before, *self.scene.paragraph_before(last)]:
            for index in sentence.drafts:
                if (
                    self._is_focal(index)
                    and None not in self.dates[index]
                    and self._same_data(sentence, here, index)
                ):
                    return self.dates[index], index
        return None

    def _paragraph_has_periods(self, number: int) -> bool:
        return any(s.periods for s in self.scene.paragraph_before(number))

    def _same_data(self, there: Sentence, here: Sentence, index: int) -> bool:
        if self.sources[index] != "official-statistics":
            return False
        kinds = [k for k in load_patterns("figure-official") if k.value not in ("mask", "noun")]
        return any(k.regex.search(there.text) and k.regex.search(here.text) for k in kinds)

    def _is_focal(self, index: int) -> bool:
        return not self.links.is_base(index) and not self.links.is_referred(index)

    def _may_carry(self, sentence: Sentence, index: int, focal: int | None) -> bool:
        words = sentence.text
        if any(pattern(_FILE, form).search(words) for form in ("period.yearly", "carry.now")):
            return False
        if any(self._role(sentence, p) in ("by", "since") for p in sentence.periods):
            return False
        if self.scene.drafts[index].unit == "rank" and focal is not None:
            return True
        anaphora = self._refers_back(index, words)
        around = self.scene.before(index) + self.scene.after(index)
        if pattern(_FILE, "carry.earlier-inspection").search(around) and "compare" in words:
            return False
        if focal is None:
            return anaphora or self._data_sentence(self.scene.drafts[index].sentence)
        ours, theirs = self.sources[index], self.sources[focal]
        if None not in (ours, theirs) and ours != theirs and self.populations[index] != "england-and-wales":
            return False
        if self.populations[index] == "england-and-wales":
            other = self.links.referred.get(index)
            return anaphora or other is None or other > index or self.dates[other] != _NONE
        if anaphora:
            return True
        if (self.populations[index] == "survey-respondents") != (
            self.populations[focal] == "survey-respondents"
        ):
            return False
        if None not in self.dates[focal] and len(set(self.dates[focal])) == 1:
            return False
        if self.scene.drafts[index].unit == "GBP" != self.scene.drafts[focal].unit:
            return False
        if pattern(_FILE, "carry.block").search(words) or (ours == "inspectorate" and not anaphora):
            return False
        return self._is_past(words)

    def _refers_back(self, index: int, words: str) -> bool:
        """Whether a sentence speaks of what the one before counts, or a figure of a change in it."""
        back = pattern(_FILE, "carry.anaphora").search(words) is not None or index in self.links.base
        return back or refers_back(self.scene, index)

    def _data_sentence(self, number: int) -> bool:
        """Whether the sentence before is about data ("Our data from …") so that its period goes on."""
        earlier = self.scene.paragraph_before(number)[:1]
        return bool(earlier) and pattern(_FILE, "carry.data-words").search(earlier[0].text) is not None

    @staticmethod
    def _is_past(words: str) -> bool:
        present = pattern(_FILE, "carry.present").search(words)
        past = pattern(_FILE, "carry.past").search(words)
        return past is not None and (present is None or past.start() < present.start())
