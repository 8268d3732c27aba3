"""How boxes, findings and topics follow one another in reports of several cycles, and in letters."""

from __future__ import annotations

import pytest
from structure_texts import peel, structure

from kg.model.records import Extraction

JUDGED = "Northmoor Police is adequate at investigating crime.\n"
LAST = "\nMain findings\nThe force has improved its case files\nIt has."
DRONES = "The force uses drones to find evidence\nA drone found six cars."
FORENSICS = "The force should speed up its digital forensics\nDevices wait for ten months."


def read(body: str) -> Extraction:
    return structure(peel("Investigating crime", JUDGED + body))


def boxes(body: str) -> list[tuple[str, str, str | None]]:
    """Kind, title (or the beginning of the text) and due date of each box."""
    return [(box.kind, box.title or box.text[:40], box.due) for box in read(body).boxes]


def headings(body: str) -> list[str]:
    return [finding.heading for finding in read(body).findings]


def test_a_cause_of_concern_with_text_label_lead_in_and_bullets() -> None:
    body = (
        "Cause of concern\nThe force doesn’t supervise investigations\nIn 20 cases there was no plan.\n"
        "Recommendations\nIn six months, the force should:\n- supervise all cases; and\n- train sergeants."
    )
    assert boxes(body + LAST) == [
        ("cause-of-concern", "The force doesn’t supervise investigations", "2024-12-12"),
        ("recommendation", "supervise all cases", "2024-12-12"),
        ("recommendation", "train sergeants", "2024-12-12"),
    ]
    assert headings(body + LAST) == ["The force has improved its case files"]


def test_recommendations_at_once_by_a_date_and_within_months() -> None:
    body = (
        "Cause of concern\nNorthmoor Police is failing to investigate rape properly\nNobody leads.\n"
        "Recommendations\nWith immediate effect, the chief constable should:\n- appoint a lead; and\n"
        "- review open cases.\nBy 31 December 2024, the chief constable should train 40 specialists.\n"
        "Within 12 months, the force should reduce the backlog."
    )
    dues = [due for kind, _, due in boxes(body + LAST) if kind == "recommendation"]
    assert dues == ["2024-06-12", "2024-06-12", "2024-12-31", "2025-06-12"]


def test_two_asking_paragraphs_are_two_areas_for_improvement() -> None:
    body = (
        "Areas for improvement\nThe force should plan its cases.\nThe force should update victims. It told 9."
    )
    assert [text for _, text, _ in boxes(body + LAST)] == [
        "The force should plan its cases.",
        "The force should update victims. It told",
    ]


def test_bullets_are_areas_for_improvement_each() -> None:
    body = "Areas for improvement\n- The force should plan.\n- The force should act."
    assert len(boxes(body + LAST)) == 2


def test_numbers_are_areas_for_improvement_each() -> None:
    body = "Areas for improvement\n1. The force should plan.\n2. The force should act."
    assert [box.number for box in read(body + LAST).boxes] == ["1", "2"]


def test_three_kinds_of_box_in_a_row() -> None:
    body = f"Innovative practice\n{DRONES}\nArea for improvement\n{FORENSICS}\nPromising practice\n{DRONES}"
    assert [kind for kind, _, _ in boxes(body + LAST)] == [
        "innovative-practice",
        "area-for-improvement",
        "promising-practice",
    ]


def test_two_boxes_of_one_kind_in_a_row() -> None:
    body = f"Innovative practice\n{DRONES}\nInnovative practice\nThe force lends bikes\nThey are electric."
    assert [title for _, title, _ in boxes(body + LAST)] == [
        "The force uses drones to find evidence",
        "The force lends bikes",
    ]


def test_findings_go_on_after_a_box_among_them() -> None:
    body = (
        f"{LAST.strip()}\nArea for improvement\n{FORENSICS}\nDetectives carry heavy caseloads\nThey hold 25."
    )
    assert headings(body) == ["The force has improved its case files", "Detectives carry heavy caseloads"]
    assert len(boxes(body)) == 1


def test_a_recommendation_alone_is_followed_by_a_finding() -> None:
    body = (
        "Main findings\nRecommendation\nBy 31 March 2025, the force should review its caseloads.\n"
        "Detectives have regular supervision\nThey do."
    )
    assert [(kind, due) for kind, _, due in boxes(body)] == [("recommendation", "2025-03-31")]
    assert headings(body) == ["Detectives have regular supervision"]


