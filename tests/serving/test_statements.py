"""Statements as rows of pages."""

from __future__ import annotations

from kg.serving.pages.statements import Shown, seen_once


def test_a_need_that_is_a_findings_heading_is_listed_once_as_that_finding() -> None:
    rows: list[Shown] = [
        {"statement": "finding-1", "word": "finding", "heads": None},
        {"statement": "need-1", "word": "need", "heads": "finding-1"},
        {"statement": "finding-2", "word": "finding", "heads": None},
        {"statement": "need-2", "word": "need", "heads": None},
    ]
    assert [(row["statement"], row["need"]) for row in seen_once(rows)] == [
        ("finding-1", True),
        ("finding-2", False),
        ("need-2", False),
    ]
