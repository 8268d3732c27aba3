"""What the pages of reports, bodies, statements and things ask, and the rows they get."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.asking.results import Value
from kg.asking.sparql.parameters import with_values
from kg.asking.things.kinds import BY_CLASS
from kg.serving.pages.rendering import link
from kg.serving.pages.source import PageSource

Shown = dict[str, object]
"""A row as a template takes it."""

_WHERE = """
  ?statement kg:report ?report ; kg:evidence ?evidence . ?evidence oa:hasSelector ?selector .
  ?selector oa:exact ?exact ; oa:start ?start ; oa:end ?end .
  OPTIONAL { ?selector oa:prefix ?prefix } OPTIONAL { ?selector oa:suffix ?suffix }
  OPTIONAL { ?report dct:title ?title } OPTIONAL { ?report dct:identifier ?id }
  OPTIONAL { ?report dct:issued ?issued }
  OPTIONAL {
    ?statement kg:area ?areaIri . ?areaIri skos:prefLabel ?area OPTIONAL { ?areaIri kg:order ?order } }
  BIND(COALESCE(?title, ?id, STR(?report)) AS ?reportName)
"""
STATEMENTS = f"""SELECT ?statement ?kind ?area ?areaIri ?heading ?words ?grade ?rank ?polarity
  ?due ?dueText ?dueDerived ?status ?number ?cause ?whole ?bodyName ?report ?reportName ?issued
  ?exact ?start ?end ?prefix ?suffix {{
  # VALUES ?report
  # VALUES ?statement
  # ONLY ?body
  VALUES ?kind {{ kg:Judgement kg:Finding kg:ImprovementNeed kg:StatedConcern kg:CauseOfConcern
    kg:AreaForImprovement kg:Recommendation kg:InnovativePractice kg:PromisingPractice }}
  ?statement a ?kind .
  {_WHERE}
  OPTIONAL {{ ?statement kg:inspectedBody ?body OPTIONAL {{ ?body skos:prefLabel ?bodyName }} }}
  OPTIONAL {{ ?statement kg:heading ?heading }} OPTIONAL {{ ?statement kg:statement ?words }}
  OPTIONAL {{ ?statement kg:grade ?g . ?g skos:prefLabel ?grade OPTIONAL {{ ?g kg:rank ?rank }} }}
  OPTIONAL {{ ?statement kg:polarity ?p BIND(STRAFTER(STR(?p), "#") AS ?polarity) }}
  OPTIONAL {{ ?statement kg:due ?due }} OPTIONAL {{ ?statement kg:dueText ?dueText }}
  OPTIONAL {{ ?statement kg:dueDerived ?dueDerived }} OPTIONAL {{ ?statement kg:status ?status }}
  OPTIONAL {{ ?statement kg:number ?number }}
  OPTIONAL {{ ?statement kg:partOf ?cause OPTIONAL {{ ?cause kg:heading ?whole }} }}
}} ORDER BY ?order ?area DESC(?issued) ?report ?start ?end ?statement"""
FIGURES = f"""SELECT ?statement ?text ?value ?measure ?concept ?conceptName ?unit ?base ?numerator
  ?denominator ?begin ?finish ?attribution ?derived ?area ?bodyName ?report ?reportName
  ?issued ?exact ?start ?end ?prefix ?suffix {{
  # VALUES ?report
  # ONLY ?body
  # ONLY ?concept
  ?statement a kg:Figure ; kg:valueText ?text .
  {_WHERE}
  OPTIONAL {{ ?statement kg:inspectedBody ?body OPTIONAL {{ ?body skos:prefLabel ?bodyName }} }}
  OPTIONAL {{ ?statement kg:value ?value }} OPTIONAL {{ ?statement kg:measureText ?measure }}
  OPTIONAL {{ ?statement kg:measure ?concept OPTIONAL {{ ?concept skos:prefLabel ?conceptName }} }}
  OPTIONAL {{ ?statement kg:unit ?unit }} OPTIONAL {{ ?statement kg:base ?base }}
  OPTIONAL {{ ?statement kg:numerator ?numerator }} OPTIONAL {{ ?statement kg:denominator ?denominator }}
  OPTIONAL {{ ?statement kg:periodBegin ?begin }} OPTIONAL {{ ?statement kg:periodEnd ?finish }}
  OPTIONAL {{ ?statement kg:attribution ?attribution }} OPTIONAL {{ ?statement kg:derived ?derived }}
}} ORDER BY DESC(?issued) ?report ?start ?end ?statement"""
EVENTS = """SELECT ?about ?status ?date ?due ?derived ?event ?report ?reportName {
  # VALUES ?body
  # VALUES ?about
  # VALUES ?source
  ?event a kg:StatusEvent ; kg:about ?about ; kg:status ?status .
  ?about kg:inspectedBody ?body ; kg:report ?source .
  OPTIONAL { ?event dct:date ?date } OPTIONAL { ?event kg:due ?due } OPTIONAL { ?event kg:derived ?derived }
  OPTIONAL { ?event kg:report ?report OPTIONAL { ?report dct:title ?title }
    OPTIONAL { ?report dct:identifier ?id } BIND(COALESCE(?title, ?id) AS ?reportName) }
} ORDER BY ?about ?date ?event"""
PASSAGES = """SELECT ?passage ?start ?end ?exact ?page ?order ?section {
  # VALUES ?report
  ?report kg:text ?text . ?passage a kg:Passage ; oa:hasSource ?text ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end ; oa:exact ?exact .
  OPTIONAL { ?passage kg:page ?page } OPTIONAL { ?passage kg:order ?order }
  OPTIONAL { ?passage kg:inSection ?section }
} ORDER BY ?start ?end ?passage"""
SECTIONS = """SELECT ?section ?title ?level ?passage ?start {
  # VALUES ?report
  ?section a kg:Section ; kg:report ?report ; dct:title ?title ; kg:level ?level ; kg:evidence ?passage .
  ?passage oa:hasSelector/oa:start ?start .
} ORDER BY ?start ?level ?section"""


_ONLY = {
    "body": "?statement kg:inspectedBody ?body .",
    "concept": "?statement kg:measure ?concept .",
}
"""What a query asks where it is about these alone: else they may be missing."""


def rows(site: PageSource, query: str, **iris: str) -> list[Shown]:
    """The rows of a query with variables bound to IRIs, each with the addresses of what it names."""
    bound = {name: ox.NamedNode(iri) for name, iri in iris.items()}
    for name in iris:
        if name in _ONLY:
            query = query.replace(f"# ONLY ?{name}", f"# VALUES ?{name}\n  {_ONLY[name]}")
    return [linked(site, row) for row in site.ask(with_values(query, bound)).dicts()]


def linked(site: PageSource, row: Mapping[str, Value]) -> Shown:
    """A row with the addresses of what it names, and the word for its kind."""
    shown: Shown = dict(row)
    for key in ("statement", "report", "cause", "concept", "areaIri", "thing"):
        if row.get(key):
            shown["href" if key == "statement" else f"{key}_href"] = link(site, str(row[key]))
    if row.get("kind"):
        shown["word"] = BY_CLASS.get(str(row["kind"]), "statement")
    return shown


def by_area(statements: Iterable[Shown]) -> dict[str, list[Shown]]:
    """Statements by the heading of their area, in their order; those without one under "Overall"."""
    areas: dict[str, list[Shown]] = {}
    for row in statements:
        areas.setdefault(str(row["area"] or "Overall"), []).append(row)
    return areas


def with_events(site: PageSource, statements: Iterable[Shown], **iris: str) -> None:
    """Gives each concern and recommendation the status events that later reports tell of it."""
    events: dict[str, list[Shown]] = {}
    for row in rows(site, EVENTS, **iris):
        row["href"] = link(site, str(row["event"]))
        events.setdefault(str(row["about"]), []).append(row)
    for row in statements:
        row["events"] = events.get(str(row["statement"]), [])


CONCERNS = ("cause of concern", "concern", "recommendation", "area for improvement",
            "innovative practice", "promising practice")  # fmt: skip
"""The kinds of statement that ask for something to be done, or shared; the gravest first."""


def concerns_of(statements: Iterable[Shown]) -> list[Shown]:
    """The concerns and boxes among statements, the gravest kind first; each part follows its whole."""
    found = [row for row in statements if row["word"] in CONCERNS]
    found.sort(key=lambda row: CONCERNS.index(str(row["word"])))
    causes = [row["statement"] for row in found]
    wholes = [row["cause"] if row["cause"] in causes else row["statement"] for row in found]
    for row in found:
        row["follows"] = row["cause"] in causes
    places = {id(row): causes.index(whole) for row, whole in zip(found, wholes, strict=True)}
    return sorted(found, key=lambda row: places[id(row)])
