"""Sorted RDF/XML, for tools that read nothing else. It has no named graphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from xml.sax.saxutils import escape

import pyoxigraph as ox

from kg.graph.writing.order import Statement, sorted_statements, without_blank_nodes
from kg.model.errors import CannotUnderstand
from kg.model.iris import PREFIXES
from kg.model.vocab import RDF, XSD

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IN_TEXT = {"\r": "&#13;"}
_IN_QUOTES = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def to_rdfxml(
    statements: Iterable[Statement],
    prefixes: Mapping[str, str] = PREFIXES,
    *,
    blank_nodes: bool = False,
) -> bytes:
    """RDF/XML in UTF-8, in the order of Turtle; the names of graphs are left out.

    Raises CannotUnderstand as to_turtle, and for what XML cannot hold: control characters, and properties
    whose IRI does not end in an XML name.
    """
    triples = [s.triple if isinstance(s, ox.Quad) else s for s in statements]
    writer = _Writer(prefixes)
    ordered = sorted_statements(without_blank_nodes(triples, allow=blank_nodes))
    blocks = [writer.node(subject, about) for subject, about in groupby(ordered, key=lambda s: s.subject)]
    spaces = "".join(f'\n    xmlns:{prefix}="{_quoted(iri)}"' for prefix, iri in sorted(writer.used.items()))
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF{spaces}>\n'
    return (head + "".join(blocks) + "</rdf:RDF>\n").encode()


class _Writer:
    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = {iri: prefix for prefix, iri in sorted(prefixes.items(), reverse=True)}
        self.prefixes[RDF.iri] = "rdf"
        self.used = {"rdf": RDF.iri}

    def node(self, subject: object, about: Iterable[Statement]) -> str:
        lines = [f"    {self.property(s)}\n" for s in about]
        return f"  <rdf:Description {_reference(subject, 'about')}>\n{''.join(lines)}  </rdf:Description>\n"

    def property(self, statement: Statement) -> str:
        name, value = self.name(statement.predicate.value), statement.object
        if not isinstance(value, ox.Literal):
            return f"<{name} {_reference(value, 'resource')}/>"
        if value.direction is not None:
            raise CannotUnderstand(f"cannot write text with a direction in RDF/XML: {value}")
        kind = ""
        if value.language is not None:
            kind = f' xml:lang="{_quoted(value.language)}"'
        elif value.datatype.value != XSD.string:
            kind = f' rdf:datatype="{_quoted(value.datatype.value)}"'
        return f"<{name}{kind}>{escape(_checked(value.value), _IN_TEXT)}</{name}>"

    def name(self, iri: str) -> str:
        """A property as an XML name; the prefix is remembered."""
        local = _local_name(iri)
        space = iri.removesuffix(local)
        prefix = self.prefixes.setdefault(space, f"ns{len(self.prefixes)}")
        self.used[prefix] = space
        return f"{prefix}:{local}"


def _local_name(iri: str) -> str:
    """The longest XML name that an IRI ends in, after its last ``#``, ``/`` or ``:``."""
    tail = re.split(r"[#/:]", iri)[-1]
    for start in range(len(tail)):
        if _NAME.match(tail, start):
            return tail[start:]
    raise CannotUnderstand(f"cannot write the property <{iri}> in RDF/XML: it does not end in an XML name")


def _reference(term: object, attribute: str) -> str:
    if isinstance(term, ox.BlankNode):
        return f'rdf:nodeID="{_quoted(term.value)}"'
    assert isinstance(term, ox.NamedNode)
    return f'rdf:{attribute}="{_quoted(term.value)}"'


def _quoted(text: str) -> str:
    return escape(_checked(text), _IN_QUOTES)


def _checked(text: str) -> str:
    found = _NOT_IN_XML.search(text)
    if found:
        raise CannotUnderstand(f"XML cannot hold the character U+{ord(found[0]):04X}: {text[:60]!r}")
    return text
