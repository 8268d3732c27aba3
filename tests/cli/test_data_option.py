"""The option --data: the commands that the manuals show, several files, a folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.cli.ask import question, with_each_named
from kg.model.errors import CannotRead

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with exports of two reports and a query."""
    folder = tmp_path_factory.mktemp("work")
    (folder / "exports").mkdir()
    for name in ("one", "two"):
        text = f'<http://e/x> <http://e/p> 7 . <http://e/{name}> <http://e/q> "z" .'
        (folder / "exports" / f"{name}.ttl").write_text(text)
    (folder / "exports" / "notes.txt").write_text("no RDF")
    (folder / "mine.rq").write_text(COUNT)
    return folder


@pytest.mark.parametrize(
    "line",
    [
        "query mine.rq --data exports/*.ttl",
        "query --data exports/*.ttl --format csv mine.rq",
        "query --data exports/*.ttl mine.rq",
        "query --data=exports/one.ttl exports/two.ttl -- mine.rq",
        "query mine.rq --data exports/one.ttl --data exports/two.ttl",
        "query mine.rq --data exports",
        "query mine.rq --data exports --data exports/one.ttl",
    ],
)
def test_all_files_of_a_folder_are_asked(folder: Path, line: str) -> None:
    done = subprocess.run(
        f"{sys.executable} -m kg {line}", shell=True, cwd=folder, capture_output=True, encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"}, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.split()[-1]) == (0, "3"), done.stderr


def test_a_function_takes_one_file_a_folder_or_several(folder: Path) -> None:
    exports = folder / "exports"
    every = [exports / "one.ttl", exports / "two.ttl"]
    for data in (exports, str(exports), every, [exports, exports / "one.ttl"], iter(every)):
        assert kg.query(COUNT, data=data).rows == [(3,)]
    assert kg.query(COUNT, data=str(exports / "one.ttl")).rows == [(2,)]
    graph = "https://kg.example/graph/one"
    assert kg.query(COUNT, data=exports, default_graphs=graph).rows == [(2,)]  # type: ignore[arg-type]
    with pytest.raises(CannotRead, match="a folder without RDF files"):
        kg.query(COUNT, data=folder)


@given(
    st.lists(
        st.sampled_from(["--data", "x.ttl", "grades", "-o", "--data=x.ttl", "a.rq", "--param", "n=1.ttl"])
    )
)
def test_what_is_no_file_stays_where_it_was(args: list[str]) -> None:
    assert with_each_named(args) == args


def test_a_file_that_is_called_like_a_query_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for text in ("ASK { ?s a kg:Report }", "DESCRIBE <x>"):
        (tmp_path / text).write_text("ASK {}")
        assert question(text) == text
    (tmp_path / "mine.rq").write_text("ASK {}")
    assert question("mine.rq") == Path("mine.rq")
