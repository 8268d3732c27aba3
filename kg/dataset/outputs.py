"""What a build publishes: the graphs of the reports and of what they share, and a Turtle file of each."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from kg.asking.search.index import FILE, index_of
from kg.dataset.curation.decision_graph import curation_quads
from kg.dataset.curation.decisions import Curation
from kg.dataset.following.links_graph import link_quads
from kg.dataset.one_report import Made
from kg.dataset.query_graph import query_quads
from kg.graph.mapping.dataset import dataset_quads
from kg.graph.rdf_files import read_quads
from kg.graph.store.commit import Commit, Content
from kg.graph.writing.turtle import to_turtle
from kg.model.iris import graph_iri
from kg.model.ontology import ontology_dir
from kg.model.vocab import SKOS


def publish_dataset(
    reports: Sequence[Made], commit: Commit, base: str, curation: Curation, state: bytes
) -> tuple[int, list[str]]:
    """Publishes store, Turtle files and full-text index as one.

    Gives the number of triples and a line for each lost decision.
    The Turtle of a report that was not built in this run is the file that it has, its quads are those in it.
    """
    of_reports: dict[str, list[ox.Quad]] = {}
    files: dict[str, Content] = {}
    for one in reports:
        files[f"{one.entry.id}.ttl"] = one.content
        of_reports[graph_iri(one.entry.id, base)] = one.read()

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
    turtles = {
        "ontology": shared[ontology],
        "vocabularies": vocabularies,
        "dataset": dataset,
        "queries": queries,
    }
    for name, quads in (turtles | across).items():
        files[f"{name}.ttl"] = to_turtle(quads)
    return commit.publish(graphs, files, state, {FILE: index_of(graphs)}), lost


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
