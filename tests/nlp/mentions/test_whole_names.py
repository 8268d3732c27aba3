"""Names are whole, and no more than whole; one thing has one entity. The texts are invented."""

from __future__ import annotations

import pytest
from mention_helpers import analyse, tagged


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "It follows the Violence against Women, Domestic Abuse and Sexual Violence (Wales) Act 2015.",
            [("LEGISLATION", "Violence against Women, Domestic Abuse and Sexual Violence (Wales) Act 2015")],
        ),
        ("Project Alder 3 is a good start.", [("OPERATION", "Project Alder 3")]),
        ("Project Alder 3 officers like it.", [("OPERATION", "Project Alder")]),
        ("Operation Alder took 12, and Operation Birch 15 percent.", [
            ("OPERATION", "Operation Alder"), ("OPERATION", "Operation Birch")]),
        ("The Harbour Support Team 2, who search most, came.", [("UNIT", "Harbour Support Team 2")]),
        ("CID East and CID West take on burglary.", [("UNIT", "CID East"), ("UNIT", "CID West")]),
        ("CID East Kent is new.", [("UNIT", "CID")]),
        ("It runs Operation Alder with Fell Watch and the Calm Nights scheme.", [
            ("OPERATION", "Operation Alder"), ("ORGANISATION", "Fell Watch"), ("PROGRAMME", "Calm Nights")]),
        ("We read your improvement plan, First Things First, Better Together.", [
            ("PROGRAMME", "First Things First, Better Together")]),
        ("According to Larkmoor County Council, 38 children came.", [
            ("ORGANISATION", "Larkmoor County Council")]),
        ("Monthly check and challenge meetings help.", [("BODY", "Monthly check and challenge meetings")]),
        ("The partnership is a joint board.", []),
    ],
)  # fmt: skip
def test_a_name_is_whole_and_has_no_neighbours(text: str, named: list[tuple[str, str]]) -> None:
    labels = ("LEGISLATION", "OPERATION", "UNIT", "BODY", "PROGRAMME", "ORGANISATION", "SYSTEM")
    found = [(label, words) for label, words in tagged(text) if label in labels]
    assert found == named


def test_of_a_board_and_an_organisation_each_has_its_label() -> None:
    text = "The Health and Well-Being Board and Children’s Trust met."
    assert ("ORGANISATION", "Children’s Trust") in tagged(text)
    assert ("BODY", "Health and Well-Being Board") in tagged(text)


@pytest.mark.parametrize(
    "text",
    [
        "The integrated offender management unit (IOM unit) is new. The IOM unit is large.",
        "The rape and serious offences team (RASO team) is new. The RASO team is large.",
    ],
)
def test_a_name_and_its_abbreviation_with_the_same_class_noun_are_one(text: str) -> None:
    mentions, _ = analyse(text)
    units = [mention for mention in mentions if mention.label == "UNIT"]
    assert len(units) == 3
    assert len({mention.entity for mention in units}) == 1


def test_an_abbreviation_with_another_class_noun_is_another_name() -> None:
    mentions, _ = analyse("The integrated offender management unit (IOM team) is new.")
    assert len({mention.entity for mention in mentions if mention.label == "UNIT"}) == 2


def test_the_meetings_of_a_body_are_that_body() -> None:
    mentions, _ = analyse("Actions agreed at MARAC meetings count. The MARAC met.")
    assert len({mention.entity for mention in mentions if mention.label == "BODY"}) == 1


def test_a_name_that_opens_a_sentence_keeps_the_capital_of_a_place() -> None:
    _, entities = analyse(
        "Officers know the Sandgate estate. Sandgate neighbourhood team constables know it."
    )
    assert "Sandgate neighbourhood team" in {entity.name for entity in entities}
    _, entities = analyse("Officers know rural estates. Rural crime team constables know them.")
    assert "rural crime team" in {entity.name for entity in entities}


def test_police_in_small_letters_behind_the_area_of_a_force_is_the_force() -> None:
    (mention,) = [m for m in analyse("Devon and Cornwall police have engaged well.")[0] if m.label == "FORCE"]
    assert mention.text == "Devon and Cornwall police"
