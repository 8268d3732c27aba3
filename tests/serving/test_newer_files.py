"""Files that are served and written anew, a dataset that goes away: nothing is stale or mixed in silence."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from store_data import GRAPH, triples

from kg.graph.rdf_files import files_identity
from kg.graph.store import write_store
from kg.graph.store.folder import published_identity
from kg.model.errors import CannotRead
from kg.serving.agents.tools import Source, describe, sparql
from kg.serving.processes import renewal
from kg.serving.processes.renewal import Renewal
from kg.serving.settings import Settings

UNIT = "https://kg.example/id/unit/u"
WORDS = f"""<{UNIT}> a <https://kg.example/ontology#Unit> ;
  <http://www.w3.org/2004/02/skos/core#prefLabel> "unit %s" ."""
NAME = f"SELECT ?name {{ <{UNIT}> skos:prefLabel ?name }}"


def write(folder: Path, name: str) -> None:
    (folder / "a.ttl").write_text(WORDS % name)


def test_all_tools_answer_from_the_files_as_they_are_now(tmp_path: Path) -> None:
    for data in ((tmp_path / "a.ttl",), tmp_path, str(tmp_path)):
        write(tmp_path, "one")
        source = Source(None, data)
        for name in ("one", "another", "a third"):
            write(tmp_path, name)
            assert sparql(source, NAME).rows == [[f"unit {name}"]]
            assert source.ask(NAME).rows == [(f"unit {name}",)]
            assert describe(source, UNIT).label == f"unit {name}"
    (tmp_path / "a.ttl").unlink()
    with pytest.raises(CannotRead):
        sparql(source, NAME)


def test_what_was_loaded_for_one_question_stays_until_it_is_answered(tmp_path: Path) -> None:
    write(tmp_path, "one")
    source = Source(None, (tmp_path / "a.ttl",))
    before = source.now()
    write(tmp_path, "another")
    assert source.ask(NAME).rows == [("unit another",)]
    assert before.ask(NAME).rows == [("unit one",)]
    assert Path(str(before.request(NAME, 1).copy)).is_file()


class Loading:
    """A fork server, as far as a renewal looks at it."""

    def __init__(self, generation: str | None) -> None:
        self.generation = generation

    @classmethod
    def start(cls, settings: Settings) -> Loading:
        return cls(None)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes a renewal, and has it look as often as is asked; gives what it announced."""
    monkeypatch.setattr(renewal, "ForkServer", Loading)

    def made(settings: Settings, generation: str | None) -> tuple[Any, list[str]]:
        said: list[str] = []
        watching, served, clock = Renewal(settings, said.append), Loading(generation), iter(range(10**6))

        def look(times: int) -> bool:
            return any(watching.begin(served, float(next(clock)) * 2) for _ in range(times))  # type: ignore[arg-type]

        return look, said

    return made


def test_files_that_are_written_anew_are_loaded_when_they_are_still(tmp_path: Path, looks: Any) -> None:
    write(tmp_path, "one")
    look, said = looks(Settings(data=(str(tmp_path),)), files_identity(tmp_path))
    assert not look(3) and not said
    write(tmp_path, "another")
    assert not look(1)
    write(tmp_path, "a third one")
    assert not look(1)
    assert look(1)
    assert said == ["A newer dataset was published; it is being loaded."]


@pytest.mark.parametrize("harm", ["removed", "damaged", "pipe"])
def test_a_store_that_is_gone_is_announced_once(tmp_path: Path, looks: Any, harm: str) -> None:
    folder = tmp_path / "store"
    write_store(folder, {GRAPH: triples(2)})
    kept = (folder / "current.json").read_bytes()
    look, said = looks(Settings(store=str(folder)), published_identity(folder))
    assert not look(3) and not said
    if harm == "removed":
        shutil.move(folder, tmp_path / "away")
    else:
        (folder / "current.json").unlink()
    if harm == "damaged":
        (folder / "current.json").write_text('{"generation": ')
    elif harm == "pipe":
        os.mkfifo(folder / "current.json")
    assert not look(5)
    assert len(said) == 1 and "cannot be read any more" in said[0] and "still served" in said[0]
    if harm == "removed":
        shutil.move(tmp_path / "away", folder)
    else:
        (folder / "current.json").unlink()
        (folder / "current.json").write_bytes(kept)
    assert not look(3)
    assert said[1:] == ["The dataset can be read again."]


def test_files_that_are_gone_are_announced_once(tmp_path: Path, looks: Any) -> None:
    write(tmp_path, "one")
    look, said = looks(Settings(data=(str(tmp_path / "a.ttl"),)), files_identity(tmp_path / "a.ttl"))
    (tmp_path / "a.ttl").unlink()
    assert not look(5)
    assert len(said) == 1 and "cannot be read any more" in said[0]
