"""The ontology and the shapes: every term is described, and every rule helps."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from store_data import load_turtle

from kg.graph.rdf_files import read_quads
from kg.model.iris import PREFIXES, entity_iri, period_bounds, period_iri, slug
from kg.model.labels import LABELS
from kg.model.ontology import ontology_dir
from kg.model.vocab import KG, QB, RDF, RDFS, SKOS, Namespace

OWL = Namespace("http://www.w3.org/2002/07/owl#")
SH = Namespace("http://www.w3.org/ns/shacl#")
READING = load_turtle(ontology_dir() / "reading.ttl")
ONTOLOGY = [*load_turtle(ontology_dir() / "kg.ttl"), *READING]
SHAPES = load_turtle(ontology_dir() / "shapes.ttl")


def objects(subject: object, predicate: str, triples: list[ox.Triple] = ONTOLOGY) -> list[str]:
    wanted = ox.NamedNode(predicate)
    return [t.object.value for t in triples if t.subject == subject and t.predicate == wanted]


def subjects_of(*classes: str, triples: list[ox.Triple] = ONTOLOGY) -> set[ox.NamedNode]:
    wanted = {ox.NamedNode(cls) for cls in classes}
    return {t.subject for t in triples if t.predicate.value == RDF.type and t.object in wanted}


def test_the_terms_that_the_code_may_use_are_those_of_the_ontology() -> None:
    defined = {t.subject.value.removeprefix(KG.iri) for t in ONTOLOGY if t.subject.value.startswith(KG.iri)}
    assert defined == KG.words


def test_every_term_has_one_label_and_one_definition() -> None:
    for name in KG.words:
        term = ox.NamedNode(KG.iri + name)
        assert len(objects(term, RDFS.label)) == 1, name
        assert len(objects(term, SKOS.definition)) == 1, name


def test_every_kg_term_that_is_referred_to_is_defined() -> None:
    for path in [*ontology_dir().rglob("*.ttl")]:
        for quad in read_quads(path):
            for term in (quad.predicate, quad.object):
                if isinstance(term, ox.NamedNode) and term.value.startswith(KG.iri):
                    assert term.value.removeprefix(KG.iri) in KG.words, (path.name, term.value)


def test_every_class_has_a_superclass_outside_or_above() -> None:
    for cls in subjects_of(OWL.Class):
        assert objects(cls, RDFS.subClassOf) or not cls.value.startswith(KG.iri), cls


def test_a_derived_property_states_its_rule() -> None:
    derived = subjects_of(KG.Derivation)
    assert {p.value for p in derived} >= {KG.relatedConcern, KG.hasFigure, KG.changeFrom}
    assert all(objects(p, SKOS.scopeNote)[0].startswith("Rule: ") for p in derived)


def test_properties_are_of_objects_or_of_data() -> None:
    objectlike, datalike = subjects_of(OWL.ObjectProperty), subjects_of(OWL.DatatypeProperty)
    assert not objectlike & datalike
    xsd = "http://www.w3.org/2001/XMLSchema#"
    for prop in datalike:
        ranges = objects(prop, RDFS.range)
        assert all(value.startswith(xsd) or value == RDFS.Literal for value in ranges), prop
    for prop in objectlike:
        assert not any(value.startswith(xsd) for value in objects(prop, RDFS.range)), prop


def test_classes_stand_on_the_common_vocabularies() -> None:
    supers = {value for cls in subjects_of(OWL.Class) for value in objects(cls, RDFS.subClassOf)}
    for namespace in ("prov", "skos", "org", "oa", "time", "qb"):
        assert any(value.startswith(PREFIXES[namespace]) for value in supers), namespace
    assert QB.Observation in objects(ox.NamedNode(KG.Figure), RDFS.subClassOf)


@pytest.mark.parametrize("triples", [ONTOLOGY, SHAPES], ids=["ontology", "shapes"])
def test_there_are_no_blank_nodes(triples: list[ox.Triple]) -> None:
    assert not [t for t in triples if ox.BlankNode in (type(t.subject), type(t.object))]


def test_definitions_name_no_inspectorate() -> None:
    text = (ontology_dir() / "kg.ttl").read_text(encoding="utf-8")
    patterns = r"kg:(?:nameEnding|spokenOf) .*"  # of police forces, which some of them call themselves
    assert not re.search(r"HMIC|PEEL|Ofsted|constabular", re.sub(patterns, "", text))
    assert not re.search(r"HMIC|PEEL|Ofsted", text)


def test_every_shape_tells_what_to_do_and_how_bad_it_is() -> None:
    rules = subjects_of(SH.PropertyShape, SH.SPARQLConstraint, triples=SHAPES)
    assert len(rules) > 60
    for rule in rules:
        assert len(objects(rule, SH.message, SHAPES)[0].split()) >= 4, rule
        assert objects(rule, SH.severity, SHAPES)[0] in (SH.Violation, SH.Warning)


def test_every_shape_is_used() -> None:
    used = {t.object for t in SHAPES if t.predicate.value in (SH.property, SH.sparql)}
    assert used == subjects_of(SH.PropertyShape, SH.SPARQLConstraint, triples=SHAPES)


def test_every_class_of_a_label_is_a_thing() -> None:
    for cls in (label.cls for label in LABELS):
        assert KG.Entity in objects(ox.NamedNode(cls), RDFS.subClassOf)


# --- names -------------------------------------------------------------------------------------------


def test_a_term_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(AttributeError, match="findng"):
        _ = KG.findng


def test_different_long_names_keep_different_slugs() -> None:
    long = "a word " * 20
    assert slug(long + "one") != slug(long + "two")
    assert len(slug(long)) <= 70


def test_a_name_without_letters_still_has_a_slug() -> None:
    assert slug("…") and slug("…") != slug("—")


def test_the_unit_of_a_force_carries_its_force() -> None:
    one, two = (entity_iri("UNIT", "control room", owner=f"https://kg.example/id/force/{f}") for f in "ab")
    assert one != two


@pytest.mark.parametrize("bounds", [("2022-04-01", "2023-03-31"), (None, "2023-03-31"), ("2022-04-01", None)])
def test_the_iri_of_a_period_gives_its_bounds(bounds: tuple[str | None, str | None]) -> None:
    assert period_bounds(period_iri(*bounds)) == bounds
