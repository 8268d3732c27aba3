"""Word lists and patterns of ``kg/nlp/patterns/*.json``: one object of lists of strings a file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent.parent / "patterns"


@cache
def word_lists(name: str) -> dict[str, tuple[str, ...]]:
    """The lists of ``patterns/{name}.json`` by their key; the entries are regular expressions."""
    data = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return {key: tuple(words) for key, words in data.items()}


def one_of(words: Iterable[str]) -> str:
    """A regular expression for any of them, longer ones first.

    >>> one_of(["a", "ab"])
    '(?:ab|a)'
    """
    return "(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))) + ")"


@lru_cache(maxsize=4096)
def compiled(regex: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression that is made from names; compiled once (``re`` itself keeps only a few)."""
    return re.compile(regex, flags)
