"""The page of a statement: its words in the passage that they stand in, who says it, and its slots."""

from __future__ import annotations

import pyoxigraph as ox

from kg.asking.sparql.parameters import with_values
from kg.model.vocab import KG
from kg.serving.pages import facts as asked
from kg.serving.pages.facts import Shown, rows
from kg.serving.pages.marking import Mark, cut
from kg.serving.pages.naming import ending, names
from kg.serving.pages.rendering import link
from kg.serving.pages.source import PageSource

_PLACE = """SELECT ?start ?end ?report ?reportName ?issued ?sentenceStart ?sentenceEnd ?saidBy ?saidByIri
  ?publisher ?derived ?attribution ?pattern {
  # VALUES ?statement
  ?statement kg:report ?report ; kg:evidence/oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end .
  OPTIONAL { ?report dct:title ?title } OPTIONAL { ?report dct:identifier ?id }
  OPTIONAL { ?report dct:issued ?issued } OPTIONAL { ?report dct:publisher/skos:prefLabel ?publisher }
  OPTIONAL { ?statement kg:sentence/oa:hasSelector ?whole .
    ?whole oa:start ?sentenceStart ; oa:end ?sentenceEnd }
  OPTIONAL { ?statement kg:saidBy ?saidByIri OPTIONAL { ?saidByIri skos:prefLabel ?saidBy } }
  OPTIONAL { ?statement kg:derived ?derived } OPTIONAL { ?statement kg:attribution ?attribution }
  OPTIONAL { ?statement kg:pattern ?pattern }
  BIND(COALESCE(?title, ?id, STR(?report)) AS ?reportName)
} ORDER BY ?report ?start ?end ?saidByIri"""
_SUPPORT = """SELECT ?start ?end {
  # VALUES ?statement
  ?statement kg:supportedBy/oa:hasSelector ?selector . ?selector oa:start ?start ; oa:end ?end .
} ORDER BY ?start ?end"""
_SLOTS = """SELECT ?property ?value (MIN(STR(?label)) AS ?name) {
  # VALUES ?statement
  ?statement ?property ?value . OPTIONAL { ?value skos:prefLabel|kg:valueText ?label }
} GROUP BY ?property ?value ORDER BY ?property ?name ?value"""
_BASIS = "SELECT ?basis {\n # VALUES ?statement\n ?statement kg:basis ?basis } ORDER BY ?basis"
_RELATED = """SELECT DISTINCT ?property ?back ?thing {
  # VALUES ?statement
  { VALUES ?property { kg:refersTo kg:finding kg:hasFigure kg:relatedConcern kg:followsUp kg:about kg:earlier
      kg:later kg:mentions } ?statement ?property ?thing BIND(false AS ?back) }
  UNION { VALUES ?property { kg:partOf kg:finding kg:hasFigure kg:relatedConcern kg:followsUp kg:about
      kg:comparedWith kg:changeFrom } ?thing ?property ?statement BIND(true AS ?back) }
} ORDER BY ?property ?back ?thing"""
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
    (KG.changeFrom, True): "What it changed to", (KG.mentions, False): "Mentions",
}  # fmt: skip
"""The relations of statements in words, from it or (True) to it, in the order of a page."""
SLOTS = (
    ("value", KG.value), ("as written", KG.valueText), ("unit", KG.unit), ("base", KG.base),
    ("what is measured, in the report’s words", KG.measureText), ("measure", KG.measure),
    ("numerator", KG.numerator), ("denominator", KG.denominator), ("period", KG.period),
    ("from", KG.periodBegin), ("to", KG.periodEnd), ("whom it is about", KG.population), ("group", KG.group),
    ("who says so", KG.attribution), ("direction", KG.direction), ("value before", KG.baseValue),
    ("compared with the value", KG.comparatorValue), ("compared with", KG.comparedWith),
    ("changed from", KG.changeFrom), ("half-width of the interval", KG.interval),
    ("level of the interval, percent", KG.intervalLevel), ("inspected body", KG.inspectedBody),
    ("area", KG.area),
)  # fmt: skip
"""The slots of a figure in the order of a table, with words for each."""


def statement_page(site: PageSource, iri: str, kind: str) -> Shown:
    """What the page of a statement shows besides what every thing has: {} for one without words."""
    places = rows(site, _PLACE, statement=iri)
    if not places:
        return {}
    place = places[0]
    found = rows(site, asked.STATEMENTS, statement=iri)
    asked.with_events(site, found, about=iri)
    passages = rows(site, asked.PASSAGES, report=str(place["report"]))
    support = [(_int(row["start"]), _int(row["end"])) for row in rows(site, _SUPPORT, statement=iri)]
    return {
        "place": place,
        "passages": [_shown(row, place, support) for row in passages if _belongs(row, place, support)],
        "facts": found[0] if found else None,
        "slots": _slots(site, iri) if kind == "figure" else [],
        "basis": [str(row["basis"]) for row in rows(site, _BASIS, statement=iri)],
        "related": _related(site, iri),
        "read": f"{link(site, str(place['report']))}/read",
    }


def _int(value: object) -> int:
    return int(str(value))


def _belongs(passage: Shown, place: Shown, support: list[tuple[int, int]]) -> bool:
    """Whether a passage holds some of the words, or supports the statement."""
    start, end = _int(passage["start"]), _int(passage["end"])
    wanted = [(_int(place["start"]), _int(place["end"])), *support]
    return any(left < end and right > start for left, right in wanted)


def _shown(passage: Shown, place: Shown, support: list[tuple[int, int]]) -> Shown:
    start, end = _int(passage["start"]), _int(passage["end"])
    marks = [Mark(_int(place["start"]), _int(place["end"]), "words")]
    if place["sentenceStart"] is not None:
        marks.append(Mark(_int(place["sentenceStart"]), _int(place["sentenceEnd"]), "sentence"))
    elif (start, end) in support:
        marks.append(Mark(start, end, "sentence"))
    pieces = cut(str(passage["exact"]), start, marks)
    return {"pieces": pieces, "page": passage["page"], "anchor": ending(str(passage["passage"]))}


def _slots(site: PageSource, iri: str) -> list[Shown]:
    """The slots of a figure as rows: words, values with their addresses; None where the text is silent."""
    said: dict[str, list[Shown]] = {}
    for property_, value, name in site.ask(with_values(_SLOTS, {"statement": ox.NamedNode(iri)})).rows:
        text = str(name or value)
        href = link(site, str(value)) if str(value).startswith("http") else None
        said.setdefault(str(property_), []).append({"text": text, "href": href})
    return [{"words": words, "values": said.get(property_, [])} for words, property_ in SLOTS]


def _related(site: PageSource, iri: str) -> dict[str, list[Shown]]:
    """What a statement is linked with, by the words of the relation."""
    found = rows(site, _RELATED, statement=iri)
    known = names(site, [str(row["thing"]) for row in found])
    groups: dict[str, list[Shown]] = {words: [] for words in LINKED.values()}
    for row in found:
        thing, back = str(row["thing"]), row["back"] is True
        name = known[thing]
        linked: Shown = {"label": name.label, "kind": name.kind, "href": row["thing_href"]}
        groups[LINKED[str(row["property"]), back]].append(linked)
    for things in groups.values():
        things.sort(key=lambda thing: str(thing["label"]))
    return {words: things for words, things in groups.items() if things}
