"""``python benchmarks/kill_loop.py --kills 200``: builds are killed, and what they leave is looked at.

Each round changes, adds or withdraws one of a few small reports, starts a build in a process of its own and
kills that with SIGKILL at a random moment: of its whole run, since it began to write, or of the switch.
Then four things have to hold: the store opens and holds the reports from before or those from now; the Turtle
files of the exports hold, report for report, what the store holds; ``kg verify`` finds nothing wrong; and the
next build ends well with the reports from now in both. At the end the exports have the bytes of a build from
nothing. What a reader of the folder saw between the kill and the next command is counted too.
"""

from __future__ import annotations

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
from pathlib import Path

from machine import say_and_exit
from small_dataset import (
    NAMES,
    Command,
    Reports,
    Sources,
    build_arguments,
    bytes_of,
    forked,
    left,
    load_libraries,
    seen,
)

PHASES = ("run", "writing", "switch")


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
    say_and_exit(loop.counted, loop.failures)


class Loop:
    """A dataset in a folder, and what was seen of it."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        self.sources = Sources(folder / "reports")
        self.counted: Counter[str] = Counter()
        self.failures: list[str] = []
        self.seconds = dict.fromkeys(PHASES, 1.0)
        """How long a build takes that nobody kills, counted from the beginning of each phase."""

    def run(self, kills: int) -> None:
        for _ in range(3):
            self.sources.add()
        load_libraries(self.sources)
        self._whole_build()
        while self.counted["kills"] < kills:
            before = dict(self.sources.reports)
            what, act = self._act()
            act()
            killed = self._killed()
            if killed:
                self._look(before, what)
            self._whole_build()
            now = forked(seen, self.folder)
            reports = self.sources.reports
            if now != (reports, reports, []):
                self.failures.append(f"kill {self.counted['kills']}: the next build gives {now}")
        before_bytes = bytes_of(self.folder / "exports")
        for name in ("exports", "store"):
            shutil.rmtree(self.folder / name)
        self._whole_build()
        if bytes_of(self.folder / "exports") != before_bytes:
            self.failures.append("the exports have not the bytes of a build from nothing")

    def _look(self, before: Reports, what: str) -> None:
        """What the kill has left: first as it is, then as the next command sees it."""
        self.counted["kills"] += 1
        print(f"\r{self.counted['kills']} kills", end="", file=sys.stderr, flush=True)
        self.counted[f"kills: {what}"] += 1
        store, exports = forked(left, self.folder)
        self.counted["store and exports differ until the next command"] += store != exports
        self.counted["killed within the switch"] += self._noted()
        store, exports, problems = forked(seen, self.folder)
        self.counted["what is seen after it: " + ("new" if store == self.sources.reports else "old")] += 1
        if store not in (before, self.sources.reports):
            problems.append(f"neither old nor new: {store}")
        if exports != store:
            problems.append(f"exports have {exports}, the store {store}")
        self.failures += [f"kill {self.counted['kills']}, {what}: {problem}" for problem in problems]

    def _act(self) -> tuple[str, Callable[[], None]]:
        sources = self.sources
        chosen = self.chance.choice(sorted(sources.reports))
        acts: list[tuple[str, Callable[[], None]]] = [("change", lambda: sources.write(chosen))]
        acts += [("addition", sources.add)] if len(sources.reports) < len(NAMES) else []
        acts += [("withdrawal", lambda: sources.withdraw(chosen))] if len(sources.reports) > 2 else []
        return self.chance.choice(acts)

    def _start(self) -> Command:
        return Command.start(*build_arguments(self.sources.folder, self.folder))

    def _whole_build(self) -> None:
        command = self._start()
        begun = {phase: self._begun(phase, command) for phase in PHASES}
        while command.process.is_alive() and self._noted():
            time.sleep(0.0005)
        ended = {"switch": time.monotonic()}
        status, said = command.end()
        ended |= dict.fromkeys(("run", "writing"), time.monotonic())
        if status != 0:
            self.failures.append(f"kill {self.counted['kills']}: a build ended with status {status}: {said}")
        if all(begun.values()):
            self.seconds = {phase: ended[phase] - moment for phase, moment in begun.items()}

    def _killed(self) -> bool:
        """Start a build and kill it; whether it was still running."""
        command, phase = self._start(), self.chance.choice(PHASES)
        if self._begun(phase, command):
            time.sleep(self.chance.uniform(0, self.seconds[phase]))
        command.process.kill()
        status, _ = command.end()
        self.counted["builds that had ended before the kill"] += status == 0
        return status == -signal.SIGKILL

    def _begun(self, phase: str, command: Command) -> float:
        """Wait until a build comes to a phase, and say when that was; 0 if it ended without."""
        there = self._generations()
        signs: dict[str, Callable[[], object]] = {
            "run": lambda: True,
            "writing": lambda: self._generations() - there,
            "switch": self._noted,
        }
        while command.process.is_alive() and not signs[phase]():
            time.sleep(0.0005)
        return time.monotonic() if command.process.is_alive() else 0.0

    def _generations(self) -> set[Path]:
        return set(self.folder.glob("store/generation-*"))

    def _noted(self) -> bool:
        """Whether a switch is noted that is not done."""
        with suppress(FileNotFoundError):
            return b'"to"' in (self.folder / "store" / "current.json").read_bytes()
        return False


if __name__ == "__main__":
    main()
