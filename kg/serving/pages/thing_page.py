"""The page of a thing that reports speak of: its names, the findings about it, and what stands beside it."""

from __future__ import annotations

import re
from html import escape, unescape

from markupsafe import Markup

from kg.model.bodies import body_kinds
from kg.model.errors import KgError
from kg.model.labels import LABELS
from kg.model.vocab import KG
from kg.serving.pages import facts as asked
from kg.serving.pages.bodies import grouped
from kg.serving.pages.facts import Shown, rows
from kg.serving.pages.rendering import link
from kg.serving.pages.source import PageSource

_ABOUT = """SELECT ?definition ?owner ?ownerIri ?scheme ?schemeIri ?begin ?finish ?broader ?broaderIri {
  # VALUES ?thing
  ?thing a ?class
  OPTIONAL { ?thing skos:definition|rdfs:comment ?definition }
  OPTIONAL { ?thing kg:ownedBy ?ownerIri . ?ownerIri skos:prefLabel ?owner }
  OPTIONAL { ?thing skos:inScheme ?schemeIri
    OPTIONAL { ?schemeIri dct:title|skos:prefLabel|rdfs:label ?scheme } }
  OPTIONAL { ?thing skos:broader ?broaderIri OPTIONAL { ?broaderIri skos:prefLabel ?broader } }
  OPTIONAL { ?thing kg:periodBegin ?begin } OPTIONAL { ?thing kg:periodEnd ?finish }
} ORDER BY ?definition ?owner ?scheme ?broader LIMIT 1"""
_FACTS = ("definition", "owner", "scheme", "broader", "begin", "finish")
_ALIASES = """SELECT DISTINCT ?alias {
  # VALUES ?thing
  ?thing skos:altLabel|skos:hiddenLabel ?alias
} ORDER BY LCASE(STR(?alias)) ?alias LIMIT 60"""
_FINDINGS = """SELECT DISTINCT ?statement ?kind ?polarity ?heading ?words ?exact ?grade ?rank ?area
  ?bodyName ?report ?reportName {
  # VALUES ?thing
  ?statement kg:mentions|kg:area|kg:grade ?thing ; a ?kind ; kg:report ?report ;
    kg:evidence/oa:hasSelector/oa:exact ?exact .
  VALUES ?kind { kg:Finding kg:Judgement kg:ImprovementNeed kg:StatedConcern kg:CauseOfConcern
    kg:AreaForImprovement kg:Recommendation kg:InnovativePractice kg:PromisingPractice }
  OPTIONAL { ?statement kg:heading ?heading } OPTIONAL { ?statement kg:statement ?words }
  OPTIONAL { ?statement kg:polarity ?p BIND(STRAFTER(STR(?p), "#") AS ?polarity) }
  OPTIONAL { ?statement kg:area/skos:prefLabel ?area }
  OPTIONAL { ?statement kg:grade ?g . ?g skos:prefLabel ?grade ; kg:rank ?rank }
  OPTIONAL { ?statement kg:inspectedBody/skos:prefLabel ?bodyName }
  OPTIONAL { ?report dct:title ?title } OPTIONAL { ?report dct:identifier ?id }
  BIND(COALESCE(?title, ?id, STR(?report)) AS ?reportName)
} ORDER BY ?kind ?bodyName ?reportName ?statement LIMIT 201"""
_COMPANY = (
    *(kind.cls for kind in body_kinds()),
    *(label.cls for label in LABELS if label.is_tagged and label.name != "FORCE"),
    KG.Area,
)
"""The classes of things that tell something when they are named in the same passage."""
_BESIDE = """SELECT ?thing (MIN(STR(?label)) AS ?name) (MIN(STR(?type)) AS ?class)
  (COUNT(DISTINCT ?passage) AS ?times) {
  { SELECT DISTINCT ?passage {
    # VALUES ?this
    ?mention kg:refersTo ?this ; kg:inPassage ?passage } }
  ?other kg:inPassage ?passage ; kg:refersTo ?thing . ?thing skos:prefLabel ?label ; a ?type .
  VALUES ?type { TYPES }
  FILTER NOT EXISTS { ?other kg:refersTo ?same FILTER(?same = ?this) }
} GROUP BY ?thing ORDER BY DESC(?times) LCASE(?name) ?thing LIMIT 40""".replace(
    "TYPES", " ".join(f"<{cls}>" for cls in _COMPANY)
)
_NODE = re.compile(r'<g class="node" data-id="([^"]*)".*?</g>', re.DOTALL)


def thing_page(site: PageSource, iri: str) -> Shown:
    """What the page of a thing shows besides what all pages have."""
    about = rows(site, _ABOUT, thing=iri)
    facts: Shown = dict.fromkeys(_FACTS) | (about[0] if about else {})
    for key in ("owner", "scheme", "broader"):
        facts[f"{key}_href"] = link(site, str(facts[f"{key}Iri"])) if facts.get(f"{key}Iri") else None
    figures = rows(site, asked.FIGURES, concept=iri)
    said = rows(site, _FINDINGS, thing=iri)
    beside = [row for row in rows(site, _BESIDE, this=iri) if row["thing"] != iri]
    return {
        "about": facts,
        "aliases": [str(row["alias"]) for row in rows(site, _ALIASES, thing=iri)],
        "said": said[:200],
        "said_cut": len(said) > 200,
        "figures": figures,
        "beside": grouped(beside),
    }


def picture(site: PageSource, iri: str) -> Markup | None:
    """The picture of what is around a thing, its boxes leading to their pages; None where there is none."""
    from kg.asking.network import neighbourhood, to_svg

    endpoint = site.settings.endpoint
    try:
        graph = neighbourhood(iri, store=None if endpoint else site.served.store, endpoint=endpoint, limit=24)
    except KgError:
        return None
    if len(graph) < 2:
        return None
    svg = to_svg(graph, captioned=False)
    return Markup(_NODE.sub(lambda found: _linked(site, found), svg))  # to_svg escapes every text


def _linked(site: PageSource, node: re.Match[str]) -> str:
    address = link(site, unescape(node[1]))
    return f'<a href="{escape(address)}">{node[0]}</a>' if address else node[0]
