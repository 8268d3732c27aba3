"""Grades in news: the past tense, areas as subjects and in other words, lists by grade, several bodies."""

from __future__ import annotations

import pytest
from structure_texts import structure

from kg.model.records import Extraction
from kg.model.text.comparing import content_stems

NEWS = (
    "News\nAlnshire Police must improve\n14 May 2024\n"
    "HMICFRS has published its PEEL 2023–25 report on Alnshire Police.\n"
)
RESPONDING, INVESTIGATING = "Responding to the public", "Investigating crime"
OFFENDERS, PEOPLE = "Managing offenders and suspects", "Protecting vulnerable people"
POWERS = "Police powers and treating the public fairly and respectfully"
LEADERS = "Leadership and force management"
GOOD, ADEQUATE, INADEQUATE, IMPROVE = "good", "adequate", "inadequate", "requires-improvement"


def grades(text: str) -> dict[str, str]:
    return {judgement.area: judgement.grade for judgement in structure(text).judgements}


def codes(found: Extraction) -> set[str]:
    return {notice.code for notice in found.warnings}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Alnshire Police was inadequate at investigating crime.", {INVESTIGATING: INADEQUATE}),
        ("The force was judged good for investigating crime.", {INVESTIGATING: GOOD}),
        ("It has been found to require improvement in managing offenders.", {OFFENDERS: IMPROVE}),
        ("The constabulary’s leadership and force management is adequate.", {LEADERS: ADEQUATE}),
        ("It was rated good in its use of police powers.", {POWERS: GOOD}),
        ("The police watchdog said the force was ‘inadequate’ at responding to the public.",
         {RESPONDING: INADEQUATE}),
        ("Areas where the force is good include investigating crime and managing offenders.",
         {INVESTIGATING: GOOD, OFFENDERS: GOOD}),
        ("Responding to the public was rated inadequate.", {RESPONDING: INADEQUATE}),
        ("Its response to the public was rated ‘inadequate’.", {RESPONDING: INADEQUATE}),
        ("Overall the force is rated adequate at leadership and force management.", {LEADERS: ADEQUATE}),
        ("Alnshire Police, which was rated inadequate for investigating crime, has promised more.",
         {INVESTIGATING: INADEQUATE}),
        ("The inspectorate graded Alnshire as good for investigating crime.", {INVESTIGATING: GOOD}),
        ("It is graded as ‘Good’ for investigating crime in an annual assessment by HMICFRS.",
         {INVESTIGATING: GOOD}),
        ("It has improved how it investigates crime and this is now judged to be good.",
         {INVESTIGATING: GOOD}),
        ("The service was graded as:\n• Good – in investigating crime, as well as managing suspects\n"
         "• Requiring improvement – in responding to the public and protecting vulnerable people",
         {INVESTIGATING: GOOD, OFFENDERS: GOOD, RESPONDING: IMPROVE, PEOPLE: IMPROVE}),
        ("In the annual report, HMICFRS graded Alnshire as good for investigating crime.",
         {INVESTIGATING: GOOD}),
        ("The force was one of only two forces in England and Wales to be judged good in how it manages"
         " suspects.", {OFFENDERS: GOOD}),
        ("Alnshire Police is the only force to receive ‘good’ in investigating crime and ‘adequate’ ratings"
         " for responding to the public and protecting vulnerable people.",
         {INVESTIGATING: GOOD, RESPONDING: ADEQUATE, PEOPLE: ADEQUATE}),
        ("The report has four grades. These include an ‘inadequate’ rating for how the force responds to the"
         " public and two ‘good’ ratings for investigating crime and managing offenders.",
         {RESPONDING: INADEQUATE, INVESTIGATING: GOOD, OFFENDERS: GOOD}),
        ("Alnshire Police was rated ‘good’ in all three areas; investigating crime, managing offenders and"
         " responding to the public.", {INVESTIGATING: GOOD, OFFENDERS: GOOD, RESPONDING: GOOD}),
        ("Alnshire police was rated ‘good’ in how it investigates crime, for managing offenders and for"
         " responding to the public.", {INVESTIGATING: GOOD, OFFENDERS: GOOD, RESPONDING: GOOD}),
        # and what grades nothing
        ("Alnshire Police wants to be one of two forces to be judged good in how it manages suspects.", {}),
        ("Kent Police was one of only two forces to be judged good in how it manages suspects.", {}),
        ("The force isn’t one of the two forces to be judged good in how it manages suspects.", {}),
        ("The plans include an ‘outstanding’ rating for how the force responds to the public.", {}),
        ("Alnshire Police Federation was rated ‘good’ in how it investigates crime.", {}),
        ("Kent Police was good at investigating crime.", {}),
        ("Last year the force was good at investigating crime.", {}),
        ("In 2019 the force was good at investigating crime.", {}),
        ("The force is good at investigating crime in rural areas.", {}),
        ("The force is good at investigating serious crime.", {}),
        ("The chief constable said the force was good at investigating crime.", {}),
        ("The force is good at protecting people from harm online.", {}),
        ("Investigating crime is always good.", {}),
    ],
)  # fmt: skip
def test_what_news_say_of_an_area(text: str, expected: dict[str, str]) -> None:
    assert grades(NEWS + text) == expected


