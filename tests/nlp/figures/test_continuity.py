"""How far a speaker or a time is carried on: as long as the text stays with its topic."""

from __future__ import annotations

import pytest
from figure_helpers import FORCE as BODY
from figure_helpers import figures, proposed

from kg.model.records import Extraction, Report, Source
from kg.model.text.sentences import find_sentences
from kg.nlp.figures.choosing.continuity import goes_on
from kg.nlp.figures.context import Context
from kg.nlp.periods import find_periods

SURVEY = "In our survey, 58 percent of the 402 respondents felt that their workload was manageable."
CALLS = "In the year ending 31 March 2022, 21.9 percent of 101 calls were abandoned."


def names(first: str, second: str) -> list[str]:
    text = f"{first} {second}"
    report = Report(
        "x", None, None, None, BODY, None, None, None, Source("x.txt", "", "text/plain"), text, ""
    )
    context = Context.of(text, find_sentences(text), (), find_periods(text), Extraction(report))
    return goes_on(context, context.sentences[1], context.sentences[0], 1)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (SURVEY, "In 2023/24, 109 officers left.", ["on.number", "on.shared0", "on.opens-dated"]),
        (SURVEY, "Of these, 40 had left.", ["on.part", "on.shared0", "on.undated"]),
        (CALLS, "Callers hung up after 5 minutes.", ["on.bare-known", "on.shared1", "on.undated"]),
        (CALLS, "At Tenby Cross it is lower than 30 percent.", ["on.bare-new"]),
        (CALLS, "At Tenby Cross, it is lower than 30 percent.", ["on.it"]),
        (
            CALLS,
            "In the year ending 31 March 2022 the calls took 9 minutes.",
            ["on.the-known", "on.same-time"],
        ),
        (CALLS, "Loamshire Police obtained 68 orders in 2023.", ["on.body", "on.dated"]),
        (CALLS, "The panel has 14 members.", ["on.the-new", "on.undated"]),
    ],
)
def test_a_sentence_goes_on_by_what_it_begins_with(first: str, second: str, told: list[str]) -> None:
    assert set(told) <= set(names(first, second))


def test_who_tells_of_later_figures_tells_nothing_of_those_before() -> None:
    text = (
        "In the year ending 31 March 2023, there were 5,529 lapsed bail cases. "
        "The force told us that it had reduced lapsed bail cases to 1,769 by 31 August 2023."
    )
    assert "force" not in proposed(text, "source", "5,529 lapsed bail cases", "behind")
    assert [figure.attribution for figure in figures(text)][1] == "force"


def test_who_tells_behind_of_what_was_counted_tells_of_it() -> None:
    text = "In 2022 there were 40 vacancies. The force told us that it had halved since, to 20."
    assert "force" in proposed(text, "source", "40 vacancies", "behind")


def test_statistics_tell_nobody_anything() -> None:
    text = (
        "Home Office statistics show that the force had 1,040 officers. It told us that it has saved £38.5m."
    )
    assert [figure.attribution for figure in figures(text)] == ["official-statistics", "force"]


BLOCKS = [
    (
        "Firefighters, 31 March 2024: 418\n- Change in firefighters since 31 March 2014: –17.9%\n",
        [("2014-03-31", "2024-03-31")],
    ),
    (
        "Recorded crime per 1,000 population, year ending 30 June 2018\n- 68.1 (England and Wales 86.0)\n"
        "Change in recorded crime since the year ending 30 June 2017\n- +13% (England and Wales +10%)\n",
        [("2017-07-01", "2018-06-30")] * 2,
    ),
    (
        "Workforce, 31 March 2018\n- Officers: 1,504\n- Change in workforce since 2010: –21%\n",
        [("2010-01-01", "2018-03-31")],
    ),
    ("Calls, 2023: 418\n- Change in firefighters since 31 March 2014: –17.9%\n", [("2014-03-31", None)]),
]


@pytest.mark.parametrize(("text", "periods"), BLOCKS)
def test_a_change_in_a_block_of_numbers_lasts_until_its_level(
    text: str, periods: list[tuple[str, str | None]]
) -> None:
    found = [(f.period_begin, f.period_end) for f in figures(text)]
    assert found[-len(periods) :] == periods


CRIMES = "Of all crimes recorded in the year ending 30 June 2018, 39.8 percent were closed. "
YEAR, BEFORE = ("2017-07-01", "2018-06-30"), ("2016-07-01", "2017-06-30")


def test_a_year_earlier_is_of_what_is_compared_only() -> None:
    text = (
        CRIMES
        + "But 26 percent were closed early, against 22 percent nationally and 19 percent a year earlier."
    )
    assert BEFORE in proposed(text, "period", "19 percent", "")
    assert not any(
        BEFORE in proposed(text, "period", words, "plain.own") for words in ("26 percent", "22 percent")
    )


@pytest.mark.parametrize("words", ["of the previous year", "in the previous year"])
def test_the_year_before_directly_behind_a_number_is_its_own(words: str) -> None:
    text = f"{CRIMES}This is 2 points better than the 36 percent for all forces and the 41 percent {words}."
    found = figures(text)[-1]
    assert (found.text, (found.period_begin, found.period_end)) == ("41 percent", BEFORE)


@pytest.mark.parametrize(
    ("text", "words", "period"),
    [
        ("By 2022/23 the force has to save a further £7.5m.", "£7.5m", ("2022-04-01", "2023-03-31")),
        (
            "The force told us that by 31 December 2018 there were 148 vacancies.",
            "148 vacancies",
            ("2018-12-31",) * 2,
        ),
    ],
)
def test_a_level_and_a_financial_year_are_not_until(text: str, words: str, period: tuple[str, str]) -> None:
    assert proposed(text, "period", words, "until") == set()
    (found,) = figures(text)
    assert (found.period_begin, found.period_end) == period


def test_what_was_done_by_a_day_is_until_then() -> None:
    text = "By 30 June 2024, 1,212 officers had completed it."
    assert proposed(text, "period", "1,212 officers", "until") == {(None, "2024-06-30")}


@pytest.mark.parametrize(
    "text",
    [
        "It has 90 vans on the coast, and the charity told us that two out of five women had been hurt.",
        "The force had 90 vans in all, but the council says that it needs 40.",
        "It had 90 vans, 36 more than in 2020 but still below the number that it says it needs.",
    ],
)
def test_who_speaks_in_a_clause_behind_tells_nothing_of_what_was_before(text: str) -> None:
    tells = {
        *proposed(text, "source", "90 vans", "own"),
        *proposed(text, "source", "90 vans", "account.tells"),
    }
    assert not tells & {"force", "other"}


def test_who_speaks_directly_behind_tells() -> None:
    assert "force" in proposed("It has 90 vans on the coast, the force told us.", "source", "90 vans", "own")


def test_a_survey_is_not_carried_to_what_begins_anew() -> None:
    text = f"{SURVEY} In 2023/24, 109 officers left."
    assert "survey" not in proposed(text, "source", "109 officers", "account-around")
    assert "survey" in proposed(f"{SURVEY} Of these, 40 had left.", "source", "40", "account-around")
