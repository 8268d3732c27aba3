"""A fast first look at a graph against shapes: which nodes do not plainly conform?

pySHACL takes about a second for a report. Most nodes are plainly right, so they are passed here over plain
dictionaries, and pySHACL has the last word on all others. Whatever this look does not know makes a node a
suspect, or raises NotCovered for the shapes: it never decides that something is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial

import pyoxigraph as ox

from kg.graph.writing.order import Statement
from kg.model.terms import text_of
from kg.model.vocab import RDF, RDFS, SH, XSD

Values = Collection[object]
Properties = Mapping[str, Values]
Check = Callable[[Values, Properties], bool]
"""True where the values of a path, on a node with these properties, plainly conform."""


class NotCovered(Exception):
    """Shapes or data go beyond what is known here; the message says what."""


@dataclass
class Rules:
    """Shapes as functions: by target class the checks of paths, and the SPARQL queries."""

    checks: dict[str, list[tuple[str, Check]]] = field(default_factory=dict)
    queries: dict[str, list[str]] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Suspects:
    """Nodes that do not plainly conform, and the statements that are needed to judge them.

    ``queries`` says whether SPARQL constraints are among what they break.
    """

    nodes: frozenset[str]
    statements: tuple[Statement, ...]
    queries: bool


class Index:
    """Statements by subject and predicate, and the classes of nodes with all that is above them.

    The values of a path come in the order of the statements, each once.
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        self.of: dict[object, dict[str, dict[object, None]]] = {}
        self.add(statements)
        self._above: dict[object, frozenset[str]] = {}
        self._classes: dict[object, frozenset[str]] = {}

    def add(self, statements: Iterable[Statement]) -> None:
        """More statements; not after a question about classes."""
        for s in statements:
            self.of.setdefault(s.subject, {}).setdefault(s.predicate.value, {})[s.object] = None

    def values(self, node: object, path: str) -> Values:
        return self.of.get(node, {}).get(path, {})

    def triples(self, node: object, paths: Iterable[str]) -> Iterator[ox.Triple]:
        """The statements about a node with one of these predicates."""
        for path in paths:
            predicate = ox.NamedNode(path)
            for term in self.values(node, path):
                yield ox.Triple(node, predicate, term)  # type: ignore[arg-type]  # terms of statements

    def classes(self, node: object) -> frozenset[str]:
        found = self._classes.get(node)
        if found is None:
            above = [*map(self._with_above, self.values(node, RDF.type))]
            found = above[0] if len(above) == 1 else frozenset[str]().union(*above)
            self._classes[node] = found
        return found

    def _with_above(self, cls: object) -> frozenset[str]:
        if cls not in self._above:
            found, waiting = set(), [cls]
            while waiting:
                each = waiting.pop()
                if isinstance(each, ox.NamedNode) and each.value not in found:
                    found.add(each.value)
                    waiting += self.values(each, RDFS.subClassOf)
            self._above[cls] = frozenset(found)
        return self._above[cls]


def find_suspects(subjects: Collection[object], shapes: Iterable[Statement], facts: Index) -> Suspects:
    """The subjects of the data that need a closer look; raises NotCovered.

    ``facts`` is the index of the data and of what is only consulted: classes, schemes and names of what the
    data refers to.
    """
    rules = read_rules(shapes, facts)
    if any(isinstance(node, ox.BlankNode) for node in subjects):
        raise NotCovered("the data has blank nodes")
    answered = _answered(subjects, rules, facts)
    suspects = dict.fromkeys([*_not_plain(subjects, rules, facts), *answered])
    needed: list[Statement] = [*_needed(suspects, facts), *(_asked(rules, facts) if answered else ())]
    return Suspects(frozenset(map(text_of, suspects)), tuple(needed), bool(answered))


def _not_plain(subjects: Iterable[object], rules: Rules, facts: Index) -> Iterator[object]:
    """The subjects that a check does not pass."""
    by_classes: dict[frozenset[str], tuple[frozenset[str], dict[str, list[Check]]]] = {}
    for node in subjects:
        classes = facts.classes(node)
        if classes not in by_classes:
            by_classes[classes] = _by_path(check for cls in classes for check in rules.checks.get(cls, ()))
        (needed, checks), properties = by_classes[classes], facts.of[node]
        if not properties.keys() >= needed or not all(
            check(values, properties)
            for path, values in properties.items()
            if path in checks
            for check in checks[path]
        ):
            yield node


def _by_path(known: Iterable[tuple[str, Check]]) -> tuple[frozenset[str], dict[str, list[Check]]]:
    """The paths that must have a value, and the checks by path; most checks pass where there is no value."""
    needed, checks = set[str](), dict[str, list[Check]]()
    for path, check in known:
        checks.setdefault(path, []).append(check)
        if not check((), {}):
            needed.add(path)
    return frozenset(needed), checks


