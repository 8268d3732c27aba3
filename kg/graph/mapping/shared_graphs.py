"""What is added to the ontology, the frameworks and the vocabularies when they are published.

Their files say each thing once. Clients that walk a thesaurus do not infer, so what follows is stated here:
narrower and top concepts, definitions of areas and grades, and the classes of standard vocabularies.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg.graph.mapping.standard_types import standard_types, with_standard_types
from kg.model.iris import vocabulary_iri
from kg.model.terms import label_literal, node, text_of
from kg.model.version import __version__
from kg.model.vocab import DCT, KG, OWL, RDF, SKOS

_LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
_SCHEMES = {KG.ReportKind: "report-kinds", KG.BoxKind: "box-kinds"}
_PLACES = ("best", "second", "third", "fourth", "fifth", "sixth")
_Values = Mapping[tuple[str, str], list[ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple]]


def as_published(graphs: Mapping[str, list[ox.Quad]]) -> dict[str, list[ox.Quad]]:
    """The graphs with what follows from them: each statement in the graph of what it is about."""
    values: defaultdict[tuple[str, str], list] = defaultdict(list)  # type: ignore[type-arg]
    for quad in (quad for quads in graphs.values() for quad in quads):
        if isinstance(quad.subject, ox.NamedNode):
            values[quad.subject.value, quad.predicate.value].append(quad.object)
    return {iri: _published(quads, values) for iri, quads in graphs.items()}


def _published(quads: list[ox.Quad], values: _Values) -> list[ox.Quad]:
    kept = [*_one_kind_of_label(quads), *_schemes(quads), *_names_of_schemes(quads, values)]
    added = [*_narrower(kept), *_tops(kept, values), *_definitions(kept, values), *_topic_matches(kept)]
    return with_standard_types([*kept, *added])


def _schemes(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The schemes of kinds of reports and of boxed items, which stand in the files of their publishers."""
    for quad in quads:
        if quad.predicate.value == RDF.type and (name := _SCHEMES.get(text_of(quad.object))):
            yield ox.Quad(quad.subject, node(SKOS.inScheme), node(vocabulary_iri(name)), quad.graph_name)


def _names_of_schemes(quads: Iterable[ox.Quad], values: _Values) -> Iterator[ox.Quad]:
    """A label for each scheme that has a title only, a title for each with a label only, and its version."""
    for quad in quads:
        if quad.predicate.value == RDF.type and SKOS.ConceptScheme in _with_above(text_of(quad.object)):
            iri = text_of(quad.subject)
            for own, other in ((DCT.title, SKOS.prefLabel), (SKOS.prefLabel, DCT.title)):
                name = label_literal(_text(iri, own, values))
                if name is not None and (iri, other) not in values:
                    yield ox.Quad(quad.subject, node(other), name, quad.graph_name)
            yield ox.Quad(quad.subject, node(OWL.versionInfo), ox.Literal(__version__), quad.graph_name)
            version = node(f"{iri}/{__version__}")
            yield ox.Quad(quad.subject, node(OWL.versionIRI), version, quad.graph_name)


def _with_above(cls: str) -> tuple[str, ...]:
    return (cls, *standard_types(cls))


def _one_kind_of_label(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Without names that a thing has as a better kind of label too (SKOS S13): only our readers need them."""
    quads = list(quads)
    rank = {(q.subject, q.object, q.predicate.value) for q in quads if q.predicate.value in _LABELS}
    for quad in quads:
        place = _LABELS.index(quad.predicate.value) if quad.predicate.value in _LABELS else 0
        if not any((quad.subject, quad.object, better) in rank for better in _LABELS[:place]):
            yield quad


def _narrower(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """``skos:narrower`` for each ``skos:broader``, and so on."""
    for quad in quads:
        if quad.predicate.value == SKOS.broader and isinstance(quad.object, ox.NamedNode):
            yield ox.Quad(quad.object, node(SKOS.narrower), quad.subject, quad.graph_name)


def _tops(quads: Iterable[ox.Quad], values: _Values) -> Iterator[ox.Quad]:
    """Which concepts stand at the top of their scheme: those that have none above them in it."""
    for quad in quads:
        if quad.predicate.value != SKOS.inScheme or not isinstance(quad.subject, ox.NamedNode):
            continue
        concept, scheme = quad.subject, quad.object
        if not isinstance(scheme, ox.NamedNode) or not _is_concept(concept, values):
            continue
        above = values.get((concept.value, SKOS.broader), [])
        if not any(scheme in values.get((b.value, SKOS.inScheme), []) for b in above if hasattr(b, "value")):
            yield ox.Quad(concept, node(SKOS.topConceptOf), scheme, quad.graph_name)
            yield ox.Quad(scheme, node(SKOS.hasTopConcept), concept, quad.graph_name)


def _is_concept(thing: ox.NamedNode, values: _Values) -> bool:
    classes = values.get((thing.value, RDF.type), [])
    return any(isinstance(cls, ox.NamedNode) and SKOS.Concept in standard_types(cls.value) for cls in classes)


def _definitions(quads: Iterable[ox.Quad], values: _Values) -> Iterator[ox.Quad]:
    """What areas and grades are that their files do not define: by their framework or scheme."""
    schemes = (found for (_, term), found in values.items() if term == SKOS.inScheme)
    sizes = Counter(scheme for found in schemes for scheme in {*map(text_of, found)})
    for quad in quads:
        subject = quad.subject
        if quad.predicate.value != RDF.type or not isinstance(subject, ox.NamedNode):
            continue
        text = None
        if (subject.value, SKOS.definition) not in values and quad.object == node(KG.Area):
            text = _area_text(subject.value, values)
        elif (subject.value, SKOS.definition) not in values and quad.object == node(KG.Grade):
            text = _grade_text(subject.value, values, sizes)
        if text is not None:
            yield ox.Quad(subject, node(SKOS.definition), ox.Literal(text, language="en"), quad.graph_name)


def _text(iri: str, term: str, values: _Values) -> str:
    return next(map(text_of, values.get((iri, term), [])), "")


def _area_text(area: str, values: _Values) -> str:
    framework = _text(area, SKOS.inScheme, values)
    done = "looks at without a grade" if _text(area, KG.graded, values) == "false" else "judges"
    named = _text(framework, DCT.title, values) or _text(framework, SKOS.prefLabel, values)
    return f"What an inspection by the framework “{named}” {done} as “{_text(area, SKOS.prefLabel, values)}”."


def _grade_text(grade: str, values: _Values, sizes: Mapping[str, int]) -> str:
    scheme = _text(grade, SKOS.inScheme, values)
    place = int(_text(grade, KG.rank, values) or 0)
    best = "best" if place == 1 else f"{_PLACES[place - 1]} best"
    return (
        f"The {best} of the {sizes[scheme]} grades of the scheme “{_text(scheme, SKOS.prefLabel, values)}”."
    )


def _topic_matches(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Measures and the topics that their figures belong to, as a mapping between schemes."""
    for quad in quads:
        if quad.predicate.value == KG.measureTopic:
            yield ox.Quad(quad.subject, node(SKOS.relatedMatch), quad.object, quad.graph_name)
