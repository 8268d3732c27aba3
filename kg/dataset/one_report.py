"""One report: from its file to its Turtle."""

from __future__ import annotations

import gc
import json
import logging
import platform
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg.dataset.curation.applying import grades_on, met_by, with_decisions
from kg.dataset.curation.decisions import Curation, Curations, Pair
from kg.dataset.related_findings import find_related, find_related_concerns
from kg.dataset.staging import BuiltReport, Made, Staging, staging_key
from kg.dataset.units import unit_of, written
from kg.graph.mapping.report import to_quads
from kg.graph.validation import find_violations
from kg.graph.writing.turtle import to_turtle
from kg.model.errors import CannotRead, CannotUnderstand, Invalid, KgError
from kg.model.frameworks import load_frameworks
from kg.model.iris import PREFIXES, report_iri
from kg.model.ontology import ontology_dir
from kg.model.records import Extraction
from kg.model.text.display import shortened
from kg.model.topics import topics_of
from kg.model.version import __version__
from kg.reading import Found, ReportFile, read
from kg.reading.catalogue import Catalogues, Entry, doubt, is_named
from kg.reading.files import printable_path
from kg.reading.time_limit import SECONDS, time_limit

log = logging.getLogger("kg")
COUNTED = ("judgements", "findings", "needs", "concerns", "boxes", "figures", "mentions")


@dataclass(frozen=True)
class Job:
    """One report to build."""

    file: ReportFile
    given: dict[str, str]
    base: str
    made_from: str
    content: str
    curation: Curation = field(default_factory=Curation)
    grades: tuple[Pair, ...] | None = None
    """The decisions on its grades, where they are settled (``Curation.grades_of``)."""
    rank: tuple[int, bool] = (2, True)
    """What is stated of the file for itself: of two with the same words the less is taken."""


@dataclass(frozen=True)
class Jobs:
    """What there is to build: ``copies`` has for each different file the jobs of its copies, the best first.

    ``unusable`` are why others cannot be built, one error for each side file; ``doubts`` a line for each file
    of which the catalogue describes another version, and for each catalogue that describes files which are
    not there. ``others`` are copies that would be read as the first is, in every respect.
    """

    copies: list[list[Job]]
    unusable: list[KgError]
    doubts: list[str]
    others: list[Job]


def jobs_of(found: Iterable[Found], base: str) -> Jobs:
    """The jobs of the files that can be built; ``found`` has those with the same bytes too (``list_files``).

    Of copies that goes first which a catalogue names, then which it knows by its bytes, then one with
    decisions beside it, then by path. What a damaged catalogue says of the reports beside it is not known, so
    they are left out, and no others.
    """
    catalogues, curations = Catalogues(), Curations()
    digests: dict[int, str] = {}
    groups: dict[str, list[Job]] = {}
    left_out: dict[str, list[ReportFile]] = {}
    doubts: list[str] = []
    for one in found:
        if one.skip is not None and one.same_as is None:
            continue
        try:
            entry, curation = catalogues.entry(one.file, one.sha256), curations.of(one.file)
        except KgError as error:
            left_out.setdefault(str(error), []).append(one.file)
        else:
            if id(curation) not in digests:
                digests[id(curation)] = curation.digest
            job = _job(one, entry.given() if entry else {}, curation, digests[id(curation)], base)
            groups.setdefault(job.content, []).append(replace(job, rank=_rank(one.file, entry, curation)))
            doubts += [line] if (line := doubt(one.file, entry, one.sha256)) else []
    doubts += catalogues.unused()
    errors = [CannotUnderstand(f"{why}; {_beside(files)} left out") for why, files in left_out.items()]
    copies, others = [], []
    for group in groups.values():
        different: dict[str, Job] = {}
        for job in sorted(group, key=lambda job: job.rank):
            if different.setdefault(job.made_from, job) is not job:
                others.append(job)
        copies.append([*different.values()])
    return Jobs(copies, list[KgError](errors), doubts, others)


def _rank(file: ReportFile, entry: Entry | None, curation: Curation) -> tuple[int, bool]:
    """The less, the more is stated of a file for itself."""
    if entry is None:
        return 2, curation == Curation()
    return int(not is_named(file, entry)), curation == Curation()


