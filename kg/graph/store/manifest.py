"""The hashed list of a generation's files, and the numbers of statements of its graphs."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from kg.graph.store.exports import checked_names
from kg.graph.store.files import read_regular, sha256_of, sync, walk, write_durably
from kg.graph.store.folder import BASE_FILE, MANIFEST, read_pointer
from kg.model.errors import CannotRead
from kg.model.progress import Progress, tell_nobody, told
from kg.model.vocab import BASE

STORE, EXPORTS = "store", "exports"
"""Folders of a generation: the files of Oxigraph, and the Turtle files."""


@dataclass(frozen=True)
class Filled:
    """What the graphs of a store have, by IRI: the number of statements, and the SHA-256 of their text."""

    counts: Mapping[str, int]
    content: Mapping[str, str]
    union: int
    """The number of triples of the default graph, which has those of all graphs, each once."""


@dataclass(frozen=True)
class Manifest:
    """``files``: SHA-256 by path within the generation; ``graphs``: numbers of statements by IRI.

    ``content`` has the SHA-256 of the text that each graph was written from: by it a build knows what has not
    changed. ``union`` is the number of triples of all graphs, each counted once. An earlier version has
    neither: then the one is empty and the other None.
    """

    files: Mapping[str, str]
    graphs: Mapping[str, int]
    content: Mapping[str, str]
    union: int | None

    @property
    def exports(self) -> dict[str, str]:
        """SHA-256 of the exports by the name of the file."""
        folder = EXPORTS + "/"
        return {name.removeprefix(folder): sha for name, sha in self.files.items() if name.startswith(folder)}

    @property
    def statements(self) -> int:
        """The number of statements in all graphs."""
        return sum(self.graphs.values())


def write_manifest(
    generation: Path,
    filled: Filled,
    before: Manifest | None = None,
    of: Path | None = None,
    progress: Progress = tell_nobody,
) -> Manifest:
    """Lists the files of a generation that has just been written, and makes everything durable.

    A file that it shares with the generation ``of`` another manifest has been read and found right before.
    """
    known = (
        {}
        if before is None or of is None
        else {
            (file.st_dev, file.st_ino): digest
            for name, digest in before.files.items()
            if (file := _status(of / name))
        }
    )
    files, found = {}, _data_files(generation)
    for name in told(found, "listing with hashes", "file", progress):
        path = found[name]
        status = path.stat()
        files[name] = known.get((status.st_dev, status.st_ino)) or str(sha256_of(path))
        sync(path)
    for path in generation.iterdir():
        if path.is_dir():
            sync(path)
    manifest = Manifest(
        files, dict(sorted(filled.counts.items())), dict(sorted(filled.content.items())), filled.union
    )
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True)
    write_durably(generation / MANIFEST, text.encode() + b"\n")
    sync(generation.parent)
    return manifest


def base_of_store(folder: Path) -> str | None:
    """The base of the IRIs of what is published in a folder; None where that is not told.

    Raises CannotRead where it is not what the manifest says: under another base nothing would be found.
    """
    try:
        name = read_pointer(folder).generation
    except CannotRead:
        return None
    if name is None:
        return None
    try:
        told = read_regular(folder / name / BASE_FILE)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CannotRead(f"{folder}: {BASE_FILE} cannot be read: {error.strerror or error}") from error
    if told == f"{BASE}\n".encode():
        return BASE
    if read_manifest(folder / name).files.get(BASE_FILE) != sha256(told).hexdigest():
        raise CannotRead(f"{folder}: {BASE_FILE} is damaged; repair it with kg build")
    return told.decode().strip()


def read_manifest(generation: Path) -> Manifest:
    """The manifest of a generation. Raises CannotRead."""
    try:
        path = generation / MANIFEST
        if path.exists() and not path.is_file():
            raise ValueError(path)
        found = json.loads(path.read_bytes())
        files, content = (
            {str(name): str(digest) for name, digest in found.get(part, {}).items()}
            for part in ("files", "content")
        )
        counts = {str(iri): int(count) for iri, count in found["graphs"].items()}
        union = found.get("union")
        manifest = Manifest(files, counts, content, None if union is None else int(union))
        checked_names(manifest.exports)
        return manifest
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        ArithmeticError,
        RecursionError,
    ) as error:
        message = f"{generation}: {MANIFEST} is damaged; make it again with: kg build"
        raise CannotRead(message) from error


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def file_problems(generation: Path, manifest: Manifest, progress: Progress = tell_nobody) -> dict[str, str]:
    """What is wrong with the files of a generation, by path within it."""
    found = _data_files(generation)
    problems = dict.fromkeys(manifest.files.keys() - found.keys(), "missing")
    for name in told(found, "verifying the dataset", "file", progress):
        if name not in manifest.files:
            problems[name] = "not in the manifest"
        elif manifest.files[name] != sha256_of(found[name]):
            problems[name] = "changed since it was written"
    return dict(sorted(problems.items()))


def _data_files(generation: Path) -> dict[str, Path]:
    """The files that carry data: all but the manifest, Oxigraph's lock and its own log of messages."""
    files = sorted(map(Path, walk(generation)))
    silent = re.compile(rf"{STORE}/LOCK|{STORE}/LOG(\.old\.\d+)?|{re.escape(MANIFEST)}")
    named = {path.relative_to(generation).as_posix(): path for path in files}
    return {name: path for name, path in named.items() if not silent.fullmatch(name)}
