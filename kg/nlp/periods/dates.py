"""The arithmetic of periods: the words of one date or period become its first and last day."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from kg.model.text.comparing import with_range_dashes
from kg.model.text.months import MONTHS, month_number
from kg.model.text.numbers import word_value
from kg.nlp.rules.pattern_files import pattern

Bounds = tuple[date, date]

_SEASONS = {"spring": (3, 3), "summer": (6, 3), "autumn": (9, 3), "winter": (12, 3)}
_PARTS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "q1": 0, "q2": 1, "q3": 2, "q4": 3}
_LENGTHS = {"half": 6, "quarter": 3}
_PARTS_OF_YEAR = {"early": (0, 3), "mid": (3, 6), "late": (9, 3)}
"""After how many months "early 2022" begins, and how many it lasts."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FINANCIAL = re.compile(r"((?:19|20)\d\d) ?([/–-]) ?(20)?(\d\d)(?!\d)")
_MONTHS_IN_YEAR = 12
_MONTH = re.compile(r"(?<![A-Za-z])(" + "|".join(month[:3] for month in MONTHS) + r")[a-z]*", re.IGNORECASE)
_DAY = re.compile(r"(?<![\d/])(\d{1,2})(?:st|nd|rd|th)?(?![\d/,]|[- ](?:month|week|year))(?!,\d)")
_NUMERIC = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})$|(\d{4})-(\d\d)-(\d\d)$")
_FILE = "period-forms"


@dataclass(frozen=True, slots=True)
class Parts:
    """Day, month and year as far as the words give them."""

    day: int | None
    month: int | None
    year: int | None

    def bounds(self) -> Bounds | None:
        """First and last day of the day, month or year; None if the words do not give a year."""
        if self.year is None:
            return None
        if self.month is None:
            return date(self.year, 1, 1), date(self.year, 12, 31)
        if self.day is None:
            return month_bounds(self.year, self.month)
        if self.day > monthrange(self.year, self.month)[1]:
            return None
        return date(self.year, self.month, self.day), date(self.year, self.month, self.day)


def read_parts(words: str) -> Parts:
    """Day, month and year in the words of a plain date.

    >>> read_parts("1st April")
    Parts(day=1, month=4, year=None)
    """
    year, month = _YEAR.search(words), _MONTH.search(words)
    day = _DAY.search(words)
    return Parts(
        int(day[1]) if day else None,
        month_number(month[1]) if month else None,
        int(year[0]) if year else None,
    )


def month_bounds(year: int, month: int) -> Bounds:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The day so many months later; the last day of a month stays a last day.

    >>> add_months(date(2023, 3, 31), -12), add_months(date(2023, 9, 30), -6)
    (datetime.date(2022, 3, 31), datetime.date(2023, 3, 31))
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    last = monthrange(year, month)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, last if is_last else min(day.day, last))


def shift_years(bounds: Bounds, years: int) -> Bounds:
    """The same period so many years later.

    >>> shift_years((date(2022, 4, 1), date(2023, 3, 31)), -1)[1].isoformat()
    '2022-03-31'
    """
    begin, end = bounds
    first = begin.replace(year=begin.year + years) if begin.day < 29 else add_months(begin, 12 * years)
    return first, add_months(end, 12 * years)


def atom_bounds(words: str) -> Bounds | None:
    """First and last day of one date, month, year or named period; None if it cannot be dated.

    >>> [day.isoformat() for day in atom_bounds("12 months to March 2013")]
    ['2012-04-01', '2013-03-31']
    >>> [day.isoformat() for day in atom_bounds("second quarter of 2022/23")]
    ['2022-07-01', '2022-09-30']
    """
    words = with_range_dashes(words)
    lower = words.lower()
    numeric = _NUMERIC.search(lower)
    if numeric:
        return _numeric(numeric)
    ending = pattern(_FILE, "bounds.ending").search(lower)
    if ending and pattern(_FILE, "bounds.unit").search(lower[: ending.start()]):
        return _ending(lower[: ending.start()], lower[ending.end() :])
    season = re.search("|".join(_SEASONS), lower)
    if season:
        return _season(season[0], lower)
    whole = _financial(lower)
    if whole is None:
        whole = read_parts(words).bounds()
    return whole if whole is None else _edge(lower, _part(lower, whole))


