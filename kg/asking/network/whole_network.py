"""The whole knowledge graph, or what one report says, as a networkx graph: for Gephi, yEd, Cytoscape."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx
import pyoxigraph as ox

from kg.asking.network.node_attributes import compact, node_attributes
from kg.asking.things.kinds import BY_CLASS, KINDS, WORDS, is_statement
from kg.asking.things.loaded_triples import LoadedTriples
from kg.asking.things.triples import as_triples
from kg.graph.writing.order import natural_key
from kg.model.vocab import RDF

_PLUMBING = ("section", "thing")
"""Kinds that are left out; spans, selectors, mentions and the description of the dataset have none."""
_ORDER = {word: place for place, word in enumerate(KINDS)}


def whole_network(store: ox.Store, graph: str | None = None) -> nx.MultiDiGraph:
    """Every thing of a kind that is drawn and that a report leads to, and the relations between such things.

    With ``graph`` (the IRI of a report's graph) only what that graph says, and what it speaks of. Nodes are
    IRIs with their ``node_attributes``; edges have predicate (a compact IRI, also their
    key), label and inverse (words there and back). Sorted by kind and IRI: the same data, the same order.
    """
    facts = LoadedTriples(as_triples(store))
    said = _drawn(facts, _subjects(store, graph))
    spoken_of = {target for source in said for target, _ in _relations(facts, source)}
    nodes = _drawn(facts, said | spoken_of)
    network = nx.MultiDiGraph()
    order = sorted(nodes, key=lambda iri: (_ORDER[facts.kind(iri)], natural_key(iri)))
    selectors = facts.selectors(order)
    for iri in order:
        network.add_node(iri, **node_attributes(facts, iri, selectors.get(iri)))
    for source in order:
        for target, predicate in _relations(facts, source):
            if source in said and target in nodes and target != source:
                name, (there, back) = compact(predicate), WORDS[predicate]
                network.add_edge(source, target, key=name, predicate=name, label=there, inverse=back)
    return network if graph is not None else _reached(network, facts)


def _reached(network: nx.MultiDiGraph, facts: LoadedTriples) -> nx.MultiDiGraph:
    """Without the parts that no report touches: most of the vocabularies, each name for itself.

    Where there is no report at all, everything stays.
    """
    parts = list(nx.weakly_connected_components(network))
    touched = [
        part
        for part in parts
        if any(facts.kind(iri) == "report" or is_statement(facts.kind(iri)) for iri in part)
    ]
    if touched:
        network.remove_nodes_from(set(network) - set[str]().union(*touched))
    return network


def _subjects(store: ox.Store, graph: str | None) -> set[str]:
    """The things of our classes that the graph (None: any) declares."""
    name = None if graph is None else ox.NamedNode(graph)
    return {
        quad.subject.value
        for cls in BY_CLASS
        for quad in store.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(cls), name)
        if isinstance(quad.subject, ox.NamedNode)
    }


def _drawn(facts: LoadedTriples, iris: Iterable[str]) -> set[str]:
    iris = set(iris)
    facts.load(iris)
    return {iri for iri in iris if facts.kind(iri) not in _PLUMBING}


def _relations(facts: LoadedTriples, source: str) -> list[tuple[str, str]]:
    return [(target, predicate) for predicate in WORDS for target in facts.iris(source, predicate)]
