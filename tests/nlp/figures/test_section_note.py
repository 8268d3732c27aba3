"""A note above a list or table says whose its figures are, and of when."""

from __future__ import annotations

import pytest
from figure_helpers import figures, year

from kg.nlp.figures.sources.section_note import note_of, read_section_notes

LIST = "- Officers, 31 March 2019: 1,204\n- Stations: 9\nComplaints\n- Complaints upheld: 31\n"
AFTER = "The force has told us a good deal about what it intends to do with its estate. It has 14 cars."


def said(note: str, items: str = LIST) -> dict[str, str | None]:
    found = figures(f"Force in numbers\n{note}\n{items}{AFTER}")
    return {figure.text.split()[0]: figure.attribution for figure in found}


@pytest.mark.parametrize(
    ("note", "source"),
    [
        ("These figures come from HMIC’s own data collection.", "inspectorate"),
        ("All of the figures in this section come from the Home Office.", "official-statistics"),
        ("The figures in this table are taken from Home Office publications.", "official-statistics"),
        ("Example Police gave us these data, unless we say otherwise.", "force"),
    ],
)
def test_the_figures_below_a_note_have_its_source(note: str, source: str) -> None:
    found = said(note)
    assert [found[number] for number in ("1,204", "9", "31")] == [source] * 3


def test_what_a_note_makes_an_exception_of_has_its_own_source() -> None:
    note = (
        "Apart from complaints, which come from the force’s survey of residents, these figures come from our "
        "own data collection."
    )
    found = said(note)
    assert (found["9"], found["31"]) == ("inspectorate", "survey")


def test_a_line_that_names_who_says_it_keeps_that() -> None:
    items = "- Stations: 9\n- Volunteers, according to the council: 31\n"
    found = said("These figures come from the Home Office.", items)
    assert (found["9"], found["31"]) == ("official-statistics", "other")


def test_a_note_holds_no_longer_than_its_list() -> None:
    text = f"Force in numbers\nThese figures come from the Home Office.\n{LIST}{AFTER}"
    (note,) = read_section_notes(text)
    assert note_of(text, text.index("Stations")) == note
    assert note_of(text, text.index("14 cars")) is None
    assert note_of(text, 0) is None


@pytest.mark.parametrize(
    "words",
    [
        "These figures are lower than last year.",
        "The figures in this report come from several places.",
        "These figures come from many forces.",
    ],
)
def test_a_sentence_about_figures_that_names_no_source_of_a_list_is_no_note(words: str) -> None:
    assert read_section_notes(f"Force in numbers\n{words}\n{LIST}{AFTER}") == ()


def test_the_time_of_a_note_is_that_of_the_lines_without_one() -> None:
    note = "The figures below come from the Home Office and are for the year ending 31 March 2020."
    found = figures(f"Service in numbers\n{note}\n- Visits: 412\n- Fires in 2018: 31\n{AFTER}")
    dates = {figure.text.split()[0]: (figure.period_begin, figure.period_end) for figure in found}
    assert (dates["412"], dates["31"]) == (year("2020-03-31"), year("2018-12-31"))


def test_a_note_on_a_page_of_facts_says_whose_they_are_and_of_when() -> None:
    note = "Note: Data supplied by the force, for the year ending 31 March 2020."
    found = figures(f"Fact page\n{note}\nCells: 48 cells\nCustody staffing: 51 sergeants\n{AFTER}")
    told = [(f.attribution, f.period_begin) for f in found if f.text in ("48 cells", "51 sergeants")]
    assert told == [("force", "2019-04-01")] * 2


def test_a_note_behind_a_list_holds_for_the_items_above_it() -> None:
    found = figures(
        f"Force in numbers\n{LIST}These figures come from data that forces supplied to HMIC.\n{AFTER}"
    )
    sources = {figure.text.split()[0]: figure.attribution for figure in found}
    assert [sources[number] for number in ("1,204", "9", "31")] == ["inspectorate"] * 3


def test_the_words_of_the_sentence_tell_whose_a_list_is_not_those_before_it() -> None:
    note = "Home Office data shows 9 of them. For calls to 101, the force gave us the following figures:"
    (found,) = read_section_notes(f"Calls\n{note}\n{LIST}{AFTER}")
    assert found.source == "force"


@pytest.mark.parametrize(
    ("below", "source"),
    [
        ("Source: Home Office", "official-statistics"),
        ("Source: HMICFRS review of custody records", "inspectorate"),
        ("Source: Example Police", "force"),
        ("Source: the force’s staff survey", "survey"),
    ],
)
def test_the_line_below_a_table_names_the_source_of_its_rows(below: str, source: str) -> None:
    table = "Group | Read | Late\nChildren | 30 | 4\nWomen | 25 | 3"
    text = f"What was found\n{AFTER}\nTable 1: Records\n{table}\n{below}\n{AFTER}"
    (note,) = read_section_notes(text)
    assert note.source == source
    assert text[slice(*note.scope)].strip() == table


def test_a_line_that_names_a_source_without_a_table_is_no_note() -> None:
    assert read_section_notes(f"What was found\n{AFTER}\nSource: Home Office\n{AFTER}") == ()
