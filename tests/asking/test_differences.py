"""``kg diff``: what two datasets say differently, told by small reports that an editor corrects."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.asking.analysis import Diff
from kg.asking.analysis.differences import COLUMNS, align
from kg.asking.analysis.statements import Statement
from kg.model.errors import CannotRead

TEXT = """PEEL 2023–2025: An inspection of Northmoor Police
Published on: 26 April 2024
Responding to the public
Good
Northmoor Police is good at responding to the public.
Main findings
The force answers emergency calls quickly
In the year ending 31 March 2023, the force answered 92.0 percent of 999 calls within ten seconds.
The force doesn’t always record the wishes of victims
Officers recorded the wishes of victims in 14 of 20 cases. The force should train its officers to do so.
Investigating crime
Inadequate
Northmoor Police is inadequate at investigating crime.
Cause of concern
The force doesn’t supervise its investigations
Recommendations
By 31 March 2025, Northmoor Police should make sure that all investigations are supervised.
"""
FINDING = "The force answers emergency calls quickly"
OTHER = TEXT.replace("Northmoor", "Eastvale").replace("92.0", "81.0")
Build = Callable[..., Path]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Builds reports, given by id and text; gives the folder that has their ``store`` and ``exports``."""

    def built(**reports: str) -> Path:
        folder = tmp_path_factory.mktemp("edition")
        for name, text in reports.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        kg.build([folder / f"{name}.txt" for name in reports],
                 store=folder / "store", exports=folder / "exports")  # fmt: skip
        return folder

    return built


@pytest.fixture(scope="module")
def first(build: Build) -> Path:
    return build(northmoor=TEXT)


def corrected(build: Build, first: Path, old: str, new: str) -> Diff:
    """The difference that a correction of the text makes."""
    assert TEXT.count(old) == 1
    return kg.diff(first / "store", build(northmoor=TEXT.replace(old, new)) / "store")


def said(diff: Diff) -> list[tuple[str, str, str, str | None, str | None]]:
    return [
        (change.change, change.kind, slot.slot, slot.old, slot.new)
        for report in diff.reports
        for change in report.changes
        for slot in change.slots
    ]


def test_the_report_has_what_the_corrections_are_made_in(first: Path) -> None:
    counts = dict(kg.diff(first / "store", without_statements()).reports[0].counts)
    assert counts.keys() == {"judgement", "finding", "box", "need", "figure"}


def without_statements() -> ox.Store:
    """A dataset with a report of another name and nothing in it."""
    store = ox.Store()
    store.update(
        "INSERT DATA { GRAPH <https://kg.example/graph/x> { <https://kg.example/report/x> "
        "a <https://kg.example/ontology#Report> } }"
    )
    return store


@pytest.mark.parametrize("old", ["store", "exports", "exports/northmoor.ttl"])
@pytest.mark.parametrize("new", ["store", "exports", "exports/northmoor.ttl"])
def test_a_store_says_what_its_exports_say(first: Path, old: str, new: str) -> None:
    diff = kg.diff(first / old, first / new)
    assert not diff and diff.same == 1


def test_moved_offsets_are_no_difference(build: Build, first: Path) -> None:
    line = "26 April 2024\n"
    diff = corrected(build, first, line, line + "This edition replaces that of an earlier day.\n")
    assert said(diff) == []
    assert not diff


def test_a_changed_grade_has_both_quotes(build: Build, first: Path) -> None:
    diff = corrected(
        build, first, "Good\nNorthmoor Police is good at", "Adequate\nNorthmoor Police is adequate at"
    )
    assert said(diff) == [("changed", "judgement", "grade", "Good", "Adequate")]
    change = diff.reports[0].changes[0]
    assert change.before and change.after
    assert (change.before.quote, change.after.quote) == ("Good", "Adequate")
    assert change.before.start == TEXT.index("Good\n") == change.after.start
    assert "      grade: Good → Adequate\n" in str(diff)


