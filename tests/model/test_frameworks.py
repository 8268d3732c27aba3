from __future__ import annotations

from pathlib import Path

import pytest
from framework_texts import LIBRARIES
from structure_texts import document

from kg.model.bodies import load_bodies
from kg.model.errors import CannotRead, CannotUnderstand
from kg.model.frameworks import load_frameworks
from kg.model.vocab import KG
from kg.nlp.structure import find_structure

REPORT = """Shelf Check: Hilltop Library
Books
Books at Hilltop Library are bright.
The library buys new books every month
It has a budget for that.
Rooms
Dim
The library needs to repair its roof
It rains in.
Staff
Staff know the readers by name
They greet them.
Sources
We asked."""


def write(folder: Path, text: str, name: str = "test.ttl") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def framework(notation: str):  # type: ignore[no-untyped-def]
    return next(f for f in load_frameworks() if f.notation == notation)


def test_the_package_knows_the_programmes_of_two_inspectorates() -> None:
    assert [f.notation for f in load_frameworks()] == [
        "area-send-2023", "child-protection-2014", "child-protection-2024", "crime-data-integrity",
        "frs-2018-19", "frs-2021-22", "frs-2023-25", "frs-2025-27", "integrity-2021",
        "joint-targeted-area",
        "ofsted-ilacs-2018", "ofsted-ilacs-2023",
        "ofsted-protection-2012", "ofsted-safeguarding-2009", "ofsted-sif-2013",
        "peel-2014-17", "peel-2018-19", "peel-2021-22", "peel-2023-25", "peel-2025-27",
        "police-custody", "serious-organised-crime-2022",
    ]  # fmt: skip


def test_peel_2023_25_has_a_victim_area_without_grade_and_five_ranked_grades() -> None:
    peel = framework("peel-2023-25")
    assert [area.label for area in peel.areas if not area.graded] == [
        "Providing a service to the victims of crime"
    ]
    assert [(g.rank, g.notation) for g in peel.grades] == [
        (1, "outstanding"), (2, "good"), (3, "adequate"), (4, "requires-improvement"), (5, "inadequate"),
    ]  # fmt: skip


def test_peel_2018_19_has_four_grades_and_its_questions_stand_in_pillars() -> None:
    peel = framework("peel-2018-19")
    assert "adequate" not in {grade.notation for grade in peel.grades}
    investigating = peel.area("Investigating crime")
    assert investigating is not None
    assert investigating.broader == "Effectiveness"


def test_fire_frameworks_inspect_fire_services() -> None:
    assert framework("frs-2023-25").body_kind == KG.FireService
    assert len([a for a in framework("frs-2021-22").areas if a.broader]) == 11


def test_wordings_of_a_publisher_reach_all_its_frameworks() -> None:
    for known in (f for f in load_frameworks() if f.publisher_name == "HMICFRS"):
        assert "Main findings" in known.wording.main_headings
        assert "cause-of-concern" in {box.kind for box in known.boxes}


def test_areas_of_different_cycles_are_linked_but_not_the_same() -> None:
    new, old = framework("peel-2023-25").areas[5], framework("peel-2021-22").areas[5]
    assert new.label == old.label == "Investigating crime"
    assert new.iri != old.iri
    assert old.iri in new.related


def test_links_between_areas_lead_to_areas() -> None:
    known = {area.iri for f in load_frameworks() for area in f.areas}
    assert {iri for f in load_frameworks() for area in f.areas for iri in area.related} <= known


def test_another_framework_is_one_data_file_and_no_code(tmp_path: Path) -> None:
    found = find_structure(document(REPORT), {}, load_frameworks(write(tmp_path, LIBRARIES)))
    assert found.report.framework == "shelf-check"
    assert found.report.kind == "shelf-report"
    assert found.report.force_name == "Hilltop Library"
    assert found.report.publisher == "The Library Board"
    assert [(j.area, j.grade) for j in found.judgements] == [("Books", "bright"), ("Rooms", "dim")]
    assert [(f.area, f.polarity) for f in found.findings] == [
        ("Books", "positive"), ("Rooms", "negative"), ("Staff", "positive"),
    ]  # fmt: skip
    assert [n.text for n in found.needs] == ["The library needs to repair its roof"]


def test_a_table_of_graded_rows_gives_judgements(tmp_path: Path) -> None:
    text = "Shelf Check: Hilltop Library\nJudgement | Grade\nBooks: Bright\nRooms: Dim\nIt has much to do."
    found = find_structure(document(text), {}, load_frameworks(write(tmp_path, LIBRARIES)))
    assert [(j.area, j.grade) for j in found.judgements] == [("Books", "bright"), ("Rooms", "dim")]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('skos:notation "shelf-check"', 'skos:hidden "x"'), "test.ttl: shelf-check needs skos:notation"),
        (("kg:gradeScheme grades:stars", "kg:gradeScheme grades:moons"), "has no kg:Grade"),
        (("kg:rank 1", "kg:rank 1.5"), "kg:rank is '1.5', should be a whole number"),
        (('"Shelf Check: {body}"', '"Shelf Check: ({body}"'), "has a bad pattern"),
        (("kg:annexHeading", "kg:usesWording wording:none ; kg:annexHeading"), "which no file describes"),
        (('skos:prefLabel "Rooms"', 'skos:prefLabel "Rooms", "Halls"'), "has 2 values of skos:prefLabel"),
    ],
)  # fmt: skip
def test_a_bad_framework_is_refused_with_file_and_reason(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    with pytest.raises(CannotUnderstand, match=r"test\.ttl") as caught:
        load_frameworks(write(tmp_path, LIBRARIES.replace(*change)))
    assert message in str(caught.value)


def test_a_file_that_is_not_turtle_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(CannotUnderstand, match=r"broken\.ttl: not Turtle"):
        load_frameworks(write(tmp_path, "framework:x a", "broken.ttl"))


def test_a_folder_without_frameworks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="no framework here"):
        load_frameworks(tmp_path)


def test_a_framework_without_areas_is_refused(tmp_path: Path) -> None:
    text = LIBRARIES[: LIBRARIES.index("area:shelf--books")]
    with pytest.raises(CannotUnderstand, match="has no kg:Area"):
        load_frameworks(write(tmp_path, text))


def test_two_frameworks_may_not_share_a_notation(tmp_path: Path) -> None:
    write(tmp_path, LIBRARIES)
    twin = LIBRARIES.replace("framework:shelf-check", "framework:twin").replace("area:shelf--", "area:twin--")
    with pytest.raises(CannotUnderstand, match="has the notation 'shelf-check'"):
        load_frameworks(write(tmp_path, twin, "twin.ttl"))


def test_known_bodies_have_names_and_a_class() -> None:
    forces = {body.names[0]: body.kind for body in load_bodies()}
    assert forces["West Midlands Police"] == KG.PoliceForce
