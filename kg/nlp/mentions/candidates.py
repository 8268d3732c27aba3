"""Candidates for mentions, and the choice among those that overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.model.gazetteer import Entry


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may be a mention.

    ``entry`` is the known thing it names. ``name`` is what it is called where that is not its own text.
    ``same_as`` is the start of the mention that it abbreviates. ``owner`` says whose it is: the IRI of
    another force, or "" for nobody's (a national thing). ``tentative``: a mention only if it shortens a
    longer name. ``rank`` decides between candidates of the same span: the smaller wins. ``role`` is that of
    the rule that found it, or "introduced" for a name that the text introduces.
    """

    start: int
    end: int
    label: str
    pattern: str
    entry: Entry | None = None
    iri: str | None = None
    name: str | None = None
    same_as: int | None = None
    owner: str | None = None
    nominal: bool = False
    tentative: bool = False
    rank: int = 5
    role: str = ""

    @property
    def length(self) -> int:
        return self.end - self.start

    def overlaps(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


def resolve(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates that do not overlap, by start: the longest wins, then the smaller rank, then the first."""
    taken: list[Candidate] = []
    used: set[int] = set()
    for candidate in sorted(candidates, key=lambda c: (-c.length, c.rank, c.start, c.label, c.pattern)):
        span = range(candidate.start, candidate.end)
        if used.isdisjoint(span):
            used.update(span)
            taken.append(candidate)
    return sorted(taken, key=lambda c: c.start)
