"""PERIOD spans and their dates: dates, months, years, financial years, ranges, "the same period".

Rules of spans: "between … and …" and "from … to …" are one span, preposition included; otherwise
preposition and article stay outside. A nominal reference ("the previous year") is tagged only if it
resolves to dates within its paragraph. Years that belong to a name ("2021 census") are left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import permutations

from kg.model.records import Period, Span
from kg.model.text.bullets import BULLET
from kg.model.text.comparing import with_range_dashes
from kg.model.text.numbers import word_value
from kg.nlp.periods.dates import Bounds, Parts, add_months, atom_bounds, read_parts, shift_years, up_to
from kg.nlp.rules.pattern_files import Pattern, load_patterns, pattern
from kg.nlp.rules.prefilter import prefiltered

_FILE = "period-forms"
_SAME_DAYS = "period.same-days"
THOSE = "period.those"
"""The id of the form of times that point back by their length: "the same two years"."""
_TOLD = 6
_OPENS, _LINES = 12, 3
"""A time that opens a paragraph so near to its begin goes back to what so many lines before tell."""
_NOMINAL = ("same", "previous", "following", "then")


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    bounds: Bounds | None
    pattern: Pattern
    match: re.Match[str]


def find_periods(text: str, names: Sequence[Span] = ()) -> list[Period]:
    """All PERIOD spans in order, none overlapping, each with its first and last day.

    ``names`` are spans of names: a period inside one belongs to it.

    >>> text = "In the year ending 31 March 2023 it fell. In the previous year it rose."
    >>> [(text[p.start:p.end], p.begin_date, p.end_date) for p in find_periods(text)]
    [('year ending 31 March 2023', '2022-04-01', '2023-03-31'), ('previous year', '2021-04-01', '2022-03-31')]
    """
    text = with_range_dashes(text)
    nominal = _nominal(text)
    taken = _covered(text, [*names, *((f.start, f.end) for f in nominal)])
    found = [f for f in _explicit(text) if not (taken[f.start] and taken[f.end - 1])]
    named = _covered(text, names)
    found += [f for f in nominal if not named[f.start]]
    lines = [m.start() for m in re.finditer(r"^", text, re.MULTILINE)]
    periods: list[Period] = []
    antecedents: dict[int, Bounds] = {}
    days: dict[int, list[date]] = {}
    told: dict[int, list[Bounds]] = {}
    for item in sorted(found, key=lambda f: f.start):
        line = bisect_right(lines, item.start)
        apart = _between_days(item, days.get(line, []))
        known = _antecedent(text, lines, line, antecedents)
        if known is None and item.start - lines[line - 1] <= _OPENS:
            known = next(
                (antecedents[n] for n in range(line - 1, line - 1 - _LINES, -1) if n in antecedents), None
            )
        bounds = item.bounds or apart or _resolve(item, known, told.get(line, []))
        if item.pattern.id == THOSE:
            bounds = _as_long(item, bounds, told.get(line, []))
        if bounds is None:
            continue
        told.setdefault(line, []).append(bounds)
        if bounds[0] == bounds[1]:
            days.setdefault(line, []).append(bounds[0])
        if pattern(_FILE, "since").search(text, max(0, item.start - 10), item.start):
            until = antecedents.pop(line, None)
            if until is not None and until[1] > bounds[1]:
                antecedents[line] = bounds[0], until[1]
        elif _is_of_before(item):
            pass  # "against 88.1 percent in the same month last year. Over the same month": of this year
        elif item.pattern.value == "same" or not _is_comparison(text, item, lines[line - 1]):
            antecedents[line] = bounds
        form = item.pattern.id if apart is None else _SAME_DAYS
        periods.append(Period(item.start, item.end, bounds[0].isoformat(), bounds[1].isoformat(), form))
    return periods


def _antecedent(
    text: str, lines: Sequence[int], line: int, antecedents: Mapping[int, Bounds]
) -> Bounds | None:
    """The period last named in a line; in and right behind a list also in the items and the lead-in above."""
    if line in antecedents:
        return antecedents[line]
    while line > 1 and (BULLET.match(text, lines[line - 1]) or BULLET.match(text, lines[line - 2])):
        line -= 1
        if line in antecedents:
            return antecedents[line]
    return None


def range_ends(words: str) -> tuple[Bounds, Bounds] | None:
    """The bounds of both ends of a range's words ("between August 2023 and January 2024"); else None."""
    words = with_range_dashes(words)
    for form in load_patterns(_FILE):
        if form.value in ("range", "bare-range"):
            match = form.regex.match(words)
            if match and match.end() == len(words):
                return _range_parts(match["a"], match["b"])
    return None


