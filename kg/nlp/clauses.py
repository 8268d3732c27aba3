"""Whether a line states something: a sentence-like heading, told from a topic heading by its verb.

Without a model the verb is found by form: an auxiliary or modal is enough; a full verb of
``patterns/verbs.txt`` counts where it can follow a subject.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kg.nlp.word_lists import word_lists

_WORD = re.compile(r"[\w’'-]+")


@cache
def verb_forms() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Base forms, third-person forms and past forms of the verbs in ``patterns/verbs.txt``."""
    text = (Path(__file__).parent / "patterns" / "verbs.txt").read_text(encoding="utf-8")
    base = [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]
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
    if len(words) < 3:
        return False
    return any(_is_verb(words, at) for at in range(1, len(words)))


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
        return before in _set("plurals") or _is_plural(before) or (_is_adverb(before) and at > 1)
    if word in past or word in _set("irregular_past"):
        subject = before in _set("singulars") | _set("plurals") or _is_plural(before)
        return subject and after in _set("after_verb")
    return False


def _is_third_person(words: list[str], at: int, before: str, after: str) -> bool:
    """As in "the force trains", "Prevention reduces the …", "the library buys new …"."""
    if at == 1 and before not in _set("singulars") and after in _set("prepositions"):
        return False
    follows = after in _set("after_verb") or after.endswith(("ly", "ing"))
    named = at in (2, 3) and words[0].casefold() in _set("determiners") and bool(after)
    return before in _set("singulars") or follows or named or (at > 1 and _is_adverb(before))


@cache
def _set(key: str) -> frozenset[str]:
    return frozenset(word_lists("clauses")[key])


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") or word in _set("adverbs")


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "’s", "us", "is")) and len(word) > 3
