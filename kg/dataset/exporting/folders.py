"""Exports that are folders: names of files that every system takes, and writing that spares other files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.model.errors import CannotRead
from kg.model.iris import short_hash

_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices."""


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


def write_folder(folder: str | Path, files: Mapping[str, bytes]) -> None:
    """Writes files, by their path inside the folder (``/`` between parts).

    A folder that has anything else in it is refused, so that an export neither mixes with other files nor
    leaves files of an older one. Raises CannotRead.
    """
    folder = Path(folder)
    try:
        _refuse_others(folder, files)
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        raise CannotRead(f"{folder}: cannot be written: {error.strerror or error}") from error


def _refuse_others(folder: Path, files: Mapping[str, bytes]) -> None:
    if folder.exists() and not folder.is_dir():
        raise CannotRead(f"{folder}: not a folder; choose a new one with -o")
    there = (path for path in folder.rglob("*") if not path.is_dir())
    other = sorted({path.relative_to(folder).as_posix() for path in there} - files.keys())
    if other:
        raise CannotRead(f"{folder}: has {other[0]!r}, which is not of this export; choose an empty folder")
