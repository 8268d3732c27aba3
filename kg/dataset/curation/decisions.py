"""What people have decided: which names mean one thing, which concerns follow up which, which grade counts.

``curation.toml`` stands beside the reports, like ``catalogue.toml``; see docs/curation.md.
"""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from kg.model.addresses import is_web_address
from kg.model.errors import CannotUnderstand
from kg.model.iris import PREFIXES, report_iri, slug
from kg.model.text.comparing import name_key
from kg.model.text.display import shortened
from kg.reading import ReportFile
from kg.reading.discovery import CURATION
from kg.reading.files import printable_path
from kg.reading.side_files import Once, folders_of, read_toml

Pair = tuple[str, str]
UNDECIDED = ("PERIOD", "METRIC", "GRADE", "AREA")
"""Labels whose things are given by dates, figures or the framework: nothing to decide."""
_GRADE = 'the IRI of a judgement with a grade: "report:…/judgement-…" = "good"'


@dataclass(frozen=True, slots=True)
class Curation:
    """Decisions. Things are IRIs or names; ``same`` has groups, the others pairs, of which any may be empty.

    ``follows`` and ``not_follows`` are pairs of IRIs of concerns or recommendations, the later one first;
    ``grades`` pairs of the IRI of a judgement and the notation of the grade that counts; ``names`` gives the
    preferred name of an IRI.
    """

    same: tuple[tuple[str, ...], ...] = ()
    different: tuple[Pair, ...] = ()
    follows: tuple[Pair, ...] = ()
    not_follows: tuple[Pair, ...] = ()
    names: tuple[Pair, ...] = ()
    grades: tuple[Pair, ...] = ()

    @property
    def agreed(self) -> Curation:
        """The decisions without those that contradict each other: of two, none is taken.

        But ``different`` goes before ``same``: what it keeps apart is not joined, nor by a chain of groups.
        """
        wrong = self.contradictory
        return Curation(
            _without(self.same, wrong.same),
            self.different,
            _without(self.follows, wrong.follows),
            _without(self.not_follows, wrong.not_follows),
            _without(self.names, wrong.names),
            _without(self.grades, wrong.grades),
        )

    @property
    def contradictory(self) -> Curation:
        """The decisions that contradict each other, as those of several files may.

        Of ``same`` all groups that together join what a pair of ``different`` keeps apart.
        """
        joined = self._joined
        both = {
            (one, two): joined[key_of(one)]
            for one, two in self.different
            if key_of(one) in joined and joined[key_of(one)] == joined.get(key_of(two))
        }
        apart = {*both.values()}
        refused = {*self.follows} & {*self.not_follows}
        return Curation(
            tuple(group for group in self.same if joined[key_of(group[0])] in apart),
            tuple(both),
            tuple(pair for pair in self.follows if pair in refused),
            tuple(pair for pair in self.not_follows if pair in refused),
            _in_two_ways(self.names),
            _in_two_ways(self.grades),
        )

    @property
    def groups(self) -> list[tuple[str, ...]]:
        """The groups of ``same``, those that share a name or an IRI as one; members in their order."""
        joined = self._joined
        found: dict[str, dict[str, None]] = {}
        for name in chain.from_iterable(self.same):
            found.setdefault(joined[key_of(name)], {})[name] = None
        return [tuple(members) for members in found.values()]

    @property
    def over_all(self) -> Curation:
        """The decisions that do not only count for the reports beside their file."""
        return Curation(follows=self.follows, not_follows=self.not_follows, names=self.names)

    @property
    def _joined(self) -> dict[str, str]:
        """Each member of a group by its key, with the key of one member of all that it is joined to."""
        above: dict[str, str] = {}

        def top(key: str) -> str:
            while above.setdefault(key, key) != key:
                above[key] = key = above[above[key]]
            return key

        for group in self.same:
            for name in group[1:]:
                above[top(key_of(name))] = top(key_of(group[0]))
        return {key: top(key) for key in [*above]}

    def chain(self, one: str, two: str) -> list[tuple[str, ...]]:
        """The fewest groups of ``same`` that lead from a name or an IRI to another, in order."""
        groups: dict[str, list[tuple[str, ...]]] = {}
        for group in self.same:
            for name in group:
                groups.setdefault(key_of(name), []).append(group)
        came: dict[str, tuple[str, tuple[str, ...]]] = {}
        todo, seen = deque([key_of(one)]), {key_of(one)}
        while todo and key_of(two) not in seen:
            key = todo.popleft()
            for group in groups.pop(key, ()):
                for other in {*map(key_of, group)} - seen:
                    seen.add(other)
                    came[other] = key, group
                    todo.append(other)
        found, key = list[tuple[str, ...]](), key_of(two)
        while key in came:
            key, group = came[key]
            found.append(group)
        return found[::-1]

    def grades_of(self, report_id: str, base: str) -> tuple[Pair, ...]:
        """The decisions on the grades of the report of this id, by the last part of a judgement's IRI."""
        start = f"{report_iri(report_id, base)}/"
        return tuple((iri.removeprefix(start), grade) for iri, grade in self.grades if iri.startswith(start))

    def with_reports(self, called: Mapping[str, str], base: str) -> Curation:
        """The decisions with each report by the id that it has, where they name it by another."""
        start = report_iri("", base)

        def of_report(iri: str) -> str:
            name, slash, local = iri.removeprefix(start).partition("/")
            known = iri.startswith(start) and slash and name in called
            return f"{start}{called[name]}/{local}" if known else iri

        follows, not_follows = (
            tuple((of_report(later), of_report(earlier)) for later, earlier in pairs)
            for pairs in (self.follows, self.not_follows)
        )
        grades = tuple((of_report(iri), grade) for iri, grade in self.grades)
        return replace(self, follows=follows, not_follows=not_follows, grades=grades)

    @property
    def digest(self) -> str:
        """SHA-256 of the decisions; that of no decisions is that of an empty file."""
        return sha256(repr(self).encode()).hexdigest() if self != Curation() else sha256(b"").hexdigest()

    @classmethod
    def of_all(cls, curations: Iterable[Curation]) -> Curation:
        """The decisions of many, each once."""
        many = list(curations)
        return cls(
            **{
                field.name: tuple(
                    dict.fromkeys(chain.from_iterable(getattr(one, field.name) for one in many))
                )
                for field in fields(cls)
            }
        )


