"""How exact a number is said to be: exact, about, at least, at most."""

from __future__ import annotations

from kg.nlp.figures.context import Context
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "figure-bounds"
_LONGEST = 45


def bound_of(context: Context, index: int) -> str:
    """The bound that the words directly before or behind a number give it; else ``exact``.

    A comparison with something else is none: "5 percentage points more than 12 percent".
    """
    quantity, sentence = context.quantities[index], context.sentence(index)
    before = context.text[max(sentence.start, quantity.start - _LONGEST) : quantity.start]
    after = context.text[quantity.number_end : min(sentence.end, quantity.end + _LONGEST)]
    compared = context.previous(index) is not None and (
        pattern(_FILE, "bound.compared").fullmatch(context.before(index)) is not None
    )
    if quantity.interval is not None and before.endswith("estimated "):
        return "exact"  # what is not known of an estimate from a sample, its interval says
    for form in load_patterns(_FILE):
        if form.role == "behind" and form.regex.match(after):
            return form.value
        if form.role == "before" and not compared and form.regex.search(before):
            return form.value
    return "exact"
