"""Opening and printing a page in headless Chromium; both skip the test where there is none that starts."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

from needed import CHROMIUM, not_here

HEADLESS = ("--headless", "--no-sandbox", "--disable-gpu")
QUIET = (
    "--no-first-run", "--disable-sync", "--disable-background-networking", "--disable-component-update",
)  # fmt: skip


@cache
def chromium() -> str | None:
    """The path of a Chromium that can start here."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path and subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    return None


def run_chromium(*options: str) -> subprocess.CompletedProcess[str]:
    program = chromium() or not_here(CHROMIUM)
    return subprocess.run(
        [program, *HEADLESS, *options], capture_output=True, text=True, timeout=120, check=True
    )


def in_chromium(address: str, tmp_path: Path) -> tuple[str, str]:
    """The document after it was loaded, and what Chromium logged."""
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    done = run_chromium(
        *QUIET, "--enable-logging=stderr", profile, "--window-size=1400,1000", "--dump-dom", address
    )
    return done.stdout, done.stderr


def printed(page: Path, folder: Path) -> Path:
    """The page as Chromium prints it, a PDF in ``folder``."""
    out = folder / "printed.pdf"
    run_chromium("--no-pdf-header-footer", f"--print-to-pdf={out}", page.resolve().as_uri())
    return out
