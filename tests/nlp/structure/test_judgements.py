"""Which lines grade an area, and which grades are no judgements."""

from __future__ import annotations

import pytest
from structure_texts import peel, structure

from kg.model.records import Extraction


def grades(found: Extraction) -> list[tuple[str, str]]:
    return [(judgement.area, judgement.grade) for judgement in found.judgements]


@pytest.mark.parametrize(
    ("area", "sentence", "grade"),
    [
        ("Investigating crime", "Northmoor Police is good at investigating crime.", "good"),
        (
            "Investigating crime",
            "Northmoor Police requires improvement at investigating crime.",
            "requires-improvement",
        ),
        ("Investigating crime", "The force is outstanding at investigating crime.", "outstanding"),
        (
            "Leadership and force management",
            "Northmoor Police’s leadership and management is adequate.",
            "adequate",
        ),
        (
            "Leadership and force management",
            "Northmoor Police's leadership and management is adequate.",
            "adequate",
        ),
        (
            "Building, supporting and protecting the workforce",
            "Northmoor Police is inadequate at building and developing its workforce.",
            "inadequate",
        ),
        ("Responding to the public", "Northmoor Police is good at answering and attending calls.", "good"),
    ],
)
def test_a_judgement_sentence_grades_its_area(area: str, sentence: str, grade: str) -> None:
    found = structure(peel(area, f"{sentence}\nMain findings\nThe force acts well\nIt does."))
    assert grades(found) == [(area, grade)]
    judgement = found.judgements[0]
    assert found.report.text[judgement.start : judgement.end] == sentence


def test_a_label_after_the_heading_opens_the_section_that_it_grades() -> None:
    body = (
        "Good\nMain findings\nThe force acts well\nYes.\nProtecting vulnerable people\nAdequate\n"
        "Main findings\nIt acts\nYes."
    )
    assert grades(structure(peel("Investigating crime", body))) == [
        ("Investigating crime", "good"),
        ("Protecting vulnerable people", "adequate"),
    ]


def test_a_label_before_the_next_heading_closes_the_section_that_it_grades() -> None:
    body = (
        "Main findings\nIt acts\nYes.\nGood\nProtecting vulnerable people\nMain findings\n"
        "It acts\nYes.\nAdequate"
    )
    assert grades(structure(peel("Investigating crime", body))) == [
        ("Investigating crime", "good"),
        ("Protecting vulnerable people", "adequate"),
    ]


def test_the_sentence_decides_and_a_label_that_disagrees_is_said() -> None:
    found = structure(
        peel("Investigating crime", "Adequate\nNorthmoor Police is good at investigating crime.")
    )
    assert grades(found) == [("Investigating crime", "good")]
    assert [w.code for w in found.warnings] == ["grades-disagree"]
    warning = found.warnings[0]
    assert found.report.text[warning.start : warning.end] == "Adequate"


def test_a_heading_may_carry_its_grade() -> None:
    found = structure(peel("Investigating crime: Inadequate", "Main findings\nThe force acts well\nYes."))
    assert grades(found) == [("Investigating crime", "inadequate")]


@pytest.mark.parametrize(
    "line",
    [
        "In our previous inspection, Northmoor Police was good at investigating crime.",
        "In PEEL 2021/22, the force was outstanding at investigating crime.",
        "Sussex Police is outstanding at investigating crime.",
        "The force holds reserves of 1.8 percent, which is adequate.",
        "Northmoor Police was given no outstanding or good grades.",
        "The force has an adequate plan. It is good at this.",
    ],
)
def test_other_grades_are_no_judgements(line: str) -> None:
    body = f"Main findings\nThe force acts well\n{line}"
    assert grades(structure(peel("Investigating crime", body))) == []


def test_a_finding_that_praises_is_no_judgement() -> None:
    body = (
        "Requires improvement\nMain findings\nThe force is good at investigating crime\nYes.\n"
        "The force is good at investigating crime."
    )
    assert grades(structure(peel("Investigating crime", body))) == [
        ("Investigating crime", "requires-improvement")
    ]


def test_the_inspectors_summary_grades_only_what_it_names() -> None:
    body = "I am pleased.\nNorthmoor Police is good at investigating crime. It is good at looking after dogs."
    assert grades(structure(peel("HM Inspector’s summary", body))) == [("Investigating crime", "good")]


def test_the_section_is_believed_before_the_inspectors_summary() -> None:
    body = (
        "Northmoor Police is good at investigating crime.\nInvestigating crime\nAdequate\n"
        "Main findings\nThe force acts well\nYes."
    )
    found = structure(peel("HM Inspector’s summary", body))
    assert grades(found) == [("Investigating crime", "adequate")]
    assert [w.code for w in found.warnings] == ["grades-disagree"]


