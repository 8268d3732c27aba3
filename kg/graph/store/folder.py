"""The folder of a dataset: which generation is published, who writes, who reads.

It holds::

    lock                   held by the build that is writing; its one line says whose folder this is
    current.json           names the published generation, the folder of its exports, a switch under way
    generation-000002/     manifest.json, build.json, store/ (the Oxigraph files), exports/ (Turtle)
    generation-000001/     an earlier one, as long as a reader has it open
    staging/               what a build has finished and not yet published

There is no link among them, so that a copy is a dataset whatever it was copied with. A published generation
never changes. A reader takes a shared lock on its generation, so nothing is deleted under it.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.graph.store.exports import checked_names
from kg.graph.store.files import open_regular, read_regular, remove_tree, sha256_of, write_durably
from kg.model.errors import CannotRead

POINTER = "current.json"
BASE_FILE = "base"
"""The file of a generation that names the base of its IRIs."""
MANIFEST = "manifest.json"
LOCK = "lock"
STAGING = "staging"
_MARK = b"A dataset of inspection-findings-kg: what is in this folder is written and removed by kg build.\n"
"""What the lock file says: another program's lock does not make a folder ours."""
_GENERATION = re.compile(r"generation-(\d{6,})")
_FORMER = "current"
"""What earlier versions had for POINTER: a link, or its target where a copy followed it."""


# --- what is published --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Switch:
    """What is to be done in the folder of the exports, noted before it is begun.

    ``to`` is the generation whose exports it is to show, ``exports`` the folder, relative to the dataset's.
    ``write`` and ``remove`` are names of files in it, ``lock`` is what ``copy_of`` tells of the dataset's
    lock file: a copy leaves the exports of its original alone.
    """

    to: str
    exports: str
    write: tuple[str, ...]
    remove: tuple[str, ...]
    lock: str


@dataclass(frozen=True)
class Pointer:
    """``current.json``: the published generation, the folder of its exports, a switch that is not finished.

    The switch is committed if it leads to ``generation``, else it was broken off before.
    """

    generation: str | None = None
    exports: str | None = None
    switch: Switch | None = None
    manifest: str | None = None
    """SHA-256 of the generation's list of files; None where an earlier version wrote it."""
    copy: str | None = None
    """Which copy of the dataset (``copy_of``) has shown its exports there; None as above."""

    def lists(self, generation: Path) -> bool:
        """Whether the list of files of the generation is as it was when it was published."""
        return self.manifest is None or self.manifest == sha256_of(generation / MANIFEST)


def read_pointer(folder: Path) -> Pointer:
    """What is published in a folder; a pointer to nothing where it is no dataset. Raises CannotRead."""
    try:
        path = folder / POINTER
        if path.exists() and not path.is_file():
            raise ValueError(path)
        found = json.loads(path.read_bytes())
        switch = found["switch"]
        if switch is not None:
            names = {key: checked_names(switch[key]) for key in ("write", "remove")}
            switch = Switch(**switch | names)
        pointer = Pointer(
            found["generation"], found["exports"], switch, found.get("manifest"), found.get("copy")
        )
        if not isinstance(pointer.exports, str | None) or (switch and not isinstance(switch.exports, str)):
            raise TypeError(pointer.exports)
    except (FileNotFoundError, NotADirectoryError):
        return Pointer(_FORMER if (folder / _FORMER / MANIFEST).is_file() else None)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise CannotRead(f"{folder}: {POINTER} is damaged; make it again with: kg build") from error
    named = [pointer.generation, None if pointer.switch is None else pointer.switch.to]
    if all(name in (None, _FORMER) or _GENERATION.fullmatch(str(name)) for name in named):
        return pointer
    raise CannotRead(f"{folder}: {POINTER} is damaged; make it again with: kg build")


def exports_of(folder: Path, pointer: Pointer) -> Path | None:
    """The folder of the exports as it is shown: beside the dataset, not beside a link that leads there."""
    if pointer.exports is None:
        return None
    real = folder.resolve()
    plain = Path(os.path.abspath(folder)) == real
    return Path(os.path.normpath((folder if plain else real) / pointer.exports))


