"""Deadlines: which words are one, which day they mean, and from which day relative ones count."""

from __future__ import annotations

import pytest
from structure_texts import structure

from kg.model.records import Box, Extraction
from kg.nlp.structure.due import find_due


@pytest.mark.parametrize(
    ("text", "issued", "date", "derived"),
    [
        ("By 31 March 2024, the force should:", None, "2024-03-31", False),
        ("By no later than Friday 28 June 2024 the service should:", None, "2024-06-28", False),
        ("The force should, by 30/06/2025, train its call handlers.", None, "2025-06-30", False),
        ("by the end of March 2024", None, "2024-03-31", True),
        ("by February 2024", None, "2024-02-29", True),
        ("publish a plan by the end of 2025", None, "2025-12-31", True),
        ("By the end of the 2024/25 financial year, it should:", None, "2025-03-31", True),
        ("within three months", "2024-11-30", "2025-02-28", True),
        ("within 28 days of this report", "2024-06-12", "2024-07-10", True),
        (
            "Within 28 days of the date of publication of this report, it should",
            "2024-06-12",
            "2024-07-10",
            True,
        ),
        ("within a year", "2024-06-12", "2025-06-12", True),
        ("In six months, the force should:", "2024-06-12", "2024-12-12", True),
        ("In the next three months, the force should:", "2024-06-12", "2024-09-12", True),
        ("The force should, within six weeks, appoint a lead.", "2024-06-12", "2024-07-24", True),
        ("The service should send us its action plan within 28 days.", "2024-06-12", "2024-07-10", True),
        ("To address this cause of concern, the force should immediately:", "2024-06-12", "2024-06-12", True),
        ("with immediate effect", None, None, True),
        ("Make sure that the annual report is published immediately.", "2024-06-12", "2024-06-12", True),
        ("As a matter of urgency, the force should:", "2024-06-12", None, True),
        ("The council should urgently review its plans.", "2024-06-12", None, True),
        ("within six months", None, None, True),
        ("within 10 working days", "2024-06-12", None, True),
        ("within three months of our inspection", "2024-06-12", None, True),
        ("By 31 June 2024", None, None, False),
        ("By the end of the financial year, the force should:", "2024-06-12", None, True),
        ("by autumn 2025", "2024-06-12", None, True),
        ("By close of business on 3 May 2025, it should:", None, "2025-05-03", False),
        (
            "Not later than three months from the date of this report, it should:",
            "2024-06-12",
            "2024-09-12",
            True,
        ),
        ("By the time of our next inspection, the force should:", "2024-06-12", None, True),
        ("By the end of the second quarter of 2025, it should:", "2024-06-12", None, True),
        ("By Q3 2025, it should:", "2024-06-12", None, True),
        ("The service should, by the end of Q1, publish its plan.", "2024-06-12", None, True),
        ("By noon on Monday 5 May 2025, it should:", "2024-06-12", "2025-05-05", False),
        ("Before May 5th, 2025, it should:", "2024-06-12", "2025-05-05", False),
        ("Within two weeks of 5 May 2025, it should:", "2024-06-12", "2025-05-19", True),
        ("It must, no later than a month before 5 May 2025, tell us.", "2024-06-12", "2025-04-05", True),
        ("Within 900 years of 5 May 9999, it should:", "2024-06-12", None, True),
        ("By 2027, it should:", "2024-06-12", None, True),
        ("The force should close its cells by 2027/28.", "2024-06-12", None, True),
        ("To put this right, within half a month, the force should:", "2024-06-12", None, True),
        ("The service must, within 2 to 3 weeks, tell its staff.", "2024-06-12", None, True),
        ("Before the start of the next school year, leaders should:", "2024-06-12", None, True),
        ("By 5 May 2025 (originally 5 January 2025), it should:", "2024-06-12", None, True),
        ("The plan should be approved by 5 May 2025.", "2024-06-12", "2025-05-05", False),
        ("Make sure that staff are quickly trained by 5 May 2025 in it.", "2024-06-12", "2025-05-05", False),
        ("It should have its backlog of cases cleared by 5 May 2025.", "2024-06-12", "2025-05-05", False),
        ("Leaders should proceed by 5 May 2025.", "2024-06-12", "2025-05-05", False),
    ],
)
def test_due_dates(text: str, issued: str | None, date: str | None, derived: bool) -> None:
    due = find_due(text, issued)
    assert due is not None
    assert (due.date, due.derived) == (date, derived)


