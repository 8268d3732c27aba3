"""Polarity that the words of a heading speak against is told, and not changed."""

from __future__ import annotations

import json

import pytest
from structure_texts import structure

from kg.nlp.structure.polarity_doubt import WEIGHTS, chances, is_doubtful, words_asserted

HEAD = "PEEL 2023–25\nAn inspection of Alnshire Police\n14 May 2024\n\nInvestigating crime\n\nGood\n\n"


@pytest.mark.parametrize(
    ("sentence", "polarity", "expected"),
    [
        ("Delays in poor and inconsistent records are often a concern", "positive", True),
        ("Delays in poor and inconsistent records are often a concern", "negative", False),
        ("The force works well with partners", "positive", False),
        ("Managers do not supervise visits, which are often late", "negative", False),
        ("Plans are good", "neutral", False),
    ],
)
def test_what_words_speak_against_is_doubtful(sentence: str, polarity: str, expected: bool) -> None:
    assert is_doubtful(sentence, polarity) is expected


def test_chances_are_of_all_polarities_and_together_one() -> None:
    found = chances("Crews know what to do")
    assert set(found) == {"positive", "negative", "mixed", "neutral"}
    assert sum(found.values()) == pytest.approx(1)


def test_words_that_a_sentence_does_not_assert_do_not_count() -> None:
    assert "late" not in words_asserted("When visits are late, staff know what to do")


def test_a_doubtful_heading_has_a_notice_and_keeps_its_polarity() -> None:
    said = "Supervisors often rely on some data rather than all"
    found = structure(f"{HEAD}{said}\nThere are ten of them.\n")
    (finding,) = found.findings
    (notice,) = [n for n in found.warnings if n.code == "doubtful-polarity"]
    assert (finding.heading, finding.polarity) == (said, "positive")
    assert (notice.start, notice.end, notice.is_detail) == (finding.start, finding.end, True)


def test_each_word_has_a_weight_for_each_polarity() -> None:
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert {len(row) for row in data["words"].values()} == {len(data["polarities"])}
    assert list(data["words"]) == sorted(data["words"])