def passed_over(job: Job, taken: Job, why: str) -> str:
    """The line for a copy that is not read, as another is, and what is stated of it alone."""
    unused = []
    if job.given and job.given != taken.given:
        unused.append("what the catalogue states of it")
    if job.curation is not taken.curation and job.curation not in (Curation(), taken.curation):
        unused.append("what is decided beside it")
    said = f"; {' and '.join(unused)} is not used" if unused else ""
    return f"{job.file}: {why} {taken.file}{said}"


def _beside(files: Sequence[ReportFile]) -> str:
    return f"{files[0]} is" if len(files) == 1 else f"{len(files):,} reports beside it, {files[0]} first, are"


def _job(found: Found, given: dict[str, str], curation: Curation, digest: str, base: str) -> Job:
    """The job of one file, with the digest of everything that its Turtle depends on."""
    content, facts = found.sha256 or "", json.dumps(given, sort_keys=True)
    parts = [content, printable_path(found.file.name), facts, tool_digest(), base, digest]
    return Job(found.file, given, base, sha256("\n".join(parts).encode()).hexdigest(), content, curation)


LIBRARIES = ("numpy", "pyoxigraph", "pypdfium2", "pyshacl", "rdflib", "spacy", "thinc")
"""The distributions that the bytes made of a report depend on."""


