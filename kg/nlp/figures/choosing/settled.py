"""Times that what is known of a list or of a change settles, whatever the words around a figure propose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from kg.model.records import Period
from kg.nlp.figures.choosing.candidates import NOWHERE, Candidate
from kg.nlp.figures.context import Context, is_previous
from kg.nlp.figures.dates.sentence_periods import NONE, Dates
from kg.nlp.figures.links.links import Links, rate_beside
from kg.nlp.figures.lists import whole_of_list
from kg.nlp.rules.pattern_files import pattern

_BLOCK = 8
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


def with_changes_of_blocks(context: Context, chosen: Sequence[Candidate[Dates]]) -> list[Candidate[Dates]]:
    """The chosen periods, where a change "since" a time in a block of numbers lasts until that of the level.

    "Firefighters, 31 March 2024: 418 · Change in firefighters since 31 March 2014: –17.9%" is from 2014 to
    2024; a change since the year before that of the level is one of the level’s year.
    """
    found = list(chosen)
    for number, sentence in enumerate(context.sentences):
        for label in (number, sentence.lead) if sentence.quantities else ():
            until = None if label is None else _level_above(context, label)
            if label is not None and until is not None:
                (since,) = context.sentences[label].periods
                value = _from_until(since, until)
                for index in sentence.quantities:
                    found[index] = Candidate(value, "derived", since.start, since.end, ("settled",))
                break
    return found


def _level_above(context: Context, number: int) -> Period | None:
    """The one time of the level whose change a line of a block tells: that of the nearest line above."""
    label = context.sentences[number]
    change = pattern("figure-lists", "list.change-since").match(label.text)
    if change is None or len(label.periods) != 1 or label.periods[0].begin_date is None:
        return None
    head = change["what"].split()[-1].lower()
    for above in reversed(context.sentences[max(0, number - _BLOCK) : number]):
        if above.text.endswith((".", "!", "?")):
            return None  # prose: the block has begun
        if head in above.text.lower() and len(above.periods) == 1:
            return above.periods[0]
    return None


def _from_until(since: Period, until: Period) -> Dates:
    """From the one time to the end of the other; of two that follow one another, the other."""
    day = None if since.end_date is None else date.fromisoformat(since.end_date) + timedelta(days=1)
    if day is not None and since.begin_date != since.end_date and day.isoformat() == until.begin_date:
        return until.begin_date, until.end_date
    return since.begin_date, until.end_date


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


def with_times_directly_behind(
    context: Context, chosen: Sequence[Candidate[Dates]]
) -> list[Candidate[Dates]]:
    """The chosen periods, where the year before stands directly behind a number: "the 76.9 percent of the
    previous year" is of that year."""
    found = list(chosen)
    for sentence in context.sentences:
        for period in sentence.periods if sentence.quantities else ():
            before = [i for i in sentence.quantities if context.quantities[i].end <= period.start]
            if not before or not is_previous(period):
                continue
            gap = context.text[context.quantities[before[-1]].end : period.start]
            if gap.strip() in ("of", "in", "of the", "in the", "for", "for the", "the"):
                dates = (period.begin_date, period.end_date)
                found[before[-1]] = Candidate(dates, "stated", period.start, period.end, ("settled",))
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
