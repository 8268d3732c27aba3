"""Mentions, entities and figures become quads (a part of ``mapping``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TypeVar

import pyoxigraph as ox

from kg.graph.mapping.report_graph import ReportGraph, period_label
from kg.model.figure_slots import CODES, KNOWN, SLOTS
from kg.model.gazetteer import load_gazetteer
from kg.model.iris import code_iri, dataset_iri, entity_iri, period_bounds
from kg.model.labels import LABEL, METRIC
from kg.model.records import Figure, Mention
from kg.model.terms import (
    Term,
    boolean_literal,
    date_literal,
    decimal_literal,
    iri_or_none,
    label_literal,
    node,
    text_literal,
)
from kg.model.vocab import KG, OA, ORG, QB, RDF, SKOS

T = TypeVar("T", Figure, Mention)
PLACES = {"england-and-wales": (entity_iri("PLACE", "England"), entity_iri("PLACE", "Wales"))}
"""The things that a population is, where it is not a body; people who answered a survey are none."""
SOURCES = {
    "official-statistics": KG.OfficialStatistics,
    "survey": KG.SurveyAnswers,
    "other": KG.OtherSource,
}
"""The voices of figures that are neither the inspectorate's nor the inspected body's, by attribution."""
CHOSEN_SLOTS = {"period": "period", "population": "population", "attribution": "word"}
"""The slots of figures that are chosen among candidates, and what answers call them."""
PART_OF = {"UNIT": ORG.unitOf, "BODY": ORG.subOrganizationOf}
"""By which property of ORG what an inspected body owns is a part of it, where it is an organisation."""


def by_passage(graph: ReportGraph, records: Iterable[T]) -> dict[int, list[T]]:
    """The records by the index of the passage that they stand in."""
    found: dict[int, list[T]] = {}
    for record in records:
        found.setdefault(graph.anchors.index_at(record.start), []).append(record)
    return found


def entities_of(graph: ReportGraph, mentions: Iterable[Mention]) -> Iterator[ox.NamedNode]:
    """The things that mentions refer to, each with the kind that it is one of."""
    for iri in dict.fromkeys(m.entity for m in mentions if m.entity is not None):
        yield node(graph.thing(iri))
        if kind := graph.kinds.get(iri):
            yield node(kind)


def add_mentions(graph: ReportGraph) -> None:
    figures = {(figure.start, figure.end): figure for figure in graph.extraction.figures}
    for mention in graph.extraction.mentions:
        place = graph.anchors.local(mention.start, mention.end)
        iri = graph.part("mention", f"{mention.label.lower()}-{place}")
        graph.state(iri, KG.Mention, mention.start, mention.end)
        graph.add(iri, KG.label, text_literal(mention.label))
        _annotate(graph, iri, mention)
        graph.add(iri, KG.inPassage, _passage(graph, mention.start))
        graph.add(iri, KG.pattern, text_literal(mention.pattern))
        if mention.nominal:
            graph.add(iri, KG.nominal, boolean_literal(True))
        if mention.label != METRIC:
            graph.attribute(iri, graph.publisher)
        elif figure := figures.get((mention.start, mention.end)):
            graph.attribute(iri, *_voice(graph, figure))
    for index, mentions in by_passage(graph, graph.extraction.mentions).items():
        graph.add(graph.anchors.passages[index].iri, KG.mentions, *entities_of(graph, mentions))


def _annotate(graph: ReportGraph, iri: str, mention: Mention) -> None:
    """What is named, in our terms and, for clients that know annotations, in theirs."""
    referent = iri_or_none(_referent(graph, mention))
    graph.add(iri, KG.refersTo, referent)
    graph.add(iri, OA.hasBody, referent)
    graph.add(iri, OA.hasTarget, node(graph.anchors.span(mention.start, mention.end)))
    graph.add(iri, OA.motivatedBy, node(OA.identifying))


def _referent(graph: ReportGraph, mention: Mention) -> str | None:
    """The entity of a mention; of a METRIC, its figure."""
    if mention.entity is not None:
        return graph.thing(mention.entity)
    return graph.figure_iris.get((mention.start, mention.end)) if mention.label == METRIC else None


def _passage(graph: ReportGraph, position: int) -> ox.NamedNode | None:
    passage = graph.anchors.passage_at(position)
    return None if passage is None else node(passage.iri)


def add_entities(graph: ReportGraph) -> None:
    """Describes what the vocabulary does not have."""
    for entity in graph.extraction.entities:
        if entity.known:
            continue
        if entity.label == "PERIOD":
            iri = graph.period(*period_bounds(entity.iri))
            own = period_label(*period_bounds(entity.iri))
            names = tuple(n for n in (entity.name, *filter(_is_absolute, entity.aliases)) if n != own)
        else:
            iri = graph.thing(entity.iri)
            graph.add(iri, RDF.type, node(LABEL[entity.label].cls))
            graph.add(iri, SKOS.prefLabel, label_literal(entity.name))
            names = tuple(name for name in entity.aliases if name != entity.name)
        graph.add(iri, SKOS.altLabel, *map(label_literal, names))
        graph.add(iri, KG.ofBody, iri_or_none(None if entity.body is None else graph.thing(entity.body)))
        graph.add(iri, KG.ownedBy, *(node(graph.thing(owner)) for owner in entity.owners))
        if part_of := PART_OF.get(entity.label):
            graph.add(iri, part_of, *(node(graph.thing(owner)) for owner in entity.owners))
        graph.add(iri, KG.ownerKnown, text_literal(entity.owner_known))
        graph.add(iri, KG.kind, iri_or_none(entity.kind))
        graph.add(iri, ORG.holds, *(node(graph.thing(office)) for office in entity.holds))
        if entity.label == "ROLE" and entity.body is not None and _is_in_its_body(entity.kind):
            graph.add(iri, ORG.postIn, node(graph.thing(entity.body)))


def _is_in_its_body(kind: str | None) -> bool:
    """Whether an office of this kind is one in the inspected body that it is told apart by.

    A commissioner holds a force to account and is none of its officers: only kinds that are declared for a
    class of bodies are offices in them.
    """
    entry = load_gazetteer().by_iri.get(kind or "")
    return entry is None or not entry.is_kind or entry.for_body is not None


def _is_absolute(period: str) -> bool:
    """Whether a wording means the same period everywhere: "year ending 31 March 2023", not "same period".

    >>> [_is_absolute(words) for words in ("2022/23", "same period in 2022", "previous year")]
    [True, False, False]
    """
    return bool(re.search(r"\b(?:19|20)\d\d", period)) and not re.search(
        r"\b(?:same|this|that|these|those|previous|preceding|before|following)\b", period, re.IGNORECASE
    )


def add_figures(graph: ReportGraph) -> None:
    for figure in graph.extraction.figures:
        iri = graph.figure_iris[figure.start, figure.end]
        graph.state(iri, KG.Figure, figure.start, figure.end)
        _add_slots(graph, iri, figure)
        _add_context(graph, iri, figure)
        graph.add(iri, QB.dataSet, node(dataset_iri(graph.base, "figures")))
        graph.attribute(iri, *_voice(graph, figure))
        if figure.change_from is not None:
            graph.add(iri, KG.changeFrom, node(_iri_of(graph, figure.change_from)))
        if figure.sample is not None:
            graph.add(iri, KG.sample, node(_iri_of(graph, figure.sample)))
        graph.add(iri, KG.comparedWith, *(node(_iri_of(graph, other)) for other in figure.compared_with))


def _iri_of(graph: ReportGraph, index: int) -> str:
    figure = graph.extraction.figures[index]
    return graph.figure_iris[figure.start, figure.end]


def _add_slots(graph: ReportGraph, iri: str, figure: Figure) -> None:
    """What the figure says, one property a slot; its period is a thing too."""
    for slot, term in SLOTS.items():
        value = getattr(figure, slot)
        values = value if isinstance(value, tuple) else (value,)
        graph.add(iri, term, *(_term(slot, each) for each in values))
        if slot in CODES and value is not None:
            graph.add(iri, CODES[slot], node(code_iri(slot, value)))
    if figure.period_begin is not None or figure.period_end is not None:
        graph.add(iri, KG.period, node(graph.period(figure.period_begin, figure.period_end)))
    graph.add(iri, KG.slotsKnown, text_literal(_slots_known(figure)))
    for known in figure.known:
        words, how = KNOWN[known.slot]
        graph.add(iri, how, text_literal(known.how))
        if (known.start, known.end) != (figure.start, figure.end):
            graph.add(iri, words, node(graph.anchors.span(known.start, known.end)))


def _voice(graph: ReportGraph, figure: Figure) -> tuple[ox.NamedNode | None, str | None]:
    """On whose word a figure is, if the text gives any ground for that, and how it is known."""
    how = next((known.how for known in figure.known if known.slot == "attribution"), None)
    if figure.attribution == "force":
        return graph.body, how
    if figure.attribution == "inspectorate":
        return graph.publisher, how
    source = SOURCES.get(figure.attribution or "")
    return (None if source is None else node(source)), how


def _slots_known(figure: Figure) -> str:
    """How period, population and word are known, and which of them are doubtful, as answers show it."""
    how = {known.slot: known.how for known in figure.known}
    return ", ".join(
        f"{called} {how.get(slot, 'unknown')}{' (doubtful)' if slot in figure.doubtful else ''}"
        for slot, called in CHOSEN_SLOTS.items()
    )


def _term(slot: str, value: str | Decimal | bool | None) -> Term | None:
    """The value of a slot as a term, by its Python type; a concept is an IRI, a bound of a period a date."""
    if isinstance(value, bool):
        return boolean_literal(value)
    if isinstance(value, Decimal):
        return decimal_literal(value)
    if slot == "concept":
        return iri_or_none(value)
    return date_literal(value) if slot in ("period_begin", "period_end") else text_literal(value)


def _add_context(graph: ReportGraph, iri: str, figure: Figure) -> None:
    """Whose figure it is, and where it stands."""
    graph.add(iri, KG.inspectedBody, graph.body)
    if figure.population == "inspected-force":
        graph.add(iri, KG.populationEntity, graph.body)
    graph.add(iri, KG.populationEntity, *map(node, PLACES.get(figure.population or "", ())))
    graph.add(iri, KG.inPassage, _passage(graph, figure.start))
    number = graph.finding_at(figure.start)
    found = None if number is None else graph.extraction.findings[number]
    if found is not None and found.area is not None:
        graph.add(iri, KG.area, graph.area(found.area))
        graph.add_known(iri, found.known)
    elif area := graph.area_at(figure.start):
        graph.add(iri, KG.area, graph.area(area))
        graph.add(iri, KG.areaKnown, text_literal("carried"))
    if figure.sentence_end > figure.sentence_start:
        graph.add(iri, KG.sentence, node(graph.anchors.span(figure.sentence_start, figure.sentence_end)))
