"""One id for each report of a dataset: its own, or that with a digest behind it where others claim it.

A report's id is part of the IRI of all that is said in it, and the name of its graph and of its file. It
never passes to another report because a file is added: an id that two of them could have is nobody's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

import pyoxigraph as ox

from kg.dataset.curation.decisions import Curation
from kg.dataset.one_report import Job, build_one, passed_over
from kg.dataset.staging import BuiltReport, CannotKeep, Made, Staging, staging_key
from kg.dataset.units import unit_of, written
from kg.graph.writing.turtle import to_turtle
from kg.model.errors import KgError
from kg.model.iris import PREFIXES, digested_id, graph_iri, report_iri
from kg.model.vocab import DCT
from kg.reading.discovery import CURATION

_DIGITS = 16
"""How many digits of its content's SHA-256 stand behind a name that others claim; more where that is too."""
_IDENTIFIER = ox.NamedNode(DCT.identifier)


@dataclass(frozen=True)
class Named:
    """The reports to publish, by id, each under its own, and a line for each that is left out.

    ``called`` has each id by which decisions may name a report, with the one that it has; ``digested`` that
    which no other text can have; ``shared`` the files that claim one id, with the ids that they have.
    """

    reports: tuple[Made, ...]
    lines: tuple[str, ...]
    called: Mapping[str, str]
    digested: Mapping[str, str]
    shared: Mapping[str, tuple[tuple[Job, str], ...]]


def with_ids(
    jobs: Sequence[Job], made: Mapping[str, Made], reserved: Collection[str], base: str, staging: Staging
) -> Named:
    """Each report under an id of its own.

    ``made`` has them by ``made_from``; no report may have one of the ``reserved`` ids, which are those of
    other graphs. Of files with the same text that is taken of
    which most is stated (``Job.rank``), then the first. It depends on the files that are there and
    on nothing before. Raises CannotKeep.
    """
    lines: list[str] = []
    taken: dict[str, Job] = {}
    jobs = [job for job in jobs if job.made_from in made]
    for job in sorted(jobs, key=lambda job: job.rank):
        taken.setdefault(made[job.made_from].entry.words, job)
    different: list[Job] = []
    for job in jobs:
        other = taken[made[job.made_from].entry.words]
        if other is job:
            different.append(job)
        else:
            lines.append(passed_over(job, other, "left out: the same text as"))
    naturals = [made[job.made_from].entry.natural for job in different]
    ids = _ids([(name, job.content) for name, job in zip(naturals, different, strict=True)], reserved)
    chosen = []
    for job, (name, digested) in zip(different, ids, strict=True):
        found = _under(made[job.made_from], name, digested, job, base, staging)
        if isinstance(found, KgError):
            lines.append(str(found))
        else:
            chosen.append(found)
    digested_ids = dict(ids)
    called = {each: name for name, digested in ids for each in (name, digested)}
    shared: dict[str, list[tuple[Job, str]]] = {}
    for natural, job, (name, _) in zip(naturals, different, ids, strict=True):
        if name != natural:
            shared.setdefault(natural, []).append((job, name))
    return Named(
        tuple(sorted(chosen, key=lambda one: one.entry.id)),
        tuple(lines),
        called,
        digested_ids,
        {natural: tuple(files) for natural, files in shared.items()},
    )


def _ids(reports: Sequence[tuple[str, str]], reserved: Collection[str]) -> list[tuple[str, str]]:
    """The id of each report, and the one with a digest, by its own id and the digest of its content.

    What two reports could have, now or with fewer digits, none has. So what one has with some reports none
    has with more of them, but itself.

    >>> _ids([("kent", "aa" * 32), ("dataset", "cc" * 32)], {"dataset"})
    [('kent', 'kent-aaaaaaaaaaaaaaaa'), ('dataset-cccccccccccccccc', 'dataset-cccccccccccccccc')]
    >>> [name for name, _ in _ids([("kent", "aa" * 32), ("kent", "bb" * 32)], ())]
    ['kent-aaaaaaaaaaaaaaaa', 'kent-bbbbbbbbbbbbbbbb']
    >>> [name for name, _ in _ids([("kent", "aa" * 32), ("kent-aaaaaaaaaaaaaaaa", "cc" * 32)], ())]
    ['kent', 'kent-aaaaaaaaaaaaaaaa-cccccccccccccccc']
    """
    claims = Counter([*reserved, *(natural for natural, _ in reports)])
    lengths = [_DIGITS] * len(reports)
    asked: Sequence[int] = range(len(reports))
    while asked:
        claims.update(digested_id(*reports[at], lengths[at]) for at in asked)
        asked = [
            at
            for at, report in enumerate(reports)
            if claims[digested_id(*report, lengths[at])] > 1 and lengths[at] < len(report[1])
        ]
        for at in asked:
            lengths[at] += 1
    others = [digested_id(*report, length) for report, length in zip(reports, lengths, strict=True)]
    return [
        (natural if claims[natural] == 1 else other, other)
        for (natural, _), other in zip(reports, others, strict=True)
    ]


