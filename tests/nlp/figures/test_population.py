"""Whom a figure is about, on its own: quantities and topic chains are given, populations come out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from figure_steps import Marked, context, q
from structure_texts import document

from kg.nlp import extract
from kg.nlp.figures.links.topic_chains import Sample, TopicChains
from kg.nlp.figures.sources.population import find_populations

OWN, EW, SURVEY, OTHER_FORCE, OTHER = (
    "inspected-force",
    "england-and-wales",
    "survey-respondents",
    "other-force",
    "other",
)
PERCENT = "percent"

POPULATIONS: list[tuple[str, list[Marked], list[str]]] = [
    ("The force solved 9 percent of thefts.", [q("9 percent", PERCENT)], [OWN]),
    (
        "The rate was 4.4 percent, compared with 5.6 percent in England and Wales.",
        [q("4.4 percent", PERCENT), q("5.6 percent", PERCENT)],
        [OWN, EW],
    ),
    ("Across all forces it was 5.6 percent.", [q("5.6 percent", PERCENT)], [EW]),
    ("It has the 3rd highest rate of all forces.", [q("3rd highest", "rank", value="3")], [OWN]),
    ("In our survey, 64 percent agreed.", [q("64 percent", PERCENT)], [SURVEY]),
    (
        "Loamshire Police made 9 arrests, whereas Fenshire Police made 12 arrests.",
        [q("9 arrests"), q("12 arrests")],
        [OWN, OTHER_FORCE],
    ),
    ("Its neighbours in similar forces took 9 days.", [q("9 days", "duration", base="days")], [OTHER_FORCE]),
    ("The average for England is 31 percent.", [q("31 percent", PERCENT)], ["other"]),
    ("The average for all fire and rescue services is 31 percent.", [q("31 percent", PERCENT)], [OTHER]),
    (
        "It was 9 percent (compared to 2 percent for statistical neighbours and 3 percent for England).",
        [q("9 percent", PERCENT), q("2 percent", PERCENT), q("3 percent", PERCENT)],
        [OWN, OTHER_FORCE, OTHER],
    ),
    (
        "It took 31 weeks, in line with the London average of 29 weeks.",
        [q("31 weeks", "duration", base="weeks"), q("29 weeks", "duration", base="weeks")],
        [OWN, OTHER],
    ),
    (
        "It is 62 percent compared with 60 percent for England, and 65 percent of pupils live nearby.",
        [q("62 percent", PERCENT), q("60 percent", PERCENT), q("65 percent", PERCENT)],
        [OWN, OTHER, OWN],
    ),
    (
        "Newcomers were 6 percent of pupils, compared with 22 percent in the country as a whole.",
        [q("6 percent", PERCENT), q("22 percent", PERCENT)],
        [OWN, EW],
    ),
    ("It shares 12 vehicles with Fenshire Police.", [q("12 vehicles")], [OWN]),
]


@pytest.mark.parametrize(("text", "marks", "populations"), POPULATIONS, ids=[c[0] for c in POPULATIONS])
def test_the_words_around_a_figure_say_whom_it_is_about(
    text: str, marks: list[Marked], populations: list[str]
) -> None:
    assert find_populations(context(text, *marks), TopicChains()) == populations


def test_what_goes_on_about_a_survey_is_about_its_respondents() -> None:
    made = context("It went well. For 12 percent it did not.", q("12 percent", PERCENT))
    survey = TopicChains(of={0: Sample("survey", 0, Decimal(620))})
    assert find_populations(made, TopicChains()) == [OWN]
    assert find_populations(made, survey) == [SURVEY]


def test_without_a_name_of_the_force_no_other_force_is_told_from_it() -> None:
    text = "Fenshire Police made 12 arrests."
    assert find_populations(context(text, q("12 arrests"), force=None), TopicChains()) == [OWN]


def test_in_news_on_no_body_of_its_own_each_force_is_one_of_many() -> None:
    text = (
        "Police forces give up on theft\nNews\nPublished: 26 September 2024\n"
        "Fenshire Police made 12 arrests. In Tarnshire Police, it was 14 arrests. "
        "Across England and Wales there were 900 arrests.\n"
        "Table: Results of the review\nForce\tFiles\nFenshire\t70\nTarnshire\t61\n"
        "Inspectors read 131 files.\n"
    )
    news = extract(document(text), given={})
    found = {figure.text: figure.population for figure in news.figures}
    assert found == {
        "12 arrests": "other-force",
        "14 arrests": "other-force",
        "900 arrests": "england-and-wales",
        "70": "other-force",
        "61": "other-force",
        "131 files": "other",
    }
