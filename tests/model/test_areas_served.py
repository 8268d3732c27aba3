"""Which authorities each force serves: the list is our own, and this is what can be checked of it."""

from __future__ import annotations

import csv
from collections import defaultdict

from samples import shared

from kg.model.ontology import ontology_dir
from kg.model.turtle_data import TurtleData
from kg.model.vocab import KG, SKOS


def vocabularies() -> TurtleData:
    data = TurtleData()
    for name in ("areas-served", "local-authorities", "police-forces", "fire-services", "places"):
        data.add(ontology_dir() / "vocabularies" / f"{name}.ttl")
    return data


def forces_by_authority(data: TurtleData) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {authority: [] for authority in data.of_class(KG.LocalAuthority)}
    for force in data.of_class(KG.PoliceForce):
        for served in data.all(force, KG.serves):
            if served in found:
                found[served].append(force)
    return found


def test_each_authority_has_one_force() -> None:
    assert {a: f for a, f in forces_by_authority(vocabularies()).items() if len(f) != 1} == {}


def test_what_is_served_is_a_thing_of_the_vocabularies() -> None:
    data = vocabularies()
    known = {*data.of_class(KG.LocalAuthority), *data.of_class(KG.Place)}
    for cls in (KG.PoliceForce, KG.FireService, KG.LocalAuthority):
        for body in data.of_class(cls):
            assert set(data.all(body, KG.serves)) <= known, body


def test_the_authorities_of_a_force_lie_in_one_region() -> None:
    with shared("data/local-authorities.csv").open(encoding="utf-8", newline="") as file:
        region = {row["gss_code"]: row["region"] for row in csv.DictReader(file)}
    data, regions = vocabularies(), defaultdict(set)
    for authority, forces in forces_by_authority(data).items():
        for code in data.all(authority, SKOS.notation):
            for force in forces if code in region else ():
                regions[force].add(region[code])
    assert len(regions) == 39  # the forces of England
    assert {force: found for force, found in regions.items() if len(found) > 1} == {}
