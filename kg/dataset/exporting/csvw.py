"""The answers of the saved queries as CSV files, described for programs (W3C Tabular Data, "CSVW").

A cell that a spreadsheet would take for a formula has an apostrophe before it (``spreadsheet_csv``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kg.asking.results import Results, spreadsheet_csv, value_of
from kg.asking.sparql import answered, ask_store, asker
from kg.asking.sparql.library import SavedQuery, saved_queries
from kg.asking.sparql.sources import FoundReport
from kg.dataset.exporting.folders import TABLES
from kg.graph.mapping.dataset import of_all
from kg.model.iris import software_iri
from kg.model.version import __version__

Table = tuple[SavedQuery, Results]


def csv_files(store: ox.Store, report: FoundReport | None = None) -> dict[str, bytes]:
    """One CSV file a saved query, and ``csv-metadata.json``, by name.

    With a ``report``, those queries that can be limited to a report, limited to it.
    """
    tables = list(_tables(store, report))
    files = {f"{saved.name}.csv": spreadsheet_csv(results) for saved, results in tables}
    metadata = json.dumps(_metadata(tables, store, report), ensure_ascii=False, indent=1) + "\n"
    return {**files, TABLES: metadata.encode()}


def _tables(store: ox.Store, report: FoundReport | None) -> Iterable[Table]:
    ask = asker(store=store)
    for saved in saved_queries():
        if report is None:
            yield saved, answered(saved, ask)
        elif "report" in saved.parameters:
            yield saved, answered(saved, ask, {"report": ox.NamedNode(report.iri)})


def _metadata(tables: Iterable[Table], store: ox.Store, report: FoundReport | None) -> dict[str, Any]:
    title = report.title if report else "Inspection findings"
    software = {"@id": software_iri(), "schema:name": f"inspection-findings-kg {__version__}"}
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": f"{title}: the answers of the saved queries",
        "dc:license": [{"@id": iri} for iri in of_all(_licences(store, report).values())],
        "prov:wasDerivedFrom": [{"@id": iri} for iri in _column(store, _SOURCES, report)],
        "prov:wasGeneratedBy": {"prov:wasAssociatedWith": software},
        "tables": [_table(saved, results, tables) for saved, results in tables],
    }  # fmt: skip


_LICENCES = "SELECT DISTINCT ?report ?it WHERE { ?report a kg:Report OPTIONAL { ?report dct:license ?it } }"
_SOURCES = (
    "SELECT DISTINCT ?it ?report WHERE { ?report a kg:Report ; kg:text/prov:wasDerivedFrom ?it } ORDER BY ?it"
)


def _licences(store: ox.Store, report: FoundReport | None) -> dict[str, set[str]]:
    """The licences of each report; none for one that states none."""
    found: dict[str, set[str]] = {}
    for iri, licence in ask_store(store, _LICENCES).rows:
        if report is None or iri == report.iri:
            found.setdefault(str(iri), set()).update([] if licence is None else [str(licence)])
    return found


def _column(store: ox.Store, text: str, report: FoundReport | None) -> list[str]:
    """The first column of a query, of one report or of all."""
    rows = ask_store(store, text).rows
    return list(dict.fromkeys(str(row[0]) for row in rows if report is None or row[1] == report.iri))


def _table(saved: SavedQuery, results: Results, tables: Iterable[Table]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "columns": [_described(results, place) for place in range(len(results.columns))]
    }
    if saved.name != "reports" and "report" in results.columns and _lists_reports(tables, results):
        reference = {"resource": "reports.csv", "columnReference": "report"}
        schema["foreignKeys"] = [{"columnReference": "report", "reference": reference}]
    if saved.name == "reports":
        schema["primaryKey"] = "report"
    derived = {"dc:provenance": f"computed, not stated in a report: {', '.join(saved.derived)}"}
    return {
        "url": f"{saved.name}.csv",
        "dc:title": saved.name,
        "dc:description": saved.purpose,
        **(derived if saved.derived else {}),
        "tableSchema": schema,
    }


def _lists_reports(tables: Iterable[Table], results: Results) -> bool:
    """Whether some, and only such, reports are named as are rows of the table of reports."""
    listed = {row["report"] for saved, found in tables if saved.name == "reports" for row in found.dicts()}
    named = {row["report"] for row in results.dicts()} - {None}
    return bool(named) and named <= listed


def _described(results: Results, place: int) -> dict[str, Any]:
    name = results.columns[place]
    column = {"name": name, "titles": name, "datatype": _datatype(row[place] for row in results.terms)}
    return column | ({"dc:provenance": "derived"} if name in results.derived else {})


def _datatype(terms: Iterable[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None]) -> str:
    """The one CSVW datatype that all cells of a column have; string where they differ.

    >>> number = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    >>> _datatype([ox.Literal(1), None, ox.Literal("2.5", datatype=number)])
    'decimal'
    """
    kinds = set()
    for term in terms:
        if term is None:
            continue
        value = value_of(term)
        of_value = (name for kind, name in _KINDS.items() if isinstance(value, kind))
        kinds.add("anyURI" if isinstance(term, ox.NamedNode) else next(of_value, "string"))
    if kinds == {"integer", "decimal"}:
        return "decimal"
    return kinds.pop() if len(kinds) == 1 else "string"


_KINDS: dict[type, str] = {
    bool: "boolean", int: "integer", Decimal: "decimal", float: "double", datetime: "dateTime", date: "date",
}  # fmt: skip
"""Python types of values and their CSVW names; subclasses come first."""
