"""Units and bodies by head noun: the modifiers before "team", "board", "panel" … make the name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from kg.model.text.plurals import singular
from kg.nlp.mentions.candidates import Candidate
from kg.nlp.mentions.lexicon import Head, heads, verb_forms, words
from kg.nlp.mentions.words import Text, Word
from kg.nlp.rules.pattern_files import compiled, pattern
from kg.nlp.rules.prefilter import prefiltered

MOST_MODIFIERS = 7
_AND = ("and", "&")
_BODIES = ("BODY", "UNIT", "ORGANISATION")
"""Labels of names that are whole before an "and"."""


def find_by_head(text: Text, known: Sequence[Candidate], topics: Mapping[int, int]) -> list[Candidate]:
    """Candidates for units and bodies. ``known`` names (in any case) and ``topics`` are one modifier each."""
    atoms = _atoms(text, [c for c in known if c.label != "FORCE"])
    found = []
    for i, word in enumerate(text.words):
        head = heads().get(word.lower)
        if head is not None:
            candidate = _candidate(text, i, head, atoms, topics)
            if candidate is not None:
                found.append(candidate)
    return [*found, *_assessments(text, known, atoms, topics)]


def _assessments(
    text: Text, known: Sequence[Candidate], atoms: Mapping[int, Candidate], topics: Mapping[int, int]
) -> Iterator[Candidate]:
    """Assessments that say of what they are: "armed policing strategic threat and risk assessment"."""
    for c in known:
        if c.label == "DOCUMENT" and text.plain[c.start : c.end].endswith("assessment"):
            i = text.index[c.start]
            first = _scan(text, i, atoms, topics)
            if first < i:
                yield Candidate(text.words[first].start, c.end, "DOCUMENT", "document-assessment", rank=5)


def _atoms(text: Text, named: list[Candidate]) -> dict[int, Candidate]:
    """Names by where they end: "Fairness and Belonging" counts in "fairness and belonging board" too."""
    atoms = {}
    for c in named:
        if c.role == "introduced":
            name = re.escape(text.plain[c.start : c.end])
            for match in prefiltered(text.plain).finditer(compiled(rf"\b{name}\b", re.IGNORECASE)):
                atoms[match.end()] = replace(c, start=match.start(), end=match.end())
    return atoms | {c.end: c for c in named}


def _candidate(
    text: Text, i: int, head: Head, atoms: Mapping[int, Candidate], topics: Mapping[int, int]
) -> Candidate | None:
    first = _scan(text, i, atoms, topics)
    modifiers = [word.lower for word in text.words[first:i]]
    if not _named(head, modifiers, _titled(text, i, head)) or _part_of_name(text, i):
        return None
    if _modifies_meetings(text, i) or pattern("mention-context", "planned").search(
        text.plain,
        max(text.sentence(text.words[first].start)[0], text.words[first].start - 60),
        text.words[first].start,
    ):
        return None
    if head.label == "UNIT" and _of_partner(text, first, i, atoms):
        return None
    following = text.words[i + 1].lower if i + 1 < len(text.words) else ""
    if head.role == "modifies-nouns" and following in words("partnership-nouns"):
        return None
    label = "BODY" if _is_of_partners(modifiers, head) else head.label
    telling = [m for m in modifiers if m not in head.weak]
    tentative = bool(telling) and all(m in head.tentative for m in telling)
    start, end = text.words[first].start, text.words[_last(text, i)].end
    return Candidate(start, end, label, head.id, tentative=tentative, rank=5)


def _last(text: Text, i: int) -> int:
    """Where a name ends: at its head, or the point of the compass behind it ("Crime Bureau North")."""
    behind = text.words[i + 1] if i + 1 < len(text.words) else None
    capitals = behind is not None and text.words[i].text[0].isupper() and behind.text[0].isupper()
    return i + 1 if behind and capitals and behind.lower in words("compass") else i


def _modifies_meetings(text: Text, i: int) -> bool:
    """Whether a head in small letters only says whose meetings are meant: "weekly unit meetings"."""
    behind = text.words[i + 1].lower if i + 1 < len(text.words) else ""
    return behind in ("meeting", "meetings") and text.words[i].text.islower() and _is_weak(text, i)


def _is_weak(text: Text, i: int) -> bool:
    """Whether the word before a head names nothing: "weekly", "local"."""
    return i > 0 and text.words[i - 1].lower in heads()[text.words[i].lower].weak | words("ly-nouns")


def _of_partner(text: Text, first: int, i: int, atoms: Mapping[int, Candidate]) -> bool:
    """Whether another organisation owns a unit: "the council’s youth team", "Policy Team, The X Archives"."""
    if text.words[i].text[0].isupper() and text.plain.startswith(", The ", text.words[i].end):
        return True
    owner = (
        atoms.get(text.words[first - 2].end) if first > 1 and text.words[first - 1].lower == "'s" else None
    )
    return owner is not None and owner.label == "ORGANISATION"


def _is_of_partners(modifiers: list[str], head: Head) -> bool:
    """Whether the name is of a body of several organisations, though its head is "hub" or "unit"."""
    if "partnership" in modifiers and head.role == "body-of-partners":
        return True
    return bool(words("partner-modifiers") & set(modifiers)) or "-".join(modifiers[-2:]) in words(
        "partner-endings"
    )


def _titled(text: Text, i: int, head: Head) -> bool:
    """Whether capitals make a unit’s name of any modifiers: "Serious Crime Branch"."""
    if head.label != "UNIT" or i == 0 or text.words[i - 1].opens or text.words[i].opens:
        return False
    ends = not re.match(r" [A-Z]", text.plain[text.words[i].end : text.words[i].end + 2])
    return ends and all(word.text[0].isupper() for word in text.words[i - 1 : i + 1])


def _named(head: Head, modifiers: list[str], titled: bool) -> bool:
    pairs = {f"{a}-{b}" for a, b in pairwise(modifiers)}
    if not modifiers or head.excluded & {*modifiers, *pairs}:
        return False
    if head.only and modifiers[-1] not in head.only and not titled:
        return False
    if head.strong & pairs:
        return True
    return any(m not in head.weak and m not in _AND for m in modifiers)


def _part_of_name(text: Text, i: int) -> bool:
    """A capital head before "of" or a capital word belongs to a name that its form finds."""
    after = text.words[i + 1 : i + 3]
    return (
        text.words[i].text[0].isupper()
        and len(after) == 2
        and after[0].lower in ("of", "for")
        and (after[1].text[0].isupper())
    )


def _scan(text: Text, i: int, atoms: Mapping[int, Candidate], topics: Mapping[int, int]) -> int:
    """The position of the first word of the name that ends in the head at ``i``."""
    first = i
    while first > 0 and i - first < MOST_MODIFIERS:
        step = _step(text, first, i, atoms, topics)
        if step == 0:
            break
        first -= step
    if any(word.lower in _AND for word in text.words[first + 1 : i]):
        first -= _listed(text, first)
    return _without_edges(text, first, i)


def _step(text: Text, first: int, i: int, atoms: Mapping[int, Candidate], topics: Mapping[int, int]) -> int:
    """How many words before ``first`` belong to the name too; 0 if none."""
    before = text.words[first - 1]
    if not _adjacent(text, first):
        return 0
    phrase = _set_phrase(text, first - 1)
    if phrase:
        return phrase
    atom = atoms.get(before.end)
    if atom is not None and atom.start in text.index and atom.label != "ROLE":
        return first - text.index[atom.start]
    if first - 1 in topics:
        return topics[first - 1]
    if f"{before.lower}-{text.words[first].lower}" in words("adjective-pairs"):
        return 1
    if before.lower in _AND:
        return _and_step(text, first, i, atoms, topics)
    if written_out := _written_out(text, first):
        return written_out
    if before.text == ")" and first >= 4 and text.words[first - 3].text == "(":
        return 3 if text.words[first - 2].text[1:].isupper() and _modifies(text, first - 4) else 0
    if before.lower in ("'s", "'"):
        owned = first >= 2 and text.words[first - 2].lower in words("owner-plurals")
        return 1 + (_set_phrase(text, first - 2) or 1) if owned else 0
    return 1 if _modifies(text, first - 1) and not _divides(text, first - 1, i) else 0


def _written_out(text: Text, first: int) -> int:
    """How many words an abbreviation in brackets before ``first`` has, with the words that it is of:
    "Education of Children in Public Care (ECPC) team"; 0 if there is none."""
    if first < 4 or text.words[first - 1].text != ")" or text.words[first - 3].text != "(":
        return 0
    letters = [c for c in text.words[first - 2].text if c.isupper()]
    at = first - 3
    while letters and at > 0 and _adjacent(text, at):
        at -= 1
        word = text.words[at]
        if word.text[0] == letters[-1]:
            letters.pop()
        elif word.lower not in words("closed") and word.lower not in _AND:
            return 0
    return 0 if letters or first - at < 5 else first - at


@cache
def _phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Set phrases by their last word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(words("set-phrases"), key=lambda p: (-p.count("-"), p)):
        parts = tuple(phrase.split("-"))
        found.setdefault(parts[-1], []).append(parts)
    return {last: tuple(phrases) for last, phrases in found.items()}


def _set_phrase(text: Text, last: int) -> int:
    """How many words a set phrase has that ends at ``last``; 0 if none does."""
    for parts in _phrases().get(text.words[last].lower, ()):
        first = last + 1 - len(parts)
        if first >= 0 and tuple(word.lower for word in text.words[first : last + 1]) == parts:
            return len(parts)
    return 0


def _adjacent(text: Text, first: int) -> bool:
    return text.plain[text.words[first - 1].end : text.words[first].start] in (" ", "")


def _and_step(
    text: Text, first: int, i: int, atoms: Mapping[int, Candidate], topics: Mapping[int, int]
) -> int:
    """An "and" joins two modifiers of one singular name, not two names or two nouns; of a plural only where
    one modifier is before both: "neighbourhood prevention and enforcement teams"."""
    if first < 2 or first == i or not _adjacent(text, first - 1):
        return 0
    left, head = text.words[first - 2], text.words[i]
    named = atoms.get(left.end)
    if _ends_a_name(text, first - 2) or (named is not None and named.label in _BODIES):
        return 0
    plural, plural_name = head.lower.endswith("s"), head.text[0].isupper()
    phrase = _set_phrase(text, first - 2)
    if phrase:
        return 1 + phrase if plural_name or not plural else 0
    if left.text[0].isupper() and not left.opens and text.words[first].text[0].isupper():
        return 0 if plural and _is_short(left) else 2
    if first - 2 in topics:
        return 1 + topics[first - 2]
    joined = plural_name or not plural or (first == i - 1 and _is_modified(text, first - 2, head))
    if not joined or not _modifies_before_and(text, first - 2):
        return 0
    return 2 + (2 if text.words[first - 1].text == "&" and _begins_list(text, first - 2) else 0)


def _ends_a_name(text: Text, i: int) -> bool:
    """Whether a word ends a name of its own: a head, or the point of the compass behind one."""
    lower = text.words[i].lower
    return lower in heads() or (lower in words("compass") and i > 0 and text.words[i - 1].lower in heads())


def _listed(text: Text, i: int) -> int:
    """How many words before ``i`` are of a list in capitals: "Contact, Assessment and Referral Team",
    "Children, Young People and Families Board"."""
    first = item = i
    while item > 1:
        if text.words[item - 1].text == "," and _is_capital_inside(text.words[item - 2]):
            first = item = item - 2
            if _ends_a_name(text, first):
                return 0
        elif i - item < MOST_MODIFIERS and _is_capital_inside(text.words[item - 1]) and _adjacent(text, item):
            item -= 1
        else:
            break
    return i - first


def _begins_list(text: Text, i: int) -> bool:
    """Whether two words before ``i`` a list in small letters begins behind an article: "the health, safety &
    welfare committee"."""
    if i < 3 or text.words[i - 1].text != "," or text.words[i - 3].lower not in ("the", "a", "an", "its"):
        return False
    return _modifies(text, i - 2) and not _ends_a_name(text, i - 2)


