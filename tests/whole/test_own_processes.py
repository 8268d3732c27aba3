"""Processes of ours run our code, whatever stands in the folder that a command is started in."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from samples import ROOT

from kg.model.processes import running


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
