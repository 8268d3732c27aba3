"""The main job: reports in, a validated dataset out. What has not changed is not built again.

Every report has an entry in the store's ``build.json``: a digest of what it was made from (source file,
catalogue facts, this package, ontology, model, base) and of the Turtle it gave. A report whose digest is
as on file is taken from its Turtle; all others are built, each as a graph of its own.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from html import escape
from pathlib import Path

import pyoxigraph as ox

from kg.dataset.curation import Curation, curation_quads
from kg.dataset.following import link_quads
from kg.dataset.one_report import COUNTED, BuiltReport, Job, Made, Progress, build_all, build_one, job_of
from kg.graph.mapping.dataset import dataset_quads
from kg.graph.store import count_statements, open_store, read_quads, write_store
from kg.graph.writing.turtle import to_turtle
from kg.model.errors import CannotRead, Invalid, KgError
from kg.model.iris import PREFIXES, graph_iri
from kg.model.ontology import ontology_dir
from kg.model.vocab import BASE
from kg.reading import find_reports

log = logging.getLogger("kg")

SHARES = ("headings", "numbers", "names")
"""What the table of a build shows as captured/all."""
STATE = "build.json"


@dataclass(frozen=True)
class BuildResult:
    """What a build did. ``rows`` under ``columns`` is the table that the command prints."""

    reports: tuple[BuiltReport, ...]
    removed: tuple[str, ...]
    notices: tuple[str, ...]
    exports: Path
    store: Path
    triples: int
    invalid: tuple[str, ...] = ()
    """A line for each report that was left out because its graph breaks the shapes; also in ``notices``."""

    columns = ("report", *COUNTED, *SHARES, "notices", "triples", "status")

    @property
    def rows(self) -> list[list[str]]:
        return [
            [
                r.id,
                *(f"{r.counts[what]:,}" for what in COUNTED),
                *("/".join(f"{n:,}" for n in r.coverage.get(what, ())) for what in SHARES),
                f"{len(r.notices) + r.details:,}",
                f"{r.triples:,}",
                r.status,
            ]
            for r in self.reports
        ]

    def _repr_html_(self) -> str:
        """The table that a notebook shows."""
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in self.rows)
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return f"{table}<p>{escape(self.summary)}</p>"

    @property
    def changed(self) -> bool:
        return bool(self.removed) or any(r.status == "built" for r in self.reports)

    @property
    def summary(self) -> str:
        if not self.changed:
            return f"nothing changed: {len(self.reports)} reports, {self.triples:,} triples"
        gone = f", {len(self.removed)} removed" if self.removed else ""
        built = sum(r.status == "built" for r in self.reports)
        total = f"{self.triples:,} triples, valid, in {self.store}"
        return f"{built} of {len(self.reports)} reports built{gone}: {total}"


def build(
    paths: Sequence[str | Path] = ("seeds",),
    *,
    exports: str | Path = "exports",
    store: str | Path = "store",
    base: str = BASE,
    model: str | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> BuildResult:
    """Read reports, analyse them, validate what they say, write ``exports`` and ``store``.

    ``paths`` are files, folders or globs; the order does not matter. ``jobs`` is the number of processes;
    ``progress`` is called with each report that is done. A file that cannot be read, or whose graph breaks
    the shapes, is left out with a line in ``notices``: the others are built all the same.
    Raises CannotRead if no report can be read, and Invalid if those that can be read all break the shapes;
    in both cases exports and store stay as they were.
    """
    exports, store = Path(exports), Path(store)
    found, notices = find_reports(paths)
    state = _read_state(store, exports)
    wanted = [job_of(path, model, base) for path in found]
    known = {job.made_from: state[job.made_from] for job in wanted if job.made_from in state}
    kept = {made_from: replace(report, status="unchanged") for made_from, report in known.items()}
    made, failed = build_all([job for job in wanted if job.made_from not in kept], jobs, progress)
    invalid = tuple(str(error) for error in failed if isinstance(error, Invalid))
    if not made and not kept:
        raise (Invalid if invalid else CannotRead)(_none_built(failed, notices))
    entries = {one[0].made_from: one[0] for one in made} | kept
    chosen, doubles = _chosen([(job, entries[job.made_from]) for job in wanted if job.made_from in entries])
    remade = [_renamed(job, name) for job, name in chosen if entries[job.made_from].id != name]
    fresh = {one[0].made_from: one for one in (*made, *remade)}
    entries |= {made_from: one[0] for made_from, one in fresh.items()}
    reports = sorted((entries[job.made_from] for job, _ in chosen), key=lambda r: r.id)
    notices = (*notices, *doubles)
    removed = sorted({r.id for r in state.values()} - {r.id for r in reports})
    said = (*notices, *map(str, failed), *(f"{r.file}: {n}" for r in reports for n in r.notices))
    turtles = {report.id: fresh[report.made_from][1] for report in reports if report.made_from in fresh}
    if turtles or removed:
        said += _publish(reports, turtles, exports, store, base, _decisions(wanted))
    total = count_statements(store)
    return BuildResult(tuple(reports), tuple(removed), said, exports, store, total, invalid)


def _none_built(failed: Sequence[KgError], notices: Sequence[str]) -> str:
    """Why there is no report at all: the one reason, or the first three of many."""
    reasons = [*map(str, failed), *notices]
    if len(reasons) < 2:
        return reasons[0] if reasons else "no report was found"
    more = f"; and {len(reasons) - 3} more" if len(reasons) > 3 else ""
    return f"none of {len(reasons)} files could be used: {'; '.join(reasons[:3])}{more}"


def _read_state(store: Path, exports: Path) -> dict[str, BuiltReport]:
    """Entries of the last build by ``made_from``; only those whose Turtle is still as it was written."""
    try:
        entries = json.loads((store / STATE).read_text(encoding="utf-8"))
        open_store(store)
        reports = [BuiltReport(**{**entry, "notices": tuple(entry["notices"])}) for entry in entries]
    except (FileNotFoundError, NotADirectoryError, json.JSONDecodeError, TypeError, KeyError, CannotRead):
        return {}  # never built, or by another version
    return {r.made_from: r for r in reports if _digest(exports / f"{r.id}.ttl") == r.turtle}


def _digest(path: Path) -> str | None:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _chosen(candidates: Sequence[tuple[Job, BuiltReport]]) -> tuple[list[tuple[Job, str]], list[str]]:
    """The reports to publish with their ids, and a line for each that is left out as a double.

    Of files with the same text the first is taken; of different texts with the same id the first keeps it
    and the others get their digest behind it. It depends on the files that are there and on nothing before.
    """
    chosen: list[tuple[Job, str]] = []
    lines: list[str] = []
    first: dict[str, BuiltReport] = {}
    taken: set[str] = set()
    for job, report in candidates:
        if report.words in first:
            lines.append(f"{report.file}: left out: the same text as {first[report.words].file}")
            continue
        first[report.words] = report
        name = f"{report.natural}-{job.content[:8]}" if report.natural in taken else report.natural
        taken.add(name)
        chosen.append((job, name))
    return chosen, lines


def _renamed(job: Job, name: str) -> Made:
    """The report of a job under another id. Raises what its job raises."""
    outcome = build_one(job, name)
    if isinstance(outcome, KgError):
        raise outcome
    return outcome


def _publish(
    reports: Sequence[BuiltReport],
    turtles: Mapping[str, bytes],
    exports: Path,
    store: Path,
    base: str,
    curation: Curation,
) -> tuple[str, ...]:
    """Write the Turtle files and the store; gives a line for each decision that fits no report."""
    exports.mkdir(parents=True, exist_ok=True)
    for old in sorted(exports.glob("*.ttl")):
        if old.stem not in {r.id for r in reports} | set(SHARED_FILES):
            old.unlink()
    for name, turtle in turtles.items():
        write_atomically(exports / f"{name}.ttl", turtle)
    graphs = dict(shared_graphs())
    for report in reports:
        graphs[graph_iri(report.id, base)] = read_quads(exports / f"{report.id}.ttl")
    of_reports = {(iri := graph_iri(report.id, base)): graphs[iri] for report in reports}
    across, lost = _across(of_reports, curation, base)
    graphs |= {graph_iri(name, base): quads for name, quads in across.items()}
    graphs[graph_iri("dataset", base)] = dataset_quads(graphs, base)
    shared = _shared_turtles(graphs, base)
    for name, turtle in shared.items():
        write_atomically(exports / f"{name}.ttl", turtle)
    for name in set(SHARED_FILES) - set(shared):
        (exports / f"{name}.ttl").unlink(missing_ok=True)
    write_store(store, graphs)
    entries = [asdict(r) | {"status": "built"} for r in reports]
    write_atomically(store / STATE, json.dumps(entries, indent=1, sort_keys=True).encode())
    return tuple(lost)


def _decisions(jobs: Iterable[Job]) -> Curation:
    """What people have decided beside any of the reports."""
    found = Curation()
    for job in jobs:
        found |= job.curation
    return found


def _across(
    graphs: Mapping[str, list[ox.Quad]], curation: Curation, base: str
) -> tuple[dict[str, list[ox.Quad]], list[str]]:
    """What follows up what, and what is declared different, where there is any; lines as _publish gives."""
    links = link_quads(graphs, base, confirmed=curation.follows, refused=curation.not_follows)
    different, lost = curation_quads(curation, graphs, base)
    return {name: quads for name, quads in (("links", links), ("curation", different)) if quads}, lost


SHARED_FILES = ("curation", "dataset", "links", "ontology", "vocabularies")
"""Turtle files of exports/ that belong to no report."""


def shared_graphs() -> dict[str, list[ox.Quad]]:
    """The graphs of the ontology and of every vocabulary and framework file, by graph IRI."""
    folder = ontology_dir()
    graphs: dict[str, list[ox.Quad]] = {}
    for path in sorted(folder.rglob("*.ttl"), key=lambda p: p.relative_to(folder).as_posix()):
        name = "ontology" if path.parent == folder else path.stem
        graphs.setdefault(graph_iri(name), []).extend(read_quads(path))
    return graphs


def _shared_turtles(graphs: Mapping[str, Iterable[ox.Quad]], base: str) -> dict[str, bytes]:
    shared = shared_graphs()
    vocabularies = [t for iri in shared if iri != graph_iri("ontology") for t in graphs[iri]]
    return {
        "ontology": to_turtle(graphs[graph_iri("ontology")], PREFIXES),
        "vocabularies": to_turtle(vocabularies, PREFIXES),
        "dataset": to_turtle(graphs[graph_iri("dataset", base)], PREFIXES),
    } | {
        name: to_turtle(graphs[iri], PREFIXES)
        for name in ("curation", "links")
        if (iri := graph_iri(name, base)) in graphs
    }


def write_atomically(path: Path, content: bytes) -> None:
    """Write beside and rename, so that a reader never sees half a file."""
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(content)
    beside.replace(path)
