"""Areas that only one report has, headings with their grade, and what a table is believed for."""

from __future__ import annotations

import pytest
from structure_texts import structure

from kg.graph.mapping.report import to_quads
from kg.model.frameworks import load_frameworks
from kg.model.vocab import KG, SKOS

HEAD = (
    "PEEL 2023–25\nAn inspection of Alnshire Police\nPublished on 14 May 2024\n"
    "Overall summary\nI am pleased.\n"
    "Managing offenders\nGood\nAlnshire Police is good at managing offenders.\nMain findings\n"
    "The force visits offenders on time\nOf 40 visits, 38 were on time.\n"
)
FOUND = "Main findings\nThe force is slow to help\nOf 40 victims, 12 waited.\n"


@pytest.mark.parametrize(
    ("name", "grade", "said"),
    [
        ("Tackling fraud and cybercrime", "Adequate", "tackling fraud and cybercrime"),
        ("Looking after police horses", "Inadequate", "how it looks after its police horses"),
        ("Rural crime", "Good", "tackling rural crime"),
    ],
)  # fmt: skip
def test_a_heading_with_its_grade_and_a_sentence_is_an_area_of_the_report(
    name: str, grade: str, said: str
) -> None:
    sentence = f"Alnshire Police is {grade.lower()} at {said}."
    found = structure(HEAD + f"{name}\n{grade}\n{sentence}\n" + FOUND)
    last = found.judgements[-1]
    assert (last.area, last.grade, last.in_framework) == (name, grade.lower().replace(" ", "-"), False)
    assert found.judgements[0].in_framework
    assert [(f.heading, f.area) for f in found.findings][-1] == ("The force is slow to help", name)
    notice = next(n for n in found.warnings if n.code == "area-not-in-framework")
    assert found.report.text[notice.start : notice.end] == name


CLOSED = (
    "PEEL 2025–27\nAn inspection of Alnshire Police\n14 May 2026\nOverall summary\nI am pleased.\n"
    "Managing offenders\nAlnshire Police is good at managing offenders.\n"
    "The force visits offenders on time\nOf 40 visits, 38 were on time.\nGood\n"
)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Leadership and governance", "The constabulary’s leadership and governance is adequate."),
        ("Governance of data", "Its governance of data is adequate."),
        ("Policing of the coast", "Alnshire Police’s policing of the coast is adequate."),
    ],
)
def test_the_area_of_a_report_may_be_the_subject_of_its_sentence(name: str, sentence: str) -> None:
    body = f"{name}\n{sentence}\nThe board decides little\nWe read six minutes.\nAdequate\n"
    found = structure(CLOSED + body + "What happens next\nWe will return.\nAbout the data\nIt is new.")
    assert [(j.area, j.grade, j.in_framework) for j in found.judgements][1:] == [(name, "adequate", False)]
    assert [f.area for f in found.findings] == ["Managing offenders and suspects", name]
    assert [s.area for s in found.sections if s.title == "What happens next"] == [None]


@pytest.mark.parametrize(
    "sentence",
    ["We found that leadership and governance matter.", "Its leadership and governance isn’t adequate."],
)
def test_what_stands_below_the_grade_of_an_area_is_not_of_that_area(sentence: str) -> None:
    body = (
        f"Leadership and governance\n{sentence}\nThe board decides little\nWe read six minutes.\nAdequate\n"
    )
    found = structure(CLOSED + body)
    assert [f.area for f in found.findings] == ["Managing offenders and suspects"]


@pytest.mark.parametrize(
    "lines",
    [
        "Tackling fraud and cybercrime\nThe force has a plan.\n",
        "Tackling fraud and cybercrime\nAdequate\nThe force has a plan.\n",
        "Tackling fraud and cybercrime\nAdequate\nAlnshire Police is good at tackling fraud.\n",
        "Tackling fraud and cybercrime\nAdequate\nAlnshire Police is adequate at buying horses.\n",
    ],
)
def test_other_headings_are_no_areas(lines: str) -> None:
    found = structure(HEAD + lines + FOUND)
    assert [j.area for j in found.judgements] == ["Managing offenders and suspects"]
    assert "area-not-in-framework" not in [n.code for n in found.warnings]


def test_an_area_of_the_report_is_read_in_its_overview_too() -> None:
    text = HEAD.replace(
        "I am pleased.\n",
        "Adequate\nTackling fraud and cybercrime\nGood\nManaging offenders\nHM Inspector’s summary\nYes.\n",
    )
    found = structure(
        text + "Tackling fraud and cybercrime\nAdequate\n"
        "Alnshire Police is adequate at tackling fraud and cybercrime.\n" + FOUND
    )
    assert {(j.area, j.grade) for j in found.judgements} == {
        ("Managing offenders and suspects", "good"),
        ("Tackling fraud and cybercrime", "adequate"),
    }
    assert all(len(j.evidence) > 1 for j in found.judgements)


