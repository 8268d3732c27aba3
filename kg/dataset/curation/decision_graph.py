"""Decisions as a graph of their own: what is declared different."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

import pyoxigraph as ox

from kg.dataset.curation.applying import joins_known, known_apart, not_joined
from kg.dataset.curation.decisions import UNDECIDED, Curation, Pair, is_iri, key_of
from kg.model.gazetteer import Gazetteer, load_gazetteer
from kg.model.iris import graph_iri
from kg.model.labels import LABEL
from kg.model.text.comparing import name_key
from kg.model.vocab import BASE, KG, OWL, RDF, SKOS
from kg.reading.discovery import CURATION


def curation_quads(
    curation: Curation, graphs: Iterable[Iterable[ox.Quad | ox.Triple]], base: str = BASE
) -> tuple[list[ox.Quad], list[str]]:
    """Which things are declared different (``owl:differentFrom``, both ways), in ``{base}graph/curation``.

    Also a line for each name or IRI in the decisions that no graph has, but for those of ``same`` and
    ``names``. ``graphs`` are those of the reports, which nobody reads where nothing is decided.
    """
    if not (curation.different or curation.follows or curation.not_follows or curation.grades):
        return [], []
    things = _Things(graphs)
    quads, lost = set[ox.Quad](), []
    for one, two in curation.different:
        for pair in things.pairs(one, two):
            quads |= {_different(*pair, base), _different(*pair[::-1], base)}
        if key_of(one) != key_of(two) and (as_one := {*things.called(one)} & {*things.called(two)}):
            lost.append(
                f'{CURATION}: different: "{one}" and "{two}" are one thing in some report: {min(as_one)}'
            )
    for name in dict.fromkeys(n for pair in curation.different for n in pair):
        lost += [_nothing_called("different", name)] if not things.called(name) else []
    for iri in dict.fromkeys(n for pair in (*curation.follows, *curation.not_follows) for n in pair):
        lost += [f"{CURATION}: no report has {iri}"] if iri not in things.subjects else []
    for iri, grade in curation.grades:
        if iri not in things.decided:
            lost += [f"{CURATION}: grades: no report grades {iri} in two ways, one of them {grade}"]
    for pair in curation.follows:
        if things.subjects.issuperset(pair) and pair not in things.linked:
            lost += [f"{CURATION}: follows: {pair[0]} cannot follow up {pair[1]}: {_CAN}"]
    return sorted(quads, key=str), lost


_CAN = (
    "these must be concerns or recommendations of two reports on one body that are set side by side, the "
    "later one first"
)


def _nothing_called(key: str, name: str) -> str:
    return f'{CURATION}: {key}: nothing is called "{name}"'


def joining_known(curation: Curation, gazetteer: Gazetteer | None = None) -> list[str]:
    """A line for each group of ``same`` whose members a vocabulary knows as several things."""
    gazetteer = gazetteer or load_gazetteer()
    labels = [label for label in LABEL if label not in UNDECIDED]
    return [
        joins_known(group)
        for group in curation.groups
        if any(known_apart(group, label, gazetteer) for label in labels)
    ]


def unmet(curation: Curation, met: Collection[str]) -> list[str]:
    """A line for each decision of ``same`` and ``names`` that fits nothing in ``met`` (``met_by``)."""
    members = dict.fromkeys(chain.from_iterable(curation.same))
    return [_nothing_called("same", one) for one in members if one not in met] + [
        f'{CURATION}: names: nothing is named "{name}" by {iri}: no group of "same" that fits begins '
        "with it, or a vocabulary names it"
        for iri, name in curation.names
        if f"{iri} {name}" not in met
    ]


def contradictions(curations: Sequence[Curation]) -> list[str]:
    """A line for each pair of decisions that contradict each other (``Curation.agreed``, ``joined``).

    Of ``same`` and ``different`` one for the first pair of each chain of groups.
    """
    over_all = Curation.of_all(curation.over_all for curation in curations)
    lines: dict[str, None] = {}
    for decided in (*curations, over_all):
        wrong = decided.contradictory
        lines |= dict.fromkeys(_joining_apart(replace(decided, same=wrong.same), wrong.different))
        why = [f"follows: {later} is also not to follow up {earlier}" for later, earlier in wrong.follows]
        for key, pairs in (("names", wrong.names), ("grades", wrong.grades)):
            if key == "grades" or decided is not over_all:
                why += [f"{key}: {iri} is {values}" for iri, values in _values(pairs)]
        lines |= {f"{CURATION}: {line}; neither is taken, keep one": None for line in why}
    beside = {iri for curation in curations for iri, _ in curation.contradictory.names}
    for iri, values in _values(over_all.contradictory.names):
        if iri not in beside:
            lines[
                f"{CURATION}: names: {iri} is {values}, each for the reports beside its file; it is "
                "called as most reports call it"
            ] = None
    return list(lines)


def _values(pairs: Iterable[Pair]) -> list[tuple[str, str]]:
    """What has several values, with these."""
    said: dict[str, list[str]] = {}
    for iri, value in pairs:
        said.setdefault(iri, []).append(f'"{value}"')
    return [(iri, " and ".join(values)) for iri, values in said.items()]


def _joining_apart(wrong: Curation, pairs: Iterable[Pair]) -> Iterator[str]:
    of_group = {key_of(name): at for at, group in enumerate(wrong.groups) for name in group}
    firsts: dict[int, Pair] = {}
    for pair in pairs:
        firsts.setdefault(of_group[key_of(pair[0])], pair)
    for one, two in firsts.values():
        yield not_joined(wrong.chain(one, two), one, two)


def _different(one: str, two: str, base: str) -> ox.Quad:
    name = ox.NamedNode(graph_iri("curation", base))
    return ox.Quad(ox.NamedNode(one), ox.NamedNode(OWL.differentFrom), ox.NamedNode(two), name)


class _Things:
    """The things of all reports by their names, each with its class and owner."""

    def __init__(self, graphs: Iterable[Iterable[ox.Quad | ox.Triple]]) -> None:
        self.subjects: set[str] = set()
        self.decided: set[str] = set()
        self.linked: set[Pair] = set()
        self.names: dict[str, set[str]] = {}
        self.kinds: dict[str, set[str]] = {}
        wanted = {
            SKOS.prefLabel: self.names,
            SKOS.altLabel: self.names,
            RDF.type: self.kinds,
            KG.ownedBy: self.kinds,
        }
        for quads in graphs:
            for quad in quads:
                subject, value = getattr(quad.subject, "value", ""), getattr(quad.object, "value", "")
                self.subjects.add(subject)
                if quad.predicate.value == KG.fromCuration:
                    self.decided.add(subject)
                elif quad.predicate.value == KG.followsUp:
                    self.linked.add((subject, value))
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
