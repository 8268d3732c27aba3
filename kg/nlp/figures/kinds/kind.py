"""Level, change, difference, share, rate, ratio, rank or sample; and the sign of a change or difference.

The unit decides about ranks, ratios, rates and percentage points. Then the words next to the number tell the
size of a change or a difference ("fell by 27.6 percent", "672 fewer officers", "£15 more than"), money for
each of several is a rate, what is a part of something else a share, and how much was looked at is a sample.
All others are levels, also what is counted or timed for each of several ("24 cases for each investigator").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from decimal import Decimal
from functools import cached_property

from kg.nlp.figures.context import Context
from kg.nlp.figures.links.anaphora import refers_back
from kg.nlp.figures.links.changes import direction_in
from kg.nlp.figures.links.links import Links, is_points, same_kind
from kg.nlp.figures.links.topic_chains import TopicChains
from kg.nlp.figures.numbers.counted_nouns import counted_noun
from kg.nlp.figures.quantities import is_signed
from kg.nlp.figures.tables import counts_sample
from kg.nlp.rules.pattern_files import pattern, role

_FILE = "figure-kinds"
_CHANGE = "figure-change"
_SIGN = {"increase": "+", "decrease": "-"}
_NEAR = 2
"""How many sentences before a part may name the sample that it is a part of."""
_LONGEST_CHAIN = 3
"""How far a number may have its kind from another, that from a third …"""
_REACHED = 3
"""How many times larger than a change what it led to is, where the words are those of a range."""
_ALIKE = (Decimal("0.2"), Decimal(5))
"""How much smaller or larger than a sum for each a sum beside it may be, to be for each too."""
_CHOSEN = ("share.reviewed", "share.reviewed-part")
"""What stands before a part of a larger number that inspectors chose to look at."""
Kind = tuple[str, str | None]
"""The kind and the sign."""


class KindFinder:
    """Tells the kinds of the quantities of a context; some have theirs from a linked one."""

    def __init__(self, context: Context, links: Links, chains: TopicChains) -> None:
        self.context = context
        self.links = links
        self.chains = chains

    def kind(self, index: int, chain: int = 0) -> Kind:
        """The kind of a quantity, and the sign that a change or difference has."""
        quantity = self.context.quantities[index]
        if quantity.unit == "rank":
            return "rank", None
        if quantity.unit == "GBP" and pattern(_FILE, "share.of-pound").match(self.context.after(index)):
            return "share", None
        if is_signed(self.context.text, quantity):
            return "change", "+" if self.context.text[quantity.start] == "+" else "-"
        if quantity.unit == "ratio":
            parted = quantity.numerator is not None and role("figure-shares", quantity.pattern) != "ratio"
            changed = self._behind_change(index, self.context.before(index)) if parted else None
            return changed or (("share" if parted else "ratio"), None)
        size = self._size(index)
        if size is not None:
            return size
        if quantity.unit == "rate" or self._is_rate(index):
            return "rate", None
        if index in self.samples:
            return "sample", None
        if self.is_per_one(index):
            return "level", None
        if self._is_part(index):
            return "share", None
        linked = self._of_linked(index, chain)
        if linked is not None:
            return linked
        if is_points(self.context, index):  # "were 6.9 percentage points less likely": no part of a whole
            return self._points(index)
        return ("share" if quantity.unit == "percent" else "level"), None

    # --- changes and differences

    def _size(self, index: int) -> Kind | None:
        """The size of a change or difference that the words next to the number tell."""
        return self._beside_more(index) or self._behind_change(index, self.context.before(index))

    def _beside_more(self, index: int) -> Kind | None:
        """ "40 fewer calls", "18.2 percent fewer than the 12,066 of a year before", "3 points below"."""
        context, quantity = self.context, self.context.quantities[index]
        end = context.sentence(index).end
        beside = pattern(_FILE, "size.beside").match(context.text, quantity.number_end, end)
        over_budget = beside is not None and beside["up"] == "over"
        if beside is not None and (over_budget or beside["unit"] or quantity.unit not in ("count", "GBP")):
            in_time = self._is_time(beside.end(), end)
            return ("change" if in_time else "difference"), "+" if beside["up"] else "-"
        behind = context.text[quantity.number_end : end]
        sum_beside = pattern(_FILE, "size.sum-beside").match(behind) if quantity.unit == "GBP" else None
        if sum_beside is not None:
            return "difference", "+" if sum_beside["up"] else "-"
        if quantity.unit in ("count", "GBP") and pattern(_FILE, "size.short").match(behind):
            return "difference", "-"
        for place in (quantity.number_end, quantity.end):  # "40 fewer calls", "40 calls fewer"
            more = pattern(_FILE, "size.more").match(context.text, place, end)
            if more is not None:
                target = pattern(_FILE, "size.target").match(context.text, more.end(), end)
                if target is None:  # "in reading 14% higher, and in writing 9% higher than nationally"
                    target = pattern(_FILE, "size.target-behind").match(context.text, more.end(), end)
                if target is None:
                    target = pattern(_FILE, "size.target-others").match(context.text, more.end(), end)
                in_time = target is None or self._is_time(target.end(), end)
                return ("change" if in_time else "difference"), "+" if more["up"] else "-"
        return None

    def _is_time(self, start: int, end: int) -> bool:
        """Whether what stands behind "than" is an earlier time: "in 2022", "the 12,066 of a year before"."""
        clause = re.split(r"[;:]|, (?:and|but|which|while)\b", self.context.text[start:end])[0]
        others = pattern(_FILE, "size.others").match(clause)
        return others is None and pattern(_FILE, "size.time").search(clause[:90]) is not None

    def _behind_change(self, index: int, before: str) -> Kind | None:
        """ "rose by 12 percent", "a fall of 30", "a 4 percent increase"; "a gap of 3 points"."""
        context, quantity = self.context, self.context.quantities[index]
        clause = context.text[context.sentence(index).start : quantity.start]
        apart = pattern(_FILE, "size.than-by").search(clause)
        apart = apart or pattern(_FILE, "size.missed-by").search(clause)
        if apart is not None:
            return "difference", "+" if apart["up"] else "-" if apart["down"] else None
        noun = pattern(_CHANGE, "change.noun-after").match(context.after(index))
        if noun:
            return "change", _SIGN.get(direction_in(noun[0]) or "")
        forms = ("change.by", "change.noun-of", "change.is-up")
        told = any(pattern(_CHANGE, form).search(before) for form in forms)
        told = told or pattern(_FILE, "size.noun-was").search(before) is not None
        directly = pattern(_CHANGE, "change.directly").search(before) is not None
        if told or (directly and (quantity.unit != "count" or quantity.noun is not None)):
            return "change", self._sign_before(index, before)
        if context.previous(index) is not None and (
            pattern(_CHANGE, "change.and-by").match(before) or self._shares_verb(index, before)
        ):
            return "change", self._sign_before(index, before)
        if quantity.unit != "GBP" and pattern(_FILE, "size.gap").search(clause):
            return "difference", None
        return self._lost_or_added(index, before)

    def _shares_verb(self, index: int, before: str) -> bool:
        """ "officer numbers were cut by 12 percent and PCSO numbers by 8 percent"."""
        clause = self.context.text[self.context.sentence(index).start : self.context.quantities[index].start]
        parted = self.context.quantities[index].unit in ("percent", "ratio")
        gapped = parted and pattern(_FILE, "size.gapped").search(before) is not None
        return gapped and pattern(_CHANGE, "change.by").search(clause.removesuffix(before)) is not None

    def _lost_or_added(self, index: int, before: str) -> Kind | None:
        """ "lost 312 officers", "cut £6m from its costs", "an extra 60 officers"."""
        quantity, noun = self.context.quantities[index], self.context.noun(index)
        previous = self.context.previous(index)
        if quantity.bare and previous is not None:  # "recruited 120 officers and lost 96"
            noun = self.context.noun(previous)
        if quantity.unit in ("percent", "ratio"):  # "lost a quarter of their sergeants"
            of = pattern(_FILE, "size.part-of").match(self.context.after(index) or "")
            of = of or pattern(_FILE, "size.part-of").search(
                self.context.text, quantity.start, self.context.sentence(index).end
            )
            lost = pattern(_FILE, "size.lost").search(before) if of else None
            return None if lost is None else ("change", "+" if lost["up"] else "-")
        points = "point" in self.context.text[quantity.number_end : quantity.end]
        if quantity.denominator is not None or not (quantity.unit in ("count", "GBP") or points):
            return None
        if quantity.unit == "count" and not pattern(_FILE, "size.staff").search(noun):
            return None
        if pattern(_FILE, "size.extra").search(before):
            return "change", "+"
        clause = self.context.text[self.context.sentence(index).start : quantity.start]
        if pattern(_FILE, "size.planned").search(clause):
            return None
        lost = pattern(_FILE, "size.lost").search(before)
        return None if lost is None else ("change", "+" if lost["up"] else "-")

    def _sign_before(self, index: int, before: str) -> str | None:
        better = (
            pattern(_FILE, "size.points-better").search(before) if is_points(self.context, index) else None
        )
        if better is not None:
            return "+" if better["up"] else "-"
        clause = self.context.text[self.context.sentence(index).start : self.context.quantities[index].start]
        said = direction_in(before) or direction_in(clause) or self.links.direction.get(index)
        return _SIGN.get(said or "")

    # --- from another number

    def _of_linked(self, index: int, chain: int) -> Kind | None:
        """The kind that a number shares with another: "rose by 4 percent, compared with 8 in …"."""
        if chain == _LONGEST_CHAIN:
            return None
        for other in self._linked(index):
            if same_kind(self.context, index, other) or self._says_again(index, other):
                kind = self.kind(other, chain + 1)
                here = self.context.quantities[other].sentence == self.context.quantities[index].sentence
                beside = here or pattern(_FILE, "size.same-figure").search(self.context.before(index))
                if kind[0] == "rate" or (beside and kind[0] in ("change", "difference")):
                    return kind
        return None

    def _says_again(self, index: int, other: int) -> bool:
        """ "shrank by 443 people or 18 percent": the same in another unit."""
        is_percent = self.context.quantities[index].unit == "percent" and not is_points(self.context, index)
        return is_percent and other < index and self.context.gap(other, index) in (" or ", ", or ")

    def _linked(self, index: int) -> Iterator[int]:
        """What a number is compared with or set beside, of which it may have the kind.

        Of "20 more than the average of 44" the second number is no difference; nor is the base of a change.
        """
        context, links = self.context, self.links
        previous, following, focal = context.previous(index), context.next(index), links.focal.get(index)
        if focal is not None and " than " not in context.gap(min(focal, index), max(focal, index)):
            yield focal
        yield from self._pairs.get(index, ())
        if previous is not None and self._is_joined(previous, index):
            yield previous
        if following is not None and self._opens_range(index, following):
            yield following

    @cached_property
    def _pairs(self) -> dict[int, list[int]]:
        """The other level of each pair that a quantity is in: "fell from 61 to 44"."""
        found: dict[int, list[int]] = {}
        for base, later in self.links.pairs:
            found.setdefault(base, []).append(later)
            found.setdefault(later, []).append(base)
        return found

    def _opens_range(self, index: int, following: int) -> bool:
        """ "between 22 and 30 cases each"."""
        quantity, gap = self.context.quantities[index], self.context.gap(index, following)
        between = self.context.before(index).endswith("between ")
        joined = pattern("figure-forms", "form.range").fullmatch(gap) is not None
        return quantity.open_range or (quantity.bare and between and joined)

    def _is_joined(self, previous: int, index: int) -> bool:
        """ "fell by 12 percent in 2022 and 9 percent in 2023", "by 4 to 6 percent"."""
        one, other = self.context.quantities[previous], self.context.quantities[index]
        if one.open_range:
            return True
        if self.context.gap(previous, index) == " to ":  # "by 12 to 155": the second is what was reached
            reached = other.value > one.value * _REACHED or (one.bare and other.bare)
            return not (reached and one.unit in ("count", "GBP"))
        joined = pattern(_FILE, "size.joined").search(self.context.before(index))
        return joined is not None and not self.context.after(index).startswith(" of ")

    # --- rates, shares, samples

    def is_per_one(self, index: int) -> bool:
        """Whether something is counted for each person, thing or time of several, so that it is no total."""
        return self._is_per_time(index) or self._is_per_something(index)

    def _is_rate(self, index: int) -> bool:
        """Whether money is told for each of several, or the sum before it is and is as large: "£203 for each
        person, £15 less than the average of £218".
        """
        quantity = self.context.quantities[index]
        if quantity.unit != "GBP":
            return False
        if self._is_per_something(index):
            person = pattern(_FILE, "rate.person").match(self.context.after(index))
            return person is not None or not self._is_per_time(index)
        sentence = self.context.sentence(index)
        near = [i for s in self.context.paragraph_before(quantity.sentence)[:1] for i in s.quantities]
        others = [i for i in (*near, *sentence.quantities) if i < index]
        sums = [i for i in others if self.context.quantities[i].unit == "GBP" and self._is_per_something(i)]
        if not sums or self._is_per_time(sums[-1]) or self._is_per_time(index):
            return False
        if self.context.previous(index) == sums[-1] and self.context.before(index) in (" to ", ", to "):
            return True  # "rose by £12 to £271"
        other = self.context.quantities[sums[-1]].value
        return other * _ALIKE[0] < quantity.value < other * _ALIKE[1]

    def _points(self, index: int) -> Kind:
        """A change or difference in percentage points; which of them, and its sign, the clause tells."""
        clause = self.context.text[self.context.sentence(index).start : self.context.sentence(index).end]
        changed = pattern(_FILE, "size.points-changed").search(clause) is not None
        after = self.context.after(index)
        way = pattern(_FILE, "size.points-way").match(after)
        if way is not None:
            return ("change" if changed else "difference"), "+" if way["up"] else "-"
        better = pattern(_FILE, "size.points-better").search(clause)
        sign = None if better is None else "+" if better["up"] else "-"
        return ("change" if changed else "difference"), sign or self._sign_before(index, clause)

    def _is_per_time(self, index: int) -> bool:
        """Whether things are counted for each month, day or shift: "3,300 messages a month"."""
        quantity, sentence = self.context.quantities[index], self.context.sentence(index)
        if (
            quantity.unit not in ("GBP", "count", "duration")
            or quantity.bare
            or quantity.numerator is not None
        ):
            return False
        before, behind = self.context.text[sentence.start : quantity.start], self.context.after(index)
        per = pattern(_FILE, "rate.per-time").match(behind) or pattern(_FILE, "rate.each-time").search(before)
        of_each = any(pattern(_FILE, form).search(before) for form in ("rate.payer", "rate.each"))
        return per is not None and not of_each

    def _is_per_something(self, index: int) -> bool:
        """ "£196 a resident", "firefighter cost per head was £26.14", "214 a month"."""
        context, quantity = self.context, self.context.quantities[index]
        if quantity.unit not in ("GBP", "count", "duration") or quantity.numerator is not None:
            return False
        before = context.text[context.sentence(index).start : quantity.start]
        return (
            pattern(_FILE, "rate.per").match(context.after(index)) is not None
            or pattern(_FILE, "rate.named").search(context.before(index)) is not None
            or pattern(_FILE, "rate.each").search(before) is not None
            or (quantity.unit == "GBP" and pattern(_FILE, "rate.payer").search(before) is not None)
        )

    def _is_part(self, index: int) -> bool:
        """Whether a count is a part of something that was counted before, or with it."""
        context, quantity = self.context, self.context.quantities[index]
        if quantity.unit != "count" or quantity.lead:
            return False
        before, end = context.before(index), context.sentence(index).end
        behind = context.text[quantity.number_end : end]
        if pattern(_FILE, "share.all").search(before):  # "all 214 schools"; but "in all 70 of the cases"
            of = pattern("figure-shares", "share.of-all").match(behind)
            sampled = index in self.chains.of and (quantity.bare or quantity.denominator is not None)
            return of is not None or sampled or self._is_whole_sample(index)
        if quantity.numerator is not None or quantity.of_antecedent:
            return True
        if pattern(_FILE, "share.remaining").search(before):
            return True
        then = context.text[quantity.end : end]
        told = pattern(_FILE, "share.out-of").match(then) is not None or self._is_of_things(index)
        if pattern(_FILE, "share.percent").match(then):  # of all there are, its percentage is the share
            told = told or quantity.bare or index in self.chains.of
        if told or pattern(_FILE, "share.of-which").match(behind):
            return True
        if quantity.bare and self._is_rest(index, before):
            return True
        sample, focal = self.chains.of.get(index), self.links.focal.get(index)
        if sample is not None and focal == sample.quantity:
            return False  # another sample: "1,846 responses, compared with 412 for the plan before"
        size = self._size_of_sample(index)
        inside = pattern(_FILE, "share.in").search(before) is not None
        return size is not None and quantity.value <= size and (quantity.bare or inside)

    def _is_whole_sample(self, index: int) -> bool:
        """Whether a number of all there are repeats the size of a sample: "in all 20 resolutions"."""
        quantity = self.context.quantities[index]
        if quantity.denominator != quantity.value:
            return False
        return any(i < index and self.context.quantities[i].value == quantity.value for i in self.samples)

    def _is_of_things(self, index: int) -> bool:
        """ "four of the new inspectors": a part, whose whole nobody counts."""
        context, quantity = self.context, self.context.quantities[index]
        end = context.sentence(index).end
        of = pattern(_FILE, "share.of-the").match(context.text, quantity.number_end, end)
        return of is not None and counted_noun(context.text, of.end() - 1, end) is not None

    def _is_rest(self, index: int, before: str) -> bool:
        """Whether a bare number is another part of what a number before it is of, or a part of that number.

        "41 of 88 weren’t effective and 52 had no plan", "a review of 150 plans judged 131 to be sound".
        """
        context, previous = self.context, self.context.previous(index)
        if pattern(_FILE, "share.rest").search(before) or refers_back(context, index):
            return True
        if previous is None or context.quantities[previous].unit != "count":
            return False
        one, value = context.quantities[previous], context.quantities[index].value
        if one.denominator is not None:
            return value <= one.denominator and pattern(_FILE, "share.and").search(before) is not None
        granted = pattern(_FILE, "share.granted").search(before) is not None
        return value <= one.value and (previous in self.samples or granted)

    def _size_of_sample(self, index: int) -> Decimal | None:
        """The size of the sample that a passage is about: that of its chain, or one named just before."""
        sample = self.chains.of.get(index)
        if sample is not None:
            return sample.size
        earlier = self.context.paragraph_before(self.context.quantities[index].sentence)[:_NEAR]
        if pattern(_FILE, "share.in").search(self.context.before(index)) is None:
            return None
        sizes = [self.context.quantities[i].value for s in earlier for i in s.quantities if i in self.samples]
        return max(sizes, default=None)

    def _is_item(self, index: int, before: str) -> bool:
        """ "We: • held 12 reality tests; …"; not "its neighbourhood teams: • held 1,164 street meetings"."""
        sentence = self.context.sentence(index)
        if pattern(_FILE, "sample.item").search(before) is None:
            return False
        lead = ""
        if sentence.lead is not None:  # "Our inspectors spent four days with the force. They: • …"
            above = self.context.paragraph_before(sentence.lead)[:1]
            lead = " ".join(one.text for one in (*above, self.context.sentences[sentence.lead]))
        return not lead or pattern("figure-discourse", "topic.inspectors").search(lead) is not None

    def _are_people_asked(self, index: int, before: str, after: str) -> bool:
        """ "which asked 1,048 residents", "surveyed its people in May, and 2,310 replied"."""
        noun = self.context.noun(index)
        people = not noun or pattern("figure-measures", "measure.person").search(noun) is not None
        if not people:
            return False
        if noun and pattern(_FILE, "sample.questioned").search(before):
            return True
        took_part = pattern(_FILE, "sample.took-part").match(after) is not None
        return took_part and pattern(_FILE, "sample.poll").search(before) is not None

    @cached_property
    def samples(self) -> frozenset[int]:
        """The quantities that say how much was looked at, or how many answered."""
        context, found = self.context, set[int]()
        for index, quantity in enumerate(context.quantities):
            if quantity.unit == "count" and self._is_sample(index, found):
                found.add(index)
        return frozenset(found)

    def _is_sample(self, index: int, found: Set[int]) -> bool:
        """Whether a count says how much was looked at; ``found`` are the samples before it."""
        context, quantity = self.context, self.context.quantities[index]
        cell = context.cells[index]
        if cell is not None and counts_sample(context.text, cell):
            return True
        before, after, named = context.before(index), context.after(index), quantity.noun is not None
        read = pattern(_FILE, "sample.read").search(before) is not None
        listed = named and index - 1 in found and context.previous(index) == index - 1
        listed = listed and pattern(_FILE, "sample.listed").search(before) is not None
        if quantity.denominator is not None:  # "visited 9 of its 21 fire stations"
            chosen = any(pattern("figure-shares", form).search(before) for form in _CHOSEN)
            return listed or (read and chosen)
        if read or listed or pattern(_FILE, "sample.asked").search(before) is not None:
            return True
        if self._are_people_asked(index, before, after) or self._is_item(index, before):
            return True
        if pattern(_FILE, "share.of-which").match(after):
            return False  # no sample is the 12 of "96 cases, 12 of which ended …"
        joined = pattern(_FILE, "sample.joined").search(before) if index - 1 in found else None
        also = joined is not None and (named or len(joined[0].split()) > 1)
        forms = ("sample.read-after", "sample.answered", "sample.in-sample")
        then = named and pattern(_FILE, "share.all").search(before) is None
        audited = quantity.lead and pattern(_FILE, "sample.should-be").match(after) is not None
        then = then and any(pattern(_FILE, form).match(after) for form in forms)
        answers = pattern(_FILE, "sample.answers").search(context.noun(index)) is not None
        return index in self.chains.opening or also or then or audited or answers
