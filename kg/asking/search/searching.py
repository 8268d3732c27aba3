"""Asking the full-text index: which passages, statements and names have these words, the best first."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.asking.search.index import COLUMNS, FILE, Row, index_of_graphs
from kg.asking.sparql import STORE, StoreLike
from kg.graph.store.folder import hold
from kg.model.errors import CannotRead, CannotUnderstand, Unknown

FACETS = ("kind", "body", "area", "polarity", "year", "report")
"""What a search can be narrowed by."""
_BEGIN, _END = "\x02", "\x03"
"""What FTS5 puts around the words that were found; no report has these characters."""
_PIECE = re.compile(r'"([^"]*)"|(\S+)')
_LETTERS = re.compile(r"\w")
_ORDER = "item.report IS NULL, item.mentions IS 0, as_written.rowid IS NULL, bm25({0}, 4.0, 1.0), item.id"
"""What reports say, then names, and last those that no report mentions; of each first what has the words as
they are written and in their order ("use of force" before "the force makes use of"), and of these the best
(BM25, Robertson and Zaragoza 2009, as FTS5 has it)."""


@dataclass(frozen=True, slots=True)
class Hit(Row):
    """Something that has the words. ``pieces`` are the part of ``words`` around what was found, each with
    whether it was."""

    pieces: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: ``total`` in all, ``hits`` of it, and by facet how many have which value."""

    words: str
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        hits = [{**asdict(hit), "pieces": [list(piece) for piece in hit.pieces]} for hit in self.hits]
        facets = {name: [{"value": v, "count": n} for v, n in rows] for name, rows in self.facets.items()}
        return {"words": self.words, "total": self.total, "hits": hits, "facets": facets}


def open_index(store: StoreLike = None, generation: str | None = None) -> sqlite3.Connection:
    """The index of a dataset folder (of its published generation, or of the one named), read-only; of an
    open store it is made. Raises CannotRead."""
    if isinstance(store, ox.Store):
        connection = sqlite3.connect(":memory:")
        names: list[Any] = list(store.named_graphs()) or [ox.DefaultGraph()]  # of both it is their union
        graphs = {str(name): list(store.quads_for_pattern(None, None, None, name)) for name in names}
        connection.deserialize(index_of_graphs(graphs))
        return connection
    folder = Path(STORE if store is None else store)
    path = hold(folder, generation) / FILE
    if not path.is_file():
        raise CannotRead(f"{folder}: this dataset has no full-text index; make it again with: kg build")
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def search(
    words: str,
    store: StoreLike | sqlite3.Connection = None,
    narrowed: Mapping[str, str | None] | None = None,
    *,
    names: bool | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Found:
    """The passages, statements and names that have all the words, the best first.

    Words are found in any of their forms ("victim", "victims"); those between double quotes stand together,
    one that ends in * is the beginning of a word. ``narrowed`` has a value for some of FACETS: ``body`` and
    ``area`` names, ``kind`` a kind of thing ("finding", "passage", "unit"), ``polarity``, ``year`` of
    publication, ``report`` an IRI. ``names`` asks for names alone (True), or for what reports say (False).
    Raises CannotRead; CannotUnderstand for no words or an unknown facet; Unknown for a value of a facet that
    there is not.
    """
    fts = _as_fts(words)
    narrowed = narrowed or {}
    for name in narrowed:
        if name not in FACETS:
            raise CannotUnderstand(f"{name}: a search is narrowed by {', '.join(FACETS)}")
    wanted = {name: value for name, value in narrowed.items() if value is not None}
    for name, value in wanted.items():
        if not value.strip():
            raise CannotUnderstand(f"{name} is empty: give a value, or leave it out")
    try:
        if isinstance(store, sqlite3.Connection):
            return _found(words, fts, store, wanted, names, limit, offset)
        with closing(open_index(store)) as connection:
            return _found(words, fts, connection, wanted, names, limit, offset)
    except sqlite3.DatabaseError as error:
        raise CannotRead(f"the full-text index is damaged ({error}); make it again with: kg build") from error


def _found(
    words: str,
    fts: tuple[str, str],
    connection: sqlite3.Connection,
    wanted: Mapping[str, str],
    names: bool | None,
    limit: int,
    offset: int,
) -> Found:
    matched, table = fts
    where = "".join(f" AND item.{name} = ? COLLATE NOCASE" for name in wanted)
    if names is not None:
        where += f" AND item.report IS {'' if names else 'NOT '}NULL"
    tables = f"FROM {table} JOIN item ON item.id = {table}.rowid WHERE {table} MATCH ?{where}"
    values = [matched, *wanted.values()]
    columns = ", ".join(f"item.{name}" for name in COLUMNS)
    as_written = "(SELECT rowid FROM plain WHERE plain MATCH ?) AS as_written"
    ordered = tables.replace(" WHERE ", f" LEFT JOIN {as_written} ON as_written.rowid = item.id WHERE ", 1)
    rows = connection.execute(
        f"SELECT {columns}, snippet({table}, 1, '{_BEGIN}', '{_END}', '…', 40) {ordered} "
        f"ORDER BY {_ORDER.format(table)} LIMIT ? OFFSET ?",
        [_as_phrase(words), *values, limit, offset],
    ).fetchall()
    total = connection.execute(f"SELECT COUNT(*) {tables}", values).fetchone()[0]
    if not total:
        _refuse_unknown(connection, wanted)
    facets = {
        name: tuple(
            connection.execute(
                f"SELECT item.{name}, COUNT(*) AS n {tables} AND item.{name} IS NOT NULL "
                "GROUP BY 1 ORDER BY n DESC, 1",
                values,
            ).fetchall()
        )
        for name in FACETS
    }
    hits = tuple(Hit(**dict(zip(COLUMNS, row, strict=False)), pieces=_pieces(row[-1])) for row in rows)
    return Found(words, total, hits, facets)


def _as_fts(words: str) -> tuple[str, str]:
    """A user's words as a query of FTS5, in which nothing but quotes and a last * means anything, and the
    table that is asked: that without stems where there is the beginning of a word."""
    terms, table = [], "text"
    for phrase, word in _PIECE.findall(words):
        text = (phrase or word).replace('"', " ").replace("\0", " ").strip()
        if _LETTERS.search(text):
            prefix = "*" if (phrase or word).endswith("*") else ""
            table = "plain" if prefix else table
            terms.append(f'"{text.rstrip("*")}"{prefix}')
    if not terms:
        raise CannotUnderstand("give a word to search for")
    return " ".join(terms), table


def _as_phrase(words: str) -> str:
    """All words of a search as one phrase of FTS5."""
    return '"' + re.sub(r'["*\0]', " ", words) + '"'


def _refuse_unknown(connection: sqlite3.Connection, narrowed: Mapping[str, str]) -> None:
    """Raises Unknown, with what comes close, for a value that nothing in the index has."""
    for name, value in narrowed.items():
        rows = connection.execute(f"SELECT DISTINCT {name} FROM item WHERE {name} IS NOT NULL").fetchall()
        known = [row[0] for row in rows]
        if value.lower() not in map(str.lower, known):
            raise Unknown.name(name, value, known)


def _pieces(snippet: str) -> tuple[tuple[str, bool], ...]:
    pieces = []
    for number, part in enumerate(snippet.split(_BEGIN)):
        found, _, rest = part.partition(_END) if number else ("", "", part)
        pieces += [(found, True)] if found else []
        pieces += [(rest, False)] if rest else []
    return tuple(pieces)
