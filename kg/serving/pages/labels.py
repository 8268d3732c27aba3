"""What a page calls a thing: by its name, else by the words it rests on, never by its IRI alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.asking.results import Results, term_text
from kg.asking.things.kinds import KINDS, kind_of
from kg.model.text.display import shortened
from kg.model.vocab import DCT, KG, OA, RDF, RDFS, SKOS, local_name
from kg.serving.pages import queries
from kg.serving.pages.rendering import Cell, cell, link
from kg.serving.pages.source import PageSource

_AT_ONCE = 80
"""So many things stand in one VALUES block; with far more the engine reads all the data."""
_BLOCKS = 20
"""So many blocks are asked in one query."""
_LONGEST = 140
_NAMES = (SKOS.prefLabel, DCT.title, KG.heading, KG.statement, KG.message, RDFS.label, KG.what)
"""The properties that name a thing, the best first."""
_USED = (RDF.type, *_NAMES, KG.status, KG.valueText, KG.measureText, DCT.identifier, SKOS.notation)
PLAIN_KINDS = {
    "Mention": "mention", "Section": "section", "Passage": "passage", "Span": "words", "Notice": "notice",
    "Recognition": "recognition",
    "StatusEvent": "status event", "Link": "link", "Coverage": "coverage", "ReportText": "text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """What a thing is called and what kind of thing it is ("finding", "force", …; "thing" for others)."""

    label: str
    kind: str

    @property
    def kind_label(self) -> str:
        """What the kind is called."""
        return KINDS[self.kind].label if self.kind in KINDS else self.kind


@dataclass(slots=True)
class _Facts:
    """What is known of a thing that names it: values by property, its words, area and grade."""

    values: dict[str, list[str]] = field(default_factory=dict)
    grades: list[tuple[str, str]] = field(default_factory=list)

    def best(self, property_: str) -> str:
        return min(self.values.get(property_, [""]))


def names(site: PageSource, iris: Iterable[str]) -> dict[str, Name]:
    """The names of things, by IRI; one that has neither name nor words gets the end of its IRI."""
    wanted = sorted(set(iris))
    used = ", ".join(str(ox.NamedNode(iri)) for iri in _USED)
    facts = {iri: _Facts() for iri in wanted}
    for start in range(0, len(wanted), _AT_ONCE * _BLOCKS):
        chosen = wanted[start : start + _AT_ONCE * _BLOCKS]
        blocks = [
            queries.NAMES_OF.format(
                things=" ".join(str(ox.NamedNode(iri)) for iri in chosen[at : at + _AT_ONCE]), properties=used
            )
            for at in range(0, len(chosen), _AT_ONCE)
        ]
        for thing, property_, value, area in site.ask(queries.NAMES.format(" UNION ".join(blocks))).rows:
            fact = facts[str(thing)]
            if property_ == KG.grade:
                fact.grades.append((str(area or ""), str(value)))
            else:
                fact.values.setdefault(str(property_), []).append(str(value))
    return {iri: Name(_label(iri, fact), _kind(fact)) for iri, fact in facts.items()}


def iris_in(results: Results, column: str) -> set[str]:
    """The IRIs in a column of results."""
    place = results.columns.index(column)
    return {term.value for row in results.terms if isinstance(term := row[place], ox.NamedNode)}


def _kind(fact: _Facts) -> str:
    classes = fact.values.get(RDF.type, [])
    kind = kind_of(classes)
    plain = (PLAIN_KINDS.get(local_name(iri)) for iri in sorted(classes))
    return kind if kind != "thing" else next(filter(None, plain), "thing")


def _label(iri: str, fact: _Facts) -> str:
    """By the best property; a judgement by area and grade, a figure by value and measure."""
    if fact.grades:
        area, grade = max(fact.grades)
        return f"{area or 'Overall'}: {grade}"
    value, measure, words = fact.best(KG.valueText), fact.best(KG.measureText), fact.best(OA.exact)
    if value:
        return shortened(f"{value}: {measure}" if measure else value, _LONGEST)
    classes = fact.values.get(RDF.type, ())
    if KG.StatusEvent in classes and KG.status in fact.values:
        return shortened(f"{fact.best(KG.status)}: {words}", _LONGEST)
    if KG.Link in classes:
        return "link from an item to an earlier one"
    named = next((fact.best(p) for p in _NAMES if p in fact.values), None)
    codes = (fact.best(p) for p in (DCT.identifier, SKOS.notation) if p in fact.values)
    return shortened(named or words or next(codes, ""), _LONGEST) or local_name(iri)


def named_cell(site: PageSource, term: object, known: Mapping[str, Name], label: str | None = None) -> Cell:
    """A term as a cell with its name; a literal as it is."""
    if not isinstance(term, ox.NamedNode):
        return cell(site, term if isinstance(term, (ox.Literal, ox.BlankNode, ox.Triple)) else None)
    name = label or (known[term.value].label if term.value in known else None)
    outside = (link(site, term.value) or "").startswith("http")
    return cell(
        site, term, term_text(term) if outside and (name is None or name == local_name(term.value)) else name
    )
