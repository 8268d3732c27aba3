"""The full-text index of a dataset: one row for each passage, statement and named thing.

A passage that is the evidence of a statement is found as that statement, so that the same words are found
once. The words are those of the report, never what was composed of them. FTS5
(https://www.sqlite.org/fts5.html) tells words apart (``unicode61``); the table ``text`` has their stems
(``porter``), ``plain``, in which beginnings of words are looked for, has them as they stand.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field, fields, replace

import pyoxigraph as ox

from kg.asking.things.kinds import BY_CLASS, ENTITIES, KINDS, STATEMENTS
from kg.graph.writing.order import Statement
from kg.model.terms import whole_number
from kg.model.vocab import DCT, KG, OA, RDF, SKOS, local_name

FILE = "search.sqlite"
"""The index in a generation of a dataset."""
_FOUND = frozenset(STATEMENTS) - {"report", "passage", "figure"}
"""The kinds of statement that are found by their evidence; a figure is found by its passage, and the title of
a section with all that stands in it."""
_NAMED = (*ENTITIES, "kind of thing")
"""The kinds of thing that are found by their names."""
_Things = dict[str, dict[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Row:
    """What can be found. ``words`` are a report's own, or the names of a thing.

    ``start`` and ``end`` are characters of the report; ``mentions`` is the number of statements that name a
    thing.
    """

    iri: str
    kind: str
    name: str
    words: str
    body: str | None = None
    area: str | None = None
    polarity: str | None = None
    year: str | None = None
    report: str | None = None
    title: str | None = None
    section: str | None = None
    start: int | None = None
    end: int | None = None
    mentions: int | None = None


COLUMNS = tuple(each.name for each in fields(Row))
_TABLES = f"""
CREATE TABLE item (id INTEGER PRIMARY KEY, {", ".join(COLUMNS)});
CREATE VIRTUAL TABLE text USING fts5(
  name, words, content=item, content_rowid=id, tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE plain USING fts5(
  name, words, content=item, content_rowid=id, tokenize='unicode61 remove_diacritics 2');
"""


@dataclass(frozen=True)
class Searchable:
    """What can be found of one graph, without the preferred names of things, which all graphs have a say in.

    In its rows ``body`` and ``area`` are IRIs, and ``title`` that of a grade's scheme; those of ``named``
    lack ``name``. ``mentioned`` says how often the graph's statements name which thing.
    """

    said: tuple[Row, ...] = ()
    named: tuple[Row, ...] = ()
    mentioned: Mapping[str, int] = field(default_factory=dict)


def searchable(statements: Iterable[Statement]) -> Searchable:
    """What can be found of a graph."""
    found = _things(statements)
    mentioned = Counter(iri for said in found.values() for iri in said.get(KG.mentions, ()))
    return Searchable(tuple(_statements(found)), tuple(_entities(found)), dict(sorted(mentioned.items())))


def index_of(graphs: Iterable[Searchable], names: Mapping[str, str]) -> bytes:
    """The index of these graphs, as the bytes of an SQLite file; the same graphs give the same bytes.

    ``names`` are the preferred names of things, by IRI. What is named comes from the last graph that has it.
    """
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(_TABLES)
        insert = f"INSERT INTO item ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
        named: dict[str, Row] = {}
        mentioned = Counter[str]()
        for graph in graphs:
            rows = (replace(r, body=_name(r.body, names), area=_name(r.area, names)) for r in graph.said)
            connection.executemany(insert, map(astuple, rows))
            named |= {row.iri: row for row in graph.named}
            mentioned.update(graph.mentioned)
        things = (_called(named[iri], names, mentioned[iri]) for iri in sorted(named) if iri in names)
        connection.executemany(insert, map(astuple, things))
        for name in ("text", "plain"):
            connection.execute(f"INSERT INTO {name}({name}) VALUES ('rebuild')")
            connection.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")
        connection.commit()
        connection.execute("VACUUM")
        return connection.serialize()
    finally:
        connection.close()


def index_of_graphs(graphs: Mapping[str, Iterable[Statement]]) -> bytes:
    """The index of graphs (IRI to statements) that no build has prepared."""
    names = {
        each.subject.value: each.object.value
        for graph in sorted(graphs)
        for each in graphs[graph]
        if each.predicate.value == SKOS.prefLabel
        and isinstance(each.subject, ox.NamedNode)
        and isinstance(each.object, ox.Literal)
    }
    return index_of((searchable(graphs[graph]) for graph in sorted(graphs)), names)


def _things(statements: Iterable[Statement]) -> _Things:
    """What is said of each thing: values by property, as text; names sorted."""
    found: _Things = defaultdict(lambda: defaultdict(list))
    for each in statements:
        if isinstance(each.subject, ox.NamedNode) and isinstance(each.object, ox.NamedNode | ox.Literal):
            found[each.subject.value][each.predicate.value].append(each.object.value)
    for said in found.values():
        for values in said.values():
            values.sort()
    return found


def _kind(said: Mapping[str, list[str]]) -> str | None:
    kinds = {BY_CLASS[cls] for cls in said.get(RDF.type, ()) if cls in BY_CLASS}
    return next((name for name in KINDS if name in kinds), None)


def _statements(found: _Things) -> Iterator[Row]:
    kinds = {iri: _kind(said) for iri, said in found.items()}
    said_in = {iri: found[iri].get(KG.evidence, []) for iri, kind in kinds.items() if kind in _FOUND}
    shown = {passage for evidence in said_in.values() for passage in evidence}
    shown.update(*(found[iri].get(KG.evidence, ()) for iri, kind in kinds.items() if kind == "section"))
    areas: dict[str, set[str]] = defaultdict(set)
    for iri in said_in:
        for passage in found[iri].get(KG.supportedBy, ()):
            areas[passage].update(found[iri].get(KG.area, ()))
    for iri, kind in kinds.items():
        if kind == "passage" and iri not in shown:
            said_in[iri] = [iri]
            if len(areas[iri]) == 1:
                found[iri][KG.area] = list(areas[iri])
    rows = [_row(iri, str(kinds[iri]), evidence, found) for iri, evidence in said_in.items()]
    yield from sorted(
        (row for row in rows if row.words), key=lambda row: (row.start or 0, row.end or 0, row.iri)
    )


def _row(iri: str, kind: str, evidence: list[str], found: _Things) -> Row:
    said = found[iri]
    selectors = [
        found[each] for passage in evidence for each in found.get(passage, {}).get(OA.hasSelector, ())
    ]
    selectors.sort(key=lambda each: _offset(each, OA.start))
    words = [each[OA.exact][0] for each in selectors if OA.exact in each]
    report = _first(said, KG.report)
    about = found.get(report or "", {})
    section = _first(said, KG.inSection) or _first(found.get(evidence[0], {}), KG.inSection)
    polarity = _first(said, KG.polarity) or _first(said, KG.passagePolarity)
    return Row(
        iri, kind, "", " … ".join(words),
        body=_first(said, KG.inspectedBody) or _first(about, KG.inspectedBody),
        area=_first(said, KG.area),
        polarity=local_name(polarity).lower() if polarity else None,
        year=(_first(about, DCT.issued) or _first(about, KG.inspectionEnd) or "")[:4] or None,
        report=report,
        title=_first(about, DCT.title),
        section=_first(found.get(section or "", {}), DCT.title),
        start=_offset(selectors[0], OA.start) if selectors else None,
        end=max(_offset(each, OA.end) for each in selectors) if selectors else None,
    )  # fmt: skip


def _offset(selector: Mapping[str, list[str]], bound: str) -> int:
    return whole_number(_first(selector, bound))


def _entities(found: _Things) -> Iterator[Row]:
    for iri, said in sorted(found.items()):
        kind = _kind(said)
        if kind in _NAMED:
            names = [*said.get(SKOS.altLabel, ()), *said.get(SKOS.notation, ())]
            scheme = _first(said, SKOS.inScheme) if kind == "grade" else None
            yield Row(iri, str(kind), "", "; ".join(dict.fromkeys(names)), title=scheme)


def _called(row: Row, names: Mapping[str, str], mentions: int) -> Row:
    """The row of a thing with its name, which comes first among its words."""
    name = names[row.iri]
    others = [other for other in row.words.split("; ") if other not in ("", name)]
    return replace(
        row, name=name, words="; ".join([name, *others]), title=_name(row.title, names), mentions=mentions
    )


def _first(said: Mapping[str, list[str]], property: str) -> str | None:
    values = said.get(property)
    return values[0] if values else None


def _name(iri: str | None, named: Mapping[str, str]) -> str | None:
    return None if iri is None else named.get(iri, local_name(iri))
