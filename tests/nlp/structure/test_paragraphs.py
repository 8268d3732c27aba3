"""Findings without headings: numbered paragraphs, bullets, and what stands below "Inspection findings"."""

from __future__ import annotations

import pytest
from structure_texts import document, peel, structure

from kg.model.records import Finding
from kg.nlp.structure import find_structure

HELP = "The experiences and progress of children who need help and protection"
LEADERS = "Leadership, management and governance"
HEAD = """Fernshire County Council
Inspection of services for children in need of help and protection, children looked after and care leavers
Inspection date: 7 March 2016 – 31 March 2016
Report published: 20 May 2016
Children’s services in Fernshire require improvement to be good
1. Children who need help and protection | Requires improvement
3. Leadership, management and governance | Requires improvement
"""
STATED = (
    "Most children in Fernshire who need help get it early.",
    "Social workers visit children often, and they listen.",
    "Plans are detailed and say who does what.",
    "Thresholds are well understood by partners.",
    "Assessments are not always updated.",
    "Managers do not always record their decisions.",
    "Children who go missing are spoken to.",
)
END = "Information about this inspection\nInspectors looked at cases.\n"


def findings(body: str, head: str = HEAD) -> list[tuple[str | None, str]]:
    return [(found.area, found.heading) for found in structure(head + body + END).findings]


def listed(mark: str, first: int = 10, skip: int | None = None) -> str:
    """The statements with a mark or numbered from ``first``; the number ``skip`` is lost."""
    marks = [mark if mark != "1." else f"{n}. " if n != skip else "" for n in range(first, first + 7)]
    return "".join(f"{mark}{said}\n" for mark, said in zip(marks, STATED, strict=True))


@pytest.mark.parametrize("mark", ["1.", "- ", "• ", "■ "])
@pytest.mark.parametrize(
    "graded", ["", ": Requires improvement", " require improvement", " – requires improvement"]
)
def test_each_numbered_paragraph_or_bullet_below_an_area_is_its_finding(mark: str, graded: str) -> None:
    body = f"{HELP}{graded}\n{listed(mark)}{LEADERS}{graded}\n{listed(mark, 17)}"
    assert findings(body) == [(area, said) for area in (HELP, LEADERS) for said in STATED]


def test_a_paragraph_that_lost_its_number_is_a_finding_still() -> None:
    board = "The effectiveness of the Local Safeguarding Children Board"
    body = f"{HELP}\n{listed('1.', 10, skip=13)}{LEADERS}\n{listed('1.', 17)}{board}\n{listed('1.', 24)}"
    assert findings(body) == [(area, said) for area in (HELP, LEADERS, board) for said in STATED]


def test_a_paragraph_between_two_numbers_in_a_row_goes_on_with_the_one_before() -> None:
    body = f"{HELP}\n{listed('1.')}The council knows this and acts.\n{LEADERS}\n{listed('1.', 17)}"
    found = structure(HEAD + body + END).findings
    assert [finding.heading for finding in found] == [*STATED, *STATED]
    assert len(found[6].passages) == 2


def test_the_imprint_after_the_last_number_is_no_finding() -> None:
    body = f"{HELP}\n{listed('1.')}{LEADERS}\n{listed('1.', 17)}Ofsted inspects services.\nManchester\n"
    assert len(findings(body)) == 14


@pytest.mark.parametrize("heading", ["Inspection findings", "Key findings", "Main findings", "Findings"])
def test_below_a_heading_that_announces_findings_paragraphs_are_findings(heading: str) -> None:
    said = "".join(f"{one}\n" for one in STATED)
    body = f"{HELP}\nSummary\nHelp comes early.\n{heading}\n{said}{LEADERS}\nSummary\nLeaders know it.\n"
    assert findings(body) == [(HELP, said) for said in STATED]


def test_a_summary_is_no_finding_where_findings_are_announced() -> None:
    body = (
        f"{HELP}\nSummary\n- Help comes early.\n- It helps.\n- It lasts.\nInspection findings\n{listed('- ')}"
    )
    assert findings(body) == [(HELP, said) for said in STATED]


def test_a_list_inside_a_bullet_belongs_to_its_lead_in() -> None:
    said = "The board has weaknesses:\n- it meets rarely\n- it is slow.\nPlans are good.\n"
    body = f"{HELP}\nInspection findings\n{said}"
    assert findings(body) == [(HELP, "The board has weaknesses:"), (HELP, "Plans are good.")]


