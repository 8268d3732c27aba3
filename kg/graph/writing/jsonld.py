"""Sorted JSON-LD with a readable context that stands in the file itself: nothing has to be fetched.

Our own terms are bare words (``"heading"``, ``"@type": "Finding"``), others have their prefix, IRIs under our
base are relative to it (``"id/force/…"``), and the context says which words are IRIs, dates or numbers, as
the ontology has it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain

import pyoxigraph as ox

from kg.graph.writing.order import Statement, graphs_in_order, sorted_statements, without_blank_nodes
from kg.graph.writing.turtle import Names
from kg.model.errors import CannotUnderstand
from kg.model.iris import PREFIXES
from kg.model.ontology import TERM_FILES, ontology_dir
from kg.model.turtle_data import own_quads
from kg.model.vocab import BASE, KG, RDF, XSD

Json = str | int | bool | dict[str, "Json"] | list["Json"]
_UNDER_BASE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*(#[A-Za-z0-9_-]+)?")
_CANONICAL_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")


@cache
def term_types() -> dict[str, str]:
    """Of each property of ours: ``@id``, or the datatype of its values as an IRI; text has none."""
    owl = "http://www.w3.org/2002/07/owl#"
    types: dict[str, str] = {}
    for quad in chain.from_iterable(own_quads(ontology_dir() / name) for name in TERM_FILES):
        subject, value = quad.subject, quad.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode):
            continue
        if quad.predicate.value == RDF.type and value.value == owl + "ObjectProperty":
            types[subject.value] = "@id"
        if value.value.startswith(XSD.iri) and value.value != XSD.string:
            types[subject.value] = value.value
    return types


def to_jsonld(
    quads: Iterable[Statement],
    prefixes: Mapping[str, str] = PREFIXES,
    *,
    blank_nodes: bool = False,
) -> bytes:
    """JSON-LD in UTF-8: the nodes sorted as in Turtle, under ``@graph``.

    Named graphs are nodes with an ``@graph`` of their own. Raises CannotUnderstand as to_turtle, and for
    text with a direction.
    """
    writer = _Writer(prefixes)
    nodes: list[Json] = []
    for graph, statements in graphs_in_order(without_blank_nodes(quads, allow=blank_nodes)):
        inner = writer.nodes(statements)
        nodes += inner if graph is None else [{"@id": writer.id(graph), "@graph": inner}]
    document = {"@context": writer.context(), "@graph": nodes}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


class _Writer:
    """Writes nodes and remembers what the context has to say."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        usable = {p: iri for p, iri in prefixes.items() if p not in KG.words and not iri.startswith(BASE)}
        self.names = Names(usable)
        self.schemes = frozenset(usable)
        self.typed: dict[str, str] = {}

    def context(self) -> dict[str, Json]:
        words: dict[str, Json] = {}
        for word, kind in sorted(self.typed.items()):
            words[word] = {"@type": kind if kind == "@id" else self.word(ox.NamedNode(kind))}
        return {"@base": BASE, "@vocab": KG.iri, **dict(sorted(self.names.used.items())), **words}

    def nodes(self, statements: Iterable[Statement]) -> list[Json]:
        nodes: dict[object, dict[str, Json]] = {}
        for statement in sorted_statements(statements):
            node = nodes.setdefault(statement.subject, {"@id": self.id(statement.subject)})
            predicate = statement.predicate.value
            if predicate == RDF.type and not isinstance(statement.object, ox.Literal):
                _append(node, "@type", self.word(statement.object))
            else:
                _append(node, self.word(statement.predicate), self.value(predicate, statement.object))
        return list(nodes.values())

    def id(self, term: object) -> str:
        """An IRI where a node is meant: with its prefix, or in full."""
        if isinstance(term, ox.BlankNode):
            return f"_:{term.value}"
        assert isinstance(term, ox.NamedNode)
        if term.value.startswith(BASE) and _UNDER_BASE.fullmatch(term.value, len(BASE)):
            return term.value.removeprefix(BASE)
        if term.value.partition(":")[0] in self.schemes:
            raise CannotUnderstand(f"cannot write {term.value} in JSON-LD: its scheme is used as a prefix")
        return self.names.short(term.value) or term.value

    def word(self, term: object) -> str:
        """An IRI where a term is meant: a bare word if it is one of ours."""
        if isinstance(term, ox.BlankNode):
            return self.id(term)
        assert isinstance(term, ox.NamedNode)
        local = term.value.removeprefix(KG.iri)
        if local in KG.words:
            return local
        return self.names.short(term.value) or term.value

    def value(self, predicate: str, term: object) -> Json:
        kind = term_types().get(predicate)
        if not isinstance(term, ox.Literal):
            if kind != "@id":
                return {"@id": self.id(term)}
            self.typed[self.word(ox.NamedNode(predicate))] = kind
            return self.id(term)
        if term.direction is not None:
            raise CannotUnderstand(f"cannot write text with a direction in JSON-LD: {term}")
        if term.language is not None:
            return {"@language": term.language, "@value": term.value}
        return self._literal(predicate, kind, term)

    def _literal(self, predicate: str, kind: str | None, term: ox.Literal) -> Json:
        datatype = term.datatype.value
        native = kind in (None, "@id", datatype)
        if native and datatype == XSD.boolean and term.value in ("true", "false"):
            return term.value == "true"
        if native and datatype == XSD.integer and _CANONICAL_INTEGER.fullmatch(term.value):
            return int(term.value)
        if datatype == kind:
            self.typed[self.word(ox.NamedNode(predicate))] = kind
            return term.value
        if datatype == XSD.string:
            return term.value if kind is None else {"@value": term.value}
        return {"@type": self.word(term.datatype), "@value": term.value}


def _append(node: dict[str, Json], key: str, value: Json) -> None:
    """Adds a value to a key: alone, or in a list with the others."""
    if key not in node:
        node[key] = value
        return
    there = node[key]
    node[key] = [*there, value] if isinstance(there, list) else [there, value]
