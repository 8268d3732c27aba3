"""An Extraction becomes quads: the one place where records turn into RDF. Pure: no files, no clock.

Every statement gets an IRI that depends only on its own passage, and leads to its exact words. What is
worked out here from other statements uses properties that the ontology marks as ``kg:Derivation``. There
are no blank nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal

import pyoxigraph as ox

from kg.graph.mapping.events import add_events
from kg.graph.mapping.figures import add_entities, add_figures, add_mentions
from kg.graph.mapping.links import (
    Key,
    add_addressees,
    add_contents,
    add_places,
    add_related_concerns,
    add_related_findings,
    add_topics,
)
from kg.graph.mapping.polarities import POLARITIES
from kg.graph.mapping.reasons import add_reasons
from kg.graph.mapping.report_graph import FrameworkLike, ReportGraph, unique_names
from kg.graph.mapping.standard_types import with_standard_types
from kg.graph.mapping.statement_labels import add_labels
from kg.graph.mapping.subjects import add_subjects
from kg.model.addresses import is_web_address
from kg.model.iris import parse_part, short_hash, slug, software_iri
from kg.model.records import RULED_OUT, Box, Event, Extraction, Need, Reason, Section, Span, Subject
from kg.model.terms import (
    Term,
    boolean_literal,
    date_literal,
    decimal_literal,
    integer_literal,
    iri_or_none,
    label_literal,
    node,
    text_literal,
)
from kg.model.version import __version__
from kg.model.vocab import BASE, DCAT, DCT, KG, OA, PROV, RDF, RDFS, SCHEMA, SKOS

AROUND = 32
"""Characters of context in ``oa:prefix`` and ``oa:suffix``."""

BOX_CLASSES = {
    "cause-of-concern": KG.CauseOfConcern,
    "area-for-improvement": KG.AreaForImprovement,
    "recommendation": KG.Recommendation,
    "innovative-practice": KG.InnovativePractice,
    "promising-practice": KG.PromisingPractice,
}


def to_quads(
    extraction: Extraction,
    framework: FrameworkLike | None,
    base: str = BASE,
    *,
    topics: Sequence[tuple[str, Span]] = (),
    subjects: Sequence[Subject] = (),
    reasons: Sequence[Reason] = (),
    lacks: Mapping[int, str] | None = None,
    events: Sequence[Event] = (),
    related: Sequence[tuple[int, int]] = (),
    related_concerns: Collection[tuple[Key, Key]] = (),
) -> list[ox.Quad]:
    """The graph of one report: distinct quads in the order of the text, all in ``{base}graph/{id}``.

    ``framework`` gives the IRIs of areas and grades; without it they are made from their names under
    ``base``. ``topics`` are concept IRIs with the spans where a text speaks of them, ``subjects`` say which
    of them statements are about, ``reasons`` which statements bear on its grades, and ``lacks`` what the
    section of a judgement (by its index) does not state; ``events`` are what began, ended or changed when,
    ``related`` boxed items with the findings that they are on, by their indices, ``related_concerns``
    statements with the concerns that they are on. Raises KeyError for a polarity, label or box kind that the
    guide does not have.
    """
    graph = ReportGraph(extraction, framework, base)
    for step in _STEPS:
        step(graph)
    add_topics(graph, topics)
    add_subjects(graph, subjects)
    add_related_concerns(graph, related_concerns)
    add_related_findings(graph, related)
    add_reasons(graph, reasons, lacks or {})
    add_events(graph, events)
    _add_spans(graph)
    add_labels(graph)
    _add_provenance(graph)
    return with_standard_types(graph.quads)


# --- the report, its sections and passages -----------------------------------------------------------


def _add_report(graph: ReportGraph) -> None:
    report, iri = graph.extraction.report, graph.report
    graph.add(iri, RDF.type, node(KG.Report))
    graph.add(iri, DCT.title, text_literal(report.title))
    graph.add(iri, DCT.identifier, text_literal(report.id))
    graph.add(iri, KG.reportKind, text_literal(report.kind))
    graph.add(iri, KG.inspectedBody, graph.body)
    several = (body for body in report.bodies if report.force is None)
    graph.add(iri, KG.dealsWith, *(node(graph.thing(body.iri)) for body in several))
    graph.add(iri, KG.framework, iri_or_none(graph.framework.iri if graph.framework else None))
    graph.add(iri, DCT.publisher, graph.publisher)
    graph.add(iri, DCT.issued, date_literal(report.published))
    graph.add(iri, KG.inspectionBegin, date_literal(report.inspected_begin))
    graph.add(iri, KG.inspectionEnd, date_literal(report.inspected_end))
    if report.inspector:
        graph.add(iri, KG.inspector, node(graph.named_entity("PERSON", report.inspector)))
    graph.add(iri, DCAT.landingPage, _link(report.web))
    graph.add(iri, DCT.license, _link(report.licence))
    graph.add(iri, DCT.rights, text_literal(report.attribution))
    graph.add(iri, KG.fromCatalogue, *(text_literal(name) for name in report.given))
    graph.add(iri, KG.text, node(graph.part("text")))


def _link(address: str | None) -> Term | None:
    """An address as an IRI; what is no address stays text."""
    if address and is_web_address(address):
        return node(address)
    return text_literal(address)


def _add_recognitions(graph: ReportGraph) -> None:
    """On which words the facts of the report rest, and how sure those in doubt are."""
    for ground in graph.extraction.report.grounds:
        iri = graph.part("recognised", ground.field)
        graph.read(iri, KG.Recognition)
        graph.add(iri, KG.field, text_literal(ground.field))
        graph.add(iri, KG.evidence, *(node(graph.anchors.span(*span)) for span in ground.spans))
        if ground.confidence is not None:
            graph.add(iri, KG.confidence, decimal_literal(Decimal(str(ground.confidence))))


def _add_text(graph: ReportGraph) -> None:
    report, text, source = graph.extraction.report, graph.part("text"), graph.part("source")
    graph.add(text, RDF.type, node(KG.ReportText))
    graph.add(text, KG.report, node(graph.report))
    graph.add(text, KG.length, integer_literal(len(report.text)))
    graph.add(text, KG.textSha256, text_literal(report.text_sha256))
    graph.add(text, PROV.wasDerivedFrom, node(source))
    graph.add(source, RDF.type, node(KG.SourceFile))
    graph.add(source, DCT.title, text_literal(report.source.file))
    graph.add(source, KG.sha256, text_literal(report.source.sha256))
    graph.add(source, DCT.format, text_literal(report.source.media_type))


def _add_sections(graph: ReportGraph) -> None:
    for section, iri, parent in zip(graph.sections, graph.section_iris, graph.parents, strict=True):
        graph.state(iri, KG.Section, *_heading(section, graph.extraction.report.text))
        graph.add(iri, DCT.title, text_literal(section.title))
        graph.add(iri, KG.level, integer_literal(section.level))
        graph.add(iri, KG.area, graph.area(section.area))
        graph.add(iri, KG.inSection, None if parent is None else node(graph.section_iris[parent]))
        graph.attribute(iri, graph.publisher)


def _heading(section: Section, text: str) -> Span:
    """Where the title of a section stands: at its start, or else its first line."""
    if text.startswith(section.title, section.start):
        return section.start, section.start + len(section.title)
    line_end = text.find("\n", section.start)
    return section.start, min(section.end, line_end if line_end > section.start else section.end)


def _add_passages(graph: ReportGraph) -> None:
    for passage in graph.anchors.passages:
        index = graph.section_at(passage.start)
        section = None if index is None else graph.section_iris[index]
        graph.add(passage.iri, RDF.type, node(KG.Passage))
        graph.add(passage.iri, KG.report, node(graph.report))
        graph.add(passage.iri, KG.order, integer_literal(passage.order))
        graph.add(passage.iri, KG.inSection, iri_or_none(section))
        graph.add(passage.iri, KG.page, integer_literal(passage.block.page))
        graph.add(passage.iri, KG.fragment, text_literal(passage.block.fragment))


def _add_spans(graph: ReportGraph) -> None:
    """The spans and selectors of all that was said so far."""
    text, source = graph.extraction.report.text, node(graph.part("text"))
    for start, end, iri in graph.anchors.spans():
        _, part, local = parse_part(iri) or ("", "", "")
        selector = graph.part("selector", local)
        if part == "span":
            graph.add(iri, RDF.type, node(KG.Span))
        graph.add(iri, OA.hasSource, source)
        graph.add(iri, OA.hasSelector, node(selector))
        graph.add(selector, RDF.type, node(OA.TextPositionSelector), node(OA.TextQuoteSelector))
        graph.add(selector, OA.start, integer_literal(start))
        graph.add(selector, OA.end, integer_literal(end))
        graph.add(selector, OA.exact, ox.Literal(text[start:end]))
        graph.add(selector, OA.prefix, ox.Literal(text[max(start - AROUND, 0) : start]))
        graph.add(selector, OA.suffix, ox.Literal(text[end : end + AROUND]))


# --- judgements, findings, needs, concerns, boxes ----------------------------------------------------


def _add_judgements(graph: ReportGraph) -> None:
    text = graph.extraction.report.text
    standing = {earlier.area: earlier for earlier in graph.extraction.earlier_grades if earlier.stands}
    for judgement in graph.extraction.judgements:
        iri = graph.part("judgement", slug(judgement.area))
        graph.state(iri, KG.Judgement, judgement.start, judgement.end)
        graph.add(iri, KG.evidence, *(node(graph.anchors.span(*span)) for span in judgement.evidence))
        graph.add(iri, KG.quotation, node(graph.anchors.span(*judgement.quotation(text))))
        graph.add_known(iri, judgement.known)
        graph.add(iri, KG.area, graph.area(judgement.area))
        graph.add(iri, KG.grade, graph.grade(judgement.grade))
        if judgement.decided:
            graph.add(iri, KG.fromCuration, boolean_literal(True))
        before = standing.get(judgement.area)
        if before is not None and before.grade == judgement.grade:
            graph.add(iri, KG.carriedOver, boolean_literal(True))
            graph.add(iri, KG.gradedIn, None if before.year is None else text_literal(before.year))
        graph.add(iri, KG.inspectedBody, graph.body)
        graph.attribute(iri, graph.publisher)


def _add_earlier_grades(graph: ReportGraph) -> None:
    for earlier in graph.extraction.earlier_grades:
        iri = graph.part("earlier", slug(earlier.area))
        graph.state(iri, KG.EarlierGrade, earlier.start, earlier.end)
        graph.add(iri, KG.area, graph.area(earlier.area))
        graph.add(iri, KG.gradeBefore, graph.grade(earlier.grade))
        graph.add(iri, KG.gradedIn, None if earlier.year is None else text_literal(earlier.year))
        graph.add(iri, KG.stands, boolean_literal(earlier.stands))
        graph.add(iri, KG.inspectedBody, graph.body)
        graph.attribute(iri, graph.publisher)


def _add_findings(graph: ReportGraph) -> None:
    for number, finding in enumerate(graph.extraction.findings):
        iri, covered = graph.finding_iris[number], graph.covered[number]
        graph.state(iri, KG.Finding, finding.start, finding.end)
        graph.add(iri, KG.heading, text_literal(finding.heading))
        graph.add(iri, KG.area, graph.area(finding.area))
        graph.add_known(iri, finding.known)
        graph.add(iri, KG.inSection, iri_or_none(_section_iri(graph, finding.section, finding.start)))
        graph.add(iri, KG.polarity, node(POLARITIES[finding.polarity]))
        graph.add(iri, KG.inspectedBody, graph.body)
        graph.attribute(iri, graph.publisher)
        supporting = graph.anchors.covered(finding.passages) or covered
        graph.add(iri, KG.supportedBy, *(node(graph.anchors.passages[n].iri) for n in supporting))
        for span, sign in zip(finding.passages, finding.passage_polarity, strict=False):
            for n in graph.anchors.covered([span]):
                passage = graph.anchors.passages[n].iri
                graph.add(passage, KG.passagePolarity, node(POLARITIES[sign]))
        graph.add(iri, KG.contraryWords, *(node(graph.anchors.span(*span)) for span in finding.contrary))


def _section_iri(graph: ReportGraph, section: str | None, position: int) -> str | None:
    """The section of this id; without one, the innermost that holds the position."""
    if section in graph.section_by_id:
        return graph.section_by_id[section]
    index = graph.section_at(position)
    return None if index is None else graph.section_iris[index]


def _add_needs(graph: ReportGraph) -> None:
    for need, iri in zip(graph.extraction.needs, graph.need_iris, strict=True):
        graph.state(iri, KG.ImprovementNeed, need.start, need.end)
        graph.add(iri, KG.statement, text_literal(need.text))
        _add_due(graph, iri, need)
        graph.add(iri, KG.area, graph.area(need.area))
        graph.add_known(iri, need.known)
        graph.add(iri, KG.inSection, iri_or_none(_section_iri(graph, need.section, need.start)))
        number = None if need.finding is None else graph.finding_at(need.start)
        finding = iri_or_none(None if number is None else graph.finding_iris[number])
        graph.add(iri, KG.finding, finding)
        if need.text == need.finding:
            graph.add(iri, KG.isHeadingOf, finding)
        graph.add(iri, KG.inspectedBody, graph.body)
        graph.attribute(iri, graph.publisher)


def _add_concerns(graph: ReportGraph) -> None:
    for concern, iri in zip(graph.extraction.concerns, graph.concern_iris, strict=True):
        graph.state(iri, KG.StatedConcern, concern.start, concern.end)
        graph.add(iri, KG.statement, text_literal(concern.text))
        _add_composed(graph, iri, concern.composed)
        if concern.continuing:
            graph.add(iri, KG.continuing, boolean_literal(True))
        graph.add(iri, KG.area, *(graph.area(area) for area in concern.areas))
        graph.add_known(iri, concern.known)
        graph.add(iri, KG.inspectedBody, graph.body)
        graph.attribute(iri, graph.publisher)


def _add_boxes(graph: ReportGraph) -> None:
    iris = graph.box_iris
    at = {(box.start, box.end): iri for box, iri in zip(graph.extraction.boxes, iris, strict=True)}
    for box, iri in zip(graph.extraction.boxes, iris, strict=True):
        graph.state(iri, BOX_CLASSES[box.kind], box.start, box.end)
        graph.add(iri, KG.heading, text_literal(box.title))
        graph.add(iri, KG.statement, text_literal(box.text))
        _add_composed(graph, iri, box.composed)
        if box.lead_in is not None:
            graph.add(iri, KG.leadInText, text_literal(graph.extraction.report.text[slice(*box.lead_in)]))
        graph.add(iri, KG.number, text_literal(box.number))
        _add_due(graph, iri, box)
        graph.add(iri, KG.status, text_literal(box.status))
        graph.add(iri, KG.area, graph.area(box.area))
        graph.add_known(iri, box.known)
        graph.add(iri, KG.partOf, iri_or_none(None if box.parent is None else at.get(box.parent)))
        graph.add(iri, KG.inspectedBody, graph.body)
        graph.attribute(iri, graph.publisher)


def _add_due(graph: ReportGraph, iri: str, asked: Need | Box) -> None:
    """The deadline of what is asked for: its day, its wording, and whether the day was worked out."""
    graph.add(iri, KG.due, date_literal(asked.due))
    graph.add(iri, KG.dueText, text_literal(asked.due_text))
    if asked.due is not None:
        graph.add(iri, KG.dueDerived, boolean_literal(asked.due_derived))


def _add_composed(graph: ReportGraph, iri: str, composed: bool) -> None:
    """Says of a statement that its words do not stand together in the report, so that nobody quotes it."""
    if composed:
        graph.add(iri, KG.composed, boolean_literal(True))


# --- notices, coverage, provenance -------------------------------------------------------------------


def _add_notices(graph: ReportGraph) -> None:
    """All but those about numbers that a rule rules out, which are many: the graph has their count."""
    warnings = [notice for notice in graph.extraction.warnings if notice.code != RULED_OUT]
    iris = unique_names(warnings, lambda n: graph.part("notice", f"{slug(n.code)}-{short_hash(n.message)}"))
    for notice, iri in zip(warnings, iris, strict=True):
        graph.read(iri, KG.Notice)
        graph.add(iri, KG.code, text_literal(notice.code))
        graph.add(iri, KG.message, text_literal(notice.message))
        if notice.start is not None and notice.end is not None and notice.end > notice.start:
            graph.add(iri, KG.evidence, node(graph.anchors.span(notice.start, notice.end)))


def _add_coverage(graph: ReportGraph) -> None:
    for what, captured, out_of in graph.extraction.coverage:
        iri = graph.part("coverage", slug(what))
        graph.add(iri, RDF.type, node(KG.Coverage))
        graph.add(iri, KG.report, node(graph.report))
        graph.add(iri, KG.what, text_literal(what))
        graph.add(iri, KG.captured, integer_literal(captured))
        graph.add(iri, KG.outOf, integer_literal(out_of))


def _add_provenance(graph: ReportGraph) -> None:
    """The graph came from an activity of this version, which used the source file."""
    name, reading, software = graph.name.value, graph.part("reading"), software_iri()
    graph.add(name, PROV.wasGeneratedBy, node(reading))
    graph.add(name, PROV.wasDerivedFrom, node(graph.part("source")))
    graph.add(reading, RDF.type, node(PROV.Activity))
    graph.add(reading, PROV.used, node(graph.part("source")))
    graph.add(reading, PROV.wasAssociatedWith, node(software))
    graph.add(software, RDF.type, node(PROV.SoftwareAgent), node(PROV.Agent))
    graph.add(software, SCHEMA.softwareVersion, text_literal(__version__))
    graph.add(software, SKOS.prefLabel, label_literal(f"inspection-findings-kg {__version__}"))
    graph.add(reading, RDFS.label, label_literal("reading of the report"))


_STEPS: tuple[Callable[[ReportGraph], None], ...] = (
    _add_report,
    _add_recognitions,
    _add_text,
    _add_sections,
    _add_passages,
    _add_judgements,
    _add_earlier_grades,
    _add_findings,
    _add_needs,
    _add_concerns,
    _add_boxes,
    add_contents,
    add_addressees,
    add_places,
    add_mentions,
    add_entities,
    add_figures,
    _add_notices,
    _add_coverage,
)
