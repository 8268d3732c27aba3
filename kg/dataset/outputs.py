"""What a build writes: a Turtle file a report, those of what they share, and the store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.dataset.curation.decision_graph import curation_quads
from kg.dataset.curation.decisions import Curation
from kg.dataset.following.links_graph import link_quads
from kg.dataset.one_report import Made
from kg.dataset.query_graph import query_quads
from kg.graph.mapping.dataset import dataset_quads
from kg.graph.rdf_files import read_quads
from kg.graph.store import write_store
from kg.graph.writing.turtle import to_turtle
from kg.model.iris import graph_iri
from kg.model.ontology import ontology_dir
from kg.model.vocab import SKOS

SHARED_FILES = ("curation", "dataset", "links", "ontology", "queries", "vocabularies")
"""Turtle files of exports/ that belong to no report."""


def write_dataset(
    reports: Sequence[Made], exports: Path, store: Path, base: str, curation: Curation
) -> list[str]:
    """Writes the Turtle files and the store; gives a line for each decision that fits no report.

    A report that was built in this run has its quads; those of an unchanged one are read from its Turtle.
    """
    exports.mkdir(parents=True, exist_ok=True)
    for old in sorted(exports.glob("*.ttl")):
        if old.stem not in {one.entry.id for one in reports} | set(SHARED_FILES):
            old.unlink()
    of_reports: dict[str, list[ox.Quad]] = {}
    for one in reports:
        path = exports / f"{one.entry.id}.ttl"
        if one.turtle is not None:
            write_atomically(path, one.turtle)
        of_reports[graph_iri(one.entry.id, base)] = read_quads(path) if one.quads is None else one.quads

    links = link_quads(of_reports, base, confirmed=curation.follows, refused=curation.not_follows)
    different, lost = curation_quads(curation, of_reports, base)
    across = {name: quads for name, quads in (("links", links), ("curation", different)) if quads}
    shared, queries = shared_graphs(), query_quads(base)
    graphs = (
        shared
        | of_reports
        | {graph_iri("queries", base): queries}
        | {graph_iri(name, base): quads for name, quads in across.items()}
    )
    dataset = graphs[graph_iri("dataset", base)] = dataset_quads(graphs, base)

    ontology = graph_iri("ontology")
    vocabularies = [quad for iri, quads in shared.items() if iri != ontology for quad in quads]
    files = {
        "ontology": shared[ontology],
        "vocabularies": vocabularies,
        "dataset": dataset,
        "queries": queries,
    }
    files |= across
    for name, quads in files.items():
        write_atomically(exports / f"{name}.ttl", to_turtle(quads))
    for name in set(SHARED_FILES) - set(files):
        (exports / f"{name}.ttl").unlink(missing_ok=True)
    write_store(store, graphs)
    return lost


def shared_graphs() -> dict[str, list[ox.Quad]]:
    """The graphs of the ontology and of every vocabulary and framework file, by graph IRI."""
    folder = ontology_dir()
    graphs: dict[str, list[ox.Quad]] = {}
    for path in sorted(folder.rglob("*.ttl"), key=lambda p: p.relative_to(folder).as_posix()):
        name = "ontology" if path.parent == folder else path.stem
        quads = read_quads(path)
        graphs.setdefault(graph_iri(name), []).extend([*quads, *_narrower(quads)])
    return graphs


def _narrower(quads: Sequence[ox.Quad]) -> list[ox.Quad]:
    """``skos:narrower`` for each ``skos:broader``: clients that walk a thesaurus down do not infer it."""
    broader, narrower = ox.NamedNode(SKOS.broader), ox.NamedNode(SKOS.narrower)
    return [
        ox.Quad(q.object, narrower, q.subject, q.graph_name)
        for q in quads
        if q.predicate == broader and isinstance(q.object, ox.NamedNode)
    ]


def write_atomically(path: Path, content: bytes) -> None:
    """Write beside and rename, so that a reader never sees half a file."""
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(content)
    beside.replace(path)
