"""Measures of rates, ranks and multiples."""

from __future__ import annotations

import re

from kg.nlp.figures.measures.clause_phrases import subject_of
from kg.nlp.figures.measures.finder import MeasureFinder
from kg.nlp.figures.measures.linked import neighbours, of_neighbour
from kg.nlp.figures.measures.wording import match_rule, search_rule


def rank_phrase(finder: MeasureFinder, index: int, before: str, after: str) -> str:
    """ "rank (highest) by charge rate", "rank (largest) of area in England"; "rank" alone."""
    quantity, previous = finder.context.quantities[index], finder.context.previous(index)
    way = finder.context.text[quantity.number_end : quantity.end].strip(" -")
    if not way:
        most = match_rule("rank.most", after)
        if most is not None:  # "the 109th most deprived local authority in England"
            return f"rank ({most['way']})" + (f" of {most['n']}" if most["n"] else "")
        among = match_rule("measure.ranked-in", after)
        return f"rank in {among['list']}" if among else "rank"
    by = match_rule("measure.ranked-by", finder.context.after(index))
    thing = None if by else match_rule("measure.ranked-thing", way + after)
    if thing:
        return f"rank ({way}) of {thing['n'].removeprefix('of ')}"
    other = previous if previous is not None else next(iter(neighbours(finder, index)), None)
    of = finder.measure(previous) if previous is not None else of_neighbour(finder, index)
    if by:
        return f"rank ({way}) by {by['n']}" + (f" of {of}" if of else "")
    rate = other is not None and finder.context.quantities[other].unit in ("rate", "percent", "rank")
    return f"rank ({way}) by {'rate of ' if rate else ''}{of}" if of else f"{way} rank"


def likelihood_phrase(finder: MeasureFinder, index: int, before: str, after: str) -> str | None:
    """ "likelihood of being stopped": what a multiple compares, else that of the one before."""
    sentence = finder.context.sentence(index).text
    found = search_rule("measure.likely", sentence)
    if found:
        return f"likelihood {found['what']}"
    for other in neighbours(finder, index):
        if finder.context.quantities[other].unit == "ratio" and finder.made.get(other):
            return finder.made[other]
    return None


def rate_phrase(finder: MeasureFinder, index: int, before: str, after: str) -> str | None:
    """What a rate counts, that of the same things counted before, or the rate that its clause names."""
    quantity = finder.context.quantities[index]
    noun = match_rule("measure.rate-noun", finder.context.text[quantity.number_end : quantity.end])
    previous = finder.context.previous(index)
    if noun and noun["what"] in ("times", "occasions") and previous is not None:
        return finder.measure(previous)  # "used their powers 2,904 times, or 3.9 times per 1,000 people"
    taken_up = _same_noun_before(finder, index, noun["what"]) if noun else None
    if taken_up is not None:
        return taken_up  # "5,210 incidents of arson. That is 4.1 incidents per 1,000 population"
    named = noun or search_rule("measure.rate-of", before)
    return named["what"] if named else of_neighbour(finder, index) or subject_of(before)


def _same_noun_before(finder: MeasureFinder, index: int, what: str) -> str | None:
    """The phrase of a figure before that counts the same things and is said in another way."""
    number, previous = finder.context.quantities[index].sentence, finder.context.previous(index)
    if previous is not None and re.fullmatch(r"[^.;:]{0,40}, or (?:about )?", finder.context.before(index)):
        # "14 organised crime groups, or 23 groups per million population"
        return finder.measure(previous) if _is_same_noun(finder, previous, what) else None
    if not match_rule("measure.takes-up", finder.context.sentences[number].text):
        return None
    for other in (i for s in finder.context.paragraph_before(number)[:1] for i in reversed(s.quantities)):
        if _is_same_noun(finder, other, what):
            return finder.measure(other)
    return None


def _is_same_noun(finder: MeasureFinder, other: int, what: str) -> bool:
    return finder.context.noun(other).split()[-1:] == what.split()[-1:]
