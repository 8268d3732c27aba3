"""Every mention refers to one entity: known things, or minted ones, however they are written.

A minted unit, body, operation, programme, system or document is that of the inspected body (its IRI carries
it), unless its words say that it is national or another’s; so is the one of a kind that each body has, as its
chief constable. Whether it also belongs to that body say ``owners``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kg.model.gazetteer import Entry, Gazetteer
from kg.model.iris import entity_iri, slug
from kg.model.labels import LABEL
from kg.model.records import Entity, Mention, Span
from kg.model.text.comparing import with_plain_typography
from kg.model.text.plurals import singular
from kg.model.vocab import BASE
from kg.nlp.mentions.candidates import Candidate
from kg.nlp.mentions.owners import Owned, Owners
from kg.nlp.mentions.people import offices_of
from kg.nlp.mentions.words import Text
from kg.nlp.rules.pattern_files import pattern

_FILE = "mention-context"


@dataclass(slots=True)
class _Thing:
    """A minted entity in the making: the candidates that name it by one key, for one inspected body; ``kind``
    is the kind of the vocabulary that it is one of."""

    label: str
    key: str
    body: str | None
    kind: Entry | None = None
    candidates: list[Candidate] = field(default_factory=list)

    @property
    def plural(self) -> bool:
        return all(c.name is not None and singular(c.name) != c.name for c in self.candidates)

    @property
    def tentative(self) -> bool:
        return all(c.tentative for c in self.candidates)


def link(
    text: Text,
    candidates: Sequence[Candidate],
    gazetteer: Gazetteer,
    force: str | None,
    base: str = BASE,
    *,
    several: bool = False,
    on_others: Sequence[Span] = (),
) -> tuple[list[Mention], list[Entity]]:
    """Mentions of the candidates, and their entities sorted by IRI.

    A tentative candidate that shortens no longer name of the report is dropped. ``force`` is the IRI of the
    inspected force or service; ``several`` are inspected together, where no convention says whose a thing is.
    ``on_others`` are the sections on another body.
    """
    linked: dict[int, Candidate] = {}
    things: dict[tuple[str, str, str | None], _Thing] = {}
    owners = Owners(text, candidates, force, several, on_others)
    for candidate in candidates:
        kind = candidate.entry if candidate.entry is not None and candidate.entry.is_kind else None
        if candidate.nominal or (candidate.iri is not None and kind is None):
            linked[candidate.start] = candidate
        elif candidate.same_as is None:
            named = replace(candidate, name=_name(text, candidate))
            known = candidate if kind is not None else _known(named, gazetteer, force)
            kind = known.entry if known is not None and known.entry and known.entry.is_kind else None
            body = owners.body_of(named, kind)
            if known is not None and (kind is None or body is None):
                linked[candidate.start] = known
            else:
                name = _key(named) if kind is None else with_plain_typography(kind.name).lower()
                key = (named.label, name, body)
                named = replace(named, entry=None, iri=None)
                things.setdefault(key, _Thing(*key, kind)).candidates.append(named)
    _mint(text, things, linked, base)
    _link_abbreviations(candidates, linked)
    mentions = [_mention(text, linked[c.start]) for c in candidates if c.start in linked]
    held = offices_of(text.plain, mentions)
    entities = _entities(linked.values(), text, things.values(), owners, base)
    return mentions, [replace(one, holds=held[one.iri]) if one.iri in held else one for one in entities]


def shortens(short: str, long: str) -> bool:
    """Whether a key is another with modifiers left out: same head, the rest in the same order.

    >>> shortens("scrutiny panel", "stop and search scrutiny panel"), shortens("crime team", "team")
    (True, False)
    """
    some, all_ = short.split(), long.split()
    if len(some) >= len(all_) or some[-1] != all_[-1]:
        return False
    rest = iter(all_[:-1])
    return all(word in rest for word in some[:-1])


def _name(text: Text, candidate: Candidate) -> str:
    """What a candidate is called: as written, the first letter small where only a sentence made it big."""
    name = candidate.name or text.raw[candidate.start : candidate.end]
    if candidate.label == "ROLE":
        return pattern(_FILE, "commissioner").sub(lambda m: m[0].lower(), name)
    word = text.words[text.index[candidate.start]] if candidate.start in text.index else None
    rest = name.partition(" ")[2]
    small = word is not None and word.text not in text.names
    if (
        LABEL[candidate.label].is_shortened
        and word
        and word.opens
        and small
        and rest
        and rest == rest.lower()
    ):
        first = name.partition(" ")[0]
        return name if first.isupper() else first[0].lower() + first[1:] + " " + rest
    return name


def _key(candidate: Candidate) -> str:
    name = pattern(_FILE, "not-of-the-key").sub("", with_plain_typography(candidate.name or "").lower())
    if LABEL[candidate.label].is_shortened:
        name = pattern(_FILE, "of-the-force").sub("", singular(name))
    if candidate.label in ("LEGISLATION", "ROLE"):
        name = singular(name)
    if candidate.label == "OPERATION":
        name = pattern(_FILE, "short-operation").sub("operation ", name)
        name = name if name.startswith(("operation ", "project ")) else "operation " + name
    return name


def _known(candidate: Candidate, gazetteer: Gazetteer, force: str | None) -> Candidate | None:
    name = candidate.name or ""
    if candidate.role == "commissioners-office":
        name = "" if _is_elsewhere(name, force) else _OFFICE
    if candidate.role == "commissioner" and not _is_elsewhere(name, force):
        office = pattern(_FILE, "commissioner-of-area").search(name)
        name = office[0] if office else name
    found = gazetteer.find(name, candidate.label) or gazetteer.find(_key(candidate), candidate.label)
    if not found and candidate.label == "BODY":  # a meeting of the body that it names: "MARAC meetings"
        found = gazetteer.find(pattern(_FILE, "meetings-of").sub("", name), candidate.label)
    for entry in found or _named_by_area(name, candidate.label, gazetteer, force):
        return replace(candidate, entry=entry, iri=entry.iri, name=entry.name)
    return None


def _named_by_area(name: str, label: str, gazetteer: Gazetteer, force: str | None) -> list[Entry]:
    """The kind of what is called by the area of the body: "Marlshire Safeguarding Children Board"."""
    words = name.split()
    for at in range(1, min(len(words), _LONGEST_AREA)):
        entries = [e for e in gazetteer.find(" ".join(words[at:]), label) if e.is_kind]
        if entries and slug(" ".join(words[:at])) in (force or "").rpartition("/")[2]:
            return entries
    return []


_LONGEST_AREA = 6
"""Words of the name of an area before the name of a kind."""


_OFFICE = "police and crime commissioner’s office"
"""The kind of the offices of commissioners, however one is called."""


def _is_elsewhere(office: str, force: str | None) -> bool:
    """Whether the name of a commissioner’s office is that of another area, or of a mayor’s office."""
    name = with_plain_typography(office)
    area = pattern(_FILE, "area-of-commissioner").search(name)
    elsewhere = area is not None and slug(area["before"] or area["after"] or "") not in (force or "")
    return elsewhere or "ayor" in name or name == "MOPAC"


def _mint(
    text: Text,
    things: dict[tuple[str, str, str | None], _Thing],
    linked: dict[int, Candidate],
    base: str,
) -> None:
    longer_names = _Longer(text, things.values())
    for thing in sorted(things.values(), key=lambda t: (t.label, t.key, t.body or "")):
        longer = longer_names.of(thing)
        if longer is None and thing.tentative:
            continue
        iri, name = _identity(longer or thing, base)
        for candidate in thing.candidates:
            linked[candidate.start] = replace(candidate, iri=iri, name=name)


def _identity(thing: _Thing, base: str) -> tuple[str, str]:
    iri = entity_iri(thing.label, thing.key, thing.body, base)
    if thing.kind is not None:
        return iri, thing.kind.name
    return iri, pattern(_FILE, "of-the-force").sub("", thing.candidates[0].name or thing.key)


class _Longer:
    """Finds the longer name of a thing among those of its label and body."""

    def __init__(self, text: Text, things: Iterable[_Thing]) -> None:
        self._text = text
        self._with: dict[tuple[str, str | None, str, str], list[_Thing]] = {}
        for thing in things:
            words = thing.key.split()
            for word in dict.fromkeys(words):
                self._with.setdefault((thing.label, thing.body, words[-1], word), []).append(thing)

    def of(self, thing: _Thing) -> _Thing | None:
        """The longest name that this one shortens, if there is no doubt which: it has all others in it."""
        if thing.kind is not None or not LABEL[thing.label].is_shortened:
            return None
        words = thing.key.split()
        if len(words) <= 2 and not thing.plural and not _determined(self._text, thing):
            return None
        longer = [
            t
            for t in self._with_the_rarest_of(thing, words)
            if shortens(thing.key, t.key) and not t.tentative and not (thing.plural and not t.plural)
        ]
        longest = max(longer, key=lambda t: len(t.key.split()), default=None)
        sure = longest and all(t is longest or shortens(t.key, longest.key) for t in longer)
        return longest if sure else None

    def _with_the_rarest_of(self, thing: _Thing, words: Sequence[str]) -> Sequence[_Thing]:
        """The things that have the same head and the word of this one that fewest have."""
        if not words:
            return ()
        return min((self._with[thing.label, thing.body, words[-1], word] for word in words), key=len)


def _determined(text: Text, thing: _Thing) -> bool:
    return all(
        pattern(_FILE, "determined").search(text.plain[max(0, c.start - 7) : c.start])
        for c in thing.candidates
    )


def _link_abbreviations(candidates: Sequence[Candidate], linked: dict[int, Candidate]) -> None:
    for candidate in candidates:
        full = linked.get(candidate.same_as) if candidate.same_as is not None else None
        if full is not None:
            linked[candidate.start] = replace(candidate, entry=full.entry, iri=full.iri, name=full.name)


def _mention(text: Text, candidate: Candidate) -> Mention:
    return Mention(
        start=candidate.start,
        end=candidate.end,
        text=text.raw[candidate.start : candidate.end],
        label=candidate.label,
        entity=candidate.iri,
        name=candidate.name,
        pattern=candidate.pattern,
        nominal=candidate.nominal,
    )


def _entities(
    linked: Iterable[Candidate], text: Text, things: Iterable[_Thing], owners: Owners, base: str
) -> list[Entity]:
    minted = {_identity(thing, base)[0]: thing for thing in things}
    found: dict[str, list[Candidate]] = {}
    for candidate in sorted(linked, key=lambda c: c.start):
        if candidate.iri is not None:
            found.setdefault(candidate.iri, []).append(candidate)
    entities = []
    for iri, named in sorted(found.items()):
        first, thing = named[0], minted.get(iri)
        forms = {text.raw[c.start : c.end] for c in named if not c.nominal}
        own = owners.of(named, thing.kind) if thing is not None and thing.body is not None else Owned()
        entity = Entity(
            iri=iri,
            label=first.label,
            name=first.name or "",
            aliases=tuple(sorted(form for form in forms if form.lower() != (first.name or "").lower())),
            owners=own.owners,
            owner_known=own.how,
            body=thing.body if thing is not None else None,
            kind=thing.kind.iri if thing is not None and thing.kind is not None else None,
            known=thing is None and (first.entry is not None or first.label in ("AREA", "GRADE")),
        )
        entities.append(entity)
    return entities
