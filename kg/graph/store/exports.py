"""The folder of the exports: the Turtle files of the published generation, where people look for them.

A generation has its exports within; this folder shows them under the same names. It may hold other files too:
only what is on a list of ours is ever written over or removed. ``SHA256SUMS`` is that list, in the format of
sha256sum, for a folder that came without its dataset (from git). A switch from one generation's files to
another's is prepared beside, under hidden names, so that a full disk is noticed before anything is switched;
then each file is renamed, a withdrawn one removed first. A switch that was broken off is gone on with, or
taken back, by the journal of the dataset (``folder.Switch``): doing a step of it again does no harm.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.graph.store.files import copy_durably, read_regular, sha256_of, sync
from kg.model.errors import CannotRead

LIST = "SHA256SUMS"
_HEAD = "# Written by kg build; to check: sha256sum -c SHA256SUMS"
_NAME = re.compile(r"[^/\0]+\.ttl")
_LINE = re.compile(rf"([0-9a-f]{{64}})  ({_NAME.pattern})")


def checked_names(names: Iterable[str]) -> tuple[str, ...]:
    """The names, each of a file that a folder of exports can have: never a path that leads elsewhere.

    Lists and journals may come with a dataset of somebody else. Raises ValueError.

    >>> checked_names(["a.ttl", LIST])
    ('a.ttl', 'SHA256SUMS')
    """
    for name in (checked := tuple(names)):
        if name != LIST and not _NAME.fullmatch(name):
            raise ValueError(f"no name of an export: {name!r}")
    return checked


def list_of(digests: Mapping[str, str]) -> bytes:
    """The list of these files, names to SHA-256.

    >>> print(list_of({"a.ttl": "0" * 64}).decode(), end="")
    # Written by kg build; to check: sha256sum -c SHA256SUMS
    0000000000000000000000000000000000000000000000000000000000000000  a.ttl
    """
    return "\n".join([_HEAD, *(f"{digests[name]}  {name}" for name in sorted(digests)), ""]).encode()


def listed(folder: Path) -> dict[str, str]:
    """SHA-256 by name on the list of ours in a folder, "" for the list itself; none where is no list."""
    try:
        head, *lines = read_regular(folder / LIST).decode("utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    if head != _HEAD:
        return {}
    return {LIST: ""} | {found[2]: found[1] for line in lines if (found := _LINE.fullmatch(line))}


def differences(folder: Path, wanted: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the files of a folder, by name; ``wanted`` has the SHA-256 of each.

    A file that is on the folder's list and not among those wanted is one that was withdrawn.
    """
    wrong = {}
    for name, digest in wanted.items():
        if (found := sha256_of(folder / name)) != digest:
            wrong[name] = "missing" if found is None else "changed since it was written"
    gone = there(folder, listed(folder).keys() - wanted.keys())
    return wrong | dict.fromkeys(gone, "of a report that was withdrawn")


def there(folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that are files of a folder, or links; in order."""
    return tuple(name for name in sorted(names) if (path := folder / name).is_file() or path.is_symlink())


def refuse_foreign(folder: Path, wanted: Mapping[str, str], own: Iterable[str]) -> None:
    """CannotRead where a file would be written over that is neither on a list of ours nor the same."""
    for name in sorted(wanted):
        path = folder / name
        foreign = name not in own and os.path.lexists(path) and sha256_of(path) != wanted[name]
        if foreign or path.is_dir():
            raise CannotRead(
                f"{path}: not written by kg build; move it away, or choose another folder with --exports"
            )


def ours_of(
    source: Path, folder: Path, write: Iterable[str], remove: Iterable[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of what a switch is to write and to remove, what is ours by the folder's own list or what it shows."""
    own = listed(folder)
    free = (
        name for name in write
        if name in own
        or not os.path.lexists(folder / name)
        or sha256_of(folder / name) == sha256_of(source / name)
    )  # fmt: skip
    return in_order(free), tuple(name for name in remove if name in own)


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """The names as they are switched: the list of all is the last."""
    return tuple(sorted(names, key=lambda name: (name == LIST, name)))


def prepare(source: Path, folder: Path, names: Iterable[str]) -> None:
    """Copies the files of a generation beside those that they are to replace."""
    for name in names:
        copy_durably(source / name, _beside(folder, name))


def take_back(folder: Path, names: Iterable[str]) -> None:
    """Removes what was prepared."""
    for name in names:
        _beside(folder, name).unlink(missing_ok=True)


def switch(source: Path, folder: Path, write: Iterable[str], remove: Iterable[str]) -> None:
    """Shows what was prepared, once for all: may be repeated from the start where it was broken off.

    Where a file cannot be replaced or removed, the others are, but for the list of all; then raises OSError.
    """
    failed: list[OSError] = []
    for name in remove:
        try:
            (folder / name).unlink(missing_ok=True)
        except OSError as error:
            failed.append(error)
    for name in write:
        try:
            if not (failed and name == LIST):
                _show(source, folder, name)
        except OSError as error:
            failed.append(error)
    if failed:
        raise failed[0]
    take_back(folder, write)
    sync(folder)


def _show(source: Path, folder: Path, name: str) -> None:
    beside, digest = _beside(folder, name), sha256_of(source / name)
    if sha256_of(folder / name) == digest:
        return
    if sha256_of(beside) != digest:
        prepare(source, folder, [name])
    os.replace(beside, folder / name)


def _beside(folder: Path, name: str) -> Path:
    return folder / f".{name}.kg-new"
