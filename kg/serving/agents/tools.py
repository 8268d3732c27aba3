"""What an agent can ask, as plain functions with small typed answers; every answer brings its citations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.asking.analysis.reasons import Why, find_why
from kg.asking.results import Term
from kg.asking.sparql import STORE, asker, load_data
from kg.asking.sparql.library import saved_queries, saved_query
from kg.asking.sparql.parameters import Ask, bindings_for, iri_of, with_values
from kg.asking.sparql.remarks import remarks
from kg.graph.store import open_store, published_generation, release_generations
from kg.model.errors import CannotUnderstand
from kg.serving.agents.bounded import Cell, Request, ask_bounded, rows_of
from kg.serving.agents.citations import Citation, citations_of, cite

MOST = 200
"""Most rows of one answer."""
CITED = 5
"""Most citations of one row."""


@dataclass(frozen=True)
class Source:
    """What is asked: an endpoint, else RDF files, else the folder of a store (as in ``kg.query``).

    Files are read once; of a store each question is put to the generation that is published then (``now``).
    """

    store: str | Path | None = None
    data: tuple[str | Path, ...] | None = None
    endpoint: str | None = None

    @cached_property
    def _files(self) -> ox.Store:
        return load_data(self.data or ())

    def now(self) -> Asked:
        """The source for one question. Lets go of the generation that an earlier one was put to."""
        if self.endpoint is not None:
            return Asked(self)
        if self.data is not None:
            return Asked(self, self._files)
        folder = STORE if self.store is None else self.store
        generation = published_generation(folder)
        release_generations(folder, keep=generation)
        return Asked(self, open_store(folder, generation), generation)

    @property
    def ask(self) -> Ask:
        """A function from SPARQL text to results, for one question."""
        return self.now().ask


@dataclass(frozen=True)
class Asked:
    """A source as one question finds it: whatever is built meanwhile, all of its answer is of one dataset.

    ``store`` is open (None for an endpoint), ``generation`` the one that it was opened from.
    """

    source: Source
    store: ox.Store | None = None
    generation: str | None = None

    @property
    def ask(self) -> Ask:
        """A function from SPARQL text to results."""
        return asker(store=self.store, endpoint=self.source.endpoint)

    def request(self, query: str, limit: int) -> Request:
        """A query within limits."""
        of = self.source
        data = None if of.data is None else tuple(map(str, of.data))
        store = None if of.store is None else str(of.store)
        return Request(query, limit, store, data, of.endpoint, generation=self.generation)


@dataclass(frozen=True)
class QuestionParameter:
    """A parameter of a saved question; ``kind`` is entity, report, iri, text, date or number."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True)
class Question:
    """A saved question of a group; ``derived`` names columns that are computed and not stated in a report."""

    name: str
    group: str
    purpose: str
    parameters: list[QuestionParameter]
    columns: list[str]
    derived: list[str]


@dataclass(frozen=True)
class AnswerRow:
    """One row, and the words that it rests on (at most five citations)."""

    values: dict[str, Cell]
    citations: list[Citation]


@dataclass(frozen=True)
class Answer:
    """Rows of an answer: the first ``len(rows)`` of ``total``. ``remarks`` explain one that says less, or
    more, than was hoped for."""

    columns: list[str]
    rows: list[AnswerRow]
    total: int
    derived: list[str]
    remarks: list[str]


@dataclass(frozen=True)
class Thing:
    """Something around an entity: ``relation`` says in words how it hangs on ``of``."""

    iri: str
    type: str
    label: str
    note: str
    relation: str
    of: str
    citation: Citation | None


@dataclass(frozen=True)
class Description:
    """An entity and what is around it; ``hidden`` says what did not fit."""

    iri: str
    type: str
    label: str
    things: list[Thing]
    hidden: list[str]


@dataclass(frozen=True)
class Table:
    """The first rows of a query's answer; ``more`` says that there are others."""

    columns: list[str]
    rows: list[list[Cell]]
    more: bool
    citations: list[Citation]


def list_questions() -> list[Question]:
    """The saved questions, by name."""
    return [
        Question(
            saved.name, saved.group, saved.purpose,
            [QuestionParameter(p.name, p.kind, p.meaning) for p in saved.inputs],
            list(saved.columns), list(saved.derived),
        )
        for saved in saved_queries()
    ]  # fmt: skip


