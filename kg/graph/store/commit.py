"""One commit for the store and its exports, and what is done after one that was broken off.

The order: the new generation is written beside, with its exports, and listed with hashes (nothing shows yet);
the switch is noted in ``current.json`` (the journal); the files of the exports are prepared beside those that
they replace; ``current.json`` names the new generation (*the commit*: one rename); the exports are switched;
the note is removed. Everything is on the disk before the next step. What is broken off before the commit is
taken back, what is broken off after it is gone on with, by whoever comes next: a build, ``kg verify``, or a
reader that may write.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from kg.graph.store import exports as shown
from kg.graph.store.files import copy_durably, read_regular, remove_tree, sha256_of
from kg.graph.store.folder import (
    MANIFEST,
    POINTER,
    Pointer,
    Switch,
    alone_in,
    is_copy_of,
    newest_generation,
    next_generation,
    read_pointer,
    remove_unread,
    write_pointer,
    writing_in,
)
from kg.graph.store.manifest import (
    EXPORTS,
    STORE,
    Filled,
    Manifest,
    file_problems,
    read_manifest,
    write_manifest,
)
from kg.graph.store.writing import Before, Graph, fill
from kg.model.errors import CannotRead
from kg.model.progress import Progress, tell_nobody, told

log = logging.getLogger("kg")
STATE = "build.json"
"""The file of a generation in which a build keeps what it has to know next time."""
Content = bytes | Path
"""A file to be: its bytes, or a file that has them."""


class Commit:
    """What the one build that may write in a dataset sees and does; made by ``committing``."""

    def __init__(self, folder: Path, exports: Path | None, lock: str, progress: Progress) -> None:
        self.folder, self.exports, self.lock, self._progress = folder, exports, lock, progress
        self._lost = False
        self.notices: tuple[str, ...] = ()
        """A line for each file of the exports that was of another dataset."""
        try:
            self._pointer = read_pointer(folder)
        except CannotRead:
            self._lost, self._pointer = True, Pointer(newest_generation(folder))
        name = self._pointer.generation
        self.generation = None if name is None else (folder / name).resolve()
        """The published generation as it was when the build began; None where there is none to be read."""

    @cached_property
    def _manifest(self) -> Manifest | None:
        if self.generation is None or not self._pointer.lists(self.generation):
            return None
        try:
            return read_manifest(self.generation)
        except CannotRead:
            return None

    @property
    def whole(self) -> bool:
        """Whether there is a generation in which every file is as it was written."""
        return self.generation is not None and not self._lost and not self._damage

    @cached_property
    def _damage(self) -> dict[str, str]:
        """What is wrong with the published generation, by path within it; every file of it is read."""
        if self.generation is None:
            return {}
        if self._manifest is None:
            return {"manifest.json": "damaged"}
        return file_problems(self.generation, self._manifest, self._progress)

    @property
    def moved(self) -> bool:
        """Whether the exports are to be in another folder than those of the published generation."""
        return self._pointer.exports != self._relative

    def problems(self) -> tuple[str, ...]:
        """What is wrong with what the last build wrote, one line for each file."""
        lines = [f"{self.folder}/{POINTER}: damaged"] if self._lost else []
        lines += [f"{self._pointer.generation}/{name}: {what}" for name, what in self._damage.items()]
        if self.exports is not None and self._manifest is not None and not self.moved:
            wrong = shown.differences(self.exports, self._manifest.exports)
            lines += sorted(f"{self.exports}/{name}: {what}" for name, what in wrong.items())
        return tuple(lines)

    @property
    def state(self) -> bytes | None:
        """STATE of the published generation, if it is there and as it was written."""
        return self.own_bytes(STATE)

    @property
    def names_before(self) -> set[str]:
        """What the published graphs are called, by the last part of their IRIs, where no state of ours tells.

        Behind a build before there were generations with a state, by that which stands beside them.
        """
        if self._manifest is not None:
            return {iri.rpartition("/")[2] for iri in self._manifest.graphs}
        return {str(entry["id"]) for entry in _earlier_state(self.folder)}

    def own_file(self, name: str) -> Path | None:
        """A file of the published generation by its path there; None where it is damaged or missing."""
        path = None if self.generation is None or name in self._damage else self.generation / name
        return path if path is not None and path.is_file() else None

    def own_bytes(self, name: str) -> bytes | None:
        """What ``own_file`` has."""
        path = self.own_file(name)
        return None if path is None else path.read_bytes()

    def export_of(self, name: str, digest: str) -> Path | None:
        """A file of the exports that has this SHA-256: that of the generation, else that of the folder."""
        within = None if self.generation is None else self.generation / EXPORTS / name
        if within is not None and f"{EXPORTS}/{name}" not in self._damage and within.is_file():
            return within if self._manifest and self._manifest.exports.get(name) == digest else None
        path = None if self.exports is None else self.exports / name
        return path if path is not None and sha256_of(path) == digest else None

    def publish(
        self,
        graphs: Mapping[str, Graph],
        exports: Mapping[str, Content] | None = None,
        state: bytes | None = None,
        beside: Mapping[str, Content] | None = None,
        *,
        anew: bool = False,
    ) -> int:
        """Publishes a new generation with exactly these graphs and exports; gives its number of statements.

        ``graphs`` maps graph IRIs to their statements, which may be gone through twice, or their Turtle; the
        graph names of quads are replaced by the key. ``exports`` has the files by name, ``beside`` those that
        the generation has for itself, by path. ``anew``: nothing is taken from the store before. Raises
        CannotRead where the disk is full or a file of somebody else would be written over, Invalid where the
        counts disagree: then the store and the exports are as they were.
        """
        files = dict(exports or {})
        if self.exports is not None:
            digests = {name: _digest(content) for name, content in files.items()}
            files[shown.LIST] = shown.list_of(digests)
            digests[shown.LIST] = _digest(files[shown.LIST])
            shown.refuse_foreign(self.exports, digests, self._own)
        with _disk_errors(self.folder):
            if self._manifest is not None:
                remove_unread(self.folder, keep=self.generation)
            new = next_generation(self.folder)
            try:
                filled = fill(new, graphs, None if anew else self._before(), progress=self._progress)
                own = dict(beside or {}) | ({} if state is None else {STATE: state})
                self._lay(new, {f"{EXPORTS}/{name}": content for name, content in files.items()} | own)
                manifest = write_manifest(
                    new, filled, self._manifest if self.whole else None, self.generation, self._progress
                )
                self._switch(new, manifest)
            except BaseException:
                if _pointer_or_none(self.folder).generation != new.name:
                    with suppress(OSError):
                        remove_tree(new)
                raise
            remove_unread(self.folder, keep=new.resolve())
        return manifest.statements

    def keep(self) -> int:
        """Leaves the published generation as it is, and makes the folder of the exports as it has it.

        Gives the number of statements. Raises as ``publish``, and where there is no whole generation.
        """
        if self.generation is None or self._manifest is None or not self.whole:
            raise CannotRead(f"{self.folder}: the dataset is incomplete; make it again with: kg build")
        wanted = self._manifest.exports
        with _disk_errors(self.folder):
            if self.exports is not None and (self.moved or shown.differences(self.exports, wanted)):
                shown.refuse_foreign(self.exports, wanted, self._own)
                self._switch(self.generation, self._manifest)
            elif self._pointer.copy != self.lock:  # a copy, whose exports were copied with it
                write_pointer(self.folder, replace(self._pointer, copy=self.lock))
            remove_unread(self.folder, keep=self.generation)
        return self._manifest.statements

    @property
    def _own(self) -> set[str]:
        """The names of the exports that builds wrote: those on a list, of the folder or of the dataset."""
        if self.exports is None:
            return set()
        return self._last | shown.listed(self.exports).keys()

    @property
    def _last(self) -> set[str]:
        """The names of the exports that this dataset showed in the folder last, by its own list.

        A copy of the dataset in another place has shown none: there only what is the same is ours.
        """
        own = _written_by_earlier_versions(self.folder, self.exports)
        if self._manifest is None or self.moved or self.exports is None:
            return own
        names = self._manifest.exports
        if self._pointer.copy != self.lock:
            wrong = shown.differences(self.exports, names)
            return own | (names.keys() - wrong.keys())
        return own | names.keys()

    def _of_another(self, exports: Path, wanted: Mapping[str, str]) -> tuple[str, ...]:
        """The files there that are on a list of ours, and neither of this dataset nor to be.

        What was changed since is not among them: a person may have written it.
        """
        listed = shown.listed(exports)
        found = shown.there(exports, listed.keys() - self._last - wanted.keys())
        same = tuple(name for name in found if sha256_of(exports / name) == listed[name])
        self.notices += tuple(
            f"{exports / name}: "
            + (
                "removed: of an earlier build, and not of this dataset"
                if name in same
                else "changed, so it is left"
            )
            for name in found
        )
        return same

    def _left_behind(self, relative: str | None) -> tuple[str, ...]:
        """A line where the exports stood in another folder, whose files stay as they are."""
        former = None if relative is None else Path(os.path.normpath(self.folder / relative))
        if former is None or not self.moved or not former.is_dir() or not shown.listed(former):
            return ()
        return (f"{former}: the exports there stay as they are and are not renewed any more",)

    @property
    def _relative(self) -> str | None:
        """The folder of the exports as ``current.json`` names it: relative, so that both can be moved."""
        return (
            None if self.exports is None else os.path.relpath(self.exports.resolve(), self.folder.resolve())
        )

    def _before(self) -> Before | None:
        """The store of the published generation, where it is whole."""
        manifest = self._manifest
        if self.generation is None or manifest is None or manifest.union is None or not self.whole:
            return None
        return Before(self.generation / STORE, Filled(manifest.graphs, manifest.content, manifest.union))

    def _lay(self, new: Path, files: Mapping[str, Content]) -> None:
        """Puts files into a new generation, by path; what stands in the dataset's folder is not copied."""
        (new / EXPORTS).mkdir()
        for name in told(files, "writing files", "file", self._progress):
            path, content = new / name, files[name]
            path.parent.mkdir(exist_ok=True)
            if isinstance(content, bytes):
                path.write_bytes(content)
            elif content.resolve().is_relative_to(self.folder.resolve()):
                _link(content, path)
            else:
                copy_durably(content, path)

    def _switch(self, to: Path, manifest: Manifest) -> None:
        """Publishes a generation that is written, and its exports with it."""
        before, digest = self._pointer, sha256_of(to / MANIFEST)
        if self.exports is None:
            write_pointer(self.folder, replace(before, generation=to.name, switch=None, manifest=digest))
            return
        relative = str(self._relative)
        self.notices += self._left_behind(before.exports)
        wrong = shown.differences(self.exports, manifest.exports)
        write = shown.in_order(name for name in wrong if name in manifest.exports)
        remove = shown.there(self.exports, self._last - manifest.exports.keys())
        remove = tuple(sorted({*remove, *self._of_another(self.exports, manifest.exports)}))
        noted = Switch(to.name, relative, write, remove, self.lock)
        write_pointer(self.folder, replace(before, switch=noted))
        try:
            shown.prepare(to / EXPORTS, self.exports, write)
        except BaseException:
            with suppress(OSError):
                shown.take_back(self.exports, write)
                write_pointer(self.folder, before)
            raise
        write_pointer(self.folder, Pointer(to.name, relative, noted, digest, self.lock))
        (self.folder / STATE).unlink(missing_ok=True)
        try:
            shown.switch(to / EXPORTS, self.exports, write, remove)
        except OSError as error:
            raise CannotRead(f"{self.folder}: published, but {_not_shown(self.exports, error)}") from error
        write_pointer(self.folder, Pointer(to.name, relative, None, digest, self.lock))


