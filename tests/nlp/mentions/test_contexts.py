"""Names told by the words around them. The texts are invented; Larkshire does not exist."""

from __future__ import annotations

import pytest
from mention_helpers import tagged


def texts(text: str, label: str) -> list[str]:
    return [words for _, words in tagged(text, label)]


@pytest.mark.parametrize(
    ("text", "label", "found"),
    [
        ("A counsellor from Elmgate Minds saw officers.", "ORGANISATION", ["Elmgate Minds"]),
        ("The panel, whose chair comes from Oakley Teen Forward, met.", "ORGANISATION", [
            "Oakley Teen Forward"]),
        ("Volunteers and a nurse from Larkton came.", "ORGANISATION", []),
        ("It sends phones to Elmgate Forensics.", "ORGANISATION", ["Elmgate Forensics"]),
        ("Officers patrol with Larkton Council and with Night Owls, a charity.", "ORGANISATION", [
            "Larkton Council", "Night Owls"]),
        ("It acted on what the Larkton Bridge Inquiry said.", "ORGANISATION", ["Larkton Bridge Inquiry"]),
        ("The land belongs to Natural England.", "ORGANISATION", ["Natural England"]),
        ("The land belongs to Natural England.", "PLACE", []),
        ("It pays more National Insurance and gave Mutual Aid.", "ORGANISATION", []),
    ],
)  # fmt: skip
def test_organisations_are_told_by_who_comes_from_them_and_by_their_trade(
    text: str, label: str, found: list[str]
) -> None:
    assert texts(text, label) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It has introduced Larkton Week, which people like.", []),
        ("It trains them in the use of iLark and eGuard.", ["iLark"]),
        ("It has a row of 40 sensors, known as FieldEar.", ["FieldEar"]),
        ("Reports to Integrity Line rose, and the Larkton Line opened.", ["Integrity Line"]),
    ],
)
def test_systems_are_told_by_what_they_do_and_by_their_form(text: str, found: list[str]) -> None:
    assert texts(text, "SYSTEM") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In all, March 2030 is expected to be busy.", []),
        ("All sergeants have attended Bolder Managers, a course on leadership.", ["Bolder Managers"]),
        ("They met the Senior Officers, a group of five.", []),
    ],
)
def test_programmes_are_told_by_a_year_and_by_their_class(text: str, found: list[str]) -> None:
    assert texts(text, "PROGRAMME") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A mill in Elmgate burned for days.", ["Elmgate"]),
        ("The teams moved to Agile working.", []),
    ],
)
def test_places_are_where_a_part_of_the_force_moves_and_where_things_happen(
    text: str, found: list[str]
) -> None:
    assert texts(text, "PLACE") == found


def test_a_code_of_practice_keeps_the_words_before_it() -> None:
    found = texts("The Vetting Code of Practice and the Larch Code of Practice say so.", "LEGISLATION")
    assert found == ["Vetting Code of Practice", "Larch Code of Practice"]


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("Its work in one way was good. In theory it was inadequate.", []),
        ("A force that drops from good to adequate may not be worse.", ["good", "adequate"]),
        ("An area where it is good practice to wait.", []),
    ],
)
def test_grades_are_told_by_the_areas_that_have_them(text: str, grades: list[str]) -> None:
    assert texts(text, "GRADE") == grades


@pytest.mark.parametrize(
    ("text", "label", "found"),
    [
        (  # an apostrophe is no closing mark of the quotation that opened before
            "“I worry about what people face. The young persons’ protection team needs more staff.",
            "UNIT",
            ["young persons’ protection team"],
        ),
        ("They are an ambitious, reflective and analytical team.", "UNIT", []),
        ("The force must tell Cyngor Sir Larkton.", "PERSON", []),
        ("It was told by Sir Edgar Larkton.", "PERSON", ["Sir Edgar Larkton"]),
    ],
)
def test_quotations_welsh_councils_and_praise_name_nobody(text: str, label: str, found: list[str]) -> None:
    assert texts(text, label) == found
