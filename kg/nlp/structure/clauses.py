"""Whether a line states something: a sentence-like heading, told from a topic heading by its verb.

The verb is found by grammar (``finite_verbs``).
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache

from kg.model.text.verbs import forms_of
from kg.nlp.rules.pattern_files import compiled, one_of, pattern, word_set
from kg.nlp.structure.finite_verbs import has_main_verb, is_instruction, report_verbs
from kg.nlp.structure.subjects import words_of


@cache
def base_forms() -> frozenset[str]:
    """The verbs of ``patterns/verbs.jsonl`` that headings use as verbs, in their base form."""
    return report_verbs() - _set("nouns_first")


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

    What is set against another clause has a verb, whether or not it is seen in both:

    >>> is_sentence_like("Councils in Kent support victims, but few of them are told")
    True
    """
    line = words_of(text)
    if len(line) < 3 or _is_asked(text) or is_instruction(line):
        return False
    second = pattern("clauses", "against").match(text) or pattern("clauses", "beside").match(text)
    return has_main_verb(line) or (second is not None and has_main_verb(words_of(second["second"])))


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


@cache
def _set(key: str) -> Set[str]:
    return word_set("clauses", key)
