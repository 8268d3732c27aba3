"""Whether the words count the opposite of what is measured: "failed to give advice in 9 of 16"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.nlp.figures.context import Context
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.negations import is_negated
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
    own = pattern(_FILE, "opposite.own-clause").match(context.after(index)) if shared else None
    return context.previous(index) if shared and own is None else None


def _is_opposite(context: Context, index: int) -> bool:
    """Whether the predicate of a number's clause is negated; of "all but four" it is the other way round."""
    following = context.next(index)
    if context.quantities[index].open_range and following is not None:  # "between 30 and 35 percent hadn’t …"
        return _is_opposite(context, following)
    before = context.before(index)
    negated = any(is_negated(words) for words in _clause(context, index, before))
    return negated != (pattern(_FILE, "opposite.all-but").search(before) is not None)


def _clause(context: Context, index: int, before: str) -> tuple[str, str]:
    """The words of the number's own clause before and behind it."""
    after = _behind(context, index)
    if pattern(_FILE, "opposite.opens").search(before):  # "In nine of these, nobody …"
        opening, comma, rest = after.partition(", ")
        own = comma and pattern(_FILE, "opposite.own-clause").match(opening) is None
        rest = pattern(_FILE, "opposite.aside").split(rest)[0] if own else ""
        return "", f"{pattern(_FILE, 'opposite.aside').split(opening)[0]} {rest}"
    before = pattern(_FILE, "opposite.clause").split(before)[-1]
    own_before = "" if before.endswith(", ") else before
    return own_before, pattern(_FILE, "opposite.aside").split(after)[0]


def _behind(context: Context, index: int) -> str:
    """The words behind a number up to the next that counts something else.

    Its own percentage is passed over, and what is said of the next number left out: "31 (26 percent) weren’t
    attended", "effective in 31 and absent in the remaining 29".
    """
    after = context.after(index)
    following = context.next(index)
    if following is None:
        return after
    beside = pattern(_FILE, "opposite.percentage").match(
        context.text, context.quantities[index].end, context.sentence(index).end
    )
    if beside is not None:
        last = following
        while (then := context.next(last)) is not None and context.quantities[last].end < beside.end():
            last = then
        end = context.quantities[last].start
        end = context.sentence(index).end if end < beside.end() else end
        return context.text[beside.end() : end]
    return pattern(_FILE, "opposite.of-next").sub("", after)
