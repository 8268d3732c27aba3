"""One commit for store and exports: nothing lost, nothing stale, nothing of others touched."""

from __future__ import annotations

import errno
import fcntl
import io
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from deep_folders import nested_in
from hypothesis import example, given, settings
from hypothesis import strategies as st
from samples import SMALL_REPORT as REPORT
from store_data import data_file, flip_a_byte, release_all, store_version

from kg.asking.search import search
from kg.asking.sparql import query
from kg.dataset.build import BuildResult, build
from kg.dataset.exporting import export_dataset
from kg.graph.rdf_files import read_quads
from kg.graph.store import commit, graphs_of, open_store, published_generation, verify_store
from kg.model.errors import CannotRead, KgError
from kg.reading.time_limit import time_limit


@pytest.fixture(autouse=True)
def no_generation_is_held() -> Iterator[None]:
    yield
    release_all()


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two reports, their exports and their store."""
    folder = tmp_path_factory.mktemp("original")
    (folder / "reports").mkdir()
    for name in ("Upper", "Lower"):
        path = folder / "reports" / f"{name.lower()}-example.txt"
        path.write_text(REPORT.replace("Upper", name), encoding="utf-8")
    again(folder)
    return folder


@pytest.fixture
def made(original: Path, tmp_path: Path) -> Path:
    """A copy of it to work on."""
    shutil.copytree(original, tmp_path, dirs_exist_ok=True)
    return tmp_path


def again(folder: Path, exports: str = "exports", store: str = "store") -> BuildResult:
    return build([folder / "reports"], exports=folder / exports, store=folder / store)


def turtles(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.ttl")}


def reports_in_exports(folder: Path) -> set[str]:
    return {name[:-4] for name in turtles(folder / "exports") if "example" in name}


def reports_in_store(folder: Path) -> set[str]:
    release_all()
    graphs = graphs_of(open_store(folder / "store"))
    return {iri.rpartition("/")[2] for iri in graphs if "example" in iri.rpartition("/")[2]}


def assert_whole(folder: Path, reports: set[str]) -> None:
    """Store and exports hold exactly these reports, graph for graph the same, and ``verify`` agrees."""
    assert reports_in_store(folder) == reports_in_exports(folder) == reports
    store = open_store(folder / "store")
    for iri in graphs_of(store):
        path = folder / "exports" / f"{iri.rpartition('/')[2]}.ttl"
        if path.exists():
            there = {(q.subject, q.predicate, q.object) for q in store if str(q.graph_name)[1:-1] == iri}
            assert there == {(q.subject, q.predicate, q.object) for q in read_quads(path)}
    assert verify_store(folder / "store") == []


@contextmanager
def locked(path: Path) -> Iterator[None]:
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


# --- a withdrawn report is gone everywhere -------------------------------------------------------------


@pytest.mark.parametrize("held", ["store/lock", "exports"])
def test_a_build_that_was_refused_has_touched_nothing(made: Path, held: str) -> None:
    (made / "reports" / "lower-example.txt").unlink()
    before = turtles(made / "exports")
    with locked(made / held), pytest.raises(CannotRead, match="another build is writing here"):
        again(made)
    assert turtles(made / "exports") == before
    result = again(made)
    assert result.removed == ("lower-example",)
    assert_whole(made, {"upper-example"})


def test_a_store_that_was_copied_has_shown_nothing_where_it_is_now(made: Path, tmp_path: Path) -> None:
    """A file there that is called as an export, in no list, is somebody's."""
    other = tmp_path / "other"
    (other / "exports").mkdir(parents=True)
    for name in ("reports", "store"):
        shutil.copytree(made / name, other / name)
    for name in ("ontology.ttl", "upper-example.ttl"):
        (other / "exports" / name).write_text("mine")
    with pytest.raises(CannotRead, match=r"not written by kg build"):
        again(other)
    assert {path.read_text() for path in (other / "exports").iterdir()} == {"mine"}


def test_exports_without_their_list_are_repaired_where_they_were_shown(made: Path) -> None:
    again(made)  # a copy, with its exports
    (made / "exports" / "SHA256SUMS").unlink()
    (made / "exports" / "upper-example.ttl").write_text("damaged")
    again(made)
    assert_whole(made, {"upper-example", "lower-example"})


