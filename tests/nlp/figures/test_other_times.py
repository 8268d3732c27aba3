"""Figures whose sentence gives them another time than the one near them, or none that is known."""

from __future__ import annotations

import pytest
from figure_helpers import figures, year

NONE = (None, None)


def dates(text: str) -> list[tuple[str | None, str | None]]:
    return [(one.period_begin, one.period_end) for one in figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2019 and 2020 the force had 31 and 33 vans respectively.", ["2019", "2020"]),
        ("In 2018, 2019 and 2020 it closed 21, 22 and 23 cases respectively.", ["2018", "2019", "2020"]),
        ("It lost 41, 42 and 43 officers in 2018, 2019 and 2020.", ["2018", "2019", "2020"]),
    ],
)
def test_rows_of_figures_and_of_times_belong_together_in_their_order(text: str, expected: list[str]) -> None:
    assert dates(text) == [year(f"{one}-12-31") for one in expected]


def test_rows_that_do_not_match_give_no_time_and_the_doubt_is_told() -> None:
    found = figures("In 2018, 2019 and 2020 it closed 21 and 22 cases respectively.")
    assert [(f.period_begin, "period" in f.doubtful) for f in found] == [(None, True), (None, True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2021 the force closed 14 percent, the year before 17 percent.", [year("2021-12-31"), NONE]),
        ("In 2021 it closed 14 cases. Two years earlier it closed 17 cases.", [year("2021-12-31"), NONE]),
        ("Before 2019 the force had 16 vans.", [NONE]),
        (
            "The force closed 18 percent of cases, compared with 21 percent in 2020.",
            [NONE, year("2020-12-31")],
        ),
    ],
)
def test_no_time_is_better_than_that_of_another_figure(text: str, expected: list[object]) -> None:
    assert dates(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In 2021 the force had 14 vans, six more than a year before.",
        "In 2021 the force closed 18 percent of cases, compared with 21 percent nationally.",
    ],
)
def test_the_time_of_a_sentence_stays(text: str) -> None:
    assert dates(text)[0] == year("2021-12-31")
