"""Which paragraphs are headings, and on which level."""

from __future__ import annotations

import pytest
from pdf_fragments import fragment, lines

from kg.reading.pdf.headings import heading_levels, is_heading
from kg.reading.pdf.layout import PageItems
from kg.reading.pdf.paragraphs import Paragraph
from kg.reading.pdf.style import Style, usual_style

STYLE = Style(10, 1.2, bold=False)


def _paragraph(text: str, *, size: float = 10, bold: bool = False, mark: str = "") -> Paragraph:
    return Paragraph(lines(fragment(text, 50, 700, size=size, bold=bold)), mark, 50, [text])


@pytest.mark.parametrize(
    "paragraph",
    [
        _paragraph("Responding to the public", size=14),
        _paragraph("Responding to the public", bold=True),
        _paragraph("The force answers calls quickly", bold=True, mark="3."),
    ],
)
def test_large_or_bold_short_lines_are_headings(paragraph: Paragraph) -> None:
    assert is_heading(paragraph, STYLE)


@pytest.mark.parametrize(
    "paragraph",
    [
        _paragraph("Responding to the public"),
        _paragraph("Responding to the public.", bold=True),
        _paragraph("Responding to the public", size=14, mark="•"),
        _paragraph("Published: 12 March 2024", size=14),
        _paragraph("2024", size=14),
        _paragraph("word " * 70, size=14),
    ],
)
def test_text_items_labels_numbers_and_long_paragraphs_are_none(paragraph: Paragraph) -> None:
    assert not is_heading(paragraph, STYLE)


def test_bold_is_no_heading_where_all_text_is_bold() -> None:
    assert not is_heading(_paragraph("Responding to the public", bold=True), Style(10, 1.2, bold=True))


def test_levels_follow_the_sizes_and_bold_comes_before_plain() -> None:
    title, bold, plain = (
        _paragraph("Title", size=20),
        _paragraph("Part", size=14, bold=True),
        _paragraph("Other part", size=14),
    )
    assert heading_levels([plain, title, bold], STYLE) == {(20, False): 1, (14, True): 2, (14, False): 3}


def test_the_usual_style_is_that_of_most_text() -> None:
    text = [fragment("words of the text", 50, 700 - 13 * at) for at in range(9)]
    page = PageItems(1, tuple(lines(fragment("Title", 50, 760, size=20, bold=True), *text)))
    assert usual_style([page], 10) == Style(10, 1.3, bold=False)
