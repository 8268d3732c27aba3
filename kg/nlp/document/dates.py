"""When a report was published and its inspection took place, after the labels of the framework."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from kg.model.records import Document
from kg.model.text.months import month_number
from kg.nlp.document.lines import HEAD, Line
from kg.nlp.document.wording import Words
from kg.nlp.periods import find_periods
from kg.nlp.periods.dates import FULL_DATE, date_in
from kg.nlp.rules.pattern_files import compiled, pattern


def find_date(document: Document, lines: Sequence[Line], words: Words) -> str | None:
    """ISO date of publication: after one of the framework's labels near the start, else from metadata."""
    labels = "|".join(words.wording.date_labels) or r"(?!)"
    label = compiled(rf"(?:{labels})\s*:?\s*(?P<rest>.*)", re.IGNORECASE)
    head = [*lines[:HEAD], *lines[HEAD:][-5:]]
    for at, line in enumerate(head):
        if match := label.fullmatch(line.text):
            after = match["rest"] or (head[at + 1].text if at + 1 < len(head) else "")
            if found := date_in(after):
                return found
    short = [line.text for at, line in enumerate(lines[:HEAD]) if at < 4 or FULL_DATE.fullmatch(line.text)]
    alone = [found for text in short if len(text) < 25 and (found := date_in(text))]
    stated = metadata(
        document,
        "dcterms.issued",
        "dcterms.created",
        "dc.date",
        "article:published_time",
        "published",
        "date",
        "dcterms.date",
    )
    return alone[0] if alone else date_in(stated or "")


def metadata(document: Document, *keys: str) -> str | None:
    """The first of some values that the format of a document states about it."""
    values = {key.casefold(): value for key, value in document.metadata}
    return next((values[key] for key in keys if values.get(key)), None)


def find_inspection_dates(lines: Sequence[Line], words: Words) -> tuple[str | None, str | None]:
    """ISO dates of the first and last day of the inspection, from a label near the start."""
    labels = "|".join(words.wording.inspection_labels)
    if not labels:
        return None, None
    label = compiled(rf"(?:{labels})\s*[:|]?\s*(?P<rest>.*)", re.IGNORECASE)
    for at, line in enumerate(lines[: HEAD * 2]):
        if match := label.fullmatch(line.text):
            after = match["rest"] or (lines[at + 1].text if at + 1 < len(lines) else "")
            first, last = range_in(after[:160].split(". ")[0])
            if first:
                return first, last
    return None, None


def find_fieldwork(lines: Sequence[Line]) -> str | None:
    """ISO date of the first day on which, as a sentence says, the inspectors did their work: "We inspected
    the force between 6 May and 28 June 2024". What they did earlier or will do is none."""
    for line in lines[:_OPENING]:
        for sentence in re.split(r"(?<=[.!?]) ", line.text):
            if pattern("document", "fieldwork").search(sentence):
                dated = [p for p in find_periods(sentence) if p.begin_date and p.end_date]
                if dated and dated[0].begin_date:
                    return dated[0].begin_date
    return None


_OPENING = 60
"""Lines in which a report says when its inspection took place."""


def range_in(text: str) -> tuple[str | None, str | None]:
    """The first and last day that a text names; a day takes its month and year from the days after it.

    >>> range_in("27 November to 8 December 2017"), range_in("10, 11 and 14 June 2024")
    (('2017-11-27', '2017-12-08'), ('2024-06-10', '2024-06-14'))
    >>> range_in("16 December – 10 January 2020"), range_in("June 2024")
    (('2019-12-16', '2020-01-10'), (None, None))
    """
    days: list[date] = []
    month, year = None, None
    for match in reversed(list(pattern("document", "range-day").finditer(text))):
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
