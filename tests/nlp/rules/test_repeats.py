"""No pattern repeats what can repeat itself: it would take one long word apart in all ways that there are."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from re import _constants as kinds  # type: ignore[attr-defined]  # the parser of patterns is not public
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import kg
from kg.nlp.rules import pattern_files
from kg.nlp.rules.pattern_files import pattern, rules

REPEATS = (kinds.MAX_REPEAT, kinds.MIN_REPEAT)
FEW = 5
"""So many repeats at most are no trouble."""


def may_be_empty(part: tuple[Any, Any]) -> bool:
    kind, what = part
    if kind in (*REPEATS, kinds.POSSESSIVE_REPEAT):
        return what[0] == 0 or all(map(may_be_empty, what[2]))
    if kind is kinds.SUBPATTERN:
        return all(map(may_be_empty, what[3]))
    if kind is kinds.BRANCH:
        return any(all(map(may_be_empty, each)) for each in what[1])
    if kind is kinds.AT:
        return what is not kinds.AT_END_STRING  # is there once, so nothing can be repeated over it
    return kind in (kinds.ASSERT, kinds.ASSERT_NOT, kinds.GROUPREF_EXISTS)


def repeats_itself(parts: Any) -> bool:
    """Whether parts in a row can be one long repeat of one thing, all else left out."""
    seen = [part for part in parts if part[0] not in (kinds.AT, kinds.ASSERT, kinds.ASSERT_NOT)]
    needed = [part for part in seen if not may_be_empty(part)]
    return len(needed) <= 1 and any(map(is_repeat, needed or seen))


def is_repeat(part: tuple[Any, Any]) -> bool:
    kind, what = part
    if kind in REPEATS:
        return bool(what[1] > FEW)
    if kind is kinds.SUBPATTERN:
        return repeats_itself(what[3])
    return kind is kinds.BRANCH and any(map(repeats_itself, what[1]))


def repeated_repeats(parts: Any) -> Iterator[Any]:
    """The repeats of what can repeat itself: the text between two of them is matched in many ways."""
    for kind, what in parts:
        if kind in REPEATS and what[1] > FEW and repeats_itself(what[2]):
            yield what
        if kind in REPEATS or kind is kinds.POSSESSIVE_REPEAT:
            yield from repeated_repeats(what[2])
        elif kind is kinds.SUBPATTERN:
            yield from repeated_repeats(what[3])
        elif kind in (kinds.ASSERT, kinds.ASSERT_NOT):
            yield from repeated_repeats(what[1])
        elif kind is kinds.ATOMIC_GROUP:
            yield from repeated_repeats(what)
        elif kind is kinds.BRANCH:
            for each in what[1]:
                yield from repeated_repeats(each)


def trouble(regex: re.Pattern[Any]) -> list[Any]:
    return list(repeated_repeats(parser.parse(regex.pattern, regex.flags & ~re.UNICODE & ~re.DEBUG)))


def of_rules() -> Iterator[tuple[str, re.Pattern[str]]]:
    for path in sorted(pattern_files.FOLDER.iterdir()):
        for rule in rules(path.stem):
            if rule.kind == "regex":
                yield f"{rule.file}:{rule.id}", pattern(rule.file, rule.id)


def of_modules() -> Iterator[tuple[str, re.Pattern[Any]]]:
    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern):
                    yield f"{module.name}.{name}", value


@pytest.mark.parametrize(
    ("regex", "found"),
    [
        (r"(?:\w+ ?)+ per", True),
        (r"(?:(?:\w+|\d) ?){1,8}$", True),
        (r"(?:\w+ )+per", False),
        (r"\w+(?: \w+)* per", False),
        (r"(?:.+(?:\n|\Z)){1,8}", False),
    ],
)
def test_repeats_of_repeats_are_found(regex: str, found: bool) -> None:
    assert bool(trouble(re.compile(regex))) is found


def test_no_rule_repeats_what_can_repeat_itself() -> None:
    assert [name for name, regex in of_rules() if trouble(regex)] == []


def test_no_pattern_of_the_code_repeats_what_can_repeat_itself() -> None:
    assert [name for name, regex in of_modules() if trouble(regex)] == []


@pytest.mark.parametrize("letters", ["x", "1", "X", "-"])
def test_no_rule_is_lost_in_one_long_word(letters: str) -> None:
    """Some milliseconds: the square of its length at most."""
    slow = {}
    for name, regex in of_rules():
        text = f"They said that 5 {letters * 1_000}, but"
        start = time.process_time()
        regex.search(text)
        slow[name] = time.process_time() - start
    assert {name: seconds for name, seconds in slow.items() if seconds > 1} == {}
