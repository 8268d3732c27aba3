"""The order in which the lines of a page are read."""

from __future__ import annotations

from pdf_fragments import fragment, page

from kg.reading.pdf.columns import in_reading_order
from kg.reading.pdf.fragments import Fragment
from kg.reading.pdf.tables import Row


def _texts(fragments: list[Fragment], rows: list[Row] | None = None) -> list[str]:
    items = in_reading_order(fragments, rows or [], page(fragments))
    return [" | ".join(item.cells) if isinstance(item, Row) else item.text for item in items]


def _columns(count: int, right_x: float = 310) -> list[Fragment]:
    places = [700 - 12 * at for at in range(count)]
    left = [fragment(f"left {'x' * 42} {at}", 50, y) for at, y in enumerate(places)]
    return left + [fragment(f"right {'x' * 42} {at}", right_x, y) for at, y in enumerate(places)]


def test_two_columns_are_read_one_after_the_other() -> None:
    texts = _texts(_columns(9))
    assert [text.split()[0] for text in texts] == ["left"] * 9 + ["right"] * 9


def test_what_spans_both_columns_parts_them() -> None:
    heading = fragment(
        "A heading that goes over the whole width of the page, from left to right", 100, 706 - 12 * 4
    )
    kinds = [text.split()[0] for text in _texts([*_columns(9), heading])]
    assert kinds == ["left"] * 4 + ["right"] * 4 + ["A"] + ["left"] * 5 + ["right"] * 5


def test_a_few_lines_with_a_gap_are_no_columns() -> None:
    assert _texts(_columns(3))[0].split()[::3] == ["left", "right"]


def test_narrow_words_on_both_sides_are_no_columns() -> None:
    fragments = [fragment("Good", 50, 700 - 12 * at) for at in range(9)]
    fragments += [fragment("Area of policing", 310, 700 - 12 * at) for at in range(9)]
    fragments += [fragment("x" * 40, 50, 500), fragment("x" * 50, 310, 480)]
    assert _texts(fragments)[0] == "Good Area of policing"


def test_rows_of_tables_come_at_their_height() -> None:
    fragments = [fragment("above", 50, 700), fragment("below", 50, 600)]
    assert _texts(fragments, [Row(("a", "b"), 650, 0)]) == ["above", "a | b", "below"]
