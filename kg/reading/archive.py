"""Zip archives: members are read by name, in memory, counting what they unpack to; nothing is extracted.

The name of a member is a name and never a path: whatever it says, it only finds bytes in its archive.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from functools import cached_property
from pathlib import PurePosixPath

from kg.model.errors import CannotRead
from kg.reading.files import LIMITS, Limits, printable_path

SUFFIXES = frozenset({".txt", ".html", ".htm", ".xhtml", ".mht", ".mhtml", ".pdf", ".docx"})
"""File name endings of reports inside folders and archives."""
_MEMBERS = 10_000
_PACKAGE = ("word/", "docProps/", "customXml/", "_rels/")
"""The folders of a Word file."""


def is_zip(data: bytes) -> bool:
    """Whether the bytes begin as a zip archive does."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


class Archive:
    """A zip archive that is opened once, however many members are read. CannotRead if it is damaged.

    ``unpacked`` counts the bytes that all readings together have unpacked.
    """

    def __init__(self, data: bytes) -> None:
        self.unpacked = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
            raise CannotRead("a damaged zip archive: part of it is missing or wrong") from error
        self._members = [info for info in self._zip.infolist() if not info.filename.endswith("/")]
        if len(self._members) > _MEMBERS:
            raise CannotRead(f"a zip archive of {len(self._members):,} files; the limit is {_MEMBERS:,}")

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all files in it, sorted, each once."""
        return tuple(sorted(self._times))

    @cached_property
    def _times(self) -> Counter[str]:
        return Counter(info.filename for info in self._members)

    @property
    def is_word(self) -> bool:
        """Whether it is a Word document (``.docx``): the text of one, and no reports beside it.

        A package lists its parts in ``[Content_Types].xml``; what looks like a report in its own folders is
        one of them.
        """
        if "word/document.xml" not in self._times:
            return False
        own = _PACKAGE if "[Content_Types].xml" in self._times else ()
        return all(name.startswith(own) for name in self.report_names())

    def report_names(self) -> tuple[str, ...]:
        """The names of the members that look like reports by their ending, sorted."""
        return tuple(name for name in self.names if not _is_hidden(name) and _is_report(name))

    def passed_over(self) -> str | None:
        """What else is in it, counted; None if it is all reports."""
        hidden = sum(map(_is_hidden, self.names))
        others = len(self.names) - hidden - len(self.report_names())
        counted = [(hidden, "hidden or left there by another program"), (others, "of another kind")]
        said = [f"{number} file{'s' if number > 1 else ''} {what}" for number, what in counted if number]
        if not self.names:
            return "an archive without files"
        return " and ".join(said) + " in it" if said else None

    def read(self, name: str, limits: Limits = LIMITS) -> bytes:
        """The bytes of one member, at most ``limits.unpacked``, counted while unpacking.

        Raises CannotRead if there is none or two of this name, it is encrypted, damaged or too big.
        """
        if self._times[name] != 1:
            what = "two files of the name" if self._times[name] else "no file"
            raise CannotRead(f"{what} {printable_path(name)} in the archive")
        out = io.BytesIO()
        try:
            with self._zip.open(name) as file:
                while piece := file.read(1 << 16):
                    out.write(piece)
                    self.unpacked += len(piece)
                    if out.tell() > limits.unpacked:
                        raise CannotRead(
                            f"{printable_path(name)} unpacks to more than {limits.unpacked >> 20} MB"
                        )
        except RuntimeError as error:
            raise CannotRead(f"{printable_path(name)} needs a password; give it unlocked") from error
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError,
                ValueError) as error:  # fmt: skip
            raise CannotRead(f"{printable_path(name)} in the archive is damaged") from error
        return out.getvalue()


def _is_report(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in SUFFIXES


def _is_hidden(name: str) -> bool:
    """Whether it, or a folder that it is in, is hidden or was left there by another program."""
    return any(part.startswith((".", "~$", "__MACOSX")) for part in _parts(name))


def _parts(name: str) -> list[str]:
    """The folders and the file that a name speaks of; ``.`` and ``..`` lead nowhere and hide nothing."""
    return [part for part in re.split(r"[/\\]", name) if part not in (".", "..")]
