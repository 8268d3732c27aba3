"""Inspection frameworks as records, read from ``ontology/frameworks/*.ttl``.

Everything that makes a report one of a certain framework is data there: areas and the phrases that name
them, grades, forms of judgement sentences, headings, names of boxes, kinds of report. ``docs/frameworks.md``
describes the format; another framework is another file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from kg.model.errors import CannotRead
from kg.model.ontology import ontology_dir
from kg.model.turtle_data import TurtleData
from kg.model.vocab import DCT, KG, SKOS, local_name


@dataclass(frozen=True, slots=True)
class GradeDef:
    """A grade: ``notation`` as in records, all its names, ``rank`` from 1 (best).

    ``polarity`` says what it is given for: strengths (``positive``), shortcomings (``negative``) or both
    (``mixed``); None where the framework does not say.
    """

    iri: str
    notation: str
    label: str
    aliases: tuple[str, ...]
    rank: int
    definition: str | None
    polarity: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return (self.label, *self.aliases)


@dataclass(frozen=True, slots=True)
class AreaDef:
    """An area: heading, phrases of judgement sentences, clause forms, keywords; ``broader`` is its pillar.

    ``judgement_patterns`` are forms that grade this area without naming it. ``parts`` are the areas whose
    judgements its own is made of, where it is no pillar that they stand under, and ``summary_patterns``
    are forms of the title of the section that sums it up.
    """

    iri: str
    label: str
    phrases: tuple[str, ...]
    clauses: tuple[str, ...]
    keywords: tuple[str, ...]
    order: int
    graded: bool
    broader: str | None
    related: tuple[str, ...]
    judgement_patterns: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    summary_patterns: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.label, *self.phrases)

    @property
    def names(self) -> tuple[str, ...]:
        return (self.label, *self.phrases, *self.clauses)


@dataclass(frozen=True, slots=True)
class BoxDef:
    """A kind of boxed item; ``labels`` are the lines that open one, singular and plural."""

    kind: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindDef:
    """A kind of report: patterns that speak for it, whether such a report grades areas, and whether it at
    least says in sentences which area has which grade, as news does."""

    notation: str
    names: tuple[str, ...]
    patterns: tuple[str, ...]
    graded: bool
    states_grades: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """Forms and headings. ``…patterns``, ``…lead_ins`` and ``…_labels`` hold regular expressions."""

    publisher_patterns: tuple[str, ...] = ()
    programme_patterns: tuple[str, ...] = ()
    body_nouns: tuple[str, ...] = ()
    body_patterns: tuple[str, ...] = ()
    title_patterns: tuple[str, ...] = ()
    judgement_patterns: tuple[str, ...] = ()
    question_patterns: tuple[str, ...] = ()
    grade_note_patterns: tuple[str, ...] = ()
    main_headings: tuple[str, ...] = ()
    lead_ins: tuple[str, ...] = ()
    overview_headings: tuple[str, ...] = ()
    summary_headings: tuple[str, ...] = ()
    annex_headings: tuple[str, ...] = ()
    section_headings: tuple[str, ...] = ()
    topic_headings: tuple[str, ...] = ()
    date_labels: tuple[str, ...] = ()
    inspection_labels: tuple[str, ...] = ()
    inspector_labels: tuple[str, ...] = ()
    inspector_titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework with all its wordings; ``notation`` names it in records (``peel-2023-25``).

    ``recognised_by`` are forms of its name, ``marked_by`` of what only its reports say of their method.
    ``begins`` is the ISO date of its first inspections, where it is stated. ``only_named`` says that only
    reports that name it are read with it: its areas ("Leadership") are headings of others too.
    ``vocabularies`` are the IRIs of the vocabularies of measures and topics that its reports are read with.
    """

    iri: str
    notation: str
    title: str
    publisher: str | None
    publisher_name: str | None
    body_kind: str
    previous: str | None
    grades: tuple[GradeDef, ...]
    areas: tuple[AreaDef, ...]
    recognised_by: tuple[str, ...]
    marked_by: tuple[str, ...]
    wording: Wording
    boxes: tuple[BoxDef, ...]
    kinds: tuple[KindDef, ...]
    begins: str | None = None
    only_named: bool = False
    vocabularies: tuple[str, ...] = ()

    def area(self, label: str) -> AreaDef | None:
        """The area with this label."""
        return next((a for a in self.areas if a.label == label), None)


