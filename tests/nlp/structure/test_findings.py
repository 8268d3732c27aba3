"""Finding headings and the passages that support them."""

from __future__ import annotations

import pytest
from structure_texts import document, peel, structure

from kg.model.records import Finding
from kg.nlp.structure import find_structure
from kg.nlp.structure.polarity import is_contrary


def findings(body: str) -> tuple[Finding, ...]:
    start = "Northmoor Police is good at investigating crime.\nMain findings\n"
    return structure(peel("Investigating crime", start + body)).findings


def test_a_heading_has_all_paragraphs_and_bullets_up_to_the_next() -> None:
    first, second = findings(
        "The force plans well\nYes. \nIn detail:\n- it plans; and\n- it acts.\nThe force acts well\nYes."
    )
    assert len(first.passages) == 4
    assert (second.heading, second.area, len(second.passages)) == (
        "The force acts well",
        "Investigating crime",
        1,
    )


def test_the_lead_in_below_main_findings_is_no_finding() -> None:
    assert (
        findings(
            "In this section we set out our main findings that relate to investigating crime\nThey are few."
        )
        == ()
    )


@pytest.mark.parametrize(
    "heading", ["Catching criminals", "Use of force", "Diversity data", "Working with partners"]
)
def test_topic_headings_are_no_findings_and_end_the_one_before(heading: str) -> None:
    (finding,) = findings(f"The force plans well\nYes.\n{heading}\nThere are figures.")
    assert len(finding.passages) == 1


def test_headings_of_the_inspectors_summary_are_no_findings() -> None:
    body = "I am pleased.\nThe force investigates crime well\nIt has improved."
    assert structure(peel("HM Inspector’s summary", body)).findings == ()


def test_findings_of_the_area_without_grade_count() -> None:
    body = (
        "Victim service assessment\nWe read 100 files.\nThe force doesn’t answer calls quickly\nIt is slow."
    )
    (finding,) = structure(peel("Providing a service to the victims of crime", body)).findings
    assert (finding.area, finding.polarity) == ("Providing a service to the victims of crime", "negative")


def test_a_grade_label_is_no_passage() -> None:
    (finding,) = findings("The force plans well\nYes.\nGood\nProtecting vulnerable people\nAdequate")
    assert len(finding.passages) == 1


def test_a_heading_without_text_below_is_no_finding() -> None:
    assert findings("The force plans well\nProtecting vulnerable people\nIt is adequate.") == ()


def test_the_data_annex_has_no_findings() -> None:
    text = peel("Investigating crime", "Northmoor Police is good at investigating crime.")
    assert structure(text + "\nThe force records crime well\nSo says the Home Office.").findings == ()


@pytest.mark.parametrize(
    ("heading", "is_annex"),
    [("Annex: data", True), ("Appendix 2 – Terms that we use", True), ("Annex staff are well led", False)],
)
def test_an_annex_on_whatever_is_of_no_area(heading: str, is_annex: bool) -> None:
    text = peel("Investigating crime", "Northmoor Police is good at investigating crime.")
    text = text.replace("About the data", heading) if "About the data" in text else f"{text}\n{heading}"
    areas = {
        section.title: section.area for section in structure(f"{text}\nPopulation\nIt is of 2020.").sections
    }
    assert (areas.get(heading, "none") is None) is is_annex


@pytest.mark.parametrize(
    "line",
    [
        "View the five questions for effectiveness",
        "Read more about how the force investigates crime",
        "Get the press release",
        "This site uses cookies",
        "Back to top",
    ],
)
def test_what_serves_the_page_is_no_finding_and_ends_none(line: str) -> None:
    (finding,) = findings(f"The force plans well\nYes.\n{line}\nIt plans for years.")
    assert (finding.heading, len(finding.passages)) == ("The force plans well", 2)


@pytest.mark.parametrize(
    "line",
    ["Figure 1: Crimes solved by the force", "Table 2 Crimes the force has solved", "Source: Home Office"],
)
def test_a_caption_supports_the_finding_that_it_stands_under(line: str) -> None:
    (finding,) = findings(f"The force plans well\nYes.\n{line}\nIt plans for years.")
    assert (finding.heading, len(finding.passages)) == ("The force plans well", 3)


MARKED = {"Fernshire": 1, "Investigating crime": 2, "The force plans well": 3, "About the data": 2}


@pytest.mark.parametrize(
    "line",
    [
        "The force has no plan for the children who live there and see this every day",
        "2 The Children Act 2004 (Joint Area Reviews) Regulations 2015",
        "Jo Bloggs, Head of Service, who leads the partnership",
    ],
)
def test_where_the_format_marks_headings_a_paragraph_that_ends_open_is_none(line: str) -> None:
    # A PDF loses the mark of a footnote together with the full stop before it.
    text = peel("Investigating crime", f"The force plans well\nYes.\n{line}\nIt plans for years.")
    (finding,) = find_structure(document(text, MARKED)).findings
    assert (finding.heading, len(finding.passages)) == ("The force plans well", 3)


