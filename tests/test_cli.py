"""The command as a process: what it prints, where, and its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import VERBS


def kg(*arguments: str, cwd: Path | None = None, **options) -> subprocess.CompletedProcess[str]:
    """Run the command; text in, text out."""
    environment = os.environ | {"PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        capture_output=True, encoding="utf-8", cwd=cwd, env=environment, **options,
    )  # fmt: skip


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """The single line that a failure prints; asserts that it is one, and no traceback."""
    assert done.returncode == 2, done
    assert done.stdout == ""
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(verb):
    done = kg(verb, "--help")
    assert done.returncode == 0
    assert verb == "framework" or f"kg {verb}" in done.stdout.split("Options:")[0]


def test_help_lists_every_verb_with_its_purpose():
    done = kg("--help")
    assert all(f"  {verb}" in done.stdout for verb in VERBS)


def test_version():
    assert kg("--version").stdout.startswith("kg, version ")


def test_grades_of_the_seed_are_the_eight_judgements(built):
    done = kg("query", "grades", "--store", str(built.store), "--format", "json")
    rows = json.loads(done.stdout)["results"]["bindings"]
    grades = sorted((row["area"]["value"], row["grade"]["value"]) for row in rows)
    assert grades == [
        ("Building, supporting and protecting the workforce", "Requires improvement"),
        ("Investigating crime", "Inadequate"),
        ("Leadership and force management", "Requires improvement"),
        ("Managing offenders and suspects", "Inadequate"),
        ("Police powers and treating the public fairly and respectfully", "Adequate"),
        ("Preventing and deterring crime and antisocial behaviour, and reducing vulnerability", "Adequate"),
        ("Protecting vulnerable people", "Inadequate"),
        ("Responding to the public", "Requires improvement"),
    ]


def test_a_missing_file_is_one_line(tmp_path):
    assert "no-such-report.txt" in one_line(kg("extract", "no-such-report.txt", cwd=tmp_path))


def test_an_empty_file_is_one_line(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    assert "empty.txt" in one_line(kg("extract", "empty.txt", cwd=tmp_path))


def test_a_folder_without_reports_is_one_line(tmp_path):
    assert "seeds" in one_line(kg("build", "seeds", cwd=tmp_path))


def test_asking_before_building_says_what_to_do(tmp_path):
    assert "kg build" in one_line(kg("query", "grades", cwd=tmp_path))


def test_bad_sparql_is_one_line_with_its_place(built):
    line = one_line(kg("query", "SELECT ?x WHERE { ?x ", "--store", str(built.store)))
    assert "1:" in line or "line 1" in line


def test_an_unknown_query_name_gets_a_proposal(built):
    line = one_line(kg("query", "grade", "--store", str(built.store)))
    assert 'did you mean "grades"' in line


def test_an_unknown_entity_is_one_line(built):
    line = one_line(kg("neighbourhood", "Operation Nobody Named", "--store", str(built.store)))
    assert "Operation Nobody Named" in line


def test_extract_reads_standard_input(seed_text):
    done = kg("extract", "-", input=seed_text)
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["judgements"]) == 8


def test_a_second_build_with_nothing_changed_says_so(tmp_path, seed_path):
    arguments = ("build", str(seed_path), "--exports", "out", "--store", "s")
    first = kg(*arguments, cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    before = (tmp_path / "out" / "west-midlands-peel-2023-25.ttl").read_bytes()
    second = kg(*arguments, cwd=tmp_path)
    assert "nothing changed" in second.stdout
    assert (tmp_path / "out" / "west-midlands-peel-2023-25.ttl").read_bytes() == before
