"""Times that what is known of a list or of a change settles, whatever the words around a figure propose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.nlp.figures.choosing.candidates import NOWHERE, Candidate
from kg.nlp.figures.context import Context
from kg.nlp.figures.dates.sentence_periods import NONE, Dates
from kg.nlp.figures.links.links import Links, rate_beside
from kg.nlp.figures.lists import whole_of_list
from kg.nlp.rules.pattern_files import pattern

_NO_TIME: Candidate[Dates] = Candidate(NONE, "", *NOWHERE, ("settled",))


def with_dates_of_lists(
    context: Context, links: Links, chosen: Sequence[Candidate[Dates]]
) -> list[Candidate[Dates]]:
    """The chosen periods, where figures in items without a time have that of their list.

    That is the time of the whole that the lead-in takes up; under "In the last 12 months:" it is none that
    is known, as no day is said from which they are counted.
    """
    found = list(chosen)
    for number, sentence in enumerate(context.sentences):
        if sentence.lead is None or not sentence.quantities or sentence.periods:
            continue
        whole = whole_of_list(context, links, number)
        if whole is not None:
            given = found[whole]
            how = "carried" if given.how else ""
            found[sentence.quantities[0] : sentence.quantities[-1] + 1] = [
                replace(given, how=how) for _ in sentence.quantities
            ]
        elif pattern("figure-lists", "list.undated").search(context.sentences[sentence.lead].text):
            for index in sentence.quantities:
                found[index] = _NO_TIME
    return found


def with_dates_behind_rates(context: Context, chosen: Sequence[Candidate[Dates]]) -> list[Candidate[Dates]]:
    """The chosen periods, where a time behind a count with its rate is that of both.

    So "compared with 1,931 (70 per 10,000 children) at 31 March 2013": no other number of the sentence is
    nearer to it.
    """
    found = list(chosen)
    for sentence in context.sentences:
        for index in sentence.quantities if sentence.periods else ():
            rate = rate_beside(context, index)
            if rate is None:
                continue
            end = context.quantities[rate].end
            near = next((period for period in sentence.periods if period.start > end), None)
            if near is None or not pattern("figure-lists", "rate.then").match(context.text[end : near.start]):
                continue
            dates = (near.begin_date, near.end_date)
            found[rate] = Candidate(dates, "stated", near.start, near.end, ("settled",))
            if context.gap(index, rate) == " (":
                found[index] = found[rate]
    return found


def with_dates_of_bases(links: Links, chosen: Sequence[Candidate[Dates]]) -> list[Candidate[Dates]]:
    """The chosen periods, where the base of a change that has the period of what changed from it has another.

    That is the base’s of the change told just before of the same time ("2,588 burglaries, 14 percent fewer
    than the 3,016 of the previous year. Vehicle crime went up to 5,234 offences from 4,915"), else none.
    """
    found = list(chosen)
    before: tuple[Dates, Candidate[Dates]] | None = None
    for base, later in sorted(links.pairs, key=max):
        given, own = found[later], found[base]
        if given.value == NONE:
            continue
        if own.value == given.value and own.how not in ("stated", "derived"):
            parallel = before is not None and before[0] == given.value
            found[base] = replace(before[1], how="carried") if before and parallel else _NO_TIME
        elif own.value != NONE and own.value != given.value:
            before = given.value, found[base]
    return found
