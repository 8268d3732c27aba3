"""Whose report it is: every body that a document names is a candidate, and one decision weighs them.

A candidate is weighed by where the document names it and as what (``WEIGHTS``): by its title, the title and
address of its page, a line of its own near the start, the addressee of a letter, "inspection of …", the
subject of a sentence. A title outweighs all running text together, also where no vocabulary knows the body
that it names. A page on several bodies has several, or is about many; neither has one inspected body.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from kg.model.bodies import KnownBody, area_of, body_kinds, load_bodies
from kg.model.frameworks import Framework
from kg.model.iris import slug
from kg.model.records import Notice, ReportBody, Span
from kg.model.text.comparing import without_punctuation
from kg.model.text.display import shortened
from kg.nlp.document.body_kind import nouns_of
from kg.nlp.document.body_names import (
    Families,
    Named,
    families_of,
    find_names,
    named_by_form,
    places_of,
)
from kg.nlp.document.dates import is_paragraph
from kg.nlp.document.lines import HEAD, Line
from kg.nlp.document.opening import Opening
from kg.nlp.document.wording import Words, words_for
from kg.nlp.rules.pattern_files import GRADES, compiled, one_of, pattern, word_set, words

_FILE = "document"

WEIGHTS = {
    "title": 100,
    "page-title": 60,
    "form-of-a-title": 60,
    "address": 40,
    "addressee": 40,
    "line": 40,
    "inspected-in-head": 30,
    "joined-in-head": 0,
    "aside-in-title": 25,
    "inspected": 20,
    "judged": 20,
    "heading": 15,
    "sole": 25,
    "in-head": 10,
    "subject": 5,
    "named": 1,
}
"""What each place of a name counts, once for a body; ``named`` for each of its first ten mentions. What joins
bodies ("An inspection of A and B") speaks for none of them. Those of running text (inspected, judged,
heading, subject, named) stay below a title together."""
_MOST_NAMED = 10
_ALONE = ("heading", "in-head", "subject", "named")
"""Sources that are no ground to say whose report it is without another."""
_RIVAL = 0.6
"""The share of the best weight from which a second candidate makes the decision doubtful."""
_BEFORE_NAME = 40
"""Characters before a name in which a place may share its class word."""
_OFTEN = 2
"""How often a text names a body that no vocabulary has, if its name is one."""
_SHARE = 0.8
"""The share of all names of bodies from which one is nearly the only one."""
_SEVERAL = 3
"""Bodies from which a page that grades each is about several, whichever it names most."""
_SET_APART = ("page-title", "form-of-a-title", "address", "addressee", "line")
"""Sources, besides the title, that one body has as the inspected one of its page."""
_RUNNING = ("inspected-in-head", "inspected", "judged", "heading", "sole", "in-head", "subject", "named")
"""Sources that a name in a sentence may have too."""

Many = Literal["in the title", "above the title"]
"""Where a page says that it is about several bodies."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A body named somewhere; ``source`` is one of ``WEIGHTS``, ``span`` its words in the text, if they are
    in the text."""

    named: Named
    source: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A body with all that speaks for it."""

    named: Named
    seen: tuple[Seen, ...]

    @property
    def weight(self) -> int:
        sources = [seen.source for seen in self.seen]
        often = min(sources.count("named"), _MOST_NAMED)
        return sum(WEIGHTS[source] for source in set(sources) - {"named"}) + often

    @property
    def in_title(self) -> bool:
        return any(seen.source == "title" for seen in self.seen)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The words that speak most for it: those of its weightiest source, at most three."""
        stated = [seen for seen in self.seen if seen.span]
        best = max((WEIGHTS[seen.source] for seen in stated), default=0)
        found = sorted({seen.span for seen in stated if seen.span and WEIGHTS[seen.source] == best})
        return tuple(found[:3])


@dataclass(frozen=True, slots=True)
class BodyFound:
    """The decision: the one inspected body (None: none, or several), all bodies that the document is about,
    where it says so, how sure it is from 0 to 1, what a person should know, and whether it is about many."""

    named: Named | None
    bodies: tuple[ReportBody, ...] = ()
    spans: tuple[Span, ...] = ()
    confidence: float = 1.0
    notices: tuple[Notice, ...] = ()
    of_many: bool = False


def find_body(opening: Opening, in_text: Sequence[Named], frameworks: Sequence[Framework]) -> BodyFound:
    """Whose report a document is. ``in_text`` are the names of bodies in its text; the opening’s class of
    bodies is the one that its framework inspects, failing that the one that it speaks of."""
    return decide(_candidates(opening, in_text, frameworks), _says_many(opening))


def _says_many(opening: Opening) -> Many | None:
    """Where a page says that it is about several bodies, by counting some ("Four police forces graded"), or,
    in its title, by speaking of bodies in general. Below a line that counts, what looks like the title is the
    caption of a picture or the name of a speaker ("Inspectors tell two Yorkshire police forces", a newspaper
    of 2016)."""
    counts = pattern(_FILE, "counted-bodies").search
    first = next((line.text for line in opening.lines[:_FIRST] if line.is_open and " " in line.text), "")
    if first not in opening.titles and counts(first):
        return "above the title"
    in_general = opening.title and pattern(_FILE, "about-many").search(opening.title)
    return "in the title" if in_general or any(map(counts, opening.titles)) else None


_FIRST = 4
"""Lines at the start of a page of which the first open one is its title, known as one or not."""


def given_body(name: str, kind: str | None) -> BodyFound:
    """The body that a catalogue names: one of the ``kind`` that is inspected first.

    A notice where it is of another kind, or no vocabulary knows it and it is not called as bodies are.
    """
    known = known_body(name, (kind,) if kind else [each.cls for each in body_kinds()])
    named = (
        Named(0, 0, known.names[0], known.iri, known.kind, "name", known=True)
        if known
        else named_by_form(name, kind, 0, 0)
    )
    doubt = None
    if known is None and area_of(name) is None:
        doubt = f"no inspected body called “{shortened(name, 100)}” is known, so it is taken as a new one"
    elif known is not None and kind is not None and known.kind != kind:
        doubt = f"{named.name}, as the catalogue has it, is none of the bodies that the framework is on"
    notices = () if doubt is None else (Notice("doubtful-force", f"{doubt}; check the catalogue"),)
    return BodyFound(named, (ReportBody(named.iri, named.name, "inspected"),), notices=notices)


def with_what_is_read(given: BodyFound, read: BodyFound) -> BodyFound:
    """The body of the catalogue, with a notice where the text surely names another."""
    one, other = given.named, read.named
    if one is None or other is None or other.iri == one.iri or not other.known or read.confidence < 1:
        return given
    said = f"the catalogue says {one.name}, the text {other.name}; check the catalogue"
    at = read.spans[0] if read.spans else (None, None)
    return replace(given, notices=(*given.notices, Notice("doubtful-force", said, *at)))


# --- the decision -------------------------------------------------------------------------------------


def decide(candidates: Sequence[Candidate], many: Many | None = None) -> BodyFound:
    """The one decision. ``many`` is where the page says that it is about several bodies."""
    ranked = sorted(
        candidates, key=lambda c: (not c.in_title, -c.weight, min(s.named.start for s in c.seen), c.named.iri)
    )
    if not ranked:
        return BodyFound(None, confidence=0.0)
    best, others = ranked[0], ranked[1:]
    several = _several(best, others)
    if several:
        names = ", ".join(c.named.name for c in several)
        said = (
            f"the page is about several inspected bodies ({names}), so none is the one of the report; "
            "divide it, or state one in the catalogue"
        )
        bodies = tuple(ReportBody(c.named.iri, c.named.name, "one-of-several") for c in several)
        spans = tuple(span for c in several for span in c.spans[:1])
        return BodyFound(None, bodies, spans, 1.0, (Notice("several-bodies", said, *spans[0]),), of_many=True)
    sources = {seen.source for seen in best.seen}
    named_alone = {"page-title", "address"} | ({"title"} if many == "in the title" else set())
    if many and not sources & named_alone:
        return replace(_nobody(best, "the title says that it is about more than one body"), of_many=True)
    if sources <= set(_ALONE):
        return _nobody(best, "no words say that it is the inspected one")
    rival = others[0].weight / best.weight if others else 0.0
    often = len({seen.span for seen in best.seen})
    formal = sources & {"form-of-a-title", "line", "addressee", "inspected-in-head"}
    unknown = not best.named.known and often < _OFTEN and (best.named.form == "place" or not formal)
    unsure = unknown or sources <= {"sole", "subject", "named"}
    confidence = round(min(1 / (1 + rival), 0.6 if unsure else 1.0), 2)
    doubt: tuple[Notice, ...] = ()
    if rival >= _RIVAL or unsure:
        taken = best.named.name + (f", not {others[0].named.name}" if rival >= _RIVAL else "")
        said = f"the inspected body is taken to be {taken}; state it in the catalogue if it is another"
        doubt = (Notice("doubtful-force", said, *(best.spans[0] if best.spans else (None, None))),)
    return BodyFound(
        best.named,
        (ReportBody(best.named.iri, best.named.name, "inspected"),),
        best.spans,
        confidence if doubt else 1.0,
        doubt,
    )


def _nobody(best: Candidate, why: str) -> BodyFound:
    said = f"it names {best.named.name}, but {why}; state the inspected body in the catalogue"
    return BodyFound(
        None, confidence=0.0, notices=(Notice("unknown-force", f"inspected body not recognised: {said}"),)
    )


def _several(best: Candidate, others: Sequence[Candidate]) -> list[Candidate]:
    """All bodies of a page that is about several: those that its title joins, or, where neither title nor
    head names one, those that it reports on alike."""
    joined = [c for c in (best, *others) if c.in_title]
    if joined:
        return joined if len(joined) > 1 else []
    in_head = [c for c in (best, *others) if any(seen.source == "joined-in-head" for seen in c.seen)]
    if in_head:
        return in_head
    judged = [c for c in (best, *others) if any(seen.source == "judged" for seen in c.seen)]
    if len(judged) >= _SEVERAL and not any(seen.source in _SET_APART for seen in best.seen):
        return judged
    if {seen.source for seen in best.seen} - set(_RUNNING):
        return []
    alike = [c for c in others if _reported_on(c) and c.weight >= _RIVAL * best.weight]
    return [best, *alike] if alike and _reported_on(best) else []


def _reported_on(candidate: Candidate) -> bool:
    alike = ("inspected-in-head", "inspected", "judged", "heading")
    return any(seen.source in alike for seen in candidate.seen)


# --- the candidates -----------------------------------------------------------------------------------


def _candidates(
    opening: Opening, in_text: Sequence[Named], frameworks: Sequence[Framework]
) -> list[Candidate]:
    """Every body that the document names, with all places where it does."""
    kind, text, lines = opening.body_kind, opening.text, opening.lines
    families = families_of(frameworks, (kind,) if kind else ())
    in_text = [named for named in in_text if kind in (None, named.cls)]
    in_text = sorted([*in_text, *_sharing_word(text, in_text, families)], key=lambda named: named.start)
    seen = [
        *_in_title(opening.title, opening.title_span, families, "title", in_text),
        *_in_title(opening.page_title, None, families, "page-title", in_text),
        *_in_address(opening.address, families),
        *_in_head(text, lines, frameworks, families),
        *_in_text(text, lines, in_text, {n for f in frameworks for g in f.grades for n in g.names}),
    ]
    return _joined([*seen, *_sole(text, in_text, frameworks)])


def _joined(seen: Iterable[Seen]) -> list[Candidate]:
    """One candidate for each body, with its name in full where the document has it."""
    found: dict[str, list[Seen]] = {}
    for each in seen:
        found.setdefault(each.named.iri, []).append(each)
    joined = []
    for group in found.values():
        in_full = next((each.named for each in group if each.named.form == "name"), group[0].named)
        joined.append(Candidate(in_full, tuple(group)))
    return joined


def _in_title(
    title: str | None, span: Span | None, families: Families, source: str, in_text: Sequence[Named]
) -> Iterator[Seen]:
    """Bodies that a title names: in full, else by known places, else by a place in the slot of one."""
    if not title:
        return
    found = find_names(title, families, places=True)
    in_full = [named for named in found if named.form == "name"]
    if in_full:
        found = [named for named in found if named.form == "name" or _joins(title, named, in_full)]
    found = _of_one_kind(found) or _placed(title, families, in_text)
    main = _main(title, found)
    for named in found:
        where = (span[0] + named.start, span[0] + named.end) if span else None
        told = source if named in main else "aside-in-title" if source == "title" else "named"
        yield Seen(named, told, where)


def _sharing_word(text: str, in_text: Sequence[Named], families: Families) -> Iterator[Named]:
    """The bodies whose places share the class word of a name in the text: the first of "West Mercia and
    Warwickshire Police", which is no text on Warwickshire alone."""
    for named in in_text:
        begin = max(0, named.start - _BEFORE_NAME)
        for place in find_names(text[begin : named.start], families, places=True):
            between = text[begin + place.end : named.start]
            if place.form == "place" and pattern(_FILE, "joins").fullmatch(between):
                yield replace(place, start=begin + place.start, end=begin + place.end)


