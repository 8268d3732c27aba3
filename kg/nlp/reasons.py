"""Why an area was graded as it was: which statements of the report speak for its grade, and which against it.

The text seldom says “because”, so most reasons are worked out: what stands in the section of the area, what
the inspector states concern about, and what is said elsewhere about topics that belong to the area. A report
may say itself that one section bears on the grades of others (“it influences graded judgments in the other
areas”): its words are kept. A grade that is given for shortcomings is supported by what finds fault and not
by what praises, one for strengths the other way round; a middle grade is supported by both.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from kg.model.frameworks import AreaDef, Framework
from kg.model.records import Box, Concern, Extraction, Finding, Judgement, Need, Reason, Span, Subject
from kg.model.text.sentences import sentence_around
from kg.model.topics import areas_of_topic
from kg.nlp.bearing import (
    favours,
    finds_fault,
    finds_strength,
    gives_verdict,
    is_aside,
    is_bare_ratio,
    is_seen_to,
    is_unasserted,
    sentences_of,
    sign_of,
    stands_for,
)
from kg.nlp.document.wording import Words
from kg.nlp.own_words import Said, find_own_words
from kg.nlp.plain_facts import PlainFacts
from kg.nlp.rules.pattern_files import compiled, load_patterns, one_of, pattern
from kg.nlp.structure.polarity import clause_spans, polarity
from kg.nlp.subjects import Told, statements
from kg.nlp.telling_figures import TellingFigures

_FILE = "reasons"
OF_BASIS = {
    "because": "0.8", "concern": "0.6", "summary": "0.6", "section": "0.4", "part": "0.4",
    "influence": "0.2", "fact": "0.2", "subject": "0",
}  # fmt: skip
"""The weight of a reason is that of its basis and that of its kind: no kind outweighs a basis."""
OF_KIND = {
    "cause-of-concern": "0.19", "concern": "0.17", "judgement": "0.16", "area-for-improvement": "0.15",
    "innovative-practice": "0.12", "promising-practice": "0.12", "finding": "0.12", "figure": "0.06",
    "need": "0.04", "recommendation": "0.02", "fact": "0.01",
}  # fmt: skip
OF_SHARE = Decimal("0.04")
"""What a case review of nothing but faults (or of none) adds to the weight of a figure."""
_BETWEEN = ".{0,300}?"
"""What may stand between a grade and “because”: bounded, as is all that is looked for around a place."""
_NEAR = 2000
"""Characters on each side of the words that give a grade in which its ground is looked for."""
_MOST_PARAGRAPHS = 30
"""How many lines behind a grade are looked at."""
_MOST_SAID = 50
"""How many sentences on what influences grades are looked at."""
_ENOUGH = 6
"""Up to how many reasons for a grade plain facts are given: where many statements praise or find fault in so
many words, they would bury them."""
_ASKING = frozenset({"cause-of-concern", "area-for-improvement"})
"""Boxes in which a sentence may ask for more than their title does."""
_AGAINST = {"positive": "negative", "negative": "positive"}
_LEAST = Decimal("0.5")
"""How much of a statement has to speak of a topic that its own words do not name."""


@dataclass(frozen=True, slots=True)
class _Bearing:
    """Words that praise, find fault, or both, of one statement; ``areas`` it stands in or is stated about.

    ``subjects`` are the further areas that what it is about belongs to, and ``only`` the one of them that all
    of it belongs to;
    """

    kind: str
    index: int
    rank: str
    sign: str
    words: tuple[Span, ...]
    areas: tuple[str, ...]
    subjects: frozenset[str]
    only: str | None
    share: Decimal = Decimal(0)


def find_reasons(
    extraction: Extraction, subjects: Sequence[Subject], framework: Framework | None
) -> tuple[Reason, ...]:
    """The reasons for each judgement in its order: by weight, then in the order of the text.

    ``subjects`` are what statements are about (``find_subjects``). What neither praises nor finds fault is no
    reason.
    """
    judged = {judgement.area for judgement in extraction.judgements}
    bearings = list(_bearings(extraction, subjects, framework, frozenset(judged)))
    text = extraction.report.text
    influences = _influences(extraction, framework, judged)
    said = tuple(find_own_words(extraction, framework))
    found: list[Reason] = []
    for number, judgement in enumerate(extraction.judgements):
        side = _side(judgement, framework)
        known = _Judged(
            number, judgement.area, side, _because_of(judgement, framework), influences,
            _below(judgement.area, framework),
        )  # fmt: skip
        own = [*_stated(extraction, number, judgement, side), *_parts(extraction, number, framework)]
        own += _summed_up(extraction, number, framework)
        own += _said(number, (one for one in said if one.area == judgement.area), side)
        told = (_reason(text, bearing, known) for bearing in bearings)
        own += [reason for reason in told if reason is not None]
        once = list(_once(text, sorted(own, key=lambda reason: (-reason.weight, reason.words))))
        found += _with_facts(once)
    return tuple(found)


def _with_facts(reasons: Sequence[Reason]) -> Iterator[Reason]:
    """The reasons for one grade, with as many statements about its parts, and then plain facts, as there is
    room for: of each in turn the most telling first."""
    further = [reason for reason in reasons if _is_further(reason)]
    room = _ENOUGH - sum(len(r.words) for r in reasons if r.bearing == "supports" and not _is_further(r))
    turns = [
        (reason.basis == "fact", turn, number, words)
        for number, reason in enumerate(further)
        for turn, words in enumerate(reason.words)
    ]
    chosen: dict[int, list[Span]] = {}
    for _, _, number, words in sorted(turns)[: max(room, 0)]:
        chosen.setdefault(number, []).append(words)
    yield from (reason for reason in reasons if not _is_further(reason))
    yield from (replace(further[n], words=tuple(sorted(words))) for n, words in sorted(chosen.items()))


def _is_further(reason: Reason) -> bool:
    """Whether it is given only where there are few others: a fact, a statement about a part of the area."""
    return reason.basis == "fact" or (reason.basis == "part" and reason.kind != "judgement")


def _below(area: str, framework: Framework | None) -> frozenset[str]:
    """The areas that stand under an area: the questions of a pillar."""
    return frozenset(one.label for one in (framework.areas if framework else ()) if one.broader == area)


def _once(text: str, reasons: Iterable[Reason]) -> Iterator[Reason]:
    """The reasons for one grade, weightiest first, each without words that stand in another of the same
    sign, hold most of them or say the same again (a summary may stand in a report twice); a concern without
    any that another has."""
    taken: dict[str, bytearray] = {}
    said: set[tuple[str, str]] = set()
    for reason in reasons:
        places = taken.setdefault(reason.sign, bytearray(len(text)))
        words = []
        for start, end in reason.words:
            plain = reason.sign, " ".join(text[start:end].split())
            doubled = sum(places[start:end])
            if plain in said or 2 * doubled > end - start or (doubled and reason.kind == "concern"):
                continue
            said.add(plain)
            words.append((start, end))
            places[start:end] = b"\1" * (end - start)
        if words:
            yield replace(reason, words=tuple(words))


def lacking(
    extraction: Extraction, number: int, reasons: Iterable[Reason], framework: Framework | None
) -> str:
    """What would support a grade and the area's own section does not state: ``shortcoming`` or ``strength``;
    ``section`` where the report has none on the area; else nothing."""
    judgement = extraction.judgements[number]
    side = _side(judgement, framework)
    if not any(section.area == judgement.area for section in extraction.sections):
        own = (r for r in reasons if r.judgement == number and r.basis in ("because", "part"))
        return "" if any(own) else "section"
    stated: list[Finding | Box | Need] = [*extraction.findings, *extraction.boxes, *extraction.needs]
    if side not in _AGAINST or all(one.area != judgement.area for one in stated):
        return ""  # a section without a statement may say it in other words
    own = (reason for reason in reasons if reason.judgement == number and reason.bearing != "contrary")
    if any(r.basis in ("because", "section", "part") or (r.basis, r.kind) == ("concern", "box") for r in own):
        return ""
    return "shortcoming" if side == "negative" else "strength"


def _side(judgement: Judgement, framework: Framework | None) -> str:
    """What a grade is given for: ``positive``, ``negative`` or, of a middle or unknown one, ``mixed``."""
    grades = framework.grades if framework else ()
    return next((g.polarity for g in grades if g.notation == judgement.grade and g.polarity), "mixed")


@dataclass(frozen=True, slots=True)
class _Judged:
    """A judgement as reasons are weighed for it: ``because`` is what gives a ground for its grade,
    ``below`` are the areas that stand under its own."""

    number: int
    area: str
    side: str
    because: re.Pattern[str]
    influences: Mapping[str, tuple[Span, frozenset[str]]]
    below: frozenset[str] = frozenset()


def _because_of(judgement: Judgement, framework: Framework | None) -> re.Pattern[str]:
    """A grade by one of its names and, behind it, “because”."""
    grades = framework.grades if framework else ()
    names = next((g.names for g in grades if g.notation == judgement.grade), (judgement.grade,))
    return compiled(
        rf"\b{one_of(map(re.escape, names))}\b{_BETWEEN}(?:{pattern(_FILE, 'because').pattern})",
        re.IGNORECASE,
    )


def _reason(text: str, told: _Bearing, judged: _Judged) -> Reason | None:
    """What words have to do with one judgement; None if nothing."""
    ground = None
    if told.rank == "fact" and told.sign != judged.side and judged.side != "mixed":
        return None
    if judged.area in told.areas:
        basis = "concern" if told.rank in ("concern", "cause-of-concern") else "section"
        if (
            told.kind == "finding"
            and told.sign == judged.side
            and judged.because.search(text, *told.words[0])
        ):
            basis = "because"
    elif judged.area in told.subjects:
        there = (judged.influences[area] for area in told.areas if area in judged.influences)
        span, reached = next(there, (None, frozenset[str]()))
        if judged.area in reached:
            basis, ground = "influence", span
        elif judged.area == told.only:
            basis = "subject"
        else:
            return None
    elif judged.below.intersection(told.areas) and told.rank not in ("figure", "recommendation"):
        if told.sign != judged.side:
            return None
        basis = "part"
    else:
        return None
    basis = "fact" if told.rank == "fact" else basis
    weight = Decimal(OF_BASIS[basis]) + Decimal(OF_KIND[told.rank]) + told.share * OF_SHARE
    return Reason(
        judged.number, told.kind, told.index, basis, _bearing(told.sign, judged.side), told.sign,
        weight.quantize(Decimal("0.001")), told.words, ground,
    )  # fmt: skip


def _bearing(sign: str, side: str) -> str:
    return "supports" if side in (sign, "mixed") else "mixed" if sign == "mixed" else "contrary"


def _parts(extraction: Extraction, number: int, framework: Framework | None) -> Iterator[Reason]:
    """The judgements of the areas that a graded area has for parts: of a pillar, its questions; of an overall
    one, those that the framework says it is made of."""
    above = extraction.judgements[number]
    areas = framework.areas if framework else ()
    within = set(_below(above.area, framework))
    within |= {part for area in areas if area.label == above.area for part in area.parts}
    weight = Decimal(OF_BASIS["part"]) + Decimal(OF_KIND["judgement"])
    for index, part in enumerate(extraction.judgements):
        if part.area in within:
            sign = _side(part, framework)
            bearing = _bearing(sign, _side(above, framework))
            yield Reason(
                number,
                "judgement",
                index,
                "part",
                bearing,
                sign,
                weight,
                (part.quotation(extraction.report.text),),
            )


def _summed_up(extraction: Extraction, number: int, framework: Framework | None) -> Iterator[Reason]:
    """What the report itself says in sum on a grade that is made of others: the paragraphs right behind the
    line that gives it, and those of the section that sums it up; “… inadequate because:” is its title too.

    Paragraphs on a graded area that is no part of it (the safeguarding board) are left out.
    """
    text, judgement = extraction.report.text, extraction.judgements[number]
    areas = framework.areas if framework else ()
    made = next((area for area in areas if area.label == judgement.area and area.parts), None)
    if framework is None or made is None:
        return
    words = Words(framework, framework.wording, framework.boxes, framework.kinds)
    told: dict[tuple[str, str], dict[Span, None]] = {}
    said: set[str] = set()  # a summary may stand in a report twice
    side = _side(judgement, framework)
    paragraphs = dict.fromkeys(_summaries(extraction, made, judgement))
    for basis, span in sorted(paragraphs, key=lambda one: one[0] != "because"):
        about = words.area_about((text[slice(*span)], 1))
        if about is not None and about.graded and not _is_within(about, made):
            continue
        for sentence in sentences_of(text, span):
            plain = " ".join(text[slice(*sentence)].split())
            if plain not in said and (sign := stands_for(plain)):
                said.add(plain)
                told.setdefault((basis if sign == side else "section", sign), {})[sentence] = None
    for (basis, sign), sentences in told.items():
        weight = Decimal(OF_BASIS[basis]) + Decimal(OF_KIND["finding"])
        bearing = _bearing(sign, side)
        yield Reason(number, "judgement", number, basis, bearing, sign, weight, tuple(sorted(sentences)))


def _said(number: int, said: Iterable[Said], side: str) -> Iterator[Reason]:
    """What is said of an area in sentences of their own, as reasons for its judgement."""
    told: dict[tuple[str, str], list[Span]] = {}
    for one in said:
        told.setdefault((one.basis, one.sign), []).append(one.words)
    for (basis, sign), sentences in told.items():
        weight = Decimal(OF_BASIS[basis]) + Decimal(OF_KIND["finding"])
        yield Reason(number, "judgement", number, basis, _bearing(sign, side), sign, weight, tuple(sentences))


def _is_within(area: AreaDef, made: AreaDef) -> bool:
    """Whether an area is one that is made of others, a part of it, or stands under such a part."""
    return area.label in (made.label, *made.parts) or area.broader in made.parts


def _summaries(extraction: Extraction, made: AreaDef, judgement: Judgement) -> Iterator[tuple[str, Span]]:
    """The paragraphs that sum up an area, each with its basis. Of several sections with one form of title the
    first is meant; others sum up what they stand in."""
    text = extraction.report.text
    for form in made.summary_patterns:
        title = compiled(form, re.IGNORECASE)
        section = next((s for s in extraction.sections if title.fullmatch(s.title)), None)
        if section is not None:
            because = pattern(_FILE, "because").search(section.title)
            for span in _lines(text, section.start, section.end):
                yield "because" if because else "section", span
    for place in judgement.places:
        for span in _paragraphs_behind(text, place[1]):
            yield "section", span


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def _paragraphs_behind(text: str, position: int) -> Iterator[Span]:
    """The lines of running text that follow the line of a position, up to one that is none: a heading, an
    item of a list, a row."""
    start = text.find("\n", position) + 1
    for span in islice(_lines(text, start, len(text)), _MOST_PARAGRAPHS if start else 0):
        if not pattern(_FILE, "paragraph").match(text[slice(*span)]):
            return
        yield span


# --- the statements of a report, by what they praise and find fault with -----------------------------


def _bearings(
    extraction: Extraction, subjects: Sequence[Subject], framework: Framework | None, judged: frozenset[str]
) -> Iterator[_Bearing]:
    """All statements that praise or find fault; one that turns against its heading is two."""
    about: dict[tuple[str, int], list[Subject]] = {}
    for subject in subjects:
        about.setdefault((subject.kind, subject.index), []).append(subject)
    figures = TellingFigures(extraction)
    needs = _needs_of_their_own(extraction)
    taken = _starts(
        [(need.start, need.end) for n, need in enumerate(extraction.needs) if n in needs] + figures.sentences
    )
    all_needs = _starts((need.start, need.end) for need in extraction.needs)
    told_here = list(statements(extraction))
    facts, claims = PlainFacts(extraction, figures), _claims(extraction, told_here)
    for told in told_here:
        if told.kind == "need" and told.index not in needs:
            continue
        areas, rank = _areas_of(extraction, told, derived=False), _rank_of(extraction, told)
        topics = about.get((told.kind, told.index), [])
        derived = frozenset(_areas_of(extraction, told, derived=True))
        elsewhere = _elsewhere(topics, areas, rank, framework, judged) | judged & derived
        only = _only_area(topics, areas, derived, framework, headed=_is_headed(extraction, told))
        known: set[int] = set()
        claimed = False
        for sign, words in _sides(extraction, told, taken, figures.small):
            own = told.words in words
            yield _Bearing(told.kind, told.index, rank, sign, words, areas, elsewhere, only)
            known |= _starts(words)
            claimed = claimed or own
        for number, sign, share, sentence in figures.below(told):
            yield _Bearing("figure", number, "figure", sign, (sentence,), areas, elsewhere, only, share=share)
            known.add(sentence[0])
        for sign in ("positive", "negative") if claimed else ():
            if told.sign in (sign, "mixed"):
                about_area = " ".join(claims.get((area, sign), "") for area in areas)
                plain = facts.below(told, sign, about_area, known | all_needs)
                if plain:
                    yield _Bearing(told.kind, told.index, "fact", sign, plain, areas, elsewhere, only)


def _claims(extraction: Extraction, told_here: Iterable[Told]) -> dict[tuple[str, str], str]:
    """The headings and titles about each area, by how they speak."""
    found: dict[tuple[str, str], list[str]] = {}
    for told in told_here:
        words = extraction.report.text[slice(*told.words)]
        if told.kind in ("finding", "box") and not words.rstrip().endswith("."):
            for area in _areas_of(extraction, told, derived=False):
                found.setdefault((area, told.sign), []).append(words)
    return {key: " ".join(words) for key, words in found.items()}


def _areas_of(extraction: Extraction, told: Told, *, derived: bool) -> tuple[str, ...]:
    """The areas that a statement names or stands under; or else (``derived``) those worked out for it."""
    record = _record(extraction, told)
    areas = record.areas if isinstance(record, Concern) else (record.area,)
    is_derived = any(known.slot == "area" and known.how == "derived" for known in record.known)
    return tuple(area for area in areas if area is not None) if is_derived is derived else ()


def _record(extraction: Extraction, told: Told) -> Finding | Box | Need | Concern:
    records: dict[str, Sequence[Finding] | Sequence[Box] | Sequence[Need] | Sequence[Concern]]
    records = {
        "finding": extraction.findings, "box": extraction.boxes,
        "need": extraction.needs, "concern": extraction.concerns,
    }  # fmt: skip
    return records[told.kind][told.index]


def _is_headed(extraction: Extraction, told: Told) -> bool:
    """Whether the area of a statement is that which the title of its section is about, not its own words."""
    start, end = told.words
    known = (known for known in _record(extraction, told).known if known.slot == "area")
    return any(one.end <= start or one.start >= end for one in known)


def _rank_of(extraction: Extraction, told: Told) -> str:
    return extraction.boxes[told.index].kind if told.kind == "box" else told.kind


def _elsewhere(
    topics: Sequence[Subject],
    areas: Sequence[str],
    rank: str,
    framework: Framework | None,
    judged: frozenset[str],
) -> frozenset[str]:
    """The graded areas that what a statement is about belongs to, of one that does not stand in such an area.

    A concern that names areas is of these alone.
    """
    if framework is None or (rank == "concern" and areas):
        return frozenset()
    of_topics = [areas_of_topic(topic.topic, framework.notation) for topic in topics if _is_weighty(topic)]
    found = frozenset[str]().union(*of_topics) & judged
    return found - set(areas) if not judged & set(areas) else frozenset()


def _only_area(
    topics: Sequence[Subject],
    areas: Sequence[str],
    derived: frozenset[str],
    framework: Framework | None,
    *,
    headed: bool,
) -> str | None:
    """The one graded area that all that a statement is about belongs to; None where there are several, and of
    a statement that stands in a graded area.

    What foster carers need belongs to those in care, to care leavers and to adoption alike: in a list of
    recommendations it is the ground of none of their grades. The area that words outside any section were
    given (``derived``) only rules others out, unless the section’s title tells it (``headed``): it may rest
    on a word in passing ("permanent staff").
    """
    if framework is None:
        return None
    graded = frozenset(area.label for area in framework.areas if area.graded)
    named = (topic.topic for topic in topics if topic.basis != "passages")
    belonging = [areas_of_topic(topic, framework.notation) for topic in named]
    told = [found & graded for found in belonging if found & graded]
    if told or headed:
        told += [derived & graded] if derived & graded else []
    common = frozenset.intersection(*told) if told else frozenset[str]()
    return next(iter(common)) if len(common) == 1 and not graded & set(areas) else None


def _is_weighty(topic: Subject) -> bool:
    return topic.basis != "passages" or Decimal(str(topic.weight)) >= _LEAST


def _needs_of_their_own(extraction: Extraction) -> frozenset[int]:
    """The needs that are no heading of a finding and no words of a boxed item that asks for them already;
    what is asked of those who have a promising practice is no fault."""
    asking = [box for box in extraction.boxes if box.kind in _ASKING]
    asked = {(box.title or "").strip() for box in asking} | {box.text.strip() for box in asking}
    recommended = sorted(box.start for box in extraction.boxes if box.kind == "recommendation")
    open_ = _Spans(sorted((b.start, b.end) for b in extraction.boxes if b.kind not in _ASKING))
    return frozenset(
        number
        for number, need in enumerate(extraction.needs)
        if need.text != need.finding
        and not open_.holds(need.start)
        and need.text.strip() not in asked
        and bisect_left(recommended, need.start) == bisect_left(recommended, need.end)
        and not pattern(_FILE, "elliptic").search(need.text)
    )


def _sides(
    extraction: Extraction, told: Told, taken: frozenset[int], small: frozenset[int]
) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """How a statement speaks, and in which words: its own, the sentences below that speak so too, and those
    that turn against it. (Needs and figures below are statements of their own.)"""
    text = extraction.report.text
    if told.sign == "neutral":
        return
    below = [s for span in told.below for s in sentences_of(text, span) if s[0] not in taken]
    signs = ("positive", "negative") if told.sign == "mixed" else (told.sign,)
    finds = {"positive": finds_strength, "negative": finds_fault}
    also = {
        sign: tuple(
            s for s in below if finds[sign](text[slice(*s)]) and not (sign == "positive" and s[0] in small)
        )
        for sign in signs
    }
    words = (told.words,) if told.kind != "finding" or _speaks(text, told) else ()
    if told.sign == "mixed":
        if told.kind == "need" and (asked := _asking(text, told.words)) != told.words:
            yield "negative", (asked,)
        elif words and not (told.kind == "need" and _excuses(text, told.words)):
            yield "mixed", words
        yield from ((sign, spans) for sign, spans in also.items() if spans)
        return
    if words or also[told.sign]:
        yield told.sign, (*words, *also[told.sign])
    if told.kind == "finding":
        turned = extraction.findings[told.index].contrary
        contrary = [s for s in turned if s[0] not in taken and not is_unasserted(text[slice(*s)])]
        contrary = [s for s in contrary if not is_bare_ratio(text[slice(*s)])]
        if told.sign == "negative":
            contrary += [s for s in below if s not in turned and gives_verdict(text[slice(*s)])]
        for sign in (_AGAINST[told.sign], "mixed"):
            if said := tuple(s for s in contrary if sign_of(text[slice(*s)]) == sign):
                yield sign, said


def _asking(text: str, words: Span) -> Span:
    """What a need asks for, of one that says something good before: “…, but it should also tell callers”; all
    of it where that says nothing alone (“…, but they need to be supported by data”)."""
    clauses = ((words[0] + low, words[0] + high) for low, high in clause_spans(text[slice(*words)]))
    first = next((span for span in clauses if polarity(text[slice(*span)]) == "negative"), words)
    return words if pattern(_FILE, "pointing").match(text[slice(*first)]) else (first[0], words[1])


def _excuses(text: str, words: Span) -> bool:
    """Whether a need is followed by what makes it harder to meet, and by no praise: “Changes are needed, but
    its surroundings also bear on it.”"""
    clauses = [text[words[0] + low : words[0] + high] for low, high in clause_spans(text[slice(*words)])]
    return polarity(clauses[0]) == "negative" and not any(map(favours, clauses))


def _starts(spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(start for start, _ in spans)


def _speaks(text: str, told: Told) -> bool:
    """Whether the own words of a finding may be given for its sign: a heading is the inspector's claim; the
    first sentence of a paragraph has to have words of praise, or find a fault that is one."""
    said = text[slice(*told.words)]
    is_sentence = said.rstrip().endswith((".", "!", "?"))
    acted_on = not is_sentence and is_seen_to(said) and favours(said)  # “understands better why …”
    if is_aside(said) and not (told.sign == "positive" and acted_on):
        return False
    if told.sign == "positive" and pattern(_FILE, "denying").search(said):
        return False
    if told.sign == "negative" and pattern(_FILE, "no-fault").search(said):
        return False
    return told.sign != "positive" or not is_sentence or favours(said)


class _Spans:
    """Sorted spans, asked whether one of them holds a position."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.starts = [start for start, _ in spans]
        self.ends: list[int] = []
        for _, end in spans:
            self.ends.append(max(end, self.ends[-1]) if self.ends else end)

    def holds(self, position: int) -> bool:
        at = bisect_left(self.starts, position + 1) - 1
        return at >= 0 and position < self.ends[at]


