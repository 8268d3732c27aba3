"""Pairs of a problem and another body's practice, and of a fault and an earlier one, as people judged them:
is each on the same subject?

``tests/data/practice-pairs.jsonl`` has pairs of headings from texts of ``tests/blind``, judged by what both
headings say; ``practice-pairs-ofsted.jsonl`` and ``repeated-faults-ofsted.jsonl`` pairs of findings of
inspections of children’s services, by report and the end of the finding’s IRI. A pair that nobody has judged
counts neither way.
"""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from linking import links_of
from samples import TESTS, shared

from kg.asking.sparql import load_data, query
from kg.dataset.following.dated_reports import Facts
from kg.dataset.following.parallels import better_elsewhere, likest, told_again, what_is_spoken
from kg.graph.mapping.report import to_quads
from kg.model.frameworks import load_frameworks
from kg.model.iris import parse_part
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
CHILDRENS = {
    "birmingham-childrens-services-inspection-17-january-2019": (
        "80429_birmingham/children's services inspection - 17 january 2019.pdf"
    ),
    "buckinghamshire-childrens-services-inspection-29-january-73778853": (
        "80442_buckinghamshire/children's services inspection - 29 january 2018.pdf"
    ),
    "isles-of-scilly-childrens-services-inspection-19-december-daf7c67b": (
        "80455_isles of scilly/children's services inspection - 19 december 2019.pdf"
    ),
    "barnet-childrens-services-inspection-07-july-2017": (
        "80487_barnet/children's services inspection - 07 july 2017.pdf"
    ),
    "north-yorkshire-childrens-services-inspection-30-june-2014": (
        "80530_north yorkshire/children's services inspection - 30 june 2014.pdf"
    ),
    "surrey-childrens-services-inspection-16-may-2018": (
        "80567_surrey/children's services inspection - 16 may 2018.pdf"
    ),
}
Pair = tuple[str, str, str]


def judged() -> dict[Pair, bool]:
    lines = (TESTS / "data" / "practice-pairs.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return {(row["topic"], row["problem"], row["practice"]): row["on_subject"] for row in rows}


def quads_of(file: Path, given: dict[str, str]) -> list[ox.Quad]:
    extraction = extract(file, given=given)
    report = extraction.report
    framework = next(f for f in load_frameworks() if f.notation == report.framework)
    topics = topics_of(report).find(report.text)
    return to_quads(extraction, framework, topics=topics, subjects=find_subjects(extraction, topics))


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> set[Pair]:
    """What ``problem-to-practice`` answers over the reports."""
    file = Path(tmp_path_factory.mktemp("pairs") / "reports.nq")
    blind = TESTS / "blind"
    of_reports = {name: quads_of(blind / name / "report.txt", {"id": name}) for name in REPORTS}
    quads = [*(quad for those in of_reports.values() for quad in those), *links_of(of_reports)]
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


def test_some_good_pairs_are_found(pairs: set[Pair]) -> None:
    """Pairs with a topic and no words in common are left out: of all such, most are on other things."""
    good = [pair for pair, on in judged().items() if on]
    assert sum(pair in pairs for pair in good) >= 5


def test_pairs_of_childrens_services_are_on_the_subject() -> None:
    """On one topic alone 9 of 64 are, drawn at random: topics such as care leavers are wide."""
    lines = (TESTS / "data" / "practice-pairs-ofsted.jsonl").read_text(encoding="utf-8").splitlines()
    known = {(row["problem"], row["practice"]): row["on_subject"] for row in map(json.loads, lines)}
    of_reports = {
        file: quads_of(shared(f"ofsted-ilacs/{file}"), {"id": report}) for report, file in CHILDRENS.items()
    }
    spoken = [told for quads in of_reports.values() for told in what_is_spoken(Facts(quads))]
    pairs = {(_short(one.one.iri), _short(one.other.iri)) for one in likest(better_elsewhere(spoken))}
    judged_ones = [known[pair] for pair in pairs if pair in known]
    assert len(judged_ones) >= 8 and sum(judged_ones) >= 0.8 * len(judged_ones)


TWICE = {
    "surrey-childrens-services-inspection-03-june-2015": (
        "80567_surrey/children's services inspection - 03 june 2015.pdf"
    ),
    "surrey-childrens-services-inspection-16-may-2018": CHILDRENS[
        "surrey-childrens-services-inspection-16-may-2018"
    ],
}


def test_faults_told_again_are_on_the_subject() -> None:
    lines = (TESTS / "data" / "repeated-faults-ofsted.jsonl").read_text(encoding="utf-8").splitlines()
    known = {(row["later"], row["earlier"]): row["on_subject"] for row in map(json.loads, lines)}
    quads = [quads_of(shared(f"ofsted-ilacs/{file}"), {"id": report}) for report, file in TWICE.items()]
    spoken = [told for each in quads for told in what_is_spoken(Facts(each))]
    found = [known.get((_short(one.one.iri), _short(one.other.iri))) for one in likest(told_again(spoken))]
    judged_ones = [on for on in found if on is not None]
    assert len(judged_ones) >= 3 and sum(judged_ones) >= 0.8 * len(judged_ones)


def _short(iri: str) -> str:
    report, _, key = parse_part(iri) or ("", "", "")
    return f"{report.rpartition('/')[2]} {key.rpartition('-')[2]}"
