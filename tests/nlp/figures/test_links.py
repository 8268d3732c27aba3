"""Links between figures: places in the list of figures, also where several have the same value."""

from __future__ import annotations

import pytest
from figure_helpers import figures

LINKS = [
    (
        "In the year ending 31 March 2024, the force’s charge rate fell from 12.1 percent to 9.3 percent, "
        "compared with 12.1 percent in England and Wales.",
        [(None, ()), (0, (2,)), (None, ())],
    ),
    (
        "The force’s detection rate rose from 8.2 percent to 11.5 percent in 2023. "
        "In England and Wales it was 8.2 percent.",
        [(None, ()), (0, (2,)), (None, ())],
    ),
    (
        "In 2023, 45 percent of callers and 45 percent of victims were satisfied, compared with 45 percent "
        "of victims in England and Wales.",
        [(None, ()), (None, (2,)), (None, ())],
    ),
    (
        "The number of burglaries fell from 310 to 240, and robberies rose from 240 to 310.",
        [(None, ()), (0, ()), (None, ()), (2, ())],
    ),
]


@pytest.mark.parametrize(("text", "links"), LINKS)
def test_figures_of_the_same_value_are_told_apart(text: str, links: list[object]) -> None:
    assert [(figure.change_from, figure.compared_with) for figure in figures(text)] == links


@pytest.mark.parametrize("text", [text for text, _ in LINKS])
def test_a_link_leads_to_the_value_that_the_figure_states(text: str) -> None:
    found = figures(text)
    for figure in found:
        assert figure.base_value == (None if figure.change_from is None else found[figure.change_from].value)
        assert figure.comparators == tuple(found[other].value for other in figure.compared_with)


def test_the_whole_of_a_share_is_no_figure_and_moves_no_link() -> None:
    found = figures(
        "Out of 120, we found problems in 40. The force’s rate fell from 9 percent to 7 percent in 2023."
    )
    assert [figure.text for figure in found][-2:] == ["9 percent", "7 percent"]
    assert found[-1].change_from == len(found) - 2
