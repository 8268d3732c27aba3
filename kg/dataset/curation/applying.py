"""Decisions applied to an ``Extraction`` before it becomes a graph: what has two names has one IRI there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import chain
from typing import Any

from kg.dataset.curation.decisions import UNDECIDED, Curation, Pair, is_iri, key_of
from kg.model.gazetteer import Gazetteer, load_gazetteer
from kg.model.iris import digested_id, entity_iri, moved, slug
from kg.model.records import Entity, Extraction, Judgement, Mention
from kg.model.text.comparing import name_key
from kg.model.text.display import shortened
from kg.model.vocab import BASE
from kg.reading.discovery import CURATION


def curated(
    extraction: Extraction,
    curation: Curation,
    gazetteer: Gazetteer | None = None,
    base: str = BASE,
    grades: Sequence[Pair] | None = None,
) -> Extraction:
    """The extraction with the decisions on grades and things applied: those declared the same have one IRI.

    That is the IRI which a vocabulary knows, else that of the first of the group; all their names stay as
    aliases. What is declared different is pulled apart where the linker made it one. A name means the things
    of that name (in any case), label by label and owner by owner. ``base`` is that of the dataset, as the
    decisions write it. ``grades`` are those on its grades, where its id alone does not tell.
    """
    return with_decisions(extraction, curation, gazetteer, base, grades)[0]


def with_decisions(
    extraction: Extraction,
    curation: Curation,
    gazetteer: Gazetteer | None = None,
    base: str = BASE,
    grades: Sequence[Pair] | None = None,
) -> tuple[Extraction, list[str]]:
    """As ``curated``, with a line for each group of ``same`` that would join two things known to be two."""
    grades = grades_on(extraction, curation, base) if grades is None else grades
    extraction = _graded(extraction, dict(grades))
    if not (curation.same or curation.different):
        return extraction, []
    gazetteer, curation = gazetteer or load_gazetteer(), _under_our_base(curation.agreed, base).agreed
    for one, two in curation.different:
        extraction = _apart(extraction, one, two)
    apart, names, refused = _Apart(curation.different), dict(curation.names), dict[str, None]()
    for group in curation.groups:
        merged = dict[str, Entity]()
        for (label, body), entities in _kinds(extraction, group).items():
            why = _known_as_several(group, label, entities, gazetteer) or apart.why_not(
                group, _keys(group, label, body, entities, gazetteer)
            )
            if why:
                refused[why] = None
                continue
            one_thing = _canonical(group, label, body, entities, names, gazetteer)
            merged |= {entity.iri: one_thing for entity in entities}
        extraction = _renamed(extraction, merged)
    return extraction, [line.replace(f"{BASE}id/", f"{base}id/") for line in refused]


def grades_on(extraction: Extraction, curation: Curation, base: str = BASE) -> tuple[Pair, ...]:
    """The decisions on a report's grades: they name it by its id with the digest of its file behind it."""
    report = extraction.report
    return curation.agreed.grades_of(digested_id(report.id, report.source.sha256), base)


def met_by(found: Extraction, made: Extraction, curation: Curation, base: str = BASE) -> list[str]:
    """What of the decisions on things fits a report as it was ``found`` and as they ``made`` it.

    The names and IRIs of ``same`` that things have, and of ``names`` the IRI and the name that one has now.
    """
    members = {*chain.from_iterable(curation.same)}
    if not (members or curation.names):
        return []
    before, after = ([e for e in one.entities if e.label not in UNDECIDED] for one in (found, made))
    iris = {moved(entity.iri, BASE, base) for entity in (*before, *after)}
    names = {name_key(name) for entity in before for name in (entity.name, *entity.aliases)}
    called = {(moved(entity.iri, BASE, base), entity.name) for entity in after}
    met = {one for one in members if (one in iris if is_iri(one) else name_key(one) in names)}
    return sorted(met | {" ".join(pair) for pair in curation.names if pair in called})


