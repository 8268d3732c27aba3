"""Texts on one line, cut at a word, with nothing invisible."""

from __future__ import annotations

import pytest

from kg.model.text.display import escaped, one_line, shortened


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("It is good", 10, "It is good"),
        ("It is good, and will be", 12, "It is good…"),
        ("It is good – it is", 13, "It is good…"),
        ("It is\n good", 10, "It is good"),
        ("Unaccompanied", 5, "Unacc…"),
        ("", 5, ""),
    ],
)
def test_a_text_is_cut_at_a_word(text: str, limit: int, short: str) -> None:
    assert shortened(text, limit) == short


def test_one_line_has_no_invisible_characters() -> None:
    assert one_line("\ufeffIm\u00adproving\u2003the\u200b\r\nservice\x00") == "Improving the service"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("‘fine’ £5\u00a0m", "‘fine’ £5\u00a0m"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\u202eb\u2028c", "a\\u202eb\\u2028c"),
        ("\udc80", "\\udc80"),
    ],
)
def test_what_cannot_be_seen_is_written_as_an_escape(text: str, shown: str) -> None:
    assert escaped(text) == shown
