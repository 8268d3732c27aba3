"""Whether the values that a query was given select among its rows: read off the algebra (SPARQL 1.1, 18.2).

A value is put where the query has its marker (``# VALUES ?x``). In one branch of a union, or within a query
that doesn't hand the variable on, it selects there and nowhere else; in a filter it is only seen where the
value stands in the same group.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from kg.model.iris import PREFIXES

PLACE = "urn:inspection-findings-kg:value:"
"""Begins the IRI that stands for the value of a variable, whose name is behind it."""


class Bound(NamedTuple):
    """What is true of a variable in every solution of a pattern, and what goes wrong within it."""

    given: bool = False
    """It has the value that was given."""
    matched: bool = False
    """The data or a condition have to do with it."""
    closed: bool = False
    """A query within, which does not hand the variable on, has it given and matched."""
    unseen: bool = False
    """Somewhere within, the variable is asked for where no value reaches."""


def selects(query: str, name: str) -> bool:
    """Whether the value of ``?name``, which stands in the query as ``<PLACE + name>``, selects its rows.

    True for a query that cannot be read here, which the engine may read all the same.

    >>> value = f"VALUES ?x {{ <{PLACE}x> }}"
    >>> selects(f"SELECT * {{ {value} ?x ?p ?o }}", "x")
    True
    >>> selects(f"SELECT * {{ {{ {value} ?x ?p ?o }} UNION {{ ?x ?q ?o }} }}", "x")
    False
    """
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.term import Variable

    try:
        pattern = translateQuery(parseQuery(query)).algebra.p
        while pattern.name in ("Slice", "Distinct", "Reduced", "OrderBy", "Project"):
            pattern = pattern.p
    except Exception:  # whatever a parser says of what only another engine reads
        return True
    found = _bound(pattern, Variable(name))
    if found.unseen:
        return False
    if found.given and not _asks_data(pattern):
        return True
    return (found.given and found.matched) or (found.closed and not (found.given or found.matched))


def stands_in_triples(query: str, name: str) -> bool:
    """Whether ``?name`` is in a triple pattern of a query, where a value meets the terms of the data.

    False for a query that cannot be read here.

    >>> stands_in_triples("SELECT * { ?s ?p ?x }", "x")
    True
    >>> stands_in_triples("ASK { ?s ?p ?o FILTER(?o > ?x) }", "x")
    False
    """
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.term import Variable

    try:
        todo = [translateQuery(parseQuery(query), initNs=dict(PREFIXES)).algebra.p]
    except Exception:  # whatever a parser says of what only another engine reads
        return False
    while todo:
        node = todo.pop()
        if node.name == "BGP" and Variable(name) in {*_terms(node.triples)}:
            return True
        todo += _parts(node)
    return False


def _asks_data(node: Any) -> bool:
    """Whether a pattern has a triple; its values are all that there is otherwise."""
    if node.name == "BGP" and node.triples:
        return True
    return any(map(_asks_data, _parts(node)))


def _parts(node: Any) -> list[Any]:
    """The patterns within a pattern; ``VALUES () { () }`` has an empty list in the place of one."""
    return [node[key] for key in ("p", "p1", "p2") if key in node and not isinstance(node[key], list)]


def _bound(node: Any, variable: Any) -> Bound:
    parts = [_bound(part, variable) for part in _parts(node)]
    first = parts[0] if parts else Bound()
    unseen = any(part.unseen for part in parts)
    match node.name:
        case "BGP":
            return Bound(matched=variable in {*_terms(node.triples)})
        case "values":
            values = [str(row[variable]) == f"{PLACE}{variable}" for row in node.res if variable in row]
            given = bool(values) and len(values) == len(node.res) and all(values)
            return Bound(given, bool(values) and not given)
        case "Join" | "Union":
            of = any if node.name == "Join" else all
            given, matched, closed = (of(part[at] for part in parts) for at in range(3))
            return Bound(given, matched, closed, unseen)
        case "Graph":
            return first._replace(matched=first.matched or node.term == variable)
        case "Filter" | "Extend" | "LeftJoin":
            asked = variable in {*_terms(node.expr)}
            known = any(part.given or part.matched for part in parts)
            bound_here = node.name == "Extend" and node.var == variable
            matched = first.matched or bound_here or (asked and first.given and node.name != "LeftJoin")
            return Bound(first.given, matched, first.closed, unseen or (asked and not known))
        case "Project" if variable not in node.PV and (first.given or first.matched):
            return Bound(closed=first.given and first.matched, unseen=unseen or not first.given)
    return first._replace(unseen=unseen)


def _terms(value: Any) -> Iterator[Any]:
    """All terms in a part of a query, however deep."""
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, dict):
            todo += [*one.keys(), *one.values()]
        elif isinstance(one, list | tuple | set | frozenset):
            todo += one
        elif hasattr(one, "args") and not isinstance(one, str):
            todo += one.args
        else:
            yield one
