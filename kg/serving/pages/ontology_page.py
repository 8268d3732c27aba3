"""The pages of the ontology and the vocabularies: classes, properties, frameworks, and lists of things."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox
from markupsafe import Markup

from kg.asking.network.ontology_diagram import ontology_diagram
from kg.asking.results import Results
from kg.asking.things.kinds import KINDS, kind_of
from kg.model.bodies import body_kinds
from kg.model.errors import Unknown
from kg.model.labels import LABELS
from kg.model.vocab import KG, local_name
from kg.serving.http.messages import Response
from kg.serving.pages import queries
from kg.serving.pages.labels import Name, names
from kg.serving.pages.queries import bound
from kg.serving.pages.rendering import link, page
from kg.serving.pages.source import PageSource
from kg.serving.pages.statements import Shown, rows

LISTED = 1000
BROWSED = tuple(
    cls.removeprefix(KG.iri)
    for cls in (
        *(kind.cls for kind in body_kinds()),
        *(label.cls for label in LABELS if label.name not in ("FORCE", "PERIOD")),
        KG.Framework,
    )
)
"""The classes of things that can be browsed by name."""


def ontology_page(site: PageSource) -> Response:
    """Classes and properties with meaning and example, a diagram, frameworks, and what can be browsed."""
    answers = site.ask_all({
        "terms": queries.TERMS, "links": queries.TERM_LINKS, "class counts": queries.CLASS_COUNTS,
        "property counts": queries.PROPERTY_COUNTS, "things": queries.CLASS_EXAMPLES,
        "uses": queries.PROPERTY_EXAMPLES, "frameworks": queries.FRAMEWORKS,
        "parts": queries.FRAMEWORK_PARTS,
    })  # fmt: skip
    terms = [{**row, "name": local_name(str(row["term"]))} for row in rows(site, answers["terms"])]
    links: dict[tuple[str, str], list[str]] = {}
    for term, what, other in answers["links"].rows:
        links.setdefault((str(term), str(what)), []).append(local_name(str(other)))
    for row in terms:
        for what in ("of", "to", "kind of"):
            row[what.replace(" ", "_")] = links.get((str(row["term"]), what), [])
    classes = [row for row in terms if row["kind"] == "class"]
    properties = [row for row in terms if row["kind"] != "class"]
    counts = {str(iri): int(str(things)) for iri, things in answers["class counts"].rows}
    _with_examples(site, classes, properties, answers)
    return page("ontology.html", {
        "title": "The ontology",
        "classes": classes,
        "properties": properties,
        "diagram": Markup(ontology_diagram({str(row["name"]) for row in properties}, counts)),  # escapes
        "frameworks": _frameworks(site, answers["frameworks"], answers["parts"]),
        "browsed": [(name, counts.get(KG.iri + name, 0)) for name in BROWSED if counts.get(KG.iri + name)],
    })  # fmt: skip


def _with_examples(
    site: PageSource, classes: list[Shown], properties: list[Shown], answers: Mapping[str, Results]
) -> None:
    """Gives each class how many things it has and one of them, each property how many uses and one."""
    things = {str(iri): int(str(count)) for iri, count in answers["class counts"].rows}
    uses = {str(iri): int(str(count)) for iri, count in answers["property counts"].rows}
    first_thing = {str(iri): str(thing) for iri, thing in answers["things"].rows}
    first_use = {str(iri)[1:-1]: (start, end) for iri, start, end in answers["uses"].terms}
    ends = (end for term in properties for end in first_use.get(str(term["term"]), ()))
    shown = {end.value for end in ends if isinstance(end, ox.NamedNode)}
    known = names(
        site, shown.union(first_thing.get(str(term["term"]), str(term["term"])) for term in classes)
    )
    for term in classes:
        term["things"] = things.get(str(term["term"]), 0)
        thing = first_thing.get(str(term["term"]))
        term["example"] = (known[thing].label, link(site, thing)) if thing else None
    for term in properties:
        term["uses"] = uses.get(str(term["term"]), 0)
        use = first_use.get(str(term["term"]))
        term["example"] = tuple(_end(site, end, known) for end in use) if use else None


def _end(site: PageSource, node: object, known: Mapping[str, Name]) -> tuple[str, str | None]:
    if isinstance(node, ox.NamedNode):
        return known[node.value].label, link(site, node.value)
    return (node.value if isinstance(node, ox.Literal) else str(node)), None


def _frameworks(site: PageSource, frameworks: Results, parts: Results) -> list[Shown]:
    """The frameworks, each with its areas and grades in order."""
    grouped: dict[tuple[str, str], list[Shown]] = {}
    for row in rows(site, parts):
        row["href"] = link(site, str(row["part"]))
        grouped.setdefault((str(row["framework"]), str(row["what"])), []).append(row)
    found = []
    for row in rows(site, frameworks):
        iri = str(row["framework"])
        found.append({
            **row, "href": link(site, iri), "title": row["title"] or local_name(iri), "id": local_name(iri),
            "areas": grouped.get((iri, "area"), []), "grades": grouped.get((iri, "grade"), []),
        })  # fmt: skip
    return found


def browse_page(site: PageSource, name: str) -> Response:
    """All things of a class, by name, with how often reports mention them. Raises Unknown."""
    if name not in BROWSED:
        raise Unknown.name("class", name, BROWSED, "/ontology lists them")
    found = rows(site, site.ask(bound(queries.THINGS_OF_CLASS, **{"class": KG.iri + name})))
    for row in found:
        row["href"] = row["thing_href"]
        row["name"] = row["name"] or local_name(str(row["thing"]))
    plural = KINDS[kind_of([KG.iri + name])].plural
    title = plural[0].upper() + plural[1:]
    more = len(found) > LISTED
    return page("browse.html", {"title": title, "class": name, "things": found[:LISTED], "more": more})
