"""Where the polarity of a heading is doubtful: its words speak against what the rules make of it.

The weights are a logistic regression over the words of what a sentence asserts. They decide nothing: on
reports that neither has seen they are right less often than the rules (docs/evaluation.md, "Polarity, on
reports of others"). But where they leave the answer of the rules next to no chance, about half of the answers
are wrong. ``benchmarks/polarity.py --write`` makes ``polarity_words.json``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import exp, fsum
from pathlib import Path

from kg.model.records import DOUBTFUL_POLARITY, Finding, Notice
from kg.nlp.structure.asserted import HIDDEN, asserted

WEIGHTS = Path(__file__).resolve().parent / "polarity_words.json"
"""A row for each word (``""``: before any), a weight for each polarity."""
_WORD = re.compile(rf"[\w’-]+|[,;{HIDDEN}]")
CHANCE = {"positive": 0.2, "mixed": 0.1, "negative": 0.05, "neutral": 0.0}
"""The chance below which an answer of the rules is doubtful: a strength is what is told where nothing speaks
against it, and soonest wrong; a fault rests on words that say so."""


def words_asserted(sentence: str) -> frozenset[str]:
    """The words of what a sentence asserts, numbers as ``#``, without order; the empty word is in each.

    >>> sorted(words_asserted("Last year, 9 crews knew"))
    ['', '#', ',', 'crews', 'knew', 'last', 'year']
    """
    found = _WORD.findall(asserted(sentence.replace("'", "’")).casefold())
    return frozenset(("", *("#" if word[0].isdigit() else word for word in found)))


def chances(sentence: str) -> dict[str, float]:
    """The chance of each polarity by the words of a sentence; together they are 1."""
    return chances_by(sentence, *_weights())


def chances_by(
    sentence: str, polarities: Sequence[str], weights: Mapping[str, Sequence[float]]
) -> dict[str, float]:
    """As ``chances``, by these weights of each word for each of the polarities."""
    rows = [weights[word] for word in sorted(words_asserted(sentence)) if word in weights]
    scores = [exp(fsum(row[at] for row in rows)) for at in range(len(polarities))]
    return dict(zip(polarities, (score / fsum(scores) for score in scores), strict=True))


def is_doubtful(sentence: str, polarity: str) -> bool:
    """Whether the words of a sentence speak against a polarity."""
    return chances(sentence)[polarity] < CHANCE[polarity]


def doubtful_polarities(findings: Iterable[Finding]) -> Iterator[Notice]:
    """A notice for each finding whose polarity is doubtful."""
    for finding in findings:
        if is_doubtful(finding.heading, finding.polarity):
            said = f"is taken to be {finding.polarity}, which its words speak against: read it"
            yield Notice(DOUBTFUL_POLARITY, f"“{finding.heading}” {said}", finding.start, finding.end)


@cache
def _weights() -> tuple[tuple[str, ...], Mapping[str, list[float]]]:
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return tuple(data["polarities"]), data["words"]
