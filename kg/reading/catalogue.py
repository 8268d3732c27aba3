"""The catalogue of a folder: what is known of its reports besides their text.

``catalogue.toml`` beside the reports has a table ``[[report]]`` for each file. Its facts override what the
text says of itself. All keys but ``file`` are optional; see docs/reading.md.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from unicodedata import normalize

from kg.model.addresses import has_scheme, is_web_address
from kg.model.errors import CannotRead, CannotUnderstand, KgError
from kg.model.records import Document
from kg.model.text.display import shortened
from kg.reading import Found, ReportFile, list_files, read
from kg.reading.discovery import CATALOGUE, OTHER_KIND
from kg.reading.files import absolute, is_regular, printable_path, refusal
from kg.reading.side_files import Once, folders_of, read_toml

GIVEN = ("title", "force", "framework", "kind", "published", "publisher", "licence", "attribution", "web")
"""The facts that a catalogue can state of a report, in the order in which they are written."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue states of one file. ``file`` is its path from the catalogue's folder, with ``/``.

    ``force`` is the name of the inspected body, ``framework`` a notation (``peel-2023-25``), ``published``
    an ISO date or month, ``licence`` a name or address, ``web`` an address, ``sha256`` that of the file's
    bytes.
    """

    file: str
    title: str | None = None
    force: str | None = None
    framework: str | None = None
    kind: str | None = None
    published: str | None = None
    publisher: str | None = None
    licence: str | None = None
    attribution: str | None = None
    web: str | None = None
    sha256: str | None = None
    note: str | None = None

    def given(self) -> dict[str, str]:
        """The stated facts by name: those of ``GIVEN`` that the entry has."""
        return {name: value for name in GIVEN if (value := getattr(self, name)) is not None}


_KEYS = tuple(field.name for field in fields(Entry))


def read_catalogue(folder: str | os.PathLike[str]) -> tuple[Entry, ...]:
    """The entries of ``folder``'s catalogue in its order; none where there is no catalogue.

    Raises CannotUnderstand, naming file, entry and key, for anything that is not as it should be.
    """
    path = Path(folder) / CATALOGUE
    found = read_toml(path)
    return () if found is None else _entries(found[1], printable_path(path))


def _entries(data: dict[str, Any], where: str) -> tuple[Entry, ...]:
    for key in data:
        if key != "report":
            raise CannotUnderstand(f'{where}: unknown key "{key}"; reports are tables [[report]]')
    tables = data.get("report", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise CannotUnderstand(f'{where}: "report" must be tables [[report]], two brackets on each side')
    entries = tuple(_entry(table, f"{where}, report {at}") for at, table in enumerate(tables, 1))
    seen: set[str] = set()
    for entry in entries:
        if entry.file in seen:
            raise CannotUnderstand(f'{where}: the file "{entry.file}" has two entries; keep one')
        seen.add(entry.file)
    return entries


def _entry(table: dict[str, Any], where: str) -> Entry:
    file = table.get("file")
    if not isinstance(file, str) or not file:
        raise CannotUnderstand(f'{where}: needs the key "file": the name of the report\'s file')
    if file.startswith("/") or "\\" in file or ".." in file.split("/"):
        raise CannotUnderstand(f'{where}: file "{file}" must be a path inside the folder, with "/"')
    facts = {key: stated(key, value, f'{where} ("{file}")') for key, value in table.items()}
    plain = "/".join(part for part in file.split("/") if part not in ("", "."))
    return Entry(**facts | {"file": plain or file})


def stated(key: str, value: Any, where: str) -> str:
    """A fact as it is stated of a report. Raises CannotUnderstand, naming ``where``, for none of its kind."""
    if key not in _KEYS:
        raise CannotUnderstand(f'{where}: unknown key "{key}"; known: {", ".join(_KEYS)}')
    if key == "published" and type(value) is date:
        return value.isoformat()
    if not isinstance(value, str) or not value.strip():
        raise CannotUnderstand(f"{where}: {key} must be text in quotes, not {_shown(value)}")
    if _CONTROL.search(value):
        raise CannotUnderstand(f"{where}: {key} has a control character in it")
    test, what = _FORMS.get(key, (bool, ""))
    if not test(value):
        raise CannotUnderstand(f'{where}: {key} must be {what}, not "{value}"')
    return value


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


def _shown(value: object) -> str:
    """A value of another kind, for a message. A number may have more digits than Python writes."""
    try:
        return shortened(repr(value), 60)
    except (ValueError, RecursionError):
        return "this"


def _is_date(value: str) -> bool:
    """Whether a text is an ISO day, or a month (``2018-05``), where no day is stated."""
    day = f"{value}-01" if re.fullmatch(r"\d{4}-\d\d", value) else value
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False


_FORMS: dict[str, tuple[Callable[[str], object], str]] = {
    "published": (_is_date, 'a date such as 2023-12-22 or "2023-12"'),
    "sha256": (re.compile(r"[0-9a-f]{64}").fullmatch, "64 small hexadecimal digits"),
    "web": (is_web_address, "an address that begins with https://"),
    "licence": (
        lambda value: not has_scheme(value) or is_web_address(value),
        "a name, or an address that begins with https://",
    ),
    "framework": (re.compile(r"[a-z0-9][a-z0-9-]*").fullmatch, "a framework's notation such as peel-2023-25"),
    "kind": (re.compile(r"[a-z][a-z-]*").fullmatch, "a word such as inspection or revisit-letter"),
}


class Catalogues:
    """The catalogues of a dataset's folders, each read once."""

    def __init__(self) -> None:
        self._of = Once(_Index.of)
        self._used: dict[Path, set[str]] = {}

    def entry(self, file: str | os.PathLike[str] | ReportFile, digest: str | None = None) -> Entry | None:
        """What the catalogues state of a file: the entry with its ``digest``, before that of its name.

        Of two that are of its name the nearer one counts, unless its ``sha256`` is another file's. None where
        no catalogue knows the file. Raises as ``read_catalogue``.
        """
        named = None
        for folder in folders_of(file):
            index, name = self._of(folder), ReportFile.of(file).within(folder)
            used = self._used.setdefault(folder, set())
            found = index.find(name, digest)
            if found is None:
                continue
            used.add(found.file)
            if found.sha256 is not None and found.sha256 == digest:
                nearer = named is not None and named.sha256 is None and index.named(name) is found
                return named if nearer else found
            named = named or found
        return named

    def unused(self) -> list[str]:
        """A line for each catalogue that was asked and has entries of which there is no file."""
        lines, forms = [], cache(_forms_in)
        for folder, used in self._used.items():
            unused = (entry.file for entry in self._of(folder).by_file.values() if entry.file not in used)
            gone = [shortened(name, 100) for name in unused if not _is_there(folder, name, forms)]
            if gone:
                more = f" and {len(gone) - 3:,} more" if len(gone) > 3 else ""
                where = printable_path(folder / CATALOGUE)
                lines.append(
                    f"{where}: no such file: {', '.join(gone[:3])}{more}; what it states is not used"
                )
        return lines


