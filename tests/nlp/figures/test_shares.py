"""Shares, "x of y", on their own: those written together, and those whose parts stand apart."""

from __future__ import annotations

from decimal import Decimal

import pytest
from figure_steps import Marked, context, q

from kg.model.text.numbers import find_numbers
from kg.model.text.sentences import find_sentences
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.numbers.prose import Prose
from kg.nlp.figures.numbers.shares import (
    follows_whole,
    is_share_of_cases,
    only_opens_share,
    ratios,
    share_at,
    with_shares,
)

Parts = tuple[Decimal | None, Decimal | None]


def prose(text: str) -> Prose:
    return Prose.of(text, find_sentences(text), find_numbers(text))


@pytest.mark.parametrize(
    ("text", "words", "parts"),
    [
        ("It had a plan in 9 of 16 cases.", "9 of 16 cases", (9, 16)),
        ("It had a plan in 9 out of the 16 cases.", "9 out of the 16 cases", (9, 16)),
        ("Then 8 of those callers hung up.", "8 of those callers", (8, None)),
        ("It had a plan in all 70 of the applicable cases.", "70 of the applicable cases", (70, 70)),
    ],
)
def test_a_number_opens_a_share(text: str, words: str, parts: Parts) -> None:
    found = share_at(prose(text), 0)
    assert found is not None
    assert text[found.start : found.end] == words
    assert (found.numerator, found.denominator) == parts


@pytest.mark.parametrize(
    "text",
    [
        "It made 9 arrests.",
        "It had 16 of 9 cases.",
        "It is 9 of 16 percent.",
    ],
)
def test_what_is_no_share_has_no_parts(text: str) -> None:
    found = share_at(prose(text), 0)
    assert found is None or found.numerator is None


@pytest.mark.parametrize(
    ("text", "words", "parts"),
    [
        ("One in four calls is late.", "One in four calls", (1, 4)),
        ("That is two out of three, staff said.", "two out of three", (2, 3)),
        ("It lost one pound in every four, and more.", "one pound in every four", (1, 4)),
    ],
)
def test_a_ratio_has_numerator_and_denominator(text: str, words: str, parts: Parts) -> None:
    (found,) = ratios(prose(text))
    assert text[found.start : found.end] == words
    assert (found.numerator, found.denominator, found.unit) == (*parts, "ratio")


@pytest.mark.parametrize("text", ["One in March and one in May.", "Five in four."])
def test_dates_and_more_than_all_are_no_ratios(text: str) -> None:
    assert ratios(prose(text)) == []


def test_a_number_behind_out_of_only_opens_a_share() -> None:
    text = "Out of 1,257 cases, it used bail in 1,243 cases."
    made = context(text, q("1,257 cases"), q("1,243 cases"))
    assert [only_opens_share(prose(text), quantity) for quantity in made.quantities] == [True, False]
    assert follows_whole("Of the 225 records that we read, ")
    assert not follows_whole("In 2023, it read 225 records, ")


APART: list[tuple[str, list[Marked], Links, list[Parts]]] = [
    (
        "There were 12 calls. 8 of those callers hung up.",
        [q("12 calls"), q("8 of those callers", noun="callers", numerator=Decimal(8), of_antecedent=True)],
        Links(),
        [(None, None), (8, 12)],
    ),
    (
        "Of 1,257 cases, it used bail in 1,243 cases and let 12 officers go.",
        [q("1,257 cases", lead=True), q("1,243 cases"), q("12 officers")],
        Links(),
        [(None, None), (1243, 1257), (None, None)],
    ),
    (
        "It had 9,812 incidents, of which 4,310 were late.",
        [q("9,812 incidents"), q("4,310")],
        Links(),
        [(None, None), (4310, 9812)],
    ),
    (
        "We reviewed 45 cases and found that 41 had a plan.",
        [q("45 cases"), q("41")],
        Links(),
        [(None, None), (41, 45)],
    ),
    (
        "It had 45 cases. Of these, 12 were closed.",
        [q("45 cases"), q("12")],
        Links(),
        [(None, None), (12, 45)],
    ),
    (
        "It was 15 percent (53 of 343).",
        [
            q("15 percent", "percent"),
            q("53 of 343", noun="", numerator=Decimal(53), denominator=Decimal(343)),
        ],
        Links(),
        [(53, 343), (53, 343)],
    ),
    (
        "It made 9 arrests, or 4 percent.",
        [q("9 arrests"), q("4 percent", "percent")],
        Links(),
        [(None, None), (9, None)],
    ),
    (
        "It has £688m in funding. It saved £156m, about 20 percent of its total funding.",
        [q("£688m", "GBP", value=688), q("£156m", "GBP", value=156), q("20 percent", "percent")],
        Links(),
        [(None, None), (None, None), (156, 688)],
    ),
    (
        "It made 9,540 searches, with grounds in 97 percent of cases.",
        [q("9,540 searches"), q("97 percent", "percent")],
        Links(),
        [(None, None), (None, 9540)],
    ),
    (  # the size of a change is a share of nothing
        "It made 9 arrests, or 4 percent more.",
        [q("9 arrests"), q("4 percent", "percent")],
        Links(direction={1: "increase"}, base={1: 0}),
        [(None, None), (None, None)],
    ),
    (  # more than the whole is no part
        "Of 12 cases, it closed 15 cases.",
        [q("12 cases", lead=True), q("15 cases")],
        Links(),
        [(None, None), (None, None)],
    ),
]


@pytest.mark.parametrize(("text", "marks", "links", "parts"), APART, ids=[case[0] for case in APART])
def test_parts_that_stand_apart_are_found(
    text: str, marks: list[Marked], links: Links, parts: list[Parts]
) -> None:
    made = context(text, *marks)
    complete = with_shares(made, links)
    assert [(q.numerator, q.denominator) for q in complete.quantities] == parts
    assert complete.sentences == made.sentences


def test_a_part_of_a_whole_is_a_share_of_cases() -> None:
    made = context(
        "Of the 45 cases, 41 had a plan; it has 9 teams.", q("45 cases", lead=True), q("41"), q("9 teams")
    )
    assert [is_share_of_cases(made, index) for index in range(3)] == [True, True, False]
