"""Whose a thing is: of which inspected body it is told apart, and to which it belongs.

The words say it ("the force’s control room", "X and Y’s joint crime team"), or a convention does: a report
speaks of the units, boards and operations of the body that it is on. A commissioner’s office and plan, a
partnership, a panel from outside belong to no inspected body, nor do plans, systems and guides of which no
clause says that the body has or made them. Where several bodies are inspected together, the convention says
nothing: a possessive or the subject of the sentence tells whose a thing is, or it is nobody’s; nor does it in
a section that judges another body, as the one on the safeguarding board does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.model.bodies import kind_of_body
from kg.model.gazetteer import Entry
from kg.model.labels import LABEL
from kg.model.records import Span
from kg.model.text.comparing import with_plain_typography
from kg.model.text.plurals import singular
from kg.model.vocab import KG
from kg.nlp.mentions.candidates import Candidate
from kg.nlp.mentions.words import Text
from kg.nlp.rules.pattern_files import pattern

_FILE = "mention-context"
_FARTHEST = 80
"""Characters before a name in which its possessor, or the clause that says whose it is, may stand."""
OTHERS = ("ORGANISATION", "ROLE", "BODY", "PERSON")
"""Labels of possessors that are no inspected body."""
_COUNCILS = f"/{kind_of_body(KG.LocalAuthority).path}/"
"""What the IRIs of councils have: the operations that a report on one speaks of are those of the police."""
BY_CONVENTION = ("UNIT", "BODY", "OPERATION")
"""Labels of what is the inspected body’s own unless something speaks against it."""


@dataclass(frozen=True, slots=True)
class Owned:
    """The owners of a thing and how they are known: stated, implied, or None where it has none."""

    owners: tuple[str, ...] = ()
    how: str | None = None


class Owners:
    """Whose the things of a report are. ``candidates`` are its names; ``force`` is the inspected body, or
    the one that stands for the area where ``several`` are inspected together; ``on_others`` are the sections
    that judge another body."""

    def __init__(
        self,
        text: Text,
        candidates: Sequence[Candidate],
        force: str | None,
        several: bool = False,
        on_others: Sequence[Span] = (),
    ) -> None:
        self.text = text
        self.force = force
        self.several = several
        self.on_others = on_others
        self.ends = {c.end: c for c in candidates}
        self.forces = {c.start: c for c in candidates if c.label == "FORCE"}

    def body_of(self, candidate: Candidate, kind: Entry | None) -> str | None:
        """The inspected body that a thing is told apart by; None for a national thing, another’s, and for
        all of a kind at once ("chief constables")."""
        owned = LABEL[candidate.label].is_owned or candidate.role == "commissioners-office"
        if candidate.owner == "" or not (owned or kind):
            return None
        if stated := self._stated(candidate):
            return stated[0]
        if kind is not None:
            return self.force if self._has_one(candidate, kind) else None
        possessor = self._possessor(candidate)
        if possessor is not None and possessor.label == "ORGANISATION":
            return None
        name = with_plain_typography(candidate.name or "").lower()
        nobodys = pattern(_FILE, "nobodys").search(name) or pattern(_FILE, "ours").search(
            self._before(candidate)
        )
        return None if nobodys else self.force

    def of(self, candidates: Iterable[Candidate], kind: Entry | None) -> Owned:
        """The owners of the thing that these names name."""
        named = list(candidates)
        stated = sorted({owner for candidate in named for owner in self._stated(candidate)})
        if kind is not None and not kind.is_own:
            return Owned()
        if stated:
            return Owned(tuple(stated), "stated")
        others = any((p := self._possessor(c)) is not None and p.label in OTHERS for c in named)
        others = others or all(map(self._is_told_of_another, named))
        if others or self.force is None or not (self._by_kind(kind) or any(map(self._is_own, named))):
            return Owned()
        return Owned((self.force,), "implied")

    def _is_told_of_another(self, candidate: Candidate) -> bool:
        """Whether a name stands in a section on another body, whose panels and groups are not the inspected
        body's: "the Critical Incident Panel" of a safeguarding board."""
        return any(start <= candidate.start < end for start, end in self.on_others)

    def _by_kind(self, kind: Entry | None) -> bool:
        """Whether a thing is the inspected body's by what it is: among several bodies, the virtual school is
        the council's, but a control room may be anybody's."""
        return kind is not None and (not self.several or self._is_of_its_kind(kind))

    def _has_one(self, candidate: Candidate, kind: Entry) -> bool:
        """Whether the inspected body has one of a kind, and the words do not mean all that there are."""
        said = self.text.plain[candidate.start : candidate.end]
        if candidate.label == "ROLE" and singular(said) != said:
            return False
        return kind.for_body is None or self._is_of_its_kind(kind)

    def _is_of_its_kind(self, kind: Entry) -> bool:
        """Whether a kind is one that such bodies as the inspected one have, and no others."""
        return kind.for_body is not None and f"/{kind_of_body(kind.for_body).path}/" in (self.force or "")

    def _is_own(self, candidate: Candidate) -> bool:
        """Whether convention, or the clause before it, makes a thing the inspected body’s own."""
        if pattern(_FILE, "partners-own").search(with_plain_typography(candidate.name or "").lower()):
            return False
        if pattern(_FILE, "of-others").search(self._before(candidate)):
            return False
        if self.several:
            return self._is_of_subject(candidate)
        told = pattern(_FILE, "own-doing").search(self._before(candidate)) is not None
        others = candidate.label == "OPERATION" and _COUNCILS in (self.force or "")
        return told or (candidate.label in BY_CONVENTION and not others)

    def _is_of_subject(self, candidate: Candidate) -> bool:
        """Whether the inspected body, by name or noun, is the subject of the clause that says that it has or
        made a thing: "*the local authority* has set up a …", not "they have …" nor "the team runs …"."""
        return any(
            self._iri(subject) == self.force
            and pattern(_FILE, "inspected-doing").match(self.text.plain[subject.end : candidate.start])
            for start in range(max(0, candidate.start - _FARTHEST), candidate.start)
            if (subject := self.forces.get(start)) is not None
        )

    def _before(self, candidate: Candidate) -> str:
        return self.text.plain[max(0, candidate.start - _FARTHEST) : candidate.start]

    def _possessor(self, candidate: Candidate) -> Candidate | None:
        """What has a thing by a possessive before it: "*the force*’s control room", "*Barnardo’s* ‘X’"."""
        before = self._before(candidate)
        named = self.ends.get(candidate.start - 2) if before.endswith(("'s '", "'s \"")) else None
        if named is not None:
            return named
        match = pattern(_FILE, "possessor").search(before)
        return self.ends.get(candidate.start - len(before) + match.start()) if match else None

    def _stated(self, candidate: Candidate) -> list[str]:
        """The inspected bodies that the words around a name say it belongs to, sorted."""
        if candidate.owner:
            return [candidate.owner]
        found = {body for body in self._possessing(candidate) if body is not None}
        after = self.text.plain[candidate.end : candidate.end + _FARTHEST]
        if shared := pattern(_FILE, "jointly").match(after):
            partner = self.forces.get(candidate.end + shared.end())
            found |= {body for body in (self._iri(partner), self.force) if partner and body}
        before = self._before(candidate)
        if shared := pattern(_FILE, "jointly-before").search(before):
            partner = self.forces.get(candidate.start - len(before) + shared.start("partner"))
            found |= {body for body in (self._iri(partner), self.force) if partner and body}
        office = candidate.label == "ROLE" and (" of ", " of the ", " for ")
        for link in office or ():
            if after.startswith(link):
                found |= {body for body in [self._iri(self.forces.get(candidate.end + len(link)))] if body}
        return sorted(found)

    def _possessing(self, candidate: Candidate) -> Iterator[str | None]:
        """The inspected bodies with the possessive before a name: one, or two that an "and" joins."""
        possessor = self._possessor(candidate)
        if possessor is None or possessor.label != "FORCE":
            return
        yield self._iri(possessor)
        before = self.text.plain[: possessor.start][-12:]
        for joint in (" and ", " and the ", "'s and ", "'s and the "):
            if before.endswith(joint):
                other = self.ends.get(possessor.start - len(joint))
                yield self._iri(other) if other is not None and other.label == "FORCE" else None

    def _iri(self, candidate: Candidate | None) -> str | None:
        return None if candidate is None else candidate.iri or self.force
