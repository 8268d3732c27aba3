"""Occasions: audits, inspections, surveys and visits that a report dates once and speaks of again later.

"Our audit covered crimes recorded between July and December 2017" dates an audit; "in 9 of the 12 cases in
the audit", forty paragraphs on, has the same time and the same people who say so. ``find_occasions`` makes
the table of a report: each ``Occasion`` with its kind, whose it is, its period and the words that say so, and
each ``Reference`` of a sentence to one ("in our audit", "when we inspected", "the 25 audited cases"). A
reference does not say which occasion is meant: ``Occasions.meant_by`` gives those that it may mean, the
likeliest first, and a chooser decides. Wordings: ``patterns/figure-occasions.jsonl``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.model.records import Period
from kg.nlp.figures.context import Context, Sentence
from kg.nlp.figures.dates.period_roles import role_of
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "figure-occasions"
_OPENS = 12
_LETTERS = 6
_HEAD = 12
_CAME = ("inspec", "visit", "fieldw")
_NEAR = 25
_BY = {
    "ours": {"ours", "our"},
    "theirs": {"theirs"},
    "that": {"that", "a_that"},
    "the": {"the", "a_the"},
    "one": {"one"},
}
_SPEAKER = {"ours": "inspectorate", "theirs": "force"}
_MEANT = {"asked": ("visit", "survey"), "records": ("records", "visit"), "visit": ("visit", "records")}
"""Kinds of occasions that a reference of a kind can mean; of other kinds only the same."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that name an occasion or tell of what was done on it.

    ``kind`` is ``records`` (an audit or review of records), ``visit`` (an inspection, a visit, fieldwork),
    ``survey``, ``data`` (a collection of data), or ``asked`` (people asked on a visit or in a survey).
    ``form`` is ``name`` ("our audit"), ``act`` ("we examined") or ``read`` ("25 audited cases"); ``by`` whose
    it is: ``ours`` (the inspectors’), ``theirs`` (of the inspected body or another), ``the`` and ``that``
    (not said: "the audit", "that visit"), ``one`` ("an audit"). ``stem`` has the first letters of its noun or
    verb, so that "inspected" and "inspection" are the same. ``is_earlier`` is true of one before that which
    the report is on ("our last inspection").
    """

    start: int
    end: int
    sentence: int
    kind: str
    form: str
    by: str
    stem: str
    is_earlier: bool = False

    @property
    def source(self) -> str | None:
        """Who says what was found on it, as an attribution; None where the words leave it open."""
        return "survey" if self.kind == "survey" else _SPEAKER.get(self.by)


@dataclass(frozen=True, slots=True)
class Occasion:
    """An audit, inspection, survey or visit that the report dates: ``words`` name it, ``period`` dates it.

    The period may be when it was held ("we inspected the service in October 2023") or what it looked at
    ("crimes recorded between July and December 2017"): reports date their findings by either.
    """

    words: Reference
    period: Period
    stems: frozenset[str]
    """The stems of all references of its kind in that sentence and in the heading above it."""
    things: frozenset[str]
    """The words of that sentence in the singular: what was read, who was asked."""

    @property
    def kind(self) -> str:
        return self.words.kind

    @property
    def source(self) -> str | None:
        """Who says what was found on it, as an attribution; None where the words leave it open."""
        return self.words.source


@dataclass(frozen=True)
class Occasions:
    """The occasions of a report in the order of the text, and the references in each sentence."""

    context: Context

    @cached_property
    def references(self) -> list[tuple[Reference, ...]]:
        """Of each sentence the references in it, in their order, none in another."""
        found: list[tuple[Reference, ...]] = []
        for number, sentence in enumerate(self.context.sentences):
            found.append(tuple(_references(number, sentence, self._goes_on(number, sentence, found))))
        return found

    def _goes_on(self, number: int, sentence: Sentence, found: Sequence[tuple[Reference, ...]]) -> bool:
        """Whether "They", or the items of a list, tell what the inspectors of the sentence before did."""
        before = number - 1 if sentence.lead is None else sentence.lead
        words = [self.context.sentences[i].text for i in range(max(0, before - 1), before + 1)]
        if sentence.lead is None:
            return (
                bool(words) and pattern("figure-discourse", "topic.inspectors").search(words[-1]) is not None
            )
        return any(pattern("figure-discourse", "topic.inspectors").search(text) for text in words)

    @cached_property
    def all(self) -> tuple[Occasion, ...]:
        """All occasions that the report dates, in the order of the text."""
        found = list(self._in_head())
        for number, sentence in enumerate(self.context.sentences):
            here = self.references[number] if sentence.periods else ()
            if here:
                above = number - len(self.context.paragraph_before(number)) - 1
                named = [*here, *(self.references[above] if above >= 0 else ())]
                things = frozenset(singular(word) for word in re.findall(r"[a-z]{3,}", sentence.text.lower()))
                for reference, period in _dated(self.context, sentence, here):
                    stems = frozenset(r.stem for r in named if r.kind == reference.kind)
                    found.append(Occasion(reference, period, stems, things))
        return tuple(found)

    def _in_head(self) -> Iterator[Occasion]:
        """When the inspectors came, as a line of the head of a report: "11–22 November 2024"."""
        for number, sentence in enumerate(self.context.sentences[:_HEAD]):
            for period in sentence.periods[:1]:
                span = (period.start, period.end)
                begin, end = period.begin_date, period.end_date
                alone = pattern(_FILE, "occasion.came").fullmatch(
                    self.context.text[sentence.start : period.start]
                )
                days = begin is not None and begin != end and not begin.endswith("-01")  # no month or year
                if alone and days and 0 <= sentence.end - period.end <= 1:
                    words = Reference(*span, number, "visit", "name", "ours", "inspec")
                    yield Occasion(words, period, frozenset(_CAME), frozenset())

    def meant_by(self, reference: Reference) -> list[Occasion]:
        """The occasions that a reference may mean, the likeliest first, at most one of each period.

        The same noun or verb comes before another of the same kind, the same kind before another, one that
        was dated before the reference before one that is dated later, the nearest first.
        """
        kinds = _MEANT.get(reference.kind, (reference.kind,))
        possible = [o for o in self.all if o.kind in kinds and not _differ(o.words, reference)]

        def rank(occasion: Occasion) -> tuple[bool, int, bool, int]:
            ahead = occasion.period.start > reference.end
            far = abs(occasion.period.start - reference.start)
            return reference.stem not in occasion.stems, kinds.index(occasion.kind), ahead, far

        found: dict[tuple[str | None, str | None], Occasion] = {}
        for occasion in sorted(possible, key=rank):
            found.setdefault((occasion.period.begin_date, occasion.period.end_date), occasion)
        return list(found.values())


def find_occasions(context: Context) -> Occasions:
    """The occasions of a report and the references to them."""
    return Occasions(context)


def _differ(one: Reference, other: Reference) -> bool:
    """Whether two references are to occasions of different people, or one to an earlier one and one to this.

    "That inspection" may be any; "at the time of the inspection" is not the last one of 2013.
    """
    if one.by != other.by and {one.by, other.by} <= {"ours", "theirs", "one"}:
        return True
    return other.kind == one.kind == "visit" and one.is_earlier != other.is_earlier and other.by != "that"


def singular(word: str) -> str:
    """A word in lower case without the ending of a plural."""
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _references(number: int, sentence: Sentence, goes_on: bool) -> Iterator[Reference]:
    """The references of a sentence, in their order; words that one rule has claimed no later one gets.

    ``goes_on`` says whether "they", and the items of a list, are the inspectors.
    """
    found: list[Reference] = []
    for form in load_patterns(_FILE):
        for match in (
            form.regex.finditer(sentence.text) if form.value and (form.role != "goes-on" or goes_on) else ()
        ):
            groups = {name.rstrip("_") for name, words in match.groupdict().items() if words}
            role = "act" if form.role == "goes-on" else form.role
            by = next((by for by, names in _BY.items() if names & groups), "ours")
            stem = next(
                words for name, words in match.groupdict().items() if words and name.startswith("stem")
            )
            start, end = sentence.start + match.start(), sentence.start + match.end()
            if by == "one" and any(r.form == "act" and 0 <= start - r.end < _NEAR for r in found):
                by = "ours"  # "we reviewed a sample of"
            if all(end <= other.start or other.end <= start for other in found):
                earlier = pattern(_FILE, "occasion.earlier").search(match[0]) is not None
                found.append(
                    Reference(start, end, number, form.value, role, by, _stem(stem.lower()), earlier)
                )
    return iter(sorted(found, key=lambda reference: reference.start))


def _stem(word: str) -> str:
    """The letters that a noun and its verb share.

    >>> _stem("inspections"), _stem("re-inspected"), _stem("revisit"), _stem("reviewed")
    ('inspec', 'inspec', 'visit', 'review')
    """
    return re.sub(r"^re-?(?=inspect|visit)", "", word)[:_LETTERS].rstrip("se")


def _dated(
    context: Context, sentence: Sentence, references: Sequence[Reference]
) -> Iterator[tuple[Reference, Period]]:
    """The occasions that a sentence dates: each reference with the plain periods behind it, before the next.

    Of several periods only a series counts ("in July 2024 and, most recently, in January 2025"). A period
    that opens the sentence is that of the first reference if there is none behind.
    """
    named = pattern(_FILE, "occasion.named-by-time")
    plain = [
        p
        for p in sentence.periods
        if role_of(context, sentence, p) == "" and not named.search(context.text, sentence.start, p.start)
    ]
    for place, reference in enumerate(references):
        if pattern(_FILE, "occasion.not-then").search(context.text, sentence.start, reference.start):
            continue
        end = references[place + 1].start if place + 1 < len(references) else sentence.end
        behind = [p for p in plain if reference.end <= p.start < end]
        if not behind and place == 0:
            behind = [p for p in plain[:1] if p.start - sentence.start < _OPENS and p.end <= reference.start]
        for first, period in zip([None, *behind], behind, strict=False):
            gap = "" if first is None else context.text[first.end : period.start]
            if not pattern(_FILE, "occasion.series").match(gap):
                break
            yield reference, period
