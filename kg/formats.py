"""The one table of formats, and the writers of sorted Turtle, TriG, N-Triples and N-Quads.

The writers take pyoxigraph triples or quads in any order, with repeats, and give the same bytes for the
same set. Data of this project has no blank nodes; a blank node is an error unless ``blank_nodes=True``,
which gives them canonical names (RDFC-1.0).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal as OneOf

import pyoxigraph as ox

from kg.errors import CannotUnderstand, Unknown
from kg.vocab import PREFIXES, RDF, XSD

Kind = OneOf["graph", "results", "network", "folder"]


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the table: how a format is called, sent, stored, and what it can carry.

    ``kind`` says what it writes: ``graph`` (triples), ``results`` (rows of a SELECT), ``network`` (a
    neighbourhood, or the whole as a network) or ``folder`` (several files). ``media_type`` is empty for what
    is only shown in a terminal, ``extension`` for a folder. ``others`` are further names and extensions
    (without the dot) that mean the same format.
    """

    name: str
    media_type: str
    extension: str
    kind: Kind
    named_graphs: bool
    label: str
    others: tuple[str, ...] = ()


FORMATS = (
    Format("turtle", "text/turtle", ".ttl", "graph", False, "Turtle", ("ttl",)),
    Format("trig", "application/trig", ".trig", "graph", True, "TriG"),
    Format("ntriples", "application/n-triples", ".nt", "graph", False, "N-Triples", ("nt", "n-triples")),
    Format("nquads", "application/n-quads", ".nq", "graph", True, "N-Quads", ("nq", "n-quads")),
    Format("jsonld", "application/ld+json", ".jsonld", "graph", True, "JSON-LD", ("json-ld",)),
    Format("rdfxml", "application/rdf+xml", ".rdf", "graph", False, "RDF/XML", ("rdf", "owl", "rdf-xml")),
    Format("graphml", "application/graphml+xml", ".graphml", "network", False, "GraphML"),
    Format("gexf", "application/gexf+xml", ".gexf", "network", False, "GEXF"),
    Format("json", "application/json", ".json", "network", False, "node-link JSON"),
    Format("svg", "image/svg+xml", ".svg", "network", False, "SVG picture"),
    Format("png", "image/png", ".png", "network", False, "PNG picture"),
    Format("html", "text/html", ".html", "network", False, "interactive page", ("htm",)),
    Format("csv", "text/csv", ".csv", "results", False, "CSV"),
    Format("tsv", "text/tab-separated-values", ".tsv", "results", False, "TSV"),
    Format("json", "application/sparql-results+json", ".json", "results", False, "SPARQL JSON", ("srj",)),
    Format("xml", "application/sparql-results+xml", ".xml", "results", False, "SPARQL XML", ("srx",)),
    Format("markdown", "text/markdown", ".md", "results", False, "Markdown table", ("md",)),
    Format("table", "", ".txt", "results", False, "table for the terminal", ("txt",)),
    Format("csv", "text/csv", "", "folder", False, "one table a saved query, with CSVW metadata"),
    Format("ro-crate", "application/ld+json", "", "folder", True, "RO-Crate for a release", ("rocrate",)),
)
"""Every format, in the order in which help texts list them. Names are unique within a kind."""


def formats_of(kind: Kind) -> tuple[Format, ...]:
    """The formats of one kind, in the order of the table."""
    return tuple(row for row in FORMATS if row.kind == kind)


def format_named(name: str, kind: Kind) -> Format:
    """The format of this kind with this name (case does not matter); raises Unknown with what is close.

    >>> format_named("ttl", "graph").media_type
    'text/turtle'
    """
    wanted = name.lower()
    for row in formats_of(kind):
        if wanted == row.name or wanted in row.others:
            return row
    raise Unknown.name("format", name, [row.name for row in formats_of(kind)])


def format_for_path(path: str | Path, kind: Kind) -> Format:
    """The format of this kind that a file's extension stands for; raises Unknown.

    >>> format_for_path("graph.nq", "graph").name
    'nquads'
    """
    extension = Path(path).suffix.lower()
    for row in formats_of(kind):
        if extension and (extension == row.extension or extension[1:] in row.others):
            return row
    known = ", ".join(row.extension for row in formats_of(kind))
    raise Unknown(f"{path}: no format has the extension {extension!r}; known: {known}")


# --- order -------------------------------------------------------------------------------------------

Statement = ox.Triple | ox.Quad
Key = tuple[object, ...]
_DIGITS = re.compile(r"([0-9]+)")


def natural_key(text: str) -> Key:
    """A sort key that puts ``figure-2`` before ``figure-10``; different texts have different keys.

    >>> sorted(["a10", "a9", "b1", "a09"], key=natural_key)
    ['a09', 'a9', 'a10', 'b1']
    """
    mixed: list[object] = _DIGITS.split(text)
    for at in range(1, len(mixed), 2):
        digits = str(mixed[at]).lstrip("0")
        mixed[at] = len(digits), digits
    return tuple(mixed), text


class _Order:
    """Sort keys of terms, each worked out once."""

    def __init__(self) -> None:
        self._keys: dict[str, Key] = {}
        self._predicates: dict[str, Key] = {}

    def iri(self, iri: str) -> Key:
        key = self._keys.get(iri)
        if key is None:
            key = self._keys[iri] = natural_key(iri)
        return key

    def term(self, term: object) -> Key:
        if isinstance(term, ox.NamedNode):
            return 0, self.iri(term.value)
        if isinstance(term, ox.BlankNode):
            return 1, self.iri(term.value)
        if isinstance(term, ox.Literal):
            return 2, term.value, term.language or "", term.datatype.value
        return 3, str(term)

    def predicate(self, iri: str) -> Key:
        key = self._predicates.get(iri)
        if key is None:
            key = self._predicates[iri] = (iri != RDF.type, self.iri(iri))
        return key