@cache
def tool_digest() -> str:
    """SHA-256 over what a report's Turtle depends on beside the report: this package’s code and data, the
    ontology, Python (its parser of web pages, its tables of Unicode) and the libraries."""
    package = Path(__file__).resolve().parent.parent
    files = [*package.rglob("*"), *ontology_dir().rglob("*.ttl")]
    kept = sorted({f for f in files if f.is_file() and f.suffix != ".pyc"}, key=lambda f: f.as_posix())
    digest = sha256("\n".join([__version__, *versions()]).encode())
    for file in kept:
        digest.update(file.name.encode() + b"\0" + sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def versions() -> list[str]:
    """Python, Unicode and ``LIBRARIES`` as they are installed here, a line each."""
    from importlib.metadata import PackageNotFoundError, version

    lines = [f"python {platform.python_version()}", f"unicode {unicodedata.unidata_version}"]
    for name in LIBRARIES:
        try:
            lines.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            lines.append(f"{name} none")
    return lines


class Fault(CannotUnderstand):
    """A fault of this program, or of what it was installed with: it may be gone the next time."""


class Result(NamedTuple):
    """What a report became: its entry, its Turtle, and its unit as ``units.written`` gives it."""

    entry: BuiltReport
    turtle: bytes
    unit: bytes


def build_one(job: Job, staging: Staging, name: str | None = None) -> Made | KgError:
    """What a report became, put into ``staging``; taken from there where it is there already.

    It has its own id, or ``name``. An error of ours is returned, to reach the parent whole.
    """
    key = staging_key(job.made_from, name)
    done = staging.find(key)
    if done is not None and (job.grades is None or done.entry.grades == list(map(list, job.grades))):
        return done
    try:
        return staging.keep(key, *made_of(job, name))
    except KgError as error:
        return error


def made_of(job: Job, name: str | None = None) -> Result:
    """Read, analyse, map and validate one report, under its own id, or under ``name``. Raises KgError."""
    from kg.nlp import extract

    with _collector_paused(), own_net(str(job.file)):
        document = read(job.file)
        if document.source.sha256 != job.content:
            raise CannotRead(f"{job.file}: it was changed while it was read; build again")
        extraction = extract(document, given=job.given)
        _refuse_what_is_no_report(extraction, str(job.file))
        natural = extraction.report.id
        grades = grades_on(extraction, job.curation, job.base) if job.grades is None else job.grades
        found = replace(extraction, report=replace(extraction.report, id=name or natural))
        extraction, refused = with_decisions(found, job.curation, base=job.base, grades=grades)
        met = met_by(found, extraction, job.curation, job.base)
        entry, turtle, quads = _mapped(extraction, job, natural)
        entry = replace(entry, grades=list(map(list, grades)), met=met, refused=refused)
        return Result(entry, turtle, written(unit_of(quads)))


@contextmanager
def own_net(file: str, seconds: float = SECONDS) -> Iterator[None]:
    """Whatever happens to one file inside becomes one line on it: a KgError, after ``seconds`` too.

    ``file`` is its name as it can be shown. A fault of this program is told as such, with the traceback
    at the level of --verbose.
    """
    try:
        with time_limit(file, seconds):
            yield
    except KgError:
        raise
    except RecursionError as error:
        raise CannotRead(f"{file}: too deeply nested") from error
    except MemoryError as error:
        raise CannotRead(f"{file}: it needs too much memory") from error
    except OSError as error:
        raise CannotRead(f"{file}: {(error.strerror or str(error)).lower()}") from error
    except Exception as error:
        log.info("%s", file, exc_info=True)
        said = shortened(f"{type(error).__name__}: {error}", 200)
        raise Fault(f"{file}: left out by a fault of this program ({said}); please report it") from error


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


def refuse_grades_of_nobody(extraction: Extraction, file: str) -> None:
    """CannotUnderstand where a text grades areas and names no inspected body that is known.

    ``file`` is its name as it can be shown.
    """
    grades = len(extraction.judgements)
    if grades and not _is_about_a_body(extraction):
        raise CannotUnderstand(
            f"{file}: skipped: it grades {grades} areas and names no inspected body "
            "that is known; say whose grades they are in the catalogue (force)"
        )


def _refuse_what_is_no_report(extraction: Extraction, file: str) -> None:
    """CannotUnderstand for what would be published about nobody.

    A report on no body in particular, such as a national one, is a report if the catalogue says so: by its
    framework. Its text may speak of a framework whatever it is.
    """
    report = extraction.report
    refuse_grades_of_nobody(extraction, file)
    nameless = not _is_about_a_body(extraction) and "framework" not in report.given
    if nameless or (report.force is None and report.framework is None):
        raise CannotUnderstand(
            f"{file}: skipped: it names no inspected body that is known, so it seems to be no "
            "report; if it is one, say whose in the catalogue (force), or what it is (framework)"
        )


def _is_about_a_body(extraction: Extraction) -> bool:
    """Whether the text or the catalogue names an inspected body, or several."""
    return extraction.report.force is not None or bool(extraction.report.bodies)


def quads_of(extraction: Extraction, base: str) -> list[ox.Quad]:
    """The graph of an analysed report, with what its statements are about and which bear on its grades."""
    from kg.nlp import events_of, explained

    report = extraction.report
    framework = next((f for f in load_frameworks() if f.notation == report.framework), None)
    topics = topics_of(report).find(report.text)
    subjects, reasons, lacks = explained(extraction, topics)
    return to_quads(
        extraction,
        framework,
        base,
        topics=topics,
        subjects=subjects,
        reasons=reasons,
        lacks=lacks,
        events=events_of(extraction),
        related=find_related(extraction, subjects),
        related_concerns=find_related_concerns(extraction, subjects),
    )


def _mapped(extraction: Extraction, job: Job, natural: str) -> tuple[BuiltReport, bytes, list[ox.Quad]]:
    """The entry, Turtle and quads of an analysed report, whose own id is ``natural``.

    Raises Invalid if its graph breaks the shapes.
    """
    report, quads = extraction.report, quads_of(extraction, job.base)
    bad = find_violations(quads)
    if bad:
        where = f'"{bad[0].passage_text}" at {bad[0].start}' if bad[0].passage_text else bad[0].focus
        raise Invalid(f"{job.file}: {bad[0].message} ({where}); {len(bad)} violations in all")
    turtle = to_turtle(quads, PREFIXES | {"r": report_iri(report.id, job.base) + "/"})
    counts = {what: len(getattr(extraction, what)) for what in COUNTED}
    notices = tuple(n.message for n in extraction.warnings if not n.is_detail)
    coverage = {what: [captured, of] for what, captured, of in extraction.coverage}
    details = sum(n.is_gap for n in extraction.warnings)
    digest = sha256(turtle).hexdigest()
    words = sha256(" ".join(report.text.split()).encode()).hexdigest()
    return (
        BuiltReport(report.id, report.source.file, report.title, job.made_from, digest, counts, len(quads),
                    notices, natural, words, coverage=coverage, details=details),
        turtle,
        quads,
    )  # fmt: skip
