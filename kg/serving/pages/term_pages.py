"""The pages of the ontology and the vocabularies: classes, properties, frameworks, and lists of things."""

from __future__ import annotations

import pyoxigraph as ox

from kg.asking.sparql.parameters import with_values
from kg.model.bodies import body_kinds
from kg.model.errors import Unknown
from kg.model.labels import LABELS
from kg.model.vocab import KG
from kg.serving.pages.facts import Shown, rows
from kg.serving.pages.naming import ending, names
from kg.serving.pages.rendering import link
from kg.serving.pages.source import PageSource
from kg.serving.pages.term_drawing import diagram

LISTED = 1000
_TERMS = """PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT ?term ?kind (MIN(STR(?name)) AS ?label) (MIN(STR(?text)) AS ?definition) {
  VALUES (?type ?kind) {
    (owl:Class "class") (owl:ObjectProperty "relation") (owl:DatatypeProperty "value") }
  ?term a ?type FILTER(STRSTARTS(STR(?term), STR(kg:)))
  OPTIONAL { ?term rdfs:label ?name } OPTIONAL { ?term rdfs:comment|skos:definition ?text }
} GROUP BY ?term ?kind ORDER BY ?kind ?term"""
_LINKS = """SELECT DISTINCT ?term ?what ?other {
  VALUES (?property ?what) { (rdfs:domain "of") (rdfs:range "to") (rdfs:subClassOf "kind of") }
  ?term ?property ?other FILTER(STRSTARTS(STR(?term), STR(kg:)) && ISIRI(?other))
} ORDER BY ?term ?what ?other"""
_COUNTS = """SELECT ?class (COUNT(DISTINCT ?thing) AS ?things) { ?thing a ?class }
  GROUP BY ?class ORDER BY ?class"""
_USES = "SELECT ?p (COUNT(*) AS ?uses) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p"
_EXAMPLE = "SELECT (MIN(?thing) AS ?example) {{ ?thing a {} FILTER(ISIRI(?thing)) }}"
_USED = "SELECT ?s ?o {{ ?s {} ?o }} ORDER BY ?s ?o LIMIT 1"
_FRAMEWORKS = """SELECT ?framework ?title ?publisher ?previous ?previousTitle {
  ?framework a kg:Framework . OPTIONAL { ?framework dct:title ?title }
  OPTIONAL { ?framework dct:publisher/skos:prefLabel ?publisher }
  OPTIONAL { ?framework kg:previous ?previous . ?previous dct:title ?previousTitle }
} ORDER BY ?publisher ?title ?framework"""
_PARTS = """SELECT ?framework ?what ?part ?name ?rank ?definition {
  { ?part a kg:Area ; skos:inScheme ?framework . BIND("area" AS ?what) OPTIONAL { ?part kg:order ?rank } }
  UNION { ?framework kg:gradeScheme ?scheme . ?part a kg:Grade ; skos:inScheme ?scheme
    BIND("grade" AS ?what) OPTIONAL { ?part kg:rank ?rank } }
  ?framework a kg:Framework . ?part skos:prefLabel ?name OPTIONAL { ?part skos:definition ?definition }
} ORDER BY ?framework ?what ?rank ?name ?part"""
_THINGS = """SELECT ?thing (MIN(STR(?label)) AS ?name) (COUNT(DISTINCT ?mention) AS ?times) {
  # VALUES ?class
  ?thing a ?class OPTIONAL { ?thing skos:prefLabel|dct:title ?label }
  OPTIONAL { ?mention kg:refersTo ?thing }
} GROUP BY ?thing ORDER BY LCASE(?name) ?thing"""
BROWSED = tuple(
    cls.removeprefix(KG.iri)
    for cls in (
        *(kind.cls for kind in body_kinds()),
        *(label.cls for label in LABELS if label.name not in ("FORCE", "PERIOD")),
        KG.Framework,
    )
)
"""The classes of things that can be browsed by name."""


