"""A file becomes a document; folders become lists of files."""

from __future__ import annotations

import io
import os
import socket
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from kg.model.errors import CannotRead, CannotUnderstand
from kg.reading import Limits, content, document_from_text, find_reports, list_files, read


def archive(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files.items():
            made.writestr(name.replace("__", "/") + ".txt", text)
    return out.getvalue()


def test_a_text_file_keeps_its_text_and_has_lines(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"One\r\n\r\nTwo  two\r\n")
    document = read(file)
    assert document.text == "One\n\nTwo  two\n"
    assert [document.text[b.start : b.end] for b in document.blocks] == ["One", "Two  two"]
    assert document.source.file == "a.txt"
    assert document.source.sha256 == sha256(file.read_bytes()).hexdigest()
    assert document.source.media_type == "text/plain"


def test_a_page_gives_one_line_a_block() -> None:
    document = read(b"<h1>Title</h1><ul><li>item</ul>", name="p.html")
    assert document.text == "Title\n- item\n"
    assert [document.text[b.start : b.end] for b in document.blocks] == ["Title", "- item"]
    assert document.source.media_type == "text/html"


def test_the_kind_is_known_by_content() -> None:
    assert read(b"<!doctype html><p>Words", name="a.txt").text == "Words\n"
    assert read(b"Words", name="a.html").text == "Words"


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Words")))
    document = read("-")
    assert (document.text, document.source.file) == ("Words", "stdin")


def test_a_text_can_become_a_document() -> None:
    assert document_from_text("a\nb").blocks == read(b"a\nb").blocks


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.txt", r"a\.txt: the file is empty"),
        (b" \n\xc2\xa0\n", "a.txt", "no words in it"),
        ("👮🚨".encode(), "a.txt", "no words in it"),
        (b"a\x00b", "a.txt", r"a\.txt: NUL"),
        (b"<p>Not found", "a.pdf", r"named \.pdf, but its content is a web page; download it again"),
        (b"Words", "a.docx", r"named \.docx, but its content is plain text"),
        (b"<?xml version='1.0'?><x>y</x>", "a.xml", "XML of an unknown kind"),
        (b"PK\x03\x04 rest", "a.zip", "damaged zip archive"),
    ],
)
def test_what_cannot_be_read_is_one_line_that_names_it(data: bytes, name: str, message: str) -> None:
    with pytest.raises((CannotRead, CannotUnderstand), match=message) as caught:
        read(data, name=name)
    assert "\n" not in str(caught.value)


def test_names_are_shown_escaped() -> None:
    with pytest.raises(CannotRead, match=r"a\\n\\u202eb\.txt: no such file"):
        read("a\n\u202eb.txt")


