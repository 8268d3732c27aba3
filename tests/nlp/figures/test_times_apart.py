"""A figure never has the time of another statement of its sentence: no date is better than another's."""

from __future__ import annotations

import pytest
from figure_helpers import NONE, Dates, day, figures, year

Y18 = year("2018-12-31")


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        (
            "We read 120 logs, and 72 percent were complete (2018: 64 percent).",
            {"72 percent": NONE, "64 percent": Y18},
        ),
        ("Its budget is £163.2m (2018/19: £154.9m).", {"£163.2m": NONE, "£154.9m": year("2019-03-31")}),
        (
            "Advice was given in 31 of 40 calls (2018: 22 of 40).",
            {"31 of 40 calls": NONE, "22 of 40": Y18},
        ),
        (
            "Plans were sound in 52 percent of files, down from 69 percent in our 2018 review.",
            {"52 percent": NONE, "69 percent": Y18},
        ),
        (
            "Inspectors saw 12 of 19 constables who had been trained, whereas in 2018 it was 5 of 20.",
            {"12 of 19 constables": NONE, "5 of 20": Y18},
        ),
        ("It has 41 dog handlers, three more than it had in March 2018.", {"41 dog handlers": NONE}),
        ("It has 14 percent fewer sergeants than there were in 2018.", {"14 percent": NONE}),
        ("In its strategy, published in May 2018, it assumes a cut of 2.4 percent.", {"2.4 percent": NONE}),
        ("The hub, which opened in 2018, takes 38 percent of all calls.", {"38 percent": NONE}),
        (
            "The force hopes to sell it for £6m, but a surveyor advised in May 2018 that it is worth £4m.",
            {"£6m": NONE},
        ),
        (  # both sides have a time of their own
            "It was 9.1 percent in the year ending 31 March 2019, down from 9.8 percent in 2018.",
            {"9.1 percent": year("2019-03-31"), "9.8 percent": Y18},
        ),
        (  # how much it fell by has the time in which it did
            "Thefts fell by 22 percent, from 148 in 2018 to 115 in 2019.",
            {"22 percent": year("2019-12-31"), "148": Y18, "115": year("2019-12-31")},
        ),
        (  # the day of the level is not that of what it is more than
            "On 31 March 2024, it had 68 fewer PCSOs than it had on 31 March 2018.",
            {"68 fewer PCSOs": day("2024-03-31")},
        ),
        (  # one time behind two groups is that of both
            "The rate was 9.1 percent, compared with 8.2 percent in England and Wales, in 2018.",
            {"9.1 percent": Y18, "8.2 percent": Y18},
        ),
    ],
)
def test_a_time_that_another_statement_has_is_not_the_figures(text: str, dates: dict[str, Dates]) -> None:
    found = {figure.text: (figure.period_begin, figure.period_end) for figure in figures(text)}
    assert {words: found[words] for words in dates} == dates
