"""Competency questions: what the graph has to answer by one plain query, with the answer on the seed.

Each is a file ``competency/NAME.rq`` with its question at its head, and ``NAME.csv`` with the answer on the
exports of the real report (on two small reports, where it is about several); running this file writes the
answers anew: read what changed. ``docs/ontology.md`` lists the questions.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from samples import ROOT

from kg.asking.results import write
from kg.asking.sparql import load_data, query
from kg.dataset.build import build

FOLDER = Path(__file__).resolve().parent / "competency"
CYCLES = FOLDER.parent / "two-cycles"
"""Two inspections of one made-up force."""
OVER_CYCLES = ("grades-over-cycles",)
"""What is asked of several reports: the seed is one."""
NAMES = sorted(path.stem for path in FOLDER.glob("*.rq"))


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ox.Store]:
    return _stores(tmp_path_factory.mktemp("cycles"))


def _stores(folder: Path) -> dict[str, ox.Store]:
    """What each question is asked of: the exports of the real report, or two inspections."""
    made = build(sorted(CYCLES.glob("*.txt")), exports=folder / "exports", store=folder / "store")
    cycles, seed = (load_data(sorted(exports.glob("*.ttl"))) for exports in (made.exports, ROOT / "exports"))
    return {name: cycles if name in OVER_CYCLES else seed for name in NAMES}


def answer(name: str, store: ox.Store) -> bytes:
    return write(query(FOLDER / f"{name}.rq", store=store), "csv").replace(b"\r\n", b"\n")


@pytest.mark.parametrize("name", NAMES)
def test_a_question_has_its_answer(name: str, stores: dict[str, ox.Store]) -> None:
    assert answer(name, stores[name]) == (FOLDER / f"{name}.csv").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_question_is_asked_in_words_and_has_an_answer(name: str) -> None:
    assert (FOLDER / f"{name}.rq").read_text(encoding="utf-8").splitlines()[0].endswith("?")
    assert len((FOLDER / f"{name}.csv").read_bytes().splitlines()) > 1


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        for each, data in _stores(Path(made)).items():
            (FOLDER / f"{each}.csv").write_bytes(answer(each, data))
