"""What a build has finished and not yet published: an interrupted build goes on from there.

Each report that is done stands in a folder beside the generations: its Turtle and its unit, and an entry that
has the digests of both and is written last. Processes hand over these files and not what is in them.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kg.dataset import units
from kg.dataset.units import Unit
from kg.graph.rdf_files import read_quads
from kg.graph.store.exports import checked_names
from kg.graph.store.files import sha256_of

Part = TypeVar("Part")
FOLDER = "staging"
"""The folder within that of the dataset."""


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
    """The folder of what is finished, by a key for each report."""

    folder: Path

    def keep(self, key: str, entry: BuiltReport, turtle: bytes, unit: Unit) -> Made:
        """Puts a report here."""
        self.folder.mkdir(parents=True, exist_ok=True)
        made = Made(entry, self._path(key, "ttl"), self._path(key, "unit.json"))
        content = units.written(unit)
        made.turtle.write_bytes(turtle)
        made.unit.write_bytes(content)
        noted = json.dumps({"entry": asdict(entry), "unit": sha256(content).hexdigest()}).encode()
        beside = self._path(key, "new")
        beside.write_bytes(noted)
        os.replace(beside, self._path(key, "json"))
        return made

    def unit_of(self, entry: BuiltReport, turtle: Path) -> Path:
        """The unit of a report of which there is only the Turtle, worked out again."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self._path(entry.made_from, "unit.json")
        path.write_bytes(units.written(units.unit_of(read_quads(turtle))))
        return path

    def find(self, key: str) -> Made | None:
        """A report that was put here, whole; None where there is none."""
        try:
            noted = json.loads(self._path(key, "json").read_bytes())
            entry = entry_of(noted["entry"])
            made = Made(entry, self._path(key, "ttl"), self._path(key, "unit.json"))
            whole = (sha256_of(made.turtle), sha256_of(made.unit)) == (entry.turtle, noted["unit"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return made if whole else None

    def clear(self) -> None:
        """Removes all."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, key: str, end: str) -> Path:
        return self.folder / f"{key}.{end}"


def entry_of(found: dict[str, object]) -> BuiltReport:
    """The entry that stands in JSON. Raises TypeError, KeyError or ValueError."""
    notices = found["notices"]
    if not isinstance(notices, list):
        raise TypeError(notices)
    entry = BuiltReport(**found | {"notices": tuple(notices)})  # type: ignore[arg-type]  # checked when used
    checked_names(f"{name}.ttl" for name in (entry.id, entry.natural))
    return entry
