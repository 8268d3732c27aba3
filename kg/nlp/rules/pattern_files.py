"""The wordings of reports as data: one rule a line in ``patterns/*.jsonl``, and one loader for all of them.

A rule is a regex, a fragment (a part that regexes share and name as ``<NAME>``), a list of words (which the
regexes of its file may name in the same way), or a list of head nouns. ``rule.schema.json`` has their keys,
docs/rules.md explains them. The line on which a rule stands means nothing: rules that can claim the same
words have an ``order``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Protocol

from kg.model.errors import CannotUnderstand
from kg.model.text.bullets import ITEM_MARK
from kg.model.text.months import MONTHS
from kg.model.text.numbers import SMALL_WORDS, WORDS

FOLDER = Path(__file__).resolve().parent.parent / "patterns"
SHARED = "fragments"
"""The file with the fragments that every other file may name."""
BUILT_IN = {
    "BULLET": ITEM_MARK,
    "MONTHNAME": "|".join(MONTHS),
    "NUMBERWORD": SMALL_WORDS,
    "NUMBERWORDS": WORDS,
}
"""Fragments that are made from the tables of ``kg.model.text``."""
GRADES = "GRADES"
"""Stands in a regex for the names of a framework's grades, which are put in when a report is read."""
_NAMED = re.compile(r"<([A-Z_]+)>")
_KINDS = ("regex", "fragment", "words", "heads")


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One line of a file. ``kind`` is the key that holds its ``body``; ``more`` has all its lists.

    ``kept`` says why it stays though it fires on no real report at hand.
    """

    file: str
    line: int
    id: str
    kind: str
    body: str | tuple[str, ...]
    value: str
    role: str
    order: int | None
    purpose: str
    fires: tuple[str, ...]
    silent: tuple[str, ...]
    label: str
    kept: str
    more: Mapping[str, tuple[str, ...]]

    @property
    def where(self) -> str:
        return f"{self.file}.jsonl, line {self.line}"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled regex rule: its id, what a match stands for, and how it is treated otherwise than others."""

    id: str
    regex: re.Pattern[str]
    value: str = ""
    role: str = ""


@cache
def rules(file: str) -> tuple[Rule, ...]:
    """All rules of ``patterns/{file}.jsonl``: by their order, those without one after them by their id.

    Raises CannotUnderstand with file and line for what is no rule and for doubled ids and orders.
    """
    found = [_rule(file, number, line) for number, line in _lines(file)]
    for key in ("id", "order"):
        seen: dict[object, Rule] = {}
        for rule in found:
            value = getattr(rule, key)
            if value is not None and value in seen:
                raise CannotUnderstand(f"{rule.where}: the {key} {value} is there twice")
            seen[value] = rule
    return tuple(sorted(found, key=precedence))


def precedence(rule: Rule) -> tuple[bool, int, str]:
    """What the rules of a file are sorted by."""
    return rule.order is None, rule.order or 0, rule.id


@cache
def load_patterns(file: str) -> tuple[Pattern, ...]:
    """The regex rules of a file, compiled, in the order in which they are to be tried.

    Raises CannotUnderstand with file and line for regexes that do not compile or name an unknown fragment.
    """
    return tuple(_pattern(rule) for rule in rules(file) if rule.kind == "regex")


@cache
def pattern(file: str, identifier: str) -> re.Pattern[str]:
    """The regex of one rule of a file; raises CannotUnderstand if the file has no such id."""
    found = next((rule for rule in rules(file) if rule.kind == "regex" and rule.id == identifier), None)
    return _pattern(found).regex if found else _missing(file, identifier)


@cache
def role(file: str, identifier: str) -> str:
    """The role of the rule that found something; empty for one without, or for an id of another file."""
    return next((rule.role for rule in rules(file) if rule.id == identifier), "")


@cache
def words(file: str, identifier: str) -> tuple[str, ...]:
    """The entries of one list of a file; raises CannotUnderstand if the file has no such list."""
    return word_lists(file).get(identifier) or _missing(file, identifier)


@cache
def word_set(file: str, identifier: str) -> Set[str]:
    """The entries of one list, to ask whether a word is among them."""
    found = frozenset(words(file, identifier))
    return _observers[0].word_set(file, identifier, found) if _observers else found


@cache
def word_lists(file: str) -> Mapping[str, tuple[str, ...]]:
    """The lists of a file by their id; the entries are words or regular expressions."""
    return {rule.id: _entries(rule) for rule in rules(file) if rule.kind == "words"}


def one_of(entries: Iterable[str]) -> str:
    """A regular expression for any of them, longer ones first.

    >>> one_of(["a", "ab"])
    '(?:ab|a)'
    """
    return "(?:" + "|".join(sorted(entries, key=lambda entry: (-len(entry), entry))) + ")"


