"""Judgements: the grade of each area, from its judgement sentence, else from the label of its section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.model.records import Judgement, Notice, Span
from kg.model.text.sentences import find_sentences
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import pattern
from kg.nlp.structure.outline import HEADINGS, Part
from kg.nlp.structure.overview import Overview

_LONGEST = 900
"""Characters of a line that may hold a judgement sentence."""
_NEAR = 3
"""Lines below a grade label in which it is said that the grade is an earlier one."""
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})?\.? (?=[A-Z])")


@dataclass(frozen=True, slots=True)
class _Stated:
    judgement: Judgement
    own: bool = True
    """Whether it stands in the section of the area that it grades, or among the grades of an overview."""
    row: bool = False
    """Whether it is a row of a table, which outranks running text."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Judgements; what is stated of areas that are graded in two ways, which are none; what disagrees."""

    judgements: tuple[Judgement, ...] = ()
    undecided: tuple[Judgement, ...] = ()
    notices: tuple[Notice, ...] = ()


def find_judgements(parts: Sequence[Part], words: Words, overview: Overview) -> Judged:
    """One judgement for each area that has a grade, in the order of the text.

    Where the overview and the section of an area grade it differently, it has no judgement.
    """
    sentences = _sentences(parts, words)
    labels = [_Stated(judgement) for judgement in _label_judgements(parts, words)]
    rows = {part.line.start for part in parts if part.line.kind == "row"}
    listed = [_Stated(judgement, row=judgement.start in rows) for judgement in overview.judgements]
    chosen: dict[str, _Stated] = {}
    by_rank = sorted(sentences, key=lambda s: (not s.row, not s.own, s.judgement.start))
    for stated in [*by_rank, *labels, *listed]:
        chosen.setdefault(stated.judgement.area, stated)
    notices = list(overview.notices)
    for stated in [*sentences, *labels]:
        first = chosen[stated.judgement.area].judgement
        if first.grade != stated.judgement.grade:
            notices.append(_disagreement(first, stated.judgement))
    for stated in listed:
        judgement, best = stated.judgement, chosen.get(stated.judgement.area)
        if best is None or best.judgement.grade == judgement.grade:
            continue
        if stated.row and not best.row and not best.own:
            chosen[judgement.area] = stated
            notices.append(_disagreement(judgement, best.judgement))
        else:
            del chosen[judgement.area]
            notices.append(_undecided(best.judgement, judgement))
    every = [stated.judgement for stated in (*sentences, *labels, *listed)]
    kept = [_with_evidence(stated.judgement, every) for stated in chosen.values()]
    open_to = {(one.area, one.grade): one for one in reversed(every) if one.area not in chosen}
    undecided = [_with_evidence(one, every) for one in open_to.values()]
    return Judged(_in_order(kept), _in_order(undecided), tuple(notices))


