"""What is worth saying beside an answer: terms that do not exist, bodies that no report is about."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from kg.asking.results import Results
from kg.asking.sparql.library import SavedQuery
from kg.asking.sparql.parameters import BODIES, Ask, bindings_for
from kg.asking.sparql.screening import names_in, terms_with_words
from kg.model.ontology import object_properties
from kg.model.vocab import KG


def remarks(saved: SavedQuery, params: Mapping[str, object], ask: Ask, results: Results) -> list[str]:
    """One line for each thing that explains an answer which says less, or far more, than was hoped for."""
    return [
        *wrong_terms(saved.text),
        *words_for_things(saved.text),
        *of_any_polarity(saved),
        *unlimited(saved, params),
        *([] if results else unreported(saved, params, ask)),
    ]


def unlimited(saved: SavedQuery, params: Mapping[str, object]) -> list[str]:
    """A line where the parameter is left out that a query needs to be a question."""
    if not saved.needs or params.get(saved.needs):
        return []
    return [f"without {saved.needs} these are all rows that there are; give --param {saved.needs}=…"]


def wrong_terms(text: str) -> list[str]:
    """A line for each kg: term of a query that the ontology does not have, in order of first use.

    >>> wrong_terms("ASK { ?j a kg:Judgment }")
    ['kg:Judgment is no term; did you mean kg:Judgement?']
    """
    found = dict.fromkeys(iri.removeprefix(KG.iri) for iri in names_in(text) if iri.startswith(KG.iri))
    return [_no_term(name) for name in found if name and name not in KG.words]


def words_for_things(text: str) -> list[str]:
    """A line for each property of a query that leads to things and is given words, which match nothing.

    >>> words_for_things('ASK { ?f kg:polarity "negative" }')
    ['kg:polarity leads to a thing, so "negative" matches nothing; write kg:Negative']
    """
    lines = []
    for iri, words in dict.fromkeys(terms_with_words(text)):
        name = iri.removeprefix(KG.iri)
        if name in object_properties():
            thing = words[:1].upper() + words[1:]
            advice = f"write kg:{thing}" if thing in KG.words else "ask for its skos:prefLabel"
            lines.append(f'kg:{name} leads to a thing, so "{words}" matches nothing; {advice}')
    return lines


def of_any_polarity(saved: SavedQuery) -> list[str]:
    """A line where SPARQL of one's own asks for polarities and not of what: it stands on several kinds of
    thing, and most statements of what is wrong have none."""
    names = set(names_in(saved.text))
    if saved.group or KG.polarity not in names or names & _WITH_POLARITY:
        return []
    return [
        "kg:polarity stands on findings, on what statements are about, on reasons and grades: "
        "say which (?f a kg:Finding); needs, concerns and boxed items have none, as their kind says it"
    ]


_WITH_POLARITY = frozenset({KG.Finding, KG.Aboutness, KG.Reason, KG.Grade})


def _no_term(name: str) -> str:
    close = get_close_matches(name, sorted(KG.words), n=1, cutoff=0.6)
    advice = f"did you mean kg:{close[0]}?" if close else "the ontology lists them"
    return f"kg:{name} is no term; {advice}"


def unreported(saved: SavedQuery, params: Mapping[str, object], ask: Ask) -> list[str]:
    """A line for each inspected body among the parameters that no report here is about."""
    chosen = {p.name: params[p.name] for p in saved.inputs if p.variable in BODIES and params.get(p.name)}
    lines = []
    for body in bindings_for(saved, chosen, ask).values():
        if not ask(f"ASK {{ ?report a <{KG.Report}> ; <{KG.inspectedBody}> {body} }}"):
            rows = ask(f"SELECT (MIN(STR(?name)) AS ?one) {{ {body} skos:prefLabel ?name }}").rows
            name = str(rows[0][0] if rows and rows[0][0] else body.value)
            lines.append(f"no report on {name} here")
    return lines
