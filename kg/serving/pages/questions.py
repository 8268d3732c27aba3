"""What the pages ask: SPARQL, with terms put in as terms, and the answers as records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.asking.results import Results, shown
from kg.asking.sparql.parameters import with_values
from kg.serving.pages.naming import Name, ending, named_cell, names
from kg.serving.pages.rendering import Cell, cell
from kg.serving.pages.source import PageSource

_LABEL = "(skos:prefLabel|dct:title|kg:heading|kg:statement|rdfs:label)"
_QUOTE = """
  ?statement kg:evidence?/oa:hasSelector ?selector .
  ?selector oa:exact ?exact ; oa:start ?start ; oa:end ?end .
  OPTIONAL { ?selector oa:prefix ?prefix } OPTIONAL { ?selector oa:suffix ?suffix }
"""
TYPES = """SELECT ?type (SAMPLE(?name) AS ?label) {
  # VALUES ?thing
  ?thing a ?type . OPTIONAL { ?type rdfs:label ?name }
} GROUP BY ?type ORDER BY ?type"""
OUTGOING = f"""SELECT ?property ?value (MIN(STR(?name)) AS ?label) {{
  # VALUES ?thing
  ?thing ?property ?value . OPTIONAL {{ ?value {_LABEL} ?name }}
}} GROUP BY ?property ?value ORDER BY ?property ?label ?value"""
INCOMING = f"""SELECT ?property ?value (MIN(STR(?name)) AS ?label) {{
  {{ SELECT ?property ?value {{
    # VALUES ?thing
    ?value ?property ?thing .
    FILTER(?property NOT IN (kg:refersTo, kg:inPassage, kg:evidence, kg:report))
    FILTER NOT EXISTS {{ ?value a kg:Passage }}
  }} ORDER BY ?property ?value LIMIT 501 }}
  OPTIONAL {{ ?value {_LABEL} ?name }}
}} GROUP BY ?property ?value ORDER BY ?property ?label ?value"""
EVIDENCE = f"""SELECT DISTINCT ?exact ?start ?end ?prefix ?suffix ?statement ?report {{
  # VALUES ?statement
  {_QUOTE}
  OPTIONAL {{ ?statement kg:report ?report }}
}} ORDER BY ?report ?start"""
MENTIONS = f"""SELECT DISTINCT ?exact ?start ?end ?prefix ?suffix ?statement ?report {{
  # VALUES ?thing
  ?statement kg:refersTo ?thing ; kg:report ?report .
  {_QUOTE}
}} ORDER BY ?report ?start ?end LIMIT 101"""
SEARCH = """SELECT ?thing (MIN(STR(?label)) AS ?name) (MIN(?kind) AS ?type) {
  ?thing skos:prefLabel ?label . OPTIONAL { ?thing a ?class . BIND(STRAFTER(STR(?class), "#") AS ?kind) }
  { SELECT DISTINCT ?thing {
    # VALUES ?words
    ?thing skos:prefLabel|skos:altLabel|skos:notation ?any .
    FILTER(CONTAINS(LCASE(STR(?any)), LCASE(?words))) } }
} GROUP BY ?thing ORDER BY LCASE(?name) ?thing LIMIT 201"""
REPORTS = """SELECT ?report ?title ?force ?framework ?issued ?publisher {
  ?report a kg:Report . OPTIONAL { ?report dct:title ?title } OPTIONAL { ?report dct:issued ?issued }
  OPTIONAL { ?report kg:inspectedBody/skos:prefLabel ?force }
  OPTIONAL { ?report kg:framework/dct:title ?framework }
  OPTIONAL { ?report dct:publisher/skos:prefLabel ?publisher }
} ORDER BY ?force ?issued ?report"""
GRADES = """SELECT ?framework ?report ?title ?force ?issued ?area ?grade ?rank ?judgement {
  ?judgement a kg:Judgement ; kg:report ?report ; kg:area ?areaIri ; kg:grade ?gradeIri .
  ?areaIri skos:prefLabel ?area . ?gradeIri skos:prefLabel ?grade ; kg:rank ?rank .
  OPTIONAL { ?areaIri kg:order ?order }
  OPTIONAL { ?report kg:framework/dct:title ?framework } OPTIONAL { ?report dct:issued ?issued }
  OPTIONAL { ?report dct:title ?title } OPTIONAL { ?report kg:inspectedBody/skos:prefLabel ?force }
} ORDER BY ?framework ?order ?area ?force ?issued ?report"""
DESCRIPTION = """CONSTRUCT { ?thing ?p ?o . ?o ?p2 ?o2 . ?o2 ?p3 ?o3 } {
  # VALUES ?thing
  ?thing ?p ?o .
  OPTIONAL { ?o ?p2 ?o2 FILTER(?p IN (kg:evidence, oa:hasSelector)) OPTIONAL {
    ?o2 ?p3 ?o3 FILTER(?p2 = oa:hasSelector) } }
}"""
GRAPH = "CONSTRUCT { ?s ?p ?o } {\n # VALUES ?graph\n GRAPH ?graph { ?s ?p ?o } }"


@dataclass(frozen=True, slots=True)
class Quote:
    """The words that a statement rests on, with some before and after, and where they stand."""

    exact: str
    start: int
    end: int
    prefix: str = ""
    suffix: str = ""
    statement: Cell | None = None
    report: Cell | None = None


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a thing, or one that leads to it, with all values."""

    name: Cell
    values: tuple[Cell, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class HeatLine:
    """A report's grades: area to (grade, rank, IRI of the judgement)."""

    report: str
    force: str
    issued: str
    title: str
    grades: dict[str, tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class HeatTable:
    """The grades under one framework; ``areas`` are its columns in order."""

    framework: str
    areas: dict[str, int]
    lines: dict[str, HeatLine]


def ask_about(site: PageSource, query: str, variable: str, iri: str) -> Results:
    """The answer to a query with one variable bound to an IRI."""
    return site.ask(with_values(query, {variable: ox.NamedNode(iri)}))


def exists(site: PageSource, iri: str) -> bool:
    """Whether anything is said of this IRI."""
    return bool(site.ask(f"ASK {{ {ox.NamedNode(iri)} ?p ?o }}"))


def quotes(site: PageSource, results: Results) -> list[Quote]:
    """Quotes from rows that have ``exact``, ``start``, ``end``, ``prefix``, ``suffix`` and maybe more."""
    found = []
    rows = results.dicts()
    known = names(site, {str(row["report"]) for row in rows if row.get("report")})
    for terms, row in zip(results.terms, rows, strict=True):
        named = dict(zip(results.columns, terms, strict=True))
        found.append(
            Quote(
                str(row["exact"]),
                int(str(row["start"])),
                int(str(row["end"])),
                str(row["prefix"] or ""),
                str(row["suffix"] or ""),
                cell(site, named["statement"]) if named.get("statement") else None,
                named_cell(site, named["report"], known) if named.get("report") else None,
            )
        )
    return found


def properties(site: PageSource, results: Results, known: Mapping[str, Name]) -> list[Property]:
    """Rows (property, value, …) grouped by property, in their order; ``known`` has the names of values."""
    grouped: dict[str, list[Cell]] = {}
    called: dict[str, Cell] = {}
    for property_, value, *_ in results.terms:
        key = shown(property_)
        called.setdefault(key, cell(site, property_, site.term_label(property_) or ending(key)))
        grouped.setdefault(key, []).append(named_cell(site, value, known))
    return [Property(called[key], tuple(values[:100]), len(values) > 100) for key, values in grouped.items()]


def is_iri(term: object) -> bool:
    """Whether a term is an IRI."""
    return isinstance(term, ox.NamedNode)


def heat_tables(rows: Iterable[Mapping[str, object]]) -> list[HeatTable]:
    """The grades as one table a framework: a row a report, a column an area."""
    tables: dict[str, HeatTable] = {}
    for row in rows:
        name = str(row["framework"] or "other")
        table = tables.setdefault(name, HeatTable(name, {}, {}))
        report, area = str(row["report"]), str(row["area"])
        table.areas.setdefault(area, len(table.areas))
        new = HeatLine(report, str(row["force"] or ""), str(row["issued"] or ""), str(row["title"] or ""), {})
        line = table.lines.setdefault(report, new)
        line.grades.setdefault(area, (str(row["grade"]), str(row["rank"]), str(row["judgement"])))
    return [tables[name] for name in sorted(tables)]