_WORDINGS = {
    "publisher_patterns": KG.publisherPattern,
    "programme_patterns": KG.programmePattern,
    "body_nouns": KG.bodyNoun,
    "body_patterns": KG.bodyPattern,
    "title_patterns": KG.titlePattern,
    "judgement_patterns": KG.judgementPattern,
    "question_patterns": KG.questionPattern,
    "grade_note_patterns": KG.gradeNotePattern,
    "main_headings": KG.mainFindingsHeading,
    "lead_ins": KG.leadIn,
    "overview_headings": KG.overviewHeading,
    "summary_headings": KG.summaryHeading,
    "annex_headings": KG.annexHeading,
    "section_headings": KG.sectionHeading,
    "topic_headings": KG.topicHeading,
    "date_labels": KG.dateLabel,
    "inspection_labels": KG.inspectionLabel,
    "inspector_labels": KG.inspectorLabel,
    "inspector_titles": KG.inspectorTitle,
}
_REGEXES = tuple(name for name in _WORDINGS if name.endswith(("patterns", "lead_ins", "_labels")))
WORDING_TERMS = tuple(_WORDINGS.values())
"""The properties that a kg:Wording may have."""
PATTERN_TERMS = tuple(_WORDINGS[name] for name in _REGEXES)
"""Those of them that hold regular expressions."""


def load_frameworks(folder: str | Path | None = None) -> tuple[Framework, ...]:
    """All frameworks of a folder of Turtle files (default: those of the package), by notation.

    Raises CannotRead if the folder has no Turtle file, CannotUnderstand if a file is not Turtle, or a
    framework lacks something that is needed; the message names the file and what is wrong.
    """
    return _load(Path(folder) if folder is not None else ontology_dir() / "frameworks")


@cache
def grade_names() -> frozenset[str]:
    """The names of every grade that a framework of this package gives, in lower case (``str.casefold``)."""
    grades = (grade for framework in load_frameworks() for grade in framework.grades)
    return frozenset(name.casefold() for grade in grades for name in (grade.label, *grade.aliases))


@cache
def _load(folder: Path) -> tuple[Framework, ...]:
    files = sorted(folder.glob("*.ttl"))
    if not files:
        raise CannotRead(f"{folder}: no framework here; it needs at least one .ttl file")
    data = TurtleData()
    for file in files:
        data.add(file)
    frameworks = [_framework(data, iri) for iri in data.of_class(KG.Framework)]
    _refuse_twins(data, frameworks)
    return tuple(sorted(frameworks, key=lambda f: f.notation))


def _framework(data: TurtleData, iri: str) -> Framework:
    sources = _wording_sources(data, iri)
    publisher = data.one(iri, DCT.publisher)
    previous = data.one(iri, KG.previous)
    framework = Framework(
        iri=iri,
        notation=data.need(iri, SKOS.notation),
        title=data.need(iri, DCT.title),
        publisher=publisher,
        publisher_name=data.one(iri, KG.publisherName),
        body_kind=data.one(iri, KG.bodyKind) or KG.InspectedBody,
        previous=data.one(previous, SKOS.notation) if previous else None,
        grades=_grades(data, iri),
        areas=_areas(data, iri),
        recognised_by=data.all(iri, KG.recognisedBy),
        marked_by=data.all(iri, KG.markedBy),
        wording=Wording(**{name: _collected(data, sources, term) for name, term in _WORDINGS.items()}),
        boxes=tuple(_box(data, b) for b in _collected(data, sources, KG.knowsBox)),
        kinds=tuple(_kind(data, k) for k in _collected(data, sources, KG.knowsKind)),
        begins=data.one(iri, KG.periodBegin),
        only_named=data.flag(iri, KG.onlyNamed, default=False),
        vocabularies=data.all(iri, KG.readsWith),
    )
    _check_patterns(data, framework)
    return framework


def _wording_sources(data: TurtleData, iri: str) -> list[str]:
    """The framework itself and every wording that it uses, each once, nearest first."""
    found, waiting = [], [iri]
    while waiting:
        source = waiting.pop(0)
        if source in found:
            continue
        if source not in data.files:
            raise data.error(iri, f"uses {source}, which no file describes")
        found.append(source)
        waiting.extend(data.all(source, KG.usesWording))
    return found


