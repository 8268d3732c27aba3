"""What a page may ask: the data that are served, or the endpoint behind the server, and the settings."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.asking.results import Results
from kg.asking.sparql import with_prefixes
from kg.asking.sparql.endpoint import ask_endpoint, collected
from kg.model.errors import CannotRead, CannotUnderstand
from kg.model.vocab import DCAT, DCT, OA, RDF, SKOS
from kg.serving.protocol.dataset import Served
from kg.serving.settings import Settings

WORDS = {
    RDF.type: "is a",
    DCT.title: "title",
    DCT.issued: "published",
    DCT.publisher: "publisher",
    DCT.identifier: "identifier",
    DCT.license: "licence",
    DCT.format: "format",
    DCAT.landingPage: "web page",
    SKOS.prefLabel: "name",
    SKOS.altLabel: "other names",
    SKOS.hiddenLabel: "also written",
    SKOS.notation: "notation",
    SKOS.inScheme: "in the vocabulary",
    SKOS.definition: "meaning",
    SKOS.broader: "broader",
    OA.hasSelector: "selector",
    OA.hasSource: "source",
    OA.exact: "words",
    OA.prefix: "words before",
    OA.suffix: "words after",
    OA.start: "first character",
    OA.end: "end",
}
"""Properties of other vocabularies in plain words; our own have labels in the ontology."""
LABELS = """SELECT ?term (MIN(STR(?name)) AS ?label) { ?term rdfs:label ?name } GROUP BY ?term LIMIT 5000"""


@dataclass(slots=True)
class PageSource:
    """What a page is made from: it asks queries, and what a property or class is called."""

    served: Served
    settings: Settings = field(default_factory=Settings)
    _labels: dict[object, str] | None = field(default=None, init=False)

    def ask(self, query: str) -> Results:
        """The answer to a query of a page. Raises CannotUnderstand, CannotRead."""
        if self.settings.endpoint is not None:
            return ask_endpoint(self.settings.endpoint, with_prefixes(query), timeout=self.settings.timeout)
        try:
            return collected(self.served.query(query))
        except (SyntaxError, ValueError, RuntimeError) as error:
            raise CannotUnderstand(f"the query cannot be answered: {error}") from error
        except OSError as error:
            raise CannotRead(f"the store cannot be read: {error}") from error

    def term_label(self, term: object) -> str | None:
        """What a property or class is called: by its own ontology, or in our words."""
        if self._labels is None:
            rows = self.ask(LABELS).terms
            found: dict[object, str] = {t: label.value for t, label in rows if isinstance(label, ox.Literal)}
            self._labels = {**found, **{ox.NamedNode(iri): word for iri, word in WORDS.items()}}
        return self._labels.get(term)
