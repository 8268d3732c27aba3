"""One part changes, one part is touched; what is finished is kept when a build is interrupted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
from samples import SEED
from store_data import release_all, store_version

import kg.dataset.build
import kg.dataset.one_report
from kg.dataset import units
from kg.dataset.build import BuildResult, build
from kg.dataset.staging import BuiltReport, Staging
from kg.graph.rdf_files import read_quads
from kg.graph.store import open_store, verify_store
from kg.graph.store.folder import STAGING
from kg.model.errors import CannotRead

REPORT = """PEEL 2023–25
{0} Police

Published on 6 March 2024

Investigating crime
Good
{0} Police is good at investigating crime.

{0} Police’s investigations are thorough
Officers of Operation {1} solved {2} of the 40 crimes that we looked at.

Victims wait too long for news
In {2} cases the force didn’t tell victims what had happened.
"""


@pytest.fixture(autouse=True)
def no_generation_is_held() -> Iterator[None]:
    yield
    release_all()


def put(folder: Path, **reports: tuple[str, int]) -> None:
    """Files of reports on forces of these names, with the name of an operation and a number."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, (operation, number) in reports.items():
        (folder / f"{name}.txt").write_text(REPORT.format(name.title(), operation, number), encoding="utf-8")


def run(folder: Path, name: str = "dataset") -> BuildResult:
    done = build([folder / "reports"], exports=folder / f"{name}-exports", store=folder / name)
    release_all()
    return done


def content(folder: Path, name: str) -> tuple[set[ox.Quad], dict[str, bytes], bytes]:
    """The quads of a store, the files of its exports, and its full-text index."""
    exports = {path.name: path.read_bytes() for path in (folder / f"{name}-exports").iterdir()}
    index = folder / name / store_version(folder / name) / "search.sqlite"
    found = set(open_store(folder / name)), exports, index.read_bytes()
    release_all()
    return found


STEPS = [
    {"kent": ("Falcon", 12), "surrey": ("FALCON", 13), "dorset": ("Heron", 14), "gwent": ("Wren", 15)},
    {"kent": ("Falcon", 17), "surrey": ("FALCON", 13), "dorset": ("Heron", 14), "gwent": ("Wren", 15)},
    {"surrey": ("FALCON", 13), "dorset": ("Heron", 14), "gwent": ("Wren", 15)},
    {"surrey": ("FALCON", 13), "dorset": ("Heron", 14), "gwent": ("Wren", 15), "norfolk": ("Falcon", 9)},
]


def test_after_each_change_all_is_as_a_build_of_all_makes_it(tmp_path: Path) -> None:
    for number, reports in enumerate(STEPS):
        put(tmp_path / "reports", **reports)
        run(tmp_path)
        run(tmp_path, f"anew-{number}")
        assert content(tmp_path, "dataset") == content(tmp_path, f"anew-{number}"), number
        assert verify_store(tmp_path / "dataset") == []
        release_all()


def test_a_file_of_a_store_that_has_not_changed_is_the_same_file(tmp_path: Path) -> None:
    put(tmp_path / "reports", **STEPS[0])
    run(tmp_path)
    tables = {path.stat().st_ino for path in (tmp_path / "dataset").rglob("*.sst")}
    put(tmp_path / "reports", **STEPS[1])
    run(tmp_path)
    assert tables & {path.stat().st_ino for path in (tmp_path / "dataset").rglob("*.sst")}


def test_an_interrupted_build_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "reports", **STEPS[0])
    read, done = kg.dataset.one_report.read, list[str]()

    def reading(file: object) -> object:
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(str(file))
        return read(file)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(kg.dataset.one_report, "read", reading)
        with pytest.raises(KeyboardInterrupt):
            run(tmp_path)
        assert len(list((tmp_path / "dataset" / STAGING).glob("*.ttl"))) == 3
        done.clear()
        run(tmp_path)
        assert len(done) == 1
    assert not (tmp_path / "dataset" / STAGING).exists()
    run(tmp_path, "anew")
    assert content(tmp_path, "dataset") == content(tmp_path, "anew")


@pytest.mark.parametrize("end", ["ttl", "unit.json", "json"])
def test_what_is_damaged_in_between_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    put(tmp_path / "reports", **STEPS[0])

    def stop(*_: object) -> None:
        raise CannotRead("the power is gone")

    with monkeypatch.context() as patched:
        patched.setattr(kg.dataset.build, "publish_dataset", stop)
        with pytest.raises(CannotRead, match="power"):
            run(tmp_path)
    staged = sorted((tmp_path / "dataset" / STAGING).glob(f"*.{end}"))
    staged[0].write_bytes(staged[0].read_bytes()[:-20])
    run(tmp_path)
    run(tmp_path, "anew")
    assert content(tmp_path, "dataset") == content(tmp_path, "anew")


