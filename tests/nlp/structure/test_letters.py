"""Letters: the areas of their findings, their subject lines, and the recommendations that they quote."""

from __future__ import annotations

import pytest
from structure_texts import document

from kg.model.records import Extraction
from kg.nlp.structure import find_structure

HEAD = """HM Inspector of Constabulary
9 October 2024
Chief Constable
Northmoor Police
Dear Chief Constable
{subject}
Our PEEL 2023–25 report on Northmoor Police came out on 14 February 2024. It had two causes of concern.
"""
FIRST = "Call handlers assess risk well\nWe found 46 good logs of 48."
SECOND = "Leaders are visible, but staff are tired\nThe workforce told us so. Its wellbeing suffers."


def letter(body: str, subject: str = "PEEL 2023–25: causes of concern revisit, September 2024") -> Extraction:
    end = "\nYours sincerely\nOttoline Garrick\nHM Inspector of Constabulary"
    return find_structure(document(HEAD.format(subject=subject) + body + end))


@pytest.mark.parametrize(
    ("label", "heading", "areas"),
    [
        ("Cause of concern 1: responding to the public", "Other matters", ["Responding to the public", None]),
        ("Cause of concern – investigating crime", "Our other work", ["Investigating crime", None]),
        (
            "Cause of concern: managing offenders",
            "How the force investigates crime",
            ["Managing offenders and suspects", "Investigating crime"],
        ),
        ("Managing offenders and suspects", "Any other business", ["Managing offenders and suspects", None]),
        (
            "Progress on protecting vulnerable people",
            "What we found",
            ["Protecting vulnerable people", "Protecting vulnerable people"],
        ),
    ],
)
def test_a_finding_is_of_the_area_that_its_part_of_the_letter_names(
    label: str, heading: str, areas: list[str | None]
) -> None:
    found = letter(f"{label}\nWe said that it was poor.\n{FIRST}\n{heading}\n{SECOND}").findings
    assert [finding.area for finding in found] == areas


@pytest.mark.parametrize(
    "subject",
    [
        "PEEL 2023–25: causes of concern revisit, September 2024",
        "Progress that the force has made since our inspection",
        "The force has two causes of concern",
    ],
)
def test_the_subject_line_of_a_letter_is_no_finding(subject: str) -> None:
    found = letter(f"Cause of concern: managing offenders\nIt was poor.\n{FIRST}", subject).findings
    assert [finding.heading for finding in found] == [FIRST.split("\n")[0]]


@pytest.mark.parametrize(
    "announced",
    ["We made these recommendations:", "There were two recommendations:", "Our report recommended that:"],
)
def test_recommendations_in_quotation_marks_are_boxes(announced: str) -> None:
    first = "‘By 31 May 2024, Northmoor Police should make sure that call handlers record each call.’"
    second = "“By 31 August 2024, the deputy chief constable should reduce waits to no more than a week.”"
    boxes = letter(
        "Cause of concern: responding to the public\nWe said: ‘Northmoor Police doesn’t answer calls.’\n"
        f"{announced}\n{first}\n{second}\n{FIRST}"
    ).boxes
    assert [(box.kind, box.due, box.area) for box in boxes] == [
        ("cause-of-concern", None, "Responding to the public"),
        ("recommendation", "2024-05-31", "Responding to the public"),
        ("recommendation", "2024-08-31", "Responding to the public"),
    ]
    assert boxes[0].text == "We said: ‘Northmoor Police doesn’t answer calls.’"
    assert boxes[1].text == first
    assert {box.parent for box in boxes[1:]} == {(boxes[0].start, boxes[0].end)}


def test_a_quoted_list_has_its_last_item() -> None:
    boxes = letter(
        "Cause of concern: protecting vulnerable people\nWe said: ‘The force fails some victims.’\n"
        "There were two recommendations:\n‘By 30 June 2024, Northmoor Police should:\n"
        "(a) clear the backlog; and\n(b) put in place, by 1 July 2024, governance that prevents another.’\n"
        f"{FIRST}"
    ).boxes
    assert [(box.number, box.due) for box in boxes[1:]] == [("a", "2024-06-30"), ("b", "2024-07-01")]
    assert boxes[2].text == "put in place, by 1 July 2024, governance that prevents another"


def test_a_paragraph_that_only_speaks_of_recommendations_announces_none() -> None:
    boxes = letter(
        "Cause of concern: managing offenders\nThe recommendations were clear. The force has acted.\n"
        f"You should know that we will return.\n{FIRST}"
    ).boxes
    assert [box.kind for box in boxes] == ["cause-of-concern"]


@pytest.mark.parametrize(
    ("sentence", "due", "wording"),
    [
        ("The force should, by 30 June 2025, train more call handlers.", "2025-06-30", "by 30 June 2025"),
        (
            "Recommendations 3 and 4 stay open, and the force should complete them by 31 January 2025.",
            "2025-01-31",
            "by 31 January 2025",
        ),
        ("The force should train more call handlers.", None, None),
        ("The force should act on this at once.", None, None),
    ],
)
def test_a_need_of_prose_has_the_deadline_that_its_sentence_sets(
    sentence: str, due: str | None, wording: str | None
) -> None:
    (need,) = letter(f"What we found\nCalls are answered faster. {sentence}").needs
    assert (need.due, need.due_text, need.due_derived) == (due, wording, False)


@pytest.mark.parametrize(
    ("sentence", "continuing"),
    [
        ("I am still concerned about how the force manages offenders.", True),
        ("I continue to have concerns about how the force manages offenders.", True),
        ("I remain concerned about how the force manages offenders.", True),
        ("The way it manages offenders still worries me.", True),
        ("I am concerned about how the force manages offenders.", False),
        ("I am also concerned about the way that the force still manages offenders.", False),
    ],
)
def test_a_concern_says_whether_it_is_not_new(sentence: str, continuing: bool) -> None:
    (concern,) = letter(f"What we found\n{sentence}").concerns
    assert concern.continuing is continuing
