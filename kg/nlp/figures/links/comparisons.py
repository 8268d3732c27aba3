"""Comparisons: which figure is compared with which.

"B compared with A" makes A a comparator of B, unless A is the base of a change; a figure for England and
Wales or another force is a comparator of the inspected force's nearest figure of the same kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.nlp.figures.context import Context, Sentence
from kg.nlp.figures.links.changes import is_compared
from kg.nlp.figures.links.earlier import said_of_earlier
from kg.nlp.figures.links.links import Links, rate_beside, same_kind
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-change"
_OTHERS = ("england-and-wales", "other-force", "other")
Pairs = Iterable[tuple[int, int]]
"""Each a focal quantity and what it is compared with."""


def with_comparisons(context: Context, populations: Sequence[str], changes: Links) -> Links:
    """The links of a report with its comparisons beside its changes.

    What a sentence says comes before what only the populations tell. The base of a change is no comparator
    of the same figure, and a figure is the comparator of one other.
    """
    comparators: dict[int, list[int]] = {}
    focal_of: dict[int, int] = {}
    links = replace(changes, comparators=comparators, focal=focal_of)  # what the steps see

    def add(pairs: Pairs) -> None:
        for focal, other in pairs:
            if _is_gap(context, other) and not _is_gap(context, focal):
                continue  # "3%, better than the neighbours and 4% better than the national average"
            if _counts_bodies(context, focal) != _counts_bodies(context, other):
                continue  # "16 investigations; in the six forces that we inspected, it was 12"
            if focal != other and links.base.get(focal) != other and other not in focal_of:
                comparators.setdefault(focal, []).append(other)
                focal_of[other] = focal

    for number in range(len(context.sentences)):
        for step in STEPS:
            add(step(context, links, populations, number))
    for index in range(len(context.quantities)):
        add(_of_another_population(context, links, populations, index))
    return links


def _in_columns(context: Context, links: Links, populations: Sequence[str], number: int) -> Pairs:
    """Values of a table: the later of two times beside the earlier, the inspected body’s beside others’.

    The two stand in one row, in columns of their own, or in one column of a table of two rows.
    """
    places = [index for index in context.sentences[number].quantities if context.cells[index] is not None]
    own = [index for index in places if populations[index] == "inspected-force"]
    others = [i for i in places if populations[i] in _OTHERS and len(own) == 1]
    yield from ((own[0], i) for i in others if same_kind(context, own[0], i))
    yield from _in_rows(context, populations, places)
    for first, second in pairwise(places):
        gap = context.gap(first, second)
        if ("|" not in gap and "\t" not in gap) or not same_kind(context, first, second):
            continue
        one, other = context.headers[first], context.headers[second]
        if one is not None and other is not None and one.bounds[1] != other.bounds[1]:
            yield (second, first) if one.bounds[1] < other.bounds[1] else (first, second)


def _in_rows(context: Context, populations: Sequence[str], places: Sequence[int]) -> Pairs:
    """Values below one another, where the first cells of two rows are two times, or two bodies."""
    for index in places:
        cell, header = context.cells[index], context.headers[index]
        column = context.columns[(cell.table, cell.place)] if cell else []
        if len(column) != 2 or column[1] != index or not same_kind(context, *column):
            continue
        above, before = column[0], context.headers[column[0]]
        if populations[index] != populations[above]:
            yield (index, above) if populations[index] == "inspected-force" else (above, index)
        elif cell and header and before and cell.row == (header.start, header.end):
            yield (above, index) if before.bounds[1] > header.bounds[1] else (index, above)


def _in_bracket(context: Context, links: Links, populations: Sequence[str], number: int) -> Pairs:
    """Figures of the same kind in a bracket, each behind its label: "12.4% (2022/23: 11.8%; England: 13.0%)".

    They are set beside the figure before the bracket. A label is a time, a place or what the number is.
    """
    sentence, text = context.sentences[number], context.text
    focal: int | None = None
    for place, index in enumerate(sentence.quantities[1:]):
        previous = sentence.quantities[place]
        gap = context.gap(previous, index)
        if "(" in gap:
            focal = previous if ")" not in gap else None
        elif ")" in gap:
            focal = None
        if focal is None or not same_kind(context, focal, index):
            continue
        label = pattern(_FILE, "compare.label").fullmatch(gap[gap.rfind("(") + 1 :])
        closes = pattern(_FILE, "compare.cell-end").match(text, context.quantities[index].end)
        if label is None or closes is None or context.quantities[index].denominator is not None:
            continue
        start = context.quantities[index].start - len(label["label"])
        timed = any(
            start - 12 <= p.start and p.end <= context.quantities[index].start for p in sentence.periods
        )
        if timed or populations[index] != populations[focal] or label["named"]:
            yield focal, index


def _at_another_time(context: Context, links: Links, populations: Sequence[str], number: int) -> Pairs:
    """ "The backlog stood at 54; it had been 211 in June 2021"."""
    for index in context.sentences[number].quantities:
        then = None if links.is_base(index) else said_of_earlier(context, links, index)
        if then is not None and then.change is None and populations[then.focal] == populations[index]:
            yield then.focal, index


def _compared(context: Context, links: Links, populations: Sequence[str], number: int) -> Pairs:
    """Comparisons of a sentence ("B compared with A"), pairwise where both sides have as many."""
    sentence = context.sentences[number]
    for place, index in enumerate(sentence.quantities):
        if context.quantities[index].unit == "rank" or links.is_base(index) or index in links.base:
            continue
        if not is_compared(context.before(index)):
            continue
        alike = [i for i in sentence.quantities if same_kind(context, i, index)]
        right = [i for i in alike if i >= sentence.quantities[place]]
        left = [i for i in alike if i < sentence.quantities[place] and not links.is_base(i)]
        left = [i for i in left if context.quantities[i].unit == "percent" or i not in links.sizes]
        if populations[index] in _OTHERS:  # "69%, better than the national 51% and the neighbours’ 50%"
            left = [i for i in left if populations[i] not in _OTHERS] or left[:0]
        if not _is_gap(
            context, index
        ):  # "£203 a head, £15 less than the average for England and Wales (£218)"
            left = [i for i in left if not _is_gap(context, i)] or left
        left = left or _focal_of_sentences_before(context, links, number, index)
        pairs = list(zip(left, right, strict=True)) if len(left) == len(right) else []
        if left and not pairs and not _is_row(context, left):
            pairs = [(left[-1], right[0])]
        pairs = [pair for pair in pairs if not _are_two_statements(context, populations, *pair)]
        yield from pairs
        for pair in pairs:  # "1,826 children (a rate of 67 per 10,000) compared with 1,931 (70 per 10,000)"
            rates = [rate for rate in (rate_beside(context, i) for i in pair) if rate is not None]
            if len(rates) == 2 and same_kind(context, *rates):
                yield rates[0], rates[1]


def _is_row(context: Context, left: Sequence[int]) -> bool:
    """Whether the last of some counts is one of several parts, of which none alone is set beside another.

    So "2,882 were helped by the council and 752 by the youth service, compared with 1,046 …".
    """
    counts = [context.quantities[i] for i in left[-2:]]
    bare = len(counts) == 2 and all(q.unit == "count" and q.noun is None for q in counts)
    return bare and all(q.denominator is None for q in counts) and " and " in context.gap(*left[-2:])


def _are_two_statements(context: Context, populations: Sequence[str], focal: int, index: int) -> bool:
    """Whether two counts of one body have each its own predicate and no time: no pair of one measure.

    So "Twelve households were approved, while nine ceased to foster"; not "56 had a plan, compared with 39 in
    January".
    """
    quantity, sentence = context.quantities[index], context.sentence(index)
    if (
        quantity.unit != "count"
        or quantity.denominator is not None
        or populations[focal] != populations[index]
    ):
        return False
    following = context.next(index)
    end = sentence.end if following is None else context.quantities[following].start
    cue = pattern(_FILE, "compare.cue").search(context.before(index))
    start = quantity.start - len(context.before(index)) + (cue.start() if cue else 0)
    if any(start <= period.start < end for period in sentence.periods):
        return False
    behind = context.text[quantity.end : end]
    own = pattern(_FILE, "compare.own-predicate").match(behind)
    return own is not None and own["verb"] not in context.text[sentence.start : quantity.start].split()


def _focal_of_sentences_before(context: Context, links: Links, number: int, index: int) -> list[int]:
    """ "That compares with 5.1 in England": the last figure of the same kind that the pronoun can mean."""
    if not pattern(_FILE, "change.anaphora").match(context.sentences[number].text):
        return []
    for earlier in context.paragraph_before(number)[:2]:
        found = [i for i in earlier.quantities if same_kind(context, i, index) and not links.is_base(i)]
        if found:
            return found[-1:]
    return []


def _same_thing_earlier(context: Context, links: Links, populations: Sequence[str], number: int) -> Pairs:
    """ "In 2018, our estimate was 87.9 percent" after a sentence that gives the figure of another time."""
    sentence = context.sentences[number]
    earlier = context.paragraph_before(number)[:1]
    if not earlier or not sentence.quantities or not earlier[0].quantities:
        return []
    opening = pattern(_FILE, "compare.opening").match(sentence.text)
    same = pattern(_FILE, "compare.same-thing").search(sentence.text)
    if not (opening and same and sentence.periods):
        return []
    here = [
        i for i in sentence.quantities if populations[i] == "inspected-force" and i not in links.direction
    ]
    there = [i for i in earlier[0].quantities if not links.is_base(i) and not links.is_comparator(i)]
    of_whom = {populations[i] for i in here}
    if there and not any(populations[i] in of_whom for i in there):  # "In 2019/20 the local rate was 35.8"
        earlier = context.paragraph_before(number)[1:2]
        there = [i for s in earlier for i in s.quantities if not links.is_base(i)]
        there = [i for i in there if populations[i] in of_whom]
    there = [i for i in there if here and _same_form(context, i, here[0])]
    if not there or not here or any(not same_kind(context, i, here[0]) for i in here):
        return []
    if _is_later(sentence, earlier[0]):
        here, there = there, here
    if len(here) == len(there):
        return zip(there, here, strict=True)
    return [(there[-1], here[0])] if len(here) == 1 else []


def _same_form(context: Context, first: int, second: int) -> bool:
    """Whether two figures are of the same kind; a share ("56 of 60") is compared with a share."""
    one, other = context.quantities[first], context.quantities[second]
    return same_kind(context, first, second) and (one.denominator is None) == (other.denominator is None)


def _is_later(sentence: Sentence, earlier: Sentence) -> bool:
    """Whether the sentence's own period lies after that of the sentence before it."""
    if not earlier.periods:
        return False
    here, there = sentence.periods[0].end_date, earlier.periods[0].end_date
    return here is not None and there is not None and here > there


