"""Files that have to be there after a power cut, and their hashes."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import BinaryIO


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
