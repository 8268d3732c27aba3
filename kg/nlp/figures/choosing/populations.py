"""Whom a figure may be about: each body and survey named near it, and by convention the inspected one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kg.model.records import Span
from kg.nlp.figures.accounts import Account, accounts_in
from kg.nlp.figures.choosing.candidates import (
    Candidate,
    Cue,
    by_words,
    candidates_of,
    crossed,
    place_before,
    place_in_sentence,
    seen_of,
    words_around,
)
from kg.nlp.figures.context import Context, Sentence
from kg.nlp.figures.links.topic_chains import TopicChains
from kg.nlp.figures.sources.population import (
    NATIONAL,
    body_of_cell,
    is_among_others,
    names_of_others,
    unscoped,
)
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "figure-population"
_OWN = "inspected-force"
_ASKED = "survey-respondents"
_REPLIES = "replies"
_ANYWHERE = (_OWN, _ASKED, "other")


@dataclass(frozen=True)
class PopulationProposals:
    """Proposes populations; ``ruled`` are those of the rules."""

    context: Context
    chains: TopicChains
    ruled: Sequence[str]

    def of(self, index: int) -> list[Candidate[str]]:
        """The candidates of a figure; that it is about the inspected body is always among them."""
        context = self.context
        cell = body_of_cell(context, index)
        if cell is not None:  # the column or the row of a table is about one body
            return [Candidate(cell[0], "stated", *cell[1], ("header-cell", "rules"))]
        sentence = context.sentence(index)
        quantity = context.quantities[index]
        if self.ruled[index] == "other-force" and is_among_others(context, sentence, index):
            span = (sentence.start, quantity.start)
            return [Candidate("other-force", "stated", *span, ("among-others", "rules"))]
        seen = seen_of(context, sentence, index)
        if pattern(_FILE, "population.gap").match(context.after(index)):
            seen.append("gap")
        if pattern(_FILE, "population.replies").search(sentence.text):
            seen.append("opinion")
        candidates = candidates_of(
            self._cues(index, sentence),
            seen,
            self.ruled[index],
            lambda value: self._rules(index, value),
            sentence,
            by_value=True,
        )
        here, told = (quantity.start, quantity.end), words_around(context, sentence, index)
        return [*candidates, *(by_words(value, "implied", here, seen, told) for value in _ANYWHERE)]

    def _rules(self, index: int, value: str) -> Iterator[str]:
        """What the rules say of a value for this figure and its neighbours; each begins with ``rules``."""
        if self.ruled[index] == value:
            yield from ("rules", f"rules={value}")
        for name, other in (("previous", self.context.previous(index)), ("next", self.context.next(index))):
            if other is not None and self.ruled[other] == value:
                yield from (f"rules.{name}", f"rules.{name}={value}")

    def _cues(self, index: int, sentence: Sentence) -> Iterator[Cue[str]]:
        quantity = self.context.quantities[index]
        yield from self._named(index, sentence)
        yield from self._asked(index, sentence)
        if quantity.noun and pattern("figure-places", "place.bodies").search(self.context.noun(index)):
            yield "other-force", "stated", quantity.noun, ["counts-bodies"]
        nearby = self._marks[quantity.sentence]
        yield (
            _OWN,
            "implied",
            (quantity.start, quantity.end),
            ["default.alone" if not nearby else "default.beside"],
        )

    @cached_property
    def _surveys(self) -> list[list[Account]]:
        """The surveys that each sentence of a paragraph with figures speaks of, and who was asked in them."""
        told = {s.paragraph for s in self.context.sentences if s.quantities}
        return [
            [a for a in accounts_in(self.context, s) if a.value == "survey"] if s.paragraph in told else []
            for s in self.context.sentences
        ]

    @cached_property
    def _marks(self) -> list[list[tuple[str, str, Span]]]:
        """What each sentence with figures names: value, rule and words."""
        return [self._marks_of(s) if s.quantities else [] for s in self.context.sentences]

    def _marks_of(self, sentence: Sentence) -> list[tuple[str, str, Span]]:
        plain = unscoped(sentence.text)
        found: list[tuple[str, str, Span]] = []
        for form in load_patterns(_FILE):
            if form.value in (*NATIONAL, _OWN, _ASKED, _REPLIES):
                value = _ASKED if form.value == _REPLIES else form.value
                for match in form.regex.finditer(plain):
                    span = (sentence.start + match.start(), sentence.start + match.end())
                    found.append((value, form.id, span))
        for start, end in names_of_others(plain, "" if self.context.is_of_many else self.context.force_name):
            found.append(("other-force", "population.name", (sentence.start + start, sentence.start + end)))
        return sorted(found, key=lambda mark: mark[2])

    def _named(self, index: int, sentence: Sentence) -> Iterator[Cue[str]]:
        context, quantity = self.context, self.context.quantities[index]
        marks = self._marks[quantity.sentence]
        for value, form, span in marks:
            place = place_in_sentence(context, sentence, index, span)
            a, b = (span[1], quantity.start) if span[0] < quantity.start else (quantity.end, span[0])
            nearer = any(a <= other[0] < b for _, _, other in marks)
            place.append("outdone" if nearer else "nearest")
            lead = context.text[max(sentence.start, span[0] - 24) : span[0]].split()[-2:]
            place.append("after." + (lead[-1].lower() if lead else "none"))
            cues = [f"own.{form}", *(f"own.{name}" for name in place), *crossed([form], place)]
            yield value, "stated", span, cues

    def _asked(self, index: int, sentence: Sentence) -> Iterator[Cue[str]]:
        context, quantity = self.context, self.context.quantities[index]
        sample = self.chains.of.get(index)
        if sample is not None and sample.is_survey:
            whole = context.quantities[sample.quantity]
            how = "stated" if whole.sentence == quantity.sentence else "carried"
            yield _ASKED, how, (whole.start, whole.end), [f"survey.{how}"]
        if pattern(_FILE, "population.who-replied").match(context.after(index)):
            yield _ASKED, "stated", (quantity.start, quantity.end), ["who-replied"]
        if sentence.lead is not None:
            lead = context.sentences[sentence.lead]
            if match := pattern(_FILE, "population.survey").search(lead.text):
                yield (
                    _ASKED,
                    "carried",
                    (lead.start + match.start(), lead.start + match.end()),
                    ["lead.survey"],
                )
        for account in self._surveys[quantity.sentence]:
            place = place_in_sentence(context, sentence, index, (account.start, account.end))
            names = [f"asked.{account.how}", "asked", *(f"asked.{name}" for name in place)]
            yield _ASKED, "stated", (account.start, account.end), names
        if pattern(_FILE, "population.of-things").match(context.text, quantity.number_end, sentence.end):
            return  # things answer no survey of a sentence before
        for far, other in enumerate(context.paragraph_before(quantity.sentence)[:3], 1):
            for account in self._surveys[quantity.sentence - far][-1:]:
                place = [f"asked.{name}" for name in place_before(sentence, other, far)]
                names = ["asked-before", f"asked-before.{account.how}", *place]
                yield _ASKED, "carried", (account.start, account.end), names
            place = [f"around.{name}" for name in place_before(sentence, other, far)]
            for form in ("population.survey", "population.surveyed"):
                if match := pattern(_FILE, form).search(other.text):
                    span = (other.start + match.start(), other.start + match.end())
                    yield _ASKED, "carried", span, [f"around.{form}", *place]
                    break
            for value, form, span in self._marks[quantity.sentence - far]:
                if value in NATIONAL:
                    yield value, "carried", span, [f"around.{form}", *place]
                    break


def of_page(context: Context, chosen: Sequence[Candidate[str]]) -> list[Candidate[str]]:
    """On a page about several bodies none of them is the inspected one: each is another force.

    So in news on no body of its own: a figure is of the force that its sentence or paragraph has named last,
    of the whole country as far as its paragraph has named that, else of others.
    """
    if context.is_of_many:
        return [
            replace(one, value=_of_many(context, index)) if one.value == _OWN else one
            for index, one in enumerate(chosen)
        ]
    report = context.extraction.report
    if not report.bodies or report.force is not None:
        return list(chosen)
    return [replace(one, value="other-force") if one.value == _OWN else one for one in chosen]


def _of_many(context: Context, index: int) -> str:
    """Whom a figure of news on no body of its own is about: whom its paragraph has named last."""
    quantity = context.quantities[index]
    sentence = context.sentence(index)
    before = [other.text for other in context.paragraph_before(quantity.sentence)]
    for words in (context.text[sentence.start : quantity.start], sentence.text, *before):
        plain = unscoped(words)
        named = [(start, "other-force") for start, _ in names_of_others(plain, "")]
        for form in load_patterns(_FILE):
            if form.value in NATIONAL:
                named += [(match.start(), form.value) for match in form.regex.finditer(plain)]
        if named:
            return max(named)[1]
    return "other"