def test_a_report_does_not_grade_in_the_past_tense_by_itself() -> None:
    text = "PEEL 2023–25\nAn inspection of Alnshire Police\nPublished on 14 May 2024\n"
    assert grades(f"{text}Alnshire Police was inadequate at investigating crime.") == {}


def test_a_subject_with_a_grade_of_its_own_is_an_area_of_the_report() -> None:
    found = structure(f"{NEWS}Combating fraud online was categorised as “Requires Improvement.”")
    assert [(j.area, j.grade, j.in_framework) for j in found.judgements] == [
        ("Combating fraud online", IMPROVE, False)
    ]
    assert "area-not-in-framework" in codes(found)
    assert structure(f"{NEWS}Combating fraud online is good.").judgements == ()


def test_a_grade_is_not_lost_with_the_framework() -> None:
    found = structure(
        "Northmoor Police\nHMICFRS says that Northmoor Police is good at investigating crime and requires "
        "improvement at responding to the public."
    )
    assert found.report.framework is None
    assert [(j.area, j.grade, j.in_framework) for j in found.judgements] == [
        (INVESTIGATING, GOOD, False),
        (RESPONDING, IMPROVE, False),
    ]
    assert {"unknown-framework", "grades-without-framework"} <= codes(found)
    label = structure("Northmoor Police\nHMICFRS came.\nInvestigating crime\nGood\nIt works.")
    assert label.report.framework is None and label.judgements == ()


def test_a_title_grades_the_part_that_it_names() -> None:
    head = "PEEL: Police effectiveness (vulnerability) 2015\n"
    text = f"{head}Requires improvement\nHMIC inspected Northmoor Police for this.\n"
    assert grades(text) == {"Protecting vulnerable people and supporting victims": IMPROVE}


@pytest.mark.parametrize(
    "text",
    [
        "Four police forces graded\n14 May 2024\nKent Police is good at investigating crime. Others wait.",
        "New reports\n14 May 2024\nKent Police is good at investigating crime. Essex Police requires "
        "improvement at it. Kent Police has improved. Norfolk Constabulary is adequate at it. Kent Police is "
        "glad.",
        # the caption of a picture stands where a title would (a newspaper of 2016)
        "Inspectors tell two Northern police forces to do better\nKent Police Chief Constable\nEssex Police "
        "and Kent Police have been judged as requiring improvement in the efficiency inspection.",
    ],
)
def test_a_page_on_several_bodies_has_no_one_body_and_says_so(text: str) -> None:
    found = structure(text)
    assert found.report.force is None and found.judgements == ()
    assert codes(found) & {"several-bodies", "unknown-force"}


def test_a_title_with_one_of_the_bodies_decides() -> None:
    found = structure(
        "Kent Police graded\nKent Police is good at it. Essex Police is good. Norfolk Police is good."
    )
    assert (found.report.force or "").endswith("/kent")


def test_the_words_that_carry_a_meaning() -> None:
    assert content_stems("treating its workforce fairly") == content_stems("Fair treatment of the workforce")
    assert content_stems("response to the public") == content_stems("Responding to the public")
    assert content_stems("investigating serious crime") > content_stems("Investigating crime")


def test_a_list_of_areas_below_their_grades_is_read_in_news():
    text = (
        NEWS
        + "Good\n\n– Preventing and deterring crime and antisocial behaviour, and reducing vulnerability\n\n"
        + "Requires improvement\n\n– Responding to the public\n– Managing offenders and suspects\n\n"
        + "Inadequate\n\n– Investigating crime\n\nThe force said that it accepts the report.\n"
    )
    assert structure(text).report.kind == "news-item"
    found = grades(text)
    assert (
        found.pop("Preventing and deterring crime and antisocial behaviour, and reducing vulnerability")
        == GOOD
    )
    assert found == {RESPONDING: IMPROVE, OFFENDERS: IMPROVE, INVESTIGATING: INADEQUATE}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "It was also graded as good at:-\n► Investigating crime.\n► Responding to the public.",
            {INVESTIGATING: GOOD, RESPONDING: GOOD},
        ),
        (
            "Hide AdAdvertisement\nHide AdThe two areas where it was rated ‘good’ were investigating crime "
            "and responding to the public.",
            {INVESTIGATING: GOOD, RESPONDING: GOOD},
        ),
        (
            "The HMICFRS report found the force to be inadequate at investigating crime.",
            {INVESTIGATING: INADEQUATE},
        ),
        ("The PEEL report rated the force good at investigating crime.", {INVESTIGATING: GOOD}),
        ("The unions’ report found the force to be inadequate at investigating crime.", {}),
    ],
)
def test_lead_ins_marks_of_pages_and_reports_by_name(said: str, expected: dict[str, str]) -> None:
    assert grades(f"{NEWS}{said}\nThe chief constable welcomed it.\n") == expected


