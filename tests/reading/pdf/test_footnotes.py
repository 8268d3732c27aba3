"""Footnotes are taken from the foot of a page."""

from __future__ import annotations

from pdf_fragments import fragment, page

from kg.reading.pdf.footnotes import split_footnotes
from kg.reading.pdf.fragments import Char, Fragment


def _note(text: str, x: float, y: float) -> Fragment:
    words = fragment(text, x + 6, y, size=8)
    return Fragment((Char("1", x, x + 3, y + 3, 5, False), *words.chars), 1, y, 8)


def test_small_print_after_a_raised_mark_at_the_foot_is_a_note_with_all_its_lines() -> None:
    text = fragment("The force recorded more crime.", 50, 500)
    fragments = [text, _note("Home Office data,", 50, 80), fragment("year to March 2024.", 50, 70, size=8)]
    assert split_footnotes(fragments, page(fragments), 10) == (
        ("Home Office data, year to March 2024.",),
        [text],
    )


def test_without_a_mark_small_print_is_text() -> None:
    fragments = [fragment("Crown copyright", 50, 80, size=8)]
    assert split_footnotes(fragments, page(fragments), 10) == ((), fragments)


def test_text_of_the_usual_size_below_keeps_all_as_text() -> None:
    fragments = [_note("A note", 50, 90), fragment("More text", 50, 70)]
    assert split_footnotes(fragments, page(fragments), 10)[0] == ()
