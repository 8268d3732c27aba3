"""Wholes that words name again, samples, and numbers that lines of facts, rows and clauses hold."""

from decimal import Decimal

import pytest
from figure_helpers import figures

WHOLES = [
    ("The unit made 2,410 visits in 2023. Only 18 percent of the visits were to farms.", "18 percent", 2410),
    ("It searched 512 people. Drugs were found on 31 percent of these people.", "31 percent", 512),
    ("The force has 640 detectives. Of these detectives, 22 percent are in training.", "22 percent", 640),
    ("In 2023, it completed 830 audits; 12 percent were late.", "12 percent", 830),
    ("The panel heard 1,120 cases. Holm had 40 percent of the total.", "40 percent", 1120),
    ("On 3 May 2024, 96 people were waiting. Of those still waiting, 14 had a plan.", "14", 96),
    ("We read 75 custody records.\nIt was late.\nOf the records that we read, 30 had no plan.", "30", 75),
]


@pytest.mark.parametrize(("text", "part", "whole"), WHOLES)
def test_a_whole_that_is_named_again_is_that_of_its_part(text: str, part: str, whole: int) -> None:
    (figure,) = (one for one in figures(text) if one.text == part)
    assert figure.denominator == whole
    assert figure.kind == "share"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (
            "The unit made 2,410 visits. It finds 18 percent of the visits that others make useful.",
            "18 percent",
        ),
        (
            "The unit made 2,410 visits in 2022. In 2023, 18 percent of the visits were to farms.",
            "18 percent",
        ),
        ("The unit made 2,410 visits, 300 more than before; 18 percent of staff left.", "18 percent"),
        ("It has 12 vans and 40 cars. Holm has 40 percent of the total.", "40 percent"),
        ("We read 75 custody records.\nIt was late.\nOf the files that we read, 30 had no plan.", "30"),
    ],
)
def test_a_whole_of_something_else_is_not_taken(text: str, part: str) -> None:
    (figure,) = (one for one in figures(text) if one.text == part)
    assert figure.denominator is None


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("Our view rests upon interviews with 38 members of staff.", "38 members"),
        ("We asked for footage of 24 arrests in which force had been used.", "24 arrests"),
        ("We looked closely at 31 releases.", "31 releases"),
        ("Of 19 sergeants to whom we spoke, six knew it.", "19 sergeants"),
    ],
)
def test_what_inspectors_asked_for_and_whom_they_met_are_samples(text: str, size: str) -> None:
    (figure,) = (one for one in figures(text) if one.text == size)
    assert figure.kind == "sample"


def test_a_part_that_inspectors_chose_is_a_sample_and_has_its_whole() -> None:
    *_, chosen = figures("The force has 310 sites. We followed up 22 of these.")
    assert (chosen.kind, chosen.numerator, chosen.denominator) == ("sample", 22, 310)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Calls per 1,000 population, 2023: Alnshire 281; England and Wales 355", [281, 355]),
        ("Cell capacity: Ansley Road 28, Burnmouth 14", [28, 14]),
        ("Custody suites: Holm Quay – 24 cells; Fenny Cross (overflow) – 6 cells", [24, 6]),
        ("Custody staffing: five inspectors, 57 sergeants and 84 officers", [5, 57, 84]),
        (
            "Change since 2019: +6.1 percent (England and Wales: +13.7 percent)",
            [Decimal("6.1"), Decimal("13.7")],
        ),
        ("The team has seven inspectors for 13 posts.", [7, 13]),
        ("We met nine sergeants; seven had been trained.", [9, 7]),
        ("Of our 29 recommendations, 18 are met, five partly met and six not met.", [29, 18, 5, 6]),
        ("We asked 96 survivors. Sixty-nine felt safer.", [96, 69]),
        ("We saw three meetings. At two, no nurse was there.", [3, 2]),
        ("An adult was needed in 34 cases, and one attended in 30.", [34, 30]),
        ("It put 17 people in prison for a total of 94 years.", [17, 94]),
        ("The course lasts three days.", [3]),
        ("Calls to the line doubled between 2020 and 2022.", [2]),
        ("We opened 36 records. A third were late.", [36, Decimal("0.333333333")]),
        ("It says that two out of three women came back.", [Decimal("0.666666667")]),
        ("That is one call in four.", [Decimal("0.25")]),
        ("We found that 28 of the 30 forms we read were graded correctly.", [28]),
        ("It answered 184 999 calls per 1,000 population.", [184]),
    ],
)
def test_numbers_of_lines_rows_and_clauses_are_found(text: str, values: list[Decimal]) -> None:
    assert [figure.value for figure in figures(text)] == values


def test_a_sum_for_each_person_and_day_is_a_rate() -> None:
    (cost,) = figures("Policing costs 52p a resident a day.")
    assert cost.kind == "rate"
