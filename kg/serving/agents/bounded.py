"""Asking within limits: a stranger's query runs in a process of its own, with a limit of time and memory.

``python -m kg.serving.agents.bounded`` is that process: it reads a request and writes an
answer, both as JSON.
"""

from __future__ import annotations

import json
import math
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from itertools import islice

import pyoxigraph as ox

from kg.asking.results import Results, value_of
from kg.asking.sparql import STORE, asker
from kg.graph.store import open_store
from kg.model.errors import CannotRead, CannotUnderstand, KgError
from kg.model.processes import die_with_parent, running
from kg.serving import sandbox

SECONDS = 20.0
MEMORY = 1 << 30
"""Bytes that a query may take beyond what the process has when it starts."""
LONGEST = 2_000
"""Characters of a cell."""
MOST = 200_000
"""Characters of all cells."""
Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Request:
    """A query, what it is put to (as in ``kg.asking.sparql.query``) and how many rows are wanted.

    ``copy`` is a file of N-Quads, ``generation`` is that of the store, if it is to be that and no other (as
    in ``open_store``).
    """

    query: str
    limit: int
    store: str | None = None
    copy: str | None = None
    endpoint: str | None = None
    seconds: float = SECONDS
    memory: int = MEMORY
    generation: str | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """The first rows of an answer; ``more`` says that there are others, ``cut`` that the text of a cell is
    longer."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: bool
    cut: bool = False


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
        raise CannotRead(_why_it_ended(done, request.memory >> 20))
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise (CannotUnderstand if answer["wrong"] else CannotRead)(answer["error"])
    return Rows(tuple(answer["columns"]), tuple(map(tuple, answer["rows"])), answer["more"], answer["cut"])


def _why_it_ended(done: subprocess.CompletedProcess[bytes], megabytes: int) -> str:
    """What is known of a process that gave no answer."""
    said = done.stderr.decode("utf-8", "replace")
    killed = done.returncode in (-signal.SIGKILL, -signal.SIGABRT)
    if killed or any(words in said for words in ("MemoryError", "memory allocation", "Cannot allocate")):
        return f"the query needed more than {megabytes} MB of memory; ask for less"
    last = (said.strip().splitlines() or [""])[-1]
    return f"the query was not answered: its process ended with status {done.returncode}: {last[:200]}"


def rows_of(results: Results, limit: int) -> Rows:
    """The first ``limit`` rows as plain values: IRIs and dates as text, numbers as numbers.

    A text of more than LONGEST characters is cut, and says so; there are fewer rows than ``limit`` where they
    have more than MOST characters.
    """
    if results.answer is not None:
        return Rows(("answer",), ((results.answer,),), False)
    if results.triples is not None:
        columns: tuple[str, ...] = ("subject", "predicate", "object")
        terms: Sequence[Sequence[object]] = [
            (t.subject, t.predicate, t.object) for t in islice(results.triples, limit)
        ]
    else:
        columns, terms = results.columns, results.terms[:limit]
    longest = max(1, min(LONGEST, MOST // max(1, len(columns))))
    rows, size, cut = list[tuple[Cell, ...]](), 0, False
    for row in terms:
        whole = tuple(json_value(value_of(term)) for term in row)  # type: ignore[arg-type]  # terms of a row
        short = tuple(_shortened(cell, longest) for cell in whole)
        size += sum(len(str(cell)) for cell in short)
        if rows and size > MOST:
            break
        cut = cut or short != whole
        rows.append(short)
    return Rows(columns, tuple(rows), len(results) > len(rows), cut)


def _shortened(cell: Cell, longest: int) -> Cell:
    """The cell; a text that is too long is cut and says so."""
    if not isinstance(cell, str) or len(cell) <= longest:
        return cell
    return f"{cell[:longest]}… (cut: {len(cell):,} characters)"


def json_value(value: object) -> Cell:
    """A Python value as JSON has it: a number as such where JSON's readers keep it, else as text.

    >>> from decimal import Decimal
    >>> json_value(Decimal("91.50")), json_value(Decimal(7)), json_value(None), json_value(float("inf"))
    (91.5, 7, None, 'INF')
    >>> json_value(Decimal("123456789012345678.25"))
    '123456789012345678.25'
    """
    if isinstance(value, Decimal) and value.is_finite():
        if value == value.to_integral_value():
            return int(value) if abs(value) < 10**15 else format(value, "f")
        number = float(value)
        return number if Decimal(repr(number)) == value else format(value, "f")
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)


def main() -> None:
    """The process: one request from standard input, one answer to standard output."""
    die_with_parent()
    sandbox.no_core_files()
    given = json.load(sys.stdin)
    request = Request(**given)
    try:
        answer: dict[str, object] = asdict(_answer(request))
    except KgError as error:
        answer = {"error": str(error), "wrong": isinstance(error, CannotUnderstand)}
    json.dump(answer, sys.stdout)


def _answer(request: Request) -> Rows:
    store = None
    if request.copy is not None:
        store = ox.Store()
        store.bulk_load(path=request.copy, format=ox.RdfFormat.N_QUADS)
    elif request.endpoint is None:
        store = open_store(STORE if request.store is None else request.store, request.generation)
    ask = asker(store=store, endpoint=request.endpoint, timeout=request.seconds)
    if request.endpoint is None:
        sandbox.close_network()
    sandbox.limit_memory(request.memory)
    return rows_of(ask(request.query), request.limit)


if __name__ == "__main__":
    main()