def _is_there(folder: Path, name: str, forms_in: Callable[[Path], Mapping[str, str]]) -> bool:
    """Whether a folder has a file of this name, in any Unicode form, or an archive that it may be in."""
    here = folder
    for part in name.split("/"):
        if is_regular(here):
            return True
        if not os.path.lexists(here / part):
            found = forms_in(here).get(_name_key(part))
            if found is None:
                return False
            part = found
        here /= part
    return True


def _forms_in(folder: Path) -> dict[str, str]:
    """What a folder has, by name as it is compared; nothing where it cannot be opened."""
    try:
        return {_name_key(name): name for name in os.listdir(folder)}
    except (OSError, ValueError):
        return {}


def doubt(file: ReportFile, entry: Entry | None, digest: str | None) -> str | None:
    """A line where the facts of a file are stated of one that had other bytes, else None."""
    if entry is None or entry.sha256 in (None, digest) or digest is None:
        return None
    return f"{file}: the catalogue describes another file of this name (sha256); check what it states"


def is_named(file: ReportFile, entry: Entry) -> bool:
    """Whether an entry that was found for a file is of its name, and not of its bytes alone."""
    path = absolute(file.path).as_posix() + ("" if file.member is None else f"/{file.member}")
    return _name_key(path).endswith("/" + _name_key(entry.file))


@dataclass(frozen=True, slots=True)
class _Index:
    """The entries of a catalogue by file, by file in any Unicode form, and by SHA-256."""

    by_file: Mapping[str, Entry]
    by_form: Mapping[str, Entry]
    by_digest: Mapping[str, Entry]
    has: Callable[[str], bool]

    @classmethod
    def of(cls, folder: Path) -> _Index:
        entries = read_catalogue(folder)
        # The first entry of a digest counts.
        by_digest = {e.sha256: e for e in reversed(entries) if e.sha256}
        has = partial(_has_exactly, folder, names_in=cache(_names_in))
        by_form = {_name_key(e.file): e for e in entries}
        return cls({e.file: e for e in entries}, by_form, by_digest, cache(has))

    def find(self, name: str, digest: str | None) -> Entry | None:
        """The entry of a file: that of its digest goes before that of its name, since files are renamed."""
        named = self.named(name)
        same = named is not None and named.sha256 == digest
        return named if same else self.by_digest.get(digest or "") or named

    def named(self, name: str) -> Entry | None:
        """The entry of this name, else of one that differs in its Unicode form alone and of which no file is
        there."""
        if (exact := self.by_file.get(name)) is not None:
            return exact
        other = self.by_form.get(_name_key(name))
        return None if other is None or self.has(other.file) else other


