"""Running heads, feet and page numbers are told from text."""

from __future__ import annotations

from pdf_fragments import fragment, page

from kg.reading.pdf.margins import find_running, is_running

PAGES = [
    page([fragment("Inspection of Avon", 50, 780), fragment(f"text {number}", 50, 400)], number=number)
    for number in range(1, 6)
]


def test_what_stands_at_the_top_of_many_pages_is_a_running_head() -> None:
    running = find_running(PAGES)
    assert is_running(PAGES[0].fragments[0], PAGES[0], running, 10)
    assert not is_running(PAGES[0].fragments[1], PAGES[0], running, 10)


def test_numbers_of_pages_may_differ_in_a_running_foot() -> None:
    pages = [page([fragment(f"Report, part {number}", 50, 30)], number=number) for number in range(1, 6)]
    assert all(is_running(one.fragments[0], one, find_running(pages), 10) for one in pages)


def test_a_page_number_needs_no_other_page() -> None:
    alone = page([fragment("Page 3 of 9", 280, 30), fragment("3", 280, 400)])
    assert [is_running(one, alone, frozenset(), 10) for one in alone.fragments] == [True, False]


def test_what_stands_there_once_is_text() -> None:
    alone = page([fragment("A title", 50, 780)])
    assert not is_running(alone.fragments[0], alone, find_running([alone]), 10)
