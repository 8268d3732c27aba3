"""What standard tools find in the exports: terms of W3C vocabularies, an ontology in OWL DL, a Data Cube."""

from __future__ import annotations

import logging
import shutil
from collections import Counter
from pathlib import Path

import pytest
import rdflib
from needed import JAVA, not_here
from rdflib import DCAT, DCTERMS, OWL, QB, RDF, RDFS, SKOS, TIME, Namespace, URIRef
from rdflib.namespace import ORG, PROV

from kg.graph.mapping.standard_types import standard_types
from kg.model.figure_slots import CODES, SLOTS
from kg.model.vocab import KG as OURS

ROOT = Path(__file__).parents[2]
EXPORTS = ROOT / "exports"
KG = Namespace(OURS.iri)
OA = Namespace("http://www.w3.org/ns/oa#")
SDMX = Namespace("http://purl.org/linked-data/sdmx/2009/attribute#")
STATEMENTS = ("Judgement", "Finding", "ImprovementNeed", "StatedConcern", "Figure", "Mention", "Reason",
              "Aboutness", "Section", "Passage", "Notice", "Event", "Recognition", "Coverage")  # fmt: skip


@pytest.fixture(scope="module")
def data() -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in sorted(EXPORTS.glob("*.ttl")):
        graph.parse(file)
    return graph


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(EXPORTS / "ontology.ttl")


# --- classes of standard vocabularies -----------------------------------------------------------------

STANDARD = [
    SKOS.Concept, OA.Annotation, OA.SpecificResource, QB.Observation, ORG.Organization,
    ORG.OrganizationalUnit, ORG.Post, TIME.ProperInterval, PROV.Entity, PROV.Agent, DCAT.Resource,
]  # fmt: skip


@pytest.mark.parametrize("cls", STANDARD, ids=str)
def test_who_asks_for_a_standard_class_gets_all_that_the_ontology_infers(
    data: rdflib.Graph, ontology: rdflib.Graph, cls: URIRef
) -> None:
    below = {cls, *data.transitive_subjects(RDFS.subClassOf, cls)}
    inferred = {thing for kind in below for thing in data.subjects(RDF.type, kind)}
    stated = set(data.subjects(RDF.type, cls))
    assert stated and stated == inferred


def test_of_our_own_classes_only_the_most_specific_is_named(data: rdflib.Graph) -> None:
    for thing in set(data.subjects(RDF.type)):
        own = {c for c in data.objects(thing, RDF.type) if str(c).startswith(OURS.iri)}
        above = {a for c in own for a in data.transitive_objects(c, RDFS.subClassOf) if a != c}
        assert not own & above, thing


def test_a_class_of_another_vocabulary_has_no_super_types_of_ours() -> None:
    assert standard_types(str(SKOS.Concept)) == ()
    assert {str(ORG.Organization), str(ORG.FormalOrganization)} <= {*standard_types(OURS.PoliceForce)}


def test_an_annotation_has_target_body_and_motivation(data: rdflib.Graph) -> None:
    for mention in data.subjects(RDF.type, OA.Annotation):
        assert set(data.objects(mention, OA.hasTarget)) == set(data.objects(mention, KG.evidence))
        assert set(data.objects(mention, OA.hasBody)) == set(data.objects(mention, KG.refersTo))
        assert list(data.objects(mention, OA.motivatedBy)) == [OA.identifying]


# --- labels ------------------------------------------------------------------------------------------


def test_every_label_has_a_language(data: rdflib.Graph) -> None:
    for term in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, RDFS.label, SKOS.definition):
        assert {label.language for label in data.objects(None, term)} <= {"en"}, term


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_statement_and_passage_has_a_label(data: rdflib.Graph, name: str) -> None:
    for statement in data.subjects(RDF.type, KG[name]):
        labels = list(data.objects(statement, RDFS.label))
        assert len(labels) == 1 and 0 < len(labels[0]) <= 81, statement


def test_labels_of_statements_tell_what_they_say(data: rdflib.Graph) -> None:
    labels = {str(label) for label in data.objects(None, RDFS.label)}
    assert "Investigating crime: inadequate" in labels
    assert any(label.startswith("97.1 percent: ") for label in labels)


