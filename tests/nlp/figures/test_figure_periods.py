"""Periods of figures on their own: quantities, periods, links and sources are given, dates come out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from figure_steps import Marked, context, p, q

from kg.nlp.figures.dates.inferred import inferred_dates
from kg.nlp.figures.dates.period_roles import role_of
from kg.nlp.figures.dates.periods import Dated, find_figure_periods
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.links.topic_chains import Sample, TopicChains

NONE = (None, None)
Y22, Y23, Y24 = (("2022-01-01", "2022-12-31"), ("2023-01-01", "2023-12-31"), ("2024-01-01", "2024-12-31"))
PERCENT = "percent"


NO_LINKS, NO_CHAINS = Links(), TopicChains()


def dated(text: str, *marks: Marked, links: Links = NO_LINKS, chains: TopicChains = NO_CHAINS) -> Dated:
    """The dates of figures of the inspected force that nobody says."""
    made = context(text, *marks)
    count = len(made.quantities)
    return find_figure_periods(made, links, ["inspected-force"] * count, chains, [None] * count)


def pair(base: int, later: int, *, start: bool = True) -> Links:
    return Links(
        direction={later: "increase"},
        base={later: base},
        bases={base},
        pairs=((base, later),),
        starts={base} if start else frozenset(),
    )


OWN: list[tuple[str, list[Marked], Links, list[tuple[str | None, str | None]]]] = [
    ("In 2023, it made 9 arrests.", [p("2023"), q("9 arrests")], Links(), [Y23]),
    ("It made 9 arrests in 2023.", [q("9 arrests"), p("2023")], Links(), [Y23]),
    (
        "It made 9 arrests in 2023 and 7 arrests in 2022.",
        [q("9 arrests"), p("2023"), q("7 arrests"), p("2022")],
        Links(),
        [Y23, Y22],
    ),
    ("It had 9 officers by 2023.", [q("9 officers"), p("2023")], Links(), [(None, Y23[1])]),
    ("The number had fallen to 9 by 2023.", [q("9"), p("2023")], Links(), [Y23]),
    ("It has made 9 visits since 2022.", [q("9 visits"), p("2022")], Links(), [(Y22[0], None)]),
    (  # what is compared has its own year
        "In 2023, it made 9 arrests, up from 7 in 2022.",
        [p("2023"), q("9 arrests"), q("7"), p("2022")],
        pair(1, 0, start=False),
        [Y23, Y22],
    ),
    (  # a relative clause dates what is inside it
        "Its plan, which it made in 2022, covers 9 teams.",
        [p("2022"), q("9 teams")],
        Links(),
        [NONE],
    ),
    ("There are two causes of concern in 2023.", [q("two causes of concern"), p("2023")], Links(), [NONE]),
    ("It has 9 teams.", [q("9 teams")], Links(), [NONE]),
]


@pytest.mark.parametrize(("text", "marks", "links", "dates"), OWN, ids=[case[0] for case in OWN])
def test_a_sentence_dates_its_figures(
    text: str, marks: list[Marked], links: Links, dates: list[tuple[str | None, str | None]]
) -> None:
    assert list(dated(text, *marks, links=links).dates) == dates


def test_the_ends_of_a_range_are_dated_by_the_ends_of_its_period() -> None:
    text = "Between 2022 and 2024 it rose from 7 to 9."
    both = p("Between 2022 and 2024", Y22[0], Y24[1])
    assert list(dated(text, both, q("7"), q("9"), links=pair(0, 1)).dates) == [Y22, Y24]


def test_both_ends_of_an_amount_have_the_period_behind_the_second() -> None:
    text = "It will need between £6m and £8m in 2024."
    found = dated(text, q("£6m", "GBP"), q("£8m", "GBP"), p("2024"))
    assert list(found.dates) == [Y24, Y24]


def test_a_period_is_carried_to_a_sentence_of_the_past_and_said_to_be() -> None:
    text = "In 2023, it made 9 arrests. It carried out 12 searches."
    found = dated(text, p("2023"), q("9 arrests"), q("12 searches"))
    assert found == Dated((Y23, Y23), frozenset({1}))


@pytest.mark.parametrize(
    "second",
    ["It now has 12 officers.", "Each year it makes 12 visits.", "It plans to recruit 12 officers."],
)
def test_a_period_is_not_carried_to_the_present_or_to_any_year(second: str) -> None:
    number = "12 visits" if "visits" in second else "12 officers"
    found = dated(f"In 2023, it made 9 arrests. {second}", p("2023"), q("9 arrests"), q(number))
    assert found == Dated((Y23, NONE), frozenset())


def test_a_part_of_a_sample_has_the_time_of_the_sample() -> None:
    text = "In 2023, we read 45 files. A plan was missing in 9."
    sample = Sample("inspectorate", 0, Decimal(45))
    chains = TopicChains(of={0: sample, 1: sample}, opening={0: sample})
    assert list(dated(text, p("2023"), q("45 files"), q("9"), chains=chains).dates) == [Y23, Y23]


def test_a_comparator_of_another_population_has_the_period_of_its_focal_figure() -> None:
    made = context(
        "It was 9 percent; nationally 7 percent.", q("9 percent", PERCENT), q("7 percent", PERCENT)
    )
    links = Links(comparators={0: [1]}, focal={1: 0})
    found = inferred_dates(made, links, TopicChains(), ["inspected-force", "england-and-wales"], [Y23, NONE])
    assert found == [Y23, Y23]


def test_a_change_in_percent_has_the_period_of_the_later_of_two_counts_that_it_fits() -> None:
    made = context(
        "It made 50 arrests, and 75 the year after, 50 percent more.",
        q("50 arrests"),
        q("75"),
        q("50 percent", PERCENT),
    )
    links, own = Links(direction={2: "increase"}), ["inspected-force"] * 3
    assert inferred_dates(made, links, TopicChains(), own, [Y22, Y23, NONE])[2] == Y23
    other = Links(direction={2: "decrease"})
    assert inferred_dates(made, other, TopicChains(), own, [Y22, Y23, NONE])[2] == NONE


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("In 2023, it made 9 arrests.", ""),
        ("It wants 9 officers by 2023.", "by"),
        ("It has made 9 visits since 2023.", "since"),
        ("It made 9 visits from 2023 onwards.", "since"),
        ("It made 9 visits, compared with 2023.", "compared"),
        ("Its plan ends in 2023.", "event"),
    ],
)
def test_what_stands_before_a_period_tells_its_role(text: str, role: str) -> None:
    made = context(text, p("2023"))
    assert role_of(made, made.sentences[0], made.sentences[0].periods[0]) == role
