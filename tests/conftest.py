"""Fixtures of all tests, and the line that says at the end of a run what was not run."""

from __future__ import annotations

from pathlib import Path

import pytest
from needed import line_of_what_was_not_run
from samples import SEED


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write the files of tests/cases anew")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    line = line_of_what_was_not_run(report.longrepr[2] for report in skipped)
    if line:
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def seed_text() -> str:
    """The text of the real report in seeds/."""
    return SEED.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def seed_path() -> Path:
    """The real report in seeds/."""
    return SEED


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory):
    """The seed built once for all tests: a BuildResult with ``store`` and ``exports``."""
    from kg.dataset.build import build

    folder = tmp_path_factory.mktemp("built")
    return build([SEED], exports=folder / "exports", store=folder / "store")
