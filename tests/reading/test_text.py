"""Bytes become text."""

from __future__ import annotations

import pytest

from kg.model.errors import CannotRead
from kg.reading.text import decode, line_blocks, looks_like_html

WORDS = "Café: £1.2m – it’s good\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_or_utf_8_gives_the_text_without_a_mark(encoding: str) -> None:
    assert decode(WORDS.encode(encoding)) == (WORDS, ())


def test_windows_1252_is_read_with_a_notice() -> None:
    text, notices = decode(WORDS.encode("cp1252"))
    assert text == WORDS
    assert [notice.code for notice in notices] == ["encoding-guessed"]


def test_a_declared_charset_is_used_without_a_notice() -> None:
    page = '<meta charset="iso-8859-1"><p>£5</p>'
    assert decode(page.encode("latin-1")) == (page, ())


@pytest.mark.parametrize("charset", ["unicode_escape", "raw_unicode_escape", "punycode", "rot13", "cp037"])
def test_a_charset_that_no_browser_knows_is_none(charset: str) -> None:
    """These would read other words than a reader of the page sees."""
    page = f'<meta charset="{charset}"><p>It is \\x6futstanding, £5</p>'
    assert decode(page.encode("cp1252"))[0] == page


def test_utf_8_that_declares_another_charset_is_utf_8() -> None:
    page = '<meta charset="iso-8859-1"><p>£5</p>'
    assert decode(page.encode())[0] == page


def test_line_ends_become_newlines_and_nothing_else_changes() -> None:
    assert decode("a \t\r\n\u00a0b\rc\u2028d\x0b".encode())[0] == "a \t\n\u00a0b\nc\u2028d\x0b"


def test_what_only_tells_where_a_word_may_be_broken_goes() -> None:
    assert decode("Dur\u200bham \ufeffCon\u00adstab\u2060ulary".encode())[0] == "Durham Constabulary"


def test_a_cut_last_character_is_a_notice() -> None:
    text, notices = decode("ends with £".encode()[:-1])
    assert text == "ends with "
    assert [notice.code for notice in notices] == ["cut-off"]


def test_damaged_utf_8_names_the_line() -> None:
    with pytest.raises(CannotRead, match=r"line 2: damaged UTF-8"):
        decode("£1 and £2\n".encode() + b"\xff and \xc2\xa33")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x89PNG\r\n\x1a\n123", "a PNG picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office file"),
        (b"a\x00b", "NUL"),
        ("text".encode("utf-16-le"), "NUL"),
        (bytes(range(1, 9)) * 40, "control characters"),
    ],
)
def test_binary_data_is_refused_by_what_it_is(data: bytes, message: str) -> None:
    with pytest.raises(CannotRead, match=message):
        decode(data)


def test_blank_lines_have_no_block() -> None:
    assert [(b.start, b.end, b.kind) for b in line_blocks("a\n \nb")] == [(0, 1, "line"), (4, 5, "line")]


def test_a_page_is_known_by_how_it_begins() -> None:
    assert looks_like_html("\n<!-- saved from url=(0014)about:internet -->\n<html>")
    assert not looks_like_html("<?xml version='1.0'?><x>")
    assert not looks_like_html("The <b> tag")
