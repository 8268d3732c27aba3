"""Numbers that are no figures: in names, dates, headings; targets, limits, ages, tallies, method counts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.model.records import Block, Period, Span
from kg.model.text.headings import contents_pages
from kg.model.text.months import MONTHS
from kg.model.text.numbers import Number, find_numbers
from kg.nlp.figures.context import Context
from kg.nlp.figures.numbers.counted_nouns import is_stop
from kg.nlp.figures.numbers.titles import titles
from kg.nlp.figures.numbers.units import is_two_part
from kg.nlp.figures.quantities import Quantity
from kg.nlp.rules.pattern_files import load_patterns, pattern
from kg.nlp.rules.prefilter import lowered, may_match

_GROUPS = ("n", "m", "k", "j")
_FORMS = "figure-forms"
_CLAUSE = 200
_ZONES = ("zone", "unreal")
_YEAR_BEFORE = re.compile(r"(?<!\d)(?:19|20)\d\d ?[-–/]$")
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

    The numbers are groups of the wording, or those in its ``zone``: "should …" to the end of the clause.
    """
    starts: dict[int, str] = {start: _IN_CONTENTS for start, _ in contents_pages(line)}
    low = lowered(line)
    for form in load_patterns("figure-exclusions"):
        if not may_match(form.regex, low):
            continue
        groups = [group for group in _GROUPS if group in form.regex.groupindex]
        for match in form.regex.finditer(line):
            for group in groups:
                start = match.start(group)
                measured = form.role == "limit" and _is_measured_time(line, start)
                graded_cases = form.role == "graded" and _grades_cases(line, start)
                if start >= 0 and not measured and not graded_cases:
                    starts.setdefault(start, form.id)
            if form.role in _ZONES:
                for start in _in_zone(form.role, match):
                    starts.setdefault(start, form.id)
    return tuple(starts.items())


def _in_zone(role: str, match: re.Match[str]) -> Iterator[int]:
    """Where the numbers stand that the opening of a clause rules out, but for those of what is there already.

    What is demanded may cost money that was counted; what is denied, supposed or aimed at is no sum either.
    """
    zone = "zone" if match["zone"] is not None else "also"
    for number in find_numbers(match[zone]):
        before = match[zone][: number.start]
        stays = pattern(_FORMS, "form.its-own").search(before) if role == "unreal" else _is_definite(before)
        if not stays and (role == "unreal" or not number.money):
            yield match.start(zone) + number.start


def _is_measured_time(line: str, start: int) -> bool:
    """Whether a time behind "over", "after" or "more than" was measured, and is no limit or stretch.

    So "it was over 6 minutes", "typically after 2 hours 15 minutes"; not where it tells some from others: "85
    reports had waited for more than three months".
    """
    time = pattern(_FORMS, "form.duration").match(line, max(0, start))
    if start < 0 or time is None:
        return False
    if is_two_part(time) or pattern(_FORMS, "form.on-average").match(line, time.end()):
        return True
    before = line[
        max(0, start - _CLAUSE, *(line.rfind(mark, 0, start) for mark in (". ", "; ", ", "))) : start
    ]
    if pattern(_FORMS, "form.typically-after").search(before):
        return True
    is_age = line.startswith(" old", time.end())
    words = pattern(_FORMS, "form.age-before" if is_age else "form.measured-before").search(before)
    if words is None:
        return False
    whose = words.start("whose")
    return whose < 0 or pattern(_FORMS, "form.told-apart").search(before, 0, whose) is None


def _grades_cases(line: str, start: int) -> bool:
    """Whether grades are of cases that were counted before: "Of the 33 cases, nine were good"."""
    before = line[max(0, start - 2 * _CLAUSE) : max(0, start)]
    return pattern(_FORMS, "form.graded-cases").search(before) is not None


def _is_definite(before: str) -> bool:
    """Whether a number counts what is there already, also in a demand: "should review all its 45 cases"."""
    return pattern(_FORMS, "form.definite").search(before) is not None


def _lines_with(text: str, numbers: Sequence[Number]) -> list[tuple[int, str]]:
    found, position = [], 0
    starts = [number.start for number in numbers]
    for line in text.split("\n"):
        if bisect_left(starts, position) < bisect_left(starts, position + len(line)):
            found.append((position, line))
        position += len(line) + 1
    return found


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
    for start, end in [*((p.start, p.end) for p in periods), *proper, *titles(text, blocks)]:
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
        return pattern(_FORMS, "form.demand").search(words) is not None

    kept = [quantity for quantity in context.quantities if not is_required(quantity)]
    return context if len(kept) == len(context.quantities) else context.with_quantities(kept)


def _is_year(text: str, number: Number) -> bool:
    written = text[number.start : number.end]
    if len(written) == 2 and _YEAR_BEFORE.search(text, max(0, number.start - 6), number.start):
        return True  # "the plan for 2014-17"
    return len(written) == 4 and written.isdigit() and 1900 <= number.value <= 2099


_NAMED = re.compile(rf"(?<![.!?:;] )(?<!^)\b(?!(?:{'|'.join(MONTHS)})\b)(?P<n>[A-Z][\w’-]*) $", re.MULTILINE)
_NOUN_AFTER = re.compile(r" (?P<word>[a-z][\w’-]*)|[ -]?%|\.\d")


def _is_named(text: str, number: Number) -> bool:
    """A bare number behind a capitalised word ("Windows 10 is old") is part of a name."""
    if number.money or number.words:
        return False
    before = text[max(0, number.start - 30) : number.start]
    if _NAMED.search(before) is None:
        return False
    after = _NOUN_AFTER.match(text, number.end)
    counts = after is not None and (after["word"] in (None, "of", "out", "per") or not is_stop(after["word"]))
    return not counts and not _is_value_of_name(text, number)


def _is_value_of_name(text: str, number: Number) -> bool:
    """Whether a number is one of a line of names and values: "…: Alnshire 281; England and Wales 355"."""
    start, end = text.rfind("\n", 0, number.start) + 1, text.find("\n", number.end)
    values = pattern(_FORMS, "form.named-values").search(text, start, len(text) if end < 0 else end)
    return values is not None and values.start() < number.start < values.end()
