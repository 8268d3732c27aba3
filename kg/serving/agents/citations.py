"""From statements to the exact words that they were read from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.asking.sparql.parameters import Ask, iri_of
from kg.model.errors import CannotUnderstand, Unknown, refuse_long
from kg.model.terms import whole_number

_QUERY = """
SELECT DISTINCT ?statement ?report ?id ?title ?start ?end ?quote WHERE {
  VALUES ?statement { %s }
  { ?statement kg:evidence/oa:hasSelector ?selector } UNION { ?statement oa:hasSelector ?selector }
  ?selector oa:start ?start ; oa:end ?end ; oa:exact ?quote .
  ?statement kg:report ?report .
  OPTIONAL { ?report dct:identifier ?id }
  OPTIONAL { ?report dct:title ?title }
} ORDER BY ?statement ?start ?end
"""


@dataclass(frozen=True)
class Citation:
    """The words of a report that a statement was read from.

    ``quote`` is exact: the characters ``start`` to ``end`` (code points, end exclusive) of the report's text.
    """

    statement: str
    report: str
    report_title: str
    start: int
    end: int
    quote: str


def citations_of(statements: Iterable[str], ask: Ask) -> dict[str, list[Citation]]:
    """The citations of each statement (or passage) that has words of its own, in the order of the text."""
    wanted = sorted(set(statements))
    found: dict[str, list[Citation]] = {}
    if not wanted:
        return found
    for row in ask(_QUERY % " ".join(str(ox.NamedNode(iri)) for iri in wanted)):
        statement, report, id, title, start, end, quote = row
        name = str(id or report)
        cited = Citation(
            str(statement), name, str(title or name), whole_number(start), whole_number(end), str(quote)
        )
        found.setdefault(cited.statement, []).append(cited)
    return found


def cite(statement: str, ask: Ask) -> list[Citation]:
    """The citations of one statement, given by its IRI (also a short one, ``report:…``).

    Raises CannotUnderstand for what is no IRI, Unknown where nothing in a report is the statement's words.
    """
    refuse_long("the statement", statement)
    iri = iri_of(statement.strip())
    if iri is None:
        raise CannotUnderstand(
            f'"{statement}" is no IRI of a statement; answers give them with each citation'
        )
    found = citations_of([iri.value], ask).get(iri.value)
    if not found:
        raise Unknown(f"<{iri.value}> has no words of its own: it is no statement, or it was computed")
    return found
