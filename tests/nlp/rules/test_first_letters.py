"""An expression that says its first letters finds what it found without."""

from __future__ import annotations

import re

import pytest

from kg.nlp.rules.first_letters import with_first_letters

TEXT = "It NEEDS to act. 12 of £40, “quoted” need; has to.\nHas\u017f sample size: 1,234 – \u212aent"
LIST = [
    "(?:need|has)s? to",
    r"\d+|£\d",
    "(?:a|b)?c|need",
    r"(?<!1)2\b",
    "s(?P<x>a)(?:m)",
    "need|has",
    "[kx]ent",
    "[–-]",
]


@pytest.mark.parametrize("regex", LIST)
def test_the_matches_stay_the_same(regex: str) -> None:
    plain = re.compile(regex, re.IGNORECASE)
    told = with_first_letters(plain)
    assert told is not plain
    found = [(m.span(), m.groups()) for m in plain.finditer(TEXT)]
    assert [(m.span(), m.groups()) for m in told.finditer(TEXT)] == found


@pytest.mark.parametrize("regex", [r"\w+", "[^a]b", "a*", "(?s)need", "(?-i:N)eed", "", "x?|y"])
def test_nothing_is_said_where_the_first_letter_is_not_known(regex: str) -> None:
    plain = re.compile(regex, re.IGNORECASE)
    assert with_first_letters(plain) is plain
