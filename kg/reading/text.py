"""Bytes become text: encodings, binary data, line ends; and the blocks of plain text."""

from __future__ import annotations

import codecs
import re

from kg.model.errors import CannotRead, CannotUnderstand
from kg.model.records import Block, Notice

# The longer marks first: the UTF-32 mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KINDS = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a rich text file; save it as .docx or as text"),
    (b"%!PS", "a PostScript file; make a PDF of it"),
    (b"\xd0\xcf\x11\xe0", "an old or password-protected Office file; save it as .docx without a password"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})|"""
    rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._:-]{2,40})""",
    re.IGNORECASE,
)
_BREAKS = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def refuse_binary(data: bytes) -> None:
    """Raises CannotRead when ``data`` is a known kind of file that has no text to read."""
    for start, what in _KINDS:
        if data.startswith(start):
            raise CannotRead(f"this is {what}")


def decode(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """The text of ``data``: by byte order mark, else UTF-8, else the charset it declares, else Windows-1252.

    Line ends become ``\\n``, and what only tells where a word may be broken goes (soft hyphens, spaces
    without width): a name with one in it is that name. Nothing else changes. A Notice says when the encoding
    had to be guessed or the last character is cut off. Raises CannotRead for binary data and broken UTF-8.
    """
    refuse_binary(data)
    text, notices = _decode(data)
    if "\x00" in text:
        where = text.index("\x00")
        raise CannotRead(f"NUL character at offset {where}: binary data, or UTF-16 without its mark")
    controls = len(_CONTROL.findall(text))
    if controls > 20 and controls > len(text) // 50:
        raise CannotRead("binary data: too many control characters for a text")
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_BREAKS), notices


def _decode(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        return _not_utf8(data, error)


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> tuple[str, tuple[Notice, ...]]:
    if b"\x00" in data:
        raise CannotRead("binary data: NUL bytes in it") from error
    if (declared := _declared(data)) is not None:
        return _strict(data, declared), ()
    if error.reason == "unexpected end of data" and error.start > 0:
        text = data[: error.start].decode("utf-8")
        return text, (Notice("cut-off", "the file ends in the middle of a character: its end is missing"),)
    _refuse_broken_utf8(data, error)
    note = Notice("encoding-guessed", "not UTF-8 and no charset declared: read as Windows-1252")
    return _strict(data, "cp1252"), (note,)


_OF_THE_WEB = re.compile(
    r"iso8859-\d+|cp(?:125\d|866|874|932|949)|koi8-[ru]|mac-(?:roman|cyrillic)|gbk|gb2312|gb18030|big5"
    r"|euc_(?:jp|kr)|shift_jis|iso2022_jp"
)
"""The encodings of browsers besides UTF-8, as Python calls them; it has others ("unicode_escape")."""


def _declared(data: bytes) -> str | None:
    """The charset that the first 4 kB declare, if it is a known one other than UTF-8."""
    found = _DECLARED.search(data, 0, 4096)
    if found is None:
        return None
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii")).name
    except LookupError:
        return None
    if not _OF_THE_WEB.fullmatch(name):
        return None
    # As browsers do: pages that say Latin-1 are written in Windows-1252.
    return "cp1252" if name == "iso8859-1" else name


def _refuse_broken_utf8(data: bytes, error: UnicodeDecodeError) -> None:
    """Raises CannotRead when most of what is not ASCII is good UTF-8: guessing would garble the rest."""
    readable = data.decode("utf-8", "replace")
    bad = readable.count("\ufffd")
    good = sum(1 for char in readable if char > "\x7f") - bad
    if good > bad or (good and data[error.start] in (0xC0, 0xC1, 0xED, 0xFF, 0xFE)):
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"{data[error.start]:#04x}"
        raise CannotRead(f"line {line}: damaged UTF-8 (byte {byte}); save the file again") from error


def _strict(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        where = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise CannotRead(f"not valid {encoding}{where}: binary data or another encoding") from error
    return text


def line_blocks(text: str) -> tuple[Block, ...]:
    """One ``line`` block for each line of ``text`` that is not blank, without the line end.

    >>> [(b.start, b.end) for b in line_blocks("a\\n\\nbc\\n")]
    [(0, 1), (3, 5)]
    """
    blocks = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(start, start + len(line), "line"))
        start += len(line) + 1
    return tuple(blocks)


def looks_like_html(text: str) -> bool:
    """Whether ``text`` begins as a web page does.

    >>> looks_like_html("<!doctype html><p>x"), looks_like_html("PEEL <b>")
    (True, False)
    """
    return _HTML.match(text) is not None


_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:(?!-->).){0,4000}-->\s*){0,5}"
    r"<(?:!doctype\s+html|html|head|body|title|meta|main|article|section|div|h[1-6]|p|table|ul|header|nav)\b",
    re.IGNORECASE | re.DOTALL,
)


def refuse_markup(text: str) -> None:
    """Raises CannotUnderstand for XML that is not a web page."""
    start = text[:200].lstrip("\ufeff \t\n")
    if start.startswith(("<?xml", "<!DOCTYPE")):
        raise CannotUnderstand("XML of an unknown kind; give the report as text, HTML, PDF or Word (.docx)")
