"""Opening a page in headless Chromium."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def in_chromium(address: str, tmp_path: Path) -> tuple[str, str]:
    """The document after it was loaded, and what Chromium logged; skips where there is no Chromium."""
    if CHROMIUM is None:
        pytest.skip("needs a chromium on the path")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"]
    options += ["--disable-background-networking", "--disable-component-update", "--enable-logging=stderr"]
    options += [f"--user-data-dir={tmp_path / 'profile'}", "--window-size=1400,1000", "--dump-dom"]
    done = subprocess.run(
        [CHROMIUM, *options, address], capture_output=True, text=True, timeout=120, check=False
    )
    if done.returncode != 0:
        pytest.skip(f"chromium does not start here: {done.stderr[-200:]}")
    return done.stdout, done.stderr
