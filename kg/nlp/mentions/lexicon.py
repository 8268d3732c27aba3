"""Word lists and head nouns of mentions as data: ``patterns/mention-{words,heads}.jsonl``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.model.errors import CannotUnderstand

FOLDER = Path(__file__).resolve().parent.parent / "patterns"
_WORD_KEYS = {"id", "words", "note"}
_SETS = ("weak", "only", "not", "tentative", "strong")
_HEAD_KEYS = {"id", "label", "heads", "weak", "only", "not", "tentative", "strong", "note"}


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun of units or bodies and what its modifiers decide.

    ``only``: the word before the head must be one of these (if any are given). ``excluded``: none of these
    may stand in the name, nor two words beside each other that a hyphen joins here. ``weak``: a name needs a
    modifier besides these. ``tentative``: with these alone it is a name only if it shortens one that the
    report gives in full. ``strong``: two weak words that make a name together, joined by a hyphen.
    """

    id: str
    label: str
    weak: frozenset[str]
    only: frozenset[str]
    excluded: frozenset[str]
    tentative: frozenset[str]
    strong: frozenset[str]


@cache
def words(identifier: str) -> frozenset[str]:
    """The words of one line of ``mention-words.jsonl``, in lower case; CannotUnderstand if there is none."""
    for entry in _lines("mention-words.jsonl", _WORD_KEYS, {"id", "words"}):
        if entry["id"] == identifier:
            return frozenset(entry["words"].split())
    raise CannotUnderstand(f"mention-words.jsonl has no line {identifier}")


@cache
def heads() -> dict[str, Head]:
    """Head nouns in lower case, singular and plural as the file lists them, to their rules."""
    found: dict[str, Head] = {}
    for entry in _lines("mention-heads.jsonl", _HEAD_KEYS, {"id", "label", "heads"}):
        rule = Head(entry["id"], entry["label"], *(_set(entry, k) for k in _SETS))
        found.update(dict.fromkeys(entry["heads"].split(), rule))
    return found


@cache
def verb_forms() -> frozenset[str]:
    """The verbs with -s, -ed and -ing, less those that also stand inside names."""
    forms = {form for verb in words("verbs") for form in _inflected(verb)}
    return frozenset(forms - words("verb-or-noun") - words("ing-nouns") - words("ed-nouns"))


def _inflected(verb: str) -> tuple[str, ...]:
    stem = verb.removesuffix("e")
    if verb.endswith("y") and verb[-2] not in "aeou":
        return verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    ending = "es" if verb.endswith(("s", "x", "ch", "sh", "o")) else "s"
    return verb, verb + ending, stem + "ed", stem + "ing", verb + verb[-1] + "ed", verb + verb[-1] + "ing"


def _set(entry: dict[str, str], key: str) -> frozenset[str]:
    found: set[str] = set()
    for word in entry.get(key, "").split():
        found |= words(word[1:]) if word.startswith("@") else {word}
    return frozenset(found)


def _lines(name: str, keys: set[str], needed: set[str]) -> Iterator[dict[str, str]]:
    for number, line in enumerate((FOLDER / name).read_text(encoding="utf-8").splitlines(), 1):
        try:
            entry = json.loads(line)
        except json.JSONDecodeError as error:
            raise CannotUnderstand(f"{name}, line {number}: not JSON ({error.msg})") from error
        if not needed <= entry.keys() <= keys:
            raise CannotUnderstand(f"{name}, line {number}: unknown or missing key in {sorted(entry)}")
        yield entry