OTHERS: list[Callable[[dict[str, object]], object]] = [
    lambda entry: entry | {"of another version": True},
    lambda entry: {"id": entry["id"]},
    lambda entry: entry["id"],
]


@pytest.mark.parametrize("other", OTHERS)
def test_what_was_withdrawn_is_told_behind_another_version_too(
    made: Path, other: Callable[[dict[str, object]], object]
) -> None:
    """Whose entries have other fields, in a list of files that is whole."""
    generation = made / "store" / store_version(made / "store")
    entries = json.loads((generation / "build.json").read_bytes())
    content = json.dumps([other(entry) for entry in entries]).encode()
    (generation / "build.json").write_bytes(content)
    for path, keys, digest in (
        (generation / "manifest.json", ("files", "build.json"), sha256(content).hexdigest()),
        (made / "store" / "current.json", ("manifest",), ""),
    ):
        found = json.loads(path.read_bytes())
        inner = found if len(keys) == 1 else found[keys[0]]
        inner[keys[-1]] = digest or sha256((generation / "manifest.json").read_bytes()).hexdigest()
        path.write_text(json.dumps(found))
    (made / "reports" / "lower-example.txt").unlink()
    assert again(made).removed == ("lower-example",)


def test_what_was_withdrawn_is_told_behind_a_build_before_there_were_lists(made: Path) -> None:
    """Its state stands beside its generations."""
    generation = made / "store" / store_version(made / "store")
    shutil.copy(generation / "build.json", made / "store" / "build.json")
    shutil.rmtree(generation)
    (made / "store" / "current.json").unlink()
    (made / "exports" / "SHA256SUMS").unlink()
    (made / "reports" / "lower-example.txt").unlink()
    assert again(made).removed == ("lower-example",)
    assert_whole(made, {"upper-example"})


def test_where_no_report_is_left_it_is_told_that_the_former_ones_are_still_published(made: Path) -> None:
    (made / "reports" / "upper-example.txt").unlink()
    (made / "reports" / "lower-example.txt").write_text("No report.")
    with pytest.raises(
        KgError, match=r"stays as it was: its 2 reports are still published \(to withdraw all"
    ):
        again(made)
    assert_whole(made, {"upper-example", "lower-example"})


def test_exports_that_are_left_behind_in_another_folder_are_told_once(made: Path) -> None:
    told = [
        [line for line in again(made, exports=folder).notices if "not renewed any more" in line]
        for folder in ("exports", "elsewhere", "elsewhere")
    ]
    line = f"{made / 'exports'}: the exports there stay as they are and are not renewed any more"
    assert told == [[], [line], []]


def test_a_withdrawn_report_goes_though_its_turtle_is_gone_already(made: Path) -> None:
    (made / "reports" / "lower-example.txt").unlink()
    (made / "exports" / "lower-example.ttl").unlink()
    assert again(made).removed == ("lower-example",)
    assert_whole(made, {"upper-example"})


# --- damage is noticed and repaired --------------------------------------------------------------------


def test_a_damaged_store_is_repaired_by_the_next_build(made: Path) -> None:
    flip_a_byte(data_file(made / "store"))
    assert verify_store(made / "store")
    result = again(made)
    assert result.summary.startswith("repaired")
    assert {report.status for report in result.reports} == {"unchanged"}
    assert_whole(made, {"lower-example", "upper-example"})


@pytest.mark.parametrize("name", ["ontology.ttl", "dataset.ttl", "upper-example.ttl"])
@pytest.mark.parametrize("damage", ["missing", "changed"])
def test_a_damaged_export_is_noticed_and_repaired(made: Path, name: str, damage: str) -> None:
    path = made / "exports" / name
    before = path.read_bytes()
    path.unlink() if damage == "missing" else path.write_bytes(b"# edited\n")
    assert any(f"exports/{name}: {damage}" in line for line in verify_store(made / "store"))
    assert again(made).summary.startswith("repaired")
    assert path.read_bytes() == before
    assert again(made).summary.startswith("nothing changed")
    assert_whole(made, {"lower-example", "upper-example"})


