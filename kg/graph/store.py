"""The dataset on disk: one Oxigraph store a generation, built beside the old one and swapped in whole.

A dataset folder holds::

    lock                   held by the build that is writing
    current -> generation-000002
    generation-000002/     manifest.json, store/ (the Oxigraph files)
    generation-000001/     the one before, for readers that still have it open

A reader takes a shared lock on its generation, so nothing is deleted under it; a generation that is
published never changes. Where a step fails, ``current`` still names the whole generation before.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from kg.graph.writing import write_graph
from kg.graph.writing.order import Statement
from kg.model.errors import CannotRead, Invalid, Unknown
from kg.model.formats import format_named
from kg.model.iris import prefixes_for

_PREFIX = "generation-"
_SPACE_PER_QUAD = 800
"""Bytes that a quad takes on disk, where it stands twice (measured: 200 loaded, 350 compacted)."""
_BATCH = 200_000
"""Statements that are handed over at once: more take more memory and are not faster."""
_held: dict[Path, int] = {}
"""Generations that this process has open, with the file descriptor that holds their shared lock."""


# --- writing -----------------------------------------------------------------------------------------


def write_store(folder: str | Path, graphs: Mapping[str, Iterable[Statement]]) -> int:
    """Publishes a new generation with exactly these graphs; gives the number of statements in it.

    ``graphs`` maps graph IRIs to their statements, which may be gone through twice; the graph names of
    quads are replaced by the key.
    The new generation is written beside the old, read back and counted, and swapped in by one rename:
    readers see the old one or the new one, never a mixture. The default graph holds the union of all
    graphs, each triple once, so that any query counts it once. Raises CannotRead where another build is
    running, the folder is something else, or the disk is full; Invalid where the counts disagree.
    """
    folder = Path(folder)
    _check_ours(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder), _disk_errors(folder):
        old = _current(folder)
        _remove_unpublished(folder, old)
        new = folder / f"{_PREFIX}{_number(old) + 1:06d}"
        counts = _fill(new, graphs)
        _write_manifest(new, counts)
        _publish(folder, new)
        _remove_unread(folder, keep={new, old})
    return sum(counts.values())


def _check_ours(folder: Path) -> None:
    """Refuses a folder with other things in it, so that nothing foreign is touched."""
    if folder.exists() and not folder.is_dir():
        raise CannotRead(f"{folder}: not a folder")
    if not folder.is_dir() or (folder / "lock").exists():
        return
    other = sorted(path.name for path in folder.iterdir())
    if other:
        raise CannotRead(f"{folder}: not a dataset folder, it has {other[0]!r}; choose an empty or a new one")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CannotRead(f"{folder}: another build is writing here; wait until it has ended") from error
        yield
    finally:
        os.close(handle)


@contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise CannotRead(f"{folder}: cannot write the dataset: {_one_line(error)}") from error


def _fill(new: Path, graphs: Mapping[str, Iterable[Statement]]) -> dict[str, int]:
    """Writes the graphs to a fresh store, closes it, opens it again and counts."""
    (new / "store").mkdir(parents=True)
    store, expected = ox.Store(str(new / "store")), dict[str, int]()
    quads = _checked(new, graphs, expected)
    while batch := list(islice(quads, _BATCH)):
        store.bulk_extend(batch)
    store.flush()
    del store
    counted = _counts(ox.Store.read_only(str(new / "store")), expected)
    for iri, count in counted.items():
        if count != expected[iri] and count != (written := _distinct(graphs[iri])):
            raise Invalid(f"{iri}: {written} statements written, {count} read back")
    return counted


def _checked(
    new: Path, graphs: Mapping[str, Iterable[Statement]], expected: dict[str, int]
) -> Iterator[ox.Quad]:
    """The quads of all graphs, one graph after the other; puts into ``expected`` how many each has."""
    for iri in sorted(graphs):
        name = ox.NamedNode(iri)
        quads = {ox.Quad(s.subject, s.predicate, s.object, name) for s in graphs[iri]}
        _check_space(new, len(quads))
        expected[iri] = len(quads)
        yield from quads
        yield from (ox.Quad(q.subject, q.predicate, q.object) for q in quads)


def _distinct(statements: Iterable[Statement]) -> int:
    """How many statements a store makes of these: it takes 16.0 and 16 for one value."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(s.subject, s.predicate, s.object) for s in statements)
    return len(store)


