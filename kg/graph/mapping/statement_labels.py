"""A label for each statement and passage, for browsers that know nothing of our terms.

Labels are short and for people; the exact words are those of the evidence. Spans and selectors have none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.graph.mapping.report_graph import ReportGraph
from kg.model.iris import slug
from kg.model.terms import label_literal, text_of
from kg.model.text.display import shortened
from kg.model.vocab import DCT, KG, OA, RDF, RDFS

LONGEST = 80
_NAMED_BY = (KG.heading, KG.statement, DCT.title, KG.message, KG.what)
"""The properties whose text is a label, the best first."""
_WORDS = (KG.evidence, KG.topicWords, KG.reasonWords)
"""The properties that lead to the words of a statement."""
_BEFORE = {KG.Aboutness: "about: ", KG.Reason: "reason: ", KG.Recognition: "recognised by: "}
_UNLABELLED = (KG.Span, KG.Report, KG.SourceFile)
"""Stretches of text, which have their words, and what has a title."""
_Values = Mapping[str, Mapping[str, list[str]]]


def add_labels(graph: ReportGraph) -> None:
    """``rdfs:label`` of all parts of the report that have a class of ours, last of all steps."""
    values: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in graph.quads:
        values[text_of(quad.subject)][quad.predicate.value].append(text_of(quad.object))
    judgements = {graph.part("judgement", slug(j.area)): j for j in graph.extraction.judgements}
    for iri in [iri for iri in values if iri.startswith(graph.report + "/")]:
        cls = next((c for c in values[iri].get(RDF.type, ()) if c.startswith(KG.iri)), None)
        if cls is None or cls in _UNLABELLED:
            continue
        if judgement := judgements.get(iri):
            text = f"{judgement.area}: {judgement.grade.replace('-', ' ')}"
        else:
            text = _BEFORE.get(cls, "") + _text(iri, cls, values)
        graph.add(iri, RDFS.label, label_literal(shortened(text, LONGEST)))


def _text(iri: str, cls: str, values: _Values) -> str:
    own = values[iri]
    if cls == KG.ReportText:
        return "text of the report"
    if KG.valueText in own:
        return ": ".join((*own[KG.valueText][:1], *own.get(KG.measureText, ())[:1]))
    for term in _NAMED_BY:
        if own.get(term):
            return own[term][0]
    if OA.hasSelector in own:
        return _exact(iri, values)
    words = (_exact(min(own[term]), values) for term in _WORDS if own.get(term))
    return next(words, cls.removeprefix(KG.iri))


def _exact(span: str, values: _Values) -> str:
    selector = next(iter(values.get(span, {}).get(OA.hasSelector, ())), "")
    return next(iter(values.get(selector, {}).get(OA.exact, ())), "")
