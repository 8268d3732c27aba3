"""Bullets: one list of signs, tested once for all that use it."""

from __future__ import annotations

import pytest

from kg.model.text.bullets import AMBIGUOUS, SIGNS, after_bullet, is_bullet_sign


@pytest.mark.parametrize("sign", [*SIGNS, *AMBIGUOUS, "\uf0b7"])
def test_a_sign_and_a_space_begin_a_list_item(sign: str) -> None:
    assert after_bullet(f"{sign} words") == 2
    assert after_bullet(f"  {sign}\twords") == 4


@pytest.mark.parametrize(
    "line", ["words", "-3.4 percent", "–", "o’clock", "over 30 people", "*note", "1. one"]
)
def test_other_lines_are_no_list_items(line: str) -> None:
    assert after_bullet(line) == 0


def test_dashes_and_the_letter_o_are_no_bullets_by_themselves() -> None:
    assert not any(is_bullet_sign(sign) for sign in (*AMBIGUOUS, "", "••"))
