"""Lists inside lists: the level of each item, told from its sign or number and from colons.

Formats lose the indent of lists; what is left is how an item begins ("1.", "a)", "•", "−") and that the item
above a deeper list mostly ends in a colon or goes on ("Support for young carers, including:").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"\(?(?P<outer>(?:\d{1,2}\.){0,3})(?P<mark>\d{1,3}|[a-z]|[ivx]{1,5})(?P<end>[.)])[ \t]+")
_SIGN = re.compile(r"(?P<sign>\S)[ \t]+")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_GOES_ON = re.compile(r"[;,](?: (?:and|or))?$")


@dataclass(slots=True)
class _Level:
    """A list that is open: how its items are marked, the number of its last one, and how its first begins.

    ``shared`` is true for a list whose items have the same sign as those of the list around it.
    """

    style: str
    number: int | None
    lower: bool
    shared: bool = False


def list_levels(
    items: Sequence[str],
    may_announce: Callable[[str], bool] = bool,
    depths: Sequence[int | None] | None = None,
) -> list[int]:
    """The level of each item of one list, from 0; ``items`` are lines with their signs or numbers.

    ``depths`` is how deep the format says that each stands: signs of different depth are different signs.

    Where the parts of an item have its own sign and begin with capitals, nothing shows where they end:
    ``may_announce`` says whether an item that ends in a colon is a lead-in to all that follow.

    >>> list_levels(["1. Act by:", "- asking", "- telling.", "2. Plan."])
    [0, 1, 1, 0]
    >>> list_levels(["- Support, including:", "- planning", "- money.", "- The speed of checks."])
    [0, 1, 1, 0]
    """
    open_lists: list[_Level] = []
    levels = []
    for at, item in enumerate(items):
        style, number, words = _marked(item, open_lists[-1] if open_lists else None)
        if number is None and depths is not None and depths[at] is not None:
            style += str(depths[at])
        before = items[at - 1].rstrip() if at else ""
        lower = words[:1].islower()
        depth = _depth(open_lists, style, number, lower, before, may_announce)
        if depth == len(open_lists):
            shared = bool(open_lists) and open_lists[-1].style == style
            open_lists.append(_Level(style, number, lower, shared))
        else:
            del open_lists[depth + 1 :]
            if style:
                open_lists[depth].number = number
        levels.append(depth)
    return levels


def _depth(
    open_lists: list[_Level],
    style: str,
    number: int | None,
    lower: bool,
    before: str,
    may_announce: Callable[[str], bool],
) -> int:
    """The list that an item belongs to: one that is open, or (the number of open ones) a new one."""
    if not open_lists or not style:
        return 0  # an item that has lost its mark
    innermost, deepest = open_lists[-1], len(open_lists) - 1
    same = [at for at, level in enumerate(open_lists) if level.style == style]
    follows = [at for at in same if number is not None and number == (open_lists[at].number or 0) + 1]
    if follows:
        return follows[-1]
    opens = before.endswith(":")
    if opens and style == innermost.style and not lower and not may_announce(before):
        opens = False  # nothing tells where its parts would end
    if number is not None and same and number != 1:
        return same[-1]  # a number between was lost
    if opens and (number == 1 or style == innermost.style or not same):
        return deepest + 1
    if not same:
        return deepest + 1 if number is None or opens else 0
    if innermost.shared and same[-1] == deepest:
        ended = innermost.lower and not lower and not _GOES_ON.search(before)
        return deepest - 1 if ended else deepest
    return same[-1]


def _marked(item: str, open_list: _Level | None) -> tuple[str, int | None, str]:
    """The style of an item's mark, its number, and its words."""
    match = _NUMBER.match(item)
    if match is None:
        sign = _SIGN.match(item)
        return (sign["sign"] if sign else "", None, item[sign.end() :] if sign else item)
    mark, words = match["mark"], item[match.end() :]
    end = match["end"] + "." * match["outer"].count(".")  # "1.a)" is another style than "a)"
    if mark.isdigit():
        return "1" + end, int(mark), words
    if mark in _ROMAN and not _is_next_letter(mark, end, open_list):
        roman = open_list is not None and open_list.style == "i" + end
        if roman or len(mark) > 1 or mark == "i":
            return "i" + end, _ROMAN[mark], words
    return "a" + end, ord(mark[0]) - ord("a") + 1, words


def _is_next_letter(mark: str, end: str, open_list: _Level | None) -> bool:
    """Whether "i" comes after "h": a letter and no roman number."""
    if open_list is None or open_list.style != "a" + end or len(mark) > 1:
        return False
    return ord(mark) - ord("a") == open_list.number