@pytest.mark.parametrize(
    "text",
    [
        "The force should act.",
        "make sure that every victim is told within five days",
        "The force should answer letters within ten days.",
        "The force should answer calls no later than five minutes after they come in.",
        "Children are identified immediately when they are at risk.",
        "The force should make sure that officers immediately record each use of force.",
        "complete each assessment within 28 days of the referral",
        "Sergeants should review all cases within a month.",
        "The force needs to deal with applications without delay.",
        "The force should find out why its backlog grew in six months.",
        "Not before 5 May 2025, the force should:",
        "The force should review crimes recorded by 5 May 2025 again.",
        "The force should pay those who left before 5 May 2025.",
        "The service should visit all homes that had been registered by 5 May 2025.",
        "Within five weeks of a complaint, the force should reply.",
        "By working with partners over the coming year, the force should learn.",
        "Within the past year, the force should have learnt.",
    ],
)
def test_standards_are_no_deadlines(text: str) -> None:
    assert find_due(text, "2024-06-12") is None


def test_a_deadline_of_this_letter_counts_from_the_letter() -> None:
    due = find_due("Within 28 days of this letter, the service should:", "2023-07-04", "2024-02-09")
    assert due is not None
    assert due.date == "2024-03-08"


def letter(background: str, within: str = "Within 28 days", title: str = "revisit letter") -> Extraction:
    return structure(
        f"Alnshire Fire and Rescue Service: Cause of concern {title}\nPublished on: 9 February 2024\n"
        f"Background\n{background}\nCause of concern\nThe service doesn’t know its risks.\n"
        f"Recommendations\n{within}, the service should:\n- write a strategy; and\n- review its programme.\n"
        "On 25 July 2023, you sent us a plan."
    )


def dues(found: Extraction) -> list[str | None]:
    return [box.due for box in found.boxes if box.kind == "recommendation"]


@pytest.mark.parametrize(
    "background",
    [
        "On 4 July 2023, we issued the cause of concern and made the following recommendations:",
        "We inspected the service in May 2023. We issued a cause of concern about risk on 4 July 2023.",
        "Our report of 4 July 2023 made two recommendations.",
        "In our report, published on 4 July 2023, we gave the service a cause of concern.",
        "A cause of concern was issued on 4 July 2023. On 20 July 2023, you wrote to me.",
        "We published our report on 4 July 2023. We described one cause of concern.",
    ],
)
def test_a_quoted_deadline_runs_from_the_day_of_issue(background: str) -> None:
    found = letter(background)
    assert dues(found) == ["2023-08-01"] * 2
    assert all(box.due_derived and box.due_text == "Within 28 days" for box in found.boxes[1:])


@pytest.mark.parametrize(
    "background",
    [
        "In July 2023, we issued a cause of concern.",
        "We inspected the service between 3 and 14 May 2023 and found a cause of concern.",
        "On 4 July 2023, we issued a cause of concern. On 6 October 2023, we issued two recommendations.",
        "On 4 July 2023, you published a plan that addresses the cause of concern.",
    ],
)
def test_without_one_day_of_issue_a_quoted_deadline_has_no_date_but_a_notice(background: str) -> None:
    found = letter(background)
    assert dues(found) == [None, None]
    assert {box.due_text for box in found.boxes[1:]} == {"Within 28 days"}
    assert [notice.code for notice in found.warnings if "28 days" in notice.message] == ["due-not-dated"]


def test_a_letter_that_issues_something_itself_is_its_day_of_issue() -> None:
    found = letter("I am writing about a serious failure. I am issuing a cause of concern.", title="letter")
    assert dues(found) == ["2024-03-08"] * 2


def test_a_stated_date_needs_no_day_of_issue() -> None:
    found = letter("In July 2023, we issued a cause of concern.", within="By 31 March 2024")
    assert dues(found) == ["2024-03-31"] * 2
    assert not any(notice.code == "due-not-dated" for notice in found.warnings)


def cause(found: Extraction) -> Box:
    return next(box for box in found.boxes if box.kind == "cause-of-concern")


def test_a_cause_of_concern_has_the_one_date_that_its_recommendations_share() -> None:
    assert cause(letter("We found this.", within="By 31 March 2024")).due == "2024-03-31"


def test_a_cause_of_concern_with_several_dates_has_none() -> None:
    found = letter("We found this.", within="By 31 March 2024, the service should:\n- plan.\nBy 30 June 2024")
    assert [cause(found).due, *dues(found)] == [None, "2024-03-31", "2024-06-30", "2024-06-30"]


def test_an_item_may_have_a_date_of_its_own() -> None:
    found = letter("We found this.", within="By 31 March 2024")
    text = found.report.text.replace("review its programme.", "by 30 June 2024, review its programme.")
    assert dues(structure(text)) == ["2024-03-31", "2024-06-30"]
