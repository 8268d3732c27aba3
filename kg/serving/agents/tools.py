"""What an agent can ask, as plain functions with small typed answers; every answer brings its citations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Lock
from typing import Any
from weakref import finalize

import pyoxigraph as ox

from kg.asking.analysis.reasons import Why, find_why
from kg.asking.results import Term
from kg.asking.sparql import STORE, ask_store, asker, load_data
from kg.asking.sparql.dataset import Dataset, dataset_of
from kg.asking.sparql.library import saved_queries, saved_query
from kg.asking.sparql.parameters import Ask, bindings_for, iri_of, with_values
from kg.asking.sparql.remarks import remarks
from kg.graph.rdf_files import Files, files_identity
from kg.graph.store import open_store, published_generation, release_generations
from kg.model.errors import CannotUnderstand
from kg.serving.agents.bounded import Cell, Request, ask_bounded, rows_of
from kg.serving.agents.citations import Citation, citations_of, cite

MOST = 200
"""Most rows of one answer."""
CITED = 5
"""Most citations of one row."""


@dataclass(frozen=True)
class Loaded:
    """RDF files as they were read, with a copy for the process that asks within limits."""

    identity: str | None
    dataset: Dataset
    copy: str
    """A file of N-Quads, which goes with this object."""

    @classmethod
    def read(cls, files: Files, identity: str | None) -> Loaded:
        """The files as they are. Raises as ``kg.asking.sparql.load_data``."""
        dataset = dataset_of(load_data(files))
        folder = mkdtemp(prefix="kg-mcp-")
        loaded = cls(identity, dataset, str(Path(folder) / "copy.nq"))
        finalize(loaded, rmtree, folder, ignore_errors=True)
        dataset.store.dump(loaded.copy, format=ox.RdfFormat.N_QUADS)
        return loaded


@dataclass(frozen=True)
class Source:
    """What is asked: an endpoint, else RDF files, else the folder of a store (as in ``kg.query``).

    Each question is put to the generation of the store, or to the files, as they are then (``now``).
    """

    store: str | Path | None = None
    data: Files | None = None
    endpoint: str | None = None
    _loaded: list[Loaded] = field(default_factory=list, repr=False, compare=False)
    _turn: Lock = field(default_factory=Lock, repr=False, compare=False)

    def now(self) -> Asked:
        """The source for one question. Lets go of the generation that an earlier one was put to."""
        if self.endpoint is not None:
            return Asked(self)
        if self.data is not None:
            loaded = self._files(self.data)
            return Asked(self, loaded.dataset, loaded=loaded)
        folder = STORE if self.store is None else self.store
        generation = published_generation(folder)
        release_generations(folder, keep=generation)
        return Asked(self, dataset_of(open_store(folder, generation)), generation)

    def _files(self, data: Files) -> Loaded:
        """The files; read again where they have been written since."""
        with self._turn:
            identity = files_identity(data)
            if identity is None or not self._loaded or self._loaded[0].identity != identity:
                self._loaded[:] = [Loaded.read(data, identity)]
            return self._loaded[0]

    @property
    def ask(self) -> Ask:
        """A function from SPARQL text to results, for one question."""
        return self.now().ask


@dataclass(frozen=True)
class Asked:
    """A source as one question finds it: whatever is built or written meanwhile, all of its answer is of one
    dataset.

    ``dataset`` is open (None for an endpoint), ``generation`` the one that it was opened from.
    """

    source: Source
    dataset: Dataset | None = None
    generation: str | None = None
    loaded: Loaded | None = None

    @property
    def store(self) -> ox.Store | None:
        """The open store; None for an endpoint."""
        return None if self.dataset is None else self.dataset.store

    @property
    def ask(self) -> Ask:
        """A function from SPARQL text to results."""
        dataset = self.dataset
        if dataset is None:
            return asker(endpoint=self.source.endpoint)
        return lambda text: ask_store(dataset, text)

    def request(self, query: str, limit: int) -> Request:
        """A query within limits."""
        of = self.source
        copy = None if self.loaded is None else self.loaded.copy
        store = None if of.store is None else str(of.store)
        return Request(query, limit, store, copy, of.endpoint, generation=self.generation)


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
    more, than was hoped for; ``cut`` as in ``Table``."""

    columns: list[str]
    rows: list[AnswerRow]
    total: int
    derived: list[str]
    remarks: list[str]
    cut: bool


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
    """The first rows of a query's answer; ``more`` says that there are others, ``cut`` that the text of a
    cell is longer: it ends in "… (cut: N characters)"."""

    columns: list[str]
    rows: list[list[Cell]]
    more: bool
    citations: list[Citation]
    cut: bool


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
    plain = rows_of(first, limit)
    rows = [
        AnswerRow(dict(zip(first.columns, values, strict=True)), _cited(iris, cited))
        for values, iris in zip(plain.rows, resting, strict=False)  # fewer rows where they are too much
    ]
    told = remarks(saved, given, ask, results)
    return Answer(list(first.columns), rows, len(results), list(saved.derived), told, plain.cut)


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
    cells = (cell for row in found.rows for cell in row if isinstance(cell, str))
    iris = {iri.value for cell in cells if (iri := iri_of(cell))}
    cited = citations_of(iris, asked.ask)
    citations = [one for iri in sorted(cited) for one in cited[iri]][: 4 * CITED]
    rows = [list(row) for row in found.rows]
    return Table(list(found.columns), rows, found.more, citations, found.cut)