def without_blank_nodes(statements: Iterable[Statement], *, allow: bool = False) -> list[Statement]:
    """The distinct statements, checked: no triple terms, and no blank nodes unless allowed.

    Allowed blank nodes get canonical names, so that equal graphs have equal bytes. Raises
    CannotUnderstand that names the first statement that cannot be written.
    """
    distinct = list(dict.fromkeys(statements))
    blank = False
    for each in distinct:
        obj = each.object
        if isinstance(obj, ox.Triple):
            raise CannotUnderstand(f"cannot write a triple inside a triple: {each}")
        if isinstance(obj, ox.BlankNode) or isinstance(each.subject, ox.BlankNode):
            blank = True
            if not allow:
                raise CannotUnderstand(f"cannot write a blank node, every node needs an IRI: {each}")
    return _canonical(distinct) if blank else distinct


def _canonical(statements: Iterable[Statement]) -> list[Statement]:
    quads = [s if isinstance(s, ox.Quad) else ox.Quad(s.subject, s.predicate, s.object) for s in statements]
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return list(dataset)


# --- Turtle and TriG ---------------------------------------------------------------------------------

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
    blocks = list(_subjects(_grouped(statements, blank_nodes), names, _Order(), ""))
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
    names, order = Names(prefixes), _Order()
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


def _triple(statement: Statement) -> ox.Triple:
    return statement.triple if isinstance(statement, ox.Quad) else statement


def graphs_in_order(quads: Iterable[Statement]) -> list[tuple[object, list[Statement]]]:
    """The statements by graph name, the default graph (None) first, then in natural order."""
    order = _Order()
    graphs: dict[object, list[Statement]] = {}
    for quad in quads:
        name = quad.graph_name if isinstance(quad, ox.Quad) else None
        graphs.setdefault(None if isinstance(name, ox.DefaultGraph) else name, []).append(quad)
    return sorted(graphs.items(), key=lambda item: (item[0] is not None, order.term(item[0])))


def sorted_statements(statements: Iterable[Statement]) -> list[Statement]:
    """Statements in the order of the writers: subject, predicate (``a`` first), object."""
    order = _Order()
    return sorted(statements, key=lambda s: _statement_key(s, order))


def _statement_key(statement: Statement, order: _Order) -> Key:
    subject, predicate = order.term(statement.subject), order.predicate(statement.predicate.value)
    return subject, predicate, order.term(statement.object)


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
    return _by_subject(without_blank_nodes(map(_triple, given), allow=blank_nodes))


def _subjects(grouped: Grouped, names: Names, order: _Order, indent: str) -> Iterator[str]:
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


# --- N-Triples and N-Quads ---------------------------------------------------------------------------


def to_ntriples(statements: Iterable[Statement], *, blank_nodes: bool = False) -> bytes:
    """Sorted N-Triples, one statement a line; of quads, the graph names are left out. Raises as to_turtle."""
    triples = without_blank_nodes((_triple(s) for s in statements), allow=blank_nodes)
    return _sorted_lines(map(_triple, triples), ox.RdfFormat.N_TRIPLES)


def to_nquads(quads: Iterable[ox.Quad], *, blank_nodes: bool = False) -> bytes:
    """Sorted N-Quads, one statement a line. Raises as to_turtle."""
    return _sorted_lines(without_blank_nodes(quads, allow=blank_nodes), ox.RdfFormat.N_QUADS)


def _sorted_lines(statements: Iterable[Statement], syntax: ox.RdfFormat) -> bytes:
    written = ox.serialize(statements, format=syntax)  # type: ignore[arg-type]  # one kind at a time
    assert written is not None
    return b"".join(sorted(written.splitlines(keepends=True)))


# --- all graph formats by name -----------------------------------------------------------------------


def write_graph(
    statements: Iterable[ox.Quad],
    name: str,
    prefixes: Mapping[str, str] = PREFIXES,
    *,
    blank_nodes: bool = False,
) -> bytes:
    """Statements in the graph format of this name; raises Unknown, and CannotUnderstand as to_turtle.

    Formats without named graphs write the union of the graphs.
    """
    row = format_named(name, "graph")
    return _WRITERS[row.name](statements, prefixes, blank_nodes)


_Writer = Callable[[Iterable[ox.Quad], Mapping[str, str], bool], bytes]


def _write_jsonld(quads: Iterable[ox.Quad], prefixes: Mapping[str, str], blank_nodes: bool) -> bytes:
    from kg.jsonld import to_jsonld

    return to_jsonld(quads, prefixes, blank_nodes=blank_nodes)


def _write_rdfxml(quads: Iterable[ox.Quad], prefixes: Mapping[str, str], blank_nodes: bool) -> bytes:
    from kg.rdfxml import to_rdfxml

    return to_rdfxml(quads, prefixes, blank_nodes=blank_nodes)


_WRITERS: dict[str, _Writer] = {
    "turtle": lambda quads, prefixes, blank: to_turtle(quads, prefixes, blank_nodes=blank),
    "trig": lambda quads, prefixes, blank: to_trig(quads, prefixes, blank_nodes=blank),
    "ntriples": lambda quads, _, blank: to_ntriples(quads, blank_nodes=blank),
    "nquads": lambda quads, _, blank: to_nquads(quads, blank_nodes=blank),
    "jsonld": _write_jsonld,
    "rdfxml": _write_rdfxml,
}