def _collected(data: TurtleData, sources: Iterable[str], term: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for source in sources for value in data.all(source, term)))


def _grades(data: TurtleData, iri: str) -> tuple[GradeDef, ...]:
    scheme = data.need(iri, KG.gradeScheme)
    grades = [
        GradeDef(
            iri=grade,
            notation=data.need(grade, SKOS.notation),
            label=data.need(grade, SKOS.prefLabel),
            aliases=data.all(grade, SKOS.altLabel),
            rank=data.number(grade, KG.rank),
            definition=data.one(grade, SKOS.definition),
            polarity=_polarity(data, grade),
        )
        for grade in data.pointing(SKOS.inScheme, scheme, KG.Grade)
    ]
    if not grades:
        raise data.error(iri, f"has the grade scheme {scheme}, which has no kg:Grade")
    return tuple(sorted(grades, key=lambda g: g.rank))


def _polarity(data: TurtleData, grade: str) -> str | None:
    said = data.one(grade, KG.polarity)
    return None if said is None else local_name(said).lower()


def _areas(data: TurtleData, iri: str) -> tuple[AreaDef, ...]:
    areas = [_area(data, area) for area in data.pointing(SKOS.inScheme, iri, KG.Area)]
    if not areas:
        raise data.error(iri, "has no kg:Area (an area points to it with skos:inScheme)")
    return tuple(sorted(areas, key=lambda a: (a.order, a.label)))


def _area(data: TurtleData, area: str) -> AreaDef:
    broader = data.one(area, SKOS.broader)
    return AreaDef(
        iri=area,
        label=data.need(area, SKOS.prefLabel),
        phrases=data.all(area, SKOS.altLabel),
        clauses=data.all(area, SKOS.hiddenLabel),
        keywords=data.all(area, KG.keyword),
        order=data.number(area, KG.order),
        graded=data.flag(area, KG.graded, default=True),
        broader=data.need(broader, SKOS.prefLabel) if broader else None,
        related=data.all(area, SKOS.closeMatch),
        judgement_patterns=data.all(area, KG.judgementPattern),
        parts=tuple(data.need(part, SKOS.prefLabel) for part in data.all(area, DCT.hasPart)),
        summary_patterns=data.all(area, KG.summaryPattern),
    )


def _box(data: TurtleData, box: str) -> BoxDef:
    labels = (data.need(box, SKOS.prefLabel), *data.all(box, SKOS.altLabel))
    return BoxDef(data.need(box, SKOS.notation), labels)


def _kind(data: TurtleData, kind: str) -> KindDef:
    names = (data.need(kind, SKOS.prefLabel), *data.all(kind, SKOS.altLabel))
    patterns = data.all(kind, KG.recognisedBy)
    graded = data.flag(kind, KG.graded, default=True)
    states = data.flag(kind, KG.statesGrades, default=graded)
    return KindDef(data.need(kind, SKOS.notation), names, patterns, graded, states)


def _check_patterns(data: TurtleData, framework: Framework) -> None:
    wording = {f.name: getattr(framework.wording, f.name) for f in fields(Wording)}
    groups: Mapping[str, tuple[str, ...]] = {
        **{name: wording[name] for name in _REGEXES},
        "recognised_by": framework.recognised_by,
        "marked_by": framework.marked_by,
        "kinds": tuple(p for kind in framework.kinds for p in kind.patterns),
        "areas": tuple(
            p for area in framework.areas for p in (*area.judgement_patterns, *area.summary_patterns)
        ),
    }
    for patterns in groups.values():
        for pattern in patterns:
            try:
                re.compile(re.sub(r"\{(?:body|grade|area)\}", "X", pattern))
            except re.error as error:
                raise data.error(framework.iri, f"has a bad pattern {pattern!r}: {error}") from error


def _refuse_twins(data: TurtleData, frameworks: list[Framework]) -> None:
    seen: dict[str, str] = {}
    for framework in frameworks:
        if framework.notation in seen:
            raise data.error(
                framework.iri, f"has the notation {framework.notation!r} of {seen[framework.notation]}"
            )
        seen[framework.notation] = local_name(framework.iri)
