"""Reports that don't name their framework: fire reports without a round, letters, news, early PEEL."""

from __future__ import annotations

import pytest
from structure_texts import structure

from kg.model.records import Extraction

FIRE = "Effectiveness, efficiency and people\nAn inspection of Northmoor Fire and Rescue Service\n"
PILLARS = (
    "Effectiveness\nHow effective is the service at keeping people safe and secure?\n{top}\n"
    "Preventing fires and other risks\n{low}\n"
    "Northmoor Fire and Rescue Service {said} preventing fires and other risks.\n"
    "Home visits reach those most at risk\nIt made 812 visits.\n"
    "Efficiency\nHow efficient is the service at keeping people safe and secure?\nGood\n"
    "Making best use of resources\nGood\nThe service is good at making best use of resources.\n"
    "Plans for money aren’t realistic\nIt relies on reserves.\n"
    "People\nHow well does the service look after its people?\nGood\n"
    "Promoting the right values and culture\nGood\n"
    "The service is good at promoting the right values and culture.\n"
    "Staff trust their leaders\nThey told us so.\n"
)


def fire(head: str, low: str = "Requires improvement", top: str = "Good") -> Extraction:
    verb = low.casefold() if low == "Requires improvement" else f"is {low.casefold()}"
    return structure(FIRE + head + PILLARS.format(top=top, low=low, said=f"{verb} at"))


def grades(found: Extraction) -> dict[str, str]:
    return {judgement.area: judgement.grade for judgement in found.judgements}


def codes(found: Extraction) -> set[str]:
    return {notice.code for notice in found.warnings}


def framework(found: Extraction) -> tuple[str | None, bool]:
    return found.report.framework, "framework-inferred" in codes(found)


# --- fire and rescue services ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Published on: 20 June 2019\n", ("frs-2018-19", True)),
        ("Published on: 27 July 2022\n", ("frs-2021-22", True)),
        ("Published on: 17 May 2024\n", ("frs-2023-25", True)),
        ("Second round of inspections, 2021/22\n", ("frs-2021-22", False)),
        ("Third round of inspections\n", ("frs-2023-25", False)),
        ("Round 2\nPublished on: 27 July 2022\n", ("frs-2021-22", False)),
    ],
)
def test_a_fire_report_follows_its_round_or_its_date(head: str, expected: tuple[str, bool]) -> None:
    found = fire(head)
    assert framework(found) == expected
    assert len(found.judgements) == 6
    assert [finding.area for finding in found.findings] == [
        "Preventing fires and other risks",
        "Making best use of resources",
        "Promoting the right values and culture",
    ]


def test_an_inferred_framework_is_not_a_given_one() -> None:
    assert fire("Published on: 20 June 2019\n").report.given == ()


def test_the_grade_adequate_leads_to_the_rounds_that_have_it() -> None:
    found = fire("", low="Adequate")
    assert framework(found) == ("frs-2023-25", True)
    assert grades(found)["Preventing fires and other risks"] == "adequate"


def test_a_grade_of_another_round_is_kept_and_said() -> None:
    found = fire("Second round of inspections, 2021/22\n", low="Adequate")
    assert grades(found)["Preventing fires and other risks"] == "adequate"
    assert "grade-of-another-cycle" in codes(found)


def test_a_grade_in_brackets_is_that_of_the_last_inspection() -> None:
    found = fire("Published on: 17 May 2024\n", top="Good (last inspection: Requires improvement)")
    assert grades(found)["Effectiveness"] == "good"


def test_not_inspected_before_is_a_note() -> None:
    found = fire("Published on: 17 May 2024\n", top="Adequate (not inspected before)")
    assert grades(found)["Effectiveness"] == "adequate"


def test_a_fourth_round_is_the_one_that_began_in_2025() -> None:
    found = fire("Round 4\nPublished on: 3 November 2026\n", low="Adequate")
    assert framework(found) == ("frs-2025-27", False)
    assert len(found.findings) == 3


