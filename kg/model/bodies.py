"""Inspected bodies: their kinds, as the ontology describes them, and those that the vocabularies know.

A kind is a subclass of kg:InspectedBody in ``ontology/kg.ttl``; all that the code does by kind is said of it
there and, of how reports are read, in ``reading.ttl``. A body is an entry of ``ontology/vocabularies``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.model.labels import LABEL
from kg.model.ontology import ontology_dir
from kg.model.turtle_data import TurtleData, ontology_data
from kg.model.vocab import KG, RDFS, SKOS


@dataclass(frozen=True, slots=True)
class BodyKind:
    """A kind of inspected body.

    ``cls`` is its class, ``name`` the local name of that, ``path`` the segment of its bodies' IRIs
    (``id/fire/…``); ``word`` and ``plural`` are what it is called in lists and pictures. ``pattern`` is a
    regular expression for what only names of this kind have, ``name_ending`` one for how they end behind the
    name of their area, ``spoken_of`` one for words that tell of such bodies. ``named_as_body`` says when a
    mention is one of an inspected body (see kg:namedAsBody), ``own_service`` whether a service that a report
    names is the body's own. ``inspector_role`` is the IRI of the office that ``inspector_pattern`` means in a
    report on such a body.
    """

    cls: str
    name: str
    path: str
    word: str
    plural: str
    pattern: str | None
    name_ending: str | None
    spoken_of: str | None
    named_as_body: str
    own_service: bool
    inspector_role: str | None
    inspector_pattern: str | None


@cache
def body_kinds() -> tuple[BodyKind, ...]:
    """All kinds, in the order of the ontology, the general one first (see ``general_kind``).

    >>> [kind.word for kind in body_kinds()]
    ['force', 'fire service', 'local authority']
    """
    data = ontology_data()
    found = [_kind(data, cls) for cls in data.files if KG.InspectedBody in data.all(cls, RDFS.subClassOf)]
    return tuple(sorted(found, key=lambda kind: kind.path != LABEL["FORCE"].path))


def _kind(data: TurtleData, cls: str) -> BodyKind:
    return BodyKind(
        cls=cls,
        name=cls.removeprefix(KG.iri),
        path=data.need(cls, KG.pathSegment),
        word=data.one(cls, SKOS.altLabel) or data.need(cls, RDFS.label),
        plural=data.need(cls, KG.pluralLabel),
        pattern=data.one(cls, KG.bodyPattern),
        name_ending=data.one(cls, KG.nameEnding),
        spoken_of=data.one(cls, KG.spokenOf),
        named_as_body=data.one(cls, KG.namedAsBody) or "in reports on its kind",
        own_service=data.flag(cls, KG.ownService, default=False),
        inspector_role=data.one(cls, KG.inspectorRole),
        inspector_pattern=data.one(cls, KG.inspectorPattern),
    )


def general_kind() -> BodyKind:
    """The kind of a body of which nothing tells its kind: the one with the path of the label FORCE."""
    return body_kinds()[0]


def kind_of_body(cls: str | None, name: str | None = None, framework: str | None = None) -> BodyKind:
    """The kind of a body, by the class that a vocabulary gives it, else by its name, else by the class that
    the framework of its report inspects, else the general one.

    >>> kind_of_body(None, "Avonshire Fire and Rescue Service").path
    'fire'
    """
    for kind in body_kinds():
        if cls == kind.cls:
            return kind
    for kind in body_kinds():
        if name and kind.pattern and re.search(kind.pattern, name):
            return kind
    return next((kind for kind in body_kinds() if kind.cls == framework), general_kind())


def area_of(name: str) -> str | None:
    """What a body is named after; None where its name does not end as names of bodies do.

    >>> area_of("Avon and Somerset Police"), area_of("Royal Berkshire Fire and Rescue Service")
    ('Avon and Somerset', 'Royal Berkshire')
    >>> area_of("Police Scotland")
    """
    area = _name_endings().sub("", name)
    return area if area != name else None


@cache
def _name_endings() -> re.Pattern[str]:
    endings = (kind.name_ending for kind in body_kinds() if kind.name_ending)
    return re.compile(rf" (?:{'|'.join(endings)})$")


INSPECTED = frozenset((KG.InspectedBody, *(kind.cls for kind in body_kinds())))
"""The classes of inspected bodies."""


@dataclass(frozen=True, slots=True)
class KnownBody:
    """An inspected body of the vocabularies: its IRI, class and names, the preferred one first.

    ``places`` are what only the title of a report calls it: the name of its area.
    """

    iri: str
    kind: str
    names: tuple[str, ...]
    places: tuple[str, ...] = ()


def load_bodies(folder: str | Path | None = None) -> tuple[KnownBody, ...]:
    """The bodies that the vocabularies know and that can be inspected, by IRI.

    Raises CannotUnderstand if a file is not Turtle or a body has no label. A folder without any is fine.
    """
    return _load_bodies(Path(folder) if folder is not None else ontology_dir() / "vocabularies")


@cache
def _load_bodies(folder: Path) -> tuple[KnownBody, ...]:
    data = TurtleData()
    for file in sorted(folder.glob("*.ttl")):
        data.add(file)
    return tuple(
        KnownBody(
            iri,
            kind,
            (data.need(iri, SKOS.prefLabel), *data.all(iri, SKOS.altLabel)),
            data.all(iri, SKOS.hiddenLabel),
        )
        for kind in sorted(kind.cls for kind in body_kinds())
        for iri in data.of_class(kind)
    )
