"""Word lists and head nouns of mentions as data: ``patterns/mention-{words,heads}.jsonl``."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import cache

from kg.model.text.verbs import forms_of
from kg.nlp.rules import pattern_files

_SETS = ("weak", "only", "not", "tentative", "strong")


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun of units or bodies and what its modifiers decide.

    ``only``: the word before the head must be one of these (if any are given). ``excluded``: none of these
    may stand in the name, nor two words beside each other that a hyphen joins here. ``weak``: a name needs a
    modifier besides these. ``tentative``: with these alone it is a name only if it shortens one that the
    report gives in full. ``strong``: two weak words that make a name together, joined by a hyphen.
    ``role`` is that of the rule.
    """

    id: str
    label: str
    role: str
    weak: frozenset[str]
    only: frozenset[str]
    excluded: frozenset[str]
    tentative: frozenset[str]
    strong: frozenset[str]


@cache
def words(identifier: str) -> Set[str]:
    """The words of one list of ``mention-words.jsonl``, in lower case; CannotUnderstand if there is none."""
    return pattern_files.word_set("mention-words", identifier)


@cache
def heads() -> dict[str, Head]:
    """Head nouns in lower case, singular and plural as the file lists them, to their rules."""
    found: dict[str, Head] = {}
    for rule in pattern_files.rules("mention-heads"):
        head = Head(rule.id, rule.label, rule.role, *(_set(rule.more.get(key, ())) for key in _SETS))
        found.update(dict.fromkeys(rule.more["heads"], head))
    return found


@cache
def verb_forms() -> frozenset[str]:
    """All forms of the verbs of ``verbs.jsonl`` and their particles, less what also stands inside names."""
    verbs = frozenset(pattern_files.words("verbs", "verbs")) - words("verbs-in-names")
    forms = {form for verb in verbs for form in forms_of(verb).all} | words("verb-particles")
    return frozenset(forms - words("verb-or-noun") - words("ing-nouns") - words("ed-nouns"))


def _set(entries: Iterable[str]) -> frozenset[str]:
    """The entries, with the words of a list for ``@list``."""
    named = (words(entry[1:]) if entry.startswith("@") else (entry,) for entry in entries)
    return frozenset(word for group in named for word in group)
