"""Topics of the vocabulary as records, and where a text speaks of them.

They are read from ``ontology/vocabularies/topics.ttl``; ``docs/vocabularies.md`` describes them. What a
statement is *about* is another question, which ``kg.nlp.subjects`` answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from kg.model.bodies import body_kinds
from kg.model.frameworks import Framework, load_frameworks
from kg.model.gazetteer import Gazetteer, load_gazetteer
from kg.model.labels import TAGGED
from kg.model.ontology import ontology_dir
from kg.model.records import Report, Span
from kg.model.text.comparing import content_stems, with_plain_typography
from kg.model.turtle_data import TurtleData
from kg.model.vocab import KG, SKOS

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_BETWEEN = re.compile(r"(?:(?<=s)')?[\s&/-]+")
"""What may stand between the words of a name: hyphens count as spaces, and “victims’ wishes” is one name."""
_STOP = re.compile(r"[.;:!?\n]")
_FURTHER = 4
"""How many words may stand among those of a clause form."""
Words = tuple[str, ...]
Names = dict[str, list[tuple[Words, bool, str | None]]]


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic; ``forms`` are its clause forms ("supervise investigations": the same words in any order and
    inflection), ``not_meant`` longer wordings in which its names mean something else.

    ``schemes`` are the vocabularies that it is in, ``areas`` the areas that statements about it belong to.
    ``broader`` is the topic that it is a part of.
    """

    iri: str
    forms: tuple[str, ...] = ()
    not_meant: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    broader: str | None = None


@cache
def load_topics() -> dict[str, Topic]:
    """All topics of the package by IRI. Raises CannotUnderstand if one has no definition."""
    data = TurtleData()
    data.add(ontology_dir() / "vocabularies" / "topics.ttl")
    return {iri: _topic(data, iri) for iri in data.of_class(KG.Topic)}


def _topic(data: TurtleData, iri: str) -> Topic:
    data.need(iri, SKOS.definition)
    return Topic(
        iri=iri,
        forms=data.all(iri, SKOS.hiddenLabel),
        not_meant=data.all(iri, KG.notMeant),
        schemes=data.all(iri, SKOS.inScheme),
        areas=data.all(iri, KG.topicArea),
        broader=data.one(iri, SKOS.broader),
    )


def broader_topics(iri: str) -> tuple[str, ...]:
    """The topics that a topic is a part of, nearest first; none for one that the package does not have."""
    topics, found = load_topics(), list[str]()
    while (topic := topics.get(iri)) is not None and topic.broader not in (None, *found):
        iri = str(topic.broader)
        found.append(iri)
    return tuple(found)


def topics_of(report: Report) -> TopicFinder:
    """Finds the topics of the vocabularies that a report is read with: “response” is another thing in one on
    a fire service. Where its framework is not known, those of any framework for bodies of its kind; where
    that is not known either, or they name no vocabulary of topics, all."""
    named = {v for framework in _frameworks_of(report) for v in framework.vocabularies}
    return _finder(frozenset(named))


def _frameworks_of(report: Report) -> list[Framework]:
    frameworks = load_frameworks()
    if report.framework is not None:
        return [framework for framework in frameworks if framework.notation == report.framework]
    bodies = [report.force, *(body.iri for body in report.bodies)]
    kinds = {kind.cls for kind in body_kinds() for body in bodies if body and f"/{kind.path}/" in body}
    return [framework for framework in frameworks if framework.body_kind in kinds]


@cache
def areas_of_topic(iri: str, framework: str) -> frozenset[str]:
    """The labels of those areas of a framework (by its notation) that statements about a topic belong to:
    those that the topic names of this framework, else all to which the links between areas lead.

    >>> sorted(areas_of_topic("https://kg.example/id/topic/pre-charge-bail", "peel-2023-25"))
    ['Managing offenders and suspects']
    """
    topic = load_topics().get(iri)
    areas = {area.iri: area for known in load_frameworks() for area in known.areas}
    waiting, found = list(topic.areas if topic else ()), set[str]()
    while waiting:
        area = waiting.pop()
        if area not in found and area in areas:
            found.add(area)
            waiting.extend(areas[area].related)
    own = [a for known in load_frameworks() if known.notation == framework for a in known.areas]
    named = frozenset(area.label for area in own if topic and area.iri in topic.areas)
    return named or frozenset(area.label for area in own if area.iri in found)


@cache
def _finder(vocabularies: frozenset[str]) -> TopicFinder:
    topics = load_topics()
    chosen = [topic for topic in topics.values() if vocabularies & set(topic.schemes)]
    return TopicFinder(load_gazetteer(), chosen or topics.values())


def find_topics(text: str) -> list[tuple[str, Span]]:
    """IRIs of topics with the spans where one of their names or clause forms stands, in text order.

    A name with a capital letter is found as written, others in any case. The longest name wins, over all
    vocabularies: "Mental Health Act" names a law and not the topic *mental health*.

    >>> [(iri.rpartition("/")[2], span) for iri, span in find_topics("Its stop-and-search powers")]
    [('stop-and-search', (4, 19))]
    """
    return _finder(frozenset()).find(text)


