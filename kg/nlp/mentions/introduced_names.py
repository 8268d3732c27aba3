"""Names that the text introduces: after "called", in quotes beside a class noun, before "is a …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg.model.records import Span
from kg.nlp.mentions.candidates import Candidate
from kg.nlp.mentions.lexicon import words
from kg.nlp.mentions.name_patterns import is_name, is_national, trimmed
from kg.nlp.mentions.words import Text
from kg.nlp.rules.pattern_files import load_patterns, pattern
from kg.nlp.rules.prefilter import prefiltered

REACH = 9
"""How many words before "called" its class noun may stand."""
CLASSES = ("programme", "document", "system", "organisation", "operation", "unit", "body")


@cache
def class_nouns() -> dict[str, str]:
    """Class nouns, singular and plural, to the label of what they call by name."""
    found: dict[str, str] = {}
    for kind in CLASSES:
        for noun in words(f"name-heads-{kind}"):
            plural = (
                noun[:-1] + "ies"
                if noun.endswith("y")
                else noun + ("es" if noun.endswith(("s", "x", "ch")) else "s")
            )
            found[noun] = found[plural] = kind.upper()
    return found


def find_introduced(text: Text, known: Sequence[Candidate]) -> list[Candidate]:
    """Candidates for names that the text itself introduces."""
    found = []
    for rule in load_patterns("mention-called"):
        for match in prefiltered(text.plain).finditer(rule.regex):
            start, end = match.span("name")
            if rule.value == "after":
                start = trimmed(text, start, end, {})
            label = _label(text, match, rule.value) if start < end else None
            if rule.value == "quoted" and pattern("mention-context", "said").match(text.plain, end):
                label = None
            if label is not None and _is_new(text, start, end, known):
                owner = "" if is_national(text, start, end) else None
                found.append(Candidate(start, end, label, rule.id, owner=owner, rank=3, role="introduced"))
    return found + _more_quoted(text, found)


def _label(text: Text, match: re.Match[str], value: str) -> str | None:
    start, end = match.span("name")
    own = own_class(text, start, end)
    if value == "after" and pattern("mention-context", "service-that-helps").search(
        match.string, end, match.end()
    ):
        return "ORGANISATION"
    if value == "after" and own not in ("OPERATION", "UNIT", "BODY"):
        return class_nouns().get(match["class"].lower())
    if own is not None:
        return own
    if value != "quoted" or pattern("mention-context", "called").search(
        text.plain[max(0, start - 16) : start]
    ):
        return class_before(text, start)
    return class_after(text, match.end()) or class_before(text, start)


def own_class(text: Text, start: int, end: int) -> str | None:
    """The label that a name’s own words give: "Operation …", "… Guide"."""
    parts = re.findall(r"[\w-]+", text.plain[start:end].lower())
    if parts and parts[0] in words("operation-words"):
        return "OPERATION"
    named = [p for p in parts if not re.fullmatch(r"[\d-]+", p)]
    label = class_nouns().get(named[-1]) if len(named) > 1 else None
    return {"OPERATION": "PROGRAMME", "ORGANISATION": None}.get(label or "", label)


def class_before(text: Text, start: int) -> str | None:
    """The label of the nearest class noun before an offset, in the same sentence."""
    begin = max(text.sentence(start)[0], start - 25 * REACH)
    before = re.findall(r"[\w-]+(?!\w|'s)|[;:()]", text.plain[begin:start].lower())
    for word in reversed(before[-REACH:]):
        if word in class_nouns():
            return class_nouns()[word]
        if word in ";:":
            return None
    return None


def class_after(text: Text, end: int) -> str | None:
    """The label of a class noun within three words after a quoted name: ‘X’ training programme."""
    behind = pattern("mention-context", "behind-quoted")
    after = behind.match(text.plain, end, min(end + 130, len(text.plain)))
    for word in after[1].split() if after else ():
        if word in class_nouns():
            return class_nouns()[word]
        if word in words("closed"):
            return None
    return None


def _is_new(text: Text, start: int, end: int, known: Sequence[Candidate]) -> bool:
    named = is_name(text, start, end) or _is_title(text, start, end)
    return named and not any(c.start <= start and end <= c.end for c in known)


def _is_title(text: Text, start: int, end: int) -> bool:
    """Whether ordinary words have capitals inside a sentence, as in the title of a course."""
    parts = text.plain[start:end].split()
    inside = start in text.index and not text.words[text.index[start]].opens
    ordinary = all(part.lower() in words("not-names") for part in parts)
    return inside and len(parts) > 1 and not ordinary and all(p[0].isupper() and p.isalpha() for p in parts)


def _more_quoted(text: Text, found: Sequence[Candidate]) -> list[Candidate]:
    """Quoted names that follow a named one: called ‘A’ and ‘B’."""
    more: list[Candidate] = []
    for candidate in found:
        match = pattern("mention-context", "quoted-too").match(text.plain, candidate.end)
        if match and is_name(text, *match.span("name")):
            span: Span = match.span("name")
            more.append(replace(candidate, start=span[0], end=span[1]))
    return more
