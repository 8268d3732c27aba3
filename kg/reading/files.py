"""Files are looked at before they are opened, and read with a limit."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from kg.model.errors import CannotRead
from kg.model.text.display import escaped


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: bytes on disk, bytes when unpacked, characters of text, time and memory.

    ``together`` is what all members of one archive may unpack to.
    """

    size: int = 64 << 20
    unpacked: int = 256 << 20
    together: int = 1 << 30
    characters: int = 1_000_000
    seconds: float = 45.0
    memory: int = 1 << 30


LIMITS = Limits()
# O_NOFOLLOW and O_NONBLOCK: what was looked at may have been replaced by a link or a pipe since.
_FLAGS = os.O_RDONLY
for _name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
    _FLAGS |= getattr(os, _name, 0)
_KINDS = (
    (stat.S_ISLNK, "a link; give what it leads to"),
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


def absolute(path: Path) -> Path:
    """A path from the root, as it is written; but behind a link ".." is above where that leads to."""
    return Path(os.path.realpath(path) if ".." in path.parts else os.path.abspath(path))


@dataclass(frozen=True, slots=True)
class ReportFile:
    """Where the bytes of a report are: a file on disk, or a member of the zip archive on disk by its name.

    The two are never joined into one path: a member may be called anything, ``/home/me/letter.txt`` too.
    Its text is how people read and write it (``archive.zip/name.txt``), with nothing invisible.

    >>> print(ReportFile(Path("all.zip"), "/etc/x.txt"), ReportFile(Path("a", "b.txt")))
    all.zip//etc/x.txt a/b.txt
    """

    path: Path
    member: str | None = None
    data: bytes | None = field(default=None, repr=False, compare=False)
    """The bytes, where they have been read already: on another machine."""

    @classmethod
    def of(cls, source: str | os.PathLike[str] | ReportFile) -> ReportFile:
        """The file that a person means: where nothing has this path but one of the folders in it is a file,
        that is an archive and what comes behind it names a member."""
        if isinstance(source, ReportFile):
            return source
        path = Path(source)
        outer = None if os.path.lexists(path) else next(filter(is_regular, path.parents), None)
        if outer is None:
            return cls(path)
        start = os.path.join(outer, "")
        written = os.fspath(source)
        inside = written.startswith(start)
        return cls(outer, written[len(start) :] if inside else path.relative_to(outer).as_posix())

    @property
    def name(self) -> str:
        """The last part of its name, without folders."""
        return self.path.name if self.member is None else PurePosixPath(self.member).name

    @property
    def sort_key(self) -> tuple[bytes, bytes]:
        """By the bytes of the path, the members of an archive by those of their names."""
        return os.fsencode(self.path), (self.member or "").encode("utf-8", "surrogatepass")

    def within(self, folder: Path) -> str:
        """How the catalogue of a folder above names it. Raises ValueError for one that is not in there."""
        path = absolute(self.path).relative_to(absolute(folder)).as_posix()
        return path if self.member is None else f"{path}/{self.member}"

    def __str__(self) -> str:
        path = printable_path(self.path)
        return path if self.member is None else f"{path}/{printable_path(self.member)}"


def is_regular(path: Path) -> bool:
    """Whether there is a regular file (no link to one)."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


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
