"""Asking within limits: a stranger's query runs in a process of its own, with a limit of time and memory.

``python -m kg.serving.agents.bounded`` is that process: it reads a request and writes an
answer, both as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from kg.asking.results import Results, value_of
from kg.asking.sparql import STORE, asker
from kg.graph.store import open_store
from kg.model.errors import CannotRead, CannotUnderstand, KgError
from kg.model.processes import die_with_parent, running
from kg.serving import sandbox

SECONDS = 20.0
MEMORY = 1 << 30
"""Bytes that a query may take beyond what the process has when it starts."""
Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Request:
    """A query, what it is put to (as in ``kg.asking.sparql.query``) and how many rows are wanted.

    ``generation`` is that of the store, if it is to be that and no other (as in ``open_store``).
    """

    query: str
    limit: int
    store: str | None = None
    data: tuple[str, ...] | None = None
    endpoint: str | None = None
    seconds: float = SECONDS
    memory: int = MEMORY
    generation: str | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """The first rows of an answer; ``more`` says that there are others."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: bool


def ask_bounded(request: Request) -> Rows:
    """The first rows of a SELECT, the triples of a graph, or the yes or no of an ASK as one row.

    Raises CannotRead where the query takes longer or needs more memory than it may, and what
    ``kg.asking.sparql.query`` raises.
    """
    command, environment = running("kg.serving.agents.bounded")
    try:
        done = subprocess.run(
            command,
            input=json.dumps(asdict(request)).encode(),
            capture_output=True,
            timeout=request.seconds,
            env=environment,
        )
    except subprocess.TimeoutExpired as error:
        raise CannotRead(f"the query took longer than {request.seconds:g} seconds; ask for less") from error
    if done.returncode != 0 or not done.stdout:
        raise CannotRead(f"the query needed more than {request.memory >> 20} MB of memory; ask for less")
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise (CannotUnderstand if answer["wrong"] else CannotRead)(answer["error"])
    return Rows(tuple(answer["columns"]), tuple(map(tuple, answer["rows"])), answer["more"])


def rows_of(results: Results, limit: int) -> Rows:
    """The first ``limit`` rows as plain values: IRIs and dates as text, numbers as numbers."""
    if results.answer is not None:
        return Rows(("answer",), ((results.answer,),), False)
    if results.triples is not None:
        names, found = ("subject", "predicate", "object"), results.triples
        terms = [(t.subject, t.predicate, t.object) for t in islice(found, limit)]
        return Rows(names, tuple(map(_json_row, terms)), len(found) > limit)
    return Rows(results.columns, tuple(map(_json_row, results.terms[:limit])), len(results.terms) > limit)


def _json_row(terms: Sequence[object]) -> tuple[Cell, ...]:
    return tuple(json_value(value_of(term)) for term in terms)  # type: ignore[arg-type]  # terms of a row


def json_value(value: object) -> Cell:
    """A Python value as JSON has it; an exact decimal becomes the nearest number.

    >>> from decimal import Decimal
    >>> json_value(Decimal("91.50")), json_value(Decimal(7)), json_value(None)
    (91.5, 7, None)
    """
    if value is None or isinstance(value, str | int | float | bool):
        return value
    try:
        number = float(value)  # type: ignore[arg-type]  # a Decimal; a date has no number
    except TypeError:
        return str(value)
    return int(number) if number.is_integer() else number


def main() -> None:
    """The process: one request from standard input, one answer to standard output."""
    die_with_parent()
    sandbox.no_core_files()
    given = json.load(sys.stdin)
    request = Request(**{**given, "data": None if given["data"] is None else tuple(given["data"])})
    try:
        answer: dict[str, object] = asdict(_answer(request))
    except KgError as error:
        answer = {"error": str(error), "wrong": isinstance(error, CannotUnderstand)}
    json.dump(answer, sys.stdout)


def _answer(request: Request) -> Rows:
    data = None if request.data is None else list(map(Path, request.data))
    store = None
    if data is None and request.endpoint is None:
        store = open_store(STORE if request.store is None else request.store, request.generation)
    ask = asker(store=store, data=data, endpoint=request.endpoint, timeout=request.seconds)
    if request.endpoint is None:
        sandbox.close_network()
    sandbox.limit_memory(request.memory)
    return rows_of(ask(request.query), request.limit)


if __name__ == "__main__":
    main()
