"""SHACL: does a graph look as it must? Each violation comes with the words it is about.

pySHACL does the checking, of all nodes that do not plainly conform (``conformance``). A report refers to
areas, grades and known things by IRI only, so what the vocabularies say of the things that are referred to
is added before checking; nothing there is checked.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from kg.graph.rdf_files import read_quads
from kg.graph.validation.conformance import Index, NotCovered, find_suspects
from kg.graph.validation.engine import Result, refuse_fetching, results_of, shacl_report, standard_report
from kg.graph.validation.unchecked import unchecked
from kg.graph.writing.order import Statement
from kg.model.ontology import ontology_dir
from kg.model.terms import text_of
from kg.model.turtle_data import own_quads
from kg.model.vocab import KG, OA, RDF, RDFS, SH, SKOS

log = logging.getLogger("kg")
_ORDER = {"violation": 0, "warning": 1, "info": 2}
_BACKGROUND = (RDFS.subClassOf, RDFS.isDefinedBy, SKOS.inScheme, KG.gradeScheme, KG.kindOf, KG.mentionLabel)
"""What is always added of the vocabularies; of things that are referred to also type and name."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One result of validation.

    ``severity`` is violation (the graph is wrong), warning (needs a look) or info. ``focus`` is the IRI at
    fault, ``path`` the property (None for a rule over several), ``value`` the value at fault as text; a node
    or a path without a name is ``[]``.
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


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the shapes say of some data: as violations with their words, and as the standard report."""

    violations: tuple[Violation, ...]
    report: tuple[ox.Quad, ...]

    @property
    def wrong(self) -> int:
        """The number of results that are no mere warnings."""
        return sum(violation.severity == "violation" for violation in self.violations)


def validate(
    data: ox.Store | Iterable[Statement],
    shapes: str | Path | None = None,
) -> list[Violation]:
    """What is wrong with the data, violations first, then in the order of reports and their text.

    ``data`` is a store (all its graphs taken together), or quads or triples; ``shapes`` a file of SHACL
    shapes, by default ``ontology/shapes.ttl``. Raises CannotRead or CannotUnderstand for the shapes.
    """
    return list(judge(data, shapes).violations)


def find_violations(data: Iterable[Statement]) -> list[Violation]:
    """What breaks our own shapes; warnings are not looked for, which most reports have some of."""
    statements = list(data)
    found = _judged(statements, Index(statements), _strict_shapes(), own=True).violations
    return [violation for violation in found if violation.severity == "violation"]


def judge(data: ox.Store | Iterable[Statement], shapes: str | Path | None = None) -> Judgement:
    """What ``validate`` gives, with the report as SHACL defines it (``sh:ValidationReport``); raises as it.

    The report has one result for each of the violations, or several where they differ only in what those
    leave out (the shape, say). It has blank nodes. What of somebody's shapes checks nothing is a warning in
    the log; a file without any shape raises CannotUnderstand.
    """
    statements = list(data)
    index = Index(statements)
    if shapes is None:
        return _judged(statements, index, _own_shapes(), own=True)
    rules = tuple(read_quads(shapes))
    refuse_fetching(rules)
    for line in unchecked(rules, index, str(shapes)):
        log.warning(line)
    return _judged(statements, index, rules, own=False)


def _judged(
    statements: Sequence[Statement], index: Index, rules: Sequence[ox.Quad], *, own: bool
) -> Judgement:
    """The judgement by rules, which may be our ``own``: those need what the vocabularies say."""
    subjects = list(index.of)
    background = list(_background(index)) if own else []
    index.add(background)
    try:
        suspects = find_suspects(subjects, rules, index)
    except NotCovered as reason:
        log.warning("%s: pySHACL does the whole check, which takes longer", reason)
        found = shacl_report([*statements, *background], rules)
    else:
        broken = rules if suspects.queries else [s for s in rules if s.predicate.value != SH.sparql]
        found = shacl_report(suspects.statements, broken, suspects.nodes)
    results = results_of(found)
    if background and results:
        known = set(subjects)
        results = {node: result for node, result in results.items() if result.focus in known}
    words = _Words(index)
    violations = sorted({words.violation(result) for result in results.values()}, key=_place)
    return Judgement(tuple(violations), tuple(standard_report(found, results)))


def _place(violation: Violation) -> tuple[object, ...]:
    v = violation
    at = (v.start is None, v.start or 0, v.end or 0)
    return _ORDER[v.severity], v.report or "", at, v.focus, v.path or "", v.message, v.value or ""


@cache
def _own_shapes() -> tuple[ox.Quad, ...]:
    return tuple(own_quads(ontology_dir() / "shapes.ttl"))


@cache
def _strict_shapes() -> tuple[ox.Quad, ...]:
    """Our own shapes without those of properties, and rules in SPARQL, that are a warning only."""
    rules = _own_shapes()
    parts = {rule.object for rule in rules if rule.predicate.value in (SH.property, SH.sparql)}
    mild = {
        rule.subject
        for rule in rules
        if rule.predicate.value == SH.severity and rule.object != ox.NamedNode(SH.Violation)
    }
    return tuple(rule for rule in rules if not {rule.subject, rule.object} & parts & mild)


@cache
def _vocabularies() -> dict[ox.NamedNode, tuple[ox.Triple, ...]]:
    """The triples of the ontology folder that checking may need, by subject."""
    wanted = {ox.NamedNode(iri) for iri in (*_BACKGROUND, RDF.type, SKOS.prefLabel)}
    found: dict[ox.NamedNode, list[ox.Triple]] = {}
    for path in sorted(ontology_dir().rglob("*.ttl")):
        for quad in own_quads(path):
            if quad.predicate in wanted and isinstance(quad.subject, ox.NamedNode):
                found.setdefault(quad.subject, []).append(quad.triple)
    return {subject: tuple(triples) for subject, triples in found.items()}


@cache
def _always() -> tuple[ox.Triple, ...]:
    """What is added whether it is referred to or not."""
    predicates = {ox.NamedNode(iri) for iri in _BACKGROUND}
    return tuple(t for triples in _vocabularies().values() for t in triples if t.predicate in predicates)


def _background(index: Index) -> Iterator[ox.Triple]:
    """What is added for the things that are referred to; no name, class or scheme where the data has one."""
    referred = {term for of in index.of.values() for terms in of.values() for term in terms}
    own = (SKOS.prefLabel, RDF.type, SKOS.inScheme)
    added = chain(_always(), *(triples for node, triples in _vocabularies().items() if node in referred))
    for triple in added:
        predicate = triple.predicate.value
        if predicate not in own or not index.values(triple.subject, predicate):
            yield triple


# --- words -------------------------------------------------------------------------------------------


class _Words:
    """Finds the words that a node rests on."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._back: dict[str, dict[object, list[object]]] = {}

    def violation(self, result: Result) -> Violation:
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
            _named(focus),
            None if result.path is None else _named(result.path),
            None if value is None else _named(value),
            None if text is None else text_of(text),
            _number(text_of(start)),
            _number(text_of(end)),
            None if report is None else text_of(report),
        )

    def _selector(self, node: object) -> object | None:
        """The selector of a node; of a statement, of its first evidence; of a thing, of its first mention."""
        if self._one(node, OA.exact) is not None:
            return node
        spans = [node, *self._all(node, KG.evidence)]
        found = [selector for span in spans for selector in self._all(span, OA.hasSelector)]
        if not found:
            mentions = self._subjects(KG.refersTo, node)
            spans = [span for mention in mentions for span in self._all(mention, KG.evidence)]
            found = [selector for span in spans for selector in self._all(span, OA.hasSelector)]
        return min(
            found,
            key=lambda s: (_number(text_of(self._one(s, OA.start))) or 0, text_of(s)),
            default=None,
        )

    def _report(self, focus: object, selector: object | None) -> object | None:
        """The report that a node is in, or is."""
        if KG.Report in map(text_of, self._all(focus, RDF.type)):
            return focus
        spans = self._subjects(OA.hasSelector, selector) if selector else []
        texts = [text for span in spans for text in self._all(span, OA.hasSource)]
        found = [report for node in (focus, *texts) for report in self._all(node, KG.report)]
        return found[0] if found else None

    def _all(self, node: object, path: str) -> list[object]:
        return sorted(self.index.values(node, path), key=text_of)

    def _one(self, node: object | None, path: str) -> object | None:
        return next(iter(self._all(node, path)), None) if node is not None else None

    def _subjects(self, path: str, target: object) -> list[object]:
        if path not in self._back:
            back = self._back[path] = {}
            for node, properties in self.index.of.items():
                for term in properties.get(path, ()):
                    back.setdefault(term, []).append(node)
        return sorted(self._back[path].get(target, ()), key=text_of)


def _named(term: object) -> str:
    """An IRI or the text of a literal; ``[]`` for a node without a name, as Turtle has it."""
    return "[]" if isinstance(term, ox.BlankNode) else text_of(term)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
