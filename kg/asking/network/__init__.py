"""The neighbourhood of a thing as a networkx graph: what is worth seeing around it, and how much is hidden.

    graph = neighbourhood("MARAC", store="store")
    to_svg(graph, positions(graph))

The traversal is limited twice: at so many neighbours along one branch, and at so many things in all. So a hub
(a force, an area) never floods the picture; what it hides is counted instead ("20 of 63").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

import networkx as nx

from kg.asking.network.drawing import to_png, to_svg
from kg.asking.network.graph_files import to_gexf, to_graphml, to_json, to_tree
from kg.asking.network.graph_page import to_html
from kg.asking.network.layout import positions
from kg.asking.network.node_attributes import compact, node_attributes
from kg.asking.network.style import FRAME_LINE
from kg.asking.network.traversal import Traversal
from kg.asking.sparql import STORE, asker, load_data
from kg.asking.things.kinds import WORDS, kinds_named
from kg.asking.things.loaded_triples import LoadedTriples
from kg.asking.things.naming import expand, resolve_entity
from kg.asking.things.triples import Source, Triples, as_triples, endpoint_triples
from kg.graph.rdf_files import Files
from kg.graph.store import open_store
from kg.model.errors import CannotUnderstand

__all__ = [
    "Neighbourhood",
    "neighbourhood",
    "positions",
    "resolve_entity",
    "to_gexf",
    "to_graphml",
    "to_html",
    "to_json",
    "to_png",
    "to_svg",
    "to_tree",
]


class Page(str):
    """An HTML document that a notebook shows in a frame of its own, where it can reach nothing."""

    def _repr_html_(self) -> str:
        return (
            f'<iframe srcdoc="{escape(self)}" sandbox="allow-scripts" width="100%" height="720"'
            f' style="border:1px solid {FRAME_LINE}"></iframe>'
        )


class Neighbourhood(nx.MultiDiGraph):  # type: ignore[misc]
    """A networkx graph that shows itself as a picture in a notebook.

    ``graph.graph`` has root, title, depth, limit. Nodes are IRIs, with iri, type, label, text, note, colour,
    fill, level, parent, branch (the words that lead to it from its parent), branches (a list of
    {heading, what, shown, of, cut}; ``cut`` says that there are more than ``of``), shown and of (their
    sums), and what ``node_attributes`` adds. Edges have predicate (compact IRI, empty when derived),
    label and inverse (words there and back), derived, weight (through how many passages or findings) and
    tree (whether a panel of the picture shows it).
    """

    def _repr_svg_(self) -> str:
        return to_svg(self, positions(self))

    def page(self) -> Page:
        """The interactive page as one HTML document; a notebook shows it."""
        return Page(to_html(self))


def neighbourhood(
    entity: str,
    *,
    store: Source | str | Path | None = None,
    data: Files | None = None,
    endpoint: str | None = None,
    depth: int = 1,
    types: Iterable[str] | None = None,
    limit: int = 60,
) -> Neighbourhood:
    """What is around ``entity`` (IRI, compact IRI, name or alias), at most ``limit`` things with itself.

    ``store`` is an open store, a reader (``triples.Triples``) or the folder of a store; ``data`` are RDF
    files and ``endpoint`` is the address of a SPARQL endpoint to ask instead. ``types`` keeps only things of
    these kinds (words or class names, see ``kinds.kinds_named``). The same data gives the same graph, in the
    same order of nodes and edges.

    Raises Unknown or Ambiguous for the entity, Unknown for a type, CannotUnderstand for a depth that is not
    1, 2 or 3 or a limit below 2, and CannotRead for a source that cannot be opened.
    """
    if depth not in (1, 2, 3):
        raise CannotUnderstand(f"depth {depth}: give 1, 2 or 3")
    if limit < 2:
        raise CannotUnderstand(f"limit {limit}: give at least 2")
    named = None if types is None else [types] if isinstance(types, str) else list(types)
    if named == []:
        raise CannotUnderstand("types is empty: give names, or leave it out")
    wanted = None if named is None else kinds_named(named)
    triples = _reader(store, data, endpoint)
    facts, iri = LoadedTriples(triples), expand(entity)
    if iri is not None:
        facts.load([iri])
    root = iri if iri is not None and facts.all(iri) else resolve_entity(entity, triples)
    traversal = Traversal(facts, root, wanted, limit)
    traversal.run(depth)
    return _graph(traversal, depth)


def _reader(store: Source | str | Path | None, data: Files | None, endpoint: str | None) -> Triples:
    if endpoint is not None:
        ask = asker(endpoint=endpoint)
        return endpoint_triples(lambda query: ask(query).terms)
    if data is not None:
        return as_triples(load_data(data))
    if store is None or isinstance(store, str | Path):
        return as_triples(open_store(store or STORE))
    return as_triples(store)


def _graph(traversal: Traversal, depth: int) -> Neighbourhood:
    graph = Neighbourhood()
    selectors = traversal.describable()
    for iri in traversal.order():
        focus = traversal.focus(iri) if traversal.facts.kind(iri) == "passage" else None
        graph.add_node(
            iri, **node_attributes(traversal.facts, iri, selectors.get(iri), focus), **traversal.place(iri)
        )
    for source, target, key, attributes in _edges(traversal):
        graph.add_edge(source, target, key=key, **attributes)
    _name_bodies(graph, traversal)
    root = graph.nodes[traversal.root]
    graph.graph.update(root=traversal.root, title=root["label"], depth=depth, limit=traversal.limit)
    return graph


def _name_bodies(graph: Neighbourhood, traversal: Traversal) -> None:
    """Say on each statement whom it is about, where the picture has statements about several bodies.

    Around an area every judgement is of that area, so the inspected body is its label; around a body only
    what is about another one says so.
    """
    root = graph.nodes[traversal.root]
    said = [data for _, data in graph.nodes(data=True) if "body" in data]
    several = len({data["body"] for data in said}) > 1
    for data in said:
        parent = graph.nodes.get(data["parent"], {})
        if root["type"] == "area" and data["type"] == "judgement":
            data["label"] = data["body"]
        elif several and data["body"] not in (root["label"], parent.get("body")):
            data["about"] = data["body"]


Edge = tuple[str, str, str, dict[str, str | int | bool]]


def _edges(traversal: Traversal) -> Iterator[Edge]:
    """Every direct relation between two shown things, then the derived ones that join the others."""
    linked: set[frozenset[str]] = set()
    for source in traversal.order():
        for predicate, words in WORDS.items():
            for target in traversal.facts.iris(source, predicate):
                if target in traversal.nodes and target != source:
                    linked.add(frozenset((source, target)))
                    yield (
                        source,
                        target,
                        predicate,
                        _edge(traversal, source, target, compact(predicate), words),
                    )
    for target, node in traversal.nodes.items():
        if node.parent is not None and frozenset((node.parent, target)) not in linked:
            words = (node.branch, node.branch)
            yield node.parent, target, node.branch, _edge(traversal, node.parent, target, "", words)


def _edge(
    traversal: Traversal, source: str, target: str, predicate: str, words: tuple[str, str]
) -> dict[str, str | int | bool]:
    tree = traversal.nodes[target].parent == source or traversal.nodes[source].parent == target
    weight = 1 if predicate else traversal.nodes[target].count
    return {
        "predicate": predicate, "label": words[0], "inverse": words[1], "derived": not predicate,
        "weight": weight, "tree": tree,
    }  # fmt: skip
