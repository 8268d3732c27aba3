"""Statements of different reports on one subject: a fault told again, and who does well what fails.

That two statements are about one topic of the vocabulary is not enough: a report of children’s services says
forty things about care leavers. They have to share words too, weighed by how seldom they are used; of each
statement the likest few are kept. A finding that praises and finds fault in one is nobody’s example.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import log

from kg.dataset.following.dated_reports import Facts
from kg.dataset.following.similarity import words_of
from kg.model.frameworks import load_frameworks
from kg.model.vocab import DCT, KG, RDF, local_name
from kg.nlp.rules.pattern_files import word_lists

LEAST, LEAST_WORDS = 0.34, 2
"""How much alike the words of two statements have to be, from 0 to 1 (their cosine; rare words weigh more),
and how many they share at least."""
LEAST_ALONE = 0.25
"""How much alike where neither report has another finding on the topic; then one word is enough."""
MOST = 3
"""How many others a statement is set beside at most."""
_COMMON = 0.05
"""What share of all statements a word may be in by which pairs are looked for."""
_FEW = 30
"""By a word of so few statements they are looked for in any case."""
_LONGEST = 400
"""Of how many statements with one topic and word all pairs are looked at."""
_PROBLEMS = frozenset({KG.Finding, KG.AreaForImprovement, KG.CauseOfConcern})
_PRACTICES = frozenset({KG.Finding, KG.InnovativePractice, KG.PromisingPractice})
_DAYS = (DCT.issued, KG.inspectionEnd, KG.inspectionBegin)


@dataclass(frozen=True)
class Spoken:
    """A statement that praises (``is_practice``) or finds fault; ``heading`` is that, else its text.

    ``day`` is that of publication or, where it is not stated, of the inspection; ``kind`` is the kind of
    body that it is of by its framework. ``topics`` has what it is about, each with how many findings of its
    report are about it, ``words`` its ``telling_words``.
    """

    iri: str
    body: str
    day: str
    kind: str
    is_practice: bool
    topics: Mapping[str, int]
    heading: str
    words: frozenset[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Parallel:
    """``other`` is on the subject of ``one``: ``topic`` is the one that they share on which least is said."""

    one: Spoken
    other: Spoken
    topic: str
    likeness: float


@cache
def _body_kinds() -> dict[str, str]:
    """The kind of body that each framework is for."""
    return {framework.iri: framework.body_kind for framework in load_frameworks()}


def what_is_spoken(facts: Facts) -> Iterator[Spoken]:
    """What the report of a graph says for and against its body."""
    for report in facts.typed(KG.Report):
        body = facts.one(report, KG.inspectedBody)
        if body is None:
            continue
        day = next(filter(None, (facts.one(report, each) for each in _DAYS)), "")
        kind = _body_kinds().get(facts.one(report, KG.framework) or "", "")
        about: dict[str, dict[str, str]] = {}
        counts: Counter[str] = Counter()
        for one in facts.typed(KG.Aboutness):
            statement, topic = facts.one(one, KG.ofStatement) or "", facts.one(one, DCT.subject) or ""
            if facts.one(one, KG.basis) in ("heading", "statement"):
                counts[topic] += KG.Finding in facts.all(statement, RDF.type)
                about.setdefault(statement, {})[topic] = facts.one(one, KG.polarity) or ""
        for iri, signs in about.items():
            classes = set(facts.all(iri, RDF.type))
            sign = facts.one(iri, KG.polarity) or next(iter(signs.values()))
            allowed = {KG.Positive: _PRACTICES, KG.Negative: _PROBLEMS}.get(sign, frozenset())
            heading = facts.one(iri, KG.heading) or facts.one(iri, KG.statement) or ""
            topics = {topic: counts[topic] for topic in sorted(signs) if signs[topic] == sign}
            if classes & allowed and topics and heading:
                words = telling_words(heading, body)
                yield Spoken(iri, body, day, kind, sign == KG.Positive, topics, heading, words)


def telling_words(heading: str, body: str) -> frozenset[str]:
    """Stems of its content words, without those that name bodies or say how good something is."""
    return words_of(heading, {*local_name(body).split("-"), *word_lists("following")["plain"]})


def better_elsewhere(told: Sequence[Spoken]) -> Iterator[Parallel]:
    """For each fault the likest strengths and practices of other bodies of its kind."""
    for one, other, likeness in _pairs(told):
        for fault, practice in ((one, other), (other, one)):
            apart = practice.is_practice and not fault.is_practice and fault.body != practice.body
            if apart and fault.kind and fault.kind == practice.kind:
                yield _parallel(fault, practice, likeness)


def told_again(told: Sequence[Spoken]) -> Iterator[Parallel]:
    """For each fault the likest ones of earlier reports on the same body."""
    for one, other, likeness in _pairs([each for each in told if not each.is_practice and each.day]):
        later, earlier = (one, other) if one.day > other.day else (other, one)
        again = later.body == earlier.body and later.day > earlier.day
        if again:
            yield _parallel(later, earlier, likeness)


def likest(parallels: Iterable[Parallel]) -> list[Parallel]:
    """The likest few of each statement, in the order of the statements."""
    of: dict[str, list[Parallel]] = defaultdict(list)
    for each in parallels:
        of[each.one.iri].append(each)
    return [
        each
        for iri in sorted(of)
        for each in sorted(of[iri], key=lambda each: (-each.likeness, each.other.iri))[:MOST]
    ]


def _parallel(one: Spoken, other: Spoken, likeness: float) -> Parallel:
    shared = one.topics.keys() & other.topics.keys()
    topic = min(shared, key=lambda topic: (one.topics[topic] + other.topics[topic], topic))
    return Parallel(one, other, topic, round(min(likeness, 1), 2))


def _pairs(told: Sequence[Spoken]) -> Iterator[tuple[Spoken, Spoken, float]]:
    """The pairs of statements that are alike enough, each once, looked for by a topic with a word that
    is not in many statements."""
    counts = Counter(word for one in told for word in one.words)
    weights = {word: log((len(told) + 1) / count) for word, count in counts.items()}
    sizes = [sum(weights[word] ** 2 for word in one.words) ** 0.5 for one in told]
    by: dict[tuple[str, str], list[int]] = defaultdict(list)
    most = max(_FEW, _COMMON * len(told))
    for at, one in enumerate(told):
        for topic in one.topics:
            for word in one.words:
                if counts[word] <= most:
                    by[topic, word].append(at)
    seen: set[tuple[int, int]] = set()
    for places in by.values():
        for first, at in enumerate(places[:_LONGEST]):
            for beside in places[first + 1 : _LONGEST]:
                if (at, beside) in seen:
                    continue
                seen.add((at, beside))
                one, other = told[at], told[beside]
                shared = one.topics.keys() & other.topics.keys()
                alone = any(max(one.topics[topic], other.topics[topic]) <= 1 for topic in shared)
                words = one.words & other.words
                likeness = sum(weights[word] ** 2 for word in words) / (sizes[at] * sizes[beside] or 1)
                if (alone and likeness >= LEAST_ALONE) or (likeness >= LEAST and len(words) >= LEAST_WORDS):
                    yield one, other, likeness
