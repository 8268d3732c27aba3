"""Overviews of grades in the forms that reports use: each is read as a whole."""

from __future__ import annotations

import pytest
from structure_texts import structure

HEAD = "PEEL 2023–25\nAn inspection of Alnshire Police\nPublished on 14 May 2024\nOur judgments\n"
END = "\nHM Inspector’s summary\nI am pleased with some of what I saw.\n"
PREVENTING = "Preventing and deterring crime and antisocial behaviour, and reducing vulnerability"
MANAGING = "Managing offenders and suspects"
EXPECTED = {
    "Responding to the public": "good",
    MANAGING: "good",
    "Investigating crime": "adequate",
    "Protecting vulnerable people": "requires-improvement",
}


FORMS = (
    "Good\n{0}\n{1}\nAdequate\n{2}\nRequires improvement\n{3}",
    "Good:\n• {0}\n• {1}\nAdequate:\n• {2}\nRequires improvement:\n• {3}",
    "{0} (good)\n{1} (good)\n{2} (adequate)\n{3} (requires improvement)",
    "Good\n- {0}\n- {1}\nAdequate\n- {2}\nRequires improvement\n- {3}",
    "Outstanding\nGood\n{0}\n{1}\nAdequate\n{2}\nRequires improvement\n{3}\nInadequate",
    "Good: {0}, {1}\nAdequate: {2}\nRequires improvement: {3}",
    "Outstanding\nNone\nGood\n{0}; {1}\nAdequate\n{2}\nRequires improvement\n{3}",
    "Good\n{0} and {1}\nAdequate\n{2}\nRequires improvement\n{3}\nInadequate\nNone",
    "Good – {0}; {1}\nAdequate – {2}\nRequires improvement – {3}",
    "Good\t{0}\t{1}\nAdequate\t{2}\nRequires improvement\t{3}",
    "Good | {0} | {1}\nAdequate | {2}\nRequires improvement | {3}",
    "{0}\nGood\n{1}\nGood\n{2}\nAdequate\n{3}\nRequires improvement",
    "{0}: Good\n{1}: Good\n{2}: Adequate\n{3}: Requires improvement",
    "{0} – Good\n{1} – Good\n{2} – Adequate\n{3} – Requires improvement",
    "{0}\tGood\n{1}\tGood\n{2}\tAdequate\n{3}\tRequires improvement",
    "Outstanding\tGood\tAdequate\tRequires improvement\tInadequate\n\t{0}\t{2}\t{3}\n\t{1}\t\t",
    "Good | Adequate | Requires improvement\n{0} | {2} | {3}\n{1} | |",
    "Area | Grade\n{0} | Good\n{1} | Good\n{2} | Adequate\n{3} | Requires improvement",
    "The force is good in two areas: ‘{0}’ and ‘{1}’. It is adequate in one: ‘{2}’. It requires "
    "improvement at {3}.",
)
AREAS = (
    "Responding to the public",
    "Managing offenders",
    "Investigating crime",
    "Protecting vulnerable people",
)


def judged(text: str) -> dict[str, str]:
    return {judgement.area: judgement.grade for judgement in structure(HEAD + text + END).judgements}


def notices(text: str) -> dict[str, str]:
    return {notice.code: notice.message for notice in structure(HEAD + text + END).warnings}


def written(form: str) -> str:
    """The overview in a form; in running text the names of areas are in lower case."""
    lowered = [area[0].lower() + area[1:] for area in AREAS] if form.startswith("The force") else AREAS
    return form.format(*lowered)


@pytest.mark.parametrize("form", FORMS)
def test_an_overview_gives_the_same_judgements_in_every_form(form: str) -> None:
    assert judged(written(form)) == EXPECTED


@pytest.mark.parametrize("form", FORMS)
def test_each_judgement_leads_to_the_words_of_its_area_and_of_its_grade(form: str) -> None:
    text = HEAD + written(form) + END
    for judgement in structure(text).judgements:
        words = {known.slot: text[known.start : known.end] for known in judgement.known}
        assert (
            words["grade"].lower().replace("requires improvement", "requires-improvement") == judgement.grade
        )
        name = MANAGING if words["area"].lower() == "managing offenders" else words["area"]
        assert name.lower() == judgement.area.lower()
        inside = [
            any(a <= known.start and known.end <= b for a, b in judgement.evidence)
            for known in judgement.known
        ]
        assert all(inside)


