"""The months, once."""

from __future__ import annotations

import re
from calendar import monthrange

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def month_number(name: str) -> int:
    """1 to 12 for a month's name or its first three letters, in any case. Raises ValueError for other words.

    >>> month_number("march"), month_number("Sept"), month_number("DEC")
    (3, 9, 12)
    """
    return _STEMS.index(name[:3].casefold()) + 1


_STEMS = [month[:3].casefold() for month in MONTHS]


def first_and_last(iso: str) -> tuple[str, str]:
    """The first and last day (ISO) of a day, month or year in ISO form; any other text is its own both.

    >>> first_and_last("2024-02"), first_and_last("2024")
    (('2024-02-01', '2024-02-29'), ('2024-01-01', '2024-12-31'))
    """
    if re.fullmatch(r"[0-9]{4}-(?:0[1-9]|1[0-2])", iso) and not iso.startswith("0000"):
        return f"{iso}-01", f"{iso}-{monthrange(int(iso[:4]), int(iso[5:]))[1]}"
    if re.fullmatch(r"[0-9]{4}", iso):
        return f"{iso}-01-01", f"{iso}-12-31"
    return iso, iso