def test_a_fire_letter_has_the_area_of_its_heading() -> None:
    text = (
        "Cause of concern revisit letter: Northmoor Fire and Rescue Service\n12 March 2023\n"
        "Dear Chief Fire Officer\nIn 2022 we inspected Northmoor Fire and Rescue Service.\n"
        "Promoting the right values and culture\nStaff now feel able to speak up\nOf 60 people, 52 said so.\n"
        "Preventing fires and other risks\nVisits still take too long to arrange\nThe queue is 90 days.\n"
        "Conclusion\nWe will be back in the autumn.\nHM Inspector of Fire & Rescue Services"
    )
    found = structure(text)
    assert framework(found) == ("frs-2021-22", True)
    assert [(f.area, f.polarity) for f in found.findings] == [
        ("Promoting the right values and culture", "positive"),
        ("Preventing fires and other risks", "negative"),
    ]


# --- letters ---------------------------------------------------------------------------------------------

LETTER = "Progress letter: Northmoor Constabulary\n14 March 2025\nTo the Chief Constable\nBackground\n"


def test_a_letter_follows_the_report_that_it_names() -> None:
    text = LETTER + "We published our PEEL report on your force on 4 May 2022. It had a cause of concern.\n"
    found = structure(text + "Managing offenders and suspects\nVisits are now on time\nNone is late.")
    assert framework(found) == ("peel-2021-22", True)
    assert [f.area for f in found.findings] == ["Managing offenders and suspects"]


def test_a_revised_recommendation_has_its_due_date_and_its_causes_area() -> None:
    text = (
        f"{LETTER}We published our PEEL report on 21 November 2023.\n"
        "Investigating crime\nCases are still not reviewed\nOf 40 cases, 22 had no plan.\n"
        "Cause of concern\nNorthmoor Constabulary doesn’t review its cases\nRevised recommendations\n"
        "By 30 June 2025, Northmoor Constabulary should:\n- review each case; and\n- train its sergeants.\n"
        "Conclusion\nI thank you."
    )
    found = structure(text)
    assert [(b.kind, b.due, b.area) for b in found.boxes] == [
        ("cause-of-concern", "2025-06-30", "Investigating crime"),
        ("recommendation", "2025-06-30", "Investigating crime"),
        ("recommendation", "2025-06-30", "Investigating crime"),
    ]


def test_without_area_headings_a_finding_has_the_area_that_it_is_about() -> None:
    text = (
        f"{LETTER}We published our PEEL report on 21 November 2023.\nProgress since inspection\n"
        "Registered sex offenders are visited on time\nThe offender management team made 300 visits."
    )
    found = structure(text)
    assert [f.area for f in found.findings] == ["Managing offenders and suspects"]


def test_a_letter_grades_nothing_though_areas_head_it() -> None:
    text = LETTER + "Our PEEL report of 21 November 2023 said this.\nInvestigating crime\nInadequate\nIt was."
    assert structure(text).judgements == ()


def test_a_conclusion_ends_the_area_of_a_letter() -> None:
    text = (
        f"{LETTER}We published our PEEL report on 21 November 2023.\n"
        "Investigating crime\nCases are reviewed\nAll are.\nConclusion\nThe force should keep this up."
    )
    assert [need.area for need in structure(text).needs] == [None]


# --- news ------------------------------------------------------------------------------------------------


def test_news_follows_the_cycle_of_its_date_and_its_grades() -> None:
    text = (
        "News\nNorthmoor Police told to speed up\n3 October 2024\n"
        "His Majesty’s Inspectorate of Constabulary and Fire & Rescue Services (HMICFRS) graded the force "
        "‘outstanding’ in one area and ‘adequate’ in seven.\nNotes\n- The report is on our website."
    )
    found = structure(text)
    assert framework(found) == ("peel-2023-25", True)
    assert not found.judgements and not found.findings


def test_news_about_something_else_follows_none() -> None:
    text = (
        "News\nNorthmoor Police opens a station\n3 October 2024\n"
        "Northmoor Police has opened a good new station, and residents say they are glad.\nNotes\n- None."
    )
    assert structure(text).report.framework is None


# --- PEEL without a cycle --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "expected"),
    [("26 April 2024", "peel-2023-25"), ("28 April 2022", "peel-2021-22")],
)
def test_a_peel_report_without_a_cycle_follows_its_date(published: str, expected: str) -> None:
    text = (
        f"PEEL: An inspection of Northmoor Police\nPublished on: {published}\n"
        "Investigating crime\nNorthmoor Police is adequate at investigating crime.\n"
        "Cases are well planned\nOf 40, 38 were.\n"
        "Managing offenders and suspects\nNorthmoor Police is good at managing offenders and suspects.\n"
        "Visits are on time\nAll were.\n"
    )
    found = structure(text)
    assert framework(found) == (expected, True)
    assert len(found.judgements) == len(found.findings) == 2


