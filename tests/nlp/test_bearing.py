"""Which sentences may be given as reasons. What they tell of does not exist."""

from __future__ import annotations

import pytest

from kg.nlp.bearing import favours, finds_fault, finds_strength, stands_for


@pytest.mark.parametrize(
    "sentence",
    [
        "Each team has a clear plan.",
        "Every response officer has had the training, and the records are up to date.",
        "Patrols are rarely called away to other duties.",
        "The force works hard to keep its stations open.",
        "The reserve is adequate.",
        "Although records were poor, they are now clear.",
        "When children need a home, most benefit from skilled carers.",
    ],
)
def test_praise_of_what_is_done_is_a_strength(sentence: str) -> None:
    assert finds_strength(sentence)
    assert stands_for(sentence) == "positive"


@pytest.mark.parametrize(
    "sentence",
    [
        "The unit has ten officers.",  # told only
        "This helps officers to work well.",  # says nothing alone
        "Officers must use video effectively.",  # a norm
        "A supportive workplace is important because it affects results.",  # holds in general
        "Victims are more likely to be confident when they hear from officers.",
        "The force is developing a better plan.",  # to come
        "Data is used to bring about improvements.",  # what for
        "The Clear Path team meets each week.",  # a name
        "There were three areas for improvement.",  # a fixed term
        "Inspectors asked whether plans are effective.",
        "In our last report we praised its good plans.",
        "An example is the good plan at Northmoor station.",
        "Plans are not always clear.",
        "The force was good in its 2019 assessment.",
    ],
)
def test_what_is_told_asked_planned_or_true_in_general_is_no_strength(sentence: str) -> None:
    assert not finds_strength(sentence)


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("This process is brief and poor.", True),
        ("This process checks each step, but it isn’t brief.", False),
        ("Audits accurately identify all weaker practice.", False),
        ("Thresholds are not well understood.", True),
        ("Matching takes too long, justifiably, for some children.", False),
        ("Leaders accept all the shortfalls that we found.", False),
        ("Visits are overdue.", True),
    ],
)
def test_a_look_at_faults_or_an_effort_is_no_fault(sentence: str, fault: bool) -> None:
    assert finds_fault(sentence) is fault


def test_names_and_fixed_terms_have_no_praise() -> None:
    assert favours("Officers meet the team promptly")
    assert not favours("Officers meet the Good Neighbours team where appropriate")