# --- concepts ----------------------------------------------------------------------------------------


def test_every_concept_hangs_in_its_scheme(data: rdflib.Graph) -> None:
    for concept in data.subjects(RDF.type, SKOS.Concept):
        schemes = list(data.objects(concept, SKOS.inScheme))
        assert schemes or (concept, RDF.type, KG.Area) in data or (concept, RDF.type, KG.Kind) in data, (
            concept
        )
        for scheme in schemes:
            top = (concept, SKOS.topConceptOf, scheme) in data
            assert top == ((scheme, SKOS.hasTopConcept, concept) in data)
            assert top or any((b, SKOS.inScheme, scheme) in data for b in data.objects(concept, SKOS.broader))


@pytest.mark.parametrize("name", ["Topic", "Measure", "Area", "Grade", "Code", "Polarity", "Voice"])
def test_concepts_are_defined(data: rdflib.Graph, name: str) -> None:
    concepts = set(data.subjects(RDF.type, KG[name]))
    assert concepts
    assert not [concept for concept in concepts if not list(data.objects(concept, SKOS.definition))]


def test_definitions_of_areas_and_grades_tell_framework_and_place(data: rdflib.Graph) -> None:
    area = URIRef("https://kg.example/id/area/peel-2023-25--investigating-crime")
    assert [str(d) for d in data.objects(area, SKOS.definition)] == [
        "What an inspection by the framework “PEEL 2023–2025” judges as “Investigating crime”."
    ]
    grade = URIRef("https://kg.example/id/grade/ofsted-children--good")
    assert "second best of the 4 grades" in str(data.value(grade, SKOS.definition))


def test_a_name_is_one_kind_of_label(data: rdflib.Graph) -> None:
    for thing in set(data.subjects(SKOS.prefLabel)):
        names = Counter(
            label
            for term in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
            for label in data.objects(thing, term)
        )  # fmt: skip
        assert max(names.values()) == 1, thing


def test_skosify_has_nothing_to_mend(caplog: pytest.LogCaptureFixture) -> None:
    skosify = pytest.importorskip("skosify")
    graph = rdflib.Graph().parse(EXPORTS / "vocabularies.ttl")
    with caplog.at_level(logging.WARNING):
        skosify.skosify(graph)
    said = [record.getMessage() for record in caplog.records]
    assert [line for line in said if not line.startswith("Multiple concept schemes found")] == []


def test_values_of_closed_lists_are_concepts_beside_the_strings(data: rdflib.Graph) -> None:
    for slot, term in CODES.items():
        pairs = [
            (str(value), str(data.value(code, SKOS.notation)))
            for figure in data.subjects(RDF.type, KG.Figure)
            for value in data.objects(figure, URIRef(SLOTS[slot]))
            for code in data.objects(figure, URIRef(term))
        ]
        assert pairs and all(value == notation for value, notation in pairs), slot


def test_the_lists_of_codes_are_those_of_the_shapes(data: rdflib.Graph) -> None:
    SH = Namespace("http://www.w3.org/ns/shacl#")
    for slot, name in (("unit", "unit"), ("population", "population"), ("attribution", "attribution"),
                       ("kind", "kind"), ("bound", "bound")):  # fmt: skip
        shape = next(s for s in data.subjects(SH.path, URIRef(SLOTS[slot])) if (s, SH.pattern, None) in data)
        pattern = str(data.value(shape, SH.pattern)).strip("^$()")
        scheme = URIRef(f"https://kg.example/id/vocabulary/{name}-codes")
        codes = {str(data.value(code, SKOS.notation)) for code in data.subjects(SKOS.inScheme, scheme)}
        assert codes == set(pattern.split("|")), slot


