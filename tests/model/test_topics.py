"""Topics are found by their names."""

from __future__ import annotations

import pytest

from kg.model.gazetteer import Entry, Gazetteer
from kg.model.topics import TopicFinder, find_topics

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