def within_own(folder: Path, path: Path) -> str | None:
    """The name in a dataset's folder, of those that are the tool's own, that a path leads to or into."""
    try:
        first = path.resolve().relative_to(folder.resolve()).parts[0]
    except (ValueError, IndexError):
        return None
    own = first in (POINTER, LOCK, STAGING, _FORMER) or _GENERATION.fullmatch(first)
    return first if own else None


def write_pointer(folder: Path, pointer: Pointer) -> None:
    """Publishes: after this rename, and a power cut, readers see what it names."""
    write_durably(folder / POINTER, (json.dumps(asdict(pointer), indent=1) + "\n").encode())


def next_generation(folder: Path) -> Path:
    """A name that no generation here has."""
    return folder / f"generation-{max(map(_number, _generations(folder)), default=0) + 1:06d}"


def newest_generation(folder: Path) -> str | None:
    """The one that was written last, and to its end: where it is lost which is published."""
    whole = [path for path in _generations(folder) if (path / MANIFEST).is_file()]
    return max(whole, key=_number).name if whole else None


def _generations(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.iterdir()) if _GENERATION.fullmatch(path.name) and path.is_dir()]


def _number(generation: Path) -> int:
    return int(generation.name.removeprefix("generation-"))


def remove_unread(folder: Path, keep: Path | None) -> None:
    """Deletes all generations but one, and those that a reader holds; also what a killed build left."""
    for path in sorted(folder.iterdir()):
        ours = path.name == _FORMER or _GENERATION.fullmatch(path.name)
        if not ours or path.resolve() == keep:
            continue
        if path.is_symlink():
            path.unlink()
        elif path.is_dir():
            _remove_unless_held(path)


def _remove_unless_held(generation: Path) -> None:
    """Deletes a generation under an exclusive lock: a reader that comes now waits, and finds it gone."""
    try:
        handle = open_regular(generation / MANIFEST)
    except OSError:  # it is not there, or no list of ours
        remove_tree(generation)
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        remove_tree(generation)
    except BlockingIOError:
        pass
    finally:
        os.close(handle)


# --- who reads ----------------------------------------------------------------------------------------

_held: dict[Path, int] = {}
"""Generations that this process has open, with the file descriptor that holds their shared lock."""


def identity(folder: Path, name: str) -> str:
    """What tells a generation from another of its name, in a folder that was made anew: its list's hash."""
    return f"{name}@{sha256_of(folder / name / MANIFEST) or ''}"


def name_of(generation: str) -> str:
    """The name of a generation that is told by its identity, or by its name."""
    return generation.partition("@")[0]


def published_identity(folder: Path) -> str | None:
    """The identity of what is published; None where that cannot be told, as while the folder is moved."""
    try:
        name = read_pointer(folder).generation
        return None if name is None or not (folder / name / MANIFEST).is_file() else identity(folder, name)
    except (CannotRead, OSError):
        return None


def hold(folder: Path, generation: str | None = None) -> Path:
    """A generation, by default the published one, with a shared lock on it until this process ends.

    ``generation`` is a name or an identity. Tries again if it was replaced meanwhile. Raises CannotRead where
    there is none.
    """
    for _ in range(5):
        name = name_of(generation) if generation else read_pointer(folder).generation
        if name is None:
            raise CannotRead(f"{folder}: no dataset here; make one with: kg build")
        path = (folder / name).resolve()
        if generation and "@" in generation and identity(folder, name) != generation:
            break
        try:
            if path in _held and os.path.samestat(os.fstat(_held[path]), os.stat(path / MANIFEST)):
                return path
            handle = open_regular(path / MANIFEST)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise CannotRead(f"{path / MANIFEST}: {error.strerror}; make it again with: kg build") from error
        fcntl.flock(handle, fcntl.LOCK_SH)
        if (path / MANIFEST).is_file():
            if path in _held:  # of a folder that was made anew since
                os.close(_held[path])
            _held[path] = handle
            return path
        os.close(handle)
    if generation is not None:
        gone = name_of(generation)
        raise CannotRead(f"{folder}: {gone} is not there any more, or another; open the dataset again")
    raise CannotRead(f"{folder}: the dataset is incomplete; make it again with: kg build")


