"""The time of the items of a list, which is that of what its lead-in takes up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.nlp.figures.choosing.candidates import NOWHERE, Candidate
from kg.nlp.figures.context import Context
from kg.nlp.figures.dates.sentence_periods import NONE, Dates
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.lists import whole_of_list
from kg.nlp.rules.pattern_files import pattern


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
                found[index] = Candidate(NONE, "", *NOWHERE, ("list.undated",))
    return found
