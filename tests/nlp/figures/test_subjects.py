"""Figures of another body by the grammar of their clause, in a report on Sussex Police."""

from __future__ import annotations

import pytest
from figure_helpers import figures


def whom(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    found = figures(text, force="Sussex Police")
    return [(str(f.value), f.population, tuple(d for d in f.doubtful if d == "population")) for f in found]


@pytest.mark.parametrize(
    "text",
    [
        "In 2022 Kent Police solved 21 percent of burglaries.",
        "In the year to 31 March 2022 Thames Valley Police solved 21 percent of burglaries.",
        "Last year Essex Police solved 21 percent of burglaries.",
        "In Kent 21 percent of burglaries were solved.",
        "In 2022, in Kent, just 21 percent of burglaries were solved.",
        "Officers in Kent recorded 21 burglaries.",
        "In 2022 Dyfed-Powys had 21 dogs.",
    ],
)
def test_the_subject_of_the_clause_is_whom_its_figure_is_about(text: str) -> None:
    assert whom(text) == [("21", "other-force", ())]


@pytest.mark.parametrize(
    "text",
    [
        "Satisfaction was 56 percent (Kent: 21 percent).",
        "Satisfaction was 56 percent, against 21 percent in Kent.",
        "The force solved 56 percent of burglaries, while in 2022 Kent Police solved 21 percent.",
        "The force has 56 dogs; Kent 21.",
    ],
)
def test_only_the_figure_beside_is_of_the_other(text: str) -> None:
    assert whom(text) == [("56", "inspected-force", ()), ("21", "other-force", ())]


@pytest.mark.parametrize(
    "text",
    [
        "In 2022 Sussex Police solved 21 percent of burglaries.",
        "In Sussex 21 percent of burglaries were solved.",
        "Kent Police told us that the force solved 21 percent of burglaries.",
        "In Kent the force has placed 21 officers.",
        "We met officers of Kent Police. The force has 21 dogs.",
    ],
)
def test_a_name_that_is_no_subject_makes_no_figure_another_s(text: str) -> None:
    assert [of for _, of, _ in whom(text)] == ["inspected-force"]
