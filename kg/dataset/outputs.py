"""What a build publishes: the graphs of the reports and of what they share, and a Turtle file of each."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from kg.asking.search.index import FILE, index_of, searchable
from kg.dataset.curation.decision_graph import curation_quads, unmet
from kg.dataset.curation.decisions import Curation
from kg.dataset.following.dated_reports import DatedReport
from kg.dataset.following.links_graph import link_quads
from kg.dataset.following.versions import Version, version_quads, versions_of
from kg.dataset.following.versions import told as version_told
from kg.dataset.query_graph import query_quads
from kg.dataset.staging import Made
from kg.dataset.units import names_in, read_dated, read_search, read_spoken, read_summary
from kg.graph.mapping.dataset import dataset_quads, summary_of
from kg.graph.mapping.shared_graphs import as_published
from kg.graph.store.commit import Commit, Content
from kg.graph.store.folder import BASE_FILE
from kg.graph.store.writing import Graph, TurtleGraph
from kg.graph.writing.turtle import to_turtle
from kg.model.iris import graph_iri
from kg.model.ontology import ontology_dir
from kg.model.progress import Progress, tell_nobody, told
from kg.model.turtle_data import own_quads

UNITS = "units"
"""The folder of a generation with the unit of each report."""


DECISIONS = "decisions.sha256"
"""The file of a generation with the digest of all decisions: also of those beside no published report."""
LOST = "lost-decisions.json"
"""The file of a generation with a line for each decision that fits nothing in its reports, and for each
report that may be another version of one."""
ASIDE = "set-aside.json"
"""The file of a generation with the reports that were set aside, and why."""
APART = ("ontology", "reading", "shapes")
"""The files of the ontology's folder that are exported each on its own, and not with the vocabularies."""
MADE = ("curation", "dataset", "links", "queries", "vocabularies")
"""What is published under a name of its own, beside the reports, the ontology and the vocabularies."""


def reserved_ids() -> set[str]:
    """The ids that no report may have: graphs or files of these names hold something else."""
    return {*MADE, *map(_shared_name, ontology_dir().rglob("*.ttl"))}


def unit_name(report: str) -> str:
    """Where a generation has the unit of a report, by its id."""
    return f"{UNITS}/{report}.json"


def publish_dataset(
    reports: Sequence[Made],
    names: Mapping[str, str],
    commit: Commit,
    base: str,
    curation: Curation,
    decided: str,
    state: bytes,
    noted: Mapping[str, bytes],
    progress: Progress = tell_nobody,
) -> tuple[int, list[str]]:
    """Publishes store, Turtle files, units and full-text index as one.

    ``names`` are the preferred names of the things of all reports. Gives the number of triples and a line for
    each lost decision and each report that may be another version of one. Of a report only its Turtle and
    its unit are used, one after the other. ``noted`` are other files of the generation, by name.
    """
    of_reports = {graph_iri(one.entry.id, base): one for one in reports}
    spoken = [each for one in told(reports, "links", "report", progress) for each in one.part(read_spoken)]
    versions: list[Version] = []
    links = link_quads(
        _telling_versions(_by_body(reports), versions),
        spoken,
        base,
        confirmed=curation.follows,
        refused=curation.not_follows,
    )
    links += version_quads(versions, base)
    different, lost = curation_quads(curation, chain((one.quads() for one in reports), [links]), base)
    lost += [
        *unmet(curation, {one for report in reports for one in report.entry.met}),
        *map(version_told, versions),
    ]
    made = {"queries": query_quads(base), "links": links, "curation": different}
    shared = shared_graphs()
    others = shared | {graph_iri(name, base): quads for name, quads in made.items() if quads}
    dataset = others[graph_iri("dataset", base)] = dataset_quads(
        (
            (iri, of_reports[iri].part(read_summary))
            for iri in told(of_reports, "description", "report", progress)
        ),
        {iri: summary_of(quads) for iri, quads in others.items()},
        base,
    )
    index = index_of(
        (
            of_reports[iri].part(read_search) if iri in of_reports else searchable(others[iri])
            for iri in told(sorted(of_reports | others), "full-text index", "graph", progress)
        ),
        {iri: called[0] for quads in others.values() for iri, called in names_in(quads).items()}
        | dict(names),
    )

    files: dict[str, Content] = {f"{one.entry.id}.ttl": one.turtle for one in reports}
    apart = {name: shared.pop(graph_iri(name)) for name in APART}
    vocabularies = [quad for quads in shared.values() for quad in quads]
    made |= {**apart, "vocabularies": vocabularies, "dataset": dataset}
    files |= {f"{name}.ttl": to_turtle(quads) for name, quads in made.items() if quads}
    assert len(of_reports) == len(reports) and not reserved_ids() & {one.entry.id for one in reports}
    graphs: dict[str, Graph] = {
        iri: TurtleGraph(one.turtle, one.entry.triples, one.entry.turtle) for iri, one in of_reports.items()
    }
    beside: dict[str, Content] = {unit_name(one.entry.id): one.unit for one in reports}
    anew = all(one.entry.status == "built" for one in reports)
    beside |= {**noted, FILE: index, DECISIONS: f"{decided}\n".encode(), LOST: _lines(lost)}
    beside[BASE_FILE] = f"{base}\n".encode()
    return commit.publish(graphs | others, files, state, beside, anew=anew), lost


def _lines(lost: Sequence[str]) -> bytes:
    return json.dumps(lost, ensure_ascii=False, indent=1).encode()


def lost_decisions(commit: Commit) -> list[str]:
    """What is said of decisions in the published generation; nothing where that is damaged."""
    try:
        noted = json.loads(commit.own_bytes(LOST) or b"[]")
    except (ValueError, RecursionError):
        return []
    return [line for line in noted if isinstance(line, str)] if isinstance(noted, list) else []


def _by_body(reports: Iterable[Made]) -> Iterator[list[DatedReport]]:
    """The dated reports of each inspected body that has several."""
    of: defaultdict[str, list[Made]] = defaultdict(list)
    for one in reports:
        for dated in one.part(read_dated):
            of[dated.body].append(one)
    for body in sorted(of):
        if len(of[body]) > 1:
            yield [dated for one in of[body] for dated in one.part(read_dated)]


def _telling_versions(
    bodies: Iterable[list[DatedReport]], versions: list[Version]
) -> Iterator[list[DatedReport]]:
    """The same; ``versions`` gets what may be two versions of one report."""
    for of_body in bodies:
        versions += versions_of(of_body)
        yield of_body


def shared_graphs() -> dict[str, list[ox.Quad]]:
    """The graphs of the ontology, the shapes and of every vocabulary and framework file, by graph IRI, with
    what follows from them."""
    folder = ontology_dir()
    graphs: dict[str, list[ox.Quad]] = {}
    for path in sorted(folder.rglob("*.ttl"), key=lambda p: p.relative_to(folder).as_posix()):
        graphs[graph_iri(_shared_name(path))] = own_quads(path)
    return as_published(graphs)


def _shared_name(path: Path) -> str:
    """The name of the graph of a file of the ontology's folder."""
    return "ontology" if path == ontology_dir() / "kg.ttl" else path.stem
