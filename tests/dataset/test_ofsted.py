"""Children’s services inspected by Ofsted: the second inspectorate, described by data alone."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from ofsted_texts import (
    FOCUSED,
    ILACS_2018,
    ILACS_2023,
    JOINT,
    MONITORING,
    PROTECTION,
    SIF,
    grades,
    structure,
)
from samples import shared

from kg.model.bodies import load_bodies
from kg.model.text.months import MONTHS
from kg.model.vocab import KG
from kg.nlp.document.dates import range_in
from kg.nlp.structure import find_structure
from kg.reading import read

HELP = "The experiences and progress of children who need help and protection"
LEADERS = "The impact of leaders on social work practice with children and families"
PREFIX = "https://kg.example/id/authority/"


def test_a_report_since_2023_grades_children_in_care_and_care_leavers_apart() -> None:
    assert grades(ILACS_2023) == {
        "Overall effectiveness": "good",
        LEADERS: "good",
        HELP: "requires-improvement",
        "The experiences and progress of children in care": "outstanding",
        "The experiences and progress of care leavers": "good",
    }


def test_a_report_from_2018_grades_them_together() -> None:
    assert grades(ILACS_2018) == {
        "Overall effectiveness": "inadequate",
        LEADERS: "inadequate",
        HELP: "inadequate",
        "The experiences and progress of children in care and care leavers": "requires-improvement",
    }


def test_a_report_of_the_single_framework_grades_what_was_judged_and_the_board() -> None:
    assert grades(SIF) == {
        "Overall effectiveness": "requires-improvement",
        HELP: "requires-improvement",
        "The experiences and progress of children looked after and achieving permanence": "good",
        "Adoption performance": "outstanding",
        "Leadership, management and governance": "requires-improvement",
        "The effectiveness of the Local Safeguarding Children Board": "requires-improvement",
    }


def test_a_letter_about_a_focused_visit_grades_nothing() -> None:
    found = structure(FOCUSED)
    assert found.judgements == ()
    assert (found.report.kind, found.report.framework) == ("focused-visit", "ofsted-ilacs-2018")
    assert (found.report.force, found.report.published) == (PREFIX + "derby", "2018-07-13")
    assert (found.report.inspected_begin, found.report.inspected_end) == ("2018-06-12", "2018-06-13")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ILACS_2023, ("medway", "ofsted-ilacs-2023", "2024-02-26", "2024-03-08", "Helen Example", None)),
        (ILACS_2018, ("kent", "ofsted-ilacs-2018", "2019-01-07", "2019-01-18", "Sam Example", None)),
        (SIF, ("halton", "ofsted-sif-2013", "2015-11-16", "2015-12-10", "Alex Example", "2016-02-03")),
    ],
)
def test_who_was_inspected_when_and_by_whom(text: str, expected: tuple[str | None, ...]) -> None:
    r = structure(text).report
    force = (r.force or "").removeprefix(PREFIX)
    assert (force, r.framework, r.inspected_begin, r.inspected_end, r.inspector, r.published) == expected


def test_a_title_that_is_only_a_name_takes_the_line_below() -> None:
    assert (
        structure(ILACS_2018).report.title
        == "Kent County Council: Inspection of children’s social care services"
    )


@pytest.mark.parametrize(
    ("text", "kind", "framework", "slug"),
    [
        (MONITORING, "monitoring-visit", "ofsted-sif-2013", "sandwell"),
        (JOINT, "joint-inspection", "joint-targeted-area", "bexley"),
    ],
)
def test_other_letters_grade_nothing_and_belong_to_the_framework_of_their_time(
    text: str, kind: str, framework: str, slug: str
) -> None:
    found = structure(text)
    assert (found.report.kind, found.report.framework, found.report.force) == (kind, framework, PREFIX + slug)
    assert found.judgements == ()


def test_a_report_of_2012_has_grades_of_its_own_scheme_and_boxed_items() -> None:
    assert list(grades(PROTECTION).values()) == ["adequate", "good", "adequate", "inadequate"]
    assert [box.text for box in structure(PROTECTION).boxes] == [
        "ensure that children are seen",
        "improve audits.",
    ]


@pytest.mark.parametrize(
    ("row", "grade"),
    [
        ("Overall effectiveness | Inadequate", "inadequate"),
        ("Overall effectiveness | Requires improvement to be good", "requires-improvement"),
        ("### The overall judgement is that children’s services are inadequate", "inadequate"),
        ("### The overall judgement is that children’s services require improvement", "requires-improvement"),
        ("### The overall judgement is Inadequate", "inadequate"),
        ("### The overall judgement is requires improvement.", "requires-improvement"),
        ("### Children’s services in the Isles of Scilly are good", "good"),
        ("### Children’s services in Halton Borough Council are outstanding", "outstanding"),
    ],
)
def test_forms_of_the_overall_judgement(row: str, grade: str) -> None:
    text = SIF.replace("### Children’s services in Halton require improvement to be good", row)
    assert grades(text)["Overall effectiveness"] == grade


@pytest.mark.parametrize(
    "row",
    [
        "1. Children who need help and protection | Good",
        "Children who need help and protection | good",
        "1. Children who need help and protection Good",
        "1 Children who need help and protection: Good",
        "The experiences and progress of children who need help and protection | Good",
    ],
)
def test_forms_of_a_row(row: str) -> None:
    text = re.sub(r"(?m)^1\. Children who need.*$", row, SIF).replace(
        "children who need help and protection | Requires improvement",
        "children who need help and protection",
    )
    assert grades(text)[HELP] == "good"


def test_a_sentence_about_something_else_grades_no_area() -> None:
    text = SIF.replace("3. Leadership, management and governance | Requires improvement\n", "")
    assert "Leadership, management and governance" not in grades(text)


def test_what_needs_to_improve_is_boxed_by_the_words_of_each_generation() -> None:
    boxes = [(box.kind, box.text) for box in structure(ILACS_2023).boxes]
    assert boxes == [
        ("area-for-improvement", "The quality of pathway plans."),
        ("area-for-improvement", "Timeliness of early help."),
    ]
    assert [(box.kind, box.number) for box in structure(SIF).boxes] == [
        ("recommendation", "1"),
        ("recommendation", "2"),
        ("recommendation", "17"),
    ]


def test_each_numbered_paragraph_under_an_area_is_a_finding() -> None:
    findings = structure(ILACS_2023).findings
    assert len(findings) == 16
    assert (findings[0].heading, findings[0].area) == ("Leaders know their services well.", HELP)
    assert findings[0].passages[0][0] < findings[0].start


def test_the_local_authority_takes_the_place_of_the_force() -> None:
    needs = [need.text for need in structure(ILACS_2023).needs]
    assert "The local authority needs to tell them." in needs


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Inspection of City of Wolverhampton local authority children’s services", "wolverhampton"),
        ("Inspection of Bournemouth, Christchurch and Poole Council", "bournemouth-christchurch-and-poole"),
        ("Inspection of Council of the City of York children’s services", "york"),
        ("Inspection of Isles of Scilly local authority children’s services", "isles-of-scilly"),
        ("Inspection of Royal Borough of Windsor & Maidenhead children’s services", "windsor-and-maidenhead"),
        ("Inspection of North East Lincolnshire children’s services", "north-east-lincolnshire"),
        ("Inspection of Sandwell Children’s Trust", "sandwell"),
        ("Inspection of St Helens Borough Council children’s services", "st-helens"),
        ("Inspection of Bristol City Council children’s services", "bristol"),
        ("Inspection of Kingston upon Hull City Council children’s services", "kingston-upon-hull"),
        ("Inspection of Reading local authority children’s services", "reading"),
    ],
)
def test_titles_name_authorities_in_many_ways(title: str, slug: str) -> None:
    text = ILACS_2023.replace("Inspection of Medway local authority children’s services", title)
    assert structure(text).report.force == PREFIX + slug


def test_every_authority_has_its_identifiers_and_a_name_of_its_own() -> None:
    bodies = [body for body in load_bodies() if body.kind == KG.LocalAuthority]
    names = [name for body in bodies for name in body.names]
    assert len(bodies) == 156
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20 February to 3 March 2023", ("2023-02-20", "2023-03-03")),
        ("14 January – 6 February 2014", ("2014-01-14", "2014-02-06")),
        ("26 February 2018–22 March 2018", ("2018-02-26", "2018-03-22")),
        ("10 to 14 June 2024", ("2024-06-10", "2024-06-14")),
        ("2nd to 6th July 2018", ("2018-07-02", "2018-07-06")),
        ("15 and 16 May 2019", ("2019-05-15", "2019-05-16")),
        ("9 May 2019", ("2019-05-09", "2019-05-09")),
        ("29 November to 31 November 2019", (None, None)),
        ("spring 2019", (None, None)),
    ],
)
def test_dates_of_an_inspection(text: str, expected: tuple[str | None, str | None]) -> None:
    assert range_in(text) == expected


def _latest() -> list[tuple[dict[str, str], Path]]:
    """Rows of the comparison whose inspection is among the files: the file is named by publication date."""
    folder = shared("ofsted-ilacs")
    rows = list(csv.DictReader((folder / "peer-grades.csv").read_text("utf-8").splitlines()))
    found = []
    for row in rows:
        for file in sorted(next(folder.glob(row["urn"] + "_*")).glob("*.pdf")):
            if _published(file) == row["publication_date"]:
                found.append((row, file))
    return found


def _published(file: Path) -> str:
    day, month, year = file.stem.rpartition(" - ")[2].split()
    return f"{day}/{MONTHS.index(month.title()) + 1:02}/{year[2:]}"


def test_grades_dates_and_inspectors_agree_with_an_independent_reading() -> None:
    pytest.importorskip("pypdfium2")
    columns = {
        "overall_effectiveness_grade": "Overall effectiveness",
        "impact_of_leaders_grade": LEADERS,
        "help_and_protection_grade": HELP,
        "in_care_grade": "The experiences and progress of children in care",
        "care_leavers_grade": "The experiences and progress of care leavers",
    }
    compared = 0
    for row, file in _latest():
        found = find_structure(read(file))
        mine = {j.area: j.grade.replace("-", " ") for j in found.judgements}
        assert {area: mine[area] for area in columns.values()} == {
            area: row[column] for column, area in columns.items()
        }, file.name
        day = "-".join(reversed(row["inspection_start_date"].split("/")))
        assert found.report.inspected_begin == day, file.name
        assert (found.report.inspector or "").lower() == row["inspector_name"], file.name
        compared += 1
    assert compared >= 10
