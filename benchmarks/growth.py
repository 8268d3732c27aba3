"""Whether a saved query grows faster than its answer: each on a dataset, and on one several times as big.

    python benchmarks/growth.py [--store store] [--times 8] [--seconds 30]

The big dataset has each report's graph copied under fictional reports, forces and things of these, as
``queries.py`` has it. A query is asked of all, and of one force where it has that parameter; the best of two
rounds counts, in seconds of the processor. *Growth* is how many times as long the big one takes, over how
many times as large its answer is, in rows or, where rows count statements, in what they count: above 2 a
query grows faster than its answer. Prints Markdown.
"""

from __future__ import annotations

import argparse
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyoxigraph as ox
from queries import TooLong, grown, limit, machine, milliseconds, timed

from kg.asking.results import Results
from kg.asking.sparql import query
from kg.asking.sparql.library import SavedQuery, saved_queries
from kg.asking.sparql.sources import reports_of
from kg.asking.tables import table
from kg.graph.store import open_store, write_store

_FASTER = 2.0
_COUNTS = {"figures", "findings", "forces", "mentions", "needs", "passages", "reports", "statements"}
"""Columns that count."""


@dataclass(frozen=True)
class Growth:
    """Size of the answer and seconds of a query on the small dataset and on the big; None where it was not
    finished."""

    name: str
    asked: str
    sizes: tuple[int, int]
    seconds: tuple[float, float | None]

    @property
    def growth(self) -> float | None:
        """How many times as long, over how many times as large an answer."""
        small, big = self.seconds
        if big is None:
            return None
        return (big / small) / max(1.0, self.sizes[1] / max(1, self.sizes[0]))


def asked(saved: SavedQuery, force: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The ways in which a query is asked: of all where it needs no value, and of one force."""
    names = {each.name for each in saved.inputs}
    if not saved.needs:
        yield "all", {}
    if "force" in names and saved.needs in ("", "force"):
        yield "one force", {"force": force}


def size(results: Results) -> int:
    """How many rows, or how much they count where that is more: the largest of the sums of what counts."""
    counts = [results.columns.index(name) for name in results.columns if name in _COUNTS]
    sums = [sum(int(str(row[at].value)) for row in results.terms if row[at]) for at in counts]
    return max([len(results), *sums])


def best_of_two(store: ox.Store, name: str, values: dict[str, str], seconds: int) -> tuple[float | None, int]:
    """Seconds and size of the answer; None for the seconds where it takes longer than allowed."""
    try:
        with limit(seconds):
            runs = [timed(lambda: size(query(name, store=store, params=values))) for _ in range(2)]
    except TooLong:
        return None, 0
    return min(runs)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", type=Path, default=Path("store"))
    parser.add_argument("--force", default="West Midlands Police")
    parser.add_argument("--times", type=int, default=8)
    parser.add_argument("--seconds", type=int, default=30)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    small = open_store(options.store)
    of_reports = sum(1 for _ in small) // 2  # the default graph has the union
    with tempfile.TemporaryDirectory() as folder:
        write_store(Path(folder) / "store", grown(small, of_reports * options.times))
        big = open_store(Path(folder) / "store")
        print(f"{date.today().isoformat()}, {machine()}\n")
        print(f"{len(reports_of(small))} and {len(reports_of(big))} reports.\n", flush=True)
        found = []
        for saved in saved_queries():
            for how, values in asked(saved, options.force):
                before, rows = best_of_two(small, saved.name, values, options.seconds)
                after, more = best_of_two(big, saved.name, values, options.seconds)
                if before is not None:
                    found.append(Growth(saved.name, how, (rows, more), (before, after)))
    show(found, options.seconds)


def show(found: list[Growth], seconds: int) -> None:
    """The table, the fastest growing first, and how many grow faster than their answers."""
    faster = [one for one in found if one.growth is None or one.growth > _FASTER]
    print(f"{len(faster)} of {len(found)} grow more than {_FASTER:g} times as fast as their answers.\n\n```")
    found.sort(key=lambda one: (one.growth is not None, -(one.growth or 0.0)))
    rows = [
        [one.name, one.asked, f"{one.sizes[0]:,}", f"{one.sizes[1]:,}", milliseconds(one.seconds[0]),
         f"over {seconds} s" if one.seconds[1] is None else milliseconds(one.seconds[1]),
         "" if one.growth is None else f"{one.growth:.1f}"]
        for one in found
    ]  # fmt: skip
    print(table(["query", "asked of", "answer", "answer, big", "ms", "ms, big", "growth"], rows) + "```")


if __name__ == "__main__":
    main()
