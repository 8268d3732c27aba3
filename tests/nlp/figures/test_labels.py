"""Labels are true alone or empty: with their predicate, of one share where two numbers say one."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from figure_helpers import figures

from kg.nlp import extract
from kg.nlp.figures.measures.wording import says_what
from kg.nlp.rules.pattern_files import pattern

TESTS = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Visits to 14 of the 90 offenders were late.", "offenders to whom visits were late"),
        (
            "We found that reviews of nine of the 30 plans had been missed.",
            "plans of which reviews had been missed",
        ),
        ("Checks on 12 of 40 vehicles were out of date.", "vehicles on which checks were out of date"),
        ("We judged five of the 30 files poor.", "files judged poor"),
        ("Inspectors rated 12 of the 30 calls as good.", "calls rated as good"),
    ],
)
def test_a_label_keeps_its_predicate(text: str, label: str) -> None:
    assert [figure.measure for figure in figures(text)] == [label]


@pytest.mark.parametrize("words", ["will fall to £11m", "would drop to £11m", "have been drawn down to £11m"])
def test_a_sum_that_changes_is_what_changes(words: str) -> None:
    (figure,) = figures(f"Its general reserves {words} by 2027.")
    assert figure.measure == "general reserves"


def test_each_of_the_graded_has_its_own_grade() -> None:
    found = figures(
        "We read 33 files. Managers graded 19 as good, 11 as requiring improvement and three as poor."
    )
    assert [figure.measure for figure in found] == [
        "files read",
        "files graded as good",
        "files graded as requiring improvement",
        "files graded as poor",
    ]


@pytest.mark.parametrize(
    ("text", "share", "label"),
    [
        ("Three sergeants in ten had no deputy.", (3, 10), "sergeants who had no deputy"),
        ("Only one letter in six was answered.", (1, 6), "letters answered"),
        ("One clerk in four is new.", (1, 4), None),
        ("Eight in every ten of your callers were content.", (8, 10), "your callers who were content"),
        ("Nine in ten of callers were polite.", (9, 10), "callers who were polite"),
    ],
)
def test_so_many_in_so_many_is_one_share(text: str, share: tuple[int, int], label: str | None) -> None:
    (figure,) = figures(text)
    assert (figure.unit, figure.numerator, figure.denominator) == ("ratio", *map(Decimal, share))
    assert label is None or figure.measure == label


@pytest.mark.parametrize(
    "text", ["Two sergeants in three stations left.", "Six clerks in five small towns left."]
)
def test_things_in_so_many_places_are_two_counts(text: str) -> None:
    assert [figure.unit for figure in figures(text)] == ["count", "count"]


@pytest.mark.parametrize("whose", ["the town’s", "Loamshire Police’s", "the service’s other"])
def test_a_whole_has_an_owner(whose: str) -> None:
    (figure,) = figures(f"Three of {whose} nine depots were shut.")
    assert (figure.numerator, figure.denominator) == (3, 9)


def test_what_each_has_is_no_part_of_what_was_read() -> None:
    found = figures("We read 40 referrals. The team carries more than 20 cases a detective.")
    assert [(figure.numerator, figure.denominator) for figure in found] == [(None, None), (None, None)]


def test_them_and_them_are_the_same() -> None:
    found = figures(
        "The unit manages 900 offenders. Visits to 61 of them were late. Reviews of 14 of them were late."
    )
    assert [figure.denominator for figure in found] == [None, 900, 900]


@pytest.mark.parametrize(
    "text",
    [
        "The board has an annual report and six monthly updates.",
        "It wrote a plan for 2014-17.",
        "Its 2023–25 plan ends.",
    ],
)
def test_how_often_and_until_when_are_no_counts(text: str) -> None:
    assert figures(text) == []


def test_to_write_about_two_is_no_estimate() -> None:
    (figure,) = figures("I wrote to you about two causes of concern.")
    assert figure.bound == "exact"


@pytest.mark.parametrize(
    "gold", sorted((TESTS / "gold").glob("*/report.txt")), ids=lambda path: path.parent.name
)
def test_no_label_of_a_report_is_senseless(gold: Path) -> None:
    labels = [figure.measure for figure in extract(gold, given={}).figures if figure.measure is not None]
    assert [label for label in labels if pattern("figure-measures", "measure.senseless").search(label)] == []


@pytest.mark.parametrize(
    "words",
    [
        "has significantly",
        "to victims",
        "callers who",
        "cases with with video",
        "change in in which they",
        "now there",
    ],
)
def test_a_fragment_is_no_label(words: str) -> None:
    assert not says_what(words)
