"""What is asked is one generation of the dataset, whole, whenever another is published meanwhile."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import SMALL_REPORT as REPORT
from store_data import release_all, store_version

from kg.asking.analysis import compare, why
from kg.asking.network import neighbourhood, to_json
from kg.asking.search import search
from kg.asking.sparql import query
from kg.dataset.build import build
from kg.dataset.exporting import export_dataset
from kg.dataset.near_duplicates import review
from kg.graph.store.folder import Pointer, next_generation, remove_unread, write_pointer, writing_in
from kg.model.errors import KgError
from kg.serving.agents import tools
from kg.serving.agents.schema_summary import schema_summary
from kg.serving.agents.tools import Source
from kg.serving.protocol.dataset import from_folder

FORCE, AREA = "Upper Example Police", "Responding to the public"
FINDINGS = "SELECT ?s ?o { ?s a kg:Finding ; kg:heading ?o } ORDER BY ?s"
VERSIONS = ("quickly", "slowly")
"""Two datasets, by a word of their report: about the same body, and with other statements."""


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folder of a generation of each version, and a store that has the first."""
    slow = REPORT.replace("91.8", "17.8").replace("\nGood\n", "\nInadequate\n").replace("is good", "is poor")
    names = "in Operation Lantern. Operation Lanterns"
    reports = (
        REPORT.replace("quickly", f"quickly {names} helps"),
        slow.replace("quickly", f"slowly {names}, Operation Cobalt and Operation Cobalts help"),
    )
    made = {}
    for word, text in zip(VERSIONS, reports, strict=True):
        folder = tmp_path_factory.mktemp(word)
        (folder / "upper-example.txt").write_text(text)
        if word == "slowly":
            decided = 'different = [["Operation Lantern", "Operation Lanterns"]]'
            (folder / "curation.toml").write_text(decided)
        build([folder], exports=folder / "exports", store=folder / "store")
        made[word] = folder / "store" / store_version(folder / "store")
    return made


@pytest.fixture
def store(versions: dict[str, Path], tmp_path: Path) -> Iterator[Path]:
    """A store that has the first version."""
    (tmp_path / "store").mkdir()
    publish(versions[VERSIONS[0]], tmp_path / "store")
    yield tmp_path / "store"
    release_all()


def publish(generation: Path, store: Path) -> None:
    """What a build does last: this generation is the published one, others are gone that nobody reads."""
    with writing_in(store):
        new = next_generation(store)
        shutil.copytree(generation, new, copy_function=os.link)
        (new / "manifest.json").unlink()  # it is locked by who reads, and is not shared
        shutil.copy(generation / "manifest.json", new / "manifest.json")
        write_pointer(store, Pointer(new.name))
        remove_unread(store, keep=new.resolve())


def outcome(command: Callable[[Path], Any], store: Path) -> Any:
    """What a command gives, as text, or the line that it ends with."""
    try:
        return str(command(store)).replace(str(store), "STORE")
    except KgError as error:
        return f"{type(error).__name__}: {error}".replace(str(store), "STORE")


# --- a build in the middle of a command ----------------------------------------------------------------


def tables(store: Path) -> dict[str, str]:
    folder = store.parent / "tables"
    shutil.rmtree(folder, ignore_errors=True)
    export_dataset("upper-example", "csv", folder, store=store)
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


COMMANDS: dict[str, Callable[[Path], Any]] = {
    "query": lambda store: query("evidence", store=store).rows,
    "query with a name": lambda store: query("findings", store=store, params={"force": FORCE}).rows,
    "search": lambda store: search("calls", store),
    "neighbourhood": lambda store: to_json(neighbourhood(FORCE, store=store)),
    "why": lambda store: why(FORCE, AREA, store),
    "compare": lambda store: compare(store=store),
    "entities --review": lambda store: review(store=store),
    "export as Turtle": lambda store: export_dataset("upper-example", "turtle", store=store),
    "export as a network": lambda store: export_dataset("upper-example", "graphml", store=store),
    "export as tables": tables,
    "agent: run_question": lambda store: tools.run_question(Source(store), "findings"),
    "agent: describe": lambda store: tools.describe(Source(store), FORCE),
    "agent: why": lambda store: tools.why(Source(store), FORCE, AREA),
    "agent: sparql": lambda store: tools.sparql(Source(store), FINDINGS),
    "agent: schema": lambda store: schema_summary(Source(store).ask),
}


