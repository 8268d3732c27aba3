"""Exports that are folders: names of files that every system takes, and writing that spares other files."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from itertools import count
from pathlib import Path

from kg.graph.store.files import new_file, remove_tree, walk
from kg.model.errors import CannotRead
from kg.model.iris import short_hash

_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices."""

CRATE, TABLES = "ro-crate-metadata.json", "csv-metadata.json"
"""Where a program looks for the description of a crate (RO-Crate 1.1), and of a folder of tables (Model for
Tabular Data, 5.4)."""
_STAGED, _TOLD = re.compile(r"\.kg-\d+\.new"), ".told"
"""A folder of files that are written beside, and its file with the descriptions of what they replace."""
DESCRIPTIONS = (CRATE, TABLES)
"""What says of a folder which files it has, in JSON."""


def safe_name(name: str, limit: int = 80) -> str:
    """A name of a file, without extension, made of ASCII letters, digits, dots, underscores and hyphens.

    It is neither hidden nor a device. What had to be changed gets eight hex digits, so that different names
    stay different.

    >>> safe_name("west-midlands-peel-2023-25"), safe_name("../etc/passwd"), safe_name("con")
    ('west-midlands-peel-2023-25', 'etc-passwd-7fef78f5', 'file-con-1143da2b')
    """
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", name)[:limit].strip(".-_")
    if name and safe == name and not _DEVICES.fullmatch(name):
        return name
    device = "file" if _DEVICES.fullmatch(safe) else ""
    return "-".join(filter(None, [device, safe, short_hash(name, 8)]))


def file_names(iris: Iterable[str]) -> dict[str, str]:
    """A file name for each IRI, from its last part; different ones differ in more than case."""
    names: dict[str, str] = {}
    for iri in sorted(iris):
        name = safe_name(re.split(r"[/#]", iri)[-1] or iri)
        taken = {other.casefold() for other in names.values()}
        names[iri] = name if name.casefold() not in taken else f"{name}-{short_hash(iri, 8)}"
    return names


def write_folder(folder: str | Path, files: Mapping[str, bytes], description: str) -> None:
    """Writes files, by their path inside the folder (``/`` between parts).

    A folder that has anything else in it is refused, so that an export neither mixes with other files nor
    leaves files of an older one; only an earlier export is written over: each of its files is named in its
    ``description``, which is one of ``files``, and only when all are written beside: a full disk leaves it.
    The description goes before the first file is exchanged and comes back last; what was broken off
    between is gone on with by the next export. Nothing is written through a link. Raises CannotRead.
    """
    folder = Path(folder)
    try:
        broken_off = _broken_off(folder)
        told = _told(folder, description, broken_off)
        _refuse_others(folder, files, description, told, broken_off)
        staged, moving = _staging(folder), False
        try:
            for name, content in [*files.items(), (_TOLD, told)]:
                (staged / name).parent.mkdir(parents=True, exist_ok=True)
                with new_file(staged / name) as file:
                    file.write(content)
            moving = True  # from here on what is staged tells the next export which files are ours
            (folder / description).unlink(missing_ok=True)  # so that no half is taken for a whole
            for name in sorted(files, key=lambda name: name == description):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (staged / name).replace(folder / name)
        except OSError:
            if not moving and staged.exists():
                remove_tree(staged)
            raise
        for unfinished in {*broken_off, staged}:
            remove_tree(unfinished)
    except OSError as error:
        raise CannotRead(f"{folder}: cannot be written: {error.strerror or error}") from error


def _staging(folder: Path) -> Path:
    """A folder that is not there yet, for what is written beside."""
    return next(p for n in count(os.getpid()) if not (p := folder / f".kg-{n}.new").exists())


def _broken_off(folder: Path) -> list[Path]:
    """What exports into this folder have written beside and not moved in, as they were killed."""
    found = folder.iterdir() if folder.is_dir() else iter(())
    return sorted(p for p in found if _STAGED.fullmatch(p.name) and p.is_dir() and not p.is_symlink())


def _told(folder: Path, description: str, broken_off: Iterable[Path]) -> bytes:
    """What the description of a folder says of its files, and what those said that were broken off."""
    told = [folder / description, *(part / name for part in broken_off for name in (_TOLD, description))]
    return b"\n".join(path.read_bytes() for path in told if path.is_file() and not path.is_symlink())


def _refuse_others(
    folder: Path, files: Mapping[str, bytes], description: str, told: bytes, broken_off: Iterable[Path]
) -> None:
    if folder.exists() and not folder.is_dir():
        raise CannotRead(f"{folder}: not a folder; choose a new one with -o")
    paths = [p for p in map(Path, walk(folder)) if not any(p.is_relative_to(part) for part in broken_off)]
    names = {path.relative_to(folder).as_posix() for path in paths}
    links = {path.relative_to(folder).as_posix() for path in paths if not path.is_file() or path.is_symlink()}
    unknown = {name for name in names if name != description and json.dumps(name).encode() not in told}
    other = sorted(names - files.keys()) or sorted(links or unknown)
    if other:
        raise CannotRead(f"{folder}: has {other[0]!r}, which is not of this export; choose an empty folder")
