"""Statements of different reports on one subject: a fault told again, and who does well what fails.

That two statements are about one topic of the vocabulary is not enough: a report of children’s services says
forty things about care leavers. They have to share what they are on: a phrase (“pathway plans”) and two of
area, topic and many words, or a topic and more words; words weigh by how seldom they are used. Of each
statement the likest few are kept. A finding that praises and finds fault in one is nobody’s example, nor is
what is praised in an area that got the lowest grade.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from math import log

from kg.dataset.following.dated_reports import Facts
from kg.dataset.following.similarity import Phrase, phrases_of, stem, words_of
from kg.model.frameworks import load_frameworks
from kg.model.terms import whole_number
from kg.model.text.sentences import find_sentences
from kg.model.vocab import DCT, KG, OA, RDF, local_name
from kg.nlp.rules.pattern_files import pattern, word_lists

LEAST, LEAST_WORDS = 0.34, 2
"""How much alike the words of two statements on one topic have to be, from 0 to 1 (their cosine; rare words
weigh more), and how many they share at least, where they share no phrase."""
LEAST_ALONE = 0.25
"""How much alike where neither report has another finding on the topic; then one word is enough."""
LEAST_PHRASE, MANY = 0.2, 0.3
"""How much alike where they share a phrase: at least; and so much that it is one of the two grounds (of area,
topic and words) that are needed besides."""
SHORT, SELDOM = 10, 2
"""Of how many content words headings may be, and in how many findings of a report a topic, for topic and area
to be enough: such headings say one thing on it."""
LEAST_SHORT = 0.2
"""How much alike such headings are at least: "Waits are long" and "Video reaches victims soon" are on one
topic of one area, and no answer to each other."""
LEAST_STATED = 0.1
"""How much alike a fault that a report tells again has to be to one of several of the earlier report on its
topic and area: which of them is meant is not said."""
NEARLY_ALL = 0.5
"""How much alike a fault and a practice are if the name of a topic is all that they share."""
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
    report are about it, ``words`` its ``telling_words``, ``meant`` its ``meant_words``, ``phrases`` its
    ``telling_phrases`` and ``names`` the words by which it names its topics. ``areas`` has
    its areas, one for all frameworks that have it in common. ``is_headed`` is false of a paragraph that
    stands for a finding by its first sentence; ``repeated`` is the sentence of its passages that says that an
    earlier report found this already.
    """

    iri: str
    body: str
    day: str
    kind: str
    is_practice: bool
    topics: Mapping[str, int]
    heading: str
    words: frozenset[str] = field(repr=False)
    meant: frozenset[str] = field(default=frozenset(), repr=False)
    phrases: frozenset[Phrase] = field(default=frozenset(), repr=False)
    names: frozenset[str] = field(default=frozenset(), repr=False)
    areas: frozenset[str] = frozenset()
    is_headed: bool = False
    repeated: str = ""


@dataclass(frozen=True, slots=True)
class Parallel:
    """``other`` is on the subject of ``one``: ``topic`` is the one that they share on which least is said,
    none where area, phrase and words are the ground.

    ``basis`` is ``stated`` where the report says itself that an earlier one found this, else ``likeness``.
    """

    one: Spoken
    other: Spoken
    topic: str | None
    likeness: float
    basis: str = "likeness"

    @property
    def shared(self) -> tuple[str, ...]:
        """The phrases that both have, else the words, as ``one`` has them, in its order."""
        both, words = self.one.phrases & self.other.phrases, self.one.words & self.other.words
        as_written = phrases_of(self.one.heading, _nobody(self.one.body))
        if found := [wording for phrase, wording in as_written.items() if phrase in both]:
            return tuple(found)
        said = re.findall(r"[a-z]{3,}", self.one.heading.casefold())
        return tuple(dict.fromkeys(word for word in said if stem(word) in words))


@cache
def _body_kinds() -> dict[str, str]:
    """The kind of body that each framework is for."""
    return {framework.iri: framework.body_kind for framework in load_frameworks()}


