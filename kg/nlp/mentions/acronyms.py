"""Abbreviations that a report defines in brackets after a name, and their later uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.nlp.mentions.candidates import Candidate
from kg.nlp.mentions.words import Text
from kg.nlp.rules.pattern_files import compiled, pattern
from kg.nlp.rules.prefilter import prefiltered


def find_acronyms(text: Text, resolved: Sequence[Candidate]) -> list[Candidate]:
    """Candidates for abbreviations of the resolved candidates; ``same_as`` is the start of the full name."""
    in_brackets = pattern("mention-context", "abbreviation")
    found: list[Candidate] = []
    for full in resolved:
        match = in_brackets.match(text.plain, full.end)
        if match and not full.nominal and _abbreviates(match["short"], text.plain[full.start : full.end]):
            found.extend(_uses(text, full, match))
    return found


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


def _uses(text: Text, full: Candidate, match: re.Match[str]) -> Iterable[Candidate]:
    """The abbreviation in the brackets, and its bare uses anywhere in the text."""
    short = compiled(rf"(?<![\w-]){re.escape(match['short'])}s?(?![\w-])")
    for use in prefiltered(text.plain).finditer(short):
        yield Candidate(
            *use.span(),
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