def test_numbered_causes_and_recommendations_keep_their_numbers() -> None:
    body = (
        "Cause of concern 1\nThe force doesn’t meet the code\nVictims aren’t told.\nRecommendation 1\n"
        "Within six months, the force should meet the code.\nRecommendation 2\n"
        "Within nine months, the force should audit compliance."
    )
    found = read(body + LAST).boxes
    assert [(box.kind, box.number) for box in found] == [
        ("cause-of-concern", "1"),
        ("recommendation", "1"),
        ("recommendation", "2"),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "Well-established partnership working",
        "Limited understanding of demand",
        "Strong leadership at all levels",
    ],
)
def test_an_evaluation_is_a_finding(heading: str) -> None:
    assert headings(f"Main findings\n{heading}\nThe force meets its partners weekly.") == [heading]


@pytest.mark.parametrize(
    "heading",
    [
        "Leadership", "Vetting", "Outlier lines", "In brief", "Context", "Reducing crime assessment",
        "Catching criminals", "Crime supervision", "Management of registered sex offenders", "How we inspect",
    ],
)  # fmt: skip
def test_a_topic_is_no_finding(heading: str) -> None:
    assert headings(f"Main findings\nOfficers work hard\nThey do.\n{heading}\nThe force has a policy.") == [
        "Officers work hard"
    ]


@pytest.mark.parametrize("label", ["HM Inspector’s summary", "HM Inspector’s observations", "In brief"])
def test_headings_of_a_summary_are_no_findings(label: str) -> None:
    text = (
        "PEEL 2023–2025: An inspection of Northmoor Police\nOverall summary\n"
        f"HM Inspector’s summary\n{label}\nThe force has changed its leaders\nThere is a new chief."
    )
    assert structure(text).findings == ()


@pytest.mark.parametrize(
    ("sentence", "concern"),
    [
        ("I am concerned that the force is slow.", "concerned that the force is slow"),
        ("We have serious concerns about its culture.", "serious concerns about its culture"),
        ("The force’s vetting causes me concern.", "The force’s vetting causes me concern"),
        ("However, its culture remains a serious concern to me.", "its culture remains a serious concern"),
        ("My main concern is the time that victims wait.", "main concern is the time that victims wait"),
        ("I have concerns about its culture, to which I return below.", "concerns about its culture"),
        ("I have concerns about its culture, and it needs to do more.", "concerns about its culture"),
        ("I am disappointed that the force hasn’t made progress.", None),
        ("It no longer causes me concern.", None),
        ("This was a cause of concern in 2021.", None),
        ("Victims told us of their concerns about delays.", None),
    ],
)  # fmt: skip
def test_the_inspectors_own_concerns(sentence: str, concern: str | None) -> None:
    text = f"PEEL 2023–2025: An inspection of Northmoor Police\nHM Inspector’s summary\n{sentence}"
    assert [found.text for found in structure(text).concerns] == ([concern] if concern else [])


OLD = """PEEL: Police effectiveness 2016: An inspection of Northmoor Police
Overview
How effective is the force at keeping people safe and reducing crime?
Good
Northmoor Police is good at keeping people safe and reducing crime. It was good last year.
How effective is the force at preventing crime, tackling anti-social behaviour and keeping people safe?
Good
How effective is the force at investigating crime and reducing re-offending?
Requires improvement
How effective is the force at preventing crime, tackling anti-social behaviour and keeping people safe?
The police’s ability to prevent crime is important.
Areas for improvement
- The force should evaluate its work.
How effective is the force at investigating crime and reducing re-offending?
When a crime occurs, the public expect the police to investigate.
Areas for improvement
- The force should ensure that all crimes are supervised."""


def test_an_overview_grades_the_questions_below_the_pillar() -> None:
    assert [(j.area, j.grade) for j in structure(OLD).judgements] == [
        ("Effectiveness", "good"),
        ("Preventing crime and tackling antisocial behaviour", "good"),
        ("Investigating crime and reducing re-offending", "requires-improvement"),
    ]


def test_areas_for_improvement_of_questions_stand_in_their_areas() -> None:
    assert [box.area for box in structure(OLD).boxes] == [
        "Preventing crime and tackling antisocial behaviour",
        "Investigating crime and reducing re-offending",
    ]
