"""The page of a statement: its words in the passage that they stand in, who says it, and its slots."""

from __future__ import annotations

from collections.abc import Mapping

from kg.asking.analysis import reasons
from kg.model.figure_slots import KNOWN
from kg.model.terms import whole_number
from kg.model.vocab import KG, local_name
from kg.serving.pages import queries
from kg.serving.pages.labels import Name
from kg.serving.pages.marking import Mark, cut
from kg.serving.pages.queries import bound
from kg.serving.pages.rendering import link
from kg.serving.pages.source import PageSource
from kg.serving.pages.statements import Shown, rows, with_events
from kg.serving.pages.thing_parts import Answers, ThingPage

LINKED = {
    (KG.refersTo, False): "Refers to", (KG.finding, False): "Belongs to the finding",
    (KG.hasFigure, False): "Its figures", (KG.relatedConcern, False): "Bears on the concern (derived)",
    (KG.followsUp, False): "Follows up, from an earlier report (derived)",
    (KG.about, False): "Tells what became of",
    (KG.earlier, False): "The earlier", (KG.later, False): "The later",
    (KG.partOf, True): "Its recommendations",
    (KG.finding, True): "What it is needed to do", (KG.hasFigure, True): "Figure of the finding",
    (KG.relatedConcern, True): "Borne out by (derived)",
    (KG.followsUp, True): "Followed up in a later report (derived)",
    (KG.about, True): "What became of it (derived)", (KG.comparedWith, True): "Compared with it",
    (KG.changeFrom, True): "What it changed to", (KG.supportingReason, True): "Supports the grade (derived)",
    (KG.mixedReason, True): "Partly supports the grade (derived)",
    (KG.contraryReason, True): "Contrary to the grade (derived)", (KG.mentions, False): "Mentions",
}  # fmt: skip
"""The relations of statements in words, from it or (True) to it, in the order of a page."""
SLOTS = (
    ("value", KG.value), ("as written", KG.valueText), ("unit", KG.unit), ("base", KG.base),
    ("kind of number", KG.valueKind), ("sign of the change or difference", KG.sign), ("how exact", KG.bound),
    ("counts the opposite", KG.complement), ("of what", KG.of),
    ("of a sample", KG.ofSample), ("a close choice: read the sentence", KG.doubtful),
    ("what is measured", KG.measureText), ("composed: no quotation", KG.measureComposed),
    ("measure", KG.measure),
    ("numerator", KG.numerator), ("denominator", KG.denominator), ("period", KG.period),
    ("from", KG.periodBegin), ("to", KG.periodEnd), ("whom it is about", KG.population), ("group", KG.group),
    ("who says so", KG.attribution), ("direction", KG.direction), ("value before", KG.baseValue),
    ("compared with the value", KG.comparatorValue), ("compared with", KG.comparedWith),
    ("changed from", KG.changeFrom), ("half-width of the interval", KG.interval),
    ("level of the interval, percent", KG.intervalLevel), ("inspected body", KG.inspectedBody),
    ("area", KG.area),
)  # fmt: skip
"""The slots of a figure in the order of a table, with words for each."""
GROUNDS = {
    KG.period: "period", KG.population: "population", KG.attribution: "attribution", KG.group: "group",
    KG.of: "of",
}  # fmt: skip
"""The slots of which it is told how they are known, by the property of their value."""


def _applies(classes: frozenset[str], answers: Answers) -> bool:
    return bool(answers["places"]) and any(iri.startswith(KG.iri) for iri in classes)


def _asks(iri: str, answers: Answers) -> dict[str, str]:
    place = answers["places"].dicts()[0]
    return {
        "statement": bound(queries.STATEMENTS, statement=iri),
        "events": bound(queries.EVENTS, about=iri),
        "passages": queries.passages_at(str(place["report"]), [*_places(answers), *_support(answers)]),
        "slots": bound(queries.SLOTS, statement=iri),
        "basis": bound(queries.BASIS, statement=iri),
        "linked": bound(queries.RELATED, statement=iri),
        "reasons": bound(reasons.REASONS, judgement=iri),
        "lacks": bound(reasons.LACKING, judgement=iri),
        "stated": bound(reasons.STATED, judgement=iri),
    }


def _places(answers: Answers) -> list[tuple[int, int]]:
    """Each place once, in the order of the text."""
    found = {
        (whole_number(place["start"]), whole_number(place["end"])) for place in answers["places"].dicts()
    }
    return sorted(found)


