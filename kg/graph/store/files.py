"""Files that have to be there after a power cut, their hashes, and folders of any depth.

What a dataset of somebody else has in place of a file may be a pipe: it is never opened as one waits for it.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import BinaryIO


def open_regular(path: Path, flags: int = os.O_RDONLY) -> int:
    """The descriptor of a regular file. Raises OSError, and for a pipe or a device at once."""
    handle = os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC, 0o644)
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    raise OSError(errno.EINVAL, "not a regular file", os.fspath(path))


def read_regular(path: Path) -> bytes:
    """The bytes of a regular file; raises as ``open_regular``."""
    with os.fdopen(open_regular(path), "rb") as file:
        return file.read()


def walk(folder: Path) -> Iterator[os.DirEntry[str]]:
    """All that is in a folder but folders, whatever its depth; links are not followed.

    A folder that cannot be opened, as it is nested too deeply for a path, is given as it is.
    """
    todo: list[Path | os.DirEntry[str]] = [folder]
    while todo:
        inner = todo.pop()
        try:
            found = list(os.scandir(inner))
        except OSError:
            if isinstance(inner, os.DirEntry):
                yield inner
            continue
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                todo.append(entry)
            else:
                yield entry


def remove_tree(folder: Path) -> None:
    """Removes a folder with all that is in it, whatever its depth. Raises OSError."""
    try:
        shutil.rmtree(folder)
    except (RecursionError, OSError):  # nested too deeply: it is made flat first
        number = 0
        while inner := [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]:
            for path in inner:
                for deep in [each for each in path.iterdir() if each.is_dir() and not each.is_symlink()]:
                    number += 1
                    deep.rename(folder / f".kg-{number}")
                shutil.rmtree(path)
        shutil.rmtree(folder)


def new_file(path: Path) -> BinaryIO:
    """A file that is not there yet, to be written; what had the name is removed.

    Never through a link and never in place: a link may lead to a file of somebody else, and a file may have
    a second name in a generation.
    """
    path.unlink(missing_ok=True)
    return path.open("xb")


def write_durably(path: Path, content: bytes) -> None:
    """Writes a file beside and renames it: a reader sees the old or the new, also after a power cut."""
    beside = path.with_name(path.name + ".new")
    with new_file(beside) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
    sync(path.parent)


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file that a person asked for, beside and renamed: a full disk leaves what was there.

    A link leads to its file, and a file keeps its permissions. What is no regular file, as a pipe or a
    terminal, is written as it is. Raises OSError.
    """
    is_device = path.is_symlink() and path.is_relative_to("/dev")
    if is_device or (path.exists() and not path.is_file()):
        path.write_bytes(content)
        return
    path = Path(os.path.realpath(path))
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
    if mode is not None and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(path))
    beside = path.with_name(f".kg-{os.getpid()}.new")
    try:
        with new_file(beside) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            beside.chmod(mode)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        named = None if error.filename is None else os.fspath(path)
        raise OSError(error.errno, error.strerror, named) from error


def write_keeping(path: Path, content: bytes) -> Path | None:
    """``write_whole``, writing over nothing: what was there gets a name that is free, which is returned.

    None where there was no file, or one with these bytes.
    """
    path = Path(os.path.realpath(path))
    if not path.is_file():
        write_whole(path, content)
        return None
    if path.read_bytes() == content:
        return None
    before = _second_name(path)
    try:
        write_whole(path, content)
    except OSError:
        before.unlink()
        raise
    return before


def _second_name(path: Path) -> Path:
    """Another name for a file, in its folder, that nothing had."""
    for number in count(1):
        name = path.with_name(f"{path.name}.bak" + (f".{number}" if number > 1 else ""))
        try:
            os.link(path, name)
        except FileExistsError:
            continue
        except OSError:  # a disk without second names
            try:
                with name.open("xb") as copy:
                    copy.write(path.read_bytes())
            except FileExistsError:
                continue
        return name
    raise AssertionError


def copy_durably(source: Path, path: Path) -> None:
    """Copies the bytes of a file; what was at ``path`` is overwritten."""
    with source.open("rb") as old, new_file(path) as new:
        shutil.copyfileobj(old, new)
        new.flush()
        os.fsync(new.fileno())


def sync(path: Path) -> None:
    """Makes a file, or the names in a folder, durable."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256_of(path: Path) -> str | None:
    """SHA-256 of a file in hexadecimal digits; None where there is none, "" where it cannot be read."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:  # a bad sector, another's file
        return ""
