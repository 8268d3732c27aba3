"""What the walk around an entity knows of each thing: its triples, its kind, its words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.asking.things.kinds import kind_of
from kg.asking.things.triples import Literal, Term, Triples
from kg.model.terms import whole_number
from kg.model.vocab import KG, OA, RDF, SKOS, local_name

HUB = 5000
"""Most neighbours of one thing along one relation that are looked at."""

REFERENCES = (KG.area, KG.grade, KG.inspectedBody, KG.report, KG.evidence, OA.hasSelector)
"""The properties that lead to what the label of a thing and the place of its words need."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step along a property, with or against its direction, to things of some kinds (empty: any)."""

    predicate: str
    back: bool = False
    kinds: frozenset[str] = frozenset()


@dataclass(slots=True)
class Reached:
    """The ends of a path, each with the number of things it was reached through.

    ``cut`` says that it led to more than ``HUB`` things, of which only so many were looked at.
    """

    ends: Counter[str]
    cut: bool = False


class LoadedTriples:
    """The triples of the things asked for, read once and in batches."""

    def __init__(self, triples: Triples) -> None:
        self._triples = triples
        self._known: dict[str, dict[str, list[Term]]] = {}
        self._incoming: dict[tuple[str, str], list[str]] = {}

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

    def load_references(self, iris: Collection[str]) -> None:
        """Read what labels and words of these things need, all in two batches."""
        self.load(iris)
        for _ in range(2):
            iris = {end for iri in iris for predicate in REFERENCES for end in self.iris(iri, predicate)}
            self.load(iris)

    def load_incoming(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Read the subjects of these pairs of property and object, those of the same properties at once."""
        predicates: dict[str, set[str]] = defaultdict(set)
        for predicate, target in wanted:
            if (predicate, target) not in self._incoming:
                predicates[target].add(predicate)
        together: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for target in sorted(predicates):
            together[tuple(sorted(predicates[target]))].append(target)
        for some, targets in together.items():
            found: dict[tuple[str, str], set[str]] = {(p, target): set() for p in some for target in targets}
            for subject, predicate, end in self._triples(predicates=some, objects=targets):
                found[predicate, str(end)].add(subject)
            self._incoming |= {pair: sorted(subjects) for pair, subjects in found.items()}

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

    def follow(self, start: str, path: Sequence[Step]) -> Counter[str]:
        """The ends of a path from ``start``, each with the number of things it was reached through."""
        return self.follow_all([(start, path)])[0].ends

    def follow_all(self, paths: Sequence[tuple[str, Sequence[Step]]]) -> list[Reached]:
        """Where paths lead, each from its start: one step of all of them at a time, so in few batches."""
        reached = [Reached(Counter({start: 1})) for start, _ in paths]
        for place in range(max((len(path) for _, path in paths), default=0)):
            going = [
                (found, path[place]) for found, (_, path) in zip(reached, paths, strict=True) if path[place:]
            ]
            self._load_step(going)
            for found, step in going:
                pairs = self._against(found.ends, step) if step.back else self._along(found.ends, step)
                counts = Counter(end for _, end in set(pairs))
                found.cut = found.cut or len(counts) > HUB
                found.ends = Counter({end: counts[end] for end in sorted(counts)[:HUB]})
            self.load({end for found, _ in going for end in found.ends})
            for found, step in going:
                if step.kinds:
                    found.ends = Counter({e: n for e, n in found.ends.items() if self.kind(e) in step.kinds})
        for found, (start, _) in zip(reached, paths, strict=True):
            found.ends.pop(start, None)
        return reached

    def _load_step(self, going: Collection[tuple[Reached, Step]]) -> None:
        """Read what the next step needs from where each path has come to."""
        self.load({start for found, _ in going for start in found.ends})
        self.load_incoming(
            (step.predicate, start) for found, step in going if step.back for start in found.ends
        )
        named = [found.ends for found, step in going if step.predicate == KG.mentions and not step.back]
        self.load({report for ends in named for start in ends for report in self.iris(start, KG.report)})

    def _along(self, starts: Iterable[str], step: Step) -> Iterator[tuple[str, str]]:
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

    def _against(self, starts: Collection[str], step: Step) -> Iterator[tuple[str, str]]:
        return ((start, end) for start in starts for end in self._incoming[step.predicate, start])

    def mentions(self, iris: Collection[str]) -> Counter[str]:
        """How many passages and findings mention each of these things."""
        self.load_incoming((KG.mentions, iri) for iri in iris)
        return Counter({iri: len(self._incoming[KG.mentions, iri]) for iri in iris})

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
        return whole_number(self.word(selector, OA.start)) if selector else 0


def _order(term: Term) -> tuple[bool, str]:
    return (isinstance(term, Literal), term.value if isinstance(term, Literal) else term)


def name_of(facts: LoadedTriples, iri: str) -> str:
    """The preferred label of a thing, or the end of its IRI."""
    return facts.word(iri, SKOS.prefLabel) or local_name(iri)