def test_capitals_behind_a_name_with_an_ampersand_are_a_short_name() -> None:
    text = (
        "News\nUpper Vale Fire and Rescue Service must improve\n14 May 2024\n"
        "HMICFRS has published its 2023–25 fire and rescue service report on it.\n"
        "Upper Vale Fire & Rescue Service (UVFRS) has made progress.\n"
        "UVFRS was rated good at preventing fires and other risks.\n"
    )
    assert grades(text) == {"Preventing fires and other risks": GOOD}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the grade is what is given
        ("‘Good’ ratings were given for investigating crime and for managing offenders.",
         {INVESTIGATING: GOOD, OFFENDERS: GOOD}),
        ("A ‘requires improvement’ judgement was made for how it protects vulnerable people.",
         {PEOPLE: IMPROVE}),
        ("There were ‘good’ grades for responding to the public and for leadership and force management.",
         {RESPONDING: GOOD, LEADERS: GOOD}),
        ("It got a ‘good’ rating in managing offenders and an ‘adequate’ one in investigating crime.",
         {OFFENDERS: GOOD, INVESTIGATING: ADEQUATE}),
        # an area among others of its grade
        ("Responding to the public was the only area rated ‘inadequate’.", {RESPONDING: INADEQUATE}),
        ("Investigating crime was one of seven areas the inspection judged to be ‘adequate’.",
         {INVESTIGATING: ADEQUATE}),
        ("Among the areas graded ‘good’ were investigating crime and managing offenders.",
         {INVESTIGATING: GOOD, OFFENDERS: GOOD}),
        ("Two areas, investigating crime and responding to the public, were graded as requiring improvement.",
         {INVESTIGATING: IMPROVE, RESPONDING: IMPROVE}),
        # from one grade to another
        ("The force has moved up from ‘requires improvement’ to ‘good’ for investigating crime.",
         {INVESTIGATING: GOOD}),
        # what a grade is compared with is not its time
        ("HMICFRS gave the force a grade of ‘good’ for investigating crime, which was in line with the"
         " previous inspection.", {INVESTIGATING: GOOD}),
        ("It was rated ‘good’ in responding to the public, showing improvement from the grading of 2021.",
         {RESPONDING: GOOD}),
        ("In the previous inspection the force was rated ‘good’ in responding to the public.", {}),
        # participles of those who grade
        ("HMICFRS saw progress in some areas, including rating it ‘good’ in how it investigates crime.",
         {INVESTIGATING: GOOD}),
        ("Inspectors were pleased with how it manages offenders, grading it ‘outstanding’.",
         {OFFENDERS: "outstanding"}),
        ("The chief constable is pleased with how it manages offenders, grading it ‘outstanding’.", {}),
        # a tally whose areas the next sentence lists
        ("The force was rated ‘inadequate’ in more than half the areas considered.\n\nThese included how it"
         " protects vulnerable people and how it investigates crime. It was told to act.",
         {PEOPLE: INADEQUATE, INVESTIGATING: INADEQUATE}),
        ("The force was rated ‘good’ in two areas. They are managing offenders and investigating crime.",
         {OFFENDERS: GOOD, INVESTIGATING: GOOD}),
        ("The force was ‘good’ in two areas and ‘adequate’ in two. They are managing offenders and"
         " investigating crime.", {}),
        ("Borrowshire Police was rated ‘good’ in two areas. They are managing offenders and investigating"
         " crime.", {}),
        # a word or two of a name in a list of areas
        ("It was seen as adequate in responding to the public, investigating crime and leadership.",
         {RESPONDING: ADEQUATE, INVESTIGATING: ADEQUATE, LEADERS: ADEQUATE}),
        ("It was seen as adequate in leadership.", {}),
        ("The force, which serves 900,000 people, was rated ‘adequate’ at investigating crime.",
         {INVESTIGATING: ADEQUATE}),
    ],
)  # fmt: skip
def test_news_gives_grades_in_many_ways(text, expected):
    assert grades(NEWS + text) == expected


def test_the_grade_of_a_tally_is_carried_to_the_areas_that_are_listed_next():
    said = (
        NEWS
        + "The force was rated ‘good’ in two areas. These are managing offenders and investigating crime."
    )
    found = structure(said).judgements[0]
    assert [(one.slot, one.how, said[one.start : one.end]) for one in found.known] == [
        ("area", "stated", "managing offenders" if found.area == OFFENDERS else "investigating crime"),
        ("grade", "carried", "good"),
    ]


