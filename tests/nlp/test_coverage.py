"""The honesty report: what was captured of a text, and a notice for each thing that was not."""

from __future__ import annotations

import json
import logging
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.cli.make import extract_command
from kg.model.records import (
    LOST_HEADING,
    Box,
    Extraction,
    Figure,
    Finding,
    Mention,
    Notice,
    Period,
    Report,
    Section,
    Source,
)
from kg.model.text.sentences import find_sentences
from kg.nlp.coverage import with_coverage
from kg.nlp.coverage.names import find_names

HEAD = "Findings\nOfficers visit schools often\n"
"""The headings of a made-up report of Fennick Police."""


def report_of(text: str) -> Report:
    source = Source("fennick.txt", "0" * 64, "text/plain")
    return Report("fennick", None, None, None, None, None, None, None, source, text, "0" * 64)


def covered(body: str, **records: Any) -> Extraction:
    """A report with a section, a finding and this body, as read with these records more, and counted."""
    text = HEAD + body
    section = Section("section-findings", "Findings", 1, 0, len(text), None)
    finding = Finding("Officers visit schools often", None, None, "positive", 9, 37, ((38, len(text)),))
    read = Extraction(report_of(text), sections=(section,), findings=(finding,), **records)
    return with_coverage(read, find_sentences(text), ())


def place(body: str, words: str) -> tuple[int, int]:
    start = (HEAD + body).index(words)
    return start, start + len(words)


def figure(body: str, words: str, value: str, **slots: Any) -> Figure:
    start, end = place(body, words)
    return Figure(start, end, words, Decimal(value), "count", **slots)


def mention(body: str, words: str, label: str = "ORGANISATION") -> Mention:
    return Mention(*place(body, words), words, label, "https://kg.example/id/x", words)


def share(found: Extraction, what: str) -> tuple[int, int]:
    return next((captured, of) for name, captured, of in found.coverage if name == what)


def noticed(found: Extraction, code: str) -> list[str]:
    return [found.report.text[n.start : n.end] for n in found.warnings if n.code == code]


# --- numbers -----------------------------------------------------------------------------------------


def test_a_number_that_is_no_figure_is_noticed_with_its_place_and_its_words() -> None:
    found = covered("Teams held 412 meetings with parents.")
    assert share(found, "numbers") == (0, 1)
    notice = next(n for n in found.warnings if n.code == "number-not-modelled")
    assert found.report.text[notice.start : notice.end] == "412"
    assert "Teams held 412 meetings" in notice.message


def test_a_number_in_a_figure_is_captured() -> None:
    body = "Teams held 412 meetings with parents."
    found = covered(body, figures=(figure(body, "412 meetings", "412"),))
    assert share(found, "numbers") == (1, 1)
    assert found.warnings == ()


def test_the_whole_of_a_share_is_captured_with_its_part() -> None:
    body = "Plans were in place in 34 files (we read 120)."
    part = figure(body, "34 files", "34", denominator=Decimal(120), sentence_start=len(HEAD))
    assert share(covered(body, figures=(part,)), "numbers") == (2, 2)


def test_a_number_in_a_name_is_captured() -> None:
    body = "The force uses Beacon 7 daily."
    assert share(covered(body, mentions=(mention(body, "Beacon 7", "SYSTEM"),)), "numbers") == (1, 1)


def test_a_number_in_a_period_is_captured() -> None:
    text = "They met on 3 June 2031 in town."
    read = with_coverage(
        Extraction(report_of(text)), find_sentences(text), (Period(12, 23, "2031-06-03", "2031-06-03"),)
    )
    assert share(read, "numbers") == (2, 2)


@pytest.mark.parametrize(
    "body",
    [
        "The target is to answer 90 percent of calls.",
        "Officers must act within six months.",
        "It applies to children aged 14.",
        "We inspect all 43 police forces in England and Wales.",
        "Data on 999 calls comes from others.",
        "One of them had left, and those two stayed.",
    ],
)
def test_a_number_that_a_rule_rules_out_is_no_gap(body: str) -> None:
    found = covered(body)
    captured, of = share(found, "numbers")
    assert captured == of > 0


def test_digits_in_an_unknown_form_are_noticed() -> None:
    assert noticed(covered("The score was 3.4.5 overall."), "number-not-modelled") == ["3.4.5"]


def test_numbers_of_headings_are_not_counted() -> None:
    text = "Plan 2031\nIt works well."
    read = Extraction(report_of(text), sections=(Section("s", "Plan 2031", 1, 0, len(text), None),))
    assert share(with_coverage(read, find_sentences(text)), "numbers") == (0, 0)


# --- names -------------------------------------------------------------------------------------------


def test_a_name_without_a_mention_is_noticed() -> None:
    found = covered("The force works with the Harrow Lane Trust on bail.")
    assert noticed(found, "name-not-linked") == ["Harrow Lane Trust"]
    assert share(found, "names") == (0, 1)


