"""Namespaces, and the closed list of our own terms.

A term that the ontology does not have is an error at its first use: ``KG.findng`` raises.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from kg.model.addresses import base_of_text
from kg.model.ontology import ontology_terms

WRITTEN = "https://kg.example/"
"""The base that the files of this package are written with."""
VARIABLE = "KG_BASE"
"""The variable of the environment that names the base of this process."""
BASE = base_of_text(os.environ.get(VARIABLE) or WRITTEN, VARIABLE)
"""The base of this process: of the ontology, the shapes, the vocabularies and all that is minted.

It is one for a process, since terms are constants of the code. The command ``kg`` goes on in a process with
the base that it is told (``kg build --base``) or that the dataset has.
"""


def under_base(text: str) -> str:
    """A text of this package (ontology, queries), written with one base, under that of this process."""
    return text if BASE == WRITTEN else text.replace(WRITTEN, BASE)


class Namespace:
    """A namespace; ``ns.Name`` is the IRI as a string. ``names`` closes it: others raise AttributeError.

    >>> KG.Finding
    'https://kg.example/ontology#Finding'
    """

    def __init__(self, iri: str, names: Iterable[str] | None = None) -> None:
        self.iri = iri
        self.names = None if names is None else frozenset(names)

    @property
    def words(self) -> frozenset[str]:
        """The names of a closed namespace."""
        return self.names or frozenset()

    def __getattr__(self, name: str) -> str:
        if name.startswith("__") or (self.names is not None and name not in self.names):
            raise AttributeError(f"{self.iri} has no term {name!r}")
        term = self.__dict__[name] = self.iri + name  # found at once from now on
        return term

    def __getitem__(self, name: str) -> str:
        """``ns["class"]`` for a name that Python reserves."""
        return self.__getattr__(name)


KG = Namespace(BASE + "ontology#", ontology_terms())
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
DCT = Namespace("http://purl.org/dc/terms/")
PROV = Namespace("http://www.w3.org/ns/prov#")
OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
TIME = Namespace("http://www.w3.org/2006/time#")
QB = Namespace("http://purl.org/linked-data/cube#")
VOID = Namespace("http://rdfs.org/ns/void#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
SH = Namespace("http://www.w3.org/ns/shacl#")
SCHEMA = Namespace("https://schema.org/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
SDMX = Namespace("http://purl.org/linked-data/sdmx/2009/attribute#")


def local_name(iri: str) -> str:
    """The last part of an IRI: the name under which it stands in its scheme.

    >>> local_name("https://kg.example/ontology#Finding"), local_name("https://kg.example/id/force/x/")
    ('Finding', 'x')
    """
    return iri.rstrip("/").rpartition("#")[2].rpartition("/")[2] or iri
