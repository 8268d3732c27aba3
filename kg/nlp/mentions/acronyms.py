"""Abbreviations that a report defines in brackets after a name, and their later uses."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from kg.nlp.mentions.candidates import Candidate
from kg.nlp.mentions.words import Text, occurrences
from kg.nlp.rules.pattern_files import pattern


def find_acronyms(text: Text, resolved: Sequence[Candidate]) -> list[Candidate]:
    """Candidates for abbreviations of the resolved candidates; ``same_as`` is the start of the full name.

    Where several names of one label have the same abbreviation it is that of the first.
    """
    in_brackets = pattern("mention-context", "abbreviation")
    first: dict[tuple[str, str], Candidate] = {}
    for full in resolved:
        match = in_brackets.match(text.plain, full.end)
        if match and not full.nominal and _abbreviates(match["short"], text.plain[full.start : full.end]):
            first.setdefault((match["short"], full.label), full)
    kept = [use for full in resolved for use in _with_head(text, full)]
    spans = _spans(text.plain, {short for short, _ in first})
    return kept + [
        _use(start, end, full) for (short, _), full in first.items() for start, end in spans[short]
    ]


def _with_head(text: Text, full: Candidate) -> list[Candidate]:
    """The uses of an abbreviation that keeps the class noun of the name: "integrated offender management unit
    (IOM unit)"."""
    match = pattern("mention-context", "abbreviation-of-head").match(text.plain, full.end)
    name, _, head = text.plain[full.start : full.end].rpartition(" ")
    if match is None or full.nominal or match["head"] != head or not _abbreviates(match["short"], name):
        return []
    uses = occurrences(f"{match['short']} {head}", text.plain)
    return [_use(*use.span(), full) for use in uses]


def _abbreviates(short: str, name: str) -> bool:
    """Whether most of the capitals are initials of the name’s words, in order.

    >>> _abbreviates("OCSET", "online child sexual exploitation team"), _abbreviates("WMP", "Kent Police")
    (True, False)
    """
    letters = [c.lower() for c in short if c.isupper()]
    if len(letters) < 2:
        return False
    rest = iter(re.findall(r"[\w]", " ".join(name.lower().split())))
    initials = [w[0].lower() for w in re.findall(r"\w+", name)]
    return letters[0] == initials[0] and all(letter in rest for letter in letters)


def _spans(plain: str, shorts: Set[str]) -> dict[str, list[tuple[int, int]]]:
    """Where each abbreviation stands in the text, in brackets or bare, also with a plural s."""
    found: dict[str, list[tuple[int, int]]] = {short: [] for short in shorts}
    joined = {short for short in shorts if "&" in short}
    for short in joined:
        use = re.compile(rf"(?<![\w-]){re.escape(short)}s?(?![\w-])")
        found[short] = [match.span() for match in use.finditer(plain)]
    if shorts - joined:
        for word in re.finditer(r"[\w-]+", plain):
            for short in {word[0], word[0].removesuffix("s")}:
                if short in found and short not in joined:
                    found[short].append(word.span())
    return found


def _use(start: int, end: int, full: Candidate) -> Candidate:
    return Candidate(
        start,
        end,
        full.label,
        "abbreviation",
        full.entry,
        full.iri,
        full.name if full.iri else None,
        same_as=full.start,
        owner=full.owner,
        tentative=False,
        rank=0,
    )
