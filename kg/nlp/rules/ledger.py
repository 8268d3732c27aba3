"""Where each rule fires while texts are read: counted at the places where the rules are applied.

A rule that fires on no real text is a question: is there a real wording that it is for, or can it go?
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from typing import Any, cast

from kg.model.text.verbs import forms_of
from kg.nlp.rules.pattern_files import FOLDER, GRADES, Rule, expanded, one_of, rules, word_lists
from kg.nlp.rules.prefilter import may_match

Key = tuple[str, str]
"""File and id of a rule."""
_AROUND = 30
_COMPOUND = re.compile(r"[\w’]+(?:-[\w’]+)+")
_AS_WORDS = r"(?:(?<!\w)|(?!\w))(?:{})(?:(?!\w)|(?<!\w))"


@dataclass
class Ledger:
    """Counts of hits by rule, and by entry of a list, with some words of the first; an ``Observer``."""

    text: str = ""
    hits: Counter[Key] = field(default_factory=Counter)
    entries: Counter[tuple[Key, str]] = field(default_factory=Counter)
    texts: dict[Key, set[str]] = field(default_factory=dict)
    words: dict[Key, str] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)
    """The texts by their names, in lower case."""

    def count(self, key: Key, words: str) -> None:
        self.hits[key] += 1
        self.texts.setdefault(key, set()).add(self.text)
        self.words.setdefault(key, words)

    def regex(self, regex: re.Pattern[str], rule: Rule | None) -> re.Pattern[str]:
        parts = [_Part(rule, ()), *_named_in(rule, regex.pattern)] if rule else list(_made_of(regex.pattern))
        return cast("re.Pattern[str]", _Counted(regex, self, parts)) if parts else regex

    def word_set(self, file: str, identifier: str, entries: frozenset[str]) -> Set[str]:
        return _CountedSet(entries, ledger=self, keys=[((file, identifier), entries)])

    def texts_with(self, entry: str) -> list[str]:
        """The texts in which an entry of a list occurs, whatever is made of it there.

        >>> Ledger(read={"a": "they failed", "b": "a failure"}).texts_with("fail(?:s|ed)?")
        ['a']
        """
        words = entry.replace("-", "[- ]") if _COMPOUND.fullmatch(entry) else _usable(entry)
        regex = re.compile(_AS_WORDS.format(words), re.IGNORECASE | re.MULTILINE)
        may = [name for name, text in self.read.items() if may_match(regex, text)]
        return [name for name in may if regex.search(self.read[name])]

    def occurring(self, rule: Rule) -> Counter[str]:
        """Of a list that code turns into a table, in how many texts each entry occurs."""
        entries = word_lists(rule.file)[rule.id]
        forms = {each: one_of(forms_of(each).all) if rule.file == "verbs" else each for each in entries}
        return Counter({entry: len(self.texts_with(form)) for entry, form in forms.items()})


@dataclass(frozen=True)
class _Part:
    """A rule that a regex has in it. Of a list also its entries, compiled, and whether they are a guard: what
    must not stand there, so that the list does its work where there is no match."""

    rule: Rule
    entries: tuple[tuple[str, re.Pattern[str]], ...]
    guard: bool = False


def _named_in(rule: Rule, regex: str) -> Iterator[_Part]:
    """The lists of its file that a regex rule names as ``<NAME>``, by itself or in a fragment."""
    if "<" in rule.body:
        yield from (part for part in _made_of(regex) if part.rule.file == rule.file and part.entries)


def _made_of(regex: str) -> Iterator[_Part]:
    """The lists whose alternatives stand in a regex, and the rule whose grades were put into it."""
    for rule in every_rule():
        if rule.kind == "words" and (at := regex.find(one_of(rule.body))) >= 0:
            entries = tuple((entry, re.compile(_usable(entry), re.IGNORECASE)) for entry in rule.body)
            yield _Part(rule, entries, regex[:at].endswith(("(?!", "(?<!")))
        elif rule.kind == "words" and (slotted := [e for e in rule.body if "{" in e]):
            for entry in slotted:
                if re.fullmatch(".+?".join(map(re.escape, re.split(r"\{[a-z]+\}", entry))), regex, re.DOTALL):
                    yield _Part(rule, ((entry, re.compile("")),))
        elif rule.kind == "regex" and regex == expanded(rule):
            yield _Part(rule, ())
        elif rule.kind == "words" and regex in rule.body:
            yield _Part(rule, ((regex, re.compile("")),))
        elif rule.kind == "regex" and GRADES in rule.body:
            pieces = map(re.escape, expanded(rule).split(GRADES))
            if re.fullmatch(".+?".join(pieces), regex, re.DOTALL):
                yield _Part(rule, ())


def _usable(entry: str) -> str:
    """An entry with what fills its slots when a report is read: any words."""
    return re.sub(r"\{[a-z]+\}", r"[\\w’'-]+(?: [\\w’'-]+){0,4}", entry)


def every_rule() -> list[Rule]:
    return [rule for path in sorted(FOLDER.glob("*.jsonl")) for rule in rules(path.stem)]


class _Counted:
    """A compiled expression that counts its matches."""

    def __init__(self, regex: re.Pattern[str], ledger: Ledger, parts: Iterable[_Part]) -> None:
        self._regex, self._ledger, self._parts = regex, ledger, list(parts)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._regex, name)

    def _count(self, match: re.Match[str] | None) -> re.Match[str] | None:
        if match is not None:
            around = match.string[max(0, match.start() - _AROUND) : match.end() + _AROUND]
            for part in self._parts:
                if not part.guard:
                    self._count_part(part, match[0], around)
        return match

    def _count_part(self, part: _Part, words: str, around: str) -> None:
        key = (part.rule.file, part.rule.id)
        found = [entry for entry, regex in part.entries if regex.search(words)]
        self._ledger.entries.update((key, entry) for entry in found)
        if found or not part.entries:
            self._ledger.count(key, around)

    def _tried(self, text: str) -> None:
        for part in self._parts:
            if part.guard:
                self._count_part(part, text, text[: 2 * _AROUND])

    def search(self, *args: Any) -> re.Match[str] | None:
        self._tried(args[0])
        return self._count(self._regex.search(*args))

    def match(self, *args: Any) -> re.Match[str] | None:
        self._tried(args[0])
        return self._count(self._regex.match(*args))

    def fullmatch(self, *args: Any) -> re.Match[str] | None:
        self._tried(args[0])
        return self._count(self._regex.fullmatch(*args))

    def finditer(self, *args: Any) -> Iterator[re.Match[str]]:
        for match in self._regex.finditer(*args):
            self._count(match)
            yield match

    def findall(self, *args: Any) -> list[Any]:
        for match in self._regex.finditer(*args):
            self._count(match)
        return self._regex.findall(*args)

    def split(self, text: str, *args: Any) -> list[Any]:
        list(self.finditer(text))
        return self._regex.split(text, *args)

    def sub(self, put: Any, text: str, *args: Any) -> str:
        list(self.finditer(text))
        return self._regex.sub(put, text, *args)


class _CountedSet(frozenset[str]):
    """A set of words that counts which were found in it, for each of the lists that it is made of."""

    _ledger: Ledger
    _keys: list[tuple[Key, frozenset[str]]]

    def __new__(
        cls, entries: Iterable[str], ledger: Ledger, keys: list[tuple[Key, frozenset[str]]]
    ) -> _CountedSet:
        made = super().__new__(cls, entries)
        made._ledger, made._keys = ledger, keys
        return made

    def __contains__(self, word: object) -> bool:
        found = super().__contains__(word)
        for key, entries in self._keys if found else ():
            if word in entries:
                self._ledger.count(key, str(word))
                self._ledger.entries[key, str(word)] += 1
        return found

    def __or__(self, other: Set[Any]) -> _CountedSet:
        return self._made(super().__or__(other), other)

    def __sub__(self, other: Set[Any]) -> _CountedSet:
        return self._made(super().__sub__(other), other)

    def _made(self, entries: frozenset[str], other: object) -> _CountedSet:
        keys = [*self._keys, *(other._keys if isinstance(other, _CountedSet) else ())]
        return _CountedSet(entries, self._ledger, keys)
