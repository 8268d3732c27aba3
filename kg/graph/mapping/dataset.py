"""The graph that describes the dataset itself: VoID, DCAT and PROV, from a summary of each graph.

A summary is made with its report and kept beside it, so that a dataset of many reports is described without
reading them again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import pyoxigraph as ox

from kg.graph.writing.ntriples import to_ntriples
from kg.graph.writing.order import Statement, as_triple, natural_key
from kg.model.iris import dataset_iri, graph_iri, software_iri
from kg.model.terms import integer_literal, label_literal, node, text_literal, text_of
from kg.model.version import __version__
from kg.model.vocab import (
    BASE,
    DCAT,
    DCT,
    FOAF,
    KG,
    PROV,
    QB,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    VOID,
    local_name,
)

VOCABULARIES = (
    KG.iri,
    SKOS.iri,
    DCT.iri,
    PROV.iri,
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/ns/org#",
    "http://www.w3.org/2006/time#",
    QB.iri,
    DCAT.iri,
    VOID.iri,
    FOAF.iri,
)
_OF_SEVERAL = ("links", "curation")
"""The graphs that repeat words of several reports, by their names."""
_OF_REPORT = (DCT.issued, DCT.rights, DCT.title)
"""What the description tells of reports; of other things it stays in their graphs."""
_FACTS = (DCT.license, PROV.used, *_OF_REPORT)
MIT = "https://opensource.org/license/mit"
"""The licence of the ontology, the vocabularies and the saved queries."""
_TURTLE = "https://www.iana.org/assignments/media-types/text/turtle"
_ENGLISH = "http://id.loc.gov/vocabulary/iso639-1/en"
_KEYWORDS = ("inspection", "police", "fire and rescue", "children’s services", "findings", "grades")
_Licence = TypeVar("_Licence")
Row = tuple[str, str, ox.NamedNode | ox.Literal | None]
_ByClass = Mapping[str, Sequence[str]]
"""Things by their classes of ours (local names, sorted, with spaces between; "" for none)."""


@dataclass(frozen=True)
class GraphSummary:
    """What the description of a dataset has to know of one of its graphs.

    ``own`` are the subjects that are parts of the graph's one report, by what follows its IRI, ``others`` all
    others, by their IRIs. ``facts`` has its licences and sources, and what it says of them, as N-Triples.
    """

    statements: int
    report: str | None = None
    own: _ByClass = field(default_factory=dict)
    others: _ByClass = field(default_factory=dict)
    facts: str = ""


def summary_of(statements: Iterable[Statement]) -> GraphSummary:
    """The summary of a graph."""
    triples = set(map(as_triple, statements))
    of: dict[str, list[ox.Triple]] = defaultdict(list)
    classes: dict[str, set[str]] = defaultdict(set)
    facts, sources, reports = set(), set(), set()
    for triple in triples:
        subject, predicate = text_of(triple.subject), triple.predicate.value
        of[subject].append(triple)
        if predicate == RDF.type and (value := text_of(triple.object)).startswith(KG.iri):
            classes[subject].add(value.removeprefix(KG.iri))
            if value == KG.Report:
                reports.add(subject)
        elif predicate in _FACTS:
            facts.add(triple)
            if predicate == PROV.used:
                sources.add(text_of(triple.object))
    facts.update(*(of[source] for source in sources & of.keys()))
    report = min(reports, default=None)
    facts = {
        fact for fact in facts if text_of(fact.subject) == report or fact.predicate.value not in _OF_REPORT
    }
    own: dict[str, list[str]] = defaultdict(list)
    others: dict[str, list[str]] = defaultdict(list)
    for subject in sorted(of):
        key = " ".join(sorted(classes[subject]))
        if report is not None and subject.startswith(report + "/"):
            own[key].append(subject.removeprefix(report + "/"))
        else:
            others[key].append(subject)
    said = to_ntriples(facts).decode() if report is not None else ""
    return GraphSummary(len(triples), report, dict(own), dict(others), said)


def dataset_quads(
    reports: Iterable[tuple[str, GraphSummary]], others: Mapping[str, GraphSummary], base: str = BASE
) -> list[ox.Quad]:
    """The description of a dataset of these graphs (by IRI), in the graph ``{base}graph/dataset``.

    It gives the number of triples of each graph and of the whole, of things of each class, the source
    files with their SHA-256, the licences of the reports and the version of this package. The counts are of
    what is given, so the description does not count itself. ``others`` are the graphs that are no report's;
    of the reports one is looked at after the other.
    """
    counted = _Counted(others)
    for iri, summary in reports:
        counted.add(iri, summary)
    parts = (_dataset, _when_and_what, _subsets, _cube, _classes, _provenance)
    rows = [row for part in parts for row in part(base, counted)]
    name = node(graph_iri("dataset", base))
    distinct = dict.fromkeys(row for row in rows if row[2] is not None)
    return [ox.Quad(node(s), node(p), o, name) for s, p, o in distinct if o is not None]


class _Counted:
    """Numbers of all graphs, each thing counted once however many graphs speak of it."""

    def __init__(self, others: Mapping[str, GraphSummary]) -> None:
        self.statements: dict[str, int] = {}
        self.reports: dict[str, str] = {}
        self.facts: set[ox.Triple] = set()
        self._own, self._own_classes = 0, Counter[str]()
        self._shared: dict[str, set[str]] = defaultdict(set)
        for iri, summary in others.items():
            self.add(iri, summary)
        self._of_report: dict[str, list[str]] = defaultdict(list)
        """Parts of reports that other graphs speak of, by the report."""
        for subject in self._shared:
            head, _, rest = subject.partition("/report/")
            self._of_report[f"{head}/report/{rest.partition('/')[0]}"].append(subject)

    def add(self, iri: str, summary: GraphSummary) -> None:
        self.statements[iri] = summary.statements
        for key, subjects in summary.others.items():
            for subject in subjects:
                self._shared[subject].update(key.split())
        if summary.report is None:
            return
        self.reports[iri] = summary.report
        self.facts |= {quad.triple for quad in ox.parse(summary.facts, format=ox.RdfFormat.N_TRIPLES)}
        elsewhere = set(self._of_report.get(summary.report, ()))
        for key, locals_ in summary.own.items():
            both = {f"{summary.report}/{local}" for local in locals_} & elsewhere if elsewhere else set[str]()
            for subject in both:
                self._shared[subject].update(key.split())
            self._own += len(locals_) - len(both)
            self._own_classes.update({cls: len(locals_) - len(both) for cls in key.split()})

    @property
    def licences(self) -> dict[str, set[ox.NamedNode | ox.Literal]]:
        """The licences of each report, by its IRI; none for one that states none."""
        found: dict[str, set[ox.NamedNode | ox.Literal]] = {report: set() for report in self.reports.values()}
        for fact in self.facts:
            if fact.predicate.value == DCT.license and (report := text_of(fact.subject)) in found:
                found[report].add(_term(fact.object))
        return found

    @property
    def dates(self) -> list[ox.Literal]:
        """When the reports were published, the first one first."""
        found = (t.object for t in self.facts if t.predicate.value == DCT.issued)
        return sorted({date for date in found if isinstance(date, ox.Literal)}, key=text_of)

    @property
    def subjects(self) -> int:
        return self._own + len(self._shared)

    @property
    def classes(self) -> Counter[str]:
        """The number of things of each class of ours, by its local name."""
        return self._own_classes + Counter(cls for classes in self._shared.values() for cls in classes)

    def title(self, graph: str) -> str:
        """What a graph is called: as its report, or by its name."""
        report = self.reports.get(graph)
        titles = (t for t in self.facts if t.predicate.value == DCT.title and text_of(t.subject) == report)
        return next((text_of(t.object) for t in titles), local_name(graph).replace("-", " "))

    def objects(self, predicate: str) -> list[ox.NamedNode | ox.Literal]:
        """The distinct objects of a property in the graphs of reports, sorted."""
        return sorted({_term(t.object) for t in self.facts if t.predicate.value == predicate}, key=str)


def of_all(each: Iterable[Collection[_Licence]]) -> list[_Licence]:
    """The licences of a whole: those of its parts where all have the same, else none.

    >>> of_all([["ogl"], ["ogl"]]), of_all([["ogl"], []]), of_all([["ogl"], ["other"]])
    (['ogl'], [], [])
    """
    distinct = {frozenset(licences) for licences in each}
    return sorted(distinct.pop(), key=str) if len(distinct) == 1 else []


def _dataset(base: str, counted: _Counted) -> Iterator[Row]:
    iri = dataset_iri(base)
    yield from ((iri, RDF.type, node(cls)) for cls in (VOID.Dataset, DCAT.Dataset, DCAT.Resource))
    yield iri, DCT.title, text_literal("Inspection findings")
    about = "Judgements, findings, figures, concerns and mentions in inspection reports, each with its words."
    yield iri, DCT.description, text_literal(about)
    yield from ((iri, VOID.vocabulary, node(vocabulary)) for vocabulary in VOCABULARIES)
    yield iri, VOID.uriSpace, text_literal(base)
    yield iri, VOID.triples, integer_literal(sum(counted.statements.values()))
    yield iri, VOID.distinctSubjects, integer_literal(counted.subjects)
    for licence in of_all(counted.licences.values()):
        yield iri, DCT.license, licence


def _when_and_what(base: str, counted: _Counted) -> Iterator[Row]:
    """What catalogues ask of a dataset. Its date is that of its newest report, so that it has no clock."""
    iri, span = dataset_iri(base), dataset_iri(base, "temporal")
    yield iri, DCT.identifier, text_literal(iri)
    yield iri, DCT.language, node(_ENGLISH)
    yield iri, DCT.creator, node(software_iri())
    yield iri, DCT.conformsTo, node(KG.iri.removesuffix("#"))
    yield iri, DCAT.version, text_literal(__version__)
    yield from ((iri, DCAT.keyword, label_literal(word)) for word in _KEYWORDS)
    yield from ((iri, VOID.exampleResource, node(report)) for report in sorted(counted.reports.values())[:1])
    yield from ((iri, DCT.rights, said) for said in counted.objects(DCT.rights))
    if dates := counted.dates:
        yield iri, DCT.issued, dates[-1]
        yield iri, DCT.modified, dates[-1]
        yield iri, DCT.temporal, node(span)
        yield span, RDF.type, node(DCT.PeriodOfTime)
        yield span, DCAT.startDate, dates[0]
        yield span, DCAT.endDate, dates[-1]


def _cube(base: str, counted: _Counted) -> Iterator[Row]:
    """All figures as one data set of RDF Data Cube; the ontology has its structure."""
    cube = dataset_iri(base, "figures")
    yield cube, RDF.type, node(QB.DataSet)
    yield cube, DCT.title, label_literal("Figures of inspection reports")
    yield cube, RDFS.label, label_literal("Figures of inspection reports")
    yield cube, QB.structure, node(BASE + "cube#structure")
    yield cube, DCT.isPartOf, node(dataset_iri(base))


def _subsets(base: str, counted: _Counted) -> Iterator[Row]:
    for graph in sorted(counted.statements, key=natural_key):
        yield dataset_iri(base), VOID.subset, node(graph)
        yield from ((graph, RDF.type, node(cls)) for cls in (VOID.Dataset, DCAT.Dataset, DCAT.Resource))
        yield graph, VOID.triples, integer_literal(counted.statements[graph])
        if graph in counted.reports:
            yield graph, VOID.rootResource, node(counted.reports[graph])
            for licence in sorted(counted.licences[counted.reports[graph]], key=str):
                yield graph, DCT.license, licence
        elif local_name(graph) not in _OF_SEVERAL:
            yield graph, DCT.license, node(MIT)
        yield graph, DCT.title, label_literal(counted.title(graph))
        yield graph, VOID.dataDump, node(graph + ".ttl")
        yield from _distribution(base, graph)


def _distribution(base: str, graph: str) -> Iterator[Row]:
    """Where the server gives a graph as a file."""
    file = dataset_iri(base, "file-" + local_name(graph))
    yield graph, DCAT.distribution, node(file)
    yield file, RDF.type, node(DCAT.Distribution)
    yield file, DCAT.downloadURL, node(graph + ".ttl")
    yield file, DCAT.mediaType, node(_TURTLE)


def _classes(base: str, counted: _Counted) -> Iterator[Row]:
    """One partition for each class of ours that has members."""
    for cls, count in sorted(counted.classes.items()):
        part = dataset_iri(base, "class-" + cls)
        yield dataset_iri(base), VOID.classPartition, node(part)
        yield part, VOID["class"], node(KG.iri + cls)
        yield part, VOID.entities, integer_literal(count)


def _provenance(base: str, counted: _Counted) -> Iterator[Row]:
    """One activity that made the dataset from the source files, with this version of this package."""
    making, software = dataset_iri(base, "making"), software_iri()
    yield dataset_iri(base), PROV.wasGeneratedBy, node(making)
    yield making, RDF.type, node(PROV.Activity)
    yield making, RDFS.label, label_literal("making of the dataset")
    yield making, PROV.wasAssociatedWith, node(software)
    yield from ((software, RDF.type, node(cls)) for cls in (PROV.SoftwareAgent, PROV.Agent))
    yield software, SCHEMA.softwareVersion, text_literal(__version__)
    yield software, SKOS.prefLabel, label_literal(f"inspection-findings-kg {__version__}")
    used = counted.objects(PROV.used)
    for each in used:
        yield making, PROV.used, each
    for triple in sorted((t for t in counted.facts if t.subject in set(used)), key=str):
        yield text_of(triple.subject), triple.predicate.value, _term(triple.object)


def _term(term: object) -> ox.NamedNode | ox.Literal:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term
