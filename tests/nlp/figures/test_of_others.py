"""What other forces have is never the inspected one's, and what inspectors read in its records is theirs."""

from __future__ import annotations

import pytest
from figure_helpers import EW, OTHERS, D, figures

OWN = "inspected-force"


@pytest.mark.parametrize(
    ("text", "populations"),
    [
        (
            "The average wait was 31 days. For the nine forces that we visited in 2023, it was 12 days.",
            {"31 days": OWN, "12 days": OTHERS},
        ),
        (
            "In 2022, 5.2 percent of thefts were solved. In the forces that are most similar to yours it was "
            "8.4 percent, and in England and Wales 6.9 percent.",
            {"5.2 percent": OWN, "8.4 percent": OTHERS, "6.9 percent": EW},
        ),
        (
            "The median was 31 days, against 19 days in the other forces we inspected.",
            {"31 days": OWN, "19 days": OTHERS},
        ),
        (
            "Sharing six garages with Open Police saves about £90,000 a year.",
            {"£90,000": OWN},
        ),
    ],
)
def test_a_figure_of_other_forces_is_theirs(text: str, populations: dict[str, str]) -> None:
    found = {figure.text: figure.population for figure in figures(text)}
    assert {words: found[words] for words in populations} == populations


def test_how_many_forces_are_compared_is_compared_with_nothing() -> None:
    text = "We examined 14 files. For the nine forces that we visited in 2023, the average was 12."
    assert D(9) not in {other for figure in figures(text) for other in figure.comparators}


def test_savings_of_a_plan_are_not_set_beside_those_of_sharing() -> None:
    text = (
        "The service expects to save £2.6m by 31 March 2025. Sharing six garages with Open Police saves "
        "about £90,000 a year."
    )
    assert [figure.comparators for figure in figures(text) if figure.unit == "GBP"] == [(), ()]


@pytest.mark.parametrize(
    "text",
    [
        "Our analysis of the force’s records shows that the median wait was 31 days.",
        "Our audit of its own data found that the median wait was 31 days.",
    ],
)
def test_what_inspectors_find_in_the_records_of_a_force_is_their_word(text: str) -> None:
    assert [figure.attribution for figure in figures(text)] == ["inspectorate"]


def test_whom_inspectors_asked_is_no_survey() -> None:
    found = figures("We asked 18 crew commanders about it; 15 of them knew the policy.")
    assert [figure.attribution for figure in found] == ["inspectorate"] * 2


def test_the_same_day_a_year_before_is_another_year() -> None:
    found = figures("On 30 June 2017 it wanted 531 people, down from 902 on the same date a year before.")
    assert [figure.period_end for figure in found] == ["2017-06-30", "2016-06-30"]
