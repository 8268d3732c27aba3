"""The graph that describes the dataset itself: VoID, DCAT and PROV, counted from the given graphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

import pyoxigraph as ox

from kg.graph.writing.order import Statement, natural_key
from kg.model.iris import dataset_iri, graph_iri, software_iri
from kg.model.terms import integer_literal, node, text_literal, text_of
from kg.model.version import __version__
from kg.model.vocab import BASE, DCAT, DCT, KG, PROV, RDF, SCHEMA, SKOS, VOID

VOCABULARIES = (
    KG.iri,
    SKOS.iri,
    DCT.iri,
    PROV.iri,
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/ns/org#",
    "http://www.w3.org/2006/time#",
    "http://purl.org/linked-data/cube#",
)
Row = tuple[str, str, ox.NamedNode | ox.Literal | None]


def dataset_quads(graphs: Mapping[str, Collection[Statement]], base: str = BASE) -> list[ox.Quad]:
    """The description of a dataset of these graphs (by IRI), in the graph ``{base}graph/dataset``.

    It gives the number of triples of each graph and of the whole, of things of each class, the source
    files with their SHA-256, the licences of the reports and the version of this package. The counts are of
    what is given, so the description does not count itself.
    """
    name = graph_iri("dataset", base)
    described = {iri: set(graphs[iri]) for iri in sorted(graphs, key=natural_key) if iri != name}
    rows = [
        *_dataset(base, described),
        *_subsets(base, described),
        *_classes(base, described),
        *_provenance(base, described),
    ]
    distinct = dict.fromkeys(row for row in rows if row[2] is not None)
    return [ox.Quad(node(s), node(p), o, node(name)) for s, p, o in distinct if o is not None]


def _dataset(base: str, graphs: Mapping[str, set[Statement]]) -> Iterator[Row]:
    iri, subjects = dataset_iri(base), {s.subject for quads in graphs.values() for s in quads}
    yield from ((iri, RDF.type, node(cls)) for cls in (VOID.Dataset, DCAT.Dataset))
    yield iri, DCT.title, text_literal("Inspection findings")
    about = "Judgements, findings, figures, concerns and mentions in inspection reports, each with its words."
    yield iri, DCT.description, text_literal(about)
    yield from ((iri, VOID.vocabulary, node(vocabulary)) for vocabulary in VOCABULARIES)
    yield iri, VOID.uriSpace, text_literal(base)
    yield iri, VOID.triples, integer_literal(sum(map(len, graphs.values())))
    yield iri, VOID.distinctSubjects, integer_literal(len(subjects))
    for licence in _objects(graphs, DCT.license):
        yield iri, DCT.license, licence


def _subsets(base: str, graphs: Mapping[str, set[Statement]]) -> Iterator[Row]:
    for graph, quads in graphs.items():
        yield dataset_iri(base), VOID.subset, node(graph)
        yield graph, RDF.type, node(VOID.Dataset)
        yield graph, VOID.triples, integer_literal(len(quads))
        kinds = (quad for quad in quads if quad.predicate.value == RDF.type)
        for quad in sorted((quad for quad in kinds if text_of(quad.object) == KG.Report), key=str):
            yield graph, VOID.rootResource, _term(quad.subject)


def _classes(base: str, graphs: Mapping[str, set[Statement]]) -> Iterator[Row]:
    """One partition for each class of ours that has members."""
    members = {
        (s.subject, text_of(s.object))
        for quads in graphs.values()
        for s in quads
        if s.predicate.value == RDF.type and text_of(s.object).startswith(KG.iri)
    }
    for cls, count in sorted(Counter(cls for _, cls in members).items()):
        part = dataset_iri(base, "class-" + cls.removeprefix(KG.iri))
        yield dataset_iri(base), VOID.classPartition, node(part)
        yield part, VOID["class"], node(cls)
        yield part, VOID.entities, integer_literal(count)


def _provenance(base: str, graphs: Mapping[str, set[Statement]]) -> Iterator[Row]:
    """One activity that made the dataset from the source files, with this version of this package."""
    making, software = dataset_iri(base, "making"), software_iri()
    yield dataset_iri(base), PROV.wasGeneratedBy, node(making)
    yield making, RDF.type, node(PROV.Activity)
    yield making, PROV.wasAssociatedWith, node(software)
    yield software, RDF.type, node(PROV.SoftwareAgent)
    yield software, SCHEMA.softwareVersion, text_literal(__version__)
    yield software, SKOS.prefLabel, text_literal(f"inspection-findings-kg {__version__}")
    used = _objects(graphs, PROV.used)
    for each in used:
        yield making, PROV.used, each
    for quad in _about(graphs, set(used)):
        yield text_of(quad.subject), quad.predicate.value, _term(quad.object)


def _about(graphs: Mapping[str, set[Statement]], subjects: Collection[object]) -> list[Statement]:
    return sorted((s for quads in graphs.values() for s in quads if s.subject in subjects), key=str)


def _objects(graphs: Mapping[str, set[Statement]], predicate: str) -> list[ox.NamedNode | ox.Literal]:
    """The distinct objects of a property in the graphs of reports, sorted."""
    found = {
        _term(s.object)
        for quads in graphs.values()
        if any(text_of(s.object) == KG.Report and s.predicate.value == RDF.type for s in quads)
        for s in quads
        if s.predicate.value == predicate
    }
    return sorted(found, key=str)


def _term(term: object) -> ox.NamedNode | ox.Literal:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term
