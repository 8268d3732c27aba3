"""Spans, values and units on their own: a text and its numbers are given, quantities come out."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest

from kg.model.text.numbers import find_numbers
from kg.model.text.sentences import find_sentences
from kg.nlp.figures.numbers.exclusions import excluded_starts
from kg.nlp.figures.numbers.intervals import with_intervals
from kg.nlp.figures.numbers.prose import Prose, short_sentences
from kg.nlp.figures.numbers.spans import find_quantities
from kg.nlp.figures.quantities import Quantity


def read(text: str) -> list[Quantity]:
    """The quantities of a text without the numbers that a wording rules out."""
    numbers = find_numbers(text)
    ruled_out = excluded_starts(text, numbers)
    return find_quantities(text, find_sentences(text), [n for n in numbers if n.start not in ruled_out])


def seen(text: str) -> list[tuple[str, str, str | None]]:
    return [(text[q.start : q.end], q.unit, q.base) for q in read(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It made 1,250 knife crime arrests.", [("1,250 knife crime arrests", "count", None)]),
        ("The rate was 14.1%.", [("14.1%", "percent", None)]),
        ("It spends £1.2bn.", [("£1.2bn", "GBP", None)]),
        ("It has 4.4 thefts per 1,000 people.", [("4.4 thefts per 1,000 people", "rate", "1000")]),
        ("The wait was 9 working days.", [("9 working days", "duration", "working days")]),
        ("It is 3 times more likely.", [("3 times more likely", "ratio", None)]),
        ("It has the third highest rate.", [("third highest", "rank", None)]),
        ("It was ranked 12th.", [("12th", "rank", None)]),
        ("It is twice as likely.", [("twice as likely", "ratio", None)]),
        ("One in four calls is late.", [("One in four calls", "ratio", None)]),
        ("It has only one exercise.", [("one exercise", "count", None)]),
        ("It ran one exercise.", []),
        ("Officers spent five days there in tents.", [("five days", "duration", "days")]),
        ("They met for five days.", []),
    ],
)
def test_a_number_has_its_unit_or_its_noun(text: str, found: list[tuple[str, str, str | None]]) -> None:
    assert seen(text) == found


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("It takes between 18 and 23 percent.", ["percent", "percent"]),
        ("It has 68.4 crimes per 1,000 people, compared with 65.1 in Wales.", ["rate", "rate"]),
        ("The wait was 64 days, compared with 44.", ["duration", "duration"]),
        ("For every 1,000 people it has 1.6 officers and 9 cars.", ["rate", "count"]),
        ("It has 9 teams and 12 cars.", ["count", "count"]),
    ],
)
def test_a_bare_number_has_the_unit_of_another(text: str, units: list[str]) -> None:
    assert [quantity.unit for quantity in read(text)][-2:] == units


def test_a_time_in_two_units_is_one_value_in_the_smaller() -> None:
    (found,) = read("The average wait was 1 minute 30 seconds.")
    assert (found.value, found.base) == (Decimal(90), "seconds")


def test_the_number_that_only_opens_a_share_is_kept_as_its_lead() -> None:
    found = read("Out of 1,257 cases, it used bail in 1,243 cases.")
    assert [quantity.lead for quantity in found] == [True, False]


def test_bare_numbers_are_told_from_counted_nouns() -> None:
    found = read("It read 45 files and 41 had a plan.")
    assert [(quantity.bare, quantity.noun is None) for quantity in found] == [(False, False), (True, True)]


def test_an_interval_goes_to_the_estimate_before_it() -> None:
    text = "It records 91.2 percent of crimes (with a confidence interval of +/- 3.6 percent)."
    (found,) = with_intervals(text, find_sentences(text), read(text)[:1])
    assert found.interval == Decimal("3.6")
    assert with_intervals("No plan.", [(0, 8)], []) == []


def test_an_interval_has_the_level_that_the_text_states_anywhere() -> None:
    text = "It is 91 percent (+/- 3.6). All intervals are at the 95 percent confidence level."
    assert with_intervals(text, find_sentences(text), read(text)[:1])[0].interval_level == 95


def test_a_sentence_of_more_numbers_than_prose_has_is_a_table() -> None:
    row = " ".join(f"{number} cases" for number in range(10, 60))
    text = f"It had 9 cases. {row}."
    made = Prose.of(text, find_sentences(text), find_numbers(text))
    assert made.tables == {1}
    assert len(made.numbers) == 1


def test_a_very_long_sentence_is_cut_at_spaces_and_nothing_is_lost() -> None:
    text = "word " * 1000
    spans = short_sentences(text, [(0, len(text))])
    assert all(end - start <= 1500 for start, end in spans)
    assert all(text[first[1] : second[0]].strip() == "" for first, second in pairwise(spans))
    assert "".join(text[start:end] for start, end in spans).replace(" ", "") == "word" * 1000


def test_a_text_without_sentences_has_no_quantities() -> None:
    assert find_quantities("", [], []) == []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        (
            "It found 5,192 knife and sharp instrument offences in a year.",
            "5,192 knife and sharp instrument offences",
        ),
        (
            "We heard 22 of the 96 longer investigations that stood still.",
            "22 of the 96 longer investigations",
        ),
        ("It recorded 14.4 homicides per million population there.", "14.4 homicides per million population"),
        ("It was the fifth highest of all.", "fifth highest"),
        ("Forty-two people lost their lives.", "Forty-two people"),
        ("There were two causes of concern.", "two causes of concern"),
        ("It got 191 ‘right to know’ applications then.", "191 ‘right to know’ applications"),
        ("It has 12 firearms officers on duty.", "12 firearms officers"),
        ("There are 450 full-time equivalent officers.", "450 full-time equivalent officers"),
        ("It gained 14 Stalking Protection Orders.", "14 Stalking Protection Orders"),
        ("It served about £1.3m of cuts.", "£1.3m"),
        ("It met in all 70 of the applicable cases.", "70 of the applicable cases"),
        ("It had 30 officers and staff in the team.", "30 officers and staff"),
    ],
)
def test_the_span_runs_from_the_number_to_the_counted_noun(text: str, span: str) -> None:
    assert [text[quantity.start : quantity.end] for quantity in read(text)] == [span]
