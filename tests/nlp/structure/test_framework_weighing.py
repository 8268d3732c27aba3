"""The framework of pages that name none: their address, dates and publisher, what they say of areas."""

from __future__ import annotations

from dataclasses import replace

import pytest
from structure_texts import document, structure

from kg.model.records import Extraction
from kg.nlp.document.times import date_of_address, words_of_address
from kg.nlp.structure import find_structure

SENTENCE = "The force answers most calls in time."
HMICFRS = "His Majesty’s Inspectorate of Constabulary and Fire & Rescue Services (HMICFRS)"


def at(address: str, text: str = f"Northmoor Police works hard.\n{SENTENCE}") -> Extraction:
    return find_structure(document(text), {"web": address})


def notices(found: Extraction, code: str) -> list[str]:
    return [notice.message for notice in found.warnings if notice.code == code]


def confidence(found: Extraction) -> float | None:
    return next((ground.confidence for ground in found.report.grounds if ground.field == "framework"), None)


# --- the address of the page --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "notation"),
    [
        ("https://example.org/peel-assessments/peel-2016/northmoor/", "peel-2014-17"),
        ("https://example.org/peel-assessments/peel-2018/northmoor/legitimacy/", "peel-2018-19"),
        ("https://example.org/peel-reports/northmoor-2023-25/", "peel-2023-25"),
        ("https://example.org/peel-reports/northmoor-2021-2022/?page=2", "peel-2021-22"),
        ("https://example.org/peel-reports/northmoor-2025/", None),
        ("https://example.org/news/2016/northmoor/", None),
        ("https://example.org/peel-2016-and-2018/northmoor/", None),
    ],
)
def test_the_cycle_in_an_address_is_evidence_and_said_to_be_no_more(
    address: str, notation: str | None
) -> None:
    found = at(address)
    assert found.report.framework == notation
    assert bool(notices(found, "framework-inferred")) == (notation is not None)
    if notation:
        assert "the address of its page" in notices(found, "framework-inferred")[0]
        assert (confidence(found) or 1) < 1


def test_a_title_outweighs_the_address() -> None:
    text = f"Northmoor PEEL Assessment 2023–2025\n{SENTENCE}"
    found = at("https://example.org/peel-2016/northmoor/", text)
    assert found.report.framework == "peel-2023-25"
    assert not notices(found, "framework-inferred")


def test_the_address_of_a_saved_page_counts_too() -> None:
    page = replace(document(SENTENCE), metadata=(("web", "https://example.org/peel-2017/kent/"),))
    assert find_structure(page).report.framework == "peel-2014-17"


def test_a_body_in_an_address_is_one_only_where_it_is_alone() -> None:
    one = at("https://example.org/peel-2017/kent/", SENTENCE)
    assert (one.report.force or "").endswith("/kent")
    several = at("https://example.org/new-peel-reports-kent-and-lincolnshire-2017/", SENTENCE)
    assert several.report.force is None


def test_an_address_in_words() -> None:
    assert (
        words_of_address("https://example.org/frs-assessment/frs-2021/london/")
        == "frs assessment frs 2021 london"
    )
    assert words_of_address("https://example.org/2021-10-27/peel_2018_19") == "peel 2018–19"
    assert date_of_address("https://example.org/news/2025/05/18/peel/") == "2025-05-18"
    assert date_of_address("https://example.org/news/2025/15/18/peel/") is None


# --- dates and publishers -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        (f"{HMICFRS} closed a cause of concern of Avon Fire & Rescue Service since the inspection in "
         "May 2024.", "frs-2023-25"),
        ("HMICFRS inspected Avon Fire & Rescue Service in November 2018, and it has worked on it since.",
         "frs-2018-19"),
        ("HMICFRS looked at Avon Fire & Rescue Service. Its report was published on 15 December 2022.", None),
        (f"{HMICFRS} has finished its PEEL assessment of Northmoor Police. Its report was published in "
         "December 2023.", "peel-2023-25"),
        ("The PEEL report of HMICFRS on Northmoor Police follows an inspection in February 2017.",
         "peel-2014-17"),
        ("PEEL is how HMIC looks at Northmoor Police.", "peel-2014-17"),
        (f"PEEL is how {HMICFRS} looks at Northmoor Police.", None),
        ("This is about a cause of concern from the 2021/22 police efficiency, effectiveness and legitimacy "
         "(PEEL) programme, as Northmoor Police knows.", "peel-2021-22"),
        ("Although HMICFRS has announced its new 2025-27 PEEL regime, Northmoor Police is told of by the "
         "2023-25 scheme.", "peel-2023-25"),
        ("Our PEEL inspections of Northmoor Police and others began in 2014.", None),
    ],
)  # fmt: skip
def test_what_a_page_says_of_its_time(text: str, notation: str | None) -> None:
    assert structure(f"{text}\nMost calls are answered in time.").report.framework == notation


def test_what_only_reports_of_a_cycle_say_marks_it() -> None:
    found = structure(
        "Overall summary\nOur inspection assessed how good Northmoor Police is in 12 areas of policing.\n"
        "Our PEEL inspections began in 2014.\nFrom four tiers of judgments we have gone to five."
    )
    assert found.report.framework == "peel-2021-22"
    assert "words that only its reports have" in notices(found, "framework-inferred")[0]


def test_news_that_names_areas_and_grades_follows_its_date() -> None:
    found = structure(
        f"date 2022-08-16\nNorthmoor Police must improve\n{HMICFRS.replace('His', 'Her')} graded "
        "Northmoor Police ‘inadequate’ at it.\nIt is slow at answering calls, and how it investigates crime "
        "and manages offenders worries inspectors.\nNotes to editors"
    )
    assert found.report.framework == "peel-2021-22"
    assert notices(found, "framework-inferred")


def test_two_cycles_that_are_equally_likely_are_said() -> None:
    found = structure(
        "Progress letter: Northmoor Constabulary\n14 October 2023\nTo the Chief Constable\n"
        f"Our PEEL report said so.\n{SENTENCE}"
    )
    assert found.report.framework == "peel-2023-25"
    assert confidence(found) == 0.5
    assert "PEEL 2021/22 is nearly as likely" in notices(found, "framework-inferred")[0]


def test_a_named_framework_with_a_named_rival_is_doubtful() -> None:
    found = structure(f"Northmoor Police\nWe used PEEL 2021/22 and we used PEEL 2023–25.\n{SENTENCE}")
    assert notices(found, "doubtful-framework")
    sure = structure(f"PEEL 2021/22: Northmoor Police\nSince then we have used PEEL 2023–25.\n{SENTENCE}")
    assert not notices(sure, "doubtful-framework")


def test_tables_that_contradict_one_another_are_of_several_bodies() -> None:
    areas = (
        "Understanding the risk of fire and other emergencies", "Preventing fires and other risks",
        "Protecting the public through fire regulation", "Responding to fires and other emergencies",
    )  # fmt: skip
    tables = ["\n".join(f"{area}: {grade}" for area in areas) for grade in ("Good", "Inadequate")]
    found = structure("Service data table 2023/25\nQuestions\n" + "\n\nQuestions\n".join(tables))
    assert found.judgements == ()
