"""Deadlines: stated ("By 31 March 2024"), or counted from the day of issue ("within six months").

A deadline says when the act is to be done that its clause asks for. It begins the clause, stands behind the
modal, or ends it. A time inside what is asked for ("make sure that every victim is told within five days") is
a standard, and none. What the words do not date has no date, but keeps its wording.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from kg.model.text.months import month_number
from kg.model.text.numbers import word_value
from kg.nlp.periods.dates import atom_bounds, date_in, month_bounds
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "due"
_RELATIVE = ("within", "now")
"""Kinds of deadline that count from the day of issue."""
_OWN = ("letter", "notice")
"""What a deadline "of this letter" counts from: the document itself, whoever issued what it quotes."""


_KINDS = {"counted": "day", "bare": "vague", "unread": "vague"}
"""Kinds of deadline that are told as another."""


@dataclass(frozen=True, slots=True)
class Due:
    """``date`` is ISO, None if it can't be worked out; ``text`` the wording; ``derived`` if worked out.

    ``kind`` is how the words say it: day, month, year, within, now, urgent or vague.
    """

    date: str | None
    text: str
    derived: bool
    kind: str

    @property
    def lacks_start(self) -> bool:
        """Whether it has no date because nothing tells the day that it counts from."""
        return self.date is None and self.kind in _RELATIVE


def find_due(text: str, issued: str | None, published: str | None = None) -> Due | None:
    """When something has to be done.

    Relative wordings count from ``issued``, the ISO day on which it was asked for; "within a month of this
    letter" from ``published``, if that is given. None, where the day is not known, leaves them without date.

    >>> find_due("By 31 March 2024, the force should:", None)
    Due(date='2024-03-31', text='By 31 March 2024', derived=False, kind='day')
    >>> find_due("Within six months, the force should:", "2019-05-31").date
    '2019-11-30'
    >>> find_due("make sure that every victim is told within five days", "2019-05-31")
    """
    for form in load_patterns(_FILE):
        if form.role != "deadline":
            continue
        for match in form.regex.finditer(text):
            if not _says_when(text, match, form.value):
                continue
            if moved := pattern(_FILE, "moved").match(text[match.end() :]):
                return Due(None, match[0] + moved[0], True, "vague")  # "by 30 June (extended to 30 July)"
            day = _date(match, form.value, issued, published)
            return Due(day, match[0], form.value != "day", _KINDS.get(form.value, form.value))
    return None


def is_deadline(text: str) -> bool:
    """Whether a line is a deadline and no more, which is that of the items below it.

    >>> is_deadline("Within three months:"), is_deadline("Within three months, leaders should:")
    (True, False)
    """
    due = find_due(text, None)
    return due is not None and due.text == text.rstrip(" :")


def due_of_heading(text: str) -> Due | None:
    """The time without a day that a heading over what is asked for sets: its words, as they stand.

    >>> due_of_heading("Priority and immediate action").text
    'Priority and immediate action'
    >>> due_of_heading("Recommendations")
    """
    said = text.strip(" #:")
    return Due(None, said, True, "urgent") if pattern(_FILE, "heading").fullmatch(said) else None


def _says_when(text: str, match: re.Match[str], kind: str) -> bool:
    """Whether words of a time are the deadline of what is asked for; ``kind`` is the value of their form."""
    before = re.split(r"[.:;!?] |\n", text[: match.start()])[-1]
    if kind in ("day", "month", "year", "vague", "counted", "bare"):
        return not _is_of_those(before, text[match.end() :])
    if kind == "unread":
        fronted, modal = pattern(_FILE, "fronted"), pattern(_FILE, "after-modal")
        return fronted.match(before) is not None or modal.search(before) is not None
    return _is_deadline(text, match)


def _is_of_those(before: str, after: str) -> bool:
    """Whether a day between these words says which things are meant: "those who joined by 30 June 2022"."""
    if pattern(_FILE, "of-those.clause").search(before):
        return True
    participle, verb = pattern(_FILE, "of-those.participle"), pattern(_FILE, "of-those.verb")
    if not participle.search(before) or verb.search(before):
        return False
    caused = pattern(_FILE, "of-those.caused").search(before)
    return not (caused and pattern(_FILE, "final").match(after))


def _is_deadline(text: str, match: re.Match[str]) -> bool:
    """Whether a time or "immediately" says when the asked act is due, by where it stands in its clause."""
    after = text[match.end() :]
    if "anchor" in match.re.groupindex and match["anchor"]:
        return True
    if pattern(_FILE, "of-other").match(after):
        return False
    before = re.split(r"[.:;!?] |\n", text[: match.start()])[-1]
    if pattern(_FILE, "fronted").match(before) or pattern(_FILE, "after-modal").search(before):
        return True
    if "in" in match.re.groupindex and match["in"]:
        return False  # "fell by half in six months"
    if not pattern(_FILE, "final").match(after) or pattern(_FILE, "standard").search(before):
        return False
    in_days = "unit" in match.re.groupindex and match["unit"].casefold().startswith("day")
    habit = pattern(_FILE, "habit").fullmatch(match[0]) is not None
    return not (in_days or habit) or pattern(_FILE, "one-thing").search(before) is not None


def _date(match: re.Match[str], kind: str, issued: str | None, published: str | None) -> str | None:
    if kind == "day":
        return date_in(re.sub(r"([A-Z][a-z]+) (\d+)[a-z]*,? (\d+)", r"\2 \1 \3", match["day"]))
    if kind == "counted":
        day = date_in(match["day"])
        count = _number(match["count"]) * (-1 if match["way"].casefold() == "before" else 1)
        try:
            return _after(date.fromisoformat(day), count, match["unit"].casefold()) if day else None
        except (ValueError, OverflowError):  # "within 900 years of 1 January 9999"
            return None
    if kind == "month":
        return month_bounds(int(match["year"]), month_number(match["month"]))[1].isoformat()
    if kind == "year":
        bounds = atom_bounds(match["whole"])
        return bounds[1].isoformat() if bounds else None
    if kind == "now":
        return issued
    if kind != "within" or (match["working"] or "").strip().casefold() == "working":
        return None
    start = published if published and (match["from"] or "").casefold() in _OWN else issued
    if (match["from"] or "").casefold() in ("inspection", "visit", "revisit", "review") or start is None:
        return None
    return _after(date.fromisoformat(start), _number(match["count"]), match["unit"].casefold())


def _number(words: str) -> int:
    low = words.casefold()
    return int(low) if low.isdigit() else 1 if low in ("a", "an") else word_value(low)


def _after(start: date, count: int, unit: str) -> str:
    if unit.startswith("day"):
        return (start + timedelta(days=count)).isoformat()
    if unit.startswith("week"):
        return (start + timedelta(weeks=count)).isoformat()
    months = start.year * 12 + start.month - 1 + count * (12 if unit.startswith("year") else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])).isoformat()
