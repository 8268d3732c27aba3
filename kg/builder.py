"""The main job: reports in, a validated dataset out. What has not changed is not built again.

Every report has an entry in the store's ``build.json``: a digest of what it was made from (source file,
catalogue facts, this package, ontology, model, base) and of the Turtle it gave. A report whose digest is
as on file is taken from its Turtle; all others are built, each as a graph of its own.
"""

from __future__ import annotations

import gc
import json
import logging
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from hashlib import sha256
from html import escape
from multiprocessing import get_context
from pathlib import Path
from typing import NoReturn

import pyoxigraph as ox

from kg import __version__
from kg.catalogue import given_for
from kg.curation import Curation, curated, curation_for, curation_quads
from kg.dataset_graph import dataset_quads
from kg.errors import CannotRead, CannotUnderstand, Invalid, KgError
from kg.following import link_quads
from kg.formats import to_turtle
from kg.frameworks import load_frameworks
from kg.mapping import to_quads
from kg.readers.files import shown
from kg.reading import content as read_content
from kg.reading import find_reports, read
from kg.records import Extraction
from kg.store import count_statements, open_store, read_quads, write_store
from kg.topics import find_topics
from kg.validation import validate
from kg.vocab import BASE, PREFIXES, graph_iri, ontology_dir, report_iri

log = logging.getLogger("kg")

COUNTED = ("judgements", "findings", "needs", "concerns", "boxes", "figures", "mentions")
SHARES = ("headings", "numbers", "names")
"""What the table of a build shows as captured/all."""
STATE = "build.json"


Progress = Callable[[int, int, str], None]
"""Takes how many reports are done, of how many, and the file of the last."""


@dataclass(frozen=True)
class BuiltReport:
    """One row of the build's table: what a report gave. ``made_from`` and ``turtle`` are digests.

    ``natural`` is the id that the report has where no other claims it, ``words`` the digest of its words.
    ``coverage`` has how many headings, numbers … were captured, and of how many; ``details`` is the number of
    notices about what was not (``kg query notices``), which ``notices`` leaves out.
    """

    id: str
    file: str
    title: str | None
    made_from: str
    turtle: str
    counts: dict[str, int]
    triples: int
    notices: tuple[str, ...]
    natural: str
    words: str
    status: str = "built"
    coverage: dict[str, list[int]] = field(default_factory=dict)
    details: int = 0


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


@dataclass(frozen=True)
class Job:
    """One report to build."""

    path: Path
    given: dict[str, str]
    model: str | None
    base: str
    made_from: str
    content: str
    curation: Curation = field(default_factory=Curation)


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
    wanted = [_job(path, model, base) for path in found]
    known = {job.made_from: state[job.made_from] for job in wanted if job.made_from in state}
    kept = {made_from: replace(report, status="unchanged") for made_from, report in known.items()}
    made, failed = _build_all([job for job in wanted if job.made_from not in kept], jobs, progress)
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


def _job(path: Path, model: str | None, base: str) -> Job:
    """The job of one file, with the digest of everything that its Turtle depends on."""
    content = sha256(read_content(path)).hexdigest()
    given, curation = given_for(path, content), curation_for(path)
    facts = json.dumps(given, sort_keys=True)
    parts = [content, shown(path.name), facts, tool_digest(), model or "", base, curation.digest]
    return Job(path, given, model, base, sha256("\n".join(parts).encode()).hexdigest(), content, curation)


@cache
def tool_digest() -> str:
    """SHA-256 over this package's code and data and over the ontology: what a report's Turtle depends on."""
    package = Path(__file__).resolve().parent
    files = [*package.rglob("*"), *ontology_dir().rglob("*.ttl")]
    kept = sorted({f for f in files if f.is_file() and f.suffix != ".pyc"}, key=lambda f: f.as_posix())
    digest = sha256(__version__.encode())
    for file in kept:
        digest.update(file.name.encode() + b"\0" + sha256(file.read_bytes()).digest())
    return digest.hexdigest()


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


Made = tuple[BuiltReport, bytes, Extraction]


def _build_all(
    wanted: Sequence[Job], jobs: int, progress: Progress | None
) -> tuple[list[Made], list[KgError]]:
    """What the jobs made, and why others made nothing, in the order of the jobs."""
    made: list[Made] = []
    failed: list[KgError] = []
    for done, (job, outcome) in enumerate(zip(wanted, _outcomes(wanted, jobs), strict=True), start=1):
        log.info("%s: %s", shown(job.path), "left out" if isinstance(outcome, KgError) else "read")
        if progress is not None:
            progress(done, len(wanted), shown(job.path))
        if isinstance(outcome, KgError):
            failed.append(outcome)
        else:
            made.append(outcome)
    return made, failed


