"""Values of parameters become RDF terms, and terms are put into a query: never as text that was typed."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import product

import pyoxigraph as ox

from kg.asking.results import Results
from kg.asking.sparql.library import Parameter, SavedQuery
from kg.asking.sparql.reach import stands_in_triples
from kg.asking.sparql.screening import decoded, is_reached_from_its_end
from kg.asking.things.kinds import BODIES as BODY_KINDS
from kg.asking.things.naming import kinds_of, resolve_entity
from kg.asking.things.triples import endpoint_triples
from kg.model.errors import Ambiguous, CannotUnderstand, Unknown, refuse_long
from kg.model.iris import PREFIXES
from kg.model.terms import date_literal
from kg.model.text.comparing import name_key_without_article
from kg.model.vocab import KG, RDF, XSD

Ask = Callable[[str], Results]
Bound = ox.NamedNode | ox.Literal
Terms = Bound | tuple[Bound, ...]
"""What a variable is bound to: a term, or the several that a number may be written as."""

_REPORTS_QUERY = (
    f"PREFIX kg: <{KG.iri}>"
    + """
PREFIX dct: <http://purl.org/dc/terms/>
SELECT DISTINCT ?report ?id WHERE { ?report a kg:Report ; dct:identifier ?id } ORDER BY ?report
"""
)


def with_values(text: str, bindings: Mapping[str, Terms]) -> str:
    """The query with its variables bound, by VALUES blocks of terms that pyoxigraph has written.

    A block replaces each comment ``# VALUES ?variable``, on its line, so that line numbers stay; where a
    query has no such comment, the block is appended (SPARQL's trailing VALUES clause). What stands behind
    ``# WITH ?variable:`` belongs to the query only where the variable is bound, after its block. Raises
    CannotUnderstand where an appended block would not select: with filters, unions, groups, a query inside.

    >>> with_values("SELECT * {\\n # VALUES ?x\\n ?x ?p ?o }", {"x": ox.NamedNode("https://kg.example/a")})
    'SELECT * {\\n VALUES ?x { <https://kg.example/a> }\\n ?x ?p ?o }'
    >>> with_values("ASK {\\n # WITH ?c: ?s a ?c .\\n ?s ?p ?o }", {"c": ox.NamedNode("https://kg.example/a")})
    'ASK {\\n VALUES ?c { <https://kg.example/a> } ?s a ?c .\\n ?s ?p ?o }'
    """
    each = {name: term if isinstance(term, tuple) else (term,) for name, term in bindings.items()}
    blocks = {name: f"VALUES ?{name} {{ {' '.join(map(_written, terms))} }}" for name, terms in each.items()}
    placed = set[str]()

    def bound(comment: re.Match[str]) -> str:
        name = comment[1] or comment[2]
        if name not in blocks:
            return comment[0]
        placed.add(name)
        return blocks[name] + (comment[3] or "")

    text = _MARKER.sub(bound, text)  # once for all: a value may hold what looks like another's comment
    trailing = [name for name in bindings if name not in placed]
    if not trailing:
        return text
    if not is_reached_from_its_end(text, trailing):
        raise CannotUnderstand(
            f"?{trailing[0]}: the query does more than match one pattern, so it must say where a value"
            f" is put: write “# VALUES ?{trailing[0]}” at the end of a line of the pattern that has it"
        )
    names = " ".join("?" + name for name in trailing)
    rows = (f"({' '.join(map(_written, row))})" for row in product(*(each[name] for name in trailing)))
    return f"{text}\nVALUES ({names}) {{ {' '.join(rows)} }}"


_MARKER = re.compile(r"#[ \t]*(?:VALUES[ \t]+\?(\w+)[ \t]*|WITH[ \t]+\?(\w+):(.*))$", re.MULTILINE)


def _written(term: Bound) -> str:
    """The term in N-Triples syntax, all on one line and without bare control characters."""
    return "".join(c if c.isprintable() or c == " " else _escape(c) for c in str(term))


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def bindings_for(saved: SavedQuery, params: Mapping[str, object], ask: Ask) -> dict[str, Terms]:
    """Variable to term for the values that a user gave. ``ask`` answers look-ups of names.

    Raises Unknown for a parameter or a name that nothing has, Ambiguous for a name of several things,
    CannotUnderstand for a value that is not of the parameter's kind.
    """
    return dict(_binding(saved, name, value, ask) for name, value in params.items() if value is not None)


def _binding(saved: SavedQuery, name: str, value: object, ask: Ask) -> tuple[str, Terms]:
    for parameter in saved.inputs:
        if name == parameter.name:
            return parameter.variable, _terms_for(value, parameter, saved.text, ask)
    variables = set(re.findall(r"[?$](\w+)", decoded(saved.text)))
    if saved.inputs or name not in variables:
        known = saved.parameters or variables
        raise Unknown.name("parameter", name, known, f"of {saved.name or 'the query'}")
    return name, _terms_for(value, Parameter(name, name, "any", ""), saved.text, ask)


_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


def _terms_for(value: object, parameter: Parameter, text: str, ask: Ask) -> Terms:
    """The value as a term, or as all terms that a number may be in the data: terms are joined and not values,
    so that the integer 672 would select no decimal 672.

    Raises CannotUnderstand for a text that may be a number where only a condition asks for it.
    """
    may_be_text = isinstance(value, str) and parameter.kind == "any"
    if isinstance(value, str) and parameter.kind in ("any", "number") and _NUMBER.fullmatch(value.strip()):
        number: Decimal | None = Decimal(value.strip())
    else:
        is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
        number = Decimal(str(value)) if is_number and parameter.kind in ("any", "number") else None
    if number is None or not number.is_finite() or abs(number.adjusted()) > 100:
        return term_for(value, parameter, ask)
    if stands_in_triples(text, parameter.variable):
        return _written_as(number, value if isinstance(value, str) and may_be_text else None)
    if may_be_text:
        raise CannotUnderstand(
            f"?{parameter.name}: {value} may be a number or a text, and only a condition asks for it: say"
            f" which at the head of the query: # param {parameter.name} (number): …, or (text)"
        )
    return _typed(number)


def _written_as(number: Decimal, text: str | None) -> tuple[Bound, ...]:
    """The terms that have the value of a number, and the text where it was given as one.

    One of each family: Oxigraph takes all types of whole numbers for one, so that two of them would select a
    row twice.
    """
    is_whole = number == number.to_integral_value()
    plain = format(number.to_integral_value() if is_whole else number.normalize(), "f")
    kinds = (XSD.decimal, XSD.integer) if is_whole else (XSD.decimal,)
    terms: list[Bound] = [ox.Literal(plain, datatype=ox.NamedNode(kind)) for kind in kinds]
    terms += [ox.Literal(float(number))]
    terms += [] if text is None else [ox.Literal(text.strip())]
    return tuple(terms)


def term_for(value: object, parameter: Parameter, ask: Ask) -> Bound:
    """A value as the term that its parameter's kind asks for. Raises Unknown for none of a closed list."""
    if parameter.kind == "any" and isinstance(value, (ox.NamedNode, ox.Literal)):
        return value
    if isinstance(value, ox.NamedNode):
        value = f"<{value.value}>"
    elif isinstance(value, ox.Literal) and value.datatype.value in (XSD.string, RDF.langString):
        value = value.value
    elif isinstance(value, (bool, int, float, Decimal, date)):
        value = _typed(value)
    if isinstance(value, ox.Literal):
        if parameter.kind == "text":
            return ox.Literal(value.value)
        if parameter.kind in ("any", *_TYPES_OF.get(value.datatype.value, ())):
            return value
        raise CannotUnderstand(
            f"parameter {parameter.name}: {value.value} is no {_KIND_WORDS[parameter.kind]}"
        )
    if not isinstance(value, str):
        raise CannotUnderstand(f"parameter {parameter.name}: cannot bind a {type(value).__name__}")
    refuse_long(f"parameter {parameter.name}", value)
    if re.search("[\ud800-\udfff]", value):
        raise CannotUnderstand(f"parameter {parameter.name}: not a text in UTF-8")
    if parameter.values:
        return ox.Literal(_one_of(parameter, value.strip()))
    return _FROM_TEXT[parameter.kind](value.strip(), parameter, ask)


_TYPES_OF: dict[str, tuple[str, ...]] = {
    **dict.fromkeys((XSD.decimal, XSD.integer, XSD.double, XSD.float), ("number",)),
    **dict.fromkeys((XSD.date, XSD.gYear, XSD.gYearMonth), ("date",)),
}
"""The kinds of parameter that take a literal of a datatype as it is; a string is read as a text is."""


_KIND_WORDS = {
    "entity": "name or IRI", "report": "id or IRI of a report", "area": "name or IRI of an area",
    "iri": "IRI", "text": "text", "date": "date", "number": "number",
}  # fmt: skip


def _one_of(parameter: Parameter, text: str) -> str:
    """The value of a closed list that a text is, in any case. Raises Unknown with the whole list."""
    for value in parameter.values:
        if value.casefold() == text.casefold():
            return value
    raise Unknown.name(parameter.name, text, parameter.values, "one of " + ", ".join(parameter.values))


def _typed(value: bool | int | float | Decimal | date) -> ox.Literal:
    if isinstance(value, bool):
        return ox.Literal(value)
    if isinstance(value, int | float) and math.isfinite(value):
        value = Decimal(str(value))
    if isinstance(value, Decimal):
        return ox.Literal(format(value, "f"), datatype=ox.NamedNode(XSD.decimal))
    if isinstance(value, date):
        return ox.Literal(value.isoformat()[:10], datatype=ox.NamedNode(XSD.date))
    return ox.Literal(value)


def iri_of(text: str) -> ox.NamedNode | None:
    """The IRI that a text is: in angle brackets, absolute, or short with a known prefix; else None.

    >>> iri_of("kg:Finding").value
    'https://kg.example/ontology#Finding'
    """
    prefix, colon, local = text.partition(":")
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    elif colon and prefix in PREFIXES and not re.search(r"\s", local):
        text = PREFIXES[prefix] + local
    elif not re.match(r"(https?://|urn:)\S+$", text):
        return None
    try:
        return ox.NamedNode(text)
    except ValueError:
        return None


def _from_iri(text: str, parameter: Parameter, ask: Ask) -> Bound:
    iri = iri_of(text)
    if iri is None:
        raise CannotUnderstand(f'parameter {parameter.name}: "{text}" is no IRI')
    return iri


def _from_date(text: str, parameter: Parameter, ask: Ask) -> Bound:
    term = date_literal(text)
    if term is None or term.datatype.value == XSD.string:
        raise CannotUnderstand(
            f'parameter {parameter.name}: "{text}" is no date; write YYYY-MM-DD, YYYY-MM or YYYY'
        )
    return term


def _from_number(text: str, parameter: Parameter, ask: Ask) -> Bound:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise CannotUnderstand(f'parameter {parameter.name}: "{text}" is no number') from error
    if not number.is_finite() or abs(number.adjusted()) > 100:
        raise CannotUnderstand(f'parameter {parameter.name}: "{text}" is no number')
    return _typed(number)


def _from_entity(text: str, parameter: Parameter, ask: Ask) -> Bound:
    if parameter.variable in BODIES and iri_of(text) is None:
        return find_body(text, ask)
    return find_entity(text, ask, _KIND_OF.get(parameter.variable))


_KIND_OF = {"onlyMeasure": "measure", "onlyTopic": "topic", "topicIri": "topic"}
"""The variables that stand for things of one kind: "robbery" is the name of a measure and of a topic."""
BODIES = ("onlyBody", "otherBody")
"""The variables that stand for inspected bodies."""
_BODIES_QUERY = (
    f"PREFIX kg: <{KG.iri}>"
    + """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?body ?name WHERE {
  { SELECT DISTINCT ?body WHERE { ?report a kg:Report ; kg:inspectedBody ?body } }
  ?body skos:prefLabel|skos:altLabel|skos:hiddenLabel|skos:notation ?name
}
ORDER BY ?body ?name
"""
)


def find_body(name: str, ask: Ask) -> ox.NamedNode:
    """The inspected body of this name or alias, or whose name has these words ("Birmingham" for its council).

    Another body that is known by this name will do. Raises Ambiguous for words of several bodies, Unknown
    for what is no inspected body, such as a place.
    """
    names = [(str(body), str(text)) for body, text in ask(_BODIES_QUERY)]
    exact = {body for body, text in names if name_key_without_article(text) == name_key_without_article(name)}
    words = set(name_key_without_article(name).split())
    found = sorted(
        exact
        or {body for body, text in names if words and words <= set(name_key_without_article(text).split())}
    )
    if len(found) == 1:
        return ox.NamedNode(found[0])
    if found:
        raise Ambiguous(f'"{name}" means several inspected bodies: ' + ", ".join(f"<{iri}>" for iri in found))
    return _other_body(name, [text for _, text in names if " " in text] or [text for _, text in names], ask)


def _other_body(name: str, names: Sequence[str], ask: Ask) -> ox.NamedNode:
    hint = "kg query reports lists them"
    try:
        entity = find_entity(name, ask)
    except Ambiguous:
        raise
    except Unknown as error:
        raise Unknown.name("inspected body", name, names, hint) from error
    kinds = kinds_of([entity.value], endpoint_triples(lambda text: ask(text).terms))
    if kinds[entity.value] not in BODY_KINDS:
        raise Unknown.name("inspected body", name, names, hint)
    return entity


def _from_report(text: str, parameter: Parameter, ask: Ask) -> Bound:
    if iri := iri_of(text):
        return _known(iri, "report", KG.Report, ask)
    known = {str(id): str(report) for report, id in ask(_REPORTS_QUERY)}
    if text not in known:
        raise Unknown.name("report", text, known, "kg query reports lists them")
    return ox.NamedNode(known[text])


def _known(iri: ox.NamedNode, what: str, kind: str, ask: Ask) -> ox.NamedNode:
    """The IRI. Raises Unknown for one that is none of this kind of thing in the data."""
    if not ask(f"ASK {{ {iri} a <{kind}> }}"):
        raise Unknown(f"no {what} {iri} in the data")
    return iri


def _from_words(text: str, parameter: Parameter, ask: Ask) -> Bound:
    """A text; an IRI where the parameter may be one, which is then something in the data."""
    iri = iri_of(text) if "IRI" in parameter.meaning else None
    if iri is not None and not ask(f"ASK {{ {{ {iri} ?p ?o }} UNION {{ ?s ?p {iri} }} }}"):
        raise Unknown(f"nothing in the data has {iri}")
    return iri or ox.Literal(text)


_AREAS_QUERY = (
    f"PREFIX kg: <{KG.iri}>"
    + """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?area ?kind ?name WHERE {
  ?area a kg:Area .
  { ?area skos:prefLabel ?name BIND("1" AS ?kind) }
  UNION { ?area skos:altLabel|skos:notation ?name BIND("2" AS ?kind) }
}
ORDER BY ?kind ?area ?name
"""
)


def _from_area(text: str, parameter: Parameter, ask: Ask) -> Bound:
    """An area by IRI, or its name: areas of several frameworks have one name and are meant together."""
    if iri := iri_of(text):
        return _known(iri, "area", KG.Area, ask)
    wanted = name_key_without_article(text)
    rows = [(str(area), str(kind), str(name)) for area, kind, name in ask(_AREAS_QUERY)]
    called = {area: name for area, kind, name in rows if kind == "1"}
    fitting = [(area, kind, name) for area, kind, name in rows if name_key_without_article(name) == wanted]
    best = min((kind for _, kind, _ in fitting), default="")
    names = {called.get(area, name) for area, kind, name in fitting if kind == best}
    if not names:
        raise Unknown.name("area", text, sorted(set(called.values())), "kg query frameworks lists them")
    if len({name.casefold() for name in names}) > 1:
        raise Ambiguous(f'"{text}" means several areas: ' + ", ".join(sorted(names)))
    return ox.Literal(min(names))


_FROM_TEXT: dict[str, Callable[[str, Parameter, Ask], Bound]] = {
    "entity": _from_entity,
    "report": _from_report,
    "area": _from_area,
    "iri": _from_iri,
    "text": _from_words,
    "date": _from_date,
    "number": _from_number,
    "any": lambda text, parameter, ask: iri_of(text) or ox.Literal(text),
}


def find_entity(name: str, ask: Ask, kind: str | None = None) -> ox.NamedNode:
    """The one thing (of one kind) that an IRI, a short IRI, a name or an alias means; raises as
    ``resolve_entity``."""
    return ox.NamedNode(resolve_entity(name, endpoint_triples(lambda text: ask(text).terms), kind))
