"""Whose things are, and things of which each inspected body has its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from mention_helpers import analyse

from kg.model.records import Entity
from kg.nlp import extract

FORCE = "https://kg.example/id/force/larkshire-police"
KENT, ESSEX = "https://kg.example/id/force/kent", "https://kg.example/id/force/essex"


def thing(text: str, label: str) -> Entity:
    [found] = [entity for entity in analyse(text)[1] if entity.label == label]
    return found


@pytest.mark.parametrize(
    ("text", "label", "owners", "how"),
    [
        ("The force’s dog unit came.", "UNIT", (FORCE,), "stated"),
        ("The force’s new dog unit came.", "UNIT", (FORCE,), "stated"),
        ("The dog unit came.", "UNIT", (FORCE,), "implied"),
        ("The talent board met.", "BODY", (FORCE,), "implied"),
        ("Operation Larch helps.", "OPERATION", (FORCE,), "implied"),
        ("Kent Police’s dog unit came.", "UNIT", (KENT,), "stated"),
        ("Kent Police and Essex Police’s joint dog unit came.", "UNIT", (ESSEX, KENT), "stated"),
        ("The force has a three-year strategy called ‘Brighter Roads’.", "PROGRAMME", (FORCE,), "implied"),
        ("The violence reduction partnership met.", "BODY", (), None),
        ("The multi-agency tasking panel met.", "BODY", (), None),
        ("The external scrutiny panel met.", "BODY", (), None),
        ("The stop and search scrutiny panel met.", "BODY", (), None),
        ("The internal scrutiny panel met.", "BODY", (FORCE,), "implied"),
        ("With Kent Police it shares an armed response unit.", "UNIT", (KENT, FORCE), "stated"),
        ("The Pan-Larkshire overview panel met.", "BODY", (), None),
        ("They met in local consortium meetings.", "BODY", (), None),
        ("It works with neighbouring talent boards.", "BODY", (), None),
        ("It follows the police and crime commissioner’s ‘Police and Crime Plan 2031–2035’.",
         "PROGRAMME", (), None),
    ],
)  # fmt: skip
def test_an_owner_is_stated_implied_or_none(
    text: str, label: str, owners: tuple[str, ...], how: str | None
) -> None:
    found = thing(text, label)
    assert (found.owners, found.owner_known) == (owners, how)


@pytest.mark.parametrize(
    ("title", "owned"),
    [
        ("Inspection of Northmoor local authority children’s services", False),
        ("PEEL 2023–2025: An inspection of Northmoor Police", True),
    ],
)
def test_an_operation_in_a_report_on_a_council_is_not_the_councils(
    tmp_path: Path, title: str, owned: bool
) -> None:
    file = tmp_path / "report.txt"
    file.write_text(f"{title}\nPublished on: 6 May 2024\nOverall summary\nOperation Larch helps.\n", "utf-8")
    [found] = [entity for entity in extract(file).entities if entity.label == "OPERATION"]
    assert bool(found.owners) is owned


def test_a_commissioners_office_is_of_the_area_of_the_force_and_not_its_own() -> None:
    office = thing("The PCC’s office published it. The OPCC agreed.", "ORGANISATION")
    assert (office.owners, office.body) == ((), FORCE)
    assert office.kind == "https://kg.example/id/organisation/police-and-crime-commissioners-office"


@pytest.mark.parametrize(
    ("text", "label", "kind"),
    [
        ("The independent advisory group met.", "BODY", "body/independent-advisory-group"),
        ("Cases go to the MARAC.", "BODY", "body/marac"),
        ("The chief constable agreed.", "ROLE", "role/chief-constable"),
        ("The force management statement says so.", "DOCUMENT", "document/force-management-statement"),
    ],
)
def test_each_body_has_its_own_of_a_kind(text: str, label: str, kind: str) -> None:
    found = thing(text, label)
    name = kind.partition("/")[2]
    assert found.iri == f"https://kg.example/id/{kind.partition('/')[0]}/{FORCE.rpartition('/')[2]}--{name}"
    assert (found.kind, found.body, found.known) == (f"https://kg.example/id/{kind}", FORCE, False)


@pytest.mark.parametrize(
    "text", ["The chief constable of Kent Police came.", "Kent Police’s chief constable came."]
)
def test_an_office_that_the_text_gives_to_another_body_is_of_that_body(text: str) -> None:
    assert thing(text, "ROLE").iri == "https://kg.example/id/role/kent--chief-constable"


def test_all_of_a_kind_are_the_kind_and_so_is_one_that_the_body_cannot_have() -> None:
    assert thing("Chief constables should agree.", "ROLE").iri == "https://kg.example/id/role/chief-constable"
    assert (
        thing("The chief fire officer came.", "ROLE").iri == "https://kg.example/id/role/chief-fire-officer"
    )


def test_what_is_national_is_one() -> None:
    found = thing("The Policing Performance Oversight Group met.", "BODY")
    assert (found.known, found.kind, found.body) == (True, None, None)


def test_what_a_kind_makes_the_bodys_own_is_owned() -> None:
    assert thing("The daily management meeting decides.", "BODY").owners == (FORCE,)
    assert thing("The community safety partnership decides.", "BODY").owners == ()


@pytest.mark.parametrize(
    "text",
    [
        "Jane Example-Smith\nHM Inspector of Constabulary\nIt was so.",
        "We met Jane Example-Smith, the chief constable, in May.",
        "We met Chief Constable Jane Example-Smith in May.",
    ],
)
def test_a_person_holds_the_office_that_stands_by_the_name(text: str) -> None:
    person, office = thing(text, "PERSON"), thing(text, "ROLE")
    assert person.holds == (office.iri,)


def test_an_office_in_the_next_clause_is_not_the_persons() -> None:
    assert thing("We met Dame Jane Example and told the chief constable.", "PERSON").holds == ()


@pytest.mark.parametrize(
    ("text", "label", "iri"),
    [
        ("The Larkshire Safeguarding Children Board met.", "BODY",
         "body/larkshire-police--safeguarding-children-board"),
        ("The Larkshire police and crime commissioner came.", "ROLE",
         "role/larkshire-police--police-and-crime-commissioner"),
    ],
)  # fmt: skip
def test_one_of_a_kind_by_the_name_of_its_area_is_the_bodys_own(text: str, label: str, iri: str) -> None:
    assert thing(text, label).iri == "https://kg.example/id/" + iri


def test_one_of_a_kind_by_the_name_of_another_area_is_not() -> None:
    assert thing("The Thornshire Safeguarding Children Board met.", "BODY").kind is None


@pytest.mark.parametrize(
    ("title", "words", "owned"),
    [
        ("Joint targeted area inspection of Northmoor", "The dog unit came.", False),
        ("Joint targeted area inspection of Northmoor", "The police run a vulnerability hub.", False),
        ("Joint targeted area inspection of Northmoor", "They have set up a vulnerability hub.", False),
        ("Joint targeted area inspection of Northmoor", "The force’s vulnerability hub helps.", False),
        ("Joint targeted area inspection of Northmoor", "The local authority’s family hub helps.", True),
        ("Joint targeted area inspection of Northmoor", "The local authority has set up a family hub.", True),
        ("Area SEND inspection of Northmoor Local Area Partnership", "The autism hub helps.", False),
        ("Inspection of Northmoor local authority children’s services", "The family hub helps.", True),
    ],
)  # fmt: skip
def test_where_several_bodies_are_inspected_only_grammar_says_whose_a_unit_is(
    tmp_path: Path, title: str, words: str, owned: bool
) -> None:
    file = tmp_path / "report.txt"
    lines = (title, "Published on: 6 May 2024", "Summary", words)
    file.write_text("\n".join(lines) + "\n", "utf-8")
    read = extract(file, given={"force": "Northmoor Borough Council", "title": title})
    [found] = [entity for entity in read.entities if entity.label == "UNIT"]
    assert found.owners == ((read.report.force,) if owned else ())
    assert read.report.force is not None


def test_in_a_section_on_another_body_nothing_is_the_inspected_ones_by_convention(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    lines = (
        "Inspection of services for children in need of help and protection",
        "Published on: 6 May 2014",
        "Leadership, management and governance is good",
        "The recruitment panel meets each month, and it works well with all of its partners.",
        "The Local Safeguarding Children Board requires improvement",
        "The critical incident panel meets each month, and it works well with all of its partners.",
    )
    file.write_text("\n".join(lines) + "\n", "utf-8")
    read = extract(file, given={"force": "Northmoor Borough Council", "framework": "ofsted-sif-2013"})
    owned = {entity.name: entity.owners for entity in read.entities if entity.label == "BODY"}
    assert owned["recruitment panel"] == (read.report.force,)
    assert owned["critical incident panel"] == ()