@contextmanager
def committing(
    folder: str | Path, exports: str | Path | None = None, progress: Progress = tell_nobody
) -> Iterator[Commit]:
    """The right to write in a dataset and in the folder of its exports, for one build at a time.

    What an earlier build has not finished is finished first. Raises CannotRead where another build is running
    or a folder is something else; then nothing has been touched.
    """
    folder = Path(folder)
    with writing_in(folder) as lock:
        try:
            _finish(folder, lock)
        except OSError as error:
            before = folder / str(_pointer_or_none(folder).exports)
            if exports is not None and before.resolve() == Path(exports).resolve():
                raise CannotRead(f"{folder}: {_not_shown(Path(exports), error)}") from error
            log.warning("%s: %s", folder, _not_shown(before, error))
        if exports is None:
            yield Commit(folder, None, lock, progress)
            return
        with alone_in(Path(exports)):
            yield Commit(folder, Path(exports), lock, progress)


def finish(folder: Path) -> None:
    """Goes on with a switch that was broken off, where there is one, nobody is at it, and it can be done."""
    noted = read_pointer(folder).switch
    if noted is None or not is_copy_of(folder, noted.lock):
        return
    with suppress(CannotRead, OSError), writing_in(folder) as lock:
        _finish(folder, lock)


def _finish(folder: Path, lock: str) -> None:
    """Goes on with the switch that is noted, or takes it back.

    The note may come with a dataset of somebody else: of the files of the exports only those are touched that
    are on the list there, or that it may make.
    """
    pointer = _pointer_or_none(folder)
    noted = pointer.switch
    if noted is None:
        return
    exports = folder / noted.exports
    if noted.lock != lock and exports.is_dir():
        return  # a copy, or its lock was changed: a build or kg verify will tell
    if exports.is_dir():
        with alone_in(exports):
            if noted.to == pointer.generation:
                source = folder / noted.to / EXPORTS
                write, remove = shown.ours_of(source, exports, noted.write, noted.remove)
                shown.switch(source, exports, write, remove)
            else:
                shown.take_back(exports, noted.write)
    write_pointer(folder, replace(pointer, switch=None))


