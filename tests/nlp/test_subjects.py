"""What statements are about, and how they speak of it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from structure_texts import peel, structure

from kg.model.records import Extraction, Mention, Subject
from kg.nlp.subjects import find_subjects

SUPERVISION = "supervision-of-investigations"
AREA = "Leadership and force management"


def read(body: str) -> Extraction:
    return structure(
        peel(AREA, f"Northmoor Police is good at leadership and force management.\nMain findings\n{body}")
    )


def subjects(body: str, kind: str = "finding") -> dict[str, Subject]:
    """The subjects of the first statement of a kind, by the last part of their topics."""
    found = find_subjects(read(body))
    return {s.topic.rpartition("/")[2]: s for s in found if s.kind == kind and s.index == 0}


@pytest.mark.parametrize(
    ("heading", "topics"),
    [
        ("The force doesn’t always consider victims’ wishes", {"victims-wishes"}),
        ("Investigations are planned better", {"investigation-plans"}),
        ("Investigations are now planned and supervised", {"investigation-plans", SUPERVISION}),
        ("Supervisors don’t visit registered sex offenders", {"supervisors", "registered-sex-offenders"}),
        ("The force supports an inclusive working environment", {"culture"}),
        ("The force offers trauma risk management to its officers", set()),
        ("Collision investigators have a place to rest", set()),
        ("The force acts on the Mental Health Act", set()),
        ("The force prioritises equality, diversity and inclusion", {"diversity"}),
    ],
)  # fmt: skip
def test_a_heading_names_what_a_finding_is_about(heading: str, topics: set[str]) -> None:
    assert set(subjects(f"{heading}\nWe saw this in all places.")) == topics


def test_of_a_topic_and_a_part_of_it_a_finding_is_about_the_part() -> None:
    assert set(subjects("Call handlers assess risk well\nThey do so in each call.")) == {
        "risk-assessment-of-calls"
    }


@pytest.mark.parametrize(
    "heading",
    ["The force shares what it learns from stop and search to improve training",
     "The force uses stop and search with care, which helps its training"],
)  # fmt: skip
def test_a_purpose_or_remark_is_not_what_a_finding_is_about(heading: str) -> None:
    assert set(subjects(f"{heading}\nWe saw this in all places.")) == {"stop-and-search"}


def test_a_need_is_about_what_its_clause_asks_for() -> None:
    body = "Much has changed\nThe force has hired detectives, but it should also look at sickness absence."
    assert set(subjects(body, "need")) == {"sickness-absence"}


@pytest.mark.parametrize(
    ("need", "topics"),
    [("Leaders should review the training.", {"training"}),
     ("Although leadership is strong, the training needs to improve.", {"training"}),
     ("The force should record all searches, including stop and search, in its training.", {"training"})],
)  # fmt: skip
def test_who_is_asked_what_is_conceded_and_examples_are_not_what_a_need_is_about(
    need: str, topics: set[str]
) -> None:
    assert set(subjects(f"The force does well\n{need}", "need")) == topics


def test_what_somebody_is_helped_to_do_is_no_purpose() -> None:
    body = "The force helps supervisors to foster an inclusive culture\nWe saw this in all places."
    assert set(subjects(body)) == {"supervisors", "culture"}


def test_a_wording_in_which_one_topic_is_not_meant_may_name_another() -> None:
    assert set(subjects("The force supports mental well-being\nWe saw it.")) == {"well-being"}


def test_a_purpose_is_when_the_passages_go_on_about_it() -> None:
    body = "The force shares what it learns from stop and search to improve training\nTraining takes a day."
    assert set(subjects(body)) == {"stop-and-search", "training"}


def test_those_who_do_something_are_not_what_it_is_about() -> None:
    assert set(subjects("Leaders care about well-being\nThey say so.")) == {"well-being"}
    assert set(subjects("Leaders are not trusted\nStaff say so.")) == {"leadership"}


def test_what_passages_speak_of_again_and_again_is_a_subject_and_what_they_name_once_is_not() -> None:
    body = "Much has changed\nBurglary is down. The force deals with burglary in a team. Theft is up."
    found = subjects(body)
    assert {topic: one.basis for topic, one in found.items()} == {"burglary": "passages"}
    assert found["burglary"].weight == 0.5


def test_names_of_other_things_do_not_count_in_passages() -> None:
    extraction = read("Much has changed\nThe Burglary Board met. Then the Burglary Board met again. It met.")
    text = extraction.report.text
    boards = [match.span() for match in re.finditer("Burglary Board", text)]
    named = tuple(Mention(*span, "Burglary Board", "BODY", None, None) for span in boards)
    assert [s.topic for s in find_subjects(extraction)] == ["https://kg.example/id/topic/burglary"]
    assert find_subjects(replace(extraction, mentions=named)) == ()


def test_a_topic_has_the_polarity_of_the_clause_that_names_it() -> None:
    found = subjects(
        "The force uses stop and search fairly, but it needs to understand disproportionality\nYes."
    )
    assert {topic: one.polarity for topic, one in found.items()} == {
        "stop-and-search": "positive",
        "disproportionality": "negative",
    }


def test_a_clause_that_names_no_topic_goes_on_about_that_of_the_other() -> None:
    found = subjects("Well-being support is easy to find, but many people have no time to use it\nYes.")
    assert found["well-being"].polarity == "mixed"


def test_what_is_mixed_has_words_of_praise_and_of_fault() -> None:
    extraction = read(
        "Well-being support is easy to find\nWell-being matters. Posters tell of well-being. "
        "However, well-being support is often late. However, well-being checks are missed."
    )
    text = extraction.report.text
    found = next(one for one in find_subjects(extraction) if one.topic.endswith("/well-being"))
    assert found.polarity == "mixed"
    assert [text[slice(*span)] for span in found.told] == [
        "Well-being support is easy to find",
        "However, well-being support is often late.",
    ]


def test_a_fault_below_a_heading_that_praises_something_else_is_a_fault() -> None:
    body = (
        "The force has an effective planning framework\nIt holds a risk register. "
        "However, we found that the force isn’t managing risks effectively."
    )
    extraction = read(body)
    (risks,) = (s for s in find_subjects(extraction) if s.topic.endswith("/risk-management"))
    assert (risks.basis, risks.polarity) == ("passages", "negative")
    start, end = risks.told[0]
    assert extraction.report.text[start:end].startswith("However")


def test_what_is_only_told_below_is_neither_good_nor_bad() -> None:
    body = "The force plans well\nIt recorded 94 burglaries. In 2022 it recorded 90 burglaries."
    assert subjects(body)["burglary"].polarity == "neutral"


def test_the_words_of_a_subject_stand_where_it_is_named() -> None:
    extraction = read("Officers use bail to keep victims safe\nYes.")
    (bail,) = (s for s in find_subjects(extraction) if s.topic.endswith("/pre-charge-bail"))
    assert [extraction.report.text[start:end] for start, end in bail.words] == ["bail"]


def test_a_need_that_points_back_is_about_what_its_finding_is_about() -> None:
    body = "Victims wait too long for evidence from phones\nThe force needs to find out why."
    found = subjects(body, "need")
    assert {topic: (one.basis, one.polarity) for topic, one in found.items()} == {
        "digital-forensics": ("carried", "negative")
    }


def test_a_need_that_points_to_nothing_has_no_subject() -> None:
    body = "Victims wait too long for evidence from phones\nThe force needs to plan ahead."
    assert subjects(body, "need") == {}


def test_a_recommendation_without_a_topic_has_that_of_its_cause_of_concern() -> None:
    box = (
        "Cause of concern\nNorthmoor Police doesn’t visit registered sex offenders often enough\n"
        "Visits are late.\nRecommendations\nBy 30 June 2024, Northmoor Police should:\n"
        "- report to the chief constable each month; and\n- train staff.\n"
    )
    found = [s for s in find_subjects(read(box)) if s.kind == "box"]
    assert [(s.index, s.topic.rpartition("/")[2], s.basis) for s in found] == [
        (0, "registered-sex-offenders", "heading"),
        (2, "training", "statement"),
        (1, "registered-sex-offenders", "carried"),
    ]


def test_concerns_that_share_their_words_are_each_about_their_own() -> None:
    body = "I have serious concerns about how well the force investigates crime and manages offenders.\n"
    report = structure(f"Northmoor Police: an inspection\nPEEL 2023–2025\nSummary\n{body}")
    found = {(s.index, s.topic.rpartition("/")[2]) for s in find_subjects(report) if s.kind == "concern"}
    assert found == {(0, "investigations"), (1, "offender-management")}
