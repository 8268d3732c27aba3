"""The inspected body of a report: its name as the text gives it, and the body of the vocabularies it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from kg.model.bodies import KnownBody, kind_of_body, load_bodies
from kg.model.frameworks import Framework
from kg.model.iris import body_iri
from kg.model.text.comparing import without_punctuation
from kg.nlp.document.lines import HEAD, Line
from kg.nlp.document.title import title_forms
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import compiled, one_of, pattern, word_lists

_FILE = "document"


def find_body(
    text: str, title: str | None, lines: Sequence[Line], words: Words, kinds: Sequence[str] = ()
) -> str | None:
    """The name of the inspected body: from the title, else the one that the text is most about.

    ``kinds`` are the classes of bodies that the framework inspects: one that the vocabularies know counts
    before any form of a name.
    """
    if known := _known_in_head(text, title, lines, tuple(kinds), words):
        return known
    for candidate in (title, *(line.text for line in lines[:2] if line.is_open)):
        if candidate and (found := _title_body(candidate, words)):
            return found
    counts = Counter(_bodies(text, words.wording.body_patterns))
    for line in lines[:HEAD]:
        counts.update(dict.fromkeys(_bodies(line.text, words.wording.body_patterns), 3))
    verbs = one_of(word_lists(_FILE)["subject-verbs"])
    for name in counts:
        counts[name] += 5 * len(
            re.findall(rf"(?m)^(?:[Tt]he )?{re.escape(name)}(?:[’']s? [^.\n]*)? {verbs}\b", text)
        )
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _known_in_head(
    text: str, title: str | None, lines: Sequence[Line], kinds: tuple[str, ...], words: Words
) -> str | None:
    """A known body that the title names, or a line of the form of one, or any line near the start."""
    forms = title_forms(words, ".{2,120}")
    head = [line.text for line in lines[: HEAD * 2] if len(line.text) < 200]
    formal = [line for line in head if any(form.fullmatch(line) for form in forms)]
    for candidate in filter(None, (title, *formal)):
        if found := _named_bodies(candidate, kinds, places=True):
            return _most_named(found, text)
    if alone := next((line for line in head if known_body(line, kinds)), None):
        return alone
    found = _named_bodies("\n".join(head), kinds, places=False)
    return _most_named(found, text) if found else None


def _most_named(found: Sequence[str], text: str) -> str:
    """Of several names the one that the text has most; of equals the first."""
    return max(found, key=lambda name: (text.count(name), -found.index(name)))


def _named_bodies(text: str, kinds: tuple[str, ...], places: bool) -> list[str]:
    """Names of known bodies in a text, in its order, none inside a longer one; each body once."""
    found: dict[str, tuple[int, str]] = {}
    left = f" {without_punctuation(text)} "
    for plain, name, iri in _names_of_kinds(kinds, places):
        at = left.find(f" {plain} ")
        if at >= 0:
            left = left.replace(f" {plain} ", f" {'·' * len(plain)} ")
            found.setdefault(iri, (at, name))
    return [name for _, name in sorted(found.values())]


@cache
def _names_of_kinds(kinds: tuple[str, ...], places: bool) -> tuple[tuple[str, str, str], ...]:
    """(name as compared, name, IRI) of all bodies of some kinds, the longest first."""
    bodies = [body for body in load_bodies() if body.kind in kinds]
    names = [
        (without_punctuation(name), name, body.iri)
        for body in bodies
        for name in (*body.names, *(body.places if places else ()))
    ]
    return tuple(sorted(names, key=lambda entry: (-len(entry[0]), entry)))


def _title_body(title: str, words: Words) -> str | None:
    found = list(dict.fromkeys(_bodies(title, words.wording.body_patterns)))
    if len(found) == 1:
        return found[0]
    for form in title_forms(words):
        if match := form.fullmatch(title):
            return pattern(_FILE, "before-body").sub("", match["body"])
    return None


def _bodies(text: str, patterns: Iterable[str]) -> list[str]:
    found = []
    for form in patterns:
        names = (pattern(_FILE, "before-body").sub("", match[0]) for match in compiled(form).finditer(text))
        found += [name for name in names if " " in name and not pattern(_FILE, "no-body").search(name)]
    return found


def known_body(name: str, kinds: Sequence[str]) -> KnownBody | None:
    """The body of the vocabularies with this name (or IRI); of those, one of the wanted kinds first."""
    plain = without_punctuation(name)
    found = [
        b for b in load_bodies() if name == b.iri or plain in map(without_punctuation, (*b.names, *b.places))
    ]
    preferred = [b for b in found if b.kind in kinds]
    return next(iter(preferred or found), None)


def names_of(name: str | None, known: KnownBody | None) -> tuple[str, ...]:
    """All names: the one found, those that are known, and those of the area."""
    names = ([name] if name else []) + ([*known.names, *known.places] if known else [])
    return tuple(dict.fromkeys(n for n in names if not n.startswith("http")))


def minted(name: str | None, framework: Framework | None) -> str | None:
    """The IRI of a body that no vocabulary knows: its kind is the framework's, else what its name tells."""
    if name is None:
        return None
    kind = kind_of_body(framework.body_kind if framework else None, name)
    return body_iri(kind, pattern(_FILE, "body-ending").sub("", name) or name)
