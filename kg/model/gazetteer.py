"""Names of known things as records, read from ``ontology/vocabularies/*.ttl`` (SKOS in Turtle).

A label that is added there is enough for its thing to be tagged and linked. ``docs/vocabularies.md`` says
how labels are matched; another vocabulary is another file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from kg.model.bodies import INSPECTED
from kg.model.errors import CannotRead, CannotUnderstand
from kg.model.labels import LABEL, LABELS
from kg.model.ontology import ontology_dir
from kg.model.text.comparing import with_plain_typography
from kg.model.text.plurals import plural
from kg.model.turtle_data import own_quads
from kg.model.vocab import DCT, KG, RDF, SKOS, local_name

_LABELS = {**{label.cls: label.name for label in LABELS}, **dict.fromkeys(INSPECTED, "FORCE")}


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing of the vocabularies.

    ``label`` is its mention label (or TOPIC, MEASURE), ``kind`` the local name of its class, ``name`` its
    preferred label, ``vocabulary`` the stem of its file; ``identifier`` and ``notation`` are the first of
    its ``dct:identifier`` and ``skos:notation``. ``is_kind``: each inspected body has its own of it;
    ``is_own``: and owns it; ``for_body``: the class of bodies that have one, where only some do.
    """

    iri: str
    label: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    identifier: str | None
    notation: str | None
    vocabulary: str
    is_kind: bool = False
    is_own: bool = False
    for_body: str | None = None

    @property
    def cls(self) -> str:
        return KG.iri + self.kind

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording that names an entry; ``exact`` when upper and lower case must be as written."""

    text: str
    exact: bool
    entry: Entry


class Gazetteer:
    """All entries, in the order of their IRIs."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(sorted(entries, key=lambda e: e.iri))

    @cached_property
    def by_iri(self) -> dict[str, Entry]:
        return {entry.iri: entry for entry in self.entries}

    @cached_property
    def by_name(self) -> dict[str, tuple[Entry, ...]]:
        """Entries by each of their names, plain and in lower case (see ``with_plain_typography``)."""
        found: dict[str, list[Entry]] = {}
        for phrase in self.phrases():
            there = found.setdefault(with_plain_typography(phrase.text).lower(), [])
            if phrase.entry not in there:
                there.append(phrase.entry)
        return {name: tuple(entries) for name, entries in found.items()}

    def find(self, name: str, label: str | None = None) -> tuple[Entry, ...]:
        """Entries with this name in any case, number and typography; of one label if it is given.

        >>> [entry.iri for entry in load_gazetteer().find("the College of Policing")]
        ['https://kg.example/id/organisation/college-of-policing']
        """
        key = re.sub(r"^the ", "", with_plain_typography(name).lower().strip())
        return tuple(e for e in self.by_name.get(key, ()) if label in (None, e.label))

    def of(self, *labels: str) -> tuple[Entry, ...]:
        """Entries with one of these labels."""
        return tuple(entry for entry in self.entries if entry.label in labels)

    def phrases(self, *labels: str) -> Iterator[Phrase]:
        """Every wording of the entries with one of these labels (default: all): names, plurals, & and "and".

        A name with a capital letter is matched as written, a name without one in any case.
        """
        for entry in self.entries:
            if not labels or entry.label in labels:
                for text in dict.fromkeys(v for name in entry.names for v in _variants(name, entry.label)):
                    yield Phrase(text, any(c.isupper() for c in text), entry)


def load_gazetteer(folder: str | Path | None = None) -> Gazetteer:
    """The gazetteer of a folder of Turtle files (default: that of the package); read once.

    Raises CannotRead if the folder has no Turtle file, CannotUnderstand if a file is not Turtle, an entry
    has no ``skos:prefLabel``, or two entries share an IRI; the message names the file.
    """
    return _load(Path(folder) if folder is not None else ontology_dir() / "vocabularies")


@cache
def _load(folder: Path) -> Gazetteer:
    files = sorted(folder.glob("*.ttl"))
    if not files:
        raise CannotRead(f"{folder}: no vocabulary here; it needs at least one .ttl file")
    entries: dict[str, Entry] = {}
    for file in files:
        for entry in _entries(file):
            if entry.iri in entries:
                raise CannotUnderstand(
                    f"{file.name}: {entry.iri} is in {entries[entry.iri].vocabulary}.ttl too"
                )
            entries[entry.iri] = entry
    return Gazetteer(entries.values())


def _entries(file: Path) -> Iterator[Entry]:
    values = _values(file)
    for (subject, term), classes in values.items():
        known = [cls for cls in classes if cls in _LABELS]
        if term == RDF.type and KG.Kind in classes:
            known = [cls for cls in values.get((subject, KG.kindOf), ()) if cls in _LABELS]
        if term == RDF.type and known:
            yield _entry(subject, known[0], values, file)


def _values(file: Path) -> dict[tuple[str, str], list[str]]:
    """The objects of a file's triples by subject and property, in the order of the file."""
    values: dict[tuple[str, str], list[str]] = {}
    try:
        for triple in own_quads(file):
            subject = str(getattr(triple.subject, "value", triple.subject))
            value = str(getattr(triple.object, "value", ""))
            values.setdefault((subject, triple.predicate.value), []).append(value)
    except (SyntaxError, ValueError) as error:
        raise CannotUnderstand(f"{file.name}: not Turtle: {error}") from error
    return values


def _entry(iri: str, cls: str, values: dict[tuple[str, str], list[str]], file: Path) -> Entry:
    names = values.get((iri, SKOS.prefLabel), [])
    if len(names) != 1:
        raise CannotUnderstand(f"{file.name}: {iri} needs one skos:prefLabel, has {len(names)}")
    return Entry(
        iri=iri,
        label=_LABELS[cls],
        kind=local_name(cls),
        name=names[0],
        aliases=tuple(dict.fromkeys(values.get((iri, SKOS.altLabel), ()))),
        identifier=next(iter(values.get((iri, DCT.identifier), ())), None),
        notation=next(iter(values.get((iri, SKOS.notation), ())), None),
        vocabulary=file.stem,
        is_kind=KG.Kind in values[iri, RDF.type],
        is_own="true" in values.get((iri, KG.ownByKind), ()),
        for_body=next(iter(values.get((iri, KG.kindForBody), ())), None),
    )


def _variants(name: str, label: str) -> Iterator[str]:
    """The name, with "and" for "&" and the other way round, "police" in small letters behind the name of a
    force, and the plural of what can be counted."""
    for text in dict.fromkeys((name, name.replace(" & ", " and "), name.replace(" and ", " & "))):
        yield text
        if label == "FORCE" and text.endswith(" Police"):
            yield text.removesuffix("Police") + "police"
        countable = name[:1].islower() or name.isupper() or LABEL[label].always_counts
        if LABEL[label].is_countable and countable and not name.endswith("s") and not name[-1:].isdigit():
            yield plural(text)
