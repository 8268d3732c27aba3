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
UNTAUGHT = TESTS / "untaught"
"""Annotated texts, a folder each."""


def shared(path: str) -> Path:
    """A path in the folder ``shared`` beside the checkout; skips the test where there is none."""
    found = ROOT.parent / "shared" / path
    return found if found.exists() else not_here(SHARED_FOLDER)


SMALL_REPORT = """PEEL 2023–2025: An inspection of Upper Example Police
Published on: 1 March 2024
Overall summary
HM Inspector’s summary
I am pleased with the performance of Upper Example Police.
Responding to the public
Good
Upper Example Police is good at responding to the public.
Main findings
The force answers calls quickly
In the year ending 31 March 2023, the force answered 91.8 percent of 999 calls within ten seconds.
"""
"""A whole report of one area, about a force that does not exist."""


def report_about(name: str, value: int = 91) -> str:
    """The small report, about the police force of another name, of ``value`` .8 percent of its calls."""
    return SMALL_REPORT.replace("Upper Example", name).replace("91.8", f"{value}.8")
