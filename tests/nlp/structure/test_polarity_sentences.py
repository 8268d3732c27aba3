"""Polarity of labelled sentences of real reports: its shares have floors, as have those of each label."""

from __future__ import annotations

from collections import Counter

import pytest
from labelled_sentences import LabelledSentence, labelled_sentences, rows
from samples import shared

from kg.nlp.structure.polarity import polarity

PRECISION = {"positive": 0.95, "negative": 0.94, "mixed": 0.78, "neutral": 0.9}
RECALL = {"positive": 0.98, "negative": 0.95, "mixed": 0.87, "neutral": 0.5}


@pytest.fixture(scope="module")
def sentences() -> list[LabelledSentence]:
    return list(labelled_sentences(shared("ofsted-ilacs").parent))


@pytest.fixture(scope="module")
def confusion(sentences: list[LabelledSentence]) -> Counter[tuple[str, str]]:
    """How often a sentence with a label got each polarity."""
    return Counter((one.polarity, polarity(one.text)) for one in sentences)


@pytest.mark.parametrize("number", sorted({row["set"] for row in rows()}))
def test_sentences_of_each_set_have_their_polarity(number: int, sentences: list[LabelledSentence]) -> None:
    mine = [one for one in sentences if one.set == number]
    assert sum(polarity(one.text) == one.polarity for one in mine) / len(mine) >= 0.93


@pytest.mark.parametrize("sign", PRECISION)
def test_what_is_called_so_is_so(sign: str, confusion: Counter[tuple[str, str]]) -> None:
    called = sum(count for (_, given), count in confusion.items() if given == sign)
    assert confusion[sign, sign] / called >= PRECISION[sign]


@pytest.mark.parametrize("sign", RECALL)
def test_what_is_so_is_called_so(sign: str, confusion: Counter[tuple[str, str]]) -> None:
    there = sum(count for (label, _), count in confusion.items() if label == sign)
    assert confusion[sign, sign] / there >= RECALL[sign]


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        ("The recording of decisions requires further strengthening.", "negative"),
        ("Leaders have strengthened the recording of decisions.", "positive"),
        ("There is no shortage of suitable homes.", "positive"),
        ("There is a shortage of suitable homes.", "negative"),
    ],
)
def test_what_requires_strengthening_is_a_fault_and_no_shortage_is_none(sentence: str, sign: str) -> None:
    assert polarity(sentence) == sign