def _is_capital_inside(word: Word) -> bool:
    """Whether a word has a capital that is not the one of its sentence."""
    return word.text[0].isupper() and not word.opens and word.lower not in words("closed")


def _is_modified(text: Text, i: int, head: Word) -> bool:
    """Whether a word before an "and" has a modifier that tells something, which belongs to both sides."""
    weak, word = heads()[head.lower].weak, text.words[i].lower
    if i == 0 or singular(word) != word:
        return False
    return _adjacent(text, i) and text.words[i - 1].lower not in weak and _modifies(text, i - 1)


def _is_short(word: Word) -> bool:
    """Whether a word is an abbreviation, which is a name of its own: "CID and Response Teams"."""
    return len(word.text) > 2 and word.text.isupper()


def _modifies_before_and(text: Text, i: int) -> bool:
    return text.words[i].lower not in words("not-left-of-and") and _modifies(text, i)


def _modifies(text: Text, i: int) -> bool:
    """Whether the word at ``i`` can be a modifier inside a name."""
    word = text.words[i]
    lower = word.lower
    if not word.text[0].isalpha() or lower in words("people-plurals"):
        return False
    if lower in words("closed"):
        return word.text[0].isupper() and not word.opens and lower in words("name-openers")
    if pattern("mention-context", "evaluated").match(lower):
        return False
    if word.text[0].isupper() and not word.opens:
        return True
    if lower.endswith("ful") or (lower.endswith("ly") and lower not in words("ly-nouns")):
        return False
    if lower in words("verb-or-noun"):
        return not _after_subject(text, i)
    return not _verbal(lower)


