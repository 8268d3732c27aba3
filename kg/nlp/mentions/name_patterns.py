"""Names by their form: "Operation X", "… Act 2010", "X City Council" (``patterns/mention-forms.jsonl``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.model.records import Span
from kg.nlp.mentions.candidates import Candidate
from kg.nlp.mentions.lexicon import verb_forms, words
from kg.nlp.mentions.words import Text, Word, occurrences
from kg.nlp.rules.pattern_files import Pattern, load_patterns, pattern
from kg.nlp.rules.prefilter import prefiltered

_RANKS = {"whole-name": 2, "vague-name": 6}
"""Ranks by the role of the rule, where they are not the usual one."""
_CLOSERS = {"ORGANISATION", "FORCE", "PERSON", "ROLE", "SYSTEM", "OPERATION", "DOCUMENT"}
_BARE_NAMES = {"bare-name", "repeated-name", "vague-name"}
"""Roles of rules whose match says nothing by its form: a capital must not only open a sentence."""
_OFFICES = {"commissioner", "commissioners-office"}
"""Roles of rules for offices, whose names have the name of a force in them and may be one word."""
_NEEDS_WORDS = {"ORGANISATION", "DOCUMENT", "PROGRAMME"}


def find_by_pattern(text: Text, known: Sequence[Candidate]) -> list[Candidate]:
    """Candidates for names whose form says what they are; ``known`` names beside an "and" are left out."""
    by_start = {c.start: c for c in known if c.label in _CLOSERS}
    owners = {
        c.start for c in known if c.label in ("FORCE", "ORGANISATION") and text.plain.startswith("'", c.end)
    }
    publishers = {c.start for c in known}
    exact = {(c.start, c.end) for c in known}
    found = []
    for rule in load_patterns("mention-forms"):
        for start, end in _spans(rule, text):
            start = trimmed(text, start, end, {} if rule.role in _OFFICES else by_start)
            if rule.value != "OPERATION" and (
                others := pattern("mention-context", "with-others").match(text.plain, start, end)
            ):
                start = others.end()
            if (
                start < end
                and (start, end) not in exact
                and start not in owners
                and not (rule.role == "class-noun" and start in publishers)
                and _is_likely(text, start, end, rule)
            ):
                owner = "" if is_national(text, start, end) else None
                rank = _RANKS.get(rule.role, 4)
                found.append(
                    Candidate(start, end, rule.value, rule.id, owner=owner, rank=rank, role=rule.role)
                )
    return found


def _spans(rule: Pattern, text: Text) -> Iterator[Span]:
    """The named groups of each match, or all of it; overlapping starts are tried too."""
    two_bodies = pattern("mention-context", "two-bodies")
    for match in prefiltered(text.plain).finditer(rule.regex):
        groups: list[str | int] = [name for name in rule.regex.groupindex if match[name]]
        if groups and _says_more(match):
            continue
        for group in groups or [0]:
            start, end = match.span(group)
            join = two_bodies.match(text.plain[start:end]) if rule.value == "ORGANISATION" else None
            if join and join["own"]:
                yield start + join.start("own"), end
            elif join:
                yield start + join.start("left"), start + join.end("left")
                yield start + join.start("right"), end
            else:
                yield start, end


def _says_more(match: re.Match[str]) -> bool:
    """Whether the words after the name are no modifiers of its class noun: "X University run courses"."""
    after = match.string[match.end(match.lastgroup or 0) : match.end()].lower().split()
    return any(word in words("closed") or word in verb_forms() for word in after)


def is_national(text: Text, start: int, end: int) -> bool:
    """Whether a name is a national thing’s: by its own words or by those right before it."""
    before = text.plain[max(text.sentence(start)[0], start - 30) : start]
    own = pattern("mention-context", "national").search(text.plain[start:end])
    return bool(own or pattern("mention-context", "national-before").search(before))


def trimmed(text: Text, start: int, end: int, known: Mapping[int, Candidate]) -> int:
    """The start without words that open a sentence, and without a known name before an "and"."""
    while start < end and start in text.index:
        word = text.words[text.index[start]]
        there = known.get(start)
        if there is not None and text.plain[there.end : end].startswith((" and ", ", ")):
            skip = pattern("mention-context", "after-known-name").match(text.plain[there.end : end])
            start = there.end + (skip.end() if skip else 1)
        elif word.opens and (
            lead := pattern("mention-context", "sentence-lead").match(text.plain, start, end)
        ):
            start = lead.end()
        elif abbreviated := pattern("mention-context", "abbreviation-and").match(text.plain, start, end):
            start = abbreviated.end()
        elif _opens_no_name(word):
            following = text.index[start] + 1
            start = text.words[following].start if following < len(text.words) else len(text.raw)
        else:
            break
    return start


def _opens_no_name(word: Word) -> bool:
    """Whether a word with a capital only opens a sentence or is an article."""
    if not word.opens:
        return word.lower in words("articles")
    lower = word.lower
    return lower not in words("name-openers") and (lower in words("closed") or lower in verb_forms())


def _is_likely(text: Text, start: int, end: int, rule: Pattern) -> bool:
    """Whether what is left of a match is still a name."""
    piece = text.plain[start:end]
    parts = piece.split()
    if not piece[0].isalnum():
        return False
    if rule.role == "class-noun":
        return len(parts) > 1 and is_name(text, start, end - len(parts[-1]) - 1)
    if rule.role == "slogan":
        return _is_slogan(piece)
    if rule.role in _BARE_NAMES:
        return is_name(text, start, end)
    if all(part.lower() in words("names-of-bodies") for part in parts):
        return False
    if rule.value in _NEEDS_WORDS and piece[0].isupper() and rule.role not in _OFFICES:
        return len(parts) > 1
    return True


def _is_slogan(piece: str) -> bool:
    """Whether the parts of a name are alike and share a word: "Your Town, Your Say"."""
    parts = [part.lower().split() for part in piece.split(", ")]
    shared = set(parts[0]).intersection(*parts[1:]) - words("closed") - words("names-of-bodies")
    alike = len(parts) > 1 and len({len(part) for part in parts}) == 1
    return alike and bool(shared or words("slogan-pronouns") & set(parts[0]) & set(parts[-1]))


def is_name(text: Text, start: int, end: int) -> bool:
    """Whether a capitalised piece is a name rather than an ordinary word with a capital."""
    parts = [p for p in re.split(r"[ \"']+", text.plain[start:end]) if p]
    if not parts or start not in text.index or not parts[0][0].isupper():
        return False
    if all(p.lower() in words("not-names") or p.lower() in words("closed") for p in parts):
        return False
    word = text.words[text.index[start]]
    return (
        len(parts) > 1
        or not word.opens
        or text.plain[start:end].isupper()
        or any(c.isupper() for c in parts[0][1:])
    )


def numbered(text: Text, found: Iterable[Candidate]) -> list[Candidate]:
    """The candidates with the number that ends their name: "Project Sentry 2", "Resort Support Team 3"; of a
    unit also with the point of the compass, "CID North". What a vocabulary names has its own."""
    ends = pattern("mention-context", "numbered")
    whole = []
    for candidate in found:
        capital = text.plain[candidate.start : candidate.end].rpartition(" ")[2][:1].isupper()
        can = candidate.label in _NUMBERED and candidate.iri is None and capital
        more = ends.match(text.plain, candidate.end) if can else None
        fits = more is not None and (more["number"] or candidate.label == "UNIT")
        whole.append(replace(candidate, end=more.end()) if more is not None and fits else candidate)
    return whole


_NUMBERED = ("OPERATION", "PROGRAMME", "SYSTEM", "UNIT")
"""Labels of names that may end in a number."""


def names_again(text: Text, found: Iterable[Candidate]) -> list[Candidate]:
    """Later and earlier bare uses of names that one place of the text gives as names."""
    again = []
    for name, first in sorted({text.plain[c.start : c.end]: c for c in reversed(list(found))}.items()):
        for match in occurrences(name, text.plain):
            if match.start() != first.start and is_name(text, *match.span()):
                again.append(
                    Candidate(
                        *match.span(),
                        first.label,
                        first.pattern + "-again",
                        first.entry,
                        first.iri,
                        first.name,
                        owner=first.owner,
                        rank=7,
                    )
                )
    return again