def test_the_areas_of_2018_19_are_told_from_later_ones() -> None:
    text = (
        "PEEL: An inspection of Northmoor Police\nPublished on: 2 May 2019\n"
        "Effectiveness\nGood\nTackling serious and organised crime\nGood\n"
        "Northmoor Police is good at tackling serious and organised crime.\nGangs are broken up\nNine were.\n"
        "Legitimacy\nGood\nFair treatment of the public\nGood\nPeople are treated with respect\nThey are."
    )
    found = structure(text)
    assert framework(found) == ("peel-2018-19", True)
    assert grades(found)["Fair treatment of the public"] == "good"


def test_an_essay_on_policing_follows_none() -> None:
    text = (
        "Northmoor Police in the twentieth century\nPublished on: 2 May 2019\n"
        "The early years\nThe force was founded in 1857.\nInvestigating crime\nDetectives came in 1901."
    )
    assert structure(text).report.framework is None


def test_areas_alone_are_not_enough_without_a_body() -> None:
    text = "Effectiveness\nWe work.\nEfficiency\nWe save.\nPeople\nWe care."
    assert structure(text).report.framework is None


# --- HMIC 2014 to 2017 -----------------------------------------------------------------------------------


def hmic(body: str, year: int = 2014) -> Extraction:
    return structure(
        f"PEEL: Police effectiveness, efficiency and legitimacy\nNorthmoor Constabulary\n27 November {year}\n"
        f"This is HMIC’s assessment.\n{body}"
    )


def test_a_question_below_a_pillar_about_a_part_of_it_opens_that_part() -> None:
    found = hmic(
        "Effectiveness\nHow effective is the force at reducing crime and preventing offending?\nGood\n"
        "Northmoor Constabulary is good at reducing crime and preventing offending.\n"
        "Crime has fallen faster here than elsewhere\nBy 23 percent.\n"
        "How effective is the force at investigating offending?\nRequires improvement\n"
        "Northmoor Constabulary requires improvement at investigating offending.\n"
        "Detectives lack training\nNine had none.\n"
    )
    assert grades(found) == {
        "Reducing crime and preventing offending": "good",
        "Investigating offending": "requires-improvement",
    }
    assert [f.area for f in found.findings] == list(grades(found))


def test_a_question_that_repeats_its_pillar_opens_nothing_else() -> None:
    found = hmic(
        "Efficiency\nGood\nHow well does the force provide value for money?\n"
        "Northmoor Constabulary is good at providing value for money.\nIts budget is balanced\nIt is.\n"
    )
    assert grades(found) == {"Efficiency": "good"}
    assert [f.area for f in found.findings] == ["Efficiency"]


def test_a_pillar_without_a_grade_has_findings_and_no_judgement() -> None:
    found = hmic(
        "Legitimacy\nDoes the force act with integrity?\nHMIC gives no grade for legitimacy this year.\n"
        "Complaints are dealt with openly\nIn 88 days on average.\n"
    )
    assert found.judgements == ()
    assert [(f.area, f.polarity) for f in found.findings] == [("Legitimacy", "positive")]


def test_the_questions_of_2016_open_their_areas() -> None:
    found = hmic(
        "Effectiveness\nHow effective is the force at keeping people safe and reducing crime?\nGood\n"
        "How effective is the force at tackling serious and organised crime?\nOutstanding\n"
        "Organised gangs are mapped well\nThere are 34.\n",
        2016,
    )
    assert grades(found) == {
        "Effectiveness": "good",
        "Tackling serious and organised crime": "outstanding",
    }


@pytest.mark.parametrize(
    ("month", "notation"),
    [("July 2022", "frs-2021-22"), ("May 2019", "frs-2018-19"), ("June 2024", "frs-2023-25")],
)
def test_the_month_of_a_report_in_its_title_decides_its_round(month: str, notation: str) -> None:
    title = f"Fire and rescue service inspection report, {month}\nNorthmoor Fire and Rescue Service\n"
    text = title + PILLARS.format(top="Good", low="Requires improvement", said="requires improvement at")
    assert structure(text).report.framework == notation