def _joins(title: str, named: Named, in_full: Sequence[Named]) -> bool:
    """Whether a place shares the class word of a name after it: "Kent and Essex Police"."""
    return any(pattern(_FILE, "joins").fullmatch(title[named.end : other.start]) for other in in_full)


def _of_one_kind(found: Sequence[Named]) -> list[Named]:
    """The names, without places that bodies of several kinds are named after."""
    kinds = {
        span: {n.cls for n in found if (n.start, n.end) == span} for span in {(n.start, n.end) for n in found}
    }
    return [named for named in found if len(kinds[named.start, named.end]) == 1]


def _placed(title: str, families: Families, in_text: Sequence[Named]) -> list[Named]:
    """The body that a title names by a place that no vocabulary has: "Alnshire PEEL 2014". Its name in full
    is the one that the text has."""
    match = pattern(_FILE, "title-place").fullmatch(title)
    place = (match["first"] or match["last"]) if match else None
    if (
        match is None
        or place is None
        or any(w.casefold() in word_set(_FILE, "not-places") for w in place.split())
    ):
        return []
    start = match.start("first") if match["first"] else match.start("last")
    named = [n for n in in_text if (area_of(n.name) or n.name) == place]
    if named:
        return [replace(named[0], start=start, end=start + len(place), form="name")]
    cls = next(iter(families)) if len(families) == 1 else None
    return [named_by_form(place, cls, start, start + len(place), "place")]


