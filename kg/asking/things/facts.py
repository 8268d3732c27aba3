"""What the walk around an entity knows of each thing: its triples, its kind, its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.asking.things.kinds import kind_of
from kg.asking.things.triples import Literal, Term, Triples
from kg.model.vocab import KG, OA, RDF, SKOS

HUB = 5000
"""Most neighbours of one thing along one relation that are looked at."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step along a property, with or against its direction, to things of some kinds (empty: any)."""

    predicate: str
    back: bool = False
    kinds: frozenset[str] = frozenset()


class Facts:
    """The triples of the things asked for, read once and in batches.

    ``cut`` becomes true when a path led to more than ``HUB`` things, of which only so many were looked at.
    """

    def __init__(self, triples: Triples) -> None:
        self._triples = triples
        self._known: dict[str, dict[str, list[Term]]] = {}
        self._incoming: dict[tuple[str, tuple[str, ...]], list[tuple[str, str]]] = {}
        self.cut = False

    def load(self, iris: Collection[str]) -> None:
        """Read what is not known yet about these things."""
        missing = sorted(set(iris) - self._known.keys())
        if not missing:
            return
        found: dict[str, dict[str, set[Term]]] = {iri: {} for iri in missing}
        for subject, predicate, target in self._triples(subjects=missing):
            found[subject].setdefault(predicate, set()).add(target)
        for iri in missing:
            self._known[iri] = {p: sorted(terms, key=_order) for p, terms in sorted(found[iri].items())}

    def all(self, iri: str) -> Mapping[str, list[Term]]:
        """The outgoing triples of a loaded thing, by predicate."""
        return self._known.get(iri, {})

    def iris(self, iri: str, predicate: str) -> list[str]:
        return [term for term in self.all(iri).get(predicate, ()) if isinstance(term, str)]

    def words(self, iri: str, predicate: str) -> list[str]:
        return [term.value for term in self.all(iri).get(predicate, ()) if isinstance(term, Literal)]

    def iri(self, iri: str, predicate: str) -> str | None:
        return next(iter(self.iris(iri, predicate)), None)

    def word(self, iri: str, predicate: str) -> str | None:
        return next(iter(self.words(iri, predicate)), None)

    def kind(self, iri: str) -> str:
        return kind_of(self.iris(iri, RDF.type))

    def follow(self, start: str, path: Iterable[Step]) -> Counter[str]:
        """The ends of a path from ``start``, each with the number of things it was reached through."""
        ends: Counter[str] = Counter({start: 1})
        for step in path:
            ends = self._step(ends, step)
        ends.pop(start, None)
        return ends

    def _step(self, starts: Collection[str], step: Step) -> Counter[str]:
        self.load(starts)
        pairs = self._against(starts, step) if step.back else self._along(starts, step)
        ends = Counter(end for _, end in set(pairs))
        kept = sorted(ends)[:HUB]
        self.cut = self.cut or len(kept) < len(ends)
        self.load(kept)
        return Counter({e: ends[e] for e in kept if not step.kinds or self.kind(e) in step.kinds})

    def _along(self, starts: Iterable[str], step: Step) -> Iterator[tuple[str, str]]:
        if step.predicate == KG.mentions:
            self.load([report for start in starts for report in self.iris(start, KG.report)])
        return (
            (start, end)
            for start in starts
            for end in self.iris(start, step.predicate)
            if step.predicate != KG.mentions or end != self.body(start)
        )

    def body(self, statement: str) -> str | None:
        """The inspected body that a statement is about; its report says so where it does not itself.

        A report mentions its own body in nearly every passage, which tells nothing.
        """
        if own := self.iri(statement, KG.inspectedBody):
            return own
        report = self.iri(statement, KG.report)
        return self.iri(report, KG.inspectedBody) if report else None

    def _against(self, starts: Collection[str], step: Step) -> list[tuple[str, str]]:
        key = (step.predicate, tuple(sorted(starts)))
        if key not in self._incoming:
            triples = self._triples(predicates=[step.predicate], objects=key[1])
            self._incoming[key] = [(str(target), subject) for subject, _, target in triples]
        return self._incoming[key]

    def mentions(self, iris: Collection[str]) -> Counter[str]:
        """How many passages and findings mention each of these things."""
        triples = set(self._triples(predicates=[KG.mentions], objects=sorted(iris))) if iris else ()
        return Counter(str(target) for _, _, target in triples)

    def selectors(self, iris: Collection[str]) -> dict[str, str]:
        """The selector of the words of each of these things: of its evidence, or of itself if a passage."""
        self.load(iris)
        spans = {iri: self.iri(iri, KG.evidence) or iri for iri in iris}
        self.load(sorted(set(spans.values())))
        found = {iri: self.iri(span, OA.hasSelector) for iri, span in spans.items()}
        selectors = {iri: selector for iri, selector in found.items() if selector is not None}
        self.load(sorted(set(selectors.values())))
        return selectors

    def start(self, selector: str | None) -> int:
        """Where the words of a selector begin; 0 where nothing says."""
        value = self.word(selector, OA.start) if selector else None
        return int(value) if value and value.isdigit() else 0


def _order(term: Term) -> tuple[bool, str]:
    return (isinstance(term, Literal), term.value if isinstance(term, Literal) else term)


def name_of(facts: Facts, iri: str) -> str:
    """The preferred label of a thing, or the end of its IRI."""
    return facts.word(iri, SKOS.prefLabel) or iri.rpartition("/")[2].rpartition("#")[2]
