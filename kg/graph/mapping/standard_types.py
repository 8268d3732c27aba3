"""Super-types of standard vocabularies, stated in the data for clients that do not infer.

The ontology says of each class of ours what it is in SKOS, PROV, ORG, Web Annotation, Data Cube, OWL-Time and
DCAT. The data name of our own classes only the most specific one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pyoxigraph as ox

from kg.model.terms import node
from kg.model.turtle_data import ontology_data
from kg.model.vocab import KG, OWL, RDF, RDFS


def with_standard_types(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The quads, behind each class of ours those of standard vocabularies that the ontology puts above it."""
    found: list[ox.Quad] = []
    for quad in quads:
        found.append(quad)
        if quad.predicate.value == RDF.type and isinstance(quad.object, ox.NamedNode):
            above = standard_types(quad.object.value)
            found += [ox.Quad(quad.subject, quad.predicate, node(cls), quad.graph_name) for cls in above]
    return list(dict.fromkeys(found))


@cache
def standard_types(cls: str) -> tuple[str, ...]:
    """The classes of other vocabularies above a class of ours, sorted; none above other classes.

    >>> [cls.rpartition("/")[2] for cls in standard_types(KG.Topic)]
    ['core#Concept']
    """
    if not cls.startswith(KG.iri):
        return ()
    data, above, waiting = ontology_data(), set[str](), [cls]
    while waiting:
        found = set(data.all(waiting.pop(), RDFS.subClassOf)) - above
        above |= found
        waiting += sorted(found)
    return tuple(sorted(iri for iri in above if not iri.startswith((KG.iri, OWL.iri))))