def ontology_page(site: PageSource) -> Shown:
    """Classes and properties with meaning and example, a diagram, frameworks, and what can be browsed."""
    terms = [{**row, "name": ending(str(row["term"]))} for row in rows(site, _TERMS)]
    counts = {str(row["class"]): int(str(row["things"])) for row in rows(site, _COUNTS)}
    links: dict[tuple[str, str], list[str]] = {}
    for row in rows(site, _LINKS):
        links.setdefault((str(row["term"]), str(row["what"])), []).append(ending(str(row["other"])))
    for term in terms:
        for what in ("of", "to", "kind of"):
            term[what.replace(" ", "_")] = links.get((str(term["term"]), what), [])
    classes = [term for term in terms if term["kind"] == "class"]
    properties = [term for term in terms if term["kind"] != "class"]
    _with_examples(site, classes, counts)
    _with_uses(site, properties)
    return {
        "classes": classes,
        "properties": properties,
        "diagram": diagram(properties, counts),
        "frameworks": _frameworks(site),
        "browsed": [(name, counts.get(KG.iri + name, 0)) for name in BROWSED if counts.get(KG.iri + name)],
    }


def _with_examples(site: PageSource, classes: list[Shown], counts: dict[str, int]) -> None:
    """Gives each class how many things it has and one of them."""
    found: dict[str, str] = {}
    for term in classes:
        term["things"] = counts.get(str(term["term"]), 0)
        example = rows(site, _EXAMPLE.format(ox.NamedNode(str(term["term"]))))
        if example and example[0]["example"]:
            found[str(term["term"])] = str(example[0]["example"])
    known = names(site, found.values())
    for term in classes:
        example_iri = found.get(str(term["term"]))
        term["example"] = (known[example_iri].label, link(site, example_iri)) if example_iri else None


def _with_uses(site: PageSource, properties: list[Shown]) -> None:
    """Gives each property how often the data use it and one use."""
    uses = {str(row["p"]): int(str(row["uses"])) for row in rows(site, _USES)}
    nodes = [ox.NamedNode(str(term["term"])) for term in properties]
    first = {node.value: site.ask(_USED.format(node)).terms for node in nodes}
    ends = [node for found in first.values() for row in found for node in row]
    things = [node.value for node in ends if isinstance(node, ox.NamedNode)]
    known = names(site, things)
    for term in properties:
        term["uses"] = uses.get(str(term["term"]), 0)
        found = first[str(term["term"])]
        term["example"] = tuple(_end(site, node, known) for node in found[0]) if found else None


def _end(site: PageSource, node: object, known: object) -> tuple[str, str | None]:
    if isinstance(node, ox.NamedNode) and isinstance(known, dict):
        return known[node.value].label, link(site, node.value)
    return (node.value if isinstance(node, ox.Literal) else str(node)), None


def _frameworks(site: PageSource) -> list[Shown]:
    """The frameworks, each with its areas and grades in order."""
    parts: dict[tuple[str, str], list[Shown]] = {}
    for row in rows(site, _PARTS):
        row["href"] = link(site, str(row["part"]))
        parts.setdefault((str(row["framework"]), str(row["what"])), []).append(row)
    found = []
    for row in rows(site, _FRAMEWORKS):
        iri = str(row["framework"])
        found.append({
            **row, "href": link(site, iri), "title": row["title"] or ending(iri), "id": ending(iri),
            "areas": parts.get((iri, "area"), []), "grades": parts.get((iri, "grade"), []),
        })  # fmt: skip
    return found


def browse_page(site: PageSource, name: str) -> Shown:
    """All things of a class, by name, with how often reports mention them. Raises Unknown."""
    if name not in BROWSED:
        raise Unknown.name("class", name, BROWSED, "/ontology lists them")
    text = with_values(_THINGS, {"class": ox.NamedNode(KG.iri + name)})
    found = [{**row, "href": link(site, str(row["thing"]))} for row in site.ask(text).dicts()]
    for row in found:
        row["name"] = row["name"] or ending(str(row["thing"]))
    return {"class": name, "things": found[:LISTED], "more": len(found) > LISTED}
