"""From statements to the exact words that they were read from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.asking.sparql.library import SavedQuery
from kg.asking.sparql.parameters import Ask, iri_of
from kg.asking.things.kinds import KINDS, STATEMENTS
from kg.model.errors import CannotUnderstand, Unknown
from kg.model.vocab import KG

_CITED = "|".join(
    cls.removeprefix(KG.iri)
    for cls in (*(cls for kind in STATEMENTS for cls in KINDS[kind].classes), KG.Box, KG.Mention)
)
"""Classes of what has words of its own, as a choice of local names."""
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
_AT = """
SELECT DISTINCT ?report ?start ?end ?statement WHERE {
  VALUES (?report ?start ?end) { %s }
  ?selector oa:start ?start ; oa:end ?end .
  { ?statement kg:evidence/oa:hasSelector ?selector } UNION { ?statement oa:hasSelector ?selector }
  ?statement kg:report ?report .
} ORDER BY ?report ?start ?end ?statement
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
        cited = Citation(str(statement), name, str(title or name), int(start), int(end), str(quote))
        found.setdefault(cited.statement, []).append(cited)
    return found


def cite(statement: str, ask: Ask) -> list[Citation]:
    """The citations of one statement, given by its IRI (also a short one, ``report:…``).

    Raises CannotUnderstand for what is no IRI, Unknown where nothing in a report is the statement's words.
    """
    iri = iri_of(statement.strip())
    if iri is None:
        raise CannotUnderstand(
            f'"{statement}" is no IRI of a statement; answers give them with each citation'
        )
    found = citations_of([iri.value], ask).get(iri.value)
    if not found:
        raise Unknown(f"<{iri.value}> has no words of its own: it is no statement, or it was computed")
    return found


def with_statements(saved: SavedQuery) -> tuple[str, tuple[str, ...]]:
    """The query with the statements that its rows rest on as further columns, and the names of these.

    Only for a query whose rows are not computed from several statements (no GROUP BY); the others stay.
    """
    head = re.search(r"SELECT DISTINCT ([^{(]*?)\s+WHERE \{", saved.text)
    if head is None or re.search(r"GROUP BY|LIMIT", saved.text):
        return saved.text, ()
    variables = dict.fromkeys(re.findall(rf"\?(\w+) a kg:(?:{_CITED})\b", saved.text))
    names = tuple(name for name in variables if name not in saved.columns)
    added = "".join(f" ?{name}" for name in names)
    return saved.text[: head.end(1)] + added + saved.text[head.end(1) :], names


Place = tuple[str, int, int]
"""IRI of a report, start, end."""


def statements_at(places: Sequence[Place], ask: Ask) -> dict[Place, str]:
    """A statement at each place in a report where there is one."""
    if not places:
        return {}
    values = " ".join(f"({ox.NamedNode(iri)} {start} {end})" for iri, start, end in sorted(set(places)))
    found: dict[Place, str] = {}
    for report, start, end, statement in ask(_AT % values):
        found.setdefault((str(report), int(start), int(end)), str(statement))
    return found