def _edge(words: str, whole: Bounds) -> Bounds:
    """ "end of September 2024" is its last day, "start of" its first, "early 2022" the first quarter."""
    part = pattern(_FILE, "bounds.early").match(words)
    if part is not None:
        first, months = _PARTS_OF_YEAR[part[1]]
        begin = add_months(whole[0], first)
        return begin, add_months(begin, months) - timedelta(days=1)
    edge = pattern(_FILE, "bounds.edge").match(words)
    if edge is None:
        return whole
    day = whole[1] if edge[1] == "end" else whole[0]
    return day, day


def _numeric(match: re.Match[str]) -> Bounds | None:
    if match[3]:
        return Parts(int(match[1]), int(match[2]), int(match[3])).bounds()
    return Parts(int(match[6]), int(match[5]), int(match[4])).bounds()


def _ending(length: str, rest: str) -> Bounds | None:
    end = read_parts(rest).bounds()
    return None if end is None else up_to(length, end[1])


def up_to(length: str, last: date) -> Bounds | None:
    """The time of a length in words ("year", "quarter", "six months") that ends on a day; None for no length.

    >>> [day.isoformat() for day in up_to("12 months", date(2023, 3, 31))]
    ['2022-04-01', '2023-03-31']
    """
    count = pattern(_FILE, "bounds.length").search(length)
    if count is None:
        months = 3 if "quarter" in length else 12
    else:
        number = _count(count[1])
        if count[2].startswith("week"):
            return last - timedelta(days=7 * number - 1), last
        months = number * (12 if count[2].startswith("year") else 1)
    return (add_months(last, -months) + timedelta(days=1), last) if months else None


def _season(season: str, words: str) -> Bounds | None:
    year = _YEAR.search(words)
    if year is None:
        return None
    month, length = _SEASONS[season]
    begin = date(int(year[0]), month, 1)
    return begin, add_months(begin, length) - timedelta(days=1)


def _financial(words: str) -> Bounds | None:
    """A year over two ("2022/23"), or the years from the first to the last of several ("2012–15")."""
    match = _FINANCIAL.search(words)
    if match is None:
        return None
    first, last = int(match[1]), int(match[4])
    if (first + 1) % 100 != last:
        month = match[2] == "-" and not match[3] and last <= _MONTHS_IN_YEAR  # "2009-12" may be December
        later = match[2] != "/" and first % 100 < last and not month
        return (date(first, 1, 1), date(first // 100 * 100 + last, 12, 31)) if later else None
    begin = date(first, 9, 1) if re.search("academic|school", words) else date(first, 4, 1)
    return begin, shift_years((begin, begin), 1)[1] - timedelta(days=1)


def _part(words: str, whole: Bounds) -> Bounds:
    match = pattern(_FILE, "bounds.part").search(words)
    if match is None:
        return whole
    length = match[2] or "quarter"
    several = length.removesuffix(" quarters")
    months = _LENGTHS.get(length) or _count(several) * (1 if several == length else 3)
    name = match[1] or f"q{_count(match[3].removeprefix('quarter ').removeprefix('q'))}"
    begin = add_months(whole[0], months * _PARTS[name] if name in _PARTS else 12 - months)
    return (begin, add_months(begin, months) - timedelta(days=1)) if 0 < months < 12 else whole


def _count(words: str) -> int:
    return int(words) if words.isdigit() else int(word_value(words))


FULL_DATE = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+({'|'.join(MONTHS)})\s+(\d{{4}})", re.IGNORECASE
)
_IN_NUMBERS = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def date_in(text: str) -> str | None:
    """The first full date in a text as ISO: "26 April 2024", "26/04/2024" or "2024-04-26".

    >>> date_in("by 31 March 2024"), date_in("31 April 2024"), date_in("March 2024")
    ('2024-03-31', None, None)
    >>> date_in("published on the 3rd of May 2024")
    '2024-05-03'
    """
    if match := FULL_DATE.search(text):
        parts = (int(match[3]), month_number(match[2]), int(match[1]))
    elif match := _IN_NUMBERS.search(text):
        parts = (int(match[3]), int(match[2]), int(match[1]))
    elif match := _ISO.search(text):
        year, month, day = match[0].split("-")
        parts = (int(year), int(month), int(day))
    else:
        return None
    try:
        return date(*parts).isoformat()
    except ValueError:
        return None
