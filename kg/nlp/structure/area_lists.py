"""Lists of areas: which known areas a list names, and where each name stands.

A name may hold commas and an "and" itself ("Engaging with and treating the public"), so a list is cut at all
of them and the longest run of pieces that is a name is taken. In overviews of grades what is no area is a
name all the same (``listed_names``); in sentences a list ends before it (``listed_areas``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model.records import Span
from kg.nlp.document.wording import Words

CLOSING = " .;,:"
QUOTES = "‘’'“”\""
_AND = r"(?:and|as well as|in addition to|&)"
_BETWEEN = re.compile(rf"(?:(?<!\s)|(?=\S))(?:\s*[;,\n]\s*(?:{_AND}\s+)?|\s+{_AND}\s+)")
"""It begins where spaces begin: a line of spaces is not looked through from each of them."""
_SURE = 2
"""Areas before a part of a list from which a word or two of a name are enough."""
_BEFORE_NAME = re.compile(r"\A\s*(?:in|at|for|on) ")
_TAIL = re.compile(
    r"[.(:!?]|\s[–—-]\s|\s(?=(?:but|although|though|while|whereas|however|because|as|which|with|after|overall|too"
    r"|also|again|respectively|this|in|at|for|when|by|if|of|on|where|to|against|from)\b)"
)
"""Where a name may end before the end of its part of a list."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name on a line; ``area`` is the label of the area that it names, None for an unknown one."""

    text: str
    area: str | None
    start: int
    end: int


def pieces_between(text: str, mark: re.Pattern[str]) -> list[Span]:
    """The spans of what stands before, between and behind marks."""
    edges = [0]
    for match in mark.finditer(text):
        edges += [match.start(), match.end()]
    edges.append(len(text))
    return list(zip(edges[::2], edges[1::2], strict=True))


# --- in overviews ---


def named_in(text: str, at: int, words: Words) -> Named:
    return known(text, at, words) or Named(text, None, at, at + len(text))


def known(text: str, at: int, words: Words) -> Named | None:
    """The area that a text is the name of, in quotes or not, with or without a verb's "at"."""
    plain = _BEFORE_NAME.sub("", text.rstrip(CLOSING)).strip(QUOTES)
    area = words.area_called(plain) or words.area_heading(plain)[0]
    area = area or words.grading.meant(plain) or words.grading.alike(plain)
    begin = at + text.find(plain)
    return Named(plain, area.label, begin, begin + len(plain)) if area else None


def listed_names(text: str, at: int, words: Words, *, coordinated: bool = True) -> tuple[Named, ...]:
    """The names of a list: the longest known ones first, then what stands between commas and semicolons.

    A name may hold commas and an "and" itself. Without ``coordinated`` unknown names are not parted at them.
    """
    return _joined_unknown(list(_in_order(text, at, words)), text, at, coordinated=coordinated)


def all_known(text: str, at: int, words: Words) -> tuple[Named, ...]:
    """``listed_names`` where each of them is known, else none; ends at the first that is not."""
    found = []
    for named in _in_order(text, at, words):
        if named.area is None:
            return ()
        found.append(named)
    return tuple(found)


def _in_order(text: str, at: int, words: Words) -> Iterator[Named]:
    pieces = [(start, end) for start, end in pieces_between(text, _BETWEEN) if text[start:end].strip()]
    first = 0
    while first < len(pieces):
        start, end = pieces[first]
        reach = bisect_right(pieces, start + _LONGEST, first + 1, key=lambda piece: piece[1])
        for last in range(reach, first, -1):
            end = pieces[last - 1][1]
            if named := known(text[start:end], at + start, words):
                break
        yield named or Named(text[start:end].strip(CLOSING + QUOTES), None, at + start, at + end)
        first = last


_LONGEST = 400
"""Characters of a name that has commas within it: the longest question of a framework has half as many, and
without an end each piece of a line would be looked up with all those behind it."""


def _joined_unknown(found: Sequence[Named], text: str, at: int, *, coordinated: bool) -> tuple[Named, ...]:
    """Unknown names with no more than an "and" between them (or anything, in a cell) are one."""
    out: list[Named] = []
    for named in found:
        before = out[-1] if out else None
        if before is not None and before.area is None and named.area is None:
            between = text[before.end - at : named.start - at].strip()
            if not coordinated or between == "and":
                whole = text[before.start - at : named.end - at].strip(CLOSING + QUOTES)
                out[-1] = Named(whole, None, before.start, named.end)
                continue
        out.append(named)
    return tuple(out)


# --- in sentences ---


def listed_areas(text: str, words: Words) -> tuple[list[tuple[str | None, Span]], str]:
    """The labels of the areas that a list names, each with its span, and what stands behind them; None for
    what is in quotes and is no area.

    A name may hold commas and an "and" itself: the longest is taken. The list ends before the first part
    that is no name.
    """
    pieces = pieces_between(text, _BETWEEN)
    found: list[tuple[str | None, Span]] = []
    first = end = 0
    while first < len(pieces):
        named, used = _longest(text, pieces[first:], words)
        if not named and len(found) >= _SURE and all(area for area, _ in found):
            named, used = _in_few_words(text, pieces[first], words)
        if not named and text.startswith(("'", '"'), pieces[first][0]):
            named, used = [(None, _trimmed(text, *pieces[first]))], 1
        if not named:
            break
        found += named
        first, end = first + used, named[-1][1][1]
        if used == 0:
            break
    return found, text[end:] if found else text


def _in_few_words(text: str, piece: Span, words: Words) -> tuple[list[tuple[str | None, Span]], int]:
    """The area that a part of a list means by a word or two of its name."""
    label = words.grading.told_by_few(text[slice(*piece)])
    return ([(label, _trimmed(text, *piece))], 1) if label else ([], 0)


def _longest(text: str, pieces: Sequence[Span], words: Words) -> tuple[list[tuple[str | None, Span]], int]:
    """The longest name that begins with the first of these pieces: its area and span, and how many whole
    pieces it has (0 where the last is longer than the name)."""
    start = pieces[0][0]
    for count in range(len(pieces), 0, -1):
        stop = pieces[count - 1][1]
        if label := words.grading.area_in(text[start:stop]):
            return [(label, _trimmed(text, start, stop))], count
    for count in range(len(pieces), 1, -1):
        if both := _sharing(text, pieces[0], (pieces[1][0], pieces[count - 1][1]), words):
            return both, count
    for begin, stop in reversed(pieces):
        for tail in reversed(list(_TAIL.finditer(text, begin, stop))):
            if label := words.grading.area_in(text[start : tail.start()]):
                return [(label, _trimmed(text, start, tail.start()))], 0
    return [], 0


def _sharing(text: str, verb: Span, second: Span, words: Words) -> list[tuple[str | None, Span]]:
    """Two areas whose verbs share an object: "preventing and investigating crime"."""
    done, thing = text[slice(*verb)], text[slice(*second)].partition(" ")[2]
    if " " in done.strip() or not thing:
        return []
    one, other = words.grading.area_in(f"{done} {thing}"), words.grading.area_in(text[slice(*second)])
    spans = (_trimmed(text, *verb), _trimmed(text, *second))
    return [(one, spans[0]), (other, spans[1])] if one and other and one != other else []


def _trimmed(text: str, start: int, stop: int) -> Span:
    """A span without quotes and marks around its words, and without the preposition before them."""
    piece = text[start:stop]
    begin = start + len(piece) - len(re.sub(r"\A[ '\"]*(?:(?:at|in|for|on|with) )?['\"]?", "", piece))
    return begin, max(begin, start + len(piece.rstrip(" '\".,;:")))
