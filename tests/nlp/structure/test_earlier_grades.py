from __future__ import annotations

import pytest
from structure_texts import structure

REPORT = """PEEL 2018/19: Police effectiveness, efficiency and legitimacy: An inspection of Northmoor Police
Overall summary
I am pleased.
Preventing crime and tackling antisocial behaviour
Good
{remark}
Investigating crime
Requires improvement
The force inspects its files.
The force doesn’t have enough detectives
We found vacancies.
"""


@pytest.mark.parametrize(
    "remark",
    [
        "This question has not been inspected in 2018/19; grade from 2017: Good",
        "This question was not inspected in 2018/19, and the grade is from 2017.",
        "This area wasn’t inspected in 2018/19 and so we have repeated what we said.",
        "We didn’t inspect this question this time.",
    ],
)
def test_a_grade_of_an_earlier_inspection_is_no_judgement(remark: str) -> None:
    found = structure(REPORT.format(remark=remark)).judgements
    assert [judgement.area for judgement in found] == ["Investigating crime"]


@pytest.mark.parametrize(
    "remark",
    [
        "Our judgment from the 2017 effectiveness inspection has been carried over.",
        "The grade has been carried forward from our 2017 inspection.",
        "This question was not subject to detailed inspection in 2018/19, and our judgment of 2017 stands.",
        "We didn’t inspect this question this time, so we repeat the judgment of our 2017 inspection.",
    ],
)
def test_a_grade_that_is_carried_over_is_one_and_says_so(remark: str) -> None:
    found = structure(REPORT.format(remark=remark))
    first = next(j for j in found.judgements if j.area.startswith("Preventing"))
    assert first.grade == "good"
    assert [known.how for known in first.known if known.slot == "grade"] == ["carried"]
    texts = [REPORT.format(remark=remark)[start:end] for start, end in first.evidence]
    assert texts == ["Good", remark]


@pytest.mark.parametrize(
    "remark",
    [
        "We inspected this question in 2017 too.",
        "The force wasn’t inspected by others.",
        "It has improved since 2017.",
    ],
)
def test_other_remarks_leave_the_grade(remark: str) -> None:
    assert len(structure(REPORT.format(remark=remark)).judgements) == 2


SECTION = (
    "PEEL 2023–25\nAn inspection of Hilton Police\n{}\nMain findings\nThe force trains its staff well.\n"
)


@pytest.mark.parametrize(
    "section",
    [
        "Investigating crime\n2021/22\nInadequate",
        "Investigating crime: not yet Good",
        "Investigating crime\nLast time we wrote:\n“Hilton Police is good at investigating crime.”",
        "Investigating crime\nHilton Police is good at investigating crime.\nThat was our grade in 2021.",
        "Investigating crime\nThis was our finding in 2021/22. Hilton Police is good at investigating crime.",
    ],
)
def test_what_is_said_of_then_is_no_judgement(section: str) -> None:
    assert structure(SECTION.format(section)).judgements == ()


@pytest.mark.parametrize(
    "section",
    [
        "Investigating crime\nHilton Police is good at investigating crime. That was hard work.",
        "Investigating crime\nHilton Police is “good” at investigating crime.",
    ],
)
def test_what_is_said_of_now_is_one(section: str) -> None:
    assert [one.grade for one in structure(SECTION.format(section)).judgements] == ["good"]
