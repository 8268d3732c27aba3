"""The README's console examples are run, and say what the README says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from samples import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```console\n\$ (.+)\n((?:.*\n)*?)```$", README, re.MULTILINE)


@pytest.mark.parametrize(("command", "expected"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_an_example_prints_what_the_readme_shows(command, expected, built, tmp_path):
    (tmp_path / "store").symlink_to(built.store)
    words = shlex.split(command)
    assert words[0] == "kg"
    done = subprocess.run(
        [sys.executable, "-m", "kg", *words[1:]], capture_output=True, encoding="utf-8", cwd=tmp_path,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    shown = [line.rstrip() for line in done.stdout.splitlines()]
    assert shown == [line.rstrip() for line in expected.splitlines()]


def test_the_picture_is_what_the_command_draws(built):
    from kg.asking.network import neighbourhood
    from kg.asking.network.graph_files import render

    graph = neighbourhood("Operation Advance", store=built.store)
    drawn = render(graph, Path("operation-advance.svg"))
    picture = (ROOT / "docs" / "pictures" / "operation-advance.svg").read_text(encoding="utf-8")
    assert drawn == picture


def test_every_linked_document_exists():
    linked = re.findall(r"\]\(((?:docs|LICENSE)[^)#]*)\)", README)
    assert linked
    assert [path for path in linked if not (ROOT / path).exists()] == []


def test_ci_runs_the_test_command_of_the_readme():
    steps = [
        "pip install --quiet --require-hashes -r requirements-dev.lock",
        "pip install --quiet --no-deps --no-build-isolation -e .",
        "pytest",
    ]
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert all(f"\n{step}\n" in ci for step in steps)
    assert all(step.replace("--quiet", "-q").removeprefix("pip ") in README for step in steps)
