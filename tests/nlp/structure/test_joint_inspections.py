"""Inspections of several bodies of one area together have frameworks of their own."""

from __future__ import annotations

import pytest
from structure_texts import structure

LETTER = """21 April 2021
Dear local partnership
{title}
This letter sums up the findings of the joint targeted area inspection of the response to {theme}.
Key strengths
- Children are seen quickly by the police and social workers together.
Areas for improvement
- The police should share what they know sooner.
"""
PARTNERSHIP = """Local area partnership report
Area SEND inspection of {body} Local Area Partnership
Inspection dates: 17 to 21 June 2024
Inspection outcome
{outcome}
The next full area SEND inspection will be within approximately three years.
What is the area partnership doing that is effective?
- Leaders know children and young people well and listen to what they say.
"""
ILACS = """Inspection of Bexley local authority children’s services
Inspection dates: 11 March to 22 March 2024
Judgement | Grade
Overall effectiveness | Good
The experiences and progress of children who need help and protection | Good
The experiences and progress of children in care | Good
The experiences and progress of care leavers | Good
Since the joint targeted area inspection of Bexley in 2021, leaders have changed how they work.
"""


@pytest.mark.parametrize(
    ("title", "theme"),
    [
        ("Joint targeted area inspection of Bexley", "the criminal exploitation of children"),
        ("Joint targeted area inspection of the multi-agency response to neglect in Bexley", "neglect"),
        ("Joint Targeted Area Inspection in Bexley", "children’s mental health"),
    ],
)
def test_a_joint_targeted_inspection_is_none_of_childrens_services_alone(title: str, theme: str) -> None:
    found = structure(LETTER.format(title=title, theme=theme))
    assert found.report.framework == "joint-targeted-area"
    assert found.report.kind == "joint-inspection"
    assert found.judgements == ()


@pytest.mark.parametrize(
    ("body", "outcome", "grade"),
    [
        (
            "Bexley",
            "The local area partnership’s special educational needs and/or disabilities (SEND) arrangements "
            "typically lead to positive experiences and outcomes for children and young people with SEND. "
            "The local area partnership is taking action where improvements are needed.",
            "typically-positive",
        ),
        (
            "Durham",
            "The local area partnership’s arrangements lead to inconsistent experiences and outcomes for "
            "children and young people with special educational needs and/or disabilities (SEND). The local "
            "area partnership must work jointly to make improvements.",
            "inconsistent",
        ),
        (
            "Bradford",
            "There are widespread and/or systemic failings leading to significant concerns about the "
            "experiences and outcomes of children and young people with special educational needs and/or "
            "disabilities (SEND), which the local area partnership must address urgently.",
            "systemic-failings",
        ),
    ],
)
def test_an_area_send_inspection_has_one_of_three_outcomes(body: str, outcome: str, grade: str) -> None:
    found = structure(PARTNERSHIP.format(body=body, outcome=outcome))
    assert found.report.framework == "area-send-2023"
    assert [(j.area, j.grade) for j in found.judgements] == [("Inspection outcome", grade)]


def test_what_the_inspection_before_came_to_is_no_outcome() -> None:
    told = "In 2019, inspectors found widespread and/or systemic failings in the area."
    assert structure(PARTNERSHIP.format(body="Bexley", outcome=told)).judgements == ()


def test_a_report_that_speaks_of_a_joint_inspection_is_none() -> None:
    assert structure(ILACS).report.framework == "ofsted-ilacs-2023"
