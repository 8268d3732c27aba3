"""What is proposed for the slots of figures, before anything is chosen."""

from __future__ import annotations

import pytest
from figure_helpers import proposed

US, FORCE, OFFICIAL = "inspectorate", "force", "official-statistics"


@pytest.mark.parametrize(
    ("text", "words", "feature", "source"),
    [
        ("It had 12 vans. Our data collection shows that it lost two.", "12 vans", "behind.has", US),
        ("Plans were made in 88 percent of cases (92 of 104).", "88 percent", "partner.", US),
        ("Investigators told us that they had 22 vans each.", "22 vans", "account.party.frontline", US),
        ("The force had 12 vans.", "12 vans", "default", FORCE),
        ("The force had 12 vans.", "12 vans", "default", OFFICIAL),
    ],
)
def test_a_source_is_proposed_from_what_stands_around(
    text: str, words: str, feature: str, source: str
) -> None:
    titled = f"Victim service assessment\n{text}" if feature == "partner." else text
    assert source in proposed(titled, "source", words, feature)


def test_a_table_has_the_source_of_its_caption() -> None:
    table = "Table 1: Our assessment of cases\nType\tGood\tPoor\nMissing children\t4\t8\n"
    assert proposed(table, "source", "4", "account.those") == {US}
    above = "The table gives the estates department’s plans.\nTable 1: Budget\nYear\tGood\tPoor\nCars\t4\t8\n"
    assert proposed(above, "source", "4", "account.those") == {FORCE}


def test_a_table_has_the_time_of_its_caption() -> None:
    table = "Table 1: Our review, January to March 2024\nType\tGood\tPoor\nMissing children\t4\t8\n"
    assert proposed(table, "period", "4", "label") == {("2024-01-01", "2024-03-31")}


@pytest.mark.parametrize(
    ("text", "feature", "dates"),
    [
        (
            "Live chat began in May 2021. Since then, it has trained 65 drivers.",
            "perfect",
            ("2021-05-01", None),
        ),
        ("At the end of 2023/24, it had 65 drivers.", "edge", ("2024-03-31", "2024-03-31")),
    ],
)
def test_a_time_may_be_meant_by_its_begin_or_its_last_day(
    text: str, feature: str, dates: tuple[str, str | None]
) -> None:
    assert proposed(text, "period", "65 drivers", feature) == {dates}


def test_an_estimate_may_have_the_time_of_the_audit_that_is_told_behind_it() -> None:
    text = (
        "In 2018, our audit of 300 reports found nine. We estimate that it records 94.9 percent (+/- 1.9 "
        "percent) of crimes. We based this on 702 reports made between 1 May 2024 and 31 July 2024."
    )
    assert proposed(text, "period", "94.9 percent", "scope.ahead") == {("2024-05-01", "2024-07-31")}


def test_a_sentence_behind_says_whose_figures_these_are() -> None:
    text = "It met 88 percent of them, and 81 percent in May. These are the force’s own figures."
    assert proposed(text, "source", "88 percent", "account.those") == {FORCE}
    assert proposed(text.replace("force’s own", "best"), "source", "88 percent", "account.those") == set()


def test_who_lives_in_an_area_is_told_by_the_note_on_populations() -> None:
    text = "The force serves 690,000 people.\nAbout the data\nPopulation figures are published by the ONS."
    assert proposed(text, "source", "690,000 people", "note.residents") == {OFFICIAL}
    assert proposed(text.split("\n")[0], "source", "690,000 people", "note.residents") == set()


def test_what_differs_from_a_day_lies_between_that_and_the_level_before() -> None:
    text = (
        "On 31 March 2024, the force had 1,874 officers. It employs 38 more officers than on 31 March 2023."
    )
    assert proposed(text, "period", "38 more officers", "across") == {("2023-03-31", "2024-03-31")}
    assert proposed(text.replace("38 more", "38"), "period", "38 officers", "across") == set()


def test_what_was_found_on_a_visit_may_have_its_days() -> None:
    text = "Between 13 and 24 January 2025, we visited the force.\nCalls\nIt did so in 84 of 90 calls."
    assert proposed(text, "period", "84 of 90 calls", "visit") == {("2025-01-13", "2025-01-24")}
    dated = text.replace("It did", "In 2023, it did")
    assert proposed(dated, "period", "84 of 90 calls", "visit") == set()


def test_what_has_been_done_by_a_team_may_be_of_the_time_since_it_was_set_up() -> None:
    text = "The team, which was set up in April 2022, has reviewed 164 plans."
    assert proposed(text, "period", "164 plans", "since-aside") == {("2022-04-01", None)}
    assert proposed(text.replace("has ", ""), "period", "164 plans", "since-aside") == set()


def test_the_same_year_need_not_be_the_year_named_last() -> None:
    text = "In 2022 it took 17 minutes, up from 14 minutes in 2019.\nIn the same year, 18,400 reports came."
    assert ("2022-01-01", "2022-12-31") in proposed(text, "period", "18,400 reports", "same-as")


def test_the_note_on_the_data_may_say_of_when_they_are() -> None:
    note = "About the figures\nOffences and charges: Home Office, year ending 31 March 2024."
    text = f"There were 90 offences.\n{note}"
    assert proposed(text, "period", "90 offences", "noted-time") == {("2023-04-01", "2024-03-31")}
    assert proposed(text.replace("90 offences", "90 vans"), "period", "90 vans", "noted-time") == set()


def test_what_is_part_of_a_sample_may_have_its_time_and_source() -> None:
    text = "In May 2024, we examined 60 files.\nReasons\nIn 21 of the 60 files, reasons were missing."
    assert proposed(text, "period", "21 of the 60 files", "sample.whole") == {("2024-05-01", "2024-05-31")}
    assert proposed(text, "source", "21 of the 60 files", "taken.whole") == {US}


def test_a_label_of_one_figure_in_a_bracket_does_not_date_the_next() -> None:
    text = "In 2023/24, 12.4% of cases were solved (2022/23: 11.8%; England and Wales: 13.0%)."
    assert ("2022-04-01", "2023-03-31") not in proposed(text, "period", "13.0%", "own")
