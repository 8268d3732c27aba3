"""Recommendations inside a paragraph: a sentence with a deadline, or a list in running text."""

from __future__ import annotations

import pytest
from structure_texts import peel, structure

CONCERN = "Cause of concern\nThe force fails victims of theft\n"
TITLED = (
    "Cause of concern\nThe force fails victims of theft\nToo many thefts are closed early.\nRecommendations\n"
)


def recommendations(body: str) -> list[tuple[str, str | None]]:
    found = structure(peel("Investigating crime\nInadequate", body)).boxes
    return [(box.text, box.due) for box in found if box.kind == "recommendation"]


def test_sentences_of_a_paragraph_that_begin_with_a_deadline_are_recommendations() -> None:
    said = (
        "Too many thefts are closed early. By 31 March 2025, the force should review each closed case. "
        "Within six months, it should tell each victim why."
    )
    assert recommendations(CONCERN + said) == [
        ("By 31 March 2025, the force should review each closed case.", "2025-03-31"),
        ("Within six months, it should tell each victim why.", "2024-12-12"),
    ]


def test_what_is_left_of_the_paragraph_is_the_cause_of_concern() -> None:
    said = "Too many thefts are closed early. By 31 March 2025, the force should review each closed case."
    cause = structure(peel("Investigating crime\nInadequate", CONCERN + said)).boxes[0]
    assert (cause.kind, cause.text, cause.due) == (
        "cause-of-concern",
        "Too many thefts are closed early.",
        "2025-03-31",
    )


def test_paragraphs_without_a_label_that_begin_with_a_deadline_are_recommendations() -> None:
    said = "Within 28 days, the force should open a line.\nBy 30 September 2024, it should train managers."
    assert [due for _, due in recommendations(CONCERN + said)] == ["2024-07-10", "2024-09-30"]


@pytest.mark.parametrize(
    "said",
    [
        "By 31 March 2025, the force should: (a) review each case; (b) tell victims; and (c) report to us.",
        "By 31 March 2025, the force should (i) review each case; (ii) tell victims; and (iii) report to us.",
        "By 31 March 2025, the force should: review each case; tell victims; and report to us.",
    ],
)
def test_a_list_in_a_sentence_gives_an_item_for_each_part(said: str) -> None:
    expected = [(words, "2025-03-31") for words in ("review each case", "tell victims", "report to us")]
    assert recommendations(TITLED + said) == expected


def test_a_list_behind_a_numbered_label_keeps_the_number() -> None:
    said = (
        "Recommendation 4: within three months, the force should (a) review each case; and (b) tell victims."
    )
    found = structure(peel("Investigating crime\nInadequate", said)).boxes
    assert [(box.number, box.text, box.due) for box in found] == [
        ("4", "review each case", "2024-09-12"),
        ("4", "tell victims", "2024-09-12"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "Officers close cases (a third of them) in a day; and (by night) more.",
        "The force closes cases: theft; burglary; and fraud.",
        "By March 2024, the force had closed 30 cases.",
    ],
)
def test_a_paragraph_that_asks_for_nothing_stays_whole(said: str) -> None:
    found = structure(peel("Investigating crime\nInadequate", CONCERN + said)).boxes
    assert [(box.kind, box.text) for box in found] == [("cause-of-concern", said)]


def test_a_list_in_a_sentence_is_one_need() -> None:
    said = "By 31 March 2025, the force should: (a) review each case; and (b) tell victims why."
    found = structure(peel("Investigating crime\nInadequate", TITLED + said)).needs
    assert [need.text for need in found] == [said]


def test_where_no_area_is_known_a_heading_ends_the_summary() -> None:
    text = (
        "Northmoor Police\nAn inspection of something new\nOverview\nWe looked at records.\n"
        "Records\nThe force keeps them.\nArea for improvement\n"
        "The force should record each report on the day\nIt doesn’t."
    )
    assert [box.kind for box in structure(text).boxes] == ["area-for-improvement"]


def test_a_list_without_a_label_below_a_deadline_is_recommended() -> None:
    said = (
        "Calls are logged late.\nWithin three months, Northmoor Police should:\n• log each call; and\n"
        "• tell the caller.\nOfficers are kind\nThey are."
    )
    assert recommendations(said) == [("log each call", "2024-09-12"), ("tell the caller", "2024-09-12")]


def test_a_list_without_a_label_and_without_a_deadline_is_none() -> None:
    assert (
        recommendations("The force should:\n• log each call; and\n• tell the caller.\nOfficers act\nYes.")
        == []
    )
