"""What a report says of an area outside its findings. Northmoor does not exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model.frameworks import load_frameworks
from kg.nlp import extract
from kg.nlp.own_words import find_own_words

REPORT = """PEEL 2023–2025: An inspection of Northmoor Police
Published on: 12 June 2024
Overall summary
HM Inspector’s summary
{summary}
{elsewhere}
Responding to the public
Northmoor Police is good at responding to the public.
Investigating crime
Northmoor Police is good at investigating crime.
{above}
Main findings
Detectives are well trained
They are.
About the data
Good data came from the Home Office.
"""


def said(
    tmp_path: Path, summary: str = "", above: str = "", elsewhere: str = ""
) -> list[tuple[str, str, str, str]]:
    file = tmp_path / "northmoor.txt"
    file.write_text(REPORT.format(summary=summary, above=above, elsewhere=elsewhere), "utf-8")
    extraction = extract(file)
    framework = next(f for f in load_frameworks() if f.notation == extraction.report.framework)
    text = extraction.report.text
    return [
        (one.area, one.basis, one.sign, text[slice(*one.words)])
        for one in find_own_words(extraction, framework)
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "I congratulate the force on how it investigates crime.",
        "I am impressed by the way in which the force investigates crime.",
        "The force has become much better at investigating crime.",
    ],
)
def test_praise_in_the_summary_is_of_the_area_that_it_names(tmp_path: Path, sentence: str) -> None:
    assert said(tmp_path, f"{sentence} There are other points.") == [
        ("Investigating crime", "summary", "positive", sentence)
    ]


def test_a_sentence_that_goes_on_is_about_what_the_one_before_named(tmp_path: Path) -> None:
    found = said(
        tmp_path, "The force has looked at how it investigates crime. It now has a clear plan for it."
    )
    assert [words for _, _, _, words in found] == ["It now has a clear plan for it."]


@pytest.mark.parametrize(
    "sentence",
    [
        "I am pleased with most of what I saw.",  # of no area
        "I have concerns about how well the force investigates crime.",  # a concern, told by itself
        "Northmoor Police is good at investigating crime.",  # the grade
        "It needs to improve how it investigates crime.",  # a need, told by itself
    ],
)
def test_what_names_no_area_or_is_a_statement_already_is_left(tmp_path: Path, sentence: str) -> None:
    assert said(tmp_path, sentence) == []


def test_a_paragraph_above_the_findings_is_about_the_area_and_the_data_below_is_not(tmp_path: Path) -> None:
    sentence = "The force has better plans for its detectives than it had when we last saw it."
    assert said(tmp_path, above=sentence) == [("Investigating crime", "section", "positive", sentence)]


def test_behind_a_concern_a_sentence_is_about_those_of_its_areas_that_its_topics_belong_to(
    tmp_path: Path,
) -> None:
    concern = (
        "I have serious concerns about how well the force responds to the public and investigates crime."
    )
    late = "Too many emergency calls are answered late."
    assert said(tmp_path, f"{concern} {late}") == [("Responding to the public", "summary", "negative", late)]
    again = "We have pointed to these weaknesses before, but they have become worse."
    assert [area for area, *_ in said(tmp_path, f"{concern} {again}")] == [
        "Responding to the public",
        "Investigating crime",
    ]


def test_what_goes_on_about_the_body_and_has_a_topic_of_another_area_is_of_that(tmp_path: Path) -> None:
    named = "The force has become much better at investigating crime."
    other = "Its control room staff answer emergency calls promptly."
    assert [(area, words) for area, _, _, words in said(tmp_path, f"{named} {other}")] == [
        ("Investigating crime", named),
        ("Responding to the public", other),
    ]


def test_a_title_that_finds_fault_is_said_of_what_stands_below(tmp_path: Path) -> None:
    text = "The force’s investigations are too slow\nToo many are given to officers without the right skills."
    assert {(area, sign) for area, _, sign, _ in said(tmp_path, text)} == {
        ("Investigating crime", "negative")
    }


NEWS = "Reducing crime assessment"


@pytest.mark.parametrize(
    ("elsewhere", "areas"),
    [
        (f"{NEWS}\nThe force answered too few emergency calls in time.", ["Responding to the public"]),
        (f"{NEWS}\n- the force answered too few emergency calls in time;", ["Responding to the public"]),
        (f"{NEWS}\nOther forces answer too few emergency calls in time.", []),
        ("About the data\nThe force answered too few emergency calls in time.", []),
        ("Notes to editors\nThe force answered too few emergency calls in time.", []),
    ],
)
def test_where_nothing_is_graded_a_sentence_is_about_the_one_area_of_its_topics(
    tmp_path: Path, elsewhere: str, areas: list[str]
) -> None:
    assert [area for area, *_ in said(tmp_path, elsewhere=elsewhere)] == areas
