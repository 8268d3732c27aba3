"""Spans, values and units of figures: numbers with their unit or counted noun."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kg.model.records import Span
from kg.model.text.numbers import (
    FRACTION,
    MONEY,
    NUMBER,
    ORDINAL,
    Number,
    fraction_value,
    ordinal_value,
    quotient,
    word_value,
)
from kg.nlp.figures.numbers.counted_nouns import counted_noun
from kg.nlp.figures.numbers.drafts import Draft
from kg.nlp.rules.needles import haystack
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FORMS = "figure-forms"
_SECONDS = {
    "second": 1,
    "sec": 1,
    "minute": 60,
    "min": 60,
    "hour": 3600,
    "hr": 3600,
    "day": 86400,
    "week": 604800,
}


class SpanFinder:
    """Reads the figures of one text, sentence by sentence. ``numbers`` are its candidate numbers in order.

    ``tables`` are indices of sentences that are no prose: they hold no figures.
    """

    def __init__(
        self,
        text: str,
        sentences: Sequence[Span],
        numbers: Sequence[Number],
        tables: frozenset[int] = frozenset(),
    ) -> None:
        self.text = text
        self.sentences = sentences
        self.tables = tables
        self.starts = [start for start, _ in sentences]
        self.numbers = [n for n in numbers if self.sentence_of(n.start) not in tables]
        self.by_start = {number.start: number for number in self.numbers}
        self.taken = bytearray(len(text) + 1)

    def find(self) -> list[Draft]:
        """All drafts in order of position."""
        drafts = [*self._special(), *self._ranks()]
        for draft in drafts:
            self.taken[draft.start : draft.end] = b"\1" * (draft.end - draft.start)
        for index, number in enumerate(self.numbers):
            if not self.taken[number.start]:
                drafts.extend(self._number(index))
        drafts.sort(key=lambda d: d.start)
        drafts = self._rates_of_lead(drafts)
        return _times(self.text, _shared_units(self.text, drafts))

    def _rates_of_lead(self, drafts: list[Draft]) -> list[Draft]:
        """ "Calls per 1,000 population in 2018: 297 here, 354 in …": the bare numbers are rates."""
        result, current, base = [], -1, None
        for draft in drafts:
            if draft.sentence != current:
                start, current = self.sentences[draft.sentence][0], draft.sentence
                lead = pattern(_FORMS, "form.rate-lead").search(self.text[start : draft.start][-300:])
                base = _rate_base(lead) if lead else None
                opening = pattern(_FORMS, "form.rate-opening").match(self.text[start : draft.start])
                if opening and draft.unit == "count":
                    draft = replace(draft, unit="rate", base=_rate_base(opening))
            bare = draft.pattern == "form.bare" and draft.unit == "count" and draft.numerator is None
            result.append(replace(draft, unit="rate", base=base) if base and bare else draft)
        return result

    def sentence_of(self, position: int) -> int:
        return max(0, bisect_right(self.starts, position) - 1)

    def _draft(
        self, start: int, end: int, value: Decimal, unit: str, form: str, number_end: int | None = None
    ) -> Draft:
        return Draft(start, end, value, unit, form, self.sentence_of(start), number_end or end)

    def _mark(self, draft: Draft) -> Draft:
        self.taken[draft.start : draft.end] = b"\1" * (draft.end - draft.start)
        return draft

    # Forms that are read before plain numbers

    def _special(self) -> list[Draft]:
        allowed = {number.start for number in self.numbers}
        drafts = []
        for form in ("form.one-in", "form.one-thing-in", "form.one-out-of", "form.ratio-colon"):
            for match in haystack(self.text).finditer(pattern(_FORMS, form)):
                if match.start("n") in allowed or form != "form.ratio-colon":
                    drafts.extend(self._one_in(match, form))
        for match in haystack(self.text).finditer(pattern(_FORMS, "form.twice")):
            drafts.append(self._draft(match.start(), match.end(), Decimal(2), "ratio", "form.twice"))
        for match in haystack(self.text).finditer(pattern(_FORMS, "form.duration")):
            if match.start("n") in allowed and self._is_measured(match.start()):
                drafts.append(self._duration(match))
        drafts.extend(self._fractions())
        return [d for d in drafts if self._inside(d)]

    def _inside(self, draft: Draft) -> bool:
        if not self.sentences or draft.sentence in self.tables:
            return False
        return draft.end <= self.sentences[draft.sentence][1]

    def _one_in(self, match: re.Match[str], form: str) -> list[Draft]:
        top, bottom = _plain(match["n"]), _plain(match["m"])
        if not 0 < top < bottom or 1900 <= bottom <= 2099:
            return []
        start, end = match.start("n"), match.end()
        if pattern(_FORMS, "form.aimed").search(self.text, max(0, start - 40), start):
            return []
        if form == "form.one-in" and not pattern(_FORMS, "form.share-verb").match(self.text, end):
            noun = counted_noun(self.text, end, self.sentences[self.sentence_of(start)][1])
            end = noun[1] if noun else end
        draft = self._draft(start, end, quotient(top, bottom), "ratio", form, match.end())
        return [replace(draft, numerator=top, denominator=bottom)]

    def _fractions(self) -> list[Draft]:
        drafts = []
        for match in FRACTION.finditer(self.text):
            of = self.text.startswith(" of ", match.end()) or self.text.startswith(" (", match.end())
            if not of or (
                match["top"].lower() in ("a", "an") and "(" in self.text[match.end() : match.end() + 2]
            ):
                continue
            top, bottom = fraction_value(match)
            draft = self._draft(
                match.start(), match.end(), quotient(Decimal(top), Decimal(bottom)), "ratio", "form.fraction"
            )
            drafts.append(replace(draft, numerator=Decimal(top), denominator=Decimal(bottom)))
        return drafts

    def _is_measured(self, position: int) -> bool:
        """Whether the sentence says that a time was measured, not only how long something is to last."""
        start, end = self.sentences[self.sentence_of(position)]
        return pattern(_FORMS, "form.measured").search(self.text, start, end) is not None

    def _duration(self, match: re.Match[str]) -> Draft:
        unit, value, end = match["u"].lower(), _plain(match["n"]), match.end("u")
        if match["v"] and _SECONDS.get(_singular(match["v"]), 0) and _SECONDS.get(_singular(unit), 0):
            factor = Decimal(_SECONDS[_singular(unit)]) / _SECONDS[_singular(match["v"])]
            if factor > 1:
                value, unit, end = value * factor + _plain(match["m"]), match["v"].lower(), match.end("v")
        draft = self._draft(match.start("n"), end, value, "duration", "form.duration")
        return replace(draft, base=_plural(unit))

    def _ranks(self) -> list[Draft]:
        drafts = []
        for match in ORDINAL.finditer(self.text):
            after = pattern(_FORMS, "form.rank-way").match(self.text, match.end())
            value = Decimal(ordinal_value(match))
            if after and value > 1:
                drafts.append(
                    self._draft(match.start(), after.end(), value, "rank", "form.rank", match.end())
                )
            elif pattern(_FORMS, "form.ranked").search(self.text, max(0, match.start() - 60), match.start()):
                drafts.append(self._draft(match.start(), match.end(), value, "rank", "form.ranked"))
        for draft in drafts:
            scope = pattern(_FORMS, "form.rank-scope").match(self.text, draft.end)
            if scope:
                self.taken[draft.end : scope.end()] = b"\1" * (scope.end() - draft.end)
        return drafts

    # Plain numbers

    def _number(self, index: int) -> list[Draft]:
        number = self.numbers[index]
        sentence = self.sentence_of(number.start)
        limit = self.sentences[sentence][1]
        for found in (self._unit(number, limit), self._share(index, limit), self._count(number, limit)):
            if found is not None:
                boxes = pattern("figure-periods", "carry.never").search(self.text, found.start, found.end)
                return [self._mark(found)] if not found.lead or not number.words or boxes else []
        return []

    def _unit(self, number: Number, limit: int) -> Draft | None:
        if number.money:
            return self._draft(number.start, number.end, number.value, "GBP", "unit.currency")
        for form in load_patterns("figure-units"):
            match = form.regex.match(self.text, number.end, limit)
            if match is None or (form.value == "rate" and not _one_noun(match[0])):
                continue
            draft = self._draft(number.start, match.end(), number.value, form.value, form.id, number.end)
            return replace(draft, base=_rate_base(match)) if form.value == "rate" else draft
        return None

    def _share(self, index: int, limit: int) -> Draft | None:
        """ "9 of 16 cases", "47 out of 55 cases", "8 of those callers"."""
        number = self.numbers[index]
        of = pattern(_FORMS, "form.of").match(self.text, number.end, limit)
        if of and index + 1 < len(self.numbers):
            whole = self.numbers[index + 1]
            if whole.start == of.end() and number.value <= whole.value and not self._has_unit(whole, limit):
                return self._of_whole(number, whole, limit)
        those = pattern(_FORMS, "form.of-antecedent").match(self.text, number.end, limit)
        if those and pattern("figure-shares", "share.reviewed").search(self._words_before(number, 60)):
            return self._draft(number.start, number.end, number.value, "count", "form.bare")
        if those:
            noun = counted_noun(self.text, those.end(), limit)
            end = noun[1] if noun else those.end()
            draft = self._draft(number.start, end, number.value, "count", "form.of-antecedent", number.end)
            return replace(draft, numerator=number.value, noun=noun, of_antecedent=True)
        every = pattern(_FORMS, "form.all").search(self.text, max(0, number.start - 12), number.start)
        if every and not number.words:
            return self._all_of(number, limit)
        return None

    def _has_unit(self, number: Number, limit: int) -> bool:
        unit = self._unit(number, limit)
        return unit is not None

    def _of_whole(self, number: Number, whole: Number, limit: int) -> Draft:
        self.taken[whole.start : whole.end] = b"\1" * (whole.end - whole.start)
        noun = counted_noun(self.text, whole.end, limit)
        end = noun[1] if noun else whole.end
        draft = self._draft(number.start, end, number.value, "count", "form.of", number.end)
        return replace(draft, numerator=number.value, denominator=whole.value, noun=noun)

    def _all_of(self, number: Number, limit: int) -> Draft | None:
        of = re.compile(r" of (?:the|its|our|these|those)(?= )").match(self.text, number.end, limit)
        noun = counted_noun(self.text, of.end() if of else number.end, limit)
        if noun is None:
            return None
        draft = self._draft(number.start, noun[1], number.value, "count", "form.all", number.end)
        return replace(draft, numerator=number.value, denominator=number.value, noun=noun)

    def _count(self, number: Number, limit: int) -> Draft | None:
        no_noun = self._opens_predicate(number, limit) or self._opens_moment(number, limit)
        noun = None if no_noun else counted_noun(self.text, number.end, limit)
        if number.words and number.value == 1:
            return self._only_one(number, limit)
        if noun is None and number.words:
            return self._bare_word(number, limit)
        if noun is not None and pattern(_FORMS, "form.time").fullmatch(self.text[slice(*noun)]):
            return None  # a time that nobody measured
        if number.value == 1 and noun is not None:
            noun = None
        if number.words and not number.value:
            return None
        end = noun[1] if noun else number.end
        if noun is None and number.start in (0, self.text.rfind("\n", 0, number.start) + 1):
            return None  # a page or item number
        form = "form.count" if noun else "form.bare"
        draft = self._draft(number.start, end, number.value, "count", form, number.end)
        draft = self._with_bracket(draft, limit)
        lead = pattern(_FORMS, "form.lead").search(self._words_before(number, 40)) is not None
        read = pattern(_FORMS, "form.whole-read").match(self.text, draft.end, limit)
        lead = lead and (noun is not None or read is None)
        return replace(draft, noun=noun, lead=lead)

    def _words_before(self, number: Number, most: int) -> str:
        """The words of the sentence before a number, at most so many characters."""
        start = self.sentences[self.sentence_of(number.start)][0]
        return self.text[max(start, number.start - most) : number.start]

    def _opens_predicate(self, number: Number, limit: int) -> bool:
        """Whether a verb follows at once where a part of a whole is told: "Of 225 records, 207 contained"."""
        if pattern("figure-nouns", "noun.verb").match(self.text, number.end, limit) is None:
            return False
        before = self._words_before(number, 200)
        return any(pattern(_FORMS, form).search(before) for form in ("form.after-lead", "form.found"))

    def _opens_moment(self, number: Number, limit: int) -> bool:
        """Whether a time follows at once: "to 1,210 four years later"."""
        return pattern(_FORMS, "form.moment").match(self.text, number.end, limit) is not None

    def _only_one(self, number: Number, limit: int) -> Draft | None:
        """ "just one exercise": one is counted only where the text says that it is few."""
        if pattern(_FORMS, "form.only").search(self._words_before(number, 20)) is None:
            return None
        noun = pattern("figure-nouns", "noun.one").match(self.text, number.end, limit)
        if noun is None:
            return None
        draft = self._draft(number.start, noun.end(), number.value, "count", "form.only-one", number.end)
        return replace(draft, noun=noun.span("noun"))

    def _with_bracket(self, draft: Draft, limit: int) -> Draft:
        """ "34 cases (out of 120)" has 120 as denominator."""
        of = pattern(_FORMS, "form.of-bracket").match(self.text, draft.end, limit)
        whole = self.by_start.get(of.end()) if of else None
        if whole is None or not self.text.startswith(")", whole.end):
            return draft
        self.taken[whole.start : whole.end] = b"\1" * (whole.end - whole.start)
        return replace(draft, numerator=draft.value, denominator=whole.value)

    def _bare_word(self, number: Number, limit: int) -> Draft | None:
        """A number in words without a noun is a part of a whole or one end of "from two to five officers"."""
        before = self._words_before(number, 200)
        parts = ("form.after-lead", "form.found", "form.of-which", "form.rest")
        if any(pattern(_FORMS, form).search(before) for form in parts):
            return self._draft(number.start, number.end, number.value, "count", "form.bare")
        if self._is_part(number, before, limit):
            return self._draft(number.start, number.end, number.value, "count", "form.bare")
        after = re.compile(r" to (?:about |around )?").match(self.text, number.end, limit)
        if after is None or not self.text.endswith("from ", 0, number.start):
            return None
        if after.end() not in self.by_start:
            return None
        return self._draft(number.start, number.end, number.value, "count", "form.bare")

    def _is_part(self, number: Number, before: str, limit: int) -> bool:
        """Whether a word is a part of a sample ("In nine, …", "Five had no plan") or "six more than"."""
        if pattern(_FORMS, "form.more-than").match(self.text, number.end, limit):
            return True
        if pattern(_FORMS, "form.part-in").match(before):
            return self.text.startswith(", ", number.end)
        opens = not before or pattern(_FORMS, "form.clause").search(before) is not None
        return opens and pattern(_FORMS, "form.subject").match(self.text, number.end, limit) is not None


def _plain(written: str) -> Decimal:
    money = MONEY.match(written)
    if money:
        return Decimal(money["digits"].replace(",", ""))
    match = NUMBER.match(written)
    if match is None or match["words"]:
        return Decimal(word_value(written))
    return Decimal(match["digits"].replace(",", ""))


def _singular(unit: str) -> str:
    return unit.lower().split()[-1].rstrip("s")


def _plural(unit: str) -> str:
    """The time unit as "seconds", "hours", "working days"."""
    words = unit.split()
    last = {"sec": "second", "min": "minute", "hr": "hour"}.get(words[-1].rstrip("s"), words[-1].rstrip("s"))
    return " ".join([*words[:-1], last + "s"])


def _one_noun(written: str) -> bool:
    """Whether the words between number and "per" can be what the rate counts."""
    words = re.split(r"\b(?:per|for|in)\b", written, maxsplit=1, flags=re.IGNORECASE)[0].split()
    return not any(word.lower() in _NOT_IN_RATE for word in words)


_NOT_IN_RATE = frozenset(
    [
        "in",
        "of",
        "to",
        "and",
        "compared",
        "with",
        "was",
        "were",
        "is",
        "are",
        "from",
        "than",
        "which",
        "that",
        "at",
        "by",
        "for",
        "but",
        "a",
        "the",
        *("seconds", "minutes", "hours", "days", "weeks", "months", "years"),
    ]
)
_WORD_BASES = {
    "hundred thousand": "100000",
    "ten thousand": "10000",
    "thousand": "1000",
    "million": "1000000",
}


def _rate_base(match: re.Match[str]) -> str:
    """The base of a rate in digits; "per officer" is per one."""
    lower = match.groupdict().get("base", "1").lower()
    for words, base in _WORD_BASES.items():
        if lower.endswith(words):
            return base
    return lower.replace(",", "")


def _lends_time(text: str, here: Draft, after: Draft) -> bool:
    """Whether a number after a time is one too: "64 days, 20 more than the average of 44"."""
    gap = text[here.end : after.start]
    more = pattern(_FORMS, "form.more").match(text, after.number_end)
    if after.unit == "count" and more and more.end() >= after.end and here.sentence == after.sentence:
        return True
    lent = pattern(_FORMS, "form.lent").search(gap) or pattern(_FORMS, "form.lent-next").match(gap)
    return after.pattern == "form.bare" and lent is not None


def _times(text: str, drafts: list[Draft]) -> list[Draft]:
    """The drafts, bare numbers that are set beside a time made times."""
    result = list(drafts)
    for index in range(1, len(result)):
        here, after = result[index - 1], result[index]
        if here.unit == "duration" and _lends_time(text, here, after):
            result[index] = replace(after, unit="duration", base=here.base, noun=None, pattern="form.shared")
    return result


def _shared_units(text: str, drafts: list[Draft]) -> list[Draft]:
    """A bare number has the unit of the one it is joined to or compared with.

    So "between 18 and 23 percent", "68.4 crimes per 1,000 people, compared with 65.1 in England and Wales".
    """
    joined, lent, lent_next = (pattern(_FORMS, f"form.{name}") for name in ("range", "lent", "lent-next"))
    result = list(drafts)
    for index in range(len(result) - 2, -1, -1):
        here, after = result[index], result[index + 1]
        gap = text[here.end : after.start]
        times = here.unit == "ratio" and text[after.number_end : after.end] == " times"
        lending = lent.search(gap) or (times and lent_next.match(gap))
        if here.unit in ("rate", "ratio") and (after.pattern == "form.bare" or times) and lending:
            result[index + 1] = replace(
                after, unit=here.unit, base=here.base, noun=None, pattern="form.shared"
            )
        lends = after.unit in ("percent", "rate", "duration", "ratio", "GBP") and after.numerator is None
        if here.pattern == "form.bare" and lends and joined.fullmatch(gap):
            result[index] = replace(here, unit=after.unit, base=after.base, pattern="form.range")
    return result