def test_an_abbreviation_of_the_body_may_stand_behind_a_possessive():
    text = (
        NEWS.replace("report on Alnshire Police.", "report. Alnshire Police’s (ALP) inspection was in May.")
        + "The inspection rated ALP as good in investigating crime."
    )
    assert grades(text) == {INVESTIGATING: GOOD}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        # areas that a dash, or bullets, name
        ("Three areas of its work received a ‘good’ grade – investigating crime, managing offenders and "
         "responding to the public.", {INVESTIGATING: GOOD, OFFENDERS: GOOD, RESPONDING: GOOD}),
        ("Other areas rated ‘good’ were:\n• Investigating crime (from first report to court)\n"
         "• Managing offenders", {INVESTIGATING: GOOD, OFFENDERS: GOOD}),
        ("Alnshire Police scored ‘adequate’ in all four of its core areas:\n• Investigating crime\n"
         "• Responding to the public", {INVESTIGATING: ADEQUATE, RESPONDING: ADEQUATE}),
        # grades that are themselves the subject, and areas that are questions
        ("The remaining two ‘good’ grades were for investigating crime and managing offenders.",
         {INVESTIGATING: GOOD, OFFENDERS: GOOD}),
        ("How officers investigate crime and the way they respond to the public were both given inadequate "
         "ratings in the report.", {INVESTIGATING: INADEQUATE, RESPONDING: INADEQUATE}),
        # one of the first; those who grade, with what stands between
        ("Of the areas assessed earlier this year, Alnshire Police became one of the first forces in the "
         "country to be graded ‘good’ for investigating crime.", {INVESTIGATING: GOOD}),
        ("Inspectors acknowledged the force is good at investigating crime.", {INVESTIGATING: GOOD}),
        ("It nevertheless found that the force was good at investigating crime.", {INVESTIGATING: GOOD}),
        ("The inspection team also rated the force ‘good’ at investigating crime.", {INVESTIGATING: GOOD}),
        ("The watchdog says the force is ‘good at investigating crime’.", {INVESTIGATING: GOOD}),
        ("It received a ‘good’ rating in the investigating crime category.", {INVESTIGATING: GOOD}),
        ("Inspectors rated investigating crime, in addition to managing offenders, as ‘good’.",
         {INVESTIGATING: GOOD, OFFENDERS: GOOD}),
        ("Alnshire Police has been rated good in the latest HMICFRS inspection on investigating crime.",
         {INVESTIGATING: GOOD}),
        ("The force was judged to be good in the domains of investigating crime and managing offenders.",
         {INVESTIGATING: GOOD, OFFENDERS: GOOD}),
        ("Two areas within the force were rated as adequate, including responding to the public.",
         {RESPONDING: ADEQUATE}),
        # what grades nothing
        ("Residents rated investigating crime and managing offenders as good.", {}),
        ("Alnshire Police has been rated good in the latest survey on investigating crime.", {}),
        ("The police federation’s ‘good’ ratings were for investigating crime.", {}),
        ("Alnshire Police wants to become one of the first forces in the country to be graded ‘good’ for "
         "investigating crime.", {}),
        ("The commissioner acknowledged the force is good at investigating crime.", {}),
        ("Rural areas received a ‘good’ grade – investigating crime and managing offenders.", {}),
        ("Other areas that were rated ‘good’ last year were:\n• Investigating crime", {}),
        ("The two forces were rated good in three areas:\n• Investigating crime", {}),
        ("How officers respond to the public, and whether they investigate crime, were rated by residents as "
         "good.", {}),
        ("The chief constable said it also found the force to be good at investigating crime.", {}),
    ],
)  # fmt: skip
def test_areas_as_subjects_and_what_stands_around_grades(said: str, expected: dict[str, str]) -> None:
    assert grades(f"{NEWS}{said}\nThe chief constable welcomed it.\n") == expected


def test_what_was_judged_beside_the_grade_of_a_year_is_of_that_year() -> None:
    head = "PEEL 2018/19\nAn inspection of Alnshire Police\n"
    said = "In 2017, we judged the force to be good at investigating crime. We also judged it to be good at "
    assert grades(f"{head}{said}protecting vulnerable people.") == {}


def test_a_place_that_shares_a_class_word_is_a_body_too() -> None:
    text = "Row\n14 May 2024\nHMICFRS regrets the end of the alliance between {}. The force must act."
    both = structure(text.format("Kent and Essex Police"))
    assert both.report.force is None and codes(both) & {"unknown-force", "several-bodies"}
    alone = structure(text.format("the county council and Essex Police"))
    assert (alone.report.force or "").endswith("/essex")
