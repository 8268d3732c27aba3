"""Measures of counts, shares and sums by the part that the number plays in its clause (see ``roles``)."""

from __future__ import annotations

import re

from kg.nlp.figures.measures.clauses import after_subject, verb_at
from kg.nlp.figures.measures.finder import (
    MeasureFinder,
)
from kg.nlp.figures.measures.linked import taken_up
from kg.nlp.figures.measures.roles import SUM, as_share, phrase_by_role, share_by_role
from kg.nlp.figures.measures.wording import (
    match_rule,
    relative,
    search_rule,
    without_loose_ends,
    without_loose_start,
)
from kg.nlp.figures.measures.zones import clause_after
from kg.nlp.figures.numbers.shares import whole_behind
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "figure-measures"


def by_role(finder: MeasureFinder, index: int, before: str, after: str) -> str | None:
    """That of a count, share or sum by the part which it plays in its clause."""
    quantity, kind = finder.context.quantities[index], finder.kind_of(index)
    made: str | None = None
    if kind in ("percent", "ratio"):
        rate = search_rule("measure.named-level", before)
        if rate is not None:  # "The overall absence rate of 4% for children in care is low"
            whom = match_rule("measure.level-of-whom", after)
            tokens = whom["whom"].split(" ") if whom else []
            narrowed = " ".join(tokens[: verb_at(tokens)])
            return without_loose_ends(f"{rate['rate']} {narrowed}")
        made = _series(finder, index, before) or _share_by_role(finder, index, before, after)
    elif (
        kind == "GBP"
        and not match_rule("measure.sum-noun", after)
        and not _is_named_sum(finder, before)
        and "of which" not in before
    ):
        made = phrase_by_role(finder.context, finder.zones, index, SUM)
    elif kind in ("counted", "count") and not quantity.lead and not _is_own_item(finder, index):
        if index in finder.links.direction and finder.is_difference(index, quantity):
            return None
        noun = finder.noun_of(index) if quantity.noun is not None else finder.antecedent_of(index)
        if not noun:  # "callers abandoned 18,930 of its 101 calls"
            behind = match_rule("measure.counted-behind", finder.zones.clause_behind(index, whole=True))
            noun = behind["noun"] if behind else None
        noun = pattern(_FILE, "measure.uncounted").sub("", noun or "")
        made = phrase_by_role(finder.context, finder.zones, index, noun)
    return without_loose_start(made)


def _share_by_role(finder: MeasureFinder, index: int, before: str, after: str) -> str | None:
    of = match_rule("measure.of", clause_after(finder.zones.clause_behind(index))) or _of_sum_behind(
        finder, index
    )
    if of is None or whole_behind(finder.context, index) is not None:
        return None
    them = match_rule("measure.them", of["what"])
    if them is not None and ("of them" in after or not of["what"][them.end() :].strip()):
        noun = finder.counted_before(index)  # "in 85.6 percent of cases"
        generic = them[0] in ("cases", "occasions", "instances")
        return phrase_by_role(finder.context, finder.zones, index, noun or (them[0] if generic else ""))
    beside = _share_beside(finder, index)
    whole = relative(pattern(_FILE, "measure.each-time").sub("", of["what"]))
    if them is not None or " who " in whole or " that " in whole:
        return None
    beside = beside or taken_up(finder, index)
    if beside is not None:
        return as_share(beside, whole)
    return share_by_role(finder.context, finder.zones, index, whole)


def _of_sum_behind(finder: MeasureFinder, index: int) -> re.Match[str] | None:
    """ "79 percent of its £61.0m budget": the whole without its value."""
    following = finder.context.next(index)
    if following is None or finder.context.quantities[following].unit != "GBP":
        return None
    words = finder.context.gap(index, following).rstrip() + finder.zones.clause_behind(following)
    return match_rule("measure.of", words) if match_rule("measure.of-the", words) else None


def _series(finder: MeasureFinder, index: int, before: str) -> str | None:
    """ "Neglect was the reason in 54 percent of conferences, emotional abuse in 27 percent"."""
    last = re.split(r", (?:and )?| and ", before)[-1]
    previous, thing = finder.context.previous(index), match_rule("measure.series", last.strip())
    if previous is None or thing is None or finder.context.quantities[previous].unit != "percent":
        return None
    made = finder.measure(previous)
    told = match_rule("measure.in-clause", made) if made else None
    rest = None if told is None else after_subject(told["clause"])
    return None if rest is None or told is None else f"{told['noun']} in which {thing['thing']} {rest}"


def _share_beside(finder: MeasureFinder, index: int) -> str | None:
    """What a percentage behind a figure in apposition is a share of: "£156m through the precept, about 20
    percent of its total funding"."""
    previous, quantity = finder.context.previous(index), finder.context.quantities[index]
    if previous is None or finder.context.quantities[previous].unit not in ("GBP", "count"):
        return None
    between = pattern(_FILE, "clause.apposition").fullmatch(finder.context.gap(previous, index))
    if between is None or quantity.unit != "percent":
        return None
    return finder.measure(previous)


def _is_named_sum(finder: MeasureFinder, before: str) -> bool:
    named = search_rule("measure.worth", before) or search_rule("measure.rate", before)
    return named is not None or any(
        form.role == "money" and form.regex.search(before) for form in load_patterns(_FILE)
    )


def _is_own_item(finder: MeasureFinder, index: int) -> bool:
    """Whether a count is of the report’s own causes of concern and the like."""
    return pattern("figure-periods", "carry.never").search(finder.context.noun(index)) is not None
