"""When a document is from, as far as it says, and which frameworks were in use then."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from urllib.parse import urlsplit

from kg.model.frameworks import Framework
from kg.model.text.comparing import with_range_dashes
from kg.model.text.sentences import sentence_around
from kg.nlp.document.opening import Opening
from kg.nlp.periods import find_periods
from kg.nlp.periods.dates import date_in, month_bounds
from kg.nlp.rules.pattern_files import compiled, load_patterns, pattern

_FILE = "document"
_TO_REPORT = timedelta(days=120)
"""From the first visits of a cycle to its first report, at the least."""
_LAST_REPORTS = timedelta(days=540)
"""From the first visits of a cycle to the last report of the cycle before."""
_LAST_VISITS = timedelta(days=120)
"""From the first visits of a cycle to the last visits of the cycle before."""

Years = tuple[int, int]
"""The first and the last year of a cycle."""
Fit = Literal["in-time", "too-early", "not-begun", "over", "late"]
"""How a framework fits the time of a document: in use then; begun, but too short before for a report; not yet
begun; its inspections, or its reports, over."""


@dataclass(frozen=True, slots=True)
class When:
    """The days between which a document is from, or the inspection that it is about if ``inspected``; how
    that is known."""

    first: date
    last: date
    inspected: bool
    how: str

    @property
    def is_day(self) -> bool:
        return self.first == self.last

    def __str__(self) -> str:
        return f"the date {self.last.isoformat()}" if self.is_day else self.how


def when_of(opening: Opening, told: str, programmes: Iterable[str]) -> When | None:
    """When a document is from: the dates of its inspection; in letters and news those of the report that they
    are about; its own date, that in the address of its page; failing all, who published it and under whom.

    ``told`` is its text without announcements, ``programmes`` are forms of the names of programmes.
    """
    if opening.inspected:
        return _on(opening.inspected, "the inspection", inspected=True)
    if not opening.graded and (named := _report_date(told, programmes)):
        return _on(named, "the report that it names")
    of_another = opening.published is None or not opening.graded
    visits = (
        _dated(told, "dated-latest"),
        _dated(told, "dated-inspection", last=opening.graded),
        _dated(told, "dated-visit"),
    )
    if of_another and (visited := next(filter(None, visits), None)):
        return _on(visited, "the inspection that it names", inspected=True)
    if opening.published:
        return _on(opening.published, "its date")
    if reported := _dated(told, "dated-report"):
        return _on(reported, "the report that it names")
    if addressed := date_of_address(opening.address):
        return _on(addressed, "the date in its address")
    return _era(opening.text)


def _on(day: str, how: str, *, inspected: bool = False) -> When:
    """A day, or the last day of an ISO month."""
    found = month_bounds(*map(int, day.split("-")))[1] if day.count("-") == 1 else date.fromisoformat(day)
    return When(found, found, inspected, how)


def _report_date(text: str, programmes: Iterable[str]) -> str | None:
    """The date or year of the report that a letter follows up: "our PEEL report of 21 November 2023"."""
    for form in programmes:
        for match in compiled(form).finditer(text):
            start, end = sentence_around(text, *match.span())
            if found := date_in(text[start:end]):
                return found
            heads = text[start : end + 1].rstrip()[-1:] not in (".", "!", "?")  # the title of the letter
            year = pattern(_FILE, "year-of-report").search(text[start:end])
            if year and not heads and len(years_in(text[start:end])) == 1:
                return f"{year['year']}-12-31"
    return None


def _dated(text: str, rule: str, *, last: bool = False) -> str | None:
    """The month or day of the first inspection or report that a text dates, but for earlier ones. With
    ``last`` the latest day of any: minutes tell of the inspections before; letters and news, of revisits."""
    found = []
    for match in pattern(_FILE, rule).finditer(text):
        dated = [p for p in find_periods(match["when"]) if p.begin_date and p.end_date]
        if dated and (day := dated[-1 if last else 0].end_date):
            found.append(day)
            if not last:
                break
    return max(found, default=None)


_DAY = re.compile(r"(?<!\d)(20[1-3]\d)[/-](\d\d)[/-](\d\d)(?!\d)")


def date_of_address(address: str | None) -> str | None:
    """The day in an address: ``/2025/05/18/``, ``/2021-10-27/``."""
    match = _DAY.search(urlsplit(address or "").path)
    try:
        return date(*map(int, match.groups())).isoformat() if match else None
    except ValueError:
        return None


def _era(text: str) -> When | None:
    """The years in which the publisher had the names that a text has: "HMIC" until 2017, "His Majesty’s"."""
    found = [rule for rule in load_patterns(_FILE) if rule.role == "era" and rule.regex.search(text)]
    spans = [tuple(date.fromisoformat(day) for day in rule.value.split(" ")) for rule in found]
    if not spans:
        return None
    first, last = max(span[0] for span in spans), min(span[1] for span in spans)
    return When(first, last, False, "the names of its publisher") if first <= last else None


def fit(framework: Framework, frameworks: Sequence[Framework], when: When | None) -> Fit | None:
    """How a framework fits the time of a document; None where that is not known."""
    if when is None:
        return None
    begins = date.fromisoformat(framework.begins) if framework.begins else None
    if begins and begins > when.last:
        return "not-begun"
    after = [f.begins for f in frameworks if f.previous == framework.notation and f.begins]
    late = _LAST_VISITS if when.inspected else _LAST_REPORTS
    if any(date.fromisoformat(day) + late < when.first for day in after):
        return "over" if when.inspected else "late"
    if begins and not when.inspected and begins + _TO_REPORT > when.last:
        return "too-early"
    return "in-time"


# --- years of cycles ----------------------------------------------------------------------------------


def years_in(text: str) -> set[Years]:
    """The ranges of years, and the single years, that a text has."""
    return {
        (int(m[1]), int(m[1][:2] + (m[2] or m[1])[-2:]))
        for m in pattern(_FILE, "years").finditer(with_range_dashes(text))
    }


def years_of(text: str) -> Years | None:
    """The first and last year of the one range (or year) of years that a text has.

    >>> years_of("PEEL 2023–25"), years_of("Norfolk 2016"), years_of("2016 and 2018")
    ((2023, 2025), (2016, 2016), None)
    """
    found = years_in(text)
    return found.pop() if len(found) == 1 else None


def without_months(text: str) -> str:
    """A title or address without the month and year of its letter, which are no cycle.

    >>> without_months("Kent Police: PEEL causes of concern – May 2024")
    'Kent Police: PEEL causes of concern –/'
    """
    return pattern(_FILE, "month-and-year").sub("/", text)


def cycle_of(framework: Framework) -> Years | None:
    """The years of a framework’s cycle, as its title says."""
    return years_of(framework.title.replace(" to ", "–"))


def words_of_address(address: str | None) -> str:
    """The path of an address in words, the years of cycles as they are written in titles.

    >>> words_of_address("https://example.org/peel-reports/norfolk-2023-25/?page=2")
    'peel reports norfolk 2023–25'
    """
    path = without_months(_DAY.sub("/", urlsplit(address or "").path))
    path = re.sub(r"(?<!\d)(20[1-3]\d)[-_](?=[1-3]\d(?!\d|[-_/]\d))", r"\1–", path)
    path = re.sub(r"(?<!\d)(20[1-3]\d)[-_](?=20[1-3]\d(?!\d))", r"\1–", path)
    return " ".join(compiled(r"[^\w–]+|[_-]+").split(path)).strip()