def _has_exactly(folder: Path, name: str, names_in: Callable[[Path], frozenset[str]]) -> bool:
    """Whether a folder has a file of this name in this very Unicode form. Of what is in archives it is not
    known, so no."""
    parts = name.split("/")
    folders = [folder.joinpath(*parts[:at]) for at in range(len(parts))]
    return all(part in names_in(here) for here, part in zip(folders, parts, strict=True))


def _names_in(folder: Path) -> frozenset[str]:
    """The names of what is in a folder, as they are written; none where it cannot be opened."""
    try:
        return frozenset(os.listdir(folder))
    except (OSError, ValueError):
        return frozenset()


def _name_key(name: str) -> str:
    """A path as it is compared: "é" may be one character in the catalogue, and two on the disk (macOS)."""
    return normalize("NFC", name)


def given_for(path: str | os.PathLike[str] | ReportFile, digest: str | None = None) -> dict[str, str]:
    """What the catalogue beside ``path``, or in a folder above up to three levels, states of the file.

    The entry is found by the file's path, or by ``digest`` (its SHA-256) where that entry has another, so a
    renamed file keeps its facts. Empty for ``-`` and where no catalogue knows the file. Raises as
    ``read_catalogue``.
    """
    entry = Catalogues().entry(path, digest)
    return {} if entry is None else entry.given()


def check_catalogue(folder: str | os.PathLike[str]) -> list[str]:
    """One line for each way in which the catalogue and the folder disagree; none if all is well.

    An entry without its file, a file whose SHA-256 is another, a report without an entry.
    """
    folder = _checked_folder(folder)
    entries = read_catalogue(folder)
    found = {one.file.within(folder): one for one in list_files(folder)}
    exact = {entry.file for entry in entries} & found.keys()
    forms = {_name_key(name): name for name in found.keys() - exact}
    out = []
    for entry in entries:
        name = entry.file if entry.file in exact else forms.get(_name_key(entry.file), entry.file)
        if (file := found.pop(name, None)) is None:
            out.append(f"{entry.file}: in the catalogue, but not in the folder")
        elif entry.sha256 is not None and file.sha256 != entry.sha256:
            out.append(f"{entry.file}: not the file that the catalogue describes (SHA-256 {file.sha256})")
    missing = [name for name, one in found.items() if one.skip is None]
    return out + [f"{name}: no entry in the catalogue" for name in missing]


def _checked_folder(folder: str | os.PathLike[str]) -> Path:
    """The folder of reports; raises CannotRead for what is none."""
    if (why := refusal(Path(folder))) != "a folder":
        raise CannotRead(
            f"{printable_path(Path(folder))}: {why or 'a file'}; give the folder that holds the reports"
        )
    return Path(folder)


@dataclass(frozen=True, slots=True)
class _Draft:
    found: Found
    document: Document | None
    problem: str | None = None

    @property
    def same_text(self) -> str | None:
        """A digest of the words alone: files that differ in format or spacing share it."""
        if self.document is None:
            return None
        words = re.findall(r"\w+", self.document.text.casefold())
        return sha256(" ".join(words).encode()).hexdigest()


def draft_catalogue(
    folder: str | os.PathLike[str], describe: Callable[[Document], Mapping[str, str | None]] | None = None
) -> str:
    """The text of a catalogue for all reports in ``folder``, for a person to check and complete.

    Facts come from the catalogue that is there, else from ``describe``, which reads some of ``GIVEN`` out
    of a document, else from what the files state; what is not known is a comment. Comments flag files that
    are skipped or cannot be read, the same text in another file, and older or newer versions of a report
    with the same title. Nothing is written.
    """
    folder = _checked_folder(folder)
    index = _Index.of(folder)
    drafts = [_draft(one) for one in list_files(folder) if one.skip != OTHER_KIND]
    names = [draft.found.file.within(folder) for draft in drafts]
    known = [index.find(name, draft.found.sha256) for draft, name in zip(drafts, names, strict=True)]
    entries = [_drafted(*each, describe) for each in zip(drafts, names, known, strict=True)]
    flags = _flags(drafts, entries)
    for draft, before, flag in zip(drafts, known, flags, strict=True):
        if before is not None and before.sha256 not in (None, draft.found.sha256):
            flag.append(f"the catalogue described another file of this name (sha256 {before.sha256})")
    head = f"# The reports in this folder; what this file states overrides what the texts say.\n# {_HELP}\n"
    there = {entry.file for entry in known if entry is not None}
    gone = [entry for file, entry in index.by_file.items() if file not in there]
    pairs = [*zip(entries, flags, strict=True), *((entry, ["no such file now"]) for entry in gone)]
    return head + "".join(_written(*pair) for pair in pairs)


