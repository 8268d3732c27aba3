"""A measure stands alone: its phrase says what makes its number different from its siblings."""

from __future__ import annotations

import pytest
from figure_helpers import figures

from kg.nlp.figures.measures.clauses import after_subject, has_verb
from kg.nlp.figures.measures.parts import of_others

PHRASES = [
    # subject, object, behind a preposition, in a phrase before the clause
    (
        "We reviewed 40 files. Of these, 12 had no plan.",
        ["files reviewed", "files that had no plan"],
    ),
    (
        "The panel watched footage of only 14 searches.",
        ["searches that the panel watched footage of"],
    ),
    ("The scrutiny panel met four times.", ["times that the scrutiny panel met"]),
    ("Operation Harbour has tracked down 61 suspects.", ["suspects that Operation Harbour has tracked down"]),
    ("The call centre has 164 call handlers.", ["call handlers in the call centre"]),
    (
        "In 24 of 80 cases that we examined, no reason had been given.",
        ["cases in which no reason had been given"],
    ),
    (
        "Officers used this approach to assess risk and consider needs in all 70 of the relevant cases.",
        ["cases in which officers used this approach to assess risk and consider needs"],
    ),
    ("And 85 volunteers act as mentors.", ["volunteers who act as mentors"]),
    ("It recruited 120 officers.", ["officers recruited"]),
    # items of a list have what their lead-in counts
    (
        "We reviewed 70 files. Of these:\n• 62 had a plan; and\n• 41 were supervised well.",
        ["files reviewed", "files that had a plan", "files supervised well"],
    ),
    # the head of the clause: no publisher, no actor, no place, not the other number of the sentence
    ("The Statistics Office estimates that in June 2022 it had 512,300 residents.", ["residents"]),
    ("The vetting unit told us that it had 31 open cases.", ["open cases in the vetting unit"]),
    (
        "In our workforce survey, 40 percent of the 210 respondents said that their workload was fair, and "
        "14.3 percent (30 of 210) knew whom to ask.",
        [
            "respondents who said that their workload was fair",
            "number of respondents",
            "respondents who knew whom to ask",
            "respondents who knew whom to ask",
        ],
    ),
    (
        "Loamshire is quiet, but it can’t rely on that: it estimates that 999 calls rose by 7 percent.",
        ["change in 999 calls"],
    ),
    ("The control room had a staff turnover of 19 percent.", ["staff turnover of the control room"]),
    ("It expects a shortfall of £2.1m by 2026/27.", ["shortfall"]),
    ("In 2023/24 the force received £205 for each resident.", ["sum received for each resident"]),
    ("Operation Ferrous took £900,000 of cannabis off the streets.", ["cannabis off the streets"]),
    ("Agency staff cost £310,000 in 2023/24.", ["cost of agency staff"]),
    ("Officers recovered £45,000 worth of stolen tools.", ["value of stolen tools recovered"]),
    (
        "Burglary among the 88 people on its scheme fell by 12 percent.",
        ["people on its scheme", "change in Burglary among the 88 people on its scheme"],
    ),
    ("The backlog of 140 files that we saw in May has gone.", ["backlog of files"]),
    ("The digital unit cut its queue from 305 phones to 61.", ["queue (phones)"] * 2),
    (
        "The university’s study of 60 plans judged 48 to be sound.",
        ["plans judged", "plans judged to be sound"],
    ),
    # restrictions, and what is counted with it
    (
        "But vehicle theft went up by 8 percent, to 1,240 offences from 1,148.",
        ["change in vehicle theft", "vehicle theft", "vehicle theft"],
    ),
    (
        "It recorded 4,120 incidents of arson. That is 5.1 incidents per 1,000 population.",
        ["incidents of arson recorded"] * 2,
    ),
    (
        "The bureau was managing 11 smuggling gangs on 1 July 2024, or 17 gangs per million population.",
        ["smuggling gangs"] * 2,
    ),
    (
        "We looked at 12 warnings and conditional cautions.",
        ["warnings and conditional cautions that we looked at"],
    ),
    ("The team has marked 410 boats and trailers.", ["boats and trailers that the team has marked"]),
    ("The team has six officers and sees many children.", ["officers in the team"]),
    ("Its funding fell by 9 percent per capita.", ["change in funding per capita"]),
    ("The unit had only 9 cases that were more than a month old.", ["cases that were more than a month old"]),
    ("A plan was missing from 12 of 40 files.", ["files from which a plan was missing"]),
    (
        "It recorded 91 percent of reported robbery and 95 percent of reported rape.",
        ["reported robbery recorded", "reported rape recorded"],
    ),
    ("Officers reached 310 of 340 emergencies on time.", ["emergencies reached on time"]),
    (
        "It answered only 71 percent of 999 calls within ten seconds.",
        ["999 calls answered within ten seconds"],
    ),
    (
        "The unit met its target in 81 to 84 percent of emergencies in each month.",
        ["emergencies in which the unit met its target"] * 2,
    ),
    (
        "It shows a median wait of 9 minutes in towns and 17 minutes elsewhere.",
        ["median wait in towns (minutes)", "median wait elsewhere (minutes)"],
    ),
    (
        "In its survey, 55 percent of those who took part said that they felt valued, 4 percentage points "
        "more than in 2022.",
        [
            "respondents who said that they felt valued",
            "change in respondents who said that they felt valued",
        ],
    ),
    ("Black people were 2.1 times as likely to be searched as White people.", ["likelihood to be searched"]),
    # siblings: alternatives in brackets, rows of shares
    (
        "We were told that 76 percent of respondents would prefer video to telephone calls "
        "(14 percent of respondents) or a letter (10 percent of respondents).",
        [
            "respondents who would prefer video to telephone calls or a letter",
            "respondents who would prefer telephone calls",
            "respondents who would prefer letter",
        ],
    ),
    (
        "Neglect was the reason in 54 percent of conferences, emotional abuse in 27 percent.",
        [
            "conferences in which neglect was the reason",
            "conferences in which emotional abuse was the reason",
        ],
    ),
    # a share of a whole is no measure of the whole
    ("Women made up 38.6 percent of officers.", ["women as a share of officers"]),
    ("It holds reserves of 3.1 percent of its budget.", ["reserves as a share of its budget"]),
    (
        "Pay makes up 79 percent of its £61.0m budget.",
        ["pay as a share of its budget", "budget"],
    ),
    # what changes the number stays with it
    ("The money went to hiring an extra 450 officers.", ["extra officers that the money went to hiring"]),
    (
        "In 2022, the force made 310 arrests, 12.5 percent fewer than in 2021.",
        ["arrests made", "change in arrests made"],
    ),
    ("It will cost £1.2m to replace the radios.", ["cost to replace the radios"]),
    ("The network ranked the force 4th in its list of employers.", ["rank in its list of employers"]),
]


