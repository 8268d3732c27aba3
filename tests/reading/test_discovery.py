"""Which files of folders and globs are found, and that nothing behind a link is."""

from __future__ import annotations

import glob
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model.errors import CannotRead
from kg.reading import find_reports, list_files

NAMES = ("a", "b", "a.txt", "b.html", ".c", ".d.txt", "e[1].txt")
PARTS = ("*", "**", "a", "b", "?", "*.txt", "[ab]*", ".*", "", "a/..")


@pytest.fixture
def apart(tmp_path: Path) -> Path:
    """A folder that nobody names, with a report and a folder in it."""
    (tmp_path / "private/a/a").mkdir(parents=True)
    for name in ("letter.txt", "a.txt", "a/a.txt", "a/a/b.html"):
        (tmp_path / "private" / name).write_text(f"SECRET {name}")
    return tmp_path


PATHS = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4)
TREES = st.lists(st.tuples(PATHS, st.sampled_from(["file", "folder", "link", "up"])), max_size=8)


def planted(root: Path, tree: list[tuple[list[str], str]], private: Path) -> list[Path]:
    """The tree on the disk: files, folders, links to a folder elsewhere and to the one that they are in."""
    root.mkdir()
    links = []
    for parts, kind in tree:
        path = root.joinpath(*parts)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if any(each.is_symlink() for each in path.parents) or os.path.lexists(path):
                continue
            if kind == "file":
                path.write_text(f"words of {'/'.join(parts)}")
            elif kind == "folder":
                path.mkdir()
            else:
                path.symlink_to(private if kind == "link" else path.parent)
                links.append(path)
        except (FileExistsError, NotADirectoryError):
            continue
    return links


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(tree=TREES, parts=st.lists(st.sampled_from(PARTS), min_size=1, max_size=4))
def test_no_glob_finds_what_is_behind_a_link(
    apart: Path, tmp_path_factory: pytest.TempPathFactory, tree: list[tuple[list[str], str]], parts: list[str]
) -> None:
    root = tmp_path_factory.mktemp("trees") / "r"
    links = planted(root, tree, apart / "private")
    pattern = os.path.join(root, *parts)
    if not glob.has_magic(pattern):
        return
    try:
        found = list_files(pattern)
    except CannotRead:
        found = []
    read = {str(one.file) for one in found if one.skip is None}
    assert not [path for path in read if os.path.realpath(path) != os.path.normpath(path)]
    if not links:
        every = list_files(glob.glob(pattern, recursive=True))
        meant = {os.path.normpath(one.file.path) for one in every if one.skip is None}
        assert {os.path.normpath(path) for path in read} == meant


@pytest.mark.parametrize("pattern", ["r", "r/*", "r/*/*", "r/**", "r/**/*.txt", "r/*/*.txt", "*/**/o*.txt"])
@pytest.mark.parametrize("at", ["x", "f/x", "f/f/x"])
def test_a_link_to_a_folder_is_a_line_and_what_is_behind_it_is_not_read(
    apart: Path, pattern: str, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (apart / "r/f/f").mkdir(parents=True)
    (apart / "r" / at).symlink_to(apart / "private")
    (apart / "r/f/f/round").symlink_to(apart / "r")
    (apart / "r/f/own.txt").write_text("words")
    monkeypatch.chdir(apart)
    found, lines = find_reports(pattern)
    assert all("/x/" not in str(one.file) and "round/" not in str(one.file) for one in found)
    assert [str(one.file) for one in found] == ["r/f/own.txt"]
    if "**" in pattern or pattern == "r":
        assert sum(line.startswith(f"r/{at}: skipped: a link") for line in lines) == 1


def test_a_link_that_the_user_names_is_followed(apart: Path) -> None:
    (apart / "named").symlink_to(apart / "private")
    assert len(find_reports(apart / "named/*.txt")[0]) == 2
    assert len(find_reports(apart / "named/a")[0]) == 2