def _needed(suspects: Collection[object], facts: Index) -> Iterator[ox.Triple]:
    """The statements about suspects, the types of what they refer to, and the classes."""
    if not suspects:
        return
    referred = {term for node in suspects for terms in facts.of[node].values() for term in terms}
    for node in suspects:
        yield from facts.triples(node, facts.of[node])
    for node in referred & facts.of.keys():
        yield from facts.triples(node, [RDF.type])
    for node, properties in facts.of.items():
        if RDFS.subClassOf in properties:
            yield from facts.triples(node, [RDFS.subClassOf])


# --- SPARQL ------------------------------------------------------------------------------------------


def _asked(rules: Rules, facts: Index) -> list[ox.Quad]:
    """The statements with a predicate that one of the queries names; all where one asks for any predicate."""
    text = " ".join(query for queries in rules.queries.values() for query in queries)
    named = {
        rules.prefixes[prefix] + local
        for prefix, local in re.findall(r"\b([a-z]+):([A-Za-z]+)", text)
        if prefix in rules.prefixes
    }
    named |= {RDF.type} | set(re.findall(r"<([^<>\s]+)>", text))
    if _ANY_PREDICATE.search(text):
        named = {path for of in facts.of.values() for path in of}
    predicates = {iri: ox.NamedNode(iri) for iri in named}
    return [
        ox.Quad(node, predicates[path], term)  # type: ignore[arg-type]  # terms of statements
        for node, of in facts.of.items()
        for path in of
        if path in predicates
        for term in of[path]
    ]


_ANY_PREDICATE = re.compile(r"(?:[?$]\w+|[;{.>])\s*[?$]\w+\s+(?:[?$<\"]|\w+:)")
"""A variable where a predicate may stand; that it is one is not sure, and need not be."""


def _answered(subjects: Iterable[object], rules: Rules, facts: Index) -> list[ox.NamedNode]:
    """The nodes for which a query has an answer."""
    asking: dict[ox.NamedNode, list[str]] = {}
    for node in subjects:
        queries = [
            query for cls in facts.classes(node) & rules.queries.keys() for query in rules.queries[cls]
        ]
        if queries and isinstance(node, ox.NamedNode):
            asking[node] = queries
    if not asking:
        return []
    store = ox.Store()
    store.bulk_extend(_asked(rules, facts))
    return [n for n, queries in asking.items() if any(_has_answer(store, q, n, rules) for q in queries)]


def _has_answer(store: ox.Store, query: str, node: ox.NamedNode, rules: Rules) -> bool:
    try:
        answers = store.query(query, prefixes=rules.prefixes, substitutions={ox.Variable("this"): node})
        assert isinstance(answers, ox.QuerySolutions)
        return next(answers, None) is not None
    except (SyntaxError, AssertionError) as error:
        raise NotCovered("a query is no SELECT") from error


# --- shapes as functions -----------------------------------------------------------------------------

_OF_NODE_SHAPE = {RDF.type, SH.targetClass, SH.property, SH.sparql, SH.severity, SH.nodeKind, SH.message}
_OF_QUERY = {RDF.type, SH.prefixes, SH.select, SH.severity, SH.message}


def read_rules(shapes: Iterable[Statement], facts: Index) -> Rules:
    """The rules of the shapes; raises NotCovered for one that uses what is not known here."""
    given, rules = Index(shapes), Rules()
    for node, properties in given.of.items():
        kinds = {kind.value for kind in properties.get(RDF.type, ()) if isinstance(kind, ox.NamedNode)}
        if kinds == {SH.NodeShape}:
            _read_shape(node, given, rules, facts)
        elif SH.prefix in properties:
            prefix, namespace = _one(given, node, SH.prefix), _one(given, node, SH.namespace)
            if rules.prefixes.setdefault(prefix, namespace) != namespace:
                raise NotCovered(f"the prefix {prefix} is declared twice")
        elif kinds == {SH.PropertyShape} and not any(path.startswith(SH.target) for path in properties):
            continue  # read with the node shape that it belongs to
        elif SH.SPARQLConstraint not in kinds and any(
            path.startswith(SH.iri) and path != SH.declare for path in properties
        ):
            raise NotCovered(f"{_called(node)} has no type or targets that are known")
    return rules


def _read_shape(node: object, given: Index, rules: Rules, facts: Index) -> None:
    """Adds the rules of one node shape: its property shapes, its queries, for each of its targets."""
    _only(_OF_NODE_SHAPE, node, given)
    if any(kind.value != SH.IRI for kind in given.values(node, SH.nodeKind)):  # type: ignore[attr-defined]
        raise NotCovered(f"{_called(node)} asks for nodes other than IRIs")  # all that are looked at are IRIs
    checks = [check for part in given.values(node, SH.property) for check in _checks(part, given, facts)]
    queries = []
    for part in given.values(node, SH.sparql):
        _only(_OF_QUERY, part, given)
        queries.append(_one(given, part, SH.select))
    for target in given.values(node, SH.targetClass):
        if not isinstance(target, ox.NamedNode):
            raise NotCovered(f"{_called(node)} has a target without a name")
        rules.checks.setdefault(target.value, []).extend(checks)
        rules.queries.setdefault(target.value, []).extend(queries)


def _called(node: object) -> str:
    """A shape in a message; the names of blank nodes say nothing and are others each time."""
    return f"the shape {node}" if isinstance(node, ox.NamedNode) else "a shape without a name"


