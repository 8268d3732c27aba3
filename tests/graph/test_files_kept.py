"""A file that a command writes where another one stands: nothing is written over."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.store.files import write_keeping


@settings(deadline=None, max_examples=60)
@given(
    there=st.dictionaries(
        st.sampled_from(["c.toml", "c.toml.bak", "c.toml.bak.2", "c.toml.bak.3", "c.toml.new"]),
        st.sampled_from([b"mine", b"draft 1", b"notes"]),
    ),
    drafts=st.lists(st.sampled_from(["draft 1", "draft 2", "mine"]), max_size=5),
)
def test_no_byte_of_a_folder_is_written_over_by_drafts(there, drafts):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in there.items():
            (folder / file).write_bytes(content)
        for draft in drafts:
            write_keeping(folder / "c.toml", draft.encode())
        left = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {file: content for file, content in there.items() if file != "c.toml"}.items() <= left.items()
    assert {*there.values(), *(draft.encode() for draft in drafts)} <= {*left.values()}
    assert not drafts or left["c.toml"] == drafts[-1].encode()
    assert not [file for file in left if file.startswith(".")]


@pytest.mark.parametrize("links", [True, False])
def test_a_draft_that_cannot_be_written_leaves_what_is_there(tmp_path, monkeypatch, links):
    there = tmp_path / "c.toml"
    there.write_text("mine")

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            write_keeping(there, b"draft")
    assert [path.name for path in tmp_path.iterdir()] == ["c.toml"]
    if not links:
        monkeypatch.setattr("os.link", full)
    there.chmod(0o640)
    (tmp_path / "link").symlink_to(there)
    before = write_keeping(tmp_path / "link", b"draft")
    assert (there.read_text(), before.read_text()) == ("draft", "mine")
    assert there.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "link").is_symlink()
