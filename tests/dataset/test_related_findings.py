"""Which findings a boxed item is on. Northmoor does not exist."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.dataset.related_findings import find_related
from kg.model.records import Box, Extraction, Finding, Report, Subject

AREA, TOPIC = "Investigating crime", "https://kg.example/id/topic/care-leavers"
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


def test_of_the_only_finding_on_a_topic_one_word_is_enough() -> None:
    far = finding(
        "Some care leavers wait for years until somebody visits them at their homes, however often they ask"
    )
    assert related([far]) == [0]
    assert 0 not in related([far, *OTHERS])
