"""Many reports, each by itself: in this process, in several, or on the workers of a cluster."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import repeat
from multiprocessing import get_context

from kg.dataset.cluster import on_workers
from kg.dataset.one_report import Job, build_one
from kg.dataset.staging import CannotKeep, Made, Staging
from kg.model.errors import CannotRead, KgError
from kg.model.processes import die_with_parent, starting_safely
from kg.model.progress import Progress, Step

log = logging.getLogger("kg")
_READING = "reading"


def build_all(
    wanted: Sequence[Job],
    staging: Staging,
    progress: Progress,
    *,
    jobs: int = 1,
    scheduler: str | None = None,
) -> tuple[list[Made], dict[str, KgError]]:
    """What the jobs made, in their order, and why others made nothing, by ``made_from``.

    In ``jobs`` processes, or on the workers of the Dask ``scheduler`` at this address. What stands in
    ``staging`` from a build that was interrupted is not made again. Raises CannotKeep, and CannotRead where
    the scheduler cannot be worked with.
    """
    found: dict[int, Made | KgError] = {}
    progress(Step(_READING, 0, len(wanted), "report"))
    for number, outcome in _outcomes(wanted, staging, jobs, scheduler):
        file = wanted[number].file
        found[number] = outcome
        log.info("%s: %s", file, "left out" if isinstance(outcome, KgError) else "read")
        progress(Step(_READING, len(found), len(wanted), "report", str(file)))
        if isinstance(outcome, CannotKeep):
            raise outcome
    outcomes = [(job.made_from, found[number]) for number, job in enumerate(wanted)]
    made = [outcome for _, outcome in outcomes if isinstance(outcome, Made)]
    return made, {of: outcome for of, outcome in outcomes if isinstance(outcome, KgError)}


Outcomes = Iterator[tuple[int, Made | KgError]]
"""The numbers of jobs, each with what came of it, in any order."""


def _outcomes(wanted: Sequence[Job], staging: Staging, jobs: int, scheduler: str | None) -> Outcomes:
    if scheduler is not None:
        return on_workers(wanted, staging, scheduler)
    if jobs == 1 or len(wanted) < 4:
        return enumerate(build_one(job, staging) for job in wanted)
    return enumerate(_in_processes(wanted, staging, jobs))


def _in_processes(wanted: Sequence[Job], staging: Staging, jobs: int) -> Iterator[Made | KgError]:
    """In several processes. Where one of them dies, the rest are built one by one."""
    done = 0
    try:
        with starting_safely(), _processes(jobs) as pool:
            for outcome in pool.map(build_one, wanted, repeat(staging)):
                done += 1
                yield outcome
    except BrokenProcessPool:
        yield from (_build_apart(job, staging) for job in wanted[done:])


def _build_apart(job: Job, staging: Staging) -> Made | KgError:
    """``build_one`` in a process of its own, whose death is the error of this report alone."""
    try:
        with starting_safely(), _processes(1) as pool:
            return pool.submit(build_one, job, staging).result()
    except BrokenProcessPool:
        return CannotRead(f"{job.file}: the process that read it was stopped (out of memory?)")


def _processes(count: int) -> ProcessPoolExecutor:
    spawn, parent = get_context("spawn"), (os.getpid(),)
    return ProcessPoolExecutor(count, mp_context=spawn, initializer=die_with_parent, initargs=parent)
