"""Which findings a boxed item is on, and which statements a concern. Northmoor does not exist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kg.dataset.related_findings import find_related, find_related_concerns
from kg.model.records import Box, Concern, Extraction, Finding, Known, Report, Subject

AREA, TOPIC = "Investigating crime", "https://kg.example/id/topic/care-leavers"
NARROW = "https://kg.example/id/topic/digital-forensics"
MEANS = "https://kg.example/id/topic/training"
REPORT = Report("r", None, None, None, None, "peel-2023-25", None, None, "", "", "")
ASKS = "Make sure that pathway plans of care leavers are reviewed"


def finding(heading: str, polarity: str = "negative", area: str = AREA) -> Finding:
    return Finding(heading, area, None, polarity, 0, len(heading), ())


def related(
    findings: Sequence[Finding], *, text: str = ASKS, kind: str = "area-for-improvement", area: str = AREA
) -> list[int]:
    """The findings that a boxed item is on; all are about one topic, as it is."""
    box = Box(kind, None, None, text, None, area, 500, 600)
    extraction = Extraction(REPORT, findings=tuple(findings), boxes=(box,))
    subjects = [Subject("box", 0, TOPIC, "statement", 1.0, "negative", (), ())]
    subjects += [
        Subject("finding", n, TOPIC, "heading", 1.0, each.polarity, (), ()) for n, each in enumerate(findings)
    ]
    return [index for _, index in find_related(extraction, subjects)]


OTHERS = [
    finding(f"Too few care leavers have {what}") for what in ("homes", "jobs", "friends", "money", "doctors")
]


@pytest.mark.parametrize(
    ("each", "options", "found"),
    [
        (finding("Pathway plans are reviewed late"), {}, True),
        (finding("Pathway plans are reviewed late", area="Other"), {}, False),
        (finding("Pathway plans are reviewed late", "positive"), {}, False),
        (finding("Pathway plans are reviewed well", "positive"), {"kind": "innovative-practice"}, True),
        (finding("Pathway plans are reviewed late"), {"kind": "cause-of-concern"}, False),
        (finding("Homes are unsafe"), {}, False),
    ],
)
def test_an_item_is_on_findings_of_its_area_in_words_alike(
    each: Finding, options: dict[str, str], found: bool
) -> None:
    assert (0 in related([each, *OTHERS], **options)) is found


def on_topic(
    asked: str, found: str, *, topics: tuple[str, str] = (TOPIC, TOPIC), name: str = "", others: int = 0
) -> bool:
    """Whether a boxed item is on a finding; ``name`` is what both call their topic."""
    box = Box("area-for-improvement", None, None, asked, None, AREA, 500, 600)
    text = f"{found}\n{asked}"
    spans = [(text.casefold().index(name), text.casefold().index(name) + len(name))] if name else []
    more = tuple(
        finding(f"Nobody has seen {word}") for word in ("homes", "jobs", "friends", "money")[:others]
    )
    extraction = Extraction(replace(REPORT, text=text), findings=(finding(found), *more), boxes=(box,))
    subjects = [Subject("finding", 0, topics[0], "heading", 1.0, "negative", tuple(spans), ())]
    subjects += [Subject("finding", n + 1, TOPIC, "heading", 1.0, "negative", (), ()) for n in range(others)]
    subjects.append(Subject("box", 0, topics[1], "statement", 1.0, "negative", tuple(spans), ()))
    return (0, 0) in find_related(extraction, subjects)


@pytest.mark.parametrize(
    ("asked", "found", "options", "expected"),
    [
        ("It should publish data on stop and search", "Stop and search records lack grounds",
         {"name": "stop and search", "others": 4, "topics": (TOPIC, MEANS)}, False),
        ("It should check records of stop and search", "Stop and search records lack grounds",
         {"name": "stop and search", "others": 4}, True),
        ("It should give all officers training in the law", "Teams have too few who have had training",
         {"topics": (MEANS, MEANS)}, False),
        ("It should examine devices sooner", "Phones are examined late", {}, True),
        ("It should examine devices sooner", "Phones are examined late", {"topics": (TOPIC, MEANS)}, False),
        ("It should fill the gaps in its risk register", "The risk register is out of date",
         {"topics": (TOPIC, MEANS), "others": 4}, True),
    ],
    ids=["the topic alone", "more than the topic", "a means", "alone on it", "on others", "a phrase"],
)  # fmt: skip
def test_an_item_is_on_a_finding_by_more_than_the_name_of_a_topic(
    asked: str, found: str, options: dict, expected: bool
) -> None:
    assert on_topic(asked, found, **options) is expected


def test_of_the_only_finding_on_a_topic_one_word_is_enough() -> None:
    far = finding(
        "Some care leavers wait for years until somebody visits them at their homes, however often they ask"
    )
    assert related([far]) == [0]
    assert 0 not in related([far, *OTHERS])


def test_words_that_only_name_who_acts_are_not_enough() -> None:
    assert (
        related([finding("Care leavers trust their managers and staff")], text="Train managers and staff")
        == []
    )


def on_concern(
    heading: str, concern: str, *, whole: bool = False, area: str = AREA, topics: tuple[str, str] = ("", "")
) -> bool:
    """Whether a finding is on a stated concern."""
    known = (Known("area", "stated", 0, 1),) if whole else ()
    extraction = Extraction(
        REPORT,
        findings=(finding(heading, area=area),),
        concerns=(Concern(concern, 700, 700 + len(concern), (AREA,), known=known),),
    )
    subjects = [
        Subject(kind, 0, topic, "statement", 1.0, "negative", (), ())
        for kind, topic in zip(("finding", "concern"), topics, strict=True)
        if topic
    ]
    pairs = find_related_concerns(extraction, subjects)
    assert pairs <= {(("finding", 0), ("concern", 0))}
    return bool(pairs)


DEVICES = "delays in examining devices"


@pytest.mark.parametrize(
    ("heading", "options", "expected"),
    [
        ("Devices are examined late", {}, True),
        ("Visits to offenders are overdue", {}, False),
        ("Visits to offenders are overdue", {"whole": True}, True),
        ("Visits to offenders are overdue", {"topics": (NARROW, NARROW)}, True),
        ("Visits to offenders are overdue", {"topics": (TOPIC, TOPIC)}, False),
        ("Visits to offenders are overdue", {"topics": (MEANS, MEANS)}, False),
        ("Devices are examined late", {"area": "Other"}, False),
    ],
)
def test_a_shortcoming_is_on_a_concern_of_its_area_by_topic_or_words_or_if_it_is_on_all_of_it(
    heading: str, options: dict, expected: bool
) -> None:
    assert on_concern(heading, DEVICES, **options) is expected


def test_a_cause_of_concern_whose_title_has_the_words_of_its_area_is_on_all_of_it() -> None:
    causes = [
        Box("cause-of-concern", None, title, "It has gaps.", None, AREA, at, at + 50)
        for title, at in (
            ("The force isn’t investigating crimes well", 500),
            ("Devices wait for months", 600),
        )
    ]
    extraction = Extraction(
        REPORT, findings=(finding("Victims aren’t told of charges"),), boxes=tuple(causes)
    )
    assert find_related_concerns(extraction, []) == {(("finding", 0), ("box", 0))}
