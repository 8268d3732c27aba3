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
    ("And 85 volunteers act as mentors.", ["volunteers that act as mentors"]),
    ("It recruited 120 officers.", ["officers recruited"]),
    # items of a list have what their lead-in counts
    (
        "We reviewed 70 files. Of these:\n• 62 had a plan; and\n• 41 were supervised well.",
        ["files reviewed", "files that had a plan", "files supervised well"],
    ),
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
