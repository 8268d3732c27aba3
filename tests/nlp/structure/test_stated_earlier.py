"""The grades of earlier inspections that a report states: they are none of its own. No body here exists."""

from __future__ import annotations

import pytest
from structure_texts import structure

from kg.model.records import EarlierGrade, Extraction

HEAD = (
    "PEEL 2018/19: An inspection of Northmoor Police\nPublished on: 2 May 2019\n"
    "Overall summary\nWe judged the force."
)
TAIL = "It has few gangs, and it knows them well.\nAbout the data\nThe Home Office gave data."
AREA = "Tackling serious and organised crime"


def earlier(*lines: str) -> tuple[EarlierGrade, ...]:
    return extraction(*lines).earlier_grades


def extraction(*lines: str) -> Extraction:
    label = () if lines[0].startswith("Good") else ("Good",)
    text = "\n".join((HEAD, "Effectiveness", AREA, *label, *lines, TAIL))
    return structure(text, framework="peel-2018-19")


@pytest.mark.parametrize(
    ("line", "grade", "year", "stands"),
    [
        ("Good (2017: Requires improvement)", "requires-improvement", "2017", False),
        ("Northmoor Police is good. It required improvement in its 2017 assessment.", "requires-improvement",
         "2017", False),
        ("It was graded as good at our last inspection in 2016.", "good", "2016", False),
        ("This question was not inspected in 2018/19, and our judgment of good from the 2017 effectiveness "
         "inspection has been carried over.", "good", "2017", True),
        ("In 2016, we judged the force to be outstanding at tackling serious and organised crime. We didn’t "
         "look at this question again in 2018/19, so that grade stands.", "outstanding", "2016", True),
    ],
)  # fmt: skip
def test_a_grade_of_an_earlier_inspection_is_kept_as_such(
    line: str, grade: str, year: str, stands: bool
) -> None:
    (one,) = earlier(line)
    assert (one.area, one.grade, one.year, one.stands) == (AREA, grade, year, stands)


@pytest.mark.parametrize(
    "line",
    [
        "Northmoor Police is good at tackling serious and organised crime.",
        "Good",
        "In 2016, we said that partners were good.",
        "Its plan from 2017 is good.",
    ],
)
def test_what_this_inspection_gives_or_no_grade_is_none(line: str) -> None:
    assert earlier(line) == ()


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("This question was not inspected in 2018/19, and our judgment from 2017 stands.", "2017"),
        ("We didn’t look at it again, so that grade stands.", None),
        ("The grade has been carried forward from our 2016 inspection.", "2016"),
    ],
)
def test_a_grade_that_is_carried_over_without_its_name_is_the_one_that_the_report_gives(
    line: str, year: str | None
) -> None:
    (one,) = earlier(line)
    assert (one.area, one.grade, one.year, one.stands) == (AREA, "good", year, True)


def test_it_is_no_judgement_of_the_report() -> None:
    found = extraction(
        "In 2016, we judged the force to be outstanding at tackling serious and organised crime."
    )
    assert [one.grade for one in found.earlier_grades] == ["outstanding"]
    assert [one for one in found.judgements if one.grade == "outstanding"] == []


def test_of_several_the_latest_year_is_kept() -> None:
    (one,) = earlier("It was good in its 2014 inspection.", "It was outstanding in its 2016 inspection.")
    assert (one.grade, one.year) == ("outstanding", "2016")
