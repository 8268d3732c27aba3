"""The order in which statements are written, the same for the same set; and what cannot be written."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyoxigraph as ox

from kg.model.errors import CannotUnderstand
from kg.model.vocab import RDF

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


class Order:
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


def as_triple(statement: Statement) -> ox.Triple:
    return statement.triple if isinstance(statement, ox.Quad) else statement


def graphs_in_order(quads: Iterable[Statement]) -> list[tuple[object, list[Statement]]]:
    """The statements by graph name, the default graph (None) first, then in natural order."""
    order = Order()
    graphs: dict[object, list[Statement]] = {}
    for quad in quads:
        name = quad.graph_name if isinstance(quad, ox.Quad) else None
        graphs.setdefault(None if isinstance(name, ox.DefaultGraph) else name, []).append(quad)
    return sorted(graphs.items(), key=lambda item: (item[0] is not None, order.term(item[0])))


def sorted_statements(statements: Iterable[Statement]) -> list[Statement]:
    """Statements in the order of the writers: subject, predicate (``a`` first), object."""
    order = Order()

    def key(statement: Statement) -> Key:
        subject, predicate = order.term(statement.subject), order.predicate(statement.predicate.value)
        return subject, predicate, order.term(statement.object)

    return sorted(statements, key=key)
