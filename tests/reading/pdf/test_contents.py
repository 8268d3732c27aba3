"""Tables of contents are left out."""

from __future__ import annotations

from pdf_fragments import fragment, lines, page

from kg.reading.pdf.contents import without_contents
from kg.reading.pdf.lines import Line


def _kept(*texts: str) -> list[str]:
    found = lines(*(fragment(text, 50, 700 - 12 * at) for at, text in enumerate(texts)))
    return [item.text for item in without_contents(found, page(())) if isinstance(item, Line)]


def test_three_entries_that_end_in_page_numbers_go_with_their_head() -> None:
    assert _kept("Contents", "Overview ...... 3", "Findings ...... 5", "Annex ...... 9", "Overview") == [
        "Overview"
    ]


def test_two_lines_that_end_in_numbers_stay() -> None:
    assert len(_kept("Overview ...... 3", "Findings ...... 5", "The force")) == 3