# --- what others put there stays -----------------------------------------------------------------------


def test_turtle_of_others_in_the_exports_folder_stays(made: Path) -> None:
    mine = made / "exports" / "mine.ttl"
    mine.write_text("# by hand\n")
    (made / "reports" / "lower-example.txt").unlink()
    again(made)
    assert mine.read_text() == "# by hand\n"
    assert_whole(made, {"upper-example"})


@pytest.mark.parametrize("name", ["dataset.ttl", "upper-example.ttl"])
def test_a_foreign_file_of_the_same_name_is_refused_before_anything_is_touched(made: Path, name: str) -> None:
    (made / "own").mkdir()
    (made / "own" / name).write_text("# by hand\n")
    with pytest.raises(CannotRead, match=f"{name}.*not written by kg build"):
        again(made, "own", "other")
    assert [path.name for path in (made / "own").iterdir()] == [name]
    assert (made / "own" / name).read_text() == "# by hand\n"
    assert not list((made / "other").glob("generation-*")) and not (made / "other" / "current.json").exists()


# --- copies and odd folders ----------------------------------------------------------------------------


def test_a_copy_that_follows_links_is_a_store(made: Path) -> None:
    shutil.copytree(made / "store", made / "copy", symlinks=False)
    assert "https://kg.example/graph/upper-example" in graphs_of(open_store(made / "copy"))
    again(made, "copied-exports", "copy")
    assert verify_store(made / "copy") == []


def test_another_folder_in_the_store_is_left_alone(made: Path) -> None:
    (made / "store" / "generation-old").mkdir()
    (made / "reports" / "lower-example.txt").unlink()
    again(made)
    assert (made / "store" / "generation-old").is_dir()
    assert_whole(made, {"upper-example"})