def _in_order(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    return tuple(sorted(judgements, key=lambda one: (one.start, one.area)))


def _with_evidence(judgement: Judgement, every: Sequence[Judgement]) -> Judgement:
    """The judgement with all places that give its area this grade."""
    same = {one for one in every if (one.area, one.grade) == (judgement.area, judgement.grade)}
    spans = {span for one in same for span in (one.evidence or ((one.start, one.end),))}
    return replace(judgement, evidence=tuple(sorted(spans)))


def _disagreement(kept: Judgement, other: Judgement) -> Notice:
    message = f"{kept.area}: graded {kept.grade} by one line and {other.grade} by another; the first is kept"
    return Notice("grades-disagree", message, other.start, other.end)


def _undecided(section: Judgement, overview: Judgement) -> Notice:
    message = (
        f"{section.area}: graded {section.grade} at {section.start} and {overview.grade} in the overview at "
        f"{overview.start}; none is taken until curation.toml says under grades which is right"
    )
    return Notice("grades-disagree", message, overview.start, overview.end)


def _sentences(parts: Sequence[Part], words: Words) -> list[_Stated]:
    """What judgement sentences and table rows state, in order."""
    found: list[_Stated] = []
    near = False
    for part in parts:
        if part.role == "area":
            near = True
        elif part.role in ("main", "finding") or (part.role == "topic" and not _is_preface(part, words)):
            near = False
        if part.role in ("prose", "lead-in", "row", "topic", "finding") and part.top not in (
            "summary",
            "annex",
        ):
            found.extend(_stated(part, near, words))
    return found


def _is_preface(part: Part, words: Words) -> bool:
    """Whether a heading below an area's heading still opens it: "Summary", the area's question."""
    return words.role_of(part.line.text) == "topic" or words.area_heading(part.line.text)[0] is not None


def _stated(part: Part, near: bool, words: Words) -> Iterator[_Stated]:
    """The judgement of a line: one that names its area, or one directly below the area's heading."""
    if part.box is not None or (part.area is not None and not near) or len(part.line.text) > _LONGEST:
        return
    for nth, (start, end) in enumerate(_pieces(part)):
        found = _area_and_grade(part.line.text[start:end].rstrip("."), part.area if nth == 0 else None, words)
        if found and (nth == 0 or part.area is not None):
            begin = part.line.start
            yield _Stated(
                Judgement(*found, begin + start, begin + end), found[0] == part.area, part.line.kind == "row"
            )
            return


def _pieces(part: Part) -> list[Span]:
    """The sentences of a line; a row of a table is one whole, whatever numbers stand in its cells."""
    if part.role == "row":
        return [(0, len(part.line.text))]
    begin = number.end() if (number := _NUMBER.match(part.line.text)) else 0
    return [(begin + start, begin + end) for start, end in find_sentences(part.line.text[begin:])]


def _area_and_grade(sentence: str, section: str | None, words: Words) -> tuple[str, str] | None:
    """What a sentence grades and how, by the forms of the framework and then by those of its areas."""
    for form in words.judgement_forms:
        if match := form.fullmatch(sentence):
            area = _graded_area(match.groupdict().get("area"), section, words)
            grade = words.grade_of(match["grade"])
            return (area, grade) if area and grade else None
    for form, own in words.area_judgement_forms:
        if (match := form.fullmatch(sentence)) and (grade := words.grade_of(match["grade"])):
            return own.label, grade
    return None


def _graded_area(phrase: str | None, section: str | None, words: Words) -> str | None:
    """The graded area that a phrase is a name of; failing that, the one whose section it stands in."""
    named = words.area_called(phrase) if phrase else None
    own = words.area_labelled(section)
    if named is None and own is not None and phrase and len(phrase.split()) < 2:
        return None
    area = named or own
    return area.label if area and area.graded else None


def _label_judgements(parts: Sequence[Part], words: Words) -> list[Judgement]:
    """Grades of lone label lines: each belongs to the section that it opens, or closes."""
    found = []
    for part in parts:
        if part.role == "area" and part.grade and part.area:
            found.append(Judgement(part.area, part.grade, part.line.start, part.line.end))
    labels = [at for at, part in enumerate(parts) if part.role == "grade" and part.grade and part.area]
    labels = [at for at in labels if not _is_earlier(parts, at)]
    opening = [at for at in labels if _opens(parts, at)]
    graded = {part.area for part in parts if part.role == "area" and part.grade}
    for at in opening or [at for at in labels if _closes(parts, at)]:
        part = parts[at]
        if part.area and part.grade and part.area not in graded and _graded_area(None, part.area, words):
            graded.add(part.area)
            found.append(Judgement(part.area, part.grade, part.line.start, part.line.end))
    return found


def _opens(parts: Sequence[Part], at: int) -> bool:
    """Whether a label stands directly after the heading of its area (notes and repeated headings between)."""
    before = at - 1
    while (
        before >= 0
        and parts[before].area == parts[at].area
        and parts[before].role in ("topic", "grade", "meta")
    ):
        before -= 1
    return before >= 0 and parts[before].role == "area" and parts[before].area == parts[at].area


def _closes(parts: Sequence[Part], at: int) -> bool:
    """Whether a label is the last line of its section."""
    following = parts[at + 1] if at + 1 < len(parts) else None
    return following is None or (following.role in HEADINGS and following.role not in ("main", "topic"))


def _is_earlier(parts: Sequence[Part], at: int) -> bool:
    """Whether the lines below a grade label say that the grade is that of an earlier inspection."""
    for part in parts[at + 1 : at + 1 + _NEAR]:
        if part.role == "area" or part.area != parts[at].area:
            return False
        if pattern("structure", "earlier-grade").search(part.line.text):
            return True
    return False
