"""Numbers in digits and words, ranks, fractions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.model.text.numbers import (
    FRACTION,
    ORDINAL,
    find_numbers,
    fraction_value,
    ordinal_value,
    quotient,
    word_value,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9,540 stops", "9540"),
        ("£688m in funding", "688000000"),
        ("£1.2bn", "1200000000"),
        ("£14.6 million", "14600000"),
        ("£2,345,000", "2345000"),
        ("2.1 million people", "2100000"),
        ("Forty-two people", "42"),
        ("three hundred and five cases", "305"),
        ("38.0 percent", "38.0"),
        ("−3.4 percent", "-3.4"),
    ],
)
def test_a_number_is_resolved_to_units(text: str, value: str) -> None:
    assert [str(number.value) for number in find_numbers(text)] == [value]


LONG = [
    f"£{10**30:,}",
    f"£{10**30:,} million",
    f"{10**4000:,} cases",
    f"£{10**14:,} tn",
    "9" * 12 + " million",
]


@pytest.mark.parametrize(
    "text", ["the 4th", "a 30s party", "10am", "v4.2.1", "one-off", "9" * 5000, "G7", *LONG]
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert find_numbers(text) == []


@pytest.mark.parametrize(("text", "rank"), [("fifth", 5), ("4th", 4), ("twenty-first", 21), ("twelfth", 12)])
def test_an_ordinal_has_its_rank(text: str, rank: int) -> None:
    match = ORDINAL.search(text)
    assert match is not None
    assert ordinal_value(match) == rank


def test_a_fraction_has_numerator_and_denominator() -> None:
    match = FRACTION.search("Three quarters of staff")
    assert match is not None
    assert fraction_value(match) == (3, 4)


def test_a_quotient_that_does_not_end_has_nine_digits() -> None:
    assert quotient(Decimal(1), Decimal(3)) == Decimal("0.333333333")


def test_words_make_a_number() -> None:
    assert word_value("nineteen") == 19


def test_shares_of_the_longest_numbers_are_worked_out() -> None:
    long, short = Decimal(10**15 - 1), Decimal("0.000001")
    assert quotient(long, short) == Decimal(10**21 - 10**6)
    assert quotient(short, long) == 0


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It cost £2.5–2.7bn.", [(2500000000, True), (2700000000, True)]),
        ("It cost between £40 and £50 thousand.", [(40000, True), (50000, True)]),
        ("It has between four and five million records.", [(4000000, False), (5000000, False)]),
        ("It fell from £31 to £29 million.", [(31, True), (29000000, True)]),
        ("It cost £7, 8 and 9 million.", [(7000000, True), (8000000, True), (9000000, True)]),
        ("It rose from £900 to £1.2m.", [(900, True), (1200000, True)]),
        ("It has 3 sites and 6 million records.", [(3, False), (6000000, False)]),
        ("It pays £11–12 an hour.", [(11, True), (12, True)]),
        ("It paid £3 to 4 drivers.", [(3, True), (4, False)]),
        ("It cost £3 thousand million.", [(3000000000, True)]),
    ],
)
def test_the_ends_of_a_range_share_what_one_of_them_has_written(
    text: str, values: list[tuple[int, bool]]
) -> None:
    assert [(number.value, number.money) for number in find_numbers(text)] == values
