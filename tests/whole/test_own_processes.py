"""Processes of ours run our code, whatever stands in the folder that a command is started in."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from samples import ROOT

from kg.model.processes import running, starting_safely


def test_every_process_of_ours_is_started_in_one_way() -> None:
    starts = [path for path in (ROOT / "kg").rglob("*.py") if "sys.executable" in path.read_text("utf-8")]
    assert [path.name for path in starts] == ["processes.py"]
    assert re.search(r'sys\.executable, "-P"', starts[0].read_text("utf-8"))


@pytest.mark.parametrize("name", ["json.py", "kg/__init__.py"])
def test_what_stands_in_the_working_folder_is_not_run(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("open('ran', 'w')")
    command, environment = running("kg.serving.agents.bounded")
    subprocess.run(command, input=b"{}", cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert not (tmp_path / "ran").exists()


_POOL = """
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from kg.model.processes import starting_safely
with starting_safely(), ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
    print(pool.submit(abs, -1).result())
"""


def test_processes_that_share_the_work_run_nothing_from_the_working_folder(tmp_path: Path) -> None:
    """``multiprocessing`` starts them with ``python -c``; the folder is one of reports that somebody sent."""
    (tmp_path / "multiprocessing.py").write_text("open('ran', 'w')")
    command = [sys.executable, "-P", "-c", _POOL]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, text=True)
    assert done.stdout == "1\n"
    assert not (tmp_path / "ran").exists()


def test_only_what_is_started_meanwhile_is_started_safely(monkeypatch: pytest.MonkeyPatch) -> None:
    for before in (None, "", "1"):
        monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
        if before is not None:
            monkeypatch.setenv("PYTHONSAFEPATH", before)
        with starting_safely():
            assert os.environ["PYTHONSAFEPATH"] == "1"
        assert os.environ.get("PYTHONSAFEPATH") == before


def test_every_pool_of_processes_is_started_safely() -> None:
    pools = re.compile(r"ProcessPoolExecutor\(|(?<!in)_processes\(|get_context\(|\bPool\(")
    lines = [
        line.strip()
        for path in (ROOT / "kg").rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if pools.search(line) and "starting_safely()" not in line
    ]
    assert lines == [
        "def _processes(count: int) -> ProcessPoolExecutor:",
        'spawn, parent = get_context("spawn"), (os.getpid(),)',
        "return ProcessPoolExecutor(count, mp_context=spawn, initializer=die_with_parent, initargs=parent)",
    ]
