"""Near-duplicates: things of one kind with nearly equal names, as pairs to decide on in ``curation.toml``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.asking.sparql import asker
from kg.dataset.curation.decisions import UNDECIDED, Pair
from kg.graph.rdf_files import Files
from kg.model.iris import PREFIXES
from kg.model.text.comparing import letters_and_digits, name_key, with_plain_typography
from kg.model.text.plurals import singular
from kg.model.vocab import KG

_THINGS = (
    f"PREFIX kg: <{KG.iri}>"
    + """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?entity ?label (MIN(STR(?called)) AS ?name) (MIN(STR(?of)) AS ?body)
  (MIN(STR(?noted)) AS ?code) (COUNT(DISTINCT ?mention) AS ?mentions)
WHERE {
  ?mention a kg:Mention ; kg:label ?label ; kg:refersTo ?entity .
  ?entity skos:prefLabel ?called .
  OPTIONAL { ?entity kg:ofBody|kg:ownedBy ?of }
  OPTIONAL { ?entity dct:identifier ?noted }
}
GROUP BY ?entity ?label
ORDER BY ?entity ?label
"""
)
_APART = """
PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT ?one ?two WHERE { ?one owl:differentFrom ?two } ORDER BY ?one ?two
"""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with its name, as it is compared with others of its label and inspected body; ``code`` is its
    official one."""

    iri: str
    label: str
    name: str
    body: str | None = None
    mentions: int = 0
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two things that may be one, and why."""

    one: Named
    two: Named
    reason: str


def find_doubts(things: Iterable[Named], different: Iterable[Pair] = ()) -> list[Doubt]:
    """Pairs of the same label and inspected body whose names are nearly equal, by label and name.

    Nearly equal are names that differ in case and punctuation, in number, by an abbreviation or by a small
    edit. ``different`` are pairs of IRIs (in any order) that are known to be two; so are things with two
    official codes, as two councils of nearly one name. The more often mentioned of the two comes first.
    """
    apart = {frozenset(pair) for pair in different}
    kinds: dict[tuple[str, str | None], list[Named]] = {}
    for thing in sorted(things, key=lambda t: (t.label, t.name, t.iri)):
        if thing.label not in UNDECIDED:
            kinds.setdefault((thing.label, thing.body), []).append(thing)
    doubts = []
    for alike in kinds.values():
        for one, two in combinations(alike, 2):
            reason = why_alike(one.name, two.name)
            if reason is None or one.iri == two.iri or (one.code and two.code and one.code != two.code):
                continue
            if frozenset((one.iri, two.iri)) not in apart:
                first, second = sorted((one, two), key=lambda t: (-t.mentions, t.iri))
                doubts.append(Doubt(first, second, reason))
    return doubts


def why_alike(one: str, two: str) -> str | None:
    """Why two names may mean one thing; None where they don't look like it.

    >>> [why_alike(*p) for p in (("Beacon Hub", "beacon-hub"), ("team", "teams"), ("MARAC", "risk"))]
    ['the same letters', 'singular and plural', None]
    >>> why_alike("multi-agency safeguarding hub", "MASH"), why_alike("Operation Harbour", "Operation Harbor")
    ('an abbreviation', 'a small edit')
    """
    return next((reason for test, reason in _TESTS if test(one, two) or test(two, one)), None)


def _plural(one: str, two: str) -> bool:
    return letters_and_digits(singular(one)) == letters_and_digits(singular(two))


def _abbreviation(short: str, long: str) -> bool:
    words = [
        w
        for w in with_plain_typography(long).replace("-", " ").split()
        if w.casefold() not in ("and", "of", "the", "for")
    ]
    initials = "".join(word[0] for word in words).casefold()
    return (
        len(words) > 1
        and len(short) > 1
        and " " not in short
        and letters_and_digits(short) in (initials, initials + "s")
    )


def _small_edit(one: str, two: str) -> bool:
    """One letter more, less or other in a name of seven or more, two in one of sixteen; digits must agree."""
    a, b = name_key(one), name_key(two)
    if [c for c in a if c.isdigit()] != [c for c in b if c.isdigit()] or min(len(a), len(b)) < 7:
        return False
    most = 2 if min(len(a), len(b)) >= 16 else 1
    return abs(len(a) - len(b)) <= most and _distance(a, b, most) <= most


def _distance(a: str, b: str, most: int) -> int:
    """The number of edits between two texts, or more than ``most``."""
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        before, row = row, [i]
        for j, right in enumerate(b, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right)))
        if min(row) > most:
            return most + 1
    return row[-1]


_TESTS: tuple[tuple[Callable[[str, str], bool], str], ...] = (
    (lambda one, two: letters_and_digits(one) == letters_and_digits(two), "the same letters"),
    (_plural, "singular and plural"),
    (_abbreviation, "an abbreviation"),
    (_small_edit, "a small edit"),
)


def as_toml(doubts: Sequence[Doubt]) -> str:
    """The pairs as lines of ``curation.toml``; a person keeps those that are right and moves the others."""
    if not doubts:
        return "# no two names look like one thing\n"
    lines = ["# move a pair to `different` where the two are not the same", "same = ["]
    for doubt in doubts:
        one, two = (compact(thing.iri).replace('"', "%22") for thing in (doubt.one, doubt.two))
        names = " ".join(f"{doubt.one.label}: “{doubt.one.name}”, “{doubt.two.name}”: {doubt.reason}".split())
        lines.append(f'  ["{one}", "{two}"],  # {names}')
    return "\n".join([*lines, "]"]) + "\n"


def review(
    *,
    store: ox.Store | str | Path = "store",
    data: Files | None = None,
    endpoint: str | None = None,
) -> list[Doubt]:
    """The near-duplicates among the things of a dataset, without those that are declared different."""
    ask = asker(store=store, data=data, endpoint=endpoint)
    things = [_named(row) for row in ask(_THINGS).dicts()]
    apart = [(str(one), str(two)) for one, two in ask(_APART).rows]
    return find_doubts(things, apart)


def _named(row: Mapping[str, Any]) -> Named:
    body, code = (None if row[key] is None else str(row[key]) for key in ("body", "code"))
    return Named(str(row["entity"]), str(row["label"]), str(row["name"]), body, int(row["mentions"]), code)


def compact(iri: str) -> str:
    """The IRI with a prefix that curation.toml knows, where it has one.

    >>> compact("https://kg.example/id/unit/west-midlands--control-room")
    'unit:west-midlands--control-room'
    """
    for prefix, start in PREFIXES.items():
        local = iri.removeprefix(start)
        if local != iri and "/" not in local:
            return f"{prefix}:{local}"
    return iri
