"""Names by their form: "Operation X", "… Act 2010", "X City Council" (``patterns/mention-forms.jsonl``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.model.records import Span
from kg.nlp.mentions.candidates import Candidate
from kg.nlp.mentions.lexicon import verb_forms, words
from kg.nlp.mentions.words import Text, Word
from kg.nlp.rules.needles import haystack
from kg.nlp.rules.pattern_files import Pattern, compiled, load_patterns

_RANKS = {
    "form-force": 2,
    "form-fire-service": 2,
    "form-operation": 2,
    "form-network": 6,
    "form-person-from": 6,
    "form-name-with-year": 6,
    "form-system-which": 6,
}
_NATIONAL = re.compile(
    r"\b(?:national|nationally|(?-i:National|UK|HM|Home Office|College of Policing))\b", re.I
)
_LEAD = re.compile(
    r"(?!sections? )\w+ (?:\w+ )?(?:on|under|in|by|with|from|to|at|within|of|for) (?:the|our) (?=[A-Z])", re.I
)
_CLOSERS = {"ORGANISATION", "FORCE", "PERSON", "ROLE", "SYSTEM", "OPERATION", "DOCUMENT"}
_ARTICLES = {"the", "a", "an", "our", "its", "this", "their"}
_JOINED = re.compile(
    r"(?:\w+ )?(?P<left>(?:University|Institute|College|Department|Ministry|Office) (?:of|for) .+?)"
    r" and (?:the )?"
    r"(?P<right>[A-Z].*\b(?:University|Council|Service|Trust|Agency|Authority|College|Police|Constabulary))$"
)
_BARE_NAMES = {
    "form-approach",
    "form-programme-noun",
    "form-system-noun",
    "form-network",
    "form-person-from",
    "form-name-with-year",
    "form-system-which",
    "form-camel-service",
}
_PRONOUNS = {"you", "your", "our", "my", "it", "we", "us"}
_SHARED = {"police", "constabulary", "council", "county", "city", "service", "university", "college", "trust"}
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
    for pattern in load_patterns("mention-forms"):
        for start, end in _spans(pattern, text):
            start = trimmed(text, start, end, {} if "commissioner" in pattern.id else by_start)
            if (
                start < end
                and (start, end) not in exact
                and start not in owners
                and not (pattern.id == "form-document-noun" and start in publishers)
                and _likely(text, start, end, pattern)
            ):
                found.append(_candidate(text, start, end, pattern))
    return found


def _spans(pattern: Pattern, text: Text) -> Iterator[Span]:
    """The named groups of each match, or all of it; overlapping starts are tried too."""
    for match in haystack(text.plain).finditer(pattern.regex):
        groups: list[str | int] = [name for name in pattern.regex.groupindex if match[name]]
        if groups and _says_more(match):
            continue
        for group in groups or [0]:
            start, end = match.span(group)
            join = _JOINED.match(text.plain[start:end]) if pattern.value == "ORGANISATION" else None
            if join:
                yield start + join.start("left"), start + join.end("left")
                yield start + join.start("right"), end
            else:
                yield start, end


def _says_more(match: re.Match[str]) -> bool:
    """Whether the words after the name are no modifiers of its class noun: "X University run courses"."""
    after = match.string[match.end(match.lastgroup or 0) : match.end()].lower().split()
    return any(word in words("closed") or word in verb_forms() for word in after)


def _candidate(text: Text, start: int, end: int, pattern: Pattern) -> Candidate:
    rank = _RANKS.get(pattern.id, 4)
    owner = "" if is_national(text, start, end) else None
    return Candidate(start, end, pattern.value, pattern.id, owner=owner, rank=rank)


def is_national(text: Text, start: int, end: int) -> bool:
    """Whether a name is a national thing’s: by its own words or by those right before it."""
    before = text.plain[max(text.sentence(start)[0], start - 30) : start]
    return bool(_NATIONAL.search(text.plain[start:end]) or re.search(r"\bnational (?:\w+ )?[\"']?$", before))


def trimmed(text: Text, start: int, end: int, known: Mapping[int, Candidate]) -> int:
    """The start without words that open a sentence, and without a known name before an "and"."""
    while start < end and start in text.index:
        word = text.words[text.index[start]]
        there = known.get(start)
        if there is not None and text.plain[there.end : end].startswith((" and ", ", ")):
            skip = re.match(r"(?:,? and |, )(?:the |our )?", text.plain[there.end : end])
            start = there.end + (skip.end() if skip else 1)
        elif word.opens and (lead := _LEAD.match(text.plain, start, end)):
            start = lead.end()
        elif _no_name(word):
            start = _next_word(text, start)
        else:
            break
    return start


def _no_name(word: Word) -> bool:
    """Whether a word with a capital only opens a sentence or is an article."""
    if not word.opens:
        return word.lower in _ARTICLES
    lower = word.lower
    return lower not in words("name-openers") and (lower in words("closed") or lower in verb_forms())


def _next_word(text: Text, start: int) -> int:
    i = text.index[start] + 1
    return text.words[i].start if i < len(text.words) else len(text.raw)


def _likely(text: Text, start: int, end: int, pattern: Pattern) -> bool:
    """Whether what is left of a match is still a name."""
    piece = text.plain[start:end]
    parts = piece.split()
    if not piece[0].isalnum():
        return False
    if pattern.id == "form-document-noun":
        return len(parts) > 1 and is_name(text, start, end - len(parts[-1]) - 1)
    if pattern.id == "form-slogan":
        return _is_slogan(piece)
    if pattern.id in _BARE_NAMES:
        return is_name(text, start, end)
    if pattern.value in _NEEDS_WORDS and piece[0].isupper() and "commissioner" not in pattern.id:
        return len(parts) > 1
    return True


def _is_slogan(piece: str) -> bool:
    """Whether the parts of a name are alike and share a word: "Your Town, Your Say"."""
    parts = [part.lower().split() for part in piece.split(", ")]
    shared = set(parts[0]).intersection(*parts[1:]) - words("closed") - _SHARED
    alike = len(parts) > 1 and len({len(part) for part in parts}) == 1
    return alike and bool(shared or _PRONOUNS & set(parts[0]) & set(parts[-1]))


def is_name(text: Text, start: int, end: int) -> bool:
    """Whether a capitalised piece is a name rather than an ordinary word with a capital."""
    parts = [p for p in re.split(r"[ \"']+", text.plain[start:end]) if p]
    if not parts or start not in text.index or not parts[0][0].isupper():
        return False
    if all(p.lower() in words("not-names") or p.lower() in words("closed") for p in parts):
        return False
    word = text.words[text.index[start]]
    return len(parts) > 1 or not word.opens or text.plain[start:end].isupper() or _inner_capital(parts[0])


def _inner_capital(part: str) -> bool:
    return any(c.isupper() for c in part[1:])


def names_again(text: Text, found: Iterable[Candidate]) -> list[Candidate]:
    """Later and earlier bare uses of names that one place of the text gives as names."""
    again = []
    for name, first in sorted({text.plain[c.start : c.end]: c for c in reversed(list(found))}.items()):
        for match in haystack(text.plain).finditer(compiled(rf"(?<![\w-]){re.escape(name)}(?![\w-])")):
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
