"""Judgements: the grade of each area, from its judgement sentence, else from the label of its section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from kg.model.records import Judgement, Known, Notice, Span
from kg.model.text.comparing import with_plain_typography
from kg.model.text.sentences import find_sentences
from kg.nlp.document.lines import bullet_of
from kg.nlp.document.wording import Words, last_year
from kg.nlp.rules.pattern_files import compiled, pattern
from kg.nlp.structure.area_clauses import area_of_clause
from kg.nlp.structure.area_lists import Named, listed_areas
from kg.nlp.structure.earlier_grades import carries_over, heads_earlier, is_earlier_year, says_repeated
from kg.nlp.structure.grade_sentences import (
    Graded,
    read_grades,
    read_lead,
    read_tally,
    read_these,
    tells_another_time,
    tells_past_year,
)
from kg.nlp.structure.outline import HEADINGS, Part
from kg.nlp.structure.overview import Overview
from kg.nlp.structure.overview_lines import grade_of_title, unknown_area

_FILE = "grade-sentences"
_LONGEST = 2500
"""Characters of a line that may hold a judgement sentence."""
_NEAR = 3
"""Lines below a grade label in which it is said that the grade is an earlier one."""
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})?\.? (?=[A-Z])")


@dataclass(frozen=True, slots=True)
class _Stated:
    """A judgement with the kind of place that gives it: one of ``_PLACES``."""

    judgement: Judgement
    place: str


_PLACES = ("row", "section", "sentence", "label", "overview row", "overview", "summary")
"""What is believed first: a row that grades the area by itself, a sentence in the area's section, another
sentence, a label of the section, an overview with tables or without, what the inspector's summary says."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Judgements; what is stated of areas that are graded in two ways, which are none; what disagrees."""

    judgements: tuple[Judgement, ...] = ()
    undecided: tuple[Judgement, ...] = ()
    notices: tuple[Notice, ...] = ()


def find_judgements(
    parts: Sequence[Part], words: Words, overview: Overview, *, labels: bool = True, news: bool = False
) -> Judged:
    """One judgement for each area that has a grade, in the order of the text.

    Where an overview, or a sentence outside the section of an area, grades it otherwise than its section, it
    has no judgement; a row of a table outranks sentences. Without ``labels`` (in news) a grade alone on a
    line is none; ``news`` tells of grades in the past tense.
    """
    sentences, notices = _sentences(parts, words, news)
    own = [_Stated(judgement, "label") for judgement in _label_judgements(parts, words)] if labels else []
    rows = {part.line.start for part in parts if part.line.kind == "row"}
    listed = [_Stated(j, "overview row" if j.start in rows else "overview") for j in overview.judgements]
    every = sorted([*sentences, *own, *listed], key=lambda s: (_PLACES.index(s.place), s.judgement.start))
    chosen: dict[str, _Stated] = {}
    unsettled: set[str] = set()
    notices = [*overview.notices, *notices]
    for stated in every:
        first = chosen.setdefault(stated.judgement.area, stated)
        if first.judgement.grade == stated.judgement.grade:
            continue
        if stated.place == "overview row" and first.place == "sentence":
            chosen[stated.judgement.area] = stated
            notices.append(_disagreement(stated.judgement, first.judgement))
        elif _outranks(first.place, stated.place):
            notices.append(_disagreement(first.judgement, stated.judgement))
        else:
            unsettled.add(stated.judgement.area)
            notices.append(_undecided(first.judgement, stated.judgement))
    said = [stated.judgement for stated in every]
    kept = [_with_evidence(one.judgement, said) for area, one in chosen.items() if area not in unsettled]
    open_to = {(one.area, one.grade): one for one in reversed(said) if one.area in unsettled}
    undecided = [_with_evidence(one, said) for one in open_to.values()]
    return Judged(_in_order(kept), _in_order(undecided), tuple(notices))


