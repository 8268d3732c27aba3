"""Reports read by the workers of a Dask cluster: the bytes of each are sent, and what they became comes back.

The workers need the same version of this package and none of the files. The scheduler gives the reports of
a worker that is lost to others. Whoever can reach a scheduler can run any program on its workers: a cluster
is for a network that is trusted, or secured as Dask's documentation tells.
"""

from __future__ import annotations

import faulthandler
import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.dataset.one_report import Job, Result, made_of, own_net, tool_digest
from kg.dataset.staging import Made, Staging
from kg.model.errors import CannotRead, KgError, MissingExtra
from kg.model.text.display import shortened
from kg.reading import content
from kg.reading.time_limit import SECONDS

if TYPE_CHECKING:
    from distributed import Client, Future

log = logging.getLogger("kg")
PATIENCE = 10.0
"""Seconds in which a scheduler has to answer, and to have a worker."""
_AHEAD = 2
"""Reports at the scheduler for each thread of a worker: what is sent stands in its memory."""
_RETRIES = 2
_OFTEN = 5.0
"""Seconds between two looks at how many workers there are."""
_ONE = threading.Lock()
"""A worker reads one report at a time, however many threads it has: reading is bound to one core."""


class OtherVersion(CannotRead):
    """A worker would not give the bytes that this machine gives: an error of the build, not of a report."""


# --- on the workers -----------------------------------------------------------------------------------


def version_here() -> str:
    """What the bytes that are made of a report depend on, where this is asked."""
    return tool_digest()


def build_sent(job: Job, wanted: str) -> Result | KgError:
    """What became of a report that was sent with its bytes, by a worker of the version that is ``wanted``."""
    from distributed import get_worker

    worker = get_worker()
    if version_here() != wanted:
        return OtherVersion(_other_version(worker.address))
    with _ONE, _stopped_if_stuck(restarted=worker.nanny is not None):
        try:
            return made_of(job)
        except KgError as error:
            return error


@contextmanager
def _stopped_if_stuck(*, restarted: bool) -> Iterator[None]:
    """Ends the process where a report takes too long: no thread can be stopped. Its nanny starts another."""
    if restarted:
        faulthandler.dump_traceback_later(SECONDS, exit=True)
    try:
        yield
    finally:
        if restarted:
            faulthandler.cancel_dump_traceback_later()


# --- here ---------------------------------------------------------------------------------------------


def on_workers(
    wanted: Sequence[Job], staging: Staging, scheduler: str
) -> Iterator[tuple[int, Made | KgError]]:
    """The numbers of the jobs, as each is done, with what came of it; kept in ``staging``.

    Raises CannotRead where the scheduler is not there, has no worker, or is lost.
    """
    todo: list[int] = []
    for number, job in enumerate(wanted):
        done = staging.find(job.made_from)
        if done is None:
            todo.append(number)
        else:
            yield number, done
    if not todo:
        return
    with _connected(scheduler) as client:
        for number, outcome in _sent(client, wanted, todo, scheduler):
            if isinstance(outcome, OtherVersion):
                raise outcome
            if isinstance(outcome, KgError):
                yield number, outcome
                continue
            try:
                yield number, staging.keep(wanted[number].made_from, *outcome)
            except KgError as error:
                yield number, error


@contextmanager
def _connected(scheduler: str) -> Iterator[Client]:
    """A client of a scheduler that has workers, all of the version here."""
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingExtra.of("a Dask scheduler", "distributed") from error
    if not log.isEnabledFor(logging.INFO):
        for name in ("distributed", "distributed.client"):  # what they say in many lines is one of ours
            logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError, ImportError) as error:
        raise CannotRead(f"{scheduler}: no Dask scheduler answers there") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise CannotRead(f"{scheduler}: the Dask scheduler has no workers") from error
        here = version_here()
        for worker, there in client.run(version_here, on_error="return").items():
            if there != here:
                raise OtherVersion(_other_version(worker))
        yield client


def _other_version(worker: str) -> str:
    return f"{worker}: this worker has other versions of kg or its libraries than here; install the same"


def _sent(
    client: Client, wanted: Sequence[Job], todo: Sequence[int], scheduler: str
) -> Iterator[tuple[int, Result | KgError]]:
    """What came of the jobs of these numbers; so many are at the scheduler at a time as it has work for."""
    from distributed import as_completed

    here, rest = version_here(), iter(todo)
    sent: dict[Future[Result | KgError], int] = {}
    done = as_completed(loop=client.loop)
    looked, room = 0.0, 0
    while True:
        if time.monotonic() - looked > _OFTEN:
            looked, room = time.monotonic(), _AHEAD * max(1, sum(_threads(client, scheduler)))
        while len(sent) < room and (number := next(rest, None)) is not None:
            job = wanted[number]
            try:
                with own_net(str(job.file)):
                    job = replace(job, file=replace(job.file, data=content(job.file)))
            except KgError as error:
                yield number, error
                continue
            key = f"kg-report-{job.made_from}"
            future = client.submit(build_sent, job, here, key=key, retries=_RETRIES)
            sent[future] = number
            done.add(future)
        if not sent:
            return
        future = next(done)
        number = sent.pop(future)
        yield number, _outcome(future, wanted[number], scheduler)


def _threads(client: Client, scheduler: str) -> list[int]:
    try:
        return list(client.nthreads().values())
    except (OSError, RuntimeError) as error:
        raise _lost(scheduler) from error


def _outcome(future: Future[Result | KgError], job: Job, scheduler: str) -> Result | KgError:
    from distributed import CancelledError, KilledWorker

    try:
        outcome: Result | KgError = future.result()
    except KilledWorker:
        return CannotRead(
            f"{job.file}: the workers that read it were stopped, one after the other (out of memory, or "
            f"after {SECONDS} seconds?)"
        )
    except (CancelledError, OSError) as error:
        raise _lost(scheduler) from error
    except Exception as error:
        said = shortened(f"{type(error).__name__}: {error}", 100)
        return CannotRead(f"{job.file}: left out by a fault of the cluster ({said})")
    return outcome


def _lost(scheduler: str) -> CannotRead:
    return CannotRead(f"{scheduler}: the Dask scheduler is gone; what is finished is kept: build again")
