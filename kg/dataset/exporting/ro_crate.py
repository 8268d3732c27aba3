"""A release as an RO-Crate 1.1: data, ontology, queries, tables, provenance and licence, each file described.

Its date is that of the newest report, not the clock's, so the same dataset gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import pyoxigraph as ox

from kg.asking.sparql import ask_store
from kg.asking.sparql.library import saved_queries
from kg.asking.sparql.sources import FoundReport, reports_of
from kg.dataset.exporting.csvw import csv_files
from kg.dataset.exporting.folders import CRATE, TABLES, file_names
from kg.graph.mapping.dataset import of_all
from kg.graph.store import export, graphs_of
from kg.graph.writing.turtle import to_turtle
from kg.model.errors import CannotUnderstand
from kg.model.iris import software_iri
from kg.model.made_here import LICENCES
from kg.model.version import __version__
from kg.model.vocab import PROV, RDF, VOID, local_name

LICENCE = "LICENCE.txt"
PROVENANCE = "provenance.ttl"
_OF_REPORTS = ("links", "curation")
"""The graphs that say something of several reports, by their names."""
CODE_LICENCE = "https://spdx.org/licenses/MIT"
CONTEXT = ["https://w3id.org/ro/crate/1.1/context", {"sha256": "https://schema.org/sha256"}]
Entity = dict[str, Any]

_REPORTS = """
SELECT DISTINCT ?report ?title ?issued ?licence ?page ?publisher ?name ?file ?fileName ?hash ?type WHERE {
  ?report a kg:Report .
  OPTIONAL { ?report dct:title ?title }
  OPTIONAL { ?report dct:issued ?issued }
  OPTIONAL { ?report dct:license ?licence }
  OPTIONAL { ?report dcat:landingPage ?page }
  OPTIONAL { ?report dct:publisher ?publisher . OPTIONAL { ?publisher skos:prefLabel ?name } }
  OPTIONAL {
    ?report kg:text/prov:wasDerivedFrom ?file .
    OPTIONAL { ?file dct:title ?fileName }
    OPTIONAL { ?file kg:sha256 ?hash }
    OPTIONAL { ?file dct:format ?type }
  }
} ORDER BY ?report ?file ?licence ?page
"""


def crate_files(store: ox.Store, report: FoundReport | None = None) -> dict[str, bytes]:
    """The files of the crate by path, ``ro-crate-metadata.json`` among them.

    With a ``report`` its graph is the only one of reports. Raises CannotUnderstand if no report has a date:
    a crate must have one.
    """
    found = ask_store(store, _REPORTS).dicts()
    inputs = [row for row in found if report is None or row["report"] == report.iri]
    dates = sorted(str(row["issued"]) for row in inputs if row["issued"])
    if not dates:
        raise CannotUnderstand(
            "a crate needs a date, and no report has one; give it: published = … in catalogue.toml"
        )
    described = _contents(store, report, _licences_of(inputs))
    files = {path: content for path, (content, _) in described.items()}
    files[LICENCE] = _licence_text(inputs)
    about = {path: entity for path, (_, entity) in described.items()}
    about[LICENCE] = {"name": "Licences", "encodingFormat": "text/plain"}
    graph = _graph(files, about, inputs, report, dates[-1])
    crate = {"@context": CONTEXT, "@graph": graph}
    return {**files, CRATE: (json.dumps(crate, ensure_ascii=False, indent=1) + "\n").encode()}


Described = dict[str, tuple[bytes, Entity]]


def _licences_of(inputs: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """The licences of each report, sorted; none for one that states none."""
    found: dict[str, set[str]] = {}
    for row in inputs:
        found.setdefault(str(row["report"]), set()).update([str(row["licence"])] if row["licence"] else [])
    return {report: sorted(licences) for report, licences in found.items()}


def _contents(
    store: ox.Store, report: FoundReport | None, licences: Mapping[str, Sequence[str]]
) -> Described:
    files: Described = {}
    reports = {each.graph: each for each in reports_of(store)}
    names = file_names(graphs_of(store))
    for graph in graphs_of(store):
        name = local_name(graph)
        if report is not None and (name in _OF_REPORTS or (graph in reports and graph != report.graph)):
            continue  # what is said of other reports is not given away with this one
        path, entity = _place(graph, names[graph], reports.get(graph), store)
        if graph in reports:
            entity["license"] = _refs(licences.get(reports[graph].iri) or [LICENCE])
        content = export(store, "turtle", graph)
        if report is not None and path == PROVENANCE:
            content = _about_one(store, graph, report)
        files[path] = content, {**entity, "encodingFormat": "text/turtle"}
    for saved in saved_queries():
        about = {"name": saved.name, "description": saved.purpose, "@type": ["File", "SoftwareSourceCode"]}
        entity = {**about, "encodingFormat": "application/sparql-query", "license": {"@id": CODE_LICENCE}}
        files[f"queries/{saved.name}.rq"] = saved.text.encode(), entity
    for name, content in csv_files(store, report).items():
        files[f"tables/{name}"] = content, _table(name)
    return files


def _about_one(store: ox.Store, graph: str, report: FoundReport) -> bytes:
    """What the description of the dataset says of one report's graph and of the file it was read from."""
    used, source = ox.NamedNode(PROV.used), ox.NamedNode(PROV.wasDerivedFrom)
    there = ox.NamedNode(report.graph)
    files = {
        quad.object
        for predicate in (used, source)
        for quad in store.quads_for_pattern(None, predicate, None, there)
    }
    subjects = [there, *sorted(files, key=str)]
    return to_turtle(
        quad
        for subject in subjects
        if isinstance(subject, ox.NamedNode)
        for quad in store.quads_for_pattern(subject, None, None, ox.NamedNode(graph))
    )