def _not_shown(exports: Path, error: OSError) -> str:
    """Why the folder of the exports has not all that is published; the next command goes on with it."""
    why = f"{error.filename or exports}: {error.strerror or error}"
    return f"not all is shown in {exports} ({why}); mend that and build again"


def _pointer_or_none(folder: Path) -> Pointer:
    try:
        return read_pointer(folder)
    except CannotRead:
        return Pointer()


def _written_by_earlier_versions(folder: Path, exports: Path | None) -> set[str]:
    """The names of the exports of a build before there were lists: its state has ids and hashes of reports.

    Ours are the files of reports that are as it wrote them; where one is, those of what reports share too.
    """
    digests = {f"{entry['id']}.ttl": str(entry["turtle"]) for entry in _earlier_state(folder)}
    own = {
        name
        for name, digest in digests.items()
        if exports is not None and "/" not in name and sha256_of(exports / name) == digest
    }
    shared = ("curation", "dataset", "links", "ontology", "queries", "vocabularies")
    return own | {f"{name}.ttl" for name in shared} if own else own


def _earlier_state(folder: Path) -> list[dict[str, object]]:
    """The reports in the state of a build before there were lists, each with ``id`` and ``turtle``."""
    try:
        entries = json.loads(read_regular(folder / STATE))
        return [{"id": entry["id"], "turtle": entry["turtle"]} for entry in entries]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []


def _digest(content: Content) -> str:
    return sha256(content).hexdigest() if isinstance(content, bytes) else str(sha256_of(content))


def _link(source: Path, path: Path) -> None:
    """One file under two names; a copy where the file system has no such thing."""
    try:
        os.link(source, path)
    except OSError:
        copy_durably(source, path)


@contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError) as error:
        where = f"{error.filename}: " if isinstance(error, OSError) and error.filename else ""
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        message = f"{folder}: cannot write the dataset: {where}{' '.join(str(reason).split())}"
        raise CannotRead(message) from error
