"""``python benchmarks/kill_loop.py --kills 200``: builds are killed, and what they leave is looked at.

Each round changes, adds or withdraws one of a few small reports, starts a build in a process of its own and
kills that with SIGKILL at a random moment: of its whole run, since it began to write, or of the switch.
Then four things have to hold: the store opens and holds the reports from before or those from now; the Turtle
files of the exports hold, report for report, what the store holds; ``kg verify`` finds nothing wrong; and the
next build ends well with the reports from now in both. At the end the exports have the bytes of a build from
nothing. What a reader of the folder saw between the kill and the next command is counted too.

Processes are forked from one that has its libraries loaded and never opens a store (an open one has threads,
and a process with threads must not fork); else all is as in ``kg build``, which takes seconds to start.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.dataset.build import build
from kg.dataset.one_report import build_one, jobs_of
from kg.graph.rdf_files import load_files
from kg.graph.store import graphs_of, open_store, verify_store
from kg.graph.store.folder import read_pointer
from kg.model.iris import graph_iri
from kg.model.vocab import BASE, KG
from kg.reading import find_reports

REPORT = """PEEL 2023–2025: An inspection of {name} Police
Published on: 1 March 2024
Overall summary
HM Inspector’s summary
I am pleased with the performance of {name} Police.
Responding to the public
Good
{name} Police is good at responding to the public.
Main findings
The force answers calls quickly
In the year ending 31 March 2023, the force answered {value}.8 percent of 999 calls within ten seconds.
"""
NAMES = {
    f"{where.lower()}-example": f"{where} Example" for where in ("Upper", "Lower", "North", "South", "Mid")
}
PHASES = ("run", "writing", "switch")
FORK = get_context("fork")
Reports = dict[str, int]
"""The reports of a dataset, by id, each with the figure that it states (rounded down)."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1, help="of the moments and of what is changed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kg-kill-loop-") as work:
        loop = Loop(Path(work), random.Random(options.seed))
        with suppress(KeyboardInterrupt):  # what was seen until then is said too
            loop.run(options.kills)
    for what, count in sorted(loop.counted.items()):
        print(f"{count:5,}  {what}")
    print("\n".join(loop.failures) or "all held")
    sys.exit(1 if loop.failures else 0)


