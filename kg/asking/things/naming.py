"""Which thing a user means: by IRI, compact IRI, name or alias."""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches

import pyoxigraph as ox

from kg.asking.things.kinds import ENTITIES, KINDS, kind_of
from kg.asking.things.triples import Literal, Source, Triples, as_triples
from kg.model.errors import Ambiguous, Unknown, refuse_long
from kg.model.iris import PREFIXES
from kg.model.text.comparing import name_key_without_article
from kg.model.text.plurals import singular_word
from kg.model.vocab import DCT, KG, RDF, SKOS

NAMES = (SKOS.prefLabel, SKOS.notation, SKOS.altLabel, SKOS.hiddenLabel, DCT.title, KG.heading)
"""The properties that name a thing, the best first."""

USES = (KG.area, KG.mentions, KG.grade, KG.refersTo, KG.measure)
"""The properties that show that a report speaks of a thing."""

SHELVED = ("area", "grade", "measure", "topic")
"""Kinds that the vocabularies hold in many editions: an area of each framework has its own IRI."""

NAMELESS = ("passage", "section", "thing")
"""Kinds that are not looked up by name: an area's section is called as the area is."""


def resolve_entity(name: str, store: Source, kind: str | None = None) -> str:
    """The IRI of what ``name`` means: an IRI, a compact IRI, or a name or alias in any case and number.

    A name that is spelt so goes before one that is not, an exact one before one that differs in number, a
    preferred label before an alias, an entity before a statement, and an area or grade that reports speak of
    before one of an unused framework. What several bodies have of one kind ("MARAC") means the kind.
    ``kind``, a word of ``kinds.KINDS``, leaves out whatever is of another.

    Raises Ambiguous when several things are left, with label, type and IRI of each; Unknown when nothing is
    called so, with names that come close.
    """
    refuse_long("the name", name)
    triples = as_triples(store)
    iri = expand(name)
    if iri is not None:
        return _existing(name, iri, triples)
    found = _found(name, triples, kind)
    if len(found) > 1 and (shared := _one_kind(found, triples)):
        return shared
    if len(found) > 1:
        raise Ambiguous(_choice(name, found, triples))
    return found[0]


def expand(name: str) -> str | None:
    """The IRI that a name spells out, with or without angle brackets, or None for a plain name.

    >>> expand("operation:northmoor--operation-lantern")
    'https://kg.example/id/operation/northmoor--operation-lantern'
    >>> expand("Operation Lantern") is None
    True
    """
    bare = name.strip().removeprefix("<").removesuffix(">")
    prefix, colon, local = bare.partition(":")
    if not re.match(r"[a-z][a-z0-9+.-]*://", bare):
        if not (colon and local and prefix in PREFIXES):
            return None
        bare = PREFIXES[prefix] + local
    try:
        return ox.NamedNode(bare).value
    except ValueError:
        return None


def as_singular(name: str) -> str:
    """A plain name with every word in the singular, roughly: enough to see that two names agree.

    >>> as_singular("risk assessment conferences"), as_singular("Branches"), as_singular("MARACs")
    ('risk assessment conference', 'branch', 'marac')
    """
    return " ".join(map(singular_word, name_key_without_article(name).split()))


def _existing(name: str, iri: str, triples: Triples) -> str:
    if any(True for _ in triples(subjects=[iri])) or any(True for _ in triples(objects=[iri])):
        return iri
    raise Unknown(f'no entity "{name}": the data says nothing about <{iri}>')


Named = list[tuple[str, int, str]]
"""Name, place in NAMES, IRI: sorted."""


def _found(name: str, triples: Triples, kind: str | None = None) -> list[str]:
    """The things that a name means. All names there are, which take the longest to read, are looked at only
    where it is neither spelt like that of an entity nor has its longest word in common with the right one.

    Raises Unknown.
    """
    if name.isprintable():
        plain = re.sub(r"^(?:the|an?) ", "", name, flags=re.IGNORECASE)
        forms = {Literal(form(each)) for each in (name, plain) for form in _SPELLINGS}
        found = _best(name, _named(triples, objects=forms), triples, kind)
        if found and kinds_of(found[:1], triples)[found[0]] in ENTITIES:
            return found
    if (part := _in_all_forms(name)) and (
        found := _best(name, _named(triples, containing=part), triples, kind)
    ):
        return found
    named = _named(triples)
    if found := _best(name, named, triples, kind):
        return found
    if kind is not None:
        kinds = kinds_of({iri for _, _, iri in named}, triples)
        named = [each for each in named if kinds[each[2]] == kind]
    raise _unknown(name, named, kind or "entity")


_SPELLINGS = (str, str.lower, str.upper, str.title, str.capitalize)


def _in_all_forms(name: str) -> str:
    """The longest piece of a name that it has in singular and plural, in small letters without accents; empty
    where there is none.

    >>> _in_all_forms("the Risk Assessment Conferences"), _in_all_forms("safeguarding bodies of Ŵ")
    ('assessment', 'safeguarding')
    """
    words = [word.removesuffix("y") for word in as_singular(name).split()]
    pieces = [piece for word in words for piece in re.findall("[a-z0-9]+", word)]
    return max(pieces, key=len, default="")


