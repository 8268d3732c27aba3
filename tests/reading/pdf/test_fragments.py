"""Characters become fragments, and fragments words."""

from __future__ import annotations

from pdf_fragments import fragment

from kg.reading.pdf.fragments import Char, Fragment, drawn_bullets, find_fragments, split_at, without_doubles


def test_a_wide_gap_or_another_base_line_parts_fragments() -> None:
    chars = [
        *fragment("one", 0, 700).chars,
        *fragment("two", 50, 700).chars,
        *fragment("three", 0, 680).chars,
    ]
    assert [one.text for one in find_fragments(chars, 1)] == ["one", "two", "three"]


def test_a_small_gap_is_a_space() -> None:
    chars = (*fragment("one", 0, 700).chars, *fragment("two", 18, 700).chars)
    assert [one.text for one in find_fragments(chars, 1)] == ["one two"]


def test_raised_note_marks_are_no_text() -> None:
    mark = Char("3", 15, 18, 704, 6, False)
    assert Fragment((*fragment("end", 0, 700).chars, mark), 1, 700, 10).text == "end"


def test_a_fragment_that_begins_with_a_mark_a_space_and_a_gap_has_its_words() -> None:
    mark, space = Char("3", 0, 3, 704, 5, False), Char(" ", 3, 6, 700, 10, False)
    assert Fragment((mark, space, *fragment("Note", 20, 700).chars), 1, 700, 10).text == "Note"


def test_letters_drawn_twice_in_one_place_are_there_once() -> None:
    twice = [char for char in fragment("bold", 0, 700).chars for _ in range(2)]
    assert "".join(char.text for char in without_doubles(twice)) == "bold"


def test_a_fragment_is_split_at_upright_lines() -> None:
    assert [part.text for part in split_at(fragment("left right", 0, 700), [22])] == ["left", "right"]


def test_a_small_drawn_dot_before_words_is_a_bullet() -> None:
    words = fragment("an item", 20, 700)
    assert [(one.text, one.y) for one in drawn_bullets([(10, 701, 14, 705)], [words])] == [("•", 700)]
    assert drawn_bullets([(10, 721, 14, 725)], [words]) == []
