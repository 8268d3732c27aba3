"""The house holds: packages in one direction, each library at home in one place, and words at every door."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from functools import cache

import pytest
from importlinter.cli import lint_imports
from samples import ROOT

PACKAGES = {"asking", "cli", "dataset", "graph", "model", "nlp", "reading", "serving"}
HOMES = {
    "spacy": {"kg.nlp"},
    "thinc": {"kg.nlp"},
    "numpy": {"kg.nlp"},
    "pyshacl": {"kg.graph.validation"},
    "rdflib": {"kg.graph.validation", "kg.asking.results", "kg.asking.sparql.reach"},
    "pypdfium2": {"kg.reading.pdf"},
    "networkx": {"kg.asking.network"},
    "resvg_py": {"kg.asking.network"},
    "font_lato": {"kg.asking.network"},
    "click": {"kg.cli"},
    "tqdm": {"kg.cli"},
    "distributed": {"kg.dataset"},
    "jinja2": {"kg.serving.pages"},
    "httptools": {"kg.serving.http"},
    "mcp": {"kg.serving.agents"},
    "pydantic": {"kg.serving.agents"},
    "markupsafe": {"kg.serving.pages"},
    "pandas": {"kg.asking.results"},
    "openpyxl": {"kg.asking.spreadsheets"},
    "pyoxigraph": {"kg.model", "kg.graph", "kg.asking", "kg.dataset", "kg.serving"},
}
"""Where each library that is not of Python is imported: late imports and those for types count."""


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package by name, parsed."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
            path.read_text(encoding="utf-8")
        )
        for path in sorted((ROOT / "kg").rglob("*.py"))
    }


def imported(module: ast.Module) -> set[str]:
    """The first names of what a module imports absolutely, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").partition(".")[0])
    return found


def test_the_import_contracts_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert status == 0, capsys.readouterr().out


def test_nothing_stands_at_the_top_but_the_packages_and_the_two_doors() -> None:
    found = {path.name for path in (ROOT / "kg").iterdir() if path.name != "__pycache__"}
    assert found == PACKAGES | {"__init__.py", "__main__.py"}


def test_each_library_is_imported_only_where_it_is_at_home() -> None:
    users: dict[str, set[str]] = defaultdict(set)
    for name, module in modules().items():
        for library in imported(module):
            users[library].add(name)
    homeless = {
        library: {name for name in users[library] if not any(f"{name}.".startswith(f"{h}.") for h in homes)}
        for library, homes in HOMES.items()
    }
    assert {library: names for library, names in homeless.items() if names} == {}
    assert [library for library in HOMES if not users[library]] == [], "no longer used"


def test_every_library_that_is_imported_has_a_home() -> None:
    found = set().union(*map(imported, modules().values()))
    assert found - sys.stdlib_module_names - {"kg"} - HOMES.keys() == set()


def test_every_module_says_what_it_is() -> None:
    assert [name for name, module in modules().items() if not ast.get_docstring(module)] == []


def test_every_folder_of_code_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "kg").rglob("*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_the_tests_mirror_the_house() -> None:
    folders = {path.name for path in (ROOT / "tests").iterdir() if list(path.glob("**/test_*.py"))}
    assert folders == PACKAGES | {"whole"}