# --- what the report itself says ---------------------------------------------------------------------


def _influences(
    extraction: Extraction, framework: Framework | None, judged: Iterable[str]
) -> dict[str, tuple[Span, frozenset[str]]]:
    """Ungraded areas of which the report says that they bear on the grades of others, with the sentence that
    says so and the areas that it bears on: those that it names, or all that are graded.

    The area that bears is the one that the sentence names, or that it stands in.
    """
    text, graded = extraction.report.text, frozenset(judged)
    areas = framework.areas if framework else ()
    found: dict[str, tuple[Span, frozenset[str]]] = {}
    for sentence in (
        islice(_says_so(text), _MOST_SAID) if any(area.label not in graded for area in areas) else ()
    ):
        said = text[slice(*sentence)].casefold()
        named = {area.label for area in areas if any(name.casefold() in said for name in area.headings)}
        here = _section_area(extraction, sentence[0])
        bearing = named - graded or {here} - {None, *graded}
        for area in sorted(filter(None, bearing)):
            found.setdefault(area, (sentence, frozenset(named & graded) or graded))
    return found


def _says_so(text: str) -> Iterator[Span]:
    """The sentences which say that something bears on grades."""
    denied = pattern(_FILE, "denied")
    for rule in load_patterns(_FILE):
        for match in rule.regex.finditer(text) if rule.role == "bears" else ():
            low, high = sentence_around(text, *match.span())
            low += len(text[low:high]) - len(text[low:high].lstrip())
            before, said = (part.replace("'", "’") for part in (text[low : match.start()], match[0]))
            if not denied.search(before) and not denied.search(said):
                yield low, min(high + 1, len(text)) if text[high : high + 1] in (".", "!", "?") else high


