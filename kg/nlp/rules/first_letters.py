"""An expression told with which letters its matches begin, so that a search passes over all other places.

Python looks for the first letter of an expression before it tries to match, but not where case is ignored.
``(?=[nh])`` before ``(?:need|has) to`` makes up for it and changes no match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

try:
    from re import _parser  # type: ignore[attr-defined]  # there is no public way to the parse tree
except ImportError:  # a Python that keeps it elsewhere
    _parser = None

_MOST = 16
_NO_WIDTH = ("AT", "ASSERT", "ASSERT_NOT")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
First = tuple[frozenset[str], bool]
"""Members of a class of letters, and whether there may be no letter at all."""


def with_first_letters(regex: re.Pattern[str]) -> re.Pattern[str]:
    """The same expression with the letters that its matches begin with said before it, if they are few.

    >>> with_first_letters(re.compile("(?:need|has) to", re.IGNORECASE)).pattern
    '(?=[hn])(?:(?:need|has) to)'
    >>> with_first_letters(re.compile(".* to")).pattern
    '.* to'
    """
    if _parser is None or re.match(r"\(\?[aiLmsux]+\)", regex.pattern):
        return regex
    first = _of_sequence(_parser.parse(regex.pattern, regex.flags))
    if first is None or first[1] or not 0 < len(first[0]) <= _MOST:
        return regex
    return re.compile(f"(?=[{''.join(sorted(first[0]))}])(?:{regex.pattern})", regex.flags)


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> First | None:
    """What a sequence of parsed parts begins with; None if that is not known."""
    letters = frozenset[str]()
    for name, value in items:
        if str(name) in _NO_WIDTH:
            continue
        found = _of_part(str(name), value)
        if found is None:
            return None
        letters |= found[0]
        if not found[1]:
            return letters, False
    return letters, True


def _of_part(name: str, value: Any) -> First | None:
    if name == "LITERAL":
        return frozenset((re.escape(chr(value)),)), False
    if name == "IN":
        members = [_member(str(kind), member) for kind, member in value]
        return (frozenset(members), False) if all(members) else None
    if name == "SUBPATTERN":
        cased = value[2] & re.IGNORECASE  # for these Python has a look of its own
        return None if cased else _of_sequence(value[-1])
    if name in _REPEATS:
        found = _of_sequence(value[2])
        return None if found is None else (found[0], found[1] or value[0] == 0)
    if name == "BRANCH":
        ways = [_of_sequence(way) for way in value[1]]
        known = [way for way in ways if way is not None]
        if len(known) < len(ways):
            return None
        return frozenset[str]().union(*(way[0] for way in known)), any(way[1] for way in known)
    return None


def _member(kind: str, member: Any) -> str:
    """A member of a class as it is written; empty for what is not written here."""
    if kind == "LITERAL":
        return re.escape(chr(member))
    if kind == "RANGE":
        return f"{re.escape(chr(member[0]))}-{re.escape(chr(member[1]))}"
    return r"\d" if kind == "CATEGORY" and str(member) == "CATEGORY_DIGIT" else ""
