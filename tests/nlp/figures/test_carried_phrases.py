"""A phrase goes over from one figure to another only where the clause of that has no subject of its own."""

from __future__ import annotations

import pytest
from figure_helpers import figures

CARRIED = [
    # a subject of its own
    (
        "We estimate that 91.0 percent of burglaries are recorded. "
        "The estimate for stalking is lower, at 74.5 percent.",
        ["burglaries that are recorded", "estimate for stalking"],
    ),
    (
        "Its budget was £90.4m, of which £31.2m was raised through council tax. "
        "Spending on all services was £4.1bn.",
        ["budget", "part that was raised through council tax", "Spending on all services"],
    ),
    (
        "It has 14 people wanted for robbery. "
        "The average time before a name was put on the list was 21 days.",
        ["people wanted for robbery", "average time before a name was put on the list (days)"],
    ),
    # a verb of its own
    (
        "Managers had agreed a plan in 50 of 60 cases, but went back to the family in only 22 of those 50.",
        ["cases in which managers had agreed a plan", "cases in which managers went back to the family"],
    ),
    (
        "In our survey, 40.5 percent of the 200 respondents said that their pay was fair, "
        "and 9.5 percent (19 of 200) knew whom to ask.",
        [
            "respondents who said that their pay was fair",
            "number of respondents",
            "respondents who knew whom to ask",
            "respondents who knew whom to ask",
        ],
    ),
    (
        "The design team advised on 31 plans. "
        "Homes built to its advice suffer 0.7 times the theft of others.",
        ["plans in which the design team advised", None],
    ),
    # people of another sentence
    (
        "It has 44 trainees. In its survey, 58% of those who responded said that they felt safe.",
        ["trainees", "respondents who said that they felt safe"],
    ),
    # the place of one goes not over to that of another
    (
        "The average wait for a patrol in the Fells was 40 minutes, against 18 minutes in Stonford.",
        [
            "average wait for a patrol in the Fells (minutes)",
            "average wait for a patrol in Stonford (minutes)",
        ],
    ),
    # "it", "the figure", "the average for …" take up what was said
    (
        "The force answered 90 percent of 999 calls. Across England and Wales the figure was 88 percent.",
        ["999 calls answered", "999 calls answered"],
    ),
    (
        "It made 310 searches, a rise of 4.0 percent from 298 in the previous year.",
        ["searches made", "change in searches made", "searches made"],
    ),
]

CHANGED = [
    (
        "On 31 March 2024 it had 900 officers. Across England and Wales, the number rose by 4.0 percent; "
        "in Aldmoor and the Fells it rose by 3.0 percent.",
        ["officers employed", "officers employed"],
    ),
    ("Wexmoor is a busy county: it estimates that thefts fell by 7 percent.", ["thefts"]),
]

NO_WHOLES = [
    "In 2023, 8.4 percent of officers left the force, compared with 6.6 percent in England and Wales.",
    "It charged 8.4 percent of crimes, up from 4.9 percent in the previous year.",
    "It charged 8.4 percent of crimes, up from 4.9 percent in the year ending 30 September 2023.",
    "It charged 8.4 percent of crimes, much the same as the 8.1 percent for all forces in England and Wales.",
    "Of 80 respondents, 64 percent felt safe. This is better than the 41 percent in its survey of May 2023.",
]


@pytest.mark.parametrize(("text", "phrases"), CARRIED)
def test_phrases(text: str, phrases: list[str | None]) -> None:
    assert [figure.measure for figure in figures(text)] == phrases


@pytest.mark.parametrize(("text", "things"), CHANGED)
def test_what_changed_is_no_place(text: str, things: list[str]) -> None:
    assert [figure.of for figure in figures(text) if figure.kind == "change"] == things


@pytest.mark.parametrize("text", NO_WHOLES)
def test_a_place_and_a_time_are_no_whole(text: str) -> None:
    assert figures(text)[-1].of is None


def test_a_share_behind_a_target_keeps_its_whole() -> None:
    (figure,) = figures("The force arrived within its own target time in 38 of 57 cases.")
    assert (figure.numerator, figure.denominator) == (38, 57)


UNSAID = [
    ("Officers seized £1.3 million in cash.", None),
    ("It spends £1.02 a day on each resident.", None),
    ("The support team has only seven officers.", "officers in the support team"),
    ("In our review of 218 records from 2017, we found gaps.", None),
    ("We read 90 files, among them 20 that the force had closed for want of help.",
     "files that the force had closed for want of help"),
    ("We looked at 60 plans and judged 52 of them to be sound.", "plans judged to be sound"),
    ("Callers abandoned 4,120 of its 101 calls.", "101 calls that callers abandoned"),
    ("In May 2023, 90 devices had been in the queue for more than three months.",
     "devices in the queue for more than three months"),
    ("Children were strip-searched on 12 occasions.", "occasions in which children were strip-searched"),
    ("The force has 1,040 officers.", "officers employed"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "phrase"), UNSAID)
def test_a_phrase_says_what_is_measured_or_is_none(text: str, phrase: str | None) -> None:
    assert figures(text)[-1].measure == phrase
