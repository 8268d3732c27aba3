"""Links between reports from their graphs, as a build makes them from the units of the reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from kg.dataset.following.dated_reports import DatedReport
from kg.dataset.following.links_graph import link_quads
from kg.dataset.units import read_dated, read_spoken, unit_of, written


def links_of(graphs: Mapping[str, Sequence[ox.Quad]], **more: Any) -> list[ox.Quad]:
    """The graph of links between the reports of these graphs (by IRI)."""
    units = [written(unit_of(quads)) for quads in graphs.values()]
    bodies: defaultdict[str, list[DatedReport]] = defaultdict(list)
    for unit in units:
        for report in read_dated(unit):
            bodies[report.body].append(report)
    return link_quads(bodies.values(), [told for unit in units for told in read_spoken(unit)], **more)