def test_details_of_a_report_are_compared_too(tmp_path: Path) -> None:
    facts = {
        "publisher": "Audit Board",
        "licence": "Licence",
        "web": "https://kg.example/",
        "attribution": "©",
    }
    for edition, given in (("old", facts), ("new", {key: f"{value}2" for key, value in facts.items()})):
        folder = tmp_path / edition
        folder.mkdir()
        (folder / "northmoor.txt").write_text(TEXT, encoding="utf-8")
        stated = "".join(f'{key} = "{value}"\n' for key, value in given.items())
        (folder / "catalogue.toml").write_text(f'[[report]]\nfile = "northmoor.txt"\n{stated}', "utf-8")
        kg.build([folder], store=tmp_path / f"{edition}-store", exports=tmp_path / f"{edition}-exports")
    (report,) = kg.diff(tmp_path / "old-store", tmp_path / "new-store").reports
    assert {slot.slot for slot in report.slots} == {"publisher", "licence", "web", "rights"}
    assert {slot.slot for change in report.changes for slot in change.slots} == {"said by"}


def test_a_corrected_figure_is_one_change(build: Build, first: Path) -> None:
    diff = corrected(build, first, "92.0 percent", "29.0 percent")
    assert said(diff) == [("changed", "figure", "value", "92", "29")]
    assert diff.reports[0].changes[0].shown.quote == "29.0 percent"


def test_a_corrected_period_of_a_figure_leaves_its_value(build: Build, first: Path) -> None:
    diff = corrected(build, first, "31 March 2023,", "31 March 2022,")
    assert said(diff) == [
        ("changed", "figure", "period begin", "2022-04-01", "2021-04-01"),
        ("changed", "figure", "period end", "2023-03-31", "2022-03-31"),
    ]


def test_an_added_finding_leaves_the_others(build: Build, first: Path) -> None:
    added = "Handlers understand risk well\nThey know whom to send.\n"
    diff = corrected(build, first, "Investigating crime\n", f"{added}Investigating crime\n")
    assert [(c.change, c.kind, c.shown.quote) for c in diff.reports[0].changes] == [
        ("added", "finding", "Handlers understand risk well")
    ]
    assert ("added", "finding", "polarity", None, "positive") in said(diff)
    assert "before:" not in str(diff)


def test_a_removed_finding_is_shown_as_it_was(build: Build, first: Path) -> None:
    diff = kg.diff(
        build(northmoor=TEXT.replace(FINDING, "Handlers understand risk well")) / "store", first / "store"
    )
    found = [(c.change, c.shown.quote) for c in diff.reports[0].changes if c.kind == "finding"]
    assert found == [("removed", "Handlers understand risk well"), ("added", FINDING)]


def test_a_reworded_heading_is_the_same_finding(build: Build, first: Path) -> None:
    diff = corrected(build, first, FINDING, "The force answers most emergency calls quickly")
    assert (
        "changed",
        "finding",
        "heading",
        FINDING,
        "The force answers most emergency calls quickly",
    ) in said(diff)
    assert {change for change, *_ in said(diff)} == {"changed"}


def test_reports_are_added_and_withdrawn(build: Build, first: Path) -> None:
    both = build(northmoor=TEXT, eastvale=OTHER) / "exports"
    added, withdrawn = kg.diff(first / "store", both), kg.diff(both, first / "store")
    assert [(r.change, r.id, r.changes) for r in added.reports] == [("added", "eastvale", ())]
    assert [(r.change, r.id) for r in withdrawn.reports] == [("removed", "eastvale")]
    assert dict(added.reports[0].counts)["judgement"] == 2
    assert str(added).endswith("reports: 1 the same, 0 changed, 1 added, 0 removed")


def test_a_dataset_without_reports_is_no_answer(first: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="the new dataset has no report"):
        kg.diff(first / "store", first / "exports" / "vocabularies.ttl")
    with pytest.raises(CannotRead, match="no such file"):
        kg.diff(tmp_path / "none", first / "store")


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "diff", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8")


def test_the_exit_status_and_the_formats_of_the_command(build: Build, first: Path, tmp_path: Path) -> None:
    other = build(northmoor=TEXT.replace("92.0", "29.0")) / "store"
    same = run(first / "store", first / "exports")
    assert (same.returncode, same.stdout) == (0, "reports: 1 the same, 0 changed, 0 added, 0 removed\n")
    assert run(first / "store", other).returncode == 1
    failed = run(first / "store", tmp_path / "none")
    assert (failed.returncode, failed.stdout, failed.stderr.count("\n")) == (2, "", 1)
    given = json.loads(run(first / "store", other, "--format", "json").stdout)
    assert given["reports"][0]["changes"][0]["slots"] == [{"slot": "value", "old": "92", "new": "29"}]
    head, row = run(first / "store", other, "--format", "csv").stdout.splitlines()
    assert head == ",".join(COLUMNS)
    assert "figure,value,92,29,Main findings,29.0 percent," in row