def _divides(text: Text, i: int, head: int) -> bool:
    """Whether a word that may be a verb stands between two heads: "dog units support response teams"."""
    plural = text.words[head].lower.endswith("s")
    return (
        i > 0
        and plural
        and text.words[i].lower in words("nouns-that-help")
        and text.words[i - 1].lower in heads()
    )


def _verbal(lower: str) -> bool:
    if lower in verb_forms():
        return True
    if lower.endswith("ing"):
        return lower not in words("ing-nouns") and "-" not in lower
    return lower.endswith("ed") and lower not in words("ed-nouns") and "-" not in lower


def _after_subject(text: Text, i: int) -> bool:
    """Whether a word that may be a verb is one here: "to support neighbourhood teams"."""
    if i == 0 or text.words[i].opens:
        return False
    before: Word = text.words[i - 1]
    return before.lower in words("before-verbs") or before.lower in words("people-plurals")


def _without_edges(text: Text, first: int, i: int) -> int:
    """The name without what it may hold but not begin with."""
    while first < i and text.words[first].lower in words("not-first"):
        here, owned = text.words[first].lower, text.words[first - 1].lower in words("possessors")
        part = here in words("force-nouns") or (here == "staff" and owned)
        if part and first + 1 < i:
            return first
        first += 1
    return first
