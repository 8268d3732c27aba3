"""Reports of programmes that no framework describes: what they grade is an area under its own name."""

from __future__ import annotations

import pytest
from structure_texts import document, structure

from kg.nlp.structure import find_structure

HEAD = (
    "Alnshire Police\nAn inspection of firearms licensing\nMarch 2025\nIntroduction\n"
    "We visited Alnshire Police in October 2024 and read 57 files.\n"
)
FIRST = "Interviews aren’t recorded\nOf 57 files, 12 had no interview.\n"
SECOND = "Seizures take too long\nIn 9 of 14 cases it took a month.\n"
CLOSE = "Next steps\nWe will return.\n"
AREAS = ("Deciding on certificates", "Keeping the public safe")
GOOD = "Alnshire Police is good at deciding on certificates.\n"
INADEQUATE = "Alnshire Police is inadequate at keeping the public safe from guns.\n"
TEXTS = ("The team is small. It decides well.\n", "The force takes weapons away slowly.\n")


def report(first: str, second: str, before: str = "") -> str:
    return HEAD + before + first + FIRST + second + SECOND + CLOSE


LAYOUTS = {
    "a label and a sentence": report(
        f"{AREAS[0]}\nGood\n{GOOD}", f"{AREAS[1]}\nInadequate\n{INADEQUATE}"
    ),
    "a sentence": report(f"{AREAS[0]}\n{GOOD}", f"{AREAS[1]}\n{INADEQUATE}"),
    "a label": report(f"{AREAS[0]}\nGood\n{TEXTS[0]}", f"{AREAS[1]}\nInadequate\n{TEXTS[1]}"),
    "on the line": report(f"{AREAS[0]}: good\n{TEXTS[0]}", f"{AREAS[1]}: inadequate\n{TEXTS[1]}"),
    "numbered": report(
        f"1. {AREAS[0]}\nJudgment: Good\n{TEXTS[0]}", f"2. {AREAS[1]}\nJudgment: Inadequate\n{TEXTS[1]}"
    ),
    "an overview above": report(
        f"{AREAS[0]}\n{TEXTS[0]}", f"{AREAS[1]}\n{TEXTS[1]}",
        f"Our judgments\nGood\n{AREAS[0]}\nInadequate\n{AREAS[1]}\n",
    ),
    "an overview of rows": report(
        f"{AREAS[0]}\n{TEXTS[0]}", f"{AREAS[1]}\n{TEXTS[1]}",
        f"Our judgments\n{AREAS[0]}: good\n{AREAS[1]}: inadequate\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_graded_headings_are_areas_under_their_own_names(layout: str) -> None:
    found = structure(LAYOUTS[layout])
    assert found.report.framework is None
    assert [(j.area, j.grade, j.in_framework) for j in found.judgements] == [
        (AREAS[0], "good", False),
        (AREAS[1], "inadequate", False),
    ]
    assert [(f.area, f.heading) for f in found.findings] == [
        (AREAS[0], "Interviews aren’t recorded"),
        (AREAS[1], "Seizures take too long"),
    ]
    assert [n.code for n in found.warnings].count("area-not-in-framework") == len(AREAS)


def test_labels_that_close_the_sections_are_their_grades() -> None:
    text = HEAD + f"{AREAS[0]}\n{GOOD}{FIRST}Good\n{AREAS[1]}\n{INADEQUATE}{SECOND}Inadequate\n" + CLOSE
    found = structure(text)
    assert [(j.area, j.grade) for j in found.judgements] == [(AREAS[0], "good"), (AREAS[1], "inadequate")]
    assert [f.area for f in found.findings] == list(AREAS)


def test_a_sentence_may_say_more_than_the_heading() -> None:
    text = report(
        "Licences\nThe force requires improvement in the renewal of its licences.\n",
        "Dealers\nThe force is adequate at how it supervises registered dealers.\n",
    )
    found = structure(text)
    assert [(j.area, j.grade) for j in found.judgements] == [
        ("Licences", "requires-improvement"),
        ("Dealers", "adequate"),
    ]


def test_boxes_stand_in_the_areas_of_the_report() -> None:
    box = (
        "Cause of concern\nAlnshire Police doesn’t take weapons away in time.\nRecommendations\n"
        "By 1 June 2026, the force should:\n- count them; and\n- take them away.\n"
    )
    found = structure(report(f"{AREAS[0]}\n{GOOD}", f"{AREAS[1]}\n{INADEQUATE}{box}"))
    assert [(b.kind, b.area) for b in found.boxes] == [
        ("cause-of-concern", AREAS[1]),
        ("recommendation", AREAS[1]),
        ("recommendation", AREAS[1]),
    ]


def test_services_have_programmes_of_their_own_too() -> None:
    found = structure(
        "Alnshire Fire and Rescue Service\nAn inspection of how services prepare for floods\nMay 2025\n"
        "Planning\nGood\nPlans are in place and are tested each spring.\n"
        "Boats\nInadequate\nIt has two boats, and one leaks.\nCrews are keen\nAll 40 crews trained.\n"
    )
    assert [(j.area, j.grade) for j in found.judgements] == [("Planning", "good"), ("Boats", "inadequate")]
    assert [(f.area, f.heading) for f in found.findings] == [("Boats", "Crews are keen")]


def test_headings_that_are_marked_open_the_areas_too() -> None:
    text = report(f"{AREAS[0]}\n{GOOD}", f"{AREAS[1]}\n{INADEQUATE}")
    marked = {"An inspection of firearms licensing": 1, **dict.fromkeys(AREAS, 2)}
    marked |= {FIRST.split("\n")[0]: 3, SECOND.split("\n")[0]: 3, "Next steps": 2}
    found = find_structure(document(text, marked))
    assert [f.area for f in found.findings] == list(AREAS)


@pytest.mark.parametrize(
    "text",
    [
        report(f"{AREAS[0]}\n{GOOD}", "Other matters\nThe team is small.\n"),  # praise of a part
        report("What grades mean\nGood\nThe force does it well.\n", "Other matters\nThe team is small.\n"),
        report("Good\nThe force does it well.\n", "Inadequate\nIt fails at it.\n"),  # a legend
        report(
            f"{AREAS[0]}\nThe force was good at deciding on certificates in our 2019 inspection.\n",
            f"{AREAS[1]}\nThe force says that it is good at keeping the public safe.\n",
        ),
        report(f"{AREAS[0]}\n{INADEQUATE}", f"{AREAS[1]}\n{GOOD}"),  # sentences on other things
        report(f"{AREAS[0]}\nGood\n{GOOD.replace('good', 'inadequate')}", f"{AREAS[1]}\n{TEXTS[1]}"),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_graded_heading_gives_no_grade_and_no_area_of_that_name(text: str) -> None:
    found = structure(text)
    assert found.judgements == ()
    assert {f.area for f in found.findings if f.area} <= {*AREAS, "Other matters"}


# --- labels without sentences below a known framework ---------------------------------------------------

PEEL = (
    "PEEL 2023–25\nAn inspection of Alnshire Police\nPublished on 14 May 2024\n"
    "Investigating crime\nGood\nMore crimes are solved, and sooner.\n"
    "Managing offenders\nGood\nVisits are made on time by trained staff.\n"
)


@pytest.mark.parametrize("name", ["Tackling fraud and cybercrime", "Policing the moors"])
def test_a_label_alone_is_enough_where_known_areas_have_no_more(name: str) -> None:
    found = structure(PEEL + f"{name}\nAdequate\nThe force has a plan, and few know it.\n")
    assert [(j.area, j.grade, j.in_framework) for j in found.judgements][-1] == (name, "adequate", False)


@pytest.mark.parametrize(
    "more",
    [
        "Responding to the public\nGood\nAlnshire Police is good at responding to the public.\n"
        "Policing the moors\nAdequate\nThe force has a plan.\n",
        "Policing the moors\nThe force has a plan.\n",
        "Policing the moors\nAdequate\nThis grade is carried over from 2021.\n",
    ],
)
def test_where_known_areas_have_their_sentence_a_label_alone_is_not(more: str) -> None:
    assert all(j.in_framework for j in structure(PEEL + more).judgements)


def test_without_a_framework_areas_are_named_as_in_the_one_that_has_them_all() -> None:
    found = structure(
        "News\nAlnshire Police rated good\nHMICFRS has inspected Alnshire Police.\nAlnshire Police was rated"
        " ‘good’ in understanding demand, use of resources and planning for the future.\n"
    )
    assert [judgement.area for judgement in found.judgements] == [
        "Planning for demand in the future",
        "Understanding current and likely future demand",
        "Using resources to manage current demand",
    ]
    assert "grades-without-framework" in {notice.code for notice in found.warnings}