def _outcomes(wanted: Sequence[Job], jobs: int) -> Iterator[Made | KgError]:
    """In several processes if there are many. Where one of them dies, the rest are built one by one."""
    if jobs == 1 or len(wanted) < 4:
        yield from map(build_one, wanted)
        return
    done = 0
    try:
        with _processes(jobs) as pool:
            for outcome in pool.map(build_one, wanted):
                done += 1
                yield outcome
    except BrokenProcessPool:
        yield from map(_build_apart, wanted[done:])


def _build_apart(job: Job) -> Made | KgError:
    """``build_one`` in a process of its own, whose death is the error of this report alone."""
    try:
        with _processes(1) as pool:
            return pool.submit(build_one, job).result()
    except BrokenProcessPool:
        return CannotRead(f"{shown(job.path)}: the process that read it was stopped (out of memory?)")


def _processes(count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"))


def build_one(job: Job, name: str | None = None) -> Made | KgError:
    """Read, analyse, map and validate one report, under an id of its own or ``name``.

    An error of ours is returned, to reach the parent whole.
    """
    from kg.nlp import extract

    try:
        with _collector_paused(), _time_limit(job.path):
            extraction = extract(read(job.path), given=job.given, model=job.model)
            _refuse_what_is_no_report(extraction)
            extraction = curated(extraction, job.curation, base=job.base)
            return _mapped(extraction, job, name or extraction.report.id)
    except KgError as error:
        return error
    except (MemoryError, RecursionError) as error:
        what = "too deeply nested" if isinstance(error, RecursionError) else "it needs too much memory"
        return CannotRead(f"{shown(job.path)}: {what}")


SECONDS = 600
"""What one report may take; a long one takes some 60 on a slow machine."""


@contextmanager
def _time_limit(path: Path) -> Iterator[None]:
    """CannotRead inside after SECONDS, where the system can do so: a slow file must not stop the others."""
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: object) -> NoReturn:
        raise CannotRead(f"{shown(path)}: not analysed within {SECONDS} seconds: made to be slow, or damaged")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No cyclic garbage collection inside: one report makes many small objects and hardly a cycle."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _refuse_what_is_no_report(extraction: Extraction) -> None:
    """CannotUnderstand where neither text nor catalogue names an inspected body or a framework."""
    report = extraction.report
    if report.force is None and report.framework is None:
        raise CannotUnderstand(
            f"{report.source.file}: skipped: it names no inspected body and no framework, so it seems "
            "to be no report; if it is one, say whose in the catalogue"
        )


def _mapped(extraction: Extraction, job: Job, name: str) -> Made:
    """The entry and the Turtle of an analysed report. Raises Invalid if its graph breaks the shapes."""
    natural = extraction.report.id
    extraction = replace(extraction, report=replace(extraction.report, id=name))
    report = extraction.report
    framework = next((f for f in load_frameworks() if f.notation == report.framework), None)
    quads = to_quads(
        extraction, framework, job.base, topics=find_topics(extraction.report.text), model=job.model
    )
    bad = [v for v in validate(quads) if v.severity == "violation"]
    if bad:
        where = f'"{bad[0].passage_text}" at {bad[0].start}' if bad[0].passage_text else bad[0].focus
        raise Invalid(f"{report.source.file}: {bad[0].message} ({where}); {len(bad)} violations in all")
    turtle = to_turtle(quads, PREFIXES | {"r": report_iri(report.id, job.base) + "/"})
    counts = {what: len(getattr(extraction, what)) for what in COUNTED}
    notices = tuple(n.message for n in extraction.warnings if not n.is_detail)
    coverage = {what: [captured, of] for what, captured, of in extraction.coverage}
    details = sum(n.is_detail for n in extraction.warnings)
    digest = sha256(turtle).hexdigest()
    words = sha256(" ".join(report.text.split()).encode()).hexdigest()
    return (
        BuiltReport(report.id, report.source.file, report.title, job.made_from, digest, counts, len(quads),
                    notices, natural, words, coverage=coverage, details=details),
        turtle,
        extraction,
    )  # fmt: skip


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
