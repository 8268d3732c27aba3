"""What a page calls a thing: by its name, else by the words it rests on, never by its IRI alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.asking.results import shown
from kg.asking.things.kinds import kind_of
from kg.model.vocab import DCT, KG, RDF, RDFS, SKOS
from kg.serving.pages.rendering import Cell, cell, link
from kg.serving.pages.source import PageSource

_AT_ONCE = 80
"""So many things are asked about in one query; with far more the engine reads all the data."""
_LONGEST = 140
_NAMES = (SKOS.prefLabel, DCT.title, KG.heading, KG.statement, KG.message, RDFS.label, KG.what)
"""The properties that name a thing, the best first."""
_USED = (RDF.type, *_NAMES, KG.status, KG.valueText, KG.measureText, DCT.identifier, SKOS.notation)
_DIRECT = """SELECT ?thing ?property ?value {{
  VALUES ?thing {{ {} }} ?thing ?property ?value FILTER(?property IN ({})) }}"""
_WORDS = """SELECT ?thing (MIN(STR(?text)) AS ?exact) {{
  VALUES ?thing {{ {} }} ?thing kg:evidence?/oa:hasSelector?/oa:exact ?text }} GROUP BY ?thing"""
_GRADED = """SELECT ?thing ?area ?grade {{ VALUES ?thing {{ {} }}
  ?thing kg:grade/skos:prefLabel ?grade OPTIONAL {{ ?thing kg:area/skos:prefLabel ?area }} }}
  ORDER BY ?thing ?area ?grade"""
PLAIN_KINDS = {
    "Mention": "mention", "Section": "section", "Passage": "passage", "Span": "words", "Notice": "notice",
    "StatusEvent": "status event", "Link": "link", "Coverage": "coverage", "ReportText": "text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """What a thing is called and what kind of thing it is ("finding", "force", …; "thing" for others)."""

    label: str
    kind: str


def short(text: str, longest: int = _LONGEST) -> str:
    """A text on one line, cut at a word with an ellipsis where it is longer.

    >>> short("one two\\nthree", 9)
    'one two…'
    """
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def names(site: PageSource, iris: Iterable[str]) -> dict[str, Name]:
    """The names of things, by IRI; one that has neither name nor words gets the end of its IRI."""
    wanted = sorted(set(iris))
    found: dict[str, Name] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        found |= _names(site, wanted[start : start + _AT_ONCE])
    return found


def _names(site: PageSource, iris: list[str]) -> dict[str, Name]:
    values = _nodes(iris)
    said: dict[str, dict[str, list[str]]] = {iri: {} for iri in iris}
    used = ", ".join(str(ox.NamedNode(iri)) for iri in _USED)
    for thing, property_, value in site.ask(_DIRECT.format(values, used)).rows:
        said[str(thing)].setdefault(str(property_), []).append(str(value))
    words = {str(thing): str(text) for thing, text in site.ask(_WORDS.format(values)).rows}
    graded = {str(t): f"{a or 'Overall'}: {g}" for t, a, g in site.ask(_GRADED.format(values)).rows}
    return {iri: Name(_label(iri, said[iri], words, graded), _kind(said[iri])) for iri in iris}


def _nodes(iris: Iterable[str]) -> str:
    return " ".join(str(ox.NamedNode(iri)) for iri in iris)


def _kind(said: Mapping[str, list[str]]) -> str:
    classes = said.get(RDF.type, [])
    kind = kind_of(classes)
    plain = (PLAIN_KINDS.get(iri.rpartition("#")[2]) for iri in sorted(classes))
    return kind if kind != "thing" else next(filter(None, plain), "thing")


def _label(
    iri: str, said: Mapping[str, list[str]], words: Mapping[str, str], graded: Mapping[str, str]
) -> str:
    """By the best property; a judgement by area and grade, a figure by value and measure."""
    if iri in graded:
        return graded[iri]
    value, measure = (min(said.get(p, [""])) for p in (KG.valueText, KG.measureText))
    if value:
        return short(f"{value}: {measure}" if measure else value)
    named = next((min(said[p]) for p in _NAMES if p in said), None)
    if KG.StatusEvent in said.get(RDF.type, ()) and KG.status in said:
        return short(f"{min(said[KG.status])}: {words.get(iri, '')}")
    if KG.Link in said.get(RDF.type, ()):
        return "link from an item to an earlier one"
    codes = (min(said[p]) for p in (DCT.identifier, SKOS.notation) if p in said)
    return short(named or words.get(iri) or next(codes, "")) or ending(iri)


def ending(iri: str) -> str:
    """The last part of an IRI.

    >>> ending("https://kg.example/ontology#Finding"), ending("https://e/a/b")
    ('Finding', 'b')
    """
    return iri.rstrip("/").rpartition("#")[2].rpartition("/")[2] or iri


def named_cell(site: PageSource, term: object, known: Mapping[str, Name], label: str | None = None) -> Cell:
    """A term as a cell with its name; a literal as it is."""
    if not isinstance(term, ox.NamedNode):
        return cell(site, term if isinstance(term, (ox.Literal, ox.BlankNode, ox.Triple)) else None)
    name = label or (known[term.value].label if term.value in known else None)
    outside = (link(site, term.value) or "").startswith("http")
    return cell(site, term, shown(term) if outside and (name is None or name == ending(term.value)) else name)
