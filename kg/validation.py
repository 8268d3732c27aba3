"""SHACL: does a graph look as it must? Each violation comes with the words it is about.

pySHACL does the checking. A report refers to areas, grades and known things by IRI only, so what the
vocabularies say of the things that are referred to is added before checking; nothing there is checked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import CannotUnderstand
from kg.formats import Statement
from kg.store import read_quads
from kg.vocab import KG, OA, RDF, RDFS, SKOS, ontology_dir

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_ORDER = {"violation": 0, "warning": 1, "info": 2}
_BACKGROUND = (RDFS.subClassOf, SKOS.inScheme, KG.gradeScheme)
"""What is always added of the vocabularies; of things that are referred to also type and name."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One result of validation.

    ``severity`` is violation (the graph is wrong), warning (needs a look) or info. ``focus`` is the IRI at
    fault, ``path`` the property (None for a rule over several), ``value`` the value at fault as text.
    ``start`` and ``end`` are the offsets in the report's text of ``passage_text``, the words that the focus
    rests on; they are None where it rests on none.
    """

    severity: str
    message: str
    focus: str
    path: str | None
    value: str | None
    passage_text: str | None
    start: int | None
    end: int | None
    report: str | None


def validate(
    data: ox.Store | Iterable[Statement],
    shapes: str | Path | None = None,
) -> list[Violation]:
    """What is wrong with the data, violations first, then in the order of reports and their text.

    ``data`` is a store (all its graphs taken together), or quads or triples; ``shapes`` a file of SHACL
    shapes, by default ``ontology/shapes.ttl``. Raises CannotRead or CannotUnderstand for the shapes.
    """
    statements = list(data)
    background = [] if shapes is not None else _background(statements)
    graph = as_rdflib([*statements, *background])
    focus_nodes = {statement.subject for statement in statements}
    found = [v for v in _results(graph, _shapes(shapes)) if ox.NamedNode(v.focus) in focus_nodes]
    return sorted(set(found), key=_place)


def _place(violation: Violation) -> tuple[object, ...]:
    v = violation
    at = (v.start is None, v.start or 0, v.end or 0)
    return _ORDER[v.severity], v.report or "", at, v.focus, v.path or "", v.message, v.value or ""


def shapes_digest(shapes: str | Path | None = None) -> str:
    """The SHA-256 of a file of shapes."""
    return hashlib.sha256(_shapes_path(shapes).read_bytes()).hexdigest()


def _shapes_path(shapes: str | Path | None) -> Path:
    return ontology_dir() / "shapes.ttl" if shapes is None else Path(shapes)


def _shapes(shapes: str | Path | None) -> rdflib.Graph:
    return _own_shapes() if shapes is None else as_rdflib(read_quads(shapes))


@cache
def _own_shapes() -> rdflib.Graph:
    return as_rdflib(read_quads(_shapes_path(None)))


@cache
def _vocabularies() -> dict[ox.NamedNode, tuple[ox.Triple, ...]]:
    """The triples of the ontology folder that checking may need, by subject."""
    wanted = {ox.NamedNode(iri) for iri in (*_BACKGROUND, RDF.type, SKOS.prefLabel)}
    found: dict[ox.NamedNode, list[ox.Triple]] = {}
    for path in sorted(ontology_dir().rglob("*.ttl")):
        for quad in read_quads(path):
            if quad.predicate in wanted and isinstance(quad.subject, ox.NamedNode):
                found.setdefault(quad.subject, []).append(quad.triple)
    return {subject: tuple(triples) for subject, triples in found.items()}


def _background(statements: Iterable[Statement]) -> Iterator[ox.Triple]:
    always = {ox.NamedNode(iri) for iri in _BACKGROUND}
    referred = {s.object for s in statements if isinstance(s.object, ox.NamedNode)}
    for subject, triples in _vocabularies().items():
        for triple in triples:
            if subject in referred or triple.predicate in always:
                yield triple


# --- rdflib and pySHACL ------------------------------------------------------------------------------


def as_rdflib(statements: Iterable[Statement]) -> rdflib.Graph:
    """Statements as one rdflib graph, the names of graphs left out."""
    from rdflib import Graph

    graph = Graph(bind_namespaces="none")
    nodes: dict[object, Node] = {}

    def known(term: object) -> Node:
        if term not in nodes:
            nodes[term] = _rdflib_term(term)
        return nodes[term]

    for statement in statements:
        graph.add((known(statement.subject), known(statement.predicate), known(statement.object)))
    return graph


def _rdflib_term(term: object) -> Node:
    from rdflib import BNode, Literal, URIRef

    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if not isinstance(term, ox.Literal):
        raise CannotUnderstand(f"cannot validate a triple inside a triple: {term}")
    plain = term.language is not None or term.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
    datatype = None if plain else URIRef(term.datatype.value)
    return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)


def _results(data: rdflib.Graph, shapes: rdflib.Graph) -> Iterator[Violation]:
    import pyshacl
    from pyshacl.errors import ReportableRuntimeError
    from rdflib.namespace import SH

    try:
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", inplace=True)
    except ReportableRuntimeError as error:
        raise CannotUnderstand(f"the shapes cannot be used: {' '.join(str(error).split())}") from error
    for result in report.objects(None, SH.result):
        yield _violation(result, report, data)


def _violation(result: Node, report: rdflib.Graph, data: rdflib.Graph) -> Violation:
    from rdflib import URIRef
    from rdflib.namespace import SH

    focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
    path = report.value(result, SH.resultPath)
    if path is None and isinstance(value, URIRef) and _evidence(value, data):
        focus, value = value, None
    severity = str(report.value(result, SH.resultSeverity)).rpartition("#")[2].lower()
    assert focus is not None
    words, start, end, where = _words(focus, data)
    return Violation(
        severity,
        " ".join(str(report.value(result, SH.resultMessage)).split()),
        str(focus),
        None if path is None else str(path),
        None if value is None else str(value),
        words,
        start,
        end,
        where,
    )


def _evidence(focus: Node, data: rdflib.Graph) -> Node | None:
    """The selector of the words that a node rests on; of a thing, of the first mention of it."""
    from rdflib import URIRef

    if data.value(focus, URIRef(OA.exact)) is not None:
        return focus
    selectors = list(data.objects(focus, URIRef(OA.hasSelector)))
    for span in data.objects(focus, URIRef(KG.evidence)):
        selectors += data.objects(span, URIRef(OA.hasSelector))
    if not selectors:
        for mention in data.subjects(URIRef(KG.refersTo), focus):
            for span in data.objects(mention, URIRef(KG.evidence)):
                selectors += data.objects(span, URIRef(OA.hasSelector))
    return min(selectors, key=lambda s: (_number(data, s, OA.start) or 0, str(s)), default=None)


def _number(data: rdflib.Graph, node: Node, predicate: str) -> int | None:
    from rdflib import URIRef

    value = str(data.value(node, URIRef(predicate)))
    return int(value) if value.isdecimal() else None


def _words(focus: Node, data: rdflib.Graph) -> tuple[str | None, int | None, int | None, str | None]:
    """The words, their offsets, and the report, as far as the data has them."""
    from rdflib import URIRef

    selector = _evidence(focus, data)
    report = data.value(focus, URIRef(KG.report)) or _report_of(selector, data)
    if selector is None:
        return None, None, None, None if report is None else str(report)
    exact = data.value(selector, URIRef(OA.exact))
    return (
        None if exact is None else str(exact),
        _number(data, selector, OA.start),
        _number(data, selector, OA.end),
        None if report is None else str(report),
    )


def _report_of(selector: Node | None, data: rdflib.Graph) -> Node | None:
    """The report whose text a selector selects from."""
    from rdflib import URIRef

    for span in data.subjects(URIRef(OA.hasSelector), selector) if selector is not None else ():
        text = data.value(span, URIRef(OA.hasSource))
        if text is not None:
            return data.value(text, URIRef(KG.report))
    return None
