"""Which statements of different reports are on one subject. The bodies do not exist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pyoxigraph as ox
import pytest

from kg.dataset.following import parallels
from kg.dataset.following.dated_reports import DatedReport, Facts
from kg.dataset.following.links_graph import link_quads
from kg.dataset.following.parallels import (
    Spoken,
    better_elsewhere,
    likest,
    meant_words,
    telling_phrases,
    telling_words,
    told_again,
    what_is_spoken,
)
from kg.model.iris import short_hash
from kg.model.terms import node, text_literal
from kg.model.vocab import BASE, DCT, KG, RDF, local_name

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
    **more: object,
) -> Spoken:
    """A statement of a report that has so many ``findings`` on each of its topics."""
    iri = f"https://kg.example/report/{body}-{day}/finding-{short_hash(heading)}"
    words, meant = telling_words(heading, body), meant_words(heading, body)
    told = Spoken(iri, body, day, kind, praises, dict.fromkeys(topics, findings), heading, words, meant)
    return replace(told, phrases=telling_phrases(heading, body), **more)


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


@pytest.mark.parametrize(
    ("cls", "grade", "heading", "is_example"),
    [
        (KG.Finding, "requires-improvement", "Supervisors review investigations each week", True),
        (KG.Finding, "inadequate", "Supervisors review investigations each week", False),
        (KG.InnovativePractice, "inadequate", "Supervisors review investigations each week", True),
        (KG.Finding, "good", "No children have been referred for such an investigation this year", False),
    ],
)
def test_praise_in_an_area_of_the_lowest_grade_or_for_what_did_not_occur_is_no_example(
    cls: str, grade: str, heading: str, is_example: bool
) -> None:
    report, area = node(BASE + "report/northmoor"), node(BASE + "id/area/peel-2023-25--investigating-crime")
    judgement, praised, about = (node(f"{report.value}/{name}") for name in ("judgement", "praised", "about"))
    said = [
        (report, RDF.type, node(KG.Report)),
        (report, KG.inspectedBody, node(BASE + "id/force/northmoor")),
        (judgement, RDF.type, node(KG.Judgement)),
        (judgement, KG.area, area),
        (judgement, KG.grade, node(f"{BASE}id/grade/hmicfrs-five--{grade}")),
        (praised, RDF.type, node(cls)),
        (praised, KG.area, area),
        (praised, KG.heading, text_literal(heading)),
        (about, RDF.type, node(KG.Aboutness)),
        (about, KG.ofStatement, praised),
        (about, DCT.subject, node(TOPIC)),
        (about, KG.basis, text_literal("heading")),
        (about, KG.polarity, node(KG.Positive)),
    ]
    facts = Facts(ox.Triple(subject, node(predicate), term) for subject, predicate, term in said)
    assert [told.iri for told in what_is_spoken(facts)] == ([praised.value] if is_example else [])


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


AREA = frozenset({"https://kg.example/area/help"})
SAID = "We raised this in our 2020 report"


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        ("Where adoption is not the plan, visits are late", "Adoption plans are late"),
        ("Work on exploitation is inconsistent", "The board does not receive data on exploitation work"),
    ],
    ids=["what is left out", "records of it"],
)
def test_what_a_heading_leaves_out_or_records_of_a_matter_are_no_repeated_fault(
    later: str, earlier: str
) -> None:
    assert not list(told_again([spoken(later), spoken(earlier, day="2020-05-01")]))
    again = earlier.replace("not the plan", "the plan")
    assert list(told_again([spoken(earlier, day="2023-05-01"), spoken(again, day="2020-05-01")]))


def test_that_a_report_says_itself_that_it_found_this_before_is_the_best_ground() -> None:
    earlier = spoken("Advisers leave too often", day="2020-05-01", areas=AREA)
    unlike = spoken("Reviews drift", areas=AREA)
    assert not list(told_again([unlike, earlier]))
    (found,) = told_again([replace(unlike, repeated=SAID), earlier])
    assert (found.basis, found.other) == ("stated", earlier)
    assert not list(told_again([replace(unlike, repeated=SAID, areas=frozenset()), earlier]))
    more = spoken("Reviews of plans drift", day="2020-05-01", areas=AREA)
    (which,) = told_again([replace(unlike, repeated=SAID), earlier, more])
    assert which.other == more, "of several earlier faults, not the one that has no word in common"


def test_short_headings_of_one_area_on_a_topic_of_few_findings_may_be_less_alike() -> None:
    fault = spoken("It takes too long to examine phones", findings=2, areas=AREA, is_headed=True)
    good = replace(
        spoken("Phones are now looked at within days", "eastvale", praises=True, findings=2),
        areas=AREA, is_headed=True,
    )  # fmt: skip
    others = [spoken(f"Plans for {word} are kept", "eastvale") for word in ("homes", "schools", "carers")]
    assert pairs(fault, good, *others) == [(fault.heading, good.heading)]
    assert pairs(fault, replace(good, areas=frozenset()), *others) == []
    assert pairs(fault, replace(good, is_headed=False), *others) == []
    assert pairs(replace(fault, topics={TOPIC: 9}), good, *others) == []
    unlike = replace(
        spoken("The backlog has gone", "eastvale", praises=True, findings=2), areas=AREA, is_headed=True
    )
    assert pairs(fault, unlike, *others) == [], "on one topic, and no answer to each other"


def test_many_statements_on_one_topic_are_not_all_compared() -> None:
    many = [
        spoken(f"Pathway plans number {n} are poor", f"body-{n}", praises=n % 2 == 0) for n in range(3000)
    ]
    assert len(likest(better_elsewhere(many))) <= 1500 * parallels.MOST


WHOLE = "Leaders should see to it that each of them has a pathway plan before leaving home for good"


@pytest.mark.parametrize(
    ("later", "earlier", "options", "shared"),
    [
        ("Pathway plans drift", WHOLE, {}, ("pathway plans",)),
        ("Plans for a pathway drift", WHOLE, {}, ("plans for a pathway",)),
        ("Pathway plans drift", WHOLE, {"areas": frozenset(), "topics": {OTHER: 9}}, None),
        ("Pathway moves drift", WHOLE, {}, None),
    ],
    ids=["side by side", "joined", "neither area nor topic", "a word alone"],
)
def test_a_phrase_with_area_and_topic_is_enough_for_a_fault_told_again(
    later: str, earlier: str, options: dict, shared: tuple[str, ...] | None
) -> None:
    before = replace(spoken(earlier, day="2020-05-01", areas=AREA), **options)
    others = [replace(each, is_practice=False) for each in BACKGROUND]
    found = [each.shared for each in told_again([spoken(later, areas=AREA), before, *others])]
    assert found == ([] if shared is None else [shared])


@pytest.mark.parametrize(
    "heading",
    ["Advisers, who write a pathway plan, are few", "Where a pathway plan is not kept, advisers are few",
     "Advisers are few, and those with a pathway plan leave", "Advisers are few; a pathway plan is needed"],
)  # fmt: skip
def test_what_a_heading_says_by_the_way_is_no_phrase_that_it_is_on(heading: str) -> None:
    assert ("pathwa", "plan") not in telling_phrases(heading, "northmoor")
    assert ("pathwa", "plan") in telling_phrases("A pathway plan is needed, advisers say", "northmoor")


def test_the_name_of_a_topic_alone_is_no_answer() -> None:
    fault = spoken("Too little is done that private fostering is known of in schools", areas=AREA)
    good = spoken(
        "Homes in private fostering are visited by kind staff", "eastvale", praises=True, areas=AREA
    )
    assert pairs(fault, good) == [(fault.heading, good.heading)]
    named = frozenset({"priv", "foster"})
    assert pairs(replace(fault, names=named), replace(good, names=named)) == []
    known = spoken("It is known of private fostering in all schools", "eastvale", praises=True, areas=AREA)
    assert pairs(replace(fault, names=named), replace(known, names=named)) == [(fault.heading, known.heading)]


def told_in_graph(*told: Spoken, letter: str = "") -> list[tuple[str, str, str]]:
    """Class, basis and shared words of the parallels of a graph; ``letter`` is the day of a letter among the
    reports."""
    iri = f"https://kg.example/report/{told[0].body}-{letter}"
    kind = "revisit-letter" if letter else "inspection-report"
    report = DatedReport(iri, told[0].body, None, kind, letter or "2024-01-01", f"{iri}/text", (), (), {})
    facts = Facts(quad.triple for quad in link_quads([[report]], [*told, *BACKGROUND]))
    return [
        (local_name(cls), facts.one(each, KG.basis) or "", facts.one(each, KG.sharedWords) or "")
        for cls in (KG.RepeatedFault, KG.PracticeElsewhere)
        for each in facts.typed(cls)
    ]


def test_a_letter_tells_nothing_again_and_is_no_example() -> None:
    earlier, good = (
        spoken("Too many pathway plans are poor", day="2020-05-01"),
        spoken("Pathway plans are detailed", "eastvale", praises=True),
    )
    again = ("RepeatedFault", "likeness", "pathway plans")
    assert told_in_graph(FAULT, earlier) == [again]
    assert told_in_graph(FAULT, earlier, letter="2024-01-01") == []
    assert told_in_graph(good, FAULT) == [("PracticeElsewhere", "likeness", "pathway plans")]
    assert told_in_graph(good, FAULT, letter="2024-01-01") == []


def test_a_fault_that_its_report_tells_again_stands_alone_where_no_earlier_report_has_it() -> None:
    assert told_in_graph(replace(FAULT, repeated=SAID)) == [("RepeatedFault", "stated", SAID)]
    assert told_in_graph(replace(FAULT, repeated=SAID), letter="2024-01-01") == []
