"""What a page may ask: the data that are served, or the endpoint behind the server, and the settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

import pyoxigraph as ox

from kg.asking.results import Results, Term, value_of
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
LABELS = """SELECT ?term (MIN(STR(?name)) AS ?label) {
  ?term rdfs:isDefinedBy ?ontology ; rdfs:label ?name
} GROUP BY ?term LIMIT 5000"""


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

    def ask_all(self, queries: Mapping[str, str]) -> dict[str, Results]:
        """The answers to several SELECT queries by name, for which the data are asked once.

        Raises as ``ask``.
        """
        columns = {name: _columns(query) for name, query in queries.items()}
        answer = self.ask(_one_query(queries.values(), columns.values()))
        at = {column: place for place, column in enumerate(answer.columns)}
        part = at[_PART]
        places = [[at[f"{name}_{number}"] for name in own] for number, own in enumerate(columns.values())]
        rows: list[list[tuple[Term | None, ...]]] = [[] for _ in queries]
        for row in answer.terms:
            number = int(str(value_of(row[part])))
            rows[number].append(tuple(row[place] for place in places[number]))
        return {
            name: Results(own, tuple(found)) for (name, own), found in zip(columns.items(), rows, strict=True)
        }

    def term_label(self, term: object) -> str | None:
        """What a property or class is called: by its own ontology, or in our words."""
        if self._labels is None:
            rows = self.ask(LABELS).terms
            found: dict[object, str] = {t: label.value for t, label in rows if isinstance(label, ox.Literal)}
            self._labels = {**found, **{ox.NamedNode(iri): word for iri, word in WORDS.items()}}
        return self._labels.get(term)


_PART = "part"
_VARIABLE = re.compile(r'<[^<>"\s]*>|"(?:[^"\\]|\\.)*"|[?$](\w+)')


def _columns(query: str) -> tuple[str, ...]:
    """The variables that a SELECT gives, in their order.

    >>> _columns("SELECT DISTINCT ?a (MIN(STR(?b)) AS ?c) { ?a ?b ?d }")
    ('a', 'c')
    """
    head, depth, found = query.partition("{")[0], 0, []
    for token in re.finditer(r"[()]|(AS\s+)?\?(\w+)", head):
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        if token[2] and (depth == 0 or (depth == 1 and token[1])):
            found.append(token[2])
    return tuple(found)


def _numbered(number: int, found: re.Match[str]) -> str:
    return f"?{found[1]}_{number}" if found[1] else found[0]


def _one_query(queries: Iterable[str], columns: Iterable[tuple[str, ...]]) -> str:
    """The union of SELECT queries, whose variables get their number; each keeps the order of its rows.

    What a query orders by has to be among its columns: the order within a union means nothing.
    """
    parts, order = [], [f"?{_PART}"]
    for number, (query, own) in enumerate(zip(queries, columns, strict=True)):
        numbered = _VARIABLE.sub(partial(_numbered, number), query)
        body, _, tail = numbered.rpartition("}")
        group, _, wish = tail.partition("ORDER BY")
        keys, limit, _ = wish.partition("LIMIT")
        known = {f"{name}_{number}" for name in own}
        if not known.issuperset(re.findall(r"\?(\w+)", keys)):
            raise ValueError(f"a query is ordered by what it does not give: {keys.strip()}")
        selected = re.sub(r"SELECT( DISTINCT)?", rf"SELECT\1 ({number} AS ?{_PART})", body, count=1)
        parts.append(f"{{ {selected}}} {tail if limit else group} }}")
        order.append(keys.strip())
    return f"SELECT * {{ {' UNION '.join(parts)} }} ORDER BY {' '.join(order)}"