def _counts(store: ox.Store, graphs: Iterable[str]) -> dict[str, int]:
    """How many statements each graph has, counted by Oxigraph itself."""
    counts = {}
    for iri in graphs:
        answer = store.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {ox.NamedNode(iri)} {{ ?s ?p ?o }} }}")
        assert isinstance(answer, ox.QuerySolutions)
        counts[iri] = int(next(answer)["n"].value)
    return counts


def _check_space(folder: Path, quads: int) -> None:
    needed = 3 * quads * _SPACE_PER_QUAD
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise CannotRead(f"{folder.parent}: needs {needed >> 20} MB of free disk, has {free >> 20} MB")


def _write_manifest(new: Path, counts: Mapping[str, int]) -> None:
    """Writes sizes and SHA-256 of all files, and makes everything durable."""
    files = {}
    for path in _data_files(new):
        files[path.name] = {"size": path.stat().st_size, "sha256": _sha256(path)}
        _sync(path)
    manifest = {"files": files, "graphs": dict(sorted(counts.items()))}
    (new / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")
    for path in (new / "manifest.json", new / "store", new):
        _sync(path)


def _data_files(generation: Path) -> list[Path]:
    """The files that carry data: all but Oxigraph's lock and its own log of messages."""
    files = sorted((generation / "store").iterdir())
    return [path for path in files if path.name != "LOCK" and not path.name.startswith("LOG")]


def _publish(folder: Path, new: Path) -> None:
    fresh = folder / "current.tmp"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(new.name)
    os.replace(fresh, folder / "current")
    _sync(folder)


def _remove_unpublished(folder: Path, current: Path | None) -> None:
    """Removes what a build that was killed left: generations newer than the published one."""
    for path in _generations(folder):
        if _number(path) > _number(current):
            shutil.rmtree(path)


def _remove_unread(folder: Path, keep: set[Path | None]) -> None:
    """Deletes older generations, except those that a reader holds."""
    for path in _generations(folder):
        if path not in keep and not _is_held(path):
            shutil.rmtree(path)


def _is_held(generation: Path) -> bool:
    """True if a reader has a shared lock on the generation."""
    if not (generation / "manifest.json").is_file():
        return False
    handle = os.open(generation / "manifest.json", os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _generations(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob(_PREFIX + "*") if path.is_dir())


def _number(generation: Path | None) -> int:
    return 0 if generation is None else int(generation.name.removeprefix(_PREFIX))


def _current(folder: Path) -> Path | None:
    link = folder / "current"
    return folder / os.readlink(link) if link.is_symlink() else None


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())


# --- reading -----------------------------------------------------------------------------------------


def open_store(folder: str | Path) -> ox.Store:
    """The published generation of a dataset folder (or a plain Oxigraph folder), opened read-only.

    The process keeps a shared lock on the generation until it ends. Raises CannotRead.
    """
    folder = Path(folder)
    if (folder / "CURRENT").is_file():
        return _open(folder)
    return _open(_hold(folder) / "store")


def _published(folder: Path) -> Path:
    current = _current(folder)
    if current is None or not current.is_dir():
        raise CannotRead(f"{folder}: no dataset here; make one with: kg build")
    return current.resolve()


def _hold(folder: Path) -> Path:
    """The published generation, with a shared lock on it; tries again if it was replaced meanwhile."""
    for _ in range(5):
        generation = _published(folder)
        if generation in _held:
            return generation
        try:
            handle = os.open(generation / "manifest.json", os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        fcntl.flock(handle, fcntl.LOCK_SH)
        if generation.is_dir():
            _held[generation] = handle
            return generation
        os.close(handle)
    raise CannotRead(f"{folder}: the dataset is incomplete; make it again with: kg build")


def _open(folder: Path) -> ox.Store:
    try:
        return ox.Store.read_only(str(folder))
    except (OSError, RuntimeError) as error:
        raise CannotRead(
            f"{folder}: damaged or no Oxigraph store ({_one_line(error)}); make it again with: kg build"
        ) from error


def verify_store(folder: str | Path) -> list[str]:
    """What is wrong with the files of the published generation, one line each; empty if all is well.

    Compares size and SHA-256 of every file, and the number of statements of every graph, with the
    manifest. Raises CannotRead where there is no dataset.
    """
    generation = _hold(Path(folder))
    manifest = _manifest(generation)
    problems = _file_problems(generation, manifest["files"])
    if problems:
        return problems
    counted = _counts(_open(generation / "store"), manifest["graphs"])
    return [
        f"{iri}: {count} statements expected, {counted[iri]} found"
        for iri, count in manifest["graphs"].items()
        if counted[iri] != count
    ]


def _manifest(generation: Path) -> dict[str, dict[str, object]]:
    try:
        manifest: dict[str, dict[str, object]] = json.loads((generation / "manifest.json").read_bytes())
        return {"files": manifest["files"], "graphs": manifest["graphs"]}
    except (ValueError, KeyError) as error:
        raise CannotRead(f"{generation}: manifest.json is damaged; make it again with: kg build") from error


def _file_problems(generation: Path, expected: Mapping[str, object]) -> list[str]:
    found = {path.name: path for path in _data_files(generation)}
    problems = [f"{generation.name}/store/{name}: missing" for name in expected if name not in found]
    for name, path in found.items():
        if name not in expected:
            problems.append(f"{generation.name}/store/{name}: not in the manifest")
        elif expected[name] != {"size": path.stat().st_size, "sha256": _sha256(path)}:
            problems.append(f"{generation.name}/store/{name}: changed since it was written")
    return sorted(problems)


# --- exporting ----------------------------------------------------------------------------------------


def graphs_of(store: ox.Store) -> list[str]:
    """The IRIs of the named graphs, sorted."""
    return sorted(name.value for name in store.named_graphs())


def export(store: ox.Store, format: str, graph: str | None = None) -> bytes:
    """A store, or one of its graphs, in a graph format (``turtle``, ``trig``, …), sorted.

    Formats without named graphs give the union of all graphs. Raises Unknown for a format or a graph,
    CannotUnderstand for what a format cannot carry.
    """
    row = format_named(format, "graph")
    names = graphs_of(store)
    if graph is not None and graph not in names:
        raise Unknown.name("graph", graph, names)
    one = None if graph is None else ox.NamedNode(graph)
    quads = _own_quads(store) if one is None else store.quads_for_pattern(None, None, None, one)
    prefixes = prefixes_for([graph] if graph else names)
    return write_graph(quads, row.name, prefixes, blank_nodes=True)


def _own_quads(store: ox.Store) -> Iterator[ox.Quad]:
    """All quads, but those of the default graph only where no named graph has the triple."""
    for quad in store:
        if isinstance(quad.graph_name, ox.DefaultGraph):
            same = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
            if any(not isinstance(other.graph_name, ox.DefaultGraph) for other in same):
                continue
        yield quad


def count_statements(folder: str | Path) -> int:
    """The number of statements in the named graphs of a dataset folder, as its build counted them."""
    return sum(int(str(count)) for count in _manifest(_hold(Path(folder)))["graphs"].values())


def default_graph_is_empty(store: ox.Store) -> bool:
    """Whether the store has no triple outside its named graphs."""
    return next(store.quads_for_pattern(None, None, None, ox.DefaultGraph()), None) is None
