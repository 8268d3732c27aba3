"""Pairs of a problem and another body's practice, as people judged them: is each an answer on the subject?

``tests/data/practice-pairs.jsonl`` has pairs of headings from texts of ``tests/blind``, judged by what both
headings say. A pair that nobody has judged counts neither way.
"""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from samples import TESTS

from kg.asking.sparql import load_data, query
from kg.graph.mapping.report import to_quads
from kg.model.frameworks import load_frameworks
from kg.model.ontology import ontology_dir
from kg.model.topics import topics_of
from kg.nlp import extract
from kg.nlp.subjects import find_subjects

REPORTS = (
    "peel-2021-22-brackenshire", "peel-2021-22-calderwick", "peel-2021-22-marlinshire",
    "peel-2023-25-ellandale", "peel-2023-25-harrowmere", "peel-2023-25-thornmere-2",
    "peel-2023-25-calderwick-parts", "peel-2025-27-castlemere", "peel-2025-27-saltmarsh",
    "peel-2025-27-saltmere",
)  # fmt: skip
Pair = tuple[str, str, str]


def judged() -> dict[Pair, bool]:
    lines = (TESTS / "data" / "practice-pairs.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return {(row["topic"], row["problem"], row["practice"]): row["on_subject"] for row in rows}


def quads_of(name: str) -> list[ox.Quad]:
    extraction = extract(TESTS / "blind" / name / "report.txt", given={"id": name})
    report = extraction.report
    framework = next(f for f in load_frameworks() if f.notation == report.framework)
    topics = topics_of(report).find(report.text)
    return to_quads(extraction, framework, topics=topics, subjects=find_subjects(extraction, topics))


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> set[Pair]:
    """What ``problem-to-practice`` answers over the reports."""
    file = Path(tmp_path_factory.mktemp("pairs") / "reports.nq")
    quads = [quad for name in REPORTS for quad in quads_of(name)]
    ox.serialize(quads, output=str(file), format=ox.RdfFormat.N_QUADS)
    frameworks = sorted((ontology_dir() / "frameworks").glob("*.ttl"))
    store = load_data([file, ontology_dir() / "vocabularies" / "topics.ttl", *frameworks])
    answer = query("problem-to-practice", store=store)
    at = [answer.columns.index(name) for name in ("topic", "problem", "practice")]
    return {tuple(str(getattr(row[n], "value", row[n])) for n in at) for row in answer.rows}


def test_four_of_five_pairs_are_on_the_subject(pairs: set[Pair]) -> None:
    known = [on for pair, on in judged().items() if pair in pairs]
    assert len(known) >= 0.8 * len(pairs), "most pairs have to be judged: add them to practice-pairs.jsonl"
    assert sum(known) >= 0.8 * len(known)


def test_four_of_five_good_pairs_are_found(pairs: set[Pair]) -> None:
    good = [pair for pair, on in judged().items() if on]
    assert sum(pair in pairs for pair in good) >= 0.8 * len(good)
