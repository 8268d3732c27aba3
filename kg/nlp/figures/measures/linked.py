"""Measures that a figure has from another: of a base or comparator, of a pair, of a neighbour."""

from __future__ import annotations

from kg.nlp.figures.links.links import is_points
from kg.nlp.figures.measures.carried import (
    is_of_another_subject,
    own_subject,
    speaks_for_itself,
    with_own_place,
)
from kg.nlp.figures.measures.clauses import clause_of
from kg.nlp.figures.measures.finder import MeasureFinder
from kg.nlp.figures.measures.plain import without_front
from kg.nlp.figures.measures.wording import CHANGE_IN, TIME_UNIT, match_whole, search_rule, without_loose_ends
from kg.nlp.rules.pattern_files import pattern

_AMOUNTS = ("GBP", "count", "duration")


def is_beside_unnamed(finder: MeasureFinder, index: int) -> bool:
    """Whether what a figure is set beside in its sentence has no name: then it has none either."""
    focal = finder.links.focal.get(index)
    if focal is None or focal > index:
        return False
    here = finder.context.quantities[focal].sentence == finder.context.quantities[index].sentence
    return here and finder.measure(focal) is None


def of_links(finder: MeasureFinder, index: int) -> str | None:
    """The measure of a base or comparator is that of its focal figure, that of a pair what changed."""
    context, links, quantity = finder.context, finder.links, finder.context.quantities[index]
    previous, following, base = context.previous(index), context.next(index), links.base.get(index)
    if following is not None and (quantity.bare or quantity.open_range):
        joined = pattern("figure-forms", "form.range").fullmatch(context.gap(index, following))
        if joined and base is None and not links.is_base(index):
            return finder.plain(following)
    start = index if links.is_base(index) else base
    told = None
    if start is not None and start in links.starts:
        told = search_rule("measure.change-from", finder.zones.lead(start))
    if told and not finder.is_size(index):
        return without_loose_ends(told["what"])
    level = previous is not None and context.quantities[previous].unit == "percent"
    is_size = finder.sizes is not None and index in finder.sizes and is_points(context, index)
    if previous is not None and level and is_size and not is_points(context, previous):
        return finder.measure(previous)  # "61% said so, 5 percentage points more than in 2022"
    if context.before(index).endswith("(") and quantity.unit == "count" and previous is not None:
        return finder.measure(previous)
    for size in finder.sizes_of.get(index, ()):
        if finder.is_size(size) and size < index:
            words = finder.measure(size)
            return CHANGE_IN.sub("", words) if words else None
    if index in links.focal and may_share(finder, index, links.focal[index]):
        focal = finder.plain(links.focal[index])
        if focal and is_of_another_subject(finder.zones, index, focal):
            return own_subject(finder.zones, index)
        return with_own_place(context, index, focal)
    if base is not None and base < index and quantity.noun is None and not finder.is_size(index):
        return finder.plain(base)
    for first, later in links.pairs:  # "from 10 to 20 officers": only the later one says what is counted
        names_more = context.quantities[later].noun is not None and quantity.noun is None
        if first == index and (later < first or names_more):
            return finder.plain(later)
    return None


def neighbours(finder: MeasureFinder, index: int) -> list[int]:
    """Figures that may measure the same: linked ones first, then those before it in the paragraph."""
    linked = [
        links[index] for links in (finder.later, finder.links.base, finder.links.focal) if index in links
    ]
    previous = finder.context.previous(index)
    number = finder.context.quantities[index].sentence
    earlier = [i for s in finder.context.paragraph_before(number)[:1] for i in s.quantities]
    return [*linked, *([] if previous is None else [previous]), *reversed(earlier)]


def may_share(finder: MeasureFinder, index: int, other: int) -> bool:
    """Whether a figure may have the measure of another: a rank’s is its own."""
    units = [finder.context.quantities[i].unit for i in (index, other)]
    if "GBP" in units and units[0] in _AMOUNTS and units[1] in _AMOUNTS:
        return units[0] == units[1]  # what was received for each resident counts no officers
    return (units[0] == "rank") == (units[1] == "rank")


def of_neighbour(finder: MeasureFinder, index: int) -> str | None:
    """The measure of the nearest figure that may have the same, where its own words tell nothing else."""
    is_rank = finder.context.quantities[index].unit == "rank"
    for other in neighbours(finder, index):
        if not is_rank and not may_share(finder, index, other):
            continue
        if other in finder.made and finder.made[other] is None:
            continue
        words = finder.measure(other)
        asked = f"number of {finder.context.noun(other)}" if finder.context.noun(other) else None
        if words and words == asked and finder.context.quantities[index].unit == "percent":
            continue  # how many were asked is no share of them
        if words and not is_rank and speaks_for_itself(finder.zones, index, words):
            return None
        if words:
            return TIME_UNIT.sub("", CHANGE_IN.sub("", words))
    return None


def takes_up(finder: MeasureFinder, index: int) -> bool:
    """Whether a clause only says what part of something the number before is: "this is 11 percent of …"."""
    clause = clause_of(finder.zones, index)
    if clause is None or not match_whole("clause.accounts", f"{clause.verb} {clause.between}".strip()):
        return False
    subject = without_front(clause.subject)
    return subject.endswith(" which") or match_whole("clause.takes-up", subject) is not None


def taken_up(finder: MeasureFinder, index: int) -> str | None:
    """The phrase of the number that such a clause takes up: the one before, here or in the last sentence."""
    if not takes_up(finder, index):
        return None
    previous = finder.context.previous(index)
    if previous is None:
        last = finder.context.last_of_before(finder.context.quantities[index].sentence)
        previous = last[0] if last is not None and last[1] == 1 else None
    if previous is None or finder.context.quantities[previous].unit not in ("count", "GBP"):
        return None
    return finder.measure(previous)
