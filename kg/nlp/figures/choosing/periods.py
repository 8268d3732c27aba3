"""When a figure may be: every period near it, in each way that it can date a figure, and no time at all."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from kg.model.records import Period, Span
from kg.model.text.months import MONTHS
from kg.nlp.figures.choosing.candidates import (
    NOWHERE,
    Candidate,
    Cue,
    by_words,
    candidates_of,
    crossed,
    parted_by,
    place_before,
    place_in_sentence,
    seen_of,
    words_around,
)
from kg.nlp.figures.choosing.chooser import (
    Neighbours,
    above_paragraph,
    last_noun,
    neighbours,
    noun_again,
    number_again,
)
from kg.nlp.figures.choosing.continuity import goes_on
from kg.nlp.figures.context import (
    Context,
    Sentence,
    is_distance,
    is_previous,
    lies_between_days,
    refers_to_same_time,
)
from kg.nlp.figures.dates.apart import Apart, label_of
from kg.nlp.figures.dates.document_samples import DocumentSamples
from kg.nlp.figures.dates.occasions import Occasion, Occasions, Reference, singular
from kg.nlp.figures.dates.period_roles import is_aside, is_level, leads_clause, opens_clause, role_of
from kg.nlp.figures.dates.sentence_periods import NONE, Dates, SentencePeriods
from kg.nlp.figures.links.changes import is_compared
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.links.topic_chains import TopicChains
from kg.nlp.figures.sources.data_note import read_data_note
from kg.nlp.figures.sources.section_note import note_of
from kg.nlp.periods import THOSE, range_ends
from kg.nlp.periods.dates import add_months, month_bounds, shift_years
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-periods"
_BACK = 4
_TITLE = 160
_EDGE = 24
_HELD = "held.other.compared.joined"
_PARAGRAPHS = 4
_AROUND = {
    "of-it": "after",
    "of-each": "after",
    "negated": "before",
    "definite": "before",
    "average": "before",
}
_SETTLED = ("header-cell", "label")
"""The first feature of a time that the layout of the text gives, whatever else is near."""
_SAME = 15
_ABOVE = 2
_SAME_ABOVE = 6
_NEXT = 3
"""So many sentences behind an estimate the audit may be named that it is based on."""


@dataclass(frozen=True)
class PeriodProposals:
    """Proposes periods; ``ruled`` are those of the rules, ``carried`` has where they carry one."""

    context: Context
    links: Links
    chains: TopicChains
    populations: Sequence[str]
    sources: Sequence[str | None]
    ruled: Sequence[Dates]
    carried: frozenset[int]
    samples: DocumentSamples

    @cached_property
    def _sentences(self) -> SentencePeriods:
        return SentencePeriods(self.context, self.links)

    @cached_property
    def _apart(self) -> Apart:
        return Apart(self.context, self.links, self.populations)

    @property
    def _occasions(self) -> Occasions:
        return self.samples.occasions

    @cached_property
    def _records(self) -> list[Occasion]:
        """The occasions on which inspectors read records, in the order of the text."""
        return [occasion for occasion in self._occasions.all if self._is_of_records(occasion)]

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.context.sentences]

    @cached_property
    def _ruled(self) -> tuple[Dates, ...]:
        """What the rules say, without times that belong to another statement of the sentence."""
        return tuple(
            NONE if self._is_apart(index, value) else value for index, value in enumerate(self.ruled)
        )

    def of(self, index: int) -> list[Candidate[Dates]]:
        """The candidates of a figure, that it has no time among them."""
        sentence = self.context.sentence(index)
        header = self.context.headers[index]
        if header is not None:  # the column of a table has one time
            begin, end = (day.isoformat() for day in header.bounds)
            return [Candidate((begin, end), "stated", header.start, header.end, ("header-cell", "rules"))]
        label = (
            label_of(self.context, index) or self._noted(index, sentence) or self._captioned(index, sentence)
        )
        if label is not None:
            dates = (label.begin_date, label.end_date)
            return [Candidate(dates, "stated", label.start, label.end, ("label", "rules"))]
        seen = self._seen(index, sentence)
        nothing = ["none", f"none.own{min(len(sentence.periods), 2)}"]
        before = self.context.paragraph_before(self.context.quantities[index].sentence)[:_BACK]
        if any(other.periods for other in before):
            nothing.append("none.with-before")
        references = self._occasions.references[self.context.quantities[index].sentence]
        for reference in references:
            meant = "meant" if self._occasions.meant_by(reference) else "undated"
            nothing += [f"none.{meant}.{reference.form}.{reference.kind}", f"none.{meant}"]
        candidates = candidates_of(
            [*self._cues(index, sentence), (NONE, "", NOWHERE, nothing)],
            seen,
            self._ruled[index],
            lambda value: self._rules(index, value),
            sentence,
            by_value=False,
        )
        told = words_around(self.context, sentence, index)
        return [*candidates, by_words(NONE, "", NOWHERE, (), told)]

    def _noted(self, index: int, sentence: Sentence) -> Period | None:
        """The time that a note above its list or table gives a figure in a line without a time."""
        note = note_of(self.context.text, self.context.quantities[index].start)
        if note is None or sentence.periods:
            return None
        first = bisect_right(self._starts, note.span[0]) - 1
        noted = [p for s in self.context.sentences[first:] if s.start < note.span[1] for p in s.periods]
        return noted[0] if len(noted) == 1 else None

    def _captioned(self, index: int, sentence: Sentence) -> Period | None:
        """The one time of the caption of its table, for a figure in a row without a time."""
        cell = self.context.cells[index]
        if cell is None or sentence.periods:
            return None
        caption = self.context.sentences[bisect_right(self._starts, cell.table - 1) - 1]
        return caption.periods[0] if len(caption.periods) == 1 and caption.end <= cell.table else None

    # --- what figures hand on to others

    def near(self, index: int) -> Neighbours:
        """The figures before this one that may have its period, each with names for how they stand to it."""
        context, quantity = self.context, self.context.quantities[index]
        seen = [f"unit.{quantity.unit}", self._tense(index), f"by.{self.sources[index]}"]
        seen += self._said_of(index, context.sentence(index))
        if context.sentence(index).periods:
            seen.append("dated")
        seen += self._dated_around(index)
        found = [
            (other, [*how, *crossed(how[:1], seen), *self._on(index, other)])
            for other, how in neighbours(context, self.links, index)
        ]
        for other, how in list(found):
            focal = self._last_focal(other)
            if focal is not None and focal != other and how[0] in ("left", "up1", "up2"):
                names = [f"focal.{how[0]}"]
                found.append((focal, [*names, *crossed(names, seen)]))
        for name, other in self._others(index):
            same = context.quantities[other].unit == quantity.unit
            names = [name, f"{name}.same-unit" if same else f"{name}.other-unit"]
            found.append((other, [*names, *crossed(names[:1], seen)]))
        return found

    def _on(self, index: int, other: int) -> list[str]:
        """How the sentence of a figure goes on from that of an earlier figure, if it is another one."""
        first, last = self.context.quantities[other].sentence, self.context.quantities[index].sentence
        here, there = self.context.sentences[last], self.context.sentences[first]
        return [] if first == last else goes_on(self.context, here, there, last - first)

    def _dated_around(self, index: int) -> Iterator[str]:
        """Whether a time stands between this figure and the one before, or behind it before the next."""
        context, quantity = self.context, self.context.quantities[index]
        first, last = quantity.start - len(context.before(index)), quantity.end + len(context.after(index))
        for period in context.sentence(index).periods:
            if quantity.end <= period.start < last:
                yield f"dated.behind.{parted_by(context.text[quantity.end : period.start])}"
            elif first <= period.start < quantity.start:
                yield "dated.between"

    def _last_focal(self, index: int) -> int | None:
        """The last figure of a sentence up to this one that is neither a base nor a comparator."""
        sentence = self.context.sentence(index)
        before = [i for i in sentence.quantities if i <= index and self._sentences.is_focal(i)]
        return before[-1] if before else None

    def _others(self, index: int) -> Iterator[tuple[str, int]]:
        """Figures farther off: of the same sample, place in a list, number, noun or part of a change."""
        context = self.context
        sample = self.chains.of.get(index)
        if sample is not None and sample.quantity < index:
            yield "sample", sample.quantity
        if context.previous(index) is None:
            yield from above_paragraph(context, index)
        again = [("whole-again", number_again(context, index, whole=True))]
        again.append(("number-again", number_again(context, index, whole=False)))
        found = [(other, name) for name, other in again if other is not None]
        yield from ((name, other) for other, name in sorted(found, reverse=True)[:1])
        of_noun = noun_again(context, index, _SAME)
        if of_noun is not None:
            yield "noun-again", of_noun
        for base, later in self.links.pairs:
            if index in (base, later):
                place = 0 if index == base else 1
                earlier_pair = [pair for pair in self.links.pairs if max(pair) < min(base, later)][-1:]
                if earlier_pair:
                    yield f"parallel{place}", earlier_pair[0][place]
                break

    def handed(
        self,
        index: int,
        candidates: Sequence[Candidate[Dates]],
        before: Neighbours,
        known: Mapping[int, Candidate[Dates]],
    ) -> Iterator[Candidate[Dates]]:
        """The periods of the figures near it, and of a change what lies between its own and theirs."""
        if candidates[0].features[0] in _SETTLED:
            return
        of_words = {candidate.value for candidate in candidates}
        outdone = {(p.begin_date, p.end_date) for p in self._outdone(index, self.context.sentence(index))}
        for other, how in before:
            given = known.get(other)
            if given is None or given.value == NONE or given.value in outdone:
                continue
            if self._is_apart(index, given.value):
                continue
            if given.value not in of_words:
                yield Candidate(
                    given.value, "carried", given.start, given.end, ("handed", f"handed.{how[0]}")
                )
            end = given.value[1]
            for period in self.context.sentence(index).periods if index in self.links.direction else ():
                begin = period.begin_date
                if begin and end and begin < end:
                    span = (min(period.start, given.start), max(period.end, given.end))
                    role = role_of(self.context, self.context.sentence(index), period) or "plain"
                    names = ("handed.until", f"handed.until.{how[0]}", f"handed.until.{role}")
                    yield Candidate((begin, end), "derived", *span, names)

    # --- what is seen of a figure

    def _tense(self, index: int) -> str:
        return next(
            name
            for name in seen_of(self.context, self.context.sentence(index), index)
            if name.startswith("tense.")
        )

    def _seen(self, index: int, sentence: Sentence) -> list[str]:
        context, links = self.context, self.links
        seen = seen_of(context, sentence, index)
        seen.append(f"of.{self.populations[index]}")
        seen.append(f"by.{self.sources[index]}")
        if links.is_base(index):
            seen.append("starts" if index in links.starts else "base")
        if links.is_comparator(index):
            seen.append("comparator")
        if index in links.direction:
            seen.append("changed" if index in links.base else "change")
        if self._sentences.is_timeless(index):
            seen.append("timeless")
        if index in self.chains.opening:
            seen.append("sample-size")
        elif index in self.chains.of:
            seen.append("of-sample")
        before = context.before(index)
        for word in ("from", "to", "by", "than", "with"):
            if before.rstrip().lower().endswith(f" {word}"):
                seen.append(f"behind.{word}")
        seen += _cues_in(sentence.text)
        seen += self._said_of(index, sentence)
        return seen

    def _said_of(self, index: int, sentence: Sentence) -> Iterator[str]:
        """What the words directly around a figure say of it: a part of what was said before, of the like."""
        context, quantity = self.context, self.context.quantities[index]
        before, after = context.before(index)[-40:], context.text[quantity.end : sentence.end][:60]
        for rule, words in _AROUND.items():
            if pattern("figure-places", f"place.{rule}").search(before if words == "before" else after):
                yield rule
        if quantity.denominator is not None and not context.noun(index):
            yield "bare-part"
        if quantity.unit == "GBP" and pattern("figure-places", "place.yearly-sum").search(
            context.before(index)[-60:] + context.after(index)[:20]
        ):
            yield "yearly-sum"

    def _rules(self, index: int, value: Dates) -> Iterator[str]:
        """What the rules say of dates for this figure and its neighbours; each begins with ``rules``."""
        context = self.context
        if self._ruled[index] == value:
            stage = "none" if value == NONE else "carried" if index in self.carried else "own"
            yield "rules"
            yield f"rules.{stage}"
            yield f"rules.{stage}.{context.quantities[index].unit}"
            yield f"rules.{stage}.by.{self.sources[index]}"
        if value == NONE:
            return
        previous, following = context.previous(index), context.next(index)
        if previous is not None and self._ruled[previous] == value:
            same = context.quantities[previous].unit == context.quantities[index].unit
            yield "rules.previous.same-unit" if same else "rules.previous"
        if following is not None and self._ruled[following] == value:
            yield "rules.next"
        last = context.last_of_before(context.quantities[index].sentence)
        if previous is None and last is not None and self._ruled[last[0]] == value:
            yield "rules.before"
        base = self.links.base.get(index)
        if base is not None and self._ruled[base] == value:
            yield "rules.of-base"
        focal = self.links.focal.get(index)
        if focal is not None and self._ruled[focal] == value:
            yield "rules.of-focal"
        sample = self.chains.of.get(index)
        if sample is not None and sample.quantity != index and self._ruled[sample.quantity] == value:
            yield "rules.of-sample"

    # --- what proposes a period

    def _cues(self, index: int, sentence: Sentence) -> Iterator[Cue[Dates]]:
        """Dates, how, words and features of each proposal; the first feature says where and in which way."""
        apart = self._times_apart(index, sentence)
        yield from (cue for cue in self._own(index, sentence) if cue[2] not in apart)
        yield from self._since_aside(index, sentence, apart)
        if self._is_of_earlier_inspection(index, sentence):
            return
        yield from self._before(index, sentence)
        yield from self._above(index, sentence)
        yield from self._of_table(index)
        yield from self._of_occasions(index, sentence)
        yield from self._of_samples(index, sentence)
        yield from self._of_data_note(index, sentence)
        yield from self._of_last_records(index, sentence)
        yield from self._of_last_visit(index, sentence)
        yield from self._across(index, sentence)

    def _since_aside(self, index: int, sentence: Sentence, apart: set[Span]) -> Iterator[Cue[Dates]]:
        """When a thing began, of which an aside tells: "The team, set up in April 2022, has reviewed 164"."""
        for period in sentence.periods:
            done = (period.start, period.end) in apart and period.end <= self.context.quantities[index].start
            begun = pattern("figure-places", "place.begun").search(
                self.context.text, sentence.start, period.start
            )
            if done and begun and period.begin_date and self._is_done_since(index, sentence, period):
                yield (period.begin_date, None), "derived", (period.start, period.end), ["since-aside"]

    def _of_last_visit(self, index: int, sentence: Sentence) -> Iterator[Cue[Dates]]:
        """The days of the inspectors’ last visit before a figure that names no other time.

        A letter on a revisit says once when it was, and goes on about what was found then.
        """
        quantity = self.context.quantities[index]
        if sentence.periods:
            return
        told = [o for o in self._visits if o.words.sentence < quantity.sentence]
        for occasion in told[-1:]:
            counted = "whole" if quantity.denominator is not None else "counted" if quantity.noun else "bare"
            period, by = occasion.period, self.sources[index]
            names = ["visit", f"visit.{counted}.{by}", f"visit.{counted}", f"visit.{by}"]
            names.append(f"visit.{self._far(index, occasion)}")
            yield (period.begin_date, period.end_date), "carried", (period.start, period.end), names

    @cached_property
    def _visits(self) -> list[Occasion]:
        """The visits and inspections of the inspectors, in the order of the text."""
        return [o for o in self._occasions.all if o.kind == "visit" and o.words.by == "ours"]

    def _across(self, index: int, sentence: Sentence) -> Iterator[Cue[Dates]]:
        """From a day of this sentence to that of the level before: "38 more than on 31 March 2023"."""
        if not pattern("figure-places", "place.differs").match(
            self.context.text, self._number(index), sentence.end
        ):
            return
        days = [p for p in sentence.periods if p.begin_date and p.begin_date == p.end_date]
        for other in self.context.paragraph_before(self.context.quantities[index].sentence)[:2]:
            levels = [p for p in other.periods if p.begin_date and p.begin_date == p.end_date]
            for first in days:
                for last in levels[-1:]:
                    if first.begin_date and last.end_date and first.begin_date < last.end_date:
                        value = (first.begin_date, last.end_date)
                        yield value, "derived", (last.start, first.end), ["across", "across.days"]

    def _number(self, index: int) -> int:
        return self.context.quantities[index].number_end

    def _is_of_earlier_inspection(self, index: int, sentence: Sentence) -> bool:
        """Whether a sentence without a time of its own is about an earlier inspection: none is carried."""
        words = self.context.text[sentence.start : self.context.quantities[index].start]
        return not sentence.periods and pattern(_FILE, "carry.at-earlier").match(words) is not None

    def _is_apart(self, index: int, value: Dates) -> bool:
        """Whether a time is that of another statement in the sentence, or one of another inspection."""
        sentence = self.context.sentence(index)
        if self._is_of_earlier_inspection(index, sentence):
            return value != NONE
        spans = self._times_apart(index, sentence)
        dating = {(p.start, p.end) not in spans for p in sentence.periods if value in _open_or_not(p)}
        return dating == {False}

    def _times_apart(self, index: int, sentence: Sentence) -> set[Span]:
        """The times of a sentence that belong to another statement, or to another number that is compared."""
        apart = set(self._apart.times(index, sentence))
        for period in sentence.periods:
            told_by_another = is_previous(period) or is_distance(period)
            if told_by_another and _HELD in self._held(index, sentence, period):
                apart.add((period.start, period.end))
        return apart

    def _of_last_records(self, index: int, sentence: Sentence) -> Iterator[Cue[Dates]]:
        """The period of the records that inspectors read last before a figure which names no other time.

        A report on how crime is recorded dates its audit once and goes on about it without a word of it.
        """
        quantity, records = self.context.quantities[index], self._records
        if sentence.periods:
            return
        told = [o for o in records if o.words.sentence < quantity.sentence]
        if told:
            yield self._of_records(index, sentence, told[-1], told, "told")
        if quantity.interval is None:
            return
        # "We estimate that it records 95.2 percent of crime … We base this on an audit of …"
        behind = [o for o in records if quantity.sentence < o.words.sentence]
        just = [o for o in behind if o.words.sentence <= quantity.sentence + _NEXT]
        if just or (behind and not told):
            yield self._of_records(index, sentence, behind[0], behind[:1], "ahead" if just else "far-ahead")

    def _of_records(
        self, index: int, sentence: Sentence, occasion: Occasion, told: Sequence[Occasion], where: str
    ) -> Cue[Dates]:
        """The period of records that inspectors read, for a figure; ``told`` are all that it may mean."""
        several = "one" if len({(o.period.begin_date, o.period.end_date) for o in told}) == 1 else "several"
        words = {singular(word) for word in re.findall(r"[a-z]{4,}", sentence.text.lower())}
        alike = min(len(words & occasion.things), 3)
        noun = "same-thing" if singular(last_noun(self.context, index)) in occasion.things else "other-thing"
        names = [
            "scope",
            f"scope.{noun}",
            f"scope.{several}",
            f"scope.alike{alike}",
            f"scope.{noun}.{several}",
            f"scope.{self._far(index, occasion)}",
            f"scope.{where}",
        ]
        period = occasion.period
        return (period.begin_date, period.end_date), "carried", (period.start, period.end), names

    def _of_occasions(self, index: int, sentence: Sentence) -> Iterator[Cue[Dates]]:
        """The periods of the audits, inspections and surveys that its sentence or the lead-in speaks of."""
        context, quantity = self.context, self.context.quantities[index]
        definite = (
            context.text[max(0, quantity.start - 12) : quantity.start]
            .lower()
            .endswith(("the ", "these ", "those "))
        )
        counted = "whole" if quantity.denominator is not None else "definite" if definite else "counted"
        here = [("ref", r) for r in self._occasions.references[quantity.sentence]]
        if sentence.lead is not None:
            here += [("ref-lead", r) for r in self._occasions.references[sentence.lead]]
        for where, reference in here:
            place = ["carried"]
            if where == "ref":
                place = place_in_sentence(context, sentence, index, (reference.start, reference.end))
            own = "own" if sentence.periods else "undated"
            for rank, occasion in enumerate(self._occasions.meant_by(reference)[:3]):
                period = occasion.period
                if sentence.start <= period.start < sentence.end:
                    continue
                same = "same-stem" if reference.stem in occasion.stems else "other-stem"
                if occasion.kind != reference.kind:
                    same = "other-kind"
                thing = self._thing(index, reference)
                read = "same-thing" if thing in occasion.things else "other-thing" if thing else "no-thing"
                size = self._is_size(index, occasion)
                way = "ahead" if period.start > quantity.start else "told"
                since = pattern("figure-occasions", "occasion.not-then").search(
                    context.text, context.sentences[reference.sentence].start, reference.start
                )
                names = [
                    f"{where}.{reference.form}.{reference.kind}",
                    f"{where}.{min(rank, 1)}.{same}",
                    f"{where}.{own}",
                    f"{where}.{counted}",
                    f"{where}.{reference.form}.{counted}",
                    f"{where}.by.{reference.by}",
                    f"{where}.{reference.kind}.{occasion.kind}",
                    f"{where}.{way}",
                    f"{where}.since" if since else f"{where}.then",
                    f"{where}.{self._far(index, occasion)}",
                    f"{where}.{reference.form}.{occasion.kind}.{self._far(index, occasion)}",
                    f"{where}.{same}.{read}.{self._far(index, occasion)}",
                    f"{where}.{same}.{read}.{counted}",
                    f"{where}.{read}.{counted}",
                    f"{where}.{size}.{counted}",
                    f"{where}.{reference.by}.{same}.{occasion.kind}",
                    f"{where}.{reference.form}.{occasion.kind}.{same}",
                    *(f"{where}.{name}" for name in place),
                ]
                names += crossed(
                    names[:2], [f"{where}.{own}", f"{where}.{counted}", *(f"{where}.{n}" for n in place[:3])]
                )
                yield (period.begin_date, period.end_date), "carried", (period.start, period.end), names

    def _of_samples(self, index: int, sentence: Sentence) -> Iterator[Cue[Dates]]:
        """The times of the samples that it may be part of, wherever the report tells of them."""
        quantity = self.context.quantities[index]
        found = [
            (sample, way, period, where)
            for sample, way in self.samples.of(index)
            for period, where in sample.times
            if not sentence.start <= period.start < sentence.end
        ]
        several = "one" if len({(p.begin_date, p.end_date) for _, _, p, _ in found}) == 1 else "several"
        own = "own" if sentence.periods else "undated"
        counted = "whole" if quantity.denominator is not None else "counted" if quantity.noun else "bare"
        kind = self.context.extraction.report.kind
        for sample, way, period, where in found:
            same = self.context.sentences[sample.sentence]
            far = "here" if same is sentence else "near" if same.paragraph == sentence.paragraph else "far"
            names = [f"sample.{way}.{where}", f"sample.{where}", "sample", f"sample.{way}"]
            names += [f"sample.{way}.{name}" for name in (far, several, own, counted, f"by.{sample.by}")]
            names += [f"sample.{where}.{name}" for name in (far, several, own, counted, f"by.{sample.by}")]
            names += [f"sample.{where}.kind.{kind}", f"sample.{way}.{where}.{own}"]
            names += [f"sample.{way}.{where}.kind.{kind}", f"sample.{way}.{where}.by.{sample.by}"]
            act = "same-act" if self.samples.is_same_act(index, sample) else "other-act"
            names += [f"sample.{way}.alike{self.samples.alike(index, sample)}", f"sample.{way}.{act}"]
            yield (period.begin_date, period.end_date), "carried", (period.start, period.end), names

    def _of_data_note(self, index: int, sentence: Sentence) -> Iterator[Cue[Dates]]:
        """The time that the note on the data gives to what it counts: "Offences: year ending 31 March"."""
        quantity = self.context.quantities[index]
        own = "own" if sentence.periods else "undated"
        for noted in read_data_note(self.context.text).data:
            told = self.context.sentences[max(bisect_right(self._starts, noted.span[0]) - 1, 0)].periods
            periods = [p for p in told if noted.span[0] <= p.start < noted.span[1]]
            if not periods or noted.nouns is None or noted.span[0] <= quantity.start < noted.span[1]:
                continue
            places = [("counted", quantity.noun or NOWHERE), ("sentence", (sentence.start, sentence.end))]
            places += [
                ("before", (s.start, s.end)) for s in self.context.paragraph_before(quantity.sentence)[:1]
            ]
            place = next((n for n, span in places if noted.nouns.search(self.context.text, *span)), None)
            if place is not None:
                same = "same" if self.sources[index] == noted.source else "other"
                names = [f"noted-time.{place}", "noted-time", f"noted-time.{own}", f"noted-time.{same}.{own}"]
                value = (periods[0].begin_date, periods[0].end_date)
                yield value, "carried", (periods[0].start, periods[0].end), names

    def _far(self, index: int, occasion: Occasion) -> str:
        """Whether an occasion was dated in the sentences right before a figure, or elsewhere."""
        steps = self.context.quantities[index].sentence - occasion.words.sentence
        return "just" if 0 <= steps <= _BACK else "far"

    def _is_of_records(self, occasion: Occasion) -> bool:
        """Whether inspectors read records on an occasion and say how many, or estimate from them."""
        by = occasion.words.by
        if occasion.kind != "records" or by not in ("ours", "one"):
            return False
        if occasion.words.stem in ("audit", "bas") and by == "ours":
            return True
        sentence = self.context.sentences[occasion.words.sentence]
        read = [self.context.quantities[i] for i in sentence.quantities]
        if any(i in self.chains.opening for i in sentence.quantities):
            return True
        if by == "ours" and occasion.words.form == "act" and not read:
            # "We examined crime reports from 1 May to 31 October 2018", not "over ten days in March 2019"
            begins = self.context.text[max(0, occasion.period.start - 8) : occasion.period.end]
            return pattern(_FILE, "period.of-records").match(begins) is not None
        ours = by == "ours" or pattern("figure-discourse", "topic.inspectors").search(sentence.text)
        return bool(ours) and any(q.interval is not None or q.unit == "count" for q in read)

    def _thing(self, index: int, reference: Reference) -> str:
        """What the words around a reference say was read, in the singular: "the cases that we examined"."""
        if reference.form == "act":
            before = self.context.text[self.context.sentences[reference.sentence].start : reference.start]
            words = pattern("figure-places", "place.thing-read").search(before)
            if words is not None:
                return singular(words["noun"].lower())
        return singular(last_noun(self.context, index))

    def _is_size(self, index: int, occasion: Occasion) -> str:
        """Whether a figure counts the whole of what was read on an occasion, or parts of it."""
        quantity = self.context.quantities[index]
        sizes = {
            self.context.quantities[i].value
            for i in self.context.sentences[occasion.words.sentence].quantities
            if self.context.quantities[i].unit == "count"
        }
        if quantity.value in sizes:
            return "size"
        return "of-size" if quantity.denominator in sizes else "no-size"

    def _own(self, index: int, sentence: Sentence) -> Iterator[Cue[Dates]]:
        context, periods = self.context, sentence.periods
        quantity = context.quantities[index]
        attached = self._sentences.attached(sentence, index)
        outdone = self._outdone(index, sentence)
        for period in periods:
            if period in outdone or self._sentences.is_of_later_clause(sentence, index, period):
                continue
            span = (period.start, period.end)
            place = [f"own.{name}" for name in place_in_sentence(context, sentence, index, span)]
            role = role_of(context, sentence, period) or "plain"
            place.append(f"role.{role}")
            place += crossed([f"role.{role}"], place[:4])
            place.append(f"own.of{min(len(periods), 3)}")
            if attached == period:
                place.append("attached")
            following = context.next(index)
            if following is not None and quantity.end <= period.start < context.quantities[following].start:
                near = parted_by(context.text[quantity.end : period.start])
                far = parted_by(context.text[period.end : context.quantities[following].start])
                place += [f"between.{near}.{far}", f"between.{role}.{near}.{far}"]
            if any(
                self._sentences.attached(sentence, i) == period
                for i in sentence.quantities
                if i != index and context.quantities[i].end <= period.start
            ):
                place.append("tied-elsewhere")
            if is_aside(context, sentence, period, quantity.start):
                place.append("aside")
            if leads_clause(context, sentence, index, period):
                place += ["leads-clause", f"leads-clause.{role}"]
            if opens_clause(context, sentence, index, period):
                place.append("opens-clause")
            if is_previous(period):
                place.append("previous")
            if is_distance(period):
                place += ["distance", f"distance.{place_in_sentence(context, sentence, index, span)[3]}"]
            if refers_to_same_time(period):
                place.append("same-time")
                yield from self._same_as(index, sentence, period)
            nearer = [
                p
                for p in periods
                if p is not period
                and (period.end <= p.start < quantity.start or quantity.end <= p.start < period.start)
            ]
            place.append("shadowed" if nearer else "nearest")
            if period.begin_date == period.end_date:
                place.append("day")
            place += self._begun(index, sentence, period)
            place += self._held(index, sentence, period)
            for way, value, how in self._ways(index, sentence, period):
                names = [f"{way}.own", f"{way}.role.{role}", f"{way}.{role}.{_length(period)}", *place]
                yield value, how, span, [*names, *crossed([way], place)]
        yield from self._joined(index, "joined", sentence.periods)
        for words, value in self._unsaid(index, sentence):
            yield value, "derived", words, ["unsaid", *place_in_sentence(context, sentence, index, words)]

    def _held(self, index: int, sentence: Sentence, period: Period) -> Iterator[str]:
        """Whether a time stands behind this figure or a later one, and whether that is what is compared.

        "26 percent, against 22 percent nationally and 19 percent a year earlier": only the 19 are of then.
        """
        context, quantities = self.context, self.context.quantities
        before = [i for i in sentence.quantities if quantities[i].end <= period.start]
        if not before or index > before[-1]:
            return
        last = before[-1]
        compared = not self._sentences.is_focal(last) or is_compared(context.before(last))
        named = "previous" if is_previous(period) else "distance" if is_distance(period) else "named"
        who = f"held.{'own' if last == index else 'other'}.{'compared' if compared else 'plain'}"
        near = parted_by(context.text[quantities[last].end : period.start])
        yield from (who, f"{who}.{named}", f"{who}.{named}.{near}", f"{who}.{near}")

    def _outdone(self, index: int, sentence: Sentence) -> list[Period]:
        """The periods before the figure that this one is set against, if one between the two is its own.

        "In the quarter ending 31 March 2023, it made 78 disclosures, whereas for the same period in 2022 it
        had received 25 applications and made 13" (West Midlands 2023–25): the 13 are not of 2023. The same
        holds where it stands behind them: "9.1 and 4.0 percent, compared with 11.2 and 5.1 in 2021/22".
        """
        base = self.links.base.get(index) if index in self.links.sizes else None
        later = None if base is None else self._later_of.get(base)
        if base is not None and later is not None and self.context.sentence(later) is not sentence:
            # "In 2019/20 it made 7,012, so this is a fall of 44.8 percent": that is no figure of 2019/20
            return [p for p in sentence.periods if p.end <= self.context.quantities[base].start]
        focal = self.links.focal.get(index, self._later_of.get(index))
        if focal is None or focal > index or self.context.sentence(focal) is not sentence:
            return []
        first, quantity = self.context.quantities[focal], self.context.quantities[index]
        is_between = any(
            first.end <= p.start
            and p.end <= quantity.start
            and not is_compared(self.context.text[p.end : quantity.start])
            for p in sentence.periods
        )
        if not is_between and self._sentences.behind_row(sentence, index) is None:
            return []
        return [p for p in sentence.periods if p.end <= first.start]

    @cached_property
    def _later_of(self) -> dict[int, int]:
        return self.links.later_of()

    def _ways(self, index: int, sentence: Sentence, period: Period) -> Iterator[tuple[str, Dates, str]]:
        """In which ways a period can date a figure."""
        begin, end = period.begin_date, period.end_date
        yield "plain", (begin, end), "stated"
        role = role_of(self.context, sentence, period)
        if role in ("by", "until", "event"):
            at_once = is_level(self.context, sentence, period) or _is_financial_year(period)
            if role != "by" or not at_once:  # "by 31 March there were 148", "by 2022/23 it has to save £7.5m"
                yield "until", (None, end), "stated"
        if role == "since":
            yield "since", (begin, None), "stated"
        elif begin and self._is_done_since(index, sentence, period):
            yield "perfect", (begin, None), "derived"
        edge = pattern("figure-places", "place.edge").search(
            self.context.text, max(sentence.start, period.start - _EDGE), period.start
        )
        if edge is not None and begin and end and begin != end:
            day = end if edge["last"] else begin
            yield "edge", (day, day), "derived"
        ends = range_ends(self.context.text[period.start : period.end])
        if ends is not None and self._may_be_end(index):
            for way, (first, last) in zip(("first", "last"), ends, strict=True):
                yield way, (first.isoformat(), last.isoformat()), "stated"
        elif period.pattern == THOSE and begin and end and self._may_be_end(index):
            first_year, last_year = _ends_of_years(begin, end)
            if first_year != last_year:
                yield "first", first_year, "derived"
                yield "last", last_year, "derived"
        elif lies_between_days(period) and begin and end:
            day = (date.fromisoformat(begin) - timedelta(days=1)).isoformat()
            yield "first", (day, day), "derived"
            yield "last", (end, end), "derived"
        earlier = self.links.is_base(index) or self.links.is_comparator(index)
        if begin and end and earlier and _length(period) in ("month", "year", "other") and ends is None:
            first, last = shift_years((date.fromisoformat(begin), date.fromisoformat(end)), -1)
            yield "year-before", (first.isoformat(), last.isoformat()), "derived"

    def _same_as(self, index: int, sentence: Sentence, period: Period) -> Iterator[Cue[Dates]]:
        """The times before "in the same year" that are as long as it: it need not be the one named last."""
        context, number = self.context, self.context.quantities[index].sentence
        before = context.paragraph_before(number)[:_BACK]
        first = number - len(context.paragraph_before(number))
        above = [s for s in context.sentences[max(0, first - _SAME_ABOVE) : first] if s.periods]
        places = [(other, f"back{min(far, 2)}") for far, other in enumerate(before, 1)]
        places += [(other, "above") for other in reversed(above)]
        for other, where in places:
            for place, told in enumerate(other.periods):
                if refers_to_same_time(told) or _length(told) != _length(period):
                    continue
                opens = "opens" if told.start - other.start <= _EDGE else "within"
                role = role_of(context, other, told) or "plain"
                known = "resolved" if told.begin_date == period.begin_date else "other"
                names = [f"same-as.{where}.{opens}", f"same-as.{known}.{opens}", f"same-as.{role}"]
                names += [f"same-as.{known}", f"same-as.place{min(place, 2)}", "same-as"]
                yield (told.begin_date, told.end_date), "carried", (told.start, told.end), names

    def _begun(self, index: int, sentence: Sentence, period: Period) -> Iterator[str]:
        """That something began at a time of its sentence, and what is told of then and now.

        "In a campaign that began in May, firefighters have visited 61 schools": visited since then.
        """
        before = self.context.text[sentence.start : period.start]
        begun = pattern("figure-places", "place.begun").search(before) is not None
        since = pattern("figure-places", "place.since").search(before) is not None
        if begun or since:
            done = "done" if self._is_done_since(index, sentence, period) else "told"
            yield from (f"begun.{begun}.{since}", f"begun.{begun}.{since}.{done}")

    def _is_done_since(self, index: int, sentence: Sentence, period: Period) -> bool:
        """Whether words behind a time tell what has been done since: "set up in May, it has trained 65"."""
        here = self.context.sentence(index)
        first = period.end if here is sentence else here.start
        kind = "place.perfect" if here is sentence else "place.since-then"
        words = self.context.text[first : self.context.quantities[index].start]
        return pattern("figure-places", kind).search(words) is not None

    def _may_be_end(self, index: int) -> bool:
        """Whether a figure can be the level at one end of a time: part of a change, or behind from, to."""
        linked = index in self.links.direction or index in self.links.base or self.links.is_base(index)
        return linked or self.context.before(index).rstrip().lower().endswith((" from", " to"))

    def _joined(self, index: int, place: str, periods: Sequence[Period]) -> Iterator[Cue[Dates]]:
        """From one of these periods to another: what a change lasted, or what was done since and until."""
        if index not in self.links.direction:
            yield from self._since_until(index, place, periods)
            return
        for first in periods:
            for last in periods:
                if (
                    first.begin_date
                    and last.end_date
                    and first.begin_date < last.end_date
                    and first is not last
                ):
                    kind = "days" if first.begin_date == first.end_date else "spans"
                    span = (min(first.start, last.start), max(first.end, last.end))
                    yield (first.begin_date, last.end_date), "derived", span, [f"{place}.{kind}", place]

    def _since_until(self, index: int, place: str, periods: Sequence[Period]) -> Iterator[Cue[Dates]]:
        """ "By the end of March 2015 it had saved £34m since 2010/11": from the one to the other."""
        sentence = self.context.sentence(index)
        roles = {role_of(self.context, sentence, p): p for p in periods} if place == "joined" else {}
        since, until = roles.get("since"), roles.get("by")
        if since and until and since.begin_date and until.end_date and since.begin_date < until.end_date:
            span = (min(since.start, until.start), max(since.end, until.end))
            yield (since.begin_date, until.end_date), "derived", span, ["joined.since-until", "joined"]

    def _unsaid(self, index: int, sentence: Sentence) -> Iterator[tuple[Span, Dates]]:
        """Months without a year ("By August"), "last month", and years in a name ("our 2018 inspection")."""
        taken = [(p.start, p.end) for p in sentence.periods]
        issued = self.context.extraction.report.published
        for match in pattern("figure-places", "place.unsaid").finditer(sentence.text):
            name = next(name for name, words in match.groupdict().items() if words)
            span = (sentence.start + match.start(name), sentence.start + match.end(name))
            if any(start < span[1] and span[0] < end for start, end in taken):
                continue
            behind = self.context.quantities[index].end <= span[0]
            if behind and self._apart.is_set_against(index, sentence, span):
                continue
            if name == "year":
                yield span, (f"{match['year']}-01-01", f"{match['year']}-12-31")
            elif issued is not None:
                month = MONTHS.index(match[name]) + 1 if name == "month" else 0
                yield span, _month_before(issued, month)

    def _before(self, index: int, sentence: Sentence) -> Iterator[Cue[Dates]]:
        """Periods of the sentences before, and of the lead-in of a list."""
        context, number = self.context, self.context.quantities[index].sentence
        if sentence.lead is not None:
            lead = context.sentences[sentence.lead]
            for other in context.paragraph_before(sentence.lead)[:1] if not lead.periods else ():
                for period in other.periods:
                    yield from self._carried_ways(index, other, period, "lead-before", ["lead-before.of1"])
            for period in lead.periods:
                yield from self._carried_ways(
                    index, lead, period, "lead", [f"lead.of{min(len(lead.periods), 2)}"]
                )
        dated_since = False
        own = f"own{min(len(sentence.periods), 1)}"
        for far, other in enumerate(context.paragraph_before(number)[:_BACK], 1):
            place = place_before(sentence, other, far)
            place += ["dated-since" if dated_since else "latest", own]
            place += crossed(place[:2], [own, "dated-since" if dated_since else "latest"])
            place += goes_on(context, sentence, other, far)
            for rank, period in enumerate(reversed(other.periods)):
                more = [*place, f"from-end{min(rank, 2)}", f"of{min(len(other.periods), 3)}"]
                yield from self._carried_ways(index, other, period, f"back{min(far, 3)}", more)
            dated_since = dated_since or bool(other.periods)
        before = context.paragraph_before(number)[:2]
        yield from self._joined(index, "joined-before", [p for other in before for p in other.periods])
        first = number - len(context.paragraph_before(number))
        if first == number or number - first < _BACK:
            yield from self._paragraph_before(index, sentence, first)

    def _paragraph_before(self, index: int, sentence: Sentence, first: int) -> Iterator[Cue[Dates]]:
        """Periods of the last sentences of the paragraphs before, if prose, until one has a period."""
        context = self.context
        own = any(s.periods for s in context.sentences[first : context.quantities[index].sentence + 1])
        for far in range(1, _PARAGRAPHS + 1):
            earlier = context.sentences[first - 1] if first else None
            if earlier is None or (own and far > 1):
                return
            prose = [earlier, *context.paragraph_before(first - 1)]
            first -= len(prose)
            if len(prose) == 1 and not earlier.text.endswith((".", "!", "?", ";")):
                continue  # a heading
            dated = [other for other in prose if other.periods][: 3 if far == 1 else 9]
            for other in dated:
                for period in other.periods[-1:]:
                    more = ["paragraph.own" if own else "paragraph.undated", f"paragraph{far}"]
                    yield from self._carried_ways(index, other, period, f"paragraph{far}", more)
            if dated:
                return

    def _carried_ways(
        self, index: int, other: Sentence, period: Period, place: str, more: list[str]
    ) -> Iterator[Cue[Dates]]:
        role = role_of(self.context, other, period) or "plain"
        tied = "undated"
        for i in other.quantities:
            if (
                self.context.quantities[i].end <= period.start
                and self._sentences.attached(other, i) == period
            ):
                tied = "tied-base" if not self._sentences.is_focal(i) else "tied"
        more = [*more, f"{place}.role.{role}", f"{place}.{tied}"]
        if period.begin_date == period.end_date:
            more.append("day")
        for way, value, how in self._ways(index, other, period):
            how = "carried" if how == "stated" else how
            yield value, how, (period.start, period.end), [f"{way}.{place}", f"{way}.{place}.{role}", *more]

    def _above(self, index: int, sentence: Sentence) -> Iterator[Cue[Dates]]:
        """Periods of the line above the paragraph: a heading, or the caption of a figure or table."""
        context = self.context
        start = context.text.rfind("\n", 0, context.quantities[index].start)
        if start <= 0:
            return
        above = bisect_right(self._starts, start - 1) - 1
        while above > 0 and self._starts[above] >= start:
            above -= 1
        other = context.sentences[above]
        if other.text.endswith((".", "!", "?", ";", ":")) or len(other.text) > _TITLE:
            return
        for period in other.periods:
            own = "own" if sentence.periods else "undated"
            caption = pattern("figure-places", "place.caption").match(other.text)
            more = [f"above.{own}", f"above.{'caption' if caption else 'line'}.{own}"]
            yield from self._carried_ways(index, other, period, "caption" if caption else "above", more)

    def _of_table(self, index: int) -> Iterator[Cue[Dates]]:
        """Periods of the caption of the figure’s table, else of the sentence above that."""
        cell = self.context.cells[index]
        if cell is None:
            return
        last = bisect_right(self._starts, cell.table - 1)
        dated = [other for other in self.context.sentences[max(0, last - _ABOVE) : last] if other.periods]
        for other in dated[-1:]:
            for period in other.periods:
                yield from self._carried_ways(index, other, period, "lead", ["lead.of-table"])


def _ends_of_years(begin: str, end: str) -> tuple[Dates, Dates]:
    """The first and the last year of a time: of "the same two years", the one and the other."""
    first, last = date.fromisoformat(begin), date.fromisoformat(end)
    day = timedelta(days=1)
    return (begin, (add_months(first, 12) - day).isoformat()), (
        (add_months(last + day, -12)).isoformat(),
        end,
    )


def _open_or_not(period: Period) -> tuple[Dates, ...]:
    """The dates of a period, and those of what lies on one side of its begin or end."""
    begin, end = period.begin_date, period.end_date
    return (begin, end), (None, end), (begin, None)


def _is_financial_year(period: Period) -> bool:
    return _length(period) == "year" and (period.begin_date or "").endswith("-04-01")


def _length(period: Period) -> str:
    """How long a period is: a day, a month, a year, another time, or an open one."""
    if period.begin_date is None or period.end_date is None:
        return "open"
    days = (date.fromisoformat(period.end_date) - date.fromisoformat(period.begin_date)).days + 1
    return {1: "day", 365: "year", 366: "year"}.get(days, "month" if 28 <= days <= 31 else "other")


def _month_before(issued: str, month: int) -> Dates:
    """The last such month before a report was issued; month 0 is the one right before it."""
    year, now = int(issued[:4]), int(issued[5:7])
    month = month or (now - 1 or 12)
    first, last = month_bounds(year - (month >= now), month)
    return first.isoformat(), last.isoformat()


@lru_cache(maxsize=512)
def _cues_in(words: str) -> tuple[str, ...]:
    """The rules for what carries a period on, or does not, that fire in a sentence."""
    rules = ("period.yearly", "carry.now", "carry.anaphora", "carry.block", "carry.past", "carry.present")
    return tuple(name for name in rules if pattern(_FILE, name).search(words))
