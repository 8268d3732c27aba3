"""The graph of one report while it is made: its quads, and what the steps of the mapping look up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pyoxigraph as ox

from kg.graph.mapping.anchors import Anchors
from kg.model.gazetteer import load_gazetteer
from kg.model.iris import (
    entity_iri,
    graph_iri,
    instant_iri,
    moved,
    part_iri,
    period_iri,
    report_iri,
    short_hash,
    slug,
)
from kg.model.labels import LABEL
from kg.model.records import Box, Extraction, Known, Section
from kg.model.terms import Term, date_literal, label_literal, node, text_literal
from kg.model.text.months import MONTHS
from kg.model.vocab import BASE, KG, PROV, RDF, RDFS, SKOS, TIME, WRITTEN, XSD

HOW_KNOWN = {
    "area": (KG.areaWords, KG.areaKnown),
    "grade": (KG.gradeWords, KG.gradeKnown),
    "addressee": (KG.addresseeWords, KG.addresseeKnown),
}
"""The slots of statements that are known from words, each with the property of the span and that of how it is
known from them; those of figures stand in ``figure_slots``."""


class AreaLike(Protocol):
    @property
    def iri(self) -> str: ...
    @property
    def label(self) -> str: ...


class GradeLike(Protocol):
    @property
    def iri(self) -> str: ...
    @property
    def notation(self) -> str: ...


class FrameworkLike(Protocol):
    """What the mapping needs to know of a framework."""

    @property
    def iri(self) -> str: ...
    @property
    def publisher(self) -> str | None: ...
    @property
    def areas(self) -> Sequence[AreaLike]: ...
    @property
    def grades(self) -> Sequence[GradeLike]: ...


@dataclass
class ReportGraph:
    """The quads so far, and what the steps look up: places, names of sections and findings, containment."""

    extraction: Extraction
    framework: FrameworkLike | None
    base: str
    quads: list[ox.Quad] = field(default_factory=list)

    def __post_init__(self) -> None:
        report = self.extraction.report
        self.name = node(graph_iri(report.id, self.base))
        self.report = report_iri(report.id, self.base)
        self.anchors = Anchors(report, self.base)
        self.minted = {e.iri for e in self.extraction.entities if not e.known}
        self.kinds = {e.iri: e.kind for e in self.extraction.entities if e.kind is not None}
        self.body = self._body()
        self.publisher = self._publisher()
        self.sections = sorted(self.extraction.sections, key=lambda s: (s.start, s.level))
        self.parents = _parents(self.sections)
        self.section_iris = unique_names(range(len(self.sections)), self._section_name)
        self.section_by_id = {s.id: iri for s, iri in zip(self.sections, self.section_iris, strict=True)}
        findings = self.extraction.findings
        self.finding_iris = unique_names(findings, lambda f: self.part("finding", slug(f.heading)))
        self.covered = [self.anchors.covered([(f.start, f.end), *f.passages]) for f in findings]
        self._finding_of = {n: i for i in range(len(findings) - 1, -1, -1) for n in self.covered[i]}
        needs, concerns = self.extraction.needs, self.extraction.concerns
        self.need_iris = unique_names(needs, lambda n: self.part("need", short_hash(n.text)))
        self.concern_iris = unique_names(concerns, lambda c: self.part("concern", short_hash(c.text)))
        self.box_iris = unique_names(self.extraction.boxes, self._box_name)
        self.figure_iris = {
            (f.start, f.end): self.part("figure", self.anchors.local(f.start, f.end))
            for f in self.extraction.figures
        }

    def _section_name(self, index: int) -> str:
        """By the title; where several sections share it, by the title of the section above too."""
        title, parent = slug(self.sections[index].title), self.parents[index]
        shared = sum(slug(section.title) == title for section in self.sections) > 1
        above = slug(self.sections[parent].title) + "--" if shared and parent is not None else ""
        return self.part("section", above + title)

    def _box_name(self, box: Box) -> str:
        """By its title and text."""
        said = box.text if box.title is None or box.title == box.text else f"{box.title}\n{box.text}"
        return self.part("box", short_hash(said))

    def part(self, kind: str, local: str = "") -> str:
        """The IRI of a part of the report: one of ``kg.model.iris.PARTS``."""
        return part_iri(self.report, kind, local)

    def key(self, *parts: str) -> str:
        """A short key of something that is between parts of the report, by their IRIs and other words.

        It is the same whatever the report's id and base are.
        """
        own = (part.removeprefix(self.report + "/") for part in parts)
        written = (WRITTEN + part.removeprefix(BASE) if part.startswith(BASE) else part for part in own)
        return short_hash(" ".join(written))

    def add(self, subject: str, predicate: str, *objects: Term | None) -> None:
        """Adds one statement for each object that is not None."""
        for o in objects:
            if o is not None:
                self.quads.append(ox.Quad(node(subject), node(predicate), o, self.name))

    def state(self, iri: str, cls: str, start: int, end: int) -> None:
        """What every statement that rests on words has: what all have, and its evidence."""
        self.read(iri, cls)
        self.add(iri, KG.evidence, node(self.anchors.span(start, end)))

    def read(self, iri: str, cls: str) -> None:
        """What every statement has: its class, its report, and the reading that it came from."""
        self.add(iri, RDF.type, node(cls))
        self.add(iri, KG.report, node(self.report))
        self.add(iri, PROV.wasGeneratedBy, node(self.part("reading")))

    def attribute(self, iri: str, voice: ox.NamedNode | None, how: str | None = "implied") -> None:
        """On whose word a statement is, and how that is known; nothing where nobody is known.

        What a report says is implied to be its publisher's word, unless its own words give another's.
        """
        if voice is not None:
            self.add(iri, KG.saidBy, voice)
            self.add(iri, KG.saidByKnown, text_literal(how))

    def add_known(self, iri: str, known: Iterable[Known]) -> None:
        """How slots of a statement are known, and the words that they are known from."""
        for one in known:
            words, how = HOW_KNOWN[one.slot]
            self.add(iri, how, text_literal(one.how))
            self.add(iri, words, node(self.anchors.span(one.start, one.end)))

    def thing(self, iri: str) -> str:
        """The IRI of an entity under the dataset's base, if it is minted here; others stay."""
        return moved(iri, BASE, self.base) if iri in self.minted else iri

    def period(self, begin: str | None, end: str | None) -> str:
        """A period, described in our terms and, for clients that know time, in those of OWL-Time."""
        iri = period_iri(begin, end, self.base)
        self.add(iri, RDF.type, node(KG.Period), node(TIME.ProperInterval))
        self.add(iri, SKOS.prefLabel, label_literal(period_label(begin, end)))
        self.add(iri, KG.periodBegin, date_literal(begin))
        self.add(iri, KG.periodEnd, date_literal(end))
        for date, edge, has in ((begin, "begin", TIME.hasBeginning), (end, "end", TIME.hasEnd)):
            day = date_literal(date)
            if date is not None and day is not None and day.datatype == node(XSD.date):
                moment = instant_iri(date, edge, self.base)
                self.add(iri, has, node(moment))
                self.add(moment, RDF.type, node(TIME.Instant))
                self.add(moment, TIME.inXSDDate, day)
                self.add(moment, RDFS.label, label_literal(f"{edge} of {_day(date)}"))
        return iri

    def area(self, label: str | None) -> ox.NamedNode | None:
        """The framework's area of this label, or one made (and described) under the base."""
        if label is None:
            return None
        for area in self.framework.areas if self.framework else ():
            if area.label.casefold() == label.casefold():
                return node(area.iri)
        return node(self._made("AREA", label))

    def grade(self, notation: str) -> ox.NamedNode:
        for grade in self.framework.grades if self.framework else ():
            if grade.notation == notation:
                return node(grade.iri)
        iri = self._made("GRADE", notation)
        self.add(iri, SKOS.notation, text_literal(notation))
        return node(iri)

    def _made(self, label: str, name: str) -> str:
        iri = entity_iri(label, name, base=self.base)
        self.add(iri, RDF.type, node(LABEL[label].cls))
        self.add(iri, SKOS.prefLabel, label_literal(name))
        return iri

    def named_entity(self, label: str, name: str) -> str:
        """The entity of this label that has the name or alias, or one made from it."""
        return self._entity_named(label, name) or self._made(label, name)

    def _entity_named(self, label: str, name: str) -> str | None:
        for entity in self.extraction.entities:
            if entity.label == label and name in (entity.name, *entity.aliases):
                return self.thing(entity.iri)
        return None

    def _body(self) -> ox.NamedNode | None:
        report = self.extraction.report
        if report.force is not None:
            return node(self.thing(report.force))
        return node(self.named_entity("FORCE", report.force_name)) if report.force_name else None

    def _publisher(self) -> ox.NamedNode | None:
        """The publisher that the catalogue states, or the report names, else the framework's; else None."""
        name = self.extraction.report.publisher
        if name and "publisher" in self.extraction.report.given:
            return node(self._stated_publisher(name))
        known = self._entity_named("ORGANISATION", name) if name else None
        known = known or (self.framework.publisher if self.framework else None)
        if known is None and name:
            known = self._made("ORGANISATION", name)
        return None if known is None else node(known)

    def _stated_publisher(self, name: str) -> str:
        """The organisation of this name: one that the report or a vocabulary knows, else one made from it."""
        entry = next(iter(load_gazetteer().find(name, "ORGANISATION")), None)
        known = self._entity_named("ORGANISATION", name) or (entry.iri if entry is not None else None)
        return known or self._made("ORGANISATION", name)

    def section_at(self, position: int) -> int | None:
        """The index of the innermost section that holds a position."""
        for index in range(len(self.sections) - 1, -1, -1):
            if self.sections[index].start <= position < self.sections[index].end:
                return index
        return None

    def area_at(self, position: int) -> str | None:
        """The area of the innermost section that has one."""
        for section in reversed(self.sections):
            if section.area is not None and section.start <= position < section.end:
                return section.area
        return None

    def finding_at(self, position: int) -> int | None:
        """The index of the finding whose heading or passages hold a position."""
        return self._finding_of.get(self.anchors.index_at(position))