@dataclass
class TopicFinder:
    """The names and clause forms of some topics, ready for looking up.

    ``names`` has, by first word in lower case, the words of each name, whether case matters, and the topic;
    None for a name of something else. ``others`` has the wordings in which a topic is not meant, ``forms``,
    by a stem of theirs, the stems of clause forms. ``listed`` are names with a comma: “equality, diversity
    and inclusion”.
    """

    gazetteer: Gazetteer
    topics: Iterable[Topic] | None = None
    names: Names = field(init=False, default_factory=dict)
    others: Names = field(init=False, default_factory=dict)
    forms: dict[str, list[tuple[frozenset[str], str]]] = field(init=False, default_factory=dict)
    listed: set[Words] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        topics = None if self.topics is None else {topic.iri: topic for topic in self.topics}
        found: set[tuple[Words, bool, str | None]] = set()
        for phrase in self.gazetteer.phrases("TOPIC", *TAGGED):
            iri = phrase.entry.iri if phrase.entry.label == "TOPIC" else None
            if iri is None or topics is None or iri in topics:
                words = _words(phrase.text, phrase.exact)
                found.add((words, phrase.exact, iri))
                self.listed.update([words] if "," in phrase.text else ())
        for topic in (topics or {}).values():
            for other in topic.not_meant:
                wording = _words(other, False)
                self.listed.update([wording] if "," in other else ())
                self.others.setdefault(wording[0], []).append((wording, False, topic.iri))
            for form in topic.forms:
                self._add_form(frozenset(filter(None, map(_stem, _WORD.findall(form)))), topic.iri)
        for words, exact, iri in sorted(found, key=lambda name: (-len(name[0]), *map(str, name))):
            if words:
                self.names.setdefault(words[0].lower(), []).append((words, exact, iri))

    def _add_form(self, stems: frozenset[str], iri: str) -> None:
        """A form is found from that of its stems which the fewest others have: here, the longest."""
        self.forms.setdefault(max(stems, key=lambda stem: (len(stem), stem)), []).append((stems, iri))

    def find(self, text: str) -> list[tuple[str, Span]]:
        words = list(_WORD.finditer(with_plain_typography(text)))
        named = list(self._named(words, self.names))
        taken = {at for _, (start, end) in named for at in range(start, end)}
        formed = (one for one in self._formed(words) if not taken.issuperset(range(*one[1])))
        found = _outermost([*((iri, span) for iri, span in named if iri is not None), *formed])
        apart = {
            (iri, at) for iri, (start, end) in self._named(words, self.others) for at in range(start, end)
        }
        return [(iri, span) for iri, span in found if not {(iri, span[0]), (iri, span[1] - 1)} <= apart]

    def _named(self, words: list[re.Match[str]], names: Names) -> Iterator[tuple[str | None, Span]]:
        """The names of topics, and of other things (None), the longest at each place."""
        position = 0
        while position < len(words):
            here = self._names_at(words, position, names)
            length = max((len(name) for name, _ in here), default=1)
            end = words[position + length - 1].end()
            for iri in dict.fromkeys(iri for name, iri in here if len(name) == length):
                yield iri, (words[position].start(), end)
            position += length

    def _names_at(
        self, words: list[re.Match[str]], position: int, names: Names
    ) -> list[tuple[Words, str | None]]:
        """The names that begin at a word, with their topics."""
        found = []
        for name, exact, iri in names.get(words[position][0].lower(), ()):
            there = words[position : position + len(name)]
            said = tuple(word[0] if exact else word[0].lower() for word in there)
            if name in (said, _without_possessive(said)) and (_is_joined(there) or name in self.listed):
                found.append((name, iri))
        return found

    def _formed(self, words: list[re.Match[str]]) -> Iterator[tuple[str, Span]]:
        """Clause forms: their stems near each other in one sentence."""
        for clause in _clauses(words):
            stems = [_stem(word[0]) for word in clause]
            for position, stem in enumerate(stems):
                for wanted, iri in self.forms.get(stem or "", ()):
                    if places := _nearest(stems, position, wanted):
                        yield iri, (clause[places[0]].start(), clause[places[-1]].end())


def _nearest(stems: list[str | None], position: int, wanted: frozenset[str]) -> list[int]:
    """The places of all wanted stems, nearest to a position and near each other; none if one is missing."""
    reach = len(wanted) + _FURTHER
    places = [position]
    for stem in wanted - {stems[position] or ""}:
        low, high = max(0, position - reach), min(len(stems), position + reach + 1)
        there = [at for at in range(low, high) if stems[at] == stem]
        if not there:
            return []
        places.append(min(there, key=lambda at: (abs(at - position), at)))
    places.sort()
    return places if places[-1] - places[0] < reach else []


def _outermost(found: Iterable[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """Without what stands inside another place of the same topic, in text order."""
    kept: list[tuple[str, Span]] = []
    ends: dict[str, int] = {}
    for iri, (start, end) in sorted(set(found), key=lambda one: (one[1][0], -one[1][1], one[0])):
        if end > ends.get(iri, -1):
            ends[iri] = end
            kept.append((iri, (start, end)))
    return kept


def _clauses(words: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """The words between full stops, semicolons, colons and line ends."""
    begin = 0
    for at in range(1, len(words)):
        if _STOP.search(words[at].string, words[at - 1].end(), words[at].start()):
            yield words[begin:at]
            begin = at
    yield words[begin:]


@cache
def _stem(word: str) -> str | None:
    return next(iter(content_stems(word)), None)


def _words(text: str, exact: bool) -> Words:
    plain = with_plain_typography(text)
    return tuple(_WORD.findall(plain if exact else plain.lower()))


def _without_possessive(said: Words) -> Words:
    """The words of a name without the ’s of its last: “the care leaver’s plan” speaks of care leavers."""
    return (*said[:-1], said[-1].removesuffix("'s")) if said else said


def _is_joined(words: list[re.Match[str]]) -> bool:
    """True if only spaces, hyphens and the like stand between the words."""
    return all(_BETWEEN.fullmatch(one.string, one.end(), two.start()) for one, two in pairwise(words))