def test_a_grade_above_its_areas_is_carried_to_them_and_evidence_too() -> None:
    text = HEAD + "Good\nManaging offenders\nResponding to the public\nAdequate\nInvestigating crime" + END
    responding = next(j for j in structure(text).judgements if j.area == "Responding to the public")
    assert {known.slot: known.how for known in responding.known} == {"area": "stated", "grade": "carried"}
    assert [text[start:end] for start, end in responding.evidence] == ["Good", "Responding to the public"]


def test_overview_and_section_are_both_evidence_of_one_judgement() -> None:
    text = (
        HEAD + "Good\nManaging offenders\nResponding to the public\nAdequate\nInvestigating crime" + END
        + "Investigating crime\nAdequate\nAlnshire Police is adequate at investigating crime.\n"
        "The force closes cases too early\nOf 40 cases, 12 were closed early.\n"
    )  # fmt: skip
    investigating = next(j for j in structure(text).judgements if j.area == "Investigating crime")
    quoted = [text[start:end] for start, end in investigating.evidence]
    assert quoted[:2] == ["Adequate", "Investigating crime"]
    assert "Alnshire Police is adequate at investigating crime." in quoted


@pytest.mark.parametrize(
    "text",
    [
        "Good\nTackling fraud\nResponding to the public\nManaging offenders\nAdequate\nInvestigating crime\n"
        "Requires improvement\nProtecting vulnerable people",
        "Good\nResponding to the public\nManaging offenders\nTackling fraud\nAdequate\nInvestigating crime\n"
        "Requires improvement\nProtecting vulnerable people",
        "Tackling fraud\nGood\nResponding to the public\nGood\nManaging offenders\nGood\n"
        "Investigating crime\nAdequate\nProtecting vulnerable people\nRequires improvement",
        "Tackling fraud\tGood\nResponding to the public\tGood\nManaging offenders\tGood\n"
        "Investigating crime\tAdequate\nProtecting vulnerable people\tRequires improvement",
        "Good: Responding to the public, Tackling fraud, Managing offenders\nAdequate: Investigating crime\n"
        "Requires improvement: Protecting vulnerable people",
    ],
)
def test_an_unknown_name_is_said_and_moves_nothing(text: str) -> None:
    assert judged(text) == EXPECTED
    assert "“Tackling fraud” is graded good" in notices(text)["unknown-area"]


def test_an_unknown_name_in_a_list_below_its_grade_is_said_and_the_others_are_read() -> None:
    text = "Good\nManaging offenders; Saving the day; Investigating crime\nAdequate\n" + AREAS[3]
    assert judged(text) == {
        MANAGING: "good", "Investigating crime": "good", "Protecting vulnerable people": "adequate",
    }  # fmt: skip
    assert "“Saving the day” is graded good" in notices(text)["unknown-area"]


def test_a_grade_with_nothing_below_it_takes_no_area() -> None:
    text = (
        "Outstanding\nGood\nResponding to the public\nManaging offenders\nAdequate\nInvestigating crime\n"
        "Requires improvement\nProtecting vulnerable people\nInadequate\nWe also looked at victims."
    )
    assert judged(text) == EXPECTED


@pytest.mark.parametrize("word", ["Not graded", "Ungraded", "To be graded", "Not yet graded"])
def test_what_is_not_graded_takes_no_grade_of_another(word: str) -> None:
    rows = f"Investigating crime\t{word}\nManaging offenders\tGood\nResponding to the public\tAdequate"
    below = f"Investigating crime\n{word}\nManaging offenders\nGood\nResponding to the public\nAdequate"
    above = f"{word}\nInvestigating crime\nGood\nManaging offenders\nAdequate\nResponding to the public"
    for text in (rows, below, above):
        assert judged(text) == {MANAGING: "good", "Responding to the public": "adequate"}


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ("Area | 2021/22 | 2023–25", "adequate"),
        ("Area | 2023–25 | 2021/22", "good"),
        ("Area | Previous grade | Grade", "adequate"),
        ("Area | This inspection | Last inspection", "good"),
    ],
)
def test_of_two_inspections_side_by_side_the_later_is_the_judgement(heads: str, expected: str) -> None:
    text = f"{heads}\nInvestigating crime | Good | Adequate\nManaging offenders | Good | Adequate"
    assert judged(text) == {"Investigating crime": expected, MANAGING: expected}


