"""When a report was published and its inspection took place, after the labels of the framework."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.model.records import Document, Span
from kg.model.text.months import month_number
from kg.nlp.document.lines import HEAD, Line
from kg.nlp.document.wording import Words
from kg.nlp.periods import find_periods
from kg.nlp.periods.dates import FULL_DATE, date_in
from kg.nlp.rules.pattern_files import compiled, pattern


@dataclass(frozen=True, slots=True)
class Published:
    """A date of publication: ISO, of a day or (``2018-05``) a month, with its words, if they are in the text.

    ``updated`` is whether it is the day on which the page was last changed: the only one that it states.
    """

    date: str
    span: Span | None = None
    updated: bool = False


_FRONT = 40
"""Lines in which what a report says of itself stands: title, dates, sender, before its first paragraph."""
FULL_OR_ISO = re.compile(rf"{FULL_DATE.pattern}|\d{{4}}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}/\d{{4}}", re.IGNORECASE)
_NEAR_TITLE = 4
"""Lines within which a date without a label is that of the report."""


def find_date(
    document: Document, lines: Sequence[Line], words: Words, title: Line | None = None
) -> Published | None:
    """When the report was published: after a label above its first paragraph, else a date alone there or at
    the end of its title ("Inspection report, July 2022"), else what the metadata of the file say. A label
    below running text dates another report."""
    front = _front_matter(lines, title)
    labels = {
        "published": (*words.wording.date_labels,),
        "inspected": (*words.wording.inspection_labels,),
        "updated": ("last updated(?: on)?", "updated(?: on)?"),
    }
    stated: dict[str, Published] = {}
    for at, line in enumerate(front):
        for kind, value, start in _fields(line, labels):
            if is_paragraph(line.text) and not FULL_OR_ISO.match(value):
                continue
            below = front[at + 1] if not value and at + 1 < len(front) else None
            text, begin = (below.text, below.start) if below else (value, start)
            if (found := _date_in(text)) and kind not in stated:
                stated[kind] = Published(found, (begin, begin + len(text)), kind == "updated")
    if "published" in stated:
        return stated["published"]
    salutation = next((line.start for line in lines[:_FRONT] if line.text.startswith("Dear ")), 0)
    for at, line in enumerate(front):
        in_letterhead = line.start < salutation  # below an address of any length
        near = at < _NEAR_TITLE or in_letterhead or (title is not None and line.start > title.start)
        if (
            near
            and len(line.text) < 25
            and not _fields(line, labels)
            and not pattern("document", "not-published").search(line.text)
            and (found := _date_in(line.text, True))
        ):
            return Published(found, (line.start, line.end))
    for line in front[:_NEAR_TITLE]:
        if (match := pattern("document", "report-of-month").search(line.text)) and (
            found := _date_in(match["when"])
        ):
            return Published(found, (line.start + match.start("when"), line.start + match.end("when")))
    meta = _date_in(metadata(document, *_METADATA) or "")
    return Published(meta) if meta else stated.get("updated")


def find_withdrawal(lines: Sequence[Line], title: Line | None = None) -> Span | None:
    """Where a report says of itself, above its first paragraph or as that, that it is withdrawn."""
    told = (line for line in _front_matter(lines, title) if pattern("document", "withdrawn").match(line.text))
    return next(((line.start, line.end) for line in told), None)


_METADATA = (
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "article:published_time",
    "published",
    "date",
    "dcterms.date",
)


def _front_matter(lines: Sequence[Line], title: Line | None) -> list[Line]:
    """The lines to the first paragraph below the title (or the start), which may begin with a date."""
    front: list[Line] = []
    for line in lines[:_FRONT]:
        front.append(line)
        told = pattern("document", "withdrawn").match(line.text) is None
        if told and (title is None or line.start > title.start) and is_paragraph(line.text):
            break
    return front


def is_paragraph(text: str) -> bool:
    """Whether a line is running text.

    >>> is_paragraph("The force answers most calls in time."), is_paragraph("Published on: 14 May 2024")
    (True, False)
    """
    return pattern("document", "paragraph").search(text) is not None


def _fields(line: Line, labels: Mapping[str, Sequence[str]]) -> list[tuple[str, str, int]]:
    """What the labels of a line introduce: the kind of label, the text up to the next one, and where it
    begins. A label begins the line, or stands inside it before a colon: "… 31 March Report published: …".
    """
    named = "|".join(f"(?P<{kind}>{'|'.join(forms) or '(?!)'})" for kind, forms in labels.items())
    regex = compiled(rf"(?:\A|(?<=[\w|] ))(?:{named})(?!\w)\s*[:|]?\s*", re.IGNORECASE)
    found = [m for m in regex.finditer(line.text) if m.start() == 0 or m[0].rstrip().endswith(":")]
    ends = [*(match.start() for match in found), len(line.text)][1:]
    return [
        (str(match.lastgroup), line.text[match.end() : end].strip(), line.start + match.end())
        for match, end in zip(found, ends, strict=True)
    ]


def _date_in(text: str, alone: bool = False) -> str | None:
    """The first day in a text, else its month: ISO. ``alone``: the text is a month and no more."""
    if day := date_in(text):
        return day
    month = pattern("document", "month").search(text)
    if month is None or (alone and month[0] != text) or FULL_DATE.search(text):
        return None
    return f"{month['year']}-{month_number(month['month']):02d}"


def metadata(document: Document, *keys: str) -> str | None:
    """The first of some values that the format of a document states about it."""
    values = {key.casefold(): value for key, value in document.metadata}
    return next((values[key] for key in keys if values.get(key)), None)


def find_inspection_dates(lines: Sequence[Line], words: Words) -> tuple[str | None, str | None]:
    """ISO dates of the first and last day of the inspection, from a label near the start."""
    labels = {"inspected": words.wording.inspection_labels, "published": words.wording.date_labels}
    if not words.wording.inspection_labels:
        return None, None
    for at, line in enumerate(lines[: HEAD * 2]):
        for kind, value, _ in _fields(line, labels):
            after = value or (lines[at + 1].text if at + 1 < len(lines) else "")
            first, last = range_in(after[:160].split(". ")[0]) if kind == "inspected" else (None, None)
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
    >>> range_in("7 Mar 2016 – 31 March 2016"), range_in("07/03/2016 to 31/03/2016")
    (('2016-03-07', '2016-03-31'), ('2016-03-07', '2016-03-31'))
    """
    days: list[date] = []
    month, year = None, None
    for match in reversed(list(pattern("document", "range-day").finditer(text))):
        own = month_number(match[2]) if match[2] else int(match["month"]) if match["month"] else None
        if match[3] or match["year"]:
            year = int(match[3] or match["year"])
        elif own and month and year and own > month:
            year -= 1
        month = own or month
        if month and year:
            day = _date(year, month, int(match[1] or match["day"]))
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
