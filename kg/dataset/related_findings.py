"""Which findings a boxed item of a report is on, and which statements a concern: those of its area that have
a topic or words in common with it.

An area alone is too wide: a report of children’s services finds forty things about care leavers, and asks for
ten more; a concern about delays in examining devices has nothing to do with visits to offenders.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from math import log

from kg.dataset.following.similarity import words_of
from kg.model.records import Box, Concern, Extraction, Subject
from kg.model.text.sentences import find_sentences
from kg.model.topics import broader_topics
from kg.nlp.rules.pattern_files import word_lists

Key = tuple[str, int]
"""A statement by its kind and index."""
LEAST, LEAST_PART = 0.2, 0.4
"""How much alike their words have to be (cosine; rare words weigh more), or what part of the words of the one
the other has, from 0 to 1."""
FEW = 2
"""Of how many topics an item may be for one word in common to be enough with the only finding on one of
them."""
_CAUSE = "cause-of-concern"
_PRACTICES = ("innovative-practice", "promising-practice")
_FAULTS, _STRENGTHS = ("negative", "mixed"), ("positive", "mixed")
"""Polarities of the findings that an item is related to: one that asks, one that praises."""


def find_related(extraction: Extraction, subjects: Iterable[Subject]) -> tuple[tuple[int, int], ...]:
    """Pairs of a boxed item and a finding, by their indices: shortcomings where the item asks for something,
    strengths where it praises. They share area and topic, and words; of a finding that alone is about the
    topic, and an item on few topics, one word is enough, if it does not only name who acts. Causes of concern
    are related to findings by ``find_related_concerns``."""
    about = _topics(subjects)
    by: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    for index, finding in enumerate(extraction.findings):
        for topic in sorted(about["finding", index]):
            by[(finding.area or "").casefold(), finding.polarity, topic].append(index)
    boxes = {("box", number): f"{box.title or ''} {box.text}" for number, box in enumerate(extraction.boxes)}
    findings = {("finding", index): one.heading for index, one in enumerate(extraction.findings)}
    alike = _Likeness(boxes | findings)
    often = Counter(topic for index in range(len(extraction.findings)) for topic in about["finding", index])
    found: dict[tuple[int, int], None] = {}
    for number, box in enumerate(extraction.boxes):
        for topic in sorted(about["box", number]) if box.area and box.kind != _CAUSE else ():
            for sign in _STRENGTHS if box.kind in _PRACTICES else _FAULTS:
                for index in by.get((box.area.casefold() if box.area else "", sign, topic), ()):
                    said, asked = ("finding", index), ("box", number)
                    is_only = often[topic] == 1 and len(about[asked]) <= FEW
                    if alike.enough(said, asked) or (is_only and alike.any(said, asked)):
                        found[number, index] = None
    return tuple(found)


def find_related_concerns(extraction: Extraction, subjects: Iterable[Subject]) -> frozenset[tuple[Key, Key]]:
    """Pairs of a statement of a shortcoming, or of what is asked for, and a stated concern or cause of
    concern of its area: one on the area as a whole, or with a topic or words in common with it."""
    about = _topics(subjects)
    shortcomings = dict(_shortcomings(extraction))
    concerns = dict(_concerns(extraction))
    alike = _Likeness(
        {key: words for key, (_, words) in shortcomings.items()}
        | {key: words for key, (_, words, _) in concerns.items()}
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
        and (concerns[concern][2] or _is_one_topic(about[key], about[concern]) or alike.enough(key, concern))
    )


def _topics(subjects: Iterable[Subject]) -> defaultdict[Key, set[str]]:
    about: defaultdict[Key, set[str]] = defaultdict(set)
    for subject in subjects:
        about[subject.kind, subject.index].add(subject.topic)
    return about


def _is_one_topic(one: Collection[str], other: Collection[str]) -> bool:
    """Whether two statements are about one topic, or one about a part of what the other is about."""
    return not (set(one).isdisjoint(_with_broader(other)) and set(other).isdisjoint(_with_broader(one)))


def _with_broader(topics: Iterable[str]) -> set[str]:
    return {above for topic in topics for above in (topic, *broader_topics(topic))}


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
            is_whole = bool(named) and named <= words_of(said, _plain())
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


class _Likeness:
    """How much alike the words of statements are; those that name who acts or is served do not count."""

    def __init__(self, said: Mapping[Key, str]) -> None:
        actors = frozenset(word_lists("following")["actors"])
        self.words = {key: words_of(text, _plain() | actors) for key, text in said.items()}
        counts = Counter(word for words in self.words.values() for word in words)
        every = len(said) + 1
        self.weights = {word: log(every / count) ** 2 for word, count in counts.items()}

    def any(self, one: Key, other: Key) -> bool:
        return not self.words[one].isdisjoint(self.words[other])

    def enough(self, one: Key, other: Key) -> bool:
        """Whether they share enough of their words, or of those of ``one``."""
        shared = self.words[one] & self.words[other]
        if not shared:
            return False
        common, own, others = (self._size(w) for w in (shared, self.words[one], self.words[other]))
        return common >= LEAST_PART * own or common**2 >= LEAST**2 * own * others

    def _size(self, words: Iterable[str]) -> float:
        return sum(self.weights[word] for word in words)