def _main(title: str, found: Sequence[Named]) -> list[Named]:
    """Those of several names that a title is about: the one after "inspection of", else the first, and
    those that are joined to it."""
    if len(found) < 2:
        return list(found)
    first = next((n for n in found if pattern(_FILE, "inspected-before").search(title[: n.start])), found[0])
    main = [first]
    for named in found:
        if named.start > main[-1].end and pattern(_FILE, "joins").fullmatch(
            title[main[-1].end : named.start]
        ):
            main.append(named)
    return main


def _in_address(address: str | None, families: Families) -> Iterator[Seen]:
    """A known body by a part of the address of its page, ``/peel-2016/norfolk/``, else by its site."""
    if not address:
        return
    parts = f"/{slug(urlsplit(address).path.replace('/', ' '), limit=300)}/".replace("-", "/")
    host = re.sub(r"\Awww\.", "", urlsplit(address).netloc).replace("-", "")
    found = {
        inner: body
        for body in load_bodies()
        if body.kind in families
        for place in (*places_of(body), *body.names)
        if len(place) > 3 and (inner := f"/{slug(place).replace('-', '/')}/")
    }
    own = {inner for inner in found if inner in parts}
    if not own and (site := pattern(_FILE, "own-site").match(host)):
        kind, whose = next((kind, name) for kind, name in site.groupdict().items() if name)
        own = {
            inner
            for inner, body in found.items()
            if inner.replace("/", "") == whose and f"/{kind}/" in body.iri
        }
    whole = [inner for inner in own if not any(inner in other for other in own if other != inner)]
    named = {found[inner].iri: found[inner] for inner in whole}
    if len(named) == 1:
        body = next(iter(named.values()))
        yield Seen(Named(0, 0, body.names[0], body.iri, body.kind, "place", known=True), "address", None)


