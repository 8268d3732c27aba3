"""Different reports for benchmarks: N texts made from those of this repository.

    python benchmarks/corpus.py FOLDER --reports 200

Each text is the seed or one of the made-up reports of the tests, on another body, with other numbers, some
paragraphs left out and neighbours exchanged, so that no two are alike; the same number always gives the same
bytes. Real names of bodies are taken first, then made-up ones, each for up to five reports. What such a text
says is nonsense: nothing but speed and size is measured on it.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from kg.model.bodies import load_bodies
from kg.model.vocab import KG

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "seeds" / "west-midlands-peel-2023-25.txt"
CYCLES = 5
"""Reports on one body."""
_KIND_OF_BODY = re.compile(r"\s+(Police|Constabulary|Fire (?:and|&) Rescue Service|Fire Service|Fire)\b.*")
_NUMBER = re.compile(r"(?<![\d.,/–-])\d{2,3}(?:,\d{3})*(?:\.\d+)?(?![\d/,–-]|\.\d)(?! [A-Z][a-z]+ \d{4})")
_LONG = 200
"""Characters of what is taken for a paragraph that a report can do without."""
_SYLLABLES = (
    ("Ash", "Brack", "Carl", "Dun", "El", "Fen", "Gar", "Hol", "Ken", "Lin", "Mar", "Nor", "Pen", "Wyn"),
    ("den", "der", "field", "ham", "ley", "low", "mer", "ming", "stow", "ther", "ton", "wick"),
    ("shire", "dale", "side", "vale", "marsh", "ford"),
)


def reports(number: int) -> Iterator[tuple[str, str]]:
    """File names and texts of so many different reports."""
    yield from islice(_all(), number)


def write(folder: Path, number: int) -> list[Path]:
    """Writes so many reports into a folder; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in reports(number):
        paths.append(folder / name)
        paths[-1].write_text(text, encoding="utf-8")
    return paths


def _all() -> Iterator[tuple[str, str]]:
    originals = list(_originals())
    for number in count():
        text, stem, kind = (
            originals[0] if number % 2 == 0 else originals[1 + number // 2 % (len(originals) - 1)]
        )
        other = list(islice(_stems(kind), number // CYCLES + 1))[-1]
        yield f"r{number:05d}.txt", _varied(text.replace(stem, other), random.Random(number))


def _originals() -> Iterator[tuple[str, str, str]]:
    """The texts, each with the name of its body without the kind of body, and the class of body."""
    yield SEED.read_text(encoding="utf-8"), "West Midlands", KG.PoliceForce
    for path in sorted(ROOT.glob("tests/*/*/mentions.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        report = path.with_name("report.txt")
        found = [json.loads(line) for line in lines]
        bodies = Counter(each["entity"] for each in found if each["label"] == "FORCE" and not each["nominal"])
        if bodies and report.exists():
            name = bodies.most_common(1)[0][0]
            kind = KG.FireService if "Fire" in name else KG.PoliceForce
            yield report.read_text(encoding="utf-8"), _KIND_OF_BODY.sub("", name), kind


def _stems(kind: str) -> Iterator[str]:
    """Names of bodies without their kind: the real ones of the vocabulary, then made-up ones."""
    real = [_KIND_OF_BODY.sub("", body.names[0]) for body in load_bodies() if body.kind == kind]
    yield from dict.fromkeys(real)
    for first in _SYLLABLES[0]:
        for second in _SYLLABLES[1]:
            for third in _SYLLABLES[2]:
                yield first + second + third


def _varied(text: str, chance: random.Random) -> str:
    """The text with other numbers, without some of its paragraphs, and with some exchanged."""
    lines = [line for line in text.splitlines() if len(line) < _LONG or chance.random() < 0.85]
    for at in range(len(lines) - 1):
        if min(len(lines[at]), len(lines[at + 1])) >= _LONG and chance.random() < 0.3:
            lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return _NUMBER.sub(lambda found: _other_number(found[0], chance), "\n".join(lines)) + "\n"


def _other_number(text: str, chance: random.Random) -> str:
    """A number of the same form that is a tenth more or less at most."""
    whole, _, part = text.replace(",", "").partition(".")
    value = max(10, round(int(whole) * chance.uniform(0.9, 1.1)))
    return f"{value:,}.{part}" if part else f"{value:,}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reports", type=int, default=50)
    given = parser.parse_args()
    paths = write(given.folder, given.reports)
    words = sum(len(path.read_text(encoding="utf-8").split()) for path in paths)
    print(f"{len(paths):,} reports, {words:,} words, in {given.folder}")


if __name__ == "__main__":
    main()
