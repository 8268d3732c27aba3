"""The framework that a report names, by its title, its ordinal, the years of its cycle and its dates."""

from __future__ import annotations

from dataclasses import replace

import pytest
from structure_texts import document, structure

from kg.nlp.structure import find_structure

SENTENCE = "The force answers most calls in time."


def framework(text: str) -> str | None:
    return structure(text).report.framework


@pytest.mark.parametrize(
    ("title", "notation"),
    [
        ("Northmoor PEEL Assessment 2023–2025", "peel-2023-25"),
        ("Northmoor PEEL Assessment 2021/22", "peel-2021-22"),
        ("Northmoor PEEL 2014", "peel-2014-17"),
        ("PEEL Efficiency 2017 Inspection report for Northmoor Police", "peel-2014-17"),
        ("Northmoor PEEL 2018", "peel-2018-19"),
        ("Kent PEEL 2018/19 – Legitimacy", "peel-2018-19"),
        ("PEEL 2025–2027: Northmoor Police", "peel-2025-27"),
        ("PEEL: Police effectiveness 2016 – An inspection of Northmoor Police", "peel-2014-17"),
        ("PEEL 2027–29: An inspection of Northmoor Police", None),
        ("Northmoor PEEL 2025", None),
    ],
)
def test_the_years_of_a_cycle_in_a_title_name_it(title: str, notation: str | None) -> None:
    assert framework(f"{title}\n{SENTENCE}") == notation


@pytest.mark.parametrize(
    ("opening", "notation"),
    [
        ("This is the first PEEL Assessment of Northmoor Police.", "peel-2014-17"),
        ("This is HMIC’s third PEEL (police effectiveness) assessment of Northmoor Police.", "peel-2014-17"),
        ("This is HMICFRS’ fourth PEEL assessment of Northmoor Police.", "peel-2014-17"),
        ("This is HMICFRS’s fifth PEEL assessment of Northmoor Police.", "peel-2018-19"),
        ("Since our first PEEL assessment in 2014 Northmoor Police has grown.", None),
    ],
)
def test_the_ordinal_of_an_assessment_names_its_cycle(opening: str, notation: str | None) -> None:
    assert framework(f"Northmoor Police\n{opening}\n{SENTENCE}") == notation


@pytest.mark.parametrize(
    ("title", "opening", "notation"),
    [
        ("Northmoor 2016", "This PEEL assessment is of Northmoor Police.", "peel-2014-17"),
        (
            "London 2021/22",
            "This is HMICFRS’s second full assessment of fire and rescue services.",
            "frs-2021-22",
        ),
        ("London 2018/19", "HMICFRS’s first annual assessment of fire and rescue services.", "frs-2018-19"),
        ("Northmoor 2016", "Northmoor Police held its custody open day.", None),
    ],
)
def test_a_place_and_a_year_name_the_cycle_of_the_programme_below(
    title: str, opening: str, notation: str | None
) -> None:
    assert framework(f"Skip to content\n{title}\n{opening}\n{SENTENCE}") == notation


@pytest.mark.parametrize(
    "last",
    [
        "We will test this as part of our PEEL 2025–27 inspection.",
        "The next PEEL inspection, PEEL 2025–2027, begins in May.",
        "HMICFRS is consulting on PEEL 2025–27.",
    ],
)
@pytest.mark.parametrize(
    ("inspected", "notation"),
    [
        ("between 6 May and 28 June 2024", "peel-2023-25"),
        ("in September 2023", "peel-2023-25"),
        ("from 4 October to 9 November 2021", "peel-2021-22"),
    ],
)
def test_an_announcement_is_no_evidence_and_the_dates_of_the_fieldwork_are(
    inspected: str, notation: str, last: str
) -> None:
    text = (
        f"Progress letter: Northmoor Constabulary\n14 October 2024\nTo the Chief Constable\nDear Jane,\n"
        f"We inspected the force {inspected} under our PEEL programme.\n"
        f"Visits are on time\nNone is late.\n{last}"
    )
    assert framework(text) == notation


def test_the_title_of_the_page_names_the_framework() -> None:
    page = document(f"Overall summary\nNorthmoor Police is good at prevention.\n{SENTENCE}")
    found = find_structure(replace(page, metadata=(("title", "Northmoor PEEL Assessment 2021/22"),)))
    assert found.report.framework == "peel-2021-22"


def test_a_framework_leads_to_its_words() -> None:
    report = structure(f"Northmoor Police\nInspection\nWe used PEEL 2021/22.\n{SENTENCE}").report
    (ground,) = (ground for ground in report.grounds if ground.field == "framework")
    assert [report.text[start:end] for start, end in ground.spans] == ["PEEL 2021/22"]
