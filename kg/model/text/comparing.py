"""Texts as they are compared."""

from __future__ import annotations

import re


def norm(text: object) -> str:
    """Letters and digits in lower case; None is empty.

    >>> norm("Requires improvement"), norm(None)
    ('requiresimprovement', '')
    """
    return re.sub(r"[^a-z0-9]+", "", str(text or "").lower())