def _explicit(text: str) -> list[_Found]:
    found: list[_Found] = []
    taken = bytearray(len(text) + 1)
    for form in load_patterns(_FILE):
        if form.value in ("context", "days") or form.value in _NOMINAL:
            continue
        for match in prefiltered(text).finditer(form.regex):
            start, end = _span(form, match)
            if any(taken[start:end]) or not _is_period(text, form, match):
                continue
            bounds = _bounds(form, match)
            if bounds is not None or form.role == "claims-undated":
                taken[start:end] = b"\1" * (end - start)
            if bounds is not None:
                found.append(_Found(start, end, bounds, form, match))
    return found


def _covered(text: str, spans: Sequence[Span]) -> bytearray:
    covered = bytearray(len(text) + 1)
    for start, end in spans:
        covered[start:end] = b"\1" * (end - start)
    return covered


def _nominal(text: str) -> list[_Found]:
    """References to other periods; "same period in 2022" has the year within it."""
    found = []
    for form in load_patterns(_FILE):
        if form.value not in _NOMINAL:
            continue
        for match in prefiltered(text).finditer(form.regex):
            found.append(_Found(match.start("a"), match.end("a"), None, form, match))
    found.sort(key=lambda f: (f.start, -f.end))
    return [f for i, f in enumerate(found) if not i or f.start >= found[i - 1].end]


def _span(form: Pattern, match: re.Match[str]) -> Span:
    return match.span() if form.value in ("range", "bare-range") else match.span("a")


def _bounds(form: Pattern, match: re.Match[str]) -> Bounds | None:
    if form.value not in ("range", "bare-range"):
        return atom_bounds(match["a"])
    ends = _range_parts(match["a"], match["b"])
    if ends is None or ends[0][0] > ends[1][1]:
        return None
    if form.role == "adjacent" and ends[0][1] + timedelta(days=1) != ends[1][0]:
        return None
    return ends[0][0], ends[1][1]


def _range_parts(first: str, last: str) -> tuple[Bounds, Bounds] | None:
    """Bounds of both ends; what the first leaves out (month, year) it takes from the last."""
    end = atom_bounds(last)
    begin = atom_bounds(first)
    if end is None:
        return None
    if begin is None:
        begin = _completed(read_parts(first), end)
    return None if begin is None else (begin, end)


def _completed(parts: Parts, end: Bounds) -> Bounds | None:
    if parts.day is None and parts.month is None:
        return None
    month = parts.month or end[1].month
    year = parts.year or end[1].year - (month > end[1].month)
    return Parts(parts.day, month, year).bounds()


def _is_period(text: str, form: Pattern, match: re.Match[str]) -> bool:
    """Whether the years of a match stand for time, not for a part of a name."""
    start, end = match.span("a")
    line_start = text.rfind("\n", 0, start) + 1
    before, after = text[max(line_start, start - 40) : start], text[end : end + 60].split("\n")[0]
    if form.value == "year":
        if pattern(_FILE, "year.after").search(after) or pattern(_FILE, "year.named-before").search(before):
            return False
        return pattern(_FILE, "year.before").search(before) is not None
    if form.role == "in-names":
        named = pattern(_FILE, "finyear.before").search(before) or pattern(_FILE, "finyear.after").search(
            after
        )
        return named is None
    return True


def _is_of_before(item: _Found) -> bool:
    """Whether a time is told as that of the year before another: "the same month last year"."""
    return item.pattern.value == "same" and item.match["last"] is not None


def _is_comparison(text: str, item: _Found, line_start: int) -> bool:
    if item.pattern.value in ("previous", "following"):
        return True
    before = text[max(line_start, item.start - 60) : item.start]
    return item.pattern.value != "range" and pattern(_FILE, "compared").search(before) is not None


def _between_days(item: _Found, days: Sequence[date]) -> Bounds | None:
    """ "The same 12 months" after two days that are so far apart: the time between them."""
    match = pattern(_FILE, _SAME_DAYS).match(item.match["a"]) if item.bounds is None else None
    if match is None or len(days) < 2:
        return None
    first, last = sorted(days[-2:])
    apart = add_months(first, _count(match["a"].lower())) == last
    return (first + timedelta(days=1), last) if apart else None


