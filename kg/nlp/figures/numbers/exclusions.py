"""Numbers that are no figures: in names, dates, headings; targets, limits, ages, tallies, method counts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from kg.model.records import Block, Period, Span
from kg.model.text.bullets import BULLET
from kg.model.text.headings import LONGEST_HEADING, contents_pages, is_caption, is_open
from kg.model.text.months import MONTHS
from kg.model.text.numbers import Number, find_numbers
from kg.nlp.figures.context import Context
from kg.nlp.figures.numbers.counted_nouns import is_stop
from kg.nlp.figures.quantities import Quantity
from kg.nlp.rules.pattern_files import load_patterns, pattern
from kg.nlp.rules.prefilter import lowered, may_match

_GROUPS = ("n", "m", "k", "j")
_LIST_JOINT = re.compile(r"[;,] (?:and|or)$")
_LABEL_AND_VALUE = re.compile(r"[\w)]: (?:(?:about|around|nearly|over|under) )?[£−-]?\d")
_IN_CONTENTS = "not.contents"


def excluded_starts(text: str, numbers: Sequence[Number]) -> dict[int, str]:
    """Start of each number that a wording rules out, with the id of that wording.

    Only lines that have a number are looked at.
    """
    lines = _lines_with(text, numbers)
    return {offset + start: form for offset, line in lines for start, form in _excluded(line)}


@lru_cache(maxsize=1024)
def _excluded(line: str) -> tuple[tuple[int, str], ...]:
    """Start of each number that a wording has in a line, with the first such wording.

    The numbers are groups of the wording, or all in its ``zone`` ("should …" to the end of the clause) but
    for those of what is there already.
    """
    starts: dict[int, str] = {start: _IN_CONTENTS for start, _ in contents_pages(line)}
    low = lowered(line)
    for form in load_patterns("figure-exclusions"):
        if not may_match(form.regex, low):
            continue
        groups = [group for group in _GROUPS if group in form.regex.groupindex]
        for match in form.regex.finditer(line):
            for group in groups:
                if match.start(group) >= 0:
                    starts.setdefault(match.start(group), form.id)
            if form.role == "zone":
                for number in find_numbers(match["zone"]):
                    if not number.money and not _is_definite(match["zone"][: number.start]):
                        starts.setdefault(match.start("zone") + number.start, form.id)
    return tuple(starts.items())


def _is_definite(before: str) -> bool:
    """Whether a number counts what is there already, also in a demand: "should review all its 45 cases"."""
    return pattern("figure-forms", "form.definite").search(before) is not None


def _lines_with(text: str, numbers: Sequence[Number]) -> list[tuple[int, str]]:
    found, position = [], 0
    starts = [number.start for number in numbers]
    for line in text.split("\n"):
        if bisect_left(starts, position) < bisect_left(starts, position + len(line)):
            found.append((position, line))
        position += len(line) + 1
    return found


def headings(text: str, blocks: Sequence[Block]) -> list[Span]:
    """Lines that are headings or rows: their numbers belong to a title or a table.

    Where the format says so, it is believed; else a line without an end mark, that is no list item and does
    not follow a colon, is taken for one.
    """
    marked = [(b.start, b.end) for b in blocks if b.kind in ("heading", "row")]
    told = {(b.start, b.end) for b in blocks if b.kind in ("paragraph", "list-item")}
    position, previous = 0, ""
    for line in text.split("\n"):
        span = (position, position + len(line))
        if span not in told and _looks_like_heading(line.strip(), previous):
            marked.append(span)
        position += len(line) + 1
        previous = line.strip() or previous
    return marked


def _looks_like_heading(line: str, previous: str) -> bool:
    if not line or len(line) > LONGEST_HEADING or BULLET.match(line) or previous.endswith(":"):
        return False
    if _LABEL_AND_VALUE.search(line) and not is_caption(line):
        return False  # "Fire stations: 31 (wholetime: 6; on-call: 25)"
    return is_open(line) and _LIST_JOINT.search(line) is None


def candidate_numbers(
    text: str,
    numbers: Sequence[Number],
    periods: Sequence[Period],
    names: Sequence[Span],
    blocks: Sequence[Block],
) -> list[Number]:
    """The numbers that may be figures, in order."""
    covered = bytearray(len(text) + 1)
    # "twenty-two neighbourhood teams" counts what it names
    proper = [(start, end) for start, end in names if any(c.isupper() for c in text[start:end])]
    for start, end in [*((p.start, p.end) for p in periods), *proper, *headings(text, blocks)]:
        covered[start:end] = b"\1" * (end - start)
    ruled_out = excluded_starts(text, numbers)
    return [
        number
        for number in numbers
        if not covered[number.start]
        and number.start not in ruled_out
        and not _is_year(text, number)
        and not _is_named(text, number)
    ]


def without_requirements(context: Context) -> Context:
    """The context without what the body is to reach: the quantities in bullets under "… should:"."""

    def is_required(quantity: Quantity) -> bool:
        lead = context.sentences[quantity.sentence].lead
        words = "" if lead is None else context.sentences[lead].text
        return pattern("figure-forms", "form.demand").search(words) is not None

    kept = [quantity for quantity in context.quantities if not is_required(quantity)]
    return context if len(kept) == len(context.quantities) else context.with_quantities(kept)


def _is_year(text: str, number: Number) -> bool:
    written = text[number.start : number.end]
    return len(written) == 4 and written.isdigit() and 1900 <= number.value <= 2099


_NAMED = re.compile(rf"(?<![.!?:;] )(?<!^)\b(?!(?:{'|'.join(MONTHS)})\b)(?P<n>[A-Z][\w’-]*) $", re.MULTILINE)
_NOUN_AFTER = re.compile(r" (?P<word>[a-z][\w’-]*)|[ -]?%|\.\d")


def _is_named(text: str, number: Number) -> bool:
    """A bare number behind a capitalised word ("Windows 10 is old") is part of a name."""
    if number.money or number.words:
        return False
    before = text[max(0, number.start - 30) : number.start]
    after = _NOUN_AFTER.match(text, number.end)
    counts = after is not None and (after["word"] in (None, "of", "out", "per") or not is_stop(after["word"]))
    return _NAMED.search(before) is not None and not counts