def test_two_grades_without_heads_are_no_judgement() -> None:
    text = "Investigating crime | Good | Adequate\nManaging offenders | Good | Adequate"
    assert judged(text) == {}
    assert "none is taken" in notices(text)["overview-ambiguous"]


def test_rows_of_a_section_are_no_areas() -> None:
    text = (
        "Keeping people safe\nInvestigating crime\tGood\nManaging offenders\tAdequate\n"
        "Running the force\nResponding to the public\tInadequate"
    )
    assert judged(text) == {
        "Investigating crime": "good", MANAGING: "adequate", "Responding to the public": "inadequate"
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "The force is good in two areas and adequate in four.",
        "The force isn’t good at investigating crime and is not adequate at managing offenders.",
        "The force was good at investigating crime and adequate at managing offenders in 2018.",
        "Few forces are good at investigating crime and adequate at managing offenders.",
        "Northmoor Police is good at investigating crime and adequate at managing offenders.",
    ],
)
def test_tallies_and_sentences_on_others_grade_nothing(text: str) -> None:
    assert judged(text) == {}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("We make graded judgments in eight of these nine as follows:", "8 judgements announced, none read"),
        ("We graded the force in nine areas.\nInvestigating crime: Good\nManaging offenders: Good",
         "9 judgements announced, 2 read"),
    ],
)  # fmt: skip
def test_what_is_announced_and_not_read_is_said(text: str, number: str) -> None:
    assert notices(text)["judgements-not-read"].startswith(number)


def test_nothing_is_missing_where_all_that_is_announced_is_read() -> None:
    text = "We graded the force in two areas.\nInvestigating crime: Good\nManaging offenders: Good"
    assert "judgements-not-read" not in notices(text)


def test_an_area_that_overview_and_section_grade_differently_has_no_judgement() -> None:
    text = (
        HEAD + "Investigating crime: Good\nManaging offenders: Good\nResponding to the public: Good" + END
        + "Investigating crime\nAlnshire Police is inadequate at investigating crime.\nMain findings\n"
        "The force closes cases too early\nOf 40 cases, 12 were closed early.\n"
    )  # fmt: skip
    found = structure(text)
    assert {j.area for j in found.judgements} == {MANAGING, "Responding to the public"}
    assert any(n.code == "grades-disagree" and "none is taken" in n.message for n in found.warnings)


def test_the_section_of_an_area_is_found_beside_its_overview() -> None:
    text = (
        HEAD + "Good\nManaging offenders\nResponding to the public\nAdequate\nInvestigating crime" + END
        + "Investigating crime\nAdequate\nAlnshire Police is adequate at investigating crime.\n"
        "The force closes cases too early\nOf 40 cases, 12 were closed early.\n"
    )  # fmt: skip
    found = structure(text)
    assert [finding.area for finding in found.findings] == ["Investigating crime"]
    assert len(found.judgements) == 3


@pytest.mark.parametrize(
    "lead",
    [
        "Grades of our last inspection",
        "The last inspection report was published in 2021. The judgments were:",
        "Previous grades",
    ],
)
def test_a_list_of_the_grades_of_an_earlier_inspection_is_no_judgement(lead: str) -> None:
    text = f"{lead}\nInvestigating crime: Good\nManaging offenders: Good\nResponding to the public: Adequate"
    assert judged(text) == {}
    assert "earlier inspection" in notices(text)["grades-of-earlier"]


@pytest.mark.parametrize(
    "lead",
    [
        "Grades of Northvale Police\nArea | Grade",
        "For comparison, these are the grades of Northvale Police.\nArea | Grade",
        "Northvale Police’s grades:\nArea | Grade",
        "Area | Previous grade",
        "Area | Target grade",
        "Area | Force’s own grade",
        "Area | Northvale Police",
    ],
)
def test_grades_that_are_said_to_be_others_are_no_judgements(lead: str) -> None:
    rows = "Investigating crime | Good\nManaging offenders | Good\nResponding to the public | Adequate"
    assert judged(f"{lead}\n{rows}") == {}
    assert {"grades-of-earlier", "overview-ambiguous"} & notices(f"{lead}\n{rows}").keys()


@pytest.mark.parametrize(
    "lead", ["Area | Grade", "Area | Alnshire Police", "Grades for Alnshire Police\nArea | Grade"]
)
def test_grades_of_the_inspected_body_are_judgements_whoever_is_named(lead: str) -> None:
    rows = "Investigating crime | Good\nManaging offenders | Good\nResponding to the public | Adequate"
    assert len(judged(f"{lead}\n{rows}")) == 3


