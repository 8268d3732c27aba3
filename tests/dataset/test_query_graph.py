"""The saved queries as RDF, for tools that list the examples of a dataset."""

from __future__ import annotations

import pyoxigraph as ox

from kg.asking.sparql import ask_store
from kg.asking.sparql.library import saved_queries
from kg.dataset.query_graph import query_quads

LISTED = """
SELECT ?name ?text ?comment WHERE {
  ?query a sh:SPARQLExecutable , sh:SPARQLSelectExecutable ; dct:identifier ?name ; sh:select ?text ;
    rdfs:comment ?comment ; schema:target ?endpoint ; schema:keywords ?group .
  FILTER(?group = "%s")
}
ORDER BY ?name
"""


def test_every_query_is_described_with_its_whole_text_and_group() -> None:
    store = ox.Store()
    store.extend(query_quads())
    for group in {saved.group for saved in saved_queries()}:
        wanted = [(q.name, q.text, q.purpose) for q in saved_queries() if q.group == group]
        assert sorted(map(tuple, ask_store(store, LISTED % group))) == sorted(wanted)
