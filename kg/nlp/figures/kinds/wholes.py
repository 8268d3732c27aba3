"""What a share is a part of, what a rate is counted per, what changed; and whether a whole is a sample."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from kg.nlp.figures.context import Context
from kg.nlp.figures.links.topic_chains import TopicChains
from kg.nlp.figures.measures.clauses import verb_at
from kg.nlp.figures.measures.wording import relative, without_loose_ends
from kg.nlp.figures.measures.zones import Zones
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-kinds"
_OTHERS = ("population.similar", "population.england-and-wales", "population.services")
_CHANGE_IN = re.compile(
    r"^(?:(?:[\w’-]+ ){0,2}(?:change|increase|reduction|difference|decrease|rise|fall) in |extra )",
    re.IGNORECASE,
)


def whole_of(zones: Zones, chains: TopicChains, index: int, kind: str, measure: str | None) -> str | None:
    """The whole of a share, the base of a rate, the thing changed or compared; None where none is named."""
    context = zones.context
    quantity = context.quantities[index]
    if kind in ("change", "difference"):
        return _CHANGE_IN.sub("", measure) if measure else None
    if kind == "rate":
        per = pattern(_FILE, "rate.base").search(
            context.text[quantity.number_end : context.sentence(index).end]
        )
        return without_loose_ends(per["base"]) if per else None
    if kind != "share":
        return None
    if quantity.open_range and context.next(index) is not None:  # "86 to 88 percent of emergencies"
        index = context.next(index) or index
        quantity = context.quantities[index]
    if quantity.unit in ("percent", "ratio"):
        whole = named_whole(zones, index)
        if whole is not None:
            return whole
    if quantity.denominator is not None and quantity.noun is not None and not quantity.of_antecedent:
        return context.noun(index)
    beside = (i for i in context.sentence(index).quantities if context.quantities[i].noun is not None)
    same = [i for i in beside if quantity.denominator == context.quantities[i].denominator is not None]
    if same:  # "in 44 of 50 cases, compared with 19 of 50 in 2023"
        return context.noun(same[0])
    sample = chains.of.get(index)
    return context.noun(sample.quantity) or None if sample is not None else None


def named_whole(zones: Zones, index: int) -> str | None:
    """What a percentage is of, as the words behind it name it; None where they name none.

    A time, a limit and what was done with the part are no words of the whole: "93 percent of 999 calls within
    ten seconds" is of 999 calls, "61 percent of time on patrol" of nothing that could be counted.
    """
    of = pattern("figure-measures", "measure.of").match(zones.around(index)[1])
    if of is None or pattern("figure-measures", "measure.them").match(of["what"]):
        return None
    words = re.sub(r"[”’]$", "", of["what"].rstrip(" .”"))
    words = pattern(_FILE, "whole.end").split(words)[0]
    words = re.split(r" (?:who|whom|whose|that|which)\b", relative(words))[0]
    tokens = words.split()
    verb = verb_at(tokens)
    if verb == len(tokens) - 1:  # "all contact", "crimes reported"
        verb = None
    whole = without_loose_ends(" ".join(tokens if verb is None else tokens[:verb]))
    if whole is None or pattern(_FILE, "whole.none").match(whole):
        return None
    if any(pattern("figure-population", form).match(whole) for form in _OTHERS):
        return None  # "2% for statistical neighbours": whose share it is
    if whole in ("England", "Wales", "England as a whole", "Wales as a whole"):
        return None
    without = pattern(_FILE, "whole.without").search(zones.context.sentence(index).text)
    left_out = next((words for words in without.groups() if words), None) if without else None
    return whole if left_out is None else f"{whole} (excluding {left_out})"


def find_sampled(
    context: Context, chains: TopicChains, kinds: Sequence[str], measures: Sequence[str | None]
) -> list[bool]:
    """Whether each quantity is a share of a sample that was looked at or asked, not of all there are.

    What began on a sample goes on with it: "9 of 16 cases we reviewed … 64 out of 70 relevant cases", through
    the paragraph, and through the section where the whole can be a part of a sample that the report names.
    A whole that nobody says is a sample is none: "214 of 906 visits were overdue".
    """
    quantities = context.quantities
    largest = max((sample.size for sample in chains.opening.values()), default=Decimal(0))
    found: list[bool] = []
    last: int | None = None
    for index, kind in enumerate(kinds):
        sentence, size = context.sentence(index), quantities[index].denominator
        again = False
        if last is not None and size is not None:
            here, there = (context.section_titles(quantities[i].start) for i in (index, last))
            same_paragraph = context.sentence(last).paragraph == sentence.paragraph
            # what has a time of its own counts all that happened then: "in the same period, 33 of 34"
            same_section = here == there and size <= largest and not sentence.periods
            again = same_paragraph or same_section
        read = pattern(_FILE, "sample.review").search(sentence.text) is not None
        asked = pattern(_FILE, "sample.answers").search(measures[index] or "") is not None
        own_items = pattern("figure-periods", "carry.never").search(context.noun(index)) is not None
        sampled = _is_of_sample(chains, kinds, index) or read or again or asked
        found.append(kind == "share" and sampled and not own_items)
        if index in chains.opening or (found[-1] and size is not None):
            last = index
    return found


def _is_of_sample(chains: TopicChains, kinds: Sequence[str], index: int) -> bool:
    """Whether a quantity is of what was asked or looked at, not of all that inspectors found.

    "We found that 412 people were wanted. Of these, 19 were wanted for rape": nobody has drawn the 412.
    """
    sample = chains.of.get(index)
    if sample is None:
        return False
    return sample.is_survey or sample.quantity == index or kinds[sample.quantity] in ("sample", "share")