def key_of(name: str) -> str:
    """By what decisions are compared: an IRI as it is, a name in any case and typography."""
    return name if is_iri(name) else name_key(name)


_Decision = TypeVar("_Decision", bound=tuple[str, ...])


def _without(some: Iterable[_Decision], others: Iterable[_Decision]) -> tuple[_Decision, ...]:
    left_out = {*others}
    return tuple(one for one in some if one not in left_out)


def _in_two_ways(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The pairs whose first has another second elsewhere."""
    said = Counter(first for first, _ in dict.fromkeys(pairs))
    return tuple(pair for pair in pairs if said[pair[0]] > 1)


def joined(curations: Iterable[Curation]) -> Curation:
    """What is decided beside all reports: what agrees above each; of links and names what agrees over all."""
    found = Curation.of_all(curation.agreed for curation in curations)
    over_all = found.over_all.agreed
    return replace(found, follows=over_all.follows, not_follows=over_all.not_follows, names=over_all.names)


def read_curation(folder: str | os.PathLike[str]) -> Curation:
    """The decisions in ``folder``'s file; none where there is no file.

    Raises CannotUnderstand, naming file, line and key, for anything that is not as it should be.
    """
    path = Path(folder) / CURATION
    found = read_toml(path)
    return Curation() if found is None else _File(printable_path(path), found[0]).curation(found[1])


class Curations:
    """The decisions in a dataset's folders, each file read once."""

    def __init__(self) -> None:
        self._of = Once(read_curation)
        self._joined: dict[tuple[Path, ...], Curation] = {}

    def of(self, file: str | os.PathLike[str] | ReportFile) -> Curation:
        """As ``curation_for``."""
        folders = tuple(folders_of(file))
        if folders not in self._joined:
            self._joined[folders] = Curation.of_all(map(self._of, folders))
        return self._joined[folders]


def curation_for(path: str | os.PathLike[str] | ReportFile) -> Curation:
    """The decisions beside a report, and in the folders above up to three levels. Raises as read_curation."""
    return Curations().of(path)


@dataclass(frozen=True, slots=True)
class _File:
    """A file that is read: its name and text, for messages."""

    name: str
    text: str

    def curation(self, data: Mapping[str, Any]) -> Curation:
        known = ("same", "different", "follows", "not-follows", "names", "grades")
        for key in data:
            if key not in known:
                raise self._wrong(key, key, f"unknown key; known: {', '.join(known)}")
        made = Curation(
            same=tuple(self._groups(data, "same", 2, None)),
            different=tuple((one, two) for one, two in self._groups(data, "different", 2, 2)),
            follows=tuple((one, two) for one, two in self._groups(data, "follows", 2, 2, iris=True)),
            not_follows=tuple((one, two) for one, two in self._groups(data, "not-follows", 2, 2, iris=True)),
            names=tuple(self._table(data, "names", 'an IRI with a name: "unit:…" = "…"')),
            grades=tuple((iri, slug(grade)) for iri, grade in self._table(data, "grades", _GRADE)),
        )
        self._agree(made)
        return made

    def _groups(
        self, data: Mapping[str, Any], key: str, least: int, most: int | None, iris: bool = False
    ) -> Iterator[tuple[str, ...]]:
        groups = data.get(key, [])
        if not isinstance(groups, list):
            raise self._wrong(key, key, f"must be a list of pairs: {key} = [[…, …]]")
        for at, group in enumerate(groups, 1):
            yield self._group(f"{key} {at}", key, group, least, most, iris)

    def _group(
        self, where: str, key: str, group: Any, least: int, most: int | None, iris: bool
    ) -> tuple[str, ...]:
        if not isinstance(group, list) or not all(isinstance(one, str) and one.strip() for one in group):
            raise self._wrong(where, key, "must be IRIs or names in quotes")
        line = group[0] if group else key
        if len(group) < least or (most is not None and len(group) > most):
            raise self._wrong(where, line, f"needs {'two' if most else 'at least two'}, has {len(group)}")
        made = tuple(_expanded(one) for one in group)
        for one in group:
            self._refuse_bad_iri(where, one)
        if len(set(made)) < len(made):
            raise self._wrong(where, line, f'names "{group[0]}" twice')
        if iris and not all(map(is_iri, made)):
            raise self._wrong(where, line, "must be IRIs of concerns or recommendations, the later one first")
        return made

    def _table(self, data: Mapping[str, Any], key: str, form: str) -> Iterator[Pair]:
        table = data.get(key, {})
        if not isinstance(table, dict):
            raise self._wrong(key, key, f"must be a table [{key}]")
        for iri, value in table.items():
            if not is_iri(_expanded(iri)) or not isinstance(value, str) or not value.strip():
                raise self._wrong(f"{key}, {iri}", iri, f"must be {form}")
            self._refuse_bad_iri(key, iri)
            yield _expanded(iri), value

    def _refuse_bad_iri(self, where: str, name: str) -> None:
        if is_iri(_expanded(name)) and not is_web_address(_expanded(name)):
            raise self._wrong(where, name, f'"{shortened(name, 100)}" is not an IRI')

    def _agree(self, made: Curation) -> None:
        """No pair may be both confirmed and refused, nothing may have two values.

        What is both the same and different is told at each build, and is different.
        """
        wrong = made.contradictory
        for later, _ in wrong.follows:
            raise self._wrong("not-follows", later, f'"{later}" is confirmed above; keep one')
        for key, pairs in (("names", wrong.names), ("grades", wrong.grades)):
            for iri, _ in pairs:
                raise self._wrong(key, iri, f'"{iri}" has two values; keep one')

    def _wrong(self, where: str, words: str, problem: str) -> CannotUnderstand:
        at = self.text.find(words)
        line = f", line {self.text.count(chr(10), 0, at) + 1}" if at >= 0 else ""
        return CannotUnderstand(f"{self.name}{line}: {where}: {problem}")


def is_iri(name: str) -> bool:
    return name.startswith(("http://", "https://"))


def _expanded(name: str) -> str:
    """A compact IRI (``unit:west-midlands--control-room``) in full; anything else as it is."""
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES and " " not in name else name.strip()
