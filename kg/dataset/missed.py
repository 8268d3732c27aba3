"""Reports that were published, whose file is there and cannot be used now: told at each build until it can.

A dataset depends on what can be read and on nothing before, so such a report is withdrawn; but nobody has
taken its file away, so that is a failure and no withdrawal. ``SOURCES`` is what a generation keeps for this:
from which file each report was made, also those that are missed since an earlier build.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path, PurePath

from kg.reading import Found, ReportFile
from kg.reading.discovery import OTHER_KIND
from kg.reading.files import absolute

SOURCES = "sources.json"
"""The file of a generation with the source of each report, published or missed, by its words."""


@dataclass(frozen=True)
class Source:
    """From which file a report was made. ``path`` is the way to it from the store, ``member`` its name in an
    archive or empty, ``sha256`` of its bytes."""

    id: str
    path: str
    member: str
    sha256: str

    @classmethod
    def of(cls, id: str, file: ReportFile, sha256: str, store: Path) -> Source:
        """The source of the report of this id."""
        return cls(id, _from(store, file), file.member or "", sha256)


def _from(store: Path, file: ReportFile) -> str:
    """The way from the store: it stays when both are moved, and it is the same from every folder."""
    return os.path.relpath(absolute(file.path), absolute(store))


def noted(sources: Mapping[str, Source]) -> bytes:
    """What ``read_sources`` reads."""
    return json.dumps(
        {words: asdict(one) for words, one in sources.items()}, indent=1, sort_keys=True
    ).encode()


def read_sources(content: bytes | None) -> dict[str, Source]:
    """The sources by the digests of the words; none where they are not as they should be."""
    try:
        found = {words: Source(**one) for words, one in json.loads(content or b"{}").items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}
    names = [field.name for field in fields(Source)]
    texts = all(type(getattr(one, name)) is str for one in found.values() for name in names)
    return found if texts else {}


def missed_among(
    sources: Mapping[str, Source],
    published: Collection[str],
    found: Iterable[Found],
    used: Collection[str],
    store: Path,
) -> dict[str, tuple[Source, ReportFile]]:
    """Of ``sources`` those not ``published``, each with a file that is there, by the digests of their words.

    The file has the bytes that the report was made of, or its place; or the archive or folder that it was in
    cannot be opened. A file is ``used``, by its SHA-256, where it or one of the same words is published.
    """
    by_content: dict[str, ReportFile] = {}
    by_place: dict[tuple[str, str], ReportFile] = {}
    closed: dict[str, ReportFile] = {}
    for one in found:
        if one.sha256 in used or one.skip == OTHER_KIND:
            continue
        path = _from(store, one.file)
        by_place[path, one.file.member or ""] = one.file
        if one.sha256 is not None:
            by_content.setdefault(one.sha256, one.file)
        elif one.file.member is None:
            closed[path] = one.file
    out = {}
    for words, source in sources.items():
        if words in published:
            continue
        above = (closed.get(str(path)) for path in (PurePath(source.path), *PurePath(source.path).parents))
        there = by_content.get(source.sha256) or by_place.get((source.path, source.member))
        there = there or next(filter(None, above), None)
        if there is not None:
            out[words] = source, there
    return out