def _support(answers: Answers, contrary: bool = False) -> list[tuple[int, int]]:
    """The passages that support a finding, or the sentences in them that say the contrary."""
    return [
        (whole_number(start), whole_number(end))
        for start, end, turns in answers["support"].rows
        if turns is contrary
    ]


def _shows(site: PageSource, iri: str, answers: Answers, known: Mapping[str, Name]) -> Shown:
    place = rows(site, answers["places"])[0]
    found = with_events(site, rows(site, answers["statement"]), answers["events"])
    places, support, contrary = _places(answers), _support(answers), _support(answers, contrary=True)
    return {
        "place": place,
        "places": places,
        "passages": [
            _passage(row, place, places, support, contrary) for row in rows(site, answers["passages"])
        ],
        "contrary": len(contrary),
        "facts": found[0] if found else None,
        "slots": _slots(site, answers) if known[iri].kind == "figure" else [],
        "basis": [str(basis) for (basis,) in answers["basis"].rows],
        "related": _related(site, answers, known),
        "reasons": _reasons(site, answers),
        "lacks": _lacks(answers) if known[iri].kind == "judgement" else [],
        "read": f"{link(site, str(place['report']))}/read",
    }


def _passage(
    passage: Shown,
    place: Shown,
    places: list[tuple[int, int]],
    support: list[tuple[int, int]],
    contrary: list[tuple[int, int]],
) -> Shown:
    start, end = whole_number(passage["start"]), whole_number(passage["end"])
    marks = [Mark(first, last, "words") for first, last in places]
    if place["sentenceStart"] is not None:
        marks.append(
            Mark(whole_number(place["sentenceStart"]), whole_number(place["sentenceEnd"]), "sentence")
        )
    elif (start, end) in support:
        marks.append(Mark(start, end, "sentence"))
    marks += [Mark(first, last, "contrary") for first, last in contrary if first < end and last > start]
    pieces = cut(str(passage["exact"]), start, marks)
    return {"pieces": pieces, "page": passage["page"], "anchor": local_name(str(passage["passage"]))}


def _slots(site: PageSource, answers: Answers) -> list[Shown]:
    """The slots of a figure as rows: words, values with their addresses; None where the text is silent."""
    said: dict[str, list[Shown]] = {}
    for property_, value, name in answers["slots"].rows:
        text = str(name or value)
        href = link(site, str(value)) if str(value).startswith("http") else None
        said.setdefault(str(property_), []).append({"text": text, "href": href})
    return [
        {"words": words, "values": said.get(property_, []), "ground": _ground(property_, said)}
        for words, property_ in SLOTS
    ]


def _ground(property_: str, said: Mapping[str, list[Shown]]) -> Shown | None:
    """How a slot is known and from which words; None for one that tells no more than its value."""
    words, how = KNOWN[GROUNDS[property_]] if property_ in GROUNDS else ("", "")
    if not said.get(how):
        return None
    return {"how": said[how][0]["text"], "from": said[words][0] if said.get(words) else None}


def _lacks(answers: Answers) -> list[str]:
    """What the section of a judgement does not state, and that few quotes or none speak for the grade."""
    lacks = next((str(what) for (what,) in answers["lacks"].rows), None)
    stated = [str(one) for (one,) in answers["stated"].rows]
    return reasons.notes_on(lacks, reasons.quotes_of(answers["reasons"]), stated)


def _reasons(site: PageSource, answers: Answers) -> list[Shown]:
    """The reasons for a grade in groups, each quote with its statement, basis and place; none of others."""
    return [
        {
            "title": title,
            "quotes": [
                {
                    "quote": quote,
                    "href": link(site, quote.statement),
                    "basis": reasons.BASES.get(quote.basis, quote.basis),
                    "place": reasons.place_of(quote),
                }
                for quote in quotes
            ],
        }
        for title, quotes in reasons.groups(reasons.quotes_of(answers["reasons"]))
    ]


def _related(site: PageSource, answers: Answers, known: Mapping[str, Name]) -> dict[str, list[Shown]]:
    """What a statement is linked with, by the words of the relation."""
    groups: dict[str, list[Shown]] = {words: [] for words in LINKED.values()}
    for row in rows(site, answers["linked"]):
        thing, back = str(row["thing"]), row["back"] is True
        name = known[thing]
        linked: Shown = {"label": name.label, "kind": name.kind_label, "href": row["thing_href"]}
        groups[LINKED[str(row["property"]), back]].append(linked)
    for things in groups.values():
        things.sort(key=lambda thing: str(thing["label"]))
    return {words: things for words, things in groups.items() if things}


STATEMENT = ThingPage("statement.html", _applies, _asks, _shows)
