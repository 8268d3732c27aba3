"""Whether a line states something: a sentence-like heading, told from a topic heading by its verb.

Without a model the verb is found by form: an auxiliary or modal is enough. A present form of the verbs in
``patterns/verbs.jsonl`` counts where it can follow a subject; a past form of any verb, where its subject
stands before it and it is no participle.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache

from kg.model.text.plurals import looks_plural
from kg.model.text.verbs import forms_of, participles, past_forms
from kg.nlp.rules.pattern_files import compiled, one_of, word_set, words

_ADJECTIVES = ("al", "ive", "ous", "ful", "ic", "able", "ible", "ary", "less", "est")
_DETERMINERS = ("the", "a", "an", "this", "each", "every", "its", "our", "their", "his", "her")
_WORD = re.compile(r"[\w’'-]+")


@cache
def base_forms() -> frozenset[str]:
    """The verbs of ``patterns/verbs.jsonl`` that headings use as verbs, in their base form."""
    return frozenset(words("verbs", "verbs")) - _set("nouns_first")


@cache
def third_person_forms() -> frozenset[str]:
    """Those verbs in the third person."""
    return frozenset(form for verb in base_forms() for form in forms_of(verb).third)


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
    return any(is_finite(words, at) for at in range(1, len(words)))


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


def is_finite(words: list[str], at: int) -> bool:
    """Whether the word at this place is a finite verb: an auxiliary, or a form that suits its neighbours.

    The first word of a sentence is none.
    """
    if at < 1:
        return False
    word, before = words[at].casefold(), words[at - 1].casefold()
    after = words[at + 1].casefold() if at + 1 < len(words) else ""
    if word in _set("auxiliaries") or word.endswith("n’t"):
        return not (word == "needs" and (before in _set("before_noun") or not after))
    if before in _set("before_noun") or before == "to":
        return False
    if word in third_person_forms():
        return _is_third_person(words, at, before, after)
    if word in base_forms():
        if word in _set("nouns_too") and after in ("and", "or") and at + 3 >= len(words):
            return False
        return (
            before in _set("plurals")
            or looks_plural(before)
            or (_is_adverb(before) and at > 1)
            or (_far_plural_subject(words, at) and _is_verb_before(word, after))
        )
    return word in past_forms() and word not in _set("only_adjectives") and _is_past(words, at)


def _is_past(words: list[str], at: int) -> bool:
    """Whether a past form has its subject before it, and no participle could stand in its place.

    Most past forms are participles too. With an object after them they are finite: "Officers planned
    operations", "The force stopped recording crime". Without one they are finite after somebody who acts
    ("The force invested in training"), or if the verb needs no object ("Response times improved"); else they
    belong to the noun before ("Calls answered within target").
    """
    word = words[at].casefold()
    if words[at][0].isupper() and not word.endswith("ed"):
        return False  # a name: "Sarah Crew"
    head = at - 2 if at > 1 and _is_adverb(words[at - 1].casefold()) else at - 1
    if not _can_head(words, head):
        return False
    if word not in participles():
        return True
    noun = words[head].casefold()
    following = [other.casefold() for other in words[at + 1 :]]
    if following[:1] and following[0] in _set("particles"):
        following = following[1:]
    acts = noun in _set("singulars") | _set("pronouns") or (words[head].isupper() and len(noun) > 1)
    if _begins_object(following):
        if word in _set("compound_participles") and following[0] not in _set("before_noun"):
            return False
        plural = noun in _set("plurals") or looks_plural(noun)
        return acts or (plural and (noun, head) != ("police", 0)) or _has_determiner(words, head)
    if word in _past_of_intransitives():
        return not _names_agent(following)
    if following and (_is_adverb(following[0]) or following[0] in ("and", "or")):
        return acts or _is_agent(noun)
    return acts and bool(following) and not _names_agent(following)


def _can_head(words: list[str], at: int) -> bool:
    """Whether a word can be the last one of a subject: no determiner, adjective, number or possessive."""
    word = words[at].casefold()
    known = _set("singulars") | _set("plurals") | _set("pronouns")
    if word in _set("not_heads") or word in _set("before_noun"):
        return False
    shape = word.endswith(("’s", "s’", "’")) or word.isdigit() or _is_adverb(word)
    return word in known or not (shape or word.endswith(_ADJECTIVES))


def _has_determiner(words: list[str], at: int) -> bool:
    """Whether the subject that ends here begins with an article or the like not far before."""
    return any(word.casefold() in _DETERMINERS for word in words[max(0, at - 3) : at])


def _begins_object(following: list[str]) -> bool:
    """Whether what follows a verb begins with its object, or with what takes the place of one."""
    if not following or following[0].isdigit():
        return False
    if len(following) > 1 and following[1] in _set("times"):
        return False
    return not (following[0] in _set("function_words") or _is_adverb(following[0]))


def _is_agent(noun: str) -> bool:
    """Whether a plural names people by what they do: "officers", "inspectors"."""
    return noun in _set("plurals") or noun.endswith(("ers", "ors", "ists", "teams", "units", "forces"))


def _names_agent(following: list[str]) -> bool:
    """ "by officers", unlike "by 10 percent", "by a third" and "by training staff"."""
    if following[:1] != ["by"] or len(following) < 2:
        return False
    return not (following[1] in ("a", "an") or following[1].isdigit() or following[1].endswith("ing"))


@cache
def _past_of_intransitives() -> frozenset[str]:
    return frozenset(form for verb in _set("intransitives") for form in forms_of(verb).past)


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
    return head in _set("plurals") or looks_plural(head)


def _is_verb_before(word: str, after: str) -> bool:
    """Whether a base form reads as a verb before a word; many are nouns too ("support", "plan")."""
    if not after or after in ("of", "and", "or"):
        return False
    if word in _set("nouns_too"):
        return (after in _set("after_verb") or after.endswith("ly")) and after not in _set("prepositions")
    return True


@cache
def _only_third() -> frozenset[str]:
    """Third-person forms that are no plural nouns."""
    return frozenset(form for verb in base_forms() - _set("nouns_too") for form in forms_of(verb).third)


@cache
def _set(key: str) -> Set[str]:
    return word_set("clauses", key)


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") or word in _set("adverbs")
