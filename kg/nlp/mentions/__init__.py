"""Mentions: what a report names, tagged by the labels of the annotation guide and linked to entities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.model.bodies import BodyKind, kind_of_body
from kg.model.frameworks import Framework, load_frameworks
from kg.model.gazetteer import Gazetteer, load_gazetteer
from kg.model.iris import period_iri
from kg.model.records import Entity, Extraction, Mention, Period, Report, Span
from kg.model.text.comparing import with_plain_typography
from kg.model.vocab import BASE
from kg.nlp.document.grades_used import with_grades_used
from kg.nlp.mentions.acronyms import find_acronyms
from kg.nlp.mentions.candidates import Candidate, resolve
from kg.nlp.mentions.grades_and_areas import find_areas, find_graded_areas, find_grades, find_nominal
from kg.nlp.mentions.head_nouns import find_by_head
from kg.nlp.mentions.introduced_names import find_introduced
from kg.nlp.mentions.linking import link
from kg.nlp.mentions.name_patterns import find_by_pattern, names_again, numbered
from kg.nlp.mentions.people import find_people
from kg.nlp.mentions.places import find_joined_forces, find_places
from kg.nlp.mentions.vocabulary import find_known, find_topics
from kg.nlp.mentions.words import Text, occurrences, prepare
from kg.nlp.rules.pattern_files import compiled, pattern
from kg.nlp.rules.prefilter import prefiltered


def find_mentions(
    text: str,
    sentences: Sequence[Span],
    extraction: Extraction,
    periods: Sequence[Period],
    gazetteer: Gazetteer | None = None,
    framework: Framework | None = None,
    base: str = BASE,
) -> tuple[list[Mention], list[Entity]]:
    """Mentions of all labels but METRIC, by start, and the entities that they refer to, by IRI.

    Mentions do not overlap: the longest wins. ``sentences`` are those of the text; ``extraction`` gives the
    report (whose force "the force" is), its sections and judgements; ``framework`` defaults to the report’s.
    """
    gazetteer = gazetteer or load_gazetteer()
    framework = framework or framework_of(extraction)
    words = prepare(text, sentences)
    found = _candidates(words, extraction, gazetteer)
    if framework is not None and kind_of_body(framework.body_kind).own_service:
        found = [_own_service(words, c) for c in found]
    found += _of_report(words, extraction, framework, gazetteer)
    found += [_period(period, base) for period in periods]
    resolved = resolve(found)
    resolved = resolve([*found, *find_acronyms(words, resolved)])
    resolved = _partners(words, _without_echoes(words, resolved), extraction, gazetteer)
    several = _is_on_several(extraction.report)
    others = _on_other_bodies(extraction, gazetteer)
    force = extraction.report.force
    return link(words, resolved, gazetteer, force, base, several=several, on_others=others)


def _is_on_several(report: Report) -> bool:
    """Whether a report is on several bodies of one area, of which it has one as the inspected body."""
    said = " / ".join(filter(None, (report.kind, report.title)))
    return pattern("mention-context", "several-inspected").search(said) is not None


def _on_other_bodies(extraction: Extraction, gazetteer: Gazetteer) -> list[Span]:
    """The sections that judge another body than the inspected one: of an area whose name has a body of a kind
    that is nobody's own ("The effectiveness of the Local Safeguarding Children Board")."""
    areas = {section.area for section in extraction.sections if section.area is not None}
    others = {area for area in areas if any(map(_is_others, find_known(prepare(area), gazetteer)))}
    return [(section.start, section.end) for section in extraction.sections if section.area in others]


def _is_others(candidate: Candidate) -> bool:
    kind = candidate.entry if candidate.label == "BODY" else None
    return kind is not None and kind.is_kind and not kind.is_own


def _own_service(text: Text, candidate: Candidate) -> Candidate:
    """A service that an authority’s report names is a part of the authority: "Early Support Service"."""
    name = text.plain[candidate.start : candidate.end]
    own = candidate.role == "part-of-authority" and name.endswith(" Service")
    if not own or candidate.owner == "" or pattern("mention-context", "service-of-others").search(name):
        return candidate
    return replace(candidate, label="UNIT", pattern="form-own-service")