def _place(graph: str, name: str, report: FoundReport | None, store: ox.Store) -> tuple[str, Entity]:
    """Where the file of a graph is put, and what it is."""
    if report is not None:
        return f"data/{name}.ttl", {
            "name": report.title,
            "description": "What this report says, with its words.",
        }
    if local_name(graph) in _OF_REPORTS:
        said = "What links reports, or what people have decided on them."
        return f"data/{name}.ttl", {"name": name, "description": said, "license": {"@id": LICENCE}}
    kind, dataset = ox.NamedNode(RDF.type), ox.NamedNode(VOID.Dataset)
    if any(True for _ in store.quads_for_pattern(None, kind, dataset, ox.NamedNode(graph))):
        return PROVENANCE, {
            "name": "Provenance",
            "description": "The dataset described: VoID, DCAT, PROV.",
        }
    what = {"name": name, "description": "The ontology, or a vocabulary that the data uses."}
    return f"ontology/{name}.ttl", what | {"license": {"@id": CODE_LICENCE}}


def _table(name: str) -> Entity:
    if name == TABLES:
        about = {"name": "Description of the tables", "encodingFormat": "application/csvm+json"}
        return about | {"conformsTo": {"@id": "https://www.w3.org/TR/tabular-metadata/"}}
    return {"name": f"Answer of the query {name.removesuffix('.csv')}", "encodingFormat": "text/csv"}


def _licence_text(inputs: Iterable[Mapping[str, object]]) -> bytes:
    lines = [
        LICENCES,
        "",
    ]
    said = {
        f"{row['report']} ({row['title'] or 'no title'}): {row['licence'] or 'no licence is stated'}"
        for row in inputs
    }
    lines += [*sorted(said), "", f"The ontology, the vocabularies and the queries: {CODE_LICENCE}"]
    return "\n".join([*lines, ""]).encode()


def _graph(
    files: Mapping[str, bytes],
    about: Mapping[str, Entity],
    inputs: list[dict[str, Any]],
    report: FoundReport | None,
    published: str,
) -> list[Entity]:
    paths = sorted(files)
    licences = sorted({str(row["licence"]) for row in inputs if row["licence"]})
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": report.title if report else "Inspection findings",
        "description": "Judgements, findings, figures, concerns and mentions in inspection reports, "
        "each with its words; with the ontology, the queries and where it all comes from.",
        "datePublished": published,
        "license": _refs(of_all(_licences_of(inputs).values()) or [LICENCE]),
        "hasPart": [{"@id": path} for path in paths],
        "mentions": {"@id": "#making"},
    }
    descriptor = {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    return [
        descriptor,
        root,
        *(_file(path, files[path], about[path]) for path in paths),
        *_sources(inputs),
        *_making(inputs, paths),
        *(
            {"@id": iri, "@type": "CreativeWork", "name": _licence_name(iri)}
            for iri in [*licences, CODE_LICENCE]
        ),
    ]


def _refs(iris: Iterable[str]) -> Any:
    """One reference, or a list of several: a crate writes a single value plainly."""
    refs = [{"@id": iri} for iri in iris]
    return refs[0] if len(refs) == 1 else refs


def _licence_name(iri: str) -> str:
    known = {"open-government-licence": "Open Government Licence", "MIT": "MIT License"}
    return next((name for part, name in known.items() if part in iri), "Licence")


def _file(path: str, content: bytes, entity: Entity) -> Entity:
    size = {"contentSize": str(len(content)), "sha256": sha256(content).hexdigest()}
    return {"@id": path, "@type": "File", **entity, **size}


def _sources(inputs: Iterable[Mapping[str, Any]]) -> list[Entity]:
    """The files that were read: they are not part of the crate, but named with their hashes."""
    entities: dict[str, Entity] = {}
    for row in inputs:
        if row["file"] is None:
            continue
        optional = {
            "name": row["fileName"],
            "sha256": row["hash"],
            "encodingFormat": row["type"],
            "datePublished": row["issued"] and str(row["issued"]),
            "license": row["licence"] and {"@id": row["licence"]},
            "url": row["page"],
            "publisher": row["publisher"] and {"@id": row["publisher"]},
        }
        known = {name: value for name, value in optional.items() if value}
        entities[row["file"]] = {"@id": row["file"], "@type": "CreativeWork", **known}
        if row["publisher"]:
            name = row["name"] or row["publisher"]
            entities[row["publisher"]] = {"@id": row["publisher"], "@type": "Organization", "name": name}
    return list(entities.values())


def _making(inputs: Iterable[Mapping[str, Any]], paths: Iterable[str]) -> list[Entity]:
    """The activity that read the reports and gave the files, and the tool."""
    read = sorted({str(row["file"]) for row in inputs if row["file"]})
    given = [path for path in paths if path.startswith(("data/", "tables/", "provenance"))]
    action = {
        "@id": "#making",
        "@type": "CreateAction",
        "name": "Reading the reports and building the dataset",
        "instrument": {"@id": software_iri()},
        "object": _refs(read),
        "result": _refs(given),
    }
    tool = {
        "name": "inspection-findings-kg",
        "softwareVersion": __version__,
        "license": {"@id": CODE_LICENCE},
    }
    return [action, {"@id": software_iri(), "@type": "SoftwareApplication", **tool}]