def _parents(sections: Sequence[Section]) -> list[int | None]:
    """For each section, in text order, the index of the one above it."""
    above: list[int] = []
    parents: list[int | None] = []
    for index, section in enumerate(sections):
        while above and (
            sections[above[-1]].level >= section.level or sections[above[-1]].end <= section.start
        ):
            above.pop()
        parents.append(above[-1] if above else None)
        above.append(index)
    return parents


def period_label(begin: str | None, end: str | None) -> str:
    """A period in words, the same in every report.

    >>> period_label("2022-04-01", "2023-03-31"), period_label(None, "2023-03-31")
    ('1 April 2022 to 31 March 2023', 'until 31 March 2023')
    """
    if begin == end and begin is not None:
        return _day(begin)
    first, last = (None if date is None else _day(date) for date in (begin, end))
    if first is None or last is None:
        return f"until {last}" if last else f"from {first}" if first else "open period"
    return f"{first} to {last}"


def _day(date: str) -> str:
    """An ISO date as day, month and year; what is no full date stays as it is."""
    known = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])-(\d\d)", date)
    return f"{int(known[3])} {MONTHS[int(known[2]) - 1]} {known[1]}" if known else date


def unique_names(records: Iterable[object], name: Callable[..., str]) -> list[str]:
    """A name for each record; a name that was given before gets ``-2``, ``-3`` …"""
    seen: Counter[str] = Counter()
    names = []
    for record in records:
        wanted = name(record)
        seen[wanted] += 1
        names.append(wanted if seen[wanted] == 1 else f"{wanted}-{seen[wanted]}")
    return names
