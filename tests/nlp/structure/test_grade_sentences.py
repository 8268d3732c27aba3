"""What a sentence grades, and what only sounds like a grade."""

from __future__ import annotations

import pytest
from samples import TESTS
from structure_texts import peel, structure

from kg.model.frameworks import load_frameworks
from kg.nlp.document.wording import Words, words_for
from kg.nlp.structure.grade_sentences import read_grades

SENTENCES = TESTS / "data" / "grade-sentences.txt"
FRAMEWORKS = {framework.notation: framework for framework in load_frameworks()}


def words(notation: str) -> Words:
    names = ("Northmoor Police", "Northmoor Fire and Rescue Service", "Northmoor")
    return words_for(FRAMEWORKS[notation], list(FRAMEWORKS.values()), names)


def graded(notation: str, sentence: str, *, led: bool = False) -> list[tuple[str, str]]:
    """The last part of the area’s IRI, and the grade, of each area that a sentence grades."""
    framework = FRAMEWORKS[notation]
    found = []
    for one in read_grades(sentence, words(notation), subject=led):
        area = framework.area(one.area) if one.area else None
        if area:
            found.append((area.iri.rpartition("--")[2], one.grade))
    return found


def cases() -> list[tuple[str, str, str]]:
    """Framework, sentence, and its areas with their grades, from ``grade-sentences.txt``."""
    found, framework = [], ""
    for line in filter(None, map(str.strip, SENTENCES.read_text(encoding="utf-8").splitlines())):
        if line.startswith("#"):
            framework = line[1:]
        else:
            found.append((framework, *line.rsplit(" | ", 1)))
    return found


@pytest.mark.parametrize(("notation", "sentence", "expected"), cases())
def test_all_that_a_sentence_grades_is_read(notation: str, sentence: str, expected: str) -> None:
    found = "; ".join(f"{area} {grade}" for area, grade in graded(notation, sentence))
    assert found == ("" if expected == "-" else expected)


@pytest.mark.parametrize(
    "sentence",
    [
        # negations, quantifiers, degrees
        "The force is not good at investigating crime.",
        "The force isn’t always good at investigating crime.",
        "The force is rarely outstanding at investigating crime.",
        "Parts of the force are good at investigating crime.",
        "Few of these teams are good at investigating crime.",
        "The force is good at some aspects of investigating crime.",
        "The force is good at investigating crime in rural areas.",
        "The force is good at investigating crime when it has enough detectives.",
        "The force is no longer inadequate at investigating crime.",
        # conditions and wishes
        "If the force is good at investigating crime, victims notice.",
        "The force could be outstanding at investigating crime.",
        "It wants to make sure that it is good at investigating crime.",
        "The force needs to be good at investigating crime.",
        "We will see whether the force is good at investigating crime.",
        # other subjects
        "Sussex Police is good at investigating crime. ",
        "Its neighbour is good at investigating crime.",
        "The team is good at investigating crime.",
        "Unlike Sussex Police, which is good at investigating crime, it is slow.",
        # other times
        "The force was good at investigating crime.",
        "In 2016 the force was judged to be good at investigating crime.",
        "In our last inspection, the force was graded good at investigating crime.",
        "Previously the force was rated inadequate for investigating crime.",
        # claims of others
        "The chief constable said that the force is good at investigating crime.",
        "Staff told us that the force is good at investigating crime.",
        "Northmoor Police is good at investigating crime, a spokesperson said.",
        # parts of an area, other things
        "Northmoor Police is good at telling victims what happens next.",
        "Northmoor Police is good at answering 999 calls.",
        "The record of it is good.",
        "Plans are good in detail.",
    ],
)
def test_what_grades_nothing(sentence: str) -> None:
    assert graded("peel-2023-25", sentence) == []


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("is ‘good’ at effectively reducing crime and keeping people safe;", ("effectiveness", "good")),
        ("is ‘outstanding’ at operating efficiently and providing sustainable services to the public; and",
         ("efficiency", "outstanding")),
        ("‘requires improvement’ at how legitimately it treats the public and its workforce.",
         ("legitimacy", "requires-improvement")),
    ],
)  # fmt: skip
def test_bullets_share_the_subject_of_their_lead_in(item: str, expected: tuple[str, str]) -> None:
    assert graded("peel-2018-19", item, led=True) == [expected]
    assert graded("peel-2018-19", item) == []