def test_a_full_disk_under_exports_is_one_line_and_changes_nothing(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (made / "reports" / "lower-example.txt").unlink()
    before, names = turtles(made / "exports"), sorted(os.listdir(made / "exports"))

    def full(self: Path, *arguments: object, **options: object) -> io.BytesIO:
        if self.parent == made / "exports" and arguments and {"w", "x"} & set(str(arguments[0])):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(self, *arguments, **options)

    real = Path.open
    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(CannotRead, match="No space left"):
        again(made)
    monkeypatch.undo()
    assert (turtles(made / "exports"), sorted(os.listdir(made / "exports"))) == (before, names)
    assert_whole(made, {"lower-example", "upper-example"})
    again(made)
    assert_whole(made, {"upper-example"})


# --- lists of own files --------------------------------------------------------------------------------


def test_exports_that_came_without_their_store_are_renewed(made: Path) -> None:
    shutil.rmtree(made / "store")
    (made / "reports" / "lower-example.txt").unlink()
    (made / "exports" / "upper-example.ttl").write_text("# of an earlier version\n")
    again(made)
    assert_whole(made, {"upper-example"})


def test_a_list_that_somebody_else_wrote_is_no_list_of_ours(made: Path) -> None:
    (made / "own").mkdir()
    (made / "own" / "mine.ttl").write_text("# by hand\n")
    (made / "own" / "SHA256SUMS").write_text(f"{'0' * 64}  mine.ttl\n")
    with pytest.raises(CannotRead, match=r"SHA256SUMS: not written by kg build"):
        again(made, "own", "other")
    assert (made / "own" / "mine.ttl").read_text() == "# by hand\n"


def test_a_list_reaches_no_other_folder(made: Path) -> None:
    (made / "mine.ttl").write_text("# by hand\n")
    with (made / "exports" / "SHA256SUMS").open("a") as file:
        file.write(f"{'0' * 64}  ../mine.ttl\n{'0' * 64}  {made}/mine.ttl\n")
    again(made)
    assert (made / "mine.ttl").read_text() == "# by hand\n"


def test_a_manifest_reaches_no_other_folder(made: Path) -> None:
    (made / "mine.ttl").write_text("# by hand\n")
    generation = made / "store" / store_version(made / "store")
    manifest = json.loads((generation / "manifest.json").read_bytes())
    manifest["files"]["exports/../mine.ttl"] = "0" * 64
    (generation / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(CannotRead, match=r"manifest\.json is damaged"):
        verify_store(made / "store")
    again(made)
    assert (made / "mine.ttl").read_text() == "# by hand\n"
    assert_whole(made, {"lower-example", "upper-example"})


@pytest.mark.parametrize("key", ["write", "remove"])
def test_a_journal_reaches_no_other_folder(made: Path, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (made / "mine.ttl").write_text("# by hand\n")
    break_off(made, monkeypatch, changed="lower-example")
    journal = json.loads((made / "store" / "current.json").read_bytes())
    journal["switch"][key].append("../mine.ttl")
    (made / "store" / "current.json").write_text(json.dumps(journal))
    with pytest.raises(CannotRead, match=r"current\.json is damaged"):
        open_store(made / "store")
    again(made)
    assert (made / "mine.ttl").read_text() == "# by hand\n"
    assert_whole(made, {"lower-example", "upper-example"})


@pytest.mark.parametrize("to", ["../generation-000001", "exports"])
def test_a_journal_leads_to_a_generation(made: Path, to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    break_off(made, monkeypatch, changed="lower-example")
    journal = json.loads((made / "store" / "current.json").read_bytes())
    journal["switch"]["to"] = to
    (made / "store" / "current.json").write_text(json.dumps(journal))
    with pytest.raises(CannotRead, match=r"current\.json is damaged"):
        open_store(made / "store")


def test_the_state_of_a_build_reaches_no_other_folder(made: Path) -> None:
    generation = made / "store" / store_version(made / "store")
    state = json.loads((generation / "build.json").read_bytes())
    shutil.copy(made / "exports" / "lower-example.ttl", made / "mine.ttl")
    for entry in state:
        if entry["id"] == "lower-example":
            entry["id"] = entry["natural"] = "../mine"
    content = json.dumps(state).encode()
    (generation / "build.json").write_bytes(content)
    manifest = json.loads((generation / "manifest.json").read_bytes())
    manifest["files"]["build.json"] = sha256(content).hexdigest()
    (generation / "manifest.json").write_text(json.dumps(manifest))
    (made / "reports" / "upper-example.txt").unlink()
    again(made)
    assert_whole(made, {"lower-example"})
    assert (made / "mine.ttl").exists()


def test_exports_go_to_another_folder_without_a_new_build(made: Path) -> None:
    before = store_version(made / "store")
    result = again(made, "elsewhere")
    assert {report.status for report in result.reports} == {"unchanged"}
    assert store_version(made / "store") == before
    assert turtles(made / "elsewhere") == turtles(made / "exports")
    (made / "elsewhere" / "dataset.ttl").unlink()
    assert "elsewhere/dataset.ttl: missing" in verify_store(made / "store")[0]


@pytest.mark.parametrize(
    "name", ["current.json", "{}/manifest.json", "{}/build.json", "{}/exports/dataset.ttl"]
)
def test_whatever_is_damaged_a_withdrawn_report_goes_with_the_next_build(made: Path, name: str) -> None:
    (made / "reports" / "lower-example.txt").unlink()
    (made / "store" / name.format(store_version(made / "store"))).write_text("{")
    again(made)
    assert_whole(made, {"upper-example"})


def test_a_pointer_that_is_damaged_costs_no_report(made: Path) -> None:
    (made / "store" / "current.json").write_text("{")
    with pytest.raises(CannotRead, match=r"current\.json is damaged; make it again with: kg build"):
        open_store(made / "store")
    result = again(made)
    assert {report.status for report in result.reports} == {"unchanged"}
    assert_whole(made, {"lower-example", "upper-example"})


def test_a_folder_with_the_name_of_an_export_is_no_export(made: Path) -> None:
    path = made / "exports" / "lower-example.ttl"
    path.unlink()
    path.mkdir()
    with pytest.raises(CannotRead, match=r"lower-example\.ttl: not written by kg build"):
        again(made)
    (made / "reports" / "lower-example.txt").unlink()
    again(made)
    assert path.is_dir() and reports_in_store(made) == {"upper-example"}


@pytest.mark.parametrize(
    ("name", "content"), [("lock", b""), ("lock", b"4711\n"), ("lock", b"{}"), ("current.json", b"{}")]
)
def test_a_folder_that_only_looks_like_a_dataset_is_refused(made: Path, name: str, content: bytes) -> None:
    """A lock is an everyday file: package managers, mail folders, deployment trees have one."""
    theirs = made / "theirs"
    for path in ("staging/report.txt", "generation-000001/work/thesis.txt", "build.json"):
        (theirs / path).parent.mkdir(parents=True, exist_ok=True)
        (theirs / path).write_text("precious")
    (theirs / name).write_bytes(content)
    before = {path: path.read_bytes() for path in theirs.rglob("*") if path.is_file()}
    with pytest.raises(CannotRead, match="not a dataset folder"):
        again(made, store="theirs")
    assert {path: path.read_bytes() for path in theirs.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["staging", "generation-000002", "staging/deeper", "current"])
def test_neither_exports_nor_reports_stand_where_the_store_keeps_its_own(made: Path, name: str) -> None:
    with pytest.raises(CannotRead, match=f"the exports may not be in .*{name.partition('/')[0]}"):
        again(made, exports=f"store/{name}")
    assert not (made / "store" / name).exists()
    shutil.copytree(made / "reports", made / "store" / name)
    with pytest.raises(CannotRead, match="a report may not be in"):
        build([made / "store" / name], exports=made / "exports", store=made / "store")
    assert len(list((made / "store" / name).iterdir())) == 2


def forge(store: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Changes a file of the published generation, and every hash that tells of it."""
    generation = store / store_version(store)
    (generation / name).write_bytes(change((generation / name).read_bytes()))
    manifest = json.loads((generation / "manifest.json").read_bytes())
    manifest["files"][name] = sha256((generation / name).read_bytes()).hexdigest()
    (generation / "manifest.json").write_text(json.dumps(manifest))
    pointer = json.loads((store / "current.json").read_bytes())
    pointer["manifest"] = sha256((generation / "manifest.json").read_bytes()).hexdigest()
    (store / "current.json").write_text(json.dumps(pointer))


FORGED = st.one_of(
    st.tuples(st.just("units/lower-example.json"), st.integers(0, 4)),
    st.tuples(st.just("build.json"), st.just(0)),
)


@settings(max_examples=settings().max_examples // 4)
@given(
    forged=FORGED,
    at=st.lists(st.integers(0, 14), min_size=1, max_size=4),
    value=st.sampled_from([None, 0, -1, "", [], {}, [[]], 3.5, True, "a b", 9**99, ["x"], {"x": 1}]),
)
@example(forged=("build.json", 0), at=[0, 6], value="a b")
def test_what_somebody_forged_with_all_its_hashes_is_a_result_or_one_line(
    original: Path,
    tmp_path_factory: pytest.TempPathFactory,
    forged: tuple[str, int],
    at: list[int],
    value: object,
) -> None:
    made = tmp_path_factory.mktemp("forged") / "copy"
    shutil.copytree(original, made)
    name, line = forged

    def change(old: bytes) -> bytes:
        parts = old.split(b"\n") if name.startswith("units") else [old]
        parts[line] = _with_value(parts[line], at, value)
        return b"\n".join(parts)

    forge(made / "store", name, change)
    (made / "reports" / "upper-example.txt").unlink()
    try:
        again(made)
        assert_whole(made, reports_in_exports(made))
    except KgError as error:
        assert "\n" not in str(error)
    release_all()
    shutil.rmtree(made)


# --- what was broken off -------------------------------------------------------------------------------


def break_off(folder: Path, monkeypatch: pytest.MonkeyPatch, changed: str = "") -> None:
    """A build that ends right behind its commit: the store is new, the exports are not."""
    if changed:
        with (folder / "reports" / f"{changed}.txt").open("a", encoding="utf-8") as report:
            report.write("The force answers letters slowly\n")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commit.shown, "switch", stop)
    with pytest.raises(KeyboardInterrupt):
        again(folder)
    monkeypatch.undo()


@pytest.mark.parametrize("next_step", [open_store, verify_store, published_generation])
def test_a_switch_is_gone_on_with_by_whoever_comes_next(
    made: Path, monkeypatch: pytest.MonkeyPatch, next_step: Callable[[Path], object]
) -> None:
    (made / "reports" / "lower-example.txt").unlink()
    break_off(made, monkeypatch)
    assert reports_in_exports(made) == {"lower-example", "upper-example"}
    next_step(made / "store")
    assert reports_in_exports(made) == {"upper-example"}
    assert_whole(made, {"upper-example"})


def test_a_copy_leaves_the_exports_of_its_original_alone(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (made / "reports" / "lower-example.txt").read_bytes()
    (made / "reports" / "lower-example.txt").unlink()
    break_off(made, monkeypatch)
    shutil.copytree(made / "store", made / "copy")
    (made / "reports" / "lower-example.txt").write_bytes(before)
    again(made)
    open_store(made / "copy")
    assert_whole(made, {"lower-example", "upper-example"})


def test_a_journal_touches_only_files_that_are_on_the_list_there(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dataset of somebody else may bring a journal for the right lock, as on an empty disk: what stands in
    the folder that it names is not theirs."""
    (made / "reports" / "lower-example.txt").unlink()
    break_off(made, monkeypatch)
    mine = made / "mine"
    mine.mkdir()
    for name in ("lower-example.ttl", "dataset.ttl"):
        (mine / name).write_text("# by hand\n")
    journal = json.loads((made / "store" / "current.json").read_bytes())
    journal["switch"] |= {"exports": "../mine", "write": ["dataset.ttl", "ontology.ttl"]}
    assert journal["switch"]["remove"] == ["lower-example.ttl"]
    (made / "store" / "current.json").write_text(json.dumps(journal))
    open_store(made / "store")
    assert {path.name: path.read_text()[:9] for path in mine.iterdir()} == {
        "lower-example.ttl": "# by hand", "dataset.ttl": "# by hand", "ontology.ttl": "@prefix d",
    }  # fmt: skip


@pytest.mark.parametrize("elsewhere", [False, True])
def test_an_export_that_cannot_be_replaced_is_told_and_stops_no_build_that_shows_its_exports_elsewhere(
    made: Path, monkeypatch: pytest.MonkeyPatch, elsewhere: bool
) -> None:
    """The store has the new, the folder all of it but the one file; later all is well."""
    stuck = made / "exports" / "upper-example.ttl"
    before = stuck.read_bytes()
    with (made / "reports" / "upper-example.txt").open("a", encoding="utf-8") as report:
        report.write("The force answers letters slowly\n")
    (made / "reports" / "lower-example.txt").unlink()
    replace = os.replace

    def immutable(source: Path, path: Path) -> None:
        if Path(path).resolve() == stuck:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path))
        replace(source, path)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", immutable)
        for _ in range(2):
            with pytest.raises(CannotRead, match=r"not all is shown in .*upper-example\.ttl: Operation not"):
                again(made)
        assert reports_in_store(made) == {"upper-example"} == reports_in_exports(made)
        assert stuck.read_bytes() == before
        if elsewhere:
            again(made, "elsewhere")
            assert verify_store(made / "store") == []
    release_all()
    again(made)
    assert_whole(made, {"upper-example"})


def test_exports_of_another_dataset_are_removed_with_a_line_each_and_what_a_person_changed_stays(
    made: Path,
) -> None:
    (made / "fire").mkdir()
    (made / "fire" / "middle-example.txt").write_text(REPORT.replace("Upper", "Middle"), encoding="utf-8")
    (made / "exports" / "upper-example.ttl").write_text("# by hand\n")
    result = build([made / "fire"], exports=made / "exports", store=made / "fire-store")
    lines = [line for line in result.notices if "-example.ttl" in line]
    assert [line.partition(": ")[2][:8] for line in lines] == ["removed:", "changed,"]
    assert reports_in_exports(made) == {"middle-example", "upper-example"}
    assert (made / "exports" / "upper-example.ttl").read_text() == "# by hand\n"


def test_a_switch_that_is_not_believed_any_more_is_mended_by_the_next_build(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time of a lock changes with its rights, the number of a device at a start of the machine."""
    (made / "reports" / "lower-example.txt").unlink()
    break_off(made, monkeypatch)
    (made / "store" / "lock").chmod(0o664)
    open_store(made / "store")
    assert reports_in_exports(made) == {"lower-example", "upper-example"}
    assert json.loads((made / "store" / "current.json").read_bytes())["switch"] is not None
    assert any("withdrawn" in line for line in verify_store(made / "store"))
    release_all()
    again(made)
    assert_whole(made, {"upper-example"})


# --- pipes and folders in place of files -----------------------------------------------------------------

NAMES = (
    "store/lock", "store/current.json", "store/build.json", "store/published.json", "exports/SHA256SUMS",
    "exports/upper-example.ttl", "{}/manifest.json", "{}/build.json", "{}/search.sqlite",
    "{}/units/upper-example.json", "{}/set-aside.json",
    "{}/exports/upper-example.ttl", "{}/store/CURRENT", "{}/store/IDENTITY",
)  # fmt: skip


@pytest.mark.parametrize("kind", ["pipe", "folder"])
@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_file_in_a_dataset_is_one_line_or_repaired_and_never_waited_for(
    made: Path, name: str, kind: str
) -> None:
    path = made / name.format(f"store/{store_version(made / 'store')}")
    path.unlink(missing_ok=True)
    os.mkfifo(path) if kind == "pipe" else path.mkdir()
    for work in (
        lambda: query("grades", store=made / "store"),
        lambda: search("calls", made / "store"),
        lambda: verify_store(made / "store"),
        lambda: again(made),
    ):
        try:
            with time_limit("a file that is no file", 20):
                work()
        except KgError as error:
            assert "not analysed within" not in str(error) and "\n" not in str(error)
        release_all()
    if name.startswith("{}"):
        assert_whole(made, {"lower-example", "upper-example"})


def test_folders_of_any_depth_in_a_generation_are_told_and_go_with_it(made: Path) -> None:
    deep = made / "store" / store_version(made / "store") / "units"
    with nested_in(deep) as innermost:
        os.close(os.open("odd", os.O_CREAT | os.O_WRONLY, dir_fd=innermost))
    assert any("not in the manifest" in line for line in verify_store(made / "store"))
    with pytest.raises(CannotRead, match="which is not of this export"):
        export_dataset(None, "csv", deep, store=made / "store")
    release_all()
    assert again(made).summary.startswith("repaired")
    assert_whole(made, {"lower-example", "upper-example"})
    assert not deep.exists()


# --- stores of earlier versions ------------------------------------------------------------------------


def test_store_and_exports_may_be_links_to_another_disk(made: Path) -> None:
    for name in ("store", "exports"):
        (made / "disk" / "deep").mkdir(parents=True, exist_ok=True)
        (made / name).rename(made / "disk" / "deep" / f"our-{name}")
        (made / name).symlink_to(made / "disk" / "deep" / f"our-{name}")
    (made / "reports" / "lower-example.txt").unlink()
    again(made)
    assert_whole(made, {"upper-example"})
    (made / "exports" / "dataset.ttl").unlink()
    assert [line.partition(": ")[2] for line in verify_store(made / "store")] == ["missing"]


@pytest.mark.parametrize("follow", [False, True])
def test_a_store_with_a_link_is_read_and_built_on(made: Path, follow: bool) -> None:
    """Earlier versions linked ``current``, had the ids in ``build.json`` beside it, and no lists."""
    store, generation = made / "store", store_version(made / "store")
    (store / "current").symlink_to(generation)
    (store / "current.json").unlink()
    (made / "exports" / "SHA256SUMS").unlink()
    (made / "exports" / "upper-example.ttl").write_text("# of an earlier version\n")
    entries = [
        {"id": path.stem, "turtle": sha256(path.read_bytes()).hexdigest()}
        for path in (made / "exports").glob("*-example.ttl")
    ]
    (store / "build.json").write_text(json.dumps(entries))
    shutil.copytree(store, made / "copy", symlinks=not follow)
    shutil.rmtree(store)
    (made / "copy").rename(store)
    assert reports_in_store(made) == {"lower-example", "upper-example"}
    (made / "reports" / "lower-example.txt").unlink()
    release_all()
    again(made)
    assert_whole(made, {"upper-example"})
    release_all()
    again(made)
    assert sorted(path.name for path in store.iterdir()) == ["current.json", store_version(store), "lock"]


def test_the_names_of_an_earlier_version_are_not_ours_in_a_folder_that_it_has_not_shown(made: Path) -> None:
    """A state without lists names reports, and so could one that somebody else has made."""
    (made / "store" / "build.json").write_text(json.dumps([{"id": "thesis", "turtle": "0" * 64}]))
    (made / "store" / "current.json").unlink()
    (made / "elsewhere").mkdir()
    mine = {name: f"my {name}" for name in ("thesis.ttl", "links.ttl", "curation.ttl")}
    for name, text in mine.items():
        (made / "elsewhere" / name).write_text(text)
    again(made, exports="elsewhere")
    assert {name: (made / "elsewhere" / name).read_text() for name in mine} == mine


# --- any damage ----------------------------------------------------------------------------------------

WRONG = st.sampled_from([None, 0, -1, "", [], {}, "../x", "/etc/hostname", [[]], 3.5, True, "\0", 9**99])
DAMAGE = st.one_of(
    st.binary(max_size=40).map(lambda data: lambda old: data),
    st.tuples(st.integers(0, 10**6), st.integers(0, 255)).map(lambda at: lambda old: _with_byte(old, *at)),
    st.tuples(st.lists(st.integers(0, 9), min_size=1, max_size=4), WRONG).map(
        lambda at: lambda old: _with_value(old, *at)
    ),
)


def _with_byte(old: bytes, at: int, byte: int) -> bytes:
    at %= len(old)
    return old[:at] + bytes([byte]) + old[at + 1 :]


def _with_value(old: bytes, at: list[int], value: object) -> bytes:
    """The JSON with another value at a place, which is found by going down; other bytes end in the middle."""
    try:
        whole = inner = json.loads(old)
    except ValueError:
        return old[: len(old) // 2]
    for step in at:
        keys = (
            sorted(inner) if isinstance(inner, dict) else range(len(inner)) if isinstance(inner, list) else ()
        )
        if not keys:
            break
        key = keys[step % len(keys)]
        if step == at[-1] or not isinstance(inner[key], dict | list):
            inner[key] = value
            break
        inner = inner[key]
    return json.dumps(whole).encode()


@settings(max_examples=settings().max_examples // 8)
@given(
    name=st.sampled_from(
        ["store/current.json", "exports/SHA256SUMS", "*/build.json", "*/manifest.json", "*/search.sqlite"]
    ),
    damage=DAMAGE,
)
def test_whatever_is_damaged_all_is_answered_or_one_line_and_a_build_repairs_it(
    original: Path, tmp_path_factory: pytest.TempPathFactory, name: str, damage: Callable[[bytes], bytes]
) -> None:
    made = tmp_path_factory.mktemp("any") / "copy"
    shutil.copytree(original, made)
    (path,) = made.glob(name.replace("*", "store/generation-*"))
    path.write_bytes(damage(path.read_bytes()))
    for work in (
        lambda: query("grades", store=made / "store"),
        lambda: search("calls", made / "store"),
        lambda: verify_store(made / "store"),
    ):
        try:
            work()
        except KgError as error:
            assert "\n" not in str(error)
        release_all()
    again(made)
    assert_whole(made, {"lower-example", "upper-example"})
    release_all()
    shutil.rmtree(made)


@pytest.mark.parametrize(
    "name", ["store/LOCK2.sst", "store/LOG.evil", "store/LOG.old.1.sst", "manifest.json.bak"]
)
def test_what_is_added_under_a_name_like_that_of_a_log_is_told(made: Path, name: str) -> None:
    (generation,) = (made / "store").glob("generation-*")
    (generation / "store/LOG.old.1790000000000000").write_bytes(b"Oxigraph's own")
    assert verify_store(made / "store") == []
    (generation / name).write_bytes(b"x")
    assert any(f"{name}: not in the manifest" in line for line in verify_store(made / "store"))