@contextmanager
def at_operation(number: int, act: Callable[[], None]) -> Iterator[list[str]]:
    """Before the n-th time that something is looked at or opened on the disk, ``act`` is done."""
    seen: list[str] = []

    def watched(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            if acting:
                return real(*arguments, **options)
            seen.append(name)
            if len(seen) == number:
                acting.append(True)
                act()
                acting.clear()
            return real(*arguments, **options)

        return call

    acting: list[bool] = []
    with pytest.MonkeyPatch.context() as patch:
        places: list[tuple[Any, str]] = [(os, "stat"), (os, "open"), (io, "open"), (os, "fstat")]
        for place, name in [*places, (sqlite3, "connect"), (subprocess, "run")]:
            patch.setattr(place, name, watched(name, getattr(place, name)))
        yield seen


def answers(command: Callable[[Path], Any], versions: dict[str, Path], store: Path) -> dict[str, Any]:
    """What a command gives of each version; the first is published afterwards."""
    known = {}
    for word in reversed(VERSIONS):
        publish(versions[word], store)
        known[word] = outcome(command, store)
        release_all()
    assert len(set(known.values())) == len(VERSIONS)
    return known


@pytest.mark.parametrize("name", COMMANDS)
def test_an_answer_is_wholly_of_one_generation(versions: dict[str, Path], store: Path, name: str) -> None:
    known = answers(COMMANDS[name], versions, store)
    for number in range(1, 26):
        publish(versions[VERSIONS[0]], store)
        with at_operation(number, lambda: publish(versions[VERSIONS[1]], store)) as operations:
            found = outcome(COMMANDS[name], store)
        release_all()
        assert found in known.values(), number
        if len(operations) < number:
            break
    assert number > 5


# --- builds and questions in any order -------------------------------------------------------------------

HERE = [name for name in COMMANDS if not name.startswith(("agent", "export"))]
STEPS = st.one_of(
    st.just(("publish",)),
    st.tuples(st.just("ask"), st.sampled_from(HERE), st.integers(1, 10)),
    st.tuples(st.just("serve"), st.sampled_from([0, 10**6])),
    st.just(("worker",)),
)


def test_whatever_is_asked_and_built_in_whatever_order_each_answer_is_of_one_generation(
    versions: dict[str, Path], asked: dict[str, Any], common: Path
) -> None:
    """A server asks the generation that it began with, in every worker that it ever starts."""

    @settings(max_examples=settings().max_examples // 5)
    @given(st.lists(STEPS, min_size=3, max_size=8))
    def check(steps: list[tuple[Any, ...]]) -> None:
        turn, server, served = 0, None, ""

        def build_another() -> None:
            nonlocal turn
            turn += 1
            publish(versions[VERSIONS[turn % 2]], common)

        publish(versions[VERSIONS[turn % 2]], common)
        for step, *what in steps:
            if step == "publish":
                build_another()
            elif step == "ask":
                name, moment = what
                with at_operation(moment, build_another):
                    assert outcome(COMMANDS[name], common) in asked[name].values()
            elif step == "serve":
                server, served = from_folder(common, what[0]), VERSIONS[turn % 2]
            elif server is not None:
                worker = copy(server)
                worker.open()
                said = [row["o"].value for row in worker.query(FINDINGS)]  # type: ignore[union-attr]
                assert said and all(served in heading for heading in said)
                found = search(served, worker.index())
                assert found.total and not search(VERSIONS[served == VERSIONS[0]], worker.index()).total
        release_all()

    check()


@pytest.fixture(scope="module")
def asked(versions: dict[str, Path], common: Path) -> dict[str, dict[str, Any]]:
    """The answers of the commands for each version."""
    return {name: answers(COMMANDS[name], versions, common) for name in HERE}


@pytest.fixture(scope="module")
def common(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store for all examples of a property."""
    store = tmp_path_factory.mktemp("common") / "store"
    store.mkdir()
    return store