_HELP = "force: name of the inspected body; published: YYYY-MM-DD; kind: inspection, revisit-letter, …"


def _draft(found: Found) -> _Draft:
    if found.skip is not None:
        return _Draft(found, None, found.skip)
    try:
        return _Draft(found, read(found.file))
    except KgError as error:
        return _Draft(found, None, str(error).removeprefix(str(found.file)).lstrip(":, "))


def _drafted(
    draft: _Draft,
    name: str,
    known: Entry | None,
    describe: Callable[[Document], Mapping[str, str | None]] | None,
) -> Entry:
    before = known or Entry(name)
    facts = _stated(draft.document) if draft.document else {}
    if draft.document is not None and describe is not None:
        facts |= {key: fact for key, fact in describe(draft.document).items() if key in GIVEN and fact}
    facts |= before.given()
    return Entry(name, **facts, sha256=draft.found.sha256 or before.sha256, note=before.note)


def _stated(document: Document) -> dict[str, str]:
    """Title, date and address as the file states them."""
    stated = dict(document.metadata)
    facts = {
        "title": _main_heading(document) or stated.get("title"),
        "published": published if _is_date(published := stated.get("published", "")) else None,
        "web": stated.get("web"),
    }
    return {key: fact for key, fact in facts.items() if fact}


def _main_heading(document: Document) -> str | None:
    titles = (block for block in document.blocks if block.kind == "heading" and block.level == 1)
    first = next(titles, None)
    return document.text[first.start : first.end][:200] if first else None


def _flags(drafts: Sequence[_Draft], entries: Sequence[Entry]) -> list[list[str]]:
    """The comments of each file: why it is left out, and which other files it resembles."""
    texts: dict[str, str] = {}
    out = []
    for draft, entry in zip(drafts, entries, strict=True):
        flags = [f"left out: {draft.problem}"] if draft.problem else []
        if draft.same_text is not None:
            first = texts.setdefault(draft.same_text, entry.file)
            flags += [f"the same text as {first}"] if first != entry.file else []
        if draft.problem is None:
            flags += _versions(entry, entries)
            missing = [key for key in ("force", "framework", "kind") if getattr(entry, key) is None]
            flags += [f"not known: {', '.join(missing)}"] if missing else []
        out.append(flags)
    return out


def _versions(entry: Entry, entries: Iterable[Entry]) -> list[str]:
    """Other files with the same title: which is newer by its date, or that the dates are not known."""
    out = []
    for other in entries:
        if other.file == entry.file or not entry.title or other.title != entry.title:
            continue
        if entry.published and other.published and entry.published != other.published:
            relation = "an older" if other.published < entry.published else "a newer"
            out.append(f"{relation} version: {other.file} ({other.published})")
        elif not entry.published or not other.published:
            out.append(f"the same title as {other.file}: perhaps another version")
    return out


def _written(entry: Entry, flags: Sequence[str]) -> str:
    """One entry as TOML; a file that is left out becomes a comment, where nothing is stated of it."""
    left_out = any(flag.startswith("left out: ") for flag in flags) and not (entry.given() or entry.note)
    lines = [f"# {printable_path(flag)}" for flag in flags]
    if left_out:
        return "\n" + "\n".join([f"# {printable_path(entry.file)}", *lines]) + "\n"
    lines.append("[[report]]")
    for key in _KEYS:
        if (value := getattr(entry, key)) is not None:
            is_day = key == "published" and value.count("-") == 2  # TOML has no months
            lines.append(f"{key} = {value if is_day else _quoted(value)}")
    return "\n" + "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    """A TOML basic string."""
    escaped = "".join(_TOML.get(char, char) for char in value)
    return '"' + re.sub("[\x00-\x1f\x7f\ud800-\udfff]", lambda m: f"\\u{ord(m[0]):04x}", escaped) + '"'


_TOML = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
