"""The months, once."""

from __future__ import annotations

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
