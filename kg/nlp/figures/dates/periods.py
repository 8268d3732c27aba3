"""The period of each figure by rules alone: its own, its sample’s, an end of a range, or one carried on.

The chooser weighs it beside other candidates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.nlp.figures.context import Context, Sentence
from kg.nlp.figures.dates.carried import Carrying
from kg.nlp.figures.dates.inferred import inferred_dates
from kg.nlp.figures.dates.period_roles import opens_clause, role_of
from kg.nlp.figures.dates.sentence_periods import NONE, Dates, SentencePeriods
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.links.topic_chains import TopicChains, visit_before
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-periods"


@dataclass(frozen=True, slots=True)
class Dated:
    """Begin and end of the period of each quantity, in their order, and which were carried on."""

    dates: tuple[Dates, ...]
    carried: frozenset[int]


def find_figure_periods(
    context: Context,
    links: Links,
    populations: Sequence[str],
    chains: TopicChains,
    sources: Sequence[str | None],
) -> Dated:
    """The period of each quantity; ``sources`` are those that the sentences themselves name.

    Sentence by sentence: the figure's own period, else that of the sample it is about, else that of the
    sentences before; then both ends of a range, and changes between two days. Last what only later sentences
    tell.
    """
    periods = SentencePeriods(context, links)
    carrying = Carrying(periods, populations, sources)
    dates: list[Dates] = [NONE] * len(context.quantities)
    carried: set[int] = set()
    for number, sentence in enumerate(context.sentences):
        dated = [index for index in sentence.quantities if not periods.is_timeless(index)]
        for index in dated:
            dates[index] = periods.own(sentence, index, dates)
        for index in dated:
            if dates[index] == NONE:
                dates[index] = _of_sample(periods, chains, sentence, index, dates)
                dates[index] = _of_label(periods, sentence) if dates[index] == NONE else dates[index]
        missing = [i for i in dated if dates[i] == NONE and not _has_own_clause(periods, sentence, i)]
        if missing:
            found = carrying.carried(number, missing, dates)
            for index, period in found.items():
                dates[index] = period
            carried |= found.keys()
        for first, second in pairwise(sentence.quantities):
            if _are_one_range(periods, sentence, first, second):
                dates[first] = dates[second]
        for index in sentence.quantities:
            dates[index] = _between_days(periods, sentence, index, dates)
    return Dated(tuple(inferred_dates(context, links, chains, populations, dates)), frozenset(carried))


def _of_sample(
    periods: SentencePeriods, chains: TopicChains, sentence: Sentence, index: int, dates: Sequence[Dates]
) -> Dates:
    """What is told of a sample has the time of the sample; the sample may have that of the visit."""
    sample = chains.of.get(index)
    if sample is None:
        return NONE
    visit, usable = visit_before(periods.context, chains, index), bool(periods.usable(sentence))
    if visit is not None and not usable:
        plain = periods.usable(visit)[:1]
        return (plain[0].begin_date, plain[0].end_date) if plain else NONE
    if not usable or periods.context.quantities[index].denominator is not None:
        return dates[sample.quantity]
    return NONE


def _of_label(periods: SentencePeriods, sentence: Sentence) -> Dates:
    """The period that stands once, on the label above a list: "Victim survey (12 months to June 2014)"."""
    label = None if sentence.lead is None else periods.context.sentences[sentence.lead]
    if label is None or label.text.endswith(":") or periods.usable(sentence):
        return NONE
    plain = periods.usable(label)
    return (plain[0].begin_date, plain[0].end_date) if len(plain) == 1 else NONE


def _has_own_clause(periods: SentencePeriods, sentence: Sentence, index: int) -> bool:
    """Whether a period of the sentence is in the clause of a figure, so that none before may date it."""
    usable = periods.usable(sentence)
    return not all(opens_clause(periods.context, sentence, index, period) for period in usable)


def _are_one_range(periods: SentencePeriods, sentence: Sentence, first: int, second: int) -> bool:
    """Whether the period behind the second figure is that of both: "between £6m and £8.5m by 2027"."""
    context = periods.context
    gap = context.gap(first, second)
    if gap not in (" and ", " to ", "–", "-") or periods.links.is_base(first):
        return False
    if context.quantities[first].unit != context.quantities[second].unit:
        return False
    if gap == " and " and not pattern(_FILE, "period.range-of").search(context.before(first)):
        return False
    return periods.attached(sentence, second) is not None


def _between_days(periods: SentencePeriods, sentence: Sentence, index: int, dates: Sequence[Dates]) -> Dates:
    """A change between two days ("154 more than on 30 September 2019") has the time between them."""
    context, quantity, links = periods.context, periods.context.quantities[index], periods.links
    begin, end = dates[index]
    if index not in links.direction or begin is None or begin != end:
        return begin, end
    words = context.text[quantity.number_end : sentence.end]
    if pattern("figure-change", "change.fewer").match(words) is None:  # a level, not the size of a change
        return begin, end
    base = links.base.get(index)
    earlier = dates[index if base is None else base]
    if earlier[0] and earlier[0] == earlier[1] and earlier[0] < begin:
        return earlier[0], end
    days = [
        period.end_date
        for period in sentence.periods
        if period.start >= quantity.end
        and role_of(context, sentence, period) == "compared"
        and period.begin_date == period.end_date
    ]
    before = [day for day in days if day and day < begin]
    return (before[-1], end) if before and base is None else (begin, end)
