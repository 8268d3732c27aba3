"""Figures that praise or find fault by themselves. Northmoor does not exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.nlp import extract
from kg.nlp.subjects import statements
from kg.nlp.telling_figures import TellingFigures

REPORT = """PEEL 2023–2025: An inspection of Northmoor Police
Published on: 12 June 2024
Overall summary
Responding to the public
Northmoor Police is adequate at responding to the public.
Main findings
{heading}
{below}
About the data
The Home Office gave data.
"""


def signs(tmp_path: Path, below: str, heading: str = "The force answers calls") -> list[tuple[str, str]]:
    file = tmp_path / "northmoor.txt"
    file.write_text(REPORT.format(heading=heading, below=below), "utf-8")
    extraction = extract(file)
    figures = TellingFigures(extraction)
    text = extraction.report.text
    return [
        (sign, text[slice(*words)])
        for told in statements(extraction)
        for _, sign, _, words in figures.below(told)
    ]


@pytest.mark.parametrize(
    ("force", "others", "sign"), [("93.1", "85.6", "positive"), ("71.2", "85.6", "negative")]
)
def test_a_value_is_better_or_worse_than_elsewhere_and_both_are_quoted(
    tmp_path: Path, force: str, others: str, sign: str
) -> None:
    below = (
        f"In the year ending 31 March 2024, the force answered {force} percent of 999 calls within ten "
        f"seconds. The figure for England and Wales was {others} percent."
    )
    assert signs(tmp_path, below) == [(sign, below)]


@pytest.mark.parametrize(
    "below",
    [
        "In the year ending 31 March 2024, the force answered 85.9 percent of 999 calls within ten seconds. "
        "The figure for England and Wales was 85.6 percent.",  # much the same
        "In the year ending 31 March 2024, the force answered 85.9 percent of 999 calls within ten seconds.",
        "In the year ending 31 March 2024, the force made 10.1 stop and searches per 1,000 population, "
        "compared with 8.9 in England and Wales.",  # neither more nor fewer is better
    ],
)
def test_what_differs_little_or_is_neither_better_nor_worse_tells_nothing(tmp_path: Path, below: str) -> None:
    assert signs(tmp_path, below) == []


@pytest.mark.parametrize(
    ("change", "sign"),
    [
        ("fell by 18.2 percent from 346 to 283", "positive"),
        ("rose by 18.2 percent from 346 to 409", "negative"),
        ("fell by 0.6 percent from 346 to 344", None),
    ],
)
def test_a_value_is_better_or_worse_than_it_was(tmp_path: Path, change: str, sign: str | None) -> None:
    below = f"In the year ending 31 March 2024, recorded robbery {change} offences."
    assert [told for told, _ in signs(tmp_path, below)] == ([sign] if sign else [])


@pytest.mark.parametrize(
    ("answers", "sign"),
    [
        ("15.4 percent of respondents (53 of 343) agreed that change is managed well", "negative"),
        ("81.9 percent of respondents (281 of 343) agreed that change is managed well", "positive"),
        ("60.1 percent of respondents (206 of 343) agreed that change is managed well", None),
        ("38.2 percent of respondents (131 of 343) had been bullied", "negative"),
        ("6.1 percent of respondents (21 of 343) had been bullied", None),
        ("80.2 percent of respondents (275 of 343) said that they would prefer video calls", None),
    ],
)
def test_many_answers_in_favour_are_praise_and_few_are_a_fault(
    tmp_path: Path, answers: str, sign: str | None
) -> None:
    below = f"In our PEEL workforce survey, {answers}."
    heading = "Views of change were mixed, but leaders listen"
    assert [told for told, _ in signs(tmp_path, below, heading)] == ([sign] if sign else [])


def test_what_people_would_report_is_no_fault_below_praise(tmp_path: Path) -> None:
    below = (
        "In our PEEL workforce survey, 81.9 percent of respondents (281 of 343) said that they would report "
        "a colleague who behaved badly."
    )
    assert "negative" not in {sign for sign, _ in signs(tmp_path, below, "Staff know the standards well")}
