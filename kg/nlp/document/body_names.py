"""Names of bodies that can be inspected, where a text has them: known to the vocabularies, or by their form.

A name counts as one only by its case: "Met" in "the Met" is a short name, the verb "met" is none. What stands
before a name of unknown bodies ("PEEL Assessment of Alnshire Constabulary") is cut off by its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.model.bodies import KnownBody, area_of, kind_of_body, load_bodies
from kg.model.frameworks import Framework
from kg.model.iris import body_iri
from kg.nlp.rules.pattern_files import compiled, pattern, word_set
from kg.nlp.rules.prefilter import prefiltered

_FILE = "document"
Families = Mapping[str, tuple[str, ...]]
"""Forms of names by the class of the bodies that have them."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a body at an offset: what it is called, its IRI, the class of such bodies.

    ``form`` is ``name`` (in full), ``alias`` (an abbreviation) or ``place`` (the area alone). ``known`` is
    whether the vocabularies have the body; the IRI of another is made from its name.
    """

    start: int
    end: int
    name: str
    iri: str
    cls: str
    form: str
    known: bool


def families_of(frameworks: Sequence[Framework], kinds: Sequence[str] = ()) -> dict[str, tuple[str, ...]]:
    """The forms of names of bodies that frameworks inspect, of some ``kinds`` (default: all)."""
    found: dict[str, dict[str, None]] = {}
    for framework in frameworks:
        if not kinds or framework.body_kind in kinds:
            found.setdefault(framework.body_kind, {}).update(dict.fromkeys(framework.wording.body_patterns))
    return {cls: tuple(forms) for cls, forms in found.items()}


def find_names(text: str, families: Families, places: bool = False) -> list[Named]:
    """The names in a text by their offsets, none inside another. ``places``: areas alone count too, as they
    do in titles; an area that several bodies are named after gives each of them."""
    known = list(_known(text, frozenset(families), places))
    formed = [named for named in _formed(text, families) if not _settles(known, named, text)]
    free = [k for k in known if not any(n.start <= k.start and k.end <= n.end for n in formed)]
    return sorted((*free, *formed), key=lambda named: named.start)


def _settles(known: Sequence[Named], named: Named, text: str) -> bool:
    """Whether a known name is the end of a longer one of that form: "Smith and Kent Police". What a word of
    direction stands before is another body: "West Sussex Police"."""
    there = [k for k in known if k.start < named.end and named.start < k.end and k.form != "place"]
    return any(not pattern(_FILE, "direction").search(text[named.start : k.start]) for k in there)


# --- names of the vocabularies ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Label:
    regex: str
    body: KnownBody
    form: str
    length: int

    def at(self, text: str, offset: int) -> re.Match[str] | None:
        return compiled(self.regex, re.IGNORECASE if self.form == "name" else 0).match(text, offset)


def places_of(body: KnownBody) -> tuple[str, ...]:
    """The names of a body's area: those that the vocabularies say, and those that its own names end in."""
    shorter = (area for name in body.names if (area := area_of(name)) and area not in body.names)
    return tuple(dict.fromkeys((*body.places, *shorter)))


@cache
def _labels(kinds: frozenset[str]) -> dict[str, list[_Label]]:
    """The names of the known bodies of some kinds by their first word, the longest first."""
    found: dict[str, list[_Label]] = {}
    for body in load_bodies():
        if body.kind not in kinds:
            continue
        names = {name: "name" if " " in name else "alias" for name in body.names}
        for label, form in [*dict.fromkeys(places_of(body), "place").items(), *names.items()]:
            parts = re.findall(r"(?:\w+|&),?", label)  # "Bournemouth, Christchurch and Poole Council"
            inner = r"[ ’'.-]+".join(
                "(?:and|&)" if part in ("and", "&") else re.escape(part) for part in parts
            )
            label_of = _Label(rf"{inner}(?!\w)", body, form, len(label))
            found.setdefault(parts[0].rstrip(",").casefold(), []).append(label_of)
    return {first: sorted(rows, key=lambda r: (-r.length, r.form != "name")) for first, rows in found.items()}


def _known(text: str, kinds: frozenset[str], places: bool) -> Iterator[Named]:
    labels, end = _labels(kinds), 0
    for word in re.finditer(r"(?<![\w’'-])[A-Z][^\W_]*", text):
        found: list[tuple[int, _Label]] = []
        for label in labels.get(word[0].casefold(), ()) if word.start() >= end else ():
            match = label.at(text, word.start())
            known = any(label.body is there.body for _, there in found)
            if match and not known and (not found or match.end() == found[0][0]):
                found.append((match.end(), label))
        for stop, label in found:
            end, body = stop, label.body
            wanted = places or label.form != "place"
            if wanted and _is_used_as(label.form, text, word.start(), stop):
                yield Named(word.start(), stop, body.names[0], body.iri, body.kind, label.form, True)


def _is_used_as(form: str, text: str, start: int, end: int) -> bool:
    """Whether a short name stands where one does, and a place for its body; a name in full always counts,
    unless it is a part of another's: "Kent Police and Crime Commissioner"."""
    if form == "name":
        return not pattern(_FILE, "not-the-body").match(text, end)
    if form == "alias":
        return text[start:end].isupper() or pattern(_FILE, "names-next").search(text[:start]) is not None
    before, after = pattern(_FILE, "part-of-name-before"), pattern(_FILE, "part-of-name-after")
    return not (before.search(text[max(0, start - 30) : start]) or after.match(text, end))


# --- names of the form of one -------------------------------------------------------------------------


def _formed(text: str, families: Families) -> Iterator[Named]:
    end = 0
    found = [
        (*match.span(), cls)
        for cls, forms in families.items()
        for form in forms
        for match in _search(compiled(form), text)
    ]
    for begin, stop, cls in sorted(found, key=lambda row: (row[0], -row[1])):
        start = begin + _before_name(text[begin:stop])
        name = text[start:stop]
        is_name = " " in name and start >= end and not pattern(_FILE, "no-body").search(name)
        if is_name and not pattern(_FILE, "not-the-body").match(text, stop):
            end = stop
            yield named_by_form(name, cls, start, stop)


_LONG = 500
"""Characters from which a text is worth a look beforehand."""


def _search(form: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    return prefiltered(text).finditer(form) if len(text) > _LONG else form.finditer(text)


def named_by_form(name: str, cls: str | None, start: int, end: int, form: str = "name") -> Named:
    """A body that no vocabulary knows, with the IRI that its name gives."""
    kind = kind_of_body(cls, name)
    return Named(start, end, name, body_iri(kind, area_of(name) or name), kind.cls, form, known=False)


def _before_name(run: str) -> int:
    """Where the name begins in a run of words with capitals: behind the last word that no name has and the
    last preposition, but that of "City of …" and the article of "Carrow and the Fells"."""
    cut = 0
    for word in re.finditer(r"[\w’'-]+ ", run):
        plain = word[0].strip()
        if plain.casefold() in word_set(_FILE, "not-in-names"):
            joins = word.start() > cut and (plain == "and" or run[: word.start()].endswith(" and "))
            cut = cut if joins else word.end()
        elif plain in ("of", "on", "in", "to") and not pattern(_FILE, "of-names").search(run[: word.end()]):
            cut = word.end()
    return cut
