"""The published generation, opened; and whether all is as it was written."""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph as ox

from kg.graph.store.commit import finish
from kg.graph.store.exports import differences
from kg.graph.store.folder import MANIFEST, exports_of, hold, identity, name_of, read_pointer
from kg.graph.store.manifest import STORE, base_of_store, file_problems, read_manifest
from kg.graph.store.writing import counts, triples
from kg.model.errors import CannotRead
from kg.model.vocab import BASE, VARIABLE

_UNION = "the union of all graphs"


def open_store(folder: str | Path, generation: str | None = None) -> ox.Store:
    """The published generation of a dataset folder (or a plain Oxigraph folder), opened read-only.

    ``generation`` is one that ``published_generation`` named: that and no other is opened. The process keeps
    a shared lock on the generation until it ends. Raises CannotRead.
    """
    folder = Path(folder)
    if (folder / "CURRENT").is_file():
        return _open(folder)
    if (base := base_of_store(folder)) not in (None, BASE):
        raise CannotRead(
            f"{folder}: its IRIs begin with {base}: set {VARIABLE}={base} before kg is imported "
            "(the command kg does so itself)"
        )
    if generation is None:
        finish(folder)
    return _open(hold(folder, generation) / STORE)


def published_generation(folder: str | Path) -> str | None:
    """The identity of the published generation, which is kept until this process ends; None if it has none.

    Whoever asks one dataset over a long time, or from several processes, asks for it once and opens
    the store by it: a build in between changes nothing for them. Raises CannotRead.
    """
    folder = Path(folder)
    if (folder / "CURRENT").is_file():
        return None
    finish(folder)
    return identity(folder, hold(folder).name)


def _open(folder: Path) -> ox.Store:
    try:
        with os.scandir(folder) as entries:
            odd = [entry.name for entry in entries if not entry.is_file()]
        if odd:  # a pipe would be waited for
            raise OSError(f"{min(odd)} is not a regular file")
        return ox.Store.read_only(str(folder))
    except (OSError, RuntimeError) as error:
        reason = " ".join(str(error).split())
        raise CannotRead(
            f"{folder}: damaged or no Oxigraph store ({reason}); make it again with: kg build"
        ) from error


def verify_store(folder: str | Path, *, exports: bool = True) -> list[str]:
    """What is wrong with a dataset, one line each; empty if all is well.

    Compares the SHA-256 of every file of the published generation, and the number of statements of every
    graph, with the manifest; and with it the folder of the exports, unless ``exports`` is false. A switch
    that was broken off is finished first. Raises CannotRead where there is no dataset.
    """
    folder = Path(folder)
    finish(folder)
    pointer = read_pointer(folder)
    generation = hold(folder)
    manifest = read_manifest(generation)
    wrong = file_problems(generation, manifest)
    if not pointer.lists(generation):
        wrong = {MANIFEST: "changed since it was written", **wrong}
    problems = [f"{generation.name}/{name}: {what}" for name, what in wrong.items()]
    if exports and (shown := exports_of(folder, pointer)) is not None:
        wrong = differences(shown, manifest.exports)
        problems += sorted(f"{shown}/{name}: {what}" for name, what in wrong.items())
    if problems and read_pointer(folder) != pointer:
        raise CannotRead(f"{folder}: a build has published meanwhile; verify again")
    if problems:
        return problems
    store = _open(generation / STORE)
    expected, counted = dict(manifest.graphs), counts(store, manifest.graphs)
    foreign = sorted(name.value for name in store.named_graphs() if name.value not in manifest.graphs)
    expected |= dict.fromkeys(foreign, 0)
    counted |= counts(store, foreign)
    if manifest.union is not None:
        expected[_UNION], counted[_UNION] = manifest.union, triples(store)
    return [
        f"{name}: {count} statements expected, {counted[name]} found"
        for name, count in expected.items()
        if counted[name] != count
    ]


def sizes(folder: str | Path, generation: str) -> tuple[int, dict[str, int]] | None:
    """The number of triples of a generation, and of each of its graphs, as its build counted them.

    None where an earlier version built it, which did not. Raises CannotRead.
    """
    manifest = read_manifest(Path(folder) / name_of(generation))
    return None if manifest.union is None else (manifest.union, dict(manifest.graphs))


def default_graph_is_empty(store: ox.Store) -> bool:
    """Whether the store has no triple outside its named graphs."""
    return next(store.quads_for_pattern(None, None, None, ox.DefaultGraph()), None) is None
