"""Whether the words of a figure go back to the sentence before: "It had 19", "In 2019 it made 9"."""

from __future__ import annotations

from kg.nlp.figures.context import Context
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-discourse"


def looks_back(context: Context, index: int) -> bool:
    """Whether a figure that opens a sentence has the measure of the sentence before: "In 2019 it made 9"."""
    before, words = context.before(index), context.sentence(index).text
    elliptic = pattern(_FILE, "topic.elliptic").match(before)
    return elliptic is not None or pattern(_FILE, "topic.same-measure").match(words) is not None


def refers_back(context: Context, index: int) -> bool:
    """Whether a figure is of what the sentence before counts: "The oldest had …", "It had 19"."""
    sentence, quantity = context.sentence(index), context.quantities[index]
    if pattern(_FILE, "topic.one-of-them").search(sentence.text):
        return True
    opens = quantity.bare and quantity.start == sentence.start
    return opens and pattern(_FILE, "topic.counts-open").match(sentence.text) is not None


def is_elliptic(context: Context, index: int) -> bool:
    """Whether a figure has neither noun nor name, as its measure is that of the sentence before."""
    quantity, words = context.quantities[index], context.sentence(index).text
    if refers_back(context, index) or pattern(_FILE, "topic.same-measure").search(words):
        return True
    bare = quantity.unit == "count" and quantity.bare
    return bare and pattern(_FILE, "topic.elliptic").match(context.before(index)) is not None
