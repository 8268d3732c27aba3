"""``python -m kg.nlp.rules``: where each rule fires while texts are read, and how many rules there are."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from kg.nlp.rules.__main__ import counts
from kg.nlp.rules.ledger import Ledger, _Counted, _CountedSet, every_rule
from kg.nlp.rules.pattern_files import one_of

TEXT = """\
Harbourshire Police

In the year ending 31 March 2023, the force answered 91.8 percent of 999 calls.
In the year ending 31 March 2022, it answered 85 percent.
"""


def ledger(*arguments: str) -> dict[str, tuple[int, int, str]]:
    """Hits, texts and words by rule, as a process of its own prints them."""
    done = subprocess.run([sys.executable, "-m", "kg.nlp.rules", *arguments], capture_output=True, text=True)
    assert done.returncode == ("--silent" in arguments), done.stderr
    rows = (re.fullmatch(r" *(\d+) +(\d+)  (\S+)(?:  (.*))?", line) for line in done.stdout.splitlines())
    return {row[3]: (int(row[1]), int(row[2]), row[4] or "") for row in rows if row}


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("texts") / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def test_a_rule_is_counted_where_it_is_applied_and_shown_with_its_words(report):
    found = ledger(report)
    hits, texts, words = found["period-forms:period.ending"]
    assert (hits, texts) == (2, 1)
    assert "year ending 31 March 2023" in words
    assert found["period-forms:period.season"][:2] == (0, 0)


def test_silent_lists_only_the_rules_that_fire_nowhere(report):
    found = ledger("--silent", report)
    assert "period-forms:period.season" in found
    assert "period-forms:period.ending" not in found
    assert found["document:our-own"][2] == "OPEN"


def test_a_list_that_code_turns_into_a_table_is_looked_for_in_the_texts():
    read = Ledger(read={"a": "the force failed", "b": "a failure"})
    rule = next(rule for rule in every_rule() if (rule.file, rule.id) == ("following", "open"))
    assert read.texts_with("fail(?:ed|s)?") == ["a"]
    assert read.occurring(rule).total() == 0


def test_the_lists_that_code_puts_into_one_expression_are_counted_by_entry():
    counted = Ledger()
    rule = next(rule for rule in every_rule() if (rule.file, rule.id) == ("polarity", "negation"))
    regex = counted.regex(re.compile(rf"\b{one_of(rule.body)}\b"), None)
    assert isinstance(regex, _Counted)
    assert regex.search("it did not act and never will")
    assert counted.hits["polarity", "negation"] == 1
    assert counted.entries[("polarity", "negation"), "did not"] == 1


def test_a_set_counts_the_words_that_were_found_in_it_for_each_of_its_lists():
    counted = Ledger()
    first = counted.word_set("some", "first", frozenset({"a"}))
    both = first | counted.word_set("some", "second", frozenset({"b"}))
    assert isinstance(both, _CountedSet)
    assert ["b" in both, "c" in both] == [True, False]
    assert dict(counted.hits) == {("some", "second"): 1}


def test_the_rules_and_the_expressions_in_code_are_counted():
    assert counts()["regex rules"] == sum(rule.kind == "regex" for rule in every_rule())
