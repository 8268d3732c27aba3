"""RDF/XML, for tools that read nothing else: Oxigraph writes it, over sorted statements. No named graphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

import pyoxigraph as ox

from kg.graph.writing.order import Statement, as_triple, sorted_statements, without_blank_nodes
from kg.model.errors import CannotUnderstand
from kg.model.iris import PREFIXES
from kg.model.vocab import RDF

_ENDS_IN_NAME = re.compile(r"[^\W\d][\w.-]*\Z")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_rdfxml(
    statements: Iterable[Statement],
    prefixes: Mapping[str, str] = PREFIXES,
    *,
    blank_nodes: bool = False,
) -> bytes:
    """RDF/XML in UTF-8, in the order of Turtle; the names of graphs are left out.

    Raises CannotUnderstand as to_turtle, and for what XML cannot hold: control characters, and properties
    whose IRI does not end in an XML name. A class with such an IRI can be written only of things of which
    something else is said.
    """
    distinct = without_blank_nodes(map(as_triple, statements), allow=blank_nodes)
    triples = _nameless_classes_last([as_triple(statement) for statement in sorted_statements(distinct)])
    properties = {triple.predicate.value for triple in triples}
    for iri in sorted(properties):
        if not _ENDS_IN_NAME.search(iri):
            raise CannotUnderstand(
                f"cannot write the property <{iri}> in RDF/XML: it does not end in an XML name"
            )
    for triple in triples:
        if isinstance(triple.object, ox.Literal) and (bad := _NOT_IN_XML.search(triple.object.value)):
            text = triple.object.value[:60]
            raise CannotUnderstand(f"XML cannot hold the character U+{ord(bad[0]):04X}: {text!r}")
    used = {name: iri for name, iri in prefixes.items() if any(p.startswith(iri) for p in properties)}
    written = ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=used)
    assert written is not None
    return written.replace(b"\r", b"&#13;")  # a reader of XML takes a bare one for a line feed


def _nameless_classes_last(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """The triples of each subject, classes without a name in XML last.

    Oxigraph makes the first class of a subject the name of its element, also where that is no name (0.5.13:
    ``<oxprefix: …>``), so it must not come first.
    """
    ordered: list[ox.Triple] = []
    for _, group in groupby(triples, key=lambda triple: triple.subject):
        about = list(group)
        nameless = [t for t in about if t.predicate.value == RDF.type and not _has_name(t.object)]
        if len(nameless) == len(about):
            raise CannotUnderstand(
                f"cannot write the class {nameless[0].object} in RDF/XML: it does not end in an XML name"
            )
        ordered += [t for t in about if t not in nameless] + nameless
    return ordered


def _has_name(term: object) -> bool:
    return isinstance(term, ox.NamedNode) and _ENDS_IN_NAME.search(term.value) is not None
