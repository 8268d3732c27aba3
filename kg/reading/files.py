"""Files are looked at before they are opened, and read with a limit."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from kg.model.errors import CannotRead
from kg.model.text.display import escaped


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: bytes on disk, bytes when unpacked, characters of text, time and memory."""

    size: int = 64 << 20
    unpacked: int = 256 << 20
    characters: int = 1_000_000
    seconds: float = 45.0
    memory: int = 1 << 30


LIMITS = Limits()
# O_NOFOLLOW and O_NONBLOCK: what was looked at may have been replaced by a link or a pipe since.
_FLAGS = os.O_RDONLY
for _name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
    _FLAGS |= getattr(os, _name, 0)
_KINDS = (
    (stat.S_ISLNK, "a link; give the file it leads to"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe, not a file"),
    (stat.S_ISSOCK, "a socket, not a file"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
)


def printable_path(path: str | os.PathLike[str]) -> str:
    """A path as it can be printed anywhere: control, bidirectional and undecodable characters escaped.

    >>> printable_path("a\\n\\u202eb.txt")
    'a\\\\n\\\\u202eb.txt'
    """
    return escaped(os.fspath(path))


def refusal(path: Path, limits: Limits = LIMITS) -> str | None:
    """Why the file must not be opened, or None: not a regular file, or over the size limit.

    The path itself is looked at, not what a link leads to. Raises CannotRead where there is nothing.
    """
    try:
        found = path.lstat()
    except (OSError, ValueError) as error:
        raise CannotRead(f"{printable_path(path)}: no such file or folder") from error
    for test, what in _KINDS:
        if test(found.st_mode):
            return what
    if found.st_size > limits.size:
        return f"{found.st_size >> 20} MB; the limit is {limits.size >> 20} MB"
    return None


def load(path: Path, limits: Limits = LIMITS) -> bytes:
    """The bytes of a regular file. Raises CannotRead, naming the file, for everything else."""
    if (why := refusal(path, limits)) is not None:
        raise CannotRead(f"{printable_path(path)}: {why}")
    try:
        with os.fdopen(os.open(path, _FLAGS), "rb") as file:
            data = file.read(limits.size + 1)
    except OSError as error:
        raise CannotRead(f"{printable_path(path)}: {(error.strerror or 'cannot be read').lower()}") from error
    if len(data) > limits.size:
        raise CannotRead(f"{printable_path(path)}: over the limit of {limits.size >> 20} MB")
    return data
