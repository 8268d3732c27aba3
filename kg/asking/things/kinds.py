"""The kinds of thing a neighbourhood shows: their words, colours and shapes, and the words of relations.

A kind can be told by its word, by its outline and by its colour, so no reader depends on colour alone.
Every edge colour has a contrast of at least 4.5:1 against white and against its own fill.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.model.bodies import INSPECTED, body_kinds
from kg.model.errors import Unknown
from kg.model.labels import LABEL, LABELS
from kg.model.vocab import DCT, KG, SKOS, local_name


@dataclass(frozen=True, slots=True)
class Kind:
    """``name`` stands for the kind in code, in exports and style sheets; ``label`` and ``plural`` are shown.

    ``shape`` is an outline of ``drawing.SHAPES``.
    """

    name: str
    label: str
    plural: str
    shape: str
    fill: str
    edge: str
    classes: tuple[str, ...]


def _kind(
    name: str, shape: str, fill: str, edge: str, *classes: str, label: str = "", plural: str = ""
) -> Kind:
    return Kind(name, label or name, plural or (label or name) + "s", shape, fill, edge, classes)


def _of_label(name: str) -> Kind:
    label = LABEL[name]
    return Kind(label.kind, label.kind, label.plural, label.shape, label.fill, label.edge, (label.cls,))


_ALL = (
    _kind("judgement", "double", "#eef0f2", "#424b57", KG.Judgement),
    _kind("earlier grade", "double", "#f6f7f8", "#5f6875", KG.EarlierGrade),
    _kind("finding", "square", "#eef0f2", "#424b57", KG.Finding),
    _kind("cause of concern", "octagon", "#f8d7dd", "#7d1128", KG.CauseOfConcern, plural="causes of concern"),
    _kind("concern", "octagon", "#f8d7dd", "#7d1128", KG.StatedConcern, KG.Concern),
    _kind(
        "area for improvement",
        "cut",
        "#fdeacf",
        "#7f4708",
        KG.AreaForImprovement,
        plural="areas for improvement",
    ),
    _kind("recommendation", "cut", "#fbf1d0", "#6b5200", KG.Recommendation),
    _kind("innovative practice", "cut", "#d8f3ee", "#095c53", KG.InnovativePractice),
    _kind("promising practice", "cut", "#d8f3ee", "#095c53", KG.PromisingPractice),
    _kind("need", "arrow", "#ffecdb", "#8f4300", KG.ImprovementNeed),
    _kind("figure", "ticket", "#ece5f8", "#553490", KG.Figure),
    _kind("passage", "note", "#ffffff", "#565d68", KG.Passage),
    _kind("report", "note", "#e6e9ee", "#2d3542", KG.Report),
    *(
        replace(_of_label("FORCE"), name=k.word, label=k.word, plural=k.plural, classes=(k.cls,))
        for k in body_kinds()
    ),
    _of_label("FORCE"),
    _of_label("AREA"),
    _of_label("GRADE"),
    _kind("framework", "hexagon", "#e6e9ee", "#2d3542", KG.Framework),
    *(_of_label(label.name) for label in LABELS if label.name not in ("FORCE", "AREA", "GRADE")),
    _kind("section", "note", "#f1f2f4", "#4a525d", KG.Section),
    _kind("kind of thing", "round", "#f1f2f4", "#4a525d", KG.Kind, plural="kinds of thing"),
    _kind("thing", "round", "#f1f2f4", "#4a525d"),
)

KINDS = {kind.name: kind for kind in _ALL}
"""Kinds by name, in the order in which a legend lists them."""

BY_CLASS = {iri: kind.name for kind in reversed(_ALL) for iri in kind.classes}

BODIES = frozenset(BY_CLASS[cls] for cls in INSPECTED)
"""The kinds of inspected body."""

ENTITIES = tuple(word for word in KINDS if word in BODIES | {label.kind for label in LABELS} | {"framework"})
"""The things that reports speak of."""

STATEMENTS = tuple(word for word in KINDS if word not in (*ENTITIES, "section", "kind of thing", "thing"))
"""What a report says, as against the things that it speaks of."""

CONCERNS = ("cause of concern", "concern")
BOXES = ("recommendation", "area for improvement")
PRACTICES = ("innovative practice", "promising practice")
POINTS = (*CONCERNS, *BOXES, *PRACTICES)
"""The kinds of statement that ask for something to be done, or shared; the gravest first."""

GRADE_COLOURS = {
    "outstanding": ("#d6e9f8", "#0b4a78"),
    "good": ("#dff1e1", "#1a652a"),
    "adequate": ("#fff5d1", "#6f5800"),
    "requires-improvement": ("#ffe4c9", "#8f4300"),
    "inadequate": ("#fbdad6", "#971a12"),
    "typically-positive": ("#dff1e1", "#1a652a"),
    "inconsistent": ("#ffe4c9", "#8f4300"),
    "systemic-failings": ("#fbdad6", "#971a12"),
}
"""Fill and edge of a judgement, by the notation of its grade."""

TONES = {
    "Positive": ("+", "strength", "#e1f3e4", "#1a652a"),
    "Negative": ("−", "shortcoming", "#fde3e0", "#971a12"),
    "Mixed": ("±", "mixed finding", "#fff3d0", "#6f5800"),
    "Neutral": ("·", "neutral finding", "#eef0f2", "#424b57"),
}
"""Sign, word, fill and edge of a finding, by its polarity."""

LACKS = {
    "shortcoming": "The report’s own section on this area states no shortcoming.",
    "strength": "The report’s own section on this area states no strength.",
    "section": "The report has no section of its own on this area.",
}
"""What ``kg:sectionLacks`` of a judgement says, in words."""

WORDS = {
    KG.area: ("in area", "said of it"),
    KG.inspectedBody: ("about", "said of it"),
    KG.grade: ("graded", "graded so"),
    KG.mentions: ("mentions", "mentioned in"),
    KG.supportedBy: ("in these words", "words of"),
    KG.contraryWords: ("says the contrary", "contrary to"),
    KG.hasFigure: ("has figure", "figure of"),
    KG.finding: ("belongs to", "so it needs to"),
    KG.partOf: ("part of", "has part"),
    KG.relatedConcern: ("bears on", "borne out by"),
    KG.supportingReason: ("reasons for it", "supports"),
    KG.mixedReason: ("partly a reason", "partly supports"),
    KG.contraryReason: ("contrary to it", "contrary to"),
    KG.ownedBy: ("belongs to", "its own"),
    KG.kind: ("is a", "of this kind"),
    KG.inPassage: ("stated in", "states"),
    KG.measure: ("measures", "measured by"),
    KG.comparedWith: ("compared with", "set against it"),
    KG.changeFrom: ("changed from", "changed to"),
    KG.period: ("over", "time of"),
    KG.framework: ("under", "used for"),
    KG.report: ("from report", "says"),
    DCT.publisher: ("published by", "published"),
    SKOS.inScheme: ("part of", "has part"),
    KG.gradeScheme: ("graded by", "grades of"),
    KG.previous: ("follows", "followed by"),
}
"""The relations that are shown, in words read from subject to object and back. All else is plumbing."""


def kind_of(classes: Iterable[str]) -> str:
    """The kind of a thing by its classes; the first of the list where it has several.

    >>> kind_of([KG.Concern, KG.Box, KG.CauseOfConcern])
    'cause of concern'
    """
    found = {BY_CLASS[iri] for iri in classes if iri in BY_CLASS}
    return next((word for word in KINDS if word in found), "thing")


def is_statement(kind: str) -> bool:
    """Whether things of this kind are said by a report.

    >>> is_statement("finding"), is_statement("operation")
    (True, False)
    """
    return kind in STATEMENTS


def kinds_named(names: Iterable[str]) -> frozenset[str]:
    """The kinds that a user's words mean: singular, plural or class name, in any case.

    >>> sorted(kinds_named(["Findings", "CauseOfConcern", "box"]))[:3]
    ['area for improvement', 'cause of concern', 'finding']

    Raises Unknown for any other word, with what comes close.
    """
    known = _names()
    found: set[str] = set()
    for name in names:
        key = name.strip().casefold().removeprefix("kg:").replace("-", " ")
        if key not in known:
            raise Unknown.name("type", name, known)
        found |= known[key]
    return frozenset(found)


def _names() -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = {"entity": set(ENTITIES), "entities": set(ENTITIES)}
    for kind in KINDS.values():
        local = (local_name(iri).casefold() for iri in kind.classes)
        for name in (kind.name, kind.label, kind.plural, *local):
            names.setdefault(name, set()).add(kind.name)
    names["box"] = names["boxes"] = {word for word, kind in KINDS.items() if kind.shape == "cut"}
    names["box"].add("cause of concern")
    names["improvement need"] = names["improvement needs"] = {"need"}
    return {name: frozenset(words) for name, words in names.items()}
