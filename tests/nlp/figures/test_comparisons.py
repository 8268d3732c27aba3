"""Comparisons on their own: quantities, populations and changes are given, comparators come out."""

from __future__ import annotations

import pytest
from figure_steps import Marked, context, p, q

from kg.nlp.figures.links.comparisons import group_key, with_comparisons
from kg.nlp.figures.links.links import Links

OWN, EW = "inspected-force", "england-and-wales"
PERCENT = "percent"

COMPARED: list[tuple[str, list[Marked], list[str], Links, dict[int, list[int]]]] = [
    (
        "The rate was 4.4 percent, compared with 5.6 percent nationally.",
        [q("4.4 percent", PERCENT), q("5.6 percent", PERCENT)],
        [OWN, EW],
        Links(),
        {0: [1]},
    ),
    (
        "It solved 9 percent of thefts and 7 percent of robberies, compared with 8 percent and 6 percent.",
        [q("9 percent", PERCENT), q("7 percent", PERCENT), q("8 percent", PERCENT), q("6 percent", PERCENT)],
        [OWN, OWN, EW, EW],
        Links(),
        {0: [2], 1: [3]},
    ),
    (  # the neighbours' figure is set beside the body's, not beside the national one
        "The figure is 69 percent, better than the national 51 percent and above the neighbours’ 50 percent.",
        [q("69 percent", PERCENT), q("51 percent", PERCENT), q("50 percent", PERCENT)],
        [OWN, EW, "other-force"],
        Links(),
        {0: [1, 2]},
    ),
    (  # without a figure of the body there is nothing to compare
        "It is higher than in similar areas (2 percent) and better than the national 5 percent.",
        [q("2 percent", PERCENT), q("5 percent", PERCENT)],
        ["other-force", EW],
        Links(),
        {},
    ),
    (  # two statements
        "Twelve couples were approved, while nine couples stopped fostering.",
        [q("Twelve couples"), q("nine couples")],
        [OWN, OWN],
        Links(),
        {},
    ),
    (  # one of two parts is not set beside another
        "The council helped 2,110 and the youth service 340, compared to 870 helped by charities.",
        [q("2,110"), q("340"), q("870")],
        [OWN, OWN, OWN],
        Links(),
        {},
    ),
    (  # the average is set beside the level, not beside how far the two are apart
        "In 2022/23, it cost £44 a head, £2 above the England average of £42.",
        [q("£44", "GBP"), q("£2", "GBP"), q("£42", "GBP")],
        [OWN, OWN, EW],
        Links(),
        {0: [2]},
    ),
    (  # what people say in a survey is set beside what they say in England and Wales
        "In our survey, 53 percent were content. The average for England and Wales was 50 percent.",
        [q("53 percent", PERCENT), q("50 percent", PERCENT)],
        ["survey-respondents", EW],
        Links(),
        {0: [1]},
    ),
    (  # how far apart two things are is no value of one of them
        "The result was 3 percent, 4 percent better than the national average.",
        [q("3 percent", PERCENT), q("4 percent", PERCENT)],
        [OWN, EW],
        Links(),
        {},
    ),
    (  # the base of a change is no comparator of it
        "The rate rose to 9 percent, compared with 7 percent.",
        [q("9 percent", PERCENT), q("7 percent", PERCENT)],
        [OWN, OWN],
        Links(direction={0: "increase"}, base={0: 1}, bases={1}),
        {},
    ),
    (  # a part of it, whose own change the next sentence tells
        "Of the 35 children, more than a third (13) moved. This is an increase on five children.",
        [q("35 children"), q("13"), q("five children")],
        [OWN, OWN, OWN],
        Links(direction={1: "increase"}, base={1: 2}, bases={2}),
        {},
    ),
    (  # more than: a qualifier of the number itself
        "It has 9 teams and more than 200 officers.",
        [q("9 teams"), q("200 officers")],
        [OWN, OWN],
        Links(),
        {},
    ),
    (  # another unit
        "It made 9 arrests, compared with 7 percent nationally.",
        [q("9 arrests"), q("7 percent", PERCENT)],
        [OWN, EW],
        Links(),
        {},
    ),
    (  # only the population tells
        "The force’s rate was 4.4 percent. The England and Wales rate was 5.6 percent.",
        [q("4.4 percent", PERCENT), q("5.6 percent", PERCENT)],
        [OWN, EW],
        Links(),
        {0: [1]},
    ),
    (
        "In 2023, our estimate was 91 percent. In 2018, our estimate was 88 percent.",
        [p("2023"), q("91 percent", PERCENT), p("2018"), q("88 percent", PERCENT)],
        [OWN, OWN],
        Links(),
        {0: [1]},
    ),
    (
        "In 2018, our estimate was 88 percent. In 2023, our estimate was 91 percent.",
        [p("2018"), q("88 percent", PERCENT), p("2023"), q("91 percent", PERCENT)],
        [OWN, OWN],
        Links(),
        {1: [0]},
    ),
]


@pytest.mark.parametrize(
    ("text", "marks", "populations", "changes", "comparators"), COMPARED, ids=[c[0] for c in COMPARED]
)
def test_a_figure_has_its_comparators(
    text: str, marks: list[Marked], populations: list[str], changes: Links, comparators: dict[int, list[int]]
) -> None:
    links = with_comparisons(context(text, *marks), populations, changes)
    assert {focal: list(others) for focal, others in links.comparators.items()} == comparators
    assert dict(links.focal) == {o: focal for focal, others in comparators.items() for o in others}


def test_changes_are_kept_and_not_changed() -> None:
    made = context("It fell from 9 to 7, compared with 8.", q("9"), q("7"), q("8"))
    changes = Links(direction={1: "decrease"}, base={1: 0}, bases={0}, pairs=((0, 1),), starts={0})
    links = with_comparisons(made, [OWN, OWN, EW], changes)
    assert (links.base, links.pairs, links.starts) == (changes.base, changes.pairs, changes.starts)
    assert changes.comparators == {}


def test_a_national_figure_of_a_group_goes_to_that_group() -> None:
    text = (
        "White people had a rate of 4 percent and Black people had a rate of 9 percent. "
        "Nationally, Black people had 8 percent."
    )
    made = context(text, q("4 percent", PERCENT), q("9 percent", PERCENT), q("8 percent", PERCENT))
    assert [group_key(made, index) for index in range(3)] == ["white", "black", "black"]
    assert dict(with_comparisons(made, [OWN, OWN, EW], Links()).focal) == {2: 1}
