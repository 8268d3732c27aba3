"""The honesty report: what was captured of a text, and a notice for each thing that was not."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from samples import SMALL_REPORT

from kg.cli.make import extract_command, show_notices
from kg.model.records import (
    LOST_HEADING,
    Box,
    Concern,
    Extraction,
    Figure,
    Finding,
    Judgement,
    Mention,
    Notice,
    Period,
    Report,
    Section,
    Source,
)
from kg.model.text.sentences import find_sentences
from kg.nlp import extract
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
        "They met on 7 March.",
        "In our 2018 inspection it was late, as its plan for 2020–23 says.",
    ],
)
def test_a_number_that_a_rule_rules_out_is_no_gap_but_told_with_its_rule(body: str) -> None:
    found = covered(body)
    assert share(found, "numbers") == (0, 0)
    ruled_out, of = share(found, "numbers ruled out")
    assert ruled_out == of == len(noticed(found, "number-ruled-out")) > 0
    assert all(n.message.startswith("no figure by n") for n in found.warnings if n.code == "number-ruled-out")


@pytest.mark.parametrize(
    ("body", "numbers"),
    [
        ("It has three desks and 4½ vans.", ["three", "4½"]),
        ("A third of them left, two-thirds (69 percent) stayed.", ["A third", "two-thirds", "69"]),
        ("It has the fifth highest rate and twice the average.", ["fifth", "twice"]),
        ("It fell from 30th place to 9th.", ["30", "9"]),
        ("Only one of these came; one officer in six left.", ["one", "one officer in six"]),
        (
            "In all, three hundred and five of forty-two thousand came.",
            ["three hundred and five", "forty-two thousand"],
        ),
        ("The panel met only twice in 2023. The board met once.", ["twice", "once"]),
        ("It issued 35 notices and brought no prosecutions.", ["35", "no"]),
        ("Of these, a fifth left; the rest fell almost twice as fast.", ["a fifth", "twice"]),
        ("In one case nobody came, and the council has one secure bed.", ["one", "one"]),
        ("It takes four fifths.", ["four fifths"]),  # no figure of four
    ],
)
def test_numbers_are_seen_without_the_code_that_finds_figures(body: str, numbers: list[str]) -> None:
    assert noticed(covered(body), "number-not-modelled") == numbers


@pytest.mark.parametrize(
    "body",
    [
        "One of them said that no one knew, one by one.",
        "It opens at 9am in the 21st century with COVID-19 rules.",
        "This is ISBN: 978-1-78246-391-7.",
        "It has a two-year plan.",
    ],
)
def test_what_counts_nothing_is_no_number(body: str) -> None:
    assert share(covered(body), "numbers ruled out") == (0, 0)


def test_a_whole_that_is_counted_needs_a_figure_of_its_own() -> None:
    body = "It read 120 files, and in 34 files there was a plan."
    part = figure(body, "34 files", "34", denominator=Decimal(120), sentence_start=len(HEAD))
    assert noticed(covered(body, figures=(part,)), "number-not-modelled") == ["120"]


def test_a_number_that_a_figure_holds_in_part_is_not_captured() -> None:
    body = "The wait is 4½ minutes."
    assert noticed(covered(body, figures=(figure(body, "4", "4"),)), "number-ruled-out") == ["4½"]


def test_digits_in_an_unknown_form_are_noticed() -> None:
    assert noticed(covered("The score was 3.4.5 overall."), "number-not-modelled") == ["3.4.5"]
    assert noticed(covered("It answered 1 243 calls."), "number-not-modelled") == ["1", "243"]


def test_a_part_in_words_is_captured_by_a_figure_of_its_value_only() -> None:
    body = "Pay takes four fifths of it, and cars a third."
    four = figure(body, "four fifths", "4")
    third = figure(body, "a third", "0.333333333", numerator=Decimal(1), denominator=Decimal(3))
    assert noticed(covered(body, figures=(four, third)), "number-not-modelled") == ["four fifths"]


def test_a_count_of_years_size_is_no_year() -> None:
    assert noticed(covered("It has 1950 officers."), "number-not-modelled") == ["1950"]


def test_numbers_of_headings_are_not_counted() -> None:
    text = "Plan 31 of ours\nIt works well."
    read = Extraction(report_of(text), sections=(Section("s", "Plan 31 of ours", 1, 0, len(text), None),))
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


def test_a_heading_that_became_nothing_is_named() -> None:
    found = covered("It is fine.\nSome forgotten heading\nMore text here.")
    assert share(found, "headings") == (2, 3)
    assert noticed(found, "heading-not-modelled") == ["Some forgotten heading"]
    assert noticed(found, "line-not-parsed") == []
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


@pytest.mark.parametrize(
    ("heading", "is_gap"),
    [
        ("Officers planned operations well", True),
        ("The force stopped recording crime", True),
        ("Staff controlled demand in the control room", True),
        ("Leaders have no plan", True),
        ("Catching criminals", False),
        ("Support for victims", False),
        ("How well does the force plan", False),
        ("Main findings", False),
    ],
)
def test_a_section_under_a_heading_that_states_something_is_no_finding(heading: str, is_gap: bool) -> None:
    body = f"It is fine.\n{heading}\nMore text here."
    start = place(body, heading)[0]
    section = Section("section-x", heading, 3, start, len(HEAD + body), "Investigating crime")
    text = HEAD + body
    whole = Section("section-findings", "Findings", 1, 0, len(text), None)
    finding = Finding("Officers visit schools often", None, None, "positive", 9, 37, ((38, start),))
    read = Extraction(report_of(text), sections=(whole, section), findings=(finding,))
    found = with_coverage(read, find_sentences(text))
    assert noticed(found, "heading-not-modelled") == ([heading] if is_gap else [])


@pytest.mark.parametrize(
    "line", ["Published on 14 November 2031", "An inspection of Fennick Police", "Sent on", "Area\tGrade"]
)
def test_what_tells_of_the_report_is_no_heading(line: str) -> None:
    assert share(covered(f"It is fine.\n{line}\nMore text here."), "headings") == (2, 2)


# --- grades, boxes, concerns -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("Good\nIt is fine.", ["Good"]),
        ("It is fine.\nEfficiency: Requires improvement\nMore text here.", ["Requires improvement"]),
        ("Fennick Police is inadequate at investigating crime.", ["Police is inadequate"]),
        ("It was judged to be good.", ["It was judged to be good"]),
        ("It was not judged to be good.", []),
        ("Inspectors rated the brigade as outstanding.", ["rated the brigade as outstanding"]),
        ("They were:\n• How well does it investigate crime? (Good)\nMore text here.", ["Good"]),
        (
            "The extent to which the force is effective at keeping people safe is good.",
            ["extent to which the force is effective at keeping people safe is good"],
        ),
        ("In our last inspection it was judged to be good.", []),
        ("Two homes were judged to be good.", []),
        ("The constabulary was graded outstanding in one area.", []),
        ("The plan is good.", []),
    ],
)
def test_a_grade_that_no_judgement_has_is_named(body: str, named: list[str]) -> None:
    assert noticed(covered(body), "grade-not-modelled") == named


def test_a_grade_is_captured_where_a_judgement_rests_on_it() -> None:
    body = "Fennick Police is inadequate at investigating crime."
    judgement = Judgement("Investigating crime", "inadequate", *place(body, body))
    found = covered(body, judgements=(judgement,))
    assert share(found, "grades") == (1, 1)


def test_an_area_without_a_judgement_is_named_in_a_report_that_grades() -> None:
    text = "Our judgments\nGood\nInvestigating crime\nManaging offenders\nIt is fine."
    report = replace(report_of(text), framework="peel-2023-25")
    judged = Judgement("Investigating crime", "good", 14, 38, ((14, 18), (19, 38)))
    found = with_coverage(Extraction(report, judgements=(judged,)), find_sentences(text))
    assert noticed(found, "grade-not-modelled") == ["Managing offenders"]


def graded(text: str, *judged: Judgement, sections: tuple[Section, ...] = ()) -> Extraction:
    """A report of PEEL 2023–25 as read, and counted."""
    report = replace(report_of(text), framework="peel-2023-25")
    read = Extraction(report, sections=sections, judgements=judged)
    return with_coverage(read, find_sentences(text))


@pytest.mark.parametrize(
    "text",
    [
        "Good: investigating crime; managing offenders",
        "Inspectors graded it as good at investigating crime and managing offenders.",
        "It was found to be ‘good’ in:\n- investigating crime\n- managing offenders",
    ],
)
def test_each_area_that_is_named_beside_a_grade_has_to_have_a_judgement(text: str) -> None:
    text = f"Fennick Police has heard from us.\n{text}\n"
    start = text.index("investigating crime")
    judged = Judgement("Investigating crime", "good", start, start + len("investigating crime"))
    assert "managing offenders" in noticed(graded(text, judged), "grade-not-modelled")
    assert "investigating crime" not in noticed(graded(text, judged), "grade-not-modelled")


@pytest.mark.parametrize(
    "heading",
    ["Managing offenders", "How effective is the force at watching those it has arrested?\nGood"],
)
def test_the_heading_of_an_area_that_opened_no_section_is_named(heading: str) -> None:
    prose = "Those who have been arrested are watched by trained and by supervised staff.\n"
    text = f"Investigating crime\n{prose * 3}{heading}\n{prose}"
    section = Section("one", "Investigating crime", 2, 0, len(text), "Investigating crime")
    first = heading.partition("\n")[0]
    assert first in noticed(graded(text, sections=(section,)), "heading-not-modelled")
    begin = text.index(first)
    both = (section, Section("two", first, 2, begin, len(text), "Managing offenders and suspects"))
    assert first not in noticed(graded(text, sections=both), "heading-not-modelled")


def test_a_row_of_numbers_is_no_heading() -> None:
    body = "It is fine.\n1,655 police staff, of whom 63 percent are women\nMore text here."
    assert share(covered(body), "headings") == (2, 2)


BOXED = """It is fine.
Cause of concern
The force has no plan for it.
Recommendations
By 30 June 2031, the force should:
- visit on time; and
- record each visit.
"""


def test_a_heading_in_the_place_of_boxes_that_became_a_finding_is_named(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(
        SMALL_REPORT.replace(
            "Main findings\n", "Staff use a new tool each day\nIt saves them time.\nMain findings\n"
        ),
        encoding="utf-8",
    )
    assert noticed(extract(file, given={}), "box-not-modelled") == ["Staff use a new tool each day"]


def test_names_of_findings_and_words_that_have_their_capital_inside_too_are_seen() -> None:
    body = "Vexer is used well. Officers carry Vexer at night."
    assert noticed(covered(body), "name-not-linked") == ["Vexer", "Vexer"]


def test_labels_and_demands_that_became_no_box_are_named() -> None:
    assert noticed(covered(BOXED), "box-not-modelled") == [
        "Cause of concern", "Recommendations", "- visit on time; and", "- record each visit.",
    ]  # fmt: skip


def test_each_item_of_a_list_of_recommendations_has_to_be_one() -> None:
    start, end = place(BOXED, BOXED[12:])
    cause = Box("cause-of-concern", None, None, "It has no plan.", None, None, start, end)
    asked = Box("recommendation", "1", None, "visit on time", None, None, *place(BOXED, "visit on time"))
    found = covered(BOXED, boxes=(cause, asked))
    assert noticed(found, "box-not-modelled") == ["- record each visit."]
    assert share(found, "boxes") == (3, 4)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("I am seriously concerned about bail.", "concern-not-modelled"),
        ("We have serious concerns about how well it runs.", "concern-not-modelled"),
        ("The force needs to make sure that plans are kept.", "need-not-modelled"),
        ("I am, however, concerned about bail.", "concern-not-modelled"),
        ("How it manages offenders concerns me.", "concern-not-modelled"),
        ("More should be done for victims.", "need-not-modelled"),
        ("The case file improvement group should find out.", "need-not-modelled"),
        ("There is scope for the force to do more.", "need-not-modelled"),
        ("Sergeants need more support.", "need-not-modelled"),
    ],
)
def test_concerns_and_needs_that_were_not_read_are_named(body: str, code: str) -> None:
    assert noticed(covered(body), code) == [body]


def test_each_of_two_concerns_of_a_sentence_has_to_be_one() -> None:
    body = "I have concerns about bail, and I am worried about its vans."
    first = Concern("concerns about bail", *place(body, "concerns about bail"), ())
    assert noticed(covered(body, concerns=(first,)), "concern-not-modelled") == [
        "I am worried about its vans."
    ]


def test_victims_who_are_concerned_are_no_concern_of_the_inspectors() -> None:
    assert (
        noticed(covered("Victims are concerned about bail. It needs no help."), "concern-not-modelled") == []
    )


def test_a_line_in_a_box_is_captured() -> None:
    body = "Area for improvement\nThe force should plan\nIt has no plan."
    start = place(body, "Area for")[0]
    box = Box(
        "area-for-improvement", None, "The force should plan", body[21:], None, None, start, start + len(body)
    )
    assert share(covered(body, boxes=(box,)), "headings") == (4, 4)


def test_a_signature_that_is_a_name_and_a_line_of_its_own_is_captured() -> None:
    body = "It is fine.\nSigned: Oona Brill\nMore text here."
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
It works with Quernmore Wyre on bail. It works with Ossory Delph too. It begins at 16 years of age.
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
    assert "fennick.txt: 2 names not captured; 1 number no figure by a rule (kg --verbose lists them)" in said
    assert sum("Quernmore" in line or "Ossory" in line for line in said) == (2 if verbose else 0)


@pytest.mark.parametrize(
    "line",
    [
        "Dear Chief Constable",
        "Our reference: REV/24/0117",
        "6th Floor, Globe House",
        "By email",
        "On this page",
        "21 November 2024, 00:01",
        "© HMIC 2017",
        "Police effectiveness, efficiency and legitimacy",
        "Yours sincerely",
    ],
)
def test_what_serves_a_letter_or_page_is_no_heading_and_has_no_figures(line: str) -> None:
    codes = [n.code for n in covered(f"Officers visit schools.\n{line}\nThey listen.").warnings]
    assert LOST_HEADING not in codes and "number-not-modelled" not in codes


def test_entries_of_a_contents_list_are_no_headings() -> None:
    listed = "Tackling fraud\nCatching thieves\nGuarding the coast"
    below = "".join(f"\n{line}\nIt does." for line in listed.split("\n"))
    text = f"Contents\n{listed}{below}"
    lost = [n.start for n in covered(text).warnings if n.code == LOST_HEADING]
    assert len(lost) == 3 and min(lost) > len(HEAD + listed)


@pytest.mark.parametrize(
    "sentence",
    [
        "We set out where the force should improve.",
        "I don’t underestimate how much improvement is needed.",
        "The force has the arrangements that it needs.",
        "You don’t need to do so.",
        "It isn’t where it needs to be.",
    ],
)
def test_a_need_that_is_only_known_or_denied_is_no_gap(sentence: str) -> None:
    assert "need-not-modelled" not in {n.code for n in covered(sentence).warnings}


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("What troubled me most was the state of its files.", "concern-not-modelled"),
        ("I also came away uneasy about the control of offenders.", "concern-not-modelled"),
        ("Nor am I yet assured that governance is strong.", "concern-not-modelled"),
        ("The head of contact should make this somebody’s job.", "need-not-modelled"),
        ("The force would also benefit from a visit.", "need-not-modelled"),
        ("It found that Fennick Police was ‘good’ in its use of powers.", "grade-not-modelled"),
        ("Both areas were both found to be inadequate.", "grade-not-modelled"),
    ],
)
def test_other_words_of_concern_need_and_grade_are_seen(sentence: str, code: str) -> None:
    assert code in {n.code for n in covered(sentence).warnings}


@pytest.mark.parametrize(
    "sentence",
    [
        "‘Good’ ratings were given for preventing crime.",
        "It received a ‘good’ rating in leadership and an ‘adequate’ one for its plans.",
        'The lower grades, all "adequate", were for values and culture.',
        "Inspectors praised how it manages offenders, with a rating of outstanding.",
    ],
)
def test_a_grade_that_is_set_apart_counts_whoever_is_named_beside_it(sentence: str) -> None:
    assert "grade-not-modelled" in {n.code for n in covered(sentence).warnings}


@pytest.mark.parametrize(
    "sentence",
    [
        "We grade forces as ‘outstanding’, ‘good’, ‘adequate’, ‘requires improvement’ or ‘inadequate’.",
        "It was given no ‘outstanding’ or ‘inadequate’ grades.",
        "The ‘adequate’ grade is new in this cycle.",
        "It has done good work on its plans.",
    ],
)
def test_the_scale_of_grades_and_a_tally_are_no_lost_grades(sentence: str) -> None:
    assert noticed(covered(sentence), "grade-not-modelled") == []


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("It has tested its flood plan twice since January 2021.", "twice"),
        ("Crews made 8,120 visits, more than double the 3,905 of the year before.", "double"),
        ("Reports fell from eight in June 2021 to one in the same month of 2022.", "one"),
        ("It has 12 nurses and no vacancies.", "no"),
        ("There were nine cases, and in none of them had the victim been told.", "none"),
    ],
)
def test_numbers_in_small_words_are_counted(sentence: str, number: str) -> None:
    assert number in noticed(covered(sentence), "number-not-modelled")


def test_the_command_counts_doubtful_figures_apart(caplog: pytest.LogCaptureFixture) -> None:
    notices = [
        Notice("doubtful-slot", "period of “9 vans” is a close choice: read the sentence", 3, 9),
        Notice("number-ruled-out", "no figure by number.age: “16 years”", 20, 28),
    ]
    with caplog.at_level(logging.WARNING, "kg"):
        show_notices("fennick.txt", notices)
    said = "1 number no figure by a rule; 1 figure with a doubtful slot (kg --verbose lists them)"
    assert [record.message for record in caplog.records] == [f"fennick.txt: {said}"]


@pytest.mark.parametrize("said", ["not Good", "Good*", "Good (draft)", "Good, previously Inadequate"])
def test_a_grade_behind_an_area_that_is_no_judgement_is_noticed(said: str, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    line = f"Investigating crime: {said}"
    file.write_text(
        "PEEL 2023–25\nAn inspection of Kent Police\nOur judgments\n"
        f"{line}\nResponding to the public: Adequate\n",
        encoding="utf-8",
    )
    found = extract(file, given={})
    assert [judgement.grade for judgement in found.judgements] == ["adequate"]
    assert line in noticed(found, "grade-not-modelled")


OVERVIEW = """PEEL 2023–25
An inspection of Kent Police
Our judgments
Good
Responding to the public
Adequate
Investigating crime
{said}
HM Inspector’s summary
I am pleased.
Leadership and force management
Leaders know their force well, and they visit every station twice a year.
"""


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (
            "We don’t grade these areas:\nProviding a service to the victims of crime\n"
            "Leadership and force management",
            0,
        ),
        ("Areas that were not graded:\n- Leadership and force management", 0),
        ("Leadership and force management | Not graded this time", 0),
        ("We inspected leadership and force management, but did not grade it.", 0),
        ("We will publish more about leadership and force management.", 1),
        ("We don’t grade these areas:\nProviding a service to the victims of crime", 1),
    ],
)
def test_an_area_that_the_report_does_not_grade_is_no_gap(said: str, named: int, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(OVERVIEW.format(said=said), encoding="utf-8")
    found = extract(file, given={})
    assert len(found.judgements) == 2
    assert noticed(found, "grade-not-modelled") == ["Leadership and force management"] * named
