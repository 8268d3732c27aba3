"""Kinds of inspected bodies come from the ontology alone."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.model.bodies import INSPECTED, area_of, body_kinds, general_kind, kind_of_body
from kg.model.ontology import ontology_dir
from kg.model.vocab import KG

_SCHOOL = """
kg:School a owl:Class ;
    rdfs:subClassOf kg:InspectedBody ;
    rdfs:label "school"@en ;
    skos:definition "A school."@en ;
    kg:pluralLabel "schools"@en ;
    kg:pathSegment "school" ;
    kg:bodyPattern "School$" ;
    kg:nameEnding "(?:Primary )?School" ;
    kg:spokenOf "\\\\b(?:schools?|pupils)\\\\b" ;
    rdfs:isDefinedBy <https://kg.example/ontology> .
"""
_CHECKS = """
import kg.model.ontology
from pathlib import Path
kg.model.ontology.ontology_dir = lambda: Path(r"{folder}")
from kg.model.bodies import INSPECTED, area_of, kind_of_body
from kg.model.vocab import KG
from kg.asking.things.kinds import BODIES, KINDS, kind_of
from kg.model.gazetteer import load_gazetteer
from kg.model.iris import PREFIXES
from kg.nlp.document.body_kind import kind_spoken_of
from kg.nlp.document.body_names import named_by_form
from kg.serving.pages.ontology_page import BROWSED

assert KG.School in INSPECTED and kind_of([KG.School]) == "school" and KINDS["school"].plural == "schools"
assert "school" in BODIES and "School" in BROWSED
assert kind_of_body(None, "Elm Road School").cls == KG.School
assert named_by_form("Elm Road School", None, 0, 0).iri == PREFIXES["school"] + "elm-road"
vocabulary = Path(r"{folder}") / "vocabularies" / "schools.ttl"
vocabulary.write_text(
    "<https://kg.example/id/school/elm> a <https://kg.example/ontology#School> ; "
    '<http://www.w3.org/2004/02/skos/core#prefLabel> "Elm Road School" .'
)
assert area_of("Elm Road Primary School") == "Elm Road"
assert kind_spoken_of("", "What pupils say of schools", [], [], []) == KG.School
assert load_gazetteer().find("Elm Road School")[0].label == "FORCE"
"""


def test_the_kinds_are_the_subclasses_of_inspected_bodies() -> None:
    assert [kind.name for kind in body_kinds()] == ["PoliceForce", "FireService", "LocalAuthority"]
    assert {kind.cls for kind in body_kinds()} == INSPECTED - {KG.InspectedBody}


def test_a_kind_of_body_is_a_class_in_the_ontology_and_no_code(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(ontology_dir(), folder)
    with (folder / "kg.ttl").open("a", encoding="utf-8") as file:
        file.write(_SCHOOL)
    code = _CHECKS.replace("{folder}", str(folder))
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_a_vocabulary_tells_the_kind_of_a_body_before_its_name_and_its_framework() -> None:
    assert kind_of_body(KG.PoliceForce, "Fire Town Police").cls == KG.PoliceForce
    assert kind_of_body(None, "Westerlyn FRS", KG.LocalAuthority).cls == KG.FireService
    assert kind_of_body(None, "Westerlyn", KG.LocalAuthority).cls == KG.LocalAuthority
    assert kind_of_body(None, "Westerlyn") == general_kind()


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("Kent Police", "Kent"),
        ("Kent Police Service", "Kent"),
        ("Kent Fire & Rescue Authority", "Kent"),
        ("Kent County Fire and Rescue Service", "Kent"),
        ("Kent County Council", "Kent"),
        ("Kent Police Federation", None),
    ],
)
def test_what_a_body_is_named_after_stands_before_the_ending_of_its_kind(name: str, area: str | None) -> None:
    assert area_of(name) == area


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("police custody suites", ["PoliceForce"]),
        ("Alnshire Constabulary", ["PoliceForce"]),
        ("HM Inspectorate of Constabulary", []),
        ("Fire Brigade", ["FireService"]),
        ("Inspector of Constabulary and Fire & Rescue Services", []),
        ("children’s services", ["LocalAuthority"]),
        ("children’s homes", []),
    ],
)
def test_words_tell_of_a_kind_of_body(words: str, kinds: list[str]) -> None:
    spoken_of = [(kind.name, kind.spoken_of or "(?!)") for kind in body_kinds()]
    assert [name for name, pattern in spoken_of if re.search(pattern, words, re.IGNORECASE)] == kinds