def test_in_the_graph_an_area_of_the_report_is_in_no_scheme() -> None:
    text = HEAD + "Rural crime\nAdequate\nAlnshire Police is adequate at tackling rural crime.\n" + FOUND
    found = structure(text)
    peel = next(f for f in load_frameworks() if f.notation == "peel-2023-25")
    quads = to_quads(found, peel)
    areas = {
        q.object for q in quads if q.predicate.value == KG.area and "judgement-rural-crime" in str(q.subject)
    }
    (own,) = areas
    assert "rural-crime" in own.value
    assert not [q for q in quads if q.subject == own and q.predicate.value == SKOS.inScheme]


SIF = """Fernshire County Council
Inspection of services for children in need of help and protection, children looked after and care leavers
Inspection date: 7 March 2016 – 31 March 2016
Report published: 20 May 2016
{overall}
1. Children who need help and protection | {grade}
2. Children looked after and achieving permanence | Requires improvement
2.1 Adoption performance | Good
2.2 Experiences and progress of care leavers | Good
3. Leadership, management and governance | Requires improvement
Executive summary
The authority has changed a lot since its last inspection, and it goes on changing.
{heading}
Summary
{first}
{numbered}"""
OVERALL = "Children’s services in Fernshire require improvement to be good"
HELP = "The experiences and progress of children who need help and protection"
NUMBERED = "".join(f"{n}. Children who need a plan are given one by team {n}.\n" for n in range(1, 15))


def sif(**parts: str) -> str:
    default = {"overall": OVERALL, "grade": "Requires improvement", "heading": HELP, "first": "Yes."}
    return SIF.format(**{**default, "numbered": NUMBERED, **parts})


@pytest.mark.parametrize(
    ("heading", "grade"),
    [
        (f"{HELP} is: Good", "Good"),
        (f"{HELP} are: inadequate", "Inadequate"),
        (f"{HELP}: requires improvement", "Requires improvement"),
        (f"{HELP} is good", "Good"),
    ],
)
def test_a_heading_with_a_verb_and_its_grade_opens_its_area(heading: str, grade: str) -> None:
    found = structure(sif(heading=heading, grade=grade))
    assert {j.grade for j in found.judgements if j.area == HELP} == {grade.lower().replace(" ", "-")}
    assert heading in [s.title for s in found.sections if s.area == HELP]
    assert {f.area for f in found.findings} == {HELP}
    assert len(found.findings) == 14


@pytest.mark.parametrize(
    "prose",
    [
        "Children who need a plan are given one, though the detail of these is not always good.",
        "Children who need a plan are given one, though few of these are outstanding.",
        "Children who need a visit get one and the record of it is good.",
        "Children who need help get it when their social worker is good.",
    ],
)
def test_prose_never_outranks_the_rows_of_a_table(prose: str) -> None:
    found = structure(sif(heading=f"{HELP} | Requires improvement", first=prose))
    assert [(j.area, j.grade) for j in found.judgements if j.area == HELP] == [(HELP, "requires-improvement")]
    assert found.undecided == ()


@pytest.mark.parametrize("services", ["children’s services require", "children’s service requires"])
def test_the_overall_judgement_may_speak_of_one_service(services: str) -> None:
    found = structure(sif(overall=f"The overall judgement is that {services} improvement."))
    assert ("Overall effectiveness", "requires-improvement") in [(j.area, j.grade) for j in found.judgements]


CDI = """Alnshire Police: Crime Data Integrity inspection 2016

Inadequate

Published on: 8 June 2016

How effective is the force at recording crime?

graded inadequate

How well do its systems support accurate recording?

graded requires improvement

How well does the force show the leadership and culture needed?

graded good"""


def test_a_grade_below_the_title_is_that_of_the_area_it_names() -> None:
    found = structure(CDI)
    assert (found.report.framework, found.report.kind) == ("crime-data-integrity", "inspection-report")
    assert [(j.area, j.grade) for j in found.judgements] == [
        ("Crime data integrity", "inadequate"),
        ("Recording reported crime", "inadequate"),
        ("Systems and processes for crime recording", "requires-improvement"),
        ("Leadership and culture of crime recording", "good"),
    ]
    assert "unknown-area" not in [n.code for n in found.warnings]


