"""Labels of boxes: what opens one, what stands behind it, and what is only a tally."""

from __future__ import annotations

import pytest
from structure_texts import peel, structure

from kg.model.frameworks import load_frameworks
from kg.model.records import Box
from kg.nlp.document.wording import Words, words_for
from kg.nlp.structure.box_labels import box_label, line_status


@pytest.fixture(scope="module")
def words() -> Words:
    frameworks = load_frameworks()
    peel = next(f for f in frameworks if f.notation == "peel-2023-25")
    return words_for(peel, frameworks, ("Marchshire Police",))


@pytest.mark.parametrize(
    ("line", "kind", "number", "rest"),
    [
        ("Cause of concern", "cause-of-concern", None, None),
        ("Cause of concern: managing offenders", "cause-of-concern", None, "managing offenders"),
        ("Area for improvement – custody", "area-for-improvement", None, "custody"),
        (
            "Area for improvement 2: The force should act.",
            "area-for-improvement",
            "2",
            "The force should act.",
        ),
        ("Recommendation 3", "recommendation", "3", None),
        ("4. Recommendations", "recommendation", None, None),
        ("Cause of concern A", "cause-of-concern", "A", None),
        ("Cause of concern B: custody", "cause-of-concern", "B", "custody"),
        ("Recommendation C – by 31 May 2025", "recommendation", "C", "by 31 May 2025"),
        ("Promising practice: young volunteers", "promising-practice", None, "young volunteers"),
    ],
)
def test_what_a_label_says(line: str, kind: str, number: str | None, rest: str | None, words: Words) -> None:
    label = box_label(line, words)
    assert label is not None
    assert (label.kind, label.number, label.rest) == (kind, number, rest)


@pytest.mark.parametrize(
    "line",
    [
        "9 areas for improvement",
        "1 area for improvement",
        "2 causes for concern",
        "Areas for improvement: 3",
        "Areas for improvement (3)",
        "Areas for improvement 12",
        "Causes of concern: none",
        "Recommendations: closed",
        "Recommendations: no recommendations were made",
        "We made three recommendations",
    ],
)
def test_tallies_open_nothing(line: str, words: Words) -> None:
    assert box_label(line, words) is None


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Open", "open"),
        ("Status: Completed", "closed"),
        ("In progress", "open"),
        ("Superseded", "superseded"),
        ("Open cases", None),
        ("The case was closed", None),
    ],
)
def test_a_line_that_is_a_status(line: str, status: str | None) -> None:
    assert line_status(line) == status


LETTER = """Cause of concern letter to Northmoor Police
Letter information
Sent on:
3 March 2025
In our PEEL 2023–2025 inspection of Northmoor Police we found serious failings.
{label}
The force doesn’t visit offenders.
Recommendations
By 30 June 2025, the force should:
1. visit on time; and
2. record each visit."""


@pytest.mark.parametrize(
    ("label", "title"),
    [
        ("Cause of concern: managing offenders", None),
        ("Cause of concern – Managing offenders and suspects", None),
        ("Cause of concern 1: Managing offenders", None),
        ("Cause of concern: nobody visits", "nobody visits"),
    ],
)
def test_a_label_with_words_behind_it_opens_a_box(label: str, title: str | None) -> None:
    cause, first, second = structure(LETTER.format(label=label)).boxes
    assert (cause.kind, cause.title, cause.text) == (
        "cause-of-concern",
        title,
        "The force doesn’t visit offenders.",
    )
    assert [(box.number, box.text, box.due) for box in (first, second)] == [
        ("1", "visit on time", "2025-06-30"),
        ("2", "record each visit", "2025-06-30"),
    ]
    if title is None:
        assert {box.area for box in (cause, first, second)} == {"Managing offenders and suspects"}


def boxes(body: str) -> tuple[Box, ...]:
    return structure(
        peel("Investigating crime", "Northmoor Police is good at investigating crime.\n" + body)
    ).boxes


def test_a_tally_between_lines_opens_nothing() -> None:
    assert boxes("2 causes for concern\n9 areas for improvement\nFindings for Northmoor Police") == ()
    assert boxes("Areas for improvement: 3\nThe force has three stations.") == ()


def test_a_label_that_says_that_there_are_none_opens_nothing() -> None:
    assert boxes("Areas for improvement\nNone identified.\nMain findings\nThe force acts\nYes.") == ()
    assert boxes("Causes of concern\nWe found no causes of concern.") == ()


TRACKER = """PEEL Assessment 2023-25: Northmoor Police
Causes for concern
Concern
Open
The force needs to answer emergency calls sooner
It has too few call takers.
Northmoor Police
Areas for improvement
AFI 2
Status: Completed
Due date: 31 March 2025
The force needs to record crimes sooner
It is late with one crime in ten.
Recommendation
In progress
The force should train its sergeants."""


def test_items_of_a_tracker_have_kind_status_and_text() -> None:
    found = structure(TRACKER).boxes
    assert [(box.kind, box.status, box.number, box.due) for box in found] == [
        ("cause-of-concern", "open", None, None),
        ("area-for-improvement", "closed", "2", "2025-03-31"),
        ("recommendation", "open", None, None),
    ]
    assert found[0].text == "The force needs to answer emergency calls sooner\nIt has too few call takers."
    assert found[1].text.startswith("The force needs to record crimes sooner")
    assert found[2].text == "The force should train its sergeants."


def test_a_tracked_recommendation_is_an_item_of_its_own_and_tallies_end_a_box() -> None:
    text = TRACKER.partition("Causes for concern")[0] + (
        "Cause of concern 1\nIn progress\nDeadline: 31 October 2025\nThe force should supervise.\n"
        "Recommendation 2\nClosed\nTrain every sergeant.\n1 promising practice\nAreas for improvement: 4\n"
    )
    found = structure(text).boxes
    assert [(box.kind, box.number, box.text, box.status, box.due) for box in found] == [
        ("cause-of-concern", "1", "The force should supervise.", "open", "2025-10-31"),
        ("recommendation", "2", "Train every sergeant.", "closed", None),
    ]
