"""Asking: a saved query, a file or SPARQL text, put to the store, to RDF files or to an endpoint.

By default a query sees all graphs as one (the union is the default graph), each triple once; ``GRAPH``
reaches each of them. Graphs that FROM chooses are merged in the same way (``dataset``). Quads whose default
graph has statements of its own are taken as SPARQL defines them. The prefixes of ``kg.model.vocab`` need no
declaration; relative IRIs start at its ``BASE``. SERVICE is refused: nothing leaves the machine but a query
for the endpoint that was asked for.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from kg.asking.results import Results
from kg.asking.sparql.dataset import Dataset, dataset_of
from kg.asking.sparql.endpoint import ask_endpoint, collected
from kg.asking.sparql.library import (
    Parameter,
    SavedQuery,
    parse_saved,
    query_from_file,
    saved_queries,
    saved_query,
)
from kg.asking.sparql.parameters import Ask, bindings_for, find_entity, iri_of, with_values
from kg.asking.sparql.reach import PLACE, selects
from kg.asking.sparql.screening import refuse_deep_nesting, refuse_service
from kg.graph.rdf_files import Files, read_files
from kg.graph.store import open_store
from kg.model.errors import CannotRead, CannotUnderstand
from kg.model.formats import format_for_path
from kg.model.iris import PREFIXES, graph_iri

__all__ = [
    "Ask",
    "Parameter",
    "Results",
    "SavedQuery",
    "answered",
    "asker",
    "find_entity",
    "find_query",
    "iri_of",
    "load_data",
    "query",
    "saved_queries",
    "saved_query",
]

STORE = Path("store")
"""Where ``kg build`` puts the store."""
StoreLike = ox.Store | str | Path | None


def query(
    query: str | Path,
    *,
    store: StoreLike = None,
    data: Files | None = None,
    endpoint: str | None = None,
    params: Mapping[str, object] | None = None,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
    timeout: float | None = 60.0,
) -> Results:
    """The results of a query.

    ``query`` is a saved query's name, the path of a ``.rq`` file, ``-`` (standard input) or SPARQL text.
    What is asked: ``endpoint`` (a URL), else ``data`` (RDF files: one, a folder of them,
    or several), else ``store`` (a pyoxigraph store or
    the folder of one; default ``store``). ``params`` binds variables: Python values, pyoxigraph terms,
    or texts, read as the parameter's kind says (an entity by IRI, ``unit:name`` or name).
    ``timeout``, in seconds, is for an endpoint. Raises CannotUnderstand for bad SPARQL, with line and
    column; Unknown, Ambiguous for names; CannotRead for what cannot be opened.
    """
    ask = asker(store=store, data=data, endpoint=endpoint, default_graphs=default_graphs,
                named_graphs=named_graphs, timeout=timeout)  # fmt: skip
    return answered(find_query(query), ask, params)


def answered(saved: SavedQuery, ask: Ask, params: Mapping[str, object] | None = None) -> Results:
    """The results of a query with its parameters bound; raises as ``query``."""
    bindings = bindings_for(saved, params or {}, ask)
    text = with_values(saved.text, bindings)
    if bindings and not saved.group:
        _refuse_what_selects_nothing(saved.text, bindings)
    return replace(ask(text), derived=saved.derived)


def _refuse_what_selects_nothing(text: str, names: Iterable[str]) -> None:
    """Raises CannotUnderstand where the place of a value leaves rows of a person's query as they are."""
    placed = with_prefixes(with_values(text, {name: ox.NamedNode(f"{PLACE}{name}") for name in names}))
    for name in names:
        if not selects(placed, name):
            raise CannotUnderstand(
                f"?{name}: its value would not select all rows: write “# VALUES ?{name}” in the outermost "
                "pattern before what asks for it, in each branch of a union, or in the query within it"
            )


def asker(
    *,
    store: StoreLike = None,
    data: Files | None = None,
    endpoint: str | None = None,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
    timeout: float | None = 60.0,
) -> Ask:
    """A function from SPARQL text to Results, for several questions to one source (as in ``query``)."""
    default_graphs = [default_graphs] if isinstance(default_graphs, str) else default_graphs
    named_graphs = [named_graphs] if isinstance(named_graphs, str) else named_graphs
    if endpoint is not None:
        options = {"default_graphs": tuple(default_graphs), "named_graphs": tuple(named_graphs)}
        return lambda text: _ask_remote(endpoint, text, timeout, **options)
    if data is not None:
        source = load_data(data)
    else:
        source = store if isinstance(store, ox.Store) else open_store(STORE if store is None else store)
    dataset = dataset_of(source)
    return lambda text: ask_store(dataset, text, default_graphs=default_graphs, named_graphs=named_graphs)