def _as_long(item: _Found, antecedent: Bounds | None, told: Sequence[Bounds]) -> Bounds | None:
    """ "Those 12 months", "the same two years": the antecedent if it is so long, else two times that are.

    ``told`` are the times of the paragraph so far; two years may have been told one by one.
    """
    count, unit = item.match["a"].lower().split()[-2:]

    def lasts(bounds: Bounds) -> bool:
        if unit.startswith("week"):
            return (bounds[1] - bounds[0]).days + 1 == 7 * _count(count)
        months = _count(count) * (12 if unit.startswith("year") else 1)
        return add_months(bounds[0], months) - timedelta(days=1) == bounds[1]

    whole = [bounds for bounds in (antecedent, *reversed(told)) if bounds is not None and lasts(bounds)]
    if whole:
        return whole[0]
    for (first, _), (_, last) in permutations(told[-_TOLD:], 2):
        if first < last and lasts((first, last)):
            return first, last
    return None


def _resolve(item: _Found, antecedent: Bounds | None, told: Sequence[Bounds]) -> Bounds | None:
    """The bounds of a time that points back; ``told`` are the times of the paragraph so far."""
    if antecedent is None:
        return None
    words = item.match["a"].lower()
    if item.pattern.role == "distance":
        return _at_distance(item.match, antecedent)
    if item.pattern.value == "same":
        if words.endswith(" year") and antecedent[0] == antecedent[1]:
            # "… in 2023/24. On 31 March 2024, it had 14 inspectors. In the same year, it issued 35 notices"
            ended = (b for b in reversed(told) if b[1] == antecedent[1] and _lasts_year(b))
            antecedent = next(ended, antecedent)
        return _same(item.match, words, antecedent)
    if item.pattern.role == "length":
        return up_to(item.match["length"].lower(), antecedent[1]) if antecedent[0] == antecedent[1] else None
    if item.pattern.value == "then":
        end = atom_bounds(item.match["b"])
        return (antecedent[0], end[1]) if end and antecedent[0] <= end[1] else None
    step = -1 if item.pattern.value == "previous" else 1
    if "quarter" in words:
        return _shift_months(antecedent, 3 * step)
    if "period" in words:
        return None
    count = re.match(r"(\w+) months\b", words)
    if count:
        return _shift_months(antecedent, step * _count(count[1]))
    if words.endswith(("earlier", "before", "later")):
        return shift_years(antecedent, step)
    return shift_years(_year_of(antecedent), step)


def _lasts_year(bounds: Bounds) -> bool:
    """Whether a time is a year long."""
    return add_months(bounds[0], 12) - timedelta(days=1) == bounds[1]


def _at_distance(match: re.Match[str], antecedent: Bounds) -> Bounds:
    """ "Two years before" and "six months later", counted from the antecedent."""
    months = _count(match["count"].lower()) * (12 if match["unit"].lower() == "year" else 1)
    return _shift_months(antecedent, months if match["way"].lower() == "later" else -months)


def _count(written: str) -> int:
    return 1 if written == "a" else int(written) if written.isdigit() else word_value(written)


def _same(match: re.Match[str], words: str, antecedent: Bounds) -> Bounds | None:
    if re.search(r" (?:date|day)\b", words) and antecedent[0] != antecedent[1]:
        return None
    year = re.search(r"(?:19|20)\d\d", words)
    if year:
        named = atom_bounds(match["shift"])
        if named is None:
            return None
        if named[0].month == 4:
            return shift_years(antecedent, named[0].year - _financial_year(antecedent[0]))
        return shift_years(antecedent, int(year[0]) - antecedent[1].year)
    if "following" in words:
        return shift_years(antecedent, 1)
    if match["shift"] or match["last"]:
        return shift_years(antecedent, -1)
    return _year_of(antecedent) if words.endswith("year") else antecedent


def _year_of(bounds: Bounds) -> Bounds:
    """A day is taken for its calendar year; all else stays what it is."""
    if bounds[0] == bounds[1]:
        return date(bounds[0].year, 1, 1), date(bounds[0].year, 12, 31)
    return bounds


def _shift_months(bounds: Bounds, months: int) -> Bounds:
    return add_months(bounds[0], months), add_months(bounds[1], months)


def _financial_year(day: date) -> int:
    return day.year - (day.month < 4)
