"""What a build has finished and not yet published: an interrupted build goes on from there.

Each report that is done stands in a folder beside the generations: its Turtle and its unit, and an entry that
has the digests of both and is written last. Processes hand over these files and not what is in them.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, field, fields
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kg.dataset import units
from kg.graph.rdf_files import read_quads
from kg.graph.store.exports import checked_names
from kg.graph.store.files import new_file, sha256_of
from kg.model.errors import CannotRead

Part = TypeVar("Part")
_KINDS = {
    ("id", "file", "made_from", "turtle", "natural", "words", "status"): str,
    ("triples", "details"): int,
    ("counts", "coverage", "own_names"): dict,
    ("grades", "met", "refused"): list,
}
"""The types of an entry's fields."""


def staging_key(made_from: str, name: str | None = None) -> str:
    """Under what a report stands here: what it was made from, and the id that it has where not its own."""
    return made_from if name is None else f"{made_from}-{name}"


class CannotKeep(CannotRead):
    """What is finished cannot be put beside the dataset: an error of the build, not of a report."""


@dataclass(frozen=True)
class BuiltReport:
    """One row of the build's table: what a report gave. ``made_from`` and ``turtle`` are digests.

    ``natural`` is the id that the report has where no other claims it, ``words`` the digest of its words.
    ``coverage`` has how many headings, numbers … were captured, and of how many; ``details`` is the number of
    notices about what was not (``kg query notices``), which ``notices`` leaves out. ``own_names`` are what
    the report itself calls the things that its graph names as other reports do (``shared_names``).
    """

    id: str
    file: str
    title: str | None
    made_from: str
    turtle: str
    counts: dict[str, int]
    triples: int
    notices: tuple[str, ...]
    natural: str
    words: str
    status: str = "built"
    coverage: dict[str, list[int]] = field(default_factory=dict)
    details: int = 0
    own_names: dict[str, list[str]] = field(default_factory=dict)
    grades: list[list[str]] = field(default_factory=list)
    """The decisions on its grades that were taken, each the last part of a judgement's IRI and the grade."""
    met: list[str] = field(default_factory=list)
    """The names and IRIs of decisions on things that it speaks of."""
    refused: list[str] = field(default_factory=list)
    """A line for each decision on things that would join two in it which are known to be two."""


@dataclass(frozen=True)
class Made:
    """A report that is built, with the files of its Turtle and its unit."""

    entry: BuiltReport
    turtle: Path
    unit: Path

    def quads(self) -> list[ox.Quad]:
        """The quads of its graph, from the file."""
        return read_quads(self.turtle)

    def part(self, read: Callable[[bytes], Part]) -> Part:
        """A part of its unit, read by ``units.read_…``."""
        return read(self.unit.read_bytes())


@dataclass(frozen=True)
class Staging:
    """The folder of what is finished, by a key for each report.

    The key is the digest that it was made from, and its name behind that where it is not its own.
    ``copy`` tells this copy of the dataset (``folder.copy_of``): what somebody else's brings is not ours.
    """

    folder: Path
    copy: str = ""

    def keep(self, key: str, entry: BuiltReport, turtle: bytes, unit: bytes) -> Made:
        """Puts a report here, with its unit as ``units.written`` gives it. Raises CannotKeep."""
        made = Made(entry, self._path(key, "ttl"), self._path(key, "unit.json"))
        noted = {"entry": asdict(entry), "unit": sha256(unit).hexdigest(), "copy": self.copy}
        self._write(made.turtle, turtle)
        self._write(made.unit, unit)
        self._write(self._path(key, "json"), json.dumps(noted).encode())
        return made

    def unit_of(self, entry: BuiltReport, turtle: Path) -> Path:
        """The unit of a report of which there is only the Turtle, worked out again. Raises CannotKeep."""
        path = self._path(entry.made_from, "unit.json")
        self._write(path, units.written(units.unit_of(read_quads(turtle))))
        return path

    def _write(self, path: Path, content: bytes) -> None:
        try:
            if self.folder.is_symlink():
                self.folder.unlink()
            self.folder.mkdir(parents=True, exist_ok=True)
            with new_file(path) as file:
                file.write(content)
        except OSError as error:
            raise CannotKeep(f"{self.folder}: {error.strerror or error}; nothing is published") from error

    def find(self, key: str) -> Made | None:
        """A report that was put here, whole; None where there is none."""
        path = self._path(key, "json")
        try:
            noted = json.loads(path.read_bytes()) if path.is_file() else {}
            entry = entry_of(noted["entry"])
            made = Made(entry, self._path(key, "ttl"), self._path(key, "unit.json"))
            whole = (sha256_of(made.turtle), sha256_of(made.unit)) == (entry.turtle, noted["unit"])
            ours = noted["copy"] == self.copy and key.partition("-")[0] == entry.made_from
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return made if whole and ours else None

    def keep_only(self, made_from: Collection[str]) -> None:
        """Removes what is of none of these digests: of a report that was changed or withdrawn meanwhile."""
        if self.folder.is_symlink() or not self.folder.is_dir():
            return
        for path in sorted(self.folder.iterdir()):
            if re.split("[-.]", path.name)[0] not in made_from and not path.is_dir():
                path.unlink()

    def clear(self) -> None:
        """Removes all."""
        if self.folder.is_symlink():
            self.folder.unlink()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, key: str, end: str) -> Path:
        return self.folder / f"{key}.{end}"


def entry_of(found: dict[str, object]) -> BuiltReport:
    """The entry that stands in JSON, without what other versions add.

    Raises TypeError, KeyError or ValueError.
    """
    notices = found["notices"]
    if not isinstance(notices, list):
        raise TypeError(notices)
    known = {field.name: found[field.name] for field in fields(BuiltReport) if field.name in found}
    entry = BuiltReport(**known | {"notices": tuple(notices)})  # type: ignore[arg-type]  # checked below
    for names, kind in _KINDS.items():
        for name in names:
            if type(getattr(entry, name)) is not kind:
                raise TypeError(name)
    checked_names(f"{name}.ttl" for name in (entry.id, entry.natural))
    return entry