def _named(triples: Triples, *, objects: Collection[Literal] | None = None, containing: str = "") -> Named:
    named = triples(predicates=NAMES, objects=objects, containing=containing)
    return sorted({(o.value, NAMES.index(p), s) for s, p, o in named if isinstance(o, Literal)})


def _best(name: str, named: Named, triples: Triples, kind: str | None = None) -> list[str]:
    for form in (name_key_without_article, as_singular):
        wanted = form(name)
        found = {iri: rank for text, rank, iri in reversed(named) if form(text) == wanted}
        kinds = kinds_of(found, triples)
        chosen = {iri: rank for iri, rank in found.items() if kinds[iri] not in NAMELESS}
        if kind is not None:
            chosen = {iri: rank for iri, rank in chosen.items() if kinds[iri] == kind}
        if chosen:
            return _narrowed(chosen, kinds, triples)
    return []


def _narrowed(found: dict[str, int], kinds: dict[str, str], triples: Triples) -> list[str]:
    """Of things with the same name those that come first: entities, then used ones, then better names."""
    words = list(KINDS)
    entities = {iri for iri in found if words.index(kinds[iri]) >= words.index(ENTITIES[0])} or set(found)
    entities = {iri for iri in entities if kinds[iri] != "kind of thing"} or entities  # each body's own first
    shelf = {iri for iri in entities if kinds[iri] in SHELVED}
    used = {o for _, _, o in triples(predicates=USES, objects=sorted(shelf)) if isinstance(o, str)}
    left = entities - (shelf - used) or entities
    best = min(_rank(found[iri]) for iri in left)
    return sorted(iri for iri in left if _rank(found[iri]) == best)


def _one_kind(found: Collection[str], triples: Triples) -> str | None:
    """The kind that all of some things are of: "MARAC", where each force has its own."""
    kinds = {s: o for s, _, o in triples(subjects=sorted(found), predicates=[KG.kind]) if isinstance(o, str)}
    one = set(kinds.values())
    return one.pop() if len(one) == 1 and kinds.keys() == set(found) else None


def _rank(place: int) -> int:
    """Preferred labels, titles and headings are names of their own; notations and aliases come after."""
    return 1 if NAMES[place] in (SKOS.altLabel, SKOS.hiddenLabel) else 0


def kinds_of(iris: Collection[str], triples: Triples) -> dict[str, str]:
    """The kind of each thing (a word of ``kinds.KINDS``)."""
    classes: dict[str, list[str]] = {iri: [] for iri in iris}
    for subject, _, target in triples(subjects=sorted(classes), predicates=[RDF.type]):
        if isinstance(target, str):
            classes[subject].append(target)
    return {iri: kind_of(found) for iri, found in classes.items()}


def _choice(name: str, found: list[str], triples: Triples) -> str:
    count, found = len(found), found[:10]
    kinds, labels = kinds_of(found, triples), _labels(found, triples)
    at_home = (KG.ownedBy, SKOS.inScheme, KG.report)
    homes = {s: str(o) for s, _, o in sorted(triples(subjects=found, predicates=at_home), key=str)}
    homes_labels = _labels(sorted(set(homes.values())), triples) if homes else {}
    shown = []
    for iri in found:
        home = homes_labels.get(homes.get(iri, ""), "")
        shown.append(f"{labels.get(iri, iri)} ({kinds[iri]}{', ' + home if home else ''}) <{iri}>")
    more = f"; and {count - 10} more" if count > 10 else ""
    return f'"{name}" means several things, give an IRI: ' + "; ".join(shown) + more


def _labels(iris: Collection[str], triples: Triples) -> dict[str, str]:
    """The best name of each thing."""
    named = sorted(
        (NAMES.index(p), o.value, s)
        for s, p, o in triples(subjects=iris, predicates=NAMES) if isinstance(o, Literal)
    )  # fmt: skip
    return {iri: text for _, text, iri in reversed(named)}


def _unknown(name: str, named: Named, what: str = "entity") -> Unknown:
    close = _similar(name, named)
    if not close:
        return Unknown(f'no {what} "{name}"; kg entities lists what the reports name')
    advice = " or ".join(f'"{text}"' for text in close)
    return Unknown(f'no {what} "{name}"; did you mean {advice}?')


def _similar(name: str, named: Named) -> list[str]:
    """At most three names: those spelt nearly so, else those that share a word, else those spelt alike."""
    texts = sorted({text for text, rank, _ in named if NAMES[rank] not in (KG.heading, SKOS.hiddenLabel)})
    lowered = {name_key_without_article(text): text for text in reversed(texts)}
    words = set(as_singular(name).split()) - _SMALL
    sharing = [text for text in texts if words & set(as_singular(text).split())]
    near = get_close_matches(name_key_without_article(name), lowered, n=3, cutoff=0.8)
    far = get_close_matches(name_key_without_article(name), lowered, n=3, cutoff=0.6)
    by_words = sorted(sharing, key=lambda text: (len(text), text))[:3]
    return [lowered[match] for match in near] or by_words or [lowered[match] for match in far]


_SMALL = frozenset({"a", "an", "and", "at", "by", "for", "in", "of", "on", "the", "to", "with"})
