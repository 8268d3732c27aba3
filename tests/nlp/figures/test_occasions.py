"""Occasions: which audits, inspections and surveys a report dates, and which words speak of them again."""

from __future__ import annotations

import pytest
from figure_steps import Marked, context, p

from kg.nlp.figures.dates.occasions import Occasions, find_occasions

JULY = p("between 1 July and 31 December 2017", "2017-07-01", "2017-12-31")
OCTOBER = p("October 2023", "2023-10-01", "2023-10-31")
MAY = p("May 2024", "2024-05-01", "2024-05-31")


def found(text: str, *marked: Marked) -> Occasions:
    return find_occasions(context(text, *marked))


def dated(occasions: Occasions) -> list[tuple[str, str | None, str | None]]:
    """Kind, source and first day of each occasion."""
    return [(o.kind, o.source, o.period.begin_date) for o in occasions.all]


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        (
            "Our audit covered crimes recorded between 1 July and 31 December 2017.",
            [JULY],
            ("records", "inspectorate", "2017-07-01"),
        ),
        ("We inspected the service in October 2023.", [OCTOBER], ("visit", "inspectorate", "2023-10-01")),
        ("In October 2023 we visited the force.", [OCTOBER], ("visit", "inspectorate", "2023-10-01")),
        ("The staff survey of May 2024 had 9 questions.", [MAY], ("survey", "survey", "2024-05-01")),
        ("The force’s own audit in May 2024 found 9.", [MAY], ("records", "force", "2024-05-01")),
        ("We carried it out in May 2024.", [MAY], ("visit", "inspectorate", "2024-05-01")),
        ("We collected evidence in May 2024.", [MAY], ("visit", "inspectorate", "2024-05-01")),
        ("This time they came in May 2024.", [MAY], ("visit", "inspectorate", "2024-05-01")),
        ("We based this on 700 reports of May 2024.", [MAY], ("records", "inspectorate", "2024-05-01")),
        ("Our auditors looked at reports of May 2024.", [MAY], ("records", "inspectorate", "2024-05-01")),
    ],
)
def test_an_occasion_is_dated_in_the_sentence_that_names_it(
    text: str, marked: list[Marked], expected: tuple[str, str, str]
) -> None:
    assert dated(found(text, *marked)) == [expected]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Since our inspection, it recorded 9 crimes in May 2024.", [MAY]),  # measured from the inspection
        ("The audit report was read in May 2024.", [MAY]),  # names a report
        ("Our audit was thorough; in May 2024, the force moved.", []),
        ("This inspection does not change the grades in our May 2024 report.", [MAY]),
    ],
)
def test_what_names_no_occasion_or_another_time_dates_none(text: str, marked: list[Marked]) -> None:
    assert dated(found(text, *marked)) == []


def test_a_series_of_times_is_of_one_occasion_each_and_a_later_clause_is_not() -> None:
    text = "We have been back in October 2023 and, most recently, in May 2024."
    assert [o.period.begin_date for o in found(text, OCTOBER, MAY).all] == ["2023-10-01", "2024-05-01"]
    text = "We inspected it in October 2023 and published our report in May 2024."
    assert [o.period.begin_date for o in found(text, OCTOBER, MAY).all] == ["2023-10-01"]


def test_a_reference_means_the_nearest_of_the_same_noun_or_verb_first() -> None:
    text = "We inspected it in October 2023. We returned in May 2024. At our inspection, 9 were late."
    occasions = found(text, OCTOBER, MAY)
    (reference,) = occasions.references[2]
    assert (reference.kind, reference.form, reference.by, reference.stem) == (
        "visit",
        "name",
        "ours",
        "inspec",
    )
    assert [o.period.begin_date for o in occasions.meant_by(reference)] == ["2023-10-01", "2024-05-01"]


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("In 9 of the 12 cases in the audit, a plan was made.", "name"),
        ("Of the 33 cases we examined, 9 were good.", "act"),
        ("A plan was made in 21 of the 25 audited cases.", "read"),
    ],
)
def test_later_sentences_speak_of_the_audit_again(words: str, form: str) -> None:
    text = f"Our audit covered crimes recorded between 1 July and 31 December 2017.\n\n{words}"
    occasions = found(text, JULY)
    (reference,) = occasions.references[1]
    assert reference.form == form
    assert [o.period.begin_date for o in occasions.meant_by(reference)] == ["2017-07-01"]


def test_the_audit_of_the_force_is_not_ours() -> None:
    text = "The force’s own audit in May 2024 found 9 faults. In our audit, 9 of 12 were good."
    occasions = found(text, MAY)
    assert occasions.meant_by(occasions.references[1][0]) == []
