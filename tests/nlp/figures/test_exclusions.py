"""Numbers that are no figures, on their own: in names, dates, headings; targets, limits, ages, tallies."""

from __future__ import annotations

import pytest
from figure_helpers import figures
from figure_steps import context, q

from kg.model.records import Block, Period
from kg.model.text.numbers import find_numbers
from kg.nlp.figures.numbers.exclusions import candidate_numbers, excluded_starts, without_requirements


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("See section 4 of the Act.", "not.numbered"),
        ("Call 101 for help.", "not.phone"),
        ("It is open 24 hours a day.", "not.round-the-clock"),
        ("It helps children aged 14.", "not.age"),
        ("It has a target of 90 percent.", "not.target-before"),
        ("It answers within 10 seconds.", "not.within"),
        ("In the last 12 months it improved.", "not.window"),
        ("It is good in 5 areas of policing.", "not.framework"),
    ],
)
def test_a_wording_rules_a_number_out_and_is_named(text: str, rule: str) -> None:
    assert rule in excluded_starts(text, find_numbers(text)).values()


@pytest.mark.parametrize("text", ["It made 9 arrests.", "It answered 101 of 120 calls.", "It has 24 teams."])
def test_what_is_counted_is_not_ruled_out(text: str) -> None:
    assert excluded_starts(text, find_numbers(text)) == {}


def numbers(text: str, **given: object) -> list[str]:
    parts: dict[str, object] = {"periods": [], "names": [], "blocks": [], **given}
    found = candidate_numbers(text, find_numbers(text), **parts)  # type: ignore[arg-type]
    return [text[number.start : number.end] for number in found]


def test_numbers_of_periods_names_headings_and_years_are_left_out() -> None:
    text = "It made 9 arrests with Team 12 Plus in May 2023, as 7 others did."
    period = Period(text.index("May"), text.index(","), "2023-05-01", "2023-05-31")
    name = (text.index("Team"), text.index(" in May"))
    assert numbers(text, periods=[period], names=[name]) == ["9", "7"]
    assert numbers("Our 12 findings", blocks=[Block("heading", 0, 15, level=2)]) == []
    assert numbers("It had 9 in 1998.") == ["9"]


def test_a_bare_number_behind_a_name_belongs_to_it() -> None:
    assert numbers("It uses Windows 10.") == []
    assert numbers("It has Windows 10 times.") == ["10"]


def test_a_line_without_an_end_mark_is_a_heading_but_no_list_item() -> None:
    assert numbers("The 9 best teams\nIt made 7 arrests.") == ["7"]
    assert numbers("- 9 teams\nIt made 7 arrests.") == ["9", "7"]


def test_what_the_body_is_to_reach_is_no_figure() -> None:
    made = context(
        "The force should:\n- visit 9 schools;\nIt visits 7 schools.", q("9 schools"), q("7 schools")
    )
    kept = without_requirements(made)
    assert [made.text[quantity.start : quantity.end] for quantity in kept.quantities] == ["7 schools"]
    assert [sentence.quantities for sentence in kept.sentences if sentence.quantities] == [(0,)]
    plain = context("It visits 7 schools.", q("7 schools"))
    assert without_requirements(plain) is plain


@pytest.mark.parametrize(
    "text",
    [
        "The target is to answer 90 percent of 999 calls within 10 seconds.",
        "The force aims to answer 95 percent of calls.",
        "It fell short of the 90 percent target.",
        "It must respond within 15 minutes.",
        "Visits should take place within six months.",
        "We inspect nine areas of policing.",
        "We grade all 43 police forces in England and Wales.",
        "It was graded good in three areas.",
        "Callers dial 999 or 101.",
        "The council issued a section 114 notice.",
        "Outcome 21 was used.",
        "This is recommendation 4.",
        "Based on the 2021 census, it is low.",
        "It is for children under 18.",
        "It serves people aged 16 to 24.",
        "Intervals are stated at the 95 percent confidence level.",
        "A value of less than 0.8 shows less.",
        "It is staffed 24 hours a day, seven days a week.",
        "The force has a three-year strategy.",
        "Call 0800 555 111 now.",
        "COVID-19 changed that.",
        "It met one of its aims.",
        "The first report came.",
        "The second half of 2017 was better.",
        "It met for half an hour, twice that week.",
        "Its target is to cut this by half.",
        "It uses Windows 10.",
        "The force responded to 12 incidents well",
        "Over the next five years it will grow.",
        "It is one standard deviation above the mean.",
        "1. The force is good.",
        "The chief constable has been in post for two years.",
        "It says so.[3]",
        "The service should reduce the number of false alarms by 10 percent.",
        "By 31 March 2024, the force should:\n- complete 90 percent of its visits on time;",
    ],
)
def test_targets_limits_names_and_counts_of_the_method_are_no_figures(text: str) -> None:
    assert figures(text) == []