def _graded(extraction: Extraction, grades: Mapping[str, str]) -> Extraction:
    """A judgement for each area that the report grades in two ways where a person says which grade counts.

    ``grades`` has the grade by the last part of the judgement's IRI.
    """

    def decided(one: Judgement) -> bool:
        return grades.get(f"judgement-{slug(one.area)}") == one.grade

    chosen = [replace(one, decided=True) for one in extraction.undecided if decided(one)]
    if not chosen:
        return extraction
    areas = {one.area for one in chosen}
    settled = {(one.start, one.end) for one in extraction.undecided if one.area in areas}
    judgements = sorted((*extraction.judgements, *chosen), key=lambda one: one.start)
    return replace(
        extraction,
        judgements=tuple(judgements),
        undecided=tuple(one for one in extraction.undecided if one.area not in areas),
        warnings=tuple(
            notice
            for notice in extraction.warnings
            if notice.code != "grades-disagree" or (notice.start, notice.end) not in settled
        ),
    )


def _under_our_base(curation: Curation, base: str) -> Curation:
    """The decisions with things of the dataset's base as an extraction has them."""

    def ours(name: str) -> str:
        return moved(name, base, BASE)

    return replace(
        curation,
        same=tuple(tuple(map(ours, group)) for group in curation.same),
        different=tuple((ours(one), ours(two)) for one, two in curation.different),
        names=tuple((ours(iri), name) for iri, name in curation.names),
    )


def _is_called(entity: Entity, member: str) -> bool:
    if is_iri(member):
        return entity.iri == member
    return name_key(member) in {name_key(name) for name in (entity.name, *entity.aliases)}


def _kinds(extraction: Extraction, group: Sequence[str]) -> dict[tuple[str, str | None], list[Entity]]:
    """The things of a report that a group means, by label and owner."""
    found: dict[tuple[str, str | None], list[Entity]] = {}
    for entity in extraction.entities:
        if entity.label not in UNDECIDED and any(_is_called(entity, member) for member in group):
            found.setdefault((entity.label, entity.body), []).append(entity)
    return found


def _known_as_several(
    group: Sequence[str], label: str, entities: Sequence[Entity], gazetteer: Gazetteer
) -> str | None:
    there = [known.iri for one in entities for known in _known(one.iri, label, gazetteer)]
    return joins_known(group) if known_apart((*group, *there), label, gazetteer) else None


def joins_known(group: Sequence[str]) -> str:
    """The line on a group whose members a vocabulary knows as several things."""
    return f"{CURATION}: same: {', '.join(group[:3])}: a vocabulary knows them as several things; not joined"


def _keys(
    group: Sequence[str], label: str, body: str | None, entities: Sequence[Entity], gazetteer: Gazetteer
) -> set[str]:
    """All that the one thing of a group would be called, in this report or another: as ``_end_keys``."""
    names = {*group, *(name for entity in entities for name in (entity.name, *entity.aliases))}
    iris = {entity_iri(label, member, body) for member in group if not is_iri(member)}
    iris |= {entry.iri for member in group for entry in _known(member, label, gazetteer)}
    iris |= {*filter(is_iri, group), *(entity.iri for entity in entities)}
    ours = entity_iri(label, "x", body)[:-1]
    slugs = {f"{_SLUG}{iri.removeprefix(ours)}" for iri in iris if iri.startswith(ours)}
    return {*map(key_of, names), *iris, *slugs}


_SLUG = "slug "


class _Apart:
    """What is declared different, by all that each of the two may be called."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._pairs: dict[str, list[tuple[Pair, str]]] = {}
        for pair in pairs:
            one, two = map(_end_keys, pair)
            for name, keys in zip(pair, (one - two, two - one), strict=True):
                for key in keys:
                    self._pairs.setdefault(key, []).append((pair, name))

    def why_not(self, group: Sequence[str], keys: AbstractSet[str]) -> str | None:
        """The line on a group that would join what is declared different; None where it doesn't."""
        met: dict[Pair, str] = {}
        for key in sorted(keys & self._pairs.keys()):
            for pair, name in self._pairs[key]:
                if met.setdefault(pair, name) != name:
                    return not_joined([group], *pair)
        return None


