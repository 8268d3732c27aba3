"""One id for each report of a dataset: its own, or its own with a digest behind it where that is taken.

A report's id is part of the IRI of all that is said in it, and the name of its graph and of its file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

import pyoxigraph as ox

from kg.dataset.one_report import Job, build_one
from kg.dataset.staging import CannotKeep, Made, Staging, staging_key
from kg.dataset.units import unit_of, written
from kg.graph.writing.turtle import to_turtle
from kg.model.errors import KgError
from kg.model.iris import PREFIXES, graph_iri, report_iri
from kg.model.vocab import DCT
from kg.reading.discovery import CURATION

_DIGITS = 8
"""How many digits of its content's SHA-256 stand behind a name that is taken; more where that is too."""
_IDENTIFIER = ox.NamedNode(DCT.identifier)


def with_ids(
    jobs: Sequence[Job], made: Mapping[str, Made], reserved: Collection[str], base: str, staging: Staging
) -> tuple[list[Made], list[str]]:
    """The reports to publish by id, each under its own, and a line for each that is left out.

    ``made`` has them by ``made_from``; no report may have one of the ``reserved`` ids, which are those of
    other graphs. Of files with the same text the first is taken; of different texts with the same id the
    first keeps it. It depends on the files that are there and on nothing before. Raises CannotKeep.
    """
    lines: list[str] = []
    first: dict[str, Job] = {}
    different: list[Job] = []
    for job in jobs:
        if job.made_from not in made:
            continue
        report = made[job.made_from].entry
        if report.words in first:
            lines.append(f"{job.file}: left out: the same text as {first[report.words].file}")
        else:
            first[report.words] = job
            different.append(job)
    ids = _ids([(made[job.made_from].entry.natural, job.content) for job in different], reserved)
    shared = Counter(made[job.made_from].entry.natural for job in different)
    chosen = []
    for job, name in zip(different, ids, strict=True):
        one = made[job.made_from]
        if shared[name] > 1 and _has_decisions(job, [name], base):
            lines.append(
                f"{CURATION}: grades: {shared[name]} files have the id {name}, so decisions that name it "
                "are not taken; give the files names of their own"
            )
            job = replace(job, undecided=True)
        found = _under(one, name, job, base, staging)
        if isinstance(found, KgError):
            lines.append(str(found))
        else:
            chosen.append(found)
    return sorted(chosen, key=lambda one: one.entry.id), lines


def _ids(reports: Sequence[tuple[str, str]], reserved: Collection[str]) -> list[str]:
    """The id of each report, by its own id and the digest of its content, in this order.

    >>> _ids([("kent", "aa" * 32), ("kent", "bb" * 32), ("dataset", "cc" * 32)], {"dataset"})
    ['kent', 'kent-bbbbbbbb', 'dataset-cccccccc']
    >>> _ids([("kent", "aa" * 32), ("kent", "bb" * 32), ("kent-bbbbbbbb", "cc" * 32)], ())
    ['kent', 'kent-bbbbbbbbb', 'kent-bbbbbbbb']
    """
    owner: dict[str, int] = {}
    for number, (natural, _) in enumerate(reports):
        if natural not in reserved:
            owner.setdefault(natural, number)
    taken = {*owner, *reserved}
    ids = []
    for number, (natural, content) in enumerate(reports):
        name, digits = natural, _DIGITS
        if owner.get(natural) != number:
            while (name := f"{natural}-{content[:digits]}") in taken:
                digits += 1
            taken.add(name)
        ids.append(name)
    return ids


def _under(one: Made, name: str, job: Job, base: str, staging: Staging) -> Made | KgError:
    """A report under this id. It is not read again: only what its IRIs begin with is another.

    But where people have decided on its grades: they name a judgement by its IRI, so by the report's id.
    """
    old = one.entry.id
    if old == name and one.entry.undecided == job.undecided:
        return one
    if one.entry.undecided or job.undecided or _has_decisions(job, (old, name), base):
        again = build_one(job, staging, name)
        if isinstance(again, CannotKeep):
            raise again
        return again
    key = staging_key(one.entry.made_from, name)
    done = staging.find(key)
    if done is not None:
        return done
    quads = moved(one.quads(), old, name, base)
    turtle = to_turtle(quads, PREFIXES | {"r": report_iri(name, base) + "/"})
    entry = replace(one.entry, id=name, turtle=sha256(turtle).hexdigest(), status="built")
    return staging.keep(key, entry, turtle, written(unit_of(quads)))


def _has_decisions(job: Job, names: Iterable[str], base: str) -> bool:
    """Whether a decision is on a grade of a report of one of these ids."""
    reports = tuple(f"{report_iri(name, base)}/" for name in names)
    return any(judgement.startswith(reports) for judgement, _ in job.curation.grades)


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
