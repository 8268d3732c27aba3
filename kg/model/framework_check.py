"""All that is wrong with one framework file, for its author: loading them stops at the first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg.model.errors import CannotUnderstand
from kg.model.frameworks import PATTERN_TERMS, WORDING_TERMS
from kg.model.ontology import ontology_dir
from kg.model.turtle_data import TurtleData, short_term
from kg.model.vocab import DCT, KG, RDF, SKOS, local_name

BOXES = (
    "area-for-improvement",
    "cause-of-concern",
    "innovative-practice",
    "promising-practice",
    "recommendation",
)
_CLASSES = (KG.Framework, KG.Wording, KG.Area, KG.Grade, KG.GradeScheme, KG.BoxKind, KG.ReportKind)
_WORDS = (*WORDING_TERMS, KG.usesWording, KG.knowsBox, KG.knowsKind)
_FRAMEWORK = (
    KG.gradeScheme,
    KG.recognisedBy,
    KG.markedBy,
    KG.publisherName,
    KG.bodyKind,
    KG.readsWith,
    KG.previous,
    KG.periodBegin,
    KG.onlyNamed,
)
_PROPERTIES: dict[str, tuple[str, ...]] = {
    KG.Framework: (*_WORDS, *_FRAMEWORK),
    KG.Wording: _WORDS,
    KG.Area: (KG.keyword, KG.order, KG.graded, KG.judgementPattern, KG.summaryPattern),
    KG.Grade: (KG.rank, KG.polarity),
    KG.GradeScheme: (),
    KG.BoxKind: (),
    KG.ReportKind: (KG.recognisedBy, KG.graded, KG.statesGrades),
}
_NEEDED: dict[str, tuple[str, ...]] = {
    KG.Framework: (DCT.title, SKOS.notation, KG.gradeScheme),
    KG.Wording: (),
    KG.Area: (SKOS.prefLabel, SKOS.inScheme, KG.order),
    KG.Grade: (SKOS.prefLabel, SKOS.notation, SKOS.inScheme, KG.rank),
    KG.GradeScheme: (),
    KG.BoxKind: (SKOS.prefLabel, SKOS.notation),
    KG.ReportKind: (SKOS.prefLabel, SKOS.notation),
}
_SINGLE = (
    DCT.title, DCT.publisher, SKOS.notation, SKOS.prefLabel, SKOS.broader, SKOS.definition, KG.gradeScheme,
    KG.publisherName, KG.bodyKind, KG.previous, KG.order, KG.graded, KG.statesGrades, KG.onlyNamed, KG.rank,
)  # fmt: skip
_SLOTS = {KG.judgementPattern: "grade", KG.titlePattern: "body", KG.questionPattern: "area"}


def check_framework(file: str | Path) -> list[str]:
    """Each problem of the things that ``file`` describes, as a line; empty when it is complete.

    What the file refers to may stand in other Turtle files of its folder or in those of the package.
    """
    file, data = Path(file), TurtleData()
    try:
        if not file.is_file():
            return [f"{file.name}: no such file"]
        data.add(file)
        mine = [s for s in data.files if any(s in data.of_class(cls) for cls in _CLASSES)]
        for other in _context(file):
            data.add(other)
    except CannotUnderstand as error:
        return [str(error)]
    if not mine:
        return [f"{file.name}: describes nothing of a framework; it needs a kg:Framework"]
    return [f"{file.name}: {line}" for subject in sorted(mine) for line in _of(data, subject)]


def _context(file: Path) -> list[Path]:
    """The other files that count: those beside it, then those of the package not named like one of them."""
    beside = [path for path in sorted(file.parent.glob("*.ttl")) if path.resolve() != file.resolve()]
    names = {file.name, *(path.name for path in beside)}
    package = sorted((ontology_dir() / "frameworks").glob("*.ttl"))
    return [*beside, *(path for path in package if path.name not in names)]


def _of(data: TurtleData, subject: str) -> Iterator[str]:
    name = local_name(subject)
    for cls in (cls for cls in _CLASSES if cls in data.all(subject, RDF.type)):
        yield from (f"{name} {line}" for line in _general(data, subject, cls))
        if cls == KG.Framework:
            yield from (f"{name} {line}" for line in _of_framework(data, subject))
        elif cls == KG.Area:
            yield from (f"{name} {line}" for line in _of_area(data, subject))
        elif cls == KG.BoxKind:
            yield from (f"{name} {line}" for line in _of_box(data, subject))
    yield from (f"{name} {line}" for line in _patterns(data, subject))


def _general(data: TurtleData, subject: str, cls: str) -> Iterator[str]:
    """What is missing, given twice, no number, no truth value, or no property of its class."""
    for term in _NEEDED[cls]:
        if not data.all(subject, term):
            yield f"needs {short_term(term)}"
    for term in data.properties(subject):
        values = data.all(subject, term)
        if term in _SINGLE and len(values) > 1:
            yield f"has {len(values)} values of {short_term(term)}, may have one"
        if term.startswith(KG.iri) and term not in _PROPERTIES[cls]:
            yield f"has {short_term(term)}, which is no property of a {short_term(cls)}"
        if term in (KG.order, KG.rank) and not re.fullmatch(r"\d{1,6}", values[0]):
            yield f"{short_term(term)} is {values[0]!r}, should be a whole number"
        if term == KG.graded and values[0] not in ("true", "false", "1", "0"):
            yield f"kg:graded is {values[0]!r}, should be true or false"
    for term, target in (
        (KG.usesWording, KG.Wording),
        (KG.knowsBox, KG.BoxKind),
        (KG.knowsKind, KG.ReportKind),
    ):
        for value in data.all(subject, term):
            if target not in data.all(value, RDF.type):
                local = local_name(value)
                yield f"{short_term(term)} {local}: no file describes such a {short_term(target)}"


def _of_framework(data: TurtleData, subject: str) -> Iterator[str]:
    for scheme in data.all(subject, KG.gradeScheme):
        grades = data.pointing(SKOS.inScheme, scheme, KG.Grade)
        if not grades:
            yield f"has the grade scheme {scheme.rpartition('/')[2]}, which has no kg:Grade"
        yield from _twins(data, grades, KG.rank, "grades have")
    areas = data.pointing(SKOS.inScheme, subject, KG.Area)
    if not areas:
        yield "has no kg:Area (an area points to it with skos:inScheme)"
    yield from _twins(data, areas, KG.order, "areas have")
    yield from _twins(data, areas, SKOS.prefLabel, "areas have")
    for notation in data.all(subject, SKOS.notation):
        for other in data.of_class(KG.Framework):
            if other != subject and notation in data.all(other, SKOS.notation):
                yield f"has the notation {notation!r} of {other.rpartition('/')[2]}"
    known = _with_wordings(data, subject)
    for term, why in (
        (KG.recognisedBy, "no report can be recognised as one of it"),
        (KG.bodyPattern, "no inspected body can be found"),
    ):
        if not any(data.all(source, term) for source in known):
            yield f"has no {short_term(term)}, of its own or of a wording: {why}"


def _twins(data: TurtleData, things: list[str], term: str, what: str) -> Iterator[str]:
    counted = Counter(value for thing in things for value in data.all(thing, term)[:1])
    for value, count in sorted(counted.items()):
        if count > 1:
            yield f"{count} {what} the same {short_term(term)} {value!r}"


def _with_wordings(data: TurtleData, subject: str) -> list[str]:
    found, waiting = [], [subject]
    while waiting:
        source = waiting.pop(0)
        if source not in found:
            found.append(source)
            waiting.extend(data.all(source, KG.usesWording))
    return found


def _of_area(data: TurtleData, subject: str) -> Iterator[str]:
    schemes = data.all(subject, SKOS.inScheme)
    for scheme in schemes:
        if KG.Framework not in data.all(scheme, RDF.type):
            yield f"is in {scheme.rpartition('/')[2]}, which no file describes as a kg:Framework"
    for broader in data.all(subject, SKOS.broader):
        if not set(schemes) & set(data.all(broader, SKOS.inScheme)):
            yield f"skos:broader {broader.rpartition('/')[2]} is no area of the same framework"
    for part in data.all(subject, DCT.hasPart):
        if not set(schemes) & set(data.all(part, SKOS.inScheme)):
            yield f"dct:hasPart {part.rpartition('/')[2]} is no area of the same framework"


def _of_box(data: TurtleData, subject: str) -> Iterator[str]:
    for notation in data.all(subject, SKOS.notation):
        if notation not in BOXES:
            yield f"has the notation {notation!r}; the kind of a box is one of {', '.join(BOXES)}"


def _patterns(data: TurtleData, subject: str) -> Iterator[str]:
    """Regular expressions that don't compile, and slots that are missing, unknown or repeated."""
    for term in (*PATTERN_TERMS, KG.recognisedBy, KG.markedBy, KG.summaryPattern):
        for pattern in data.all(subject, term):
            slots = re.findall(r"\{([a-z]+)\}", pattern)
            try:
                re.compile(re.sub(r"\{[a-z]+\}", "X", pattern))
            except re.error as error:
                yield f"has a bad {short_term(term)} {pattern!r}: {error}"
            if unknown := [slot for slot in slots if slot not in ("area", "body", "grade")]:
                yield f"{short_term(term)} {pattern!r} has the unknown slot {{{unknown[0]}}}"
            if len(set(slots)) < len(slots):
                yield f"{short_term(term)} {pattern!r} has a slot twice"
            if term in _SLOTS and _SLOTS[term] not in slots:
                yield f"{short_term(term)} {pattern!r} lacks the slot {{{_SLOTS[term]}}}"