@cache
def _one_area() -> dict[str, str]:
    """One area for all that frameworks match with one another, by the IRI of each."""
    near: dict[str, set[str]] = defaultdict(set)
    for area in (area for framework in load_frameworks() for area in framework.areas):
        for other in area.related:
            near[area.iri].add(other)
            near[other].add(area.iri)
    found: dict[str, str] = {}
    for first in sorted(near):
        open_ones = [first]
        while open_ones:
            here = open_ones.pop()
            if here not in found:
                found[here] = first
                open_ones += near[here]
    return found


@cache
def _lowest_grades() -> frozenset[str]:
    """The lowest grade of each scheme."""
    return frozenset(
        max(each.grades, key=lambda grade: grade.rank).iri for each in load_frameworks() if each.grades
    )


def _poor_areas(facts: Facts) -> frozenset[str]:
    """The areas to which a report gave the lowest grade."""
    poor = (
        one for one in facts.typed(KG.Judgement) if not _lowest_grades().isdisjoint(facts.all(one, KG.grade))
    )
    return frozenset(area for one in poor for area in facts.all(one, KG.area))


def what_is_spoken(facts: Facts) -> Iterator[Spoken]:
    """What the report of a graph says for and against its body."""
    for report in facts.typed(KG.Report):
        body = facts.one(report, KG.inspectedBody)
        if body is None:
            continue
        day = next(filter(None, (facts.one(report, each) for each in _DAYS)), "")
        kind = _body_kinds().get(facts.one(report, KG.framework) or "", "")
        poor = _poor_areas(facts)
        about, counts, names = _told_topics(facts)
        for iri, signs in about.items():
            sign = facts.one(iri, KG.polarity) or next(iter(signs.values()))
            heading = facts.one(iri, KG.heading) or facts.one(iri, KG.statement) or ""
            topics = {topic: counts[topic] for topic in sorted(signs) if signs[topic] == sign}
            classes, areas = set(facts.all(iri, RDF.type)), facts.all(iri, KG.area)
            again = _says_again(facts, iri) if sign == KG.Negative else ""
            praised = sign == KG.Positive and KG.Finding in classes
            if not (_is_told(sign, classes, again) and topics and heading):
                continue
            if pattern("following", "absent").match(heading) or (praised and not poor.isdisjoint(areas)):
                continue
            yield Spoken(
                iri, body, day, kind, sign == KG.Positive, topics, heading, telling_words(heading, body),
                meant=meant_words(heading, body),
                phrases=telling_phrases(heading, body),
                names=names[iri],
                areas=frozenset(_one_area().get(area, area) for area in areas),
                is_headed=KG.Finding not in classes or _is_headed(facts, iri),
                repeated=again,
            )  # fmt: skip


def _told_topics(
    facts: Facts,
) -> tuple[dict[str, dict[str, str]], Counter[str], Mapping[str, frozenset[str]]]:
    """What statements are about by their own words, each topic with how they speak of it; of how many
    findings each topic is; by which words each statement names its topics."""
    about: dict[str, dict[str, str]] = {}
    counts: Counter[str] = Counter()
    names: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for one in facts.typed(KG.Aboutness):
        statement, topic = facts.one(one, KG.ofStatement) or "", facts.one(one, DCT.subject) or ""
        if facts.one(one, KG.basis) in ("heading", "statement"):
            counts[topic] += KG.Finding in facts.all(statement, RDF.type)
            about.setdefault(statement, {})[topic] = facts.one(one, KG.polarity) or ""
            for span in facts.all(one, KG.topicWords):
                names[statement] |= words_of(facts.one(span, OA.hasSelector, OA.exact) or "")
    return about, counts, names


def _is_told(sign: str, classes: Collection[str], again: str) -> bool:
    """Whether a statement of such classes is set beside others: a stated concern only where its report says
    that an earlier one found this."""
    allowed = {KG.Positive: _PRACTICES, KG.Negative: _PROBLEMS}.get(sign, frozenset())
    return not allowed.isdisjoint(classes) or (bool(again) and KG.StatedConcern in classes)


def telling_words(heading: str, body: str) -> frozenset[str]:
    """Stems of its content words, without those that name bodies or say how good something is."""
    return words_of(heading, _left_out(body))


def _left_out(body: str) -> frozenset[str]:
    return frozenset({*local_name(body).split("-"), *word_lists("following")["plain"]})


