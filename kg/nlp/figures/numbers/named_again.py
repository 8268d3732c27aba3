"""Wholes that words name again: "38 percent of the checks", "Of these officers, 12 …", "of the total".

A definite phrase stands for what was counted before it in the paragraph, if that has the same head noun:
"completed 3,890 checks. Only 38 percent of the checks …". What inspectors read may stand further back in the
report: "Of the records that we analysed, 44 showed …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal

from kg.nlp.figures.context import Context, refers_to_same_time
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.quantities import Quantity
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-shares"
_NEAR = 3
"""How many sentences before a part may count what it names again."""


def whole_named_again(
    context: Context, links: Links, found: Sequence[Quantity], samples: Set[int], index: int
) -> Decimal | None:
    """How many there are of what a count or percentage says that it is a part of; None where nothing tells.

    A part with a time of its own may be of another whole, and so may what is only compared.
    """
    if index in links.focal or _has_own_time(context, index):
        return None
    opening = pattern(_FILE, "again.opening").fullmatch(context.before(index))
    if opening is not None and context.previous(index) is None:
        if opening["read"]:
            return _of_sample(context, found, samples, index, opening["noun"])
        return _counted(context, links, found, index, opening["noun"])
    waiting = pattern(_FILE, "again.those-doing").fullmatch(context.before(index))
    if waiting is not None and context.previous(index) is None:
        return _counted_doing(context, links, found, index, waiting["doing"])
    if found[index].unit != "percent":
        return None
    behind = pattern(_FILE, "again.of").match(context.after(index))
    if behind is not None:
        return _counted(context, links, found, index, behind["noun"])
    if pattern(_FILE, "again.of-total").match(context.after(index)):
        return _only_count_before(context, links, found, index)
    return _count_of_clause_before(context, links, found, index)


def _has_own_time(context: Context, index: int) -> bool:
    return any(not refers_to_same_time(period) for period in context.sentence(index).periods) and (
        context.previous(index) is None
    )


def _earlier(context: Context, index: int) -> Iterator[int]:
    """The quantities before one, nearest first: in its sentence, then in those before it in the paragraph."""
    yield from (i for i in reversed(context.sentence(index).quantities) if i < index)
    for sentence in context.paragraph_before(context.quantities[index].sentence)[:_NEAR]:
        yield from reversed(sentence.quantities)


def _is_whole(links: Links, found: Sequence[Quantity], other: int, part: Quantity) -> bool:
    """Whether a quantity counts things, as they are now, of which another can be a part."""
    one = found[other]
    if one.unit != "count" or one.noun is None or other in links.sizes or links.is_base(other):
        return False
    return part.unit != "count" or part.value <= one.value


def _counted(
    context: Context, links: Links, found: Sequence[Quantity], index: int, noun: str
) -> Decimal | None:
    """The last count of things with the same head noun."""
    head = noun.split()[-1].lower()
    for other in _earlier(context, index):
        if context.noun(other).split()[-1:] and context.noun(other).split()[-1].lower() == head:
            return found[other].value if _is_whole(links, found, other, found[index]) else None
    return None


def _of_sample(
    context: Context, found: Sequence[Quantity], samples: Set[int], index: int, noun: str
) -> Decimal | None:
    """The size of the last sample of things of that name in the report: "Of the records that we analysed"."""
    head = noun.split()[-1].lower()
    named = [i for i in samples if i < index and context.noun(i).split()[-1:] == [head]]
    size = found[max(named)].value if named else None
    return size if size is not None and (found[index].unit != "count" or found[index].value <= size) else None


def _counted_doing(
    context: Context, links: Links, found: Sequence[Quantity], index: int, doing: str
) -> Decimal | None:
    """ "2,204 people were waiting. … Of those now waiting, 319 …": whose predicate is said again."""
    for other in _earlier(context, index):
        end = context.sentence(other).end
        told = re.search(rf"\b{doing}\b", context.text[found[other].end : end])
        if told is not None and _is_whole(links, found, other, found[index]):
            return found[other].value
    return None


def _only_count_before(
    context: Context, links: Links, found: Sequence[Quantity], index: int
) -> Decimal | None:
    """The one count of things of the sentence before, of which "the total" is said."""
    before = context.paragraph_before(context.quantities[index].sentence)[:1]
    counts = [i for s in before for i in s.quantities if _is_whole(links, found, i, found[index])]
    return found[counts[0]].value if len(counts) == 1 else None


def _count_of_clause_before(
    context: Context, links: Links, found: Sequence[Quantity], index: int
) -> Decimal | None:
    """ "completed 1,036 audits; 29 percent were unsatisfactory"."""
    previous = context.previous(index)
    if previous is None or not _is_whole(links, found, previous, found[index]):
        return None
    joined = pattern(_FILE, "again.clause").fullmatch(context.gap(previous, index))
    predicate = pattern(_FILE, "again.predicate").match(context.after(index))
    return found[previous].value if joined and predicate else None