def _in_head(
    text: str, lines: Sequence[Line], frameworks: Sequence[Framework], families: Families
) -> Iterator[Seen]:
    """Bodies that lines near the start name: alone, in the form of a title, as the addressee."""
    kinds = [f for f in frameworks if f.body_kind in families]
    words_of_all = words_for(None, kinds)
    running = next((at for at, line in enumerate(lines) if is_paragraph(line.text)), len(lines))
    front = {line.start for line in lines[: max(running, 2)]}
    for line, before in zip(lines[: 2 * HEAD], (None, *lines), strict=False):
        if len(line.text) >= 200:
            continue
        above = line.start in front
        to = pattern(_FILE, "addressee").match(line.text) or (
            before and pattern(_FILE, "to").fullmatch(before.text)
        )
        found = _of_one_kind(find_names(line.text, families, places=line.is_open))
        main = _main(line.text, found) if above and line.is_open else []
        if len(main) > 1 and pattern(_FILE, "inspected-before").search(line.text[: main[0].start]):
            yield from (
                Seen(named, "joined-in-head", (line.start + named.start, line.start + named.end))
                for named in main
            )
        for named in found:
            words = line.text[named.start : named.end]
            formal = (
                line.is_open
                and _has_form(line.text, words, words_of_all)
                and named in _main(line.text, found)
            )
            span = (line.start + named.start, line.start + named.end)
            if above and formal:
                yield Seen(named, "form-of-a-title", span)
            if named.form == "place":
                continue
            yield Seen(named, "in-head", span)
            if above and without_punctuation(line.text) == without_punctuation(words):
                yield Seen(named, "line", span)
            if to and line.is_open:
                yield Seen(named, "addressee", span)
            if pattern(_FILE, "inspected-before").search(line.text[: named.start]):
                yield Seen(named, "inspected-in-head", span)


