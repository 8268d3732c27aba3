"""When an inspection took place and who led it, after the labels of the framework ("Inspection dates: …")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from kg.model.text.months import MONTHS, month_number
from kg.nlp.document.lines import HEAD, Line
from kg.nlp.document.wording import Words, longest_first

_DAY = re.compile(
    rf"(?<![\d/])(\d{{1,2}})(?:st|nd|rd|th)?(?![\d/])(?:\s+(?:of\s+)?({'|'.join(MONTHS)})\b)?(?:,?\s+(\d{{4}})\b)?",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Z][\w’'.-]*(?: (?:[A-Z][\w’'.-]*|de|der|van|von|la|le|del)){1,4}")


def find_inspection_dates(lines: Sequence[Line], words: Words) -> tuple[str | None, str | None]:
    """ISO dates of the first and last day of the inspection, from a label near the start."""
    labels = "|".join(words.wording.inspection_labels)
    if not labels:
        return None, None
    label = re.compile(rf"(?:{labels})\s*[:|]?\s*(?P<rest>.*)", re.IGNORECASE)
    for at, line in enumerate(lines[: HEAD * 2]):
        if match := label.fullmatch(line.text):
            after = match["rest"] or (lines[at + 1].text if at + 1 < len(lines) else "")
            first, last = range_in(after[:160].split(". ")[0])
            if first:
                return first, last
    return None, None


def range_in(text: str) -> tuple[str | None, str | None]:
    """The first and last day that a text names; a day takes its month and year from the days after it.

    >>> range_in("27 November to 8 December 2017"), range_in("10, 11 and 14 June 2024")
    (('2017-11-27', '2017-12-08'), ('2024-06-10', '2024-06-14'))
    >>> range_in("16 December – 10 January 2020"), range_in("June 2024")
    (('2019-12-16', '2020-01-10'), (None, None))
    """
    days: list[date] = []
    month, year = None, None
    for match in reversed(list(_DAY.finditer(text))):
        own = month_number(match[2]) if match[2] else None
        if match[3]:
            year = int(match[3])
        elif own and month and year and own > month:
            year -= 1
        month = own or month
        if month and year:
            day = _date(year, month, int(match[1]))
            if day is None:
                return None, None
            days.append(day)
    if not days or min(days) != days[-1]:
        return None, None
    return days[-1].isoformat(), days[0].isoformat()


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find_lead(lines: Sequence[Line], words: Words) -> str | None:
    """The name after one of the labels of the inspector ("Lead inspector: Helen Example HMI")."""
    labels = "|".join(words.wording.inspector_labels)
    if not labels:
        return None
    label = re.compile(rf"(?:{labels})\s*[:|]\s*(?P<rest>.*)", re.IGNORECASE)
    for at, line in enumerate(lines):
        if len(line.text) < 160 and (match := label.fullmatch(line.text)):
            following = lines[at + 1].text if at + 1 < len(lines) else ""
            if name := _name(match["rest"] or following, words):
                return name
    return None


def _name(text: str, words: Words) -> str | None:
    """The name that a text begins with, without the offices and names that follow."""
    titles = longest_first(words.wording.inspector_titles)
    offices = "|".join(re.escape(title).replace("’", "[’']") for title in titles) or r"(?!)"
    name = re.split(rf"\s*(?:[,;(|]|\band\b|\b(?:{offices})\b)", text, maxsplit=1)[0].strip()
    return name if _NAME.fullmatch(name) else None
