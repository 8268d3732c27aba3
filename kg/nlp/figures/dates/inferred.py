"""Periods that are known only when all sentences are read: of differences, estimates and rankings."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import permutations

from kg.nlp.figures.context import Context
from kg.nlp.figures.dates.sentence_periods import NONE, Dates
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.links.topic_chains import TopicChains
from kg.nlp.rules.pattern_files import load_patterns, pattern

_PARAGRAPHS = 2
_ROUNDING = Decimal("0.6")


def inferred_dates(
    context: Context, links: Links, chains: TopicChains, populations: Sequence[str], dates: Sequence[Dates]
) -> list[Dates]:
    """The dates of the quantities with those that follow from what other sentences say."""
    result = list(dates)
    _of_focal(links, populations, result)
    _of_differences(context, links, result)
    _of_estimates(context, links, chains, result)
    _of_sources(context, result)
    return result


def _of_focal(links: Links, populations: Sequence[str], dates: list[Dates]) -> None:
    """A comparator without a period of its own, of another population, has that of its focal figure."""
    for focal, others in links.comparators.items():
        for other in others:
            if dates[other] == NONE and populations[other] != populations[focal]:
                dates[other] = dates[focal]


def _of_differences(context: Context, links: Links, dates: list[Dates]) -> None:
    """A change in percent that two dated counts beside it amount to has the period of the later one."""
    for index, direction in links.direction.items():
        if context.quantities[index].unit != "percent" or index in links.base:
            continue
        number = context.quantities[index].sentence
        near = [*context.paragraph_before(number)[:1], context.sentences[number]]
        counts = [i for s in near for i in s.quantities if dates[i][1] is not None]
        for first, last in permutations(counts, 2):
            later = (dates[first][1] or "") < (dates[last][1] or "")
            if later and _amounts_to(context, index, first, last, direction):
                dates[index] = dates[last]


def _amounts_to(context: Context, change: int, first: int, last: int, direction: str) -> bool:
    """Whether a change in percent is that from one count to another, rounded as reports do."""
    base, value = context.quantities[first], context.quantities[last]
    if base.unit != value.unit or base.unit == "percent" or not base.value:
        return False
    if (value.value > base.value) != (direction == "increase"):
        return False
    share = abs(value.value - base.value) * 100 / abs(base.value)
    return abs(share - context.quantities[change].value) < _ROUNDING


def _of_estimates(context: Context, links: Links, chains: TopicChains, dates: list[Dates]) -> None:
    """Estimates with a confidence interval have the time of the sample that inspectors read for them.

    The sample stands in the paragraph of the estimate or in one of the two before it.
    """
    sample: int | None = None
    for index, quantity in enumerate(context.quantities):
        if index in chains.opening and dates[index] != NONE:
            sample = index
        elif sample is not None and quantity.interval is not None and dates[index] == NONE:
            apart = context.sentence(index).paragraph - context.sentence(sample).paragraph
            if apart <= _PARAGRAPHS and not context.sentence(index).periods and not links.is_base(index):
                dates[index] = dates[sample]


def _of_sources(context: Context, dates: list[Dates]) -> None:
    """ "This is what data for April 2022 shows": the time of the figures of the sentence before."""
    for number, sentence in enumerate(context.sentences):
        if sentence.quantities or not sentence.periods:
            continue
        before = context.paragraph_before(number)[:1]
        told = pattern("figure-discourse", "topic.source-after").search(sentence.text)
        if not told or not any(
            form.regex.search(sentence.text) for form in load_patterns("figure-attribution")
        ):
            continue
        period = sentence.periods[0]
        for index in before[0].quantities if before else ():
            if None in dates[index]:
                dates[index] = period.begin_date, period.end_date
