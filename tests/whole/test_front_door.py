"""What users may rely on is one list, and a question answers without waiting for what it does not need."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import kg

WITH_IMPORTS = """
import atexit, sys
heavy = {"spacy", "rdflib", "networkx", "pyshacl", "lxml", "numpy", "jinja2"}
atexit.register(lambda: print(*sorted(heavy & set(sys.modules)), file=sys.stderr))
from kg.cli import main
main()
"""


def test_every_exported_name_exists():
    for name in kg.__all__:
        assert getattr(kg, name) is not None


def test_type_checkers_see_the_names_that_are_imported_when_used():
    tree = ast.parse(Path(kg.__file__).read_text(encoding="utf-8"))
    seen = {
        alias.asname: statement.module
        for branch in tree.body
        if isinstance(branch, ast.If)
        for statement in branch.body
        if isinstance(statement, ast.ImportFrom)
        for alias in statement.names
        if alias.asname == alias.name
    }
    assert seen == kg._HOMES


def test_an_unknown_name_is_an_attribute_error():
    assert not hasattr(kg, "no_such_thing")


@pytest.mark.parametrize("arguments", [("query", "grades"), ("queries",), ("--help",), ("query", "--help")])
def test_asking_does_not_import_the_language_stage_or_a_second_rdf_library(arguments, built, tmp_path):
    (tmp_path / "store").symlink_to(built.store)
    command = [sys.executable, "-c", WITH_IMPORTS, *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout
    assert done.stderr.split() == []
