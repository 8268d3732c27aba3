"""What began, ended or changed at a stated time: only where a verb and a date that belongs to it say so."""

from __future__ import annotations

import pytest

from kg.nlp import extract
from kg.nlp.events import find_events
from kg.reading import document_from_text

TITLE = "PEEL 2023–2025: An inspection of Northmoor Police\nInvestigating crime\n"


def events(*sentences: str) -> list[tuple[str, str, str]]:
    """Kind, verb and time of each event."""
    text = TITLE + " ".join(sentences)
    found = find_events(extract(document_from_text(text)))
    return [(e.kind, text[slice(*e.verb)], text[slice(*e.time)]) for e in found]


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("The force’s new shift pattern was introduced in May 2022.", ("begin", "introduced", "May 2022")),
        ("In May 2022, the force changed its shift pattern.", ("change", "changed its", "May 2022")),
        ("The fraud unit was disbanded in early 2021.", ("end", "disbanded", "early 2021")),
        ("It launched a new website on 4 March 2023.", ("begin", "launched", "4 March 2023")),
        ("The chief, who was appointed in June 2021, agreed.", ("begin", "was appointed", "June 2021")),
    ],
)  # fmt: skip
def test_a_verb_with_its_date_is_an_event(sentence: str, event: tuple[str, str, str]) -> None:
    assert events(sentence) == [event]


@pytest.mark.parametrize(
    "sentence",
    [
        # plans, conditions, negations
        "The force will introduce a new shift pattern, which is due to be launched in May 2025.",
        "The force has not introduced the plan that it agreed in May 2022.",
        "The unit should be closed in May 2025.",
        # a time in which something was counted, or happened to something else
        "The force introduced 412 plans in May 2022.",
        "In the year ending 31 March 2023, the force introduced a plan.",
        "In 2022/23, the force started a review.",
        "In May 2022, crime began to fall.",
        "The force introduced a plan, and the number of complaints rose in May 2022.",
        "The force restructured its teams after a review that was published in May 2022.",
        # a verb form that is a noun or an adjective
        "We read its newly introduced plan in May 2022.",
        "The force introduced a new shift pattern.",
    ],
)
def test_less_is_no_event(sentence: str) -> None:
    assert events(sentence) == []


def test_each_date_has_its_own_verb() -> None:
    both = events("The unit was created in May 2021.", "It was disbanded in May 2023.")
    assert both == [("begin", "was created", "May 2021"), ("end", "disbanded", "May 2023")]
