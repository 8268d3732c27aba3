"""Whether the words count the opposite of what is measured: "failed to give advice in 9 of 16"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.nlp.figures.context import Context
from kg.nlp.figures.links.links import Links
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-kinds"
_COUNTED = ("share", "level", "rate")


def find_opposites(context: Context, links: Links, kinds: Sequence[str]) -> list[bool]:
    """Whether each quantity counts the opposite; a comparator does if what it is compared with does."""
    found: list[bool] = []
    for index, kind in enumerate(kinds):
        other = _same_predicate(context, links, index)
        if kind not in _COUNTED or (kind == "level" and context.quantities[index].unit != "count"):
            found.append(False)
        elif other is not None and other < index and kinds[other] == kind:
            found.append(found[other])
        else:
            found.append(_is_opposite(context, index))
    return found


def _same_predicate(context: Context, links: Links, index: int) -> int | None:
    """The number whose predicate a number shares: "gave none in 9 of 16, and on … in 10 of 23"."""
    if index in links.focal:
        return links.focal[index]
    shared = pattern(_FILE, "opposite.same").search(context.before(index))
    return context.previous(index) if shared else None


def _is_opposite(context: Context, index: int) -> bool:
    """Whether the predicate of a number's clause is negated; of "all but four" it is the other way round."""
    before = context.before(index)
    negated = any(pattern(_FILE, "opposite.not").search(words) for words in _clause(context, index, before))
    return negated != (pattern(_FILE, "opposite.all-but").search(before) is not None)


def _clause(context: Context, index: int, before: str) -> tuple[str, str]:
    """The words of the number's own clause before and behind it."""
    after = context.after(index)
    if pattern(_FILE, "opposite.opens").search(before):  # "In nine of these, nobody …"
        opening, comma, rest = after.partition(", ")
        rest = pattern(_FILE, "opposite.aside").split(rest)[0] if comma else rest
        return "", f"{pattern(_FILE, 'opposite.aside').split(opening)[0]} {rest}"
    before = pattern(_FILE, "opposite.clause").split(before)[-1]
    own = "" if before.endswith(", ") else before
    return own, pattern(_FILE, "opposite.aside").split(after)[0]
