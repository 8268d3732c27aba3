"""One entity per thing, however it is written."""

from __future__ import annotations

import pytest
from mention_helpers import analyse

from kg.model.iris import entity_iri
from kg.nlp.mentions.linking import shortens

FORCE = entity_iri("FORCE", "Larkshire Police")


def entities(text: str, label: str) -> dict[str, set[str]]:
    """Words by the IRI of their entity, for one label."""
    found: dict[str, set[str]] = {}
    for mention in analyse(text)[0]:
        if mention.label == label and mention.entity:
            found.setdefault(mention.entity, set()).add(mention.text)
    return found


@pytest.mark.parametrize(
    ("text", "label", "forms"),
    [
        ("The online crime team (OCT) grew. OCT officers agree.", "UNIT", {"online crime team", "OCT"}),
        ("Dog teams meet. A dog team met.", "UNIT", {"Dog teams", "dog team"}),
        ("The force control room is open. The control room answers.", "UNIT", {
            "force control room", "control room"}),
        ("The domestic abuse support desk helps. The support desk is new.", "UNIT", {
            "domestic abuse support desk", "support desk"}),
        ("The senior leadership team met. The leadership team agreed, and so did the senior team.", "UNIT", {
            "senior leadership team", "leadership team", "senior team"}),
        ("External scrutiny panels meet. Internal and external panels review it.", "BODY", {
            "External scrutiny panels", "external panels"}),
        ("Its scrutiny panel helps. The stop and search scrutiny panel met.", "BODY", {
            "scrutiny panel", "stop and search scrutiny panel"}),
        ("Operation Larch began. Op Larch ended.", "OPERATION", {"Operation Larch", "Op Larch"}),
        ("MARACs and multi-agency risk assessment conferences.", "BODY", {
            "MARACs", "multi-agency risk assessment conferences"}),
        ("The Domestic Violence Disclosure Scheme (also known as Clare’s Law).", "PROGRAMME", {
            "Domestic Violence Disclosure Scheme", "Clare’s Law"}),
        ("The police and crime commissioner’s office. The PCC’s office. The OPCC.", "ORGANISATION", {
            "police and crime commissioner’s office", "PCC’s office", "OPCC"}),
        ("Home Office data. The Home Office’s data.", "ORGANISATION", {"Home Office"}),
    ],
)  # fmt: skip
def test_variants_are_one_entity(text: str, label: str, forms: set[str]) -> None:
    assert list(entities(text, label).values()) == [forms]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Investigation teams met. The rape investigation team met.", "UNIT"),
        ("The use of force panel and the stop and search panel met.", "BODY"),
        ("The Data Protection Act 1998 and the Data Protection Act 2018.", "LEGISLATION"),
    ],
)
def test_different_things_stay_apart(text: str, label: str) -> None:
    assert len(entities(text, label)) == 2


def test_a_forces_own_things_carry_the_force_and_national_things_do_not() -> None:
    text = "Operation Larch and Operation Soteria help. The control room and a national oversight board met."
    owners = {e.name: e.owners for e in analyse(text)[1] if e.label != "FORCE"}
    assert owners == {
        "Operation Larch": (FORCE,),
        "Operation Soteria": (),
        "control room": (FORCE,),
        "national oversight board": (),
    }


def test_a_unit_of_another_force_belongs_to_that_force() -> None:
    (unit,) = [e for e in analyse("Kent Police’s dog unit came.")[1] if e.label == "UNIT"]
    assert (unit.owners, unit.owner_known) == (("https://kg.example/id/force/kent",), "stated")
    assert unit.iri == "https://kg.example/id/unit/kent--dog-unit"


def test_a_minted_thing_is_named_as_first_written_and_knows_its_other_forms() -> None:
    (unit,) = [e for e in analyse("Dog units help. The dog unit is small.")[1] if e.label == "UNIT"]
    assert (unit.name, unit.aliases, unit.known) == ("dog units", ("dog unit",), False)


def test_modifiers_that_only_describe_are_dropped_when_they_shorten_nothing() -> None:
    assert entities("External panels review it, and the support desk helps.", "BODY") == {}


def test_a_name_is_shortened_by_leaving_modifiers_out_in_order() -> None:
    assert shortens("video team", "rapid video response team")
    assert not shortens("response video team", "rapid video response team")
    assert not shortens("video desk", "rapid video response team")
