"""Clauses that go on about the figure before at an earlier time: "it had been 211 in June 2021".

The subject of such a clause is a pronoun or "the figure", its verb stands for that of the clause before or
is the same ("it now has 5; in 2014 it had 7"), and it has a time of its own, or "used to". Where the sentence
draws a change from it ("…, so this is a fall of 44.8 percent"), that figure is what the other has changed
from; elsewhere it is set beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model.records import Period
from kg.nlp.figures.context import Context, Sentence, refers_to_known_time
from kg.nlp.figures.links.links import Links
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-change"
_FORMS = {
    "had": "ha(?:s|d|ve)\\b",
    "made": "ma(?:d|k)",
    "spent": "spen[dt]",
    "met": "me(?:e)?t",
    "did": "d(?:o|id)",
}
"""The forms of irregular verbs; of the others the first letters tell."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a figure of an earlier time goes on about: ``focal``; ``change`` are the words of a change."""

    focal: int
    change: str | None


def said_of_earlier(context: Context, links: Links, index: int) -> Earlier | None:
    """What the figure of an earlier time goes on about; None for a figure that is none."""
    sentence, quantity = context.sentence(index), context.quantities[index]
    then = pattern(_FILE, "compare.then").search(context.before(index))
    if then is None or index in links.direction or quantity.numerator is not None:
        return None
    behind = pattern(_FILE, "compare.then-end").match(context.text, quantity.end, sentence.end)
    if behind is None or not (quantity.bare or quantity.unit != "count"):
        return None
    start, end = quantity.start - len(then[0]), behind.end()
    times = [p for p in sentence.periods if start <= p.start <= end]
    words = context.text[max(sentence.start, start) : end]
    if not times and then["then"] is None and not pattern(_FILE, "compare.ago").search(words):
        return None
    focal = _said_before(context, links, index, then["verb"] or "", times)
    if focal is None:
        return None
    change = pattern(_FILE, "compare.so-changed").match(context.text, quantity.end, sentence.end)
    return Earlier(focal, change[0] if change else None)


def _said_before(context: Context, links: Links, index: int, verb: str, times: list[Period]) -> int | None:
    """The nearest figure before of the same unit and of a later time whose clause has the verb.

    A verb like "was" goes on about any.
    """
    any_verb = pattern(_FILE, "compare.plain-verb").fullmatch(verb) is not None
    sentence = context.sentence(index)
    here = [i for i in sentence.quantities if i < index]
    before = context.paragraph_before(context.quantities[index].sentence)[:1]
    for other, indices in [(sentence, here), *((s, list(s.quantities)) for s in before)]:
        fitting = [i for i in indices if _fits(context, links, i, index)]
        if not fitting:
            continue
        focal = fitting[-1]
        said = context.text[other.start : context.quantities[focal].end]
        is_same = any_verb or re.search(rf"\b{_FORMS.get(verb, verb[:3])}", said) is not None
        return focal if is_same and _is_earlier(context, other, focal, times) else None
    return None


def _fits(context: Context, links: Links, index: int, then: int) -> bool:
    one, other = context.quantities[index], context.quantities[then]
    alike = one.unit == other.unit and one.denominator is None
    return alike and index not in links.sizes and not links.is_base(index) and not links.is_comparator(index)


def _is_earlier(context: Context, sentence: Sentence, focal: int, times: list[Period]) -> bool:
    """Whether one of the times lies before that of the sentence, as far as their dates are known."""
    then = [p.end_date for p in times if p.end_date and not refers_to_known_time(p)]
    if not then:
        return True
    start = context.quantities[focal].start
    of_focal = [p.end_date for p in sentence.periods if p.end_date and p not in times]
    near = [p for p in sentence.periods if p.start < start and p.end_date and p not in times]
    latest = near[-1].end_date if near else max(of_focal, default=None)
    return latest is None or min(then) < latest
