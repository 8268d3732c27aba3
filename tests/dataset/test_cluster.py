"""Reports read by the workers of a Dask cluster: the same bytes, whatever happens to a worker."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from distributed import Client, LocalCluster
from samples import SMALL_REPORT
from store_data import release_all

import kg.dataset.cluster
from kg.dataset.build import build
from kg.graph.store import open_store
from kg.graph.store.folder import STAGING
from kg.model.errors import CannotRead
from kg.model.progress import Step

TOWNS = ("Upper", "Lower", "Middle", "Little", "Great", "Old", "New", "High")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for town in TOWNS:
        (folder / f"{town.lower()}.txt").write_text(SMALL_REPORT.replace("Upper", town), encoding="utf-8")
    (folder / "shopping.txt").write_text("Milk\nBread and butter\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Two worker processes of one thread each."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as started:
        yield started


def built(reports: Path, name: str, **options: object) -> tuple[set[ox.Quad], dict[str, bytes], list[str]]:
    """The quads of a store, the files of its exports, and what was said of reports."""
    store, exports = reports.parent / name, reports.parent / f"{name}-exports"
    done = build([reports], exports=exports, store=store, **options)  # type: ignore[arg-type]
    files = {path.name: path.read_bytes() for path in exports.iterdir()}
    found = set(open_store(store)), files, list(done.notices)
    release_all()
    return found


def test_a_cluster_makes_the_same_bytes_also_where_a_worker_is_killed(
    reports: Path, cluster: LocalCluster
) -> None:
    killed = []

    def kill_one(step: Step) -> None:
        if step.phase == "reading" and step.done == 2:
            with Client(cluster.scheduler_address, set_as_default=False) as client:
                killed.append(min(client.run(os.getpid).values()))
            os.kill(killed[0], signal.SIGKILL)

    apart = built(reports, "apart", scheduler=cluster.scheduler_address, progress=kill_one)
    assert len(killed) == 1 and len(apart[1]) > len(TOWNS)
    assert apart == built(reports, "here")
    assert any(f"{reports}/shopping.txt: skipped" in line for line in apart[2])


def test_what_a_cluster_has_finished_is_kept(reports: Path, cluster: LocalCluster) -> None:
    def interrupt(step: Step) -> None:
        if step.phase == "reading" and step.done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        built(reports, "apart", scheduler=cluster.scheduler_address, progress=interrupt)
    assert len(list((reports.parent / "apart" / STAGING).glob("*.ttl"))) >= 2
    assert built(reports, "apart", scheduler=cluster.scheduler_address) == built(reports, "here")


def test_a_worker_of_another_version_is_refused(
    reports: Path, cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kg.dataset.cluster, "tool_digest", lambda: "other")
    with pytest.raises(CannotRead, match=r"^tcp://\S+: this worker has other versions"):
        built(reports, "apart", scheduler=cluster.scheduler_address)


def test_no_scheduler_and_no_workers_are_one_line(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.dataset.cluster, "PATIENCE", 1.0)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nowhere = f"tcp://127.0.0.1:{closed.getsockname()[1]}"
    for address in (nowhere, "nothing", "tcp://"):
        with pytest.raises(CannotRead, match="^" + address + ": no Dask scheduler answers there$"):
            built(reports, "apart", scheduler=address)
    with (
        LocalCluster(n_workers=0, dashboard_address=":0") as empty,
        pytest.raises(CannotRead, match=r"the Dask scheduler has no workers$"),
    ):
        built(reports, "apart", scheduler=empty.scheduler_address)
