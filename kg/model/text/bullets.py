"""What begins a list item in plain text: one list of signs for all readers and finders."""

from __future__ import annotations

import re

SIGNS = "•◼◾▪▫■□●○◦‣⁃∙·➢➤►▶✓✔❖◆♦"
"""Signs that are bullets wherever they begin a line."""
AMBIGUOUS = "–—−*o-"
"""Signs that are bullets only where white space follows; "o" is how some word processors write "○"."""
ITEM_MARK = rf"[{SIGNS}\ue000-\uf8ff{AMBIGUOUS}][ \t]+"
"""Regex of a bullet and the space after it; letters of symbol fonts have codes for private use."""
BULLET = re.compile(rf"[ \t]*{ITEM_MARK}")


def is_bullet_sign(text: str) -> bool:
    """Whether a text is one sign that is nothing but a bullet.

    >>> is_bullet_sign("●"), is_bullet_sign("-"), is_bullet_sign("• one")
    (True, False, False)
    """
    return len(text) == 1 and (text in SIGNS or "\ue000" <= text <= "\uf8ff")


def after_bullet(text: str) -> int:
    """Where the words of a list item begin; 0 for a line that begins with no bullet.

    >>> after_bullet("● one"), after_bullet("  - two"), after_bullet("-3 percent"), after_bullet("o’clock")
    (2, 4, 0, 0)
    """
    match = BULLET.match(text)
    return match.end() if match else 0