def test_things_link_to_the_data_of_others(data: rdflib.Graph) -> None:
    force = URIRef("https://kg.example/id/force/west-midlands")
    geography = URIRef("http://statistics.data.gov.uk/id/statistical-geography/E23000014")
    assert (force, DCTERMS.spatial, geography) in data
    links = rdflib.Graph().parse(ROOT / "ontology" / "vocabularies" / "outward-links.ttl")
    assert len(links) > 300
    for thing, _, other in links:
        assert (thing, RDF.type, None) in data, thing
        assert not str(other).startswith("https://kg.example/")
        code = str(other).rpartition("/")[2] if "statistical-geography" in str(other) else None
        assert code is None or (thing, SKOS.notation, rdflib.Literal(code)) in data, thing


# --- the ontology ------------------------------------------------------------------------------------


def test_owlready_loads_the_ontology_and_hermit_finds_it_consistent(tmp_path: Path) -> None:
    owlready2 = pytest.importorskip("owlready2")
    graph = rdflib.Graph().parse(EXPORTS / "ontology.ttl").parse(EXPORTS / "reading.ttl")
    graph.serialize(tmp_path / "ontology.nt", format="nt", encoding="utf-8")
    world = owlready2.World()
    world.get_ontology((tmp_path / "ontology.nt").as_uri()).load()
    assert {"Finding", "Figure"} <= {cls.name for cls in world.classes()}
    if shutil.which("java") is None:
        not_here(JAVA)
    owlready2.sync_reasoner_hermit(world, debug=0)
    assert list(world.inconsistent_classes()) == []


def test_nothing_in_the_ontology_is_outside_owl_dl(ontology: rdflib.Graph) -> None:
    reserved = (str(RDF), str(RDFS), "http://www.w3.org/2001/XMLSchema#date", str(OWL.Class))
    for term in (RDFS.subClassOf, RDFS.domain, RDFS.range):
        for _, _, above in ontology.triples((None, term, None)):
            assert not str(above).startswith(reserved) or above == RDFS.Literal, (term, above)
    declared = {s for s, cls in ontology.subject_objects(RDF.type) if str(cls).startswith(str(OWL))}
    used = {o for term in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, OWL.disjointWith)
            for o in ontology.objects(None, term)}  # fmt: skip
    assert {term for term in used if term != OWL.Thing} <= declared
    kinds = [OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty]
    of = Counter(s for kind in kinds for s in ontology.subjects(RDF.type, kind))
    assert max(of.values()) == 1


def test_what_is_disjoint_is_so_in_the_data(data: rdflib.Graph) -> None:
    apart = list(data.subject_objects(OWL.disjointWith))
    assert len(apart) > 100
    for one, other in apart:
        below = [{thing for kind in data.transitive_subjects(RDFS.subClassOf, cls)
                  for thing in data.subjects(RDF.type, kind)} for cls in (one, other)]  # fmt: skip
        assert not below[0] & below[1], (one, other)


def test_ontologies_have_versions_and_the_parser_has_one_of_its_own(data: rdflib.Graph) -> None:
    from kg.model.version import __version__

    for name in ("ontology", "reading", "shapes"):
        iri = URIRef(f"https://kg.example/{name}")
        assert str(data.value(iri, OWL.versionInfo)) == __version__
        assert str(data.value(iri, OWL.versionIRI)) == f"{iri}/{__version__}"
    of_data = rdflib.Graph().parse(EXPORTS / "ontology.ttl")
    assert not [t for t in of_data.subjects(RDF.type) if str(t).endswith("Pattern")]
    reading = rdflib.Graph().parse(EXPORTS / "reading.ttl")
    patterns = {t for t in reading.subjects(RDF.type) if str(t).endswith("Pattern")}
    assert len(patterns) > 8 and KG.titlePattern in patterns


# --- the cube ----------------------------------------------------------------------------------------

