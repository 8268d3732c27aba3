"""Numbers of what is not so (denied, supposed, aimed at, a change that did not happen) are no figures."""

from __future__ import annotations

import pytest
from figure_helpers import figures

from kg.model.text.numbers import find_numbers
from kg.nlp.figures.numbers.exclusions import excluded_starts


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("It is untrue that the force lost 41 officers in 2023.", "not.untrue"),
        ("It’s not the case that it spent £4m on cars.", "not.untrue"),
        ("The force incorrectly claimed that it visited 63 percent of victims.", "not.untrue"),
        ("If 71 percent of visits are made in time, a service is graded good.", "not.if"),
        ("Unless it hires 30 more detectives, the queue will grow.", "not.if"),
        ("Without the grant, thefts would have risen by 8 percent.", "not.would"),
        ("There was no overall reduction of 12 percent in robbery.", "not.no-change"),
        ("In 2022 robbery hasn’t increased by 6 percent.", "not.no-change"),
        ("Robbery neither grew nor shrank by more than 3 percent.", "not.no-change"),
        ("It has 14 vans, and not 19 as it told us.", "not.but-not"),
        ("The ambition for 2026 is that 85 percent of files are complete.", "not.target-is"),
        ("Target for 2026: 85 percent of files complete.", "not.target-is"),
        ("An effective service visits 88 percent of premises.", "not.of-a-kind"),
    ],
)
def test_what_is_not_so_is_no_figure_and_the_rule_is_named(text: str, rule: str) -> None:
    assert rule in excluded_starts(text, find_numbers(text)).values()
    left = [one.text for one in figures(text)]
    assert left == (["14 vans"] if rule == "not.but-not" else [])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("It met its target: 94 percent of calls were answered.", ["94 percent"]),
        ("It is true that the force lost 41 officers.", ["41 officers"]),
        ("The force incorrectly recorded 12 crimes.", ["12 crimes"]),
        ("If its 12 officers leave, nobody is trained.", ["12 officers"]),
        ("Robbery has not fallen below 90 percent of its level of 2020.", ["90 percent"]),
        ("It would be good if it did more, but 12 percent of victims wait.", ["12 percent"]),
        ("It has 14 vans, not one of them new.", ["14 vans"]),
        ("It would need five more posts.", ["five more posts"]),
        ("A good service has told us that it made 12 visits.", ["12 visits"]),
    ],
)
def test_what_is_said_to_be_so_stays(text: str, left: list[str]) -> None:
    assert [one.text for one in figures(text)] == left


def test_a_number_is_not_negated_by_the_one_that_it_puts_right() -> None:
    (figure,) = figures("It has 14 vans, not 19 as it told us.")
    assert (figure.value, figure.complement) == (14, False)
