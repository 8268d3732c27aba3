"""The vocabularies as records."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model.errors import CannotRead, CannotUnderstand
from kg.model.gazetteer import Entry, Gazetteer, load_gazetteer
from kg.model.iris import entity_iri
from kg.model.text.comparing import with_plain_typography

HEAD = """@prefix kg: <https://kg.example/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix system: <https://kg.example/id/system/> .
"""


def entry(label: str, name: str, *aliases: str) -> Entry:
    return Entry(entity_iri(label, name), label, "System", name, aliases, None, None, "test")


def texts(one: Entry) -> dict[str, bool]:
    return {phrase.text: phrase.exact for phrase in Gazetteer([one]).phrases()}


def test_all_forces_of_england_and_wales_have_an_ons_code() -> None:
    forces = [e for e in load_gazetteer().entries if e.kind == "PoliceForce" and e.notation]
    assert len(forces) == 43
    assert {e.notation[0] for e in forces if e.notation} == {"E", "W"}


def test_a_force_is_found_by_its_alias() -> None:
    (found,) = load_gazetteer().find("GMP", "FORCE")
    assert found.iri == "https://kg.example/id/force/greater-manchester"
    assert found.identifier == "greater-manchester"


def test_a_name_is_found_whatever_its_typography() -> None:
    assert load_gazetteer().find("Clare's Law") == load_gazetteer().find("CLARE’S LAW")


@pytest.mark.parametrize("label", ["TOPIC", "MEASURE"])
def test_topics_and_measures_are_many(label: str) -> None:
    assert len(load_gazetteer().of(label)) >= 60


def test_iris_follow_the_rule_of_the_vocabularies() -> None:
    for e in load_gazetteer().entries:
        assert e.iri.startswith("https://kg.example/id/")
        if e.label != "FORCE":
            assert e.iri == entity_iri(e.label, with_plain_typography(e.name))


def test_no_name_belongs_to_two_things_of_one_label() -> None:
    for name, entries in load_gazetteer().by_name.items():
        labels = [e.label for e in entries if e.label not in ("TOPIC", "MEASURE")]
        assert len(labels) == len(set(labels)), name


def test_a_name_with_a_capital_is_matched_as_written_and_another_in_any_case() -> None:
    assert texts(entry("SYSTEM", "Hydra")) == {"Hydra": True}
    assert texts(entry("ROLE", "chief constable")) == {"chief constable": False, "chief constables": False}


def test_acronyms_and_class_nouns_get_a_plural() -> None:
    assert "MARACs" in texts(entry("BODY", "MARAC"))
    assert "Stalking Protection Orders" in texts(entry("LEGISLATION", "Stalking Protection Order"))


def test_ampersand_and_and_are_the_same() -> None:
    assert "Fire and Rescue Service" in texts(entry("FORCE", "Fire & Rescue Service"))


def test_a_folder_without_turtle_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="no vocabulary here"):
        load_gazetteer(tmp_path)


def test_bad_turtle_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("system:x a kg:System", encoding="utf-8")
    with pytest.raises(CannotUnderstand, match=r"bad\.ttl: not Turtle"):
        load_gazetteer(tmp_path)


def test_an_entry_without_label_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "bare.ttl").write_text(HEAD + "system:x a kg:System .", encoding="utf-8")
    with pytest.raises(CannotUnderstand, match=r"bare\.ttl.*prefLabel"):
        load_gazetteer(tmp_path)


def test_a_thing_in_two_files_is_refused(tmp_path: Path) -> None:
    for stem in ("a", "b"):
        text = HEAD + 'system:x a kg:System ; skos:prefLabel "X" .'
        (tmp_path / f"{stem}.ttl").write_text(text, encoding="utf-8")
    with pytest.raises(CannotUnderstand, match=r"is in a\.ttl too"):
        load_gazetteer(tmp_path)
