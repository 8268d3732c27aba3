"""``python benchmarks/two_builds.py --rounds 50``: two builds at once, with one store or exports.

The first build is stopped (SIGSTOP) at a random moment of its run. Where it holds the locks by then, the
second runs to its end, which must be exit status 2 and one line that another build is writing; and no file or
folder may have been touched (inode, size, time of the last change). The first goes on then, and must end well
with its own reports in store and exports; then the second is tried again, and must end well with its own. In
every fourth round nothing is stopped: both begin together, and whichever is refused, the dataset is that of
one that was not.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from machine import say_and_exit
from small_dataset import (
    Command,
    Reports,
    Sources,
    build_arguments,
    forked,
    load_libraries,
    seen,
    stamps_of,
)

REFUSED = "another build is writing here; wait until it has ended"
SHARED = {
    "both": ("exports", "store"),
    "the exports": ("exports", "store-2"),
    "the store": ("exports-2", "store"),
}
"""What the second build has in common with the first, and the folders that it is given."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kg-two-builds-") as work:
        rounds = Rounds(Path(work), random.Random(options.seed))
        with suppress(KeyboardInterrupt):  # what was seen until then is said too
            rounds.run(options.rounds)
    say_and_exit(rounds.counted, rounds.failures)


class Rounds:
    """A dataset that two builds want, and what came of it."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        self.first, self.second = Sources(folder / "first"), Sources(folder / "second")
        self.counted: Counter[str] = Counter()
        self.failures: list[str] = []
        self.seconds = 1.0
        """How long a build takes that nobody stops."""

    def run(self, rounds: int) -> None:
        for sources in (self.first, self.first, self.second, self.second, self.second):
            sources.add()
        load_libraries(self.first)
        start = time.monotonic()
        self._expect("the first build", self._start(self.first).end(), self.first.reports)
        self.seconds = time.monotonic() - start
        number = 0
        while number < rounds:
            self.first.write("upper-example")
            self.second.write("lower-example")
            if number % 4 == 3:
                self._together()
            elif not self._while_one_is_stopped(self.chance.choice(sorted(SHARED))):
                continue
            number += 1
            print(f"\r{number} rounds", end="", file=sys.stderr, flush=True)

    def _while_one_is_stopped(self, shared: str) -> bool:
        """Whether the first build was stopped while it held the locks."""
        first = self._start(self.first)
        time.sleep(self.chance.uniform(0, self.seconds))
        pid = first.process.pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        held = self._is_held()
        if held:
            self.counted[f"stopped builds; in common: {shared}"] += 1
            before = stamps_of(self.folder)
            status, said = self._start(self.second, *SHARED[shared]).end()
            if status != 2 or REFUSED not in said or len(said.strip().splitlines()) != 1:
                self.failures.append(f"{shared}: the second ended with status {status}: {said}")
            if stamps_of(self.folder) != before:
                self.failures.append(f"{shared}: the second touched what is the first’s")
            self.counted["refused at once, with nothing touched"] += 1
        else:
            self.counted["builds that were stopped before they had the locks, or after"] += 1
        os.kill(pid, signal.SIGCONT)
        self._expect("the first", first.end(), self.first.reports)
        if held:
            self._expect("the second, again", self._start(self.second).end(), self.second.reports)
        return held

    def _together(self) -> None:
        """Both begin at once; what is there in the end is what the last has that was not refused."""
        pair = [(sources, self._start(sources)) for sources in (self.first, self.second)]
        done = [(sources.reports, *command.end()) for sources, command in pair]
        well = [reports for reports, status, _ in done if status == 0]
        refused = [said for _, status, said in done if status == 2 and REFUSED in said]
        if not well or len(well) + len(refused) != 2:
            self.failures.append(f"together: {done}")
        self.counted[f"both at once: {len(refused)} refused"] += 1
        store, exports, problems = forked(seen, self.folder)
        if problems or store != exports or store not in well:
            self.failures.append(f"together: store {store}, exports {exports}, {problems}")

    def _start(self, sources: Sources, exports: str = "exports", store: str = "store") -> Command:
        return Command.start(*build_arguments(sources.folder, self.folder, exports, store))

    def _is_held(self) -> bool:
        """Whether a build holds the locks of the store and of the exports."""
        for name in ("store/lock", "exports"):
            try:
                handle = os.open(self.folder / name, os.O_RDONLY)
            except FileNotFoundError:
                return False
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return False
            except BlockingIOError:
                continue
            finally:
                os.close(handle)
        return True

    def _expect(self, which: str, end: tuple[int | None, str], reports: Reports) -> None:
        if end[0] != 0:
            self.failures.append(f"{which}: status {end[0]}: {end[1]}")
        if (now := forked(seen, self.folder)) != (reports, reports, []):
            self.failures.append(f"{which}: {now} and not {reports}")


if __name__ == "__main__":
    main()