DAYS = [
    "HMICFRS has today (9 October) published a letter.",
    "On 7 March inspectors returned.",
    "It ran from 3 to 7 June, and again on 3, 4 and 5 July.",
    "Officers met on Tuesday 3.",
]
ITEMS = [
    "It made changes:\n\n  1. a new desk for fraud; and\n  2. to let teams share their cases.",
    "It made changes:\n\n\t1)\ta new desk for fraud; and\n\t2)\tto let teams share their cases.",
    "4.2 Officers recorded this.\n4.3 Staff did not.",
    "This is told on pages 12 and 13, and on pp. 4 to 6.",
]
NUMBERED = [
    "The service was inspected in tranche 3.",
    "Group 2 forces were visited later, in phase 2 of the programme.",
    "Pupils in Year 11 left early, as did those in years 9 and 10.",
    "Operation 12 led to arrests.",
    "It held the round 2 bids in zone 3.",
    "Officers on shift 4 left.",
]
AGES = [
    "It works with care leavers until they are 25 and begins at 16 years of age.",
    "He was 17 when he left.",
    "Children who are 12 or 13 can choose.",
    "A girl of 15 was found.",
    "Support lasts until the age of 21, for people between 10 and 17 years of age.",
]
STANDARDS = [
    "It has to answer nine in ten calls.",
    "The service should see 9 out of 10 callers.",
    "Its target is four in five.",
    "Crews should have at least five members.",
    "Forces are required to visit at least four homes.",
]
TALLIES = [
    "The guide has parts, and we marked six of these.",
    "There are four inadequate grades.",
    "We awarded two outstanding and three good judgments.",
    "It was graded good in five, adequate in 2 and inadequate in one.",
    "Last time we graded 8 of them.",
]
IDIOMS = [
    "Each and every one of them came.",
    "They knew one another.",
    "Staff left one by one.",
    "Any one of these would do.",
]
METHOD = ["Six inspectors came.", "There were ten days of fieldwork.", "Eight of our inspectors came."]
TIMES = ["It fell in the first 3 quarters of 2023.", "In three quarters of 2022 it rose."]


@pytest.mark.parametrize(
    "text", [*DAYS, *ITEMS, *NUMBERED, *AGES, *STANDARDS, *TALLIES, *IDIOMS, *METHOD, *TIMES]
)
def test_days_items_numbered_things_ages_standards_and_tallies_are_no_figures(text: str) -> None:
    assert [figure.text for figure in figures(text)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In March 12 officers left.", ["12 officers"]),
        ("In each group 2 officers left.", ["2 officers"]),
        ("In that year 12 officers left.", ["12 officers"]),
        ("A victim of 15 crimes spoke to us.", ["15 crimes"]),
        ("It closed six of these cases.", ["six of these cases"]),
        ("We found good plans in 14 of the cases.", ["14"]),
        ("It has answered 9 out of 10 calls.", ["9 out of 10 calls"]),
        ("It has at least five officers.", ["five officers"]),
        ("It has 4.2 officers for each school.", ["4.2 officers"]),
        ("In three quarters of cases it was late.", ["three quarters"]),
    ],
)
def test_what_looks_like_them_and_counts_is_a_figure(text: str, found: list[str]) -> None:
    assert [figure.text for figure in figures(text)] == found
