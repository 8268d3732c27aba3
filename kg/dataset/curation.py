"""What people have decided: which names mean one thing, which do not, which concerns follow up which.

``curation.toml`` stands beside the reports, like ``catalogue.toml``; see docs/curation.md. Decisions are
applied to an ``Extraction`` before it becomes a graph, so a thing that has two names has one IRI there.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.model.errors import CannotUnderstand
from kg.model.gazetteer import Gazetteer, load_gazetteer
from kg.model.iris import PREFIXES, entity_iri, graph_iri, moved
from kg.model.records import Entity, Extraction, Mention
from kg.model.text.comparing import name_key
from kg.model.vocab import BASE, KG, OWL, RDF, SKOS
from kg.reading.files import load, printable_path
from kg.reading.finding import CURATION

Pair = tuple[str, str]
UNDECIDED = ("PERIOD", "METRIC", "GRADE", "AREA")
"""Labels whose things are given by dates, figures or the framework: nothing to decide."""


@dataclass(frozen=True, slots=True)
class Curation:
    """Decisions. Things are IRIs or names; ``same`` has groups, the others pairs, of which any may be empty.

    ``follows`` and ``not_follows`` are pairs of IRIs of concerns or recommendations, the later one first;
    ``names`` gives the preferred name of an IRI.
    """

    same: tuple[tuple[str, ...], ...] = ()
    different: tuple[Pair, ...] = ()
    follows: tuple[Pair, ...] = ()
    not_follows: tuple[Pair, ...] = ()
    names: tuple[Pair, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of the decisions; that of no decisions is that of an empty file."""
        return sha256(repr(self).encode()).hexdigest() if self != Curation() else sha256(b"").hexdigest()

    def __or__(self, other: Curation) -> Curation:
        """The decisions of both, each once."""
        return Curation(
            _joined(self.same, other.same),
            _joined(self.different, other.different),
            _joined(self.follows, other.follows),
            _joined(self.not_follows, other.not_follows),
            _joined(self.names, other.names),
        )


def _joined(some: tuple[Any, ...], others: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys((*some, *others)))


# --- the file ----------------------------------------------------------------------------------------


