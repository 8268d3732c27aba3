"""The statements of a dataset that an editor checks, as records: what each says, its words and its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.asking.things.kinds import kind_of
from kg.model.figure_slots import ONE_VALUE, SLOTS
from kg.model.terms import text_of, whole_number
from kg.model.vocab import DCAT, DCT, KG, OA, RDF, SKOS, local_name

REPORT_SLOTS = {
    "title": DCT.title,
    "published": DCT.issued,
    "kind": KG.reportKind,
    "framework": KG.framework,
    "body": KG.inspectedBody,
    "bodies": KG.dealsWith,
    "inspection begin": KG.inspectionBegin,
    "inspection end": KG.inspectionEnd,
    "publisher": DCT.publisher,
    "licence": DCT.license,
    "rights": DCT.rights,
    "web": DCAT.landingPage,
}
"""What is told of a report itself."""
_TOLD = {"heading": KG.heading, "statement": KG.statement, "area": KG.area}
_FIGURE = tuple(slot for slot in ONE_VALUE if slot not in ("text", "measure_composed", "derived"))
_BY = {"said by": KG.saidBy}
_DUTY = {"addressee": KG.addressee, "due": KG.due}
STATED = {
    "judgement": (
        (KG.Judgement,),
        {"area": KG.area, "grade": KG.grade, "body": KG.inspectedBody, "decided": KG.fromCuration, **_BY},
    ),
    "earlier grade": (
        (KG.EarlierGrade,),
        {"area": KG.area, "grade": KG.gradeBefore, "year": KG.gradedIn, "stands": KG.stands, **_BY},
    ),
    "finding": ((KG.Finding,), {"heading": KG.heading, "polarity": KG.polarity, "area": KG.area, **_BY}),
    "box": (
        (
            KG.CauseOfConcern,
            KG.AreaForImprovement,
            KG.Recommendation,
            KG.InnovativePractice,
            KG.PromisingPractice,
            KG.Box,
        ),
        {"kind": RDF.type, **_TOLD, **_DUTY, **_BY},
    ),
    "concern": ((KG.StatedConcern,), {**_TOLD, **_BY}),
    "need": ((KG.ImprovementNeed,), {**_TOLD, **_BY}),
    "figure": ((KG.Figure,), {slot: SLOTS[slot] for slot in _FIGURE}),
}
"""The kinds of statement, each with its classes and with its slots and their properties. A figure's words
are its quote; that they changed and its value did not is no difference."""
Slots = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of a report. ``kind`` is a key of ``STATED``; ``slots`` are IRIs and literals as text.

    ``quote`` are its first words, from character ``start`` to ``end`` of the report's text; of a figure
    ``sentence`` is where they stand, from ``sentence_start``. ``section`` is the title of its section. What
    the data does not say is None; without words both offsets are 0.
    """

    iri: str
    kind: str
    slots: Slots
    quote: str
    start: int
    end: int
    section: str | None = None
    sentence: str | None = None
    sentence_start: int | None = None


@dataclass(frozen=True, slots=True)
class ReportStatements:
    """A report with all of its statements, in the order of its text."""

    iri: str
    id: str
    slots: Slots
    statements: tuple[Statement, ...]

    @property
    def title(self) -> str:
        return next(iter(self.slots.get("title", ())), self.id)


class Reader:
    """Reads reports from a store; ``label`` gives the name of a thing there."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def reports(self) -> dict[str, ReportStatements]:
        """All reports by their IRI, sorted."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for kind, (classes, slots) in STATED.items():
            for iri in sorted({iri for cls in classes for iri in self._of_class(cls)}):
                about = self._about(iri)
                for report in about.get(KG.report, ()):
                    found[report].append(self._statement(iri, kind, slots, about))
        return {iri: self._report(iri, found[iri]) for iri in sorted(set(self._of_class(KG.Report)))}

    def label(self, iri: str) -> str | None:
        """The first preferred label, title or notation, or None."""
        about = self._about(iri)
        return next((sorted(about[p])[0] for p in (SKOS.prefLabel, DCT.title) if p in about), None)

    def _of_class(self, cls: str) -> Iterator[str]:
        quads = self._store.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(cls), None)
        return (quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))

    def _about(self, iri: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for quad in self._store.quads_for_pattern(ox.NamedNode(iri), None, None, None):
            found.setdefault(quad.predicate.value, set()).add(text_of(quad.object))
        return found

    def _report(self, iri: str, statements: list[Statement]) -> ReportStatements:
        about = self._about(iri)
        name = min(about.get(DCT.identifier, {local_name(iri)}))
        told = tuple(sorted(statements, key=lambda s: (s.start, s.end, s.kind, s.iri)))
        return ReportStatements(iri, name, _slots(REPORT_SLOTS, about), told)

    def _statement(
        self, iri: str, kind: str, properties: Mapping[str, str], about: Mapping[str, set[str]]
    ) -> Statement:
        words = sorted(self._words(span) for span in about.get(KG.evidence, ()))
        start, end, quote = words[0] if words else (0, 0, "")
        sentence = [self._words(span) for span in sorted(about.get(KG.sentence, ()))]
        slots = dict(_slots(properties, about))
        if kind == "box":  # one class, whether the data has the superclasses or not
            slots["kind"] = (kind_of(about[RDF.type]),)
        return Statement(
            iri, kind, slots, quote, start, end, self._section(about),
            sentence[0][2] if sentence else None, sentence[0][0] if sentence else None,
        )  # fmt: skip

    def _words(self, span: str) -> tuple[int, int, str]:
        """Start, end and words of a span."""
        selectors = self._about(span).get(OA.hasSelector, set())
        for selector in sorted(selectors):
            about = self._about(selector)
            numbers = [min(about.get(p, {"0"})) for p in (OA.start, OA.end)]
            if all(number.isdecimal() for number in numbers):
                start, end = map(whole_number, numbers)
                return start, end, min(about.get(OA.exact, {""}))
        return 0, 0, ""

    def _section(self, about: Mapping[str, set[str]]) -> str | None:
        passages = (*sorted(about.get(KG.inPassage, ())), *sorted(about.get(KG.evidence, ())))
        inside = [about, *map(self._about, passages)]
        sections = [section for each in inside for section in sorted(each.get(KG.inSection, ()))]
        return next(filter(None, map(self.label, sections)), None)


def _slots(properties: Mapping[str, str], about: Mapping[str, set[str]]) -> Slots:
    return {slot: tuple(sorted(about[p])) for slot, p in properties.items() if p in about}
