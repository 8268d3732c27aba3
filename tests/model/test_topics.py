"""Topics are found by their names."""

from __future__ import annotations

import pytest
from structure_texts import SOURCE

from kg.model.gazetteer import Entry, Gazetteer
from kg.model.records import Report
from kg.model.topics import TopicFinder, areas_of_topic, find_topics, topics_of

TOPICS = TopicFinder(
    Gazetteer(
        Entry(f"https://kg.example/id/topic/{name}", "TOPIC", "Topic", label, others, None, None, "topics")
        for name, label, others in [
            ("search", "search", ()),
            ("stop-and-search", "stop and search", ("Best Use scheme",)),
            ("wellbeing", "wellbeing", ("well-being",)),
        ]
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stop and search is fair.", ["Stop and search"]),
        ("stop-and-search", ["stop-and-search"]),
        ("a search, then another search", ["search", "search"]),
        ("research", []),
        ("the Best Use scheme", ["Best Use scheme"]),
        ("the best use scheme", []),
        ("officers’ well‑being", ["well‑being"]),
        ("They stop. And search is rare.", ["search"]),
        ("", []),
    ],
)
def test_a_topic_is_found_by_its_names(text: str, expected: list[str]) -> None:
    assert [text[start:end] for _, (start, end) in TOPICS.find(text)] == expected


def test_a_topic_is_named_by_its_iri() -> None:
    assert TOPICS.find("well-being") == [("https://kg.example/id/topic/wellbeing", (0, 10))]


def test_the_topics_of_the_package_are_found(seed_text: str) -> None:
    found = {
        (iri.rpartition("/")[2], seed_text[start:end].lower()) for iri, (start, end) in find_topics(seed_text)
    }
    assert len({name for name, _ in found}) > 10
    assert ("domestic-abuse", "domestic abuse") in found


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Services respond to issues of race, culture and disability.", set()),
        ("The culture is one of learning.", {"culture"}),
        ("Most young people are in education, employment or training.", set()),
        ("Carers like the training.", {"training"}),
        ("They learn to budget and cook.", set()),
        ("Children who go missing from home are offered interviews.", {"missing-people"}),
        ("Children are helped to keep safe from bullying.", set()),
        ("Social workers visit children.", set()),
        ("Turnover of social workers is high.", {"social-work-workforce"}),
        ("A care leaver’s plan is late.", {"care-leavers"}),
    ],
)  # fmt: skip
def test_in_reports_on_services_for_children_names_have_their_sense_there(
    text: str, topics: set[str]
) -> None:
    report = Report("r", None, None, None, None, "ofsted-ilacs-2023", None, None, SOURCE, "", "")
    assert {iri.rpartition("/")[2] for iri, _ in topics_of(report).find(text)} == topics


def test_areas_that_a_topic_names_of_a_framework_decide() -> None:
    leavers = "https://kg.example/id/topic/care-leavers"
    assert areas_of_topic(leavers, "ofsted-sif-2013") == {"Experiences and progress of care leavers"}
    assert areas_of_topic(leavers, "ofsted-ilacs-2018") == {
        "The experiences and progress of children in care and care leavers"
    }