def test_a_cell_of_the_csv_is_no_formula(build: Build, first: Path, tmp_path: Path) -> None:
    words = "=HYPERLINK(1) 29.0 percent"
    other = build(northmoor=TEXT.replace("92.0 percent", words)) / "store"
    rows = list(csv.reader(run(first / "store", other, "--format", "csv").stdout.splitlines()))
    cells = [cell for row in rows for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)


def test_links_and_pipes_in_a_folder_are_passed_over(first: Path, tmp_path: Path) -> None:
    """A folder that somebody else sent leads to no file elsewhere, and is not waited for."""
    folder = tmp_path / "theirs"
    shutil.copytree(first / "exports", folder)
    os.mkfifo(folder / "pipe.ttl")
    (folder / "zero.ttl").symlink_to("/dev/zero")
    assert not kg.diff(first / "store", folder)


# --- which statement is which ---------------------------------------------------------------------------


def figure(value: str, sentence: str, quote: str, start: int = 0, **slots: str) -> Statement:
    """A figure whose sentence stands at ``start``."""
    place = start + sentence.index(quote)
    said = {"value": (value,), "unit": ("percent",), **{slot: (text,) for slot, text in slots.items()}}
    end, section = place + len(quote), "Main findings"
    return Statement(f"x:{place}-{sentence}", "figure", said, quote, place, end, section, sentence, start)


def values(pairs: list[tuple[Statement, Statement]]) -> list[tuple[str, str]]:
    return sorted((a.slots["value"][0], b.slots["value"][0]) for a, b in pairs)


def test_figures_of_a_sentence_keep_their_order_when_one_is_corrected() -> None:
    was, now = "It rose from 16 percent to 18 percent.", "It rose from 17 percent to 18 percent."
    old = [figure("16", was, "16 percent"), figure("18", was, "18 percent")]
    new = [figure("17", now, "17 percent", 40), figure("18", now, "18 percent", 40)]
    pairs, gone, come = align(old, new)
    assert values(pairs) == [("16", "17"), ("18", "18")]
    assert gone == come == []


def test_another_figure_of_the_same_sentence_is_no_correction() -> None:
    words = "Of these, 16 percent waited a day and 18 percent a week."
    pairs, gone, come = align([figure("16", words, "16 percent")], [figure("18", words, "18 percent")])
    assert (values(pairs), len(gone), len(come)) == ([], 1, 1)


def test_of_equal_statements_those_that_say_the_same_are_paired_first() -> None:
    words = "The force should supervise its staff."

    def need(place: int, area: str) -> Statement:
        return Statement(
            f"x:{place}{area}", "need", {"statement": (words,), "area": (area,)}, words, place, place + 9
        )

    pairs, gone, come = align([need(10, "one"), need(90, "two")], [need(50, "two")])
    assert [(a.slots["area"], b.slots["area"]) for a, b in pairs] == [(("two",), ("two",))]
    assert [s.slots["area"] for s in gone] == [("one",)] and come == []


@pytest.mark.parametrize("alike", [True, False])
def test_time_grows_with_the_number_of_statements(alike: bool) -> None:
    """A hostile dataset: many statements that are almost, or not at all, alike and have no sure sign."""

    def many(count: int, word: str) -> list[Statement]:
        texts = [
            f"the {word} {'same' if alike else f'w{n}'} words stand here in place {word}{n}"
            for n in range(count)
        ]
        return [Statement(f"{word}:{n}", "need", {}, text, n, n + 1) for n, text in enumerate(texts)]

    def seconds(count: int) -> float:
        old, new = many(count, "old"), [replace(s, iri=f"n{s.iri}") for s in many(count, "new")]
        start = time.process_time()
        align(old, new)
        return time.process_time() - start

    seconds(200)
    assert seconds(8000) < 20 * max(seconds(1000), 0.01)


def test_a_pipe_that_is_named_is_one_line_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ttl")
    for ask in (lambda path: kg.diff(path, path), lambda path: kg.query("ASK {}", data=[path])):
        with pytest.raises(CannotRead, match=r"pipe\.ttl: not a regular file"):
            ask(tmp_path / "pipe.ttl")
