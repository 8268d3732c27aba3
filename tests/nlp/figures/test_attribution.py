"""Who says a figure, on its own: what is said in its sentence, and what is carried on from others."""

from __future__ import annotations

from decimal import Decimal

import pytest
from figure_steps import Marked, context, q

from kg.model.records import Section
from kg.nlp.components import extraction_of, make_pipeline
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.links.topic_chains import Sample, TopicChains
from kg.nlp.figures.sources.attribution import find_sources
from kg.nlp.figures.sources.carried import with_carried_sources
from kg.nlp.figures.sources.official import KindsOfData
from kg.nlp.figures.sources.speakers import names_a_speaker, speakers_in

OWN, EW = "inspected-force", "england-and-wales"
FORCE, US, OFFICIAL, SURVEY, OTHER = "force", "inspectorate", "official-statistics", "survey", "other"
PERCENT = "percent"

SOURCES: list[tuple[str, list[Marked], list[str], list[str | None]]] = [
    ("The force told us that it made 9 arrests.", [q("9 arrests")], [OWN], [FORCE]),
    ("We reviewed 45 cases.", [q("45 cases")], [OWN], [US]),
    ("According to the Home Office, it made 9 arrests.", [q("9 arrests")], [OWN], [OFFICIAL]),
    ("In our staff survey, 64 percent agreed.", [q("64 percent", PERCENT)], ["survey-respondents"], [SURVEY]),
    ("The council said that 40 percent had left.", [q("40 percent", PERCENT)], [OWN], [OTHER]),
    ("The force recorded 310 burglaries.", [q("310 burglaries")], [OWN], [OFFICIAL]),
    ("It has 12 drones.", [q("12 drones")], [OWN], [None]),
    ("It has issued two causes of concern.", [q("two causes of concern")], [OWN], [US]),
    (  # the last speaker before a figure has it
        "We found 9 errors and the force told us of 12 errors.",
        [q("9 errors"), q("12 errors")],
        [OWN, OWN],
        [US, FORCE],
    ),
    (  # what is only known of all forces, no force tells
        "The force told us that the rate was 5 percent in England and Wales.",
        [q("5 percent", PERCENT)],
        [EW],
        [OFFICIAL],
    ),
    (  # what is conceded is no longer what the force says
        "The force expects 26 vehicles, although it has only 21 vehicles.",
        [q("26 vehicles"), q("21 vehicles")],
        [OWN, OWN],
        [FORCE, None],
    ),
]


@pytest.mark.parametrize(
    ("text", "marks", "populations", "sources"), SOURCES, ids=[case[0] for case in SOURCES]
)
def test_a_sentence_says_who_says_a_figure(
    text: str, marks: list[Marked], populations: list[str], sources: list[str | None]
) -> None:
    assert find_sources(context(text, *marks), populations, Links(), TopicChains()) == sources


def test_the_sample_of_a_topic_chain_speaks_where_nobody_else_does() -> None:
    made = context("In 9 cases there was no plan.", q("9 cases"))
    chains = TopicChains(of={0: Sample(US, 0, Decimal(45))})
    assert find_sources(made, [OWN], Links(), chains) == [US]


def test_shares_under_a_title_of_case_reviews_are_the_inspectors() -> None:
    text = "The force kept 9 of 16 victims informed."
    section = Section("s1", "Providing a service to the victims of crime", 2, 0, len(text), None)
    share = q("9 of 16 victims", noun="victims", numerator=Decimal(9), denominator=Decimal(16))
    assert find_sources(context(text, share), [OWN], Links(), TopicChains()) == [None]
    assert find_sources(context(text, share, sections=(section,)), [OWN], Links(), TopicChains()) == [US]


def test_what_is_compared_with_england_and_wales_is_official() -> None:
    text = "Its cost was 9 percent, compared with 7 percent in England and Wales."
    made = context(text, q("9 percent", PERCENT), q("7 percent", PERCENT))
    links = Links(comparators={0: [1]}, focal={1: 0})
    assert find_sources(made, [OWN, EW], links, TopicChains()) == [OFFICIAL, OFFICIAL]