def test_the_area_without_grade_has_no_judgement() -> None:
    body = "Good\nVictim service assessment\nNorthmoor Police is good at providing a service to victims."
    assert grades(structure(peel("Providing a service to the victims of crime", body))) == []


def test_an_overview_that_lists_areas_under_grades_counts_where_sections_give_none() -> None:
    text = (
        "PEEL 2023–2025: An inspection of Northmoor Police\nOverall summary\nOur judgments\n"
        "We judged it as follows:\n"
        "Good\nInvestigating crime\nManaging offenders\nInadequate\nProtecting vulnerable people\n"
        "It is hard to say more."
    )
    assert grades(structure(text)) == [
        ("Investigating crime", "good"),
        ("Managing offenders and suspects", "good"),
        ("Protecting vulnerable people", "inadequate"),
    ]


PILLARS = """PEEL: Police effectiveness, efficiency and legitimacy 2018/19
An inspection of Eastvale Police
Overall summary
I am pleased with Eastvale Police. It was graded as requires improvement for legitimacy in 2017.
Effectiveness
How effectively does the force reduce crime and keep people safe?
Requires improvement
Summary
Eastvale Police is effective at preventing crime.
Preventing crime and tackling anti-social behaviour
Good
This question was not subject to detailed inspection in 2018/19.
Investigating crime
Requires improvement
Areas for improvement
- The force should ensure that all crimes are allocated promptly.
- The force should ensure regular supervision of investigations.
We set out our detailed findings below. These are the basis for our judgment of the force’s performance.
Investigation quality
The force investigates well.
Legitimacy
How legitimately does the force treat the public and its workforce?
Good
Fair treatment of the public
Outstanding
Using force
The force does so fairly.
Annex A – About the data
Data.
"""


def test_pillars_and_questions_of_2018_19_are_graded_by_their_labels() -> None:
    found = structure(PILLARS)
    assert found.report.framework == "peel-2018-19"
    assert grades(found) == [
        ("Effectiveness", "requires-improvement"),
        ("Preventing crime and tackling antisocial behaviour", "good"),
        ("Investigating crime", "requires-improvement"),
        ("Legitimacy", "good"),
        ("Fair treatment of the public", "outstanding"),
    ]
    assert found.findings == ()
    assert [box.kind for box in found.boxes] == ["area-for-improvement"] * 2


FIRE = """Effectiveness, efficiency and people 2021/22 – Westshire Fire and Rescue Service
Published on: 27 July 2022
Effectiveness
How effective is the service at keeping people safe and secure?
Good
Summary
Westshire Fire and Rescue Service’s overall effectiveness is good.
Understanding the risk of fire and other emergencies
Good (2019: Requires improvement)
Westshire Fire and Rescue Service is good at understanding risk.
Area for improvement
The service should make sure it gathers and records up-to-date risk information.
We set out our detailed findings below. These are the basis for our judgment of the service in this area.
The service is good at identifying risk
It is.
Preventing fires and other risks
Requires improvement
(last inspection: Good)
Main findings
The service’s prevention strategy isn’t aligned with risk
It is not.
Annex A: About the data
Data.
"""


def test_fire_reports_have_graded_pillars_and_notes_about_earlier_grades() -> None:
    found = structure(FIRE)
    assert (found.report.framework, found.report.force) == (
        "frs-2021-22",
        "https://kg.example/id/fire/westshire",
    )
    assert grades(found) == [
        ("Effectiveness", "good"),
        ("Understanding the risk of fire and other emergencies", "good"),
        ("Preventing fires and other risks", "requires-improvement"),
    ]
    assert [f.polarity for f in found.findings] == ["positive", "negative"]
    assert [n.text for n in found.needs] == [
        "The service should make sure it gathers and records up-to-date risk information."
    ]
    assert not [w for w in found.warnings if w.code == "grades-disagree"]


def test_a_table_that_lost_its_columns_grades_nothing() -> None:
    text = (
        "PEEL 2023–2025: An inspection of Northmoor Police\nOverall summary\nOur judgments\n"
        "We judged it as follows:\n"
        "Outstanding\nGood\nAdequate\nRequires improvement\nInadequate\nInvestigating crime\n"
        "Managing offenders\n"
        "It is hard to say more."
    )
    assert grades(structure(text)) == []


def test_a_question_below_a_heading_belongs_to_the_grade_that_follows() -> None:
    text = (
        "PEEL 2018/19: An inspection of Northmoor Police\nEfficiency\n"
        "How efficient is the force, and how well is it placed for what may come?\nRequires improvement\n"
        "Planning for the future\nGood\nNorthmoor Police is good at planning for the future."
    )
    assert grades(structure(text)) == [
        ("Efficiency", "requires-improvement"),
        ("Planning for the future", "good"),
    ]
