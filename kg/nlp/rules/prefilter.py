"""What a text must have for a regular expression to match: a quick look before a slow search.

Of an expression such as ``(?:needs?|has) to \\w+`` the parse tree gives words of which one is in every match:
"need" or "has". A text without any of them need not be searched, and where no match can go over a line break,
only the lines with one of them. What is found stays the same. The words come from Python's own parser of
expressions; where it cannot be asked, or is not understood, everything is searched.

Measured on the report in ``seeds/`` (CPU seconds, median of five): 0.96 with it, 1.84 without.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

try:
    from re import _parser  # type: ignore[attr-defined]  # there is no public way to the parse tree
except ImportError:  # a Python that keeps it elsewhere
    _parser = None

_MOST = 60
_MOST_SETS = 3
_SHORTEST = 2
_ODD_CASES = re.compile("[\u0130\u0131\u017f\u212a]")
"""Letters that an expression takes for i, s or k although their small letters are others."""


@dataclass(frozen=True, slots=True)
class RequiredLiterals:
    """What every match of an expression has: of each of ``sets`` (small letters) one, the most telling first.

    ``in_line`` is True only if neither a match nor what the expression looks at around it has a line break.
    """

    sets: tuple[tuple[str, ...], ...]
    in_line: bool


def lowered(text: str) -> str | None:
    """The text as ``may_match`` wants it; None for one with letters whose case is odd."""
    return None if not text.isascii() and _ODD_CASES.search(text) else text.lower()


def may_match(regex: re.Pattern[str], low: str | None) -> bool:
    """False only if the expression matches nowhere in the text; ``low`` comes from ``lowered``.

    >>> need = re.compile(r"(?:needs?|has) to \\w+", re.IGNORECASE)
    >>> may_match(need, lowered("It NEEDS to act")), may_match(need, lowered("It acts"))
    (True, False)
    """
    if low is None:
        return True
    for literals in literals_of(regex).sets:
        for literal in literals:
            if literal in low:
                break
        else:
            return False
    return True


class PrefilteredText:
    """A text in which many expressions are looked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._low = lowered(text)
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def finditer(self, regex: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The matches that ``regex.finditer`` gives."""
        if not may_match(regex, self._low):
            return
        literals = literals_of(regex)
        if self._low is None or not (literals.in_line and literals.sets):
            yield from regex.finditer(self.text)
            return
        for line in sorted(self._lines_with(self._low, literals.sets[0])):
            start, *after = self._starts[line : line + 2]
            yield from regex.finditer(self.text, start, after[0] if after else len(self.text))

    def holds(self, regex: re.Pattern[str]) -> bool:
        """Whether the expression matches anywhere."""
        return next(self.finditer(regex), None) is not None

    def _lines_with(self, low: str, literals: Iterable[str]) -> set[int]:
        lines = set()
        for literal in literals:
            at = low.find(literal)
            while at >= 0:
                line = bisect_right(self._starts, at) - 1
                lines.add(line)
                at = low.find(literal, self._starts[line + 1]) if line + 1 < len(self._starts) else -1
        return lines


@lru_cache(maxsize=4)
def prefiltered(text: str) -> PrefilteredText:
    """The text, ready to be searched; kept for the finders of one report."""
    return PrefilteredText(text)


_KNOWN: dict[int, tuple[re.Pattern[str], RequiredLiterals]] = {}
"""By the identity of an expression, which is kept so that no other gets it; its hash would take long."""
_MOST_KNOWN = 8192


def literals_of(regex: re.Pattern[str]) -> RequiredLiterals:
    """The literals of an expression."""
    known = _KNOWN.get(id(regex))
    if known is None:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        known = _KNOWN[id(regex)] = regex, _read(regex)
    return known[1]


def _read(regex: re.Pattern[str]) -> RequiredLiterals:
    if _parser is None:
        return RequiredLiterals((), False)
    tree = _parser.parse(regex.pattern, regex.flags)
    usable = {each for each in _of_sequence(tree) if _is_telling(each)}
    ordered = sorted(usable, key=lambda n: (-min(map(len, n)), len(n), sorted(n)))[:_MOST_SETS]
    return RequiredLiterals(tuple(tuple(sorted(each)) for each in ordered), _in_line(regex, tree))


# --- words -------------------------------------------------------------------------------------------


def _is_telling(literals: frozenset[str]) -> bool:
    return 0 < len(literals) <= _MOST and min(map(len, literals)) >= _SHORTEST


def _best(found: Iterable[frozenset[str]]) -> frozenset[str]:
    """Of several sets the one that rules out most: with the longest words, and few of them."""
    return max(filter(None, found), key=lambda n: (min(map(len, n)), -len(n), sorted(n)), default=frozenset())


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    """The sets of a sequence of parsed parts: runs of letters, and what its parts need."""
    found, run = list[frozenset[str]](), ""
    for name, value in items:
        if str(name) == "LITERAL" and _is_plain(chr(value)):
            run += chr(value).lower()
            continue
        found.append(frozenset((run,) if run else ()))
        run = ""
        found += _of_part(str(name), value)
    return [*found, frozenset((run,) if run else ())]


def _is_plain(letter: str) -> bool:
    return letter.isascii() or letter.lower() == letter.upper()


def _of_part(name: str, value: Any) -> list[frozenset[str]]:
    if name == "SUBPATTERN":
        return _of_sequence(value[-1])
    if name == "ATOMIC_GROUP":
        return _of_sequence(value)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _of_sequence(value[2]) if value[0] > 0 else []
    if name == "ASSERT":
        return _of_sequence(value[1])
    if name == "BRANCH":
        ways = [_best(_of_sequence(way)) for way in value[1]]
        return [_without_longer(frozenset[str]().union(*ways))] if all(ways) else []
    return []


def _without_longer(words: frozenset[str]) -> frozenset[str]:
    """The words without those that have another one inside: what has "needs" has "need"."""
    return frozenset(w for w in words if not any(other != w and other in w for other in words))


# --- line breaks -------------------------------------------------------------------------------------

_NO_BREAK = {"CATEGORY_DIGIT", "CATEGORY_WORD"}
_INSIDE = {"MAX_REPEAT": 2, "MIN_REPEAT": 2, "POSSESSIVE_REPEAT": 2, "ASSERT": 1, "ASSERT_NOT": 1}
_BOUNDS = {"AT_BOUNDARY", "AT_NON_BOUNDARY"}


def _in_line(regex: re.Pattern[str], tree: Iterable[tuple[Any, Any]]) -> bool:
    return not regex.flags & re.DOTALL and _stays_in_line(tree)


def _stays_in_line(items: Iterable[tuple[Any, Any]]) -> bool:
    return all(_part_stays(str(name), value) for name, value in items)


def _part_stays(name: str, value: Any) -> bool:
    """True only for parts that surely take no line break and do not ask where the text begins or ends."""
    if name == "LITERAL":
        return bool(value != ord("\n"))
    if name == "ANY":
        return True  # a dot that takes line breaks is ruled out by its flag
    if name == "IN":
        return all(_member_stays(str(kind), member) for kind, member in value) or _is_negated(value)
    if name == "SUBPATTERN":
        return not value[1] & re.DOTALL and _stays_in_line(value[-1])
    if name in _INSIDE:
        return _stays_in_line(value[_INSIDE[name]])
    if name == "BRANCH":
        return all(map(_stays_in_line, value[1]))
    return name == "AT" and str(value) in _BOUNDS


def _member_stays(kind: str, member: Any) -> bool:
    if kind == "LITERAL":
        return bool(member != ord("\n"))
    if kind == "RANGE":
        return not member[0] <= ord("\n") <= member[1]
    return kind == "CATEGORY" and str(member) in _NO_BREAK


def _is_negated(members: list[tuple[Any, Any]]) -> bool:
    """Whether a class is a negated one that names the line break."""
    kinds = [(str(kind), member) for kind, member in members]
    return kinds[0][0] == "NEGATE" and ("LITERAL", ord("\n")) in kinds
