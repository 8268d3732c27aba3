"""Parts and multiples in words: which are figures, and what they are."""

from __future__ import annotations

import pytest
from figure_helpers import figures

PARTS = [
    # the whole stands behind
    ("Half of them had gone.", ["0.5 share"]),
    ("Half of which are new.", ["0.5 share"]),
    ("Two thirds of staff agree, and a quarter of teams were full.", ["0.666666667 share", "0.25 share"]),
    # they end their phrase or open a clause
    ("Nearly a third had no plan; two-fifths felt safe.", ["0.333333333 share", "0.4 share"]),
    ("It received 40 tips (just under one quarter).", ["40 level", "0.25 share"]),
    ("Among women it was very nearly half.", ["0.5 share"]),
    ("It has found £3m, or about a third.", ["3000000 level", "0.333333333 share"]),
    ("More than one half weren’t (17 of 30).", ["0.5 share", "17 share"]),
    # they are the size of a change
    ("Arrests rose by almost one fifth, to 87.", ["0.2 change", "87 level"]),
    ("Thefts were cut by half in 2023.", ["0.5 change"]),
    ("Losses were down by a third on 2022.", ["0.333333333 change"]),
    # multiples
    ("Kent Police is more than twice its size.", ["2 ratio"]),
    ("She had twice the 15 cases of a colleague.", ["2 ratio", "15 level"]),
    ("It has half as many cars as Kent.", ["0.5 ratio"]),
]
NO_PARTS = [
    "The second half of 2017 was better.",
    "In half of 2023 and in half of the financial year it was closed.",
    "A third party met half an hour later.",
    "She found a second and a third. He was followed by a third.",
    "The force should cut its backlog by half. Its target is half.",
    "They met twice that week and twice the following year.",
    "It is a half-hearted plan, half finished. The other half had gone.",
    "Reviews were late in the last quarter, and in one quarter year.",
    "They spend half the time there.",
]


@pytest.mark.parametrize(("text", "found"), PARTS)
def test_a_part_in_words_is_a_figure(text: str, found: list[str]) -> None:
    assert [f"{one.value} {one.kind}" for one in figures(text)] == found


@pytest.mark.parametrize("text", NO_PARTS)
def test_half_of_a_time_and_what_is_aimed_at_is_none(text: str) -> None:
    assert [one.text for one in figures(text)] == []


def test_a_change_by_a_part_has_its_parts_and_its_direction() -> None:
    (figure,) = figures("Burglaries fell by one third in 2023.")
    assert (figure.numerator, figure.denominator, figure.sign, figure.direction) == (1, 3, "-", "decrease")
