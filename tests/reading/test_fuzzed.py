"""What fuzzing found (``benchmarks/fuzz.py``): inputs that once ended in a traceback, by target."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest
from samples import ROOT


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    spec = importlib.util.spec_from_file_location("kg_fuzz", ROOT / "benchmarks" / "fuzz.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    spec.loader.exec_module(module)
    sys.path[:] = before
    return module


FOUND = [
    ("html", b"<html><body><h1>1</h1><aside><![<!r~<ti>d"),
    ("html", b"<html><body><p>One <![ endless [ two</p><p>three"),
    ("archive", b"\0\0\0\0t\nPK\x05\x06s"),
    ("addresses", b"h\0\0\0\0\nc"),
]


@pytest.mark.parametrize(("target", "data"), FOUND)
def test_what_was_found_once_is_a_result_or_one_line(fuzz, target, data):
    fuzz.TARGETS[target](data)


def test_each_target_does_its_seeds(fuzz):
    assert set(fuzz.SEEDS) == set(fuzz.TARGETS)
    for target, seeds in fuzz.SEEDS.items():
        for data in seeds:
            fuzz.TARGETS[target](data)


def test_a_target_tells_what_ends_in_a_traceback(fuzz, monkeypatch):
    monkeypatch.setattr("kg.reading.web_page.html.parse", lambda text: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        fuzz.TARGETS["html"](b"<p>x")
