"""Fixtures of all tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import ROOT


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write the files of tests/cases anew")


@pytest.fixture(scope="session")
def seed_text() -> str:
    """The text of the real report in seeds/."""
    return (ROOT / "seeds" / "west-midlands-peel-2023-25.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def seed_path() -> Path:
    """The real report in seeds/."""
    return ROOT / "seeds" / "west-midlands-peel-2023-25.txt"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, seed_path: Path):
    """The seed built once for all tests: a BuildResult with ``store`` and ``exports``."""
    from kg.dataset.build import build

    folder = tmp_path_factory.mktemp("built")
    return build([seed_path], exports=folder / "exports", store=folder / "store")
