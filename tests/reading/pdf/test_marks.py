"""Bullets, numbers and labels at the beginning of a line."""

from __future__ import annotations

import pytest
from pdf_fragments import fragment, lines

from kg.reading.pdf.marks import after_label, parse_mark


@pytest.mark.parametrize("sign", ["•", "●", "▪", "➢", "\uf0b7"])
def test_a_bullet_is_parted_from_the_words(sign: str) -> None:
    assert parse_mark(lines(fragment(f"{sign} act", 50, 700))[0]) == (sign, ("act",), 60)


@pytest.mark.parametrize("sign", ["-", "–", "o"])
def test_a_dash_is_a_bullet_where_a_gap_follows(sign: str) -> None:
    near, apart = fragment(f"{sign} act", 50, 700), (fragment(sign, 50, 700), fragment("act", 72, 700))
    assert parse_mark(lines(near)[0])[0] == sign
    assert parse_mark(lines(*apart)[0]) == (sign, ("act",), 72)


@pytest.mark.parametrize("number", ["1.", "12.", "3.2", "(a)", "iv."])
def test_a_number_apart_from_the_words_is_a_mark(number: str) -> None:
    apart = lines(fragment(number, 50, 700), fragment("The force", 90, 700))[0]
    assert parse_mark(apart) == (number, ("The force",), 90)


def test_a_number_that_touches_the_first_word_is_a_mark() -> None:
    assert parse_mark(lines(fragment("10.There", 50, 700))[0])[:2] == ("10.", ("There",))


def test_words_have_no_mark() -> None:
    assert parse_mark(lines(fragment("The force", 50, 700))[0]) == ("", ("The force",), 50)


def test_words_begin_after_a_label_and_a_gap() -> None:
    assert after_label(lines(fragment("Inspector:", 50, 700), fragment("A Person", 150, 700))[0]) == 150
    assert after_label(lines(fragment("The force: text", 50, 700))[0]) is None
