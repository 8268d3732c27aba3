"""Zip archives: members are read by name, in memory, counting what they unpack to; nothing is extracted."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from kg.model.errors import CannotRead
from kg.reading.files import LIMITS, Limits, printable_path

SUFFIXES = frozenset({".txt", ".html", ".htm", ".xhtml", ".mht", ".mhtml", ".pdf", ".docx"})
"""File name endings of reports inside folders and archives."""


def is_zip(data: bytes) -> bool:
    """Whether the bytes begin as a zip archive does."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _open(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise CannotRead("a damaged zip archive: part of it is missing or wrong") from error
    if len(archive.infolist()) > 10_000:
        raise CannotRead(f"a zip archive of {len(archive.infolist())} files; the limit is 10,000")
    return archive


def names(data: bytes) -> tuple[str, ...]:
    """The names of all files in a zip archive, sorted. Raises CannotRead if it is damaged."""
    with _open(data) as archive:
        return tuple(sorted({info.filename for info in archive.infolist() if not info.is_dir()}))


def report_names(data: bytes) -> tuple[str, ...]:
    """The names of the members that look like reports by their ending, sorted."""
    paths = (PurePosixPath(name) for name in names(data))
    return tuple(
        str(path)
        for path in paths
        if path.suffix.lower() in SUFFIXES
        and not any(part.startswith((".", "~$", "__MACOSX")) for part in path.parts)
    )


def is_word(data: bytes) -> bool:
    """Whether a zip archive is a Word document (``.docx``)."""
    return "word/document.xml" in names(data)


def member(data: bytes, name: str, limits: Limits = LIMITS) -> bytes:
    """The bytes of one member, at most ``limits.unpacked``, counted while unpacking.

    Raises CannotRead if there is none, it is encrypted, damaged or too big.
    """
    out = io.BytesIO()
    with _open(data) as archive:
        try:
            with archive.open(name) as file:
                while piece := file.read(1 << 16):
                    out.write(piece)
                    if out.tell() > limits.unpacked:
                        raise CannotRead(
                            f"{printable_path(name)} unpacks to more than {limits.unpacked >> 20} MB"
                        )
        except KeyError as error:
            raise CannotRead(f"no file {printable_path(name)} in the archive") from error
        except RuntimeError as error:
            raise CannotRead(f"{printable_path(name)} needs a password; give it unlocked") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise CannotRead(f"{printable_path(name)} in the archive is damaged") from error
    return out.getvalue()
