"""Polarity of labelled sentences of real reports: its shares have floors, as have those of each label."""

from __future__ import annotations

from collections import Counter

import pytest
from labelled_sentences import LabelledSentence, labelled_sentences, rows
from samples import shared

from kg.nlp.structure.asserted import asserted
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


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        ("The council is far too tolerant of risk in its homes.", "negative"),
        ("Paperwork is too great a burden on its inspectors.", "negative"),
        ("The brigade needs a better understanding of what its crews can do.", "negative"),
        ("Housing officers find the new system difficult to use.", "negative"),
        ("Inspectors found several areas for improvement in the custody suite.", "negative"),
        ("The brigade has cut the number of fires that other bodies should put out.", "positive"),
        ("Two sergeants are responsible for the northern district.", "neutral"),
        ("The average time to answer a letter was 14 days.", "neutral"),
        ("A joint plan for the river is being drafted.", "neutral"),
        ("Some 40 families are living in temporary homes.", "neutral"),
        ("After the flood the council carried out a review of its shelters.", "neutral"),
        ("Its plans are too vague.", "negative"),
        ("Domestic abuse is one of the force’s biggest challenges.", "negative"),
        ("Raising enough money has been a constant challenge for the board.", "negative"),
        ("The board is open to challenge.", "positive"),
        ("The reports that panels receive vary in quality.", "negative"),
        ("Workloads have fallen, although they vary markedly between teams.", "mixed"),
        ("Children waited 212 days to be matched, 90 days longer than elsewhere.", "negative"),
        ("The time that it takes to place a child has been longer than in most other councils.", "negative"),
        ("The average time from entering care to adoption is below the national average.", "positive"),
        ("The proportion of pupils achieving the expected grade is above the England average.", "positive"),
        ("The proportion of children adopted is above the England average.", "neutral"),
        ("There has been a history of poor practice in fostering.", "negative"),
        ("Staff know of each family’s history of poor parenting.", "positive"),
        ("There are no children in care who should not be there.", "neutral"),
        ("No children were found to be unsafe or unseen.", "positive"),
        ("Gaps in records are followed up.", "positive"),
        ("Issues with the records have recently been resolved.", "positive"),
        ("Issues with the records have not been resolved.", "negative"),
        ("Turnover has improved and is now less of a problem.", "positive"),
        ("Some children are waiting, with their wishes not being heard.", "negative"),
        ("The team has a record of not excluding pupils.", "positive"),
        ("Planning is managed in isolation from schools.", "negative"),
        ("Many young people leaving care do well.", "positive"),
        ("The arrangements between the boards to make help a shared priority are not aligned.", "negative"),
        ("The council told the inspectorate that a review had begun.", "positive"),
        ("Soon after the visit, the council notified Ofsted of the death of a child.", "neutral"),
        ("The night service also covers Northtown.", "neutral"),
        ("No child was seen at unassessed risk of harm, and no serious failings were found.", "positive"),
        ("Inspectors did not find any child who was in care unnecessarily.", "positive"),
        ("Inspectors did not find evidence that children at risk are visited.", "negative"),
        ("Leaders did not see that children were at risk.", "negative"),
        ("Nearly half of referrals are re-referrals.", "negative"),
        ("The plan for the team is overly positive about its progress.", "negative"),
        ("The strategy for carers is still in draft.", "negative"),
        ("The number of visits remains extremely low.", "negative"),
        ("Turnover remains extremely low.", "positive"),
        ("This limits the team’s ability to plan better.", "negative"),
        ("Young parents are well supported by nurses who work solely with them.", "positive"),
        ("Adoption is considered at the earliest stage where a return home would be unsafe.", "positive"),
    ],
)
def test_degrees_comparisons_and_events_have_their_side(sentence: str, sign: str) -> None:
    assert polarity(sentence) == sign


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            "261 children of those who met the test set by the team (FRT) did not have a social worker.",
            "did not",
        ),
        ("Although staff can say why homes suit and why it is right, this is not well recorded.", "not well"),
        ("Caseloads have fallen in many parts, although they vary between teams.", "they vary"),
        ("Staff know the steps they take.", "Staff know"),
    ],
)
def test_the_main_clause_behind_another_is_asserted(sentence: str, said: str) -> None:
    assert said in asserted(sentence)