def _in_order(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    return tuple(sorted(judgements, key=lambda one: (one.start, one.area)))


def _outranks(first: str, other: str) -> bool:
    """Whether a place is believed against another that grades the same area otherwise."""
    prose = ("section", "sentence", "summary")
    section = ("section", "label")
    return (
        other == "summary" or (first == "row" and other in prose) or (first in section and other in section)
    )


def _with_evidence(judgement: Judgement, every: Sequence[Judgement]) -> Judgement:
    """The judgement with all places that give its area this grade."""
    same = {one for one in every if (one.area, one.grade) == (judgement.area, judgement.grade)}
    spans = {span for one in same for span in one.places}
    return replace(judgement, evidence=tuple(sorted(spans)))


def _disagreement(kept: Judgement, other: Judgement) -> Notice:
    message = f"{kept.area}: graded {kept.grade} by one line and {other.grade} by another; the first is kept"
    return Notice("grades-disagree", message, other.start, other.end)


def _undecided(first: Judgement, other: Judgement) -> Notice:
    message = (
        f"{first.area}: graded {first.grade} at {first.start} and {other.grade} at "
        f"{other.start}; none is taken until curation.toml says under grades which is right"
    )
    return Notice("grades-disagree", message, other.start, other.end)


# --- sentences ----------------------------------------------------------------------------------------


def _sentences(parts: Sequence[Part], words: Words, news: bool) -> tuple[list[_Stated], list[Notice]]:
    """What judgement sentences and table rows state, in order, and what they grade that no area is."""
    found: list[_Stated] = []
    notices: list[Notice] = []
    near, past, context = False, False, _Context(news=news)
    for part, following in zip_longest(parts, parts[1:]):
        if part.role in HEADINGS:  # "Previous Ofsted inspections", with their grades below
            past = heads_earlier(part.line)
        if part.role == "area":
            near = True
        elif part.role in ("main", "finding") or (part.role == "topic" and not _is_preface(part, words)):
            near = False
        context = context.at(part, words)
        may = part.role in _MAY_STATE and part.top != "annex" and part.box is None
        if may and not past and (part.area is None or near) and len(part.line.text) <= _LONGEST:
            said_of = (context.last, following.line.text if following else "")
            read = [] if _is_of_then(*said_of) else list(_stated(part, words, context))
            found += [one for one in read if isinstance(one, _Stated)]
            notices += [one for one in read if isinstance(one, Notice)]
            context = replace(context, earlier=_tells_earlier(part, words, context, read))
        context = replace(context, last=part.line.text)
        if part.role != "item":
            context = replace(context, tally=_tally(part, _pieces(part)[-1], words))
    return found, notices


@dataclass(frozen=True, slots=True)
class _Context:
    """What the lines before say of a line. ``led``: a lead-in has the subject of its bullets. ``lead``: it
    has their grade too, with its place. ``tally``: a sentence right before has the grade of areas that it
    does not name, with its place. ``earlier``: they tell of another inspection. ``last``: the words of the
    line before. ``news``: the line is one of news."""

    led: bool = False
    lead: tuple[str, Part, Span] | None = None
    tally: tuple[str, Span] | None = None
    earlier: bool = False
    last: str = ""
    news: bool = False

    def at(self, part: Part, words: Words) -> _Context:
        if part.role == "item":
            return self
        lead = read_lead(part.line.text, words)
        earlier = self.earlier and part.role not in ("area", "topic", "finding", *HEADINGS)
        return replace(
            self, led=_leads(part, words), lead=(lead[0], part, lead[1]) if lead else None, earlier=earlier
        )


def _tells_earlier(part: Part, words: Words, context: _Context, read: Sequence[_Stated | Notice]) -> bool:
    """Whether what comes after a line goes on about the grades of another inspection."""
    if read:
        return False
    return context.earlier or tells_another_time(part.line.text, words)


_MAY_STATE = ("prose", "lead-in", "row", "topic", "finding", "item")
"""Roles of lines that may hold a judgement sentence."""


def _leads(part: Part, words: Words) -> bool:
    """Whether a line says whose grades the bullets below it are: "HMICFRS judged that the force:"."""
    text = part.line.text
    if part.role == "item" or not text.endswith(":"):
        return False
    subject = words.grading.subject.search(with_plain_typography(text[:-1]))
    return subject is not None and bool(pattern(_FILE, "graded-below").search(text[: subject.start()]))


def _is_preface(part: Part, words: Words) -> bool:
    """Whether a heading below an area's heading still opens it: "Summary", the area's question."""
    return words.role_of(part.line.text) == "topic" or words.area_heading(part.line.text)[0] is not None


def _stated(part: Part, words: Words, context: _Context) -> Iterator[_Stated | Notice]:
    """The judgements of a line, and a notice for a name in quotes that no area has."""
    begin, row, tally = part.line.start, part.line.kind == "row", context.tally
    earlier, news, dated = context.earlier, context.news, False
    if part.role == "item" and context.lead and (listed := _in_list(part, context.lead, words)):
        yield listed
        return
    if part.role == "item" and part.area is None and (sorted_by_grade := _by_grade(part, words)):
        yield from sorted_by_grade
        return
    pieces = _pieces(part)
    for nth, (start, end) in enumerate(pieces):
        sentence = part.line.text[start:end]
        before, after = _beside(part, pieces, nth)
        if pattern(_FILE, "all-quoted").fullmatch(sentence) or _is_of_then(before, after):
            continue
        by_form = _by_form(sentence.rstrip("."), part.area if nth == 0 else None, words)
        if by_form and (nth == 0 or part.area is not None):
            place = "row" if row else "section" if by_form[0] == part.area else "sentence"
            area, grade, said = by_form
            known = tuple(
                Known(slot, "stated", begin + start + a, begin + start + b) for slot, (a, b) in said
            )
            yield _Stated(Judgement(area, grade, begin + start, begin + end, known=known), place)
            return
        if row:
            continue
        if tally and part.area is None:
            yield from _of_tally(part, start, tally, read_these(sentence, tally[0], words))
        tally = _tally(part, (start, end), words)
        shared = context.led or (part.role == "item" and nth == 0)
        for one in read_grades(sentence, words, subject=shared, earlier=earlier, dated=dated, news=news):
            label = one.area or (_own_area(one.name, part.area, words) if nth == 0 else None)
            name, given = ((begin + start + a, begin + start + b) for a, b in (one.named, one.graded))
            if label is not None and not _may_grade(label, part.area, words):
                continue
            if one.own and part.area is None:
                label = one.name
                yield _own(one.name, name)
            if label is not None:
                known = (Known("area", "stated", *name), Known("grade", "stated", *given))
                judgement = Judgement(label, one.grade, begin + start, begin + end, known=known)
                outside = "summary" if part.top == "summary" else "sentence"
                yield _Stated(judgement, "section" if label == part.area else outside)
            elif part.area is None and part.line.text[name[0] - begin - 1 :][:1] in "‘'“\"":
                yield unknown_area(Named(one.name, None, *name), one.grade)
        dated = dated or tells_past_year(sentence, words)


def _beside(part: Part, pieces: Sequence[Span], nth: int) -> tuple[str, str]:
    """The sentences of a line before and after one of them."""
    before, after = pieces[:nth][-1:], pieces[nth + 1 :][:1]
    return (
        part.line.text[slice(*before[0])] if before else "",
        part.line.text[slice(*after[0])] if after else "",
    )


def _is_of_then(before: str, after: str) -> bool:
    """Whether what stands before or after words says that they are of an earlier inspection: "That was our
    grade in 2021."."""
    told = pattern(_FILE, "that-was")
    return any(told.match(text) for text in (before, after) if len(text) <= _LONGEST)


def _tally(part: Part, piece: Span, words: Words) -> tuple[str, Span] | None:
    """The grade, with its place in the text, that a sentence of a line gives without naming the areas."""
    begin = part.line.start + piece[0]
    if part.area is not None or part.role not in _MAY_STATE:
        return None
    found = read_tally(part.line.text[slice(*piece)], words)
    return (found[0], (begin + found[1][0], begin + found[1][1])) if found else None


def _of_tally(part: Part, start: int, tally: tuple[str, Span], listed: Sequence[Graded]) -> Iterator[_Stated]:
    """The judgements of areas that a sentence lists, with the grade of the one before it."""
    grade, given = tally
    at = part.line.start + start
    for one in listed:
        if one.area is not None:
            name = (at + one.named[0], at + one.named[1])
            known = (Known("area", "stated", *name), Known("grade", "carried", *given))
            evidence = (given, name)
            yield _Stated(Judgement(one.area, grade, *name, evidence, known), "sentence")


def _own(name: str, span: Span) -> Notice:
    said = f"“{name}” is graded and is no area of the framework: it is kept as an area of this report"
    return Notice("area-not-in-framework", said, *span)


def _may_grade(label: str, section: str | None, words: Words) -> bool:
    """Whether a sentence in the section of an area may grade another: a part of it. (Under legitimacy "it is
    outstanding at keeping people safe" says nothing of effectiveness.)"""
    area = words.area_labelled(label)
    return section is None or label == section or (area is not None and area.broader == section)


def _in_list(part: Part, lead: tuple[str, Part, Span], words: Words) -> _Stated | None:
    """The judgement of a bullet that is an area, with the grade of the lead-in above it."""
    grade, head, (first, last) = lead
    text = part.line.text
    begin = bullet_of(text)[1]
    name = re.sub(r"[;,.]?(?: and)?\s*\Z", "", text[begin:])
    name = re.sub(r" \([^()]*\)\Z", "", name)  # “Understanding risks (identifying those that …)”
    area = words.grading.area_in(name)
    if area is None:
        return None
    start = part.line.start + begin
    known = (
        Known("area", "stated", start, start + len(name)),
        Known("grade", "carried", head.line.start + first, head.line.start + last),
    )
    evidence = ((head.line.start, head.line.end), (part.line.start, part.line.end))
    place = "summary" if part.top == "summary" else "section" if area == part.area else "sentence"
    return _Stated(Judgement(area, grade, part.line.start, part.line.end, evidence, known), place)


def _by_grade(part: Part, words: Words) -> list[_Stated]:
    """The judgements of a bullet that is a grade with its areas: "Good – in preventing crime and A"."""
    text = with_plain_typography(part.line.text)
    begin = bullet_of(text)[1]
    match = compiled(rf"['\"]?(?P<grade>{words.grade})['\"]?(?: ?[-:] ?| )(?:(?:in|at|for) )?").match(
        text, begin
    )
    grade = words.grade_of(match["grade"]) if match else None
    if match is None or grade is None:
        return []
    listed, rest = listed_areas(text[match.end() :], words)
    if not listed or rest.strip(" .;,") not in ("", "and") or not all(area for area, _ in listed):
        return []
    at, line = part.line.start, part.line
    said = Known("grade", "stated", at + match.start("grade"), at + match.end("grade"))
    found = []
    for area, (first, last) in listed:
        known = (Known("area", "stated", at + match.end() + first, at + match.end() + last), said)
        found.append(_Stated(Judgement(area or "", grade, line.start, line.end, known=known), "sentence"))
    return found


def _own_area(name: str, section: str | None, words: Words) -> str | None:
    """The area in whose section a sentence stands, if the words that it grades are all of that area, and not
    a part of it: "answering and attending calls" for "Responding to the public"."""
    own = words.area_labelled(section)
    if own is None or not own.graded:
        return None
    return own.label if area_of_clause(name, words.areas) is own else None


def _pieces(part: Part) -> list[Span]:
    """The sentences of a line; a row of a table is one whole, whatever numbers stand in its cells."""
    if part.role == "row":
        return [(0, len(part.line.text))]
    begin = number.end() if (number := _NUMBER.match(part.line.text)) else 0
    begin = max(begin, bullet_of(part.line.text)[1] if part.role == "item" else 0)
    return [(begin + start, begin + end) for start, end in find_sentences(part.line.text[begin:])]


def _by_form(
    sentence: str, section: str | None, words: Words
) -> tuple[str, str, tuple[tuple[str, Span], ...]] | None:
    """What a sentence or row grades and how, by the forms of the framework and then by those of its areas,
    with the spans of the words of area and grade."""
    for form in words.judgement_forms:
        if match := form.fullmatch(sentence):
            area = _graded_area(match.groupdict().get("area"), section, words)
            grade = words.grade_of(match["grade"])
            if area and grade:
                return area, grade, _spans(match)
            break  # it names no area of ours by this form; perhaps by one of an area
    for form, own in words.area_judgement_forms:
        if (match := form.fullmatch(sentence)) and (grade := words.grade_of(match["grade"])):
            return own.label, grade, _spans(match)
    return None


def _spans(match: re.Match[str]) -> tuple[tuple[str, Span], ...]:
    return tuple((slot, match.span(slot)) for slot in ("area", "grade") if slot in match.groupdict())


def _graded_area(phrase: str | None, section: str | None, words: Words) -> str | None:
    """The graded area that a phrase is a name of; failing that, the one whose section it stands in."""
    named = words.area_called(phrase) if phrase else None
    own = words.area_labelled(section) if phrase is None else None
    area = named or own
    return area.label if area and area.graded else None


# --- labels -------------------------------------------------------------------------------------------


def _label_judgements(parts: Sequence[Part], words: Words) -> list[Judgement]:
    """Grades on headings, and of lone label lines: each belongs to the section that it opens, or closes."""
    heads = [at for at, part in enumerate(parts) if part.role == "area" and part.area]
    found = [_labelled(parts[at], parts[at], words) for at in heads if parts[at].grade]
    labels = [at for at, part in enumerate(parts) if part.role == "grade" and part.grade and part.area]
    remarks = {at: _remark(parts, at) for at in labels}
    labels = [at for at, remark in remarks.items() if remark is None or carries_over(remark.line.text)]
    labels = [at for at in labels if not is_earlier_year(parts[at - 1].line.text, words)]
    opening = [at for at in labels if _opens(parts, at, words)]
    found += _of_title(parts, words)
    graded = {judgement.area for judgement in found}
    for at in opening or [at for at in labels if _closes(parts, at)]:
        part = parts[at]
        if part.area and part.area not in graded and _graded_area(None, part.area, words):
            graded.add(part.area)
            above = [head for head in heads if head < at and parts[head].area == part.area]
            judgement = _labelled(part, parts[above[-1]] if above else None, words)
            found.append(_carried(judgement, remark) if (remark := remarks[at]) else judgement)
    return found


def _carried(judgement: Judgement, remark: Part) -> Judgement:
    """The judgement of a label whose grade a remark below it says to be carried over."""
    known = tuple(replace(k, how="carried") if k.slot == "grade" else k for k in judgement.known)
    spans = ((judgement.start, judgement.end), (remark.line.start, remark.line.end))
    return replace(judgement, evidence=spans, known=known)


def _of_title(parts: Sequence[Part], words: Words) -> list[Judgement]:
    """The grade alone below a title that names one area."""
    title = next((part for part in parts if part.role == "title"), None)
    found = grade_of_title([part.line for part in parts], title.line if title else None, words)
    if found is None:
        return []
    area, at = found
    grade = words.grade_line(parts[at].line.text)
    return [_labelled(replace(parts[at], area=area, grade=grade), title, words)] if grade else []


def _labelled(part: Part, heading: Part | None, words: Words) -> Judgement:
    """The judgement of a label, or of a heading with its grade, whose area ``heading`` names."""
    assert part.area is not None and part.grade is not None
    line = part.line
    known = []
    if heading is not None:
        how = "stated" if heading is part else "carried"
        own = heading.line
        known.append(Known("area", how, own.start, own.start + len(words.head_of(own.text))))
    grades = [m for m in compiled(words.grade).finditer(line.text) if words.grade_of(m[0]) == part.grade]
    if grades:
        first, last = grades[-1].span()
        known.append(Known("grade", "stated", line.start + first, line.start + last))
    return Judgement(part.area, part.grade, line.start, line.end, known=tuple(known))


def _opens(parts: Sequence[Part], at: int, words: Words) -> bool:
    """Whether a label stands directly after the heading of its area (notes and repeated headings between).

    One below the heading of a part of it ("Call handling") is the grade of that part.
    """
    before = at - 1
    while (
        before >= 0
        and parts[before].area == parts[at].area
        and parts[before].role in ("topic", "grade", "meta")
        and not (parts[before].line.kind == "heading" and _is_of_part(parts[before], words))
    ):
        before -= 1
    return before >= 0 and parts[before].role == "area" and parts[before].area == parts[at].area


def _is_of_part(part: Part, words: Words) -> bool:
    """Whether a heading names a part of an area: neither the area again, nor a year, nor what it is for."""
    text = part.line.text
    empty = any(pattern("structure", name).fullmatch(text) for name in ("no-area-name", "findings.below"))
    again = words.area_heading(text)[0] is not None or last_year(text) is not None
    return part.role == "topic" and not empty and not again


def _closes(parts: Sequence[Part], at: int) -> bool:
    """Whether a label is the last line of its section."""
    following = parts[at + 1] if at + 1 < len(parts) else None
    return following is None or (following.role in HEADINGS and following.role not in ("main", "topic"))


def _remark(parts: Sequence[Part], at: int) -> Part | None:
    """The line below a grade label that says that the grade is that of an earlier inspection."""
    for part in parts[at + 1 : at + 1 + _NEAR]:
        if part.role == "area" or part.area != parts[at].area:
            return None
        if says_repeated(part.line.text):
            return part
    return None
