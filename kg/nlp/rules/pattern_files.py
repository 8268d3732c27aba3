"""The wordings of figures and periods as data: one JSON object a line in ``patterns/*.jsonl``.

Each line has an ``id`` (unique in its file) and a ``regex``; ``value`` is what the pattern stands for (a
direction, a source, a population …); ``note`` is for people. A group of a regex is named by its meaning.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.model.errors import CannotUnderstand
from kg.nlp.rules.first_letters import with_first_letters

FOLDER = Path(__file__).resolve().parent.parent / "patterns"
_KEYS = {"id", "regex", "value", "note"}
_SLOT = "GRADES"
"""Stands for the names of a framework's grades, which are put in when a report is read."""
_MACRO = re.compile(r"<([A-Z_]+)>")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled wording with its id and what it stands for."""

    id: str
    regex: re.Pattern[str]
    value: str = ""


@cache
def load_patterns(name: str) -> tuple[Pattern, ...]:
    """The patterns of ``patterns/{name}.jsonl`` in the order of the file.

    ``<NAME>`` in a regex stands for the alternatives of the line whose id is ``NAME`` and whose value is
    ``macro``; such a line gives no pattern. Raises CannotUnderstand with file and line for unknown keys,
    doubled ids and regexes that do not compile.
    """
    path = FOLDER / f"{name}.jsonl"
    macros: dict[str, str] = {}
    found: list[Pattern] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        entry = _entry(line, f"{path.name}, line {number}")
        regex = _expand(entry["regex"], macros, f"{path.name}, line {number}")
        if entry.get("value") == "macro":
            macros[entry["id"]] = f"(?:{regex})"
        elif any(pattern.id == entry["id"] for pattern in found):
            raise CannotUnderstand(f"{path.name}, line {number}: the id {entry['id']} is there twice")
        else:
            found.append(Pattern(entry["id"], _compile(regex, path.name, number), entry.get("value", "")))
    return tuple(found)


@cache
def pattern(name: str, identifier: str) -> re.Pattern[str]:
    """The regex of one line of a file; raises CannotUnderstand if the file has no such id."""
    for candidate in load_patterns(name):
        if candidate.id == identifier:
            return candidate.regex
    raise CannotUnderstand(f"{name}.jsonl has no pattern {identifier}")


def _entry(line: str, where: str) -> dict[str, str]:
    try:
        entry = json.loads(line)
    except json.JSONDecodeError as error:
        raise CannotUnderstand(f"{where}: not JSON ({error.msg})") from error
    if not isinstance(entry, dict) or not {"id", "regex"} <= entry.keys() <= _KEYS:
        raise CannotUnderstand(f"{where}: needs id and regex, may have value and note, nothing else")
    return entry


def _expand(regex: str, macros: dict[str, str], where: str) -> str:
    def macro(match: re.Match[str]) -> str:
        if match[1] not in macros:
            raise CannotUnderstand(f"{where}: <{match[1]}> is not defined above it")
        return macros[match[1]]

    return _MACRO.sub(macro, regex)


def _compile(regex: str, file: str, number: int) -> re.Pattern[str]:
    try:
        compiled = re.compile(regex, re.IGNORECASE)
    except re.error as error:
        raise CannotUnderstand(f"{file}, line {number}: {error}") from error
    return compiled if _SLOT in regex else with_first_letters(compiled)
