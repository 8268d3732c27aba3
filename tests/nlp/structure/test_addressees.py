"""Whom a boxed item asks to act."""

from __future__ import annotations

import pytest
from structure_texts import peel, structure

from kg.model.records import Box, Extraction

AREA = "Investigating crime"


def asked(boxes: str) -> list[tuple[str, str | None, str | None]]:
    """Kind of each box, the words of whom it asks, and how these are known."""
    found = structure(peel(AREA, f"{boxes}\nMain findings\nThe force investigates well\nIt does."))
    return [(box.kind, *addressee(found, box)) for box in found.boxes]


def addressee(found: Extraction, box: Box) -> tuple[str | None, str | None]:
    for known in box.known:
        if known.slot == "addressee":
            return found.report.text[known.start : known.end], known.how
    return None, None


CAUSE = "Cause of concern\nThe force doesn’t supervise its investigations.\nRecommendations\n"


@pytest.mark.parametrize(
    ("lead", "who"),
    [
        ("By 31 July 2024, Northmoor Police should:", "Northmoor Police"),
        ("With immediate effect, the force should:", "force"),
        ("By 1 May 2025, the chief constable of this force must:", "chief constable of this force"),
        ("Within six months, the force and its partners should:", "force and its partners"),
        ("Before 1 June 2025, working with the force, the police and crime commissioner should:",
         "police and crime commissioner"),
    ],
)  # fmt: skip
def test_the_lead_in_of_a_list_says_whom_each_item_asks(lead: str, who: str) -> None:
    boxes = asked(f"{CAUSE}{lead}\n- train its supervisors; and\n- review all plans.")
    assert [box[1:] for box in boxes if box[0] == "recommendation"] == [(who, "stated")] * 2


def test_a_pronoun_stands_for_whom_the_item_before_asked() -> None:
    boxes = asked(
        f"{CAUSE}By 31 July 2024, Northmoor Police should:\n- train its supervisors.\n"
        "By 30 September 2024, it should:\n- review all plans."
    )
    assert [box[1:] for box in boxes if box[0] == "recommendation"] == [
        ("Northmoor Police", "stated"),
        ("Northmoor Police", "carried"),
    ]


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("The force needs to answer calls sooner.", "force"),
        ("We recommend that the Home Office should review its guidance.", "Home Office"),
        ("By 31 May 2025, all forces should check their records.", "all forces"),
        ("Chief constables and police and crime commissioners should agree a plan.",
         "Chief constables and police and crime commissioners"),
        ("‘And by 1 June 2025, the College of Policing should publish guidance.", "College of Policing"),
    ],
)  # fmt: skip
def test_an_item_says_itself_whom_it_asks(said: str, who: str) -> None:
    [box] = asked(f"Area for improvement\n{said}")
    assert box[1:] == (who, "stated")


@pytest.mark.parametrize(
    "said",
    [
        "Every investigation should have a plan.",
        "Victims should be told of their rights.",
        "Investigations by the force should be reviewed.",
        "The quality of its supervision needs to be better.",
        "It should answer calls sooner.",
        "The force doesn’t answer calls soon enough.",
    ],
)
def test_what_asks_nobody_has_no_addressee(said: str) -> None:
    [box] = asked(f"Area for improvement\n{said}")
    assert box[1:] == (None, None)


def test_practices_and_causes_of_concern_ask_nobody_themselves() -> None:
    boxes = asked(
        f"{CAUSE}The force should train its supervisors.\nPromising practice\nThe force should be proud."
    )
    assert [box[1] for box in boxes if box[0] != "recommendation"] == [None, None]