def test_it_is_the_inspected_body_only_if_no_other_is_named_before() -> None:
    said = "Sussex Police is quick. It is good at investigating crime."
    assert graded("peel-2023-25", said) == []
    ours = "Sussex Police is quick. Northmoor Police is slower. It is good at investigating crime."
    assert graded("peel-2023-25", ours) == [("investigating-crime", "good")]


def test_a_judgement_has_the_words_of_its_area_and_of_its_grade() -> None:
    sentence = "Northmoor Police requires improvement at how it investigates crime."
    found = structure(peel("Investigating crime", f"{sentence}\nMain findings\nThe force acts well\nYes."))
    (judgement,) = found.judgements
    said = {known.slot: found.report.text[known.start : known.end] for known in judgement.known}
    assert said == {"area": "how it investigates crime", "grade": "requires improvement"}
    assert judgement.evidence == ((judgement.start, judgement.end),)


@pytest.mark.parametrize(
    "praise",
    [
        "Northmoor Police is good at telling victims what happens next. It is slow to gather evidence.",
        "Northmoor Police is good at using drones.",
        "The force is outstanding at looking after its dogs.",
    ],
)
def test_praise_of_a_part_is_not_the_grade_of_the_area(praise: str) -> None:
    found = structure(peel("Investigating crime", f"{praise}\nMain findings\nThe force acts well\nYes."))
    assert found.judgements == ()


NEWS = """Inspectors praise Northmoor Police
PEEL 2018/19
Published on: 2 May 2019
HMICFRS has today published a report on Northmoor Police.
{lead}
• is ‘good’ at effectively reducing crime and keeping people safe;
• is ‘outstanding’ at operating efficiently and providing sustainable services to the public; and
• ‘requires improvement’ at how legitimately it treats the public and its workforce.
HM Inspector of Constabulary Jane Marlow said:
“I am content.”
Notes to editors
"""


@pytest.mark.parametrize(
    "lead", ["Inspectors found that Northmoor Police:", "HMICFRS judged that the force:"]
)
def test_the_bullets_of_a_press_release_are_judgements(lead: str) -> None:
    found = structure(NEWS.format(lead=lead))
    assert [(j.area, j.grade) for j in found.judgements] == [
        ("Effectiveness", "good"),
        ("Efficiency", "outstanding"),
        ("Legitimacy", "requires-improvement"),
    ]


def test_a_sentence_in_the_section_of_a_pillar_grades_no_other_pillar() -> None:
    text = (
        "PEEL: Police legitimacy 2017\nAn inspection of Northmoor Police\n"
        "How legitimate is the force at keeping people safe and reducing crime?\nOutstanding\n"
        "Northmoor Police is judged to be outstanding at how legitimately it keeps people safe and reduces "
        "crime. "
        "It is judged to be good at ensuring its workforce behaves ethically and lawfully.\n"
        "It has clear values and it is good at keeping people safe and reducing crime.\n"
    )
    assert [(j.area, j.grade) for j in structure(text).judgements] == [
        ("Legitimacy", "outstanding"),
        ("Ensuring its workforce behaves ethically and lawfully", "good"),
    ]


def test_a_question_may_have_its_grade_behind_its_mark() -> None:
    text = (
        "PEEL 2018/19\nAn inspection of Northmoor Police\n"
        "How effectively does the force reduce crime and keep people safe?Good\n"
        "How efficiently does the force operate and how sustainable are its services?Outstanding\n"
    )
    assert [(j.area, j.grade) for j in structure(text).judgements] == [
        ("Effectiveness", "good"),
        ("Efficiency", "outstanding"),
    ]


FIRE = """London 2018/19
An inspection of Alnshire Fire Brigade, 2018/19
HM Inspector’s summary
The effectiveness of the service provided by Alnshire Fire Brigade requires improvement in the way it:
• protects the public through fire regulation; and
• responds to fires and other emergencies.
But it is good at:
• understanding the risk of fire and other emergencies;
• keeping its engines clean; and
• responding to national risks.
It was good at:
• preventing fires and other risks.
The service must improve how it:
• promotes the right values and culture.
"""


def test_bullets_have_the_grade_of_their_lead_in() -> None:
    found = structure(FIRE, framework="frs-2018-19", force="Alnshire Fire Brigade")
    assert [(j.area, j.grade) for j in found.judgements] == [
        ("Protecting the public through fire regulation", "requires-improvement"),
        ("Responding to fires and other emergencies", "requires-improvement"),
        ("Understanding the risk of fire and other emergencies", "good"),
        ("Responding to national risks", "good"),
    ]
    judgement = found.judgements[0]
    said = {k.slot: (k.how, found.report.text[k.start : k.end]) for k in judgement.known}
    assert said["grade"] == ("carried", "requires improvement")
    assert said["area"] == ("stated", "protects the public through fire regulation")
    assert len(judgement.evidence) == 2


