"""Whether a line states something: a sentence-like heading, told from a topic heading by its verb.

Without a model the verb is found by form: an auxiliary or modal is enough; a full verb of
``patterns/verbs.jsonl`` counts where it can follow a subject.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache

from kg.nlp.rules.pattern_files import compiled, one_of, word_set, words

_WORD = re.compile(r"[\w’'-]+")


@cache
def verb_forms() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Base forms, third-person forms and past forms of the verbs in ``patterns/verbs.jsonl``."""
    base = words("verbs", "verbs")
    return frozenset(base), frozenset(map(_third_person, base)), frozenset(map(_past, base))


def _third_person(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + "ed"


def is_sentence_like(text: str) -> bool:
    """Whether a heading has a subject and a finite verb.

    >>> is_sentence_like("Officers use bail to keep victims safe")
    True
    >>> is_sentence_like("Catching criminals"), is_sentence_like("Use of force in custody")
    (False, False)
    """
    words = [word.replace("'", "’") for word in _WORD.findall(text)]
    if len(words) < 3 or _is_asked(text):
        return False
    return any(_is_verb(words, at) for at in range(1, len(words)))


def is_evaluation(text: str) -> bool:
    """Whether a heading without a verb says by its first words how something is.

    >>> is_evaluation("Limited understanding of demand"), is_evaluation("Understanding of demand")
    (True, False)
    """
    if len(text.split()) < 3:
        return False
    first = compiled(r"(?:An? )?" + one_of(_set("evaluations")) + r"\b(?!-)", re.IGNORECASE)
    return first.match(text.replace("'", "’")) is not None


def _is_asked(text: str) -> bool:
    """Whether a line names a question ("How we inspect") and states nothing."""
    asked = compiled(one_of(_set("questions")) + r"\b", re.IGNORECASE).match(text)
    return asked is not None and "," not in text


def _is_verb(words: list[str], at: int) -> bool:
    """Whether the word at this place is a finite verb: an auxiliary, or a form that fits its neighbours."""
    word, before = words[at].casefold(), words[at - 1].casefold()
    after = words[at + 1].casefold() if at + 1 < len(words) else ""
    if word in _set("auxiliaries") or word.endswith("n’t"):
        return not (word == "needs" and (before in _set("before_noun") or not after))
    base, third, past = verb_forms()
    if before in _set("before_noun") or before == "to":
        return False
    if word in third:
        return _is_third_person(words, at, before, after)
    if word in base:
        if word in _set("nouns_too") and after in ("and", "or") and at + 3 >= len(words):
            return False
        return (
            before in _set("plurals")
            or _is_plural(before)
            or (_is_adverb(before) and at > 1)
            or (_far_plural_subject(words, at) and _fits(word, after))
        )
    if word in past or word in _set("irregular_past"):
        subject = (
            before in _set("singulars") | _set("plurals") or _is_plural(before) or words[at - 1].isupper()
        )
        return subject and after in _set("after_verb")
    return False


def _is_third_person(words: list[str], at: int, before: str, after: str) -> bool:
    """As in "the force trains", "Prevention reduces the …", "the library buys new …"."""
    if at == 1 and before not in _set("singulars") and after in _set("prepositions"):
        return False
    follows = after in _set("after_verb") or after.endswith(("ly", "ing"))
    named = at in (2, 3) and words[0].casefold() in _set("determiners") and bool(after)
    only_verb = words[at].casefold() in _only_third() and bool(after) and after not in ("and", "or")
    return before in _set("singulars") or follows or named or only_verb or (at > 1 and _is_adverb(before))


def _far_plural_subject(words: list[str], at: int) -> bool:
    """Whether the line begins with a plural and what belongs to it: "Delays in the scheme leave …"."""
    joints = _set("prepositions") | _set("relatives") | {"among", "between", "under", "within", "whom"}
    joint = next((n for n in range(1, at) if words[n].casefold() in joints), None)
    if joint is None or at < joint + 2:
        return False
    head = words[joint - 1].casefold()
    return head in _set("plurals") or _is_plural(head)


def _fits(word: str, after: str) -> bool:
    """Whether a base form reads as a verb before a word; many are nouns too ("support", "plan")."""
    if not after or after in ("of", "and", "or"):
        return False
    if word in _set("nouns_too"):
        return (after in _set("after_verb") or after.endswith("ly")) and after not in _set("prepositions")
    return True


@cache
def _only_third() -> frozenset[str]:
    """Third-person forms that are no plural nouns."""
    return frozenset(_third_person(verb) for verb in verb_forms()[0] - _set("nouns_too"))


@cache
def _set(key: str) -> Set[str]:
    return word_set("clauses", key)


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") or word in _set("adverbs")


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "’s", "us", "is")) and len(word) > 3
