"""Ways in which reports say a figure, and how each is read: shares, samples, labels, ranks, times."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from figure_helpers import figures, seen, year

THIRD = Decimal("0.333333333")
D = Decimal


def slots(text: str, names: dict[str, Any]) -> dict[str, Any]:
    """Those slots of the figure that these words are."""
    (figure,) = (one for one in figures(text) if one.text == names["text"])
    return seen(figure, {name: None for name in names if name != "measure"}) | (
        {"measure": figure.measure} if "measure" in names else {}
    )


SHARES = [
    ("Just under 3 quarters of letters were answered.", {"text": "3 quarters", "value": D("0.75"), "top": 3}),
    ("Of e-mails, just over 9 out of 10 were answered.", {"text": "9 out of 10", "value": D("0.9")}),
    ("About 2 thirds of officers left.", {"text": "2 thirds", "top": 2, "bottom": 3, "unit": "ratio"}),
    ("Nearly seven out of ten callers waited.", {"text": "seven out of ten callers", "value": D("0.7")}),
    ("At least 2 out of 3 of them waited.", {"text": "2 out of 3", "unit": "ratio", "bottom": 3}),
    # of a sample that was counted it is exact
    ("We read 10 files. A plan was made in 9 out of 10 files.", {"text": "9 out of 10 files", "value": 9}),
    (
        "We found that the force failed to record more than one in every three burglaries.",
        {
            "text": "one in every three burglaries",
            "value": THIRD,
            "by": "inspectorate",
            "measure": "burglaries that the force failed to record",
        },
    ),
    ("One in four calls is late.", {"text": "One in four calls", "measure": "calls late"}),
    (
        "We found that officers did not visit about one in five homes.",
        {"text": "one in five homes", "measure": "homes that officers did not visit"},
    ),
    (
        "Inspectors found that two in five victims were not told.",
        {"text": "two in five victims", "measure": "victims not told", "by": "inspectorate"},
    ),
]
SAMPLES = [
    (
        "Only 4 percent of just over 6,000 respondents said they were unhappy with the force.",
        {
            "text": "4 percent",
            "bottom": 6000,
            "measure": "respondents who said they were unhappy with the force",
        },
    ),
    (
        "Only 4 percent of just over 6,000 respondents said they were unhappy with the force.",
        {"text": "6,000 respondents", "bottom": None, "measure": "number of respondents"},
    ),
    (
        "Some 12 percent of the 340 files we read lacked a plan.",
        {"text": "12 percent", "bottom": 340, "measure": "files we read that lacked a plan"},
    ),
    (
        "In 2023, 81 percent of its 1,200 officers had been trained.",
        {"text": "81 percent", "bottom": 1200, "measure": "officers who had been trained"},
    ),
    (
        "About 30% of all 90 calls were late.",
        {"text": "30%", "bottom": 90, "measure": "calls that were late"},
    ),
    ("Of 120 files, 40 percent were late.", {"text": "40 percent", "bottom": 120}),
    ("It answered 90 percent of 999 calls.", {"text": "90 percent", "bottom": None}),
]
LABELS = [
    (
        "Crime Survey for England and Wales (12 months to March 2013)\n"
        "- 57 percent of adults say that their police do good work.\n"
        "Victim Satisfaction Survey (12 months to June 2014)\n- 81.4 percent (± 2.1 percent) were content.",
        {"text": "57 percent", "period": year("2013-03-31")},
    ),
    (
        "Crime Survey for England and Wales (12 months to March 2013)\n- 57 percent say so.\n"
        "Victim Satisfaction Survey (12 months to June 2014)\n- 81.4 percent (± 2.1 percent) were content.",
        {"text": "81.4 percent", "period": year("2014-06-30"), "by": "survey"},
    ),
    (
        "Staff survey, year ending 31 March 2022\n• 41 percent agreed.\n• 12 percent did not.",
        {"text": "12 percent", "period": year("2022-03-31"), "by": "survey"},
    ),
    (
        "Thefts recorded in 2021\n• 310 from shops.\n• In 2022, there were 290 thefts.",
        {"text": "290 thefts", "period": year("2022-12-31")},
    ),
    (  # a sentence is no label
        "In 2021, it changed.\n• 41 percent agreed.",
        {"text": "41 percent", "period": (None, None)},
    ),
]
RANKS = [
    (
        "It polices the second largest area in England.",
        {"text": "second largest", "measure": "rank (largest) of area in England", "by": None},
    ),
    (
        "The service covers the fourth smallest area of all forces.",
        {"text": "fourth smallest", "measure": "rank (smallest) of area of all forces", "by": None},
    ),
    (
        "It is the third busiest airport in England.",
        {"text": "third busiest", "measure": "rank (busiest) of airport in England", "by": None},
    ),
    (
        "It has the fifth highest charge rate of all forces in England and Wales.",
        {"text": "fifth highest", "measure": "rank (highest) by charge rate", "by": "official-statistics"},
    ),
    (
        "The rate of burglary was 4.2 per 1,000 population, the third highest in England and Wales.",
        {
            "text": "third highest",
            "measure": "rank (highest) by rate of burglary",
            "by": "official-statistics",
        },
    ),
    ("This was the fourth lowest.", {"text": "fourth lowest", "measure": "lowest rank", "by": None}),
]
TIMES = [
    ("The telephone system failed for 40 minutes.", {"text": "40 minutes", "value": 40, "unit": "duration"}),
    ("The room was out of use for about three days.", {"text": "three days", "value": 3, "base": "days"}),
    ("For six hours, calls went unanswered.", {"text": "six hours", "value": 6, "base": "hours"}),
    ("There was an outage of 90 minutes.", {"text": "90 minutes", "value": 90, "base": "minutes"}),
    ("The custody suite closed for 6 weeks.", {"text": "6 weeks", "value": 6, "base": "weeks"}),
    # an elliptical smaller unit
    ("The average wait was 7 minutes 20.", {"text": "7 minutes 20", "value": 440, "base": "seconds"}),
    ("The longest call took 2 hours 5, the force told us.", {"text": "2 hours 5", "base": "minutes"}),
    ("It took 9 minutes (11) to answer.", {"text": "11", "unit": "duration", "base": "minutes"}),
    ("Alcohol played a part in 31% (123) of the plans.", {"text": "123", "unit": "count"}),
    ("At 30 June, 354 children per 10,000 (2,042) had a plan.", {"text": "2,042", "unit": "count"}),
    ("There were 6.4 thefts per 1,000 people (7.2).", {"text": "7.2", "unit": "rate", "base": "1000"}),
]


@pytest.mark.parametrize(("text", "expected"), [*SHARES, *SAMPLES, *LABELS, *RANKS, *TIMES])
def test_a_figure_is_read_as_it_is_said(text: str, expected: dict[str, Any]) -> None:
    assert slots(text, expected) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Records are kept for 7 years.",
        "Bail was extended for 28 days.",
        "Staff must keep it for six years.",
        "It will train them for two years.",
    ],
)
def test_a_time_that_a_rule_sets_has_not_lasted(text: str) -> None:
    assert figures(text) == []
