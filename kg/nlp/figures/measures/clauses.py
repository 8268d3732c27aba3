"""The clause of a number: what stands before its verb, the verb, and what stands between verb and number.

A measure is told by the part that the number plays in its clause: subject ("63 had an overdue visit"),
object ("the panel watched 14 searches"), behind a preposition ("gave advice in 9 of 16 cases"), or in a
phrase before the clause ("In 24 of 80 cases, no reason had been given").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model.text.bullets import BULLET
from kg.model.text.numbers import SMALL_WORDS
from kg.model.text.plurals import looks_plural
from kg.model.text.verbs import is_base, participles, past_forms
from kg.nlp.figures.measures.wording import is_person, relative
from kg.nlp.figures.measures.zones import Zones
from kg.nlp.rules.pattern_files import pattern
from kg.nlp.structure.finite_verbs import is_finite
from kg.nlp.structure.subjects import is_adverb, is_in, word_list

_FILE = "figure-measures"
_TOKEN = re.compile(r"£?\d[\d,.]*\d|[\w’'%£/-]+|,")
_RELATIVE = re.compile(r"\b(?:who|whom|whose|that|which|where|when|what|how|whether|why)\b")
_DIGITS = re.compile(r"(?<!\d)(?!(?:999|101|111|105)\b)\d")
_NUMBER = re.compile(rf"^(?!(?:999|101|111|105)$)[£\d].*|^(?:{SMALL_WORDS})$")
_MOST_TOKENS = 60
_OPEN_ASIDE = ("which", "who", "where", "whom", "on which", "in which", "of which", "of whom", "for whom")
_NO_NOUN = ("articles", "auxiliaries", "subordinators", "relatives")
_PARTICLES = ("been", "be", "not", "out", "up", "down", "off", "away", "back")


@dataclass(frozen=True, slots=True)
class NumberClause:
    """The words around a number in its clause; each is empty where there is none.

    ``between`` are the words between verb and number, ``behind`` those behind the number's phrase up to the
    end of the clause. ``fronted`` is true where the number stands in a phrase before the clause: then
    ``behind`` is that clause.
    """

    subject: str
    verb: str
    between: str
    behind: str
    fronted: bool = False

    @property
    def is_subject(self) -> bool:
        """Whether the number is the subject, or opens it."""
        return not self.verb and not self.fronted


def clause_of(zones: Zones, index: int) -> NumberClause | None:
    """The clause of a quantity; None where its words do not show which part the number plays."""
    lead = zones.lead(index)
    if lead.endswith("("):
        return None
    before, of_relative = _own_clause(lead)
    behind = zones.clause_behind(index)
    if pattern(_FILE, "clause.fronted").fullmatch(before):
        behind = zones.clause_behind(index, whole=True)
        opening, comma, rest = behind.partition(", ")
        clause = _up_to_end(rest if comma else behind)
        if zones.context.next(index) is not None and behind.rstrip().endswith(clause):
            return None  # another number tells of it: "In the 30 cases, it was right in all but three"
        whole = not comma or not has_verb(opening) or pattern(_FILE, "clause.relative").search(opening)
        told = whole and has_verb(clause) and not _DIGITS.search(clause)
        return NumberClause("", "", "", clause, fronted=True) if told else None
    behind = _up_to_end(behind)
    before = pattern(_FILE, "clause.front").sub("", before)
    first, joined, last = before.rpartition(" and ")
    opens = pattern(_FILE, "clause.opens").fullmatch(last) is not None
    if opens and (not joined or pattern(_FILE, "clause.predicate").match(behind.strip())):
        return NumberClause("", "", "", behind)
    found = _around_verb(before) if not joined or last[:1].isupper() else _of_joined(first, last, before)
    if found is None:
        return None
    subject, verb, between = found
    if not subject or subject.casefold() in ("it", "they"):
        subject = of_relative or subject
    if not subject:
        return None
    return NumberClause(subject, verb, pattern(_FILE, "clause.qualified").sub("", between).strip(), behind)


def _of_joined(first: str, last: str, both: str) -> tuple[str, str, str] | None:
    """The clause behind "and", with the subject before it where it has none: "hired 120 and lost 96"."""
    if pattern(_FILE, "clause.between-two").search(first):  # "time between arrival and release"
        return _around_verb(both)
    earlier, clause = _around_verb(first, place=0), _around_verb(last)
    if earlier is None or clause is None:
        return _around_verb(both)
    if not clause[0] and " to " in f" {earlier[2]} ":  # "used this to assess risk and consider the needs"
        return _around_verb(both, place=0)
    return clause if clause[0] else (earlier[0], *clause[1:])


def has_verb(words: str) -> bool:
    """Whether words have a finite verb."""
    return verb_at(_TOKEN.findall(words)) is not None


def opens_with_verb(noun: str, said: str) -> bool:
    """Whether words begin with a finite verb of which a noun is the subject.

    >>> opens_with_verb("volunteers", "act as mentors"), opens_with_verb("volunteers", "of the year")
    (True, False)
    """
    subject = _TOKEN.findall(noun)
    return verb_at([*subject, *_TOKEN.findall(said)]) == len(subject)


def names_things(words: str) -> bool:
    """Whether words are a bare noun phrase of several things: "community resolutions", not "sees twice".

    >>> names_things("community resolutions"), names_things("staff"), names_things("sees twice")
    (True, True, False)
    >>> names_things("spoke"), names_things("two constables"), names_things("to children")
    (False, False, False)
    """
    tokens = [word.casefold() for word in words.split(" ")]
    if any(_NUMBER.match(word) or word in word_list("prepositions") for word in tokens):
        return False
    if tokens[0] in past_forms() or is_adverb(tokens[0]) or any(is_in(tokens[0], kind) for kind in _NO_NOUN):
        return False
    return is_person(tokens[-1]) or looks_plural(tokens[-1])


def after_subject(clause: str) -> str | None:
    """The verb of a clause and what follows it; None without one."""
    tokens = clause.split(" ")
    at = verb_at([token.strip(",’‘") or "," for token in tokens])
    return None if at is None else " ".join(tokens[at:])


def opens_phrase(words: str) -> bool:
    """Whether words that follow a noun open a phrase or clause of their own: " within an hour"."""
    first = words.strip().split(" ")[0].casefold()
    return (
        first in ("within", *word_list("prepositions"))
        or has_verb(f"things {words.strip()}")
        or first in ("who", "that")
    )


def with_relative(words: str) -> str:
    """A noun phrase and its predicate as one phrase: "reports of crime that go unrecorded".

    >>> with_relative("callers to 101 rang off before anyone answered")
    'callers to 101 who rang off before anyone answered'
    >>> with_relative("causes of concern in this report")
    'causes of concern in this report'
    """
    tokens = words.split(" ")
    read = [token.strip(",’‘") or "," for token in tokens]
    at = verb_at(read)
    if at is not None and not _is_auxiliary(read[at]) and at + 1 < len(read) and is_finite(read, at + 1):
        at += 1  # "respondents to our staff survey said"
    if at is not None and any(word in word_list("subordinators") for word in read[:at]):
        return relative(words)  # "cases that ended because the victim did not …"
    infinitive = any(word == "to" and is_base(after) for word, after in pairwise(read[:at]))
    if at is None or infinitive or _RELATIVE.search(" ".join(tokens[: at + 1])):
        return words
    before = tokens[:at]
    if "and" in before and before[before.index("and") + 1 :] != [] and len(before) - before.index("and") < 3:
        return " ".join(before[: before.index("and")])  # "crimes on its books and we found"
    head = re.split(r" (?:of|to|in|for|on|with|from|about|under) ", " ".join(before))[0]
    return " ".join([*before, "who" if is_person(head) else "that", *tokens[at:]])


def verb_at(tokens: Sequence[str]) -> int | None:
    """The place of the first finite verb among the words of a clause; None without one."""
    return next((at for at in range(1, min(len(tokens), _MOST_TOKENS)) if is_finite(tokens, at)), None)


def _own_clause(before: str) -> tuple[str, str]:
    """The last clause of the words before a number, and the subject that a relative one has from its noun."""
    told = pattern(_FILE, "clause.noise").sub("", re.sub(rf"^{BULLET.pattern}", "", before))
    plain = re.sub(r"\s+", " ", told.replace(" ,", ",")).lstrip(" ,")
    breaks = list(pattern(_FILE, "clause.break").finditer(plain))
    if not breaks:
        return plain, ""
    last = breaks[-1]
    words, noun = plain[last.end() :], None
    _aside, comma, rest = words.partition(", ")
    if comma and last[0].strip(" ,") in _OPEN_ASIDE and _opens(rest):
        # "Outcome 16, where the victim doesn’t support action, was used in": the aside is closed
        return _own_clause(f"{plain[: last.start()]} {rest}")
    if last[0].strip(" ,") == "but" and not words.startswith(("it ", "they ")):
        earlier = _around_verb(pattern(_FILE, "clause.front").sub("", plain[: last.start()]), place=0)
        return words, earlier[0] if earlier and not _DIGITS.search(earlier[0]) else ""
    if last[0].strip(" ,") in ("which", "who"):
        noun = pattern(_FILE, "clause.antecedent").search(plain[: last.start()])
    elif words.startswith(("it ", "they ")) and last[0].rstrip().endswith(" that"):
        noun = pattern(_FILE, "clause.reporter").match(plain)
        if noun and words.startswith("it ") and noun["estimates"]:
            noun = None  # "The statistics office estimates that it has 782,400 residents"
    return words, noun["who"] if noun else ""


def _opens(words: str) -> bool:
    """Whether words begin with a finite verb."""
    tokens = _TOKEN.findall(words)
    return bool(tokens) and (is_finite(["it", *tokens], 1) or is_finite(["they", *tokens], 1))


def _up_to_end(words: str) -> str:
    return pattern(_FILE, "clause.end").split(words)[0].rstrip(" .,’”)")


def _around_verb(words: str, place: int = -1) -> tuple[str, str, str] | None:
    """Subject, verb and what follows it, of the last verb or that of a place.

    The subject is empty where the verb comes first.
    """
    tokens = _TOKEN.findall(words)
    # numbers are written as determiners, so that what follows them is an object
    read = [_NUMBER.sub("the", token) for token in tokens] + ["the"]
    if not tokens or len(tokens) > _MOST_TOKENS:
        return None
    places = [at for at in range(1, len(tokens)) if is_finite(read, at)]
    if not places:
        opens = is_finite(["it", *read], 1) or is_finite(["they", *read], 1)
        places = [0] if opens else []
    if not places:
        return None
    start = end = places[place]
    while start > 0 and (_is_auxiliary(tokens[start - 1]) or is_adverb(tokens[start - 1].casefold())):
        start -= 1
    while end + 1 < len(tokens) and _goes_with_verb(tokens[end + 1]):
        end += 1
    return _joined(tokens[:start]), _joined(tokens[start : end + 1]), _joined(tokens[end + 1 :])


def _joined(tokens: Sequence[str]) -> str:
    return " ".join(tokens).replace(" ,", ",")


def _is_auxiliary(token: str) -> bool:
    low = token.casefold()
    return low in word_list("auxiliaries") or low.endswith("n’t")


def _goes_with_verb(token: str) -> bool:
    low = token.casefold()
    return low in participles() or is_adverb(low) or low in _PARTICLES
