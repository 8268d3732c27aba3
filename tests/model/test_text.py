"""Numbers in digits and words, ranks, fractions; and the patterns files they are read with."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kg.model.errors import CannotUnderstand
from kg.model.text.numbers import (
    FRACTION,
    ORDINAL,
    find_numbers,
    fraction_value,
    ordinal_value,
    quotient,
    word_value,
)
from kg.nlp.rules import pattern_files as figure_patterns


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


@pytest.mark.parametrize("text", ["the 4th", "a 30s party", "10am", "v4.2.1", "one-off", "9" * 5000, "G7"])
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


@pytest.mark.parametrize("path", sorted(figure_patterns.FOLDER.glob("figure-*.jsonl")), ids=lambda p: p.stem)
def test_every_pattern_file_loads(path: Path) -> None:
    assert figure_patterns.load_patterns(path.stem)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 1: not JSON"),
        ('{"id": "a"}', "needs id and regex"),
        ('{"id": "a", "regex": "b", "colour": "red"}', "nothing else"),
        ('{"id": "a", "regex": "("}', "line 1: missing"),
        ('{"id": "a", "regex": "<NONE>"}', "not defined above"),
        ('{"id": "a", "regex": "b"}\n{"id": "a", "regex": "c"}', "line 2: the id a is there twice"),
    ],
)
def test_a_bad_pattern_is_refused_with_file_and_line(
    line: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad.jsonl").write_text(line, encoding="utf-8")
    monkeypatch.setattr(figure_patterns, "FOLDER", tmp_path)
    figure_patterns.load_patterns.cache_clear()
    with pytest.raises(CannotUnderstand, match=message) as caught:
        figure_patterns.load_patterns("bad")
    assert "bad.jsonl, line" in str(caught.value)


def test_an_unknown_pattern_is_named() -> None:
    with pytest.raises(CannotUnderstand, match=r"has no pattern form\.none"):
        figure_patterns.pattern("figure-forms", "form.none")