@pytest.mark.parametrize("damage", [b"", b"{}\n[]\n", b"[1]\n{}\n[{}]\n[{}]\n{}"])
def test_a_damaged_unit_is_worked_out_again(tmp_path: Path, damage: bytes) -> None:
    put(tmp_path / "reports", **STEPS[0])
    run(tmp_path)
    unit = next((tmp_path / "dataset").glob("generation-*/units/kent*.json"))
    unit.write_bytes(damage)
    assert any("units/kent" in line for line in run(tmp_path).repaired)
    assert verify_store(tmp_path / "dataset") == []
    run(tmp_path, "anew")
    assert content(tmp_path, "dataset") == content(tmp_path, "anew")


def test_a_build_that_ends_just_behind_its_commit_spoils_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it leaves in staging has a second name in the generation: nothing may be written over it."""
    put(tmp_path / "reports", **STEPS[0])

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Staging, "clear", stop)
        with pytest.raises(KeyboardInterrupt):
            run(tmp_path)
    release_all()
    put(tmp_path / "reports", **STEPS[0] | {"kent": ("FALCON", 12), "surrey": ("Falcon", 13)})
    run(tmp_path)
    assert verify_store(tmp_path / "dataset") == []
    run(tmp_path, "anew")
    assert content(tmp_path, "dataset") == content(tmp_path, "anew")


@pytest.mark.parametrize(
    "link", ["dataset/current.json.new", "dataset-exports/.kent-kent.ttl.kg-new", "dataset/staging"]
)
def test_links_that_came_with_a_dataset_lead_nowhere(tmp_path: Path, link: str) -> None:
    put(tmp_path / "reports", **STEPS[0])
    run(tmp_path)
    names = [path.name for path in (tmp_path / "dataset-exports").glob("kent*.ttl")]
    own = tmp_path / "own"
    own.mkdir()
    (own / "file").write_text("of somebody else")
    path = tmp_path / link.replace("kent-kent.ttl", names[0])
    path.symlink_to(own if link.endswith("staging") else own / "file")
    put(tmp_path / "reports", **STEPS[1])
    run(tmp_path)
    assert [(one.name, one.read_text()) for one in own.iterdir()] == [("file", "of somebody else")]
    assert verify_store(tmp_path / "dataset") == [] and not path.is_symlink()
    assert not any(one.is_symlink() for one in (tmp_path / "dataset-exports").iterdir())


def test_staging_that_cannot_be_written_is_an_error_of_the_build_and_withdraws_nothing(
    tmp_path: Path,
) -> None:
    put(tmp_path / "reports", **STEPS[0])
    run(tmp_path)
    before = content(tmp_path, "dataset")
    (tmp_path / "dataset" / STAGING).write_text("a file")
    put(tmp_path / "reports", **STEPS[1])
    with pytest.raises(CannotRead, match=r"staging: .*nothing is published"):
        run(tmp_path)
    release_all()
    assert content(tmp_path, "dataset") == before


def test_staging_of_another_copy_is_not_taken(tmp_path: Path) -> None:
    ours, theirs = Staging(tmp_path / STAGING, "1"), Staging(tmp_path / STAGING, "2")
    entry = BuiltReport("a", "a.txt", None, "0" * 64, "", {}, 0, (), "a", "")
    turtle = b"<http://a/> <http://a/> <http://a/> ."
    theirs.keep(
        "0" * 64, replace(entry, turtle=sha256(turtle).hexdigest()), turtle, units.written(units.unit_of([]))
    )
    assert theirs.find("0" * 64) is not None
    assert ours.find("0" * 64) is None and theirs.find("1" * 64) is None


def test_what_is_staged_of_reports_that_are_gone_goes(tmp_path: Path) -> None:
    staging = Staging(tmp_path / STAGING)
    entry = BuiltReport("a", "a.txt", None, "0" * 64, "", {}, 0, (), "a", "")
    for digit in "012":
        staging.keep(digit * 64, replace(entry, made_from=digit * 64), b"", units.written(units.unit_of([])))
    staging.keep_only({"1" * 64})
    assert {path.name[0] for path in (tmp_path / STAGING).iterdir()} == {"1"}


def test_a_list_of_files_that_was_changed_is_noticed_and_made_again(tmp_path: Path) -> None:
    put(tmp_path / "reports", **STEPS[0])
    run(tmp_path)
    manifest = tmp_path / "dataset" / store_version(tmp_path / "dataset") / "manifest.json"
    found = json.loads(manifest.read_bytes())
    manifest.write_text(json.dumps(found | {"union": found["union"] - 1}))
    assert any("manifest.json" in line for line in verify_store(tmp_path / "dataset"))
    release_all()
    run(tmp_path)
    assert verify_store(tmp_path / "dataset") == []


def test_a_unit_is_read_as_it_was_written() -> None:
    exports = SEED.parent.parent / "exports"
    (path,) = (path for path in exports.glob("*.ttl") if path.stem.startswith(SEED.stem))
    unit = units.unit_of(read_quads(path))
    lines = units.written(unit)
    reads = (
        units.read_names, units.read_summary, units.read_dated, units.read_spoken, units.read_search
    )  # fmt: skip
    read = units.Unit(*(each(lines) for each in reads))  # type: ignore[operator]
    assert read == unit and unit.dated and unit.spoken and unit.search.said
    assert units.written(units.unit_of(read_quads(path)[::-1])) == lines
