"""Lines grow into paragraphs, list items and tables."""

from __future__ import annotations

from pdf_fragments import fragment, lines

from kg.reading.pdf.fragments import Fragment
from kg.reading.pdf.layout import PageItems
from kg.reading.pdf.paragraphs import Paragraph, find_paragraphs
from kg.reading.pdf.style import Style
from kg.reading.pdf.tables import Row

STYLE = Style(10, 1.2, bold=False)
FULL = "words that fill the line to its end and go on in the next one as text does"


def _found(*pages: list[Fragment]) -> list[list[str] | list[list[str]]]:
    items = [PageItems(number, tuple(lines(*page))) for number, page in enumerate(pages, 1)]
    return [one.texts if isinstance(one, Paragraph) else one.rows for one in find_paragraphs(items, STYLE)]


def test_lines_at_the_usual_distance_are_one_paragraph() -> None:
    assert _found([fragment(FULL, 50, 700), fragment(FULL, 50, 688)]) == [[FULL, FULL]]


def test_a_larger_distance_begins_a_paragraph() -> None:
    assert _found([fragment(FULL, 50, 700), fragment(FULL, 50, 670)]) == [[FULL], [FULL]]


def test_a_line_that_ends_early_with_a_full_stop_ends_a_paragraph() -> None:
    assert _found(
        [fragment(FULL, 50, 712), fragment("It ends.", 50, 700), fragment("Next one", 50, 688)]
    ) == [
        [FULL, "It ends."],
        ["Next one"],
    ]


def test_a_bullet_begins_an_item_whose_lines_are_indented() -> None:
    item = [fragment("• " + FULL, 50, 700), fragment("goes on", 60, 688), fragment("• second", 50, 676)]
    assert _found(item) == [[FULL, "goes on"], ["second"]]


def test_an_unfinished_sentence_goes_on_over_the_page() -> None:
    assert _found([fragment(FULL, 50, 100)], [fragment("and ends here.", 50, 700, page=2)]) == [
        [FULL, "and ends here."]
    ]


def test_a_finished_sentence_does_not() -> None:
    assert len(_found([fragment(FULL + ".", 50, 100)], [fragment("Another one.", 50, 700, page=2)])) == 2


def test_fragments_under_each_other_are_rows_and_a_cell_goes_on_below() -> None:
    rows = [fragment("Area", 50, 700), fragment("Grade", 300, 700)]
    rows += [fragment("Custody", 50, 680), fragment("Requires", 300, 680), fragment("improvement", 300, 669)]
    assert _found(rows) == [[["Area", "Grade"], ["Custody", "Requires improvement"]]]


def test_rows_of_one_ruled_table_are_together() -> None:
    items = PageItems(1, (Row(("a", "b"), 700, 0), Row(("c", "d"), 690, 0), Row(("e", "f"), 600, 1)))
    tables = list(find_paragraphs([items], STYLE))
    assert [one.rows for one in tables if not isinstance(one, Paragraph)] == [
        [["a", "b"], ["c", "d"]],
        [["e", "f"]],
    ]
