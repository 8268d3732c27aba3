"""What is worth saying beside an answer: terms that do not exist, bodies that no report is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from kg.asking.results import Results
from kg.asking.sparql.library import SavedQuery
from kg.asking.sparql.parameters import BODIES, Ask, bindings_for, find_entity
from kg.asking.sparql.screening import names_in, terms_with_words
from kg.model.errors import Ambiguous, Unknown
from kg.model.ontology import object_properties
from kg.model.text.months import first_and_last
from kg.model.vocab import DCT, KG


def remarks(saved: SavedQuery, params: Mapping[str, object], ask: Ask, results: Results) -> list[str]:
    """One line for each thing that explains an answer which says less, or far more, than was hoped for."""
    return [
        *wrong_terms(saved.text),
        *words_for_things(saved.text),
        *of_any_polarity(saved),
        *unlimited(saved, params),
        *unsurely_dated(saved, params, ask),
        *([] if results else [*unreported(saved, params, ask), *unnamed(saved, params, ask)]),
    ]


def unnamed(saved: SavedQuery, params: Mapping[str, object], ask: Ask) -> list[str]:
    """A line for each value that may be a name or words to look for, and is the name of nothing here."""
    lines = []
    for parameter in saved.inputs:
        value = params.get(parameter.name)
        if parameter.kind == "text" and "words to look for" in parameter.meaning and isinstance(value, str):
            try:
                find_entity(value, ask)
            except Unknown as error:
                lines.append(f"{error}; nor are there passages with these words")
            except Ambiguous:
                continue
    return lines


def unlimited(saved: SavedQuery, params: Mapping[str, object]) -> list[str]:
    """A line where the parameter is left out that a query needs to be a question."""
    if not saved.needs or params.get(saved.needs):
        return []
    return [f"without {saved.needs} these are all rows that there are; give a value for {saved.needs}"]


def unsurely_dated(saved: SavedQuery, params: Mapping[str, object], ask: Ask) -> list[str]:
    """A line for the reports that a span of publication leaves out as they state no date, and one for those
    in it that state a month or year of which a part is outside."""
    given = {p.name: params[p.name] for p in saved.inputs if p.variable in _DATED_BY and params.get(p.name)}
    terms = bindings_for(saved, given, ask)
    bound = {name: term.value for name, term in terms.items() if not isinstance(term, tuple)}
    if not bound.keys() & {"publishedFrom", "publishedTo"}:
        return []
    since, until = bound.get("publishedFrom", ""), bound.get("publishedTo", "")
    undated, partly = dict[str, None](), dict[str, None]()
    for report, id, body, issued in ask(_ISSUED):
        asked = (("onlyBody", body), ("report", report), ("in", report))
        if any(name in bound and bound[name] != str(value) for name, value in asked):
            continue
        if issued is None:
            undated[str(id)] = None
        elif _is_partly_outside(str(issued), since, until):
            partly[str(id)] = None
    told = {
        "left out, as no date of publication is known": undated,
        "published in a month or year of which a part is outside of what is asked for": partly,
    }
    return [f"{what}: {some(list(ids))}" for what, ids in told.items() if ids]


_DATED_BY = ("publishedFrom", "publishedTo", "onlyBody", "report", "in")
"""The variables that say which reports are meant, and of which time."""
_ISSUED = f"""
SELECT DISTINCT ?report ?id ?body (STR(?day) AS ?issued) WHERE {{
  ?report a <{KG.Report}> ; <{DCT.identifier}> ?id .
  OPTIONAL {{ ?report <{KG.inspectedBody}> ?body }}
  OPTIONAL {{ ?report <{DCT.issued}> ?day }}
}} ORDER BY ?id
"""


def _is_partly_outside(issued: str, since: str, until: str) -> bool:
    """Whether a month or year has days inside and days outside of a span; an empty end is none.

    >>> _is_partly_outside("2024-03", "2024-03-01", ""), _is_partly_outside("2024-03", "2024-03-02", "")
    (False, True)
    """
    first, last = first_and_last(issued)
    begins = first_and_last(since)[0] if since else first
    ends = first_and_last(until)[1] if until else last
    return first < begins <= last or first <= ends < last


def some(names: Sequence[str], most: int = 5) -> str:
    """The first of several names, and how many more there are.

    >>> some(["a", "b", "c"], 2)
    'a, b and 1 more'
    """
    more = len(names) - most
    return ", ".join(names) if more <= 0 else f"{', '.join(names[:most])} and {more} more"


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
        if isinstance(body, tuple):
            continue
        if not ask(f"ASK {{ ?report a <{KG.Report}> ; <{KG.inspectedBody}> {body} }}"):
            rows = ask(f"SELECT (MIN(STR(?name)) AS ?one) {{ {body} skos:prefLabel ?name }}").rows
            name = str(rows[0][0] if rows and rows[0][0] else body.value)
            lines.append(f"no report on {name} here")
    return lines
