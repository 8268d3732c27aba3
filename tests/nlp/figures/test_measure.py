"""What a figure measures, on its own: quantities and links are given, a phrase comes out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from figure_steps import Marked, context, p, q

from kg.nlp.figures.links.links import Links
from kg.nlp.figures.measures.measure import find_measures
from kg.nlp.figures.measures.wording import cases, is_generic, passive, relative, without_loose_ends
from kg.nlp.figures.measures.zones import Zones

PERCENT = "percent"

MEASURES: list[tuple[str, list[Marked], Links, list[str | None]]] = [
    # counted
    ("The force recorded 310 burglaries.", [q("310 burglaries")], Links(), ["burglaries recorded"]),
    ("In 2023, 9 officers left the force.", [q("9 officers")], Links(), ["officers who left the force"]),
    (
        "It made 30 fewer searches.",
        [q("30 fewer searches", noun="searches")],
        Links(direction={0: "decrease"}),
        ["reduction in searches"],
    ),
    (
        "Officers kept victims informed in 9 of 16 cases.",
        [q("9 of 16 cases", noun="cases", numerator=Decimal(9), denominator=Decimal(16))],
        Links(),
        ["cases in which officers kept victims informed"],
    ),
    # by unit
    (
        "It has 4.4 thefts per 1,000 people.",
        [q("4.4 thefts per 1,000 people", "rate", base="1000")],
        Links(),
        ["thefts"],
    ),
    (
        "The force answered 91 percent of 999 calls.",
        [q("91 percent", PERCENT)],
        Links(),
        ["999 calls answered"],
    ),
    ("It will save £2.4m by then.", [q("£2.4m", "GBP")], Links(), ["savings"]),
    (
        "It took 9 days to answer a letter.",
        [q("9 days", "duration", base="days")],
        Links(),
        ["time to answer a letter (days)"],
    ),
    (
        "Black people are 3 times more likely to be searched.",
        [q("3 times more likely", "ratio")],
        Links(),
        ["likelihood to be searched"],
    ),
    # links
    (
        "Recorded robbery fell by 6 percent.",
        [q("6 percent", PERCENT)],
        Links(direction={0: "decrease"}),
        ["change in Recorded robbery"],
    ),
    (
        "The charge rate was 9 percent, compared with 7 percent.",
        [q("9 percent", PERCENT), q("7 percent", PERCENT)],
        Links(comparators={0: [1]}, focal={1: 0}),
        ["charge rate", "charge rate"],
    ),
    (
        "It went from 10 to 20 drones.",
        [q("10"), q("20 drones")],
        Links(direction={1: "increase"}, base={1: 0}, bases={0}, pairs=((0, 1),), starts={0}),
        ["drones", "drones"],
    ),
]


@pytest.mark.parametrize(("text", "marks", "links", "measures"), MEASURES, ids=[c[0] for c in MEASURES])
def test_the_words_around_a_figure_say_what_it_measures(
    text: str, marks: list[Marked], links: Links, measures: list[str | None]
) -> None:
    assert find_measures(context(text, *marks), links) == measures


def test_figures_that_refer_to_one_another_come_to_an_end() -> None:
    """A figure compared with one that is compared with it has the words of its clause, or none."""
    made = context("It was 9, compared with 7.", q("9"), q("7"))
    links = Links(comparators={0: [1], 1: [0]}, focal={0: 1, 1: 0})
    assert len(find_measures(made, links)) == 2


def test_a_long_list_of_numbers_is_read_in_bounds() -> None:
    numbers = [str(number) for number in range(10, 50)]
    made = context(f"It had {', '.join(numbers)} cases.", *[q(number) for number in numbers])
    assert len(find_measures(made, Links())) == 40


def test_zones_leave_out_times_brackets_and_asides() -> None:
    text = "In 2023, the force told us that it made 9 arrests (in 7 towns) for theft, compared with 2022."
    made = context(text, p("2023"), q("9 arrests"), q("7 towns"))
    before, after = Zones(made).around(0)
    assert "2023" not in before
    assert "told us" not in before
    assert after == " for theft"


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (cases("cases", "Officers had a plan"), "cases in which officers had a plan"),
        (cases("cases", "a safety plan"), "cases with safety plan"),
        (relative("police officers left the force"), "police officers who left the force"),
        (passive("999 calls within ten seconds", "answered"), "999 calls answered within ten seconds"),
        (without_loose_ends("  of the cost of  "), "cost"),
        (without_loose_ends("the"), None),
    ],
)
def test_words_are_turned_into_a_noun_phrase(made: str | None, words: str | None) -> None:
    assert made == words


def test_words_that_do_not_say_what_is_measured_are_generic() -> None:
    assert is_generic("the figure for England and Wales")
    assert not is_generic("recorded robbery")
