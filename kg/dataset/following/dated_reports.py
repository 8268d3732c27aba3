"""Reports with their date, concerns, findings and passages, read from their graphs.

What was read stays beside the report (``dataset.units``), so that it is not read again when another one
is built.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.dataset.following.similarity import words_of
from kg.graph.writing.order import Statement
from kg.model.iris import parse_part, part_iri
from kg.model.records import Span
from kg.model.terms import whole_number
from kg.model.topics import find_topics
from kg.model.vocab import DCT, KG, OA, RDF, local_name

CAUSE, STATED, RECOMMENDATION = KG.CauseOfConcern, KG.StatedConcern, KG.Recommendation


@dataclass(frozen=True)
class Item:
    """A cause of concern, stated concern or recommendation (``kind`` is its class), as one report has it."""

    iri: str
    kind: str
    text: str
    areas: frozenset[str]
    start: int
    evidence: str
    due: str | None = None
    status: str | None = None
    number: str | None = None
    parent: str | None = None
    names: frozenset[str] = frozenset()

    @cached_property
    def words(self) -> frozenset[str]:
        """Stems of its content words, the inspected body's name left out."""
        return words_of(self.text, self.names)

    @cached_property
    def topics(self) -> frozenset[str]:
        """Topics of the vocabulary that its words name."""
        return frozenset(iri for iri, _ in find_topics(self.text))


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or the like with its words; ``key`` is the part of its IRI that its spans share."""

    iri: str
    key: str
    text: str
    start: int
    finding: str | None = None


@dataclass(frozen=True)
class DatedReport:
    """A report with all that is needed to set it beside another; items and passages are in text order."""

    iri: str
    body: str
    framework: str | None
    kind: str | None
    issued: str
    text: str
    items: tuple[Item, ...]
    passages: tuple[Passage, ...]
    findings: Mapping[str, tuple[str, frozenset[str]]]
    """Heading and areas of each finding, by its IRI."""

    @property
    def concerns(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.kind != RECOMMENDATION)

    @property
    def recommendations(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.kind == RECOMMENDATION)

    def of_concern(self, concern: Item) -> tuple[Item, ...]:
        """The recommendations that hang on a cause of concern."""
        return tuple(item for item in self.recommendations if item.parent == concern.iri)


class Facts:
    """The statements of one graph by subject and property, as texts."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self.of: dict[str, dict[str, set[str]]] = {}
        for s in statements:
            subject, value = getattr(s.subject, "value", ""), getattr(s.object, "value", "")
            self.of.setdefault(subject, {}).setdefault(s.predicate.value, set()).add(value)

    def all(self, subject: str, path: str) -> list[str]:
        return sorted(self.of.get(subject, {}).get(path, ()))

    def one(self, subject: str, *path: str) -> str | None:
        """The value at the end of a path; the first where there are several."""
        here: str | None = subject
        for step in path:
            here = next(iter(self.all(here, step)), None) if here is not None else None
        return here

    def typed(self, cls: str) -> list[str]:
        return sorted(s for s, facts in self.of.items() if cls in facts.get(RDF.type, ()))


def dated_reports(facts: Facts) -> Iterator[DatedReport]:
    """The reports of a graph that name their inspected body and date of issue."""
    for iri in facts.typed(KG.Report):
        body, issued = facts.one(iri, KG.inspectedBody), facts.one(iri, DCT.issued)
        if body is None or issued is None or len(issued) != len("2024-01-01"):
            continue
        names = frozenset(local_name(body).split("-"))
        yield DatedReport(
            iri, body, facts.one(iri, KG.framework), facts.one(iri, KG.reportKind), issued,
            facts.one(iri, KG.text) or part_iri(iri, "text"),
            tuple(sorted(_items(facts, names), key=lambda item: (item.start, item.iri))),
            tuple(sorted(_passages(facts, iri), key=lambda passage: passage.start)),
            {
                finding: (facts.one(finding, KG.heading) or "", frozenset(facts.all(finding, KG.area)))
                for finding in facts.typed(KG.Finding)
            },
        )  # fmt: skip


def _items(facts: Facts, names: frozenset[str]) -> Iterator[Item]:
    for kind in (CAUSE, STATED, RECOMMENDATION):
        for iri in facts.typed(kind):
            evidence = facts.one(iri, KG.evidence) or ""
            text = facts.one(iri, KG.heading) or facts.one(iri, KG.statement) or ""
            yield Item(
                iri, kind, text, frozenset(facts.all(iri, KG.area)), _span(facts, evidence)[0], evidence,
                facts.one(iri, KG.due), facts.one(iri, KG.status), facts.one(iri, KG.number),
                facts.one(iri, KG.partOf), names,
            )  # fmt: skip


def _passages(facts: Facts, report: str) -> Iterator[Passage]:
    supports = {
        passage: finding
        for finding in reversed(facts.typed(KG.Finding))
        for passage in facts.all(finding, KG.supportedBy)
    }
    for iri in facts.typed(KG.Passage):
        text = facts.one(iri, OA.hasSelector, OA.exact) or ""
        _, _, key = parse_part(iri) or ("", "", iri)
        yield Passage(iri, key, text, _span(facts, iri)[0], supports.get(iri))


def _span(facts: Facts, span: str) -> Span:
    start, end = (facts.one(span, OA.hasSelector, bound) for bound in (OA.start, OA.end))
    return whole_number(start), whole_number(end)
