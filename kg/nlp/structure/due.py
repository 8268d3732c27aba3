"""Due dates: stated ("By 31 March 2024") or worked out from publication ("within six months")."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from kg.model.text.months import month_number
from kg.model.text.numbers import word_value
from kg.nlp.periods.dates import date_in, month_bounds
from kg.nlp.rules.pattern_files import pattern

_FILE = "structure"


@dataclass(frozen=True, slots=True)
class Due:
    """``date`` is ISO, None if it can't be worked out; ``text`` the wording; ``derived`` if worked out."""

    date: str | None
    text: str
    derived: bool


def find_due(text: str, published: str | None) -> Due | None:
    """When something has to be done; relative wordings count from ``published`` (ISO, or None).

    >>> find_due("By 31 March 2024, the force should:", None)
    Due(date='2024-03-31', text='By 31 March 2024', derived=False)
    >>> find_due("Within six months, the force should:", "2019-05-31").date
    '2019-11-30'
    """
    if match := pattern(_FILE, "due.day").search(text):
        return Due(date_in(match[1]), match[0], False)
    if match := pattern(_FILE, "due.month").search(text):
        return Due(month_bounds(int(match[2]), month_number(match[1]))[1].isoformat(), match[0], True)
    start = date.fromisoformat(published) if published else None
    if match := pattern(_FILE, "due.within").search(text):
        number = match[1].casefold()
        count = int(number) if number.isdigit() else 1 if number in ("a", "an") else word_value(number)
        return Due(_after(start, count, match[3].casefold(), match[2]), match[0], True)
    if match := pattern(_FILE, "due.now").search(text):
        return Due(published, match[0], True)
    return None


def _after(start: date | None, count: int, unit: str, working: str | None) -> str | None:
    if start is None or (working or "").strip().casefold() == "working":
        return None
    if unit.startswith("day"):
        return (start + timedelta(days=count)).isoformat()
    if unit.startswith("week"):
        return (start + timedelta(weeks=count)).isoformat()
    months = start.year * 12 + start.month - 1 + count * (12 if unit.startswith("year") else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])).isoformat()