@pytest.mark.parametrize(
    "heading", ["Case study: highly effective practice", "Practice study: area for improvement"]
)
def test_an_example_is_no_finding(heading: str) -> None:
    marked = {
        "Joint targeted area inspection of Fernshire": 1,
        "Key strengths": 2,
        heading: 2,
        "Next steps": 2,
    }
    text = "\n".join((*marked, "You should write a statement."))
    text = text.replace("Key strengths", "This letter summarises our findings.\nKey strengths")
    text = text.replace("Key strengths\n", "Key strengths\nLeaders know their services well.\n")
    text = text.replace(f"{heading}\n", f"{heading}\nOne child was helped at once.\n")
    (found,) = find_structure(document(text, marked)).findings
    assert (found.area, found.heading) == (None, "Leaders know their services well.")


def test_bullets_below_an_area_are_no_findings_where_findings_have_headings() -> None:
    body = "The force plans well\nYes.\nMain findings\n- It plans ahead.\n- It looks back.\n- It acts on it."
    found: tuple[Finding, ...] = structure(peel("Investigating crime", body)).findings
    assert [finding.heading for finding in found] == ["The force plans well"]


@pytest.mark.parametrize("line", ["The judgement about leaders: good.", "Plans for the future.", "He said"])
def test_grades_noun_phrases_and_fragments_state_no_finding(line: str) -> None:
    assert findings(f"{HELP}\nInspection findings\n{line}\nPlans are good.\n") == [(HELP, "Plans are good.")]


@pytest.mark.parametrize(
    "entry", ["How good is the help?", "Help early on", "Staff need to trust the promotion process"]
)
def test_a_numbered_entry_that_ends_open_or_asks_is_no_finding(entry: str) -> None:
    body = f"{HELP}\n{listed('1.')}17. {entry}\n{LEADERS}\n{listed('1.', 18)}"
    assert len(findings(body)) == 14


def test_a_title_that_names_findings_announces_none() -> None:
    text = "Fernshire Police\nInspection findings\nFebruary 2011\nThe authority asked for this inspection.\n"
    assert structure(text).findings == ()


@pytest.mark.parametrize("said", ["Not Judged", "Not judged", "not graded", "Not inspected"])
@pytest.mark.parametrize("mark", [" | ", "\t", ": "])
def test_an_area_that_is_not_judged_has_its_findings(said: str, mark: str) -> None:
    """The report on the Isles of Scilly of 2016, where no child was looked after."""
    achieving = "The experiences and progress of children looked after and achieving permanence"
    body = f"{HELP} | Requires improvement\n{listed('1.')}{achieving}{mark}{said}\n{listed('1.', 17)}"
    found = findings(
        body, HEAD.replace("3.", f"2. Children looked after and achieving permanence{mark}{said}\n3.")
    )
    assert len(found) == 14
    assert {area for area, _ in found[:7]} == {HELP}
    assert {area for area, _ in found[7:]} == {achieving}


JOINT = """Area SEND inspection of Fernshire Local Area Partnership
Inspection dates: 4 to 8 March 2024
What is the area partnership doing that is effective?
Leaders recognise the need to address issues early. They do so.
{strength}
What does the area partnership need to do better?
{fault}
"""


@pytest.mark.parametrize(
    ("strength", "fault", "signs"),
    [
        (
            "Decisions are proportionate to the level of concern.",
            "Schools identify needs at the earliest opportunity. However, many children wait.",
            ["positive", "negative"],
        ),
        (
            "Staff speak of poor experiences, and learn.",
            "Many service reviews are started.",
            ["positive", "negative"],
        ),
        (
            "Visits are often late.",
            "Plans have improved well in the past year. They are clear.",
            ["positive", "positive"],
        ),
    ],
)
def test_a_heading_that_says_which_findings_follow_is_evidence_of_their_polarity(
    strength: str, fault: str, signs: list[str]
) -> None:
    text = JOINT.format(strength=strength, fault=fault)
    headings = {line: 1 for line in text.split("\n") if line.endswith("?")}
    found = find_structure(document(text, headings)).findings
    assert [one.polarity for one in found] == ["positive", *signs]


@pytest.mark.parametrize(
    "lead", ["The board requires improvement because:", "The board is good for these reasons:"]
)
def test_what_a_grade_rests_on_is_found_and_the_line_that_leads_to_it_is_not(lead: str) -> None:
    board = "The effectiveness of the Local Safeguarding Children Board"
    reasons = "".join(f"- {said}\n" for said in STATED[:3])
    body = f"{HELP}\n{listed('1.')}{board}\n17. {lead}\n{reasons}{listed('1.', 18)}"
    assert [said for area, said in findings(body) if area == board] == [*STATED[:3], *STATED]
