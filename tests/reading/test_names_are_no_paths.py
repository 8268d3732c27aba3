"""The name of a member of an archive is a name: it finds bytes in the archive and nothing anywhere else."""

from __future__ import annotations

import io
import tempfile
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making_docx import para, part

from kg.model.errors import CannotRead, KgError
from kg.model.text.display import escaped
from kg.reading import Limits, ReportFile, content, find_reports, list_files, read
from kg.reading.catalogue import given_for


def zipped(members: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")  # two members of one name
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def test_a_member_with_the_name_of_a_file_on_disk_is_the_bytes_in_the_archive(tmp_path):
    secret = tmp_path / "home" / "secret.txt"
    secret.parent.mkdir()
    secret.write_text("what only the disk knows")
    (tmp_path / "all.zip").write_bytes(zipped([(str(secret), b"what the archive says")]))
    (one,), skipped = find_reports(tmp_path / "all.zip")
    assert skipped == ()
    assert one.file == ReportFile(tmp_path / "all.zip", str(secret))
    assert read(one.file).text == content(one.file).decode() == "what the archive says"
    assert read(f"{tmp_path / 'all.zip'}/{secret}").text == "what the archive says", "as it is shown"


@pytest.mark.parametrize(
    "name", ["/nonexistent/x.txt", "../../x.txt", "./x.txt", "a//x.txt", "C:\\x.txt", "a/../x.txt"]
)
def test_a_name_that_leads_nowhere_is_read_as_what_it_is(tmp_path, name):
    (tmp_path / "all.zip").write_bytes(zipped([(name, b"Words of a report")]))
    (one,), _ = find_reports(tmp_path)
    assert read(one.file).text == "Words of a report"
    assert "/" not in read(one.file).source.file


def test_two_members_of_one_name_are_refused_with_one_line(tmp_path):
    (tmp_path / "all.zip").write_bytes(zipped([("a.txt", b"one"), ("a.txt", b"two"), ("b.txt", b"three")]))
    found, (line,) = find_reports(tmp_path)
    assert [one.file.member for one in found] == ["b.txt"]
    assert line.endswith("all.zip/a.txt: skipped: two files of the name a.txt in the archive")


def test_the_catalogue_is_looked_for_beside_the_archive_and_never_where_a_name_points(tmp_path):
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "catalogue.toml").write_text('[[report]]\nfile = "a.txt"\nforce = "Outside Police"\n')
    (inside / "catalogue.toml").write_text('[[report]]\nfile = "all.zip/a.txt"\nforce = "Inside Police"\n')
    absolute = ReportFile(inside / "all.zip", f"{outside}/a.txt")
    assert given_for(absolute) == {}
    assert given_for(ReportFile(inside / "all.zip", "a.txt")) == {"force": "Inside Police"}


def test_what_the_members_of_an_archive_unpack_to_together_is_limited(tmp_path):
    members = [(f"{n}.txt", bytes([65 + n]) * 1000) for n in range(5)]
    (tmp_path / "all.zip").write_bytes(zipped(members))
    found = list_files(tmp_path, limits=Limits(together=2500))
    assert [one.skip is None for one in found] == [True, True, True, False, False]
    assert "unpack to more than" in str(found[-1].skip)


def test_a_member_that_is_not_there_is_one_line(tmp_path):
    (tmp_path / "all.zip").write_bytes(zipped([("a.txt", b"one")]))
    with pytest.raises(CannotRead, match=r"all\.zip//etc/passwd: no file /etc/passwd in the archive"):
        read(f"{tmp_path / 'all.zip'}//etc/passwd")


_NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "/", "../", "/etc/", "./", "//", "~/", "C:\\"]),
            _NAMES,
            st.binary(max_size=40),
        ),
        max_size=6,
    )
)
def test_whatever_members_are_called_they_are_their_bytes_or_one_line(members):
    named = [(f"{start}{name}.txt", data) for start, name, data in members]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "all.zip")
        path.write_bytes(zipped(named))
        for one in list_files(path):
            if one.skip is not None:
                assert one.skip == escaped(one.skip)
            else:
                assert content(one.file) in dict.fromkeys(data for _, data in named)
                assert str(one.file) == escaped(str(one.file))


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(
        [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"PK\x05\x06", b"<html>", b"\xff\xfe", b"<?xml ", b"Words. "]
    ),
    st.binary(max_size=300),
)
def test_any_bytes_are_a_document_or_one_line(start, data):
    if start.startswith(b"%PDF"):
        data = data[:20]  # each is a process of its own
    try:
        document = read(start + data, name="any.txt")
    except KgError as error:
        assert str(error) == escaped(str(error))
        assert str(error).startswith("any.txt")
    else:
        assert all(document.text[block.start : block.end].strip() for block in document.blocks)


def test_what_is_passed_over_in_an_archive_is_counted_in_one_line(tmp_path):
    hidden = [("__MACOSX/._a.txt", b"x"), (".x.txt", b"x"), ("b/.git/c.txt", b"x")]
    (tmp_path / "all.zip").write_bytes(zipped([("a.txt", b"one"), ("logo.png", b"x"), *hidden]))
    (tmp_path / "bare.zip").write_bytes(zipped([("a.txt", b"two")]))
    (tmp_path / "empty.zip").write_bytes(zipped([]))
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.txt").write_bytes(b"three")
    found, lines = find_reports(tmp_path)
    assert [one.file.member for one in found] == ["a.txt", "a.txt"]
    assert [line.removeprefix(f"{tmp_path}/") for line in lines] == [
        ".git: skipped: a hidden folder",
        "all.zip: skipped: 3 files hidden or left there by another program and 1 file of another kind in it",
        "empty.zip: skipped: an archive without files",
    ]


@settings(deadline=None, max_examples=60)
@given(
    others=st.lists(
        st.tuples(
            st.sampled_from(["", "word/", "word\\", "docProps/", "words/", "x/word/", "customXml/"]),
            st.sampled_from(["a.txt", "b.html", "c.pdf", "d.docx", "e.bin", "[Content_Types].xml"]),
        ),
        unique=True,
        max_size=6,
    ),
    name=st.sampled_from(["all.zip", "all.docx", "all"]),
)
def test_no_report_beside_the_text_of_a_word_file_is_lost_without_a_line(others, name):
    members = [start + last for start, last in others]
    parts = [(member, f"words of {member}".encode()) for member in members]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(
            zipped(
                [
                    *parts,
                    ("word/document.xml", part("document", f"<w:body>{para('The text')}</w:body>").encode()),
                ]
            )
        )
        lines, read_here = [], set()
        for one in list_files(path):
            try:
                if one.skip is not None:
                    raise CannotRead(one.skip)
                lines += [notice.message for notice in read(one.file).notices]
                read_here.add(one.file.member)
            except KgError as error:
                lines.append(str(error))
        said = " ".join(lines)
        for member in members:
            if member.endswith((".txt", ".html", ".pdf", ".docx")) and member not in read_here:
                assert escaped(member) in said or "another kind of zip archive" in said or " …" in said


def test_a_word_file_with_files_in_it_is_read_and_they_are_told(tmp_path):
    inside = [("[Content_Types].xml", b"<Types/>"), ("word/afchunk1.html", b"<p>more")]
    text = ("word/document.xml", part("document", f"<w:body>{para('Words of a report')}</w:body>").encode())
    document = read(zipped([*inside, text]), name="a.docx")
    assert document.text.strip() == "Words of a report"
    (notice,) = document.notices
    assert (notice.code, notice.message) == (
        "parts-not-read", "files within the Word file are not read (1: word/afchunk1.html)",
    )  # fmt: skip
