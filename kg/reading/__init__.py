"""A file becomes a ``Document``: text, blocks, and what the file states about itself.

The kind of a file is known by its content, not by its name. Plain text, HTML and Word files need the
standard library only; PDF needs the extra ``files``.
"""

from __future__ import annotations

import hashlib
import os
import sys
from functools import lru_cache
from pathlib import Path, PurePosixPath

from kg.model.errors import CannotRead, CannotUnderstand, KgError
from kg.model.records import Document, Notice, Source
from kg.reading.archive import Archive, is_zip
from kg.reading.discovery import Found, find_reports, leftover, list_files
from kg.reading.files import LIMITS, Limits, ReportFile, load, printable_path
from kg.reading.pieces import Reading, assemble
from kg.reading.text import decode, line_blocks, looks_like_html, refuse_binary, refuse_markup
from kg.reading.web_page.mhtml import is_mhtml, page_of
from kg.reading.worker import read_apart, reading_of

__all__ = [
    "LIMITS", "Found", "Limits", "ReportFile", "content", "document_from_text", "find_reports", "list_files",
    "read", "why_not",
]  # fmt: skip

_MEDIA = {
    "text": "text/plain",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_BIG_PAGE = 100_000
"""Web pages of more bytes than this are read in a process of their own."""
Readable = str | os.PathLike[str] | ReportFile | bytes | bytearray | memoryview
"""What a document can be read from."""


def read(
    source: Readable,
    *,
    name: str | None = None,
    limits: Limits = LIMITS,
) -> Document:
    """The document in a file, in bytes, or (``"-"``) on standard input.

    A file inside a zip archive is ``archive.zip/name.txt``; an archive that holds one report can be given
    itself. ``name`` is the file name to record for bytes and standard input. The same bytes and name give
    the same document. Raises CannotRead or CannotUnderstand with one line that names the file, and
    MissingExtra for a PDF where the library for it is not installed.
    """
    shown_name, file, data = _bytes(source, name, limits)
    try:
        if is_zip(data) and not (archive := Archive(data)).is_word:
            if PurePosixPath(file).suffix.lower() == ".docx":
                raise CannotUnderstand("named .docx, but it is another kind of zip archive")
            chosen = _only_report(archive)
            data, file = archive.read(chosen, limits), PurePosixPath(chosen).name
        return _document(file, data, limits)
    except KgError as error:
        raise _located(error, shown_name) from error


def why_not(source: str | os.PathLike[str]) -> str | None:
    """Why a file is no report by its name alone: a leftover of a program, an unfinished download; or None."""
    return None if source == "-" else leftover(ReportFile.of(source).name)


def document_from_text(text: str, name: str = "text") -> Document:
    """A document of plain text, its lines as blocks; ``name`` stands for the file."""
    data = text.encode("utf-8", "surrogatepass")
    return Document(text, Source(name, hashlib.sha256(data).hexdigest(), _MEDIA["text"]), line_blocks(text))


def content(source: str | os.PathLike[str] | ReportFile, limits: Limits = LIMITS) -> bytes:
    """The bytes of a file, or of a file inside a zip archive (``archive.zip/name.txt``).

    Raises CannotRead, naming the file: not there, not a regular file, over the size limit.
    """
    file = ReportFile.of(source)
    if file.data is not None:
        return file.data
    if file.member is None:
        return load(file.path, limits)
    try:
        return _archive(file.path, limits).read(file.member, limits)
    except KgError as error:
        raise _located(error, str(file)) from error


def _archive(path: Path, limits: Limits) -> Archive:
    """The archive in a file. The last one is kept open: its members are read one after the other."""
    found = path.lstat()
    try:
        return _opened_archive(path, limits, (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns))
    except KgError as error:
        raise type(error)(str(error).removeprefix(f"{printable_path(path)}: ")) from error


@lru_cache(maxsize=1)
def _opened_archive(path: Path, limits: Limits, state: tuple[int, ...]) -> Archive:
    data = load(path, limits)
    if not is_zip(data):
        raise CannotRead("no such file or folder")
    return Archive(data)


def _located(error: KgError, where: str) -> KgError:
    message = str(error)
    return type(error)(f"{where}{', ' if message.startswith('page ') else ': '}{message}")


def _bytes(source: Readable, name: str | None, limits: Limits) -> tuple[str, str, bytes]:
    """(name to show, name to record, content)."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        return printable_path(name or "the given bytes"), _recorded(name or "bytes"), bytes(source)
    if source == "-":
        data = sys.stdin.buffer.read(limits.size + 1)
        if len(data) > limits.size:
            raise CannotRead(f"standard input: over the limit of {limits.size >> 20} MB")
        return printable_path(name or "standard input"), _recorded(name or "stdin"), data
    file = ReportFile.of(source)
    return str(file), _recorded(name or file.name), content(file, limits)


def _recorded(name: str) -> str:
    """A file name as Unicode; bytes that are not UTF-8 are written ``\\xNN``."""
    return os.fsencode(name).decode("utf-8", "backslashreplace") if not name.isascii() else name


def _only_report(archive: Archive) -> str:
    found = archive.report_names()
    if len(found) == 1:
        return found[0]
    if not found:
        raise CannotRead("a zip archive without text, HTML, PDF or Word files")
    names = ", ".join(printable_path(name) for name in found[:3])
    raise CannotUnderstand(f"a zip archive of {len(found)} reports ({names} …); unpack it or name one")


def _document(file: str, data: bytes, limits: Limits) -> Document:
    kind, text, notices = _recognise(data, limits)
    _refuse_disguise(file, kind)
    source = Source(file, hashlib.sha256(data).hexdigest(), _MEDIA[kind])
    if kind == "text":
        document = Document(text, source, line_blocks(text), (), notices)
    else:
        reading = _reading(kind, data, text, limits)
        joined, blocks = assemble(reading.pieces)
        document = Document(joined, source, blocks, reading.metadata, (*notices, *reading.notices))
    _refuse_size(document.text, limits)
    return document


def _recognise(data: bytes, limits: Limits) -> tuple[str, str, tuple[Notice, ...]]:
    """The kind of the content, its text if it is text or HTML, and notices on its encoding."""
    if not data:
        raise CannotRead("the file is empty")
    if b"%PDF-" in data[:1024]:
        return "pdf", "", ()
    if is_zip(data):
        return "docx", "", _parts_not_read(Archive(data))
    refuse_binary(data)
    saved = is_mhtml(data)
    if not saved:
        _refuse_long_text(data, limits)
    text, notices = decode(page_of(data) if saved else data)
    if looks_like_html(text):
        return "html", text, notices
    refuse_markup(text)
    return "text", text, notices


def _parts_not_read(word: Archive) -> tuple[Notice, ...]:
    """A notice where a Word file has whole files in it (embedded ones, parts in other formats)."""
    parts = word.report_names()
    if not parts:
        return ()
    named = ", ".join(printable_path(name) for name in parts[:3]) + (" …" if len(parts) > 3 else "")
    return (Notice("parts-not-read", f"files within the Word file are not read ({len(parts):,}: {named})"),)


def _refuse_long_text(data: bytes, limits: Limits) -> None:
    """CannotRead for a text that has too many characters in any encoding, before it is decoded.

    A web page may have more bytes of markup than of text.
    """
    start = data[:4096].replace(b"\0", b"").decode("latin-1").lstrip("\xef\xbb\xbf\xff\xfe")
    if len(data) > 4 * limits.characters and not looks_like_html(start):
        least, most = len(data) // 4, limits.characters
        raise CannotRead(
            f"over {least:,} characters of text; the limit is {most:,}: split the file, or raise the limit "
            "(kg.reading.Limits)"
        )


def _refuse_disguise(file: str, kind: str) -> None:
    """A page or text named .pdf or .docx is what a failed download leaves."""
    suffix = PurePosixPath(file).suffix.lower().lstrip(".")
    if suffix in ("pdf", "docx") and kind != suffix:
        what = {"html": "a web page", "text": "plain text", "pdf": "a PDF", "docx": "a Word file"}[kind]
        raise CannotUnderstand(f"named .{suffix}, but its content is {what}; download it again or rename it")


def _reading(kind: str, data: bytes, text: str, limits: Limits) -> Reading:
    if kind == "html":
        data = text.encode("utf-8", "replace")
        if len(data) <= _BIG_PAGE:
            return reading_of(kind, data)
    return read_apart(kind, data, seconds=limits.seconds, memory=limits.memory)


def _refuse_size(text: str, limits: Limits) -> None:
    if len(text) > limits.characters:
        raise CannotRead(
            f"{len(text):,} characters of text; the limit is {limits.characters:,}: split the file, or raise "
            "the limit (kg.reading.Limits)"
        )
    if not any(char.isalpha() for char in text):
        raise CannotRead("no words in it")
