"""What benchmarks take from kg is there, so that none of them rots between two runs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module

import pytest
from samples import ROOT

SCRIPTS = sorted((ROOT / "benchmarks").glob("*.py"))


def taken(source: str) -> Iterator[tuple[str, str]]:
    """The names that a program imports from modules of kg, wherever it does."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and str(node.module).partition(".")[0] == "kg":
            yield from ((str(node.module), alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names if alias.name.partition(".")[0] == "kg")


def missing(source: str) -> list[str]:
    """Those that are not there."""
    found = []
    for module, name in taken(source):
        try:
            if name and not hasattr(import_module(module), name):
                import_module(f"{module}.{name}")
            import_module(module)
        except ModuleNotFoundError:
            found.append(f"{module}: {name}")
    return found


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_what_a_benchmark_imports_is_there(path) -> None:
    assert missing(path.read_text(encoding="utf-8")) == []


def test_what_is_not_there_is_noticed() -> None:
    source = "from kg.graph import store\nfrom kg.graph.store import open_store, gone\nimport kg.nowhere\n"
    assert missing(source) == ["kg.graph.store: gone", "kg.nowhere: "]
