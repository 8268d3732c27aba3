"""Which neighbours of a thing are worth showing: for each kind the branches of its picture, in order.

A branch is a path in the data with the words a reader sees. What is not on a branch (spans, selectors,
mentions, sections, sources) is plumbing and never becomes a node.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.asking.things.kinds import BODIES, BOXES, CONCERNS, ENTITIES, KINDS, POINTS, PRACTICES
from kg.asking.things.loaded_triples import Step
from kg.model.labels import LABELS
from kg.model.vocab import KG, SKOS


@dataclass(frozen=True, slots=True)
class Branch:
    """Neighbours of some kinds along ``path``, headed by words that read on from the thing.

    ``most`` is how many are shown when 60 things are shown in all; 0 is for branches that are shown only
    when their type is asked for, or at a further step. ``tones`` keeps findings of these polarities.
    ``under``: a neighbour is placed under a thing already shown that is one such step away from it, then
    headed by ``nested``. ``foreign`` keeps what belongs to no inspected body. ``near`` branches grow from the
    thing in the middle alone.
    """

    heading: str
    path: tuple[Step, ...]
    kinds: frozenset[str]
    most: int = 6
    tones: frozenset[str] = frozenset()
    under: Step | None = None
    nested: str = ""
    foreign: bool = False
    near: bool = False


def _to(predicate: str, *kinds: str) -> Step:
    return Step(predicate, False, frozenset(kinds))


def _from(predicate: str, *kinds: str) -> Step:
    return Step(predicate, True, frozenset(kinds))


def _some(*kinds: str) -> frozenset[str]:
    return frozenset(kinds)


COMPANY = frozenset(ENTITIES) - {"area", "grade", "period", "framework", "measure", "topic", "role"}
"""Kinds that tell something when they are named in the same passage."""
PARTS = tuple(label for label in LABELS if label.is_owned)
"""Labels of what belongs to an inspected body."""
REASONS = frozenset({"finding", "need", "figure", "judgement", *POINTS})
"""Kinds of statement that can be a reason for a grade."""
GOOD, BAD, EVEN = frozenset({"Positive"}), frozenset({"Negative"}), frozenset({"Mixed", "Neutral"})

_NEEDS, _FIGURES = KINDS["need"].plural, KINDS["figure"].plural
_NEED_UNDER = _to(KG.finding)
_SO = "so it needs to"


def _findings(path: Step, most: int, under: Step | None = None, nested: str = "") -> tuple[Branch, ...]:
    kinds = _some("finding")
    return (
        Branch("shortcomings", (path,), kinds, most, BAD, under, nested),
        Branch("mixed and neutral findings", (path,), kinds, most, EVEN, under, nested),
        Branch("strengths", (path,), kinds, most, GOOD, under, nested),
    )


_ENTITY = (
    Branch("belongs to", (_to(KG.ownedBy),), BODIES, 1),
    Branch(
        "comes up in the areas", (_from(KG.mentions, "finding"), _to(KG.area)), _some("area"), 8, near=True,
    ),
    Branch(
        "in findings", (_from(KG.mentions),), _some("finding"), 12,
        under=_to(KG.area), nested="in the findings",
    ),
    Branch(
        "in the words", (_from(KG.mentions),), _some("passage"), 10,
        under=_from(KG.supportedBy), nested="in these words", near=True,
    ),
    Branch(
        "named in the same passages as", (_from(KG.mentions, "passage"), _to(KG.mentions)), COMPANY, 14,
        near=True,
    ),
    Branch(
        "figures beside it", (_from(KG.mentions, "passage"), _from(KG.inPassage)), _some("figure"), 6,
        near=True,
    ),
)  # fmt: skip

_AREA = (
    Branch("judged", (_from(KG.area),), _some("judgement"), 10),
    Branch("raises concern", (_from(KG.area),), _some(*CONCERNS), 6),
    *_findings(_from(KG.area), 9),
    Branch("boxes", (_from(KG.area),), _some(*BOXES), 6, under=_to(KG.partOf), nested="recommended"),
    Branch("practice worth sharing", (_from(KG.area),), _some(*PRACTICES), 4),
    Branch("what is needed", (_from(KG.area),), _some("need"), 12, under=_NEED_UNDER, nested=_SO),
    Branch("often named here", (_from(KG.area, "finding"), _to(KG.mentions)), COMPANY, 10, near=True),
    Branch(_FIGURES, (_from(KG.area),), _some("figure"), 6, near=True),
    Branch("part of", (_to(SKOS.inScheme),), _some("framework"), 1),
)

_BODY = (
    Branch("judged by area", (_from(KG.inspectedBody),), _some("judgement"), 16),
    Branch("raises concern", (_from(KG.inspectedBody),), _some(*CONCERNS), 8),
    Branch("boxes", (_from(KG.inspectedBody),), _some(*BOXES), 6, under=_to(KG.partOf), nested="recommended"),
    Branch("practice worth sharing", (_from(KG.inspectedBody),), _some(*PRACTICES), 3),
    *(Branch(f"its {label.plural}", (_from(KG.ownedBy),), _some(label.kind), 5) for label in PARTS),
    Branch(
        "named in its findings", (_from(KG.inspectedBody, "finding"), _to(KG.mentions)),
        COMPANY - _some("place"), 10, foreign=True,
    ),
    *_findings(_from(KG.inspectedBody), 0),
    Branch(_NEEDS, (_from(KG.inspectedBody),), _some("need"), 0, under=_NEED_UNDER, nested=_SO),
    Branch(_FIGURES, (_from(KG.inspectedBody),), _some("figure"), 0),
    Branch("reports", (_from(KG.inspectedBody),), _some("report"), 3),
)  # fmt: skip

_FINDING = (
    Branch("in area", (_to(KG.area),), _some("area"), 1),
    Branch("about", (_to(KG.inspectedBody),), BODIES, 1),
    Branch("so it needs to", (_from(KG.finding),), _some("need"), 8),
    Branch("bears on", (_to(KG.relatedConcern),), _some(*CONCERNS), 4),
    Branch("in these words", (_to(KG.supportedBy),), _some("passage"), 10, near=True),
    Branch(_FIGURES, (_to(KG.hasFigure),), _some("figure"), 10),
    Branch("mentions", (_to(KG.mentions),), COMPANY, 14),
)

_JUDGEMENT = (
    Branch("about", (_to(KG.inspectedBody),), BODIES, 1),
    Branch("in area", (_to(KG.area),), _some("area"), 1, near=True),
    Branch("reasons for it", (_to(KG.supportingReason),), REASONS, 14),
    Branch("partly a reason, partly contrary", (_to(KG.mixedReason),), REASONS, 6),
    Branch("contrary to it", (_to(KG.contraryReason),), REASONS, 6),
)

_POINT = (
    Branch("belongs to", (_to(KG.finding),), _some("finding"), 1),
    Branch("part of", (_to(KG.partOf),), _some(*CONCERNS), 1),
    Branch("recommended", (_from(KG.partOf),), _some(*BOXES), 12),
    Branch("findings that bear on it", (_from(KG.relatedConcern),), _some("finding"), 14),
    Branch("in area", (_to(KG.area),), _some("area"), 6),
    Branch("about", (_to(KG.inspectedBody),), BODIES, 1),
    Branch("from report", (_to(KG.report),), _some("report"), 1),
)

_FIGURE = (
    Branch("measures", (_to(KG.measure),), _some("measure"), 1),
    Branch("compared with", (_to(KG.comparedWith),), _some("figure"), 6),
    Branch("changed from", (_to(KG.changeFrom),), _some("figure"), 6),
    Branch("set against it", (_from(KG.comparedWith),), _some("figure"), 6),
    Branch("changed to", (_from(KG.changeFrom),), _some("figure"), 6),
    Branch("stated in", (_to(KG.inPassage),), _some("passage"), 1),
    Branch("in finding", (_from(KG.hasFigure),), _some("finding"), 2),
    Branch("in area", (_to(KG.area),), _some("area"), 1),
    Branch("about", (_to(KG.inspectedBody),), BODIES, 1),
    Branch("over", (_to(KG.period),), _some("period"), 1),
)

_PASSAGE = (
    Branch("says", (_from(KG.supportedBy),), _some("finding"), 4),
    Branch("mentions", (_to(KG.mentions),), COMPANY | _some("role", "topic"), 16),
    Branch(_FIGURES, (_from(KG.inPassage),), _some("figure"), 12),
    Branch("from report", (_to(KG.report),), _some("report"), 1),
)

_REPORT = (
    Branch("about", (_to(KG.inspectedBody),), BODIES, 1),
    Branch("judged by area", (_from(KG.report),), _some("judgement"), 16),
    Branch("raises concern", (_from(KG.report),), _some(*CONCERNS), 8),
    Branch("boxes", (_from(KG.report),), _some(*BOXES), 8, under=_to(KG.partOf), nested="recommended"),
    Branch("practice worth sharing", (_from(KG.report),), _some(*PRACTICES), 4),
    *_findings(_from(KG.report), 8),
    Branch(_NEEDS, (_from(KG.report),), _some("need"), 0, under=_NEED_UNDER, nested=_SO),
    Branch(_FIGURES, (_from(KG.report),), _some("figure"), 0),
    Branch("under", (_to(KG.framework),), _some("framework"), 1),
)

_GRADE = (Branch("given to", (_from(KG.grade),), _some("judgement"), 40),)

_FRAMEWORK = (
    Branch("areas", (_from(SKOS.inScheme),), _some("area"), 20),
    Branch("reports", (_from(KG.framework),), _some("report"), 20),
    Branch("follows", (_to(KG.previous),), _some("framework"), 1),
    Branch("followed by", (_from(KG.previous),), _some("framework"), 2),
)

_MEASURE = (Branch(_FIGURES, (_from(KG.measure),), _some("figure"), 40),)
_PERIOD = (Branch(_FIGURES, (_from(KG.period),), _some("figure"), 30), *_ENTITY)
_SECTION = (Branch("passages", (_from(KG.inSection),), _some("passage"), 30),)

_SPECIAL = {
    **dict.fromkeys(BODIES, _BODY),
    **dict.fromkeys((*POINTS, "need"), _POINT),
    "area": _AREA,
    "finding": _FINDING,
    "judgement": _JUDGEMENT,
    "figure": _FIGURE,
    "passage": _PASSAGE,
    "report": _REPORT,
    "grade": _GRADE,
    "framework": _FRAMEWORK,
    "measure": _MEASURE,
    "period": _PERIOD,
    "section": _SECTION,
}


def branches_of(kind: str) -> tuple[Branch, ...]:
    """The branches of a thing of this kind, the most telling first.

    >>> [branch.heading for branch in branches_of("judgement")][:2]
    ['about', 'in area']
    """
    return _SPECIAL.get(kind, _ENTITY)
