"""How the area of a statement is known."""

from __future__ import annotations

from structure_texts import peel, structure

from kg.model.records import Box, Extraction, Finding, Need

AREA = "Investigating crime"
BODY = (
    "Area for improvement\nThe force needs to improve its plans.\nMain findings\n"
    "The force doesn’t supervise well\nThe force needs to train its supervisors."
)


def how(found: Extraction, record: Finding | Need | Box) -> tuple[str | None, str | None, str | None]:
    """The area, how it is known and the words that it is known from."""
    for known in record.known:
        if known.slot == "area":
            return record.area, known.how, found.report.text[known.start : known.end]
    return record.area, None, None


def test_the_heading_of_an_area_carries_it_to_all_below() -> None:
    found = structure(peel(AREA, BODY))
    records = (*found.findings, *found.needs, *found.boxes)
    assert len(records) == 4
    assert {how(found, record) for record in records} == {(AREA, "carried", AREA)}


def test_a_need_outside_the_areas_has_the_one_that_its_section_is_about() -> None:
    report = peel(AREA, BODY).replace(
        "Overall summary\n", "Leadership\nThe force needs to develop its sergeants.\nOverall summary\n"
    )
    found = structure(report)
    [need] = [need for need in found.needs if "sergeants" in need.text]
    assert how(found, need) == ("Leadership and force management", "derived", "Leadership")


def test_a_need_in_a_section_that_is_about_no_area_has_none() -> None:
    report = peel(AREA, BODY).replace(
        "We judged the force.\n",
        "We judged the force.\nHM Inspector’s summary\nThe force needs to do more.\n",
    )
    found = structure(report)
    [need] = [need for need in found.needs if "do more" in need.text]
    assert how(found, need) == (None, None, None)


def test_what_a_letter_is_about_is_derived() -> None:
    found = structure(
        "Northmoor Police: revisit letter\nPublished on: 12 June 2024\nCause of concern\n"
        "The force doesn’t supervise its investigations of crime.\nRecommendations\n"
        "By 31 July 2025, the force should train its detectives.",
        framework="peel-2023-25",
        kind="revisit-letter",
    )
    assert [how(found, box)[:2] for box in found.boxes] == [(AREA, "derived")] * 2
