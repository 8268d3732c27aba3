"""Where tests find their texts: beside them, in the checkout, and in a folder of samples beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent.parent
ROOT = TESTS.parent
SHARED = ROOT.parent / "shared"


def shared(path: str) -> Path:
    """A path in the folder of samples beside the checkout; skips the test where there is none."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"needs {path} in a folder 'shared' beside the checkout")
    return found
