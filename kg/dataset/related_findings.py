"""Which findings a boxed item of a report is on, and which statements a concern: those of its area that are
on the same matter.

An area alone is too wide: a report of children’s services finds forty things about care leavers, and asks for
ten more; a concern about delays in examining devices has nothing to do with visits to offenders. So is a
topic that both name: “publish data on stop and search” is on no finding about grounds for searches.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from math import log

from kg.dataset.following.similarity import phrases_of, words_of
from kg.model.records import Box, Concern, Extraction, Subject
from kg.model.text.sentences import find_sentences
from kg.model.vocab import local_name
from kg.nlp.rules.pattern_files import word_lists

Key = tuple[str, int]
"""A statement by its kind and index."""
LEAST, LEAST_PART = 0.2, 0.4
"""How much alike their words have to be (cosine; rare words weigh more), or what part of the words of the one
the other has, from 0 to 1."""
FEW = 2
"""How many words a cause of concern has at most beside those of its area, if it is on the area as a whole."""
SELDOM = 3
"""In how many statements a topic is seldom: two of these that are on it alone need to share one word."""
_CAUSE = "cause-of-concern"
_PRACTICES = ("innovative-practice", "promising-practice")
_FAULTS, _STRENGTHS = ("negative", "mixed"), ("positive", "mixed")
"""Polarities of the findings that an item is related to: one that asks, one that praises."""
_OWN = ("heading", "statement")
"""Grounds on which a statement is about a topic by its own words."""


def find_related(extraction: Extraction, subjects: Iterable[Subject]) -> tuple[tuple[int, int], ...]:
    """Pairs of a boxed item and a finding of its area on the same matter, by their indices: shortcomings
    where the item asks for something, strengths where it praises. Causes of concern are related to findings
    by ``find_related_concerns``."""
    by: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for index, finding in enumerate(extraction.findings):
        by[(finding.area or "").casefold(), finding.polarity].append(index)
    boxes = {("box", number): f"{box.title or ''} {box.text}" for number, box in enumerate(extraction.boxes)}
    findings = {("finding", index): one.heading for index, one in enumerate(extraction.findings)}
    matters = _Matters(boxes | findings, extraction, subjects)
    return tuple(
        (number, index)
        for number, box in enumerate(extraction.boxes)
        if box.area and box.kind != _CAUSE
        for sign in (_STRENGTHS if box.kind in _PRACTICES else _FAULTS)
        for index in by[box.area.casefold(), sign]
        if matters.are_one(("finding", index), ("box", number))
    )


def find_related_concerns(extraction: Extraction, subjects: Iterable[Subject]) -> frozenset[tuple[Key, Key]]:
    """Pairs of a statement of a shortcoming, or of what is asked for, and a stated concern or cause of
    concern of its area: one on the area as a whole, or on the same matter."""
    shortcomings = dict(_shortcomings(extraction))
    concerns = dict(_concerns(extraction))
    matters = _Matters(
        {key: words for key, (_, words) in shortcomings.items()}
        | {key: words for key, (_, words, _) in concerns.items()},
        extraction,
        subjects,
    )
    by_area: defaultdict[str, list[Key]] = defaultdict(list)
    for key, (areas, _, _) in concerns.items():
        for area in areas:
            by_area[area.casefold()].append(key)
    return frozenset(
        (key, concern)
        for key, (areas, _) in shortcomings.items()
        for area in areas
        for concern in by_area[area.casefold()]
        if concern != key
        and (concerns[concern][2] or matters.is_topic_one(key, concern) or matters.are_one(key, concern))
    )


def _shortcomings(extraction: Extraction) -> Iterator[tuple[Key, tuple[tuple[str, ...], str]]]:
    """What may be on a concern, each with its areas and the words that say what it is."""
    for index, finding in enumerate(extraction.findings):
        if finding.polarity in _FAULTS:
            yield ("finding", index), (_of(finding.area), finding.heading)
    for index, need in enumerate(extraction.needs):
        yield ("need", index), (_of(need.area), need.text)
    for index, concern in enumerate(extraction.concerns):
        yield ("concern", index), (concern.areas, concern.text)
    for index, box in enumerate(extraction.boxes):
        if box.kind not in (_CAUSE, *_PRACTICES):
            yield ("box", index), (_of(box.area), _first_of(box))


def _concerns(extraction: Extraction) -> Iterator[tuple[Key, tuple[tuple[str, ...], str, bool]]]:
    """Stated concerns and causes of concern: areas, words, and whether they are about the area as a whole."""
    for index, concern in enumerate(extraction.concerns):
        yield ("concern", index), (concern.areas, concern.text, _names_its_area(concern))
    for index, box in enumerate(extraction.boxes):
        if box.kind == _CAUSE:
            named = words_of(box.area or "", _plain())
            said = _first_of(box)
            words = words_of(said, _plain() | _actors())
            is_whole = bool(named) and named <= words_of(said, _plain()) and len(words - named) <= FEW
            yield ("box", index), (_of(box.area), said, is_whole)


def _of(area: str | None) -> tuple[str, ...]:
    return () if area is None else (area,)


def _names_its_area(concern: Concern) -> bool:
    return any(known.slot == "area" and known.how == "stated" for known in concern.known)


def _first_of(box: Box) -> str:
    """What a boxed item is on: its title, or its first sentence."""
    start, end = next(iter(find_sentences(box.text)), (0, len(box.text)))
    return box.title or box.text[start:end]


def _plain() -> frozenset[str]:
    return frozenset(word_lists("following")["plain"])


def _actors() -> frozenset[str]:
    return frozenset(word_lists("following")["actors"])


class _Matters:
    """What statements are on: their words, without those that name who acts or is served, and the topics that
    these name."""

    def __init__(self, said: Mapping[Key, str], extraction: Extraction, subjects: Iterable[Subject]) -> None:
        text = extraction.report.text
        body = frozenset(local_name(extraction.report.force or "").split("-"))
        besides = _plain() | _actors() | body
        self.words = {key: words_of(one, besides) for key, one in said.items()}
        self.phrases = {key: frozenset(phrases_of(one, besides)) for key, one in said.items()}
        self.topics: defaultdict[Key, set[str]] = defaultdict(set)
        self.names: defaultdict[tuple[Key, str], set[str]] = defaultdict(set)
        for one in subjects:
            key = (one.kind, one.index)
            if one.basis in _OWN:
                self.topics[key].add(local_name(one.topic))
                for start, end in one.words:
                    self.names[key, local_name(one.topic)] |= words_of(text[start:end])
        self.often = Counter(topic for key, of in self.topics.items() if key in said for topic in of)
        counts = Counter(word for words in self.words.values() for word in words)
        every = len(said) + 1
        self.weights = {word: log(every / count) ** 2 for word, count in counts.items()}

    def is_topic_one(self, one: Key, other: Key) -> bool:
        """Whether two statements are on the same topics: enough where a report has few of the one kind, as of
        concerns, if it is not all that an area is on ("fire protection")."""
        topics = self.topics[one] - _means()
        is_same = bool(topics) and topics == self.topics[other] - _means()
        is_wide = topics <= frozenset(word_lists("following")["wide"])
        return is_same and not (is_wide and self.words[one].isdisjoint(self.words[other]))

    def are_one(self, one: Key, other: Key) -> bool:
        """Whether two statements are on the same matter.

        Their words are alike, and beside the names of topics they share another word; or they are on the same
        topics and no others, of which one says more than by what means work is done (“training”), and share
        its name or another word; or they share a phrase that is more than the name of a topic.
        """
        shared, both = self.words[one] & self.words[other], self.topics[one] & self.topics[other]
        seldom = any(self.often[topic] <= SELDOM for topic in both - _means())
        is_same = self.topics[one] == self.topics[other] and self.is_topic_one(one, other)
        if not shared or not ((seldom and is_same) or self._enough(one, other, shared)):
            return False
        names, every = self._names(one, other, both), self._names(one, other)
        more, phrases = shared - names, self.phrases[one] & self.phrases[other]
        return (
            (bool(both and more) and len(shared) > 1)
            or (is_same and (bool(more) or self._have_one_name(one, other)))
            or any(set(phrase) - every for phrase in phrases)
        )

    def _names(self, one: Key, other: Key, topics: Collection[str] | None = None) -> set[str]:
        """The words by which two statements name these of their topics, or all."""
        return {
            word
            for key in (one, other)
            for topic in (self.topics[key] if topics is None else topics)
            for word in self.names[key, topic]
        }

    def _have_one_name(self, one: Key, other: Key) -> bool:
        """Whether they call a topic of both the same, not "protection plans" here and "conferences" there."""
        return any(
            self.names[one, topic] <= self.names[other, topic]
            or self.names[one, topic] >= self.names[other, topic]
            for topic in self.topics[one] & self.topics[other]
        )

    def _enough(self, one: Key, other: Key, shared: frozenset[str]) -> bool:
        """Whether they share enough of their words, or of those of ``one``."""
        common, own, others = (self._size(w) for w in (shared, self.words[one], self.words[other]))
        return common >= LEAST_PART * own or common**2 >= LEAST**2 * own * others

    def _size(self, words: Iterable[str]) -> float:
        return sum(self.weights[word] for word in words)


def _means() -> frozenset[str]:
    return frozenset(word_lists("following")["means"])