def _has_form(line: str, name: str, words_of_all: Words) -> bool:
    """Whether a line has the form of a title with the name in the slot of the body."""
    forms = (f for f in words_of_all.wording.title_patterns if not f.startswith(".*\\b{body}"))
    return any(compiled(form.replace("{body}", re.escape(name), 1)).fullmatch(line) for form in forms)


def _in_text(
    text: str, lines: Sequence[Line], in_text: Sequence[Named], grades: Iterable[str]
) -> Iterator[Seen]:
    """Bodies that running text names, by what they are in their sentences."""
    starts = {line.start: line for line in lines}
    judged = pattern(_FILE, "judged-after").pattern.replace(GRADES, one_of(map(re.escape, grades)))
    graded = compiled(judged, re.IGNORECASE)
    verbs = compiled(rf"(?:[’']s? [^.\n]{{1,60}})? {one_of(words(_FILE, 'subject-verbs'))}\b")
    for named in in_text:
        span = (named.start, named.end)
        yield Seen(named, "named", span)
        before, after = text[max(0, named.start - 140) : named.start], text[named.end : named.end + 120]
        line = starts.get(named.start) or starts.get(named.start - 4)
        if pattern(_FILE, "inspected-before").search(before):
            yield Seen(named, "inspected", span)
        opens = line is not None or re.search(r"[.!?][’”]? (?:The )?\Z", before) is not None
        if opens and graded.match(after):
            yield Seen(named, "judged", span)
        if opens and verbs.match(after):
            yield Seen(named, "subject", span)
        if line is not None and line.is_open and line.end > named.end and line.kind in ("line", "heading"):
            yield Seen(named, "heading", span)


def _sole(text: str, in_text: Sequence[Named], frameworks: Sequence[Framework]) -> Iterator[Seen]:
    """The one body that a text names nearly always, where it speaks of "the force" more than of forces."""
    counts = Counter(named.iri for named in in_text)
    iri, most = counts.most_common(1)[0] if counts else ("", 0)
    named = next((n for n in in_text if n.iri == iri), None)
    if named is None or most < _SHARE * counts.total():
        return
    one = len(nouns_of(named.cls, frameworks).findall(text)) + len(pattern(_FILE, "our-own").findall(text))
    many = len(nouns_of(named.cls, frameworks, plural=True).findall(text))
    if one > many or (one == many and most > 1):
        yield Seen(named, "sole", (named.start, named.end))


# --- names --------------------------------------------------------------------------------------------


def known_body(name: str, kinds: Sequence[str]) -> KnownBody | None:
    """The body of the vocabularies with this name (or IRI); of those, one of the wanted kinds first."""
    plain = without_punctuation(name)
    found = [
        b for b in load_bodies() if name == b.iri or plain in map(without_punctuation, (*b.names, *b.places))
    ]
    preferred = [b for b in found if b.kind in kinds]
    if not preferred and len(kinds) == 1:  # "Essex", of a framework on police forces
        of_area = (b for b in load_bodies() if b.kind in kinds)
        areas = ((b, filter(None, map(area_of, b.names))) for b in of_area)
        preferred = [b for b, names in areas if plain in map(without_punctuation, names)]
    return next(iter(preferred or found), None)


def places_named(named: Named | None) -> tuple[str, ...]:
    """The names of the area of a body: those that are known, else the one in its own name."""
    if named is None:
        return ()
    known = next((body for body in load_bodies() if body.iri == named.iri), None)
    return places_of(known) if known else tuple(filter(None, [area_of(named.name)]))


def names_of(named: Named | None, given: str | None = None) -> tuple[str, ...]:
    """All names of a body: the one found or given, those that are known, and those of the area."""
    if named is None:
        return ()
    known = next((body for body in load_bodies() if body.iri == named.iri), None)
    more = [*known.names, *known.places] if known else []
    found = (given or named.name, named.name, *more)
    return tuple(dict.fromkeys(name for name in found if not name.startswith("http")))
