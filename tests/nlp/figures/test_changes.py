"""Changes on their own: quantities are given, what they rose or fell from comes out."""

from __future__ import annotations

import pytest
from figure_steps import Marked, context, q

from kg.nlp.figures.links.changes import STEPS, Change, direction_in, find_changes
from kg.nlp.figures.links.links import Links

CHANGES: list[tuple[str, list[Marked], dict[int, str], dict[int, int]]] = [
    ("Burglary fell from 310 to 240.", [q("310"), q("240")], {1: "decrease"}, {1: 0}),
    ("The rate rose from 5.1 to 5.6.", [q("5.1", "rate"), q("5.6", "rate")], {1: "increase"}, {1: 0}),
    ("It ranged from 5 to 9.", [q("5"), q("9")], {}, {}),
    (
        "Robbery rose by 8 percent, from 250 to 270.",
        [q("8 percent", "percent"), q("250"), q("270")],
        {0: "increase", 2: "increase"},
        {0: 1, 2: 1},
    ),
    (
        "It fell from 50 to 40, a decrease of 20 percent.",
        [q("50"), q("40"), q("20 percent", "percent")],
        {1: "decrease", 2: "decrease"},
        {1: 0, 2: 0},
    ),
    ("It made 270 arrests, up from 250.", [q("270 arrests"), q("250")], {0: "increase"}, {0: 1}),
    (
        "The wait, which was 3 weeks, had reached 9 weeks.",
        [q("3 weeks", "duration", base="weeks"), q("9 weeks", "duration", base="weeks")],
        {1: "increase"},
        {1: 0},
    ),
    ("Recorded crime fell by 6 percent.", [q("6 percent", "percent")], {0: "decrease"}, {}),
    ("There were 30 fewer searches.", [q("30 fewer searches")], {0: "decrease"}, {}),
    ("The backlog had grown to 90 cases.", [q("90 cases")], {0: "increase"}, {}),
    (
        "The force has 520 officers. By May there were 500.",  # two levels: no verb says that it fell
        [q("520 officers"), q("500")],
        {},
        {},
    ),
    (
        "Officers rose from 800 to 996. This is an increase of 196 officers.",
        [q("800"), q("996"), q("196 officers")],
        {1: "increase", 2: "increase"},
        {1: 0, 2: 0},
    ),
    ("It made 9 arrests and 12 searches.", [q("9 arrests"), q("12 searches")], {}, {}),
]


@pytest.mark.parametrize(("text", "marks", "direction", "base"), CHANGES, ids=[c[0] for c in CHANGES])
def test_a_change_has_its_direction_and_its_base(
    text: str, marks: list[Marked], direction: dict[int, str], base: dict[int, int]
) -> None:
    links = find_changes(context(text, *marks))
    assert (dict(links.direction), dict(links.base)) == (direction, base)


def test_only_levels_are_pairs_and_only_from_a_to_b_has_a_start() -> None:
    text = "Robbery rose by 8 percent, from 250 to 270. Theft is 90, up from 80."
    links = find_changes(
        context(text, q("8 percent", "percent"), q("250"), q("270"), q("90", value="90"), q("80"))
    )
    assert list(links.pairs) == [(1, 2), (4, 3)]
    assert links.starts == {1}
    assert links.bases == {1, 4}


def test_what_an_earlier_step_found_stays() -> None:
    """ "fell by 20" is read by the step of sizes too, but the pair has given its direction before."""
    made = context("It rose from 50 to 40, a fall of 10.", q("50"), q("40"), q("10"))
    assert find_changes(made).direction[1] == "increase"


def test_a_step_returns_what_it_adds_and_changes_nothing() -> None:
    made, known = context("It fell from 50 to 40.", q("50"), q("40")), Links()
    assert STEPS[0](made, known, 0) == [Change(1, "decrease", 0, pair=True, start=True)]
    assert known == Links()


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        ("robbery fell by", "decrease"),
        ("after a fall it has risen to", "increase"),
        ("the number of", None),
        ("the backlog was cut to", "decrease"),
    ],
)
def test_the_last_word_of_change_tells_the_direction(words: str, direction: str | None) -> None:
    assert direction_in(words) == direction