def telling_phrases(heading: str, body: str) -> frozenset[Phrase]:
    """Phrases of content words in what a heading is on, without those that name who acts or is served."""
    on = pattern("following", "aside").sub("", pattern("following", "left-out").sub("", heading))
    return frozenset(phrases_of(on, _nobody(body)))


def _nobody(body: str) -> frozenset[str]:
    return _left_out(body) | frozenset(word_lists("following")["actors"])


def meant_words(heading: str, body: str) -> frozenset[str]:
    """Those of what a heading is on: "where adoption is not the plan" leaves adoption out."""
    return telling_words(pattern("following", "left-out").sub("", heading), body)


def _is_headed(facts: Facts, finding: str) -> bool:
    """Whether the words of a finding are a heading: they stand in none of the passages that support it."""

    def bounds(span: str) -> tuple[int, int]:
        start, end = (facts.one(span, OA.hasSelector, bound) for bound in (OA.start, OA.end))
        return whole_number(start), whole_number(end)

    at, _ = bounds(facts.one(finding, KG.evidence) or "")
    return not any(start <= at < end for start, end in map(bounds, facts.all(finding, KG.supportedBy)))


def _says_again(facts: Facts, statement: str) -> str:
    """The sentence in the passages of a statement that says that an earlier report found this already."""
    for passage in facts.all(statement, KG.supportedBy):
        text = facts.one(passage, OA.hasSelector, OA.exact) or ""
        told = pattern("following", "told-before").search(text.replace("'", "’"))
        if told is not None:
            around = ((start, end) for start, end in find_sentences(text) if start <= told.start() < end)
            start, end = next(around, told.span())
            return text[start:end]
    return ""


def better_elsewhere(told: Sequence[Spoken]) -> Iterator[Parallel]:
    """For each fault the likest strengths and practices of other bodies of its kind."""
    for one, other, likeness in _pairs(told):
        for fault, practice in ((one, other), (other, one)):
            apart = practice.is_practice and not fault.is_practice and fault.body != practice.body
            if apart and fault.kind and fault.kind == practice.kind and _answers(fault, practice, likeness):
                yield _parallel(fault, practice, likeness)


def _answers(fault: Spoken, practice: Spoken, likeness: float) -> bool:
    """Whether what both share is more than the name of a topic ("private fostering"), or nearly all that they
    say; short headings say little else."""
    more = (fault.words & practice.words) - fault.names - practice.names
    is_short = _say_one_thing(fault, practice, fault.topics.keys() & practice.topics.keys())
    return (bool(more) or likeness >= NEARLY_ALL or is_short) and _is_one_matter(fault, practice)


def told_again(spoken: Sequence[Spoken]) -> Iterator[Parallel]:
    """For each fault the likest ones of earlier reports on the same body: in words alike or, where the report
    says itself that an earlier one found this, on one topic in one area; of several there, the likest."""
    faults = [each for each in spoken if not each.is_practice and each.day]
    alike = _Likeness(faults)
    by: dict[tuple[str, str | Phrase], list[Spoken]] = defaultdict(list)
    for each in faults:
        grounds: list[str | Phrase] = [*each.topics, *sorted(each.phrases)]
        for ground in grounds:
            by[each.body, ground].append(each)
    seen: set[tuple[str, str]] = set()
    for (_, ground), of_topic in sorted(by.items(), key=lambda item: isinstance(item[0][1], tuple)):
        is_topic = isinstance(ground, str)
        at = Counter((each.day, area) for each in of_topic for area in each.areas if is_topic)
        for later, earlier in product(of_topic[:_LONGEST], repeat=2):
            if earlier.day >= later.day or (later.iri, earlier.iri) in seen:
                continue
            likeness = alike.of(later, earlier)
            told = max((at[earlier.day, area] for area in later.areas & earlier.areas), default=0)
            if later.repeated and told and (told == 1 or likeness >= LEAST_STATED):
                seen.add((later.iri, earlier.iri))
                yield _parallel(later, earlier, likeness, "stated")
            elif alike.enough(later, earlier) and _is_one_matter(later, earlier):
                seen.add((later.iri, earlier.iri))
                yield _parallel(later, earlier, likeness)