@pytest.mark.parametrize(("text", "phrases"), PHRASES, ids=[text for text, _ in PHRASES])
def test_a_phrase_says_what_makes_its_number_different(text: str, phrases: list[str]) -> None:
    assert [figure.measure for figure in figures(text)] == phrases


def test_a_phrase_whose_words_stand_apart_is_marked_and_leads_to_them() -> None:
    text = "The panel watched footage of only 14 searches."
    (figure,) = figures(text)
    assert figure.measure_composed
    assert [text[start:end] for start, end in figure.measure_parts] == [
        "searches",
        "panel watched footage of",
    ]


def test_a_phrase_in_the_words_of_the_report_can_be_quoted() -> None:
    text = "The average wait on 101 was 42 seconds in 2023."
    (figure,) = figures(text)
    ((start, end),) = figure.measure_parts
    assert (text[start:end], figure.measure_composed) == ("average wait on 101", True)


def test_the_whole_of_a_share_leads_to_its_words() -> None:
    text = "The force answered 91 percent of 999 calls within ten seconds."
    (figure,) = figures(text)
    known = next(one for one in figure.known if one.slot == "of")
    assert (known.how, text[known.start : known.end]) == ("stated", figure.of)


@pytest.mark.parametrize(
    ("phrase", "population", "made"),
    [
        ("adults in Loamshire who felt safe", "england-and-wales", "adults who felt safe"),
        ("searches that Loamshire Police made", "other-force", "searches that the force made"),
        ("searches that Loamshire Police made", "inspected-force", "searches that Loamshire Police made"),
    ],
)
def test_a_figure_about_others_has_not_the_name_of_the_force(phrase: str, population: str, made: str) -> None:
    assert of_others(phrase, "Loamshire Police", population) == made


def test_the_verb_of_a_clause_is_found_by_grammar() -> None:
    assert has_verb("volunteers act as mentors")
    assert not has_verb("volunteers of the year")
    assert after_subject("neglect was the reason") == "was the reason"
