"""What a text must have for a regular expression to match: a quick look before a slow search.

Every match of ``(?:needs?|has) to \\w+`` has " to " in it, and "need" or "has". A text without any of them
need not be searched, and where no match can go over a line break, only the lines with one of them. What is
found stays the same. The words are read off the expression; one with syntax that is not known here is
searched everywhere.

Measured (CPU seconds, median of three): the report in ``seeds/`` 1.09 with it, 1.53 without; an Ofsted report
of 128,000 characters 2.74 with it, 3.98 without.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

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
    reader = _Reader(regex.pattern)
    try:
        if regex.flags & re.VERBOSE:
            raise _UnknownSyntax
        pieces = reader.alternatives()
    except _UnknownSyntax:
        return RequiredLiterals((), False)
    usable = {each for each in _sets(pieces) if _is_telling(each)}
    ordered = sorted(usable, key=lambda n: (-min(map(len, n)), len(n), sorted(n)))[:_MOST_SETS]
    in_line = reader.in_line and not regex.flags & re.DOTALL
    return RequiredLiterals(tuple(tuple(sorted(each)) for each in ordered), in_line)


# --- words -------------------------------------------------------------------------------------------

Piece = str | frozenset[str] | None
"""Of a sequence: a letter; words of which one must be there; anything else, where a run of letters ends."""


def _is_telling(literals: frozenset[str]) -> bool:
    return 0 < len(literals) <= _MOST and min(map(len, literals)) >= _SHORTEST


def _best(found: Iterable[frozenset[str]]) -> frozenset[str]:
    """Of several sets the one that rules out most: with the longest words, and few of them."""
    return max(found, key=lambda n: (min(map(len, n)), -len(n), sorted(n)), default=frozenset())


def _sets(pieces: Iterable[Piece]) -> list[frozenset[str]]:
    """The sets of a sequence, its runs of letters among them."""
    found, run = list[frozenset[str]](), ""
    for piece in (*pieces, None):
        if isinstance(piece, str):
            run += piece
            continue
        if run:
            found.append(frozenset((run,)))
        if piece:
            found.append(piece)
        run = ""
    return found


def _without_longer(words: frozenset[str]) -> frozenset[str]:
    """The words without those that have another one inside: what has "needs" has "need"."""
    return frozenset(w for w in words if not any(other != w and other in w for other in words))


# --- the syntax of expressions -----------------------------------------------------------------------

_QUANTIFIER = re.compile(r"(?:[*?+]|\{(?P<least>\d*)(?:,\d*)?\}(?<!\{\}))[?+]?")
_OPENING = re.compile(r"P<\w+>|[:>]|(?P<look><?[=!])|(?P<flags>[aimsu]*(?:-[ims]+)?)(?P<end>[:)])")
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}
_HEXADECIMAL = {"x": 2, "u": 4}


class _UnknownSyntax(Exception):
    """Part of an expression that is not read here."""


class _Reader:
    """Reads an expression that compiles. ``in_line`` turns False at what may take a line break, or asks where
    the text begins or ends."""

    def __init__(self, expression: str) -> None:
        self.expression = expression
        self.at = 0
        self.in_line = True

    def _next(self) -> str:
        self.at += 1
        return self.expression[self.at - 1]

    def _takes(self, sign: str) -> bool:
        found = self.expression.startswith(sign, self.at)
        self.at += found
        return found

    def alternatives(self) -> list[Piece]:
        """What is left of the expression, or of the group."""
        ways = [self._sequence()]
        while self._takes("|"):
            ways.append(self._sequence())
        if len(ways) == 1:
            return ways[0]
        best = [_best(_sets(way)) for way in ways]
        return [_without_longer(frozenset[str]().union(*best)) if all(best) else None]

    def _sequence(self) -> list[Piece]:
        pieces: list[Piece] = []
        while self.at < len(self.expression) and self.expression[self.at] not in "|)":
            part = self._part()
            quantifier = _QUANTIFIER.match(self.expression, self.at)
            if quantifier is None:
                pieces += part
                continue
            self.at = quantifier.end()
            needed = quantifier[0][0] == "+" or int(quantifier["least"] or 0) > 0
            pieces += [None, *(_sets(part) if needed else ()), None]
        return pieces

    def _part(self) -> list[Piece]:
        sign = self._next()
        if sign == "(":
            return self._group() if self._takes("?") else self._content()
        if sign == "[":
            self.in_line &= self._class_stays_in_line()
            return [None]
        if sign == "\\":
            return self._escape()
        if sign in ".^$":
            self.in_line &= sign == "."  # a dot that takes line breaks is ruled out by its flag
            return [None]
        return [self._letter(sign)]

    def _letter(self, letter: str) -> Piece:
        self.in_line &= letter != "\n"
        return letter.lower() if letter.isascii() or letter.lower() == letter.upper() else None

    def _content(self) -> list[Piece]:
        pieces = self.alternatives()
        self.at += 1  # the closing bracket
        return pieces

    def _group(self) -> list[Piece]:
        """A group behind its question mark: one that is named, has flags, or looks ahead or behind."""
        opening = _OPENING.match(self.expression, self.at)
        if opening is None:
            raise _UnknownSyntax
        self.at = opening.end()
        if opening["end"] == ")":
            return [None]  # flags of the whole expression
        added = (opening["flags"] or "").partition("-")[0]
        self.in_line &= "s" not in added
        pieces = self._content()
        if opening["look"]:
            return [None, *(() if "!" in opening["look"] else _sets(pieces)), None]
        return pieces

    def _escape(self) -> list[Piece]:
        """An escape outside of a class, behind its backslash."""
        sign = self.expression[self.at]
        if sign in "dwbBDWsSAZ":
            self.at += 1
            self.in_line &= sign in "dwbB"
            return [None]
        return [self._letter(self._escaped())]

    def _escaped(self) -> str:
        """The letter that an escape stands for."""
        sign = self._next()
        if sign in _HEXADECIMAL:
            digits = self.expression[self.at : self.at + _HEXADECIMAL[sign]]
            self.at += len(digits)
            return chr(int(digits, 16))
        if sign.isalnum() and sign not in _CONTROLS:
            raise _UnknownSyntax
        return _CONTROLS.get(sign, sign)

    def _class_stays_in_line(self) -> bool:
        """Read a class behind its bracket: whether it surely takes no line break."""
        negated, names_break, stays, begin = self._takes("^"), False, True, self.at
        while not (self.expression[self.at] == "]" and self.at > begin):
            first = self._member()
            last = first
            if self.expression[self.at] == "-" and self.expression[self.at + 1] != "]":
                self.at += 1
                last = self._member()
            if first in _CATEGORIES:
                stays &= first in ("\\d", "\\w")
            elif first <= "\n" <= last:
                stays, names_break = False, True
        self.at += 1
        return names_break if negated else stays

    def _member(self) -> str:
        """A letter of a class, or a category with its backslash."""
        sign = self._next()
        if sign != "\\":
            return sign
        if "\\" + self.expression[self.at] in _CATEGORIES:
            return "\\" + self._next()
        return self._escaped()


_CATEGORIES = {"\\d", "\\w", "\\s", "\\D", "\\W", "\\S"}