def _is_one_matter(later: Spoken, earlier: Spoken) -> bool:
    """Whether what is alike is what both say: not what a heading leaves out ("where adoption is not the
    plan"), nor a matter on which the one is, and on records of it the other."""
    shared = later.words & earlier.words
    return shared <= (later.meant & earlier.meant) and _is_on_records(later) == _is_on_records(earlier)


def _is_on_records(one: Spoken) -> bool:
    """Whether a statement is about data on a matter, and not about the matter."""
    return pattern("following", "on-records").search(one.heading) is not None


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


def _parallel(one: Spoken, other: Spoken, likeness: float, basis: str = "likeness") -> Parallel:
    shared = one.topics.keys() & other.topics.keys()
    topic = min(shared, key=lambda topic: (one.topics[topic] + other.topics[topic], topic), default=None)
    return Parallel(one, other, topic, round(min(likeness, 1), 2), basis)


class _Likeness:
    """How much alike the words of statements are, rare ones of all counting more."""

    def __init__(self, told: Sequence[Spoken]) -> None:
        self.counts = Counter(word for one in told for word in one.words)
        self.weights = {word: log((len(told) + 1) / count) for word, count in self.counts.items()}
        self.sizes = {one.iri: self._size(one.words) ** 0.5 for one in told}

    def of(self, one: Spoken, other: Spoken) -> float:
        return self._size(one.words & other.words) / (self.sizes[one.iri] * self.sizes[other.iri] or 1)

    def enough(self, one: Spoken, other: Spoken) -> bool:
        """Whether two statements are alike enough: by a phrase and two of area, topic and words, or by topic
        and words."""
        likeness, is_one_topic = self.of(one, other), not one.topics.keys().isdisjoint(other.topics)
        if not one.phrases.isdisjoint(other.phrases) and likeness >= LEAST_PHRASE:
            is_one_area = not one.areas.isdisjoint(other.areas)
            if is_one_area + is_one_topic + (likeness >= MANY) > 1:
                return True
        alone = any(max(one.topics[topic], other.topics.get(topic, 2)) <= 1 for topic in one.topics)
        many = len(one.words & other.words) >= LEAST_WORDS
        return is_one_topic and ((alone and likeness >= LEAST_ALONE) or (likeness >= LEAST and many))

    def _size(self, words: Iterable[str]) -> float:
        return sum(self.weights[word] ** 2 for word in words)


def _pairs(told: Sequence[Spoken]) -> Iterator[tuple[Spoken, Spoken, float]]:
    """The pairs of statements that are alike enough, each once, looked for by a topic with a word that is not
    in many statements, or with the area."""
    alike = _Likeness(told)
    by: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    most = max(_FEW, _COMMON * len(told))
    for at, one in enumerate(told):
        for topic in one.topics:
            for word in one.words:
                if alike.counts[word] <= most:
                    by[topic, "", word].append(at)
            seldom = one.is_headed and len(one.words) <= SHORT and one.topics[topic] <= SELDOM
            for area in one.areas if seldom else ():
                by[topic, area, ""].append(at)
    seen: set[tuple[int, int]] = set()
    for places in by.values():
        for first, at in enumerate(places[:_LONGEST]):
            for beside in places[first + 1 : _LONGEST]:
                if (at, beside) in seen:
                    continue
                seen.add((at, beside))
                one, other = told[at], told[beside]
                shared = one.topics.keys() & other.topics.keys()
                likeness = alike.of(one, other)
                if alike.enough(one, other) or (
                    likeness >= LEAST_SHORT and _say_one_thing(one, other, shared)
                ):
                    yield one, other, likeness


def _say_one_thing(one: Spoken, other: Spoken, topics: Collection[str]) -> bool:
    """Whether two short headings of one area are on a topic that few findings of their reports are on."""
    is_short = one.is_headed and other.is_headed and max(len(one.words), len(other.words)) <= SHORT
    seldom = any(max(one.topics[topic], other.topics[topic]) <= SELDOM for topic in topics)
    return is_short and seldom and not one.areas.isdisjoint(other.areas)