class Loop:
    """A dataset in a folder, and what was seen of it."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        self.reports: Reports = {}
        self.counted: Counter[str] = Counter()
        self.failures: list[str] = []
        self.value = 0
        self.seconds = dict.fromkeys(PHASES, 1.0)
        """How long a build takes that nobody kills, counted from the beginning of each phase."""

    def run(self, kills: int) -> None:
        (self.folder / "reports").mkdir()
        for _ in range(3):
            self._add()
        found, _ = find_reports([self.folder / "reports"])
        build_one(jobs_of(found, BASE)[0][0])  # loads what a build needs
        self._whole_build()
        while self.counted["kills"] < kills:
            before, act = dict(self.reports), self._act()
            act()
            killed = self._killed()
            if killed:
                self._look(before, act.__name__.strip("_"))
            self._whole_build()
            now = _forked(_seen, self.folder)
            if now != (self.reports, self.reports, []):
                self.failures.append(f"kill {self.counted['kills']}: the next build gives {now}")
        before_bytes = _bytes(self.folder / "exports")
        for name in ("exports", "store"):
            shutil.rmtree(self.folder / name)
        self._whole_build()
        if _bytes(self.folder / "exports") != before_bytes:
            self.failures.append("the exports have not the bytes of a build from nothing")

    def _look(self, before: Reports, act: str) -> None:
        """What the kill has left: first as it is, then as the next command sees it."""
        self.counted["kills"] += 1
        print(f"\r{self.counted['kills']} kills", end="", file=sys.stderr, flush=True)
        self.counted[f"kills: {act}"] += 1
        store, exports = _forked(_left, self.folder)
        self.counted["store and exports differ until the next command"] += store != exports
        self.counted["killed within the switch"] += self._noted()
        store, exports, problems = _forked(_seen, self.folder)
        self.counted["what is seen after it: " + ("new" if store == self.reports else "old")] += 1
        if store not in (before, self.reports):
            problems.append(f"neither old nor new: {store}")
        if exports != store:
            problems.append(f"exports have {exports}, the store {store}")
        self.failures += [f"kill {self.counted['kills']}, {act}: {problem}" for problem in problems]

    def _act(self) -> Callable[[], None]:
        acts = [self._change]
        acts += [self._add] if len(self.reports) < len(NAMES) else []
        acts += [self._withdraw] if len(self.reports) > 2 else []
        return self.chance.choice(acts)

    def _change(self) -> None:
        self._write(self.chance.choice(sorted(self.reports)))

    def _add(self) -> None:
        self._write(next(id for id in NAMES if id not in self.reports))

    def _withdraw(self) -> None:
        gone = self.chance.choice(sorted(self.reports))
        del self.reports[gone]
        (self.folder / "reports" / f"{gone}.txt").unlink()

    def _write(self, id: str) -> None:
        self.value = self.reports[id] = self.value % 89 + 1
        text = REPORT.format(name=NAMES[id], value=self.value)
        (self.folder / "reports" / f"{id}.txt").write_text(text, encoding="utf-8")

    def _start(self) -> BaseProcess:
        process = FORK.Process(target=_build, args=(self.folder,))
        process.start()
        return process

    def _whole_build(self) -> None:
        process = self._start()
        begun = {phase: self._begun(phase, process) for phase in PHASES}
        while process.is_alive() and self._noted():
            time.sleep(0.0005)
        ended = {"switch": time.monotonic()}
        process.join()
        ended |= dict.fromkeys(("run", "writing"), time.monotonic())
        if process.exitcode != 0:
            self.failures.append(
                f"kill {self.counted['kills']}: a build ended with status {process.exitcode}"
            )
        if all(begun.values()):
            self.seconds = {phase: ended[phase] - moment for phase, moment in begun.items()}

    def _killed(self) -> bool:
        """Start a build and kill it; whether it was still running."""
        process, phase = self._start(), self.chance.choice(PHASES)
        if self._begun(phase, process):
            time.sleep(self.chance.uniform(0, self.seconds[phase]))
        process.kill()
        process.join()
        self.counted["builds that had ended before the kill"] += process.exitcode == 0
        return process.exitcode == -signal.SIGKILL

    def _begun(self, phase: str, process: BaseProcess) -> float:
        """Wait until a build comes to a phase, and say when that was; 0 if it ended without."""
        there = self._generations()
        signs: dict[str, Callable[[], object]] = {
            "run": lambda: True,
            "writing": lambda: self._generations() - there,
            "switch": self._noted,
        }
        while process.is_alive() and not signs[phase]():
            time.sleep(0.0005)
        return time.monotonic() if process.is_alive() else 0.0

    def _generations(self) -> set[Path]:
        return set(self.folder.glob("store/generation-*"))

    def _noted(self) -> bool:
        """Whether a switch is noted that is not done."""
        with suppress(FileNotFoundError):
            return b'"to"' in (self.folder / "store" / "current.json").read_bytes()
        return False


def _build(folder: Path) -> None:
    build([folder / "reports"], exports=folder / "exports", store=folder / "store")


def _forked(look: Callable[[Path], Any], folder: Path) -> Any:
    """What a function says of a folder, in a process of its own."""
    ours, theirs = FORK.Pipe()
    process = FORK.Process(target=lambda: theirs.send(look(folder)))
    process.start()
    theirs.close()
    found = ours.recv()
    process.join()
    return found


def _left(folder: Path) -> tuple[Reports, Reports]:
    """The reports in the store and in the exports as they lie there, without going on with anything."""
    generation = str(read_pointer(folder / "store").generation)
    return _reports(ox.Store.read_only(str(folder / "store" / generation / "store"))), _in_exports(folder)


def _seen(folder: Path) -> tuple[Reports, Reports, list[str]]:
    """The reports in the store and in the exports as a command finds them, and what ``kg verify`` says."""
    return _reports(open_store(folder / "store")), _in_exports(folder), verify_store(folder / "store")


def _in_exports(folder: Path) -> Reports:
    return _reports(load_files((folder / "exports").glob("*.ttl")))


def _reports(store: ox.Store) -> Reports:
    """The reports by their graphs, each with the value of its figure."""
    ids = {id: ox.NamedNode(graph_iri(id)) for id in NAMES}
    values = {id: store.quads_for_pattern(None, ox.NamedNode(KG.value), None, ids[id]) for id in NAMES}
    there = graphs_of(store)
    return {id: max(int(float(q.object.value)) for q in values[id]) for id in NAMES if ids[id].value in there}


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


if __name__ == "__main__":
    main()