@lru_cache(maxsize=4096)
def compiled(regex: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression that is made from names or lists; compiled once (``re`` keeps only a few)."""
    return _seen(re.compile(regex, flags))


def expanded(rule: Rule) -> str:
    """The regex of a rule, or of a fragment, with its fragments put in."""
    return _expand(str(rule.body), rule, ())


def _missing(file: str, identifier: str) -> Any:
    raise CannotUnderstand(f"{file}.jsonl has no rule {identifier}")


# --- observing ----------------------------------------------------------------------------------------


class Observer(Protocol):
    """What sees every regex and every set of words when it is made, and may put another in its place."""

    def regex(self, regex: re.Pattern[str], rule: Rule | None) -> re.Pattern[str]:
        """``rule`` is None for a regex that code makes from lists."""

    def word_set(self, file: str, identifier: str, entries: frozenset[str]) -> Set[str]: ...


_observers: list[Observer] = []


def observe(observer: Observer) -> None:
    """Have ``observer`` see what is loaded from now on; to be called before any text is read."""
    _observers[:] = [observer]


def _seen(regex: re.Pattern[str], rule: Rule | None = None) -> re.Pattern[str]:
    return _observers[0].regex(regex, rule) if _observers else regex


# --- lines --------------------------------------------------------------------------------------------


def _lines(file: str) -> Iterator[tuple[int, str]]:
    text = (FOLDER / f"{file}.jsonl").read_text(encoding="utf-8")
    return ((number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip())


@cache
def _schema() -> Mapping[str, Any]:
    data = json.loads((Path(__file__).parent / "rule.schema.json").read_text(encoding="utf-8"))
    return data["$defs"]  # type: ignore[no-any-return]


def _rule(file: str, number: int, line: str) -> Rule:
    where = f"{file}.jsonl, line {number}"
    try:
        entry = json.loads(line)
    except json.JSONDecodeError as error:
        raise CannotUnderstand(f"{where}: not JSON ({error.msg})") from error
    kinds = [kind for kind in _KINDS if isinstance(entry, dict) and kind in entry]
    if len(kinds) != 1:
        raise CannotUnderstand(f"{where}: needs exactly one of {', '.join(_KINDS)}")
    schema = _schema()[kinds[0]]
    _check(entry, schema, where)
    lists = {k: tuple(v) for k, v in entry.items() if isinstance(v, list) and k not in ("fires", "silent")}
    body = entry[kinds[0]]
    return Rule(
        file,
        number,
        entry["id"],
        kinds[0],
        body if isinstance(body, str) else tuple(body),
        entry.get("value", ""),
        entry.get("role", ""),
        entry.get("order"),
        entry.get("for", ""),
        tuple(entry.get("fires", ())),
        tuple(entry.get("silent", ())),
        entry.get("label", ""),
        entry.get("kept", ""),
        lists,
    )


def _check(entry: dict[str, Any], schema: Mapping[str, Any], where: str) -> None:
    """Refuse unknown and missing keys and values of another type. (The tests ask the whole schema.)"""
    known = schema["properties"]
    if unknown := sorted(entry.keys() - known.keys()):
        raise CannotUnderstand(f"{where}: unknown key {', '.join(unknown)}; known are {', '.join(known)}")
    if missing := [key for key in schema["required"] if key not in entry]:
        raise CannotUnderstand(f"{where}: needs {', '.join(missing)}")
    for key, value in entry.items():
        kind = known[key].get("type") or _schema()[known[key]["$ref"].rpartition("/")[2]]["type"]
        if not isinstance(value, {"string": str, "integer": int, "array": list}[kind]):
            raise CannotUnderstand(f"{where}: {key} must be of type {kind}")


# --- regexes ------------------------------------------------------------------------------------------


@cache
def _pattern(rule: Rule) -> Pattern:
    """The rule compiled; only when it is asked for, since most texts need a part of the rules."""
    try:
        regex = re.compile(expanded(rule), re.IGNORECASE)
    except re.error as error:
        raise CannotUnderstand(f"{rule.where}: {error}") from error
    return Pattern(rule.id, _seen(regex, rule), rule.value, rule.role)


def _expand(text: str, rule: Rule, inside: tuple[str, ...]) -> str:
    """A regex with its fragments put in: those of its own file, the shared ones, and those built in."""

    def part(match: re.Match[str]) -> str:
        name = match[1]
        if name in inside:
            raise CannotUnderstand(f"{rule.where}: <{name}> is inside itself")
        found = _fragments(rule.file).get(name) or BUILT_IN.get(name) or _list_called(name, rule.file)
        if found is None:
            raise CannotUnderstand(f"{rule.where}: there is no fragment <{name}>")
        return f"(?:{_expand(found, rule, (*inside, name))})"

    return _NAMED.sub(part, text)


@cache
def _fragments(file: str) -> Mapping[str, str]:
    own = {rule.id: str(rule.body) for rule in rules(file) if rule.kind == "fragment"}
    if file == SHARED:
        return own
    shared = _fragments(SHARED)
    if doubled := sorted(own.keys() & (shared.keys() | BUILT_IN.keys())):
        raise CannotUnderstand(f"{file}.jsonl: {', '.join(doubled)} is a fragment of {SHARED}.jsonl already")
    return {**shared, **own}


def _list_called(name: str, file: str) -> str | None:
    """Any entry of the list whose id is the name in small letters ("before-verb": BEFORE_VERB)."""
    called = name.lower().replace("_", "-")
    return next((one_of(r.body) for r in rules(file) if r.kind == "words" and r.id == called), None)


def _entries(rule: Rule) -> tuple[str, ...]:
    return tuple(_expand(entry, rule, ()) if "<" in entry else entry for entry in rule.body)