def release_generations(folder: str | Path, keep: str | None = None) -> None:
    """Lets go of the generations of a folder that this process holds, but for one.

    Stores that were opened from them must not be asked any more: the next build deletes their files.
    """
    kept = None if keep is None else name_of(keep)
    for path in [path for path in _held if path.parent == Path(folder).resolve() and path.name != kept]:
        os.close(_held.pop(path))


# --- who writes ---------------------------------------------------------------------------------------


def copy_of(lock: os.stat_result) -> str:
    """What tells a copy of a dataset from every other: of its lock file, the inode and when that was made.

    The inode alone may be the same in a copy that was unpacked on an empty disk; the time no archive brings.
    """
    return f"{lock.st_dev}:{lock.st_ino}:{lock.st_ctime_ns}"


def is_copy_of(folder: Path, noted: str) -> bool:
    """Whether a dataset is the one that ``copy_of`` told, and not a copy of it."""
    try:
        return copy_of((folder / LOCK).lstat()) == noted
    except OSError:
        return False


@contextmanager
def writing_in(folder: Path) -> Iterator[str]:
    """The lock of the one build that writes in a dataset folder; gives what tells this copy from others.

    A folder that is not there is made, and is gone afterwards if nothing was left in it. Raises
    CannotRead where another build is running, or where the folder is something else.
    """
    _check_ours(folder)
    fresh = not folder.exists()
    handle = _lock(folder)
    try:
        yield copy_of(os.fstat(handle))
    finally:
        if fresh and [path.name for path in folder.iterdir()] == [LOCK]:
            (folder / LOCK).unlink(missing_ok=True)
            with suppress(OSError):
                folder.rmdir()
        os.close(handle)


def _check_ours(folder: Path) -> None:
    """Refuses a folder with other things in it, so that nothing foreign is touched.

    It is ours if its lock file says so or, where an earlier version made it, if something is published in it.
    """
    if folder.exists() and not folder.is_dir():
        raise CannotRead(f"{folder}: not a folder")
    if not folder.is_dir() or _is_marked(folder / LOCK) or published_identity(folder) is not None:
        return
    other = sorted(path.name for path in folder.iterdir())
    if other and other != [LOCK]:
        what = min(set(other) - {LOCK})
        raise CannotRead(f"{folder}: not a dataset folder, it has {what!r}; choose an empty or a new one")


def _is_marked(lock: Path) -> bool:
    try:
        return read_regular(lock).startswith(_MARK)
    except OSError:
        return False


def _lock(folder: Path) -> int:
    """The open lock file, locked. One that its owner removed meanwhile is no lock: then the next is taken."""
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            handle = open_regular(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise CannotRead(f"{folder / LOCK}: cannot be locked: {error.strerror}") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(handle), os.stat(folder / LOCK)):
                _mark(handle, folder)
                return handle
        except BlockingIOError as error:
            os.close(handle)
            raise CannotRead(f"{folder}: another build is writing here; wait until it has ended") from error
        except FileNotFoundError:
            pass
        os.close(handle)


def _mark(handle: int, folder: Path) -> None:
    """Says in the lock file whose folder it is in. Raises CannotRead where the disk is full."""
    try:
        if os.fstat(handle).st_size == 0:
            os.write(handle, _MARK)
    except OSError as error:
        os.close(handle)
        raise CannotRead(f"{folder}: cannot write the dataset: {error.strerror or error}") from error


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """The lock of the one build that writes in a folder of exports: on the folder, there is no file for it.

    A folder that is not there is made, and is gone afterwards if nothing was written to it. File systems that
    cannot lock a folder (NFS) are left to the lock of the dataset. Raises CannotRead.
    """
    if folder.exists() and not folder.is_dir():
        raise CannotRead(f"{folder}: not a folder")
    fresh = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        with suppress(OSError):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                message = f"{folder}: another build is writing here; wait until it has ended"
                raise CannotRead(message) from error
        yield
    finally:
        if fresh:
            with suppress(OSError):
                folder.rmdir()
        os.close(handle)
