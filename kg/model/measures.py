"""Measures of the vocabulary as records: what each means, in which units and kinds its figures come.

They are read from ``ontology/vocabularies/*.ttl``; ``docs/vocabularies.md`` describes them. A vocabulary of
measures is a concept scheme, and each framework says with which of them its reports are read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.model.gazetteer import load_gazetteer
from kg.model.ontology import ontology_dir
from kg.model.turtle_data import TurtleData
from kg.model.vocab import KG, SKOS


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure; ``phrases`` are its names in all forms, ``not_meant`` words beside which they mean another.

    ``units`` and ``kinds`` are those that its figures can have (annotation guide, 2 and 2b), ``better`` is
    "higher", "lower" or "neither", ``opposites`` are words that say the opposite of a share
    (“ineffective investigations”), ``schemes`` are the vocabularies that it is in, ``topics`` the topics that
    all its figures belong to; ``any_topic`` is true where that differs from figure to figure.
    ``counts_people`` is true for how many people the body has.
    """

    iri: str
    phrases: tuple[str, ...]
    units: frozenset[str]
    kinds: frozenset[str]
    better: str = "neither"
    opposites: tuple[str, ...] = ()
    not_meant: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    any_topic: bool = False
    counts_people: bool = False

    @property
    def is_full_time_equivalent(self) -> bool:
        """Whether it counts posts in full-time equivalents, as its name says: "officers FTE"."""
        return any(name.endswith(" fte") for name in self.phrases)

    @property
    def is_share(self) -> bool:
        """Whether it is nothing but a part of a whole, as in how many of the cases something was done."""
        return self.kinds == {"share"}


@cache
def load_measures() -> tuple[Measure, ...]:
    """All measures of the package's vocabularies, in the order of their IRIs.

    Raises CannotUnderstand if one has no definition, or does not say when it is better.
    """
    data = TurtleData()
    for file in sorted(Path(ontology_dir() / "vocabularies").glob("*.ttl")):
        if "kg:Measure" in file.read_text(encoding="utf-8"):
            data.add(file)
    phrases: dict[str, list[str]] = {}
    for phrase in load_gazetteer().phrases("MEASURE"):
        phrases.setdefault(phrase.entry.iri, []).append(phrase.text.lower())
    return tuple(_measure(data, iri, tuple(dict.fromkeys(names))) for iri, names in sorted(phrases.items()))


def _measure(data: TurtleData, iri: str, phrases: tuple[str, ...]) -> Measure:
    data.need(iri, SKOS.definition)
    return Measure(
        iri=iri,
        phrases=phrases,
        units=frozenset(data.all(iri, KG.measureUnit)),
        kinds=frozenset(data.all(iri, KG.measureKind)),
        better=data.need(iri, KG.betterWhen),
        opposites=tuple(words.lower() for words in data.all(iri, KG.oppositePhrase)),
        not_meant=data.all(iri, KG.notMeant),
        schemes=data.all(iri, SKOS.inScheme),
        topics=data.all(iri, KG.measureTopic),
        any_topic=data.flag(iri, KG.anyTopic, default=False),
        counts_people=data.flag(iri, KG.countsPeople, default=False),
    )
