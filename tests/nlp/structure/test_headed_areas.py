"""Areas that only the headings above findings show, in reports that grade nothing."""

from __future__ import annotations

import pytest
from structure_texts import structure

NATIONAL = (
    "Out of sight\nA thematic inspection of how police forces store exhibits\nMarch 2024\nSummary\n"
    "We visited six forces.\nConditions vary from one store to the next.\n"
)
STORES = (
    "Keeping exhibits safe\nWe looked at 40 stores.\n"
    "Most stores are locked, but few are dry\nOf 40 stores, 9 were dry.\n"
    "Exhibits are lost too often\nForces lost 310 in 2023.\n"
)
PEOPLE = (
    "The people who look after them\nFindings\n"
    "Storekeepers aren’t trained\nOf 52 storekeepers, 50 had no training.\n"
    "Recommendation\nBy 31 March 2025, forces should train their storekeepers.\n"
)
CLOSE = "About the data\nWe counted exhibits ourselves.\n"


def test_a_national_report_has_its_headings_as_areas() -> None:
    found = structure(NATIONAL + STORES + PEOPLE + CLOSE)
    assert [(finding.area, finding.heading) for finding in found.findings] == [
        ("Keeping exhibits safe", "Most stores are locked, but few are dry"),
        ("Keeping exhibits safe", "Exhibits are lost too often"),
        ("The people who look after them", "Storekeepers aren’t trained"),
    ]
    assert [(box.kind, box.area) for box in found.boxes] == [
        ("recommendation", "The people who look after them")
    ]
    told = [n.message for n in found.warnings if n.code == "area-not-in-framework"]
    assert [message.partition("”")[0] for message in told] == [
        "“Keeping exhibits safe",
        "“The people who look after them",
    ]
    assert not found.judgements


@pytest.mark.parametrize(
    "text",
    [
        NATIONAL.replace("A thematic inspection of how", "How") + STORES + CLOSE,
        NATIONAL + STORES.partition("Exhibits are lost")[0] + CLOSE,
        NATIONAL + "Keeping exhibits safe\nWe looked at 40 stores.\nWhat we did\nWe counted.\n" + CLOSE,
    ],
    ids=["no inspection", "a single finding", "headings without findings"],
)
def test_where_a_report_is_not_built_so_nothing_is_made_a_finding(text: str) -> None:
    found = structure(text)
    assert (found.findings, [n.code for n in found.warnings if n.code == "area-not-in-framework"]) == ((), [])


CUSTODY = (
    "Report on an inspection of police custody in Alnshire Police\nMarch 2024\nSummary\n"
    "We visited two suites.\n"
    "{}\nFindings\nSergeants lead well\nEach suite has four.\n"
    "Nobody counts strip searches\nThe log was empty.\n"
    "Release and transfer from custody\nFindings\nDetainees get home safely\nOf 20 records, 19 said how.\n"
)


@pytest.mark.parametrize(
    ("heading", "area", "own"),
    [
        ("Leadership and accountability", "Leadership, accountability and partnerships", False),
        ("Searching and dignity", "Searching and dignity", True),
    ],
)
def test_a_heading_before_the_known_areas_is_one_in_other_words_or_the_reports_own(
    heading: str, area: str, own: bool
) -> None:
    found = structure(CUSTODY.format(heading))
    assert [finding.area for finding in found.findings] == [area, area, "Release and transfer from custody"]
    assert any(n.code == "area-not-in-framework" for n in found.warnings) is own


@pytest.mark.parametrize("number", ["Section 1. ", "Section 2: ", "Chapter three. ", "Part A – "])
def test_a_number_belongs_to_no_area(number: str) -> None:
    stores = STORES.replace("Keeping exhibits safe", f"{number}Keeping exhibits safe")
    found = structure(NATIONAL + stores + PEOPLE + CLOSE)
    assert {finding.area for finding in found.findings} == {
        "Keeping exhibits safe",
        "The people who look after them",
    }


REVIEW = """National Child Protection Inspection: post-inspection review
Alnshire Police
10 to 14 June 2024
Introduction
In October 2022, we inspected how the force protects children.
Case file analysis
We examined 60 cases of our own choice. Of these, 24 were good.
{area}
{between}{heading}
An assistant chief constable chairs the board, which meets each month.
"""


@pytest.mark.parametrize(
    ("area", "heading"),
    [
        ("Leadership, management and governance", "Chief officers have made children a priority"),
        ("Assessment and help", "Children go missing again and again without a plan"),
        ("Investigation", "Delay still affects too many investigations"),
    ],
)
@pytest.mark.parametrize(
    "between",
    ["", "Recommendation from the 2022 inspection\nWe recommend that the force trains its staff.\n"],
)
def test_an_area_opens_below_an_annex_where_a_heading_below_it_states_something(
    area: str, heading: str, between: str
) -> None:
    found = structure(REVIEW.format(area=area, between=between, heading=heading))
    assert [(finding.area, finding.heading) for finding in found.findings] == [(area, heading)]
    assert not [n for n in found.warnings if n.code == "area-not-in-framework"]


def test_an_area_of_which_an_annex_only_tells_numbers_opens_nothing() -> None:
    text = REVIEW.format(area="Investigation", between="", heading="Cases examined")
    assert not structure(text).findings