def test_a_name_with_a_mention_is_captured() -> None:
    body = "The force works with the Harrow Lane Trust on bail."
    assert share(covered(body, mentions=(mention(body, "Harrow Lane Trust"),)), "names") == (1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "However, the plan works.",
        "It helped Black people and Somali communities.",
        "They meet on Monday in March.",
        "A band D home pays more.",
        "We think that HM Inspector agrees.".replace(" Inspector", " inspector"),
    ],
)
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    assert find_names(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Beacon Watch helps victims.", ["Beacon Watch"]),
        ("NQRS is late.", ["NQRS"]),
        ("The Society’s Fund for Rural Arts pays.", ["Society’s Fund for Rural Arts"]),
        ("Officers in Beacon use it.", ["Beacon"]),
        ("Quickly Beacon answered.", ["Beacon"]),
    ],
)
def test_names_are_found_as_a_whole(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in find_names(text)] == names


# --- headings, lines, sentences ----------------------------------------------------------------------


def test_headings_that_opened_a_section_or_finding_are_captured() -> None:
    assert share(covered("It is fine."), "headings") == (2, 2)


def test_a_heading_that_became_nothing_is_a_line_that_was_not_parsed() -> None:
    found = covered("It is fine.\nSome forgotten heading\nMore text here.")
    assert share(found, "headings") == (2, 3)
    assert noticed(found, "line-not-parsed") == ["Some forgotten heading"]
    assert share(found, "lines") == (4, 5)


@pytest.mark.parametrize("lost", [False, True])
def test_a_heading_whose_statement_was_lost_is_not_captured_though_it_opens_a_section(lost: bool) -> None:
    text = "Plan\nIt is fine.\nSome section\nMore text here."
    start = text.index("Some")
    section = Section("s", "Some section", 1, start, len(text), "Area")
    notice = Notice(LOST_HEADING, "a heading that became no finding", start, start + len("Some section"))
    whole = Section("p", "Plan", 1, 0, len(text), None)
    read = Extraction(report_of(text), sections=(whole, section), warnings=(notice,) if lost else ())
    found = with_coverage(read, find_sentences(text))
    assert share(found, "headings") == ((1, 2) if lost else (2, 2))
    assert noticed(found, "line-not-parsed") == []


def test_a_line_in_a_box_is_captured() -> None:
    body = "Area for improvement\nThe force should plan\nIt has no plan."
    start = place(body, "Area for")[0]
    box = Box(
        "area-for-improvement", None, "The force should plan", body[21:], None, None, start, start + len(body)
    )
    assert share(covered(body, boxes=(box,)), "headings") == (4, 4)


def test_a_signature_that_is_a_name_and_a_line_of_its_own_is_captured() -> None:
    body = "It is fine.\nFrom: Oona Brill"
    found = covered(body, mentions=(mention(body, "Oona Brill", "PERSON"),))
    assert share(found, "headings") == (3, 3)


def test_text_before_any_section_is_not_parsed() -> None:
    text = "some words that belong nowhere.\nPlan\nIt works."
    start = text.index("Plan")
    read = Extraction(report_of(text), sections=(Section("s", "Plan", 1, start, len(text), None),))
    assert noticed(with_coverage(read, find_sentences(text)), "line-not-parsed") == [
        "some words that belong nowhere."
    ]


def test_a_sentence_counts_as_captured_where_something_was_read_in_it() -> None:
    body = "Officers call often. The Harrow Lane Trust helps."
    found = covered(body, mentions=(mention(body, "Harrow Lane Trust"),))
    assert share(found, "sentences") == (1, 2)


def test_notices_of_the_reading_stay_before_those_of_the_coverage_which_are_in_text_order() -> None:
    text = "It met Beacon Trust 412 times."
    read = Extraction(report_of(text), warnings=(Notice("odd", "odd file"),))
    found = with_coverage(read, find_sentences(text))
    assert [n.code for n in found.warnings] == [
        "odd",
        "line-not-parsed",
        "name-not-linked",
        "number-not-modelled",
    ]
    assert [n.is_detail for n in found.warnings] == [False, True, True, True]


def test_an_empty_text_has_nothing_to_capture() -> None:
    assert {(captured, of) for _, captured, of in with_coverage(Extraction(report_of("")), ()).coverage} == {
        (0, 0)
    }


GAPS = """PEEL 2023–2025: An inspection of Fennick Police
Published on: 26 April 2031
Investigating crime
Good
Fennick Police is good at investigating crime.
Main findings
The force solves crime well
It works with Quernmore Wyre on bail. It works with Ossory Delph too.
"""


@pytest.mark.parametrize("verbose", [False, True])
def test_the_command_counts_gaps_and_lists_them_when_asked(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, verbose: bool
) -> None:
    (tmp_path / "fennick.txt").write_text(GAPS, encoding="utf-8")
    with caplog.at_level(logging.INFO if verbose else logging.WARNING, "kg"):
        done = CliRunner().invoke(extract_command, [str(tmp_path / "fennick.txt")])
    found = [w for w in json.loads(done.stdout)["warnings"] if w["code"] == "name-not-linked"]
    assert [GAPS[w["start"] : w["end"]] for w in found] == ["Quernmore Wyre", "Ossory Delph"]
    said = [record.message for record in caplog.records]
    assert "fennick.txt: 2 numbers, names or lines were not captured (kg --verbose lists them)" in said
    assert sum("Quernmore" in line or "Ossory" in line for line in said) == (2 if verbose else 0)
