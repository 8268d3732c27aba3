"""One preferred name a thing, where reports write it differently: "Operation Lantern", "Operation LANTERN".

Each report names its things by itself. Where the reports of a dataset disagree, one of their names is the
preferred one in all of them, and what each wrote stays beside it as an alternative name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

import pyoxigraph as ox

from kg.dataset.curation.decisions import Pair
from kg.dataset.staging import Made, Staging
from kg.dataset.units import Names, read_names, unit_of, written
from kg.graph.writing.turtle import to_turtle
from kg.model.iris import PREFIXES, moved, report_iri
from kg.model.progress import Progress, tell_nobody, told
from kg.model.vocab import BASE, SKOS

_PREFERRED, _OTHER = ox.NamedNode(SKOS.prefLabel), ox.NamedNode(SKOS.altLabel)


def with_shared_names(
    reports: Sequence[Made],
    base: str,
    staging: Staging,
    progress: Progress = tell_nobody,
    decided: Iterable[Pair] = (),
) -> tuple[list[Made], dict[str, str]]:
    """The reports, in which no thing has two preferred names; and the preferred names of all things.

    ``decided`` are the names of things by IRI that people prefer: where a report has one, it is that of all.
    Those that an earlier build made first call their things as their own report calls them
    (``BuiltReport.own_names``), so that nothing depends on earlier builds.
    """
    there = [one.part(read_names) for one in told(reports, "names", "report", progress)]
    own = [names | one.entry.own_names for one, names in zip(reports, there, strict=True)]
    agreed = _agreed(own, {(moved(iri, BASE, base), name) for iri, name in decided})
    result = []
    for one, named, names in zip(reports, there, own, strict=True):
        differing = {iri: names[iri] for iri in names if names[iri][0] != agreed[iri]}
        wanted = {
            iri: [agreed[iri], *sorted(set(own_names) - {agreed[iri]})]
            for iri, own_names in differing.items()
        }
        wanted |= {iri: names[iri] for iri in one.entry.own_names if iri not in differing}
        as_wanted = all(named.get(iri) == called for iri, called in wanted.items())
        result.append(one if as_wanted else _called(one, wanted, differing, base, staging))
    return result, agreed


def _called(one: Made, wanted: Names, own_names: Names, base: str, staging: Staging) -> Made:
    """A report with its things called so."""
    renamed = _renamed(one.quads(), wanted)
    turtle = to_turtle(renamed, PREFIXES | {"r": report_iri(one.entry.id, base) + "/"})
    digest = sha256(turtle).hexdigest()
    entry = replace(one.entry, turtle=digest, triples=len(renamed), own_names=own_names)
    return staging.keep(f"{entry.made_from}-named", entry, turtle, written(unit_of(renamed)))


def _agreed(names: Sequence[Names], decided: Collection[Pair]) -> dict[str, str]:
    """The preferred name of each thing: a decided one, that of most reports, that with fewer capitals."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for of_report in names:
        for iri, called in of_report.items():
            counts[iri][called[0]] += 1
    return {
        iri: min(
            called,
            key=lambda name: ((iri, name) not in decided, -called[name], sum(map(str.isupper, name)), name),
        )
        for iri, called in counts.items()
    }


def _renamed(quads: Sequence[ox.Quad], wanted: Mapping[str, Sequence[str]]) -> list[ox.Quad]:
    """The quads with these names of things instead of those that they have."""
    kept: list[ox.Quad] = []
    for quad in quads:
        iri = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
        if quad.predicate not in (_PREFERRED, _OTHER) or iri not in wanted:
            kept.append(quad)
        elif quad.predicate == _PREFERRED:
            first, *others = (ox.Literal(name, language="en") for name in wanted[iri])
            kept.append(ox.Quad(quad.subject, _PREFERRED, first, quad.graph_name))
            kept += [ox.Quad(quad.subject, _OTHER, name, quad.graph_name) for name in others]
    return kept
