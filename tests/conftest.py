"""Fixtures of all tests, and the line that says at the end of a run what was not run."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings
from needed import line_of_what_was_not_run
from samples import SEED

settings.register_profile("few", max_examples=40, deadline=None, derandomize=True)
settings.register_profile("many", max_examples=3000, deadline=None)
settings.load_profile("few")
"""How many examples a property is tried with, the same ones each time; ``--hypothesis-profile=many`` tries
others each time."""


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