def _of_another_population(context: Context, links: Links, populations: Sequence[str], index: int) -> Pairs:
    """A figure for England and Wales or another force, beside the inspected force's nearest of its kind.

    That is one of the same group before it, another one before it, or one after it; for the size of a change
    the size of one, for a level no size.
    """
    if populations[index] not in _OTHERS or context.quantities[index].unit == "rank":
        return []
    if links.is_comparator(index) or links.is_base(index) or _is_total(context, populations, index):
        return []
    if any(populations[other] in _OTHERS for other in links.comparators.get(index, ())):
        return []  # the focal figure of its own sentence: "43 percent compared with 48 percent"
    changed, is_size = index in links.direction, index in links.sizes
    asked = populations[index] == "england-and-wales" and context.quantities[index].unit == "percent"
    of_the_body = ("inspected-force", *(("survey-respondents",) if asked else ()))
    own = [
        i
        for i in context.paragraph_quantities(index)
        if populations[i] in of_the_body
        and same_kind(context, i, index)
        and _may_count_alike(context, i, index)
        and not links.is_base(i)
        and (i in links.sizes if is_size else not changed or i not in links.sizes)
    ]
    before = [i for i in own if i < index and not _is_statement_apart(context, i, index)]
    if not _is_gap(context, index):
        before = [i for i in before if not _is_gap(context, i)] or before
    if before and not _has_nearer(context, populations, before[-1], index):
        group = group_key(context, index)
        grouped = [i for i in before if group and group_key(context, i) == group]
        return [((grouped or before)[-1], index)]
    here = context.quantities[index].sentence
    after = [i for i in own if context.quantities[i].sentence - here <= 1]
    return [(after[0], index)] if after else []


