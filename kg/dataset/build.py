"""The main job: reports in, a validated dataset out. What has not changed is not built again.

``build`` has the order of the steps and decides what is built again; ``one_report`` brings one file to its
Turtle; ``report_ids`` and ``shared_names`` settle what it and its things are called; ``outputs`` publishes
the graphs and files of all reports and of what they share, as one commit.

Every report has an entry in the ``build.json`` of the published generation: a digest of what it was made from
(source file, catalogue facts, this package, ontology, base) and of the Turtle it gave. A report whose digest
is as on file is taken from its Turtle; all others are built, each as a graph of its own. What is damaged or
missing of what an earlier build wrote is written again.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import partial
from html import escape
from pathlib import Path

from kg.dataset.curation.decision_graph import contradictions, joining_known
from kg.dataset.curation.decisions import Curation, joined
from kg.dataset.many_reports import build_all
from kg.dataset.missed import SOURCES, Source, missed_among, read_sources
from kg.dataset.missed import noted as noted_sources
from kg.dataset.one_report import COUNTED, Job, Jobs, jobs_of, passed_over
from kg.dataset.outputs import ASIDE, DECISIONS, lost_decisions, publish_dataset, reserved_ids, unit_name
from kg.dataset.report_ids import in_doubt, passed_on, with_ids
from kg.dataset.shared_names import with_shared_names
from kg.dataset.staging import BuiltReport, CannotKeep, Made, Staging, entry_of
from kg.graph.store.commit import Commit, committing
from kg.graph.store.folder import STAGING, within_own
from kg.model.addresses import checked_base
from kg.model.errors import CannotRead, CannotUnderstand, Invalid, KgError
from kg.model.progress import Progress, tell_nobody
from kg.model.text.display import shortened
from kg.model.vocab import BASE, VARIABLE
from kg.reading import Found, list_files
from kg.reading.files import printable_path

log = logging.getLogger("kg")
_LASTING = {kind.__name__: kind for kind in (CannotUnderstand, Invalid)}
"""The errors that come from the content of a file."""
SHARES = ("headings", "numbers", "names")
"""What the table of a build shows as captured/all."""


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
    repaired: tuple[str, ...] = ()
    """A line for each file of an earlier build that was damaged or missing, and has been written again."""
    decided: bool = False
    """Whether the decisions beside the reports are others than those of the build before."""
    missed: tuple[str, ...] = ()
    """A line for each report that was published and is not now, its file being there; in ``notices`` too."""

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
        return self.decided or bool(self.removed) or any(r.status == "built" for r in self.reports)

    @property
    def summary(self) -> str:
        if not self.changed:
            count = len(self.repaired)
            done = f"repaired what was damaged or missing ({count})" if count else "nothing changed"
            return f"{done}: {len(self.reports)} reports, {self.triples:,} triples"
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
    jobs: int = 1,
    scheduler: str | None = None,
    progress: Progress = tell_nobody,
) -> BuildResult:
    """Read reports, analyse them, validate what they say, write ``exports`` and ``store``.

    ``paths`` are files, folders or globs; the order does not matter. ``jobs`` is the number of processes;
    with ``scheduler``, the address of a Dask scheduler, its workers read the reports instead.
    ``progress`` is called with each step of each phase. A file that cannot be read, or whose graph breaks
    the shapes, is left out with a line in ``notices``: the others are built all the same.
    Raises CannotRead if no report can be read, and Invalid if those that can be read all break the shapes;
    in both cases exports and store stay as they were.
    """
    exports, store = Path(exports), Path(store)
    base = checked_base(base)
    if base != BASE:
        raise CannotUnderstand(
            f"this process has another base: set {VARIABLE}={base} before kg is imported "
            "(the command kg build --base does so itself)"
        )
    found = list_files(paths, progress=progress)
    skipped = [f"{one.file}: skipped: {one.skip}" for one in found if one.skip and not one.same_as]
    _refuse_what_is_the_stores(
        store, exports, [one.file.path for one in found if one.skip is None or one.same_as]
    )
    asked = jobs_of(found, base)
    every = [job for copies in asked.copies for job in copies]
    with committing(store, exports, progress) as commit:
        before = _entries(commit)
        published = {entry.id for entry in before} or commit.names_before - reserved_ids()
        staging = Staging(store / STAGING, commit.lock)
        staging.keep_only({job.made_from for job in every})
        unchanged, aside = _unchanged(before, every, commit, staging), _set_aside(commit, every)
        builder = partial(build_all, staging=staging, progress=progress, jobs=jobs, scheduler=scheduler)
        reports, errors = _built(asked.copies, unchanged, aside, builder)
        wanted = [_taken(copies, reports) for copies in asked.copies]
        reports = {job.made_from: reports[job.made_from] for job in wanted if job.made_from in reports}
        failed = [*asked.unusable, *(errors[job.made_from] for job in every if job.made_from in errors)]
        if not reports:
            raise _none_built(failed, skipped, paths, _kept(store, exports, len(published)))

        with _earlier_net(store, reports.values()):
            named = with_ids(wanted, reports, reserved_ids(), base, staging)
        chosen: Sequence[Made] = named.reports
        curations = list({id(job.curation): job.curation for job in wanted}.values())
        decisions, digest = joined(curations), _digest(curations)
        decided = _decided(commit) != digest
        left_out = [*named.lines, *passed_on(before, chosen)]
        decisions, doubtful = in_doubt(decisions, named, base)
        refused = [line for one in chosen for line in one.entry.refused]
        told = [*contradictions(curations), *joining_known(decisions), *refused, *doubtful]
        left_out += dict.fromkeys(told)
        removed = sorted(published - {one.entry.id for one in chosen})
        of_made = {job.made_from: job for job in wanted}
        missed, sources = _sources(chosen, of_made, reports, found, commit, store)
        noted = {ASIDE: _noted_aside(every, errors), SOURCES: sources}
        new = decided or bool(removed) or any(one.entry.status == "built" for one in chosen)
        new = new or any(commit.own_bytes(name) != content for name, content in noted.items())
        repaired = commit.problems()
        if new or not commit.whole:
            with _earlier_net(store, chosen):
                chosen, names = with_shared_names(chosen, base, staging, progress, decisions.names)
                triples, lost = publish_dataset(
                    chosen, names, commit, base, decisions.with_reports(named.called, base),
                    digest, _state(chosen), noted, progress,
                )  # fmt: skip
        else:
            triples, lost = commit.keep(), lost_decisions(commit)
        staging.clear()
        shown = commit.notices
    entries = [one.entry for one in chosen]
    said = [f"{of_made[entry.made_from].file}: {notice}" for entry in entries for notice in entry.notices]
    return BuildResult(
        tuple(entries),
        tuple(removed),
        (*skipped, *_copies_told(asked, wanted, errors), *asked.doubts, *left_out, *map(str, failed),
         *said, *lost, *shown, *missed),
        exports,
        store,
        triples,
        tuple(str(error) for error in failed if isinstance(error, Invalid)),
        repaired,
        decided,
        missed,
    )  # fmt: skip


def _built(
    all_copies: Iterable[Sequence[Job]],
    unchanged: Mapping[str, Made],
    aside: Mapping[str, KgError],
    builder: Callable[[Sequence[Job]], tuple[list[Made], dict[str, KgError]]],
) -> tuple[dict[str, Made], dict[str, KgError]]:
    """What was made of the first of each file's copies that can be used, and why those before it cannot,
    by ``made_from``."""
    reports, errors = dict(unchanged), dict[str, KgError]()
    rest: Sequence[Sequence[Job]] = list(all_copies)
    while rest:
        firsts = [copies[0].made_from for copies in rest]
        errors |= {first: aside[first] for first in firsts if first in aside}
        done = reports.keys() | errors.keys()
        fresh, failed = builder([copies[0] for copies in rest if copies[0].made_from not in done])
        reports |= {one.entry.made_from: one for one in fresh}
        errors |= failed
        rest = [copies[1:] for copies in rest if copies[0].made_from in errors and copies[1:]]
    return reports, errors


def _taken(copies: Sequence[Job], reports: Mapping[str, Made]) -> Job:
    """The copy that is published; the first where none can be."""
    return next((job for job in copies if job.made_from in reports), copies[0])


def _copies_told(asked: Jobs, wanted: Sequence[Job], errors: Mapping[str, KgError]) -> list[str]:
    """A line for each copy of a file that is not read, as another one is."""
    taken = {job.content: job for job in wanted}
    others = [
        *asked.others,
        *(job for copies in asked.copies for job in copies if job.made_from not in errors),
    ]
    others = [job for job in others if job is not taken[job.content]]
    others.sort(key=lambda job: job.file.sort_key)
    return [passed_over(job, taken[job.content], "skipped: the same file as") for job in others]


def _sources(
    chosen: Sequence[Made],
    jobs: Mapping[str, Job],
    made: Mapping[str, Made],
    found: Sequence[Found],
    commit: Commit,
    store: Path,
) -> tuple[tuple[str, ...], bytes]:
    """A line for each report that is missed, and what is kept as ``SOURCES``. ``jobs`` and ``made`` are by
    ``made_from``."""
    published = {one.entry.words: one.entry for one in chosen}
    used = {jobs[key].content for key, one in made.items() if one.entry.words in published}
    before = read_sources(commit.own_bytes(SOURCES))
    missed = missed_among(before, published.keys(), found, used, store)
    sources = {words: source for words, (source, _) in missed.items()}
    for words, entry in published.items():
        job = jobs[entry.made_from]
        sources[words] = Source.of(entry.id, job.file, job.content, store)
    lines = (
        f"{source.id}: was published and is not now: {file} is there, but cannot be used"
        for source, file in missed.values()
    )
    return tuple(lines), noted_sources(sources)


def _refuse_what_is_the_stores(store: Path, exports: Path, reports: Iterable[Path]) -> None:
    """Raises CannotRead where reports or exports stand where the store keeps its own: it is removed."""
    for path, what in [(exports, "the exports"), *((path, "a report") for path in reports)]:
        name = within_own(store, path)
        if name is not None:
            raise CannotRead(
                f"{printable_path(path)}: {what} may not be in {store / name}, which is the store’s own; "
                "choose another folder"
            )


_FORGED = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, SyntaxError, sqlite3.Error)
"""What values of other types than a build writes raise."""


@contextmanager
def _earlier_net(store: Path, reports: Iterable[Made]) -> Iterator[None]:
    """One line where what an earlier build left, or somebody else in its name, cannot be put together."""
    try:
        yield
    except _FORGED as error:
        if all(one.entry.status == "built" for one in reports):
            raise
        log.info("%s", store, exc_info=True)
        said = shortened(f"{type(error).__name__}: {error}", 100)
        message = f"{store}: what it has of earlier builds cannot be used ({said}); build into a new store"
        raise CannotRead(message) from error


def _kept(store: Path, exports: Path, reports: int) -> str:
    """What is said of the reports of an earlier build where none is built: they are still published."""
    if not reports:
        return ""
    was = "its report is" if reports == 1 else f"its {reports:,} reports are"
    to_do = f"to withdraw all, delete it and its files in {exports}"
    return f"; {store} stays as it was: {was} still published ({to_do})"


def _none_built(
    failed: Sequence[KgError], notices: Sequence[str], paths: Sequence[str | Path], kept: str
) -> KgError:
    """Why there is no report at all: the one reason, or the first three of many; then what is ``kept``."""
    kind = Invalid if any(isinstance(error, Invalid) for error in failed) else CannotRead
    reasons = [*map(str, failed), *notices]
    if len(reasons) < 2:
        where = ", ".join(map(str, paths))
        return kind((reasons[0] if reasons else f"{where}: no report was found") + kept)
    more = f"; and {len(reasons) - 3} more" if len(reasons) > 3 else ""
    return kind(f"none of {len(reasons)} files could be used: {'; '.join(reasons[:3])}{more}{kept}")


def _entries(commit: Commit) -> list[BuiltReport]:
    """The reports of the published generation; none where it is damaged there, or of another version."""
    try:
        return [entry_of(entry) for entry in json.loads(commit.state or b"[]")]
    except (ValueError, TypeError, KeyError, RecursionError):
        return []


def _decided(commit: Commit) -> str | None:
    """The digest of the decisions that the published generation was made with; None where that is lost."""
    path = commit.own_file(DECISIONS)
    return None if path is None else path.read_text(encoding="utf-8", errors="replace").strip()


def _unchanged(
    before: Sequence[BuiltReport], wanted: Sequence[Job], commit: Commit, staging: Staging
) -> dict[str, Made]:
    """The reports that need not be built again, by ``made_from``: their Turtle is still as it was written.

    What is no Turtle of a report, for all its right digest, is built again. Raises CannotKeep.
    """
    asked = {job.made_from for job in wanted}
    found = {}
    for entry in before:
        file = commit.export_of(f"{entry.id}.ttl", entry.turtle) if entry.made_from in asked else None
        if file is None:
            continue
        try:
            unit = commit.own_file(unit_name(entry.id)) or staging.unit_of(entry, file)
        except CannotKeep:
            raise
        except (KgError, *_FORGED):
            continue
        found[entry.made_from] = Made(replace(entry, status="unchanged"), file, unit)
    return found


def _set_aside(commit: Commit, wanted: Sequence[Job]) -> dict[str, KgError]:
    """Why earlier builds set reports aside, by ``made_from``: the same reading would end the same way."""
    try:
        noted = json.loads(commit.own_bytes(ASIDE) or b"{}")
        return {
            job.made_from: _LASTING[noted[job.made_from][0]](f"{job.file}{noted[job.made_from][1]}")
            for job in wanted
            if job.made_from in noted
        }
    except (ValueError, TypeError, LookupError, RecursionError):
        return {}


def _noted_aside(wanted: Iterable[Job], errors: Mapping[str, KgError]) -> bytes:
    """What ``_set_aside`` reads. What has no memory, no time or no library may have it the next time."""
    noted = {
        job.made_from: [type(error).__name__, str(error).removeprefix(str(job.file))]
        for job in wanted
        if (error := errors.get(job.made_from)) and type(error).__name__ in _LASTING
    }
    return json.dumps(noted, indent=1, sort_keys=True).encode()


def _state(reports: Sequence[Made]) -> bytes:
    entries = [asdict(one.entry) | {"status": "built"} for one in reports]
    return json.dumps(entries, indent=1, sort_keys=True).encode()


def _digest(curations: Iterable[Curation]) -> str:
    """The digest of all decisions."""
    return Curation.of_all(curations).digest
