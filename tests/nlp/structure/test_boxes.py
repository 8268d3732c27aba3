"""Boxed items: their kinds, extents, recommendations, numbers and due dates."""

from __future__ import annotations

import pytest
from structure_texts import peel, structure

from kg.model.records import Box


def boxes(body: str) -> tuple[Box, ...]:
    start = "Northmoor Police is good at investigating crime.\n"
    return structure(
        peel("Investigating crime", start + body + "\nMain findings\nThe force acts well\nYes.")
    ).boxes


def test_a_box_runs_from_its_label_to_its_last_line() -> None:
    (box,) = boxes("Area for improvement\nThe force should act\nIt is slow.\nIt is late.")
    assert (box.kind, box.title, box.area) == (
        "area-for-improvement",
        "The force should act",
        "Investigating crime",
    )
    assert box.text == "It is slow.\nIt is late."
    assert box.end - box.start == len("Area for improvement\nThe force should act\n" + box.text)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Cause of concern", "cause-of-concern"),
        ("Area for improvement", "area-for-improvement"),
        ("Innovative practice", "innovative-practice"),
        ("Promising practice", "promising-practice"),
    ],
)
def test_labels_tell_the_kind(label: str, kind: str) -> None:
    assert [box.kind for box in boxes(f"{label}\nThe force has a new plan\nIt works.")] == [kind]


def test_each_bullet_of_areas_for_improvement_is_an_item() -> None:
    found = boxes(
        "Areas for improvement\n- The force should act.\n- The force should plan.\nThe force is large."
    )
    assert [box.text for box in found] == ["The force should act.", "The force should plan."]


def test_each_asking_paragraph_under_a_plural_label_is_an_item() -> None:
    found = boxes("Areas for improvement\nThe force should act. It is slow.\nThe force needs to plan.")
    assert [box.text for box in found] == ["The force should act. It is slow.", "The force needs to plan."]


def test_each_title_under_a_plural_label_is_an_item() -> None:
    found = boxes(
        "Areas for improvement\nThe force should act\nIt is slow.\nThe force needs to plan\nIt doesn’t."
    )
    assert [box.title for box in found] == ["The force should act", "The force needs to plan"]


def test_several_boxes_of_one_area_stay_apart() -> None:
    found = boxes(
        "Area for improvement\nThe force should act\nIt is slow.\nArea for improvement\n"
        "The force should plan\nNo.\n"
        "Innovative practice\nThe force uses drones\nThey fly."
    )
    assert [box.kind for box in found] == ["area-for-improvement"] * 2 + ["innovative-practice"]


def test_a_paragraph_alone_is_an_item_without_title() -> None:
    (box,) = boxes("Area for improvement\nThe force should act.")
    assert (box.title, box.text) == (None, "The force should act.")


def test_a_box_title_is_no_finding() -> None:
    body = (
        "Area for improvement\nThe force should act\nIt is slow.\nMain findings\nThe force plans well\nYes."
    )
    found = structure(peel("Investigating crime", body))
    assert [f.heading for f in found.findings] == ["The force plans well"]


def test_a_finding_after_a_box_among_the_findings_is_a_finding() -> None:
    body = (
        "Main findings\nThe force plans well\nYes.\nInnovative practice\nThe force uses drones\nThey fly.\n"
        "The force acts quickly\nYes."
    )
    found = structure(peel("Investigating crime", body))
    assert [f.heading for f in found.findings] == ["The force plans well", "The force acts quickly"]
    assert found.findings[0].passages[-1][1] < found.boxes[0].start


CAUSE = """Cause of concern
The force doesn’t supervise its investigations
We found no plans.
Recommendations
By 31 July 2024, Northmoor Police should:
- make sure that every investigation has a plan; and
- review each plan."""


def test_recommendations_hang_on_their_cause_of_concern() -> None:
    cause, first, second = boxes(CAUSE)
    assert (cause.kind, cause.title) == ("cause-of-concern", "The force doesn’t supervise its investigations")
    assert [first.text, second.text] == ["make sure that every investigation has a plan", "review each plan"]
    assert {first.parent, second.parent} == {(cause.start, cause.end)}
    assert [box.due for box in (cause, first, second)] == ["2024-07-31"] * 3
    assert cause.due_derived  # that of its recommendations


def test_numbered_recommendations_keep_their_numbers() -> None:
    text = CAUSE.replace("- make", "1. make").replace("- review", "2. review")
    assert [box.number for box in boxes(text)[1:]] == ["1", "2"]


def test_dates_after_publication_are_worked_out_and_marked() -> None:
    _, first, _ = boxes(CAUSE.replace("By 31 July 2024", "Within six months"))
    assert (first.due, first.due_text, first.due_derived) == ("2024-12-12", "Within six months", True)


def test_several_lead_ins_have_dates_of_their_own_and_the_cause_then_none() -> None:
    text = CAUSE.replace("; and\n- review", ".\nImmediately, the force should:\n- review")
    cause, first, second = boxes(text)
    assert (first.due, second.due, cause.due) == ("2024-07-31", "2024-06-12", None)
    assert second.due_derived