@pytest.mark.parametrize(
    ("title", "framework", "lines", "expected"),
    [
        ("A report into the effectiveness of vetting and counter-corruption arrangements in Alnshire Police",
         "integrity-2021", "Alnshire Police is adequate at vetting, IT monitoring and counter-corruption.",
         ("Vetting, IT monitoring and counter-corruption", "adequate")),
        ("A report into the effectiveness of vetting and counter-corruption arrangements in Alnshire Police",
         "integrity-2021", "Vetting, IT monitoring and counter-corruption: requires improvement",
         ("Vetting, IT monitoring and counter-corruption", "requires-improvement")),
        ("Alnshire Police: National child protection inspection\nPublished on: 3 June 2025",
         "child-protection-2024", "Working with safeguarding partners\nGood\n"
         "Alnshire Police is good at working with safeguarding partners.",
         ("Working with safeguarding partners", "good")),
        ("PEEL: Police effectiveness 2016 – Alnshire Police", "peel-2014-17", "Good",
         ("Effectiveness", "good")),
    ],
)  # fmt: skip
def test_other_programmes_have_their_areas(
    title: str, framework: str, lines: str, expected: tuple[str, str]
) -> None:
    found = structure(f"{title}\n{lines}\nThe force has a plan, and it follows it.\n")
    assert found.report.framework == framework
    assert [(j.area, j.grade) for j in found.judgements] == [expected]


def test_a_report_that_does_not_name_them_is_not_read_with_them() -> None:
    text = "An inspection of Alnshire Police\nPublished on: 3 June 2024\nHMICFRS\nLeadership\nYes.\n"
    text += "Investigation\nYes.\n"
    assert structure(text).report.framework != "child-protection-2024"


@pytest.mark.parametrize("said", ["policing its coast and harbours", "policing the coast and its harbours"])
def test_the_label_that_closes_the_section_counts_as_the_grade_of_the_heading(said: str) -> None:
    name = "Policing the coast and harbours"
    found = structure(
        HEAD + f"{name}\nAlnshire Police is outstanding at {said}.\n" + FOUND + "Outstanding\n"
        "Responding to the public\nAlnshire Police is good at responding to the public.\n"
    )
    assert [(j.area, j.grade) for j in found.judgements if not j.in_framework] == [(name, "outstanding")]


def test_a_sentence_without_a_label_makes_no_area_of_its_own() -> None:
    found = structure(
        HEAD + "Policing the coast\nAlnshire Police is inadequate at policing the coast.\n" + FOUND
        + "Responding to the public\nGood\nAlnshire Police is good at responding to the public.\n"
    )  # fmt: skip
    assert all(j.in_framework for j in found.judgements)


OVERVIEW = (
    "PEEL 2025–27\nAn inspection of Alnshire Police\nPublished: 14 July 2026\nAt a glance\n"
    "These are our grades.\nInvestigating crime: good\nManaging offenders: outstanding\n{name}: adequate\n"
    "What the inspector says\nThis is a better force than the one that I saw in 2024, and it listens.\n"
    "Investigating crime\nMore crimes are solved\nIn 2025, 13 percent of crimes were solved.\n"
    "Managing offenders\nOffenders are watched closely\nVisits to 3 percent of them were overdue.\n"
)


@pytest.mark.parametrize("name", ["Value for money", "Policing the moors", "Looking after animals"])
def test_a_row_of_the_overview_whose_name_heads_a_part_is_an_area_of_the_report(name: str) -> None:
    text = OVERVIEW.format(name=name) + f"{name}\nMoney is well managed\nIt has saved £9m.\n"
    found = structure(text)
    assert [(j.area, j.grade, j.in_framework) for j in found.judgements][-1] == (name, "adequate", False)
    assert len(found.judgements) == 3
    assert [(f.area, f.heading) for f in found.findings][-1] == (name, "Money is well managed")
    inspector = next(s for s in found.sections if s.title == "What the inspector says")
    assert inspector.area is None  # the last row of the overview is no heading of what stands below it


def test_a_row_whose_name_heads_nothing_is_no_area() -> None:
    found = structure(OVERVIEW.format(name="Policing the moors"))
    assert [j.area for j in found.judgements if not j.in_framework] == []
    assert "unknown-area" in {notice.code for notice in found.warnings}


def test_a_graded_line_away_from_the_grades_of_areas_is_no_area() -> None:
    text = OVERVIEW.format(name="Responding to the public")
    found = structure(text + "Crop harvest: good\nIt rained.\nCrop harvest\nThe farm was dry.\n")
    assert [j.area for j in found.judgements if not j.in_framework] == []
