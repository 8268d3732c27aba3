"""What a share is a part of, what a rate is counted per, what changed; and whether a whole is a sample."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from kg.nlp.figures.context import Context
from kg.nlp.figures.links.topic_chains import TopicChains
from kg.nlp.figures.measures.wording import relative, without_loose_ends
from kg.nlp.figures.measures.zones import clause_after
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-kinds"
_CHANGE_IN = re.compile(r"^(?:(?:change|increase|reduction|difference|decrease|rise|fall) in |extra )")


def whole_of(context: Context, chains: TopicChains, index: int, kind: str, measure: str | None) -> str | None:
    """The whole of a share, the base of a rate, the thing changed or compared; None where none is named."""
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
    of = pattern("figure-measures", "measure.of").match(clause_after(context.after(index)))
    them = pattern("figure-measures", "measure.them").match(of["what"]) if of else None
    if of and them is None and quantity.unit in ("percent", "ratio"):
        whole = re.split(r" (?:who|whom|whose|that|which)\b", relative(of["what"]))[0]
        times = (context.text[p.start : p.end] for p in context.sentence(index).periods)
        if not any(whole.startswith(time) for time in times):  # "82 percent, of the same quarter of 2020"
            return without_loose_ends(whole)
    if quantity.denominator is not None and quantity.noun is not None and not quantity.of_antecedent:
        return context.noun(index)
    sample = chains.of.get(index)
    return context.noun(sample.quantity) or None if sample is not None else None


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
        sampled = index in chains.of or read or again or asked
        found.append(kind == "share" and sampled and not own_items)
        if index in chains.opening or (found[-1] and size is not None):
            last = index
    return found
