"""Which statements of different reports are on one subject. The bodies do not exist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest

from kg.dataset.following import parallels
from kg.dataset.following.parallels import Spoken, better_elsewhere, likest, telling_words, told_again
from kg.model.iris import short_hash
from kg.model.vocab import KG

TOPIC, OTHER = "https://kg.example/id/topic/care-leavers", "https://kg.example/id/topic/adoption"


def spoken(
    heading: str,
    body: str = "northmoor",
    *,
    praises: bool = False,
    topics: tuple[str, ...] = (TOPIC,),
    findings: int = 9,
    day: str = "2024-01-01",
    kind: str = KG.LocalAuthority,
) -> Spoken:
    """A statement of a report that has so many ``findings`` on each of its topics."""
    iri = f"https://kg.example/report/{body}-{day}/finding-{short_hash(heading)}"
    words = telling_words(heading, body)
    return Spoken(iri, body, day, kind, praises, dict.fromkeys(topics, findings), heading, words)


FAULT = spoken("Pathway plans of care leavers are too variable")
BACKGROUND = [
    spoken(f"Care leavers {verb} {noun}", "westvale", praises=True)
    for verb, noun in product(("visit", "like", "find", "learn"), ("museums", "football", "homes", "trades"))
]


def pairs(*told: Spoken) -> list[tuple[str, str]]:
    found: Sequence[parallels.Parallel] = likest(better_elsewhere([*told, *BACKGROUND]))
    return [(each.one.heading, each.other.heading) for each in found]


def test_who_does_well_what_fails_shares_topic_and_words() -> None:
    good = spoken("Pathway plans are detailed", "eastvale", praises=True)
    assert pairs(FAULT, good) == [(FAULT.heading, good.heading)]


@pytest.mark.parametrize(
    "other",
    [
        spoken("Care leavers are well supported by personal advisers", "eastvale", praises=True),
        spoken("Pathway plans are detailed", "northmoor", praises=True),
        spoken("Pathway plans are detailed", "eastvale"),
        spoken("Pathway plans are detailed", "eastvale", praises=True, topics=(OTHER,)),
        spoken("Pathway plans are detailed", "eastvale", praises=True, kind=KG.PoliceForce),
        spoken("Pathway plans are detailed", "eastvale", praises=True, kind=""),
    ],
    ids=["only the topic", "the same body", "a fault too", "another topic", "a force", "of no framework"],
)
def test_others_are_no_example(other: Spoken) -> None:
    assert pairs(FAULT, other) == []


def test_one_word_is_enough_where_neither_report_says_more_on_the_topic() -> None:
    fault = spoken("Pathway meetings are late", findings=1)
    good = spoken("Pathway reviews are better", "eastvale", praises=True, findings=1)
    assert pairs(fault, good) == [(fault.heading, good.heading)]
    assert pairs(spoken(fault.heading), good) == []


def test_a_statement_has_the_likest_few_beside_it() -> None:
    good = [
        spoken(f"Pathway plans are {word}", "eastvale", praises=True)
        for word in ("detailed", "thoughtful", "current", "readable", "signed")
    ]
    assert len(pairs(FAULT, *good)) == parallels.MOST


def test_a_fault_is_told_again_by_a_later_report_on_the_same_body() -> None:
    earlier = spoken("Too many pathway plans are poor", day="2020-05-01")
    elsewhere = spoken("Too many pathway plans are poor", "eastvale", day="2020-05-01")
    undated = spoken("Pathway plans are late", day="")
    others = [replace(each, is_practice=False) for each in BACKGROUND]
    found = likest(told_again([FAULT, earlier, elsewhere, undated, *others]))
    assert [(each.one, each.other) for each in found] == [(FAULT, earlier)]


def test_many_statements_on_one_topic_are_not_all_compared() -> None:
    many = [
        spoken(f"Pathway plans number {n} are poor", f"body-{n}", praises=n % 2 == 0) for n in range(3000)
    ]
    assert len(likest(better_elsewhere(many))) <= 1500 * parallels.MOST
