"""What is installed and what ships is known: pinned, bounded, and under a licence that the list explains."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from types import ModuleType

import pytest
from packaging.licenses import canonicalize_license_expression
from packaging.requirements import Requirement
from samples import ROOT

LIST = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def supply() -> ModuleType:
    """The script that makes the list and the bill of materials."""
    found = importlib.util.spec_from_file_location("supply", ROOT / ".ci" / "supply.py")
    assert found and found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def table(text: str, header: str) -> list[list[str]]:
    """The rows of a table by the beginning of its header line."""
    _, _, rows = text.partition(f"| {header}")
    lines = re.match(r"[^\n]*\n\|[-|]+\n((?:\|[^\n]*\n)*)", rows)
    assert lines
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1].splitlines()]


def identifiers(expression: str) -> set[str]:
    """The licences and exceptions that an SPDX expression names."""
    return set(re.findall(r"[\w.-]+", expression)) - {"AND", "OR", "WITH"}


def not_explained(expressions: list[str], explained: set[str]) -> list[str]:
    """The expressions that name a licence without a reason why it goes with MIT."""
    return [each for each in expressions if not identifiers(each) <= explained]


EXPLAINED = {name for row in table(LIST, "licence | why") for name in row[0].split(", ")}


def test_the_list_has_what_the_lock_file_pins_and_nothing_else(supply):
    locked = supply.pins((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert [(pin.name, pin.version) for pin in locked] == list(supply.listed(LIST))


def test_every_extra_stands_in_a_lock_file(supply):
    """By its direct dependencies; ``.ci/lock --check`` compares all with what it would write."""
    locked = {pin.name for pin in supply.pins((ROOT / "requirements-dev.lock").read_text(encoding="utf-8"))}
    for extra, wanted in PROJECT["project"]["optional-dependencies"].items():
        names = {Requirement(each).name.lower() for each in wanted}
        assert names <= locked, extra


def test_every_pin_has_hashes(supply):
    for name in ("requirements.lock", "requirements-dev.lock", ".ci/requirements.lock"):
        pins = supply.pins((ROOT / name).read_text(encoding="utf-8"))
        assert len(pins) > 20 and all(pin.hashes for pin in pins), name


def test_every_licence_is_of_spdx_and_has_its_reason(supply):
    expressions = [licence.expression for licence in supply.listed(LIST).values()]
    assert [canonicalize_license_expression(each) for each in expressions] == expressions
    assert not_explained(expressions, EXPLAINED) == []
    assert not_explained(["MIT OR AGPL-3.0-only"], EXPLAINED) == ["MIT OR AGPL-3.0-only"]


def test_no_reason_is_left_of_a_licence_that_is_gone(supply):
    expressions = [licence.expression for licence in supply.listed(LIST).values()]
    assert set().union(*map(identifiers, expressions)) == EXPLAINED


def test_what_was_looked_at_by_hand_is_what_is_locked(supply):
    assert supply.LOOKED_AT.items() <= supply.listed(LIST).items()


def test_licences_come_from_metadata_where_those_say_one(supply):
    def component(*licences: dict[str, object]) -> dict[str, object]:
        return {"name": "A_b", "version": "1", "licenses": [*licences]}

    vague = {"license": {"name": "License :: OSI Approved :: BSD License"}}
    assert supply.stated([component({"license": {"id": "ISC"}}, vague)])["a-b", "1"].expression == "ISC"
    assert supply.stated([component({"expression": "MIT OR ISC"})])["a-b", "1"].expression == "MIT OR ISC"
    assert supply.stated([component(vague), component()]) == {}


def test_a_lock_file_without_a_pin_is_refused(supply):
    with pytest.raises(ValueError, match="no pinned distribution: spacy>=3"):
        supply.pins("spacy>=3\n")


def test_every_file_of_the_package_that_is_no_code_is_in_the_table_of_data():
    places = tuple(place.strip("`") for row in table(LIST, "files") for place in row[0].split(", "))
    kept = [
        path.relative_to(ROOT).as_posix()
        for folder in PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
        for path in (ROOT / folder.lstrip("/")).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"} and "LICENSE" not in path.name
    ]
    assert len(kept) > 100
    assert [path for path in kept if not path.startswith(places)] == []


def test_every_direct_dependency_has_an_upper_end():
    asked = [
        *PROJECT["build-system"]["requires"],
        *PROJECT["project"]["dependencies"],
        *(each for extra in PROJECT["project"]["optional-dependencies"].values() for each in extra),
        *(each for group in PROJECT["dependency-groups"].values() for each in group),
    ]
    assert len(asked) > 20
    bounded = [any(part.operator == "<" for part in Requirement(each).specifier) for each in asked]
    assert [each for each, has_end in zip(asked, bounded, strict=True) if not has_end] == []