def _section_area(extraction: Extraction, position: int) -> str | None:
    """The area of the innermost section that has one and holds a position."""
    holding = [s for s in extraction.sections if s.area is not None and s.start <= position < s.end]
    return max(holding, key=lambda section: section.start).area if holding else None


def _stated(extraction: Extraction, number: int, judgement: Judgement, side: str) -> Iterator[Reason]:
    """The grounds that the report gives for a grade in so many words, where it gives the grade."""
    text = extraction.report.text
    spans = dict.fromkeys(s for place in judgement.places for s in _grounds(text, place))
    if spans:
        weight = Decimal(OF_BASIS["because"]) + Decimal(OF_KIND["judgement"])
        yield Reason(number, "judgement", number, "because", "supports", side, weight, tuple(spans))


def _grounds(text: str, place: Span) -> Iterator[Span]:
    """“… because X”, “… . This is because X”, “X. This is why …” around the sentence that gives a grade."""
    begin = max(text.rfind("\n", 0, place[0]) + 1, place[0] - _NEAR)
    end = text.find("\n", place[1], place[1] + _NEAR)
    sentences = sentences_of(text, (begin, end if end >= 0 else min(len(text), place[1] + _NEAR)))
    here = next((n for n, (low, high) in enumerate(sentences) if low <= place[0] < high), None)
    if here is None:
        return
    low, high = sentences[here]
    if (match := pattern(_FILE, "because").search(text, place[0], high)) is not None:
        yield match.start(), high
    if here + 1 < len(sentences) and pattern(_FILE, "because-next").search(text[slice(*sentences[here + 1])]):
        yield sentences[here + 1]
    if here and pattern(_FILE, "why-before").search(text[low:high]):
        yield sentences[here - 1]