def read_curation(folder: str | os.PathLike[str]) -> Curation:
    """The decisions in ``folder``'s file; none where there is no file.

    Raises CannotUnderstand, naming file, line and key, for anything that is not as it should be.
    """
    path = Path(folder) / CURATION
    if not os.path.lexists(path):
        return Curation()
    try:
        text = load(path).decode("utf-8")
        data = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise CannotUnderstand(f"{printable_path(path)}: not UTF-8; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise CannotUnderstand(f"{printable_path(path)}: not TOML: {error}") from error
    return _File(printable_path(path), text).curation(data)


def curation_for(path: str | os.PathLike[str]) -> Curation:
    """The decisions beside a report, and in the folders above up to three levels. Raises as read_curation."""
    found = Curation()
    if os.fspath(path) != "-":
        for folder in list(Path(path).parents)[:4]:
            found |= read_curation(folder) if folder.is_dir() else Curation()
    return found


@dataclass(frozen=True, slots=True)
class _File:
    """A file that is read: its name and text, for messages."""

    name: str
    text: str

    def curation(self, data: Mapping[str, Any]) -> Curation:
        known = ("same", "different", "follows", "not-follows", "names")
        for key in data:
            if key not in known:
                raise self._wrong(key, key, f"unknown key; known: {', '.join(known)}")
        made = Curation(
            same=tuple(self._groups(data, "same", 2, None)),
            different=tuple((one, two) for one, two in self._groups(data, "different", 2, 2)),
            follows=tuple((one, two) for one, two in self._groups(data, "follows", 2, 2, iris=True)),
            not_follows=tuple((one, two) for one, two in self._groups(data, "not-follows", 2, 2, iris=True)),
            names=tuple(self._names(data)),
        )
        self._agree(made)
        return made

    def _groups(
        self, data: Mapping[str, Any], key: str, least: int, most: int | None, iris: bool = False
    ) -> Iterator[tuple[str, ...]]:
        groups = data.get(key, [])
        if not isinstance(groups, list):
            raise self._wrong(key, key, f"must be a list of pairs: {key} = [[…, …]]")
        for at, group in enumerate(groups, 1):
            yield self._group(f"{key} {at}", key, group, least, most, iris)

    def _group(
        self, where: str, key: str, group: Any, least: int, most: int | None, iris: bool
    ) -> tuple[str, ...]:
        if not isinstance(group, list) or not all(isinstance(one, str) and one.strip() for one in group):
            raise self._wrong(where, key, f"must be IRIs or names in quotes, not {group!r}")
        line = group[0] if group else key
        if len(group) < least or (most is not None and len(group) > most):
            raise self._wrong(where, line, f"needs {'two' if most else 'at least two'}, has {len(group)}")
        made = tuple(_expanded(one) for one in group)
        if len(set(made)) < len(made):
            raise self._wrong(where, line, f'names "{group[0]}" twice')
        if iris and not all(map(is_iri, made)):
            raise self._wrong(where, line, "must be IRIs of concerns or recommendations, the later one first")
        return made

    def _names(self, data: Mapping[str, Any]) -> Iterator[Pair]:
        table = data.get("names", {})
        if not isinstance(table, dict):
            raise self._wrong("names", "names", "must be a table [names]")
        for iri, name in table.items():
            if not is_iri(_expanded(iri)) or not isinstance(name, str) or not name.strip():
                raise self._wrong(f"names, {iri}", iri, 'must be an IRI with a name: "unit:…" = "…"')
            yield _expanded(iri), name

    def _agree(self, made: Curation) -> None:
        """No pair may be both the same and different, confirmed and refused."""
        for one, two in made.different:
            if any(one in group and two in group for group in made.same):
                raise self._wrong("different", one, f'"{one}" and "{two}" are the same above; keep one')
        for pair in made.follows:
            if pair in made.not_follows:
                raise self._wrong("not-follows", pair[0], f'"{pair[0]}" is confirmed above; keep one')

    def _wrong(self, where: str, words: str, problem: str) -> CannotUnderstand:
        at = self.text.find(words)
        line = f", line {self.text.count(chr(10), 0, at) + 1}" if at >= 0 else ""
        return CannotUnderstand(f"{self.name}{line}: {where}: {problem}")


def is_iri(name: str) -> bool:
    return name.startswith(("http://", "https://"))


def _expanded(name: str) -> str:
    """A compact IRI (``unit:west-midlands--control-room``) in full; anything else as it is."""
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES and " " not in name else name.strip()


# --- applying it -------------------------------------------------------------------------------------


def curated(
    extraction: Extraction, curation: Curation, gazetteer: Gazetteer | None = None, base: str = BASE
) -> Extraction:
    """The extraction with the decisions on things applied: those declared the same have one IRI.

    That is the IRI which a vocabulary knows, else that of the first of the group; all their names stay as
    aliases. What is declared different is pulled apart where the linker made it one. A name means the things
    of that name (in any case), label by label and owner by owner. ``base`` is that of the dataset, as the
    decisions write it.
    """
    if not (curation.same or curation.different):
        return extraction
    gazetteer, curation = gazetteer or load_gazetteer(), _under_our_base(curation, base)
    for one, two in curation.different:
        extraction = _apart(extraction, one, two)
    for group in curation.same:
        extraction = _together(extraction, group, dict(curation.names), gazetteer)
    return extraction


def _under_our_base(curation: Curation, base: str) -> Curation:
    """The decisions with things of the dataset's base as an extraction has them."""

    def ours(name: str) -> str:
        return moved(name, base, BASE)

    return replace(
        curation,
        same=tuple(tuple(map(ours, group)) for group in curation.same),
        names=tuple((ours(iri), name) for iri, name in curation.names),
    )


def _is_called(entity: Entity, member: str) -> bool:
    if is_iri(member):
        return entity.iri == member
    return name_key(member) in {name_key(name) for name in (entity.name, *entity.aliases)}


def _together(
    extraction: Extraction, group: Sequence[str], names: Mapping[str, str], gazetteer: Gazetteer
) -> Extraction:
    kinds: dict[tuple[str, str | None], list[Entity]] = {}
    for entity in extraction.entities:
        if entity.label not in UNDECIDED and any(_is_called(entity, member) for member in group):
            kinds.setdefault((entity.label, entity.owner), []).append(entity)
    merged: dict[str, Entity] = {}
    for (label, owner), entities in kinds.items():
        one = _canonical(group, label, owner, entities, names, gazetteer)
        merged |= {entity.iri: one for entity in entities}
    return _renamed(extraction, merged)


def _canonical(
    group: Sequence[str],
    label: str,
    owner: str | None,
    entities: Sequence[Entity],
    names: Mapping[str, str],
    gazetteer: Gazetteer,
) -> Entity:
    """The one entity of a group that a report may have parts of only: same IRI and name in every report."""
    entry = next((e for member in group for e in _known(member, label, gazetteer)), None)
    first = group[0]
    iri = entry.iri if entry else first if is_iri(first) else entity_iri(label, first, owner)
    own = next((entity.name for entity in entities if entity.iri == iri), None)
    stated = next((member for member in group if not is_iri(member)), None) if not is_iri(first) else None
    name = entry.name if entry else stated or names.get(iri) or own or entities[0].name
    aliases = {alias for entity in entities for alias in (entity.name, *entity.aliases)}
    return Entity(iri, label, name, tuple(sorted(aliases - {name})), owner, entry is not None)


def _known(member: str, label: str, gazetteer: Gazetteer) -> Iterator[Any]:
    if is_iri(member):
        entry = gazetteer.by_iri.get(member)
        yield from [entry] if entry and entry.label == label else []
    else:
        yield from gazetteer.find(member, label)


def _renamed(extraction: Extraction, merged: Mapping[str, Entity]) -> Extraction:
    """The extraction with entities put in the place of others, by IRI, wherever they are referred to."""
    if not merged:
        return extraction

    def iri_of(iri: str | None) -> str | None:
        return merged[iri].iri if iri is not None and iri in merged else iri

    kept = {e.iri: replace(e, owner=iri_of(e.owner)) for e in extraction.entities if e.iri not in merged}
    kept |= {entity.iri: replace(entity, owner=iri_of(entity.owner)) for entity in merged.values()}
    mentions = tuple(_pointed(mention, merged) for mention in extraction.mentions)
    report = replace(extraction.report, force=iri_of(extraction.report.force))
    entities = tuple(kept[iri] for iri in sorted(kept))
    return replace(extraction, report=report, mentions=mentions, entities=entities)


def _pointed(mention: Mention, merged: Mapping[str, Entity]) -> Mention:
    one = merged.get(mention.entity) if mention.entity is not None else None
    return mention if one is None else replace(mention, entity=one.iri, name=one.name)


def _apart(extraction: Extraction, one: str, two: str) -> Extraction:
    """Mentions of the second name get a thing of their own where one thing has both names."""
    if is_iri(one) or is_iri(two):
        return extraction
    for entity in extraction.entities:
        if _is_called(entity, one) and _is_called(entity, two) and entity.label not in UNDECIDED:
            other = two if name_key(entity.name) != name_key(two) else one
            extraction = _split(extraction, entity, other)
    return extraction


def _split(extraction: Extraction, entity: Entity, name: str) -> Extraction:
    iri = entity_iri(entity.label, name, entity.owner)
    if iri == entity.iri:
        return extraction

    def moved(mention: Mention) -> bool:
        return mention.entity == entity.iri and name_key(mention.text) == name_key(name)

    mentions = tuple(replace(m, entity=iri, name=name) if moved(m) else m for m in extraction.mentions)
    left = replace(entity, aliases=tuple(a for a in entity.aliases if name_key(a) != name_key(name)))
    kept = {e.iri: e for e in extraction.entities} | {entity.iri: left}
    kept.setdefault(iri, Entity(iri, entity.label, name, owner=entity.owner))
    return replace(extraction, mentions=mentions, entities=tuple(kept[i] for i in sorted(kept)))


# --- the graph of decisions --------------------------------------------------------------------------


def curation_quads(
    curation: Curation, graphs: Mapping[str, Iterable[ox.Quad | ox.Triple]], base: str = BASE
) -> tuple[list[ox.Quad], list[str]]:
    """Which things are declared different (``owl:differentFrom``, both ways), in ``{base}graph/curation``.

    Also a line for each name or IRI in the decisions that no graph has. ``graphs`` are those of the reports.
    """
    things = _Things(graphs)
    quads, lost = set[ox.Quad](), []
    for one, two in curation.different:
        for pair in things.pairs(one, two):
            quads |= {_different(*pair, base), _different(*pair[::-1], base)}
    for name in dict.fromkeys(n for pair in curation.different for n in pair):
        lost += [f'{CURATION}: different: nothing is called "{name}"'] if not things.called(name) else []
    for iri in dict.fromkeys(n for pair in (*curation.follows, *curation.not_follows) for n in pair):
        lost += [f"{CURATION}: no report has {iri}"] if iri not in things.subjects else []
    return sorted(quads, key=str), lost


def _different(one: str, two: str, base: str) -> ox.Quad:
    name = ox.NamedNode(graph_iri("curation", base))
    return ox.Quad(ox.NamedNode(one), ox.NamedNode(OWL.differentFrom), ox.NamedNode(two), name)


class _Things:
    """The things of all reports by their names, each with its class and owner."""

    def __init__(self, graphs: Mapping[str, Iterable[ox.Quad | ox.Triple]]) -> None:
        self.subjects: set[str] = set()
        self.names: dict[str, set[str]] = {}
        self.kinds: dict[str, set[str]] = {}
        wanted = {
            SKOS.prefLabel: self.names,
            SKOS.altLabel: self.names,
            RDF.type: self.kinds,
            KG.ownedBy: self.kinds,
        }
        for quads in graphs.values():
            for quad in quads:
                subject, value = getattr(quad.subject, "value", ""), getattr(quad.object, "value", "")
                self.subjects.add(subject)
                if (there := wanted.get(quad.predicate.value)) is self.names:
                    self.names.setdefault(name_key(value), set()).add(subject)
                elif there is not None:
                    there.setdefault(subject, set()).add(value)

    def called(self, name: str) -> list[str]:
        if is_iri(name):
            return [name] if name in self.subjects else []
        return sorted(self.names.get(name_key(name), ()))

    def pairs(self, one: str, two: str) -> Iterator[Pair]:
        """The things of two names that have the same class and owner; of two IRIs these."""
        for first in self.called(one):
            for second in self.called(two):
                alike = self.kinds.get(first) == self.kinds.get(second)
                if first != second and (alike or (is_iri(one) and is_iri(two))):
                    yield first, second
