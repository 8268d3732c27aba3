"""Which files of folders, archives and globs are reports to read, and why the others are not."""

from __future__ import annotations

import fnmatch
import glob
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kg.model.errors import CannotRead, KgError
from kg.model.made_here import made_here
from kg.model.progress import Progress, tell_nobody, told
from kg.reading.archive import SUFFIXES, Archive, is_zip
from kg.reading.files import LIMITS, Limits, ReportFile, load, printable_path, refusal

CATALOGUE = "catalogue.toml"
CURATION = "curation.toml"
OTHER_KIND = "not a text, HTML, PDF, Word or zip file by its name"
_UNFINISHED = (".part", ".crdownload", ".download", ".tmp", ".partial")
_LEFTOVERS = ("thumbs.db", "desktop.ini", ".ds_store", CATALOGUE, CURATION)


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may be a report, with the SHA-256 of its bytes.

    ``skip`` says why it is not to be read; ``same_as`` is the earlier file with the same bytes. There is no
    hash of what cannot be opened.
    """

    file: ReportFile
    sha256: str | None = None
    skip: str | None = None
    same_as: ReportFile | None = None


Paths = Iterable[str | os.PathLike[str]] | str | os.PathLike[str]


def find_reports(
    paths: Paths, *, limits: Limits = LIMITS, progress: Progress = tell_nobody
) -> tuple[list[Found], tuple[str, ...]]:
    """The reports that ``paths`` lead to, sorted, and a line for each file that is skipped.

    As ``list_files``; the ``file`` of each can be given to ``read``.
    """
    found = list_files(paths, limits=limits, progress=progress)
    skipped = tuple(f"{one.file}: skipped: {one.skip}" for one in found if one.skip is not None)
    return [one for one in found if one.skip is None], skipped


def list_files(paths: Paths, *, limits: Limits = LIMITS, progress: Progress = tell_nobody) -> list[Found]:
    """The files that ``paths`` (files, folders, globs, zip archives) lead to, sorted by path, each once.

    Folders are searched through all levels, links in them are not followed. A file that is not to be read
    (hidden, unfinished, of another kind, a link or pipe, too big, or with the same bytes as one before it)
    is there too, with the reason in ``skip``. Raises CannotRead where a path leads to nothing.
    """
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    seen: dict[ReportFile, Found] = {}
    for path in paths:
        for found in _expand(path):
            seen.setdefault(found.file, found)
    by_path = sorted(seen.values(), key=lambda found: found.file.sort_key)
    each = told(by_path, "looking at files", "file", progress)
    opened = [one for found in each for one in _opened(found, limits)]
    return _without_doubles(opened)


def _expand(path: str | os.PathLike[str]) -> Iterator[Found]:
    here = Path(path)
    if os.path.lexists(here):
        if here.is_dir() and not here.is_symlink():
            yield from _walk(here)
        else:
            yield Found(ReportFile(here), skip=leftover(here.name))
        return
    if (named := ReportFile.of(path)).member is not None:
        yield Found(named)
        return
    matches, passed_over = _matches(os.fspath(path))
    if not matches and not passed_over:
        raise CannotRead(f"{printable_path(path)}: no such file or folder")
    for match in matches:
        yield from _expand(match)
    yield from passed_over


def _matches(pattern: str) -> tuple[list[str], list[Found]]:
    """The paths that a glob means, and the folders that were passed over on the way.

    As ``glob.glob`` with ``recursive=True``, but nothing behind a link: only what stands before the first
    sign of a pattern is the user's own word, and may lead through one. ``folder/**`` is ``folder``.
    """
    parts = pattern.split(os.sep)
    start = next((at for at, part in enumerate(parts) if glob.has_magic(part)), None)
    if start is None:
        return [], []
    here = [os.path.join(os.sep.join(parts[:start]), "") or (os.sep if start else "")]
    passed_over: list[Found] = []
    for at, part in enumerate(parts[start:], start):
        found: dict[str, None] = {}
        for path in here:
            if at > start and os.path.islink(path):
                passed_over += [Found(ReportFile(Path(path)))] if os.path.isdir(path) else []
            elif part == "**" and at < len(parts) - 1:
                for base, _, others in _folders(path or os.curdir):
                    found[base if path else os.path.relpath(base)] = None
                    passed_over += [one for one in others if one.skip != _HIDDEN]
            elif os.path.isdir(path or os.curdir):
                found |= dict.fromkeys(_named(path, part, passed_over))
        here = list(found)
    return here, passed_over


def _named(folder: str, part: str, passed_over: list[Found]) -> Iterator[str]:
    """What is in a folder by a name or a pattern of names; a pattern means nothing hidden, as in a shell."""
    if part in ("", "**"):
        yield folder or os.curdir
    elif not glob.has_magic(part):
        path = os.path.join(folder, part)
        yield from [path] if os.path.lexists(path) else []
    else:
        try:
            names = sorted(os.listdir(folder or os.curdir))
        except OSError as error:
            passed_over.append(_closed(error))
            return
        for name in fnmatch.filter(names, part):
            if part.startswith(".") or not name.startswith("."):
                yield os.path.join(folder, name)


_DEEPEST = 100
"""Folders within folders: more is no collection of reports, and a walk of a thousand ends in an error."""
_HIDDEN = "a hidden folder"


def _walk(folder: Path) -> Iterator[Found]:
    for base, files, passed_over in _folders(folder):
        yield from passed_over
        for name in files:
            if name not in (CATALOGUE, CURATION):
                yield Found(ReportFile(Path(base, name)), skip=_unlikely(name))


def _folders(top: str | Path) -> Iterator[tuple[str, list[str], list[Found]]]:
    """A folder and those in it, each with the names of its files and the folders in it to pass over."""
    closed: list[OSError] = []
    depth = str(top).count(os.sep)
    for base, folders, files in os.walk(top, followlinks=False, onerror=closed.append):
        passed_over = {name: _HIDDEN for name in folders if name.startswith(".")}
        links = [name for name in folders if os.path.islink(os.path.join(base, name))]
        folders[:] = sorted(set(folders) - passed_over.keys() - set(links))
        if base.count(os.sep) - depth >= _DEEPEST and folders:
            passed_over[folders[0]] = "a folder nested too deeply"
            folders.clear()
        skipped = [Found(ReportFile(Path(base, name)), skip=why) for name, why in passed_over.items()]
        # What a link is is said where it is looked at, as of a linked file.
        yield base, files, skipped + [Found(ReportFile(Path(base, n))) for n in links if n not in passed_over]
    yield str(top), [], [_closed(error) for error in closed]


def _closed(error: OSError) -> Found:
    why = (error.strerror or "it cannot be read").lower()
    return Found(ReportFile(Path(os.fsdecode(error.filename))), skip=f"a folder that cannot be opened: {why}")


def leftover(name: str) -> str | None:
    """Why a file of this name is never a report, or None."""
    low = name.lower()
    if low in _LEFTOVERS or name.startswith("~$"):
        known = {CATALOGUE: "the catalogue", CURATION: "decisions on names"}
        if low in known and low != name:
            return f"not read: {known[low]} is a file named {low}"
        return known.get(low, "not a report: left there by another program")
    return "an unfinished download" if low.endswith(_UNFINISHED) else None


def _unlikely(name: str) -> str | None:
    if why := leftover(name):
        return why
    if name.startswith("."):
        return "a hidden file"
    if Path(name).suffix.lower() in SUFFIXES | {".zip"}:
        return None
    return OTHER_KIND


def _opened(found: Found, limits: Limits) -> Iterator[Found]:
    """The file with its hash, or the members of a zip archive; what cannot be opened gets the reason."""
    if found.skip is not None:
        yield found
        return
    path = found.file.path
    try:
        if why := refusal(path, limits):
            raise CannotRead(why)
        yield from _with_hashes(found.file, load(path, limits), limits)
    except KgError as error:
        yield replace(found, skip=str(error).removeprefix(f"{printable_path(path)}: "))


def _with_hashes(file: ReportFile, data: bytes, limits: Limits) -> Iterator[Found]:
    if not data:
        raise CannotRead("the file is empty")
    if not is_zip(data) or file.path.suffix.lower() == ".docx" or (archive := Archive(data)).is_word:
        if file.member is not None:
            raise CannotRead("no such file or folder")
        yield _hashed(file, data)
        return
    if file.member is None and (others := archive.passed_over()) is not None:
        yield Found(file, hashlib.sha256(data).hexdigest(), others)
    for name in archive.report_names() if file.member is None else [file.member]:
        inside = ReportFile(file.path, name)
        try:
            if archive.unpacked > limits.together:
                raise CannotRead(
                    f"the files before it unpack to more than {limits.together >> 20} MB, which one archive "
                    "may; unpack it"
                )
            yield _hashed(inside, archive.read(name, limits))
        except CannotRead as error:
            yield Found(inside, skip=str(error))


def _hashed(file: ReportFile, data: bytes) -> Found:
    """The file with its hash; what this tool has written is no report."""
    what = made_here(data)
    why = None if what is None else f"not a report: {what} that kg wrote; keep such files elsewhere"
    return Found(file, hashlib.sha256(data).hexdigest(), why)


def _without_doubles(found: Iterable[Found]) -> list[Found]:
    first: dict[str, ReportFile] = {}
    out = []
    for one in found:
        known = one.skip is None and one.sha256 is not None
        same = first.setdefault(one.sha256 or "", one.file) if known else one.file
        double = same != one.file
        out.append(replace(one, skip=f"the same file as {same}", same_as=same) if double else one)
    return out