def _without_echoes(text: Text, resolved: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without a name in full right after its short name: a subtitle."""
    kept: list[Candidate] = []
    for candidate in resolved:
        before = kept[-1] if kept else None
        if before is None or not _echoes(text, before, candidate):
            kept.append(candidate)
    return kept


def _echoes(text: Text, before: Candidate, candidate: Candidate) -> bool:
    """Whether a candidate says in full what the abbreviation right before it names."""
    short, full = (text.plain[c.start : c.end].split() for c in (before, candidate))
    same = candidate.label == "PROGRAMME" and candidate.iri is not None and before.iri == candidate.iri
    apart = text.plain[before.end : candidate.start]
    return same and short[0].isupper() and len(full) > 2 and bool(re.fullmatch(r":\s+|\s*\n\s*", apart))


def _partners(
    text: Text, resolved: Sequence[Candidate], extraction: Extraction, gazetteer: Gazetteer
) -> list[Candidate]:
    """The candidates with councils, and fire services in a report on police, as organisations."""
    inspected, kind = extraction.report.force, _kind_of_inspected(extraction, gazetteer)
    return [
        replace(c, label="ORGANISATION") if c.iri != inspected and _is_partner(text, c, kind) else c
        for c in resolved
    ]


def _is_partner(text: Text, candidate: Candidate, inspected: BodyKind) -> bool:
    """Whether a candidate for a body is, by its kind, an organisation in a report on a body of another."""
    if candidate.label != "FORCE" or candidate.nominal:
        return False
    name = text.plain[candidate.start : candidate.end]
    kind = kind_of_body(candidate.entry.cls if candidate.entry else None, name)
    return kind.named_as_body != "always" and (
        kind != inspected or kind.named_as_body == "when it is the inspected one"
    )


def _kind_of_inspected(
    extraction: Extraction, gazetteer: Gazetteer, framework: Framework | None = None
) -> BodyKind:
    report = extraction.report
    entry = gazetteer.by_iri.get(report.force or "")
    return kind_of_body(
        entry.cls if entry else None, report.force_name, framework.body_kind if framework else None
    )


def framework_of(extraction: Extraction) -> Framework | None:
    """The framework of the report, with all grades that it uses; None if it has none or an unknown one."""
    report, frameworks = extraction.report, load_frameworks()
    found = next((f for f in frameworks if f.notation == report.framework), None)
    return found and with_grades_used(found, map(str.strip, report.text.split("\n")), frameworks)


def _candidates(text: Text, extraction: Extraction, gazetteer: Gazetteer) -> list[Candidate]:
    """What names and forms say without the structure of the report."""
    known = [*_inspected(text, extraction, gazetteer), *find_known(text, gazetteer)]
    known += find_joined_forces(text, known, gazetteer)
    forms = numbered(text, find_by_pattern(text, known))
    called = numbered(text, find_introduced(text, known))
    named = [c for c in (*forms, *called) if c.role in ("repeated-name", "introduced")]
    nouns = find_by_head(text, resolve([*known, *forms, *called]), find_topics(text, gazetteer))
    nouns = numbered(text, nouns)
    found = [*known, *forms, *called, *nouns, *names_again(text, named)]
    people = find_people(text, resolve(found))
    inspected = extraction.report.force not in gazetteer.by_iri
    forces = [
        (extraction.report.force_name or "") if inspected else "",
        *(text.raw[c.start : c.end] for c in forms if c.label == "FORCE"),
    ]
    return [*found, *people, *find_places(text, forces, resolve([*found, *people]))]


def _inspected(text: Text, extraction: Extraction, gazetteer: Gazetteer) -> Iterable[Candidate]:
    """The bodies that the report is about, by their names, wherever the vocabularies do not have them."""
    for body in extraction.report.bodies:
        if body.iri not in gazetteer.by_iri:
            for match in occurrences(with_plain_typography(body.name), text.plain):
                yield Candidate(
                    *match.span(), "FORCE", "inspected-force", iri=body.iri, name=body.name, rank=1
                )


def _of_report(
    text: Text, extraction: Extraction, framework: Framework | None, gazetteer: Gazetteer
) -> list[Candidate]:
    """What only the report and its framework resolve: "the force", grades and areas."""
    report = extraction.report
    entry = gazetteer.by_iri.get(report.force or "")
    kind = _kind_of_inspected(extraction, gazetteer, framework)
    name = entry.name if entry else report.force_name
    found = [replace(c, entry=entry) for c in find_nominal(text, report.force, name, kind.path)]
    found += _inspectors(text, gazetteer, kind)
    if framework is not None:
        found += find_grades(text, extraction, framework)
        found += find_areas(text, extraction, framework)
        found += find_graded_areas(text, framework)
    return found


def _inspectors(text: Text, gazetteer: Gazetteer, kind: BodyKind) -> Iterable[Candidate]:
    """ "HM Inspector" alone is the one of fire and rescue services, or of Ofsted, by the inspected body."""
    entry = gazetteer.by_iri.get(kind.inspector_role or "")
    if entry is not None and kind.inspector_pattern:
        for match in prefiltered(text.plain).finditer(compiled(kind.inspector_pattern)):
            yield Candidate(*match.span(), "ROLE", "fire-inspector", entry, entry.iri, entry.name, rank=0)


def _period(period: Period, base: str) -> Candidate:
    iri = period_iri(period.begin_date, period.end_date, base)
    name = f"{period.begin_date or 'open'}/{period.end_date or 'open'}"
    rule = period.pattern or "period"
    return Candidate(period.start, period.end, "PERIOD", rule, iri=iri, name=name, rank=3)
