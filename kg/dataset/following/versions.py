"""Reports that say nearly the same in the same words: perhaps two versions of one, which are both counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

import pyoxigraph as ox

from kg.dataset.following.dated_reports import DatedReport
from kg.model.iris import graph_iri
from kg.model.terms import node
from kg.model.vocab import BASE, DCT, PROV, local_name

_ALIKE = 0.75
"""The share of their runs of words that two reports have in common, from which they may be versions of one.
Reports of two years on one body have far less: their headings and standing paragraphs."""
_RUN = 3
"""How many words a run has."""
_SAMPLE = 64
"""So many runs of a report, the first by their checksums, decide which others it is compared with."""


@dataclass(frozen=True, slots=True)
class Version:
    """A report that may be a version of an earlier one, and the share of their words that is the same."""

    later: DatedReport
    earlier: DatedReport
    share: float


def versions_of(reports: Sequence[DatedReport]) -> list[Version]:
    """The reports on one body that may be other versions of earlier ones of their kind."""
    found = []
    known: defaultdict[int, list[int]] = defaultdict(list)
    runs = [_runs(report) for report in reports]
    for at in sorted(range(len(reports)), key=lambda n: (reports[n].issued, reports[n].iri)):
        sample = sorted({crc32(run.encode()) for run in runs[at]})[:_SAMPLE]
        near = sorted({other for checksum in sample for other in known[checksum]})
        alike = [(other, share) for other in near if (share := _share(reports, runs, at, other)) >= _ALIKE]
        if alike:
            other, share = max(alike, key=lambda pair: pair[1])
            found.append(Version(reports[at], reports[other], share))
        else:  # a third version is told beside the first
            for checksum in sample:
                known[checksum].append(at)
    return found


def told(version: Version) -> str:
    """What a build says of two versions of one report."""
    one, two = (f"{local_name(r.iri)} ({r.issued})" for r in (version.earlier, version.later))
    return (
        f"{one} and {two}: {version.share:.0%} the same words; both are counted, so if one replaces the "
        "other, take the replaced one out of the folder"
    )


def version_quads(versions: Iterable[Version], base: str = BASE) -> list[ox.Quad]:
    """Which report is a revision, and a version, of which, in the graph of links."""
    graph = node(graph_iri("links", base))
    return [
        ox.Quad(node(version.later.iri), node(term), node(version.earlier.iri), graph)
        for version in versions
        for term in (DCT.isVersionOf, PROV.wasRevisionOf)
    ]


def _share(reports: Sequence[DatedReport], runs: Sequence[frozenset[str]], one: int, two: int) -> float:
    """The share of their runs that two reports have in common; 0 for those of other kinds or frameworks."""
    a, b = reports[one], reports[two]
    if (a.kind, a.framework) != (b.kind, b.framework) or not runs[one]:
        return 0
    return len(runs[one] & runs[two]) / len(runs[one] | runs[two])


def _runs(report: DatedReport) -> frozenset[str]:
    words = [word for passage in report.passages for word in passage.text.casefold().split()]
    return frozenset(" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
