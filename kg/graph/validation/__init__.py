"""SHACL: does a graph look as it must? Each violation comes with the words it is about.

pySHACL does the checking, of all nodes that do not plainly conform (``conformance``). A report refers to
areas, grades and known things by IRI only, so what the vocabularies say of the things that are referred to
is added before checking; nothing there is checked.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.graph.rdf_files import read_quads
from kg.graph.validation.conformance import SH, Index, NotCovered, find_suspects
from kg.graph.writing.order import Statement
from kg.model.errors import CannotUnderstand
from kg.model.ontology import ontology_dir
from kg.model.terms import text_of
from kg.model.vocab import KG, OA, RDF, RDFS, SKOS

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

log = logging.getLogger("kg")
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
    rules = _own_shapes() if shapes is None else tuple(read_quads(shapes))
    index = Index(statements)
    subjects = list(index.of)
    background = list(_background(index)) if shapes is None else []
    index.add(background)
    try:
        suspects = find_suspects(subjects, rules, index)
    except NotCovered as reason:
        log.warning("%s: pySHACL checks every node, which takes longer", reason)
        results = shacl_results([*statements, *background], rules)
    else:
        broken = rules if suspects.queries else [s for s in rules if s.predicate.value != SH.sparql]
        results = shacl_results(suspects.statements, broken, suspects.nodes)
    words = _Words(index)
    if background and results:
        known = {s.value for s in subjects if isinstance(s, ox.NamedNode | ox.BlankNode)}
        results = [result for result in results if result.focus in known]
    found = {words.violation(result) for result in results}
    return sorted(found, key=_place)


def _place(violation: Violation) -> tuple[object, ...]:
    v = violation
    at = (v.start is None, v.start or 0, v.end or 0)
    return _ORDER[v.severity], v.report or "", at, v.focus, v.path or "", v.message, v.value or ""


@cache
def _own_shapes() -> tuple[ox.Quad, ...]:
    return tuple(read_quads(ontology_dir() / "shapes.ttl"))


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


@cache
def _always() -> tuple[ox.Triple, ...]:
    """What is added whether it is referred to or not."""
    predicates = {ox.NamedNode(iri) for iri in _BACKGROUND}
    return tuple(t for triples in _vocabularies().values() for t in triples if t.predicate in predicates)


def _background(index: Index) -> Iterator[ox.Triple]:
    referred = {term for of in index.of.values() for terms in of.values() for term in terms}
    yield from _always()
    for subject, triples in _vocabularies().items():
        if subject in referred:
            yield from triples


# --- rdflib and pySHACL ------------------------------------------------------------------------------


def as_rdflib(statements: Iterable[Statement]) -> rdflib.Graph:
    """Statements as one rdflib graph, the names of graphs left out."""
    from rdflib import Graph

    logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # an ill-typed literal is a result, no traceback
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


@dataclass(frozen=True, slots=True)
class _Result:
    """A result as pySHACL reports it; ``value`` is a term or None."""

    severity: str
    message: str
    focus: str
    path: str | None
    value: str | None


def shacl_results(
    data: Iterable[Statement], shapes: Iterable[Statement], nodes: Collection[str] | None = None
) -> list[_Result]:
    """What pySHACL finds, on all nodes or on these ones."""
    if nodes is not None and not nodes:
        return []
    import pyshacl
    from pyshacl.errors import ReportableRuntimeError
    from rdflib.namespace import SH

    focus = None if nodes is None else sorted(nodes)
    graph = as_rdflib(data)
    _spell_out_ill_typed(graph)
    try:
        _, report, _ = pyshacl.validate(
            graph, shacl_graph=as_rdflib(shapes), inference="none", inplace=True, focus_nodes=focus
        )
    except ReportableRuntimeError as error:
        raise CannotUnderstand(f"the shapes cannot be used: {' '.join(str(error).split())}") from error
    return [_result(result, report) for result in report.objects(None, SH.result)]


def _spell_out_ill_typed(graph: rdflib.Graph) -> None:
    """Makes texts of literals that are none of their datatype (the date 2023-02-30).

    pySHACL ends with a TypeError where a shape compares one. As a text it still breaks ``sh:datatype``, and
    ``sh:lessThan`` too, as SHACL wants it of what cannot be compared (section 4.5.3).
    """
    import rdflib

    for subject, predicate, value in list(graph):
        if isinstance(value, rdflib.Literal) and value.ill_typed:
            graph.remove((subject, predicate, value))
            graph.add((subject, predicate, rdflib.Literal(str(value))))


def _result(result: Node, report: rdflib.Graph) -> _Result:
    from rdflib.namespace import SH

    def text(predicate: Node) -> str | None:
        value = report.value(result, predicate)
        return None if value is None else str(value)

    severity = (text(SH.resultSeverity) or "").rpartition("#")[2].lower()
    message = " ".join((text(SH.resultMessage) or "").split())
    return _Result(severity, message, text(SH.focusNode) or "", text(SH.resultPath), text(SH.value))


# --- words -------------------------------------------------------------------------------------------


class _Words:
    """Finds the words that a node rests on."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._back: dict[str, dict[str, list[str]]] = {}

    def violation(self, result: _Result) -> Violation:
        """A result with its words; a rule over a report that names a statement in it is about that one."""
        focus, value = result.focus, result.value
        if result.path is None and value is not None and self._selector(value) is not None:
            focus, value = value, None
        selector = self._selector(focus)
        text, start, end = (self._one(selector, p) for p in (OA.exact, OA.start, OA.end))
        report = self._report(focus, selector)
        return Violation(
            result.severity,
            result.message,
            focus,
            result.path,
            value,
            text,
            _number(start),
            _number(end),
            report,
        )

    def _selector(self, node: str) -> str | None:
        """The selector of a node; of a statement, of its first evidence; of a thing, of its first mention."""
        if self._one(node, OA.exact) is not None:
            return node
        spans = [node, *self._all(node, KG.evidence)]
        found = [selector for span in spans for selector in self._all(span, OA.hasSelector)]
        if not found:
            mentions = self._subjects(KG.refersTo, node)
            spans = [span for mention in mentions for span in self._all(mention, KG.evidence)]
            found = [selector for span in spans for selector in self._all(span, OA.hasSelector)]
        return min(found, key=lambda s: (_number(self._one(s, OA.start)) or 0, s), default=None)

    def _report(self, focus: str, selector: str | None) -> str | None:
        """The report that a node is in, or is."""
        if KG.Report in self._all(focus, RDF.type):
            return focus
        spans = self._subjects(OA.hasSelector, selector) if selector else []
        texts = [text for span in spans for text in self._all(span, OA.hasSource)]
        found = [report for node in (focus, *texts) for report in self._all(node, KG.report)]
        return found[0] if found else None

    def _all(self, node: str, path: str) -> list[str]:
        return sorted(map(text_of, self.index.values(ox.NamedNode(node), path)))

    def _one(self, node: str | None, path: str) -> str | None:
        return next(iter(self._all(node, path)), None) if node is not None else None

    def _subjects(self, path: str, target: str) -> list[str]:
        if path not in self._back:
            back = self._back[path] = {}
            for node, properties in self.index.of.items():
                for term in properties.get(path, ()):
                    back.setdefault(text_of(term), []).append(text_of(node))
        return sorted(self._back[path].get(target, ()))


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() else None
