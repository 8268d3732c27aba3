"""A phrase is one clause: no time before its subject, no aside, no second clause, no loose pronoun."""

from __future__ import annotations

import pytest
from figure_helpers import figures

PHRASES = [
    # a time or a circumstance before the subject
    (
        "Over the past year the number of foster carers has increased from 61 to 75.",
        ["number of foster carers", "number of foster carers"],
    ),
    (
        "In our audit, a risk plan had been agreed in 22 of 30 cases.",
        ["cases in which a risk plan had been agreed"],
    ),
    (
        "Where the call came at night, the handler had opened a record in 12 of 15 cases.",
        ["cases in which the handler had opened a record"],
    ),
    # who says so, and what follows from it
    (
        "Two in ten inspectors are new in post, according to the force.",
        ["inspectors new in post"],
    ),
    (
        "Over 40% of children in care are placed outside the county and this affects their schooling.",
        ["children in care who are placed outside the county"],
    ),
    # an aside that is closed before the verb
    (
        "Reviews of plans, which the guidance requires, were on time in 31 of 50 files.",
        ["files in which reviews of plans were on time"],
    ),
    # a pronoun that goes back to nothing in the phrase
    ("Nine of the 12 sergeants use it every day.", [None]),
    # two things that something lies between
    (
        "The average time between coming into care and moving in with adopters is 460 days.",
        ["average time between coming into care and moving in with adopters (days)"],
    ),
    (
        "Children waited an average of 310 days between leaving hospital and moving home.",
        ["time that children waited between leaving hospital and moving home (days)"],
    ),
    # a rank of places, what is counted each month
    (
        "The county ranks as the 88th most deprived authority in England.",
        ["rank (most deprived) of authority in England"],
    ),
    ("The desk answered 640 messages a month.", ["messages that the desk answered a month"]),
]


@pytest.mark.parametrize(("text", "phrases"), PHRASES)
def test_a_phrase_is_one_clause(text: str, phrases: list[str | None]) -> None:
    assert [figure.measure for figure in figures(text)] == phrases
