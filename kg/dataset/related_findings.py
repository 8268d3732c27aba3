"""Which findings a boxed item of a report is on: those of its area with a topic and words in common.

A topic alone is too wide: a report of children’s services finds forty things about care leavers, and asks for
ten more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from math import log

from kg.dataset.following.similarity import words_of
from kg.model.records import Box, Extraction, Subject
from kg.nlp.rules.pattern_files import word_lists

LEAST, LEAST_PART = 0.2, 0.4
"""How much alike their words have to be (cosine; rare words weigh more), or what part of the finding’s words
the item has, from 0 to 1."""
_CAUSE = "cause-of-concern"
_PRACTICES = ("innovative-practice", "promising-practice")
_FAULTS, _STRENGTHS = ("negative", "mixed"), ("positive", "mixed")
"""Polarities of the findings that an item is related to: one that asks, one that praises."""


def find_related(extraction: Extraction, subjects: Iterable[Subject]) -> tuple[tuple[int, int], ...]:
    """Pairs of a boxed item and a finding, by their indices: shortcomings where the item asks for something,
    strengths where it praises. They share area and topic, and words; of a finding that alone is about the
    topic one word is enough. A cause of concern is related to findings by its area and not here."""
    about: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for subject in subjects:
        about[subject.kind, subject.index].add(subject.topic)
    by: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    for index, finding in enumerate(extraction.findings):
        for topic in sorted(about["finding", index]):
            by[(finding.area or "").casefold(), finding.polarity, topic].append(index)
    alike = _Likeness(extraction)
    often = Counter(topic for index in range(len(extraction.findings)) for topic in about["finding", index])
    found: dict[tuple[int, int], None] = {}
    for number, box in enumerate(extraction.boxes):
        for topic in sorted(about["box", number]) if box.area and box.kind != _CAUSE else ():
            for sign in _STRENGTHS if box.kind in _PRACTICES else _FAULTS:
                for index in by.get((box.area.casefold() if box.area else "", sign, topic), ()):
                    if alike.enough(number, index, is_only=often[topic] == 1):
                        found[number, index] = None
    return tuple(found)


class _Likeness:
    """How much alike the words of boxed items and of the headings of findings are."""

    def __init__(self, extraction: Extraction) -> None:
        plain = frozenset(word_lists("following")["plain"])
        self.boxes = [words_of(_said(box), plain) for box in extraction.boxes]
        self.findings = [words_of(finding.heading, plain) for finding in extraction.findings]
        counts = Counter(word for words in (*self.boxes, *self.findings) for word in words)
        every = len(self.boxes) + len(self.findings) + 1
        self.weights = {word: log(every / count) ** 2 for word, count in counts.items()}

    def enough(self, box: int, finding: int, *, is_only: bool) -> bool:
        shared = self.boxes[box] & self.findings[finding]
        if not shared:
            return False
        common, asked, said = (self._size(w) for w in (shared, self.boxes[box], self.findings[finding]))
        return is_only or common >= LEAST_PART * said or common**2 >= LEAST**2 * asked * said

    def _size(self, words: Iterable[str]) -> float:
        return sum(self.weights[word] for word in words)


def _said(box: Box) -> str:
    return f"{box.title or ''} {box.text}"