def run_question(
    source: Source, name: str, parameters: Mapping[str, str] | None = None, limit: int = 20
) -> Answer:
    """The answer to a saved question, each row with its citations where it rests on words.

    Raises Unknown or Ambiguous for a name, CannotUnderstand for a value or a limit.
    """
    _check(limit)
    ask, saved = source.ask, saved_query(name)
    given = dict(parameters or {})
    results = ask(with_values(saved.text, bindings_for(saved, given, ask)))
    first = results.first(limit)
    resting = [_statements(first.columns, terms) for terms in first.terms]
    cited = citations_of([iri for iris in resting for iri in iris], ask)
    plain = rows_of(first, limit).rows
    rows = [
        AnswerRow(dict(zip(first.columns, values, strict=True)), _cited(iris, cited))
        for values, iris in zip(plain, resting, strict=True)
    ]
    told = remarks(saved, given, ask, results)
    return Answer(list(first.columns), rows, len(results), list(saved.derived), told)


def _statements(columns: Sequence[str], terms: Sequence[Term | None]) -> list[str]:
    """The statements that a row rests on: ``statement`` and the like, as ``earlierStatement``."""
    named = zip(columns, terms, strict=True)
    return [
        t.value for name, t in named if name.lower().endswith("statement") and isinstance(t, ox.NamedNode)
    ]


def _cited(statements: Sequence[str], cited: Mapping[str, list[Citation]]) -> list[Citation]:
    return [one for iri in dict.fromkeys(statements) for one in cited.get(iri, ())][:CITED]


def _check(limit: int) -> None:
    if not 1 <= limit <= MOST:
        raise CannotUnderstand(f"limit {limit}: give 1 to {MOST}")


def describe(source: Source, entity: str, limit: int = 30) -> Description:
    """An entity, by IRI, name or alias, and at most ``limit`` things around it.

    Raises Unknown or Ambiguous for the name (with the candidates), CannotUnderstand for a limit.
    """
    from kg.asking.network import neighbourhood

    _check(limit)
    asked = source.now()
    graph = neighbourhood(entity, store=asked.store, endpoint=source.endpoint, limit=max(2, limit + 1))
    nodes = dict(graph.nodes(data=True))
    said = [iri for iri, node in nodes.items() if "quote" in node]
    cited = citations_of(said, asked.ask)
    things = [
        Thing(
            iri,
            node["type"],
            node["label"],
            node["note"],
            node["branch"],
            node["parent"],
            next(iter(cited.get(iri, ())), None),
        )
        for iri, node in nodes.items()
        if iri != graph.graph["root"]
    ]
    root = nodes[graph.graph["root"]]
    return Description(root["iri"], root["type"], root["text"], things, _hidden(nodes))


def _hidden(nodes: Mapping[str, Mapping[str, Any]]) -> list[str]:
    from kg.asking.network.drawing import of_all

    return [
        f"{node['label']}, {branch['heading']}: {branch['shown']} of {of_all(branch)}"
        for node in nodes.values()
        for branch in node.get("branches") or ()
        if branch["shown"] < branch["of"]
    ]


def why(source: Source, body: str, area: str, report: str | None = None, year: int | None = None) -> Why:
    """The reasons for the grade of an area of a body. Raises as ``kg.asking.analysis.reasons.find_why``."""
    return find_why(body, area, source.ask, report=report, year=year)


def evidence(source: Source, statement: str) -> list[Citation]:
    """The exact words that a statement was read from. Raises as ``kg.serving.agents.citations.cite``."""
    return cite(statement, source.ask)


def sparql(source: Source, query: str, limit: int = 50) -> Table:
    """The first rows of a query's answer, with the citations of the statements among its cells.

    It is read-only and bounded in time and memory. Raises as ``kg.serving.agents.bounded.ask_bounded``.
    """
    _check(limit)
    asked = source.now()
    found = ask_bounded(asked.request(query, limit))
    iris = {cell for row in found.rows for cell in row if isinstance(cell, str) and iri_of(cell)}
    cited = citations_of(iris, asked.ask)
    citations = [one for iri in sorted(cited) for one in cited[iri]][: 4 * CITED]
    return Table(list(found.columns), [list(row) for row in found.rows], found.more, citations)
