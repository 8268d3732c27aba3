"""The package as users get it: the wheel has all it needs, and extras are asked for politely."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from samples import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling", reason="building the wheel needs hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    return next(folder.glob("*.whl"))


def files_under(folder: str, pattern: str) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob(pattern)}


def test_the_wheel_has_code_data_and_ontology(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    code = {
        name
        for pattern in ("*.py", "*.rq", "*.jsonl", "*.json", "*.html", "*.txt")
        for name in files_under("kg", pattern)
    }
    ontology = {"kg/" + name for name in files_under("ontology", "*.ttl")}
    assert code | ontology <= names


def test_the_installed_wheel_builds_and_answers_away_from_the_checkout(wheel, tmp_path, seed_path):
    target = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(target)
    environment = os.environ | {"PYTHONPATH": str(target), "PYTHONIOENCODING": "utf-8"}
    (tmp_path / "work").mkdir()

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "kg", *arguments], cwd=tmp_path / "work", env=environment,
            capture_output=True, encoding="utf-8", check=True,
        )  # fmt: skip
        return done.stdout

    assert "1 of 1 reports built" in run("build", str(seed_path))
    assert run("query", "grades", "--format", "csv").count("\n") == 9
    where = subprocess.run(
        [sys.executable, "-c", "import kg; print(kg.__file__)"], cwd=tmp_path / "work", env=environment,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(target)


WITHOUT = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {missing!r}:
            raise ImportError(name)
sys.meta_path.insert(0, Absent())
sys.argv = ["kg", *{arguments!r}]
from kg.cli import main
main()
"""


def run_without(missing: set[str], *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    code = WITHOUT.format(missing=sorted(missing), arguments=arguments)
    return subprocess.run([sys.executable, "-c", code], cwd=cwd, capture_output=True, encoding="utf-8")


OPTIONAL = {"jinja2", "resvg_py", "font_lato", "pypdfium2", "mcp", "docx", "pandas"}


def test_help_answers_in_a_bare_install(tmp_path):
    done = run_without(OPTIONAL, "--help", cwd=tmp_path)
    assert done.returncode == 0 and "neighbourhood" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "extra"),
    [(("neighbourhood", "MARAC", "-o", "marac.png"), "png"), (("mcp",), "mcp")],
)
def test_a_missing_extra_is_named(arguments, extra, built, tmp_path):
    (tmp_path / "store").symlink_to(built.store)
    done = run_without(OPTIONAL, *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert f"pip install 'inspection-findings-kg[{extra}]'" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
