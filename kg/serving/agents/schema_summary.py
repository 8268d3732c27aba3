"""The ontology in brief, with what the dataset has of it: enough to write a query from."""

from __future__ import annotations

from kg.asking.results import term_text
from kg.asking.sparql.parameters import Ask
from kg.asking.tables import markdown_table
from kg.model.iris import PREFIXES

_CLASSES = """
SELECT ?class ?meaning (COUNT(DISTINCT ?member) AS ?members) WHERE {
  ?class a owl:Class .
  OPTIONAL { ?class skos:definition ?meaning }
  OPTIONAL { ?member a ?class }
} GROUP BY ?class ?meaning ORDER BY ?class
"""
_PROPERTIES = """
SELECT ?property ?domain ?range ?meaning WHERE {
  { ?property a owl:ObjectProperty } UNION { ?property a owl:DatatypeProperty }
  OPTIONAL { ?property rdfs:domain ?domain }
  OPTIONAL { ?property rdfs:range ?range }
  OPTIONAL { ?property skos:definition ?meaning }
} ORDER BY ?property ?domain ?range
"""
_WORDS = """
Every statement has `kg:report` (its report) and `kg:evidence`. The words of any of them:

    ?statement kg:evidence/oa:hasSelector ?s . ?s oa:exact ?quote ; oa:start ?start ; oa:end ?end .

`kg:derived true` marks a figure that was computed. Compare only figures of one `kg:valueKind` (a level,
the size of a change, a share …) and one `kg:complement` (true: the words count the opposite); `kg:value`
of a change or difference is unsigned, `kg:sign` says which way it goes. Names are `skos:prefLabel`,
aliases `skos:altLabel`.
"""
_OWL = "PREFIX owl: <http://www.w3.org/2002/07/owl#>"


def schema_summary(ask: Ask) -> str:
    """Prefixes, classes with the number of their members, properties, and how to reach words; Markdown."""
    used = ("kg", "dct", "oa", "prov", "qb", "skos", "time", "void", "report")
    prefixes = "".join(f"- `{name}:` {PREFIXES[name]}\n" for name in used)
    classes = [[term_text(term) for term in row] for row in ask(_OWL + _CLASSES).terms]
    properties = [[term_text(term) for term in row] for row in ask(_OWL + _PROPERTIES).terms]
    return (
        f"# Prefixes\n\n{prefixes}\n# Words\n{_WORDS}\n"
        f"# Classes\n\n{markdown_table(['class', 'meaning', 'members'], classes)}\n"
        f"# Properties\n\n{markdown_table(['property', 'domain', 'range', 'meaning'], properties)}"
    )
