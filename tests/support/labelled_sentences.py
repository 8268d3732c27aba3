"""Labelled sentences of real reports: the labels are here, the words in the reports of the folder beside.

``tests/data/polarity/sentences.jsonl`` says where each stands, by the letters and digits before it, so that
spaces and line ends may change, and has the digest of its own letters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from samples import TESTS

from kg.reading import read

_END = re.compile(r"[.!?”’)]*")


@dataclass(frozen=True)
class LabelledSentence:
    """A sentence with its polarity; ``also`` are others that a reader could give it."""

    set: int
    file: str
    text: str
    polarity: str
    also: tuple[str, ...]


def rows() -> list[dict[str, Any]]:
    """The labels and places, without the words."""
    lines = (TESTS / "data" / "polarity" / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def labelled_sentences(folder: Path) -> Iterator[LabelledSentence]:
    """The sentences with their words, from the reports in ``folder``.

    Raises ValueError where other words stand at the place of a sentence.
    """
    for row in rows():
        text, places = _letters(folder / row["file"])
        first, last = row["at"], row["at"] + row["letters"] - 1
        start, end = places[first], places[last] + 1
        found = "".join(text[at].lower() for at in places[first : last + 1])
        if sha256(found.encode()).hexdigest()[:16] != row["sha256"]:
            raise ValueError(
                f"{row['file']}: other words stand at letter {first}: {text[start : start + 60]!r}"
            )
        tail = _END.match(text, end)
        said = re.sub(r"\s+", " ", text[start : tail.end() if tail else end]).replace("'", "’")
        also = tuple(row.get("or", ()))
        yield LabelledSentence(row["set"], row["file"], said, row["polarity"], also)


@cache
def _letters(file: Path) -> tuple[str, list[int]]:
    text = read(file).text
    return text, [at for at, char in enumerate(text) if char.isalnum()]
