"""Which statements are reasons for a grade, on what basis and which way. Northmoor does not exist."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest
from structure_texts import SOURCE

from kg.model.frameworks import load_frameworks
from kg.model.records import (
    BEARINGS,
    REASON_BASES,
    Extraction,
    Finding,
    Judgement,
    Known,
    Reason,
    Report,
)
from kg.nlp import extract
from kg.nlp.reasons import OF_BASIS, OF_KIND, OF_SHARE, find_reasons, lacking
from kg.nlp.subjects import find_subjects

REPORT = Report("r", None, None, None, None, "peel-2023-25", None, None, SOURCE, "", "")
INFLUENCE = "This assessment isn’t graded, but it informs the graded judgements in our other areas."
VICTIMS = f"""Providing a service to the victims of crime
Victim service assessment
We followed 90 cases. {INFLUENCE}
Officers don’t investigate crime well enough
Lines of enquiry are missed. Officers may lose evidence. A good plan increases the chance of a result. \
The force worked without their help. It should plan each enquiry.
The force answers emergency calls quickly
It does."""
INVESTIGATING = """Investigating crime
Northmoor Police is {grade} at investigating crime.
Main findings
The findings below concern investigations.
{findings}"""
WEAK = "Supervisors rarely review investigations\nThey are too few."
STRONG = "Detectives are well trained\nThey are. However, their training isn’t recorded."
REVIEWED = (
    "Supervision of investigations isn’t good enough\n"
    "In our review, supervisors failed to check the plan in 9 of 16 cases we reviewed."
)


def read(tmp_path: Path, *parts: str) -> Extraction:
    head = "PEEL 2023–2025: An inspection of Northmoor Police\nPublished on: 12 June 2024\nOverall summary"
    file = tmp_path / "northmoor.txt"
    file.write_text("\n".join([head, *parts, "About the data\nThe Home Office gave data.\n"]), "utf-8")
    return extract(file)


def reasons(extraction: Extraction) -> tuple[Reason, ...]:
    framework = next(f for f in load_frameworks() if f.notation == extraction.report.framework)
    return find_reasons(extraction, find_subjects(extraction), framework)


def lacks(extraction: Extraction) -> str:
    framework = next(f for f in load_frameworks() if f.notation == extraction.report.framework)
    return lacking(extraction, 0, reasons(extraction), framework)


def told(extraction: Extraction) -> list[tuple[str, str, str]]:
    """Basis, bearing and words of all reasons."""
    text = extraction.report.text
    return [(r.basis, r.bearing, text[slice(*span)]) for r in reasons(extraction) for span in r.words]


def graded(grade: str, findings: str) -> str:
    return INVESTIGATING.format(grade=grade, findings=findings)


@pytest.mark.parametrize(
    ("grade", "weak", "strong"),
    [
        ("inadequate", "supports", "contrary"),
        ("good", "contrary", "supports"),
        ("adequate", "supports", "supports"),
    ],
)
def test_a_fault_supports_a_bad_grade_and_is_contrary_to_a_good_one(
    tmp_path: Path, grade: str, weak: str, strong: str
) -> None:
    found = told(read(tmp_path, graded(grade, f"{WEAK}\n{STRONG}")))
    assert ("section", weak, "Supervisors rarely review investigations") in found
    assert ("section", strong, "Detectives are well trained") in found


def test_words_that_turn_against_their_heading_bear_the_other_way(tmp_path: Path) -> None:
    found = told(read(tmp_path, graded("inadequate", STRONG)))
    assert ("section", "supports", "However, their training isn’t recorded.") in found


@pytest.mark.parametrize(
    ("sentence", "bearing"),
    [
        ("However, while detectives are well trained, their records are poor.", "supports"),
        ("However, although records were poor, detectives are now well trained.", None),
        ("However, detectives are well trained, although their records are poor.", "mixed"),
    ],
)
def test_what_a_sentence_states_counts_and_not_what_it_concedes(
    tmp_path: Path, sentence: str, bearing: str | None
) -> None:
    found = told(read(tmp_path, graded("inadequate", f"Detectives are well trained\nThey are. {sentence}")))
    assert [way for _, way, words in found if words == sentence] == ([bearing] if bearing else [])


def test_a_fault_below_a_fault_that_concedes_something_is_no_contrary_evidence(tmp_path: Path) -> None:
    sentence = "However, while managers work well together, visits are late."
    found = told(read(tmp_path, graded("inadequate", f"{WEAK} {sentence}")))
    assert [way for _, way, words in found if words == sentence] == ["supports"]


OVERALL = """Inspection of Northmoor local authority children’s services
Inspection dates: 6 to 10 May 2024
Judgement | Grade
The impact of leaders on social work practice with children and families | Good
The experiences and progress of children who need help and protection | Requires improvement to be good
The experiences and progress of children in care | Good
The experiences and progress of care leavers | Good
Overall effectiveness | Good
Children in Northmoor receive good services from committed social workers and their managers. Plans are \
not always updated quickly enough. It is our expectation that all children receive good care and support.
What needs to improve?
- The quality of plans is poor.
The experiences and progress of children in care: good
1. Children live in stable homes. Their needs are well understood."""


def test_an_overall_grade_has_its_parts_and_the_sentences_that_sum_it_up(tmp_path: Path) -> None:
    file = tmp_path / "northmoor.txt"
    file.write_text(OVERALL, "utf-8")
    extraction = extract(file)
    overall = [j.area for j in extraction.judgements].index("Overall effectiveness")
    found = [r for r in reasons(extraction) if r.judgement == overall]
    parts = {extraction.judgements[r.index].area: r.bearing for r in found if r.basis == "part"}
    assert parts == {
        "The impact of leaders on social work practice with children and families": "supports",
        "The experiences and progress of children who need help and protection": "contrary",
        "The experiences and progress of children in care": "supports",
        "The experiences and progress of care leavers": "supports",
    }
    text = extraction.report.text
    assert [text[slice(*box.lead_in)] for box in extraction.boxes if box.lead_in] == [
        "What needs to improve?"
    ]
    own = [r for r in found if (r.kind, r.basis) == ("judgement", "section")]
    summed = {text[slice(*span)]: r.bearing for r in own for span in r.words}
    assert summed == {
        "Children in Northmoor receive good services from committed social workers and their managers.": (
            "supports"
        ),
        "Plans are not always updated quickly enough.": "contrary",
    }


WEAK_PART = "Northmoor Police requires improvement at meeting current demands and using resources"
PILLARS = f"""PEEL: Police effectiveness, efficiency and legitimacy 2018/19
An inspection of Northmoor Police
Efficiency
How efficiently does the force operate and how sustainable are its services?
Requires improvement
Northmoor Police requires improvement in its efficiency.
Meeting current demands and using resources
How well does the force use its resources to meet the demand it faces?
Requires improvement
{WEAK_PART}.
The force doesn’t understand its demand
Hidden demand hasn’t been studied. The force has 90 cars.
Planning for the future
How well does the force plan for the future?
Good
Northmoor Police is good at planning for the future.
The force plans its finances well
It does.
"""


def test_a_pillar_has_the_grades_of_its_questions_and_what_is_found_below_them(tmp_path: Path) -> None:
    file = tmp_path / "northmoor.txt"
    file.write_text(PILLARS, "utf-8")
    extraction = extract(file)
    text, pillar = extraction.report.text, [j.area for j in extraction.judgements].index("Efficiency")
    found = [
        (r.bearing, r.kind, text[slice(*span)])
        for r in reasons(extraction)
        if r.judgement == pillar and r.basis == "part"
        for span in r.words
    ]
    assert found == [
        ("supports", "judgement", f"{WEAK_PART}."),
        ("contrary", "judgement", "Northmoor Police is good at planning for the future."),
        ("supports", "finding", "The force doesn’t understand its demand"),
        ("supports", "finding", "Hidden demand hasn’t been studied."),
    ]  # fmt: skip


def test_a_month_is_no_possibility_and_a_strength_that_is_acted_on_is_one(tmp_path: Path) -> None:
    on_time = "Detectives closed 188 of 190 cases well and on time in May 2024."
    heading = "The force knows better what slows its detectives, and it has begun to act on it"
    found = told(read(tmp_path, graded("good", f"{heading}\n{on_time}")))
    assert {words for _, bearing, words in found if bearing == "supports"} == {heading, on_time}


def test_a_summary_that_stands_twice_gives_each_sentence_once_and_no_bare_grade(tmp_path: Path) -> None:
    file = tmp_path / "northmoor.txt"
    summary = "Children in Northmoor receive good services from committed social workers."
    text = OVERALL.replace(
        "Children in Northmoor receive good services", f"{summary} {summary}\nChildren get"
    )
    file.write_text(text.replace("Plans are", "Services have been judged to be good. Plans are"), "utf-8")
    extraction = extract(file)
    overall = [j.area for j in extraction.judgements].index("Overall effectiveness")
    found = [
        r for r in reasons(extraction) if (r.judgement, r.kind, r.basis) == (overall, "judgement", "section")
    ]
    said = [extraction.report.text[slice(*span)] for r in found for span in r.words]
    assert said.count(summary) == 1
    assert not [sentence for sentence in said if "judged" in sentence]


@pytest.mark.parametrize(
    "heading",
    [
        "The force was inspected in 2021 and was judged to be inadequate",
        "Leaders have recently decided that every late visit will be checked",
        "Leaders recognise that visits are late and have taken action",
    ],
)
def test_what_tells_of_another_time_or_is_seen_to_is_no_reason(tmp_path: Path, heading: str) -> None:
    found = told(read(tmp_path, graded("inadequate", f"{heading}\nThey told us so.\n{WEAK}")))
    assert "Supervisors rarely review investigations" in {words for _, _, words in found}
    assert heading not in {words for _, _, words in found}


@pytest.mark.parametrize("between", ["", "Grade:\n"])
def test_a_part_whose_grade_is_a_label_is_quoted_with_its_name(between: str) -> None:
    text = f"Effectiveness\n**Good**\nPreventing fires\n{between}**Requires improvement**\nVisits are late."
    at, heading = text.index("**Requires"), text.index("Preventing fires")
    until = at + len("**Requires improvement**")
    known = (
        Known("area", "stated", heading, heading + 16),
        Known("grade", "stated", at + 2, until - 2),
    )
    label = "Preventing fires and other risks"
    parts = (
        Judgement("Effectiveness", "good", 14, 22),
        Judgement(label, "requires-improvement", at, until, known=known),
    )
    extraction = Extraction(replace(REPORT, text=text), judgements=parts)
    framework = next(f for f in load_frameworks() if f.notation == "frs-2018-19")
    found = [r for r in find_reasons(extraction, (), framework) if r.basis == "part"]
    quoted = f"Preventing fires\n{between}**Requires improvement"
    assert [[text[slice(*span)] for span in r.words] for r in found] == [[quoted]]


@pytest.mark.parametrize(
    ("grade", "findings", "lack"),
    [
        ("inadequate", "Detectives are well trained\nThey are.", "shortcoming"),
        ("good", WEAK, "strength"),
        ("inadequate", WEAK, ""),
        ("inadequate", STRONG, ""),
        ("adequate", WEAK, ""),
    ],
)
def test_what_the_section_does_not_state_is_said(
    tmp_path: Path, grade: str, findings: str, lack: str
) -> None:
    assert lacks(read(tmp_path, VICTIMS, graded(grade, findings))) == lack


def test_a_grade_of_an_overview_alone_has_no_section(tmp_path: Path) -> None:
    assert lacks(read(tmp_path, "Northmoor Police is inadequate at investigating crime.")) == "section"


def test_what_the_report_says_influences_grades_is_a_reason_with_these_words(tmp_path: Path) -> None:
    extraction = read(tmp_path, VICTIMS, graded("inadequate", WEAK))
    found = [r for r in reasons(extraction) if r.basis == "influence"]
    text = extraction.report.text
    assert [
        [text[slice(*span)] for span in reason.words] for reason in found if reason.kind == "finding"
    ] == [["Officers don’t investigate crime well enough", "Lines of enquiry are missed."]]
    assert {reason.ground and text[slice(*reason.ground)] for reason in found} == {INFLUENCE}


@pytest.mark.parametrize(
    "sentence",
    [
        "This assessment doesn’t influence our graded judgements.",
        "This assessment isn’t graded.",
        "The public judges the police by it.",
    ],
)
def test_without_such_words_it_is_only_about_the_area(tmp_path: Path, sentence: str) -> None:
    extraction = read(tmp_path, VICTIMS.replace(INFLUENCE, sentence), graded("inadequate", WEAK))
    found = [r for r in reasons(extraction) if r.basis in ("influence", "subject")]
    assert [(r.basis, r.ground) for r in found if r.kind == "finding"] == [("subject", None)]


def test_what_belongs_to_several_graded_areas_is_a_reason_for_none_of_them(tmp_path: Path) -> None:
    elsewhere = VICTIMS.replace(INFLUENCE, "This assessment isn’t graded.")
    both = elsewhere.replace(
        "Officers don’t investigate crime well enough", "The force has too few detectives"
    )
    for part, bases in ((elsewhere, {"subject"}), (both, set())):
        found = reasons(read(tmp_path, part, graded("inadequate", WEAK)))
        assert {r.basis for r in found if r.kind == "finding"} - {"section"} == bases


CHILDREN = """Inspection of Northmoor City Council children’s services
Inspection dates: 3 to 7 June 2024
What needs to improve?
- The proportion of permanent staff.
- The recording of the rationale for decisions.
- The quality of personal education plans.
Judgement | Grade
The impact of leaders on social work practice with children and families | Good
The experiences and progress of children who need help and protection | Good
The experiences and progress of children in care | Requires improvement to be good
The experiences and progress of care leavers | Good
Overall effectiveness | Good
The experiences and progress of children in care: requires improvement to be good
1. Children in care live in suitable homes."""


def test_a_word_in_passing_is_no_ground_of_the_area_of_an_item(tmp_path: Path) -> None:
    file = tmp_path / "northmoor.txt"
    file.write_text(CHILDREN, "utf-8")
    extraction = extract(file)
    found = [r for r in reasons(extraction) if r.kind == "box"]
    areas = {
        extraction.boxes[r.index].text: extraction.judgements[r.judgement].area
        for r in found
        if r.basis == "subject"
    }
    assert areas == {
        "The proportion of permanent staff.":
            "The impact of leaders on social work practice with children and families",
        "The quality of personal education plans.": "The experiences and progress of children in care",
    }  # fmt: skip


def test_few_who_do_better_are_no_fault(tmp_path: Path) -> None:
    part = "Calls aren’t answered\nIt is slow on the line. Only five forces did better. Calls are lost."
    text = graded("inadequate", part)
    assert "Only five forces did better." not in {words for _, _, words in told(read(tmp_path, text))}


def test_what_may_follow_holds_in_general_or_should_be_is_no_reason(tmp_path: Path) -> None:
    found = {words for _, _, words in told(read(tmp_path, VICTIMS, graded("inadequate", WEAK)))}
    assert "Lines of enquiry are missed." in found
    assert not found & {
        "Officers may lose evidence.",
        "A good plan increases the chance of a result.",
        "The force worked without their help.",
    }


def test_a_topic_of_another_area_is_no_reason(tmp_path: Path) -> None:
    found = told(read(tmp_path, VICTIMS, graded("inadequate", WEAK)))
    assert not [words for _, _, words in found if "emergency calls" in words]


def test_a_share_of_reviewed_cases_is_a_reason_that_weighs_more_the_larger_it_is(tmp_path: Path) -> None:
    more = REVIEWED.replace("9 of 16", "15 of 16")
    (one,) = (r for r in reasons(read(tmp_path, graded("inadequate", REVIEWED))) if r.kind == "figure")
    (two,) = (r for r in reasons(read(tmp_path, graded("inadequate", more))) if r.kind == "figure")
    assert (one.bearing, two.bearing) == ("supports", "supports")
    assert one.weight < two.weight


@pytest.mark.parametrize(("share", "bearing"), [("61 of 92", "supports"), ("90 of 92", "contrary")])
def test_a_good_part_of_the_cases_is_no_strength_yet(tmp_path: Path, share: str, bearing: str) -> None:
    heading = "Investigations aren’t well supervised"
    findings = f"{heading}\nPlans were effective in {share} cases we reviewed."
    found = reasons(read(tmp_path, graded("inadequate", findings)))
    assert [r.bearing for r in found if r.kind == "figure"] == [bearing]


def test_no_share_weighs_more_than_all_cases_even_where_it_was_misread(tmp_path: Path) -> None:
    said = read(tmp_path, graded("inadequate", REVIEWED))
    for numerator in (Decimal(16), Decimal(4800)):
        figures = tuple(replace(f, numerator=f.numerator and numerator) for f in said.figures)
        found = [r for r in reasons(replace(said, figures=figures)) if r.kind == "figure"]
        assert found and all(reason.weight <= 1 for reason in found)


def test_the_inspectors_concern_comes_before_findings_of_the_section(tmp_path: Path) -> None:
    concern = (
        "HM Inspector’s summary\nI have serious concerns about how well Northmoor Police investigates crime."
    )
    first, *rest = reasons(read(tmp_path, concern, graded("inadequate", WEAK)))
    assert (first.basis, first.kind, first.bearing) == ("concern", "concern", "supports")
    assert "section" in {reason.basis for reason in rest}


@pytest.mark.parametrize(
    "grade",
    [
        "inadequate at investigating crime because plans are late.",
        "inadequate at investigating crime. This is because plans are late.",
    ],
)
def test_because_is_the_strongest_ground(tmp_path: Path, grade: str) -> None:
    text = graded("inadequate", WEAK).replace("inadequate at investigating crime.", grade)
    first = reasons(read(tmp_path, text))[0]
    assert (first.basis, first.kind, first.bearing) == ("because", "judgement", "supports")


def test_no_kind_outweighs_a_better_basis() -> None:
    kinds = [Decimal(weight) for weight in OF_KIND.values()]
    most = max(*kinds, Decimal(OF_KIND["figure"]) + OF_SHARE)
    steps = sorted({Decimal(weight) for weight in OF_BASIS.values()})
    assert all(upper - lower > most for lower, upper in pairwise(steps))
    assert set(OF_BASIS) == set(REASON_BASES)


def test_bearings_are_a_closed_list(tmp_path: Path) -> None:
    found = reasons(read(tmp_path, VICTIMS, graded("good", f"{WEAK}\n{STRONG}")))
    assert {reason.bearing for reason in found} <= set(BEARINGS)
    assert {reason.bearing for reason in found} >= {"supports", "contrary"}


@pytest.mark.parametrize(
    "line",
    [
        "inadequate " * 40_000,
        "It influences graded judgements. " * 10_000,
        "because This is why " * 20_000,
    ],
    ids=["grades", "influences", "because"],
)
def test_a_text_made_to_be_slow_is_read_in_time(line: str) -> None:
    text = f"Northmoor Police is inadequate at investigating crime. {line}"
    judgement = Judgement("Investigating crime", "inadequate", 0, 54)
    heading = Finding(line, "Investigating crime", None, "negative", 55, len(text), ())
    extraction = Extraction(replace(REPORT, text=text), judgements=(judgement,) * 8, findings=(heading,))
    begin = perf_counter()
    find_reasons(extraction, (), next(f for f in load_frameworks() if f.notation == "peel-2023-25"))
    assert perf_counter() - begin < 10


@pytest.mark.parametrize(
    ("findings", "words", "given"),
    [
        # How many times as likely something is, is concluded on by its paragraph.
        (f"{WEAK} Black people were 2.9 times as likely to be stopped.", "2.9 times", False),
        (f"{WEAK} Women were four times more likely to wait.", "four times", False),
        (f"{WEAK} Men were 2.9 times as likely to wait, and the force doesn’t know why.", "2.9 times", True),
        # A gap for which savings have been found is no fault by itself.
        (f"{WEAK} It forecasts a gap of £3.1m by 2027 and has found £2.2m of savings.", "a gap", False),
        (f"{WEAK} It forecasts a gap of £3.1m and has found only £0.2m of savings.", "a gap", True),
        # How many cases were handled is neither good nor bad.
        ("Managers give each case enough time\nManagers do. They discussed 1,140 cases.", "1,140", False),
        ("Managers give each case enough time\nManagers do. They trained 40 officers.", "40 off", True),
        (
            "Officers use orders too rarely\nThey do. Courts granted orders on 87 occasions.",
            "87",
            False,
        ),
        (
            "Officers use orders too rarely\nThey do. Courts granted orders on 87 occasions, "
            "down from 140 in 2022.",
            "87",
            True,
        ),
        # Praise at the end of what is told, below a fault.
        (f"{WEAK} All 19 buildings have been visited, and this is good work.", "All 19", True),
        (f"{WEAK} All 19 buildings have been visited. That is good work.", "good work", False),
        (f"{WEAK} All 19 buildings should be visited, and this is good work.", "All 19", False),
    ],
)
def test_what_is_plain_or_two_sided_is_no_reason_by_itself(
    tmp_path: Path, findings: str, words: str, *, given: bool
) -> None:
    found = told(read(tmp_path, graded("adequate", findings)))
    assert any(words in quote for _, _, quote in found) is given


@pytest.mark.parametrize(
    ("sentence", "given"),
    [
        ("We found that 97.1 percent of theft and 90.3 percent of violent crime were recorded.", False),
        ("We found that 97.1 percent of theft was recorded.", True),
    ],
)
def test_a_figure_below_a_heading_of_two_sides_shows_one_of_them(
    tmp_path: Path, sentence: str, *, given: bool
) -> None:
    findings = f"Theft is recorded well, but some violent crime is still missed\nOfficers do. {sentence}"
    found = told(read(tmp_path, graded("good", findings)))
    assert (sentence in [quote for _, _, quote in found]) is given


@pytest.mark.parametrize(
    ("sentence", "given"),
    [
        ("I am impressed by how well Northmoor Police is led.", True),
        ("We were impressed by how effectively the force is led.", True),
        ("I am impressed by how well the operation is led.", False),
    ],
)
def test_how_well_a_body_is_led_is_said_of_its_leadership(
    tmp_path: Path, sentence: str, *, given: bool
) -> None:
    area = "Leadership and force management\nNorthmoor Police is good at leadership and force management."
    found = told(read(tmp_path, f"HM Inspector’s summary\n{sentence}", area))
    assert (("summary", "supports", sentence) in found) is given
