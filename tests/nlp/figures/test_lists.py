"""What the lead-in of a list gives to its items: their measure, of what they are parts, and their time."""

from __future__ import annotations

import pytest

from kg import extract
from kg.model.records import Figure
from kg.reading import read

GROUPS = """Young people in the area
- The share of pupils with a travel pass:
- in junior schools is 9% (the national average is 14%)
- in senior schools is 11% (the national average is 17%).
- Newcomers make up 6% of all pupils in the borough, compared with 21% in the country as a whole.
"""
PARTS = """- At 31 May 2016, 88 children were being fostered by the council. It was 97 at 31 May 2015. {0}
- 31 (or 35%) live outside the borough
- 12 live with relatives, of whom 25% live outside the borough
- eight live with friends, of whom 50% live outside the borough
- nine children are waiting for a school place.
- In the last 12 months:
- there have been four adoptions
"""


def found(text: str) -> dict[str, Figure]:
    """The figures of a text by their words; of the same words the last."""
    return {figure.text: figure for figure in extract(read(text.encode())).figures}


def test_a_lead_in_names_what_its_items_measure_and_ends_with_the_last_of_them() -> None:
    figures = found(GROUPS)
    assert {words: figures[words].measure for words in ("9%", "14%", "11%", "17%", "6%", "21%")} == {
        "9%": "share of pupils with a travel pass in junior schools",
        "14%": "share of pupils with a travel pass in junior schools",
        "11%": "share of pupils with a travel pass in senior schools",
        "17%": "share of pupils with a travel pass in senior schools",
        "6%": "newcomers as a share of all pupils in the borough",
        "21%": "newcomers as a share of all pupils in the borough",
    }
    assert figures["21%"].population == "england-and-wales"
    assert figures["21%"].of is None


@pytest.mark.parametrize(
    "lead", ["Of this number:", "\n- Of this number:", "\nOf these:", "Of these children:"]
)
def test_parts_have_the_whole_of_the_lead_in_and_its_day_not_that_of_the_comparison(lead: str) -> None:
    figures = found(PARTS.format(lead))
    assert {
        words: figures[words].measure for words in ("31", "35%", "12", "25%", "50%", "nine children")
    } == {
        "31": "children being fostered by the council who live outside the borough",
        "35%": "children being fostered by the council who live outside the borough",
        "12": "children being fostered by the council who live with relatives",
        "25%": "children being fostered by the council who live with relatives and live outside the borough",
        "50%": "children being fostered by the council who live with friends and live outside the borough",
        "nine children": "children being fostered by the council who are waiting for a school place",
    }
    assert [figures[words].denominator for words in ("31", "12", "nine children")] == [88, 88, 88]
    days = {figures[words].period_end for words in ("88 children", "31", "35%", "12", "50%", "nine children")}
    assert days == {"2016-05-31"}
    assert figures["97"].period_end == "2015-05-31"


def test_months_that_are_counted_from_no_day_date_nothing() -> None:
    figure = found(PARTS.format("Of this number:"))["four adoptions"]
    assert (figure.measure, figure.period_begin, figure.period_end) == ("adoptions", None, None)


def test_the_words_of_the_lead_in_are_parts_of_the_measure() -> None:
    text = GROUPS
    figure = found(text)["9%"]
    assert figure.measure_composed
    assert [text[start:end] for start, end in figure.measure_parts] == [
        "share of pupils with a travel pass",
        "in junior schools",
    ]


def test_a_count_with_its_rate_in_brackets_has_the_time_behind_them_and_both_are_compared() -> None:
    figures = found(
        "At 31 May 2016, 140 children were in care (a rate of 61 per 10,000) compared with 152"
        " (66 per 10,000) at 31 May 2015."
    )
    words = ("140 children", "61 per 10,000", "152", "66 per 10,000")
    assert [figures[w].unit for w in words] == ["count", "rate", "count", "rate"]
    assert [figures[w].period_end for w in words] == ["2016-05-31", "2016-05-31", "2015-05-31", "2015-05-31"]
    assert [figures[w].comparators for w in words] == [(152,), (66,), (), ()]


def test_the_rates_of_counts_that_changed_changed_too() -> None:
    figures = found(
        "At 31 May 2016, 140 children were in care (a rate of 61 per 10,000). This is a fall from 152"
        " (66 per 10,000) at 31 May 2015."
    )
    assert figures["61 per 10,000"].base_value == 66
    assert figures["61 per 10,000"].direction == "decrease"
