"""Measures that are put right when they are made, so that a reader understands them alone."""

import pytest
from figure_helpers import figures


@pytest.mark.parametrize(
    ("text", "figure", "measure"),
    [
        (
            "It recorded 900 thefts in 2023. A charge followed in 8 percent of them.",
            "8 percent",
            "thefts in which a charge followed",
        ),
        (
            "It made 700 searches. The item was found in 24.8 percent of these searches.",
            "24.8 percent",
            "searches in which the item was found",
        ),
        (
            "A third said so. Sixty per cent of those who answered our survey said that they were tired.",
            "Sixty per cent",
            "respondents who said that they were tired",
        ),
        (
            "Only 33% of children adopted in Holmshire waited less than 18 months.",
            "33%",
            "children adopted in Holmshire who waited less than 18 months",
        ),
        (
            "In all, 14 of the 56 children who had a review had an advocate.",
            "14 of the 56 children",
            "children who had a review and had an advocate",
        ),
        (
            "There are 90 children who are taught at home and 166 children who are ill.",
            "166 children",
            "children who are ill",
        ),
        (
            "The average wait was 26 minutes. The longest, of 3 hours, was a girl’s.",
            "3 hours",
            "longest wait (hours)",
        ),
        (
            "Of the 90 cases we reviewed, 12 began with a call that was late.",
            "12",
            "cases that began with a call that was late",
        ),
        (
            "Please pass on my thanks to the 26 members of the gold group.",
            "26 members",
            "members of the gold group",
        ),
        (
            "It kept in touch with 90% of care leavers in the last quarter.",
            "90%",
            "care leavers that it kept in touch with",
        ),
        (
            "Since May 2023, when the scheme began, the desk has declined to attend 30 percent of requests.",
            "30 percent",
            "requests that the desk has declined to attend",
        ),
        ("Its plan sets out savings of £9.4m.", "£9.4m", "savings"),
        (
            "6.4% of Asian applicants were refused, compared with 2.0% of White applicants.",
            "2.0%",
            "White applicants who were refused",
        ),
        ("Most workers have between 15 and 18 cases.", "18 cases", "cases for most workers"),
        (
            "Officers submitted 6,214 use of force forms.",
            "6,214 use of force forms",
            "use of force forms submitted",
        ),
    ],
)
def test_a_measure_is_understood_alone(text: str, figure: str, measure: str) -> None:
    (found,) = (one for one in figures(text) if one.text == figure)
    assert found.measure == measure


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Vacancies, at 26 in May, are three times as numerous as they were in 2022 (nine).", "nine"),
        ("One in ten suspects were wanted. It arrests them in an average of 12 days.", "12 days"),
        ("The most recent figure (56% for March) demonstrates better performance.", "56%"),
    ],
)
def test_words_that_say_nothing_alone_give_no_measure(text: str, figure: str) -> None:
    (found,) = (one for one in figures(text) if one.text == figure)
    assert found.measure is None