def _ask_remote(endpoint: str, text: str, timeout: float | None, **graphs: tuple[str, ...]) -> Results:
    refuse_service(text)
    return ask_endpoint(endpoint, with_prefixes(text), timeout=timeout, **graphs)


def with_prefixes(text: str) -> str:
    """The query with the declarations of those standard prefixes that it uses and does not declare.

    They stand on the query's first line, so that line numbers stay.
    """
    declared = {name.lower() for name in re.findall(r"(?i)\bPREFIX\s+([\w.-]*):", text)}
    used = set(re.findall(r"([A-Za-z][\w.-]*):", text))
    missing = sorted(name for name in used & PREFIXES.keys() if name not in declared)
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in missing) + text


def find_query(query: str | Path) -> SavedQuery:
    """The query that a name, path, text or ``-`` stands for."""
    if isinstance(query, Path):
        return query_from_file(query)
    if query == "-":
        return parse_saved("", sys.stdin.read())
    if re.fullmatch(r"[\w-]+", query):
        return saved_query(query)
    if query.endswith(".rq"):
        return query_from_file(query)
    return parse_saved("", query)


def ask_store(
    store: ox.Store | Dataset,
    text: str,
    *,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> Results:
    """The results of SPARQL text on a store, which sees each triple once. ``default_graphs`` and
    ``named_graphs`` go before FROM. Raises CannotUnderstand with line and column."""
    refuse_service(text)
    refuse_deep_nesting(text)
    default, named = list(map(_graph, default_graphs)), list(map(_graph, named_graphs))
    try:
        dataset = store if isinstance(store, Dataset) else dataset_of(store)
        if default or named:
            return collected(dataset.query_graphs(text, default, named))
        return collected(dataset.query(text))
    except SyntaxError as error:
        raise CannotUnderstand(_syntax_message(text, str(error))) from error
    except RuntimeError as error:
        raise CannotUnderstand(f"SPARQL: {' '.join(str(error).split())}") from error
    except (OSError, ValueError) as error:
        raise CannotRead(f"the query could not be answered: {' '.join(str(error).split())}") from error


def _graph(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise CannotUnderstand(f"graph <{iri}>: {error}") from error


def load_data(files: Files) -> ox.Store:
    """RDF files as a store in memory: the triples of ``name.ttl`` are the graph ``…/graph/name``.

    Where a file of quads has statements in its default graph, it and all triples of other files stay in
    the default graph, and SPARQL's own rules hold. Raises as ``kg.graph.rdf_files.read_files``.
    """
    from urllib.parse import quote

    found = list(read_files(files))
    own = any(
        format_for_path(path, "graph").named_graphs and any(map(_is_default, quads)) for path, quads in found
    )
    store = ox.Store()
    for path, quads in found:
        name = ox.DefaultGraph() if own else ox.NamedNode(graph_iri(quote(path.stem, safe="")))
        moved = (ox.Quad(q.subject, q.predicate, q.object, name) if _is_default(q) else q for q in quads)
        store.bulk_extend(moved)
    return store


def _is_default(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.DefaultGraph)


# --- messages ----------------------------------------------------------------------------------------


def _syntax_message(text: str, said: str) -> str:
    """Oxigraph's message as one line: where, at which word, and what would have fitted.

    >>> _syntax_message("SELECT * {\\n ?s foo:x ?o }", "error at 2:9: expected one of Prefix not found, '.'")
    'SPARQL, line 2, column 9: no prefix "foo:" is declared, near "x ?o }"'
    """
    place = re.match(r"error at (\d+):(\d+): (?:expected )?(.*)", said, re.DOTALL)
    if place is None:
        return f"SPARQL: {' '.join(said.split())}"
    line, column = int(place[1]), int(place[2])
    lines = text.splitlines() or [""]
    source = lines[line - 1] if line <= len(lines) else ""
    rest = source[column - 1 :].strip()[:24]
    where = f'near "{rest}"' if rest else "at the end of the line"
    return f"SPARQL, line {line}, column {column}: {_reason(place[3], source[: column - 1])} {where}"


def _reason(expected: str, before: str) -> str:
    """What went wrong: the engine's own sentence if it has one, else the signs that would have fitted."""
    prefix = re.search(r"([\w.-]*:)[\w.-]*\s*$", before)
    if "Prefix not found" in expected and prefix:
        return f'no prefix "{prefix[1]}" is declared,'
    sentence = re.search(r"\b(?:The|IRI)\b[ \w]+", expected)
    if sentence:
        return f"{sentence[0]},"
    signs = re.findall(r'"[^"\\\s\w]{1,2}"', re.sub(r"\[[^\]]*\]", "", expected))
    return f"expected {', '.join(signs[:8])}" if signs else "cannot be read"
