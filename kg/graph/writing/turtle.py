"""Sorted Turtle and TriG: the same bytes for the same statements, readable and diffable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg.graph.writing.order import Order, Statement, as_triple, graphs_in_order, without_blank_nodes
from kg.model.errors import CannotUnderstand
from kg.model.iris import PREFIXES
from kg.model.vocab import RDF, XSD

_LOCAL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_PREFIX = re.compile(r"[A-Za-z]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_BARE = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.double: re.compile(r"[+-]?([0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}
_NAMED_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_TO_ESCAPE = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
_NOT_IN_IRI = re.compile('[\x00-\x20<>"{}|^`\\\\]')


def quoted(text: str) -> str:
    """A text as a Turtle string in double quotes, on one line."""
    if _TO_ESCAPE.search(text) is None:
        return f'"{text}"'
    return '"' + _TO_ESCAPE.sub(lambda m: _NAMED_ESCAPES.get(m[0], f"\\u{ord(m[0]):04X}"), text) + '"'


class Names:
    """Shortens IRIs by prefixes and remembers which prefixes were used."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        for prefix in prefixes:
            if not _PREFIX.fullmatch(prefix):
                raise CannotUnderstand(f"{prefix!r} cannot be a prefix")
        self._prefixes = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
        self._short: dict[str, str | None] = {}
        self._written: dict[str, str] = {}
        self.used: dict[str, str] = {}

    def short(self, iri: str) -> str | None:
        """``prefix:local``, or None where no prefix fits or the rest is no plain local name."""
        if iri not in self._short:
            self._short[iri] = self._find(iri)
        return self._short[iri]

    def _find(self, iri: str) -> str | None:
        for prefix, start in self._prefixes:
            if iri.startswith(start) and _LOCAL.fullmatch(iri, len(start)):
                self.used[prefix] = start
                return f"{prefix}:{iri[len(start) :]}"
        return None

    def iri(self, iri: str) -> str:
        """An IRI as Turtle writes it: short where possible, else in angle brackets."""
        written = self._written.get(iri)
        if written is None:
            escaped = _NOT_IN_IRI.sub(lambda m: f"\\u{ord(m[0]):04X}", iri)
            written = self._written[iri] = self.short(iri) or f"<{escaped}>"
        return written

    def term(self, term: object) -> str:
        """Any term as Turtle writes it."""
        if isinstance(term, ox.NamedNode):
            iri = term.value
            return self._written.get(iri) or self.iri(iri)
        if isinstance(term, ox.BlankNode):
            return f"_:{term.value}"
        assert isinstance(term, ox.Literal)
        return self._literal(term)

    def _literal(self, literal: ox.Literal) -> str:
        datatype = literal.datatype.value
        if datatype == XSD.string:
            return quoted(literal.value)
        if datatype in _BARE and _BARE[datatype].fullmatch(literal.value):
            return literal.value
        if literal.language is not None:
            direction = f"--{literal.direction.value}" if literal.direction else ""
            return f"{quoted(literal.value)}@{literal.language}{direction}"
        return f"{quoted(literal.value)}^^{self.iri(datatype)}"

    def declarations(self) -> str:
        """The @prefix lines of the prefixes that were used, sorted."""
        return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(self.used.items()))


def to_turtle(
    statements: Iterable[Statement],
    prefixes: Mapping[str, str] = PREFIXES,
    *,
    blank_nodes: bool = False,
) -> bytes:
    """Sorted Turtle in UTF-8; of quads, the graph names are left out.

    Subjects, predicates and objects are in natural order with ``a`` first, one object a line, a blank
    line between subjects; only prefixes that are used are declared. Raises CannotUnderstand for a blank
    node (unless ``blank_nodes``) and for a triple term.
    """
    names = Names(prefixes)
    blocks = list(_subjects(_grouped(statements, blank_nodes), names, Order(), ""))
    return _join([names.declarations(), *blocks])


def to_trig(
    quads: Iterable[ox.Quad],
    prefixes: Mapping[str, str] = PREFIXES,
    *,
    blank_nodes: bool = False,
) -> bytes:
    """Sorted TriG in UTF-8: the default graph first, then the named graphs in natural order.

    Inside a graph as to_turtle; raises as to_turtle.
    """
    names, order = Names(prefixes), Order()
    blocks: list[str] = []
    for graph, triples in graphs_in_order(without_blank_nodes(quads, allow=blank_nodes)):
        if graph is None:
            blocks += _subjects(_by_subject(triples), names, order, "")
        else:
            inner = "\n".join(_subjects(_by_subject(triples), names, order, "    "))
            blocks.append(f"{names.term(graph)} {{\n{inner}}}\n")
    return _join([names.declarations(), *blocks])


def _join(blocks: Iterable[str]) -> bytes:
    return "\n".join(filter(None, blocks)).encode()


Grouped = dict[object, dict[str, dict[object, None]]]
"""Distinct objects by subject and predicate."""


def _by_subject(statements: Iterable[Statement]) -> Grouped:
    grouped = Grouped()
    for s in statements:
        grouped.setdefault(s.subject, {}).setdefault(s.predicate.value, {})[s.object] = None
    return grouped


def _grouped(statements: Iterable[Statement], blank_nodes: bool) -> Grouped:
    """The statements by subject and predicate; raises as to_turtle."""
    given = list(statements)
    grouped = _by_subject(given)
    if all(isinstance(s, ox.NamedNode) for s in grouped) and all(
        isinstance(o, (ox.NamedNode, ox.Literal))  # a tuple is faster
        for of in grouped.values()
        for objects in of.values()
        for o in objects
    ):
        return grouped
    return _by_subject(without_blank_nodes(map(as_triple, given), allow=blank_nodes))


def _subjects(grouped: Grouped, names: Names, order: Order, indent: str) -> Iterator[str]:
    """One block of lines a subject."""
    verbs: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for subject in sorted(grouped, key=order.term):
        about, lines = grouped[subject], list[str]()
        given = tuple(about)  # nodes of a kind mostly have the same predicates: put in order once
        if given not in verbs:
            verbs[given] = [
                (p, "a" if p == RDF.type else names.iri(p)) for p in sorted(given, key=order.predicate)
            ]
        for predicate, verb in verbs[given]:
            group = about[predicate]
            objects = map(names.term, sorted(group, key=order.term) if len(group) > 1 else group)
            lines.append(f"{verb} " + f" ,\n{indent}        ".join(objects))
        yield f"{indent}{names.term(subject)} " + f" ;\n{indent}    ".join(lines) + " .\n"
