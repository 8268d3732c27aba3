"""``python benchmarks/full_disk.py --rounds 60``: builds on a disk that gets full.

The disk is a tmpfs in a mount namespace of its own (``unshare``, Linux; no rights are needed where users may
have namespaces), with the store, the exports or both on it. Each round changes, adds or withdraws a small
report and builds, while the disk is filled up to some bytes, at random between none and what a build needs:
before it, or in every second round as soon as it writes. Either it ends well, with the reports from now; or
with exit status 2 and one line that names the reason, and, while the disk is still full, store and exports
hold the reports from before, ``kg verify`` finds nothing wrong, and no file is left that was not there. Then
there is room again, and the next build must end well.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from machine import say_and_exit
from small_dataset import (
    NAMES,
    Command,
    Sources,
    build_arguments,
    bytes_of,
    forked,
    load_libraries,
    seen,
)

SIZE = 256 << 20
"""Bytes of the disk."""
PLACES = {"both": ("exports", "store"), "the exports": ("exports",), "the store": ("store",)}
"""What is on the disk that gets full."""
REASON = re.compile(r"[Nn]o space left|of free disk")
_WITHIN = "KG_FULL_DISK_WITHIN"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1, help="of what is changed and of the room that is left")
    options = parser.parse_args()
    if _WITHIN not in os.environ:
        own = ["unshare", "--user", "--map-root-user", "--mount", sys.executable, *sys.argv]
        sys.exit(subprocess.run(own, env=os.environ | {_WITHIN: "1"}).returncode)
    counted: Counter[str] = Counter()
    failures: list[str] = []
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="kg-full-disk-") as work:
        disk = Path(work, "disk")
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", disk], check=True)
        try:
            with suppress(KeyboardInterrupt):  # what was seen until then is said too
                for number, place in enumerate(PLACES):
                    rounds = len(range(number, options.rounds, len(PLACES)))
                    run(Path(work, f"data-{number}"), disk, place, rounds, chance, counted, failures)
        finally:
            subprocess.run(["umount", "--lazy", disk], check=True)
    say_and_exit(counted, failures)


def run(
    folder: Path,
    disk: Path,
    place: str,
    rounds: int,
    chance: random.Random,
    counted: Counter[str],
    failures: list[str],
) -> None:
    """Some rounds with a dataset of which ``place`` is on the disk: what is seen, what did not hold."""
    folder.mkdir()
    for name in PLACES[place]:
        (disk / f"{folder.name}-{name}").mkdir()
        (folder / name).symlink_to(disk / f"{folder.name}-{name}")
    sources = Sources(folder / "reports")
    for _ in range(2):
        sources.add()
    load_libraries(sources)

    def start() -> Command:
        return Command.start(*build_arguments(sources.folder, folder))

    def check(what: str, expected: object) -> None:
        if (found := forked(seen, folder)) != (expected, expected, []):
            failures.append(f"{place}, {what}: {found} and not {expected}")

    free = room(disk)
    if (first := start().end())[0] != 0:
        failures.append(f"{place}: the first build: {first}")
        return
    needed = free - room(disk)
    for number in range(rounds):
        before, names = dict(sources.reports), bytes_of(folder).keys()
        kept = set(folder.glob("store/generation-*/store"))
        act(sources, chance)
        names = names | {f"reports/{id}.txt" for id in sources.reports}
        filler, leave = disk / "filler", int(1.1 * needed * chance.random() ** 2)
        early = number % 2 == 0
        if early:
            fill(filler, leave)
        command = start()
        if not early:
            while command.process.is_alive() and not set(folder.glob("store/generation-*/store")) - kept:
                time.sleep(0.0005)
            fill(filler, leave)
        status, said = command.end()
        when = "before" if early else "while it writes"
        counted[f"{place} on the disk, filled {when}: {'ended well' if status == 0 else 'refused'}"] += 1
        if status == 0:
            check(f"round {number}, with room", sources.reports)
        else:
            if status != 2 or len(said.strip().splitlines()) != 1 or not REASON.search(said):
                failures.append(f"{place}, round {number}: status {status}: {said}")
            # what is finished stays in staging on purpose: the next build goes on from there
            more = {name for name in bytes_of(folder).keys() - names if not name.startswith("store/staging/")}
            if more:
                failures.append(f"{place}, round {number}: left behind: {sorted(more)}")
            check(f"round {number}, full", before)
        filler.unlink()
        if (again := start().end())[0] != 0:
            failures.append(f"{place}, round {number}: the next build: {again}")
        check(f"round {number}, the next build", sources.reports)
        print(f"\r{sum(counted.values())} rounds", end="", file=sys.stderr, flush=True)


def act(sources: Sources, chance: random.Random) -> None:
    """Changes, adds or withdraws a report."""
    chosen = chance.choice(sorted(sources.reports))
    what = chance.choice(["change", "addition", "withdrawal"])
    if what == "addition" and len(sources.reports) < len(NAMES):
        sources.add()
    elif what == "withdrawal" and len(sources.reports) > 1:
        sources.withdraw(chosen)
    else:
        sources.write(chosen)


def room(disk: Path) -> int:
    """Bytes that are free."""
    found = os.statvfs(disk)
    return found.f_bavail * found.f_frsize


def fill(filler: Path, leave: int) -> None:
    """Takes all room of a disk but some bytes, though a build may be taking room too."""
    with filler.open("wb") as file:
        while (size := room(filler.parent) - leave) > 0:
            with suppress(OSError):
                os.posix_fallocate(file.fileno(), 0, size)
                return


if __name__ == "__main__":
    main()