def test_an_estimate_with_an_interval_is_the_inspectors_own() -> None:
    made = context("It records 91 percent.", q("91 percent", PERCENT, interval=Decimal(2)))
    assert find_sources(made, [OWN], Links(), TopicChains()) == [US]


def test_the_section_on_data_names_kinds_of_data() -> None:
    text = (
        "About the data\nWe collected the data on sickness from all forces.\n999 calls\nThe data is from BT."
    )
    usual, named = (
        KindsOfData.of(context("It made 9 arrests.", q("9 arrests"))),
        KindsOfData.of(context(text)),
    )
    assert usual.collected == ()
    assert [kind.id for kind in named.collected] == ["official.sickness"]
    assert {kind.id for kind in named.official} - {kind.id for kind in usual.official} == {
        "official.999",
        "official.call-handling",
    }


def test_words_that_one_speaker_has_no_other_gets() -> None:
    made = context("The force told us of 9 errors.", q("9 errors"))
    found = speakers_in(made, made.sentences[0])
    assert [made.text[s.start : s.end] for s in found] == ["The force told us"]
    assert names_a_speaker(made.text)
    assert not names_a_speaker("It made 9 errors.")


CARRIED: list[tuple[str, list[Marked], Links, list[str | None], set[int], list[str | None]]] = [
    (  # a change of what the sentence before gives
        "The force told us that it has 40 cases. This is a fall of 10.",
        [q("40 cases"), q("10")],
        Links(direction={1: "decrease"}),
        [FORCE, None],
        set(),
        [FORCE, FORCE],
    ),
    (  # another subject
        "The force told us that it has 40 cases. Three teams work there.",
        [q("40 cases"), q("Three teams")],
        Links(),
        [FORCE, None],
        set(),
        [FORCE, None],
    ),
    (  # its period was carried on
        "It recorded 40 thefts. Robbery stands at 9 offences.",
        [q("40 thefts"), q("9 offences")],
        Links(),
        [OFFICIAL, None],
        {1},
        [OFFICIAL, OFFICIAL],
    ),
    (  # the sentence after tells
        "It took 9 days. These are the force’s own figures.",
        [q("9 days", "duration", base="days")],
        Links(),
        [None],
        set(),
        [FORCE],
    ),
    (  # a comparator has the source of its focal figure
        "The rate was 9 percent, compared with 7 percent.",
        [q("9 percent", PERCENT), q("7 percent", PERCENT)],
        Links(comparators={0: [1]}, focal={1: 0}),
        [US, None],
        set(),
        [US, US],
    ),
    (  # not in another paragraph
        "The force told us that it has 40 cases.\nThis is a fall of 10.",
        [q("40 cases"), q("10")],
        Links(direction={1: "decrease"}),
        [FORCE, None],
        set(),
        [FORCE, None],
    ),
]


@pytest.mark.parametrize(
    ("text", "marks", "links", "before", "dated", "after"), CARRIED, ids=[case[0] for case in CARRIED]
)
def test_a_source_is_carried_on_where_the_text_goes_on_about_the_same(
    text: str,
    marks: list[Marked],
    links: Links,
    before: list[str | None],
    dated: set[int],
    after: list[str | None],
) -> None:
    assert with_carried_sources(context(text, *marks), links, before, dated) == after


def test_the_given_sources_stay_as_they_are() -> None:
    before: list[str | None] = [FORCE, None]
    made = context("The force told us of 40 cases. In the same period it had 9.", q("40 cases"), q("9"))
    with_carried_sources(made, Links(), before, set())
    assert before == [FORCE, None]


@pytest.mark.parametrize(
    ("text", "survey"),
    [
        ("91% of cases were closed in a month, and 20 referrals were responded to in a day.", False),
        ("Of the public, 2,260 residents responded to the consultation and 60 percent agreed.", True),
        ("In the staff survey, 210 of 400 people responded and 60 percent felt valued.", True),
    ],
)
def test_what_is_responded_to_is_no_survey(text: str, survey: bool) -> None:
    figures = extraction_of(make_pipeline()(text)).figures
    assert any(figure.attribution == SURVEY for figure in figures) is survey
