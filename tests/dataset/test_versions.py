"""Two versions of one report: both are counted, and a line says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.asking.sparql import query
from kg.dataset.build import build
from kg.dataset.following.dated_reports import DatedReport, Passage
from kg.dataset.following.versions import told, version_quads, versions_of
from kg.model.vocab import DCT, PROV, local_name

BASE = "https://kg.example/report/"
SAID = "The force answers calls within ten seconds and visits victims on the day on which they ask for help."


def versions_told(reports: list[DatedReport]) -> list[str]:
    return [told(version) for version in versions_of(reports)]


def report(id: str, issued: str, *said: str) -> DatedReport:
    passages = tuple(Passage(f"{BASE}{id}/p{n}", "p", text, n) for n, text in enumerate(said))
    return DatedReport(f"{BASE}{id}", "body", "peel", "inspection-report", issued, "text", (), passages, {})


FIRST = report("first", "2024-03-05", SAID, "Its grade is good.")
SECOND = report("second", "2024-03-12", SAID, "Its grade is poor.")
LATER = report(
    "later", "2026-03-05", "The force has too few detectives, and waits grow.", "Its grade is good."
)


def test_a_report_and_its_correction_are_told() -> None:
    (line,) = versions_told([LATER, SECOND, FIRST])
    assert line.startswith("first (2024-03-05) and second (2024-03-12): ")
    assert "both are counted" in line


def test_a_revision_leads_to_what_it_revises() -> None:
    quads = version_quads(versions_of([LATER, SECOND, FIRST]))
    assert {(q.subject.value, q.predicate.value, q.object.value) for q in quads} == {
        (SECOND.iri, DCT.isVersionOf, FIRST.iri),
        (SECOND.iri, PROV.wasRevisionOf, FIRST.iri),
    }


def test_of_three_versions_each_later_one_is_told() -> None:
    third = report("third", "2024-03-19", SAID, "Its grade is fair.")
    assert len(versions_told([FIRST, SECOND, third])) == 2


@pytest.mark.parametrize("other", [{"kind": "revisit-letter"}, {"framework": "peel-2025"}, {"passages": ()}])
def test_what_is_another_document_is_not(other: dict[str, object]) -> None:
    assert versions_told([FIRST, replace(SECOND, **other)]) == []  # type: ignore[arg-type]
    assert versions_told([FIRST, LATER]) == []
    assert versions_told([report("empty", "2024-03-05"), report("none", "2024-03-12")]) == []


def test_each_build_says_so_also_one_that_changes_nothing(tmp_path: Path) -> None:
    text = (
        "PEEL 2023–2025\nAn inspection of Gwent Police\nPublished {day} March 2024\nOverall summary\n"
        f"{SAID}\nInvestigating crime\nGwent Police is {{grade}} at investigating crime.\nMain findings\n"
        f"The force trains its staff\n{SAID}\nThe force knows its demand\n{SAID}\n"
    )
    for day, grade in ((5, "good"), (12, "adequate")):
        (tmp_path / f"gwent-{day}.txt").write_text(text.format(day=day, grade=grade), encoding="utf-8")
    places = {"exports": tmp_path / "exports", "store": tmp_path / "store"}
    for _ in range(2):
        notices = build([*sorted(tmp_path.glob("*.txt"))], **places).notices
        assert sum("gwent-5 (2024-03-05) and gwent-12 (2024-03-12)" in line for line in notices) == 1
    rows = query("SELECT ?old { ?new dct:isVersionOf ?old ; prov:wasRevisionOf ?old }", store=places["store"])
    assert [local_name(str(row[0])) for row in rows.rows] == ["gwent-5"]
