"""What each way of comparing texts keeps and drops."""

from __future__ import annotations

import pytest

from kg.model.text.comparing import (
    letters_and_digits,
    name_key,
    name_key_without_article,
    with_plain_typography,
    without_punctuation,
)

WAYS = (with_plain_typography, name_key, name_key_without_article, without_punctuation, letters_and_digits)
TABLE = {
    "The Victims’ Board": (
        "The Victims' Board", "the victims' board", "victims' board", "the victims board", "thevictimsboard",
    ),
    "2.1 Anti‑social  behaviour – now": (
        "2.1 Anti-social  behaviour - now", "2.1 anti-social behaviour - now",
        "2.1 anti-social behaviour - now", "antisocial behaviour now", "21antisocialbehaviournow",
    ),
    "Care & support": (
        "Care & support", "care & support", "care & support", "care and support", "caresupport",
    ),
    "Ynys Môn": ("Ynys Môn", "ynys môn", "ynys môn", "ynys môn", "ynysmôn"),
    "": ("", "", "", "", ""),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "way", "compared"),
    [(text, way, compared) for text, row in TABLE.items() for way, compared in zip(WAYS, row, strict=True)],
)
def test_a_text_as_it_is_compared(text: str, way: object, compared: str) -> None:
    assert callable(way)
    assert way(text) == compared


def test_no_two_ways_are_the_same() -> None:
    columns = list(zip(*TABLE.values(), strict=True))
    assert len(set(columns)) == len(WAYS)


def test_plain_typography_keeps_every_place() -> None:
    text = "“It’s” 2019–20 −5\u00a0%"
    assert len(with_plain_typography(text)) == len(text)


def test_nothing_is_no_letters() -> None:
    assert letters_and_digits(None) == ""
