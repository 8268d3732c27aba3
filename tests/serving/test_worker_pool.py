"""Which worker gets a request, without processes: the other end of each channel is held here."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from kg.serving.processes.channels import (  # fmt: skip
    JOB,
    KEEP,
    REPLY,
    SKIPPED,
    SKIPPED_AT,
    SLOT,
)
from kg.serving.processes.worker_pool import SLOW, WorkerHandle, WorkerPool, cause_of_death
from kg.serving.settings import Settings

JOB_BYTES = JOB.pack(2, 1) + b"abc"


@dataclass
class FakeForkServer:
    """Keeps the channels of the workers that were asked for."""

    shared: bytearray
    channels: dict[int, socket.socket] = field(default_factory=dict)
    killed: list[int] = field(default_factory=list)

    def fork(self, slot: int, channel: socket.socket, sockets: socket.socket) -> None:
        self.channels[slot] = channel.dup()

    def kill(self, slot: int) -> None:
        self.killed.append(slot)


@pytest.fixture
def pool() -> Iterator[WorkerPool[str]]:
    settings = Settings(workers=6)
    fork_server = FakeForkServer(bytearray(SLOT * settings.workers))
    made: WorkerPool[str] = WorkerPool(settings, fork_server, lambda worker: None, lambda worker: None)
    made.usual_busy = 2
    made.fill(0.0)
    for worker in made.workers.values():
        made.mark_ready(worker)
    yield made
    for worker in made.workers.values():
        worker.channel.close()
        worker.sockets.close()
    for channel in fork_server.channels.values():
        channel.close()


def give(pool: WorkerPool[str], client: str, now: float = 0.0, size: int = 100) -> WorkerHandle[str] | None:
    worker = pool.acquire(size, now)
    if worker is not None:
        assert pool.dispatch(worker, client, JOB_BYTES, now)
    return worker


def test_one_worker_more_than_run_at_once_is_started(pool):
    assert sorted(pool.workers) == [0, 1, 2]


def test_a_job_goes_to_the_first_idle_worker_as_it_is(pool):
    worker = give(pool, "a")
    data = pool.fork_server.channels[worker.slot].recv(1000)
    assert worker.slot == 0 and worker.client == "a"
    assert data == JOB_BYTES


def test_small_jobs_wait_at_workers_that_answer_fast_up_to_four(pool):
    slots = [worker.slot if (worker := give(pool, str(n))) else None for n in range(9)]
    assert slots == [0, 1, 0, 1, 0, 1, 0, 1, None]
    assert pool.has_queued


def test_a_large_job_waits_for_an_idle_worker(pool):
    assert give(pool, "a") and give(pool, "b")
    assert give(pool, "c", size=1 << 20) is None


def test_no_job_waits_at_a_worker_that_has_not_answered_for_a_while(pool):
    assert give(pool, "a") and give(pool, "b")
    assert give(pool, "c", now=1.0) is None


def test_a_slow_query_makes_room_for_another_worker(pool):
    for client in "ab":
        give(pool, client).slow = True
    assert give(pool, "c").slot == 2
    pool.fill(0.0)
    assert sorted(pool.workers) == [0, 1, 2, 3, 4]


def test_no_more_workers_are_started_than_the_settings_say(pool):
    for worker in pool.workers.values():
        worker.slow = True
    pool.fill(0.0)
    assert len(pool.workers) == 6


def test_jobs_behind_a_slow_one_are_taken_back_and_skipped_by_the_worker(pool):
    worker = give(pool, "a")
    give(pool, "b")
    for client in "cd":
        give(pool, client)
    assert pool.reclaim(worker) == ["c"]
    assert list(worker.jobs) == ["a", None]
    assert SKIPPED.unpack_from(pool.fork_server.shared, worker.slot * SLOT + SKIPPED_AT) == (1, 2)


def test_a_worker_is_idle_again_when_its_jobs_are_done(pool):
    worker = give(pool, "a")
    assert worker not in pool.idle
    pool.mark_done(worker, last=False, now=SLOW)
    assert worker in pool.idle and worker.client is None and worker.answered == 1


def test_a_worker_that_stops_by_itself_gets_no_more(pool):
    worker = give(pool, "a")
    pool.mark_done(worker, last=True, now=0.0)
    assert worker not in pool.idle and not worker.died_of_request


def test_words_of_a_worker_are_read_in_whatever_pieces_they_come(pool):
    worker = give(pool, "a")
    data = REPLY.pack(KEEP, 5) + b"whole"
    channel = pool.fork_server.channels[worker.slot]
    channel.sendall(data[:7])
    assert pool.receive(worker) == []
    channel.sendall(data[7:] + data)
    assert pool.receive(worker) == [(KEEP, b"whole")] * 2


def test_a_killed_worker_died_of_the_request_that_it_was_at(pool):
    worker = give(pool, "a")
    pool.kill(worker, "time")
    pool.kill(worker, "time")
    assert pool.fork_server.killed == [worker.slot]
    assert worker.died_of_request
    pool.mark_done(worker, last=False, now=0.0)  # its answer was out before it died
    assert not worker.died_of_request and worker not in pool.idle


def test_the_place_of_a_removed_worker_is_taken_by_a_new_one(pool):
    gone = pool.remove(1, 0.0)
    gone.channel.close()
    gone.sockets.close()
    pool.fork_server.channels.pop(1).close()
    pool.fill(0.0)
    assert sorted(pool.workers) == [0, 1, 2]


@pytest.mark.parametrize(("code", "words"), [(-11, "nested"), (-9, "1024 MiB"), (3, "log")])
def test_the_cause_of_a_death_is_told_in_words(code, words):
    assert words in cause_of_death(code, Settings())[1]
