"""What a share is a part of, what a rate is counted per, what changed."""

from __future__ import annotations

import re

from kg.nlp.figures.context import Context
from kg.nlp.figures.links.topic_chains import TopicChains
from kg.nlp.figures.measures.wording import without_loose_ends
from kg.nlp.figures.measures.zones import clause_after
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-kinds"
_CHANGE_IN = re.compile(r"^(?:change|increase|reduction|decrease|rise|fall) in ")


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
        return without_loose_ends(of["what"])
    if quantity.denominator is not None and quantity.noun is not None and not quantity.of_antecedent:
        return context.noun(index)
    sample = chains.of.get(index)
    return context.noun(sample.quantity) or None if sample is not None else None
