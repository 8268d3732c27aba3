"""Where tests find their texts: beside them, in the checkout, and in a folder beside it."""

from __future__ import annotations

from pathlib import Path

from needed import SHARED_FOLDER, not_here

TESTS = Path(__file__).resolve().parent.parent
ROOT = TESTS.parent
SEED = ROOT / "seeds" / "west-midlands-peel-2023-25.txt"
"""The real report of the checkout."""
GOLD = TESTS / "gold"
BLIND = TESTS / "blind"
"""Annotated texts, a folder each."""


def shared(path: str) -> Path:
    """A path in the folder ``shared`` beside the checkout; skips the test where there is none."""
    found = ROOT.parent / "shared" / path
    return found if found.exists() else not_here(SHARED_FOLDER)