PREFIXES = """PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
BROKEN = {
    "IC-1 one data set": """{ ?obs a qb:Observation
        FILTER NOT EXISTS { ?obs qb:dataSet ?ds . ?ds a qb:DataSet } }
        UNION { ?obs a qb:Observation ; qb:dataSet ?a, ?b FILTER(?a != ?b) }""",
    "IC-2 one structure": """{ ?ds a qb:DataSet
        FILTER NOT EXISTS { ?ds qb:structure ?s . ?s a qb:DataStructureDefinition } }
        UNION { ?ds qb:structure ?a, ?b FILTER(?a != ?b) }""",
    "IC-3 a measure": """?dsd a qb:DataStructureDefinition
        FILTER NOT EXISTS { ?dsd qb:component/qb:measure ?m . ?m a qb:MeasureProperty }""",
    "IC-4 a range": """?dim a qb:DimensionProperty
        FILTER NOT EXISTS { ?dim rdfs:range ?r }""",
    "IC-5 a list": """?dim a qb:DimensionProperty ; rdfs:range skos:Concept
        FILTER NOT EXISTS { ?dim qb:codeList ?l }""",
    "IC-6 optional attributes only": """?dsd qb:component ?c .
        ?c qb:componentRequired false ; qb:componentProperty|qb:dimension|qb:measure ?p
        FILTER NOT EXISTS { ?p a qb:AttributeProperty }""",
    "IC-7, 8, 9, 10, 18: no slices": "{ ?s a qb:Slice } UNION { ?s a qb:SliceKey }",
    "IC-11 all dimensions": """?obs qb:dataSet/qb:structure/qb:component/qb:dimension ?dim
        FILTER NOT EXISTS { ?obs ?dim ?value }""",
    "IC-13 required attributes": """?obs qb:dataSet/qb:structure/qb:component ?c .
        ?c qb:componentRequired true ; qb:attribute ?p
        FILTER NOT EXISTS { ?obs ?p ?value }""",
    "IC-14 all measures": """?obs qb:dataSet/qb:structure/qb:component/qb:measure ?m
        FILTER NOT EXISTS { ?obs ?m ?value }""",
    "IC-15, 16, 17: no measure dimension": "?dsd qb:component/qb:dimension qb:measureType",
    "IC-19 codes of the list": """?obs qb:dataSet/qb:structure/qb:component/(qb:attribute|qb:dimension) ?p .
        ?p qb:codeList ?list .
        ?obs ?p ?v
        FILTER NOT EXISTS { ?v a skos:Concept ; skos:inScheme ?list }""",
    "IC-20, 21: no hierarchical lists": "?l a qb:HierarchicalCodeList",
}


@pytest.fixture(scope="module")
def figures(data: rdflib.Graph) -> rdflib.Graph:
    """The cube with its structure and lists: so the queries are quick."""
    part = rdflib.Graph()
    wanted = {
        QB.Observation, QB.DataSet, QB.DataStructureDefinition, QB.ComponentSpecification,
        QB.DimensionProperty, QB.MeasureProperty, QB.AttributeProperty, QB.CodedProperty,
        SKOS.ConceptScheme, KG.Code,
    }  # fmt: skip
    for cls in wanted:
        for subject in data.subjects(RDF.type, cls):
            for triple in data.triples((subject, None, None)):
                part.add(triple)
    return part


@pytest.mark.parametrize("name", BROKEN)
def test_the_cube_keeps_the_constraints_of_data_cube(figures: rdflib.Graph, name: str) -> None:
    assert len(set(figures.subjects(RDF.type, QB.Observation))) == 92
    assert not figures.query(f"{PREFIXES} ASK {{ {BROKEN[name]} }}").askAnswer


def test_no_two_observations_have_the_same_dimensions(figures: rdflib.Graph) -> None:
    """IC-12."""
    dimensions = [p for c in figures.objects(None, QB.component) for p in figures.objects(c, QB.dimension)]
    dimensions = dimensions or [KG.report, KG.evidence]
    observations = set(figures.subjects(RDF.type, QB.Observation))
    keys = {tuple(figures.value(o, p) for p in dimensions) for o in observations}
    assert len(keys) == len(observations)


def test_units_lead_to_those_of_qudt(data: rdflib.Graph) -> None:
    unit = URIRef("https://kg.example/id/code/unit--percent")
    assert (unit, SKOS.closeMatch, URIRef("http://qudt.org/vocab/unit/PERCENT")) in data
    assert (
        sum((figure, SDMX.unitMeasure, unit) in data for figure in data.subjects(RDF.type, KG.Figure)) == 30
    )