@pytest.mark.parametrize(
    "before",
    [
        "The previous report found Northmoor Police to be ‘Inadequate’ in responding to the public.",
        "At our last inspection the force was graded inadequate at investigating crime.",
    ],
)
def test_what_goes_on_about_another_inspection_grades_nothing(before: str) -> None:
    text = (
        "PEEL 2023–2025: An inspection of Northmoor Police\nOverall summary\n"
        f"{before}\nIt was also found to require improvement in managing offenders and suspects.\n"
        "It is now adequate at investigating crime.\nIt was rated good at recording crime.\n"
    )
    assert [(j.area, j.grade) for j in structure(text).judgements] == [
        ("Investigating crime", "adequate"),
        ("Recording data about crime", "good"),
    ]


def test_a_sentence_in_an_overview_that_disagrees_with_the_section_leaves_the_area_without_a_grade() -> None:
    text = (
        "PEEL 2023–2025: An inspection of Northmoor Police\nOverall summary\n"
        "Northmoor Police is good at investigating crime and adequate at responding to the public.\n"
        "Investigating crime\nNorthmoor Police is inadequate at investigating crime.\nMain findings\n"
        "The force closes cases too early\nOf 40 cases, 12 were closed early.\n"
    )
    found = structure(text)
    assert [(j.area, j.grade) for j in found.judgements] == [("Responding to the public", "adequate")]
    assert any(n.code == "grades-disagree" and "none is taken" in n.message for n in found.warnings)


TALLIES = [
    ("HMICFRS graded Northmoor Police’s performance across eight areas of policing and found the force was "
     "‘good’ in six areas, ‘adequate’ in one and ‘requires improvement’ in one area – investigating crime.",
     [("investigating", "requires-improvement")]),
    ("Inspectors found the force was ‘good’ in five areas and ‘required improvement’ in two others – "
     "investigating crime and responding to the public.",
     [("investigating", "requires-improvement"), ("responding", "requires-improvement")]),
    ("The force is judged to be requiring improvement at investigating crime but judged as good at managing "
     "offenders and responding to the public.",
     [("investigating", "requires-improvement"), ("managing-offenders", "good"), ("responding", "good")]),
    ("There is work to do in areas including investigating crime and responding to the public, which were "
     "found to require improvement.",
     [("investigating", "requires-improvement"), ("responding", "requires-improvement")]),
    ("Inspectors graded the force’s performance as good at investigating crime and as adequate at managing "
     "offenders.", [("investigating", "good"), ("managing-offenders", "adequate")]),
    ("In contrast the force requires improvement at investigating crime.",
     [("investigating", "requires-improvement")]),
    ("By contrast, Northmoor Police is inadequate at responding to the public.",
     [("responding", "inadequate")]),
    ("Northmoor Police is good at bringing villains to book (our question on investigating crime).",
     [("investigating", "good")]),
    ("We found its work on managing offenders is good.", [("managing-offenders", "good")]),
]  # fmt: skip
NOTHING = [
    "In 2016, we judged the force as good at investigating crime.",
    "In 2018/19, inspectors graded the force good at investigating crime.",
    "When we judged the force to be good at investigating crime in 2016, it had more detectives.",
    "The force is good in six areas and inadequate in one area.",
    "Staff found its work on managing offenders is good.",
    "In rural areas the force is good at investigating crime.",
    "Officers who are judged as good at investigating crime are few.",
    "The force is good at bringing villains to book (see our report on investigating crime).",
]


def endings(sentence: str) -> list[tuple[str, str]]:
    keys = {label: key for key, label in AREAS.items()}
    read = read_grades(sentence, words("peel-2023-25"))
    return [(keys[one.area], one.grade) for one in read if one.area]


AREAS = {
    "investigating": "Investigating crime",
    "responding": "Responding to the public",
    "managing-offenders": "Managing offenders and suspects",
}


@pytest.mark.parametrize(("sentence", "expected"), TALLIES)
def test_tallies_and_clauses_between_grades_keep_their_areas(
    sentence: str, expected: list[tuple[str, str]]
) -> None:
    assert endings(sentence) == expected


@pytest.mark.parametrize("sentence", NOTHING)
def test_grades_of_earlier_years_and_of_others_are_none(sentence: str) -> None:
    assert endings(sentence) == []