def _is_statement_apart(context: Context, own: int, other: int) -> bool:
    """Whether a count of others has a sentence of its own, with its noun: it is set beside nothing.

    "The board works with four charities. All four charities of the region send it their audits."
    """
    quantity = context.quantities[other]
    named = quantity.unit == "count" and quantity.denominator is None and quantity.noun is not None
    apart = context.quantities[own].sentence != quantity.sentence
    return named and apart and not is_compared(context.before(other))


def _has_nearer(context: Context, populations: Sequence[str], own: int, other: int) -> bool:
    """Whether the sentence of a figure of others has one of the body in the unit, which is of another kind.

    "13 percent passed. The gap is 47 points, greater than that of neighbours (28)" sets no 28 beside 13.
    """
    here = [
        i for i in context.sentence(other).quantities if i < other and populations[i] == "inspected-force"
    ]
    unit = context.quantities[other].unit
    return own not in here and any(context.quantities[i].unit == unit for i in here)


def _is_gap(context: Context, index: int) -> bool:
    """Whether a figure says how far two things are apart: "4% better than the national average"."""
    return pattern(_FILE, "compare.gap").match(context.text, context.quantities[index].number_end) is not None


def _counts_bodies(context: Context, index: int) -> bool:
    """Whether a figure counts forces or services."""
    return pattern("figure-places", "place.bodies").search(context.noun(index)) is not None