@pytest.mark.parametrize("heading", ["Fighting burglary", "Officers and their cars", "The long view"])
def test_a_heading_below_an_area_that_gives_no_finding_is_said(heading: str) -> None:
    start = f"Northmoor Police is good at investigating crime.\nMain findings\n{heading}\n"
    bare = structure(peel("Investigating crime", start + "There are figures."))
    assert [notice.code for notice in bare.warnings if heading in notice.message] == ["heading-not-modelled"]
    grouping = structure(peel("Investigating crime", start + "The force plans well\nYes."))
    assert not any(heading in notice.message for notice in grouping.warnings)


TURNS = [
    ("The force plans well", "However, few plans are followed.", True),
    ("The force plans well", "But reviews are often late.", True),
    ("The force plans well", "Despite this, some supervisors don’t read the plans.", True),
    ("The force plans well", "Plans are clear, but too many of them are out of date.", True),
    ("The force plans well", "However, the force has since appointed more planners.", False),
    ("The force plans well", "Supervisors read each plan.", False),
    ("The force plans well", "Officers must record each search.", False),
    ("Visits are often late", "However, the unit is well led.", True),
    ("Visits are often late", "Nevertheless, records of visits are good.", True),
    ("Visits are often late", "The unit has ten officers.", False),
    ("Visits are often late", "However, nobody knows why.", False),
    ("Visits are late, but records are good", "However, some records are incomplete.", False),
]


@pytest.mark.parametrize(("heading", "sentence", "turns"), TURNS)
def test_a_sentence_that_turns_against_its_heading_is_said(heading: str, sentence: str, turns: bool) -> None:
    body = f"{heading}\nWe looked at plans. {sentence}"
    (finding,) = findings(body)
    text = structure(
        peel(
            "Investigating crime", "Northmoor Police is good at investigating crime.\nMain findings\n" + body
        )
    ).report.text
    assert [text[start:end] for start, end in finding.contrary] == ([sentence] if turns else [])


@pytest.mark.parametrize(
    ("before", "sentence", "turns"),
    [
        ("The team is effective.", "But we learned that many cases are handled over the telephone.", True),
        ("Its plans are effective.", "Even so, it handles many of them without a sergeant.", True),
        ("It took on ten officers.", "Despite this investment, it will end the year in deficit.", True),
        ("It has few cars.", "The unit is well led, but pressures mean that it works without cars.", True),
        ("Visits are often late.", "But the unit handles the most urgent ones at once.", False),
        ("It has ten officers.", "But it handles calls in two places.", False),
        ("Visits are often late.", "Despite this growth, it handles all calls.", False),
        ("The team is effective.", "But it is well led too.", False),
    ],
)
def test_below_praise_what_is_set_against_praise_and_praises_nothing_is_contrary(
    before: str, sentence: str, turns: bool
) -> None:
    assert is_contrary(sentence, "positive", before) == turns


@pytest.mark.parametrize(
    ("passages", "signs"),
    [
        ("Plans are clear and well kept.\nVisits are overdue.", ("positive", "negative")),
        ("Plans are clear. However, visits are overdue.", ("mixed",)),
        ("The unit has ten officers. Visits are overdue.", ("negative",)),
        ("There are currently 20 officers.\nStaff are well trained.", ("neutral", "positive")),
        (
            "It acts early:\n- it trains its staff well; and\n- it lacks a plan.",
            ("neutral", "positive", "negative"),
        ),
    ],
)
def test_each_passage_has_its_own_polarity(passages: str, signs: tuple[str, ...]) -> None:
    (finding,) = findings(f"The force plans well\n{passages}")
    assert finding.passage_polarity == signs


PAST_TENSE = (
    "The force stopped recording crime",
    "Officers planned operations well",
    "Supervisors referred victims to support services",
    "The force admitted failures in custody",
    "Staff controlled demand in the control room",
    "Leaders committed more money to neighbourhood policing",
    "The force dropped too many investigations",
    "Officers submitted incomplete files",
    "Inspectors met nobody who knew the plan",
    "The control room ran out of call takers",
    "Too few detectives passed their exams",
)


def test_headings_in_the_past_tense_are_findings_with_their_paragraphs() -> None:
    found = findings("\n".join(f"{heading}\nIt did so in 2023." for heading in PAST_TENSE))
    assert [(finding.heading, len(finding.passages)) for finding in found] == [(one, 1) for one in PAST_TENSE]


def test_a_participle_heads_no_finding_and_is_said() -> None:
    body = "Main findings\nOperations planned by officers\nThere were three.\nThe force plans well\nYes."
    read = structure(peel("Investigating crime", f"Northmoor Police is good at investigating crime.\n{body}"))
    assert [finding.heading for finding in read.findings] == ["The force plans well"]
    assert [notice.code for notice in read.warnings] == ["heading-not-modelled"]
