"""What kind of number each figure is: kind, sign, bound and complement, from the words around the number."""

from __future__ import annotations

import pytest
from figure_helpers import figures

KINDS = [
    # sizes of changes, with the sign that their words give
    ("Domestic burglary fell by 27.6 percent from 21,542 to 15,590.", "change- level level"),
    ("The force has 672 fewer officers than it had in 2010.", "change-"),
    ("It recorded 3,418 incidents, a 4 percent increase on the previous year.", "level change+"),
    (
        "Victim-based crime rose by 4 per cent; the rise in England and Wales was 8 per cent.",
        "change+ change+",
    ),
    ("Crime rose by 4 percent, compared with 8 percent in England and Wales.", "change+ change+"),
    ("The precept rose by £15 in April 2023.", "change+"),
    # gaps between two things at one time
    ("The rate was 3 percentage points higher than in England and Wales.", "difference+"),
    ("Its score was 2 points below the national average.", "difference-"),
    # parts of a whole
    ("In the year, the force answered 84.1 percent of 999 calls within ten seconds.", "share"),
    ("We reviewed 60 police case files. In 41 of them, there was a plan.", "sample share"),
    ("One in five cases ended because the victim did not support police action.", "share"),
    ("Of the 16 change projects under way, only 6 had a business case.", "level share"),
    # per something, times as many, order
    ("There were 9.0 crimes per 1,000 population.", "rate"),
    ("Firefighter cost per head of population was £26.14 in 2022/23.", "rate"),
    ("Black people were 2.9 times as likely to be stopped as White people.", "ratio"),
    ("The charge rate was the fifth highest of all forces.", "rank"),
    # what was looked at
    ("We examined 48 incident logs and 25 case files.", "sample sample"),
    ("The force has 8,626 officers and a budget of £688m.", "level level"),
]


@pytest.mark.parametrize(("text", "kinds"), KINDS)
def test_a_number_has_its_kind_and_sign(text: str, kinds: str) -> None:
    assert [figure.kind + (figure.sign or "") for figure in figures(text)] == kinds.split()


BOUNDS = [
    ("The service has about 418,000 residents.", "about"),
    ("Nearly one in five cases ended in this way.", "about"),
    ("She supports the 60 or so women who come.", "about"),
    ("The force has at least 40 detectives.", "at-least"),
    ("Officers had 30 or more crimes each.", "at-least"),
    ("It has well over 200 officers.", "at-least"),
    ("Each had up to four other roles.", "at-most"),
    ("The force manages under 4 percent of calls in this way.", "at-most"),
    ("The force recorded 18.2 percent fewer crimes than in 2022.", "exact"),
    ("The force received complaints about 12 officers.", "exact"),
]


@pytest.mark.parametrize(("text", "bound"), BOUNDS)
def test_a_number_is_as_exact_as_the_words_before_and_behind_say(text: str, bound: str) -> None:
    assert next(figure.bound for figure in figures(text)) == bound


def test_a_comparison_gives_no_bound() -> None:
    found = figures("The rate is 5 percentage points more than 12 percent.")
    assert [figure.bound for figure in found] == ["exact", "exact"]


OPPOSITES = [
    ("Call handlers failed to give advice on evidence in 9 of 16 cases.", [True]),
    ("Of the 80 cases that we examined, 22 had no record of contact.", [False, True]),
    ("There was no investigation plan in 29 of the 68 cases.", [True]),
    ("There was a plan in 29 of the 68 cases.", [False]),
]


@pytest.mark.parametrize(("text", "opposites"), OPPOSITES)
def test_a_negated_predicate_counts_the_opposite(text: str, opposites: list[bool]) -> None:
    assert [figure.complement for figure in figures(text)] == opposites


WHOLES = [
    ("The force answered 84.1 percent of 999 calls within ten seconds.", "999 calls within ten seconds"),
    ("There was a plan in 29 of the 68 cases.", "cases"),
    ("Pay makes up 79 percent of the budget.", "budget"),
    ("The tax came to £196 a resident.", "resident"),
]


@pytest.mark.parametrize(("text", "whole"), WHOLES)
def test_a_share_or_rate_is_of_something(text: str, whole: str) -> None:
    assert figures(text)[-1].of == whole