def _end_keys(name: str) -> set[str]:
    """What a name or an IRI of ``different`` is found by: a name also by what its IRI would end with."""
    return {name} if is_iri(name) else {key_of(name), f"{_SLUG}{slug(name)}"}


def not_joined(groups: Sequence[Sequence[str]], one: str, two: str) -> str:
    """The line on groups of ``same`` that would join what a pair of ``different`` keeps apart."""
    quoted = ([f'"{shortened(name, 100)}"' for name in group] for group in groups[:3])
    shown = " and ".join(f"[{', '.join([*names[:5], *(['…'] if names[5:] else [])])}]" for names in quoted)
    return (
        f'{CURATION}: same {shown}{" …" if len(groups) > 3 else ""} would join "{shortened(one, 100)}" and '
        f'"{shortened(two, 100)}", which different keeps apart; not joined'
    )


def _canonical(
    group: Sequence[str],
    label: str,
    body: str | None,
    entities: Sequence[Entity],
    names: Mapping[str, str],
    gazetteer: Gazetteer,
) -> Entity:
    """The one entity of a group that a report may have parts of only: same IRI and name in every report."""
    entry = next((e for member in group for e in _known(member, label, gazetteer)), None)
    first = group[0]
    iri = entry.iri if entry else first if is_iri(first) else entity_iri(label, first, body)
    own = next((entity.name for entity in entities if entity.iri == iri), None)
    stated = next((member for member in group if not is_iri(member)), None) if not is_iri(first) else None
    name = entry.name if entry else stated or names.get(iri) or own or entities[0].name
    aliases = {alias for entity in entities for alias in (entity.name, *entity.aliases)}
    known = entry is not None and not entry.is_kind
    return replace(entities[0], iri=iri, name=name, aliases=tuple(sorted(aliases - {name})), known=known)


def known_apart(group: Sequence[str], label: str, gazetteer: Gazetteer) -> bool:
    """Whether vocabularies know the members of a group as several things of this label."""
    known = [{e.iri for e in _known(member, label, gazetteer) if not e.is_kind} for member in group]
    named = [iris for iris in known if iris]
    return bool(named) and not set.intersection(*named)


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

    def owned(entity: Entity) -> Entity:
        owners = tuple(owner for one in entity.owners if (owner := iri_of(one)))
        return replace(entity, owners=owners, body=iri_of(entity.body))

    kept = {e.iri: owned(e) for e in extraction.entities if e.iri not in merged}
    kept |= {entity.iri: owned(entity) for entity in merged.values()}
    mentions = tuple(
        replace(mention, entity=one.iri, name=one.name)
        if (one := merged.get(mention.entity or ""))
        else mention
        for mention in extraction.mentions
    )
    bodies = tuple(replace(body, iri=iri_of(body.iri) or body.iri) for body in extraction.report.bodies)
    report = replace(extraction.report, force=iri_of(extraction.report.force), bodies=bodies)
    entities = tuple(kept[iri] for iri in sorted(kept))
    return replace(extraction, report=report, mentions=mentions, entities=entities)


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
    iri = entity_iri(entity.label, name, entity.body)
    if iri == entity.iri:
        return extraction

    def moved(mention: Mention) -> bool:
        return mention.entity == entity.iri and name_key(mention.text) == name_key(name)

    mentions = tuple(replace(m, entity=iri, name=name) if moved(m) else m for m in extraction.mentions)
    left = replace(entity, aliases=tuple(a for a in entity.aliases if name_key(a) != name_key(name)))
    kept = {e.iri: e for e in extraction.entities} | {entity.iri: left}
    kept.setdefault(iri, replace(entity, iri=iri, name=name, aliases=()))
    return replace(extraction, mentions=mentions, entities=tuple(kept[i] for i in sorted(kept)))
