"""The page of an inspected body: its grades, concerns, findings, figures, and what belongs to it."""

from __future__ import annotations

import pyoxigraph as ox

from kg.asking.sparql.parameters import with_values
from kg.asking.things.kinds import KINDS, kind_of
from kg.serving.pages import facts as asked
from kg.serving.pages import questions
from kg.serving.pages.facts import Shown, rows
from kg.serving.pages.rendering import link
from kg.serving.pages.source import PageSource

_GRADES = questions.GRADES.replace("{\n", "{\n  # VALUES ?bodyIri\n", 1).replace(
    "kg:area ?areaIri", "kg:inspectedBody ?bodyIri ; kg:area ?areaIri"
)
_REPORTS = questions.REPORTS.replace(
    "{\n", "{\n  # VALUES ?bodyIri\n  ?report kg:inspectedBody ?bodyIri .\n", 1
)
_OWN = """SELECT ?thing ?name ?class (COUNT(DISTINCT ?mention) AS ?times) {
  # VALUES ?body
  ?thing kg:ownedBy ?body ; skos:prefLabel ?name ; a ?class .
  OPTIONAL { ?mention kg:refersTo ?thing }
} GROUP BY ?thing ?name ?class ORDER BY LCASE(STR(?name)) ?thing ?class"""
_OTHERS = """SELECT ?thing (MIN(STR(?label)) AS ?name) (MIN(STR(?type)) AS ?class)
  (COUNT(DISTINCT ?mention) AS ?times) {
  # VALUES ?body
  ?report kg:inspectedBody ?body . ?mention a kg:Mention ; kg:report ?report ; kg:refersTo ?thing .
  ?thing skos:prefLabel ?label ; a ?type .
  VALUES ?type { kg:Operation kg:Unit kg:Body kg:Organisation kg:Programme kg:System kg:Person }
  FILTER(?thing != ?body) FILTER NOT EXISTS { ?thing kg:ownedBy ?body }
} GROUP BY ?thing ORDER BY DESC(?times) LCASE(?name) ?thing LIMIT 40"""


def body_page(site: PageSource, iri: str) -> Shown:
    """What the page of a body shows, besides what every thing has."""
    statements = rows(site, asked.STATEMENTS, body=iri)
    asked.with_events(site, statements, body=iri)
    grades = site.ask(with_values(_GRADES, {"bodyIri": ox.NamedNode(iri)})).dicts()
    return {
        "reports": _reports(site, iri),
        "heat": questions.heat_tables(grades),
        "concerns": asked.concerns_of(statements),
        "areas": asked.by_area(row for row in statements if row["word"] in ("finding", "need")),
        "figures": rows(site, asked.FIGURES, body=iri),
        "own": grouped(rows(site, _OWN, body=iri)),
        "others": grouped(rows(site, _OTHERS, body=iri)),
        "link": lambda thing: link(site, thing),
    }


def _reports(site: PageSource, iri: str) -> list[Shown]:
    found = rows(site, _REPORTS, bodyIri=iri)
    return sorted(found, key=lambda row: (str(row["issued"] or ""), str(row["report"])), reverse=True)


def grouped(things: list[Shown]) -> dict[str, list[Shown]]:
    """Things by the plural word of their kind, in the order of a picture's legend."""
    kinds: dict[str, dict[str, Shown]] = {}
    for row in things:
        kinds.setdefault(kind_of([str(row["class"])]), {}).setdefault(str(row["thing"]), row)
    known = [kind for kind in KINDS.values() if kind.word in kinds]
    return {kind.plural: list(kinds[kind.word].values()) for kind in known}
