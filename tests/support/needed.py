"""What some tests need that is not in a checkout, how to get it, and the line on what was not run for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NoReturn

import pytest

SHARED_FOLDER = "the folder 'shared' beside the checkout (published PDFs and checking tools; not distributed)"
CHROMIUM = "a chromium that starts (apt-get install chromium)"
OXIGRAPH = "the program oxigraph (pip install oxigraph)"
JAVA = "java, for the reasoner HermiT (apt-get install default-jre-headless)"
VIRTUOSO = "the program virtuoso-t (apt-get install virtuoso-opensource-7)"


def not_here(what: str) -> NoReturn:
    """Skip the test that needs ``what``."""
    pytest.skip(f"needs {what}")


def line_of_what_was_not_run(reasons: Iterable[str]) -> str:
    """One line for the reasons of all skipped tests, the most frequent first; empty where there are none.

    >>> line_of_what_was_not_run(["needs a browser", "Skipped: needs a browser", "could not import 'docx'"])
    "not run: 2 tests need a browser; 1 test: could not import 'docx'"
    """
    counted = Counter(reason.removeprefix("Skipped: ") for reason in reasons)
    parts = []
    for reason, number in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        what = reason.removeprefix("needs ")
        verb = ":" if what == reason else " needs" if number == 1 else " need"
        parts.append(f"{number} test{'' if number == 1 else 's'}{verb} {what}")
    return "not run: " + "; ".join(parts) if parts else ""