@pytest.mark.parametrize(
    "heads", ["Area | 2021/22 | 2023–25", "2021/22 | 2023–25", "Area | Alnshire Police | Kent Police"]
)
def test_a_row_whose_cell_of_this_inspection_is_empty_has_no_grade(heads: str) -> None:
    theirs = "Kent Police" in heads
    one, two = ("| Good", "Adequate | Good") if theirs else ("Good", "Good | Adequate")
    text = (
        f"{heads}\nInvestigating crime | {one}\nResponding to the public | {two}\nManaging offenders | {two}"
    )
    assert judged(text) == {"Responding to the public": "adequate", MANAGING: "adequate"}


TURNED = (
    "not Good",
    "not yet good",
    "previously Good",
    "was Good",
    "Good, previously Inadequate",
    "Good, was Inadequate",
    "Good; in 2021/22 Inadequate",
    "Good or Adequate",
    "Good - Adequate",
    "Requires improvement (Good)",
    "Good (2021/22)",
    "Good (draft)",
    "Good*",
)


@pytest.mark.parametrize("mark", [": ", " – ", " | "])
@pytest.mark.parametrize("said", TURNED)
def test_what_stands_beside_a_grade_makes_it_none(said: str, mark: str) -> None:
    text = f"Investigating crime{mark}{said}\nManaging offenders: Good\nResponding to the public: Adequate"
    assert judged(text) == {MANAGING: "good", "Responding to the public": "adequate"}


@pytest.mark.parametrize(
    "lead",
    [
        "In 2021/22 the grades were:",
        "Our judgments in 2021/22",
        "Grades in PEEL 2021/22",
        "Northvale Police",
        "Most similar forces",
        "The force’s self-assessment",
        "Draft grades",
    ],
)
def test_a_heading_says_whose_the_grades_below_it_are(lead: str) -> None:
    rows = "Investigating crime: Good\nManaging offenders: Good\nResponding to the public: Adequate"
    assert judged(f"{lead}\n{rows}") == {}
    assert "grades-of-earlier" in notices(f"{lead}\n{rows}")


@pytest.mark.parametrize(
    "lead",
    [
        "Our judgments in 2023–25",
        "The grades were:",
        "Alnshire Police",
        "2023–25",
        "Since our visit in 2021 the force has changed, as staff told our survey, and we graded it thus:",
    ],
)
def test_a_heading_of_this_inspection_takes_nothing_away(lead: str) -> None:
    rows = "Investigating crime: Good\nManaging offenders: Good\nResponding to the public: Adequate"
    assert len(judged(f"{lead}\n{rows}")) == 3


@pytest.mark.parametrize(
    "end",
    ["Ungraded areas", "Areas we did not inspect", "Northvale Police", "In 2021/22 it was also good at"],
)
def test_a_line_that_is_no_area_ends_the_group_below_a_grade(end: str) -> None:
    text = f"Good\nInvestigating crime\nManaging offenders\n{end}\nResponding to the public"
    assert judged(text) == {"Investigating crime": "good", MANAGING: "good"}


def test_a_grade_above_the_heading_of_each_area_is_that_of_the_area_below() -> None:
    # Cards of a web page: the last area has no grade behind it, so the first grade is no stray line.
    cards = "Good\n{}\nInadequate\n{}\nAdequate\n{}".format(*AREAS[1:])
    assert list(judged(cards).values()) == ["good", "inadequate", "adequate"]


@pytest.mark.parametrize(("asked", "area"), [("efficient", "Efficiency"), ("effective", "Effectiveness")])
@pytest.mark.parametrize("label", ["To be graded", "Not yet graded"])
def test_the_grade_of_one_question_is_not_that_of_another(asked: str, area: str, label: str) -> None:
    other = {"efficient": "effective", "effective": "efficient"}[asked]
    question = "How {} is the force at keeping people safe and reducing crime?\n"
    text = (
        f"PEEL: Police efficiency 2017\nAn inspection of Alnshire Police\n{question.format(other)}{label}\n"
        f"{question.format(asked)}Good\nAlnshire Police plans well.\n"
    )
    assert [(j.area, j.grade) for j in structure(text).judgements] == [(area, "good")]
