"""Persons: signature lines, From and To lines of letters, names with a title or an office."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.model.records import Mention, Span
from kg.nlp.mentions.candidates import Candidate
from kg.nlp.mentions.lexicon import words
from kg.nlp.mentions.words import Text, occurrences
from kg.nlp.rules.pattern_files import load_patterns, pattern
from kg.nlp.rules.prefilter import prefiltered

_HONOURS = re.compile(r"(?: [A-Z]{2,4})+$")


def find_people(text: Text, known: Sequence[Candidate]) -> list[Candidate]:
    """Candidates for persons; a known name is none. A name found once is found again in the whole text."""
    taken = [c for c in known if c.label not in ("PLACE", "ROLE")]
    spans = {s: rule for s, rule in _spans(text, known) if not any(c.overlaps(*s) for c in taken)}
    spans = {s: rule for s, rule in spans.items() if _is_person(text.plain[s[0] : s[1]])}
    names = sorted({text.plain[s:e] for s, e in spans})
    for name in names:
        for match in occurrences(name, text.plain):
            spans.setdefault(match.span(), "person-again")
    return [Candidate(s, e, "PERSON", rule, owner="", rank=1) for (s, e), rule in sorted(spans.items())]


def offices_of(text: str, mentions: Sequence[Mention]) -> dict[str, tuple[str, ...]]:
    """The offices that people are named with, by the IRI of the person: one signed below the name, in
    apposition to it ("Jane Example, the chief constable"), or a title before it ("Chief Constable Jane …").
    ``mentions`` are in the order of the text."""
    held: dict[str, dict[str, None]] = {}
    after = pattern("mention-context", "holds-after")
    for first, second in pairwise(mentions):
        between = text[first.end : second.start]
        if (first.label, second.label) == ("PERSON", "ROLE") and after.match(between):
            person, office = first, second
        elif (first.label, second.label) == ("ROLE", "PERSON") and between == " " and first.text[0].isupper():
            person, office = second, first
        else:
            continue
        if person.entity is not None and office.entity is not None:
            held.setdefault(person.entity, {})[office.entity] = None
    return {person: tuple(offices) for person, offices in held.items()}


def _spans(text: Text, known: Sequence[Candidate]) -> Iterator[tuple[Span, str]]:
    for rule in load_patterns("mention-people"):
        for match in prefiltered(text.plain).finditer(rule.regex):
            if rule.value == "block":
                yield from _block(match)
            else:
                yield match.span("name"), rule.id
    name_after = pattern("mention-context", "name-after-office")
    name_before = pattern("mention-context", "name-before-office")
    for role in (c for c in known if c.label == "ROLE"):
        after = name_after.match(text.plain, role.end)
        if after and (bool(after["more"]) if after[0][0] == "," else text.plain[role.start].isupper()):
            yield after.span("name"), "person-office"
        before = name_before.search(text.plain, max(0, role.start - 60), role.start)
        if before:
            yield before.span("name"), "person-office"


def _block(match: re.Match[str]) -> Iterator[tuple[Span, str]]:
    """Each line of a From, To or Cc block begins with a name."""
    for line in re.finditer(r"(?m)^(?P<name>[A-Z][\w'.-]*(?: [A-Z][\w'.-]*){1,3})(?=,|$| -)", match["lines"]):
        offset = match.start("lines")
        name = _HONOURS.sub("", line["name"])
        yield (offset + line.start("name"), offset + line.start("name") + len(name)), "person-letter"


def _is_person(name: str) -> bool:
    parts = [p.lower() for p in name.split()]
    parts = parts[1:] + parts[1:] if parts[0].rstrip(".") in words("titles") else parts
    return len(parts) > 1 and not any(p in words("not-persons") or p in words("closed") for p in parts)
