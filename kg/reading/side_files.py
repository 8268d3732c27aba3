"""Files that people write beside their reports (``catalogue.toml``, ``curation.toml``): where they stand, how
they are read. Anything may be in them; what is wrong is one line."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, TypeVar

from kg.model.errors import CannotUnderstand, KgError
from kg.reading.files import Limits, ReportFile, absolute, load, printable_path
from kg.reading.time_limit import time_limit

T = TypeVar("T")
_LIMITS = Limits(size=16 << 20)
SECONDS = 60


def folders_of(source: str | os.PathLike[str] | ReportFile) -> list[Path]:
    """The folders whose side files speak of a report: its own, or its archive's, and up to three above.

    They are those of the path as it is written, from whatever folder; their names are as it has them.
    """
    if source == "-":
        return []
    path = ReportFile.of(source).path
    above = [folder for folder in list(absolute(path).parents)[:4] if folder.is_dir()]
    return above if path.is_absolute() else [Path(os.path.relpath(folder)) for folder in above]


def read_toml(path: Path) -> tuple[str, dict[str, Any]] | None:
    """The text of a TOML file and what is in it; None where there is no file.

    Raises CannotUnderstand, naming the file, and the line where it is not TOML; CannotRead as ``load``.
    """
    if not os.path.lexists(path):
        return None
    try:
        with time_limit(printable_path(path), SECONDS):
            text = load(path, _LIMITS).decode("utf-8")
            return text, tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise CannotUnderstand(f"{printable_path(path)}: not UTF-8; save it as UTF-8") from error
    except RecursionError as error:
        raise CannotUnderstand(f"{printable_path(path)}: not usable: too deeply nested") from error
    except ValueError as error:  # TOMLDecodeError, and what int() says of 5,000 digits
        raise CannotUnderstand(f"{printable_path(path)}: not TOML: {error}") from error


class Once(Generic[T]):
    """What a function of a folder gives or raises, asked once for each, however many reports are there."""

    def __init__(self, function: Callable[[Path], T]) -> None:
        self._function = function
        self._known: dict[Path, T | KgError] = {}

    def __call__(self, folder: Path) -> T:
        if folder not in self._known:
            try:
                self._known[folder] = self._function(folder)
            except KgError as error:
                self._known[folder] = error
        found = self._known[folder]
        if isinstance(found, KgError):
            raise found
        return found
