"""The lines that open a box: "Cause of concern", "Recommendation 3", "Area for improvement: custody".

A tally ("9 areas for improvement", "Areas for improvement: 3") opens none, nor does a label that says that
there are none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.model.frameworks import BoxDef
from kg.model.text.comparing import without_punctuation
from kg.nlp.document.lines import Line
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import load_patterns, pattern

LONGEST = 300
"""Characters: no label of a box is longer, with what stands behind it."""
_COUNT = re.compile(r"\d{1,3}\s+\S")
_NUMBERED = re.compile(r"(.+?)(?:\s+(\d{1,3}|(?<!s )[A-H]))?\s*:?")
_WITH_REST = re.compile(r"(.+?)(?:\s+(\d{1,3}|(?<!s )[A-H]))?(?::|\s+[–—-])\s+(\S.*)")
_SHORT = {"concern": "cause-of-concern", "action": "recommendation"}
"""What trackers call kinds of boxes, where a status stands on the next line."""


@dataclass(frozen=True, slots=True)
class BoxLabel:
    """What a label line says: the kind of box, its number, and whether it is plural.

    ``rest`` are the words behind a colon or dash, an area or a title; ``rest_at`` where they begin in the
    line. ``tracked`` labels have the status of their item below them.
    """

    kind: str
    number: str | None = None
    plural: bool = False
    rest: str | None = None
    rest_at: int = 0
    tracked: bool = False


def box_label(text: str, words: Words) -> BoxLabel | None:
    """The label that a line is, or None: "Recommendation 3", "Areas for improvement", "AFI – custody"."""
    line = text.strip()
    if len(line) > LONGEST:
        return None
    known = _labels(words.boxes)
    match = _NUMBERED.fullmatch(line)
    found = known.get(without_punctuation(match[1])) if match else None
    if match and found:
        kind, plural = found
        tally = _COUNT.match(line) is not None or (plural and match[2] is not None)
        return None if tally else BoxLabel(kind, match[2], plural)
    return _with_rest(line, known)


def is_tally(text: str, words: Words) -> bool:
    """Whether a line only counts boxed items: "9 areas for improvement", "Causes of concern: 2"."""
    line = text.strip()
    match = _NUMBERED.fullmatch(line) if len(line) <= LONGEST else None
    known = match is not None and without_punctuation(match[1]) in _labels(words.boxes)
    return known and box_label(line, words) is None


def _with_rest(line: str, known: Mapping[str, tuple[str, bool]]) -> BoxLabel | None:
    match = _WITH_REST.fullmatch(line)
    found = known.get(without_punctuation(match[1])) if match else None
    if match is None or found is None or re.match(r"\d", line):
        return None
    kind, plural = found
    if pattern("boxes", "none").match(match[3]) or line_status(match[3]) or match[3].strip("() ").isdigit():
        return None
    return BoxLabel(kind, match[2], plural, match[3], match.start(3))


def tracked_label(lines: Sequence[Line], at: int, words: Words) -> BoxLabel | None:
    """The label of a line of a tracker, below which the item's status stands: "Concern", then "Open"."""
    if at + 1 >= len(lines) or line_status(lines[at + 1].text) is None:
        return None
    label = box_label(lines[at].text, words)
    if label is not None and label.rest is None:
        return BoxLabel(label.kind, label.number, tracked=True)
    match = _NUMBERED.fullmatch(lines[at].text.strip())
    kind = _SHORT.get(without_punctuation(match[1])) if match and len(lines[at].text) < 40 else None
    return BoxLabel(kind, match[2], tracked=True) if match and kind else None


def line_status(text: str) -> str | None:
    """The status that a line of a tracker says and nothing else: open, closed or superseded."""
    forms = (form for form in load_patterns("boxes") if form.role == "line-status")
    return next((form.value for form in forms if form.regex.match(text.strip())), None)


def area_behind(label: BoxLabel, words: Words) -> str | None:
    """The area that stands behind a label: "Cause of concern: managing offenders"."""
    if label.rest is None:
        return None
    area = words.area_called(label.rest.rstrip("."))
    if area is None and not label.rest.endswith(".") and len(label.rest.split()) <= 8:
        named = words.areas_named(label.rest)
        area = named[0] if len(named) == 1 else None
    return area.label if area else None


@cache
def _labels(boxes: tuple[BoxDef, ...]) -> Mapping[str, tuple[str, bool]]:
    """Kind and whether it is plural for each label of a framework; the first label of a kind is singular."""
    return {
        without_punctuation(label): (
            box.kind,
            label != box.labels[0] and without_punctuation(label).split()[0].endswith("s"),
        )
        for box in boxes
        for label in box.labels
    }
