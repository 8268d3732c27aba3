"""One preferred name a thing, where reports write it differently: "Operation Lantern", "Operation LANTERN".

Each report names its things by itself. Where the reports of a dataset disagree, one of their names is the
preferred one in all of them, and what each wrote stays beside it as an alternative name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

import pyoxigraph as ox

from kg.dataset.one_report import Made
from kg.graph.writing.turtle import to_turtle
from kg.model.iris import PREFIXES, report_iri
from kg.model.vocab import SKOS

_PREFERRED, _OTHER = ox.NamedNode(SKOS.prefLabel), ox.NamedNode(SKOS.altLabel)
Names = dict[str, list[str]]
"""What one report calls things, by IRI: the preferred name first, then the others."""


def with_shared_names(reports: Sequence[Made], base: str) -> list[Made]:
    """The reports with their quads, in which no thing has two preferred names.

    Those that an earlier build made are read from their Turtle; their things are first called as their own
    report calls them (``BuiltReport.own_names``), so that nothing depends on earlier builds.
    """
    quads = [one.read() for one in reports]
    own = [_names(found) | one.entry.own_names for one, found in zip(reports, quads, strict=True)]
    agreed = _agreed(own)
    result = []
    for one, found, names in zip(reports, quads, own, strict=True):
        differing = {iri: names[iri] for iri in names if names[iri][0] != agreed.get(iri, names[iri][0])}
        wanted = {
            iri: [agreed[iri], *sorted(set(own_names) - {agreed[iri]})]
            for iri, own_names in differing.items()
        }
        wanted |= {iri: names[iri] for iri in one.entry.own_names if iri not in differing}
        if not wanted:
            result.append(replace(one, quads=found))
            continue
        renamed = _renamed(found, wanted)
        prefixes = PREFIXES | {"r": report_iri(one.entry.id, base) + "/"}
        turtle = to_turtle(renamed, prefixes)
        digest = sha256(turtle).hexdigest()
        entry = replace(one.entry, turtle=digest, triples=len(renamed), own_names=differing)
        result.append(Made(entry, turtle, renamed))
    return result


def _names(quads: Sequence[ox.Quad]) -> Names:
    preferred: dict[str, str] = {}
    others: defaultdict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            if quad.predicate == _PREFERRED:
                preferred[quad.subject.value] = quad.object.value
            elif quad.predicate == _OTHER:
                others[quad.subject.value].add(quad.object.value)
    return {iri: [name, *sorted(others[iri])] for iri, name in preferred.items()}


def _agreed(names: Sequence[Names]) -> dict[str, str]:
    """The name of each thing that reports prefer different names for: that of most, then without capitals."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for of_report in names:
        for iri, called in of_report.items():
            counts[iri][called[0]] += 1
    return {
        iri: min(called, key=lambda name: (-called[name], sum(map(str.isupper, name)), name))
        for iri, called in counts.items()
        if len(called) > 1
    }


def _renamed(quads: Sequence[ox.Quad], wanted: Mapping[str, Sequence[str]]) -> list[ox.Quad]:
    """The quads with these names of things instead of those that they have."""
    kept: list[ox.Quad] = []
    for quad in quads:
        iri = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
        if quad.predicate not in (_PREFERRED, _OTHER) or iri not in wanted:
            kept.append(quad)
        elif quad.predicate == _PREFERRED:
            first, *others = map(ox.Literal, wanted[iri])
            kept.append(ox.Quad(quad.subject, _PREFERRED, first, quad.graph_name))
            kept += [ox.Quad(quad.subject, _OTHER, name, quad.graph_name) for name in others]
    return kept
