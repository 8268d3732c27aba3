"""Competency questions: what the graph has to answer by one plain query, with the answer on the seed.

Each is a file ``competency/NAME.rq`` with its question at its head, and ``NAME.csv`` with the answer on the
exports of the real report; running this file writes the answers anew: read what changed.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from samples import ROOT

from kg.asking.results import write
from kg.asking.sparql import load_data, query

FOLDER = Path(__file__).resolve().parent / "competency"
NAMES = sorted(path.stem for path in FOLDER.glob("*.rq"))


@pytest.fixture(scope="module")
def seed() -> ox.Store:
    return exports()


def exports() -> ox.Store:
    return load_data(sorted((ROOT / "exports").glob("*.ttl")))


def answer(name: str, store: ox.Store) -> bytes:
    return write(query(FOLDER / f"{name}.rq", store=store), "csv").replace(b"\r\n", b"\n")


@pytest.mark.parametrize("name", NAMES)
def test_a_question_has_its_answer_on_the_seed(name: str, seed: ox.Store) -> None:
    assert answer(name, seed) == (FOLDER / f"{name}.csv").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_question_is_asked_in_words_and_has_an_answer(name: str) -> None:
    assert (FOLDER / f"{name}.rq").read_text(encoding="utf-8").splitlines()[0].endswith("?")
    assert len((FOLDER / f"{name}.csv").read_bytes().splitlines()) > 1


if __name__ == "__main__":
    for each in NAMES:
        (FOLDER / f"{each}.csv").write_bytes(answer(each, exports()))
