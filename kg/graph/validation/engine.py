"""pySHACL, called so that any shapes and any data end in a report or in one line.

The report is the standard one (https://www.w3.org/TR/shacl/#validation-report), as an rdflib graph.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections.abc import Collection, Iterable
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.graph.writing.order import Statement
from kg.model.errors import CannotUnderstand, KgError
from kg.model.terms import boolean_literal, text_of
from kg.model.vocab import RDF, SH, XSD

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

log = logging.getLogger("kg")


def shacl_report(
    data: Iterable[Statement], shapes: Iterable[Statement], nodes: Collection[str] | None = None
) -> rdflib.Graph:
    """The report of pySHACL on all nodes of the data, or on these ones; empty where there are no nodes.

    Raises CannotUnderstand where the shapes cannot be used, or not on these data.
    """
    from rdflib import Graph

    if nodes is not None and not nodes:
        return Graph()
    import pyshacl

    focus = None if nodes is None else sorted(nodes)
    logging.getLogger("pyshacl-validate").disabled = True  # it says in lines of its own what it raises
    try:
        # pySHACL prints what it compares, and warns of shapes that it leaves out
        with redirect_stdout(io.StringIO()), warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            _, report, _ = pyshacl.validate(
                as_rdflib(data),
                shacl_graph=_with_prefixes(as_rdflib(shapes)),
                inference="none",
                inplace=True,
                focus_nodes=focus,
            )
    except KgError:
        raise
    except Exception as error:  # of pySHACL, rdflib's SPARQL, re, … : any, for shapes are anybody's
        raise _unusable(error) from error
    for text in dict.fromkeys(
        str(each.message) for each in said if issubclass(each.category, RuntimeWarning)
    ):
        log.warning("%s", " ".join(text.split()))
    if not isinstance(report, Graph):  # pySHACL returns a failure where it could be raised
        raise _unusable(report)
    return report


def _with_prefixes(shapes: rdflib.Graph) -> rdflib.Graph:
    """The shapes, with the prefixes of what they import where they are used: pySHACL does not look there."""
    from rdflib import OWL, URIRef

    declare = URIRef(SH.declare)
    for node in set(shapes.objects(None, URIRef(SH.prefixes))):
        for imported in list(shapes.transitive_objects(node, OWL.imports)):
            for declaration in list(shapes.objects(imported, declare)):
                shapes.add((node, declare, declaration))
    return shapes


def _unusable(error: Exception) -> CannotUnderstand:
    """One line for an exception, which says more by its name if it is none of pySHACL's own."""
    name = type(error).__name__
    own = type(error).__module__.startswith("pyshacl")
    said = " ".join((str(error) if own else f"{name}: {error}").split())
    return CannotUnderstand(f"the shapes cannot be used: {said[:300]}")


# --- the report --------------------------------------------------------------------------------------


Term = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Result:
    """A result of a report; ``path`` and ``value`` are None where it has none.

    ``severity`` is violation, warning or info. One of the shapes' own is a violation: whoever wrote it will
    not want it passed over.
    """

    severity: str
    message: str
    focus: Term
    path: Term | None
    value: Term | None


def results_of(report: rdflib.Graph) -> dict[Node, Result]:
    """The results of a report by their nodes, without those that are details of others."""
    from rdflib import URIRef

    def one(node: Node, predicate: str) -> Term | None:
        found = report.value(node, URIRef(predicate))
        return None if found is None else _term(found)

    def result(node: Node) -> Result:
        severity = _SEVERITIES.get(text_of(one(node, SH.resultSeverity)), "violation")
        messages = sorted(map(str, report.objects(node, URIRef(SH.resultMessage))))
        focus = one(node, SH.focusNode)
        assert focus is not None
        said = " / ".join(" ".join(message.split()) for message in messages)
        return Result(severity, said, focus, one(node, SH.resultPath), one(node, SH.value))

    return {node: result(node) for node in report.objects(None, URIRef(SH.result))}


_SEVERITIES = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}


def standard_report(report: rdflib.Graph, results: Collection[Node]) -> list[ox.Quad]:
    """The ``sh:ValidationReport`` with these results of a report, and all that is said of them there."""
    from rdflib import BNode

    node = ox.BlankNode("report")
    written = [
        ox.Quad(node, ox.NamedNode(RDF.type), ox.NamedNode(SH.ValidationReport)),
        ox.Quad(node, ox.NamedNode(SH.conforms), boolean_literal(not results)),
        *(ox.Quad(node, ox.NamedNode(SH.result), _term(result)) for result in results),
    ]
    waiting, seen = list(results), set(results)
    while waiting:
        for triple in report.triples((waiting.pop(), None, None)):
            written.append(ox.Quad(*map(_term, triple)))  # type: ignore[arg-type]  # terms of a triple
            value = triple[2]
            if isinstance(value, BNode) and value not in seen:
                seen.add(value)
                waiting.append(value)
    return written


# --- SPARQL in shapes --------------------------------------------------------------------------------

_FETCHES = {"ServiceGraphPattern": "SERVICE", "DatasetClause": "FROM"}
"""What would make rdflib fetch something, by its name for it."""
_PATH = re.compile(r"[$?]PATH\b")
"""Where pySHACL writes the path of the shape before it asks."""


def refuse_fetching(shapes: Iterable[Statement]) -> None:
    """Raises CannotUnderstand for a query in the shapes that would fetch something, or is no SPARQL.

    pySHACL looks for SERVICE too, but with a pattern that other spellings get past, and rdflib opens what
    FROM names, be it an address or a file.
    """
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.plugins.sparql.parserutils import CompValue

    for statement in shapes:
        query = statement.object
        if statement.predicate.value not in (SH.select, SH.ask) or not isinstance(query, ox.Literal):
            continue
        try:
            waiting: list[object] = [parseQuery(_PATH.sub("<urn:path>", query.value))]
        except KgError:
            raise
        except Exception as error:  # of the parser that rdflib uses, or RecursionError
            raise _unusable(error) from error
        while waiting:
            part = waiting.pop()
            if isinstance(part, CompValue):
                if part.name in _FETCHES:
                    raise CannotUnderstand(f"the shapes cannot be used: {_FETCHES[part.name]} in a query")
                waiting.extend(part.values())
            elif isinstance(part, Iterable) and not isinstance(part, str):
                waiting.extend(part)


# --- terms -------------------------------------------------------------------------------------------


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
    plain = term.language is not None or term.datatype.value == XSD.string
    datatype = None if plain else URIRef(term.datatype.value)
    literal = Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    return _ill_typed()(term.value, datatype=datatype, normalize=False) if literal.ill_typed else literal


@cache
def _ill_typed() -> type[rdflib.Literal]:
    """The class of literals that are none of their datatype (the date 2023-02-30).

    pySHACL ends with a TypeError where a shape compares one. SHACL wants a result for what cannot be compared
    (section 4.5.3): this one is before nothing and behind nothing.
    """
    from rdflib import Literal

    class IllTyped(Literal):
        __slots__ = ()

        def _never(self, other: object) -> bool:
            return False

        __lt__ = __le__ = __gt__ = __ge__ = _never

    return IllTyped


def _term(node: Node) -> Term:
    from rdflib import BNode, Literal, URIRef

    if isinstance(node, URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, BNode):
        return ox.BlankNode(str(node))
    if not isinstance(node, Literal):
        raise CannotUnderstand(f"cannot report {node!r}")
    if node.language is not None:
        return ox.Literal(str(node), language=node.language)
    datatype = None if node.datatype is None else ox.NamedNode(str(node.datatype))
    return ox.Literal(str(node), datatype=datatype)