def _under(one: Made, name: str, digested: str, job: Job, base: str, staging: Staging) -> Made | KgError:
    """A report under this id. It is not read again: only what its IRIs begin with is another.

    But where people have decided on its grades, and it was read without these decisions or with others.
    """
    old = one.entry.id
    grades = job.curation.agreed.grades_of(digested, base)
    taken = list(map(list, grades))
    if one.entry.grades != taken:
        again = build_one(replace(job, grades=grades), staging, name)
        if isinstance(again, CannotKeep):
            raise again
        return again
    if old == name:
        return one
    key = staging_key(one.entry.made_from, name)
    done = staging.find(key)
    if done is not None and done.entry.grades == taken:
        return done
    quads = moved(one.quads(), old, name, base)
    turtle = to_turtle(quads, PREFIXES | {"r": report_iri(name, base) + "/"})
    entry = replace(one.entry, id=name, turtle=sha256(turtle).hexdigest(), status="built")
    return staging.keep(key, entry, turtle, written(unit_of(quads)))


def passed_on(before: Sequence[BuiltReport], reports: Sequence[Made]) -> list[str]:
    """A line for each id of an earlier build that its report has no more, and one on ids of other texts."""
    now = {one.entry.words: one.entry for one in reports}
    ids = {one.entry.id for one in reports}
    lines, others = [], []
    for entry in before:
        here = now.get(entry.words)
        if here is None:
            others += [entry.id] if entry.id in ids else []
        elif here.id != entry.id and entry.id in ids:
            lines.append(f"{entry.id}: another report has this id now, the one before is {here.id}")
        elif here.id != entry.id and here.natural == entry.natural:
            lines.append(f"{entry.id}: this report is {here.id} now; what links to it leads nowhere")
    if others:
        more = f" and {len(others) - 3:,} more" if len(others) > 3 else ""
        lines.append(f"another text than before has the id {', '.join(others[:3])}{more}")
    return lines


def in_doubt(decisions: Curation, named: Named, base: str) -> tuple[Curation, list[str]]:
    """The decisions that are taken, and a line for each that names reports by an id which others may have.

    A link names its items by their words too, so it counts as long as one report has the id. A grade does
    not: who decided on it meant a text, and a file may be replaced; so it needs the id with the digest.
    """
    lines: dict[str, None] = {}

    def known(iri: str) -> tuple[str, str] | None:
        start = report_iri("", base)
        name, _, local = iri.removeprefix(start).partition("/")
        return (name, local) if iri.startswith(start) else None

    for iri in (
        iri for pairs in (decisions.follows, decisions.not_follows) for pair in pairs for iri in pair
    ):
        if (found := known(iri)) and found[0] in named.shared:
            lines[f"{CURATION}: {_say_which(found[0], named)}"] = None
    grades = []
    for iri, grade in decisions.grades:
        name, local = known(iri) or ("", "")
        if name in named.shared:
            lines[f"{CURATION}: grades: {_say_which(name, named)}"] = None
        elif name in named.digested and named.digested[name] != name:
            asked = report_iri(named.digested[name], base)
            lines[
                f"{CURATION}: grades: {iri} is not taken, as another text may get this id; to decide on the "
                f"text that is there write {asked}/{local}"
            ] = None
        else:
            grades.append((iri, grade))
    return replace(decisions, grades=tuple(grades)), list(lines)


def _say_which(name: str, named: Named) -> str:
    files = ", ".join(f"{job.file} ({other})" for job, other in named.shared[name])
    return f"no report has the id {name}, as others could: {files}; decisions that name it are not taken"


def moved(quads: Iterable[ox.Quad], old: str, new: str, base: str) -> list[ox.Quad]:
    """The quads of the report ``old`` as those of the report ``new``."""
    report, graph = report_iri(old, base), graph_iri(old, base)
    iris = {report: report_iri(new, base), graph: graph_iri(new, base)}

    def other(term: ox.NamedNode) -> ox.NamedNode:
        iri = term.value
        if iri in iris:
            return ox.NamedNode(iris[iri])
        inside = iri.startswith(report) and iri[len(report)] in "/#"
        return ox.NamedNode(iris[report] + iri[len(report) :]) if inside else term

    return [_each_iri(quad, other, new) for quad in quads]


def _each_iri(quad: ox.Quad, other: Callable[[ox.NamedNode], ox.NamedNode], identifier: str) -> ox.Quad:
    subject = other(quad.subject) if isinstance(quad.subject, ox.NamedNode) else quad.subject
    value = other(quad.object) if isinstance(quad.object, ox.NamedNode) else quad.object
    graph = other(quad.graph_name) if isinstance(quad.graph_name, ox.NamedNode) else quad.graph_name
    if quad.predicate == _IDENTIFIER and subject != quad.subject:
        value = ox.Literal(identifier)
    return ox.Quad(subject, quad.predicate, value, graph)
