from __future__ import annotations

import pytest
from structure_texts import structure

from kg.nlp.extraction_json import as_json
from kg.nlp.structure.area_names import names_in_report

REPORT = """PEEL 2021/22: An inspection of Northmoor Police
Overall summary
We judged the force.
{heading}
Adequate
Northmoor Police is adequate at treating people fairly and with respect.
Area for improvement
The force should record its use of force
It forgets.
Main findings
Officers treat people well
They do.
The force should ask the public
It doesn’t."""
LABEL = "Engaging with and treating the public with fairness and respect"


def read(heading: str):  # type: ignore[no-untyped-def]
    return structure(REPORT.format(heading=heading))


@pytest.mark.parametrize("heading", ["Treatment of the public", "3. Treatment of the public"])
def test_an_area_has_the_name_that_heads_it(heading: str) -> None:
    assert names_in_report(read(heading)) == {LABEL: "Treatment of the public"}


@pytest.mark.parametrize(
    "heading", [LABEL, LABEL.upper(), "How good is the force at treating the public fairly?"]
)
def test_the_label_and_a_question_rename_nothing(heading: str) -> None:
    assert names_in_report(read(heading)) == {}


def test_the_records_name_the_area_of_the_framework_and_the_json_that_of_the_report() -> None:
    extraction = read("Treatment of the public")
    assert {j.area for j in extraction.judgements} == {LABEL}
    made = as_json(extraction)
    rows = [*made["judgements"], *made["findings"], *made["boxes"], *made["needs"]]
    assert {row["area"] for row in rows} == {"Treatment of the public"}


def test_a_report_without_a_framework_has_no_names() -> None:
    assert names_in_report(structure("A text.")) == {}


@pytest.mark.parametrize(
    ("heading", "area"),
    [
        ("Managing offenders: visits and bail", "Managing offenders and suspects"),
        ("Investigating crime: files", "Investigating crime"),
        ("Rural crime: visits", None),
        ("Bail: managing offenders", None),
    ],
)
def test_a_heading_may_say_behind_a_colon_what_of_the_area_it_is_about(
    heading: str, area: str | None
) -> None:
    text = (
        "PEEL 2023–25\nAn inspection of Alnshire Police\nPublished on 14 May 2024\n"
        f"Overall summary\nI am glad.\n{heading}\nMain findings\n"
        "The force visits people on time\nOf 40 visits, 38 were on time.\n"
    )
    assert [finding.area for finding in structure(text).findings] == ([area] if area else [])
