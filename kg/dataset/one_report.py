"""One report at a time: from its file to its Turtle, in this process or in others."""

from __future__ import annotations

import gc
import json
import logging
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import NoReturn

import pyoxigraph as ox

from kg.dataset.curation.applying import curated
from kg.dataset.curation.decisions import Curation, curation_for
from kg.graph.mapping.report import to_quads
from kg.graph.validation import validate
from kg.graph.writing.turtle import to_turtle
from kg.model.errors import CannotRead, CannotUnderstand, Invalid, KgError
from kg.model.frameworks import load_frameworks
from kg.model.iris import PREFIXES, report_iri
from kg.model.ontology import ontology_dir
from kg.model.records import Extraction
from kg.model.topics import topics_of
from kg.model.version import __version__
from kg.reading import content as read_content
from kg.reading import read
from kg.reading.catalogue import given_for
from kg.reading.files import printable_path

log = logging.getLogger("kg")
COUNTED = ("judgements", "findings", "needs", "concerns", "boxes", "figures", "mentions")
Progress = Callable[[int, int, str], None]
"""Takes how many reports are done, of how many, and the file of the last."""


@dataclass(frozen=True)
class BuiltReport:
    """One row of the build's table: what a report gave. ``made_from`` and ``turtle`` are digests.

    ``natural`` is the id that the report has where no other claims it, ``words`` the digest of its words.
    ``coverage`` has how many headings, numbers … were captured, and of how many; ``details`` is the number of
    notices about what was not (``kg query notices``), which ``notices`` leaves out. ``own_names`` are what
    the report itself calls the things that its graph names as other reports do (``shared_names``).
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
    own_names: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Job:
    """One report to build."""

    path: Path
    given: dict[str, str]
    base: str
    made_from: str
    content: str
    curation: Curation = field(default_factory=Curation)


@dataclass(frozen=True)
class Made:
    """A report with its Turtle and its quads; an unchanged one has neither, they stand in its file.

    Between processes the quads go as N-Quads, which Oxigraph writes and reads: for 17,977 quads 0.12 s,
    where pickling them takes 1.2 s and reading their Turtle 0.28 s.
    """

    entry: BuiltReport
    turtle: bytes | None = None
    quads: list[ox.Quad] | None = None

    def __reduce__(self) -> tuple[Callable[..., Made], tuple[object, ...]]:
        quads = None if self.quads is None else ox.serialize(self.quads, format=ox.RdfFormat.N_QUADS)
        return _unpickled, (self.entry, self.turtle, quads)


def _unpickled(entry: BuiltReport, turtle: bytes | None, quads: bytes | None) -> Made:
    return Made(entry, turtle, None if quads is None else list(ox.parse(quads, format=ox.RdfFormat.N_QUADS)))


def unchanged(entry: BuiltReport) -> Made:
    """A report that an earlier build made from the same."""
    return Made(replace(entry, status="unchanged"))


def job_of(path: Path, base: str) -> Job:
    """The job of one file, with the digest of everything that its Turtle depends on."""
    content = sha256(read_content(path)).hexdigest()
    given, curation = given_for(path, content), curation_for(path)
    facts = json.dumps(given, sort_keys=True)
    parts = [content, printable_path(path.name), facts, tool_digest(), base, curation.digest]
    return Job(path, given, base, sha256("\n".join(parts).encode()).hexdigest(), content, curation)


@cache
def tool_digest() -> str:
    """SHA-256 over this package's code and data and over the ontology: what a report's Turtle depends on."""
    package = Path(__file__).resolve().parent.parent
    files = [*package.rglob("*"), *ontology_dir().rglob("*.ttl")]
    kept = sorted({f for f in files if f.is_file() and f.suffix != ".pyc"}, key=lambda f: f.as_posix())
    digest = sha256(__version__.encode())
    for file in kept:
        digest.update(file.name.encode() + b"\0" + sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def build_all(
    wanted: Sequence[Job], jobs: int, progress: Progress | None
) -> tuple[list[Made], list[KgError]]:
    """What the jobs made, and why others made nothing, in the order of the jobs."""
    made: list[Made] = []
    failed: list[KgError] = []
    for done, (job, outcome) in enumerate(zip(wanted, _outcomes(wanted, jobs), strict=True), start=1):
        log.info("%s: %s", printable_path(job.path), "left out" if isinstance(outcome, KgError) else "read")
        if progress is not None:
            progress(done, len(wanted), printable_path(job.path))
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
        return CannotRead(
            f"{printable_path(job.path)}: the process that read it was stopped (out of memory?)"
        )


def _processes(count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"))


def build_one(job: Job, name: str | None = None) -> Made | KgError:
    """Read, analyse, map and validate one report, under an id of its own or ``name``.

    An error of ours is returned, to reach the parent whole.
    """
    from kg.nlp import extract

    try:
        with _collector_paused(), _time_limit(job.path):
            extraction = extract(read(job.path), given=job.given)
            _refuse_what_is_no_report(extraction)
            extraction = curated(extraction, job.curation, base=job.base)
            return _mapped(extraction, job, name or extraction.report.id)
    except KgError as error:
        return error
    except (MemoryError, RecursionError) as error:
        what = "too deeply nested" if isinstance(error, RecursionError) else "it needs too much memory"
        return CannotRead(f"{printable_path(job.path)}: {what}")


SECONDS = 600
"""What one report may take; a long one takes some 60 on a slow machine."""


@contextmanager
def _time_limit(path: Path) -> Iterator[None]:
    """CannotRead inside after SECONDS, where the system can do so: a slow file must not stop the others."""
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: object) -> NoReturn:
        raise CannotRead(
            f"{printable_path(path)}: not analysed within {SECONDS} seconds: made to be slow, or damaged"
        )

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
    from kg.nlp import explained

    natural = extraction.report.id
    extraction = replace(extraction, report=replace(extraction.report, id=name))
    report = extraction.report
    framework = next((f for f in load_frameworks() if f.notation == report.framework), None)
    topics = topics_of(report).find(report.text)
    subjects, reasons, lacks = explained(extraction, topics)
    quads = to_quads(
        extraction, framework, job.base, topics=topics, subjects=subjects, reasons=reasons, lacks=lacks
    )
    bad = [v for v in validate(quads) if v.severity == "violation"]
    if bad:
        where = f'"{bad[0].passage_text}" at {bad[0].start}' if bad[0].passage_text else bad[0].focus
        raise Invalid(f"{report.source.file}: {bad[0].message} ({where}); {len(bad)} violations in all")
    turtle = to_turtle(quads, PREFIXES | {"r": report_iri(report.id, job.base) + "/"})
    counts = {what: len(getattr(extraction, what)) for what in COUNTED}
    notices = tuple(n.message for n in extraction.warnings if not n.is_detail)
    coverage = {what: [captured, of] for what, captured, of in extraction.coverage}
    details = sum(n.is_gap for n in extraction.warnings)
    digest = sha256(turtle).hexdigest()
    words = sha256(" ".join(report.text.split()).encode()).hexdigest()
    return Made(
        BuiltReport(report.id, report.source.file, report.title, job.made_from, digest, counts, len(quads),
                    notices, natural, words, coverage=coverage, details=details),
        turtle,
        quads,
    )  # fmt: skip