def _only(known: Collection[str], node: object, given: Index) -> None:
    for path in sorted(given.of.get(node, {}).keys() - known):
        raise NotCovered(f"{_called(node)} uses <{path}>")


def _one(given: Index, node: object, path: str) -> str:
    value, *others = (*given.values(node, path), None)
    if not isinstance(value, ox.NamedNode | ox.Literal) or others != [None]:
        raise NotCovered(f"{_called(node)} has not one <{path}>")
    return value.value


def _checks(part: object, given: Index, facts: Index) -> Iterator[tuple[str, Check]]:
    """The checks of one property shape, with their path."""
    path, *others = (*given.values(part, SH.path), None)
    if not isinstance(path, ox.NamedNode) or others != [None]:
        raise NotCovered(f"{_called(part)} has a path of several steps")
    _only({RDF.type, SH.path, SH.severity, SH.message, *_MAKERS}, part, given)
    for constraint, make in _MAKERS.items():
        for value in given.values(part, constraint):
            if not isinstance(value, ox.NamedNode | ox.Literal):
                raise NotCovered(f"{_called(part)} has a <{constraint}> without a name")
            try:
                yield path.value, make(value.value, facts)
            except (ValueError, re.error) as error:
                raise NotCovered(f"{_called(part)} has a <{constraint}> that is none") from error


def _each(test: Callable[[object], bool]) -> Check:
    return lambda values, _: all(map(test, values))


def _count(least: int, most: int | None) -> Check:
    if most is None:
        return lambda values, _: len(values) >= least
    return lambda values, _: len(values) <= most


def _matching(pattern: re.Pattern[str]) -> Check:
    return _each(lambda term: pattern.search(text_of(term)) is not None)


def _long_enough(least: int) -> Check:
    return _each(lambda term: len(text_of(term)) >= least)


def _has_datatype(datatype: str, term: object) -> bool:
    if not isinstance(term, ox.Literal) or term.datatype.value != datatype:
        return False
    if datatype in _NUMBER:
        return _NUMBER[datatype].fullmatch(term.value) is not None
    return datatype == XSD.string or comparable(term) is not None


_NUMBER = {XSD.integer: re.compile(r"-?[0-9]+"), XSD.decimal: re.compile(r"-?[0-9]+(\.[0-9]+)?")}


def comparable(term: object) -> Decimal | date | bool | None:
    """The value of a plain integer, decimal, date or boolean; None for anything else.

    >>> comparable(ox.Literal("1.50", datatype=ox.NamedNode(XSD.decimal)))
    Decimal('1.50')
    """
    if not isinstance(term, ox.Literal):
        return None
    datatype, text = term.datatype.value, term.value
    if datatype in _NUMBER:
        return Decimal(text) if _NUMBER[datatype].fullmatch(text) else None
    if datatype == XSD.boolean:
        return text == "true" if text in ("true", "false") else None
    if datatype == XSD.date and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return _calendar(text)
    return None


def _calendar(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _in_order(first: object, second: object, equal: bool) -> bool:
    """True if both are plain values of one kind and the first comes before the second (or is it)."""
    one, two = comparable(first), comparable(second)
    if isinstance(one, Decimal) and isinstance(two, Decimal):
        return one < two or (equal and one == two)
    if isinstance(one, date) and isinstance(two, date):
        return one < two or (equal and one == two)
    return False


def _bound(in_order: Callable[[object, object], bool], limit: str) -> Check:
    number = ox.Literal(limit, datatype=ox.NamedNode(XSD.decimal))
    return _each(lambda term: in_order(term, number))


def _pair(other: str, equal: bool) -> Check:
    return lambda values, properties: all(
        _in_order(value, than, equal) for value in values for than in properties.get(other, ())
    )


_MAKERS: dict[str, Callable[[str, Index], Check]] = {
    SH.minCount: lambda n, _: _count(int(n), None),
    SH.maxCount: lambda n, _: _count(0, int(n)),
    SH.datatype: lambda iri, _: _each(partial(_has_datatype, iri)),
    SH["class"]: lambda iri, facts: _each(lambda term: iri in facts.classes(term)),
    SH.nodeKind: lambda iri, _: _each(lambda term: iri == SH.IRI and isinstance(term, ox.NamedNode)),
    SH.pattern: lambda text, _: _matching(re.compile(text)),
    SH.minLength: lambda n, _: _long_enough(int(n)),
    SH.minInclusive: lambda n, _: _bound(lambda term, limit: _in_order(limit, term, equal=True), n),
    SH.minExclusive: lambda n, _: _bound(lambda term, limit: _in_order(limit, term, equal=False), n),
    SH.maxInclusive: lambda n, _: _bound(lambda term, limit: _in_order(term, limit, equal=True), n),
    SH.maxExclusive: lambda n, _: _bound(lambda term, limit: _in_order(term, limit, equal=False), n),
    SH.lessThan: lambda iri, _: _pair(iri, equal=False),
    SH.lessThanOrEquals: lambda iri, _: _pair(iri, equal=True),
}