def test_a_name_that_is_not_utf_8_is_recorded_readably(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as file:
        file.write(b"Words")
    assert read(os.fsdecode(path)).source.file == "caf\\xe9.txt"


def test_too_many_bytes_or_characters_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("word " * 1000)
    with pytest.raises(CannotRead, match="the limit is 0 MB"):
        read(file, limits=Limits(size=100))
    with pytest.raises(CannotRead, match="5,000 characters of text; the limit is 2,000: split the file"):
        read(file, limits=Limits(characters=2000))


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words")
    (tmp_path / "link.txt").symlink_to("a.txt")
    (tmp_path / "dangling.txt").symlink_to("none")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    for name, what in (
        ("link", "a link"),
        ("dangling", "a link"),
        ("pipe", "a pipe"),
        ("folder", "a folder"),
    ):
        with pytest.raises(CannotRead, match=f"{name}.txt: {what}"):
            read(tmp_path / f"{name}.txt")


def test_a_device_and_a_socket_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("s.txt")
        with pytest.raises(CannotRead, match="a socket"):
            read("s.txt")
    with pytest.raises(CannotRead, match="a device"):
        read("/dev/zero")


def test_an_archive_with_one_report_is_that_report() -> None:
    document = read(archive(sub__a="Words"), name="r.zip")
    assert (document.text, document.source.file) == ("Words", "a.txt")


def test_an_archive_with_several_says_which() -> None:
    with pytest.raises(CannotUnderstand, match=r"r\.zip: a zip archive of 2 reports \(a\.txt, b\.txt"):
        read(archive(a="x", b="y"), name="r.zip")


def test_a_file_in_an_archive_has_a_path(tmp_path: Path) -> None:
    (tmp_path / "r.zip").write_bytes(archive(a="first", sub__b="second"))
    assert read(tmp_path / "r.zip" / "sub" / "b.txt").text == "second"
    assert content(tmp_path / "r.zip" / "a.txt") == b"first"
    with pytest.raises(CannotRead, match=r"no file c\.txt in the archive"):
        read(tmp_path / "r.zip" / "c.txt")


def test_what_an_archive_unpacks_to_is_counted_while_reading() -> None:
    with pytest.raises(CannotRead, match="unpacks to more than 0 MB"):
        read(archive(a="x" * 100_000), limits=Limits(unpacked=1000))


def test_reports_of_folders_globs_and_archives_are_found_sorted_and_once(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "sub/a.html", "a.txt"):
        (tmp_path / name).write_text("text of " + name)
    (tmp_path / "r.zip").write_bytes(archive(z="in the archive", again="text of a.txt"))
    found, skipped = find_reports([tmp_path / "*.txt", tmp_path])
    assert [one.file.within(tmp_path) for one in found] == [
        "a.txt", "b.txt", "r.zip/z.txt", "sub/a.html",
    ]  # fmt: skip
    assert len(skipped) == 1
    assert "again.txt: skipped: the same file as" in skipped[0]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".hidden.txt", "a hidden file"),
        (".DS_Store", "left there by another program"),
        ("~$a.docx", "left there by another program"),
        ("a.txt.part", "an unfinished download"),
        ("a.csv", "not a text, HTML, PDF, Word or zip file"),
        ("empty.txt", "the file is empty"),
    ],
)
def test_a_folder_search_says_what_it_skips(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / name).write_text("" if name == "empty.txt" else "Words")
    found, skipped = find_reports(tmp_path)
    assert found == []
    assert name in skipped[0]
    assert reason in skipped[0]


def test_links_in_folders_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "up").symlink_to("..")
    (tmp_path / "out.txt").symlink_to("/etc/passwd")
    assert [one.skip for one in list_files(tmp_path)] == ["a link; give what it leads to"] * 2


def test_the_catalogue_is_not_a_report(tmp_path: Path) -> None:
    (tmp_path / "catalogue.toml").write_text("")
    assert find_reports(tmp_path) == ([], ())


def test_a_path_that_leads_to_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="no such file or folder"):
        find_reports(tmp_path / "*.txt")


def test_a_page_saved_as_one_file_is_that_page() -> None:
    saved = (
        "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n"
        "--B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "<html><body><p>It is =C2=A31.2m</p></html>\r\n--B\r\nContent-Type: image/png\r\n\r\nxx\r\n--B--\r\n"
    )
    assert read(saved.encode(), name="a.mhtml").text == "It is £1.2m\n"


@pytest.mark.parametrize(
    "named",
    ['start="<page>"; boundary=B', "boundary=B\r\nSnapshot-Content-Location: https://kg.example/page"],
)
def test_of_the_parts_of_a_saved_page_it_is_the_one_that_the_file_names(named: str) -> None:
    """The others are frames in it, wherever they stand."""
    html = "--B\r\nContent-Type: text/html\r\n"
    saved = (
        f"MIME-Version: 1.0\r\nContent-Type: multipart/related; {named}\r\n\r\n"
        f"{html}Content-ID: <frame>\r\nContent-Location: https://kg.example/frame\r\n\r\n<p>A frame\r\n"
        f"{html}Content-ID: <page>\r\nContent-Location: https://kg.example/page\r\n\r\n<p>The page\r\n"
        "--B--\r\n"
    )
    assert read(saved.encode(), name="a.mhtml").text == "The page\n"


def test_a_zip_archive_named_docx_is_refused() -> None:
    with pytest.raises(CannotUnderstand, match=r"named \.docx, but it is another kind of zip archive"):
        read(archive(a="x"), name="a.docx")


def test_a_text_with_too_many_characters_in_any_encoding_is_refused_before_it_is_decoded() -> None:
    limits = Limits(characters=100)
    for encoding in ("utf-8", "utf-16", "utf-32"):
        with pytest.raises(CannotRead, match="the limit is 100"):
            read(("word " * 200).encode(encoding), limits=limits)
    page = "<!DOCTYPE html><html><body>" + "<p><!-- much markup -->" * 100 + "word</body></html>"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert read(page.encode(encoding), limits=limits).text == "word\n"