def _is_total(context: Context, populations: Sequence[str], index: int) -> bool:
    """Whether a figure is a sum or number of all forces together: nothing of one is compared with it."""
    quantity = context.quantities[index]
    per = [pattern("figure-kinds", form) for form in ("rate.per", "rate.named", "rate.each")]
    each = per[0].match(context.after(index)) or any(
        one.search(context.sentence(index).text[: quantity.end - context.sentence(index).start])
        for one in per[1:]
    )
    told = pattern(_FILE, "compare.total").search(context.before(index))
    return quantity.unit in ("GBP", "count") and told is not None and not each


def _may_count_alike(context: Context, first: int, second: int) -> bool:
    """Whether two counts can be of the same thing: 655 vehicles are not set beside six forces."""
    one, other = context.noun(first).split()[-1:], context.noun(second).split()[-1:]
    return context.quantities[first].unit != "count" or not one or not other or one == other


def group_key(context: Context, index: int) -> str | None:
    """The ethnic group that stands before a figure in its sentence, in lower case."""
    words = re.split(r"\bcompared (?:to|with)\b", context.before(index))[-1]
    found = pattern("figure-measures", "group.of-comparison").findall(words)
    return found[0].lower() if found else None


Step = Callable[[Context, Links, Sequence[str], int], Pairs]
STEPS: tuple[Step, ...] = (_in_columns, _in_bracket, _compared, _same_thing_earlier, _at_another_time)
