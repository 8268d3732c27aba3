"""What of somebody's shapes checks nothing, so that "0 violations" is not taken for more than it says.

SHACL Core and SHACL-SPARQL are checked (W3C Recommendation of 20 July 2017); rdflib lists the terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

import pyoxigraph as ox
import rdflib

from kg.graph.validation.conformance import Index
from kg.graph.writing.order import Statement
from kg.model.errors import CannotUnderstand
from kg.model.terms import text_of
from kg.model.vocab import RDF, RDFS, SH

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_SHAPES = {SH.NodeShape, SH.PropertyShape}
_ADVANCED = frozenset(f"{SH.iri}{name}" for name in ("target", "rule", "expression", "js", "values"))
"""What begins each of the SHACL Advanced Features and SHACL-JS, which nothing here does."""


def unchecked(shapes: Iterable[Statement], data: Index, file: str) -> list[str]:
    """A line for each kind of thing in the shapes of a file that checks nothing; raises CannotUnderstand
    where none of them is a shape."""
    given = Index(shapes)
    found = list(_shapes(given))
    if not found:
        raise CannotUnderstand(
            f"{file}: no shape in it: nothing has the type sh:NodeShape or sh:PropertyShape, or a target"
        )
    used = {path for of in given.of.values() for path in of if path.startswith(SH.iri)}
    unknown = {path for path in used if rdflib.URIRef(path) not in rdflib.SH}
    lines = (
        (used & _ADVANCED, "SHACL’s advanced features are not supported: what they say is not checked"),
        (unknown, "no terms of SHACL: what they say is not checked"),
    )
    out = [
        f"{', '.join('sh:' + path.removeprefix(SH.iri) for path in sorted(paths))}: {why}"
        for paths, why in lines
        if paths
    ]
    off = {
        node: None
        for node in found
        if any(text_of(value) in ("true", "1") for value in given.values(node, SH.deactivated))
    }
    classes = frozenset[str]().union(*map(data.classes, data.of))
    predicates = {path for of in data.of.values() for path in of}
    idle = [
        node
        for node in found
        if node not in off and _has_target(node, given) and not _meets(node, given, classes, predicates)
    ]
    for nodes, why in (([*off], "deactivated"), (idle, "nothing in the data is their target")):
        if nodes:
            out.append(f"{_named(nodes)}: {why}")
    if not any(_has_target(node, given) for node in found):
        out.append("no shape has a target, so nothing was checked")
    return [f"{file}: {line}" for line in out]


def _shapes(given: Index) -> Iterator[object]:
    for node, properties in given.of.items():
        kinds = {text_of(kind) for kind in properties.get(RDF.type, ())}
        if kinds & _SHAPES or any(target in properties for target in _TARGETS):
            yield node


def _is_class(node: object, given: Index) -> bool:
    return any(text_of(kind) == RDFS.Class for kind in given.values(node, RDF.type))


def _has_target(node: object, given: Index) -> bool:
    return _is_class(node, given) or any(given.values(node, target) for target in _TARGETS)


def _meets(node: object, given: Index, classes: Set[str], predicates: Set[str]) -> bool:
    """Whether something is a target of the shape, by the classes and predicates of the data; a node that it
    names is one, wherever it is."""
    wanted = {text_of(cls) for cls in given.values(node, SH.targetClass)}
    if _is_class(node, given):
        wanted.add(text_of(node))
    paths = {text_of(each) for target in _TARGETS[2:] for each in given.values(node, target)}
    named = bool(given.values(node, SH.targetNode))
    return named or not classes.isdisjoint(wanted) or not predicates.isdisjoint(paths)


def _named(nodes: Sequence[object]) -> str:
    names = [str(node) if isinstance(node, ox.NamedNode) else "a shape without a name" for node in nodes]
    return ", ".join(names[:5]) + (f" and {len(names) - 5:,} more" if len(names) > 5 else "")
