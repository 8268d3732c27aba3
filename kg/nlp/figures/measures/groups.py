"""The sub-group that a figure is about."""

from __future__ import annotations

import re

from kg.model.records import Known, Span
from kg.nlp.figures.context import Context
from kg.nlp.figures.links.comparisons import group_key
from kg.nlp.figures.links.links import Links
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-measures"


def find_groups(context: Context, links: Links) -> list[Known | None]:
    """The words of the group of each quantity ("Black or Black British people"), in their order."""
    return [_group(context, links, index) for index in range(len(context.quantities))]


def _group(context: Context, links: Links, index: int) -> Known | None:
    """The group as written; a compared ratio has its focal figure's."""
    quantity = context.quantities[index]
    if quantity.unit == "rank":
        return None
    focal = links.focal.get(index)
    stated = _stated_group(context, index)
    carried = None if focal is None else _stated_group(context, focal)
    if carried is not None and focal is not None:
        vague = stated is not None and context.text.startswith("a ", stated[0]) and group_key(context, focal)
        if vague or (stated is None and quantity.unit == "ratio"):
            return Known("group", "carried", *carried)
    return None if stated is None else Known("group", "stated", *stated)


def _stated_group(context: Context, index: int) -> Span | None:
    """The group that the words next to a figure name: before it in its clause, or after "percent of"."""
    quantity = context.quantities[index]
    before = context.before(index)
    cut = quantity.start - len(pattern(_FILE, "group.not-before").split(before)[-1])
    of = re.match(r" of [^,;.]{0,60}", context.after(index))
    for start, end in ((cut, quantity.end), (quantity.end, quantity.end + (of.end() if of else 0))):
        for form in ("group.ethnic", "group.sex"):
            found = pattern(_FILE, form).search(context.text[start:end])
            if found:
                return start + found.start(), start + found.end()
    return None