def test_recommendations_may_be_paragraphs_with_a_date_each() -> None:
    found = boxes(
        "Cause of concern\nThe force is failing to act.\nRecommendations\n"
        "- The force should immediately map its groups.\n"
        "- By 31 March 2025, the force should write a profile."
    )
    assert [box.due for box in found] == [None, "2024-06-12", "2025-03-31"]


def test_a_cause_of_concern_may_ask_without_a_label_for_recommendations() -> None:
    found = boxes(CAUSE.replace("Recommendations\n", ""))
    assert [box.kind for box in found] == ["cause-of-concern", "recommendation", "recommendation"]


def test_a_status_behind_a_dash_is_read_and_taken_off() -> None:
    closed, still_open = boxes(
        CAUSE.replace("plan; and", "plan – closed; and").replace("plan.", "plan – open.")
    )[1:]
    assert (closed.text, closed.status) == ("make sure that every investigation has a plan", "closed")
    assert (still_open.text, still_open.status) == ("review each plan", "open")


def test_bullets_that_were_lost_are_known_by_their_punctuation() -> None:
    text = CAUSE.replace("- make", "make").replace("- review", "review")
    assert [box.text for box in boxes(text)[1:]] == [
        "make sure that every investigation has a plan",
        "review each plan",
    ]


@pytest.mark.parametrize(
    ("first", "second", "due"),
    [
        ("Immediately:", "Within three months:", [("Immediately", None), ("Within three months", None)]),
        ("By May 2030:", "By June 2031:", [("By May 2030", None), ("By June 2031", None)]),
        ("Within 28 days", "Immediately", [("Within 28 days", None), ("Immediately", None)]),
    ],
)  # fmt: skip
def test_deadlines_that_divide_a_list_are_those_of_its_items(
    first: str, second: str, due: list[tuple[str | None, str | None]]
) -> None:
    text = (
        "Areas for improvement\nTo help victims sooner, the force should take the following action.\n"
        f"{first}\n- answer calls in time\n{second}\n- check all records."
    )
    found = boxes(text)
    assert [box.text for box in found] == ["answer calls in time", "check all records."]
    assert [(box.due_text, None if box.due_derived else box.due) for box in found] == due


def test_above_the_main_findings_a_need_titles_a_box_whose_label_is_lost() -> None:
    (box,) = boxes("The force needs to record why it stops people\nIn nine of 30 cases it did not.")
    assert (box.kind, box.title) == (
        "area-for-improvement",
        "The force needs to record why it stops people",
    )
    assert box.text == "In nine of 30 cases it did not."


def test_recommendations_without_a_label_above_are_those_of_a_cause_of_concern() -> None:
    cause, first, second = boxes(
        "The force leaves calls unanswered\nCallers give up.\nRecommendations\n"
        "By 30 April 2025, Northmoor Police should:\n- answer sooner; and\n- tell callers how long it takes."
    )
    assert (cause.kind, cause.text, cause.due) == ("cause-of-concern", "Callers give up.", "2025-04-30")
    assert {box.parent for box in (first, second)} == {(cause.start, cause.end)}


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        ("The force needs to record why it stops people", "an area for improvement"),
        ("The force leaves calls unanswered", "a cause of concern"),
    ],
)
def test_a_kind_that_no_label_says_has_a_notice(heading: str, why: str) -> None:
    below = "Some do not.\nRecommendations\nBy 30 April 2025, Northmoor Police should:\n- answer sooner."
    body = f"{heading}\n{below if 'concern' in why else 'In nine of 30 cases it did not.'}\nMain findings\n"
    found = structure(peel("Responding to the public", f"{body}The force plans well\nIt has a plan."))
    told = [notice for notice in found.warnings if notice.code == "box-kind-inferred"]
    assert [notice.message.startswith(f"“{heading}” has no label: taken for {why}") for notice in told] == [
        True
    ]
    labelled = structure(peel("Responding to the public", f"Area for improvement\n{body}"))
    assert not any(notice.code == "box-kind-inferred" for notice in labelled.warnings)


_WITHOUT_MAIN = """PEEL 2023–2025: An inspection of Northmoor Police
Managing offenders
{grade}
The force doesn’t visit offenders often enough
It visits few of them.
Recommendations
By 30 April 2025, Northmoor Police should:
- visit them.
The force keeps its systems up to date
It does so each week.
"""


def test_in_an_area_graded_low_a_shortcoming_with_recommendations_is_a_cause_of_concern() -> None:
    found = structure(_WITHOUT_MAIN.format(grade="Inadequate"))
    assert [box.kind for box in found.boxes] == ["cause-of-concern", "recommendation"]
    assert [one.heading for one in found.findings] == ["The force keeps its systems up to date"]


def test_in_an_area_graded_good_recommendations_make_no_cause_of_concern() -> None:
    found = structure(_WITHOUT_MAIN.format(grade="Good"))
    assert [box.kind for box in found.boxes] == ["recommendation"]


def test_a_plain_heading_above_the_main_findings_opens_no_box() -> None:
    assert boxes("The force has a new plan\nIt works.") == ()


def test_a_paragraph_that_counts_recommendations_is_none() -> None:
    (box,) = boxes(
        "Recommendations\nTwo of the four recommendations are complete.\n"
        "By 30 April 2025, Northmoor Police should:\n- visit offenders."
    )
    assert box.text == "visit offenders"
