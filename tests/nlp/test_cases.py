"""Whole cases: each folder of ``tests/cases`` has a report and what must come of it, to the byte.

A new case is a folder with a ``report.txt``; ``pytest tests/nlp/test_cases.py --renew`` writes what the tool
makes of it, to be read and committed, and the next run holds it to that.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from samples import TESTS

from kg.graph.mapping.report import to_quads
from kg.graph.writing.turtle import to_turtle
from kg.model.frameworks import load_frameworks
from kg.model.iris import PREFIXES, report_iri
from kg.model.records import Extraction
from kg.model.topics import topics_of
from kg.nlp import explained, extract
from kg.nlp.extraction_json import as_json
from kg.reading import document_from_text

CASES = sorted(path for path in (TESTS / "cases").iterdir() if path.is_dir())


def made(case: Path) -> dict[str, bytes]:
    """The extraction and the graph of a case's report, as files."""
    document = document_from_text((case / "report.txt").read_text(encoding="utf-8"), f"{case.name}.txt")
    extraction = extract(document, given={"id": case.name})
    return {"extraction.json": as_bytes(extraction), "graph.ttl": graph(extraction)}


def as_bytes(extraction: Extraction) -> bytes:
    return (json.dumps(as_json(extraction), ensure_ascii=False, indent=1) + "\n").encode()


def graph(extraction: Extraction) -> bytes:
    report = extraction.report
    framework = next((f for f in load_frameworks() if f.notation == report.framework), None)
    topics = topics_of(report).find(report.text)
    subjects, reasons, lacks = explained(extraction, topics)
    quads = to_quads(extraction, framework, topics=topics, subjects=subjects, reasons=reasons, lacks=lacks)
    return to_turtle(quads, PREFIXES | {"r": report_iri(report.id) + "/"})


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_case_comes_out_as_it_is_on_file(case, request):
    for name, content in made(case).items():
        if request.config.getoption("--renew"):
            (case / name).write_bytes(content)
        assert content.decode() == (case / name).read_text(encoding="utf-8"), name
