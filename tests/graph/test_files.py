"""Files that a person asked for: whole, or as they were."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dataset.exporting.folders import write_folder
from kg.graph.store.files import write_whole
from kg.model.errors import CannotRead

resource = pytest.importorskip("resource", reason="needs limits of the system")


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file may be longer than 1,000 bytes, as if the disk were full then."""
    import signal

    before, ignored = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, ignored)


def test_a_file_stays_where_the_new_one_cannot_be_written(tmp_path: Path, small_disk: None) -> None:
    kept, new = tmp_path / "kept.csv", tmp_path / "new.csv"
    kept.write_bytes(b"before")
    for path in (kept, new):
        with pytest.raises(OSError, match="File too large") as failed:
            write_whole(path, b"x" * 5000)
        assert failed.value.filename is None
    assert kept.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["kept.csv"]


def test_a_folder_stays_where_the_new_one_cannot_be_written(tmp_path: Path, small_disk: None) -> None:
    before = {"a.csv": b"one", "about.json": b'["a.csv", "b.csv"]'}
    write_folder(tmp_path / "out", before, "about.json")
    after = {"a.csv": b"two", "b.csv": b"x" * 5000, "about.json": before["about.json"]}
    with pytest.raises(CannotRead, match="cannot be written"):
        write_folder(tmp_path / "out", after, "about.json")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


@pytest.mark.parametrize("step", range(4))
def test_a_folder_whose_export_was_killed_is_no_whole_one_and_is_renewed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Killed at its nth renaming, it has no description of a mixture; the next export goes on."""
    out, names = tmp_path / "out", b'["a.csv", "b.csv", "c.csv"]'
    write_folder(out, {"a.csv": b"old", "b.csv": b"old", "about.json": names}, "about.json")
    new = {"a.csv": b"new", "b.csv": b"new", "c.csv": b"new", "about.json": names}
    left, replace = iter(range(step)), Path.replace

    def killed(self: Path, target: Path) -> Path:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return replace(self, target)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Path, "replace", killed)
        write_folder(out, new, "about.json")
    assert not (out / "about.json").exists()
    write_folder(out, new, "about.json")
    assert {path.name: path.read_bytes() for path in out.iterdir()} == new
    (out / ".kg-1.new").mkdir()
    (out / ".kg-1.new" / "mine.txt").write_text("somebody's")
    (out / "mine.txt").write_text("somebody's")
    with pytest.raises(CannotRead, match=r"mine\.txt"):
        write_folder(out, new, "about.json")


@given(st.binary(max_size=50), st.binary(max_size=50))
def test_a_file_is_what_was_written_last(
    tmp_path_factory: pytest.TempPathFactory, one: bytes, two: bytes
) -> None:
    folder = tmp_path_factory.mktemp("files")
    for content in (one, two):
        write_whole(folder / ("n" * 255), content)
        assert (folder / ("n" * 255)).read_bytes() == content
    assert len(os.listdir(folder)) == 1


def test_a_link_leads_to_its_file_and_permissions_stay(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_bytes(b"before")
    file.chmod(0o640)
    link.symlink_to("file")
    write_whole(link, b"after")
    assert link.is_symlink() and file.read_bytes() == b"after"
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_pipe_is_written_as_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pipe, b"through")
    assert os.read(reading, 100) == b"through"
    os.close(reading)
    assert pipe.is_fifo()


@pytest.mark.skipif(os.geteuid() == 0, reason="who may do all is refused nothing")
def test_a_file_that_may_not_be_written_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"before")
    (tmp_path / "file").chmod(0o444)
    with pytest.raises(PermissionError, match="file"):
        write_whole(tmp_path / "file", b"after")
